"""A published text as we got it, and the exact words in it that support something."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitroom.vocabulary.world import Period

PublishedBasis = Literal["stated", "metadata", "dateline", "inferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Report:
    """A published text as we got it.

    `id` hashes publisher, title, published and text, never the file name. `published` is a window when it was
    inferred from the text (`published_basis == "inferred"`), a single day when it was stated, and None when unknown.
    Offsets elsewhere count characters of `text`.
    """

    id: str
    name: str
    text: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: Period | None = None
    published_basis: PublishedBasis = "unknown"
    language: str = "en"

    @property
    def known_by(self) -> date | None:
        """The last day of the publication window: from then on this text could be known. None if undated."""
        return self.published.end if self.published else None


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words that support something: `words == report.text[start:end]`."""

    report: str
    start: int
    end: int
    words: str
