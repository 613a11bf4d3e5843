"""Which place a name in a report means: joint resolution by the report's own geography."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitroom.catalogues.gazetteer import Direction, Gazetteer, PlaceEntry, match_key
from sitroom.vocabulary.world import Place, Precision

WINDOW = 60
"""How many characters before and after a mention are looked at."""

ACCEPT = 4.2
"""A reading scored below this stays unresolved; see `_score` for the scale."""

SEAT = 8_000
"""A town of this many people bears its unit's name before the unit does, unless a kind word says otherwise."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name as it stands in a report: `text == report.text[start:end]`, and the words around it.

    The span may hold the whole phrase (`western countryside of Deir ez-Zor`) or the bare name; kind and direction
    words next to it are found in `before` and `after`.
    """

    text: str
    start: int
    end: int
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Mention":
        """The mention at these offsets of a report's text, with the words around it."""
        return cls(
            text[start:end], start, end, text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
        )


def resolve_places(
    mentions: Sequence[Mention], focus: Mapping[str, float], gazetteer: Gazetteer
) -> tuple[Place | None, ...]:
    """The place of each mention of one report, None where no reading is good enough.

    `focus` weighs the countries the report is about (ISO 3166 alpha-3 to any positive number: mentions of the
    country, its adjective, its actors). Every candidate is scored by spelling, size, the countries in focus, kind
    words, containment ("X in Y province", "X, Y") and aliases; the clear winners then support what lies near them,
    and all mentions of one name get one sense.
    """
    weights = _weigh_focus(mentions, focus, gazetteer)
    phrases = [_parse(mention, weights, gazetteer) for mention in mentions]
    groups: dict[tuple[str, str], list[_Phrase]] = {}
    for phrase in phrases:
        groups.setdefault((match_key(phrase.name), phrase.kind), []).append(phrase)
    scored = {key: _score_group(group, weights, gazetteer) for key, group in groups.items()}
    anchors = {key: ranked[0][1] for key, ranked in scored.items() if _is_clear(ranked)}
    chosen = {
        key: _choose(ranked, [anchor for other, anchor in anchors.items() if other[0] != key[0]])
        for key, ranked in scored.items()
    }
    accepted = [entry for key, entry in chosen.items() if entry is not None and key not in anchors]
    for key, ranked in scored.items():  # names that only each other make likely
        if chosen[key] is None and accepted:
            chosen[key] = _choose(ranked, accepted)
    return tuple(
        _build(mention, phrase, chosen[match_key(phrase.name), phrase.kind], weights, gazetteer)
        for mention, phrase in zip(mentions, phrases, strict=True)
    )


def looks_like_place(name: str, focus: Mapping[str, float], gazetteer: Gazetteer) -> float:
    """From 0 (no) to 1 (surely) how much an unknown proper noun in a locative slot looks like a place name."""
    if gazetteer.is_common_word(name) and not name.isupper():
        return 0.0
    weights = _weigh_focus((), focus, gazetteer)
    phrase = _Phrase(name)
    ranked = _score_group([phrase], weights, gazetteer)
    if not ranked:
        return 0.0
    score, entry = ranked[0]
    if not entry.spelling and entry.population < 5_000:
        score -= 3.0
    return 1 / (1 + math.exp(ACCEPT - score))


# The words around a name

