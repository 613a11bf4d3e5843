"""Which pairs of events are worth comparing: neighbours in day order among those of one kind, side, place or number.

The sorted-neighbourhood method of Hernández and Stolfo (1995), "The merge/purge problem for large databases": the work
grows with the events times a fixed width, never with their pairs.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sitroom.situation.alike import MUTUAL, NEAR_KM, SLACK_DAYS
from sitroom.situation.kinship import is_named, principal
from sitroom.situation.mentions import PRECISE, family
from sitroom.vocabulary import Actor, Event

WIDTH = 8
LOCAL = PRECISE | {"area"}
PARTIES = 3
CHUNK = 2_000_000
FAR_PAST, FAR_FUTURE = 1, 4_000_000
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class _Numbers:
    """Small whole numbers for keys, in order of first sight."""

    def __init__(self) -> None:
        self.known: dict[object, int] = {}

    def of(self, key: object) -> int:
        return self.known.setdefault(key, len(self.known))


class Columns:
    """What pairs are sorted and sifted by, one row per event: first and last day, place, coordinates, sides as bits."""

    def __init__(self, events: Sequence[Event], parties: Sequence[tuple[str, ...]]) -> None:
        count = len(events)
        self.start: Ints = np.empty(count, np.int64)
        self.end: Ints = np.empty(count, np.int64)
        self.lat: Floats = np.full(count, np.nan)
        self.lon: Floats = np.full(count, np.nan)
        self.country: Ints = np.full(count, -1, np.int64)
        self.sides: Ints = np.zeros(count, np.int64)
        self.place: Ints = np.full(count, -1, np.int64)
        countries, sides, places = _Numbers(), _Numbers(), _Numbers()
        sides.of("")
        self.doer: Ints = np.full(count, -1, np.int64)
        self.hit: Ints = np.full(count, -1, np.int64)
        self.killed: Floats = np.full(count, np.nan)
        bits: dict[object, int] = {}
        for row, event in enumerate(events):
            period, place = event.period, event.place
            self.start[row] = period.start.toordinal() if period.start else FAR_PAST
            self.end[row] = period.end.toordinal() if period.end else FAR_FUTURE
            named = parties[row]
            if named not in bits:
                bits[named] = sum({1 << sides.of(side) % 62 for side in named})
            self.sides[row] = bits[named]
            if event.type not in MUTUAL and event.recipients:
                self.doer[row] = sides.of(_only(event.actors))
                self.hit[row] = sides.of(_only(event.recipients))
            dead = [figure for figure in event.figures if figure.what == "killed"]
            if len(dead) == 1 and dead[0].low is not None and dead[0].low == dead[0].high:
                self.killed[row] = dead[0].low
            if place is None or place.role == "about":
                continue
            if place.country:
                self.country[row] = countries.of(place.country)
            if place.precision in LOCAL:
                self.place[row] = places.of(place.id or place.name)
            if place.precision in PRECISE and place.lat is not None and place.lon is not None:
                self.lat[row], self.lon[row] = place.lat, place.lon

    @property
    def anchor(self) -> Ints:
        """The day by which events are put in order: their own, or the last of a longer period."""
        return np.where(self.end == FAR_FUTURE, self.start, self.end)

    def can_be_one(self, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
        """Which of the pairs no day, country or distance forbids."""
        exact = (self.start[left] == self.end[left]) & (self.start[right] == self.end[right])
        slack = np.where(exact, 1, SLACK_DAYS)
        days = (self.start[left] <= self.end[right] + slack) & (self.start[right] <= self.end[left] + slack)
        ones, others = self.country[left], self.country[right]
        lands = (ones == others) | (ones < 0) | (others < 0)
        north = np.abs(self.lat[left] - self.lat[right]) * 111.2
        ones, others = self.sides[left], self.sides[right]
        met = ((ones & others) != 0) | (ones == 0) | (others == 0)
        one_place = (north < NEAR_KM) | ((self.place[left] == self.place[right]) & (self.place[left] >= 0))
        met |= one_place
        doers = _differ(self.doer[left], self.doer[right]) & ~one_place
        hit = _differ(self.hit[left], self.hit[right]) & ~one_place
        fewer, more = (
            np.minimum(self.killed[left], self.killed[right]),
            np.maximum(self.killed[left], self.killed[right]),
        )
        toll = (more > 2 * np.maximum(fewer, 1.0)) & (more - fewer > 2)
        fine: npt.NDArray[np.bool_] = days & lands & met & ~(north > NEAR_KM) & ~doers & ~hit & ~toll
        return fine


def _differ(ones: Ints, others: Ints) -> npt.NDArray[np.bool_]:
    """Where both are known (above 0) and not the same."""
    found: npt.NDArray[np.bool_] = (ones > 0) & (others > 0) & (ones != others)
    return found


def _only(actors: Sequence[Actor]) -> str:
    """The side of the only actor, where a catalogue knows it; else empty."""
    return principal(actors[0]) if len(actors) == 1 and actors[0].id else ""


def worthwhile_pairs(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Pairs of positions (the smaller first, each once, in order) that may be one happening."""
    parties = _parties(events)
    columns = Columns(events, parties)
    found: list[Ints] = []
    for keys, rows in _keyed(events, parties):
        order = np.lexsort((rows, columns.anchor[rows], keys))
        keys, rows = keys[order], rows[order]
        for shift in range(1, WIDTH + 1):
            together = keys[:-shift] == keys[shift:]
            left, right = rows[:-shift][together], rows[shift:][together]
            fine = columns.can_be_one(left, right)
            low, high = np.minimum(left[fine], right[fine]), np.maximum(left[fine], right[fine])
            found.append(low * len(events) + high)
    packed = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    for begin in range(0, len(packed), CHUNK):
        some = packed[begin : begin + CHUNK]
        yield from zip((some // len(events)).tolist(), (some % len(events)).tolist(), strict=True)


def _keyed(events: Sequence[Event], parties: Sequence[tuple[str, ...]]) -> Iterator[tuple[Ints, Ints]]:
    """For every way of grouping: the number of the group and the position of each event in it.

    The ways: one side; two sides, or a side and the country; a place; a number; a report. Each with the kind of act.
    """
    numbers: dict[object, int] = {}
    keys: tuple[list[int], ...] = ([], [], [], [], [])
    rows: tuple[list[int], ...] = ([], [], [], [], [])

    def put(way: int, row: int, key: tuple[object, ...]) -> None:
        keys[way].append(numbers.setdefault(key, len(numbers)))
        rows[way].append(row)

    for row, event in enumerate(events):
        kind, place = family(event.type), event.place
        where = place.country if place and place.role != "about" else None
        for i, one in enumerate(parties[row]):
            put(0, row, (kind, one))
            if where:
                put(1, row, (kind, one, where, ""))
            for other in parties[row][i + 1 :]:
                put(1, row, (kind, one, other))
        if where and place and place.precision in LOCAL:
            put(2, row, (kind, place.id or place.name.lower(), "at"))
        for figure in event.figures[:2]:
            amount = figure.low or figure.high
            if amount and amount > 2:
                put(3, row, (kind, figure.what, amount))
        put(4, row, (event.report, kind, "", ""))
    for way, held in enumerate(keys):
        if held:
            yield np.asarray(held, np.int64), np.asarray(rows[way], np.int64)


def _parties(events: Sequence[Event]) -> list[tuple[str, ...]]:
    """The sides that each event names; most events name the same few."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = []
    for event in events:
        key = (*[actor.key for actor in event.actors], "", *[actor.key for actor in event.recipients])
        sides = known.get(key)
        if sides is None:
            sides = known[key] = sides_of(event)
        found.append(sides)
    return found


def sides_of(event: Event) -> tuple[str, ...]:
    """The states and groups that an event names, at most `PARTIES` of them."""
    return tuple(
        sorted({principal(actor) for actor in (*event.actors, *event.recipients) if is_named(actor)})[
            :PARTIES
        ]
    )
