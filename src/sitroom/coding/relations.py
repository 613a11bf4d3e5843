"""Standing ties and states that a sentence mentions: who backs, leads, opposes, belongs to whom; who is, holds, has a base where."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from sitroom.coding.acts import auxiliaries, is_negated
from sitroom.coding.attribution import sources_named, speaker_of
from sitroom.coding.scope import PlaceSpan, Scope
from sitroom.coding.ties import RelationRule, RelationWords
from sitroom.language import clause
from sitroom.vocabulary import Actor, Attribution, Modality, Period, Place, Quote, Relation, content_id

HEDGED = {"reportedly", "allegedly", "apparently"}
ACTING = {"rival-of"}
UNDONE = frozenset(
    ["plan", "want", "hope", "wish", "intend", "agree", "threaten", "force", "urge", "ask", "demand", "order", "promise", "prepare",
     "decide", "offer", "refuse", "try", "seek", "aim", "vow", "effort", "attempt", "call", "press", "allow", "expect"]
)  # fmt: skip
OLD = {"former", "ex", "formerly", "once"}


def find_relations(scope: Scope, words: RelationWords) -> list[Relation]:
    """Relations of one sentence, each once."""
    found: dict[str, Relation] = {}
    for token in scope.here.doc:
        for relation in _at(token, scope, words):
            found.setdefault(relation.id, relation)
    return list(found.values())


def _at(token: Token, scope: Scope, words: RelationWords) -> Iterator[Relation]:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.dep_ not in {"aux", "auxpass", "amod", "compound"}:
        yield from _by_verb(token, scope, words)
    if token.pos_ in {"NOUN", "PROPN"}:
        if (rule := words.titles.get(_phrase(token, words.titles))) is not None:
            yield from _by_title(token, rule, scope)
        if (rule := words.bonds.get(lemma)) is not None:
            yield from _by_bond(token, rule, scope)
        if (rule := words.acts.get(lemma)) is not None:
            yield from _by_act(token, rule, scope)
        if (rule := words.places.get(lemma) or words.places.get(token.lower_)) is not None:
            yield from _by_place(token, rule, scope)
        yield from _by_adjective(token, scope, words)
        yield from _nested_names(token, scope)


def _phrase(token: Token, table: object) -> str:
    before = [c.lower_ for c in token.lefts if c.dep_ in {"compound", "amod"}]
    pair = f"{before[-1]} {token.lemma_.lower()}" if before else ""
    return pair if pair and pair in table else token.lemma_.lower()  # type: ignore[operator]


# -- constructions ----------------------------------------------------------------------------------------------------


def _by_verb(token: Token, scope: Scope, words: RelationWords) -> Iterator[Relation]:
    for rest, rule in words.verbs.get(token.lemma_.lower(), ()):
        if not _fits(token, rest):
            continue
        doers = clause.expand(clause.subjects(token))
        prep = rest.split()[-1] if rest and not rest.startswith("<") else ""
        if rule.place:
            for place in _places_under(token, scope):
                for doer in _resolve(doers, scope):
                    yield from _make(doer, rule, None, place, token, scope)
            return
        targets = clause.expand(
            clause.prep_objects(token, prep) if prep and prep not in {"up"} else clause.patients(token)
        )
        for doer in _resolve(doers, scope):
            for target in _resolve(targets, scope):
                yield from _make(doer, rule, target, None, token, scope)
        return


def _fits(token: Token, rest: str) -> bool:
    if not rest or rest.startswith("<"):
        return True
    words = {c.lower_ for c in token.children} | {g.lower_ for c in token.children for g in c.children}
    return all(word in words for word in rest.split())


def _by_title(token: Token, rule: RelationRule, scope: Scope) -> Iterator[Relation]:
    """ "commander of X, Y", "Y, leader of X", "Xian President Y": Y stands in the relation to X."""
    bearers = _bearers(token)
    if not bearers:
        return
    bodies = list(clause.prep_objects(token, "of", "at", "in", "for", "from"))
    bodies += [
        t for t in token.lefts if t.dep_ in {"amod", "compound", "poss", "nmod"} and t.i in scope.here.name_at
    ]
    if token.dep_ == "compound":
        bodies += [t for t in token.head.lefts if t.i < token.i and t.i in scope.here.name_at]
    named = [t for t in bodies if t.i in scope.here.name_at or t.pos_ == "PROPN"] or bodies
    old = any(c.lower_ in OLD for c in token.lefts)
    for bearer in _resolve(bearers, scope):
        for body in _resolve(named[:1], scope):
            for relation in _make(bearer, rule, body, None, token, scope):
                yield replace(relation, period=Period(None, None, "former")) if old else relation


def _bearers(token: Token) -> list[Token]:
    """The names that a title is given to: appositions, the head that it precedes, the subject of a copula."""
    if token.dep_ == "compound" and token.head.pos_ == "PROPN":
        return [token.head]
    names = [c for c in clause.children(token, "appos") if c.pos_ == "PROPN" or c.ent_type_ == "PERSON"]
    if token.dep_ == "appos" and token.head.pos_ in {"PROPN", "PRON"}:
        names.append(token.head)
    for inner in clause.prep_objects(token, "of"):
        names += [c for c in clause.children(inner, "appos") if c.ent_type_ == "PERSON"]
    if token.dep_ == "attr":
        names += [clause.antecedent(c) for c in clause.children(token.head, "nsubj")]
    return names


def _by_bond(token: Token, rule: RelationRule, scope: Scope) -> Iterator[Relation]:
    """ "its ally X", "Israel's ally the US", "a proxy of X", "X and Y are enemies"."""
    one_side = list(clause.children(token, "poss")) or list(clause.prep_objects(token, "of", "to"))
    if token.dep_ == "attr":
        others = clause.expand([clause.antecedent(c) for c in clause.children(token.head, "nsubj")])
        if len(others) > 1 and not one_side:
            first, second = _resolve(others[:1], scope), _resolve(others[1:2], scope)
            for a in first:
                for b in second:
                    yield from _make(a, rule, b, None, token, scope)
            return
    else:
        others = list(clause.children(token, "appos"))
        others += [token.head] if token.dep_ in {"appos", "compound", "nmod"} else []
        others += [t for t in token.lefts if t.dep_ in {"amod", "compound"} and t.i in scope.here.name_at]
        if not others and token.dep_ == "compound":
            others = [token.head]
        after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if not others and after is not None and (after.i in scope.here.name_at or after.lower_ == "the"):
            others = [t for t in token.doc[token.i + 1 : token.i + 3] if t.i in scope.here.name_at]
    for a in _resolve(others, scope):
        for b in _resolve(one_side, scope):
            yield from _make(a, rule, b, None, token, scope)


def _by_act(token: Token, rule: RelationRule, scope: Scope) -> Iterator[Relation]:
    """ "backing from X for Y", "X's support of Y", "coordination between X and Y"."""
    between = clause.prep_objects(token, "between")
    if between:
        parties = _resolve(clause.expand(between), scope)
        if len(parties) > 1:
            yield from _make(parties[0], rule, parties[1], None, token, scope)
        return
    doers = list(clause.children(token, "poss")) + clause.prep_objects(token, "from", "by")
    doers += [t for t in token.lefts if t.dep_ in {"amod", "compound", "nmod"} and t.i in scope.here.name_at]
    pair = [
        t
        for d in doers
        for t in [
            d,
            *(c for c in d.children if c.dep_ in {"amod", "compound", "conj"} and c.i in scope.here.name_at),
        ]
    ]
    if len(pair) > 1 and rule.id == "coordinates-with":
        parties = _resolve(pair, scope)
        if len(parties) > 1:
            yield from _make(parties[0], rule, parties[1], None, token, scope)
        return
    targets = clause.prep_objects(token, "for", "to", "with", "of")
    if not targets:
        verb = clause.governor_verb(token)
        passive = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        if verb is not None:
            targets = clause.prep_objects(verb, "to", "for")
        elif passive is not None:
            targets = clause.patients(passive) if clause.is_passive(passive) else clause.subjects(passive)
    for doer in _resolve(clause.expand(doers), scope):
        for target in _resolve(targets[:2], scope):
            yield from _make(doer, rule, target, None, token, scope)


def _by_place(token: Token, rule: RelationRule, scope: Scope) -> Iterator[Relation]:
    """ "US bases in Erbil", "Iranian deployment in Syria", "their largest base, ... in the city of X"."""
    spots = [
        p
        for p in scope.places
        if p.token.i > token.i
        and (token.is_ancestor(p.token))
        and p.slot in {"in", "at", "near", "on", "across", "around", "inside"}
    ]
    if not spots:
        return
    owners = scope.resolver.owners(token, scope.here)
    for owner in owners[:1]:
        yield from _make(owner, rule, None, spots[0].place, token, scope)


def _by_adjective(token: Token, scope: Scope, words: RelationWords) -> Iterator[Relation]:
    """ "Iran-backed militias", "the Iranian-affiliated brigade", "rebel-held enclave", "pro-Assad commander"."""
    for name, link in scope.resolver.proxies(token, scope.here):
        suffix = words.adjectives.get(link) or words.prefixes.get(link)
        if suffix is None:
            continue
        if suffix.place:
            place = next(
                (
                    p.place
                    for p in scope.places
                    if p.token.i >= token.i and (p.token.i == token.i or token.is_ancestor(p.token))
                ),
                None,
            )
            if place is not None:
                yield from _make(name, suffix, None, place, token, scope)
            continue
        for phrase in _resolve([token], scope, owner=False):
            if suffix.id == "backs":
                yield from _make(name, suffix, phrase, None, token, scope)
            else:
                yield from _make(phrase, suffix, name, None, token, scope)


PART_OF = RelationRule(id="part-of")


def _nested_names(token: Token, scope: Scope) -> Iterator[Relation]:
    """ "the Revolutionary Guard's Quds Force": one organised body inside another."""
    inner = scope.here.name_at.get(token.i)
    if inner is None or inner.entry.kind in {"state", "territory", "person"}:
        return
    for child in clause.children(token, "poss", "compound"):
        outer = scope.here.name_at.get(child.i)
        if (
            outer is not None
            and outer is not inner
            and outer.entry.kind not in {"state", "territory", "person"}
        ):
            for a in _resolve([token], scope, owner=False):
                for b in _resolve([child], scope, owner=False):
                    yield from _make(a, PART_OF, b, None, token, scope)


# -- making -----------------------------------------------------------------------------------------------------------


def _resolve(heads: Sequence[Token], scope: Scope, *, owner: bool = True) -> list[Actor]:
    return [a for head in heads for a in scope.resolver.resolve(head, scope.here, owner=owner)]


def _places_under(token: Token, scope: Scope) -> list[Place]:
    """Places that the verb takes as object or locative, nearest first."""
    spots: list[PlaceSpan] = [
        p
        for p in scope.places
        if token.is_ancestor(p.token)
        or token.head == p.token
        or (token.dep_ in {"acl", "relcl"} and p.token.i == token.head.i)
    ]
    if token.dep_ in {"acl", "relcl"}:
        spots += [p for p in scope.places if token.head.is_ancestor(p.token) and p not in spots]
    return [p.place for p in sorted(spots, key=lambda p: abs(p.token.i - token.i))[:1]]


def _make(
    subject: Actor, rule: RelationRule, target: Actor | None, place: Place | None, token: Token, scope: Scope
) -> Iterator[Relation]:
    if target is not None and target.key == subject.key:
        return
    if not (subject.id or subject.country or subject.sector):
        return
    report = scope.report
    source = _source(token, scope)
    quote = Quote(report.id, scope.here.sentence.start, scope.here.sentence.end, scope.words)
    other = target.key if target else place.name if place else ""
    yield Relation(
        content_id("relation", report.id, rule.id, subject.key, other, quote.start), report.id, subject, rule.id, target, place,
        _period(token, scope), report.known_by, _modality(token), source, quote, f"relation.{rule.id}", 0.6 if subject.id else 0.5,
    )  # fmt: skip


def _period(token: Token, scope: Scope) -> Period:
    """Since when, where the clause says it; a standing relation holds up to the report."""
    end = scope.report.published.end if scope.report.published else None
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in {"VERB", "AUX"}), token)
    inside = {scope.here.offset(t) for t in verb.subtree}
    for time in scope.times:
        if any(time.start <= at < time.end for at in inside) and (
            time.opens or time.words.lower().startswith("for ")
        ):
            return Period(time.period.start, end, "since")
    return Period(None, end, "state")


def _modality(token: Token) -> Modality:
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in {"VERB", "AUX"}), token)
    if token.pos_ == "VERB" and is_negated(token):
        return "denied"
    if token.pos_ == "VERB" and _is_ahead(token):
        return "planned-or-possible"
    if any(c.lower_ in HEDGED for c in verb.children) or verb.lemma_ in {"consider", "allege", "assume"}:
        return "alleged"
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in verb.children) or any(
        c.lower_ in {"would", "might", "may", "could"} for c in verb.children if c.dep_ == "aux"
    ):
        return "hypothetical"
    return "asserted"


def _is_ahead(token: Token) -> bool:
    """What is planned, wanted, announced, demanded or will be does not stand yet."""
    current = token
    while current.head.i != current.i:
        aux = auxiliaries(current)
        if aux & {"will", "shall", "should", "must"} or (
            "to" in aux and current.head.lemma_.lower() in UNDONE
        ):
            return True
        if current.dep_ not in {"xcomp", "acl", "ccomp", "conj"}:
            return False
        current = current.head
    return False


def _source(token: Token, scope: Scope) -> Attribution | None:
    for named in sources_named(scope.here, token):
        found = speaker_of(named, scope.here, scope.resolver)
        if found is not None:
            return found
    return scope.carried if scope.quote_open else None