_COMPASS: dict[str, Direction] = {
    "north": "north", "northern": "north", "south": "south", "southern": "south", "east": "east", "eastern": "east",
    "west": "west", "western": "west", "northeast": "northeast", "northeastern": "northeast",
    "northwest": "northwest", "northwestern": "northwest", "southeast": "southeast", "southeastern": "southeast",
    "southwest": "southwest", "southwestern": "southwest", "central": "central",
}  # fmt: skip
_BEARINGS: dict[Direction, tuple[float, float]] = {
    "north": (1, 0), "northeast": (0.7, 0.7), "east": (0, 1), "southeast": (-0.7, 0.7), "south": (-1, 0),
    "southwest": (-0.7, -0.7), "west": (0, -1), "northwest": (0.7, -0.7), "central": (0, 0),
}  # fmt: skip
_WAY = r"(?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|central"
_UNIT = (
    r"provinces?|governorates?|oblasts?|regions?|states?|departments?|districts?|prefectures?|count(?:y|ies)|krai|cantons?"
    r"|divisions?|muhafazah|wilayas?"
)
_TOWN = r"city|cities|towns?|villages?|settlements?|municipalit(?:y|ies)|neighbou?rhoods?|suburbs?|port city|hamlets?|townships?|communes?"
_RURAL = r"(?:countryside|outskirts?|suburbs?|environs|hinterland|periphery|rural areas?|surroundings|vicinity|axis|front)"
_WATER = r"river|sea|strait|gulf|lake|bay|canal|channel|ocean|waters|coast|reservoir"
_SITE = (
    r"(?:international |military |naval |air |army |refugee |border )?(?:airport|airbase|base|airfield|air base|crossing|camp|prison|barracks"
    r"|garrison|field|oilfield|dam|nuclear (?:power )?(?:plant|station)|power plant|refinery)"
)
_DISTANCE = re.compile(
    rf"(?:about |some |around |roughly |nearly )?(\d+(?:\.\d+)?)[ -]?(km|kilomet(?:er|re)s?|miles?|mi)\b\s*(?:to the )?"
    rf"(?:(?:due )?({_WAY})\s+(?:of|from)|({_WAY})\s*,?\s*of|(?:from|outside|away from|off|inside))\s+(?:the )?(?:[a-z]+ (?:of )?){{0,2}}$",
    re.IGNORECASE,
)
_WAY_BEFORE = re.compile(
    rf"\b({_WAY})\s+(?:part |parts |areas? |fringes? |edge |end |side |half |{_RURAL} |{_UNIT} |coast |bank |(?:of|in) )*(?:of |in )?(?:the )?(?:{_UNIT}|city|town)?(?: of )?(?:the )?$",
    re.IGNORECASE,
)
_RURAL_BEFORE = re.compile(
    rf"\b{_RURAL}\s+(?:of|around|near)\s+(?:the (?:city|town) of )?(?:the )?$", re.IGNORECASE
)
_WAY_AFTER = re.compile(rf"^(?:['’]s?)?\s+({_WAY})\b(?!\s+of\s)(?:\s+(?:{_RURAL}|{_UNIT}))?", re.IGNORECASE)
_RURAL_AFTER = re.compile(rf"^(?:['’]s?)?\s+(?:({_WAY})\s+)?{_RURAL}\b", re.IGNORECASE)
_KIND_AFTER = {
    "admin1": re.compile(rf"^(?:['’]s)?\s+(?:{_UNIT})\b", re.IGNORECASE),
    "site": re.compile(rf"^(?:['’]s)?\s+{_SITE}\b", re.IGNORECASE),
    "water": re.compile(rf"^\s+(?:{_WATER})\b", re.IGNORECASE),
    "city": re.compile(rf"^(?:['’]s)?\s+(?:{_TOWN})\b", re.IGNORECASE),
}
_KIND_BEFORE = {
    "admin1": re.compile(rf"\b(?:{_UNIT})\s+(?:of\s+|around\s+)?(?:the )?$", re.IGNORECASE),
    "city": re.compile(rf"\b(?:{_TOWN}|capital|port)s?\s+(?:of\s+)?$", re.IGNORECASE),
    "water": re.compile(r"\b(?:river|lake|sea of|gulf of|strait of|bay of)\s+(?:the )?$", re.IGNORECASE),
    "site": re.compile(rf"\b{_SITE}\s+(?:of|at|in|near)\s+$", re.IGNORECASE),
}
_HELD = re.compile(
    r"^(?:(?:[\w-]+[- ])?(?:occupied|held|controlled|annexed|besieged|administered|ruled|neighbou?ring|downtown|war-torn)\s+)+",
    re.IGNORECASE,
)
_SOIL = re.compile(
    r"^(.+?)(?:['’]s?)?\s+(territory|soil|airspace|mainland|territorial waters|capital)$", re.IGNORECASE
)
_LOCATIVE = re.compile(r"\b(?:in|at|near|to|from|outside|around)\s+$")
_NAME = r"[A-Z][\w'’.-]*(?:[ -](?:(?:of|and|the|de|del|la|[ae][lszrdn]h?|ash)[ -])?[A-Z][\w'’.-]*){0,3}"
_CONTAINER = re.compile(
    rf"^(?:['’]s)?(?:\s+(?:{_UNIT}|{_TOWN}))?(?:\s*,\s*(?:(?:in|near)\s+)?|\s+in\s+|\s+\(|\s+\w+\s+of\s+)(?:the\s+)?"
    rf"(?:(?:{_WAY}|{_TOWN}|{_UNIT})\s+(?:of\s+)?)*({_NAME})"
)
_OWNER = re.compile(rf"({_NAME})['’]s?\s+(?:(?:{_WAY}|{_TOWN}|{_UNIT}|[a-z]+)\s+){{0,3}}(?:of\s+)?$")
_ALIAS = re.compile(rf"^\s*\((?:also |formerly |known as |or |aka )*({_NAME})\)")
_OF_PAIR = re.compile(
    rf"\b(?:border|frontier)s?\s+(?:\w+\s+)?between\s+(?:the )?({_NAME})\s+and\s+(?:the )?({_NAME})"
)
_PAIR = re.compile(
    r"^(.+?)\s*(?:[-–—/]|\s+and\s+(?:the )?)\s*(.+?)\s+(?:border|frontier|boundary)(?:\s+(?:area|region|zone))?s?$"
)
_BORDER_OF = re.compile(r"^(.+?)(?:['’]s?)?\s+(?:borders?|frontiers?)\s+with\s+(?:the )?(.+)$", re.IGNORECASE)
_BORDER_ALONE = re.compile(
    r"(?:borders?|frontiers?)\s+with\s+(?:the )?(.+)$|(.+?)\s+(?:borders?|frontiers?)$", re.IGNORECASE
)
_BORDER_WITH = re.compile(
    r"\b(?:borders?|frontiers?|boundary)\s+(?:crossings?\s+)?(?:with|to)\s+(?:the )?$", re.IGNORECASE
)


