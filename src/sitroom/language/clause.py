"""Who fills which slot of a clause: subjects, objects and prepositional objects, with control, passives and relatives.

All functions take tokens of a parsed spaCy Doc with the English dependency labels (CLEAR style) and return head
tokens of noun phrases. Control and raising follow Huddleston & Pullum (2002), chapter 14.
"""

from collections.abc import Iterable, Iterator

from sitroom.language.tree import Token
from sitroom.vocabulary.world import CALENDAR

SUBJECT = {"nsubj", "csubj"}
PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
RELATIVE_TAGS = {"WDT", "WP", "WP$"}
SUBJECT_CONTROL = frozenset(
    ["promise", "vow", "threaten", "agree", "pledge", "use", "offer", "swear", "undertake", "say", "take", "hold",
     "make", "reach", "sign", "spend", "give"]
)  # fmt: skip
SOURCES = frozenset(["according", "due", "thanks", "owing", "prior"])
"""Words whose "to" names no party of the act."""
MANNER = frozenset(
    ["request", "invitation", "behest", "urging", "head", "expense", "cost", "level", "time", "end", "start", "height", "moment",
     "stage", "point", "dawn", "night", "gunpoint", "speed", "rate", "peak"]
)  # fmt: skip
"""What stands after "at" without being aimed at."""
TRANSPARENT = frozenset(
    ["number", "group", "dozen", "hundred", "thousand", "score", "series", "string", "wave", "handful", "couple",
     "range", "majority", "lot", "part", "kind", "type", "sort", "member", "pair", "team", "unit", "batch", "piece",
     "some", "most", "many", "several", "all", "any", "each", "one", "two", "three", "ten", "million", "round", "set",
     "crowd", "contingent", "convoy", "total", "half", "rest", "bulk", "tens", "hundreds", "thousands", "dozens",
     "number", "%", "cent", "percent", "worth"]
)  # fmt: skip


def is_passive(token: Token) -> bool:
    """True for a passive verb form, reduced relatives ("hit by") included."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    deps = {child.dep_ for child in token.children}
    if "auxpass" in deps or "nsubjpass" in deps:
        return True
    if token.tag_ == "VBN" and token.dep_ in {"acl", "advcl"} and "aux" not in deps:
        return True
    if token.tag_ == "VBN" and token.dep_ == "conj" and not deps & {"nsubj", "aux"}:
        return is_passive(token.head)
    return token.tag_ == "VBN" and "agent" in deps and "aux" not in deps


def is_infinitive(token: Token) -> bool:
    """True for "to leave"."""
    return any(child.tag_ == "TO" for child in token.children)


def is_for_to(token: Token) -> bool:
    """True for the clause of "called for the army to leave"."""
    return is_infinitive(token) and any(child.lower_ == "for" for child in children(token, "mark"))


def conjuncts(head: Token) -> list[Token]:
    """The noun phrase head and the heads coordinated with it, in order."""
    found = [head]
    for child in head.children:
        listed = (
            child.dep_ == "appos"
            and child.pos_ == "PROPN"
            and any(c.dep_ in {"cc", "conj"} for c in child.children)
        )
        if listed or (child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}):
            found.extend(conjuncts(child))
    return found


def expand(heads: Iterable[Token]) -> list[Token]:
    """All conjuncts of all heads, each once."""
    found: list[Token] = []
    for head in heads:
        found.extend(token for token in conjuncts(head) if token not in found)
    return found


def is_date(token: Token) -> bool:
    """A day, month or time, by the model's label or by its name."""
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_.rstrip(".") in CALENDAR


HAPPENINGS = frozenset(
    ["attack", "strike", "airstrike", "raid", "blast", "bombing", "explosion", "shelling", "clash", "shooting", "ambush", "assault",
     "massacre", "killing", "battle", "siege", "incident", "operation", "offensive", "protest", "event", "meeting", "talk", "talks",
     "summit", "conference", "visit"]
)  # fmt: skip
"""Nouns of what happens somewhere on some day."""
STANCES = frozenset(
    {"support", "solidarity", "commitment", "backing", "readiness", "determination", "pledge", "concern"}
)
"""What somebody holds towards others; who voices it for its owner is not its object."""
FORWARD = frozenset(
    ["plan", "expect", "due", "set", "schedule", "slate", "promise", "agree", "intend", "prepare", "vow", "order", "invite", "ask",
     "urge", "ready", "likely", "want", "hope", "pledge", "demand", "call", "offer", "threaten", "about", "go", "poise"]
)  # fmt: skip
"""Words whose infinitive lies ahead: "is due to meet on Friday"."""


