"""Acts in a parsed sentence: link each sense to the words that govern it, read the layers inside out.

The method is compositional: a core (strike, leave, talk) is what is or would be done, and each governing word
(began, promised, demanded, refused, denied, will, not) turns it once, by tables in the lexicon.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sitroom.coding.lexicon import Lexicon, RuleEntry
from sitroom.coding.mediation import mediate
from sitroom.coding.modality import (
    CONDEMNED_HARM,
    Act,
    auxiliaries,
    framed,
    has_subject,
    has_to,
    in_condition,
    is_negated,
    qualified,
    stronger,
)
from sitroom.coding.senses import Sense, match
from sitroom.coding.slots import actors_of, recipients_of
from sitroom.language import clause
from sitroom.language.tree import Doc, Token

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
ASIDE = frozenset(
    ["by", "after", "before", "during", "since", "amid", "despite", "until", "following", "in", "under", "at"]
)
"""Prepositions that say when, where or by whom, not what."""
JOINING = frozenset({"participate", "succeed", "engage", "interest", "take"})
NAMING = frozenset({"call", "brand", "label", "deem", "dub", "term"})
LENDING = frozenset({"light", "phase", "order", "try", "want", "fail", "expect", "likely"})
INTRANSITIVE = frozenset({"phase", "end", "depend", "expect", "cancel", "fail", "untrue"})
GIVING_WAY = frozenset({"CONCEDE", "RETREAT"})
PART = "responsible"
"""The rule of those who have a part in what is done; who denies a part denies to have done it."""
SAYING = frozenset({"say", "claim", "deny", "doubt", "accuse", "disclose"})
CLAIMING = frozenset({"claim", "accuse"})
KNOWING = frozenset({"know", "confirm", "reveal", "disclose", "acknowledge", "admit", "witness"})
MUTUAL = frozenset({"CONSULT", "ASSAULT"})
"""Reciprocal acts of these types have all parties as actors, the one in the object too (PLOVER: who meets, who clashes)."""


@dataclass(slots=True)
class Scene:
    """One sentence with the senses found in it, the further words of their patterns, and those read; settings say how modality turns an act."""

    doc: Doc
    lexicon: Lexicon
    turning: bool = False
    senses: dict[int, Sense] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    consumed: set[int] = field(default_factory=set)


def find_acts(doc: Doc, lexicon: Lexicon, *, turning: bool = False) -> list[Act]:
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
    acts += [denied for sense in denials for denied in _deny(sense, acts, scene)]
    return acts if turning else mediate(acts, doc, lexicon)


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
    named = [i for i, s in scene.senses.items() if s.token.dep_ == "oprd" and s.token.head.lemma_ in NAMING]
    for i in named:  # "called the group a threat" threatens nobody
        del scene.senses[i]
    scene.parts = {word.i for sense in scene.senses.values() for word in sense.words}
    for i in scene.parts & scene.senses.keys():
        del scene.senses[i]


# -- reading ----------------------------------------------------------------------------------------------------------


def governed(token: Token, scene: Scene, depth: int = 0) -> Iterator[Sense]:
    """Senses that the word governs: its complements, through light nouns and quantities, with their conjuncts."""
    if depth > 3:
        return
    for child in token.children:
        if child.dep_ in {"prep", "agent"}:
            if child.lower_ == "at" and any(o.lemma_ in clause.MANNER for o in child.children):
                continue
            joins = child.i in scene.parts or (child.lower_ == "in" and token.lemma_ in JOINING)
            if joins or child.lower_ not in ASIDE:
                yield from governed(child, scene, depth + 1)
            continue
        if child.dep_ == "nsubj" and depth == 0 and _governs_subject(token, scene):
            if child.i in scene.senses:
                yield scene.senses[child.i]
            continue
        part = child.i in scene.parts and child.dep_ == "relcl"  # "had nothing to do with the raid"
        if not part and (child.dep_ not in COMPLEMENT or (child.dep_ == "conj" and depth == 0)):
            asked = clause.is_for_to(child) or _is_call_to(token, child, scene)
            if child.dep_ == "advcl" and asked and child.i in scene.senses:
                yield scene.senses[child.i]
            continue
        if child.dep_ == "conj" and child.head.i in scene.senses:
            continue
        sense = scene.senses.get(child.i)
        if sense is not None:
            yield sense
        else:
            yield from governed(child, scene, depth + 1)


def _is_call_to(token: Token, child: Token, scene: Scene) -> bool:
    """ "Called the premier to congratulate him": the purpose of a call is what is done."""
    sense = scene.senses.get(token.i)
    return (
        sense is not None
        and sense.pattern.rule.turns == "call"
        and clause.is_infinitive(child)
        and child.i in scene.senses
    )


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
    if sense.light:  # "gave them the right to attack" is no attack
        inner = [s for s in inner if s.token.dep_ != "acl" or "to" not in auxiliaries(s.token)]
    if not inner:
        if rule.turns == "say":
            return _obliged(sense, scene)
        if (force := _force_of_others(sense, scene)) is not None:
            return [force]
        idle = not rule.act or (rule.turns == "deny" and is_negated(sense.token) and not scene.turning)
        return [] if idle else [_core(sense, scene)]
    acts: list[Act] = []
    for number, child in enumerate(inner):
        scene.consumed.add(child.token.i)
        found = read(child, scene)
        if _answers_claim(sense, child, scene):
            found = [act for act in found if act.type != "ACCUSE"] or found
        for act in found:
            acts.extend(turn(sense, act, scene, first=number == 0 and not acts))
        for conjunct in _verb_conjuncts(child, scene):
            scene.consumed.add(conjunct.token.i)
            for act in read(conjunct, scene):
                acts.extend(turn(sense, act, scene, first=not acts))
    if not acts and rule.act:
        return [_core(sense, scene)]
    return acts


def _force_of_others(sense: Sense, scene: Scene) -> Act | None:
    """The siege in "ended a siege by militants": theirs, and no concession of those who ended it."""
    if sense.pattern.rule.act.split("/")[0] not in GIVING_WAY or scene.turning:
        return None
    beside = clause.agents(sense.token) if not clause.is_passive(sense.token) else []
    for token in clause.patients(sense.token):
        force = match(token, scene.lexicon)  # also where the word is part of the pattern: "end siege"
        doers = clause.expand(clause.agents(token) or beside)
        if force is not None and doers and force.pattern.rule.act[:6] in {"ASSAUL", "COERCE"}:
            scene.consumed.add(token.i)
            return replace(_core(force, scene), actors=tuple(doers))
    return None


def _answers_claim(sense: Sense, inner: Sense, scene: Scene) -> bool:
    """ "Rejected claims that ...", "denied accusations that ...": what is claimed is denied, not the claiming."""
    noun = inner.token.pos_ in {"NOUN", "PROPN"} and inner.pattern.rule.turns in CLAIMING
    return noun and not scene.turning and sense.pattern.rule.turns in {"deny", "refuse", "breach"}


def _obliged(sense: Sense, scene: Scene) -> list[Act]:
    """ "A said B must do it" asks something of B, whatever B must do; "A said B was responsible" accuses B."""
    for child in clause.children(sense.token, "ccomp"):
        if auxiliaries(child) & {"should", "must", "ought"} or child.lemma_ == "need" or has_to(child):
            speakers = tuple(clause.expand(clause.subjects(sense.token)))
            asked = tuple(
                t
                for t in clause.expand(clause.subjects(child) or clause.patients(child))
                if t not in speakers
            )
            made = Act(
                sense.token, child, "REQUEST", None, ("obliged", sense.pattern.rule.id), speakers, asked
            )
            return [framed(sense.token, replace(made, speakers=speakers, speech=sense.token))]
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
        if fresh and not has_subject(child):
            yield scene.senses[child.i]
            yield from _verb_conjuncts(scene.senses[child.i], scene)


def turn(sense: Sense, act: Act, scene: Scene, *, first: bool) -> list[Act]:
    """Apply one governing word to one governed act; `ACT & same` keeps the governed act beside the new one."""
    rule = sense.pattern.rule
    found: list[Act] = []
    table = rule.turns
    if table == "disclose" and _is_done(act.token):  # "announced that it had sent aid"
        table = "say"
    elif table == "demand" and not act.nominal:  # "demanded that he cut aid" asks him
        table = "urge"
    elif table == "agree" and act.type == "AGREE" and (not act.nominal or act.layers[0] == "promise"):
        table = "promise"  # "agreed to accept" and "accepted the offer" promise, "agreed a deal" is a deal
    elif table == "agree" and (act.nominal or _others_do(sense, act)):
        table = "agree.noun"
    if table == "likely" and scene.turning:  # the benchmark takes what is likely for announced
        table = "plan"
    if (
        table in {"refuse", "breach"}
        and not scene.turning
        and (_is_claimed(act, scene) or PART in act.layers)
    ):
        table = "deny"
    parts = scene.lexicon.turn(rule, act.type, table, act.mode).split("&")
    if table == "accuse" and act.type == "ACCUSE" and _same_doer(sense, act):  # "filed a lawsuit accusing X"
        parts = parts[:1]
    for part in parts:
        code, _, modality = part.strip().partition("?")
        if code == "none":
            continue
        if code == "same":
            found.append(_keep(sense, act, modality, scene, table))
        elif first:
            found.append(_outer(sense, act, code, modality, scene))
    return found


def _is_done(verb: Token) -> bool:
    """ "Had sent", "sent", "was sent": told as done."""
    helpers = auxiliaries(verb)
    if verb.pos_ != "VERB" or helpers & {
        "will",
        "would",
        "may",
        "might",
        "can",
        "could",
        "should",
        "must",
        "to",
    }:
        return False
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and not helpers)


def _same_doer(sense: Sense, act: Act) -> bool:
    own = clause.expand(actors_of(sense))
    return not own or not act.actors or bool(set(own) & set(act.actors))


def _is_claimed(act: Act, scene: Scene) -> bool:
    """True when the last word that governs the act is a claim or an accusation."""
    rule = scene.lexicon.rules.get(act.layers[-1])
    return rule is not None and rule.turns in CLAIMING and len(act.layers) > 1 and act.type != "ACCUSE"


def _others_do(sense: Sense, act: Act) -> bool:
    """True when those who agree on it are not those who are to do it: "agreed that the rebels must leave"."""
    doers = set(act.actors)
    return bool(doers) and doers.isdisjoint(clause.expand(actors_of(sense)))


def _keep(sense: Sense, act: Act, modality: str, scene: Scene, table: str) -> Act:
    """The governed act under the governing word: begun, said, claimed, denied; light verbs lend roles."""
    layers = (*act.layers, sense.pattern.rule.id)
    if is_negated(sense.token) and table in {"say", "claim", "imply"}:
        modality = "denied" if table == "imply" else "alleged"
    elif _is_hearsay(sense, act, table):
        modality = "alleged"
    changed = replace(act, layers=layers, modality=stronger(act.modality, modality or "asserted"))
    if table == "untrue":
        return changed
    if table in SAYING or (table == "expect" and sense.pattern.rule.needs == "others"):
        speakers = tuple(clause.expand(clause.subjects(sense.token)))
        if (table == "deny" and speakers) or not act.speakers:
            speech = sense.token if sense.token.pos_ == "VERB" else act.speech
            changed = replace(changed, speakers=speakers, speech=speech)
        if table == "deny" and PART in act.layers and not act.actors:
            changed = replace(changed, actors=speakers)
        if table == "disclose" and act.nominal and not act.actors and act.type in {"COERCE", "SANCTION"}:
            changed = replace(changed, actors=speakers)  # "police announced the arrest of two men"
        if act.token.pos_ not in {"NOUN", "PROPN"} or act.actors:
            return framed(sense.token, changed, inner=True) if not speakers else changed
        return changed
    if sense.pattern.rule.recipients == ("subject",):  # who suffers an attack bears it
        bearers = tuple(clause.expand(clause.subjects(sense.token)))
        doers = tuple(t for t in act.actors if t not in bearers) or tuple(
            clause.expand(actors_of(sense) or clause.prep_objects(act.core, "from", "by"))
        )
        borne = replace(changed, actors=doers, recipients=bearers or act.recipients, nominal=False)
        return framed(sense.token, replace(borne, token=sense.token))
    if sense.light or (not changed.actors and sense.pattern.rule.turns in LENDING):
        lent = tuple(t for t in clause.expand(clause.subjects(sense.token)) if t.i != act.core.i)
        own = [t for t in clause.noun_subjects(act.core) if t not in act.recipients]
        if (sense.light and lent and not own) or not changed.actors:
            changed = replace(changed, actors=lent)
    if sense.pattern.rule.turns == "condemn":  # whom a note of protest goes to was not attacked
        return framed(sense.token, replace(changed, token=sense.token, nominal=False))
    if not changed.recipients or sense.pattern.rule.turns == "call":  # "called X to convey support for Y"
        called = _recipients(sense, changed, scene.lexicon)
        changed = replace(changed, recipients=called or changed.recipients)
    return framed(sense.token, replace(changed, token=sense.token, nominal=False))


def _is_hearsay(sense: Sense, act: Act, table: str) -> bool:
    """ "Is believed to have", "it is said that", "seems to have": nobody in particular says so."""
    if table == "expect":
        return "have" in auxiliaries(act.token) and "to" in auxiliaries(act.token)
    passive = clause.is_passive(sense.token) and not clause.agents(sense.token)
    return table in {"say", "claim"} and passive and sense.token.lemma_.lower() not in KNOWING


def _outer(sense: Sense, act: Act, code: str, modality: str, scene: Scene) -> Act:
    """The act that the governing word makes of the governed one: demand, promise, refuse, threaten, end."""
    kind, _, mode = code.partition("/")
    rule = sense.pattern.rule
    actors = tuple(t for t in clause.expand(actors_of(sense)) if t.i != act.core.i)
    collapsed = act.reciprocal and act.nominal and not actors  # "talks between X and Y collapsed"
    if collapsed and rule.turns in {"fail", "refuse", "cancel"}:
        actors = act.actors or act.recipients
    speakers, speech = act.speakers, act.speech
    if rule.turns == "disclose" and act.actors and not act.nominal and not set(act.actors) & set(actors):
        speakers, speech, actors = (
            actors,
            sense.token,
            act.actors,
        )  # "the ministry announced that Ghana would help Togo"
        recipients = act.recipients
    else:
        recipients = tuple(t for t in _recipients(sense, act, scene.lexicon) if t not in actors)
    if not recipients:
        same_doer = not act.actors or set(act.actors) & set(actors) or _is_own_stance(sense)
        recipients = act.recipients if same_doer else act.actors
    harm = rule.turns == "condemn" and act.type == "ASSAULT"
    if harm:  # who is harmed by what is condemned is not condemned
        recipients = tuple(t for t in recipients if t not in act.recipients)
    elif not recipients and sense.token.pos_ == "VERB":
        recipients = tuple(
            t for t in clause.expand(clause.patients(sense.token)) if t.i not in {act.token.i, act.core.i}
        )
    if act.reciprocal and not recipients:
        recipients = tuple(t for t in act.actors if t not in actors)
    made = Act(
        sense.token, act.core, kind, mode or None, (*act.layers, rule.id), actors,
        tuple(t for t in recipients if t not in actors), speakers, speech,
        stronger("asserted", modality or "asserted"), reciprocal=rule.reciprocal and not recipients,
        contexts=(*act.contexts, *rule.contexts), notes=(CONDEMNED_HARM,) if harm else (),
        nominal=rule.turns == "end" and sense.token.pos_ == "NOUN" and not actors,
    )  # fmt: skip
    return framed(sense.token, made)


def _is_own_stance(sense: Sense) -> bool:
    """ "Reiterated the union's commitment to supporting X": who speaks for the union, not of it."""
    return any(word.lemma_ in clause.STANCES for word in sense.words)


def _core(sense: Sense, scene: Scene) -> Act:
    """The act of a word that governs no other act."""
    rule = sense.pattern.rule
    token = sense.token
    kind, _, mode = _with_words(token, rule).partition("/")
    nominal = token.pos_ in {"NOUN", "PROPN"}
    actors = tuple(clause.expand(actors_of(sense)))
    made = Act(token, token, kind, mode or None, (rule.id,), actors, nominal=nominal, contexts=rule.contexts)
    recipients = tuple(t for t in _recipients(sense, made, scene.lexicon) if t not in actors)
    recipients = _through_object(sense, made, recipients, scene)
    if made.type in GIVING_WAY and not nominal:
        recipients = _given_way(made, recipients, scene)
    mutual = rule.reciprocal and (not recipients or kind in MUTUAL)
    made = replace(made, recipients=recipients, reciprocal=mutual)
    if not nominal:
        return framed(token, made)
    verb = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    return qualified(replace(made, conditional=verb is not None and in_condition(verb)))


def _given_way(act: Act, recipients: tuple[Token, ...], scene: Scene) -> tuple[Token, ...]:
    """What is lifted, ended or left ("lifted its blockade of X") is not told as done; its recipients stand in for none."""
    for token in clause.patients(act.token):
        ended = scene.senses.get(token.i)
        if ended is not None:
            scene.consumed.add(token.i)
            recipients = recipients or _recipients(ended, act, scene.lexicon)
    return recipients


def _with_words(token: Token, rule: RuleEntry) -> str:
    """The rule's act, or the one that a word of the same phrase makes of it."""
    if rule.with_words:
        verb = clause.governor_verb(token)
        words = {t.lemma_.lower() for t in (verb or token).subtree}
        for word, act in rule.with_words.items():
            if word in words:
                return act
    return rule.act


def _through_object(sense: Sense, act: Act, recipients: tuple[Token, ...], scene: Scene) -> tuple[Token, ...]:
    """An object that names an act of the same type ("held talks", "gave aid") is no party: its own roles count instead."""
    parties: list[Token] = []
    told: set[int] = set()
    for token in clause.patients(sense.token) if sense.token.pos_ == "VERB" else ():
        inner = scene.senses.get(token.i)
        if inner is None or inner.pattern.rule.act.split("/")[0] != act.type:
            continue
        scene.consumed.add(token.i)
        told.add(token.i)
        parties += _recipients(inner, act, scene.lexicon)
    others = tuple(t for t in recipients if t.i not in told)
    return others or tuple(t for t in parties if t not in act.actors)


def _recipients(sense: Sense, act: Act, lexicon: Lexicon) -> tuple[Token, ...]:
    met = act.reciprocal and act.type == "CONSULT" and act.recipients  # "left the palace talks with X"
    doers = () if _is_own_stance(sense) else act.recipients if met else act.actors
    return recipients_of(sense, lexicon, doers=doers, own={act.token.i, act.core.i})
