"""Rooms for benchmarks: reports of a folder coded, and a view on a room in a temporary file."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sitroom.coding import load_coder
from sitroom.evidence import View
from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.reports import find_files, read_reports
from sitroom.vocabulary import Coded


def read_reports_of(folder: Path) -> list[Coded]:
    """The coded reports of a folder."""
    return list(
        load_coder().code_many(report for file in find_files([folder]) for report in read_reports(file))
    )


@contextmanager
def room_of(coded: Iterable[Coded]) -> Iterator[View]:
    """A view on a fresh room that holds these."""
    with (
        tempfile.TemporaryDirectory() as folder,
        DuckDBStore(Path(folder) / "bench.room", write=True) as store,
    ):
        with store.writer() as writer:
            for one in coded:
                writer.add(one)
        yield store.view()
