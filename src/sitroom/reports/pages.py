"""Read web pages: main text, title, publisher and publication date (trafilatura, Barbaresi 2021; htmldate, 2020)."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.days import read_published
from sitroom.reports.decoding import decode, read_document
from sitroom.reports.drafts import Draft
from sitroom.reports.fields import FieldNames

_LEAST_WORDS = 5


def read_html(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a saved web page as one report."""
    yield read_page(decode(read_document(stream, name), name, declared=True), name)


def read_page(html: str, name: str) -> Draft:
    """Return the draft of one page. Raises UnreadableReport when no main text is found in it."""
    page = _extract(html.replace("\x00", ""))
    text = str(page.get("text") or "")
    if len(text.split()) < _LEAST_WORDS:
        raise UnreadableReport(
            f"{name}: no text is found in this page",
            hint="it may be filled by a script or be only navigation; save the article itself, or its text",
        )
    return Draft(
        name=name,
        text=re.sub(r"\n+", "\n\n", text),
        title=str(page.get("title") or ""),
        publisher=str(page.get("sitename") or ""),
        url=str(page.get("url") or ""),
        published=read_published(page.get("date")),
    )


def _extract(html: str) -> dict[str, Any]:
    """What trafilatura finds; it is foreign code fed with foreign pages, so any exception means that nothing is found."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    try:
        page = bare_extraction(
            html,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:
        return {}
    if page is None:
        return {}
    return page if isinstance(page, dict) else dict(page.as_dict())
