"""Acts in a parsed sentence: match the lexicon, link each act to the words that govern it, read the layers inside out.

The method is compositional: a core (strike, leave, talk) is what is or would be done, and each governing word
(began, promised, demanded, refused, denied, will, not) turns it once, by tables in the lexicon.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Span, Token

from sitroom.coding.lexicon import GROUP_OF, Lexicon, Pattern, RuleEntry, Word
from sitroom.language import clause
from sitroom.vocabulary import Modality

COMPLEMENT = {
    "xcomp",
    "ccomp",
    "dobj",
    "nsubjpass",
    "attr",
    "oprd",
    "acomp",
    "pobj",
    "pcomp",
    "acl",
    "conj",
    "dative",
}
NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})
LONG_WORD = 5
"""Of a longer verb that it does not know the lemmatizer may have cut the final e."""
PHRASAL = frozenset({"off", "out", "up", "down", "back", "away", "over"})
REPORTING = frozenset({"say", "claim", "announce", "imply", "light", "phase"})
REFUSABLE = frozenset({"allow", "agree", "promise"})
LENDING = frozenset({"light", "phase", "order", "try", "want", "fail"})
PERSONAL = frozenset(["he", "she", "him", "her", "who", "whom"])
LENDING = frozenset({"light", "phase", "order", "try", "want", "fail", "expect"})
INTRANSITIVE = frozenset({"phase", "end", "depend", "expect", "cancel", "fail"})
CERTAINTY: dict[Modality, int] = {
    "asserted": 0,
    "alleged": 1,
    "planned-or-possible": 2,
    "hypothetical": 3,
    "denied": 4,
}


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


@dataclass(frozen=True, slots=True)
class Act:
    """What one word and the words governing it say was done, with the head tokens of those in its roles.

    `layers` names the rules from the inside out; `speakers` are heads of those who say so.
    """

    token: Token
    core: Token
    type: str
    mode: str | None
    layers: tuple[str, ...]
    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()
    speakers: tuple[Token, ...] = ()
    speech: Token | None = None
    modality: Modality = "asserted"
    reciprocal: bool = False
    nominal: bool = False
    conditional: bool = False
    contexts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Scene:
    """One sentence with the senses found in it; settings say how modality turns an act."""

    doc: Doc | Span
    lexicon: Lexicon
    turning: bool = False
    senses: dict[int, Sense] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)


def find_acts(doc: Doc | Span, lexicon: Lexicon, *, turning: bool = False) -> list[Act]:
    """All acts of the sentence, outermost reading of each first.

    `turning` applies the benchmark's table for negated and future acts to every act (PLV labels); otherwise
    modality is kept apart from the type.
    """
    scene = Scene(doc, lexicon, turning)
    for token in doc:
        sense = match(token, lexicon)
        if sense is not None:
            scene.senses[token.i] = sense
    _drop_parts(scene)
    acts: list[Act] = []
    denials: list[Sense] = []
    for sense in sorted(scene.senses.values(), key=lambda s: (_depth(s.token), s.token.i)):
        if sense.token.i in scene.consumed:
            continue
        found = read(sense, scene)
        if len(found) == 1 and _denies_before(sense):
            denials.append(sense)
        else:
            acts.extend(found)
    return acts + [denied for sense in denials for denied in _deny(sense, acts, scene)]


def _denies_before(sense: Sense) -> bool:
    """ "..., which the army denied": what stands before is denied."""
    which = any(c.lower_ == "which" and c.dep_ in {"dobj", "nsubjpass"} for c in sense.token.children)
    return sense.pattern.rule.turns in {"deny", "refuse"} and sense.token.dep_ == "relcl" and which


def _deny(sense: Sense, acts: Sequence[Act], scene: Scene) -> list[Act]:
    """The acts told before in the sentence, denied by the subject of the denying verb."""
    speakers = tuple(clause.expand(clause.subjects(sense.token)))
    before = [act for act in acts if act.token.i < sense.token.i and not act.nominal]
    layer = sense.pattern.rule.id
    return [
        replace(act, modality="denied", speakers=speakers, speech=sense.token, layers=(*act.layers, layer))
        for act in before[-1:]
    ] or read(sense, scene)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _drop_parts(scene: Scene) -> None:
    """A word that belongs to the pattern of another sense ("talks" in "hold talks" as one idiom) is no sense of its own."""
    inside = {word.i for sense in scene.senses.values() for word in sense.words}
    for i in inside & scene.senses.keys():
        del scene.senses[i]


# -- matching ---------------------------------------------------------------------------------------------------------


def match(token: Token, lexicon: Lexicon) -> Sense | None:
    """The best sense of the word in its surroundings, None if the lexicon knows none. Each token is matched once."""
    known: dict[int, Sense | None] = token.doc.user_data.setdefault(f"senses {id(lexicon)}", {})
    if token.i not in known:
        known[token.i] = _match(token, lexicon)
    return known[token.i]


def _match(token: Token, lexicon: Lexicon) -> Sense | None:
    lemma = token.lemma_.lower()
    if token.dep_ in {"aux", "auxpass"}:
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
        if pattern.rule.needs == "clause" and not _has_clause(token):
            continue
        if (
            lemma == "blame" and token.dep_ == "xcomp" and token.head.lemma_ == "be"
        ):  # "is to blame" blames the subject
            return None
        words = fit(token, pattern, lexicon)
        if words is not None and not _excluded(token, pattern, lexicon):
            return Sense(token, pattern, words)
    return None


def _has_clause(token: Token) -> bool:
    """True when a clause says what is asked; "asked why" is a question."""
    for child in clause.children(token, "xcomp", "ccomp", "acl"):
        if not any(c.tag_ in {"WRB", "WP"} for c in child.children):
            return True
    return False


def _excluded(token: Token, pattern: Pattern, lexicon: Lexicon) -> bool:
    """True when the object belongs to a class that the rule excludes: fires are fought, too."""
    if not pattern.rule.excludes:
        return False
    if token.pos_ in {"NOUN", "PROPN"}:
        heads = clause.prep_objects(token, "on", "against", "of", "with")
    else:
        heads = clause.patients(token) + clause.prep_objects(token, "against", "with", "for")
    return any(
        in_class(head, name, lexicon) for head in clause.expand(heads) for name in pattern.rule.excludes
    )


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
        if _is_word(child, word) and child.dep_ not in {"nsubj", "conj", "cc"}:
            return child
    for child in token.children:
        if child.dep_ in {"prep", "prt", "advmod", "dobj", "acomp", "xcomp", "ccomp", "oprd"}:
            for grandchild in child.children:
                if _is_word(grandchild, word) and grandchild.i > token.i:
                    return grandchild
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        after
        if after is not None and _is_word(after, word) and after.pos_ in {"ADP", "ADV", "PART"}
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
        heads = clause.patients(token) + list(clause.children(token, "dative", "attr"))
    else:
        heads = list(clause.children(anchor, "pobj", "pcomp", "dobj"))
    for head in clause.expand(heads):
        if in_class(head, name, lexicon):
            return head
    return None


def in_class(token: Token, name: str, lexicon: Lexicon) -> bool:
    """True when the head noun, a noun compounded with it, or what a quantity counts belongs to the class."""
    words = lexicon.classes[name]
    head = clause.through_quantity(token)
    for candidate in (token, head):
        if candidate.lemma_.lower() in words or candidate.lower_ in words:
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


# -- reading ----------------------------------------------------------------------------------------------------------


def governed(token: Token, scene: Scene, depth: int = 0) -> Iterator[Sense]:
    """Senses that the word governs: its complements, through light nouns and quantities, with their conjuncts."""
    if depth > 3:
        return
    for child in token.children:
        if child.dep_ in {"prep", "agent"}:
            if child.lower_ not in {
                "by",
                "after",
                "before",
                "during",
                "since",
                "amid",
                "despite",
                "until",
                "following",
                "in",
            } or (
                child.lower_ == "in"
                and token.lemma_
                in {
                    "participate",
                    "succeed",
                    "engage",
                    "interest",
                    "take",
                }
            ):
                yield from governed(child, scene, depth + 1)
            continue
        if child.dep_ == "nsubj" and depth == 0 and _governs_subject(token, scene):
            if child.i in scene.senses:
                yield scene.senses[child.i]
            continue
        if child.dep_ not in COMPLEMENT or (child.dep_ == "conj" and depth == 0):
            continue
        if child.dep_ == "conj" and child.head.i in scene.senses:
            continue
        sense = scene.senses.get(child.i)
        if sense is not None:
            yield sense
        else:
            yield from governed(child, scene, depth + 1)


def _governs_subject(token: Token, scene: Scene) -> bool:
    """ "Talks began", "the truce collapsed", "withdrawal depends on": intransitive governing words take their subject."""
    sense = scene.senses.get(token.i)
    return (
        sense is not None
        and sense.pattern.rule.turns in INTRANSITIVE
        and not any(clause.children(token, "dobj", "xcomp", "ccomp"))
    )


def read(sense: Sense, scene: Scene) -> list[Act]:
    """The acts that this sense and what it governs express; marks what it takes in as consumed."""
    rule = sense.pattern.rule
    inner = [s for s in governed(sense.token, scene) if s.token.i not in scene.consumed] if rule.turns else []
    if not inner:
        if rule.turns == "say":
            return _obliged(sense, scene)
        return [] if not rule.act else [_core(sense, scene)]
    acts: list[Act] = []
    for number, child in enumerate(inner):
        scene.consumed.add(child.token.i)
        for act in read(child, scene):
            acts.extend(turn(sense, act, scene, first=number == 0 and not acts))
        for conjunct in _verb_conjuncts(child, scene):
            scene.consumed.add(conjunct.token.i)
            for act in read(conjunct, scene):
                acts.extend(turn(sense, act, scene, first=not acts))
    if not acts and rule.act:
        return [_core(sense, scene)]
    return acts


def _obliged(sense: Sense, scene: Scene) -> list[Act]:
    """ "A said B must do it" asks something of B, whatever B must do; "A said B was responsible" accuses B."""
    for child in clause.children(sense.token, "ccomp"):
        if auxiliaries(child) & {"should", "must", "ought"} or child.lemma_ == "need" or _has_to(child):
            speakers = tuple(clause.expand(clause.subjects(sense.token)))
            asked = tuple(
                t
                for t in clause.expand(clause.subjects(child) or clause.patients(child))
                if t not in speakers
            )
            made = Act(
                sense.token, child, "REQUEST", None, ("obliged", sense.pattern.rule.id), speakers, asked
            )
            return [_framed(sense.token, replace(made, speakers=speakers, speech=sense.token))]
        blamed = next(
            (
                c
                for c in clause.children(child, "acomp", "xcomp")
                if c.lower_ in {"responsible", "guilty", "blame"}
            ),
            None,
        )
        if blamed is not None:
            speakers = tuple(clause.expand(clause.subjects(sense.token)))
            accused = tuple(clause.expand(clause.subjects(child)))
            return [
                Act(
                    sense.token,
                    child,
                    "ACCUSE",
                    "allege",
                    ("blamed", sense.pattern.rule.id),
                    speakers,
                    accused,
                )
            ]
    return []


def _verb_conjuncts(sense: Sense, scene: Scene) -> Iterator[Sense]:
    """Verbs and nouns coordinated with a governed one share its governor, unless they have a subject of their own."""
    for child in sense.token.children:
        fresh = child.dep_ == "conj" and child.i in scene.senses and child.i not in scene.consumed
        if fresh and not _has_subject(child):
            yield scene.senses[child.i]
            yield from _verb_conjuncts(scene.senses[child.i], scene)


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in clause.SUBJECT | clause.PASSIVE_SUBJECT for c in token.children)


def turn(sense: Sense, act: Act, scene: Scene, *, first: bool) -> list[Act]:
    """Apply one governing word to one governed act; `ACT & same` keeps the governed act beside the new one."""
    rule = sense.pattern.rule
    found: list[Act] = []
    table = rule.turns
    if (
        not act.nominal
    ):  # "demanded that he cut aid" asks him; "agreed to accept" is a promise, "agreed a deal" a deal
        table = (
            "urge" if table == "demand" else "promise" if table == "agree" and act.type == "AGREE" else table
        )
    for part in scene.lexicon.turn(rule, act.type, table, act.mode).split("&"):
        code, _, modality = part.strip().partition("?")
        if code == "none":
            continue
        if code == "same":
            found.append(_keep(sense, act, modality, scene))
        elif first:
            found.append(_outer(sense, act, code, modality, scene))
    return found


def _keep(sense: Sense, act: Act, modality: str, scene: Scene) -> Act:
    """The governed act under the governing word: begun, said, claimed, denied; light verbs lend roles."""
    layers = (*act.layers, sense.pattern.rule.id)
    if is_negated(sense.token) and sense.pattern.rule.turns in {"say", "claim", "imply"}:
        modality = "denied" if sense.pattern.rule.turns == "imply" else "alleged"
    changed = replace(act, layers=layers, modality=_stronger(act.modality, modality or "asserted"))
    if sense.pattern.rule.turns in {"say", "claim", "deny", "doubt", "accuse", "disclose"}:
        speakers = tuple(clause.expand(clause.subjects(sense.token)))
        if speakers and not act.speakers:
            changed = replace(changed, speakers=speakers, speech=sense.token)
        if act.token.pos_ not in {"NOUN", "PROPN"} or act.actors:
            return _framed(sense.token, changed, inner=True) if not speakers else changed
        return changed
    if sense.pattern.rule.recipients == ("subject",):  # who suffers an attack bears it
        bearers = tuple(clause.expand(clause.subjects(sense.token)))
        doers = tuple(t for t in act.actors if t not in bearers) or tuple(
            clause.expand(_actors(sense) or clause.prep_objects(act.core, "from", "by"))
        )
        borne = replace(changed, actors=doers, recipients=bearers or act.recipients, nominal=False)
        return _framed(sense.token, replace(borne, token=sense.token))
    if sense.light or (not changed.actors and sense.pattern.rule.turns in LENDING):
        lent = tuple(clause.expand(clause.subjects(sense.token)))
        if (sense.light and lent and not clause.noun_subjects(act.core)) or not changed.actors:
            changed = replace(changed, actors=lent)
    if not changed.recipients:
        changed = replace(changed, recipients=_recipients(sense, changed, scene.lexicon))
    return _framed(sense.token, replace(changed, token=sense.token, nominal=False))


def _outer(sense: Sense, act: Act, code: str, modality: str, scene: Scene) -> Act:
    """The act that the governing word makes of the governed one: demand, promise, refuse, threaten, end."""
    kind, _, mode = code.partition("/")
    rule = sense.pattern.rule
    actors = tuple(clause.expand(_actors(sense)))
    recipients = _recipients(sense, act, scene.lexicon)
    if not recipients:
        same_doer = not act.actors or set(act.actors) & set(actors)
        recipients = act.recipients if same_doer else act.actors
    if not recipients and sense.token.pos_ == "VERB":
        recipients = tuple(
            t for t in clause.expand(clause.patients(sense.token)) if t.i not in {act.token.i, act.core.i}
        )
    if act.reciprocal and not recipients:
        recipients = tuple(t for t in act.actors if t not in actors)
    made = Act(
        sense.token, act.core, kind, mode or None, (*act.layers, rule.id), actors,
        tuple(t for t in recipients if t not in actors), act.speakers, act.speech,
        _stronger("asserted", modality or "asserted"), reciprocal=rule.reciprocal and not recipients,
        contexts=(*act.contexts, *rule.contexts),
    )  # fmt: skip
    return _framed(sense.token, made)


def _core(sense: Sense, scene: Scene) -> Act:
    """The act of a word that governs no other act."""
    rule = sense.pattern.rule
    token = sense.token
    kind, _, mode = _with_words(token, rule).partition("/")
    nominal = token.pos_ in {"NOUN", "PROPN"}
    actors = tuple(clause.expand(_actors(sense)))
    made = Act(token, token, kind, mode or None, (rule.id,), actors, nominal=nominal, contexts=rule.contexts)
    recipients = tuple(t for t in _recipients(sense, made, scene.lexicon) if t not in actors)
    recipients = _through_object(sense, made, recipients, scene)
    made = replace(made, recipients=recipients, reciprocal=rule.reciprocal and not recipients)
    if not nominal:
        return _framed(token, made)
    verb = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    return _qualified(replace(made, conditional=verb is not None and _in_condition(verb)))


def _with_words(token: Token, rule: RuleEntry) -> str:
    """The rule's act, or the one that a word of the same phrase makes of it."""
    if rule.with_words:
        verb = clause.governor_verb(token)
        words = {t.lemma_.lower() for t in (verb or token).subtree}
        for word, act in rule.with_words.items():
            if word in words:
                return act
    return rule.act


