"""Numbers that a sentence gives: killed, wounded, captured, displaced, forces, distances, sites destroyed; with who they count."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sitroom.language import clause
from sitroom.language.phrase import read_number
from sitroom.language.reading import ParsedSentence
from sitroom.language.tree import Doc, Token
from sitroom.vocabulary import Figure
from sitroom.vocabulary.evidence import FigureKind
from sitroom.vocabulary.world import CALENDAR, MONTHS, SCALES

PLURALS = {
    "dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "billions": 2 * 10**9,
}  # fmt: skip
"""What at least is meant: dozens are two dozen or more."""
VERBS: dict[FigureKind, frozenset[str]] = {
    "killed": frozenset(
        ["kill", "die", "slay", "murder", "execute", "massacre", "behead", "assassinate", "perish", "shoot",
         "martyr", "claim", "lynch", "drown", "gun", "hang", "slaughter"]
    ),
    "wounded": frozenset(["wound", "injure", "hurt", "maim"]),
    "captured": frozenset(
        ["capture", "arrest", "detain", "seize", "abduct", "kidnap", "hold", "jail", "take", "imprison", "free",
         "release", "hand", "swap", "exchange", "surrender", "round"]
    ),
    "displaced": frozenset(["displace", "flee", "uproot", "evacuate", "expel"]),
    "destroyed": frozenset(
        ["destroy", "hit", "strike", "damage", "demolish", "raze", "bomb", "down", "target", "burn", "torch",
         "sink", "intercept", "flatten"]
    ),
    "forces": frozenset(
        ["deploy", "send", "withdraw", "mobilise", "mobilize", "dispatch", "station", "transfer", "move",
         "pull", "train", "recruit", "reinforce", "amass", "mass", "lead", "command", "number"]
    ),
}  # fmt: skip
NOUNS: dict[FigureKind, frozenset[str]] = {
    "killed": frozenset(
        ["dead", "fatality", "death", "martyr", "killing", "murder", "execution", "massacre", "slaying"]
    ),
    "wounded": frozenset(["wounded", "injured", "injury"]),
    "captured": frozenset(
        ["captive", "hostage", "detainee", "prisoner", "arrest", "detention", "capture", "abduction",
         "kidnapping", "release"]
    ),
    "displaced": frozenset(["refugee", "displacement", "evacuee"]),
    "destroyed": frozenset(["destruction"]),
    "forces": frozenset(
        ["troop", "soldier", "fighter", "militant", "men", "man", "personnel", "peacekeeper", "deployment",
         "withdrawal", "mercenary", "gunman", "reservist"]
    ),
}  # fmt: skip
MARKS: dict[str, FigureKind] = {
    "dead": "killed", "wounded": "wounded", "injured": "wounded", "captured": "captured", "detained": "captured",
    "displaced": "displaced",
}  # fmt: skip
THINGS = frozenset(
    ["drone", "jet", "aircraft", "plane", "warplane", "helicopter", "missile", "rocket", "tank", "vehicle", "truck",
     "lorry", "car", "bus", "house", "home", "building", "shop", "ship", "vessel", "boat", "bridge", "school",
     "hospital", "clinic", "church", "mosque", "depot", "site", "target", "position", "base", "post", "warehouse",
     "launcher", "radar", "howitzer", "village", "checkpoint", "tent", "hut", "refinery", "substation", "shell",
     "bomb", "projectile"]
)  # fmt: skip
TIME = frozenset(
    ["day", "week", "month", "year", "hour", "minute", "decade", "time", "century", "percent", "%", "per", "side",
     "round", "country", "nation", "state", "p.m.", "a.m."]
)  # fmt: skip
UNITS = {
    "kilometre": "km", "kilometer": "km", "km": "km", "kms": "km", "kilometres": "km", "kilometers": "km", "mile": "mi",
    "miles": "mi", "metre": "m", "meter": "m", "metres": "m", "meters": "m",
}  # fmt: skip
CURRENCIES = frozenset(["dollar", "euro", "pound", "rouble", "ruble", "yuan", "lira", "$", "€", "£"])
LEAST = re.compile(
    r"(?:at least|(?:more|greater) than|over|above|no (?:fewer|less) than|a minimum of|exceeding)$"
)
MOST = re.compile(
    r"(?:up to|as many as|fewer than|less than|at most|nearly|almost|under|no more than|not more than|close to)$"
)
NO_COUNT = frozenset(
    ["article", "resolution", "brigade", "division", "regiment", "battalion", "no.", "number", "aged", "age", "route",
     "section", "phase", "unit"]
)  # fmt: skip
FAMILY = frozenset(
    ["family", "group", "team", "crew", "party", "squad", "gang", "convoy", "delegation", "household"]
)


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number in the sentence: its first and last token, its bounds, and the noun that it counts, if any."""

    first: Token
    last: Token
    low: float | None
    high: float | None
    noun: Token | None


