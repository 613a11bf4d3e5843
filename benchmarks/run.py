"""The front door of the benchmarks: run all, or those named, each in a process of its own.

    python benchmarks/run.py [--list] [NAME ...]      NAME is a file of speed/ or quality/, such as speed/memory

Output goes to the terminal and to benchmarks/runs/, which git ignores. Exit code 1 if one fails.
"""

import argparse
import subprocess
import sys
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
MAIN = 'if __name__ == "__main__"'


def benchmarks() -> dict[str, Path]:
    """Every script of quality/ and speed/ that can be run."""
    files = sorted(file for folder in ("quality", "speed") for file in (HERE / folder).glob("*.py"))
    return {f"{file.parent.name}/{file.stem}": file for file in files if MAIN in file.read_text()}


def run(name: str, file: Path, folder: Path) -> int:
    """Run one, copying what it prints into a file."""
    print(f"== {name}", flush=True)
    with (folder / f"{name.replace('/', '-')}.txt").open("w") as log:
        with subprocess.Popen(
            [sys.executable, str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as running:
            assert running.stdout
            for line in running.stdout:
                print(line, end="", flush=True)
                log.write(line)
        return running.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true", help="only list them")
    given = parser.parse_args()
    known = benchmarks()
    if given.list:
        print("\n".join(known))
        return 0
    unknown = sorted(set(given.names) - set(known))
    if unknown:
        print(f"unknown benchmark {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    folder = HERE / "runs" / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder.mkdir(parents=True)
    codes = {name: run(name, known[name], folder) for name in given.names or known}
    failed = [name for name, code in codes.items() if code]
    print(
        f"{len(codes) - len(failed)} of {len(codes)} benchmarks ran well"
        + (f"; failed: {', '.join(failed)}" if failed else "")
    )
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
