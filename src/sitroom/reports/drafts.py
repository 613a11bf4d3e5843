"""From what a file format gives (a draft) to a Report: clean text, header lines, date, title, language, id."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.cleaning import clean
from sitroom.reports.datelines import Dateline, find_date_line, find_dateline, find_headline, strip_header
from sitroom.reports.fields import FieldNames
from sitroom.reports.languages import detect_language
from sitroom.vocabulary import Period, Report, content_id
from sitroom.vocabulary.text import PublishedBasis

REPORT_CHARACTERS = 1_000_000
"""The longest report text, in characters: the parser's own limit."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with what its file format says about it; `published` comes from metadata, never from the text."""

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: Period | None = None


Reader = Callable[[BinaryIO, str, FieldNames], Iterator[Draft | UnreadableReport]]


def finish(draft: Draft) -> Report:
    """Make the Report of a draft. Raises UnreadableReport when no text is left or the text is too long.

    A date stated in the text wins over metadata, metadata over a dateline; a dateline without a year only counts
    where metadata gives the month. The id hashes publisher, title, published and text.
    """
    header, text = strip_header(clean(draft.text))
    if not any(letter.isalnum() for letter in text):
        raise UnreadableReport(f"{draft.name}: holds no text", hint="fetch the report again, or remove it")
    refuse_long(text, draft.name)
    dateline = find_dateline(text)
    title = one_line(draft.title) or header.title or find_headline(text)
    publisher = one_line(draft.publisher) or header.publisher or (dateline.agency if dateline else "")
    published, basis = _published(draft, header.published, text)
    days = f"{published.start}" if published and published.start == published.end else _window(published)
    return Report(
        id=content_id("report", publisher, title, days, text),
        name=draft.name,
        text=text,
        title=title,
        publisher=publisher,
        url=one_line(draft.url) or header.url,
        published=published,
        published_basis=basis,
        language=detect_language(text),
    )


def refuse_long(text: str, name: str) -> None:
    """Raise UnreadableReport when a text is longer than REPORT_CHARACTERS."""
    if len(text) > REPORT_CHARACTERS:
        raise UnreadableReport(
            f"{name}: holds {len(text):,} characters, more than the {REPORT_CHARACTERS:,} of one report",
            hint="split it into one file per report, or put the reports into a JSONL file, one per line",
        )


def _window(published: Period | None) -> str | None:
    return f"{published.start}/{published.end}" if published else None


def _published(draft: Draft, stated: Period | None, text: str) -> tuple[Period | None, PublishedBasis]:
    if stated is None and (line := find_date_line(text)) is not None:
        stated = line[0]
    if stated is not None:
        return Period(stated.start, stated.end, "stated"), "stated"
    dateline = find_dateline(text)
    if draft.published is not None:
        narrowed = _narrowed(draft.published, dateline)
        if narrowed is not None:
            return Period.day(narrowed, "dateline"), "dateline"
        return Period(draft.published.start, draft.published.end, "metadata"), "metadata"
    if dateline is not None and (day := dateline.published()) is not None:
        return Period.day(day, "dateline"), "dateline"
    return None, "unknown"


def _narrowed(window: Period, dateline: Dateline | None) -> date | None:
    """The day of a dateline inside a window of several days; None where there is no such day."""
    if dateline is None or dateline.day is None or window.start is None or window.start == window.end:
        return None
    day = dateline.day.period(window.start.year)
    return day.start if day and day.start and window.contains(day.start) else None


def one_line(words: str) -> str:
    """A title, name or address cleaned and put on one line."""
    return " ".join(clean(words).split())