def find_figures(here: ParsedSentence, within: Iterable[Token]) -> tuple[Figure, ...]:
    """Figures among the given tokens (one act's part of the sentence), in order, each once."""
    inside = {token.i for token in within}
    found: dict[tuple[str, str], Figure] = {}
    for quantity in _all_quantities(here.doc):
        if quantity.last.i in inside and (figure := _figure(quantity)) is not None:
            found.setdefault((figure.what, figure.who), figure)
    return tuple(found.values())


# -- how many ---------------------------------------------------------------------------------------------------------


def _all_quantities(doc: Doc) -> Sequence[_Quantity]:
    """The quantities of a sentence, which each of its acts asks for and which are read once."""
    known: dict[str, tuple[_Quantity, ...]] = doc.user_data
    if "quantities" not in known:
        known["quantities"] = tuple(_quantities(doc))
    return known["quantities"]


def _quantities(doc: Doc) -> Iterator[_Quantity]:
    at = 0
    while at < len(doc):
        read = _read_number(doc, at)
        if read is None:
            at += 1
            continue
        low, high, end = read
        second = _read_number(doc, end + 1) if end + 1 < len(doc) else None
        joined = end < len(doc) and doc[end].lower_ in {"to", "-", "–", "or", "and"}
        between = (
            doc[end].lower_ != "and" or (at > 0 and doc[at - 1].lower_ == "between") if joined else False
        )
        first, last = doc[at], doc[end - 1]
        if second is not None and between and low is not None and second[0] is not None and second[0] > low:
            low, high, end = low, second[1], second[2]
            last = doc[end - 1]
        else:
            low, high = _hedged(doc, at, end, low, high)
        if not _counts_nothing(first, last):
            yield _Quantity(first, last, low, high, _counted(first, last))
        at = end


def _read_number(doc: Doc, at: int) -> tuple[float | None, float | None, int] | None:
    """The bounds of the number that begins at a token, and the token after it: "1.5 million", "half a dozen", "tens of thousands"."""
    token = doc[at]
    if token.lower_ in PLURALS and token.tag_ in {"NNS", "NNPS"}:
        low = float(PLURALS[token.lower_])
        if at + 2 < len(doc) and doc[at + 1].lower_ == "of" and doc[at + 2].lower_ in PLURALS:
            return low * PLURALS[doc[at + 2].lower_] / 2, None, at + 3
        return low, None, at + 1
    words = [t.lower_ for t in doc[at : at + 4]]
    if words[:3] == ["half", "a", "dozen"]:
        return 6.0, 6.0, at + 3
    if words[0] in {"a", "an"} and len(words) > 1 and words[1] in SCALES:
        return float(SCALES[words[1]]), float(SCALES[words[1]]), at + 2
    if words[0] in {"several", "few"} and len(words) > 1 and words[1] in SCALES:
        return 2.0 * SCALES[words[1]], None, at + 2
    exact = read_number(doc, at)
    return exact and (exact[0], exact[0], exact[1])


