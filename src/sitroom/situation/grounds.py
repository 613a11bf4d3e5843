"""What contradictions are looked for in, and how one is put down: both sides quoted, dated and attributed, in a plain sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import ahocorasick

from sitroom.situation.kinship import is_official
from sitroom.situation.ties import WEIGHT
from sitroom.vocabulary import (
    Actor,
    Contradiction,
    Event,
    Incident,
    Relation,
    Side,
    Statement,
    Tie,
    content_id,
)

Record = Event | Statement | Relation
MOST_SIDES = 6
TELLING = (
    " end", "over", "defeat", "victory", "eradicat", "eliminat", "terror", "bandit", "extremis", "criminal", "outside", "beyond",
    "inability", "lost control", "not ", "reclaim", "recaptur", "retak", "retook", "captur", "seiz", "conquer", "regain", "secur",
    "loosen", "weaken", "less dependent", "drift", "strain", "cool", "rift", "distanc", "no longer", "alleged", "suspected",
    "purported", "claimed",
)  # fmt: skip
"""Whatever the rules of `states`, `standing` and `contradictions` search sentences for holds one of these."""
REBUTS = re.compile(r"\W*(actually|in fact|in reality|on the contrary)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Findings:
    """Everything that was told and made out; `headlines` gives where the headline of a report ends, in characters."""

    events: Mapping[str, Event]
    statements: Sequence[Statement]
    relations: Sequence[Relation]
    incidents: Sequence[Incident]
    ties: Sequence[Tie] = ()
    headlines: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def by_report(self) -> Mapping[str, list[Record]]:
        """The records of the reports that have a headline, a denial or a rebuttal, in the order of the text."""
        denied = {one.report for one in self.statements if one.stance in ("denies", "doubts")}
        rebutted = {one.report for one in self.statements if REBUTS.match(one.quote.words)}
        wanted = set(self.headlines) | denied | rebutted
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records():
            if record.report in wanted:
                found[record.report].append(record)
        for records in found.values():
            records.sort(key=lambda one: (one.quote.start, one.id))
        return found

    def records(self) -> Iterator[Record]:
        """Every event, statement and relation."""
        yield from self.events.values()
        yield from self.statements
        yield from self.relations

    @cached_property
    def telling(self) -> tuple[Record, ...]:
        """The records whose words may speak of ends, labels, control, loosened ties or unproven grounds, by id.

        One pass over a million sentences, so that the rules that look for such words need not make their own.
        """
        automaton = ahocorasick.Automaton()
        for word in TELLING:
            automaton.add_word(word, word)
        automaton.make_automaton()
        search = automaton.iter
        found = [one for one in self.records() if next(search(one.quote.words.lower()), None)]
        return tuple(sorted(found, key=lambda one: one.id))

    def land(self, code: str) -> str:
        """The name of a country as the evidence has it; its code where no record names it."""
        return self._lands.get(code, code)

    @cached_property
    def _lands(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for event in self.events.values():
            if event.place and event.place.country and event.place.precision == "country":
                found.setdefault(event.place.country, event.place.name)
        for record in self.records():
            for actor in parties(record):
                if actor.id is not None and actor.id == actor.country:
                    found[actor.id] = actor.name
        return found

    def record(self, id: str) -> Record | None:
        """The event, statement or relation with this id."""
        return self.events.get(id) or self._others.get(id)

    @cached_property
    def _others(self) -> Mapping[str, Record]:
        found: dict[str, Record] = {one.id: one for one in self.statements}
        return found | {one.id: one for one in self.relations}

    def events_of(self, incident: str) -> list[Event]:
        """The events of an incident, by its id."""
        return [self.events[id] for id in self._by_incident.get(incident, ())]

    @cached_property
    def _by_incident(self) -> Mapping[str, tuple[str, ...]]:
        return {one.id: one.events for one in self.incidents}

    def in_headline(self, record: Record) -> bool:
        """True when the words stand in the headline of their report."""
        return record.quote.start < self.headlines.get(record.report, 0)


def headline_end(text: str) -> int:
    """Where the headline of a text ends: its first line, when that is short, unpunctuated and followed by a body; else 0."""
    body = len(text) - len(text.lstrip())
    end = text.find("\n", body)
    line = text[body:end].strip() if end > 0 else ""
    if 15 <= len(line) <= 200 and line[-1] not in ".!?:;,”\"'…" and text[end:].strip():
        return end
    return 0


IRREGULAR = frozenset({"REB", "UAF", "PRM", "OPP", "CRM"})
"""Sectors whose people are of a country without being on the side of its state."""


def side_of(actor: Actor) -> str:
    """The side an actor is counted to here: a state with all that is its own, a group or its rebels by themselves."""
    if actor.country and (is_official(actor) or (actor.id is None and actor.sector not in IRREGULAR)):
        return actor.country
    return (actor.id or actor.name.lower()).split(".")[0]


def parties(record: Record) -> tuple[Actor, ...]:
    """Everybody whom a record names."""
    if isinstance(record, Event):
        return (*record.actors, *record.recipients)
    if isinstance(record, Relation):
        return (record.subject, record.object) if record.object else (record.subject,)
    return (record.target,) if record.target else ()


def day_of(record: Record) -> date:
    """When it could be known, else when it happened."""
    return record.known_by or record.period.end or record.period.start or date.max


def as_side(record: Record) -> Side:
    """A record as one side of a contradiction."""
    if isinstance(record, Statement):
        return Side(
            record.id,
            record.quote,
            record.speaker,
            record.period,
            record.known_by,
            "denied" if record.stance == "denies" else "asserted",
        )
    return Side(record.id, record.quote, record.attribution, record.period, record.known_by, record.modality)


def contradiction(
    kind: str, about: str, records: Iterable[Record], says: str, confidence: float | None = None
) -> Contradiction:
    """Put it down; sides in the order in which they could be known. Records of one sentence count once."""
    sides: dict[tuple[str, int], Record] = {}
    for record in sorted(records, key=lambda one: one.id):
        sides.setdefault((record.report, record.quote.start), record)
    ordered = sorted(sides.values(), key=lambda one: (day_of(one), one.report, one.quote.start, one.id))
    if len(ordered) > MOST_SIDES:
        ordered = ordered[: MOST_SIDES // 2] + ordered[-MOST_SIDES // 2 :]
    if confidence is None:
        confidence = round(min(one.confidence * _weight(one) for one in ordered), 4)
    made = tuple(as_side(one) for one in ordered)
    return Contradiction(
        content_id("contradiction", kind, about, *(one.id for one in ordered)),
        kind,
        about,
        made,
        says,
        confidence,
    )


def _weight(record: Record) -> float:
    return 1.0 if isinstance(record, Statement) else max(0.3, WEIGHT[record.modality])
