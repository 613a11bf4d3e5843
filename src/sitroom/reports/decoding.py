"""Turn bytes into text: byte order marks, UTF-8, declared and detected encodings; binary files are refused."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from sitroom.errors import UnreadableReport

DOCUMENT_BYTES = 16 * 1024 * 1024
"""The most that one text file, page or message may hold; a report of a million characters needs a quarter of it."""
LINE_CHARACTERS = 8 * 1024 * 1024
"""The most that one line of a JSONL or CSV file may hold."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1b\x1a")
_STRAY = re.compile("[\udc80-\udcff]")
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"SQLite format 3",
)
_SAMPLE = 65_536


def read_document(stream: BinaryIO, name: str, limit: int = DOCUMENT_BYTES) -> bytes:
    """Read one document whole. Raises UnreadableReport when it is empty or holds more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableReport(
            f"{name}: holds more than {limit // 2**20} MB, too much to read at once",
            hint="split it into one file per report, or put the reports into a JSONL file, one per line",
        )
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableReport(f"{name}: is empty", hint="fetch the report again, or remove the file")
    return data


def decode(data: bytes, name: str, *, declared: bool = False) -> str:
    """Decode one document; `declared` also looks for an encoding named in the markup.

    Raises UnreadableReport for binary data and where no encoding fits.
    """
    encoding = find_encoding(data[:_SAMPLE], name, whole=len(data) <= _SAMPLE, declared=declared)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        if encoding in ("utf-8", "utf-8-sig"):
            return _decode_mostly_utf8(data, name)
        return data.decode(encoding, errors="replace")


def _decode_mostly_utf8(data: bytes, name: str) -> str:
    """The head was UTF-8 but not all of it is: take the stray bytes as damage if there are few."""
    text = data.decode("utf-8-sig", errors="replace")
    if text.count("\ufffd") * 200 <= len(text):
        return text
    encoding = _guess(data, name)
    return data.decode(encoding, errors="replace")


def find_encoding(sample: bytes, name: str, *, whole: bool = False, declared: bool = False) -> str:
    """Tell the encoding of a sample of bytes. Raises UnreadableReport when they are no text."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if (wide := _wide(sample)) is not None:
        return wide
    refuse_binary(sample, name)
    if declared and (match := _DECLARED.search(sample[:4096])):
        named = (match[1] or match[2]).decode("ascii")
        if _fits(sample, named, whole):
            return named
    return "utf-8" if _fits(sample, "utf-8", whole) else _guess(sample, name)


def _fits(sample: bytes, encoding: str, whole: bool) -> bool:
    try:
        if codecs.lookup(encoding).name in ("utf-16", "utf-32", "idna", "punycode") or not _is_text(encoding):
            return False
        codecs.getincrementaldecoder(encoding)().decode(sample, final=whole)
    except (LookupError, ValueError):
        return False
    return True


def _is_text(encoding: str) -> bool:
    try:
        return isinstance(b"a".decode(encoding), str)
    except (LookupError, ValueError):
        return False


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as a NUL in every other place."""
    head = sample[:2000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def refuse_binary(sample: bytes, name: str) -> None:
    """Raise UnreadableReport for pictures, programs and the like.

    More than a tenth of control characters is binary; in what is not UTF-8 (older encodings of a text hold none)
    more than a fiftieth. Stray NULs in a text are let pass.
    """
    head = sample[:8192]
    controls = sum(byte in _CONTROLS for byte in head)
    if controls * 50 <= len(head) and not head.startswith(_PICTURES):
        return
    if controls * 10 > len(head) or not _fits(head, "utf-8", whole=False) or head.startswith(_PICTURES):
        raise UnreadableReport(
            f"{name}: is a binary file, not a text", hint="convert it to text, HTML or PDF, or leave it out"
        )


def _guess(sample: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is not None:
        return best.encoding
    raise UnreadableReport(
        f"{name}: its encoding cannot be told", hint="save the file as UTF-8 and read it again"
    )


def read_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str | UnreadableReport]]:
    """Yield (line number from 1, line without its end) of a stream of any length, holding one line at a time.

    A line that is too long or not in the file's encoding is yielded as an UnreadableReport. Raises UnreadableReport
    when the stream is empty or binary.
    """
    buffered = peekable(stream)
    sample = buffered.peek(_SAMPLE)[:_SAMPLE]
    if not sample:
        raise UnreadableReport(f"{name}: is empty", hint="fetch the file again, or remove it")
    encoding = find_encoding(sample, name)
    text = io.TextIOWrapper(buffered, encoding=encoding, errors="surrogateescape", newline=None)
    try:
        yield from _lines(text, encoding, name)
    finally:
        if not text.closed:
            text.detach()


def _lines(text: io.TextIOWrapper, encoding: str, name: str) -> Iterator[tuple[int, str | UnreadableReport]]:
    number = 0
    while line := text.readline(LINE_CHARACTERS):
        number += 1
        if len(line) == LINE_CHARACTERS and not line.endswith("\n"):
            while (rest := text.readline(LINE_CHARACTERS)) and not rest.endswith("\n"):
                pass
            yield number, _too_long(name, number)
        elif encoding.startswith("utf-8") and _STRAY.search(line):
            yield number, _not_utf8(name, number)
        else:
            yield number, line.rstrip("\n")


def _too_long(name: str, number: int) -> UnreadableReport:
    limit = f"{LINE_CHARACTERS // 2**20} million characters"
    return UnreadableReport(
        f"{name}: line {number} is longer than {limit}",
        hint="a line should hold one article; check how the file was written",
    )


def _not_utf8(name: str, number: int) -> UnreadableReport:
    return UnreadableReport(
        f"{name}: line {number} is not UTF-8 as the lines before it", hint="write the whole file in UTF-8"
    )


def peekable(stream: BinaryIO) -> io.BufferedReader:
    """The stream as one that can be looked into before it is read; closing it leaves a wrapped stream open."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream), _SAMPLE)


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be buffered and peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