@dataclass(slots=True)
class _Phrase:
    """A mention taken apart: the bare name and what the words around it say."""

    name: str
    kind: str = ""
    way: Direction | None = None
    rural: bool = False
    km: float | None = None
    border: tuple[str, str] | None = None
    containers: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    locative: bool = False


def _compass(word: str) -> Direction:
    return _COMPASS[re.sub(r"[- ]", "", word.lower())]


def _parse(mention: Mention, weights: Mapping[str, float], gazetteer: Gazetteer) -> _Phrase:
    core = re.sub(r"^(?:the|The)\s+|['’]s?$|^[\s\"“”]+|[\s\"“”,.;:]+$", "", mention.text.strip())
    if (soil := _SOIL.match(core)) and (iso3 := _country_named(soil[1], gazetteer)):
        capital = gazetteer.capital(iso3) if soil[2].lower() == "capital" else None
        return _Phrase((capital or gazetteer.country(iso3)).name, containers=[gazetteer.country(iso3).name])
    pair = _read_border(mention, core, weights, gazetteer)
    if pair:
        return _Phrase(core, "line", border=pair)
    core = (
        re.sub(r"(?<=\w)\s+(?:borders?|frontiers?)$", "", core) if not _known_whole(core, gazetteer) else core
    )
    phrase = _Phrase(core)
    if not _known_whole(core, gazetteer):
        phrase = _peel(core)
    _read_around(mention, phrase, gazetteer)
    return phrase


def _known_whole(core: str, gazetteer: Gazetteer) -> bool:
    """True where the gazetteer spells the whole phrase so: `South Ossetia` is no direction."""
    if re.fullmatch(_WAY, core, re.IGNORECASE):
        return False
    return any(entry.spelling for entry in gazetteer.lookup(core))


