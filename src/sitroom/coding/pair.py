"""Which act stands between two marked spans: the coder's own rules for users who mark actor and recipient themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from sitroom.catalogues import bundled
from sitroom.coding.acts import find_acts
from sitroom.coding.lexicon import Lexicon, load_lexicon
from sitroom.coding.modality import Act, settle
from sitroom.coding.turning import CAMEO_LABELS, TURNING
from sitroom.errors import BadInput
from sitroom.language.parse import load_model, parse
from sitroom.language.tree import Doc, Span, Token

TurningTable = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PairLabel:
    """The act between two marked spans: PLOVER type and mode, and the rules that gave it, from the inside out."""

    type: str
    mode: str | None
    rules: tuple[str, ...]


@cache
def _bundled_lexicon() -> Lexicon:
    return load_lexicon([bundled() / "lexicon"])


def label_pair(
    sentence: str,
    actor: tuple[int, int],
    recipient: tuple[int, int],
    *,
    lexicon: Lexicon | None = None,
    model: str | None = None,
) -> PairLabel | None:
    """Which act the actor does to the recipient; spans are character offsets (start, end). None if the rules see none.

    Future and negated acts are turned into types as Hu et al. (2024) label them. Raises BadInput for a span outside
    the sentence.
    """
    doc = next(parse([sentence], load_model(model)))
    spans = []
    for start, end in (actor, recipient):
        if not 0 <= start < end <= len(sentence):
            raise BadInput(
                f"span {start}:{end} lies outside the sentence of {len(sentence)} characters",
                hint="give character offsets",
            )
        spans.append(doc.char_span(start, end) or Span(doc, 0, 0))
    act = label_span_pair(doc, spans[0], spans[1], lexicon or _bundled_lexicon(), TURNING)
    return PairLabel(act.type, act.mode, act.layers) if act is not None else None


def label_span_pair(
    doc: Doc, actor: Span, recipient: Span, lexicon: Lexicon, table: TurningTable
) -> Act | None:
    """The act of the sentence that best joins actor and recipient, modality turned into the type; None if there is none."""
    acts = find_acts(doc, lexicon, turning=True)
    if not acts:
        return None
    _, _, best = max((_fitness(act, actor, recipient), -i, act) for i, act in enumerate(acts))
    if "obliged" in best.notes and any(_within(t, actor) for t in best.speakers):
        return replace(best, type="REQUEST", mode=None)
    if best.layers[0] in CAMEO_LABELS and set(best.layers[1:]) <= {"light", "phase", "say", "order"}:
        best = replace(best, type=CAMEO_LABELS[best.layers[0]], mode=None)
    if best.type == "CONCEDE" and set(best.layers) & {"agree", "promise"}:  # CAMEO 035, intent to yield
        best = replace(best, type="AGREE", mode=None)
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
