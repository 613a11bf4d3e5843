"""Find the files to read: files, folders, globs and standard input; what cannot be read is reported, never raised."""

import errno
import glob
import io
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from sitroom.errors import UnreadableReport

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file by its `path`, or a `stream` that is already open (standard input)."""

    name: str
    path: Path | None = None
    stream: BinaryIO | None = field(default=None, compare=False)

    def open(self) -> BinaryIO:
        """Open for reading bytes. Raises OSError; a stream can only be read once."""
        if self.path is not None:
            return self.path.open("rb")
        return self.stream if self.stream is not None else io.BytesIO()


def find_files(
    paths: Sequence[str | Path], stdin: BinaryIO | None = None
) -> Iterator[Source | UnreadableReport]:
    """Yield what there is to read under `paths`, folders recursively, sorted by name, hidden files left out.

    "-" stands for standard input (or `stdin`). A path that is no file but holds `*`, `?` or `[` is a glob. A linked
    folder is entered once, so that loops end. What is missing or may not be read is yielded as an UnreadableReport.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if str(path) == STDIN:
            yield Source("stdin", stream=stdin if stdin is not None else sys.stdin.buffer)
        else:
            yield from _under(str(path), seen)


def _under(path: str, seen: set[tuple[int, int]]) -> Iterator[Source | UnreadableReport]:
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        yield from _globbed(path, seen)
    except (OSError, ValueError) as error:
        yield unreadable(path, error)
    else:
        if stat.S_ISDIR(mode):
            yield from _walk(Path(path), seen)
        else:
            yield Source(Path(path).name, Path(path))


def _globbed(path: str, seen: set[tuple[int, int]]) -> Iterator[Source | UnreadableReport]:
    found = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
    if not found and glob.has_magic(path):
        yield UnreadableReport(
            f"{path}: matches no file", hint="check the pattern and the folder it starts from"
        )
    elif not found:
        gone = Path(path).is_symlink()
        what = "is a link to a file that is not there" if gone else "there is no such file or folder"
        yield UnreadableReport(f"{path}: {what}", hint="check the spelling and the folder you are in")
    for each in found:
        yield from _under(each, seen)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Source | UnreadableReport]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield unreadable(str(folder), error)
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _entry(entry, seen)


def _entry(path: Path, seen: set[tuple[int, int]]) -> Iterator[Source | UnreadableReport]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield unreadable(str(path), error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, seen)
    elif stat.S_ISREG(mode):
        yield Source(path.name, path)
    else:
        yield UnreadableReport(
            f"{path}: is not a regular file", hint="remove it from the folder, or pass it by name"
        )


def unreadable(name: str, error: Exception) -> UnreadableReport:
    """Word an error of the operating system for the person at the keyboard."""
    match error:
        case FileNotFoundError():
            return UnreadableReport(
                f"{name}: is no longer there", hint="it was moved or removed; read the folder again"
            )
        case PermissionError():
            return UnreadableReport(
                f"{name}: may not be read", hint="ask for read permission, or leave it out"
            )
        case IsADirectoryError():
            return UnreadableReport(
                f"{name}: is a folder", hint="pass the folder itself to read what is in it"
            )
        case OSError() if error.errno == errno.ELOOP:
            return UnreadableReport(f"{name}: is a link that leads back to itself", hint="remove the link")
        case _:
            reason = (
                cast("str | None", getattr(error, "strerror", None)) or str(error) or type(error).__name__
            )
            return UnreadableReport(f"{name}: cannot be read ({reason})", hint="check the disk and the file")
