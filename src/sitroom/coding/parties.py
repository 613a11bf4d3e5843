"""Whom the slots of an act mean: places that are no parties, and parties named inside what is condemned, refused or asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sitroom.coding.modality import CONDEMNED_HARM, Act
from sitroom.coding.scope import Scope
from sitroom.language import clause
from sitroom.language.actors import AGAINST, as_actors
from sitroom.language.tree import Token
from sitroom.vocabulary import Actor

TOPICAL = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "CONCEDE"})
"""Acts of words: who is spoken to or of stands inside the topic."""
FORCES = frozenset({"GOV", "MIL", "COP", "REB", "UAF", "PRM"})
ASIDE = frozenset({"relcl", "advcl", "parataxis"})
RULED = frozenset(
    ["arrest", "ban", "censorship", "closure", "conviction", "crackdown", "curfew", "deportation", "detention", "dissolution",
     "eviction", "execution", "expulsion", "imprisonment", "jailing", "persecution", "prosecution", "repression", "restriction",
     "sentencing", "shutdown", "suppression", "suspension", "trial"]
)  # fmt: skip
"""What only those who rule a land do: who condemns it condemns them, unless it is said who did it."""
GIVEN_TO = frozenset({"aid.give", "retreat.return"})
COUNTERING = frozenset(
    {
        "counter",
        "deter",
        "confront",
        "contain",
        "repel",
        "resist",
        "fight",
        "intimidate",
        "attack",
        "bomb",
        "strike",
        "destroy",
        "storm",
    }
)
HELPING = frozenset({"help", "assist", "aid", "support", "back", "protect", "defend", "relieve"})
AWAITING = frozenset({"until", "till", "unless", "if"})
RULING = frozenset({"GOV", "MIL", "COP", "SPY"})
HARMED = ("on", "against", "of", "at", "in")
IN = frozenset({"in", "at", "near", "around", "inside", "outside"})


def resolve(heads: Iterable[Token], scope: Scope, *, owner: bool = True) -> tuple[Actor, ...]:
    """The actors that the phrases mean, each once; with `owner`, things stand for whoever owns them."""
    return as_actors([a for head in heads for a in scope.resolver.resolve(head, scope.here, owner=owner)])


def find_recipients(act: Act, actors: Sequence[Actor], scope: Scope) -> tuple[Actor, ...]:
    """Those the act is done to; a place that forces leave, enter or fight in is where, not whom."""
    spots = {p.token.i: p.slot for p in scope.places}
    named = scope.here.name_at
    held = _held(act, scope)
    heads = [
        t for t in act.recipients if not (t.i in spots and t.i not in named) and not _is_spot(act, t, spots)
    ]
    found = _blamed(act, scope) or held or resolve(heads, scope)
    if not found and act.type == "PROTEST":
        found = _opposed(act, scope)
    if not found and act.type in {"AID", "SANCTION", "COOPERATE"}:
        found = _party_before(act, scope) or (_helped_country(act, scope) if act.type == "AID" else ())
    if act.type == "ASSAULT" and not any(head.dep_ == "conj" for head in heads):
        found = (*found[:1], *without_own_forces(found[:1], found[1:]))
    doers = {actor.key for actor in actors}
    found = tuple(
        r for r in found if r.key not in doers and not (act.type == "THREATEN" and _is_own(r, actors))
    )
    if not found:
        found = tuple(a for a in _beyond_slots(act, scope) if a.key not in doers)
    unknown = any(head.pos_ == "PROPN" for head in heads)
    if not found and not unknown and _has_topic(act, actors):
        found = _in_topic(act, actors, doers, scope)
    return found


def _held(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """Who is struck in "shelled the rebel-held enclave": those who hold it."""
    if act.type not in {"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"}:
        return ()
    return as_actors([a for head in act.recipients for a in scope.resolver.holders(head, scope.here)])


def _blamed(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """Whose deed is condemned: "the arrest of monks by X"; with nobody named, the land's: "the closure of schools in X"."""
    deeds = [d for d in clause.patients(act.token) if d.lemma_ in RULED] if act.type == "ACCUSE" else []
    for deed in deeds:
        undergone = clause.prep_objects(deed, "of", "on", "against", "for", "from")
        doers = resolve([t for noun in (deed, *undergone) for t in clause.agents(noun)], scope)
        owners = resolve(clause.children(deed, "poss", "compound", "amod"), scope)
        if found := doers or tuple(owner for owner in owners if owner.id or owner.country):
            return found
        if not any(actor.id for actor in resolve(undergone, scope)):
            return tuple(_rulers(deed, scope))[:1]
    return ()


