"""Whom a sentence mentions, noted for the pronouns of those that follow."""

from collections.abc import Iterator

from sitroom.language import clause
from sitroom.language.actors import Resolver
from sitroom.language.phrase import FIGHTING_KINDS, appositives, is_hyphenated, kind_of, phrase_of
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Span, Token
from sitroom.vocabulary import Actor

WHERE = {"in", "near", "from", "into", "across"}
MENTIONING = {"nsubj", "nsubjpass", "pobj", "dobj", "conj", "ROOT", "attr"}


def remember(resolver: Resolver, here: ParsedSentence) -> None:
    """Note whom a sentence mentions, the topic last so that pronouns prefer it, and who stands against whom in it."""
    noted = [*_named_mentions(resolver, here), *_noun_mentions(resolver, here)]
    for _, _, actor, kind in sorted(noted, key=lambda n: (n[0], n[1])):
        resolver.memory.note(here.index, actor, kind)
    for one, other in resolver.opposed(here):
        resolver.memory.note_pair(one, other)


def _named_mentions(resolver: Resolver, here: ParsedSentence) -> Iterator[tuple[int, int, Actor, str]]:
    for name in here.names:
        entry = name.entry
        if any(is_hyphenated(t, resolver.nouns) for t in here.doc if here.name_at.get(t.i) is name):
            continue  # "the al-Qaeda-linked group" is not al-Qaeda
        actor = Actor(entry.name, entry.id, name.text, name.start, name.end, entry.country, entry.sector)
        if name.use == "adjective":
            yield 0, name.start, actor, "adjective"
            continue
        words = [t for t in here.doc if here.name_at.get(t.i) is name]
        heads = [t for t in words if here.name_at.get(t.head.i) is not name or t.head.i == t.i]
        token = next((t for t in heads if t.dep_ not in {"compound", "amod"}), None)
        if token is None and heads and entry.kind in FIGHTING_KINDS:
            token = heads[0].head  # "M23 rebels" are the M23
        if token is None:
            continue
        kind = kind_of(entry.kind)
        if kind == "state" and token.dep_ == "pobj" and token.head.lower_ in WHERE:
            continue
        yield _salience(token), name.start, actor, kind


def _noun_mentions(resolver: Resolver, here: ParsedSentence) -> Iterator[tuple[int, int, Actor, str]]:
    for token in here.doc:
        if token.i in here.name_at or token.dep_ not in MENTIONING:
            continue
        entry = resolver.nouns.by_word.get(token.lemma_.lower())
        at = here.offset(token)
        if entry is not None and entry.kind in {"body", "troops"}:
            for actor in resolver.resolve(token, here)[:1]:
                if actor.id:
                    yield _salience(token), at, actor, "body" if entry.kind == "body" else "forces"
        elif entry is not None and entry.kind in {"people", "person"}:
            if appositives(token, here):
                continue  # "the president, X": the name is the mention
            text, start, end = phrase_of(token, here)
            kind = "person" if entry.kind == "person" and token.tag_ == "NN" else "people"
            country = next(
                (here.name_at[c.i].entry.country for c in token.lefts if c.i in here.name_at), None
            )
            yield _salience(token), start, Actor(text, None, text, start, end, country, entry.sector), kind
        elif entry is None and token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
            first = token.i
            while (
                first > 0
                and here.doc[first - 1].pos_ == "PROPN"
                and here.doc[first - 1].ent_type_ == "PERSON"
            ):
                first -= 1
            full = Span(here.doc, first, token.i + 1).text
            actor = Actor(full, None, full, here.offset(here.doc[first]), here.end(token))
            yield _salience(token), at, actor, "person"


def _salience(token: Token) -> int:
    """2 for the subject of the main clause, 1 for another subject, else 0 (the ranking of centering theory, Grosz et al. 1995)."""
    if token.dep_ not in clause.SUBJECT | clause.PASSIVE_SUBJECT:
        return 0
    return 2 if token.head.dep_ == "ROOT" else 1
