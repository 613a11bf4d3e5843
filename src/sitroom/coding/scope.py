"""What the coder knows around one sentence: its places, times, the voice of a quotation, and whom its names mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from sitroom.language.actors import Resolver
from sitroom.language.dates import Time
from sitroom.language.reading import ParsedSentence
from sitroom.vocabulary import Attribution, Place, Report


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A resolved place mention: the head token, the place, and the preposition or slot that it stands in."""

    token: Token
    place: Place
    slot: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the coder knows around one sentence: the places and times in it, and a quotation that runs on."""

    report: Report
    here: ParsedSentence
    resolver: Resolver
    places: Sequence[PlaceSpan]
    times: Sequence[Time]
    quote_open: bool
    carried: Attribution | None

    @property
    def words(self) -> str:
        """The sentence as it stands in the report."""
        return self.report.text[self.here.sentence.start : self.here.sentence.end]