def _rulers(deed: Token, scope: Scope) -> Iterator[Actor]:
    """The land in which the deed was done, as the catalogue knows it, else the gazetteer."""
    after = deed.right_edge.i + 1  # "condemned the trial of X in Y": the parse may hang the land on the verb
    inside = [t for t in scope.here.doc if t.dep_ == "pobj" and t.head.lower_ in IN]
    inside = [t for t in inside if deed.is_ancestor(t) or t.head.i == after]
    spots = {p.token.i: p.place for p in scope.places}
    for token in inside:
        name, place = scope.here.name_at.get(token.i), spots.get(token.i)
        land = name.entry.country if name else place.country if place else None
        state = scope.resolver.actors.by_id.get(land or "")
        where = name or place
        if state is not None and where is not None:
            yield Actor(
                state.name, state.id, where.text, where.start, where.end, state.country, state.sector or "GOV"
            )


def _opposed(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """Whom "opponents of X" protest against."""
    heads = [head for head in act.actors if head.lemma_.lower() in AGAINST]
    against = [o for head in heads for o in clause.prep_objects(head, "of", "to")]
    after = (
        t.nbor(1) for t in clause.own_words(act.token) if t.lower_ == "protest" and t.head.lower_ == "in"
    )
    against += [o for t in after if t.lower_ in {"at", "against", "over"} for o in clause.children(t, "pobj")]
    return tuple(a for a in resolve(against, scope) if _is_known(a))


def without_own_forces(attacked: Sequence[Actor], harmed: Sequence[Actor]) -> list[Actor]:
    """Those harmed who are not plainly of those attacked: the soldiers killed in an attack on an army are its own."""
    armed = any(actor.sector in FORCES for actor in attacked)
    return [a for a in harmed if a.id or a.country or not (armed and a.sector in FORCES)]


def _is_own(recipient: Actor, actors: Sequence[Actor]) -> bool:
    """A minister who says what the army of his state will do does not threaten it."""
    lands = {actor.country for actor in actors if actor.country and actor.sector in RULING}
    return recipient.country in lands and recipient.sector in {"GOV", "MIL"}


def _beyond_slots(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """Whom the clause names elsewhere: against whom it is done, who is to be helped, who must act first."""
    if act.type == "MOBILIZE" and not act.nominal:  # "put jets on alert for a strike against X"
        aims = [o for t in act.token.subtree if t.lower_ == "against" for o in clause.children(t, "pobj")]
        purposes = (t for t in act.token.subtree if t.lemma_ in COUNTERING and clause.is_infinitive(t))
        aims += [
            o
            for t in purposes
            for p in clause.patients(t)
            for o in (p, *clause.prep_objects(p, "from", "by"))
        ]
        return resolve(aims, scope)[:1]
    if act.type in {"AGREE", "AID"} and not act.nominal:  # "offered to send troops to help X"
        help = (t for t in act.token.subtree if t.lemma_ in HELPING and clause.is_infinitive(t))
        if helped := resolve([o for t in help for o in clause.patients(t)], scope, owner=False)[:1]:
            return helped
    if far := _far_object(act, scope):
        return far
    hangs = act.type in {"REJECT", "THREATEN"} or {"future", "negated"} & set(act.notes)
    return _asked_first(act, scope) if hangs and not act.nominal else ()


def _far_object(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """ "Provided ammunition alongside aid to X": a party known by name, wherever the parse hangs its preposition."""
    prep = "on" if act.type == "SANCTION" else "to" if act.layers[0] in GIVEN_TO else ""
    preps = [t for t in clause.own_words(act.token) if t.lower_ == prep and t.i > act.core.i]
    for t in preps if not act.nominal else ():
        found = [a for a in resolve(clause.children(t, "pobj"), scope) if a.id or a.country]
        if found:
            return tuple(found)
    return ()


def _asked_first(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """ "Will strike unless X pays", "refuses to leave until X has been paid by Y": who must act first."""
    above = (act.token, *(t for t in act.token.ancestors if t.pos_ == "VERB"))
    for verb in (v for host in above for v in clause.children(host, "advcl")):
        if not any(c.lower_ in AWAITING and c.dep_ == "mark" for c in verb.children):
            continue
        own = {a.key for a in resolve(act.actors, scope)}
        for token in (t for t in verb.subtree if t.pos_ in {"VERB", "AUX"}):
            found = [a for a in resolve(clause.subjects(token), scope) if a.key not in own and _is_known(a)]
            if found:
                return tuple(found[:1])
    return ()


def _has_topic(act: Act, actors: Sequence[Actor]) -> bool:
    """True where the recipient may stand inside the topic; who fail to agree on X reject each other, who leaves X yields to nobody."""
    governed = act.core.i != act.token.i
    if act.reciprocal or act.type not in TOPICAL or (governed and len(actors) > 1):
        return False
    return act.type != "CONCEDE" or not governed


def _in_topic(act: Act, actors: Sequence[Actor], doers: Collection[str], scope: Scope) -> tuple[Actor, ...]:
    """The first party inside what is condemned, refused or asked: "rejected the claim that X won", "a ban on X's exports"."""
    spots = {p.token.i for p in scope.places if p.slot in IN}
    harmed = clause.prep_objects(act.core, *HARMED) if CONDEMNED_HARM in act.notes else ()
    own = {t.i for head in (*act.actors, *harmed) for t in head.subtree}
    for topic in _topics(act):
        for token in _words_of(topic):
            name = scope.here.name_at.get(token.i)
            if name is None and _is_title(token, scope):
                continue
            if name is not None and name.use == "capital" and token.dep_ in {"compound", "nmod"}:
                continue  # "welcomed the Nairobi accord"
            if token.i in spots or not (token.pos_ in {"NOUN", "PROPN"} or token.i in scope.here.name_at):
                continue
            if token.i in own:
                continue
            whose = token.dep_ == "poss" and token.head.lemma_ in clause.STANCES
            found = [a for a in resolve([token], scope, owner=False) if a.key not in doers]
            if found and whose and _is_own(found[0], actors):  # "conveyed Pakistan's support for X"
                continue
            if found and (_is_known(found[0]) or token.ent_type_ == "PERSON"):
                return tuple(found)
    return ()


def _is_title(token: Token, scope: Scope) -> bool:
    """ "The resignation of Prime Minister X": the name after the title says who it is."""
    head = token
    while head.dep_ == "compound":
        head = head.head
    return head.i != token.i and head.i in scope.here.name_at


def _is_known(actor: Actor) -> bool:
    return bool(actor.id or actor.country or actor.sector)


def _topics(act: Act) -> Iterator[Token]:
    """What the act is about: its clause (the subject first), its object, then the objects of its prepositions."""
    for word in dict.fromkeys((act.token, act.core)):
        for said in clause.children(word, "ccomp"):
            if act.type == "THREATEN":  # "threatened that it would act against X"
                yield from clause.patients(said) or clause.prep_objects(said, "against", "on", "at")
            else:
                yield from clause.subjects(said) or clause.patients(said)
        if word.pos_ == "VERB":
            yield from clause.patients(word)
            for thing in clause.patients(word):  # "the announcement that X won", "a law that X passed"
                if thing.lemma_.lower() in clause.HAPPENINGS:  # but "the attack, in which ten men died"
                    continue
                yield from (s for c in clause.children(thing, "relcl", "acl") for s in _own_subject(c))
        yield from clause.prep_objects(
            word, "to", "on", "against", "over", "about", "for", "of", "from", "by"
        )


def _own_subject(verb: Token) -> list[Token]:
    return [s for s in clause.children(verb, *clause.SUBJECT) if s.tag_ not in clause.RELATIVE_TAGS]


def _words_of(topic: Token) -> list[Token]:
    """The words of a phrase in order, without the clauses that only tell more of one of them."""
    left_out = {w.i for t in topic.subtree if t.dep_ in ASIDE and t.i != topic.i for w in t.subtree}
    return [t for t in topic.subtree if t.i not in left_out]


def _helped_country(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """Aid given in or to a country with no other recipient named is aid to that country."""
    for span in scope.places:
        state = scope.resolver.actors.by_id.get(span.place.country or "")
        if state is not None and span.slot in {"in", "to", "into"} and act.token.is_ancestor(span.token):
            place = span.place
            return (
                Actor(state.name, state.id, place.text, place.start, place.end, state.country, state.sector),
            )
    return ()


def _is_spot(act: Act, token: Token, spots: Mapping[int, str]) -> bool:
    """True when the token stands for a place that the act happens in, comes from or goes to, not for a party."""
    slot = spots.get(token.i)
    if act.type in {"RETREAT", "CONCEDE", "MOBILIZE"}:
        return slot not in {None, "with"} and (act.mode != "release" or slot != "object")
    if act.type == "ASSAULT" and slot in {"into", "from", "across", "over"}:
        return True
    if act.type == "ASSAULT" and slot == "at":  # fired at the capital: at those who rule there
        return False
    return act.type != "AID" and slot in IN


def _party_before(act: Act, scope: Scope) -> tuple[Actor, ...]:
    """The manual wants a recipient of aid and sanctions: the last party that a clause above names ("ally of X as it armed")."""
    if act.token.dep_ == "compound":  # "a trade agreement"
        return ()
    for ancestor in act.token.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            if act.nominal:
                return resolve(clause.subjects(ancestor), scope, owner=False)
            names = [
                t
                for t in ancestor.subtree
                if t.i < act.token.i and t.i in scope.here.name_at and t.dep_ in {"pobj", "dobj", "attr"}
            ]
            spots = {p.token.i for p in scope.places if p.slot in {"in", "near", "from"}}
            for token in reversed(names):
                if token.i not in spots:
                    return resolve([token], scope, owner=False)
    return ()
