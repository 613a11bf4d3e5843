"""Events as columns of numbers, a row each: what many of them share (a place, a period, a list of actors) is looked at once."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from sitroom.situation.kinship import is_named, principal
from sitroom.situation.mentions import LOCAL, MUTUAL, PRECISE, family
from sitroom.vocabulary import Actor, Event

PARTIES = 3
FIGURES = 2
FAR_PAST, FAR_FUTURE = 1, 4_000_000
Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every event: `codes` has a number per event, `rows` the first event with each number, in order."""

    codes: Ints
    rows: Ints

    def __and__(self, other: "Part") -> "Part":
        """Both parts taken together."""
        return part_of(self.codes * (len(other.rows) or 1) + other.codes)


def part_of(values: Ints) -> Part:
    """Number what is equal alike, in order of first sight."""
    _, rows, codes = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(rows)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return Part(rank[codes], rows[order])


def ask_once(ask: Callable[..., float], *codes: Ints | Bools) -> Floats:
    """`ask` of the numbers in each row, once for every different row."""
    packed = codes[0].astype(np.int64)
    for column in codes[1:]:
        packed = packed * (int(column.max(initial=0)) + 1) + column
    _, rows, inverse = np.unique(packed, return_index=True, return_inverse=True)
    different = zip(*(column[rows].tolist() for column in codes), strict=True)
    return np.array([ask(*row) for row in different], np.float64)[inverse]


class Columns:
    """What pairs of events are sorted, sifted and scored by.

    A part is one where events hold the very same object, as those from a `Shelf` do: what depends on nothing else is
    asked of one event only. Numbers are -1, and amounts not a number, where an event does not tell.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.when, self.where, self.figures = self._part("period"), self._part("place"), self._part("figures")
        self.way, self.type = self._part("modality"), self._part("type")
        self.means = self.type & self._part("mode")
        self.who = self.type & self._part("actors") & self._part("recipients")
        self.kind = self.numbers(self.type, lambda event: family(event.type))
        self.report = self.numbers(self._part("report"), lambda event: event.report)
        self.start: Ints = self.ask(self.when, _start)
        self.end: Ints = self.ask(self.when, _end)
        self.country = self.numbers(self.where, _country)
        self.place = self.numbers(self.where, _local)
        self.spot = self.numbers(self.where, lambda event: _country(event) and _local(event, str.lower))
        self.lat: Floats = self.ask(self.where, lambda event: _degrees(event)[0])
        self.lon: Floats = self.ask(self.where, lambda event: _degrees(event)[1])
        self.killed: Floats = self.ask(self.figures, _killed)
        self.tolls = self._several(self.figures, _tolls, FIGURES, {})
        known = {"": 0}
        self.sides = self._several(self.who, sides_of, PARTIES, known)
        self.doer, self.hit = self._several(self.who, _doer_and_hit, 2, known)
        self.bits = np.bitwise_or.reduce([np.where(side < 0, 0, 1 << side % 62) for side in self.sides])

    def __len__(self) -> int:
        return len(self.events)

    def _part(self, name: str) -> Part:
        found = map(id, map(attrgetter(name), self.events))
        return part_of(np.fromiter(found, np.int64, count=len(self)))

    def ask(self, part: Part, of: Callable[[Event], Any]) -> Array:
        """What `of` gives for each event, which depends on that part alone."""
        answers = [of(self.events[row]) for row in part.rows.tolist()]
        return np.array(answers or [0])[part.codes]

    def numbers(self, part: Part, of: Callable[[Event], Hashable]) -> Ints:
        """The same with values numbered in order of first sight; -1 for what is empty."""
        known: dict[Hashable, int] = {}
        return self.ask(part, lambda event: known.setdefault(key, len(known)) if (key := of(event)) else -1)

    def _several(
        self, part: Part, of: Callable[[Event], Iterable[Hashable]], width: int, known: dict[Any, int]
    ) -> list[Ints]:
        """Columns for the first, second ... of several values; `known` holds their numbers."""

        def numbered(event: Event) -> list[int]:
            found = [known.setdefault(key, len(known)) for key in of(event)]
            return found + [-1] * (width - len(found))

        table = self.ask(part, numbered).reshape(len(self), width)
        return [np.ascontiguousarray(table[:, column]) for column in range(width)]

    @property
    def anchor(self) -> Ints:
        """The day by which events are put in order: their own, or the last of a longer period."""
        return np.where(self.end == FAR_FUTURE, self.start, self.end)


def _start(event: Event) -> int:
    return event.period.start.toordinal() if event.period.start else FAR_PAST


def _end(event: Event) -> int:
    return event.period.end.toordinal() if event.period.end else FAR_FUTURE


def _country(event: Event) -> str | None:
    return event.place.country if event.place and event.place.role != "about" else None


def _local(event: Event, written: Callable[[str], str] = str) -> str | None:
    """What a place no larger than an area goes by."""
    place = event.place
    if place is None or place.role == "about" or place.precision not in LOCAL:
        return None
    return place.id or written(place.name)


def _degrees(event: Event) -> tuple[float, float]:
    place = event.place
    if place is None or place.role == "about" or place.precision not in PRECISE:
        return np.nan, np.nan
    return (np.nan, np.nan) if place.lat is None or place.lon is None else (place.lat, place.lon)


def _killed(event: Event) -> float:
    dead = [figure for figure in event.figures if figure.what == "killed"]
    sure = len(dead) == 1 and dead[0].low is not None and dead[0].low == dead[0].high
    return float(dead[0].low or 0) if sure else np.nan


def _tolls(event: Event) -> list[tuple[str, float]]:
    """What is counted, and how many: the first figures, where they are more than a few."""
    amounts = [(figure.what, figure.low or figure.high or 0) for figure in event.figures[:FIGURES]]
    return [(what, amount) for what, amount in amounts if amount > 2]


def _doer_and_hit(event: Event) -> list[str]:
    """The side of the only actor and of the only recipient, each empty where no catalogue knows it."""
    if event.type in MUTUAL or not event.recipients:
        return []
    return [_only(event.actors), _only(event.recipients)]


def _only(actors: Sequence[Actor]) -> str:
    return principal(actors[0]) if len(actors) == 1 and actors[0].id else ""


def sides_of(event: Event) -> list[str]:
    """The states and groups that an event names, at most `PARTIES` of them."""
    named = {principal(actor) for actor in (*event.actors, *event.recipients) if is_named(actor)}
    return sorted(named)[:PARTIES]
