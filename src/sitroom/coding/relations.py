"""Standing ties and states that a sentence mentions: who backs, leads, opposes, belongs to whom; who is, holds, has a base where."""

from collections.abc import Iterator, Sequence

from sitroom.coding.lexicon import Lexicon
from sitroom.coding.relating import FORCES_ONLY, Search, make, places_of, places_under
from sitroom.coding.relation_nouns import by_act, by_bond, by_hold, by_place, by_title, phrase_of, subjects_of
from sitroom.coding.scope import Scope
from sitroom.coding.senses import in_class
from sitroom.coding.ties import RelationRule, RelationWords, VerbPattern
from sitroom.language import clause
from sitroom.language.tree import Token
from sitroom.vocabulary import Relation

SENT = frozenset({"present-in", "based-at"})
"""Who is deployed or stationed is the object of the deed; who holds a place does the holding."""
FIGHTING = frozenset({"UAF", "REB", "PRM", "MIL"})
PREPOSITIONS = frozenset(
    {"on", "with", "to", "from", "of", "in", "for", "alongside", "against", "by", "at", "under", "upon"}
)


def find_relations(scope: Scope, words: RelationWords, lexicon: Lexicon) -> list[Relation]:
    """Relations of one sentence, each once. `lexicon` says which words deny, claim or report, and has the classes of objects."""
    found: dict[str, Relation] = {}
    search = Search(scope, words, lexicon)
    for token in scope.here.doc:
        for relation in _at(token, search):
            found.setdefault(relation.id, relation)
    return list(found.values())


def _at(token: Token, search: Search) -> Iterator[Relation]:
    words, lemma = search.words, token.lemma_.lower()
    if _is_verb(token):
        yield from _by_verb(token, search)
    yield from _by_adjective(token, search)
    if token.pos_ in {"NOUN", "PROPN"}:
        yield from _nested_names(token, search)
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or search.is_name(token):
        return
    if (rule := words.titles.get(phrase_of(token, words.titles))) is not None:
        yield from by_title(token, rule, search)
    if (rule := words.bonds.get(lemma)) is not None:
        yield from by_bond(token, rule, search)
    if token.pos_ == "ADJ":
        return
    if (rule := words.acts.get(lemma)) is not None:
        yield from by_act(token, rule, search)
    if (rule := words.holds.get(lemma)) is not None:
        yield from by_hold(token, rule, search)
    if (rule := words.places.get(lemma) or words.places.get(token.lower_)) is not None:
        yield from by_place(token, rule, search)


def _is_verb(token: Token) -> bool:
    """True for verbs, and for a noun that has subject and object because the tagger took the verb for one ("control")."""
    if token.pos_ == "NOUN":
        return {"nsubj", "dobj"} <= {child.dep_ for child in token.children}
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


# -- verbs ------------------------------------------------------------------------------------------------------------


def _by_verb(token: Token, search: Search) -> Iterator[Relation]:
    for pattern in search.words.verbs.get(token.lemma_.lower(), ()):
        objects = _objects(token, pattern, search)
        if objects is None:
            continue
        rule = pattern.rule
        doers = _doers(token, rule, search)
        if rule.place and pattern.turned:
            doers, objects = objects, doers
        if rule.place:
            objects = [] if rule.id in SENT and clause.is_passive(token) and not pattern.rest else objects
            spots = [p for head in objects for p in list(places_of(head, search.scope))[:1]]
            if not spots and not (pattern.slot or pattern.rest):
                spots = list(places_under(token, search.scope))[:1]
            if not spots:
                continue
            doers = [one for one in doers if rule.id not in FORCES_ONLY or not search.is_person(one)]
            for doer in search.resolve(doers):
                for where in {spot.token.i: spot for spot in spots}.values():
                    yield from make(doer, rule, None, where.place, token, search)
            return
        targets = search.resolve(_inside(objects, search), owner=rule.owned)
        for doer in search.resolve(doers, owner=rule.owned):
            for target in targets:
                ends = (target, doer) if pattern.turned else (doer, target)
                people = {n.start for n in search.scope.here.names if n.use == "demonym"}
                if pattern.turned and target.start in people:
                    continue  # "consists of Afghans": they are not their land
                yield from make(ends[0], rule, ends[1], None, token, search)
        return


def _doers(token: Token, rule: RelationRule, search: Search) -> list[Token]:
    if rule.place and rule.id in SENT and clause.is_passive(token):
        return clause.expand(clause.patients(token))
    found = subjects_of(token, search)
    return found or (
        clause.expand(clause.patients(token)) if clause.is_passive(token) else []
    )  # "is allied with"


