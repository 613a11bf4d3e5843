"""Who is, holds, fights, has a base, arrives in or leaves where, from when to when, and on whose word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from sitroom.situation.kinship import is_named, is_official, is_person, principal, speaks_for
from sitroom.situation.ties import WEIGHT, span
from sitroom.vocabulary import (
    Actor,
    Attribution,
    Event,
    Incident,
    Period,
    Place,
    Presence,
    Relation,
    content_id,
)
from sitroom.vocabulary.situation import Status

STAYS = frozenset({"present-in", "based-at", "controls", "fights-in", "deployed-to", "patrols"})
DEPARTURES = frozenset({"left", "withdrew-from", "expelled-from"})
NAMED_SO = STAYS | DEPARTURES
AHEAD = frozenset({"planned-or-possible", "hypothetical"})
GONE = frozenset({"reported", "claimed", "confirmed", "contested"})
"""The states of a departure that bear on a presence: not one that is expected, denied or only possible."""
GROUND = frozenset({None, "firearms", "explosives", "abduct"})


class _Sight:
    """One piece of evidence that somebody is, arrives or leaves somewhere."""

    __slots__ = (
        "actor",
        "confidence",
        "evidence",
        "kind",
        "known_by",
        "modality",
        "period",
        "place",
        "report",
        "source",
    )

    def __init__(self, kind: str, actor: Actor, place: Place, record: Relation | Event) -> None:
        self.kind, self.actor, self.place = kind, actor, place
        self.evidence, self.report, self.period, self.known_by = (
            record.id,
            record.report,
            record.period,
            record.known_by,
        )
        self.modality, self.source, self.confidence = record.modality, record.attribution, record.confidence


def find_presences(
    relations: Iterable[Relation], incidents: Iterable[Incident], events: Mapping[str, Event]
) -> tuple[Presence, ...]:
    """One presence for each actor, place and kind, in order of actor, place and kind.

    A departure ends what was there before it. Where later reports still see them in that place, or the departure is only
    alleged, it does not: it is put beside the presence as what contests it. One that is only planned does neither.
    """
    groups: dict[tuple[str, str, str], list[_Sight]] = defaultdict(list)
    for sight in (*_stated(relations), *_acted(incidents, events)):
        groups[sight.actor.key, place_key(sight.place), sight.kind].append(sight)
    found = [_presence(sorted(group, key=lambda one: one.evidence)) for group in groups.values()]
    found = _meet_departures(found, _first_seen(groups))
    found.sort(key=lambda one: (one.actor.key, place_key(one.place), one.kind, one.id))
    return tuple(found)


def place_key(place: Place) -> str:
    """What mentions of one place have in common."""
    return place.id or f"{place.country or ''}/{place.name.lower()}"


def _stated(relations: Iterable[Relation]) -> Iterable[_Sight]:
    for relation in relations:
        if relation.relation in NAMED_SO and relation.place is not None:
            over = relation.relation in STAYS and relation.period.basis == "former"
            yield _Sight("left" if over else relation.relation, relation.subject, relation.place, relation)


def _acted(incidents: Iterable[Incident], events: Mapping[str, Event]) -> Iterable[_Sight]:
    """Moving troops, withdrawing, being driven out and fighting on the ground show who is where."""
    venues = {
        (one.report, place_key(one.place)) for one in events.values() if one.type == "CONSULT" and one.place
    }
    for incident in incidents:
        place = incident.place
        if place is None or (place.role == "about" and incident.type != "RETREAT"):
            continue
        told = [events[id] for id in incident.events if id in events]
        if all(one.modality in AHEAD and (one.report, place_key(place)) in venues for one in told):
            continue  # a move that was talked of in Moscow is none from Moscow
        won = incident.type == "ASSAULT" and any(one.rule.startswith("assault.capture") for one in told)
        for kind, actors in (("expelled-from", incident.recipients),) if won else _shown(incident):
            for actor in actors:
                if is_named(actor) and actor.id != place.country and not is_person(actor):
                    yield from (_Sight(kind, actor, place, one) for one in told)


def _shown(incident: Incident) -> Iterable[tuple[str, tuple[Actor, ...]]]:
    if incident.type == "MOBILIZE" and incident.mode in (None, "troops", "militia", "weapons"):
        yield "deployed-to", incident.actors
    elif incident.type == "RETREAT" and incident.mode in (None, "withdraw"):
        yield "withdrew-from", incident.actors
    elif incident.type == "SANCTION" and incident.mode == "expel":
        yield "expelled-from", incident.recipients
    elif (
        incident.type == "ASSAULT"
        and incident.mode in GROUND
        and not incident.recipients
        and len(incident.actors) > 1
    ):
        yield "fights-in", incident.actors


def _presence(group: Sequence[_Sight]) -> Presence:
    first = group[0]
    told = [one for one in group if one.modality != "denied"] or list(group)
    best: dict[str, float] = {}
    for one in told:
        best[one.report] = max(best.get(one.report, 0.0), one.confidence * WEIGHT[one.modality])
    doubt = 1.0
    for confidence in sorted(best.values()):
        doubt *= 1.0 - confidence
    words: dict[tuple[str | None, str], Attribution] = {}
    for one in group:
        if one.source:
            words.setdefault((one.source.id, one.source.name), one.source)
    because = tuple(dict.fromkeys(one.evidence for one in group))
    id = content_id("presence", first.actor.key, place_key(first.place), first.kind, *because)
    return Presence(
        id, first.actor, first.place, first.kind, span(one.period for one in told), _status(group),
        tuple(words[key] for key in sorted(words, key=str)), because, (), round(1.0 - doubt, 4),
    )  # fmt: skip


def _status(group: Sequence[_Sight]) -> Status:
    ways = {one.modality for one in group}
    if ways == {"denied"}:
        return "denied"
    if "denied" in ways:
        return "contested"
    if ways == {"hypothetical"}:
        return "hypothetical"
    if ways <= {"hypothetical", "planned-or-possible"}:
        return "expected"
    own = all(one.modality == "alleged" or speaks_for(one.source, (one.actor,)) for one in group)
    return "claimed" if own else "reported"


def _first_seen(groups: Mapping[tuple[str, str, str], Sequence[_Sight]]) -> dict[str, tuple[date, date]]:
    """The first and the last day on which a presence could be known, by its first piece of evidence."""
    found = {}
    for group in groups.values():
        days = [one.known_by or one.period.end or one.period.start for one in group]
        known = [day for day in days if day]
        found[min(one.evidence for one in group)] = (
            min(known, default=date.max),
            max(known, default=date.min),
        )
    return found


def _meet_departures(found: list[Presence], seen: Mapping[str, tuple[date, date]]) -> list[Presence]:
    """End or contest stays by departures of the same side from the same place, or from the region or land around it."""
    departures: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        if one.kind in DEPARTURES:
            for left in {place_key(one.place), _whole(one.place)}:
                departures[*_side_and_land(one), left].append(number)

    def bearing_on(stay: Presence) -> Iterable[Presence]:
        place = stay.place
        around = {place_key(place), f"all of {place.country}", f"all of {place.country}/{place.admin1}"}
        numbers = {number for left in around for number in departures.get((*_side_and_land(stay), left), ())}
        return (found[number] for number in sorted(numbers))

    return [_left(one, bearing_on(one), seen) if one.kind in STAYS else one for one in found]


def _whole(place: Place) -> str:
    """What else is left by leaving this place: all of a land, all of a region, or nothing else."""
    wide = {"country": f"all of {place.country}", "admin1": f"all of {place.country}/{place.admin1}"}
    return wide.get(place.precision, place_key(place))


def _side_and_land(one: Presence) -> tuple[str, str]:
    return principal(one.actor), one.place.country or one.place.name


def _left(stay: Presence, departures: Iterable[Presence], seen: Mapping[str, tuple[date, date]]) -> Presence:
    first, last = seen[stay.because[0]]
    against: list[tuple[str, ...]] = []
    ended: date | None = None
    for left in departures:
        if (
            left.status not in GONE
            or not _takes_along(left.actor, stay.actor)
            or not covers(left.place, stay.place)
        ):
            continue
        day = left.period.end or left.period.start
        if day is not None and day < first and (stay.period.start or day) >= day:
            continue  # who came later is not gone with those who left before
        if (
            left.status != "reported"
            or (day is not None and last >= day)
            or not _same_place(left.place, stay.place)
        ):
            against.append(left.because)
        elif ended is None or (day and day < ended):
            ended = day
    if against:
        told = against[0] if len(against) == 1 else tuple(dict.fromkeys(chain(*against)))
        return replace(stay, status="contested", contested_by=told)
    if ended and (stay.period.start is None or stay.period.start <= ended):
        return replace(stay, period=Period(stay.period.start, ended, "departure"))
    return stay


def _takes_along(left: Actor, stay: Actor) -> bool:
    """True when those who left are those who stayed, or the whole that they are part of: Iran takes its Guard along, not the Guard Iran.

    A state, its government and its armed forces are one here: reports name any of them for its troops.
    """
    whole = (
        left.id in {left.country, f"{left.country}.GOV", f"{left.country}.MIL"} and left.country is not None
    )
    if whole and stay.country == left.country:
        return is_official(stay)
    return left.key == stay.key or (stay.id or "").startswith(f"{left.key}.")


def _same_place(one: Place, other: Place) -> bool:
    return place_key(one) == place_key(other)


def covers(outer: Place, inner: Place) -> bool:
    """True when `inner` lies in `outer`, or is the same: leaving a country leaves its towns, leaving a town no country."""
    if place_key(outer) == place_key(inner):
        return True
    if outer.country is None or outer.country != inner.country:
        return False
    if outer.precision == "country":
        return True
    return outer.precision == "admin1" and outer.admin1 is not None and outer.admin1 == inner.admin1
