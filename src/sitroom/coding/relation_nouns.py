"""Relations told by nouns: titles, friends and foes, backing and attacks, control of a place, bases and troops."""

from collections.abc import Iterator
from dataclasses import replace

from sitroom.coding.holding import clause_of, modality_of, presupposed
from sitroom.coding.relating import Search, is_locative, make, places_of
from sitroom.coding.senses import match
from sitroom.coding.ties import RelationRule
from sitroom.language import clause
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor, Modality, Period, Relation

JOINT = frozenset({"ally-of", "coordinates-with"})
"""What two do together may name both before the noun: "Russian-Israeli coordination"."""
SECOND = {"deputy", "assistant", "vice"}
"""Who stands in for the head of a body does not lead it."""
OLD = {"former", "ex", "formerly", "once", "late"}
NAME_PARTS = {"amod", "compound", "poss", "nmod", "npadvmod"}


def by_title(token: Token, rule: RelationRule, search: Search) -> Iterator[Relation]:
    """ "commander of X, Y", "Y, leader of X", "Xian President Y": Y stands in the relation to X.

    Where no X is named, the catalogue says of what Y held that office on the day of the report.
    """
    second = any(c.lower_ in SECOND for c in token.lefts)
    rule = search.words.titles.get("deputy", rule) if second else rule
    old = any(c.lower_ in OLD for t in (token, *clause.children(token, "compound")) for c in t.lefts)
    bodies = search.resolve(_bodies(token, search)[:1])
    for bearer in (t for t in _bearers(token) if not search.is_name(t) or search.is_person(t)):
        for person in search.resolve([bearer], owner=False):
            for body in bodies or _offices(person, token, search, old=old):
                known = person.id is not None or (bearer.ent_type_ == "PERSON" and body.id is not None)
                for relation in make(person, rule, body, None, token, search) if known else ():
                    yield replace(relation, period=Period(None, None, "former")) if old else relation


def _bearers(token: Token) -> list[Token]:
    """The names that a title is given to: appositions, the head that it precedes, the subject of a copula."""
    if token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ == "PROPN":
        bearer = token.head
        while bearer.dep_ == "compound" and bearer.head.pos_ == "PROPN":
            bearer = bearer.head
        return [bearer]
    names = [c for c in clause.children(token, "appos") if c.pos_ == "PROPN" or c.ent_type_ == "PERSON"]
    if token.dep_ == "appos" and token.head.pos_ in {"PROPN", "PRON"}:
        names.append(token.head)
    for inner in clause.prep_objects(token, "of"):
        names += [c for c in clause.children(inner, "appos") if c.ent_type_ == "PERSON"]
    if _is_said_of_subject(token):
        names += [t for t in clause.subjects(token.head) if t.pos_ in {"PROPN", "PRON"}]
    return names


def _is_said_of_subject(token: Token) -> bool:
    """True for "X is president", not for "there are advisers"."""
    return token.dep_ == "attr" and not any(c.tag_ == "EX" or c.dep_ == "expl" for c in token.head.children)


def _bodies(token: Token, search: Search) -> list[Token]:
    """What a title is a title of, names first: "of the Guard", "Xian", "of the organisation Y"."""
    heads = clause.prep_objects(token, "of", "at", "in", "for", "from")
    heads = [h for h in heads if _long_title(token, h) not in search.scope.resolver.nouns.offices]
    inner = [
        c for h in heads for c in clause.children(h, "appos") if search.is_name(c) and c.ent_type_ != "PERSON"
    ]
    before = [t for t in token.subtree if t.i < token.i and t.dep_ in NAME_PARTS and search.is_name(t)]
    if token.dep_ in NAME_PARTS:
        before += [t for t in token.head.lefts if t.i < token.i and search.is_name(t)]
    ranked = [*inner, *heads, *before]
    return [t for t in ranked if search.is_name(t) or t.pos_ == "PROPN"] or heads


def _long_title(token: Token, head: Token) -> str:
    """ "secretary of state": a title that holds an "of" of its own."""
    return f"{token.lemma_.lower()} of {head.lower_}"


