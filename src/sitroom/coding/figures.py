"""Numbers that a sentence gives: killed, wounded, captured, displaced, forces, distances, sites destroyed; with who they count."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from sitroom.language import clause
from sitroom.language.reading import ParsedSentence
from sitroom.vocabulary import Figure
from sitroom.vocabulary.evidence import FigureKind

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 10**12,
}
VAGUE = {
    "dozen": (24, None),
    "score": (40, None),
    "hundred": (200, None),
    "thousand": (2000, None),
    "ten": (20, None),
    "million": (2_000_000, None),
}
VERBS: dict[FigureKind, frozenset[str]] = {
    "killed": frozenset(
        [
            "kill",
            "die",
            "slay",
            "murder",
            "execute",
            "massacre",
            "behead",
            "assassinate",
            "perish",
            "shoot",
            "martyr",
            "claim",
        ]
    ),
    "wounded": frozenset(["wound", "injure", "hurt", "maim"]),
    "captured": frozenset(
        [
            "capture",
            "arrest",
            "detain",
            "seize",
            "abduct",
            "kidnap",
            "hold",
            "jail",
            "take",
            "imprison",
            "free",
            "release",
        ]
    ),
    "displaced": frozenset(["displace", "flee", "uproot", "evacuate", "expel"]),
    "destroyed": frozenset(
        ["destroy", "hit", "strike", "damage", "demolish", "raze", "bomb", "down", "target"]
    ),
    "forces": frozenset(
        [
            "deploy",
            "send",
            "withdraw",
            "mobilise",
            "mobilize",
            "dispatch",
            "station",
            "transfer",
            "move",
            "pull",
            "train",
            "recruit",
            "reinforce",
        ]
    ),
}
DEAD = frozenset(["dead", "fatality", "death", "casualty", "martyr", "victim"])
UNITS = {
    "kilometre": "km",
    "kilometer": "km",
    "km": "km",
    "kilometres": "km",
    "mile": "mi",
    "metre": "m",
    "meter": "m",
    "miles": "mi",
    "kilometers": "km",
}
TIME = frozenset(
    ["day", "week", "month", "year", "hour", "minute", "decade", "time", "century", "percent", "%", "per"]
)


def find_figures(here: ParsedSentence, within: Iterable[Token]) -> tuple[Figure, ...]:
    """Figures among the given tokens (one act's part of the sentence), in order, each once."""
    found: dict[tuple[str, str], Figure] = {}
    for token in within:
        for figure in _figures_at(token, here):
            found.setdefault((figure.what, figure.who), figure)
    return tuple(found.values())


def _figures_at(token: Token, here: ParsedSentence) -> Iterator[Figure]:
    span = _amount(token)
    if span is None:
        return
    low, high, noun = span
    if (
        noun is None
        or noun.lemma_.lower() in TIME
        or (noun.ent_type_ in {"DATE", "TIME"} and noun.lemma_.lower() not in UNITS)
    ):
        return
    lemma = noun.lemma_.lower()
    if lemma in UNITS or noun.lower_ in UNITS:
        yield Figure("distance", low, high, "", UNITS.get(lemma, UNITS.get(noun.lower_, "")))
        return
    if any(t.text in "$€£" for t in noun.subtree if t.i <= noun.i) or lemma in {
        "dollar",
        "euro",
        "pound",
        "rouble",
        "ruble",
    }:
        yield Figure("money", low, high, "", next((t.text for t in noun.subtree if t.text in "$€£"), lemma))
        return
    who = " ".join(t.text for t in noun.lefts if t.dep_ in {"amod", "compound"}) + " " + noun.text
    yield Figure(_kind(noun), low, high, who.strip())


def _amount(token: Token) -> tuple[float | None, float | None, Token | None] | None:
    """The bounds that a number word gives and the noun it counts."""
    if token.dep_ == "nummod" or (
        token.pos_ == "NUM" and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "quantmod"}
    ):
        if token.dep_ == "compound":
            return None
        value = parse_number(token)
        if value is None or token.dep_ == "quantmod":
            return None
        noun = token.head if token.dep_ == "nummod" else clause.through_quantity(token)
        low, high = _hedged(token, value)
        return low, high, noun if noun.i != token.i or token.dep_ != "nummod" else None
    if token.lemma_.lower() in VAGUE and token.tag_ == "NNS":
        noun = clause.through_quantity(token)
        low, top = VAGUE[token.lemma_.lower()]
        return (float(low), top, noun) if noun.i != token.i else None
    if token.lower_ in {"nearly", "about", "some", "around"} and token.i + 2 < len(token.doc):
        after = token.doc[token.i + 1]
        number = token.doc[token.i + 2]
        if after.lower_ == "a" and number.like_num and number.head.pos_ == "NOUN":
            value = parse_number(number)
            return (None, value, number.head) if value else None
    return None


def parse_number(token: Token) -> float | None:
    """The value of a number as words or digits with the scale words before it: "two million", "470,000", "1.5 million"."""
    value = 1.0
    seen = False
    for part in [*(c for c in token.lefts if c.pos_ == "NUM" or c.lower_ in SCALES), token]:
        text = part.lower_.replace(",", "")
        if re.fullmatch(r"\d+(\.\d+)?", text):
            value, seen = value * float(text), True
        elif text in WORDS:
            value, seen = value * WORDS[text], True
        elif text in SCALES:
            value, seen = value * SCALES[text], True
    return value if seen else None


def _hedged(token: Token, value: float) -> tuple[float | None, float | None]:
    """At least, more than, up to, between: bounds instead of a value."""
    before = " ".join(t.lower_ for t in token.doc[max(0, token.i - 3) : token.i])
    if re.search(r"(at least|more than|over|no fewer than|no less than|a minimum of)$", before):
        return value, None
    if re.search(r"(up to|as many as|fewer than|less than|at most|nearly|almost|under)$", before):
        return None, value
    following = token.doc[token.i + 1 : token.i + 3]
    if len(following) == 2 and following[0].lower_ in {"to", "-", "or", "and"} and following[1].like_num:
        other = parse_number(following[1])
        if other is not None and other > value:
            return value, other
    previous = token.doc[max(0, token.i - 2) : token.i]
    if len(previous) == 2 and previous[1].lower_ in {"to", "-"} and previous[0].like_num:
        other = parse_number(previous[0])
        if other is not None and other < value:
            return other, value
    return value, value


def _kind(noun: Token) -> FigureKind:
    if noun.lemma_.lower() in DEAD or any(c.lower_ == "dead" for c in noun.children):
        return "killed"
    governor: Token | None = noun
    for _ in range(4):
        governor = governor.head if governor is not None else None
        if governor is None:
            break
        for kind, verbs in VERBS.items():
            if governor.lemma_.lower() in verbs and governor.pos_ == "VERB":
                return kind
        if governor.pos_ == "VERB" and governor.lemma_ not in {"leave", "report", "include"}:
            break
        if governor.lemma_ == "leave" and any(c.lower_ in {"dead", "wounded"} for c in governor.subtree):
            return "killed" if any(c.lower_ == "dead" for c in governor.subtree) else "wounded"
    if noun.lemma_.lower() in {"troop", "soldier", "fighter", "men", "man", "personnel", "peacekeeper"}:
        return "forces"
    return "other"
