"""Told of what somebody does in general, not of something that happened: "militias that attack villages", "they usually flee"."""

from sitroom.coding.modality import Act, auxiliaries
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Token

HABITS = frozenset(["usually", "often", "regularly", "routinely", "habitually", "typically", "generally", "always", "sometimes", "frequently", "normally", "rarely", "periodically", "occasionally", "traditionally", "commonly", "invariably"])  # fmt: skip
ANYBODY = frozenset(
    {"whoever", "whatever", "whichever", "anyone", "anybody", "everyone", "everybody", "nobody"}
)
STANDING = frozenset({"AID", "SUPPORT", "COOPERATE", "REJECT", "ACCUSE", "AGREE"})
"""What a relative clause in the present tells of a tie or a stance: that holds, and is told elsewhere."""


def is_general(act: Act, here: ParsedSentence) -> bool:
    """True when the act's own verb stands in the simple present and says what is done in general.

    That is: with an adverb of habit or "never"; of anybody who does it; or in a restrictive relative clause about no
    named party ("gangs that seize a district"). Present tense alone is no sign: headlines and live reports use it.
    """
    verb = act.token
    if not _is_simple_present(verb):
        return False
    if _habitual(verb):
        return True
    if any(t.lower_ in ANYBODY for t in act.actors) or (verb.dep_ == "csubj" and not act.actors):
        return True
    clause_head = _first_conjunct(verb)
    if clause_head.dep_ != "relcl" or act.type in STANDING:
        return False
    head = clause_head.head
    return head.i not in here.name_at and head.pos_ != "PROPN" and not _after_comma(clause_head)


def _is_simple_present(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    finite = auxiliaries(verb)
    if finite - {"do", "does", "are", "is", "'re", "'s"}:
        return False
    if verb.tag_ == "VBN":
        return bool(finite & {"are", "is"})
    return verb.tag_ in {"VBP", "VBZ"} or (verb.tag_ == "VB" and verb.dep_ == "conj" and not finite)


def _habitual(verb: Token) -> bool:
    words = {child.lower_ for child in _first_conjunct(verb).children if child.dep_ in {"advmod", "neg"}}
    return bool(words & HABITS) or ("never" in words and verb.tag_ != "VBN")


def _first_conjunct(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    return verb


def _after_comma(clause_head: Token) -> bool:
    """A relative clause set off by a comma adds news about somebody known."""
    start = clause_head.left_edge.i
    return start > 0 and clause_head.doc[start - 1].text in {",", "–", "—", "-"}