def _offices(person: Actor, token: Token, search: Search, *, old: bool) -> list[Actor]:
    """The bodies of which the catalogue knows this person to hold, or to have held, the office that the title names."""
    resolver = search.scope.resolver
    catalogue, day = resolver.actors, resolver.day
    if person.id is None or person.id not in catalogue or day is None:
        return []
    longer = [_long_title(token, h) for h in clause.prep_objects(token, "of")]
    title = next((t for t in longer if t in resolver.nouns.offices), phrase_of(token, resolver.nouns.offices))
    office = resolver.nouns.offices.get(title, title)
    roles = catalogue[person.id].roles if old else catalogue.offices_of(person.id, day)
    held = [role.of for role in roles if role.office.endswith(office)]
    bodies = [catalogue[of] for of in held[:1] if of in catalogue]
    return [Actor(body.name, body.id, country=body.country, sector=body.sector) for body in bodies]


def by_bond(token: Token, rule: RelationRule, search: Search) -> Iterator[Relation]:
    """ "its ally X", "Israel's ally the US", "a proxy of X", "X and Y are enemies"."""
    one_side = list(clause.children(token, "poss")) or clause.prep_objects(token, "of", "to")
    if token.pos_ == "ADJ":  # "its proxy Hezbollah", where the tagger takes the noun for an adjective
        one_side = [c for c in token.head.lefts if c.dep_ == "poss"] if token.dep_ == "amod" else []
        others = [token.head] if search.is_name(token.head) else []
    elif _is_said_of_subject(token):
        others = clause.expand(clause.subjects(token.head))
        if len(others) > 1 and not one_side:
            others, one_side = others[:1], others[1:]
    elif (called := clause.named_as(token)) is not None:  # "calls X an arm of Y", "regards X as an ally of Y"
        others = clause.patients(called)
    else:
        others = _named_by(token, search)
    for a in search.resolve(clause.expand(others)):
        for b in search.resolve([_whose(one, search) for one in clause.expand(one_side)]):
            yield from make(a, rule, b, None, token, search)


def _whose(token: Token, search: Search) -> Token:
    """Whose friend it is that somebody attacks: not the attacker's ("the army hit Xian posts and those of its proxy")."""
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    sense = match(verb, search.lexicon) if verb is not None and token.tag_ == "PRP$" else None
    if verb is None or sense is None or token.i < verb.i or not sense.pattern.rule.act.startswith("ASSAULT"):
        return token
    return next((t for t in reversed(verb.doc[verb.i : token.i]) if search.is_name(t)), token)


def _named_by(token: Token, search: Search) -> list[Token]:
    """Whom a word such as "ally" or "proxy" stands for: its apposition, the name that it precedes, the adjective before it."""
    found = list(clause.children(token, "appos"))
    found += [token.head] if token.dep_ in {"appos", "compound", "nmod"} else []
    found += [t for t in token.lefts if t.dep_ in {"amod", "compound"} and search.is_name(t)]
    if not found:
        after = token.doc[token.i + 1 : token.i + 4]
        if after and (search.is_name(after[0]) or after[0].lower_ == "the"):
            found = [t for t in after if search.is_name(t)][:1]
    return found


def by_act(token: Token, rule: RelationRule, search: Search) -> Iterator[Relation]:
    """ "backing from X for Y", "X's support of Y", "coordination between X and Y"."""
    if modality_of(token, search.lexicon) == "planned-or-possible":
        return  # aid or an attack to come is an act, it makes no friend or foe yet
    doers, targets = _act_doers(token, rule, search), clause.prep_objects(token, *rule.toward)
    between = search.resolve(clause.expand(clause.prep_objects(token, "between")))
    pair = between or (doers if rule.id in JOINT and not targets else [])
    if len(pair) > 1:
        yield from make(pair[0], rule, pair[1], None, token, search)
        return
    if not targets and rule.id == "backs":
        targets = _targets_above(token)
    for doer in doers:
        for target in search.resolve(clause.expand(targets[:2])):
            yield from make(doer, rule, target, None, token, search)


def _act_doers(token: Token, rule: RelationRule, search: Search) -> list[Actor]:
    heads = [*clause.children(token, "poss"), *clause.prep_objects(token, "from", "by")]
    heads += [t for t in token.lefts if t.dep_ in NAME_PARTS - {"poss"} and search.is_new_name(t, heads)]
    if rule.id in JOINT:
        heads = [
            t
            for h in heads
            for t in (h, *(c for c in h.children if c.dep_ in NAME_PARTS | {"conj"} and search.is_name(c)))
        ]
    if not heads and token.dep_ == "dobj":
        heads = clause.subjects(token.head)
    if not heads and token.dep_ == "pobj" and token.head.lower_ == "in" and token.head.dep_ == "prep":
        head = token.head.head  # "Iran, in conjunction with the group, runs ..."
        heads = clause.subjects(head) if head.pos_ == "VERB" else [head]
    return search.resolve(clause.expand(heads))


