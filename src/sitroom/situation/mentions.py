"""Events made light for comparing: shared actors, places and sources, no offsets, so that a million of them fit in memory."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sitroom.vocabulary import Actor, Attribution, Event, Period, Place, Relation, Statement
from sitroom.vocabulary.world import CALENDAR

FAMILIES = {
    "AGREE": "accord", "SUPPORT": "accord", "CONCEDE": "yielding", "RETREAT": "yielding",
}  # fmt: skip
"""Types that tell one happening in two ways: a deal is agreed and signed, a withdrawal announced and begun."""
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
BETWEEN = re.compile(
    r"\b(each other|one another|between|clash\w*|skirmish\w*|battl\w+|fought|fight\w*|exchang\w+|traded)\b"
)
"""Words of acts that two sides do to each other."""
PRECISE = frozenset({"point", "place"})
LOCAL = PRECISE | {"area"}
NEAR_KM = 25.0
SLACK_DAYS = 3
"""How long after its announcement a withdrawal or a deal may begin."""
SHORTEST = 3
"""With fewer words that carry meaning, sentences are not compared."""


def is_mutual(event: Event) -> bool:
    """True where the actors of an event without recipients act on each other; who condemn or storm together do not."""
    if event.recipients or len(event.actors) < 2:
        return False
    return event.type in MUTUAL or BETWEEN.search(event.quote.words) is not None


_WORD = re.compile(r"[a-z]{4,}|\d+")
_COMMON = CALENDAR | frozenset(
    [
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "were",
        "will",
        "would",
        "their",
        "they",
        "them",
        "than",
        "then",
        "when",
        "where",
        "which",
        "while",
        "after",
        "before",
        "about",
        "into",
        "over",
        "said",
        "says",
        "told",
        "also",
        "more",
        "most",
        "some",
        "such",
        "only",
        "other",
        "could",
        "should",
        "since",
        "during",
        "against",
        "between",
        "according",
        "reported",
        "reportedly",
        "officials",
        "official",
        "news",
        "state",
        "people",
        "year",
        "month",
        "week",
        "last",
        "being",
    ]
)


def family(type: str) -> str:
    """The kind of happening that a type tells of; most types are their own."""
    return FAMILIES.get(type, type)


@lru_cache(maxsize=65_536)
def word_stems(words: str) -> frozenset[str]:
    """The first five letters of the words that carry meaning, and the numbers."""
    return frozenset(word[:5] for word in _WORD.findall(words.lower()) if word not in _COMMON)


class Stems(dict[str, tuple[int, ...]]):
    """The same stems as numbers: each word is looked up, and cut, once."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __missing__(self, word: str) -> tuple[int, ...]:
        stems = [part[:5] for part in _WORD.findall(word) if part not in _COMMON]
        self[word] = numbers = tuple(self.known.setdefault(stem, len(self.known)) for stem in stems)
        return numbers

    def of(self, words: str) -> set[int]:
        """The numbers of the stems of a sentence."""
        return set[int]().union(*map(self.__getitem__, words.lower().split()))


def similarity(ones: AbstractSet[str], others: AbstractSet[str]) -> float:
    """The shared part of the shorter of two sets of stems, 0 to 1; 0 where there is too little to compare."""
    shorter = min(len(ones), len(others))
    return len(ones & others) / shorter if shorter >= SHORTEST else 0.0


_ACTOR = attrgetter("name", "id", "country", "sector", "number")
_PLACE = attrgetter("name", "id", "lat", "lon", "country", "admin1", "precision", "role")
_SOURCE = attrgetter("name", "id", "kind", "quoted")
_PERIOD = attrgetter("start", "end", "basis")
"""What tells one from another, without the words and offsets of one report."""


@dataclass(slots=True)
class Shelf:
    """Keeps one copy of whatever many records repeat."""

    kept: dict[Any, Any] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)

    def actor(self, actor: Actor) -> Actor:
        """The actor without the words and offsets of one report."""
        found: Actor | None = self.made.get(key := ("actor", *_ACTOR(actor)))
        if found is None:
            name, id, country, sector, number = _ACTOR(actor)
            found = self.made[key] = Actor(name, id, country=country, sector=sector, number=number)
        return found

    def actors(self, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """A list of actors, shared."""
        if not actors:
            return ()
        found: tuple[Actor, ...] | None = self.made.get(key := tuple(map(_ACTOR, actors)))
        if found is None:
            found = self.made[key] = tuple(map(self.actor, actors))
        return found

    def place(self, place: Place | None) -> Place | None:
        """The place without the words and offsets of one report."""
        if place is None:
            return None
        found: Place | None = self.made.get(key := _PLACE(place))
        if found is None:
            found = self.made[key] = Place(*key)
        return found

    def source(self, source: Attribution | None) -> Attribution | None:
        """The source without offsets."""
        if source is None:
            return None
        found: Attribution | None = self.made.get(key := _SOURCE(source))
        if found is None:
            name, id, kind, quoted = key
            found = self.made[key] = Attribution(name, id, kind, quoted=quoted)
        return found

    def event(self, event: Event) -> Event:
        """The event without what comparing does not need: offsets of parts, other places, steps."""
        one, known_by, period, figures = self.kept.setdefault, event.known_by, event.period, event.figures
        return Event(
            event.id, one(event.report, event.report), one(event.type, event.type), event.mode and one(event.mode, event.mode),
            one(event.contexts, event.contexts), event.score, self.actors(event.actors), self.actors(event.recipients),
            self.place(event.place), (), self.made.setdefault(_PERIOD(period), period), known_by and one(known_by, known_by),
            event.historical, one(event.modality, event.modality), self.source(event.attribution),
            one(figures, figures) if figures else (), event.quote, one(event.rule, event.rule), event.confidence,
        )  # fmt: skip

    def relation(self, relation: Relation) -> Relation:
        """The relation without offsets of its parts."""
        return replace(
            relation,
            subject=self.actor(relation.subject),
            object=self.actor(relation.object) if relation.object else None,
            place=self.place(relation.place),
            attribution=self.source(relation.attribution),
        )

    def statement(self, statement: Statement) -> Statement:
        """The statement without offsets of its parts."""
        return replace(
            statement,
            speaker=self.source(statement.speaker),
            target=self.actor(statement.target) if statement.target else None,
            addressee=self.actor(statement.addressee) if statement.addressee else None,
        )


def is_exact(period: Period) -> bool:
    """True when the period is one day."""
    return period.start is not None and period.start == period.end