def _peel(core: str) -> _Phrase:
    """Take distance, direction, countryside and kind words off both ends of a phrase."""
    phrase = _Phrase(core)
    name = _HELD.sub("", core)
    distance = re.match(
        rf"(\d+(?:\.\d+)?)[ -]?(km|kilomet(?:er|re)s?|miles?|mi)\s+(?:to the )?({_WAY})\s+of\s+(?:the )?(.+)$",
        name,
        re.IGNORECASE,
    )
    if distance:
        phrase.km = float(distance[1]) * (1.609 if distance[2].startswith("mi") else 1)
        phrase.way, name = _compass(distance[3]), distance[4]
    lead = re.match(
        rf"(?:({_WAY})\b\s*)?(?:(?:part|parts|areas?|side|half|edge|fringes?)\s+of\s+|({_RURAL})\s+(?:of|around)\s+|of\s+)?(?:the\s+)?(.*)$",
        name, re.IGNORECASE,
    )  # fmt: skip
    if lead and (lead[1] or lead[2]):
        phrase.way = _compass(lead[1]) if lead[1] else phrase.way
        phrase.rural = bool(lead[2])
        name = lead[3]
    back = re.match(
        rf"^(.+?)(?:['’]s?)?\s+(?:({_WAY})\s+)?({_RURAL})$|^(.+?)['’]s?\s+({_WAY})$", name, re.IGNORECASE
    )
    if back:
        way = back[2] or back[5]
        phrase.way = _compass(way) if way else phrase.way
        phrase.rural = phrase.rural or bool(back[3])
        name = back[1] or back[4]
    kinds = {"admin1": _UNIT, "city": rf"{_TOWN}|ports?", "site": _SITE}
    for kind, words in kinds.items():
        tail = re.match(
            rf"^(.+?)(?:['’]s)?\s+(?:{words})$|^(?:{words})\s+of\s+(?:the )?(.+)$", name, re.IGNORECASE
        )
        if tail:
            phrase.kind, name = kind, tail[1] or tail[2]
            break
    phrase.name = "" if name.strip().lower() in ("country", "nation", "our country") else name.strip()
    return phrase


def _read_around(mention: Mention, phrase: _Phrase, gazetteer: Gazetteer) -> None:
    before, after = mention.before, mention.after
    phrase.locative = bool(_LOCATIVE.search(before))
    bare = mention.text == mention.text.strip() and phrase.way is None
    if bare and (found := _DISTANCE.search(before)):
        phrase.km = float(found[1]) * (1.609 if found[2].lower().startswith("mi") else 1)
        way = found[3] or found[4]
        phrase.way = _compass(way) if way else None
    elif bare and (found := _WAY_BEFORE.search(before)) and phrase.name:
        phrase.way = _compass(found[1])
        phrase.rural = phrase.rural or bool(re.search(_RURAL, found[0]))
    elif _RURAL_BEFORE.search(before):
        phrase.rural = True
    elif bare and phrase.name and (found := _WAY_AFTER.match(after)):
        phrase.way = _compass(found[1])
        phrase.rural = phrase.rural or bool(re.search(_RURAL, found[0]))
    elif _RURAL_AFTER.match(after):
        phrase.rural = True
    if not phrase.kind:
        phrase.kind = next((kind for kind, words in _KIND_AFTER.items() if words.match(after)), "") or next(
            (kind for kind, words in _KIND_BEFORE.items() if words.search(before)), ""
        )
    if found := _ALIAS.match(after):
        phrase.aliases.append(found[1])
    elif found := _CONTAINER.match(after):
        phrase.containers.append(found[1])
    if found := _OWNER.search(before):
        phrase.containers.append(found[1])


