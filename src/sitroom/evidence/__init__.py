"""The append-only store of what was read: reports, events, statements, relations, judgements, each with the day it could be known."""

from pathlib import Path

from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.evidence.protocols import Added, Evidence, Fold, Kind, Selection, Store, View, Writer
from sitroom.evidence.trace import Trace, trace

__all__ = [
    "Added",
    "DuckDBStore",
    "Evidence",
    "Fold",
    "Kind",
    "Selection",
    "Store",
    "Trace",
    "View",
    "Writer",
    "open_store",
    "trace",
]


def open_store(path: Path | str, *, write: bool = False) -> Store:
    """Open the room at `path`; `write=True` makes it if it is missing and keeps everybody else out.

    Raises `StoreBusy`, `StoreTooNew` or `StoreFault`.
    """
    return DuckDBStore(Path(path), write=write)