def _targets_above(token: Token) -> list[Token]:
    """Whom an act is for where its own words do not say: "with backing from X, he won", "gave backing to him"."""
    if token.dep_ == "pobj" and token.head.lower_ in {"with", "to"} and token.head.head.pos_ == "VERB":
        return clause.subjects(token.head.head)
    verb = clause.governor_verb(token)
    if verb is not None:
        return clause.prep_objects(verb, "to", "for")
    above = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    if above is None:
        return []
    return clause.patients(above) if clause.is_passive(above) else clause.subjects(above)


def by_hold(token: Token, rule: RelationRule, search: Search) -> Iterator[Relation]:
    """ "X has control of Y", "Y is under X's control", "areas outside the control of X"."""
    prep = token.head if token.dep_ == "pobj" else None
    if prep is not None and prep.lower_ in {"under", "outside", "beyond"}:
        holders = [*clause.children(token, "poss"), *clause.prep_objects(token, "of")]
        holders += [t for t in token.lefts if t.dep_ in NAME_PARTS and search.is_name(t)]
        land = clause.subjects(prep.head) if prep.head.pos_ in {"VERB", "AUX"} else [prep.head]
        modality: Modality | None = None if prep.lower_ == "under" else "denied"
    else:
        holders = [*clause.children(token, "poss"), *clause.prep_objects(token, "by")]
        holders += [t for t in token.lefts if t.dep_ in NAME_PARTS - {"poss"} and search.is_name(t)]
        if not holders and token.dep_ == "dobj" and token.head.lemma_ in search.words.having:
            holders = clause.subjects(token.head)
        land, modality = clause.prep_objects(token, "of", "over"), None
    where = next((p for head in clause.expand(land) for p in places_of(head, search.scope)), None)
    if where is None:
        return
    for holder in search.resolve(clause.expand(holders)):
        for relation in make(holder, rule, None, where.place, token, search):
            yield replace(relation, modality=modality) if modality else relation


def by_place(token: Token, rule: RelationRule, search: Search) -> Iterator[Relation]:
    """ "US bases in Erbil", "Iranian deployment in Syria", "X has camps in Y", "their largest base, ... in the city of X"."""
    scope = search.scope
    verb = token.head if token.dep_ == "dobj" and token.head.lemma_ in search.words.having else None
    spots = [
        p for p in scope.places if p.token.i > token.i and is_locative(p) and _stands_at(p.token, token, verb)
    ]
    if not spots:
        return
    owners = search.resolve(subjects_of(verb, search)) if verb is not None else []
    owners = owners or scope.resolver.owners(token, scope.here)
    verbless = verb is None and clause_of(token).pos_ == "VERB" and token.dep_ == "dobj"
    for owner in owners[:1]:
        for relation in make(owner, rule, None, spots[0].place, token, search):
            yield replace(relation, modality=presupposed(token)) if verbless else relation


def _stands_at(place: Token, noun: Token, verb: Token | None) -> bool:
    """True when a place depends on the noun, or on the verb that has it for an object, with no other verb between."""
    for above in place.ancestors:
        if above.i == noun.i or (verb is not None and above.i == verb.i):
            return True
        if above.pos_ in {"VERB", "AUX"} and above.tag_ != "VBN":
            return False
    return False


def phrase_of(token: Token, table: object) -> str:
    """The noun with the word before it where the table knows the two ("foreign minister"), else the noun."""
    before = [c.lower_ for c in token.lefts if c.dep_ in {"compound", "amod"}]
    pair = f"{before[-1]} {token.lemma_.lower()}" if before else ""
    return pair if pair and pair in table else token.lemma_.lower()  # type: ignore[operator]


def subjects_of(token: Token, search: Search) -> list[Token]:
    """Who does what the verb says; where the parser has two subjects ("X's ally the Y left"), the one with a name."""
    own = clause.children(token, "nsubj") if token.pos_ == "NOUN" else clause.subjects(token)
    doers = clause.expand(own)
    return [t for t in doers if t.lemma_.lower() not in search.words.bonds] or doers