def _read_border(
    mention: Mention, core: str, weights: Mapping[str, float], gazetteer: Gazetteer
) -> tuple[str, str] | None:
    """The two countries of "the Iraqi-Syrian border", "the border between X and Y", "the border with X"."""
    sides: tuple[str, str] | None = None
    if any(entry.spelling and entry.kind == "line" for entry in gazetteer.lookup(core)):
        return None
    if found := _OF_PAIR.search(core) or _PAIR.match(core) or _BORDER_OF.match(core):
        sides = (found[1], found[2])
    elif found := _BORDER_ALONE.match(core):
        sides = (found[1] or found[2], "") if found[1] or not _known_whole(core, gazetteer) else None
    elif found := _PAIR.match(core + re.split(r"[,.;]", mention.after)[0]):
        sides = (found[1], found[2]) if len(found[0]) < 50 else None
    if sides is None and _BORDER_WITH.search(mention.before):
        sides = (core, "")
    if sides is None:
        return None
    countries = [_country_named(side, gazetteer) for side in sides]
    if countries[0] and not countries[1] and not sides[1]:
        countries[1] = next(
            (iso3 for iso3 in sorted(weights, key=lambda code: -weights[code])
             if iso3 != countries[0] and gazetteer.border(countries[0], iso3)), None,
        )  # fmt: skip
    one, other = countries
    return (one, other) if one and other and gazetteer.border(one, other) else None


def _country_named(words: str, gazetteer: Gazetteer) -> str | None:
    words = re.sub(r"^(?:the|its|their)\s+", "", words.strip(), flags=re.IGNORECASE)
    if iso3 := gazetteer.country_of_adjective(words):
        return iso3
    for entry in gazetteer.lookup(words):
        if entry.kind == "country" and entry.spelling:
            return entry.country
    return next(
        (e.country for e in gazetteer.lookup(words) if e.kind in ("capital", "region") and e.spelling), None
    )


# Choosing among candidates


def _weigh_focus(
    mentions: Iterable[Mention], focus: Mapping[str, float], gazetteer: Gazetteer
) -> dict[str, float]:
    """Weights of the countries, the largest 1; countries that the mentions name count as well."""
    total: Counter[str] = Counter()
    for iso3, weight in focus.items():
        if weight > 0 and gazetteer.has_country(iso3):
            total[gazetteer.country(iso3).id] += weight  # type: ignore[assignment]
    unit = 0.5 * max(total.values(), default=2.0)
    for name in sorted({mention.text for mention in mentions}):
        same = [entry for entry in gazetteer.lookup(name) if entry.spelling]
        country = same[0].country if same and same[0].kind == "country" else None
        rivals = any(entry.kind in ("admin1", "region") and entry.country != country for entry in same)
        if country and not rivals and not total[country]:
            total[country] = unit  # type: ignore[assignment]
    largest = max(total.values(), default=1.0)
    return {iso3: weight / largest for iso3, weight in total.items()}


def _prior(entry: PlaceEntry) -> float:
    """What a place is worth before its report is read: powers of ten of population, or its kind's worth."""
    if entry.kind == "country":
        return 9.0
    if entry.kind == "admin1":
        return 5.2
    if entry.kind in ("region", "water", "line", "site"):
        return {"region": 5.6, "water": 6.0, "line": 5.6, "site": 5.2}[entry.kind]
    size = math.log10(entry.population + 300)
    return size + (2.5 if entry.kind == "capital" else 0) + (0.7 if entry.population > 3_000_000 else 0)


def _score(entry: PlaceEntry, phrase: _Phrase, weights: Mapping[str, float]) -> float:
    """One candidate for one phrase: prior (2 to 9), spelling (-1.5 to 0.5), focus (-2 to 5), kind words (-2 to 4)."""
    score = _prior(entry) + (-1.5, 0.0, 0.5)[entry.spelling]
    countries = entry.countries or ((entry.country,) if entry.country else ())
    weight = max((weights.get(country, 0.0) for country in countries), default=0.0)
    if not weight and not entry.spelling:
        score -= 2.5
    score += 4.5 * math.sqrt(weight) + (0.5 if weight and entry.population > 200_000 else 0.0)
    if not weight and weights and entry.kind in ("city", "site", "admin1"):
        score -= 0.7 if entry.kind == "admin1" and entry.spelling else 2.0
    if phrase.kind and not phrase.rural:
        wanted = {"city": ("city", "capital")}.get(phrase.kind, (phrase.kind,))
        if entry.kind in wanted:
            score += 4.0
        elif phrase.kind == "admin1" and entry.kind in ("city", "country"):
            score -= 1.0 if entry.kind == "city" else 2.0
    elif entry.kind == "admin1":
        score -= 0.3
    return score


