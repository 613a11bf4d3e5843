"""Find the place mentions of a parsed report and resolve them together: one sense per name, by the report's own geography."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from sitroom.catalogues.gazetteer import Gazetteer
from sitroom.language.places import Mention, looks_like_place, resolve_places
from sitroom.language.reading import ParsedSentence, Reading
from sitroom.vocabulary import Place, Unresolved

LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "into",
        "on",
        "onto",
        "over",
        "across",
        "around",
        "outside",
        "inside",
        "through",
        "throughout",
        "toward",
        "towards",
        "along",
        "off",
        "within",
        "between",
        "beyond",
        "out",
        "of",
        "via",
    ]
)
PLACE_NOUNS = frozenset(
    [
        "province",
        "governorate",
        "city",
        "town",
        "village",
        "region",
        "district",
        "area",
        "border",
        "frontier",
        "countryside",
        "desert",
        "coast",
        "river",
        "valley",
        "camp",
        "airport",
        "base",
        "crossing",
        "territory",
        "island",
        "suburb",
        "enclave",
        "peninsula",
        "mountain",
        "hill",
        "strait",
        "sea",
        "gulf",
        "neighbourhood",
        "outskirts",
        "airbase",
        "oblast",
        "county",
        "state",
        "front",
        "heights",
        "strip",
        "zone",
        "bank",
    ]
)
DIRECTION = re.compile(
    r"^(?:north|south|east|west|northern|southern|eastern|western|central|(?:north|south)-?(?:east|west)(?:ern)?)$",
    re.I,
)
TAKES_PLACE = frozenset(
    [
        "visit",
        "leave",
        "enter",
        "reach",
        "vacate",
        "evacuate",
        "capture",
        "recapture",
        "retake",
        "seize",
        "storm",
        "shell",
        "bomb",
        "attack",
        "hit",
        "strike",
        "take",
        "besiege",
        "control",
        "hold",
        "govern",
        "administer",
        "liberate",
        "tour",
        "cross",
        "invade",
        "occupy",
        "quit",
        "exit",
        "abandon",
        "raid",
        "target",
        "recover",
        "lose",
        "defend",
        "surround",
    ]
)
MOVES = frozenset(
    [
        "withdraw",
        "pull",
        "leave",
        "flee",
        "return",
        "come",
        "fire",
        "launch",
        "move",
        "transfer",
        "evacuate",
        "arrive",
        "retreat",
        "deport",
        "expel",
        "remove",
        "kick",
        "drive",
        "march",
        "smuggle",
        "travel",
        "fly",
        "go",
        "withdrawal",
        "evacuation",
        "pullout",
        "retreat",
        "deploy",
        "send",
        "deployment",
        "advance",
        "attack",
        "drive",
        "escape",
        "head",
        "ship",
        "shipment",
        "transit",
        "route",
        "trip",
        "visit",
        "journey",
        "flight",
        "km",
        "kilometer",
        "kilometre",
        "mile",
        "oust",
        "push",
        "traffic",
        "trafficking",
        "export",
        "import",
        "territory",
    ]
)
LOOKS = 0.5


@dataclass(frozen=True, slots=True)
class Located:
    """A place mention: its sentence, head token, slot (a preposition, `object` or `name`) and the place, None if unresolved."""

    sentence: int
    token: Token
    slot: str
    start: int
    end: int
    place: Place | None


def locate(reading: Reading, gazetteer: Gazetteer) -> tuple[list[Located], list[Unresolved]]:
    """All place mentions of a report with their places, and the names that look like places but resolve to none."""
    drafts: list[tuple[ParsedSentence, Token, str, int, int]] = []
    for here in reading.sentences:
        seen: set[int] = set()
        for token in here.doc:
            if token.i in seen:
                continue
            slot = _slot(token, here, reading.focus, gazetteer)
            if slot is None:
                continue
            start, end = _span(token, here)
            seen.update(t.i for t in here.doc if start <= here.offset(t) < end)
            drafts.append((here, token, slot, start, end))
    mentions = [_mention(reading.report.text, start, end) for _, _, _, start, end in drafts]
    focus: Mapping[str, float] = {country: float(count) for country, count in reading.focus.items()}
    places = resolve_places(mentions, focus, gazetteer)
    located = [
        Located(here.index, token, slot, start, end, place or _soil(token, here, gazetteer, start, end))
        for (here, token, slot, start, end), place in zip(drafts, places, strict=True)
    ]
    unresolved = [
        Unresolved("place", reading.report.text[one.start : one.end], one.start, one.end)
        for one in located
        if one.place is None and one.slot in LOCATIVE and one.token.ent_type_ in {"GPE", "LOC", "FAC"}
    ]
    return _follow_country(reading, located), unresolved


def _soil(token: Token, here: ParsedSentence, gazetteer: Gazetteer, start: int, end: int) -> Place | None:
    """ "Iraqi territory" is Iraq."""
    if not _of_state(token, here):
        return None
    code = next(here.name_at[c.i].entry.country for c in token.lefts if c.i in here.name_at)
    if code is None or not gazetteer.has_country(code):
        return None
    entry = gazetteer.country(code)
    return Place(
        entry.name,
        entry.id,
        entry.lat,
        entry.lon,
        entry.country,
        None,
        "country",
        start=start,
        end=end,
        text=token.text,
    )


def _follow_country(reading: Reading, located: list[Located]) -> list[Located]:
    """ "In the country" is the last country that the report located something in."""
    found = list(located)
    for here in reading.sentences:
        for token in here.doc:
            if (
                token.lower_ == "country"
                and _preposition(token) in LOCATIVE
                and [c.lower_ for c in token.lefts] == ["the"]
            ):
                before = [
                    p
                    for p in located
                    if p.start < here.offset(token) and p.place and p.place.precision == "country"
                ]
                if before and before[-1].place is not None:
                    place = replace(
                        before[-1].place, text=token.text, start=here.offset(token), end=here.end(token)
                    )
                    found.append(
                        Located(
                            here.index,
                            token,
                            _preposition(token) or "in",
                            here.offset(token),
                            here.end(token),
                            place,
                        )
                    )
    return found


def _mention(text: str, start: int, end: int) -> Mention:
    """The mention with possessives undone: "Imam Ali's base" is the Imam Ali base."""
    mention = Mention.of(text, start, end)
    return replace(mention, text=re.sub(r"['’]s(?= )", "", mention.text))


def _slot(token: Token, here: ParsedSentence, focus: Mapping[str, float], gazetteer: Gazetteer) -> str | None:
    """In which slot the token names a place: a preposition, the object of a verb of motion or attack, or elsewhere."""
    if (
        token.pos_ not in {"PROPN", "NOUN", "ADJ"}
        or (token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"})
    ) and not (
        token.pos_ == "PROPN" and token.dep_ == "compound" and token.head.lemma_.lower() in {"area", "border"}
    ):
        return None
    if token.dep_ == "poss":
        return None  # "Imam Ali's base" is one place, named by its head
    name = here.name_at.get(token.i)
    is_state = name is not None and (
        name.use in {"name", "capital"} and name.entry.kind in {"state", "territory"}
    )
    if name is not None and not is_state and name.use != "adjective":
        return None
    proper = token.pos_ == "PROPN" or is_state
    phrase = token.lemma_.lower() in PLACE_NOUNS and (_has_name(token) or _of_state(token, here))
    directional = bool(DIRECTION.match(token.lower_)) and any(c.lower_ == "the" for c in token.lefts)
    if not (proper or phrase or directional):
        return None
    known = is_state or token.ent_type_ in {"GPE", "LOC", "FAC"}
    prep = _preposition(token)
    direct = token.head.lower_ != "in"  # "close to the bases in Erbil"
    if (
        is_state
        and direct
        and prep in {"from", "to", "on", "via"}
        and _governor(token).lemma_.lower() not in MOVES
    ):
        return None  # backing from Iran, a request to Israel: parties, not places
    if prep in LOCATIVE:
        if known or phrase or directional or looks_like_place(token.text, focus, gazetteer) >= LOOKS:
            return prep
        return None
    taken = token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_.lower() in TAKES_PLACE
    if taken and (known or phrase or looks_like_place(token.text, focus, gazetteer) >= LOOKS):
        return "object"
    if directional and token.dep_ in {"nsubj", "dobj"}:
        return "name"
    if known and not is_state and token.dep_ in {"appos", "conj", "pobj", "npadvmod"}:
        return "name"
    hyphened = token.i + 1 < len(token.doc) and token.nbor().text == "-"
    if is_state and not hyphened and token.dep_ in {"pobj", "npadvmod", "appos"} and prep in {"of", None}:
        return "name"
    return None


def _governor(token: Token) -> Token:
    """The word that the prepositional phrase hangs on, through conjuncts."""
    head = token
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        head = head.head
    return head.head.head


def _preposition(token: Token) -> str | None:
    """The preposition that governs the phrase, through conjuncts, appositions and "area of X"."""
    head = token
    for _ in range(5):
        if head.dep_ in {"conj", "appos"} and head.head.i != head.i:
            head = head.head
        elif (
            head.dep_ == "pobj"
            and head.head.lower_ in {"of", "in", "between"}
            and head.head.head.lemma_.lower()
            in PLACE_NOUNS
            | {
                "part",
                "outskirt",
                "countryside",
                "west",
                "east",
                "north",
                "south",
                "centre",
                "center",
                "rest",
                "side",
                "swathe",
            }
        ):
            outer = _preposition(head.head.head)
            return outer if outer in LOCATIVE else head.head.lower_
        elif head.dep_ == "poss" and head.head.lemma_.lower() in PLACE_NOUNS:
            head = head.head
        else:
            break
    return head.head.lower_ if head.dep_ == "pobj" else None


def _of_state(token: Token, here: ParsedSentence) -> bool:
    """ "Iraqi territory", "Syrian soil": the country by its adjective."""
    return token.lemma_.lower() in {"territory", "soil", "side"} and any(
        c.i in here.name_at and here.name_at[c.i].use == "adjective" for c in token.lefts
    )


def _has_name(token: Token) -> bool:
    """A place noun counts with a proper name or a direction of its own."""
    return any(
        (c.pos_ == "PROPN" and c.dep_ in {"compound", "nmod", "poss", "amod"}) or DIRECTION.match(c.lower_)
        for c in token.lefts
    ) or any(c.lower_ == "of" and any(o.pos_ == "PROPN" for o in c.children) for c in token.rights)


def _span(token: Token, here: ParsedSentence) -> tuple[int, int]:
    """The phrase: proper compounds and direction words before the head, and a short "of" part after it."""
    doc, left = here.doc, token.i
    while left > 0:
        before = doc[left - 1]
        joined = (
            before.text in {"-", "–", "’", "'"}
            and left > 1
            and not doc[left - 1].whitespace_
            and not doc[left - 2].whitespace_
        )
        owned = before.tag_ == "POS" and left > 1 and doc[left - 2].pos_ == "PROPN"
        if joined or owned:
            left -= 2
        elif (
            (
                before.pos_ == "PROPN"
                and before.head.i in {token.i, left}
                and before.dep_ in {"compound", "nmod", "amod", "poss"}
                and (before.ent_type_ != "PERSON" or left < token.i)
            )
            or DIRECTION.match(before.text)
            or (
                before.lower_ in {"al", "el", "as", "ad", "ar", "deir", "dayr", "eastern", "western"}
                and before.whitespace_ == ""
            )
        ):
            left -= 1
        else:
            break
    right = token.i
    if token.lemma_.lower() in PLACE_NOUNS or DIRECTION.match(token.lower_):
        for child in token.rights:
            if child.lower_ == "of" and child.i == right + 1:
                inner = next((o for o in child.children if o.dep_ == "pobj"), None)
                if inner is not None and inner.i - child.i <= 4:
                    right = inner.i
    while (
        right + 2 < len(doc)
        and doc[right + 1].text == "-"
        and doc[right + 2].pos_ == "PROPN"
        and not doc[right + 1].whitespace_
    ):
        right += 2
    return here.offset(doc[left]), here.end(doc[right])


def places_of(located: Sequence[Located], sentence: int) -> list[Located]:
    """The resolved mentions of one sentence."""
    return [one for one in located if one.sentence == sentence and one.place is not None]