def _qualified(act: Act) -> Act:
    """Adjectives before an event noun: an alleged attack, a planned visit, a failed coup."""
    words = {child.lower_ for child in clause.children(act.token, "amod", "compound", "det", "advmod")}
    if words & {
        "alleged",
        "suspected",
        "reported",
        "purported",
        "supposed",
        "apparent",
        "rumoured",
        "rumored",
        "so-called",
        "claimed",
    }:
        return replace(act, modality="alleged")
    if words & {
        "planned",
        "possible",
        "potential",
        "future",
        "expected",
        "imminent",
        "proposed",
        "upcoming",
        "threatened",
        "looming",
        "eventual",
        "immediate",
        "impending",
    }:
        return replace(act, modality="planned-or-possible")
    if words & {"any", "hypothetical"}:
        return replace(act, modality="hypothetical")
    if words & {"failed", "foiled", "thwarted", "aborted", "no", "abortive", "averted"}:
        return replace(act, modality="denied")
    return act


def _through_object(sense: Sense, act: Act, recipients: tuple[Token, ...], scene: Scene) -> tuple[Token, ...]:
    """An object that names an act of the same type ("held talks", "gave aid") is no party: its own roles count instead."""
    parties: list[Token] = []
    for token in clause.patients(sense.token) if sense.token.pos_ == "VERB" else ():
        inner = scene.senses.get(token.i)
        if inner is None or inner.pattern.rule.act.split("/")[0] != act.type:
            continue
        scene.consumed.add(token.i)
        parties += _recipients(inner, act, scene.lexicon)
    others = tuple(t for t in recipients if t.i not in scene.consumed)
    return others or tuple(t for t in parties if t not in act.actors)


