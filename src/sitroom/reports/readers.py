"""Read any source into reports: one literal table of readers by file ending, with the content as the judge."""

import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from sitroom.errors import UnreadableReport
from sitroom.reports.articles import read_csv, read_json, read_jsonl
from sitroom.reports.decoding import peekable
from sitroom.reports.drafts import Draft, Reader, finish
from sitroom.reports.fields import COMMON_NAMES, FieldNames
from sitroom.reports.mails import read_mail
from sitroom.reports.pages import read_html
from sitroom.reports.pdfs import read_pdf
from sitroom.reports.prose import read_markdown, read_text
from sitroom.reports.sources import Source, unreadable
from sitroom.vocabulary import Report

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".eml": read_mail,
}
"""Adding a format is one function and one entry. Gzip and zip wrap any of these."""

_OFFICE = frozenset((".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".ods", ".pptx", ".epub", ".msg"))
_MAIL = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_KEYS = re.compile(rb"^(?:received|mime-version|message-id|return-path|from):", re.I | re.M)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|article)\b",
    re.I | re.S,
)
_HEAD = 4096
_NESTING = 2
_SPOOL = 32 * 1024 * 1024


def read_reports(
    source: Source | Path | str, fields: FieldNames = COMMON_NAMES
) -> Iterator[Report | UnreadableReport]:
    """Yield the reports of one source, and an UnreadableReport for each part that gives none. Never raises one.

    The file ending chooses the reader; where it is unknown, or the content is plainly PDF, gzip or zip, the content
    does. Collections are streamed: one article is held at a time.
    """
    if not isinstance(source, Source):
        source = Source(Path(source).name, Path(source))
    label = source.name if source.path is None else str(source.path)
    try:
        stream = source.open()
    except (OSError, ValueError) as error:
        yield unreadable(label, error)
        return
    try:
        for draft in _read(stream, source.name, fields, 0):
            yield _finished(draft)
    except UnreadableReport as problem:
        yield problem
    except (OSError, EOFError, zlib.error) as error:
        yield _broken(source.name, error)
    except (ValueError, RecursionError, MemoryError) as error:
        yield _broken(source.name, error)
    finally:
        if source.path is not None:
            stream.close()


def _finished(draft: Draft | UnreadableReport) -> Report | UnreadableReport:
    if isinstance(draft, UnreadableReport):
        return draft
    try:
        return finish(draft)
    except UnreadableReport as problem:
        return problem


def _broken(name: str, error: Exception) -> UnreadableReport:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return UnreadableReport(
            f"{name}: the compressed file is broken or cut off ({error})", hint="fetch it again"
        )
    if isinstance(error, OSError):
        return unreadable(name, error)
    return UnreadableReport(
        f"{name}: cannot be read ({type(error).__name__}: {str(error)[:120]})",
        hint="check that the file is whole",
    )


def _read(stream: BinaryIO, name: str, fields: FieldNames, depth: int) -> Iterator[Draft | UnreadableReport]:
    buffered = peekable(stream)
    head = buffered.peek(_HEAD)[:_HEAD]
    kind = find_kind(name, head)
    if kind in (".gz", ".zip") and depth >= _NESTING:
        raise UnreadableReport(f"{name}: archives are nested too deeply", hint="unpack it first")
    if kind == ".gz":
        with gzip.GzipFile(fileobj=buffered, mode="rb") as unpacked:
            yield from _read(cast(BinaryIO, unpacked), name, fields, depth + 1)
    elif kind == ".zip":
        yield from _read_zip(buffered, name, fields, depth)
    elif kind in _OFFICE:
        raise UnreadableReport(
            f"{name}: office documents ({kind}) are not read", hint="save it as PDF, HTML or text"
        )
    else:
        yield from READERS[kind](buffered, name, fields)


def _read_zip(
    stream: BinaryIO, name: str, fields: FieldNames, depth: int
) -> Iterator[Draft | UnreadableReport]:
    with tempfile.SpooledTemporaryFile(_SPOOL) as spool:
        seekable = stream if stream.seekable() else _copy(stream, cast(BinaryIO, spool))
        try:
            archive = zipfile.ZipFile(seekable)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableReport(
                f"{name}: the archive is broken ({error})", hint="fetch it again"
            ) from None
        with archive:
            for member in archive.infolist():
                path = PurePosixPath(member.filename)
                hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
                if not member.is_dir() and not hidden:
                    yield from _read_member(archive, member, f"{name}#{member.filename}", fields, depth)


def _copy(stream: BinaryIO, spool: BinaryIO) -> BinaryIO:
    while chunk := stream.read(1 << 20):
        spool.write(chunk)
    spool.seek(0)
    return spool


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, fields: FieldNames, depth: int
) -> Iterator[Draft | UnreadableReport]:
    try:
        with archive.open(member) as stream:
            yield from _read(cast(BinaryIO, stream), name, fields, depth + 1)
    except UnreadableReport as problem:
        yield problem
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        yield UnreadableReport(
            f"{name}: cannot be unpacked ({error})", hint="unpack the archive first, or fetch it again"
        )


def find_kind(name: str, head: bytes) -> str:
    """Return the kind of a file as a key of READERS, or ".gz", ".zip", or an office ending that is not read."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name.rpartition("#")[2]).suffixes]
    suffix = suffixes[-1] if suffixes else ""
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"\x1f\x8b"):
        return ".gz"
    if suffix in _OFFICE:
        return suffix
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return ".zip"
    if suffix == ".gz" and len(suffixes) > 1:
        suffix = suffixes[-2]
    return suffix if suffix in READERS else _sniff(head)


def _sniff(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return ".html"
    if start.startswith(b"{"):
        return ".jsonl" if re.search(rb"\}\s*\n\s*\{", head) or b"\n" not in start.rstrip() else ".json"
    if re.match(rb"\[\s*[\[{\]]", start):
        return ".json"
    mail = _MAIL.match(head)
    if mail and len(_MAIL_KEYS.findall(mail[0])) >= 2:
        return ".eml"
    return ".txt"
