"""Find the place mentions of a parsed report and resolve them together: one sense per name, by the report's own geography."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sitroom.catalogues.gazetteer import Gazetteer
from sitroom.language import clause
from sitroom.language.phrase import FIGHTING_KINDS
from sitroom.language.places import Mention, looks_like_place, resolve_places
from sitroom.language.reading import ParsedSentence, Reading
from sitroom.language.tree import Span, Token
from sitroom.vocabulary import Place, Unresolved

LOCATIVE = frozenset(
    ["in", "at", "near", "from", "to", "into", "on", "onto", "over", "across", "around", "outside", "inside",
     "through", "throughout", "toward", "towards", "along", "off", "within", "between", "beyond", "out", "of", "via"]
)  # fmt: skip
PLACE_NOUNS = frozenset(
    ["province", "governorate", "city", "town", "village", "region", "district", "area", "border", "frontier",
     "countryside", "desert", "coast", "river", "valley", "camp", "airport", "base", "crossing", "territory",
     "island", "suburb", "enclave", "peninsula", "mountain", "hill", "strait", "sea", "gulf", "neighbourhood",
     "outskirts", "airbase", "oblast", "county", "state", "front", "heights", "strip", "zone", "bank", "township",
     "municipality", "commune", "cercle", "subdistrict", "department", "division", "wilaya", "prefecture", "canton",
     "parish", "borough", "quarter", "locality", "line", "horn", "bay", "cape", "lake", "canal", "delta", "basin",
     "plain", "plateau", "ridge", "corridor", "belt", "triangle", "archipelago", "reef", "shoal", "highland",
     "highlands", "lowlands", "steppe", "forest", "plant", "dam", "refinery", "port", "harbour", "harbor", "prison",
     "barracks", "airfield", "oilfield", "settlement", "hamlet", "outpost", "checkpoint"]
)  # fmt: skip
DIRECTION = re.compile(
    r"^(?:north|south|east|west|northern|southern|eastern|western|central|(?:north|south)-?(?:east|west)(?:ern)?)$",
    re.I,
)
HELD = frozenset({"control", "rule", "siege", "occupation", "hand"})
OWNED = frozenset(
    ["base", "airbase", "camp", "front", "outpost", "checkpoint", "barracks", "line", "zone", "corridor"]
)
"""What a state may have abroad: its owner's name does not say where it is."""
TAKES_PLACE = frozenset(
    ["visit", "leave", "enter", "reach", "vacate", "evacuate", "capture", "recapture", "retake", "seize", "storm",
     "shell", "bomb", "attack", "hit", "strike", "take", "besiege", "control", "hold", "govern", "administer",
     "liberate", "tour", "cross", "invade", "occupy", "quit", "exit", "abandon", "raid", "target", "recover", "lose",
     "defend", "surround", "keep", "retain", "regain", "reclaim", "cede", "relinquish", "overrun", "encircle", "blockade", "pound", "devastate", "infiltrate"]
)  # fmt: skip
MOVES = frozenset(
    ["withdraw", "pull", "leave", "flee", "return", "come", "fire", "launch", "move", "transfer", "evacuate",
     "arrive", "retreat", "deport", "expel", "remove", "kick", "drive", "march", "smuggle", "travel", "fly", "go",
     "withdrawal", "evacuation", "pullout", "deploy", "send", "deployment", "advance", "attack", "escape", "head",
     "ship", "shipment", "transit", "route", "trip", "visit", "journey", "flight", "km", "kilometer", "kilometre",
     "mile", "oust", "push", "traffic", "trafficking", "export", "import", "territory"]
)  # fmt: skip
BEFALLS = frozenset(
    ["invasion", "bombing", "bombardment", "shelling", "siege", "occupation", "capture", "seizure", "annexation",
     "blockade", "liberation", "recapture", "fall", "partition", "south", "north", "east", "west", "part", "coast",
     "most", "rest", "control"]
)  # fmt: skip
"""Nouns whose "of" names where something happens: "the invasion of Ukraine", not "the government of Ukraine"."""
DEALS = frozenset({"accord", "agreement", "deal", "declaration", "truce", "ceasefire", "process"})
"""What is called by the town where it was made."""
UNITS = frozenset({"region", "state", "province", "district", "zone"})
"""What bears the name of a people that lives there."""
LOOKS = 0.5


