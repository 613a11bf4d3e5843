"""Places of one report resolved together: homonyms, kinds, directions, borders, and nothing invented."""

import math
import tempfile
from pathlib import Path

import pytest

from sitroom.catalogues.gazetteer import Gazetteer, open_gazetteer
from sitroom.catalogues.gazetteer_build import ensure_gazetteer
from sitroom.language.places import Mention, looks_like_place, resolve_places
from sitroom.vocabulary.world import Place

SYRIA = {"SYR": 3.0, "IRN": 2.0, "ISR": 1.0}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(ensure_gazetteer(Path(tempfile.gettempdir()) / "sitroom-gazetteer"))


def resolve(gazetteer: Gazetteer, text: str, focus: dict[str, float], *names: str) -> list[Place | None]:
    starts = [text.index(name) for name in names]
    mentions = [Mention.of(text, start, start + len(name)) for start, name in zip(starts, names, strict=True)]
    return list(resolve_places(mentions, focus, gazetteer))


def near(place: Place | None, lat: float, lon: float, km: float = 50) -> bool:
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    return 111.2 * math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat))) < km


@pytest.mark.parametrize(
    ("name", "focus", "country"),
    [
        ("Tripoli", {"LBN": 1.0}, "LBN"),
        ("Tripoli", {"LBY": 1.0}, "LBY"),
        ("Georgia", {"USA": 1.0}, "USA"),
        ("Georgia", {"GEO": 1.0, "RUS": 1.0}, "GEO"),
        ("Georgia", {}, "GEO"),
        ("Moscow", {"USA": 1.0}, "RUS"),
        ("Hyderabad", {"PAK": 1.0}, "PAK"),
        ("Valencia", {"VEN": 1.0}, "VEN"),
        ("Santiago", {"DOM": 1.0}, "DOM"),
        ("Jordan", {"SYR": 1.0}, "JOR"),
    ],
)
def test_the_focus_of_the_report_decides_between_homonyms(
    gazetteer: Gazetteer, name: str, focus: dict[str, float], country: str
) -> None:
    (place,) = resolve(gazetteer, f"The talks in {name} failed.", focus, name)
    assert place is not None
    assert place.country == country


def test_other_places_of_the_report_decide_where_no_country_is_named(gazetteer: Gazetteer) -> None:
    places = resolve(
        gazetteer, "Shells fell on Victoria, Melbourne and Sydney.", {}, "Victoria", "Melbourne", "Sydney"
    )
    assert [place.country if place else None for place in places] == ["AUS"] * 3


def test_a_container_beats_fame_and_holds_for_every_mention(gazetteer: Gazetteer) -> None:
    text = "Police in Paris, Texas, said so. Later Paris was quiet."
    first = Mention.of(text, text.index("Paris"), text.index("Paris") + 5)
    second = Mention.of(text, text.rindex("Paris"), text.rindex("Paris") + 5)
    places = resolve_places([first, second], {}, gazetteer)
    assert [place.admin1 if place else None for place in places] == ["Texas", "Texas"]
    assert places[1] is not None
    assert (places[1].start, places[1].end) == (second.start, second.end)


def test_kind_words_choose_between_town_and_province(gazetteer: Gazetteer) -> None:
    text = "In the province of Idlib and in the city of Idlib"
    province, city = resolve(gazetteer, text, SYRIA, "province of Idlib", "city of Idlib")
    assert province is not None
    assert city is not None
    assert (province.precision, city.precision) == ("admin1", "place")
    (after,) = resolve(gazetteer, "In Kherson region", {"UKR": 1.0}, "Kherson")
    assert after is not None
    assert after.precision == "admin1"


def test_a_plant_or_airport_is_not_its_town(gazetteer: Gazetteer) -> None:
    text = "at the Zaporizhzhia nuclear power plant, far from Zaporizhzhia"
    plant, town = resolve(
        gazetteer, text, {"UKR": 1.0}, "Zaporizhzhia nuclear power plant", "far from Zaporizhzhia"
    )
    assert near(plant, 47.5, 34.6, 10)
    assert town is None or near(town, 47.8, 35.2, 30)


