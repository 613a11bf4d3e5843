"""One happening told by several reports is one incident: what the reports agree on, where they differ, who vouches for it."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TypeVar

from sitroom.situation.clusters import cluster, exactness
from sitroom.situation.kinship import compare_sides, is_named, speaks_for
from sitroom.situation.mentions import PRECISE, is_exact, is_mutual
from sitroom.situation.words import act_sentence, joined, number_words, period_words, place_words
from sitroom.vocabulary import (
    Actor,
    Disputed,
    Event,
    Incident,
    Judgement,
    Period,
    Place,
    Statement,
    content_id,
)
from sitroom.vocabulary.situation import Status

T = TypeVar("T", bound=Hashable)
OPEN_DAYS = 1_000_000
FIGURES = ("killed", "wounded", "captured", "displaced", "destroyed", "forces", "distance", "money")
STRENGTH = {"asserted": 3, "alleged": 2, "denied": 1, "planned-or-possible": 1, "hypothetical": 0}


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What else bears on incidents: who published a report, what was said about an event, what analysts decided."""

    publishers: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()


def find_incidents(
    events: Iterable[Event],
    judgements: Iterable[Judgement] = (),
    statements: Iterable[Statement] = (),
    publishers: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """Group events into incidents, in order of first day and id. The order of `events` does not matter.

    `publishers` maps report ids to who published them: two reports of one publisher, or of one agency that they name, are
    one independent report. Judgements `same` and `not-same` on event ids win over what the records say.
    """
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for event in statement.about:
            said[event].append(statement)
    told = {event: tuple(sorted(ones, key=lambda one: one.id)) for event, ones in said.items()}
    return incidents_of(events, Backdrop(publishers or {}, told, tuple(judgements)))


def incidents_of(events: Iterable[Event], backdrop: Backdrop) -> tuple[Incident, ...]:
    """The same with everything that bears on it."""
    ordered = sorted(events, key=lambda event: event.id)
    groups = cluster(ordered, backdrop.judgements)
    found = [tell([ordered[row] for row in rows], backdrop) for rows in groups]
    found.sort(key=lambda one: (one.period.start or one.period.end or date.max, one.id))
    return tuple(found)


def tell(group: Sequence[Event], backdrop: Backdrop) -> Incident:
    """One incident from its events, which come in the order of their ids."""
    if len(group) == 1 and not group[0].figures:
        return _tell_one(group[0], backdrop)
    best = max(group, key=_weight)
    actors, recipients = (
        merge_actors([event.actors for event in group]),
        merge_actors([event.recipients for event in group]),
    )
    if len(group) > 1:
        recipients = tuple(one for one in recipients if all(one.key != other.key for other in actors))
    period, place, mode = (
        best_period(group),
        best_place(group, best),
        commonest(event.mode for event in group),
    )
    if not any(event.type == best.type and event.mode == mode for event in group):
        mode = best.mode
    agreed, disputed = compare_values(group)
    status = status_of(group, actors, recipients, disputed, backdrop)
    independent = count_independent(group, backdrop.publishers)
    tail = " ".join(part for part in (place_words(place), period_words(period)) if part)
    summary = act_sentence(best.type, mode, actors, recipients, tail) + _details(
        agreed, disputed, status, independent
    )
    events = tuple(event.id for event in group)
    return Incident(
        content_id("incident", *events), best.type, mode, best.score, actors, recipients, place, period, status,
        independent, events, tuple(sorted({event.report for event in group})), agreed, disputed, summary,
        not recipients and any(is_mutual(event) for event in group),
    )  # fmt: skip


def _weight(event: Event) -> tuple[int, int, float, str]:
    return STRENGTH[event.modality], exactness(event), event.confidence, event.id


def _tell_one(event: Event, backdrop: Backdrop) -> Incident:
    """The incident of an event that stands alone."""
    status = status_of((event,), event.actors, event.recipients, (), backdrop)
    place, period, actors, recipients = event.place, event.period, event.actors, event.recipients
    tail = " ".join(part for part in (place_words(place), period_words(period)) if part)
    summary = act_sentence(event.type, event.mode, actors, recipients, tail) + _details((), (), status, 1)
    return Incident(
        content_id("incident", event.id), event.type, event.mode, event.score, actors, recipients, place, period, status, 1,
        (event.id,), (event.report,), (), (), summary, is_mutual(event),
    )  # fmt: skip


def merge_actors(given: Sequence[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """Every actor once, most often named first; the general name gives way where somebody of its own is named too."""
    if len(given[0]) < 2 and given.count(given[0]) == len(given):
        return given[0]
    counted: Counter[str] = Counter()
    known: dict[str, Actor] = {}
    for actors in given:
        for actor in actors:
            counted[actor.key] += 1
            known.setdefault(actor.key, actor)
    if len(known) > 1 and any(is_named(actor) for actor in known.values()):
        known = {key: one for key, one in known.items() if is_named(one)}
    kept = [one for one in known.values() if not _covered(one, known.values())]
    return tuple(sorted(kept, key=lambda one: (-counted[one.key], one.key)))


def _covered(one: Actor, others: Iterable[Actor]) -> bool:
    """True where another actor is a body of this one: Israel gives way to the Israeli air force."""
    return any(one.id and other.id and other.id.startswith(one.id + ".") for other in others)


def best_period(group: Sequence[Event]) -> Period:
    """The day that most reports give, the shortest period where none gives a day."""
    periods = [event.period for event in group]
    if periods.count(periods[0]) == len(periods):
        return periods[0]
    days = [period for period in periods if is_exact(period)]
    if days:
        counted = Counter(period.start for period in days)
        day = min(counted, key=lambda one: (-counted[one], one or date.max))
        return next(period for period in days if period.start == day)
    return min(periods, key=_length)


def _length(period: Period) -> tuple[int, date, str]:
    if period.start is None or period.end is None:
        return OPEN_DAYS, period.start or period.end or date.max, period.basis
    return (period.end - period.start).days, period.start, period.basis


def best_place(group: Sequence[Event], best: Event) -> Place | None:
    """The most exact place, the most often named among equals."""
    if all(event.place is best.place for event in group):
        return best.place
    rank = {"point": 0, "place": 1, "area": 2, "admin1": 3, "country": 4, "region": 5}
    places = [event.place for event in group if event.place]
    if not places:
        return None
    counted = Counter(place.name for place in places)
    return min(
        places,
        key=lambda one: (
            one.role == "about",
            rank[one.precision],
            -counted[one.name],
            one.name,
            one.id or "",
        ),
    )


def commonest(values: Iterable[T | None]) -> T | None:
    """The value given most often; the first in order among equals."""
    given = [value for value in values if value is not None]
    if len(set(given)) < 2:
        return given[0] if given else None
    counted = Counter(given)
    return min(counted, key=lambda value: (-counted[value], str(value))) if counted else None


def compare_values(
    group: Sequence[Event],
) -> tuple[tuple[tuple[str, str], ...], tuple[Disputed, ...]]:
    """What all who tell it agree on, and what they give differently: day, place, who did it, numbers."""
    readings: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for event in group:
        for what, value in chain(_amounts(event), _day_and_place(event) if len(group) > 1 else ()):
            readings[what].setdefault(value, []).append(event.id)
    for doers, told in _blame(group):
        readings["actor"].setdefault(doers, []).extend(event.id for event in told)
    agreed, disputed = [], []
    for what, values in sorted(readings.items()):
        if len(values) == 1:
            agreed.append((what, next(iter(values))))
        else:
            told_so = tuple((value, tuple(ids)) for value, ids in sorted(values.items()))
            disputed.append(Disputed(what, told_so))
    return tuple(agreed), tuple(disputed)


def _amounts(event: Event) -> Iterable[tuple[str, str]]:
    """The numbers that an event gives, by what is counted."""
    if not event.figures:
        return ()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for figure in event.figures:
        if figure.what in FIGURES:
            found[figure.what][number_words(figure.low, figure.high)] = None
    return [(what, " and ".join(amounts)) for what, amounts in found.items()]


def _day_and_place(event: Event) -> Iterable[tuple[str, str]]:
    if is_exact(event.period):
        yield "day", str(event.period.start)
    if event.place and event.place.precision in PRECISE and event.place.role != "about":
        yield "place", event.place.name


def _blame(group: Sequence[Event]) -> list[tuple[str, list[Event]]]:
    """Who did it, where the events name doers that are not kin; empty where they do not differ."""
    if group[0].type not in ("ASSAULT", "COERCE") or all(event.actors is group[0].actors for event in group):
        return []
    sides: list[tuple[tuple[Actor, ...], list[Event]]] = []
    for event in group:
        doers = tuple(actor for actor in event.actors if is_named(actor))
        if not doers or event.type not in ("ASSAULT", "COERCE"):
            continue
        for known, told in sides:
            if compare_sides(known, doers) > 0:
                told.append(event)
                break
        else:
            sides.append((doers, [event]))
    if len(sides) < 2 or any(
        compare_sides(left, right) > 0 for left, _ in sides for right, _ in sides if left is not right
    ):
        return []
    return [(joined(actor.name for actor in doers), told) for doers, told in sides]


def count_independent(group: Sequence[Event], publishers: Mapping[str, str]) -> int:
    """How many reports tell it of their own: those of one publisher, or that cite one agency, count once."""
    reports = {event.report for event in group}
    if len(reports) == 1:
        return 1
    if not any(event.attribution and event.attribution.kind == "media" for event in group):
        owners = {publishers.get(report, "").lower() or report for report in reports}
        return len(owners)
    owner: dict[str, str] = {}

    def root(key: str) -> str:
        while owner.setdefault(key, key) != key:
            key = owner[key]
        return key

    for event in group:
        names = [event.report]
        if publishers.get(event.report):
            names.append("by " + publishers[event.report].lower())
        if event.attribution and event.attribution.kind == "media":
            names.append("by " + event.attribution.name.lower())
        for name in names[1:]:
            left, right = sorted((root(names[0]), root(name)))
            owner[right] = left
        root(names[0])
    return len({root(event.report) for event in group})


def status_of(
    group: Sequence[Event],
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...],
    disputed: tuple[Disputed, ...],
    backdrop: Backdrop,
) -> Status:
    """How sure it is: denial and claim weigh against each other, the word of the other side confirms."""
    if not backdrop.said and all(event.modality == "asserted" and not event.attribution for event in group):
        return "contested" if any(one.what == "actor" for one in disputed) else "reported"
    ways = {event.modality for event in group}
    said = [one for event in group for one in backdrop.said.get(event.id, ())] if backdrop.said else []
    stances = {one.stance for one in said}
    if ways == {"hypothetical"}:
        return "hypothetical"
    if "denied" in ways and ways <= {"denied", "hypothetical", "planned-or-possible"}:
        return "denied"
    if "denied" in ways or "denies" in stances or any(one.what == "actor" for one in disputed):
        return "contested"
    if ways <= {"hypothetical", "planned-or-possible"}:
        return "expected"
    sources = [event.attribution for event in group if event.attribution] + [
        one.speaker for one in said if one.stance == "confirms" and one.speaker
    ]
    doers, others = (
        any(speaks_for(one, actors) for one in sources),
        any(speaks_for(one, recipients) for one in sources),
    )
    if (doers and others) or any(
        one.stance == "confirms" and speaks_for(one.speaker, (*actors, *recipients)) for one in said
    ):
        return "confirmed"
    if all(
        event.modality == "alleged" or speaks_for(event.attribution, (*actors, *recipients))
        for event in group
    ):
        return "claimed"
    return "reported"


def _details(
    agreed: tuple[tuple[str, str], ...], disputed: tuple[Disputed, ...], status: Status, independent: int
) -> str:
    told = [f"{what} {value}" for what, value in agreed if what in FIGURES]
    told += [
        f"{one.what} disputed: " + " or ".join(f"{value} ({len(ids)})" for value, ids in one.values)
        for one in disputed
    ]
    if status != "reported":
        told.append(status)
    if independent > 1:
        told.append(f"{independent} independent reports")
    return "; ".join(["", *told]) + "."
