"""How each actor stands to each other: standing relations that reports state, and the record of their acts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from sitroom.situation.kinship import is_named
from sitroom.vocabulary import Actor, Incident, Period, Relation, Tie, content_id

HALF_LIFE_DAYS = 180.0
RECORD = "record-of-acts"
SIGNS: Mapping[str, int] = {
    "ally-of": 1, "backs": 1, "proxy-of": 1, "commands": 1, "part-of": 1, "leads": 1, "holds-office": 0,
    "coordinates-with": 1, "depends-on": 1, "party-to": 1, "rival-of": -1, "at-war-with": -1, "opposes": -1, "sanctions": -1,
}  # fmt: skip
"""The standing relations with their sign; presence relations are not among them."""
FORMER = "former-"
"""Before the kind of a tie that a report calls over: "the former ambassador". It has no sign."""
MUTUAL_RELATIONS = frozenset({"ally-of", "rival-of", "at-war-with", "coordinates-with"})
WEIGHT = {"asserted": 1.0, "alleged": 0.6, "planned-or-possible": 0.4, "hypothetical": 0.25, "denied": 0.0}
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""The quad class of each PLOVER 2.0 type (manual, section 2)."""
HAPPENED = frozenset({"reported", "claimed", "confirmed", "contested"})
Merge = Callable[[Actor], Actor]


def as_named(actor: Actor) -> Actor:
    """Leave an actor as it is; the other choice is to roll it up."""
    return actor


def find_ties(
    relations: Iterable[Relation], incidents: Iterable[Incident], on: date | None, merge: Merge = as_named
) -> tuple[Tie, ...]:
    """Stated ties and records of acts, in order of source, target and kind. `merge` maps groups to what they are part of."""
    found = [*stated_ties(relations, merge), *acted_ties(incidents, on, merge)]
    found.sort(key=lambda tie: (tie.source.key, tie.target.key, tie.kind, tie.id))
    return tuple(found)


def stated_ties(relations: Iterable[Relation], merge: Merge = as_named) -> list[Tie]:
    """One tie for each pair and kind that reports state; mutual kinds once, in the order of the keys."""
    groups: dict[tuple[str, str, str], list[tuple[Relation, Actor, Actor]]] = defaultdict(list)
    for relation in relations:
        if relation.relation not in SIGNS or relation.object is None:
            continue
        source, target = merge(relation.subject), merge(relation.object)
        if source.key == target.key:
            continue
        if relation.relation in MUTUAL_RELATIONS and target.key < source.key:
            source, target = target, source
        over = FORMER if relation.period.basis == "former" else ""
        groups[source.key, target.key, over + relation.relation].append((relation, source, target))
    return [tie for key, group in groups.items() if (tie := _stated(key[2], group))]


def _stated(kind: str, group: list[tuple[Relation, Actor, Actor]]) -> Tie | None:
    group.sort(key=lambda one: one[0].id)
    told = [relation for relation, _, _ in group if relation.modality != "denied"]
    if not told:
        return None
    confidence = combined(told) * (0.5 if len(told) < len(group) else 1.0)
    source, target = min((one[1:] for one in group), key=lambda pair: (pair[0].name, pair[1].name))
    because = tuple(relation.id for relation, _, _ in group)
    id = content_id("tie", source.key, target.key, kind, *because)
    sign = SIGNS.get(kind, 0)
    return Tie(
        id,
        source,
        target,
        kind,
        sign,
        span(one.period for one in told),
        float(sign),
        (0, 0, 0, 0),
        0.0,
        because,
        confidence,
    )


def combined(told: Sequence[Relation]) -> float:
    """How sure several reports together are: 1 less the product of their doubts, one per report."""
    best: dict[str, float] = {}
    for one in told:
        best[one.report] = max(best.get(one.report, 0.0), one.confidence * WEIGHT[one.modality])
    doubt = 1.0
    for confidence in sorted(best.values()):
        doubt *= 1.0 - confidence
    return round(1.0 - doubt, 4)


def span(periods: Iterable[Period]) -> Period:
    """From the first known start to the last known end."""
    listed = list(periods)
    if len(listed) == 1:
        return listed[0]
    starts = [period.start for period in listed if period.start]
    ends = [period.end for period in listed if period.end]
    return Period(min(starts, default=None), max(ends, default=None), "span")


def acted_ties(incidents: Iterable[Incident], on: date | None, merge: Merge = as_named) -> list[Tie]:
    """The record of acts of each pair: what happened, weighed by age. A mutual act is one of each on the others."""
    records: dict[tuple[str, str], list[tuple[date, Incident]]] = defaultdict(list)
    known: dict[str, Actor] = {}
    merged: dict[str, Actor] = {}
    latest = on or date.min
    for incident in incidents:
        if incident.status not in HAPPENED:
            continue
        day = incident.period.end or incident.period.start
        if day is None:
            continue
        latest = max(latest, day) if on is None else latest
        ones = [merged.setdefault(actor.key, merge(actor)) for actor in incident.actors if is_named(actor)]
        others = [
            merged.setdefault(actor.key, merge(actor)) for actor in incident.recipients if is_named(actor)
        ]
        for one in ones:
            for other in others or (ones if incident.mutual else ()):
                if one.key != other.key:
                    known[one.key], known[other.key] = one, other
                    records[one.key, other.key].append((day, incident))
    return [_record(known[one], known[other], told, latest) for (one, other), told in records.items()]


def _record(source: Actor, target: Actor, told: list[tuple[date, Incident]], latest: date) -> Tie:
    told.sort(key=lambda pair: (pair[0], pair[1].id))
    counts = [0, 0, 0, 0]
    for _, incident in told:
        counts[QUADS[incident.type] - 1] += 1
    strength = decayed_mean(told, latest)
    before = decayed_mean(told, latest - timedelta(days=HALF_LIFE_DAYS))
    trend = round(strength - before, 4) if before is not None and strength is not None else 0.0
    because = tuple(incident.id for _, incident in told)
    starts = [incident.period.start or day for day, incident in told]
    period = Period(min(starts), told[-1][0], "span")
    score = strength or 0.0
    sign = (score >= 1) - (score <= -1)
    confidence = round(1.0 - 0.5 ** min(len(told), 10), 4)
    id = content_id("tie", source.key, target.key, RECORD, *because[-50:], len(because))
    return Tie(
        id,
        source,
        target,
        RECORD,
        sign,
        period,
        score,
        (counts[0], counts[1], counts[2], counts[3]),
        trend,
        because,
        confidence,
    )


def decayed_mean(told: Iterable[tuple[date, Incident]], day: date) -> float | None:
    """The mean PLOVER score (-10 to +10) of what happened by `day`, an act half as heavy for every 180 days of age."""
    total = weight = 0.0
    for when, incident in told:
        if when <= day:
            part = 0.5 ** ((day - when).days / HALF_LIFE_DAYS)
            total += part * incident.score
            weight += part
    return round(total / weight, 4) if weight else None