def _actors(sense: Sense) -> list[Token]:
    token = sense.token
    if sense.pattern.rule.actors:
        for slot in sense.pattern.rule.actors:
            found = _slot(token, slot)
            if found:
                return found
        return []
    if token.pos_ in {"NOUN", "PROPN"}:
        return clause.noun_subjects(token) or _slot(token, "demonym")
    found = clause.subjects(token)
    return [*_listed_before(found[0]), *found] if len(found) == 1 else found


def _listed_before(subject: Token) -> list[Token]:
    """Headlines list their subjects with a comma: "Russia, Israel agree ..."."""
    left = subject.left_edge.i
    if left < 2 or subject.doc[left - 1].text != "," or subject.pos_ != "PROPN":
        return []
    before = subject.doc[left - 2]
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
    if slot == "demonym":  # "Iranian aid", "UN talks"
        return [c for c in clause.children(token, "amod", "compound", "nmod") if c.ent_type_ in NAMED]
    return clause.prep_objects(token, slot)


def _inside(token: Token) -> list[Token]:
    """ "Welcomed the resumption of ties with X", "signed an accord to supply X": whom the object names."""
    things = [head for head in clause.patients(token) if head.pos_ == "NOUN"]
    named = [
        t
        for head in things
        for t in head.subtree
        if t.dep_ == "pobj" and t.head.lower_ in {"with", "between"} and t.text[0].isupper()
    ]
    done = [
        c for head in (token, *things) for c in clause.children(head, "acl", "advcl", "relcl") if _is_to(c)
    ]
    return named[:1] or [t for verb in done if things for t in clause.patients(verb) if t.pos_ == "PROPN"][:1]