PLACES = frozenset({"state", "territory", "region"})
OF_STATE = frozenset(
    ["territory", "soil", "side", "border", "frontier", "coast", "capital", "airspace", "waters"]
)
"""What lies where the adjective of a state says: "the Malian border", "Iraqi soil"."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OF_PEOPLE = frozenset({"adjective", "demonym"})


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
    _agree_on_places(reading, located)
    return refer_back(reading, located, gazetteer), unresolved


def _agree_on_places(reading: Reading, located: Sequence[Located]) -> None:
    """Call a town a place wherever the report names it: once placed, it is no party where it stands as a subject."""
    towns = {
        one.token.text for one in located
        if one.place is not None and one.slot in LOCATIVE | {"object"} and one.token.pos_ == "PROPN"
    }  # fmt: skip
    for here in reading.sentences:
        free = {t.i for t in here.doc if t.text in towns and t.i not in here.name_at}
        ends = {e.end - 1: e for e in here.doc.ents}
        spans = [
            Span(here.doc, e.start if e.label_ not in {"PERSON", "ORG"} else i, i + 1, "GPE")
            for i in free
            if (e := ends.get(i)) is not None
            and e.label_ not in PLACE_LABELS
            and (len(e) == 1 or e.label_ == "NORP")
        ]
        if spans:
            here.doc.set_ents(spans)


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


def _mention(text: str, start: int, end: int) -> Mention:
    """The mention with possessives undone: "Imam Ali's base" is the Imam Ali base."""
    mention = Mention.of(text, start, end)
    return replace(mention, text=re.sub(r"['’]s(?= )", "", mention.text))


def _slot(token: Token, here: ParsedSentence, focus: Mapping[str, float], gazetteer: Gazetteer) -> str | None:
    """In which slot the token names a place: a preposition, the object of a verb of motion or attack, or elsewhere."""
    if _before_event(token, here, focus, gazetteer):
        return "event"
    if _named_units(token):
        return None  # "Rakhine and Chin states": each by its name
    if clause.is_date(token):
        return None
    if (
        token.pos_ not in {"PROPN", "NOUN", "ADJ"}
        or (
            token.dep_ in {"compound", "amod", "nmod"}
            and token.head.pos_ in {"NOUN", "PROPN"}
            and not _named_units(token.head)
        )
    ) and not (
        token.pos_ == "PROPN" and token.dep_ == "compound" and token.head.lemma_.lower() in {"area", "border"}
    ):
        return None
    if token.dep_ == "poss":
        return None  # "Imam Ali's base" is one place, named by its head
    name = here.name_at.get(token.i)
    is_state = name is not None and (
        name.use in {"name", "capital", "short"} and name.entry.kind in {"state", "territory"}
    )
    if name is not None and not is_state and name.use != "adjective":
        return None
    proper = token.pos_ == "PROPN" or is_state
    phrase = (token.lemma_.lower() in PLACE_NOUNS and _has_name(token, here)) or _of_state(token, here)
    directional = bool(DIRECTION.match(token.lower_)) and any(c.lower_ == "the" for c in token.lefts)
    if not (proper or phrase or directional):
        return None
    known = is_state or token.ent_type_ in {"GPE", "LOC", "FAC"}
    prep = _preposition(token)
    directed = any(DIRECTION.match(c.lower_) for c in token.lefts)  # "forces from northern Mali"
    if (
        is_state
        and prep == "of"
        and not directed
        and _governor(token).lemma_.lower() not in BEFALLS | PLACE_NOUNS
    ):
        return None  # the government of Sudan, the foreign ministers of two states
    direct = token.head.lower_ != "in" and not directed  # "close to the bases in Erbil"
    if (
        is_state
        and direct
        and prep in {"from", "to", "on", "via"}
        and _governor(token).lemma_.lower() not in MOVES
        and not (
            name is not None
            and name.use == "capital"
            and _governor(token).lemma_.lower() in clause.HAPPENINGS
        )
    ):
        return None  # backing from Iran, a request to Israel: parties, not places
    if prep in LOCATIVE:
        if known or phrase or directional or _looks(token, focus, gazetteer) >= LOOKS:
            return prep
        return None
    first = _first_conjunct(token)
    if first.dep_ in {"nmod", "compound"} and _named_units(first.head):
        first = first.head
    follows = token.pos_ == "PROPN" and token.dep_ in {"advmod", "npadvmod"} and token.i == token.head.i + 1
    taken = first.dep_ in {"dobj", "nsubjpass"} and first.head.lemma_.lower() in TAKES_PLACE
    taken = taken or (follows and token.head.lemma_.lower() in TAKES_PLACE)
    if is_state and token.head.lemma_ in {"keep", "retain"}:
        return None  # "keep Iran from the border"
    taken = taken or (proper and token.dep_ == "nsubj" and _is_held(token.head))
    if taken and (known or phrase or _looks(token, focus, gazetteer) >= LOOKS):
        return "object"
    if directional and token.dep_ in {"nsubj", "dobj"}:
        return "name"
    if known and not is_state and token.dep_ in {"appos", "conj", "pobj", "npadvmod"}:
        return "name"
    hyphened = token.i + 1 < len(token.doc) and token.nbor().text == "-"
    if is_state and not hyphened and token.dep_ in {"pobj", "npadvmod", "appos"} and prep is None:
        return "name"
    return None


def _looks(token: Token, focus: Mapping[str, float], gazetteer: Gazetteer) -> float:
    """How much the name that ends here looks like a place: "Tal Abyad" by both of its words, a word alone else."""
    left = token.i
    while left > 0 and token.doc[left - 1].dep_ == "compound" and token.doc[left - 1].pos_ == "PROPN":
        left -= 1
    whole = Span(token.doc, left, token.i + 1).text
    return max(looks_like_place(name, focus, gazetteer) for name in {whole, token.text})


def _before_event(
    token: Token, here: ParsedSentence, focus: Mapping[str, float], gazetteer: Gazetteer
) -> bool:
    """True in "the Sochi meeting", "the Kabul bombing": a town before what happens there; a state there is a party."""
    if token.dep_ not in {"compound", "nmod"} or token.pos_ != "PROPN" or token.ent_type_ in {"ORG", "DATE"}:
        return False
    if token.head.lemma_.lower() not in clause.HAPPENINGS | DEALS:
        return False
    name = here.name_at.get(token.i)
    if name is not None:
        return name.use == "capital" and token.head.lemma_.lower() not in {"operation", "offensive", "event"}
    return looks_like_place(token.text, focus, gazetteer) >= LOOKS


def _named_units(token: Token) -> bool:
    """True for the plural noun of "Kharkiv and Sumy regions", which names no place of its own."""
    if token.tag_ not in {"NNS", "NNPS"} or token.lemma_.lower() not in PLACE_NOUNS:
        return False
    return any(
        c.pos_ == "PROPN" and any(o.pos_ == "PROPN" for o in clause.children(c, "conj"))
        for c in clause.children(token, "nmod", "compound")
    )


def _is_held(verb: Token) -> bool:
    """ "is under X's control", "came under siege", "remains in the hands of X": the subject is a place."""
    return any(
        inner.lemma_.lower() in HELD
        for prep in verb.children
        if prep.lower_ in {"under", "outside", "beyond", "in"}
        for inner in prep.children
    )


def _governor(token: Token) -> Token:
    """The word that the prepositional phrase hangs on, through conjuncts."""
    return _first_conjunct(token).head.head


def _first_conjunct(token: Token) -> Token:
    head = token
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        head = head.head
    return head


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
        elif (head.dep_ in {"nmod", "compound"} and _named_units(head.head)) or (
            head.dep_ == "poss" and head.head.lemma_.lower() in PLACE_NOUNS
        ):
            head = head.head
        else:
            break
    return head.head.lower_ if head.dep_ == "pobj" else None


def _of_state(token: Token, here: ParsedSentence) -> bool:
    """ "Iraqi territory", "Syrian soil": the country by its adjective."""
    return token.lemma_.lower() in OF_STATE and any(
        c.i in here.name_at and here.name_at[c.i].use == "adjective" for c in token.lefts
    )


def _has_name(token: Token, here: ParsedSentence) -> bool:
    """A place noun counts with a proper name or a direction of its own; the name of an owner is none."""
    if any(_names_place(c, token, here) or DIRECTION.match(c.lower_) for c in token.lefts):
        return True
    return any(c.lower_ == "of" and any(o.pos_ == "PROPN" for o in c.children) for c in token.rights)


def _names_place(child: Token, noun: Token, here: ParsedSentence) -> bool:
    if child.dep_ not in {"compound", "nmod", "poss", "amod"}:
        return False
    name = here.name_at.get(child.i)
    if name is not None and name.entry.kind == "people" and noun.lemma_.lower() in UNITS:
        return True  # "the Amhara region"
    if name is not None and (name.entry.kind not in PLACES or noun.lemma_.lower() in OWNED):
        return noun.pos_ == "PROPN" and noun.lemma_.lower() not in OWNED  # "Kachin State"
    return child.pos_ == "PROPN" or (name is None and child.i > 0 and child.text[:1].isupper())


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
                (
                    before.pos_ == "PROPN"
                    or (before.text[:1].isupper() and left > 1 and before.i not in here.name_at)
                )
                and before.head.i in {token.i, left}
                and before.dep_ in {"compound", "nmod", "amod", "poss"}
                and (before.ent_type_ != "PERSON" or token.ent_type_ == "PERSON" or left < token.i)
            )
            or DIRECTION.match(before.text)
            or (token.lemma_.lower() in OF_STATE and before.i in here.name_at and before.head.i == token.i)
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


# -- places meant again without their name ----------------------------------------------------------------------------------

MEANT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("country", "nation"), frozenset({"country"})),
    **dict.fromkeys(("city", "town", "village", "settlement", "port"), frozenset({"place"})),
    **dict.fromkeys(("camp", "neighbourhood", "suburb"), frozenset({"place", "point"})),
    **dict.fromkeys(("province", "governorate", "state", "district", "oblast"), frozenset({"admin1"})),
    **dict.fromkeys(("area", "region", "zone", "enclave", "territory"), frozenset({"area", "admin1", "region"})),
}  # fmt: skip
"""How exact a place is that a bare noun with "the" may mean."""
BARE = frozenset({"the", "that", "this", "entire", "whole", "same", "besieged"})
GRAIN = {"region": 0, "country": 0, "admin1": 1, "area": 2, "place": 3, "point": 3}
REACH = 3
"""So many sentences back a town or an area is still meant; a country is meant throughout."""


def refer_back(reading: Reading, located: Sequence[Located], gazetteer: Gazetteer) -> list[Located]:
    """The mentions with those that name no place: "there", "in the area", "shelled the city", "in the capital"."""
    found = list(located)
    leading = reading.focus.most_common(2)
    clear = len(leading) == 1 or (len(leading) == 2 and leading[0][1] > leading[1][1])
    home = leading[0][0] if clear else None
    for here in reading.sentences:
        for token in here.doc:
            slot = _back_slot(token)
            if slot is None:
                continue
            start = here.offset(token)
            before = [p for p in found if p.place is not None and p.start < start]
            place = _meant(token, here, before, home, gazetteer)
            if place is not None and not any(p.start <= start < p.end for p in found):
                place = replace(place, text=token.text, start=start, end=here.end(token))
                found.append(Located(here.index, token, slot, start, here.end(token), place))
    return sorted(found, key=lambda p: p.start)


def _back_slot(token: Token) -> str | None:
    if token.lower_ == "there":
        return "in" if token.tag_ == "RB" and token.dep_ in {"advmod", "npadvmod"} else None
    lefts = [c.lower_ for c in token.lefts]
    if token.lower_ not in {*MEANT, "capital"} or not lefts or not BARE.issuperset(lefts):
        return None
    if any(c.dep_ in {"prep", "appos"} and c.lower_ != "on" for c in token.rights):
        return None
    prep = _preposition(token)
    if prep is not None:
        struck = (
            prep == "on"
            and _governor(token.head if token.dep_ == "poss" else token).lemma_ in clause.HAPPENINGS
        )
        return prep if struck or prep in LOCATIVE - {"of", "between", "on"} else None
    first = _first_conjunct(token)
    taken = first.dep_ in {"dobj", "nsubjpass"} and first.head.lemma_.lower() in TAKES_PLACE
    taken = taken or (token.dep_ == "nsubj" and _is_held(token.head))
    return "object" if taken else None


def _meant(
    token: Token, here: ParsedSentence, before: Sequence[Located], home: str | None, gazetteer: Gazetteer
) -> Place | None:
    """The last place of the kind that the word may mean; the capital is that of who acts where no place is named beside it."""
    sentence = here.index
    if token.lower_ == "capital":
        lands = [(p.sentence, p.place.country) for p in before if p.place and p.place.country]
        if not lands or lands[-1][0] != sentence:
            groups = (n.entry for n in here.names if n.end <= here.offset(token) and n.use not in OF_PEOPLE)
            lands += [(sentence, e.country) for e in groups if e.kind in FIGHTING_KINDS and e.country]
        beside = bool(lands) and lands[-1][0] == sentence
        country = lands[-1][1] if beside or (lands and not home) else home
        entry = gazetteer.capital(country) if country else None
        if entry is None:
            return None
        return Place(entry.name, entry.id, entry.lat, entry.lon, entry.country, entry.admin1, entry.precision)
    kinds = MEANT.get(token.lower_)
    near = [p for p in before if sentence - p.sentence <= REACH or token.lower_ in {"country", "nation"}]
    fit = [p for p in near if p.place and (kinds is None or p.place.precision in kinds)]
    called = [p for p in near if p.place and f" {token.lower_}" in p.place.name.lower()]
    if called:  # "the port" is Latakia port, though a base was named since
        return called[-1].place
    if kinds is None and fit:  # of "Goma, in DR Congo" the town
        fit = [p for p in fit if p.sentence == fit[-1].sentence]
        fit.sort(key=lambda p: GRAIN[p.place.precision] if p.place else 0)
    return fit[-1].place if fit else None


def places_of(located: Sequence[Located], sentence: int) -> list[Located]:
    """The resolved mentions of one sentence."""
    return [one for one in located if one.sentence == sentence and one.place is not None]
