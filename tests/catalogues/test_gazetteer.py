"""The gazetteer: forgiving keys, best-first look-up, borders and parts, a safe build."""

import math
import multiprocessing
import os
import tempfile
import time
from pathlib import Path

import pytest

from sitroom.catalogues.gazetteer import Gazetteer, exact_key, match_key, open_gazetteer
from sitroom.catalogues.gazetteer_build import ensure_gazetteer
from sitroom.errors import CatalogueFault, UnknownName


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(ensure_gazetteer(Path(tempfile.gettempdir()) / "sitroom-gazetteer"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "Dayr az-Zūr"),
        ("As-Suwayda", "Sweida", "al-Suwaida", "Suweida"),
        ("Daraa", "Deraa", "Dar‘ā"),
        ("Hodeidah", "Al Ḩudaydah", "Hudaydah"),
        ("Zaporizhzhia", "Zaporizhzhya", "Zaporizhia"),
        ("Raqqa", "Ar Raqqah", "Rakka"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Mykolaiv", "Mykolayiv"),
    ],
)
def test_spellings_of_one_name_share_a_match_key(spellings: tuple[str, ...]) -> None:
    assert len({match_key(spelling) for spelling in spellings}) == 1


def test_match_keys_keep_different_names_apart() -> None:
    names = ["Hama", "Homs", "Tripoli", "Tyre", "Mosul", "Erbil", "Aleppo", "Idlib", "Kharkiv", "Kherson"]
    assert len({match_key(name) for name in names}) == len(names)


def test_exact_key_forgives_only_case_marks_and_punctuation() -> None:
    assert exact_key("Ḩamāh") == exact_key("HAMAH") == "hamah"
    assert exact_key("Deir ez-Zor") != exact_key("Dayr az Zawr")


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Damascus", "SYR", 33.5, 36.3),
        ("Daramsuq", "SYR", 33.5, 36.3),
        ("al-Bukamal", "SYR", 34.5, 40.9),
        ("Kiev", "UKR", 50.45, 30.5),
        ("Tripoli", "LBY", 32.9, 13.2),
        ("Hmeimim", "SYR", 35.4, 35.95),
        ("Snake Island", "UKR", 45.25, 30.2),
        ("Golan", "SYR", 33.0, 35.8),
    ],
)
def test_the_best_known_place_of_a_name_comes_first(
    gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float
) -> None:
    first = gazetteer.lookup(name)[0]
    assert first.country == country
    assert math.hypot(first.lat - lat, first.lon - lon) < 0.2


def test_exact_spelling_comes_before_folded(gazetteer: Gazetteer) -> None:
    ranks = [min(entry.spelling, 1) for entry in gazetteer.lookup("Tyre")]
    assert ranks == sorted(ranks, reverse=True)
    assert gazetteer.lookup("Tyre")[0].country == "LBN"


def test_an_unknown_name_has_no_places(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Blorvania") == ()
    assert gazetteer.lookup("") == ()


def test_every_country_has_one_entry_and_nearly_all_a_capital(gazetteer: Gazetteer) -> None:
    for code, capital in {
        "SYR": "Damascus",
        "UKR": "Kyiv",
        "SDN": "Khartoum",
        "HTI": "Port-au-Prince",
    }.items():
        found = gazetteer.capital(code)
        assert found is not None
        assert found.name == capital
    assert gazetteer.country("KOS").name == "Kosovo"
    with pytest.raises(UnknownName, match="ZZZ"):
        gazetteer.country("ZZZ")


def test_adjectives_name_their_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.country_of_adjective("Syrian") == "SYR"
    assert gazetteer.country_of_adjective("Nigerien") == "NER"
    assert gazetteer.country_of_adjective("Nigerian") == "NGA"
    assert gazetteer.country_of_adjective("purple") is None


def test_a_part_lies_on_its_side_of_the_country(gazetteer: Gazetteer) -> None:
    libya = gazetteer.country("LBY")
    north, south = gazetteer.part(libya, "north"), gazetteer.part(libya, "south")
    assert north is not None
    assert south is not None
    assert north[0] > 30 > 28 > south[0]


def test_borders_lie_between_their_countries_both_ways(gazetteer: Gazetteer) -> None:
    border = gazetteer.border("SDN", "TCD")
    assert border == gazetteer.border("TCD", "SDN")
    assert border is not None
    assert 21 < border[1] < 25
    desert = gazetteer.border("LBY", "TCD")
    assert desert is not None
    assert 17 < desert[0] < 26
    assert gazetteer.border("SYR", "NGA") is None


def test_common_words_are_marked(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_common_word("Reading")
    assert not gazetteer.is_common_word("Aleppo")


def test_opening_is_fast_and_look_ups_reach_20000_a_second(gazetteer: Gazetteer) -> None:
    started = time.perf_counter()
    open_gazetteer(gazetteer.path).close()
    assert time.perf_counter() - started < 0.5
    names = ["Damascus", "Aleppo", "Homs", "Hama", "Kyiv", "Georgia", "Blorvania", "San Jose"] * 1000
    started = time.perf_counter()
    for name in names:
        gazetteer.lookup(name)
    assert len(names) / (time.perf_counter() - started) > 20_000


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"no database at all, only words" * 100)
    with pytest.raises(CatalogueFault, match="no gazetteer"):
        open_gazetteer(other)
    with pytest.raises(CatalogueFault, match="no gazetteer"):
        open_gazetteer(tmp_path / "missing.sqlite")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[sites]\nx = { name = 'X', at = [1.0, 2.0], colour = 'red' }", "colour"),
        ("[sites]\nx = { name = 'X' }", "at"),
        ("[castles]\nx = 1", "castles"),
        ("[sites\n", "mine.toml"),
        ("sites = 1", "sites"),
        ("[units.SYR]\n01 = 5", "units.SYR.01"),
        ("[variants]\n'1' = 'Aleppo'", "variants.1"),
        ("[units.SYR]\nQQ = 'Nowhere'", "Nowhere"),
        ("[units.SYR]\n01 = 'Hasakah @ north'", "Hasakah"),
    ],
)
def test_a_wrong_overlay_names_file_and_entry(tmp_path: Path, text: str, complaint: str) -> None:
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "mine.toml").write_text(text)
    with pytest.raises(CatalogueFault, match=complaint):
        ensure_gazetteer(tmp_path / "cache", overlay)
    assert not list((tmp_path / "cache").glob("*")), "nothing half-built is left behind"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CatalogueFault, match="cannot be built"):
        ensure_gazetteer(tmp_path / "cache")


@pytest.mark.slow
def test_two_processes_build_a_users_overlay_at_once(tmp_path: Path) -> None:
    overlay, cache = tmp_path / "overlay", tmp_path / "cache"
    overlay.mkdir()
    (overlay / "mine.toml").write_text(
        "[sites]\nfort-x = { name = 'Fort Xerxes', at = [1.5, 2.5], countries = ['SYR'] }\n"
        "golan-heights = { name = 'Golan plateau', at = [33.1, 35.7], countries = ['SYR'] }\n"
    )
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        one, other = pool.starmap(ensure_gazetteer, [(cache, overlay)] * 2)
    assert one == other
    assert [path.name for path in cache.iterdir()] == [one.name]
    with open_gazetteer(one) as extended:
        assert extended.lookup("Fort Xerxes")[0].id == "fort-x"
        assert extended.lookup("Golan plateau")[0].lat == 33.1
        assert all(entry.id != "golan-heights" for entry in extended.lookup("Golan Heights"))
