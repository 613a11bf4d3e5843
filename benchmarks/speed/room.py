"""How long a room takes to write, count, select from and stream many events.

python benchmarks/speed/room.py [--events 1000000]
"""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent))
import generated

from sitroom.evidence import Selection
from sitroom.evidence.duckdb_store import DuckDBStore

SENTENCES = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    given = parser.parse_args()
    coder = generated.GeneratedCoder()
    making = 0.0
    with tempfile.TemporaryDirectory() as folder, DuckDBStore(Path(folder) / "a.room", write=True) as store:
        start = time.perf_counter()
        with store.writer(reports_per_commit=1000) as writer:
            for report in generated.reports(given.events // SENTENCES, sentences=SENTENCES):
                began = time.perf_counter()
                coded = coder.code(report)
                making += time.perf_counter() - began
                writer.add(coded)
        tell("write", time.perf_counter() - start - making, given.events)
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        timed("open a view and count", given.events, lambda: store.view().counts())
        timed("flat columns as Arrow", given.events, lambda: store.view().table("events").num_rows)
        one_year = Selection(parties=("ISR",), since=date(2015, 1, 1), until=date(2015, 12, 31))
        timed("one actor, one year", given.events, lambda: sum(1 for _ in store.view().events(one_year)))
        timed("stream all as records", given.events, lambda: sum(1 for _ in store.view().events()))
    print(f"file {size:.0f} MB; memory {psutil.Process().memory_info().rss / 1e6:.0f} MB")
    return 0


def timed(what: str, events: int, work) -> None:  # type: ignore[no-untyped-def]
    """Do the work and print how long it took."""
    start = time.perf_counter()
    found = work()
    tell(what, time.perf_counter() - start, events, str(found))


def tell(what: str, seconds: float, events: int, found: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<24} {seconds:8.2f} s  {events / seconds:>10,.0f} events/s  {found}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
