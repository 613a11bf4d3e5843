"""Mends the parse of lists of parties, where the catalogue knows names that the model takes for modifiers or asides.

A list of names is one coordination (Huddleston & Pullum 2002, chapter 15): no comma or adverb divides a noun from its modifier.
"""

from sitroom.language import clause
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Token

LANDS = frozenset({"state", "territory"})
OWNING = frozenset({"in", "of", "from"})
INSIDE = frozenset({"amod", "compound", "nmod", "nummod", "poss", "det"})


def mend_lists(here: ParsedSentence) -> None:
    """Reattach, in place, the names of lands that stand in a list, or before a noun that they do not modify."""
    for token in here.doc:
        if token.tag_ == "VBG" and token.i:
            _name_deed(token, here)
        if not _is_land(token, here):
            continue
        if token.dep_ in {"nmod", "compound"} and token.i < token.head.i:
            if here.doc[token.i + 1].text == "," and _is_land(token.head, here):
                _lead(token)
            elif _is_cut_off(token, here):
                _lead(token, apart=True)
        elif token.dep_ == "appos" and _is_land(token.head, here) and _goes_on(token, here):
            token.dep_ = "conj"
        elif token.dep_ == "conj":
            first = _beside(token, here)
            if first is not None:
                token.head = first


def _name_deed(gerund: Token, here: ParsedSentence) -> None:
    """ "Blamed Ukrainian shelling", "fled shelling": after a land's adjective that has no noun, or such a verb, a gerund is a noun."""
    land = gerund.nbor(-1)
    if land.lemma_ in TAKING_NOUNS and gerund.dep_ == "xcomp" and not any(clause.children(gerund, "dobj")):
        gerund.dep_, gerund.tag_, gerund.pos_, gerund.lemma_ = "dobj", "NN", "NOUN", gerund.lower_
        return
    name = here.name_at.get(land.i)
    adjective = (
        name is not None and name.use in {"adjective", "demonym"} and land.dep_ in {"dobj", "nsubj", "pobj"}
    )
    if (
        not adjective
        or land.head.i == gerund.i
        or not land.head.is_ancestor(gerund)
        or not land.text.endswith(ENDINGS)
    ):
        return
    gerund.dep_, gerund.head = land.dep_, land.head
    land.dep_, land.head = "amod", gerund
    gerund.tag_, gerund.pos_, gerund.lemma_ = "NN", "NOUN", gerund.lower_


TAKING_NOUNS = frozenset({"flee", "condemn", "denounce", "decry"})
ENDINGS = ("n", "sh", "se", "i")
"""Of adjectives of lands: "Iranian", "Turkish", "Lebanese", "Israeli"; no plural."""


def _is_land(token: Token, here: ParsedSentence) -> bool:
    name = here.name_at.get(token.i)
    return name is not None and name.entry.kind in LANDS and name.use in {"name", "capital"}


def _lead(name: Token, *, apart: bool = False) -> None:
    """Give the name the place of its head in the clause: "A, B and the old C met"; `apart`, its head goes with the verb."""
    head = name.head
    name.dep_, above = head.dep_, head.head
    name.head = above
    head.dep_ = "dep" if apart else "conj"
    head.head = name


def _is_cut_off(name: Token, here: ParsedSentence) -> bool:
    """ "Ties with Chad soon officials said": an adverb between a name and a plain noun ends the phrase of the name."""
    between = here.doc[name.i + 1 : name.head.i]
    return len(between) > 0 and all(t.pos_ == "ADV" for t in between) and name.head.pos_ == "NOUN"


def _goes_on(name: Token, here: ParsedSentence) -> bool:
    """ "A, the old B, and C": an aside that names another land, before the last of the list."""
    return any(c.i > name.i and _is_land(c, here) for c in clause.children(name.head, "conj"))


def _beside(name: Token, here: ParsedSentence) -> Token | None:
    """The land after which the name stands: A in "lawmakers in A and B", where the parse joins B with the lawmakers."""
    if name.head.pos_ != "NOUN":
        return None
    left = min(t.i for t in name.subtree if t.i == name.i or t.dep_ in INSIDE)
    joints = [t for t in (here.doc[i] for i in range(max(0, left - 2), left)) if t.lower_ in {"and", ","}]
    last = here.doc[left - len(joints) - 1] if joints and left > len(joints) else name
    first = last
    while first.dep_ == "conj":
        first = first.head
    owned = first.dep_ == "pobj" and first.head.lower_ in OWNING and _is_land(last, here)
    return last if owned and name.head.is_ancestor(last) else None