def _hedged(
    doc: Doc, at: int, end: int, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """At least, more than, up to, or more: bounds instead of a value."""
    before = " ".join(t.lower_ for t in doc[max(0, at - 4) : at])
    before = re.sub(r"\s+(?:an?|some|about)$", "", before)
    after = " ".join(t.lower_ for t in doc[end : end + 2])
    particle = at > 0 and doc[at - 1].dep_ == "prt"  # "handed over 40"
    if (LEAST.search(before) and not particle) or after == "or more":
        return low, None
    return (None, high) if MOST.search(before) or after in {"or fewer", "or less"} else (low, high)


def _counts_nothing(first: Token, last: Token) -> bool:
    """True for a day, a year, a rank or a number in a name: "August 29", "in 2014", "Resolution 2254"."""
    before = first.nbor(-1) if first.i else None
    after = last.nbor() if last.i + 1 < len(last.doc) else None
    if any(t is not None and t.lower_.rstrip(".") in MONTHS for t in (before, after)):
        return True
    if last.ent_type_ == "ORDINAL" or (last.ent_type_ in {"DATE", "TIME"} and _is_time(last)):
        return True
    if before is not None and (
        before.lower_ in NO_COUNT or (before.text.endswith(("-", "+")) and not before.is_punct)
    ):
        return True
    named = last.dep_ == "nummod" and last.head.i < last.i
    glued = after is not None and after.text == "-" and not last.whitespace_
    alone = re.fullmatch(r"(?:19|20)\d\d", last.text) is not None and last.dep_ in {
        "pobj",
        "npadvmod",
        "appos",
    }
    return named or glued or alone


def _is_time(token: Token) -> bool:
    """True where the words that the model calls a time hold a day, a month, a unit of time or a year."""
    words = next((list(e) for e in token.doc.ents if e.start <= token.i < e.end), [token])
    return any(
        t.lower_ in CALENDAR or t.lemma_.lower() in TIME or re.fullmatch(r"(?:19|20)\d\d|\d+:\d\d", t.text)
        for t in words
    )


def _counted(first: Token, last: Token) -> Token | None:
    """The noun that a number counts; None where the number stands alone ("killed 40")."""
    token = last
    while token.dep_ in {"nummod", "quantmod", "compound", "amod", "advmod", "det", "conj", "predet"}:
        head = token.head
        if head.i == token.i or (token.dep_ == "conj" and not head.like_num):
            break
        if head.i > last.i:
            return head
        if head.i < first.i and not head.like_num:
            break
        token = head
    if token.lower_ in PLURALS or token.like_num:
        noun = clause.through_quantity(token)
        if noun.i != token.i and noun.i > last.i:
            return noun
    if last.dep_ == "pobj" and last.head.lower_ == "of" and last.head.head.lemma_.lower() in FAMILY:
        return last.head.head
    return None


# -- of what ----------------------------------------------------------------------------------------------------------


def _figure(quantity: _Quantity) -> Figure | None:
    noun, low, high = quantity.noun, quantity.low, quantity.high
    before = quantity.first.nbor(-1) if quantity.first.i else None
    if before is not None and before.text in CURRENCIES:
        return Figure("money", low, high, "", before.text)
    if noun is None:
        kind = _kind(quantity.last)
        return Figure(kind, low, high, "people") if kind not in {"other", "destroyed", "forces"} else None
    lemma = noun.lemma_.lower()
    if noun.lower_ in UNITS or lemma in UNITS:
        return Figure("distance", low, high, "", UNITS.get(noun.lower_) or UNITS[lemma])
    if lemma in CURRENCIES:
        return Figure("money", low, high, "", lemma)
    if lemma in TIME or (noun.ent_type_ in {"DATE", "TIME"} and noun.pos_ != "VERB"):
        return None
    kind = MARKS.get(noun.lower_) or _kind(noun)
    definite = any(c.lower_ in {"the", "these", "those", "both"} for c in noun.lefts)
    if kind == "other" and (definite or noun.pos_ == "VERB"):
        return None
    return Figure(kind, low, high, _who(noun))


def _who(noun: Token) -> str:
    """The words of those counted: "Syrian soldiers", "members of the security forces"; `people` where there is no noun."""
    if noun.lower_ in MARKS or noun.lower_ in {"more", "person", "lives"} or noun.pos_ == "VERB":
        return "people"
    words = [
        t.text
        for t in noun.lefts
        if t.dep_ in {"amod", "compound", "nmod"} and not t.like_num and t.lower_ not in SCALES
    ]
    words = [w for w in words if w.lower() not in {"more", "fewer", "least", "several", "few", "many"}]
    inner = next(
        (c for c in noun.rights if c.lower_ == "of" and noun.lemma_.lower() in clause.TRANSPARENT), None
    )
    tail = [t.text for t in inner.subtree] if inner is not None else []
    return " ".join([*words, noun.text, *(tail if len(tail) <= 6 else [])])


def _kind(token: Token) -> FigureKind:
    """What was done to what is counted: by the verb or the noun that governs it, else by its own word."""
    lemma = token.lemma_.lower()
    kind = _governed(token)
    if kind == "killed" and lemma in THINGS:
        return "destroyed"
    if kind == "captured" and lemma in THINGS | {"town", "district"}:
        return "other"
    if kind is not None:
        return kind
    marked = next((MARKS[c.lower_] for c in token.children if c.lower_ in MARKS), None)
    return marked or _of_noun(token) or "other"


def _governed(token: Token) -> FigureKind | None:
    step = token
    for _ in range(5):
        link, head = step.dep_, step.head
        if head.i == step.i:
            return None
        if link == "pobj" and head.lower_ in {"of", "including"}:
            step = head
        elif link == "pobj" and any(
            "toll" in {t.lower_ for t in head.head.lefts} or t.lower_ == "toll" for t in head.head.subtree
        ):
            return "killed"
        elif link == "pobj" and head.lower_ in {"between", "over", "around", "about"} and head.dep_ == "prep":
            taken = any(clause.children(head.head, "dobj", "nsubjpass"))
            return None if taken or head.head.pos_ != "VERB" else _done(head.head, "dobj")
        elif link in {"conj", "appos", "prep", "nummod", "quantmod"} and head.pos_ not in {"VERB", "AUX"}:
            step = head
            if link == "prep" and (named := _of_noun(head)) is not None:
                return named
        elif head.pos_ in {"VERB", "AUX"} and link in {
            "dobj",
            "nsubjpass",
            "nsubj",
            "attr",
            "oprd",
            "prep",
            "dative",
        }:
            return _done(head, link)
        else:
            return None
    return None


def _of_noun(noun: Token) -> FigureKind | None:
    """ "The killing of 12 people", "the deployment of 2,000 troops"."""
    lemma = noun.lemma_.lower()
    return next((kind for kind, nouns in NOUNS.items() if lemma in nouns), None)


def _done(verb: Token, link: str) -> FigureKind | None:
    """What the verb does to its object, or to its subject where it has no object."""
    lemma = verb.lemma_.lower()
    if link == "prep" or (link == "nsubj" and any(clause.children(verb, "dobj")) and verb.tag_ != "VBN"):
        return None
    if lemma in {"leave", "find"}:
        return next((MARKS[t.lower_] for t in verb.subtree if t.lower_ in MARKS and t.i > verb.i), None)
    if any(c.lower_ == "to" and any(o.lower_ == "death" for o in c.children) for c in verb.children):
        return "killed"
    if lemma in {"shoot", "bring"} and any(c.lower_ == "down" for c in verb.children):
        return "destroyed"
    if lemma in {"force", "drive"} and any(c.lower_ in {"from", "out"} for c in verb.children):
        return "displaced"
    if lemma in {"cost", "claim", "take", "lose"} and any(c.lemma_ == "life" for c in verb.children):
        return "killed"
    return next((kind for kind, verbs in VERBS.items() if lemma in verbs), None)
