"""What DuckDB says when a room cannot be opened, read or written, in the words of the sitroom family."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from sitroom.errors import StoreBusy, StoreFault, StoreTooNew

_FULL = re.compile(
    r"no space left|file too large|disk (is )?full|quota exceeded|could not write file", re.IGNORECASE
)
_LOCKED = re.compile(r"could not set lock|conflicting lock|being used by another", re.IGNORECASE)
_TOO_NEW = re.compile(r"version number|newer version|future version|storage version", re.IGNORECASE)
_NO_ROOM = re.compile(r"not a valid duckdb database file", re.IGNORECASE)
_MISSING = re.compile(r"does not exist|no such file", re.IGNORECASE)
_FORBIDDEN = re.compile(r"permission denied|read-only|not permitted|operation not allowed", re.IGNORECASE)


def fault(path: Path, error: Exception) -> StoreFault:
    """The error to show for what DuckDB or the system raised about the room at `path`."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if _LOCKED.search(said):
        process = re.search(r"PID (\d+)", said)
        owner = f"process {process[1]}" if process else "another process"
        return StoreBusy(f"{path} is open in {owner}", hint="wait until it is done, or stop that process")
    if "different configuration" in said:
        return StoreBusy(
            f"{path} is open already in this process ({os.getpid()})", hint="close it there first"
        )
    if _TOO_NEW.search(said):
        return StoreTooNew(
            f"{path} was written by a newer version: {said}", hint="install the newest sitroom"
        )
    if _FULL.search(said):
        return StoreFault(
            f"{path} could not be written, the disk is full: {said}",
            hint="make space and run the same command again: what was read before is kept",
        )
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return StoreFault(
            f"not enough memory for {path}: {said}", hint="give it more with SITROOM_MEMORY, such as 8GB"
        )
    if _NO_ROOM.search(said) or path.is_dir():
        return StoreFault(
            f"{path} is not a room", hint="name a .room file, or a new file for `sitroom read` to make"
        )
    if _MISSING.search(said):
        return StoreFault(f"there is no room {path}", hint=f"make one with: sitroom read {path} FOLDER")
    if _FORBIDDEN.search(said):
        return StoreFault(
            f"{path} may not be opened or written: {said}", hint="check the permissions of file and folder"
        )
    return StoreFault(
        f"{path} could not be used: {type(error).__name__}: {said}",
        hint="run the command again; if it stays, restore the room from a copy or read the reports into a new one",
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what DuckDB and the file system raise inside as `StoreFault`, `StoreBusy` or `StoreTooNew`."""
    try:
        yield
    except (duckdb.Error, OSError, MemoryError) as error:
        raise fault(path, error) from error
