"""Which act stands between two marked spans: the coder's own rules for users who mark actor and recipient themselves."""

from collections.abc import Mapping

from spacy.tokens import Doc, Span, Token

from sitroom.coding.acts import Act, find_acts, settle
from sitroom.coding.lexicon import Lexicon

TurningTable = Mapping[str, Mapping[str, str]]


def label_span_pair(doc: Doc, actor: Span, recipient: Span, lexicon: Lexicon, table: TurningTable) -> Act | None:
    """The act of the sentence that best joins actor and recipient, modality turned into the type; None if there is none."""
    acts = find_acts(doc, lexicon, turning=True)
    if not acts:
        return None
    _, _, best = max((_fitness(act, actor, recipient), -i, act) for i, act in enumerate(acts))
    return settle(best, own_word=True, turning=True, table=table)


def _fitness(act: Act, actor: Span, recipient: Span) -> float:
    """How well the act's roles cover the spans; outer acts and verbs win ties."""
    score = 0.0
    if any(_within(t, actor) for t in act.actors):
        score += 4
    elif any(_within(t, actor) for t in act.speakers):
        score += 2.5
    if any(_within(t, recipient) for t in act.recipients):
        score += 3
    elif any(_reaches(t, recipient) for t in act.recipients):
        score += 2
    elif _within(act.core, recipient) or _reaches(act.token, recipient):
        score += 1
    if any(_within(t, actor) for t in act.recipients) and any(_within(t, recipient) for t in act.actors):
        score += 3
    if act.token in actor or act.token in recipient:
        score -= 3
    if act.nominal:
        score -= 1
    return score - 0.1 * sum(1 for _ in act.token.ancestors)


def _within(token: Token, span: Span) -> bool:
    return span.start <= token.i < span.end


def _reaches(token: Token, span: Span) -> bool:
    return any(span.start <= t.i < span.end for t in token.subtree)
