"""What the coder knows around one sentence: its places, times, the voice of a quotation, and whom its names mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sitroom.language.actors import Resolver
from sitroom.language.dates import Time
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Token
from sitroom.vocabulary import Attribution, Period, Place, Report

NEWS_DAYS = 45
"""An undated report tells as news what lies within so many days of the latest thing it dates."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A resolved place mention: the head token, the place, and the preposition or slot that it stands in."""

    token: Token
    place: Place
    slot: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the coder knows around one sentence: the places and times in it, a quotation that runs on, whose text it is."""

    report: Report
    here: ParsedSentence
    resolver: Resolver
    places: Sequence[PlaceSpan]
    times: Sequence[Time]
    quote_open: bool
    carried: Attribution | None
    country: Callable[[str], Place | None] = lambda _: None
    issuer: Attribution | None = None

    @property
    def news(self) -> Period | None:
        """When the report speaks: its day of publication, or the likely part of an inferred window."""
        return news_window(self.report)

    @property
    def words(self) -> str:
        """The sentence as it stands in the report."""
        return self.report.text[self.here.sentence.start : self.here.sentence.end]


def news_window(report: Report) -> Period | None:
    """The day of publication; for an inferred window its first NEWS_DAYS, since it starts with the latest dated news."""
    published = report.published
    if published is None or published.start is None or published.end is None:
        return published
    end = min(published.end, published.start + timedelta(days=NEWS_DAYS))
    return Period(published.start, end, published.basis)
