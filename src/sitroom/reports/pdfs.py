"""Read PDF files that have a text layer (pypdf), with wrapped lines put together again."""

import io
import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.days import read_published
from sitroom.reports.decoding import read_document
from sitroom.reports.drafts import REPORT_CHARACTERS, Draft
from sitroom.reports.fields import FieldNames

PDF_BYTES = 128 * 1024 * 1024
"""The most that one PDF file may hold."""
_PAGES = 2000
_LEAST_LETTERS = 20
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})(\d{2})(\d{2})")
_STOPPED = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def read_pdf(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a PDF as one report; its date is that of its metadata."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages, about = _extract(read_document(stream, name, PDF_BYTES), name)
    text = "\n\n".join(filter(None, map(unwrap, pages)))
    if sum(letter.isalpha() for letter in text) < _LEAST_LETTERS:
        raise UnreadableReport(
            f"{name}: this PDF has no text layer (it may be a scan)",
            hint="run it through text recognition (OCR) first",
        )
    made = _PDF_DATE.match(about.get("/CreationDate", ""))
    yield Draft(
        name=name,
        text=text,
        title=about.get("/Title", ""),
        published=read_published("-".join(made.groups())) if made else None,
    )


def _extract(data: bytes, name: str) -> tuple[list[str], dict[str, str]]:
    """The text of the pages and the document information; pypdf is foreign code, so any exception means unreadable."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableReport(
                f"{name}: this PDF is locked with a password", hint="save it without a password"
            )
        pages: list[str] = []
        for page in reader.pages[:_PAGES]:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > REPORT_CHARACTERS:
                break
        about = {str(key): str(value) for key, value in (reader.metadata or {}).items()}
    except UnreadableReport:
        raise
    except Exception as error:
        raise UnreadableReport(
            f"{name}: this PDF is broken ({type(error).__name__})",
            hint="fetch it again, or save it anew from a viewer",
        ) from None
    return pages, about


def unwrap(page: str) -> str:
    """Put lines together that a page width has broken, and words that a hyphen has; keep paragraphs and headings."""
    lines = [" ".join(line.split()) for line in page.replace("\xad\n", "\xad").splitlines()]
    width = max(map(len, lines), default=0)
    text = ""
    for line, before in zip(lines, ["", *lines], strict=False):
        if not line:
            text += "\n\n"
        elif not before:
            text += line
        elif re.search(r"[a-z]-$", before) and line[0].islower():
            text = text[:-1] + line
        elif line[0].islower() or (
            len(before) > 0.7 * width and not (_STOPPED.search(before) and len(before) < 0.9 * width)
        ):
            text += " " + line
        else:
            text += "\n\n" + line
    return re.sub(r"\n{3,}", "\n\n", text).strip()