def _objects(token: Token, pattern: VerbPattern, search: Search) -> list[Token] | None:
    """What the verb takes where the pattern fits, walking down its words; None where it does not fit."""
    anchor = token
    for word in pattern.rest:
        step = _word_below(anchor, token, word)
        if step is None:
            return None
        anchor = step
    if pattern.rest and pattern.rest[-1] in PREPOSITIONS:
        heads = [clause.antecedent(o) for o in clause.children(anchor, "pobj") if not clause.is_date(o)]
        if not heads and token.dep_ == "relcl":  # "the militias that it relies on"
            heads = [token.head]
    else:
        heads = clause.patients(token)
    heads = clause.expand(heads)
    if pattern.slot:
        heads = [head for head in heads if _fits(head, pattern.slot, search)]
    return heads if heads or not (pattern.slot or pattern.rest) else None


def _word_below(anchor: Token, verb: Token, word: str) -> Token | None:
    """A word of the pattern below the last one found, below the verb, or hung on the verb's object or particle."""
    hung = [
        g for c in verb.children if c.dep_ in {"dobj", "prt", "advmod", "prep", "acomp"} for g in c.children
    ]
    for candidate in (*anchor.children, *verb.children, *hung):
        if word not in (candidate.lower_, candidate.lemma_.lower()) or candidate.tag_ == "TO":
            continue
        own = candidate.dep_ not in {"nsubj", "nsubjpass", "conj", "cc"} and candidate.i > verb.i
        if own or candidate.dep_ == "prep":
            return candidate
    return None


def _fits(head: Token, slot: str, search: Search) -> bool:
    """True when an object is of the class; land is also any place that is named, forces are any actor that is no place."""
    inner = clause.through_quantity(head)
    at_place = any(p.token.i in (head.i, inner.i) for p in search.scope.places)
    if slot == "territory":
        return at_place or head.ent_type_ in {"GPE", "LOC"} or in_class(head, slot, search.lexicon)
    if slot == "forces":
        return not at_place and (
            in_class(head, slot, search.lexicon)
            or any(a.id or a.country or a.sector in FIGHTING for a in search.resolve([head], owner=False))
        )
    return in_class(head, slot, search.lexicon)


def _inside(heads: Sequence[Token], search: Search) -> list[Token]:
    """From "a network of militias" to the militias, where the first noun means nobody."""
    found: list[Token] = []
    for head in heads:
        inner = clause.prep_objects(head, "of") if head.pos_ == "NOUN" else []
        found += [head] if not inner or search.resolve([head], owner=False) else inner
    return found


# -- adjectives and names ------------------------------------------------------------


def _by_adjective(token: Token, search: Search) -> Iterator[Relation]:
    """ "Iran-backed militias", "the Iranian-affiliated brigade", "rebel-held enclave", "pro-Assad commander"."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return
    words, scope = search.words, search.scope
    linked = scope.resolver.proxies(token, scope.here) or [
        (actor, link.lower_)
        for link in clause.children(token, "amod")
        if link.tag_ == "VBN" and link.lower_ in words.adjectives and link.i > 0
        for doer in [link.nbor(-1)]
        if doer.pos_ in {"NOUN", "PROPN"} and doer.head.i in {link.i, token.i}
        for actor in search.resolve([doer], owner=False)
    ]
    for actor, link in linked:
        rule = words.adjectives.get(link) or words.prefixes.get(link)
        if rule is None:
            continue
        if rule.place:
            for where in list(places_of(token, scope))[:1]:
                yield from make(actor, rule, None, where.place, token, search)
            continue
        named = scope.here.name_at.get(token.i)
        capital = (
            named is not None and named.use == "capital"
        )  # "Iran-backed ... Sanaa" is a slip of the parser
        lone = named is None and search.is_person(token)  # a "pro-X commander" ties X to nobody known
        for phrase in search.resolve([token], owner=False) if not capital and not lone else ():
            ends = (actor, phrase) if rule.id in {"backs", "leads"} else (phrase, actor)
            yield from make(ends[0], rule, ends[1], None, token, search)


PART_OF = RelationRule(id="part-of")


def _nested_names(token: Token, search: Search) -> Iterator[Relation]:
    """ "the Revolutionary Guard's Quds Force": one organised body inside another."""
    name_at = search.scope.here.name_at
    inner = name_at.get(token.i)
    if inner is None or inner.entry.kind in {"state", "territory", "person"}:
        return
    for child in clause.children(token, "poss", "compound"):
        if any(clause.children(child, "conj")):
            continue  # "the Houthis and Yemen's government"
        outer = name_at.get(child.i)
        if outer is None or outer is inner or outer.entry.kind in {"state", "territory", "person"}:
            continue
        for a in search.resolve([token], owner=False):
            for b in search.resolve([child], owner=False):
                yield from make(a, PART_OF, b, None, token, search)
