"""Deeds and ties that one report denies and another tells: who arms whom, whose troops are where, who attacked whom."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sitroom.situation.grounds import Findings, Record, contradiction, day_of, side_of
from sitroom.situation.kinship import is_named, speaks_for
from sitroom.situation.words import joined
from sitroom.vocabulary import Actor, Contradiction, Event, Relation

SUPPORTING = frozenset({"backs", "proxy-of", "commands", "part-of", "ally-of", "coordinates-with"})
STAYING = frozenset({"present-in", "based-at", "controls"})
HELPING = frozenset({"AID", "COOPERATE"})
NEAR = {"support": 730, "there": 90, "attack": 30}
"""How many days may lie between what is denied and what is told."""
SAYS = {
    "support": "{who} denies a tie or help that others tell of: {one} and {other}.",
    "there": "{who} denies that {one} has forces in {other}; others tell of them there.",
    "attack": "{who} denies an attack by {one} that others tell of.",
}
MOST_TOLD = 4
Key = tuple[str, str, str]


def denied_deeds(found: Findings) -> Iterator[Contradiction]:
    """What somebody denies of a side, and what others tell of it within months: of any two reports, or of one."""
    denied: dict[Key, list[Record]] = defaultdict(list)
    for record in found.records():
        if isinstance(record, Event | Relation) and record.modality == "denied":
            for key in _keys(record):
                denied[key].append(record)
    told: dict[Key, list[Record]] = defaultdict(list)
    for record in found.records() if denied else ():
        if isinstance(record, Event | Relation) and record.modality in ("asserted", "alleged"):
            for key in _keys(record):
                if key in denied:
                    told[key].append(record)
    one_telling = {id: incident.id for incident in found.incidents for id in incident.events} if told else {}
    for key in sorted(told):
        against = sorted(denied[key], key=lambda one: (day_of(one), one.id))
        others = [
            one for one in sorted(told[key], key=lambda one: (day_of(one), one.id))
            if not _is_of(one, against) and any(_within(one, other, NEAR[key[0]]) for other in against)
            and not any(one_telling.get(one.id, one.id) == one_telling.get(other.id) for other in against)
        ]  # fmt: skip
        if others:
            yield _put(key, against, others, found)


def _put(key: Key, against: list[Record], others: list[Record], found: Findings) -> Contradiction:
    names = {side_of(actor): actor.name for one in (*others, *against) for actor in _parties(one)}
    one, other = (names.get(side) or found.land(side) for side in key[1:])
    sources = {r.attribution.name for r in against if isinstance(r, Event | Relation) and r.attribution}
    who = joined(sorted(sources)) or "A report"
    says = SAYS[key[0]].format(who=who, one=one, other=other)
    return contradiction(
        "denial", f"{key[0]}: {one} and {other}", [*against[-1:], *others[-MOST_TOLD:]], says
    )


def _parties(record: Record) -> tuple[Actor, ...]:
    if isinstance(record, Relation):
        return (record.subject, *([record.object] if record.object else []))
    return (*record.actors, *record.recipients) if isinstance(record, Event) else ()


def _keys(record: Event | Relation) -> Iterator[Key]:
    """What a deed or tie is to be compared by: its kind, whose it is, and whom or what land it concerns."""
    land = record.place.country if record.place else None
    if isinstance(record, Relation):
        if record.relation in SUPPORTING and record.object and is_named(record.object):
            yield "support", *_pair(side_of(record.subject), side_of(record.object))
        if (
            record.relation in STAYING
            and land
            and is_named(record.subject)
            and side_of(record.subject) != land
        ):
            yield "there", side_of(record.subject), land
        return
    for actor in record.actors:
        if not is_named(actor):
            continue
        side, targets = (
            side_of(actor),
            {side_of(one) for one in record.recipients if is_named(one)} - {side_of(actor)},
        )
        if record.type in HELPING or (record.type == "MOBILIZE" and record.mode == "weapons"):
            yield from (("support", *_pair(side, target)) for target in sorted(targets))
        if record.type == "MOBILIZE" and land and land != side:
            yield "there", side, land
        if record.type == "ASSAULT":
            yield from (("attack", side, target) for target in sorted(targets or {land or ""} - {"", side}))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _is_of(record: Record, denials: list[Record]) -> bool:
    """True where the one who denies it tells it, or where it stands in the sentence of a denial."""
    for denial in denials:
        source = getattr(record, "attribution", None)
        denier = getattr(denial, "attribution", None)
        if source is not None and denier is not None:
            if source.name == denier.name:
                return True
        elif record.quote == denial.quote:
            return True
        if source and isinstance(denial, Event) and speaks_for(source, denial.actors):
            return True
    return False


def _within(one: Record, other: Record, days: int) -> bool:
    left, right = day_of(one), day_of(other)
    return date.max not in (left, right) and abs(left - right) <= timedelta(days=days)
