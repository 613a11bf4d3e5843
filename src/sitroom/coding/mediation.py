"""Who brokers a deal is no party to it: "a truce brokered by X", "X-mediated talks" are mediation by X between the parties."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sitroom.coding.lexicon import Lexicon
from sitroom.coding.modality import Act, framed
from sitroom.coding.senses import in_class
from sitroom.language import clause
from sitroom.language.tree import Doc, Token

BROKERING = frozenset({"broker", "mediate", "facilitate", "sponsor"})
BROKERED = frozenset(["deal", "ceasefire", "talks"])
RULE = "consult.mediate"
"""The rule of the lexicon that names mediation."""


def mediate(acts: Sequence[Act], doc: Doc, lexicon: Lexicon) -> list[Act]:
    """The acts with each brokered deal's brokers taken out of it and put into an act of mediation of their own."""
    found = list(acts)
    for word, brokers, deals in _brokerings(doc, lexicon):
        found = [_without(act, brokers) for act in found if act.token.i != word.i or act.core.i != word.i]
        found = [act for act in found if act.actors or act.recipients or not act.nominal]
        about = [act for act in found if {act.token.i, act.core.i} & {deal.i for deal in deals}]
        between = [t for noun in (word, *deals) for t in clause.prep_objects(noun, "between")]
        told = (t for act in about for t in (*act.actors, *act.recipients) if t not in deals)
        parties = tuple(dict.fromkeys((*told, *clause.expand(between))))
        found = [act for act in found if act.token.i != word.i]
        made = Act(word, word, "CONSULT", None, (RULE,), tuple(brokers), parties)
        found.append(framed(word, made) if word.pos_ == "VERB" else made)
    return found


def _brokerings(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[Token, list[Token], list[Token]]]:
    """Each word for brokering, with who brokers and the deal or talks."""
    for token in doc:
        if token.lemma_.lower() not in BROKERING and token.lower_ not in {"brokered", "mediated"}:
            continue
        joined = token.i - doc[0].i > 1 and token.nbor(-1).text in "-–"
        if joined and token.dep_ in {"amod", "compound"}:  # "Omani-mediated talks"
            brokers, deals = [token.nbor(-2)], [token.head]
        elif token.tag_ == "VBN":
            brokers, deals = clause.expand(clause.agents(token)), clause.patients(token)
            deals = deals + (clause.patients(token.head) if token.dep_ == "advcl" else [])
        elif token.dep_ == "relcl" and token.pos_ == "VERB":  # "talks that Angola mediated"
            brokers, deals = clause.expand(list(clause.children(token, *clause.SUBJECT))), [token.head]
            brokers = [t for t in brokers if t.tag_ not in clause.RELATIVE_TAGS]
        else:
            continue
        deals = [t for t in deals if any(in_class(t, name, lexicon) for name in BROKERED)]
        if brokers and deals:
            yield token, brokers, deals


def _without(act: Act, brokers: Sequence[Token]) -> Act:
    return replace(
        act,
        actors=tuple(t for t in act.actors if t not in brokers),
        recipients=tuple(t for t in act.recipients if t not in brokers),
    )
