"""Whether it was done: negation by scope, auxiliaries, conditions, adjectives of doubt; and what they turn an act into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitroom.language import clause
from sitroom.language.tree import Token
from sitroom.vocabulary import Modality

REPORTING = frozenset({"say", "claim", "announce", "imply", "light", "phase"})
REFUSABLE = frozenset({"allow", "agree", "promise"})
POSSIBLE = {"may", "might", "could", "can"}
CONDEMNED_HARM = "condemned harm"
OCCASIONS = {"time", "point", "way", "case", "circumstances", "stage", "moment"}
HEARSAY = {"reportedly", "allegedly", "purportedly", "apparently", "supposedly"}
LIKELY = {"possibly", "perhaps", "probably", "likely", "maybe", "potentially"}
CERTAINTY: dict[Modality, int] = {
    "asserted": 0,
    "alleged": 1,
    "planned-or-possible": 2,
    "hypothetical": 3,
    "denied": 4,
}


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
        return replace(act, type=kind, modality=stronger(act.modality, "hypothetical"))
    if negated:
        if ahead and own_word:
            kind = table["negated-future"].get(act.type, act.type)
            unsure: Modality = "hypothetical" if "on condition" in notes else act.modality
            return replace(act, type=kind, mode=None, modality=stronger(act.modality, unsure))
        return replace(act, modality="denied")
    if (ahead and own_word and "future" in notes) or ("would" in notes and own_word and act.speakers):
        kind = table["future"].get(act.type, act.type)
        if kind == "AGREE" and act.type in {"CONCEDE", "RETREAT"}:
            kind = "CONCEDE"
        return replace(act, type=kind, mode=act.mode if kind == act.type else None)
    if ahead or maybe:
        hangs = "on condition" in notes or ("would" in notes and not act.speakers)
        weak: Modality = "hypothetical" if hangs else "planned-or-possible"
        return replace(act, modality=stronger(act.modality, weak))
    return act


def framed(token: Token, act: Act, *, inner: bool = False) -> Act:
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
    elif aux & {"should", "must", "ought"} or has_to(token):
        notes.append("obliged")
    if adverbs & HEARSAY:
        modality = stronger(modality, "alleged")
    if (is_negated(token) or _is_instead(token)) and not act.nominal:
        notes.append("negated")
    if condition_of(token) is not None:
        notes.append("on condition")
    conditional = act.conditional or in_condition(token)
    return replace(act, modality=modality, notes=tuple(notes), conditional=conditional)


def qualified(act: Act) -> Act:
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


def stronger(first: Modality, second: str) -> Modality:
    """The less certain of the two."""
    return max((first, second), key=lambda m: CERTAINTY.get(m, 0))  # type: ignore[arg-type]


def auxiliaries(token: Token) -> set[str]:
    """Lower-case auxiliaries of a verb; a conjunct without its own shares those of the first verb."""
    own = {child.lower_ for child in clause.children(token, "aux", "auxpass")}
    shares = (
        token.dep_ == "conj" and not own and token.head.pos_ in {"VERB", "AUX"} and not has_subject(token)
    )
    return auxiliaries(token.head) if shares else own


def is_negated(token: Token) -> bool:
    """True when "not", "never" or "no longer" stands in the verb's own scope, or its object is "no ...": by scope, not nearness."""
    if token.dep_ == "xcomp" and token.head.lemma_ in {"have", "be"} and _has_word(token.head, "yet"):
        return True  # "has yet to agree"
    if token.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.head.children):
        return True  # "has neither confirmed nor denied"
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "neither", "nor"}:
            return True
        if child.dep_ == "prep" and any(o.lower_ in OCCASIONS and _has_word(o, "no") for o in child.children):
            return True  # "at no time", "in no way"
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
            c.lower_ in {"no", "neither"} and c.dep_ in {"det", "neg"} for c in child.children
        ):
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ in {"nobody", "none", "neither"}:
            return True
        if child.dep_ == "dobj" and child.lower_ == "nothing":
            return True
    return False


def in_condition(token: Token) -> bool:
    """True when the verb stands in, or under, an if-clause of its own."""
    current = token
    for _ in range(6):
        if is_condition(current):
            return True
        if current.dep_ not in {"xcomp", "conj", "ccomp", "auxpass"} or current.head.i == current.i:
            return False
        current = current.head
    return False


def is_condition(token: Token) -> bool:
    """True for the verb of an if-clause: "if", "unless", "should Russia withdraw", "provided that", "whenever"."""
    if token.dep_ not in {"advcl", "ccomp", "pcomp"}:
        return False
    first = next(iter(token.subtree))
    if first.i and token.dep_ == "advcl" and first.nbor(-1).lower_ in {"provided", "assuming", "supposing"}:
        return True
    if token.dep_ == "advcl" and first.lower_ in {"should", "had", "were"}:
        return first.dep_ in {"aux", "auxpass"} and first.head.i == token.i
    return any(
        (c.dep_ == "mark" and c.lower_ in {"if", "unless", "should"}) or c.lower_ == "whenever"
        for c in token.children
    )


def condition_of(token: Token) -> Token | None:
    """The verb of the if-clause that the clause of the token depends on, also where it hangs on the verb of saying."""
    hosts = [token, *([token.head] if token.dep_ in {"ccomp", "xcomp", "conj"} else [])]
    for host in hosts:
        for child in clause.children(host, "advcl"):
            if child.i != token.i and is_condition(child):
                return child
    return None


def has_subject(token: Token) -> bool:
    """True for a verb that has a subject of its own."""
    return any(c.dep_ in clause.SUBJECT | clause.PASSIVE_SUBJECT for c in token.children)


def _is_instead(token: Token) -> bool:
    """ "Instead of leaving", "without firing", "rather than talk": said not to happen."""
    prep = token.head
    return token.dep_ == "pcomp" and (
        prep.lower_ in {"without", "than"} or (prep.lower_ == "of" and prep.head.lower_ == "instead")
    )


def _is_going_to(token: Token) -> bool:
    """ "Is going to leave", "are to be disarmed"."""
    head = token.head
    bare = (
        head.lemma_ == "be" and not any(clause.children(head, "acomp", "attr")) and clause.is_passive(token)
    )
    return token.dep_ == "xcomp" and (head.lower_ == "going" or bare) and "to" in auxiliaries(token)


def has_to(token: Token) -> bool:
    """True for the verb of "has to leave", "need to talk"."""
    if _has_word(token.head, "yet"):
        return False
    return token.dep_ == "xcomp" and token.head.lemma_ in {"have", "need"} and "to" in auxiliaries(token)


def _has_word(token: Token, word: str) -> bool:
    return any(child.lower_ == word for child in token.children)
