"""Senses of words: the lexicon pattern that fits a word best in its surroundings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sitroom.coding.lexicon import Lexicon, Pattern, Word
from sitroom.language import clause
from sitroom.language.tree import Token

LONG_WORD = 5
"""Of a longer verb that it does not know the lemmatizer may have cut the final e."""
PHRASAL = frozenset({"off", "out", "up", "down", "back", "away", "over"})
PERSONAL = frozenset(["he", "she", "him", "her", "who", "whom"])


@dataclass(frozen=True, slots=True)
class Sense:
    """A word that the lexicon knows, where it stands, and the pattern that fits best."""

    token: Token
    pattern: Pattern
    words: tuple[Token, ...]

    @property
    def light(self) -> bool:
        """A verb that only lends its subject: carry out, hold, launch."""
        return self.pattern.rule.turns == "light"


def match(token: Token, lexicon: Lexicon) -> Sense | None:
    """The best sense of the word in its surroundings, None if the lexicon knows none. Each token is matched once."""
    known: dict[int, Sense | None] = token.doc.user_data.setdefault(f"senses {id(lexicon)}", {})
    if token.i not in known:
        known[token.i] = _match(token, lexicon)
    return known[token.i]


def _is_in_order(token: Token) -> bool:
    """ "In order to": a purpose, not a command."""
    return (
        token.lower_ == "order"
        and 0 < token.i < len(token.doc) - 1
        and (token.nbor(-1).lower_ == "in" and token.nbor().lower_ in {"to", "that", "for"})
    )


def _match(token: Token, lexicon: Lexicon) -> Sense | None:
    lemma = token.lemma_.lower()
    if token.dep_ in {"aux", "auxpass"} or _is_in_order(token):
        return None
    if token.pos_ in {"VERB", "AUX"}:
        forms = (lemma, lemma + "e") if len(lemma) > LONG_WORD else (lemma,)
        patterns: Sequence[Pattern] = next(
            (lexicon.verbs[form] for form in forms if form in lexicon.verbs), ()
        )
    elif token.pos_ in {"NOUN", "PROPN"}:
        patterns = lexicon.nouns.get(lemma, ()) or lexicon.nouns.get(token.lower_, ())
    elif token.pos_ == "ADJ":
        patterns = lexicon.adjectives.get(lemma, ())
    else:
        return None
    for pattern in patterns:
        if not _has_needed(token, pattern.rule.needs, lexicon):
            continue
        if pattern.rule.turns == "call" and any(clause.children(token, "oprd")):
            continue  # "called the general a traitor" is no telephone call
        if (
            lemma == "blame" and token.dep_ == "xcomp" and token.head.lemma_ == "be"
        ):  # "is to blame" blames the subject
            return None
        words = fit(token, pattern, lexicon)
        if words is not None and not _excluded(token, pattern, words, lexicon):
            return Sense(token, pattern, words)
    return None


def _has_needed(token: Token, needs: str, lexicon: Lexicon) -> bool:
    """What a rule needs: a clause that says what is asked ("asked why" is a question), one about others, a word of untruth."""
    if not needs:
        return True
    if needs == "untruth":
        return any(t.lemma_.lower() in lexicon.classes["untruth"] for t in token.subtree)
    clauses = [
        child
        for child in clause.children(token, "xcomp", "ccomp", "acl")
        if not any(c.tag_ in {"WRB", "WP"} for c in child.children)
    ]
    if needs == "others":
        own = any(c.dep_ in clause.SUBJECT | clause.PASSIVE_SUBJECT for one in clauses for c in one.children)
        return own and not clause.is_passive(token)
    if needs == "infinitive":
        return any(clause.is_infinitive(child) for child in clauses)
    return bool(clauses)


def _excluded(token: Token, pattern: Pattern, words: Collection[Token], lexicon: Lexicon) -> bool:
    """True when the object belongs to a class that the rule excludes: fires are fought, too."""
    if not pattern.rule.excludes:
        return False
    if token.pos_ in {"NOUN", "PROPN"}:
        heads = clause.prep_objects(token, "on", "against", "of", "with", "in")
    else:
        heads = clause.patients(token) + clause.prep_objects(token, "against", "with", "for", "in")
    others = [head for head in clause.expand(heads) if head not in words]
    return any(in_class(head, name, lexicon) for head in others for name in pattern.rule.excludes)


def fit(token: Token, pattern: Pattern, lexicon: Lexicon) -> tuple[Token, ...] | None:
    """The further words of the pattern in the text, or None if the pattern does not fit here."""
    found: list[Token] = []
    for offset, wanted in enumerate(reversed(pattern.before), start=1):
        i = token.i - offset
        while i >= 0 and token.doc[i].is_punct:
            i -= 1
        if i < 0 or wanted not in {token.doc[i].lower_, token.doc[i].lemma_.lower()}:
            return None
        found.append(token.doc[i])
    anchor = token
    for word in pattern.rest:
        hit = _object_of(anchor, token, word.text, lexicon) if word.is_class else _near(token, anchor, word)
        if hit is None:
            return None
        if not word.is_class:
            found.append(hit)
            anchor = hit
    if pattern.subject is not None and not any(
        in_class(s, pattern.subject, lexicon)
        for s in clause.expand(clause.subjects(token) or clause.patients(token))
    ):
        return None
    return tuple(found)


def _near(token: Token, anchor: Token, word: Word) -> Token | None:
    """A plain word of the pattern among what depends on the trigger, two levels deep; not "on" before a date."""
    for child in (*token.children, *anchor.children):
        if child.dep_ == "prep" and child.left_edge.i == 0 and child.i < token.i:
            continue  # "Under the text, they are to be disarmed": they are under nothing
        if _is_word(child, word) and child.dep_ not in {"nsubj", "conj", "cc"}:
            return child
    for child in token.children:
        if child.lower_ in clause.SOURCES:  # "agreed, according to X"
            continue
        if child.dep_ in {"prep", "prt", "advmod", "dobj", "acomp", "xcomp", "ccomp", "oprd"}:
            inner = [
                c for o in clause.children(child, "pobj") for c in clause.children(o, "compound", "amod")
            ]
            other_clause = child.pos_ == "VERB" and child.dep_ in {"ccomp", "xcomp"}
            for grandchild in (*child.children, *inner):
                if other_clause and grandchild.dep_ in {"dobj", "prep", "nsubjpass"}:
                    continue  # "announced that it will extend the curfew" announces no curfew
                if _is_word(grandchild, word) and grandchild.i > token.i:
                    return grandchild
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        after
        if after is not None and _is_word(after, word) and after.pos_ in {"ADP", "ADV", "PART", "SCONJ"}
        else None
    )


def _is_word(token: Token, word: Word) -> bool:
    if token.tag_ == "TO":  # the infinitive's "to" is no preposition
        return False
    inflected = token.lemma_.lower() if token.pos_ != "VERB" or token.tag_ in {"VB", "VBN"} else ""
    if word.text not in {token.lower_, inflected}:  # "go on striking" is not "go on strike"
        return False
    return not (token.dep_ == "prep" and any(c.dep_ == "pobj" and clause.is_date(c) for c in token.children))


def _object_of(anchor: Token, token: Token, name: str, lexicon: Lexicon) -> Token | None:
    if token.pos_ in {"NOUN", "PROPN"}:
        heads = clause.prep_objects(token, "of", "in", "to", "on", "with")
    elif anchor.i == token.i or anchor.dep_ in {"prt", "advmod", "amod", "acomp", "oprd"}:
        heads = clause.patients(token) + list(clause.children(token, "dative", "attr", "oprd"))
    else:
        heads = list(clause.children(anchor, "pobj", "pcomp", "dobj", "amod", "acomp"))
        heads += clause.patients(token) if anchor.lower_ in PHRASAL else []
    for head in clause.expand(heads):
        if in_class(head, name, lexicon):
            return head
    return None


def in_class(token: Token, name: str, lexicon: Lexicon) -> bool:
    """True when the head noun, a noun compounded with it, or what a quantity counts belongs to the class."""
    words = lexicon.classes[name]
    head = clause.through_quantity(token)
    for candidate in (token, head):
        as_name = candidate.tag_ == "NNPS" or (candidate.i == 0 and candidate.tag_ == "NNP")
        plural = candidate.lower_.removesuffix("s") if as_name else candidate.lower_
        if not words.isdisjoint((candidate.lemma_.lower(), candidate.lower_, plural)):
            return True
        for child in candidate.children:
            if child.dep_ == "compound" and f"{child.lemma_.lower()} {candidate.lemma_.lower()}" in words:
                return True
            if child.dep_ == "amod" and f"{child.lower_} {candidate.lemma_.lower()}" in words:
                return True
    if "#person" in words and (
        head.lemma_.lower() in lexicon.classes["#person"]
        or token.lemma_.lower() in lexicon.classes["#person"]
    ):
        return True
    if "#place" in words and head.ent_type_ in {"GPE", "LOC", "FAC"}:
        return True
    if "#name" not in words:
        return False
    named = head.pos_ == "PROPN" and head.ent_type_ in {"", "PERSON", "ORG"}
    return named or head.ent_type_ == "PERSON" or head.lower_ in PERSONAL
