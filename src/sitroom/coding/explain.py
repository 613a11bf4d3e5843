"""Say why there is or is not an event in a sentence: the words found, the acts read from them, their parties, what was dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitroom.coding.acts import find_acts
from sitroom.coding.code import Coder
from sitroom.coding.events import code_sentence, fill_roles, why_not, why_unreal
from sitroom.coding.modality import Act
from sitroom.coding.scope import Scope
from sitroom.coding.senses import match
from sitroom.language.locate import locate
from sitroom.language.tree import Token
from sitroom.reports import date_report
from sitroom.vocabulary import Actor, Event, Report


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of one act: what it was read as, its parties, and why it is no event (empty if it is one)."""

    act: str
    word: str
    layers: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...]
    dropped: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence: its words that the lexicon knows with their rules, the reasons act by act, and its events."""

    words: str
    known: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    events: tuple[Event, ...]


def explain(report: Report, coder: Coder) -> Iterator[Explanation]:
    """Explain the report sentence by sentence; what boilerplate left out is not among them."""
    reading = coder.read(date_report(report, coder.windows))
    located, _ = locate(reading, coder.gazetteer)
    for scope in coder.scopes(reading, located):
        yield explain_sentence(scope, coder)


def explain_sentence(scope: Scope, coder: Coder) -> Explanation:
    """Explain one sentence by the coder's own steps."""
    doc = scope.here.doc
    senses = [sense for token in doc if (sense := match(token, coder.lexicon)) is not None]
    known = tuple((sense.token.text, sense.pattern.rule.id) for sense in senses)
    events = code_sentence(scope, coder.lexicon, coder.ontology)
    reasons = tuple(_reason(act, scope, events) for act in find_acts(doc, coder.lexicon))
    return Explanation(scope.words, known, reasons, tuple(events))


def _reason(act: Act, scope: Scope, events: Sequence[Event]) -> Reason:
    draft = fill_roles(act, scope)
    settled = draft.settled
    dropped = why_unreal(act, scope) or why_not(draft)
    if not dropped and not any(_came_of(event, settled) for event in events):
        dropped = "another telling of the same act in this sentence took it in"
    return Reason(
        f"{settled.type}/{settled.mode}" if settled.mode else settled.type,
        act.core.text,
        settled.layers,
        _parties(act.actors, draft.actors),
        _parties(act.recipients, draft.recipients),
        (*act.notes, settled.modality),
        dropped,
    )


def _came_of(event: Event, act: Act) -> bool:
    return event.rule == "+".join(act.layers) and bool(event.steps) and repr(act.core.text) in event.steps[0]


def _parties(heads: Sequence[Token], found: Sequence[Actor]) -> tuple[str, ...]:
    """Each party with its key; a head word that stands for nobody in angle brackets."""
    named = tuple(f"{actor.text or actor.name} = {actor.key}" for actor in found)
    return named or tuple(f"<{head.text}>" for head in heads)


def as_text(explanation: Explanation) -> str:
    """The explanation in lines for a reader."""
    lines = [" ".join(explanation.words.split())]
    if not explanation.known:
        lines.append("  no word that the lexicon knows")
    else:
        lines.append("  words: " + ", ".join(f"{word} ({rule})" for word, rule in explanation.known))
    for reason in explanation.reasons:
        lines.append(
            f"  {'no event' if reason.dropped else 'event'}: {reason.act} by {' + '.join(reason.layers)}"
        )
        lines.append(f"    actors: {'; '.join(reason.actors) or 'nobody'}")
        lines.append(f"    recipients: {'; '.join(reason.recipients) or 'nobody'}")
        lines.append(f"    frame: {', '.join(reason.notes)}")
        if reason.dropped:
            lines.append(f"    because {reason.dropped}")
    if explanation.known and not explanation.reasons:
        lines.append("  no act: the words found only govern others, and there is none that they govern")
    for event in explanation.events:
        if event.historical:
            lines.append(f"  {event.type} lies long before the report: kept as background")
    return "\n".join(lines)
