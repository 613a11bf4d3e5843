"""What a line of the situation rests on: the evidence behind an incident, tie, presence, agreement, position or contradiction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sitroom.errors import NotFound
from sitroom.evidence import Trace, View, trace
from sitroom.vocabulary import (
    Agreement,
    Contradiction,
    Incident,
    Position,
    Presence,
    Situation,
    Tie,
)

MOST = 20
"""So many pieces of evidence are traced; a long record of acts has thousands."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what it does for the line (`states it`, `contests it`, `2018-07-12 reported`), and its trace."""

    role: str
    trace: Trace


@dataclass(frozen=True, slots=True)
class Reasons:
    """A line of the situation in plain words, and the evidence that it rests on; `more` counts what is not listed."""

    id: str
    kind: str
    says: str
    rests_on: tuple[Reason, ...]
    more: int = 0


Line = Incident | Tie | Presence | Agreement | Position | Contradiction
Grounds = list[tuple[str, str]]
"""Pairs of a role and the id of evidence or of an incident."""


def is_line(id: str) -> bool:
    """True for an id of what a situation holds, as against an id of evidence."""
    return id.partition("-")[0] in LINES


def find_reasons(view: View, situations: Iterator[Situation], id: str) -> Reasons:
    """The reasons of the first line of the situations whose id begins so. Raises NotFound."""
    kind = id.partition("-")[0]
    lines_of, says, grounds = LINES[kind]
    for situation in situations:
        for line in lines_of(situation):
            if line.id.startswith(id):
                events = {one.id: one.events for one in situation.incidents} if kind == "tie" else {}
                pairs = [
                    (role, events[found][0] if found in events else found) for role, found in grounds(line)
                ]
                traced = tuple(Reason(role, trace(view, found)) for role, found in pairs[:MOST])
                return Reasons(line.id, kind, says(line), traced, max(0, len(pairs) - MOST))
    raise NotFound(
        f"no {kind} has the id {id!r}",
        hint="lines of the situation change with new reports and with the day that is asked for: list them again, "
        "and give `why` the same --as-of and --known-by",
    )


def _names(actors: Sequence[Any]) -> str:
    return ", ".join(actor.name for actor in actors) or "nobody named"


def _tie_says(tie: Tie) -> str:
    if not any(tie.counts):
        return f"{tie.source.name} {tie.kind} {tie.target.name}, as reports state"
    words = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    counted = ", ".join(f"{count} of {word}" for count, word in zip(tie.counts, words, strict=True) if count)
    return f"the record of what {tie.source.name} did to {tie.target.name}: {counted}"


def _tie_grounds(tie: Tie) -> Grounds:
    role = "is of the record" if any(tie.counts) else "states it"
    return (
        [(role, id) for id in reversed(tie.because)]
        if any(tie.counts)
        else [(role, id) for id in tie.because]
    )


def _presence_says(one: Presence) -> str:
    return f"{one.actor.name} {one.kind} {one.place.name} ({one.status})"


def _presence_grounds(one: Presence) -> Grounds:
    return [*(("shows it", id) for id in one.because), *(("contests it", id) for id in one.contested_by)]


def _agreement_says(one: Agreement) -> str:
    brokered = f", brokered by {_names(one.brokers)}" if one.brokers else ""
    return f"agreement of {_names(one.parties)}{brokered}: {one.subject or 'subject not told'} ({one.status})"


def _agreement_grounds(one: Agreement) -> Grounds:
    told: Grounds = [(f"{day or 'undated'} {state}", id) for day, state, id in one.history]
    known = {id for _, id in told}
    return told + [("tells of it", id) for id in one.because if id not in known]


def _position_says(one: Position) -> str:
    return f"{one.actor.name} {one.stance} {one.issue}" + (f", of {one.target.name}" if one.target else "")


LINES: Mapping[str, tuple[Callable[[Situation], Sequence[Any]], Callable[[Any], str], Callable[[Any], Grounds]]] = {
    "incident": (
        lambda situation: situation.incidents, lambda one: f"{one.summary or one.type} ({one.status})",
        lambda one: [("tells it", id) for id in one.events],
    ),
    "tie": (lambda situation: situation.ties, _tie_says, _tie_grounds),
    "presence": (lambda situation: situation.presences, _presence_says, _presence_grounds),
    "agreement": (lambda situation: situation.agreements, _agreement_says, _agreement_grounds),
    "position": (
        lambda situation: situation.positions, _position_says, lambda one: [("says it", id) for id in one.because],
    ),
    "contradiction": (
        lambda situation: situation.contradictions, lambda one: f"{one.kind}: {one.says}",
        lambda one: [("one side", side.evidence) for side in one.sides],
    ),
}  # fmt: skip
"""By the first word of an id: where such lines stand in a situation, what one says, and what it rests on."""