def is_ahead(token: Token) -> bool:
    """True where the clause of the token tells of what is to come: "will meet on Friday", "talks planned for May"."""
    for step in (token, *token.ancestors):
        if step.pos_ not in {"VERB", "AUX"}:
            continue
        helpers = {child.lower_ for child in step.children if child.dep_ == "aux"}
        if helpers & {
            "will",
            "shall",
            "'ll",
            "’ll",
            "would",
            "wo",
            "must",
            "should",
            "may",
            "might",
            "can",
            "could",
        }:
            return True
        if "to" in helpers:
            if step.head.lemma_.lower() in FORWARD or step.head.lemma_ == "be":
                return True
        elif step.tag_ == "VBN" and step.lemma_ in {"schedule", "plan", "expect", "slate"}:
            return True
        elif step.tag_ not in {"VBG", "VB"}:
            return False
    return False


def _noun_of(token: Token) -> Token:
    """A subject that the tagger takes for a preposition ("Barack Obama") is headed by its object."""
    return next(children(token, "pobj"), token) if token.tag_ == "IN" else token


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.tag_ not in RELATIVE_TAGS:
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return _deed_before(ancestor) or ancestor.head
    return token


HARMING = frozenset({"kill", "wound", "injure", "destroy", "damage", "displace", "claim"})


def _deed_before(verb: Token) -> Token | None:
    """ "An attack on a post that killed seven": the attack killed them, not the post."""
    above = verb.head.head.head if verb.head.dep_ == "pobj" else None
    deed = (
        above is not None
        and verb.lemma_ in HARMING
        and above.lemma_.lower() in HAPPENINGS
        and not is_passive(verb)
    )
    return above if deed else None


def children(token: Token, *deps: str) -> Iterator[Token]:
    """Children of `token` with one of the dependency labels."""
    return (child for child in token.children if child.dep_ in deps)