def _score_group(
    group: Sequence[_Phrase], weights: Mapping[str, float], gazetteer: Gazetteer
) -> list[tuple[float, PlaceEntry]]:
    """The candidates of all mentions of one name, best first; hints of any mention count for all."""
    phrase = group[0]
    if phrase.border or not phrase.name:
        return []
    candidates = list(gazetteer.lookup(phrase.name))
    hints = _hints(group, gazetteer)
    if gazetteer.is_common_word(phrase.name) and not phrase.name.isupper():
        slot = bool(hints) or any(item.locative or item.kind for item in group)
        candidates = [e for e in candidates if slot and _is_expected(e, hints, weights)]
    alias_ids = {entry.id for item in group for alias in item.aliases for entry in gazetteer.lookup(alias)}
    if not candidates:
        candidates = [e for item in group for alias in item.aliases for e in gazetteer.lookup(alias)]
    seats = {(e.country, e.admin1) for e in candidates if e.spelling == 2 and e.population >= SEAT}
    ranked = []
    for entry in candidates:
        score = _score(entry, phrase, weights) + (4.0 if entry.id in alias_ids else 0.0)
        if entry.kind == "admin1" and phrase.kind != "admin1" and (entry.country, entry.admin1) in seats:
            score -= 4.0
        if (
            seats
            and entry.spelling < 2
            and (not entry.spelling or not weights.get(entry.country or ""))
            and entry.precision == "place"
        ):
            score -= (3.5 if entry.spelling == 0 else 1.5) + (1.0 if entry.kind == "capital" else 0.0)
        score += max((_contained(entry, hint) for hint in hints), default=0.0)
        if (entry.country, entry.admin1) in seats and _borders_focus(entry, weights, gazetteer):
            score += 1.5 if len(seats) == 1 else 0.0
        ranked.append((score, entry))
    ranked.sort(key=lambda pair: (-pair[0], -pair[1].population, pair[1].id))
    return ranked


def _borders_focus(entry: PlaceEntry, weights: Mapping[str, float], gazetteer: Gazetteer) -> bool:
    """True for a town across the border: a report on a war is about the neighbours' towns too."""
    country = entry.country
    return (
        country is not None
        and not weights.get(country)
        and entry.spelling == 2
        and entry.kind == "city"
        and any(gazetteer.border(country, focus) for focus in weights)
    )


def _is_expected(entry: PlaceEntry, hints: Sequence[PlaceEntry], weights: Mapping[str, float]) -> bool:
    """True for a place whose name is an everyday word too, but which its report leads one to expect."""
    if any(_contained(entry, hint) for hint in hints):
        return True
    return entry.spelling == 2 and entry.population > 50_000 and weights.get(entry.country or "", 0.0) >= 0.5


def _hints(group: Sequence[_Phrase], gazetteer: Gazetteer) -> list[PlaceEntry]:
    """What the mentions are said to lie in: countries and first-level units."""
    found: list[PlaceEntry] = []
    for item in group:
        for name in item.containers:
            entries = gazetteer.lookup(re.sub(rf"\s+(?:{_UNIT})$", "", name))
            found.extend(e for e in entries if e.kind in ("country", "admin1") and e.spelling)
    return found


def _contained(entry: PlaceEntry, hint: PlaceEntry) -> float:
    if hint.id == entry.id or entry.country != hint.country:
        return 0.0
    if hint.kind == "country":
        return 4.0
    return 5.0 if entry.admin1 == hint.admin1 else 1.0


def _is_clear(ranked: Sequence[tuple[float, PlaceEntry]]) -> bool:
    """True for a reading that may support others: well above the threshold and apart from the next place."""
    if not ranked or ranked[0][0] < ACCEPT + 2 or ranked[0][1].precision in ("country", "region"):
        return False
    others = [score for score, entry in ranked[1:4] if _km(entry, ranked[0][1]) > 60]
    return not others or ranked[0][0] - others[0] > 1.5


