"""Contradictions between states of affairs: gone and yet there, in control and yet not, talking and yet threatening, ended and yet going on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sitroom.situation.grounds import Findings, Record, contradiction, day_of, parties, side_of
from sitroom.situation.kinship import is_named, is_official
from sitroom.situation.mentions import is_mutual
from sitroom.situation.presence import DEPARTURES, STAYS
from sitroom.vocabulary import Actor, Contradiction, Event, Place, Relation, Statement

CLOSE_DAYS = 45
NEAR_DAYS = 400
ENDED = re.compile(
    r"\b(reached its end|come to an end|(?:completely |totally )?defeated|has ended|is over|victory over|(?:complete |final )?defeat of|eradicated|eliminated)\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\b(terror(?:ist)?|bandit|extremist|criminal) (?:group|organi[sz]ation|gang|outfit|militia)s?\b",
    re.IGNORECASE,
)
LACKS = re.compile(
    r"\b(outside (?:of )?(?:\w+ )?control|beyond (?:\w+ )?control|inability to (?:secure|hold)|lost control|not (?:fully )?under)\b",
    re.IGNORECASE,
)
CAPTURE = re.compile(
    r"\b(reclaim|recaptur|retak|retook|captur|seiz|conquer|regain|secur)\w*\b.{0,40}\b(territor|area|land|most|province|control|city|town)",
    re.IGNORECASE,
)
TALKS = frozenset({"CONSULT", "AGREE", "CONCEDE", "COOPERATE"})
THREATS = frozenset({"THREATEN", "ASSAULT", "MOBILIZE"})


def changed_presence(found: Findings) -> Iterator[Contradiction]:
    """A side is told to leave a country, or to plan to, and is there in later reports, or was never gone for others."""
    gone: dict[tuple[str, str], list[Record]] = defaultdict(list)
    there: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in found.records():
        kind, actors, place = _movement(record)
        if not kind or place is None or not place.country:
            continue
        for side in sorted({side_of(actor) for actor in actors}):
            if side != place.country:
                (gone if kind == "gone" else there)[side, place.country].append(record)
    for key in sorted(gone):
        left = sorted(gone[key], key=lambda one: (day_of(one), one.id))
        first = day_of(left[0])
        after = sorted(
            (one for one in there.get(key, ()) if day_of(one) >= first), key=lambda one: (day_of(one), one.id)
        )
        if not after:
            continue
        names = {
            actor.id: actor.name
            for record in (*left, *after)
            for actor in _movers(record)
            if side_of(actor) == key[0]
        }
        name = names.get(key[0]) or min(names.values())
        where = left[0]
        planned = all(
            (not isinstance(one, Statement) and one.modality != "asserted")
            or (isinstance(one, Event) and one.type == "CONCEDE")
            for one in left
        )
        how = "A withdrawal is announced, planned or alleged" if planned else "A withdrawal is reported"
        said = f"{how} of {name} from {found.land(key[1])}, and evidence from {day_of(after[0])} to {day_of(after[-1])} shows it there: a change over time or an incomplete departure, never a completed one."
        yield contradiction(
            "presence",
            f"{name} in {found.land(key[1])}",
            _spread(left) + _spread(after),
            said,
            round(min(0.6, where.confidence), 4),
        )


def _spread(records: list[Record]) -> list[Record]:
    """The first, the middle and the last of many."""
    if len(records) <= 3:
        return records
    return [records[0], records[len(records) // 2], records[-1]]


def _movement(record: Record) -> tuple[str, tuple[Actor, ...], Place | None]:
    if isinstance(record, Relation):
        if record.modality == "denied":
            return "", (), None
        kind = "gone" if record.relation in DEPARTURES else "there" if record.relation in STAYS else ""
        return kind, (record.subject,), record.place
    if isinstance(record, Event):
        if record.type in ("RETREAT", "CONCEDE") and record.mode in (None, "withdraw") and record.place:
            return "there" if record.modality == "denied" else "gone", record.actors, record.place
        if record.type == "MOBILIZE" and record.modality not in ("denied", "hypothetical"):
            return "there", record.actors, record.place
    return "", (), None


def _movers(record: Record) -> tuple[Actor, ...]:
    return _movement(record)[1]


def contested_control(found: Findings) -> Iterator[Contradiction]:
    """One side is told to have won the land back while another holds part of the same country."""
    holders: dict[str, list[Relation]] = defaultdict(list)
    for relation in found.relations:
        if (
            relation.relation == "controls"
            and relation.place
            and relation.place.country
            and relation.modality in ("asserted", "alleged")
            and relation.subject.id
        ):
            holders[relation.place.country].append(relation)
    for relations in holders.values():
        relations.sort(key=lambda one: (day_of(one), one.id))
    winners: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in found.telling if holders else ():
        if not isinstance(event, Event) or event.type != "ASSAULT" or event.modality != "asserted":
            continue
        if CAPTURE.search(event.quote.words):
            for actor in event.actors[:2]:
                land = (
                    event.place.country if event.place and event.place.country in holders else actor.country
                )
                if land in holders:
                    winners[side_of(actor), land].append(event)
    lacking: dict[str, list[Record]] = defaultdict(list)
    for record in found.telling if winners else ():
        if LACKS.search(record.quote.words):
            for actor in parties(record):
                lacking[side_of(actor)].append(record)
    for (side, land), events in sorted(winners.items()):
        events.sort(key=lambda one: (day_of(one), one.id))
        others = [
            one
            for one in holders[land]
            if side_of(one.subject) != side and _within(one, events[-1], NEAR_DAYS)
        ]
        lacks = sorted(
            (one for one in lacking.get(side, ()) if one.quote != events[-1].quote),
            key=lambda one: (day_of(one), one.id),
        )
        if others or lacks:
            names = ", ".join(sorted({one.subject.name for one in others})[:4]) or "others"
            said = f"{events[-1].actors[0].name} is told to have taken or retaken land in {found.land(land)}; part of it is told to be held by {names} or to be outside its hold: both can be so for different areas, neither means the whole."
            yield contradiction(
                "control",
                f"control in {found.land(land)}",
                [*_spread(list(events)), *_spread(lacks or list(others))],
                said,
            )


def _within(one: Record, other: Record, days: int) -> bool:
    left, right = day_of(one), day_of(other)
    return date.max not in (left, right) and abs(left - right) <= timedelta(days=days)


def talks_and_threats(found: Findings) -> Iterator[Contradiction]:
    """The same two sides talk and threaten or fight within weeks, or in one report."""
    talks: dict[tuple[str, str], list[Event]] = defaultdict(list)
    fights: dict[tuple[str, str], list[Event]] = defaultdict(list)
    loose: dict[str, list[Event]] = defaultdict(list)
    for event in found.events.values():
        kept = talks if event.type in TALKS else fights if event.type in THREATS else None
        if kept is None or event.modality in ("denied", "hypothetical"):
            continue
        if event.type in ("THREATEN", "MOBILIZE") and not event.recipients:
            loose[event.report].append(event)
        for pair in _pairs(event):
            kept[pair].append(event)
    for pair in sorted(talks.keys() & fights.keys()):
        ones = sorted(talks[pair], key=lambda one: (day_of(one), one.id))
        others = sorted(fights[pair], key=lambda one: (day_of(one), one.id))
        close = _closest(ones, others)
        if close:
            close += [
                one
                for one in loose.get(close[0].report, ())
                if {side_of(actor) for actor in one.actors} & set(pair)
            ][:2]
            names = {side_of(actor): actor.name for event in close for actor in parties(event)}
            said = f"{names[pair[0]]} and {names[pair[1]]} talk and threaten or fight at the same time: two tracks, both can be so."
            yield contradiction("two-track", f"{names[pair[0]]} and {names[pair[1]]}", close, said)


def _pairs(event: Event) -> Iterable[tuple[str, str]]:
    ones = {side_of(actor) for actor in event.actors if is_named(actor)}
    others = {side_of(actor) for actor in event.recipients if is_named(actor)}
    if is_mutual(event) or (event.type == "AGREE" and len(ones) > 1):
        others = ones
    return {(min(one, other), max(one, other)) for one in ones for other in others if one != other}


def _closest(ones: list[Event], others: list[Event]) -> list[Event]:
    """The latest talk and threat within some weeks of one another."""
    place = len(others) - 1
    for talk in reversed(ones):
        while place >= 0 and day_of(others[place]) > day_of(talk) + timedelta(days=CLOSE_DAYS):
            place -= 1
        if place >= 0 and _within(talk, others[place], CLOSE_DAYS):
            return [talk, others[place]]
    return []


def end_claimed(found: Findings) -> Iterator[Contradiction]:
    """Somebody says that a war is over or an enemy beaten; other reports show that enemy holding ground or being fought."""
    claims: dict[str, list[Record]] = defaultdict(list)
    shown: dict[str, list[Record]] = defaultdict(list)
    for record in found.telling:
        if ENDED.search(record.quote.words):
            for actor in _struck(record):
                claims[actor.key].append(record)
    yield from _ends_told_again(found)
    for record in found.records() if claims else ():
        if isinstance(record, Relation) or (isinstance(record, Event) and record.type == "ASSAULT"):
            hit = (actor for actor in _hit(record) if actor.id in claims and not is_official(actor))
            for actor in hit:
                if not ENDED.search(record.quote.words):
                    shown[actor.key].append(record)
    for key in sorted(claims):
        own = {one.report for one in claims[key]}
        others = sorted(
            (one for one in shown.get(key, ()) if one.report not in own),
            key=lambda one: (day_of(one), one.id),
        )
        if others:
            name = next(actor.name for record in claims[key] for actor in parties(record) if actor.key == key)
            said = f"The end of {name}, or of the war on it, is one voice's claim: other reports tell of it otherwise."
            yield contradiction("end-claimed", name, [*_spread(claims[key]), *_spread(others)], said)


def _ends_told_again(found: Findings) -> Iterator[Contradiction]:
    """One side speaks of an end in several reports, weeks apart: each is what it said then, and not yet the end."""
    told: dict[str, list[Event]] = defaultdict(list)
    for record in found.telling:
        if isinstance(record, Event) and ENDED.search(record.quote.words):
            for side in sorted({side_of(actor) for actor in record.actors}):
                told[side].append(record)
    for side, records in sorted(told.items()):
        records.sort(key=lambda one: (day_of(one), one.id))
        if not _within(records[0], records[-1], CLOSE_DAYS) and records[0].report != records[-1].report:
            name = next(actor.name for actor in records[-1].actors if side_of(actor) == side)
            said = f"{name} is told to be at the end of a fight, or to wait for it, on days far apart: a claim or a hope of each day, not an end."
            yield contradiction("end-claimed", f"the end that {name} speaks of", _spread(list(records)), said)


def _struck(record: Record) -> list[Actor]:
    """The groups that a record shows as fought, or as standing in a relation; states are not beaten in a sentence."""
    return [actor for actor in _hit(record) if actor.id and not is_official(actor)]


def _hit(record: Record) -> tuple[Actor, ...]:
    if isinstance(record, Event):
        return record.recipients
    return (record.object or record.subject,) if isinstance(record, Relation) else ()


def labelled(found: Findings) -> Iterator[Contradiction]:
    """A report's own voice gives an armed group a name of abuse that others, who back it, do not use."""
    marked: dict[str, list[Record]] = defaultdict(list)
    plain: dict[str, list[Record]] = defaultdict(list)
    names: dict[str, str] = {}
    for record in found.telling:
        if LABEL.search(record.quote.words):
            for actor in _groups(record):
                names[actor.key] = actor.name
                marked[actor.key].append(record)
    for record in found.records() if marked else ():
        if isinstance(record, Relation) or (
            isinstance(record, Event) and record.type in ("CONSULT", "ASSAULT", "AGREE")
        ):
            for actor in _groups(record):
                if actor.key in marked and not LABEL.search(record.quote.words):
                    plain[actor.key].append(record)
    for key in sorted(marked):
        own = {one.report for one in marked[key]}
        others = sorted(
            (one for one in plain.get(key, ()) if one.report not in own),
            key=lambda one: (day_of(one), one.id),
        )
        if others:
            said = f"The label put on {names[key]} is the report's or its source's own; other reports name it without one. Labels stay out of names."
            yield contradiction("label", names[key], [*_spread(marked[key]), *_spread(others)], said)


def _groups(record: Record) -> list[Actor]:
    return [
        one
        for one in parties(record)
        if one.id and one.id != one.country and one.sector not in ("GOV", "MIL")
    ]
