"""Who demands, refuses, wants or offers what, on which issue, how strongly, and who says so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitroom.catalogues.issues import Issue, issues_of
from sitroom.situation.kinship import is_named
from sitroom.situation.ties import WEIGHT, span
from sitroom.vocabulary import Actor, Attribution, Event, Period, Position, Quote, Statement, content_id
from sitroom.vocabulary.evidence import Modality

STRENGTH: Mapping[str, float] = {
    "refuses": 0.9, "demands": 0.8, "warns": 0.7, "opposes": 0.7, "offers": 0.6, "supports": 0.6, "wants": 0.5,
}  # fmt: skip
"""How strongly a stance binds its holder: a refusal or demand is harder to take back than a wish."""
ACTS: Mapping[str, str] = {"REQUEST": "demands", "REJECT": "refuses", "THREATEN": "warns"}
RED_LINE = re.compile(
    r"\b(red lines?|never|under no circumstances|illegitimate|unacceptable|will not (?:allow|tolerate|accept))\b",
    re.IGNORECASE,
)
LONGEST = 6


@dataclass(frozen=True, slots=True)
class _Stand:
    """One piece of evidence for a position."""

    evidence: str
    report: str
    actor: Actor
    issue: str
    stance: str
    strength: float
    target: Actor | None
    period: Period
    said_by: Attribution | None
    quote: Quote
    confidence: float


def find_positions(
    statements: Iterable[Statement],
    events: Iterable[Event],
    issues: Sequence[Issue],
    known: Mapping[str, Actor],
) -> tuple[Position, ...]:
    """One position for each actor, issue, stance and target, in that order.

    `issues` come from the catalogue; what none of them covers keeps the words of the text. `known` gives actors by id.
    """
    groups: dict[tuple[str, str, str, str], list[_Stand]] = defaultdict(list)
    told: set[tuple[str, int, str, str]] = set()
    for statement in statements:
        stand = _from_statement(statement, issues, known)
        if stand:
            told.add((stand.report, stand.quote.start, stand.stance, stand.actor.key))
            groups[_key(stand)].append(stand)
    for event in events:
        if (
            event.type not in ACTS
            or event.modality in ("denied", "hypothetical")
            or event.rule.endswith("deny")
        ):
            continue  # a denial is no refusal, a condition no demand
        for actor in event.actors:
            if is_named(actor) and (event.report, event.quote.start, ACTS[event.type], actor.key) not in told:
                stand = _from_event(event, actor, issues)
                groups[_key(stand)].append(stand)
    found = [_position(sorted(group, key=lambda one: one.evidence)) for group in groups.values()]
    found.sort(
        key=lambda one: (one.actor.key, one.issue, one.stance, one.target.key if one.target else "", one.id)
    )
    return tuple(found)


def _key(stand: _Stand) -> tuple[str, str, str, str]:
    return stand.actor.key, stand.issue, stand.stance, stand.target.key if stand.target else ""


def _from_statement(
    statement: Statement, issues: Sequence[Issue], known: Mapping[str, Actor]
) -> _Stand | None:
    speaker = statement.speaker
    if statement.stance not in STRENGTH or speaker is None or speaker.kind in ("media", "analyst", "witness"):
        return None
    if speaker.id is None and speaker.kind != "official":
        return None  # smugglers who try to cross take no position
    actor = known.get(speaker.id or "") or Actor(speaker.name, speaker.id)
    return _Stand(
        statement.id, statement.report, actor, issue_of(statement.issue, statement.quote.words, issues), statement.stance,
        _strength(statement.stance, statement.quote.words, statement.condition), statement.target or statement.addressee,
        statement.period, speaker, statement.quote, statement.confidence,
    )  # fmt: skip


def _from_event(event: Event, actor: Actor, issues: Sequence[Issue]) -> _Stand:
    stance = ACTS[event.type]
    target = next((one for one in event.recipients if is_named(one)), None)
    return _Stand(
        event.id, event.report, actor, issue_of("", event.quote.words, issues), stance,
        _strength(stance, event.quote.words, None) * _sure(event.modality), target, event.period, event.attribution,
        event.quote, event.confidence,
    )  # fmt: skip


def _sure(modality: Modality) -> float:
    return WEIGHT[modality]


def _strength(stance: str, words: str, condition: str | None) -> float:
    """From 0 to 1: the stance, more where a line is drawn, less where a condition is set."""
    strength = STRENGTH[stance] + (0.1 if RED_LINE.search(words) else 0.0) - (0.2 if condition else 0.0)
    return min(1.0, strength)


TELLING = 4
"""From so many words on, a phrase says itself what it is about."""


def issue_of(phrase: str, sentence: str, issues: Sequence[Issue]) -> str:
    """The id of the issue in the phrase, in the sentence where the phrase is short; else the phrase's first words, hyphenated."""
    for text in (phrase, sentence if len(phrase.split()) < TELLING else ""):
        if text and (found := issues_of(text, issues)):
            return found[0].id
    words = re.findall(r"[a-z0-9]+", (phrase or sentence).lower())
    return "-".join([word for word in words if len(word) > 2][:LONGEST]) or "unnamed"


def _position(group: Sequence[_Stand]) -> Position:
    first = group[0]
    sources: dict[tuple[str, str], Attribution] = {}
    quotes: dict[tuple[str, int, int], Quote] = {}
    for one in group:
        if one.said_by:
            sources.setdefault((one.said_by.id or "", one.said_by.name), one.said_by)
        quotes.setdefault((one.quote.report, one.quote.start, one.quote.end), one.quote)
    best: dict[str, float] = {}
    for one in group:
        best[one.report] = max(best.get(one.report, 0.0), one.confidence)
    doubt = 1.0
    for confidence in sorted(best.values()):
        doubt *= 1.0 - confidence
    because = tuple(one.evidence for one in group)
    return Position(
        content_id("position", *_key(first), *because), first.actor, first.issue, first.stance,
        round(max(one.strength for one in group), 4), span(one.period for one in group),
        tuple(sources[key] for key in sorted(sources)), tuple(quotes[key] for key in sorted(quotes)), because,
        round(1.0 - doubt, 4), first.target,
    )  # fmt: skip
