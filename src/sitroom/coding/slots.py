"""Slots of a sense: the head tokens of those who act and of those acted on, where the rule says that they stand."""

from collections.abc import Collection

from sitroom.coding.lexicon import Lexicon
from sitroom.coding.senses import PHRASAL, Sense, in_class
from sitroom.language import clause
from sitroom.language.tree import Token

RECALLING = frozenset({"recall", "withdraw", "pull", "call"})
SENDING = frozenset({"send", "dispatch", "fly", "deploy"})
NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})


def actors_of(sense: Sense) -> list[Token]:
    """Head tokens of those who act: by the rule's slots, else the subject of a verb, the possessor or demonym of a noun."""
    token = sense.token
    if sense.pattern.rule.actors:
        for slot in sense.pattern.rule.actors:
            found = _slot(token, slot) or [
                o for w in sense.words if w.dep_ in {"attr", "acomp"} for o in clause.prep_objects(w, slot)
            ]
            if found:
                return found
        return []
    if token.pos_ in {"NOUN", "PROPN"}:
        doers = clause.noun_subjects(token) or _slot(token, "demonym")
        apart = _slot(token, "between") if "rift" in sense.pattern.rule.recipients else []
        return [t for t in doers if t not in apart]  # those between whom somebody mediates do not mediate
    found = [t for t in clause.subjects(token) if not _is_agreed(t, sense)]  # "Truce agreed in the north"
    if (
        not found and sense.pattern.rule.turns == "agree" and clause.is_passive(token)
    ):  # "it was agreed that they would"
        found = [s for c in clause.children(token, "ccomp") for s in clause.subjects(c)]
    return [*_listed_before(found[0]), *found] if len(found) == 1 else found


def _is_agreed(subject: Token, sense: Sense) -> bool:
    """A truce agrees to nothing: headlines leave out that it was agreed."""
    if sense.pattern.rule.turns != "agree" or any(clause.children(sense.token, "dobj", "xcomp", "ccomp")):
        return False
    return subject.lemma_.lower() in {
        "truce",
        "ceasefire",
        "cease-fire",
        "deal",
        "accord",
        "pact",
        "agreement",
        "treaty",
        "swap",
        "exchange",
    }


def _listed_before(subject: Token) -> list[Token]:
    """Headlines list their subjects with a comma: "Russia, Israel agree ..."."""
    left = subject.left_edge.i
    if left < 2 or subject.doc[left - 1].text != "," or subject.pos_ not in {"PROPN", "NOUN"}:
        return []
    before = subject.doc[left - 2]
    phrase = subject.doc[: left - 1]
    if (
        before.dep_ == "dep"
        and before.pos_ == "NOUN"
        and len(phrase) <= 4
        and all(t.pos_ in {"ADJ", "NOUN", "PROPN"} for t in phrase)
    ):
        return [before]  # "Chadian army, rebel chiefs sign ..."
    plain = before.pos_ == "PROPN" and before.dep_ not in {"pobj", "appos", "dobj", "nsubj"} and left - 2 <= 2
    return [before] if plain else []


def _slot(token: Token, slot: str) -> list[Token]:
    if slot == "subject":
        return clause.subjects(token)
    if slot == "object":
        return clause.patients(token) or _found_to_be(token)
    if slot == "inside":
        return _inside(token)
    if slot == "possessor":
        return list(clause.children(token, "poss"))
    if slot == "rift":
        return _rift(token)
    if slot == "demonym":  # "Iranian aid", "UN talks"
        return [c for c in clause.children(token, "amod", "compound", "nmod") if c.ent_type_ in NAMED]
    return clause.prep_objects(token, slot)


def _rift(token: Token) -> list[Token]:
    """ "Launched a mediation effort to end the row between X and Y": the two that stand against each other."""
    clause_of = clause.governor_verb(token) or token
    return [
        o
        for t in clause_of.subtree
        if t.lower_ == "between" and t.i > token.i
        for o in clause.children(t, "pobj")
        if any(clause.children(o, "conj"))
    ]


def _inside(token: Token) -> list[Token]:
    """ "Welcomed the resumption of ties with X", "signed an accord to supply X": whom the object names."""
    things = [t for t in clause.patients(token) if t.pos_ == "NOUN" and not any(clause.children(t, "poss"))]
    named = [
        t
        for head in things
        for t in head.subtree
        if t.dep_ == "pobj" and t.head.lower_ in {"with", "between"} and t.text[0].isupper()
    ]
    done = [
        c
        for head in (token, *things)
        for c in clause.children(head, "acl", "advcl", "relcl")
        if clause.is_infinitive(c)
    ]
    return named[:1] or [t for verb in done if things for t in clause.patients(verb) if t.pos_ == "PROPN"][:1]