def _is_to(token: Token) -> bool:
    return any(c.tag_ == "TO" for c in token.children)


def _found_to_be(token: Token) -> list[Token]:
    """ "found him guilty", "declared X illegal": the subject of the small clause is the object."""
    return [
        subject
        for child in clause.children(token, "ccomp", "xcomp", "oprd")
        if child.pos_ == "ADJ"
        for subject in clause.children(child, "nsubj")
    ]


def _recipients(sense: Sense, act: Act, lexicon: Lexicon) -> tuple[Token, ...]:
    """Head tokens of those the act is done to, by the rule's slots; `actor` is the doer of the governed act.

    Things (aid, charges, a deal) are no party: the next slot is tried, and they stay only if nothing else is found.
    """
    slots = sense.pattern.rule.recipients or ("object", "to", "against", "with", "on", "from", "at")
    words = {word.i for word in sense.words}
    things: tuple[Token, ...] = ()
    for slot in slots:
        heads = list(act.actors) if slot == "actor" else _slot_or_word(sense, slot)
        heads = [
            h
            for t in heads
            for h in (clause.noun_subjects(t) if t.i in {act.token.i, act.core.i} else _across(t, lexicon))
        ]
        found = [t for t in clause.expand(heads) if t.i not in words and t.i not in {act.token.i, act.core.i}]
        parties = [t for t in found if not in_class(t, "#thing", lexicon)]
        if parties:
            return tuple(parties)
        things = things or tuple(found)
    return things