def test_an_alias_in_brackets_explains_an_unknown_name(gazetteer: Gazetteer) -> None:
    (place,) = resolve(gazetteer, "They reached Qwertiz (Deir ez-Zor) by noon", SYRIA, "Qwertiz")
    assert near(place, 35.3, 40.1)


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "km"),
    [
        ("fighting in southern Syria", "southern Syria", 32.8, 36.3, 60),
        ("fighting in southern Syria", "Syria", 32.8, 36.3, 60),
        ("they left the southwest", "the southwest", 32.8, 36.2, 60),
        ("in the country's northeast", "the country's northeast", 36.4, 40.6, 80),
        ("the western countryside of Deir ez-Zor", "western countryside of Deir ez-Zor", 35.5, 39.9, 50),
        ("the northern Hama countryside", "northern Hama countryside", 35.35, 36.75, 25),
        ("20 km north of Raqqa", "20 km north of Raqqa", 36.13, 39.0, 8),
        ("about 20 km north of Raqqa", "Raqqa", 36.13, 39.0, 8),
        ("the Iraqi-Syrian border", "the Iraqi-Syrian border", 34.4, 41.0, 60),
        ("the border between Syria and Jordan", "border between Syria and Jordan", 32.5, 36.2, 60),
        ("near the border with Jordan", "Jordan", 32.5, 36.2, 60),
    ],
)
def test_directions_distances_and_borders_shift_the_place(
    gazetteer: Gazetteer, text: str, name: str, lat: float, lon: float, km: float
) -> None:
    (place,) = resolve(gazetteer, text, SYRIA, name)
    assert near(place, lat, lon, km)
    assert place is not None
    assert place.precision == "area"
    assert place.text == name


@pytest.mark.parametrize("name", ["South Sudan", "North Macedonia", "South Africa", "North Korea"])
def test_a_direction_inside_a_name_is_no_direction(gazetteer: Gazetteer, name: str) -> None:
    (place,) = resolve(gazetteer, f"The envoy of {name} left.", {}, name)
    assert place is not None
    assert place.name == name
    assert place.precision == "country"


def test_soil_and_capital_of_a_country(gazetteer: Gazetteer) -> None:
    text = "on Syrian territory, and in the Syrian capital"
    soil, capital = resolve(gazetteer, text, {}, "Syrian territory", "Syrian capital")
    assert soil is not None
    assert soil.precision == "country"
    assert near(capital, 33.5, 36.3)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fishermen from Blorvania came.", "Blorvania"),
        ("They had a Nice conversation.", "Nice"),
        ("Reading the letter, he wept.", "Reading"),
        ("On the way to Mercy hospital he died.", "Mercy"),
        ("The village of Al-Zarqibiya burned.", "Al-Zarqibiya"),
    ],
)
def test_nothing_is_invented(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert resolve(gazetteer, text, SYRIA, name) == [None]


def test_a_common_word_is_a_place_where_its_country_follows(gazetteer: Gazetteer) -> None:
    (place,) = resolve(gazetteer, "They met in Nice, France.", {}, "Nice")
    assert near(place, 43.7, 7.3)


def test_no_mentions_and_empty_names_are_harmless(gazetteer: Gazetteer) -> None:
    assert resolve_places([], SYRIA, gazetteer) == ()
    assert resolve_places([Mention("", 0, 0), Mention("'s", 0, 2)], {}, gazetteer) == (None, None)
    assert resolve_places(
        [Mention("???", 0, 3), Mention("(" * 300, 0, 300)], {"nonsense": -1.0}, gazetteer
    ) == (None, None)


def test_looks_like_place_tells_villages_from_persons(gazetteer: Gazetteer) -> None:
    assert looks_like_place("Hajin", SYRIA, gazetteer) > 0.8
    assert looks_like_place("Hezbollah", SYRIA, gazetteer) < 0.2
    assert looks_like_place("March", SYRIA, gazetteer) == 0.0
    assert looks_like_place("Damascus", {}, gazetteer) > 0.9