def _found_to_be(token: Token) -> list[Token]:
    """ "found him guilty", "declared X illegal", "wants X to leave": the subject of the small clause is the object."""
    return [
        subject
        for child in clause.children(token, "ccomp", "xcomp", "oprd", "advcl")
        if child.pos_ == "ADJ"
        or (child.pos_ == "NOUN" and child.dep_ == "ccomp")  # "allowed X access"
        or (clause.is_infinitive(child) and child.dep_ != "advcl")
        or clause.is_for_to(child)
        for subject in clause.children(child, "nsubj")
    ]


def recipients_of(
    sense: Sense, lexicon: Lexicon, *, doers: Collection[Token] = (), own: Collection[int] = ()
) -> tuple[Token, ...]:
    """Head tokens of those the act is done to, by the rule's slots.

    `doers` fill the slot `actor` (of the governed act); a slot filled by one of the act's `own` words is filled by those
    who do what the word says.

    Things (aid, charges, a deal) are no party: the next slot is tried, and they stay only if nothing else is found.
    """
    slots = sense.pattern.rule.recipients or ("object", "to", "against", "with", "on", "from", "at")
    words = {word.i for word in sense.words}
    things: tuple[Token, ...] = ()
    for slot in slots:
        heads = list(doers) if slot == "actor" else _slot_or_word(sense, slot)
        heads = [
            h for t in heads for h in (clause.noun_subjects(t) if t.i in own else _across(t, sense, lexicon))
        ]
        found = [t for t in clause.expand(heads) if t.i not in words and t.i not in own]
        sent = slot == "object" and sense.token.lemma_ in SENDING
        if slot == "object" and sense.token.lemma_ in RECALLING:  # "recalled its ambassador from X"
            found = [t for t in found if not any(c.tag_ == "PRP$" for c in t.children)]
        parties = [t for t in found if not in_class(t, "medics" if sent else "#thing", lexicon)]
        if parties:
            return tuple(parties)
        things = things or tuple(found)
    return things or _struck(sense, lexicon)


def _struck(sense: Sense, lexicon: Lexicon) -> tuple[Token, ...]:
    """The object that the pattern itself names ("attack position"): it stands for whoever owns it."""
    if sense.pattern.rule.act.partition("/")[0] not in {"ASSAULT", "COERCE"}:
        return ()
    words = {word.i for word in sense.words}
    objects = [t for t in clause.patients(sense.token) if t.i in words]
    return tuple(t for t in objects if in_class(t, "targets", lexicon) or in_class(t, "captives", lexicon))


def _across(token: Token, sense: Sense, lexicon: Lexicon) -> list[Token]:
    """Whose the border, road or demand is: "the border with X", "roads leading into X", "gave in to demands from X"."""
    if sense.pattern.rule.act == "CONCEDE" and in_class(token, "conditions", lexicon):
        return clause.noun_subjects(token) + clause.prep_objects(token, "from") or [token]
    if not in_class(token, "way", lexicon):
        return [token]
    leading = (o for c in clause.children(token, "acl") for o in clause.prep_objects(c, "into", "to"))
    return clause.prep_objects(token, "with") or list(leading) or [token]


def _slot_or_word(sense: Sense, slot: str) -> list[Token]:
    """The slot of the trigger, else of a word of the pattern: "put pressure on X"."""
    found = _slot(sense.token, slot)
    if slot == "object" and not found:  # "sealed off the roads": the particle taken for a preposition
        return [
            o
            for w in sense.words
            if w.dep_ == "prep" and w.lower_ in PHRASAL
            for o in clause.children(w, "pobj")
        ]
    if found or slot in {"object", "subject"}:
        return found
    for word in sense.words:
        found = (
            list(clause.children(word, "pobj")) if word.lower_ == slot else clause.prep_objects(word, slot)
        )
        if found:
            return found
    if slot == "with" and sense.pattern.rule.reciprocal:  # "signed an agreement on trade with X"
        return [
            o
            for t in clause.own_words(sense.token)
            if t.lower_ == "with" and t.i > sense.token.i
            for o in clause.children(t, "pobj")
        ][:1]
    return []