def _across(token: Token, lexicon: Lexicon) -> list[Token]:
    """Whose the border or road is: "the border with X", "roads leading into X"."""
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
            for t in sense.token.subtree
            if t.lower_ == "with" and t.i > sense.token.i
            for o in clause.children(t, "pobj")
        ][:1]
    return []


# -- modality ---------------------------------------------------------------------------------------------------------

POSSIBLE = {"may", "might", "could", "can"}
HEARSAY = {"reportedly", "allegedly", "purportedly", "apparently", "supposedly"}
LIKELY = {"possibly", "perhaps", "probably", "likely", "maybe", "potentially"}


def _stronger(first: Modality, second: str) -> Modality:
    return max((first, second), key=lambda m: CERTAINTY.get(m, 0))  # type: ignore[arg-type]


def auxiliaries(token: Token) -> set[str]:
    """Lower-case auxiliaries of a verb; a conjunct without its own shares those of the first verb."""
    own = {child.lower_ for child in clause.children(token, "aux", "auxpass")}
    shares = (
        token.dep_ == "conj" and not own and token.head.pos_ in {"VERB", "AUX"} and not _has_subject(token)
    )
    return auxiliaries(token.head) if shares else own


def is_negated(token: Token) -> bool:
    """True when "not", "never" or "no longer" stands in the verb's own scope, or its object is "no ...": by scope, not nearness."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "neither", "nor"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
            c.lower_ in {"no", "neither"} and c.dep_ in {"det", "neg"} for c in child.children
        ):
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ in {"nobody", "none", "neither"}:
            return True
    return False


def _framed(token: Token, act: Act, *, inner: bool = False) -> Act:
    """Apply the word's own auxiliaries, negation, adverbs and conditional clause to the act."""
    modality: Modality = act.modality
    notes = list(act.notes)
    aux = auxiliaries(token)
    adverbs = {child.lower_ for child in clause.children(token, "advmod")}
    if aux & {"will", "shall", "'ll", "wo"} or _is_going_to(token):
        notes.append("future")
    elif aux & {"would", "'d"}:
        notes.append("would")
    elif aux & POSSIBLE or adverbs & LIKELY:
        notes.append("possible")
    elif aux & {"should", "must", "ought"} or _has_to(token):
        notes.append("obliged")
    if adverbs & HEARSAY:
        modality = _stronger(modality, "alleged")
    if (is_negated(token) or _is_instead(token)) and not act.nominal:
        notes.append("negated")
    conditional = act.conditional or _in_condition(token)
    return replace(act, modality=modality, notes=tuple(notes), conditional=conditional)