def agents(token: Token) -> list[Token]:
    """Objects of "by" that depend on a passive verb or a noun."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found.extend(c for c in child.children if c.dep_ == "pobj")
    return found


def _far_agents(token: Token) -> list[Token]:
    """ "Was placed under arrest by the police", "was told to leave by the junta": the agent hangs on what comes between."""
    between = [o for prep in children(token, "prep") for o in children(prep, "pobj")]
    between += [c for c in children(token, "xcomp") if is_infinitive(c)]
    found = [agent for word in between for agent in agents(word)]
    return [
        t
        for t in found
        if t.pos_ == "PROPN" or t.ent_type_ or any(c.dep_ in {"amod", "poss", "det"} for c in t.lefts)
    ]


TELLING = frozenset(
    ["urge", "accuse", "condemn", "denounce", "demand", "call", "warn", "appeal", "vow", "blame", "pledge", "promise",
     "threaten", "criticise", "criticize", "ask", "announce", "reject", "deny", "welcome", "praise"]
)  # fmt: skip
"""What is done in words, by those who tell."""


def subjects(token: Token, depth: int = 0) -> list[Token]:
    """Heads of the noun phrases that do what `token` says, through control, raising, relatives and coordination."""
    if depth > 8:
        return []
    if token.pos_ in {"NOUN", "PROPN"}:
        return noun_subjects(token, depth)
    if is_passive(token):
        return agents(token) or _far_agents(token)
    own = [_noun_of(antecedent(child)) for child in children(token, *SUBJECT) if child.tag_ != "EX"]
    if len(own) == 1 and own[0].tag_ == "VBG":  # "shelling by the army wounded two"
        own = agents(own[0]) or own
    if own:
        return own
    return _inherited(token, depth)


def _inherited(token: Token, depth: int) -> list[Token]:
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return []
    if dep in {"xcomp", "ccomp", "acomp", "oprd", "attr", "advcl"}:
        return _controller(token, head, depth)
    if dep == "conj":
        if _tells_beside(token, head):
            return subjects(head.head, depth + 1)
        return patients(head) if is_passive(head) and not agents(head) else subjects(head, depth + 1)
    if dep == "relcl":
        return [head]
    if dep == "acl":
        if token.tag_ in {"VBG"}:
            return (
                [head] if not _is_event_like(head) else noun_subjects(head, depth + 1) or _issuer(head, depth)
            )
        return noun_subjects(head, depth + 1)
    if dep == "pcomp":
        return _controller(token, head.head, depth) if head.head.i != head.i else []
    if dep == "prep" and head.pos_ == "VERB":
        return subjects(head, depth + 1)
    return []


def _tells_beside(token: Token, head: Token) -> bool:
    """ "The embassy said two were hurt and urged ...": who tells urges, not those told of, who did nothing that is told."""
    told = head.dep_ == "ccomp" and head.head.lemma_ in {"say", "add", "report", "state"}
    plain = token.tag_ == "VBD" and not any(c.dep_ in {"aux", "auxpass"} for c in token.children)
    if not (told and plain and token.lemma_ in TELLING) or any(
        c.lower_ == "that" for c in children(head, "mark")
    ):
        return False
    idle = (
        is_passive(head)
        or head.lemma_ == "be"
        or any(c.lower_ in {"it", "there", "this"} for c in children(head, "nsubj", "expl"))
    )
    return idle and not agents(head)


def _controller(token: Token, governor: Token, depth: int) -> list[Token]:
    """Object control where the governor has an object of its own, else subject control."""
    if governor.pos_ in {"NOUN", "PROPN"}:
        return noun_subjects(governor, depth + 1)
    if is_passive(governor):
        return agents(governor) if governor.lemma_ in {"use", "need"} else patients(governor)
    if (
        token.dep_ != "advcl"
        and governor.lemma_ not in SUBJECT_CONTROL
        and token.head.lower_ not in MEANWHILE
    ):
        objects = [child for child in children(governor, "dobj") if not _is_event_like(child)]
        if objects:
            return objects
    return subjects(governor, depth + 1)


MEANWHILE = frozenset(
    ["after", "before", "while", "when", "by", "without", "despite", "upon", "besides", "in", "on"]
)
"""Prepositions before what the subject of the clause does as well: "left the town after burning it"."""


def _is_event_like(token: Token) -> bool:
    """An inanimate plan, effort or decision whose own possessor acts, not the noun itself."""
    return token.lemma_ in {
        "plan", "effort", "attempt", "decision", "campaign", "operation", "talk", "bid", "move", "threat", "offer",
        "agreement", "deal", "strike", "attack", "role", "statement", "resolution", "law", "order", "step", "report", "letter", "lawsuit",
        "petition", "complaint", "message", "note", "declaration", "decree", "bill", "motion", "communique",
    }  # fmt: skip


def _issuer(token: Token, depth: int) -> list[Token]:
    """ "Put out a report accusing X": who issues it accuses."""
    verb = governor_verb(token) if token.dep_ == "dobj" else None
    return subjects(verb, depth + 1) if verb is not None else []


def noun_subjects(token: Token, depth: int = 0) -> list[Token]:
    """Who does what an event noun says: possessor, "by", "between", or the subject of the verb that governs it."""
    found = [antecedent(child) for child in children(token, "poss")]
    found += agents(token)
    found += prep_objects(token, "between", "among")
    for child in children(token, "acl"):
        if child.tag_ == "VBN":
            found += agents(child)
    if not found:  # "the arrest of X by Y", where the parse hangs the agent on X
        found = [agent for o in _own_prep_objects(token, ("of",)) for agent in agents(o)]
    return found


def named_as(token: Token) -> Token | None:
    """The verb that calls its object what the noun says: "calls X an ally", "regards X as an ally"."""
    if token.dep_ == "oprd" and token.head.pos_ == "VERB":
        return token.head
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else None
    return (
        verb
        if verb is not None and verb.lemma_ in {"regard", "see", "view", "describe", "consider", "denounce"}
        else None
    )


def governor_verb(token: Token) -> Token | None:
    """The verb of which the noun is an object (through conjuncts, or "of" after a quantity noun)."""
    head = token
    for _ in range(6):
        if head.dep_ == "conj" and head.head.i != head.i:
            head = head.head
        elif head.dep_ in {"pobj"} and head.head.lower_ == "of" and head.head.head.lemma_ in TRANSPARENT:
            head = head.head.head
        else:
            break
    if head.dep_ in {"dobj", "nsubjpass", "attr", "oprd"} and head.head.pos_ in {"VERB", "AUX"}:
        return head.head
    if head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.pos_ == "VERB":
        return head.head.head
    return None


def patients(token: Token) -> list[Token]:
    """Heads of what the verb does it to: direct object, passive subject, the noun that a participle describes."""
    found = [antecedent(c) for c in children(token, "dobj", *PASSIVE_SUBJECT) if not _is_expletive(c)]
    if found or token.pos_ not in {"VERB", "AUX"}:
        return found
    if not is_passive(token) and all(
        c.dep_ in {"conj", "cc", "punct"} for c in token.rights
    ):  # "killed or wounded ten"
        for other in children(token, "conj"):
            if other.pos_ == "VERB" and not any(children(other, *SUBJECT, *PASSIVE_SUBJECT)):
                return patients(other)
    if is_passive(token):
        if any(children(token, "nsubj")):  # "rockets fired by X hit ...", a main verb to the parser
            return [antecedent(child) for child in children(token, "nsubj")]
        if token.dep_ in {"acl", "advcl"}:
            return [token.head] if token.dep_ == "acl" else subjects(token.head, 1)
        if token.dep_ == "conj":
            return patients(token.head) if is_passive(token.head) else subjects(token.head, 1)
        if token.dep_ == "xcomp":
            return _controller(token, token.head, 1)
    if token.dep_ == "relcl":
        own = [child for child in children(token, *SUBJECT) if child.tag_ not in RELATIVE_TAGS]
        if own:
            return [token.head]
    return found


def _is_expletive(token: Token) -> bool:
    """ "It was agreed that they would leave": the clause is what was agreed, and "it" nobody."""
    return token.lower_ == "it" and token.dep_ == "nsubjpass" and any(children(token.head, "ccomp"))


def prep_objects(token: Token, *preps: str) -> list[Token]:
    """Objects of the named prepositions ("to" also of a dative) that depend on the token.

    Where none does, those of the quantity that counts it ("hundreds of strikes on X") or of its own object ("held talks
    on Y with X"), since attachment of prepositions is where parsers err most.
    """
    found = _own_prep_objects(token, preps)
    if found:
        return found
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in TRANSPARENT:
        return _own_prep_objects(token.head.head, preps)
    if token.pos_ == "VERB":
        for child in children(token, "dobj", "nsubjpass"):
            inner = [
                o
                for c in children(child, "prep")
                if c.lower_ in {"of", "in", "worth"}
                for o in children(c, "pobj")
            ]
            found += _own_prep_objects(child, preps) or [
                o for i in inner for o in _own_prep_objects(i, preps)
            ]
    elif "between" in preps and token.dep_ == "nsubj":
        found = [
            o
            for t in token.head.subtree
            if t.lower_ == "between" and t.i > token.i
            for o in children(t, "pobj")
            if any(children(o, "conj"))
        ]
    return found


def own_words(token: Token) -> list[Token]:
    """The words of the token's phrase or clause, without the relative clauses in it."""
    aside = {w.i for t in token.subtree if t.dep_ == "relcl" and t.i != token.i for w in t.subtree}
    return [t for t in token.subtree if t.i not in aside]


def _own_prep_objects(token: Token, preps: tuple[str, ...]) -> list[Token]:
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in {"prep", "dative", "agent"} and child.lower_ in preps:
            objects = [o for o in children(child, "pobj") if not is_date(o)]
            if child.lower_ == "at":  # "at the request of X", "at the head of a force"
                objects = [o for o in objects if o.lemma_.lower() not in MANNER]
            if (
                not objects and child.lower_ != "with"
            ):  # "fired at supporters trying to cross", parsed as a clause
                objects = [
                    o for c in children(child, "pcomp") if c.tag_ == "VBG" for o in children(c, "nsubj")
                ]
            if not objects:  # "out of", "because of"
                objects = [o for c in children(child, "prep", "pcomp") for o in children(c, "pobj")]
            found += objects
        elif child.dep_ == "dative" and "to" in preps and child.pos_ != "ADP":
            found.append(child)
        elif child.dep_ in {"prt", "advmod", "prep"} and child.lower_ not in SOURCES:  # "pull out of"
            found += [o for c in children(child, "prep") if c.lower_ in preps for o in children(c, "pobj")]
    return found


def through_quantity(token: Token) -> Token:
    """From "dozens of prisoners" to "prisoners"."""
    for _ in range(3):
        if token.lemma_.lower() not in TRANSPARENT and token.pos_ != "NUM":
            return token
        inner = [
            o for child in children(token, "prep") if child.lower_ == "of" for o in children(child, "pobj")
        ]
        if not inner:
            return token
        token = inner[0]
    return token