def _choose(ranked: Sequence[tuple[float, PlaceEntry]], anchors: Sequence[PlaceEntry]) -> PlaceEntry | None:
    """The best candidate once the clear readings of other names support what lies near them or in their country."""
    best: tuple[float, PlaceEntry] | None = None
    for score, entry in ranked:
        support = 0.0
        if anchors:
            support = 2.5 * sum(anchor.country == entry.country for anchor in anchors) / len(anchors)
            if entry.precision in ("place", "point", "area"):
                support += 2.5 * math.exp(-min(_km(entry, anchor) for anchor in anchors) / 150)
        if best is None or score + support > best[0]:
            best = score + support, entry
    return best[1] if best and best[0] >= ACCEPT else None


def _km(one: PlaceEntry, other: PlaceEntry) -> float:
    wide = math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(one.lat - other.lat, ((one.lon - other.lon + 180) % 360 - 180) * wide)


# From entry to place


def _build(
    mention: Mention,
    phrase: _Phrase,
    entry: PlaceEntry | None,
    weights: Mapping[str, float],
    gazetteer: Gazetteer,
) -> Place | None:
    if phrase.border:
        return _border_place(mention, phrase.border, gazetteer)
    if not phrase.name and phrase.way:
        main = max(weights, key=lambda code: weights[code], default=None)
        entry = gazetteer.country(main) if main else None
    if entry is None:
        return None
    place = Place(
        entry.name, entry.id, entry.lat, entry.lon, entry.country, entry.admin1, entry.precision,
        text=mention.text, start=mention.start, end=mention.end,
    )  # fmt: skip
    if phrase.way is None and not phrase.rural and phrase.km is None:
        return (
            replace(place, precision="area")
            if phrase.kind == "site" and entry.precision == "place"
            else place
        )
    return _shift(place, entry, phrase, gazetteer)


def _shift(place: Place, entry: PlaceEntry, phrase: _Phrase, gazetteer: Gazetteer) -> Place:
    """Move a place by what the phrase says: a part of a country or unit, a side of a town, a distance."""
    if phrase.way is None:
        return replace(place, precision="area" if entry.precision in ("place", "point") else entry.precision)
    label = f"{phrase.way} of {entry.name}" if phrase.km or phrase.rural else f"{phrase.way} {entry.name}"
    if phrase.km is None and entry.kind in ("country", "admin1") and not phrase.rural:
        for known in (
            gazetteer.lookup(f"{phrase.way} {entry.name}"),
            gazetteer.lookup(f"{phrase.way}ern {entry.name}"),
        ):
            if (
                known
                and known[0].spelling
                and known[0].country == entry.country
                and known[0].kind == "region"
            ):
                part = known[0]
                return replace(
                    place, name=part.name, id=part.id, lat=part.lat, lon=part.lon, precision="area"
                )
    if (
        phrase.km is None
        and entry.kind in ("country", "admin1")
        and (at := gazetteer.part(entry, phrase.way))
    ):
        return replace(place, name=label, id=None, lat=at[0], lon=at[1], precision="area")
    if phrase.km is not None:
        distance = phrase.km
    elif entry.precision in ("place", "point"):
        distance = 25.0 if phrase.rural else 12.0
    else:
        distance = 0.5 * entry.reach
    north, east = _BEARINGS[phrase.way]
    lat = entry.lat + north * distance / 111.2
    lon = entry.lon + east * distance / (111.2 * max(0.1, math.cos(math.radians(entry.lat))))
    precision: Precision = "region" if entry.precision == "region" else "area"
    return replace(place, name=label, id=None, lat=round(lat, 3), lon=round(lon, 3), precision=precision)


def _border_place(mention: Mention, border: tuple[str, str], gazetteer: Gazetteer) -> Place | None:
    at = gazetteer.border(*border)
    if at is None:
        return None
    one, other = (gazetteer.country(code).name for code in border)
    return Place(
        f"{one}-{other} border", None, at[0], at[1], border[0], None, "area",
        text=mention.text, start=mention.start, end=mention.end,
    )  # fmt: skip
