"""Does memory stay flat while many reports are read? Prints the memory in use after every tenth of them.

    python benchmarks/speed/memory.py [--reports 10000] [--coder generated|real] [--engine serial|processes]

Exit code 1 if the last tenth uses 15 % more than the middle did.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent))
import generated

from sitroom.app import intake
from sitroom.app.room import coder_maker
from sitroom.app.settings import Settings
from sitroom.evidence.duckdb_store import DuckDBStore

GROWTH_ALLOWED = 1.15


def in_use() -> float:
    """Resident memory in MB of this process and its children."""
    process = psutil.Process()
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--coder", choices=("generated", "real"), default="generated")
    parser.add_argument("--engine", choices=("serial", "processes"), default="serial")
    parser.add_argument("--memory", default="512MB", help="limit of the room's own cache")
    given = parser.parse_args()
    make = generated.make_coder if given.coder == "generated" else coder_maker(Settings())
    tenth = max(1, given.reports // 10)
    used: list[float] = []
    events, start = 0, time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        DuckDBStore(Path(folder) / "a.room", write=True, memory=given.memory) as store,
    ):
        steps = intake.read(store, generated.reports(given.reports), make, engine=given.engine, workers=2)
        for number, step in enumerate(steps, start=1):
            events += step.events
            if number % tenth == 0:
                used.append(in_use())
                seconds = time.perf_counter() - start
                print(
                    f"{number:>8} reports  {events:>9} events  {used[-1]:7.0f} MB  {number / seconds:6.0f} reports/s"
                )
        counts = store.view().counts()
    growth = used[-1] / used[len(used) // 2]
    print(
        f"{counts['reports']} reports, {counts['reprints']} near copies; from half-way to the end: x {growth:.2f}"
    )
    return int(growth > GROWTH_ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
