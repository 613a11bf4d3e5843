"""One happening told by several reports is one incident: same act, compatible actors, place and days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

from sitroom.vocabulary import Actor, Event, Incident, Period, Place, content_id
from sitroom.vocabulary.situation import Status

NEAR_KM = 30.0
LONG_DAYS = 4
T = TypeVar("T")


def find_incidents(events: Iterable[Event]) -> tuple[Incident, ...]:
    """Group events into incidents, by first day and id. Background (`historical`) stays out.

    Events are compared only with those of the same type on the same or the next day, so that the work grows with the
    events and not with their pairs. An event with an open period stands alone.
    """
    by_day: dict[tuple[str, date], list[Event]] = defaultdict(list)
    parent: dict[str, str] = {}
    known: dict[str, Event] = {}

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    for event in sorted((one for one in events if not one.historical), key=lambda one: one.id):
        known[event.id], parent[event.id] = event, event.id
        if event.period.start is not None and event.period.end is not None:
            by_day[event.type, event.period.start].append(event)
    for (type, day), told in by_day.items():
        later = by_day.get((type, day + timedelta(days=1)), [])
        for position, one in enumerate(told):
            for other in (*told[position + 1 :], *later):
                if is_same(one, other):
                    first, second = sorted((root(one.id), root(other.id)))
                    parent[second] = first
    groups: dict[str, list[Event]] = defaultdict(list)
    for id, event in known.items():
        groups[root(id)].append(event)
    incidents = (_incident(group) for group in groups.values())
    return tuple(sorted(incidents, key=lambda one: (one.period.start or date.max, one.id)))


def is_same(one: Event, other: Event) -> bool:
    """True when two events of the same type and about the same day can be the same happening.

    Long periods say little: they must be the very same, as those of headline and text are.
    """
    if not one.period.overlaps(other.period, 1) or (one.mode and other.mode and one.mode != other.mode):
        return False
    long = _is_long(one.period) or _is_long(other.period)
    if long and (one.period.start, one.period.end) != (other.period.start, other.period.end):
        return False
    together = compatible(one.actors, other.actors) and compatible(one.recipients, other.recipients)
    return together and _near(one.place, other.place) and bool(one.actors or (one.place and other.place))


def compatible(ones: tuple[Actor, ...], others: tuple[Actor, ...]) -> bool:
    """True when some actor of both can be the same: same key, one part of the other, same country and sector; or none is named."""
    if not ones or not others:
        return not ones and not others
    return any(_same_actor(one, other) for one in ones for other in others)


def _same_actor(one: Actor, other: Actor) -> bool:
    if one.key == other.key:
        return True
    if one.id and other.id:
        return one.id.startswith(other.id + ".") or other.id.startswith(one.id + ".")
    return bool(one.country and one.country == other.country and one.sector == other.sector)


def _near(one: Place | None, other: Place | None) -> bool:
    """True when both can be one place: the same name, close by, one inside the other, or one left unsaid."""
    if one is None or other is None or one.name == other.name or (one.id and one.id == other.id):
        return True
    if one.country and one.country == other.country and "country" in (one.precision, other.precision):
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= NEAR_KM


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance in kilometres (haversine, mean Earth radius 6371 km)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    chord = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 12742.0 * asin(sqrt(chord))


def _is_long(period: Period) -> bool:
    return period.start is None or period.end is None or (period.end - period.start).days > LONG_DAYS


def _incident(group: list[Event]) -> Incident:
    events = tuple(event.id for event in group)
    reports = tuple(sorted({event.report for event in group}))
    best = max(group, key=lambda event: (event.confidence, event.id))
    starts = [event.period.start for event in group if event.period.start]
    ends = [event.period.end for event in group if event.period.end]
    return Incident(
        id=content_id("incident", *events),
        type=best.type,
        mode=_commonest(event.mode for event in group if event.mode),
        score=min((event.score for event in group), key=lambda score: -abs(score)),
        actors=_merged(event.actors for event in group),
        recipients=_merged(event.recipients for event in group),
        place=next((event.place for event in (best, *group) if event.place), None),
        period=Period(min(starts, default=None), max(ends, default=None), best.period.basis),
        status=_status(group),
        independent=len(reports),
        events=events,
        reports=reports,
        summary=best.quote.words,
    )


def _merged(parties: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    merged: dict[str, Actor] = {}
    for actors in parties:
        for actor in actors:
            merged.setdefault(actor.key, actor)
    return tuple(merged.values())


def _commonest(values: Iterator[T]) -> T | None:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else None


def _status(group: list[Event]) -> Status:
    ways = {event.modality for event in group}
    if "denied" in ways:
        return "denied" if ways == {"denied"} else "contested"
    if ways == {"hypothetical"}:
        return "hypothetical"
    if ways <= {"hypothetical", "planned-or-possible"}:
        return "expected"
    own = all(event.attribution or event.modality == "alleged" for event in group)
    return "claimed" if own else "reported"