def _is_instead(token: Token) -> bool:
    """ "Instead of leaving", "without firing", "rather than talk": said not to happen."""
    prep = token.head
    return token.dep_ == "pcomp" and (
        prep.lower_ in {"without", "than"} or (prep.lower_ == "of" and prep.head.lower_ == "instead")
    )


def _is_going_to(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lower_ == "going" and "to" in auxiliaries(token)


def _has_to(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lemma_ in {"have", "need"} and "to" in auxiliaries(token)


def _in_condition(token: Token) -> bool:
    """True when the verb stands in, or under, an if-clause of its own."""
    current = token
    for _ in range(6):
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "should"} for c in current.children):
            return current.dep_ in {"advcl", "ccomp", "pcomp"}
        if current.dep_ == "advcl" and _is_inverted(current):
            return True
        if current.dep_ not in {"xcomp", "conj", "ccomp", "auxpass"} or current.head.i == current.i:
            return False
        current = current.head
    return False


def _is_inverted(token: Token) -> bool:
    """ "Should Russia withdraw ...", "Had they left ...": a condition by word order."""
    first = next(iter(token.subtree))
    return (
        first.lower_ in {"should", "had", "were"}
        and first.dep_ in {"aux", "auxpass"}
        and first.head.i == token.i
    )


def settle(act: Act, *, own_word: bool, turning: bool, table: Mapping[str, Mapping[str, str]]) -> Act:
    """Turn what is future, possible or negated into the final type and modality.

    `own_word`: the actor speaks for itself, or the outlet tells it (no other speaker). Rules future-cooperation,
    future-concession, future-hostile, refused-cooperation of PLOVER 2.0; `turning` follows the benchmark's table.
    """
    notes = set(act.notes)
    negated, ahead = "negated" in notes, bool(notes & {"future", "would"})
    maybe = "possible" in notes
    if (
        negated and next((x for x in reversed(act.layers) if x not in REPORTING), "") in REFUSABLE
    ):  # not allowed, not agreed: refused
        return replace(act, type="REJECT", mode=None)
    if turning:
        key = (
            "negated-future"
            if negated and (ahead or maybe)
            else "negated"
            if negated
            else "future"
            if ahead or maybe
            else ""
        )
        kind = table[key].get(act.type, act.type) if key else act.type
        return replace(act, type=kind, mode=act.mode if kind == act.type else None)
    if act.conditional:
        kind = "AGREE" if act.type == "SUPPORT" else act.type
        return replace(act, type=kind, modality=_stronger(act.modality, "hypothetical"))
    if negated:
        if ahead and own_word:
            kind = table["negated-future"].get(act.type, act.type)
            return replace(act, type=kind, mode=None)
        return replace(act, modality="denied")
    if (ahead and own_word and "future" in notes) or ("would" in notes and own_word and act.speakers):
        kind = table["future"].get(act.type, act.type)
        if kind == "AGREE" and act.type in {"CONCEDE", "RETREAT"}:
            kind = "CONCEDE"
        return replace(act, type=kind, mode=act.mode if kind == act.type else None)
    if ahead or maybe:
        weak: Modality = "hypothetical" if "would" in notes and not act.speakers else "planned-or-possible"
        return replace(act, modality=_stronger(act.modality, weak))
    return act


__all__ = ["GROUP_OF", "Act", "Sense", "find_acts", "match", "settle"]
