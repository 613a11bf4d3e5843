"""How long `sitroom --help` takes, beside a bare interpreter started in turn.

python benchmarks/speed/help.py [--rounds 15]
"""

import argparse
import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "sitroom --help": [sys.executable, "-m", "sitroom.cli", "--help"],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            taken[name].append(time.perf_counter() - start)
    for name, seconds in taken.items():
        print(f"{name:<16} median {statistics.median(seconds):.3f} s  best {min(seconds):.3f} s")
    bare, own = (statistics.median(taken[name]) for name in COMMANDS)
    print(f"ratio {own / bare:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
