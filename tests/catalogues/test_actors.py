"""The actor catalogue: what is loaded, what is refused, and who is found by name and office."""

import pickle
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sitroom.catalogues import Actors, bundled, check_catalogue, load_actors
from sitroom.errors import CatalogueFault, NotFound


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors([bundled()])


def overlay(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    (tmp_path / "actors").mkdir(exist_ok=True)
    (tmp_path / "actors" / name).write_text(text, encoding="utf-8")
    return tmp_path


LAND = """
[[actor]]
id = "RUR"
name = "Ruritania"
kind = "state"
country = "RUR"
adjectives = ["Ruritanian"]
demonyms = ["Ruritanian", "Ruritanians"]
capital = "Strelsau"
seats = ["Zenda"]
"""

PERSONS = """
[[actor]]
id = "rudolf"
name = "Rudolf Elphberg"
kind = "person"
country = "RUR"
short = ["Elphberg"]
roles = [
    { office = "president", of = "RUR", since = 2010-01-01, until = 2014-12-31 },
    { office = "foreign minister", of = "RUR.MFA", since = 2015-01-01 },
]

[[actor]]
id = "flavia"
name = "Flavia Elphberg"
kind = "person"
country = "RUR"
short = ["Elphberg"]
roles = [{ office = "president", of = "RUR", since = 2014-12-31 }]
"""


def test_the_bundled_catalogue_has_no_errors():
    errors = [f"{fault.where}: {fault.what}" for fault in check_catalogue() if fault.severity == "error"]
    assert errors == []


def test_coverage_per_kind(actors: Actors):
    counts = Counter(actor.kind for actor in actors)
    floor = {
        "state": 195,
        "organisation": 90,
        "outlet": 80,
        "institute": 60,
        "armed-group": 200,
        "person": 600,
        "territory": 50,
    }
    assert {kind: counts[kind] for kind, least in floor.items() if counts[kind] < least} == {}


def test_every_living_state_has_capital_adjective_and_demonym(actors: Actors):
    living = [actor for actor in actors if actor.kind == "state" and actor.until is None]
    bare = [state.id for state in living if not (state.capital and state.adjectives and state.demonyms)]
    assert bare == []
    assert all(len(state.id) == 3 and state.country == state.id for state in living)


def test_every_un_member_and_observer_is_there(actors: Actors):
    """193 members and two observers, besides Kosovo and Taiwan."""
    living = {actor.id for actor in actors if actor.kind == "state" and actor.until is None}
    assert len(living) == 193 + 2 + 2
    assert {"VAT", "PSE", "KOS", "TWN", "SSD", "TLS", "MNE"} <= living


def test_every_living_state_has_its_standard_bodies(actors: Actors):
    for state in ("DNK", "SYR", "BFA", "USA"):
        for body in ("GOV", "MIL", "POL", "LEG", "JUD", "SPY", "MFA", "MOD", "MOI"):
            assert f"{state}.{body}" in actors
            assert actors.rolls_up_to(f"{state}.{body}")[-1] == state


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Danish foreign ministry", "DNK.MFA"),
        ("Syrian army", "SYR.MIL"),
        ("Norwegian parliament", "NOR.LEG"),
        ("government of Chad", "TCD.GOV"),
        ("Kremlin", "RUS.GOV"),
        ("White House", "USA.GOV"),
        ("U.N. Security Council", "un-security-council"),
        ("Türkiye", "TUR"),
        ("DPRK", "PRK"),
        ("Syrian Observatory for Human Rights", "syrian-observatory-for-human-rights"),
        ("Reuters", "reuters"),
        ("Institute for the Study of War", "isw"),
    ],
)
def test_names_resolve_outright(actors: Actors, words: str, actor: str):
    assert [bearer.id for bearer in actors.names()[words]] == [actor]


def test_kinds_of_names_are_kept_apart(actors: Actors):
    assert "Damascus" not in actors.names()
    assert [bearer.id for bearer in actors.names("capital")["Damascus"]] == ["SYR"]
    assert [bearer.id for bearer in actors.names("capital")["Kiev"]] == ["UKR"]
    assert [bearer.id for bearer in actors.names("adjective")["Nigerien"]] == ["NER"]
    assert [bearer.id for bearer in actors.names("demonym")["Poles"]] == ["POL"]
    assert "Poles" not in actors.names("adjective")
    assert {"Poles", "Warsaw"} <= actors.names("demonym", "capital").keys()


def test_ordinary_words_are_no_names(actors: Actors):
    words = {
        "Time",
        "The Hill",
        "State",
        "Observatory",
        "Petra",
        "Who",
        "WHO",
        "Fars",
        "Quad",
        "Council",
    }
    assert words & actors.names().keys() == set()


def test_holders_of_an_office_change_with_the_day(tmp_path: Path):
    own = load_actors([overlay(tmp_path, LAND + PERSONS)])
    found = {
        day: own.holder("president", "RUR", day)
        for day in (date(2009, 5, 1), date(2012, 5, 1), date(2020, 5, 1))
    }
    assert [holder and holder.id for holder in found.values()] == [None, "rudolf", "flavia"]
    on_the_last_day = own.holders("president", "RUR", date(2014, 12, 31))
    assert [holder.id for holder in on_the_last_day] == ["flavia", "rudolf"]


def test_a_state_and_its_ministry_stand_in_for_one_another(tmp_path: Path):
    own = load_actors([overlay(tmp_path, LAND + PERSONS)])
    day = date(2016, 1, 1)
    assert (
        own.holder("foreign minister", "RUR", day)
        == own["rudolf"]
        == own.holder("foreign minister", "RUR.MFA", day)
    )
    assert own.holder("foreign minister", "rudolf", day) is None
    assert [role.office for role in own.offices_of("rudolf", day)] == ["foreign minister"]


def test_persons_share_surnames(tmp_path: Path):
    own = load_actors([overlay(tmp_path, LAND + PERSONS)])
    assert {bearer.id for bearer in own.names("short")["Elphberg"]} == {"rudolf", "flavia"}


def test_an_overlay_replaces_by_id_and_adds(tmp_path: Path):
    text = '[[actor]]\nid = "NRU"\nname = "Nauru"\nkind = "state"\ncountry = "NRU"\ncapital = "Aiwo"\n' + LAND
    laid = load_actors([bundled(), overlay(tmp_path, text)])
    assert laid["NRU"].capital == "Aiwo"
    assert laid["NRU"].adjectives == ()
    assert laid["RUR.MIL"].name == "Ruritanian army"
    assert laid["SYR"].capital == "Damascus"


def test_a_written_body_gains_the_common_names_and_a_written_name_wins(tmp_path: Path):
    text = LAND + (
        '[[actor]]\nid = "RUR.MIL"\nname = "Blue Guard"\nkind = "army"\npart_of = "RUR"\n'
        '[[actor]]\nid = "rebels"\nname = "Ruritanian navy"\nkind = "armed-group"\ncountry = "RUR"\nsector = "REB"\n'
    )
    own = load_actors([overlay(tmp_path, text)])
    assert own["RUR.MIL"].name == "Blue Guard"
    assert "Ruritanian army" in own["RUR.MIL"].aliases
    assert [bearer.id for bearer in own.names()["Ruritanian navy"]] == ["rebels"]


GROUP = '[[actor]]\nid = "{id}"\nname = "{name}"\nkind = "armed-group"\n{more}\n'


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        (GROUP.format(id="a", name="A", more='alias = ["B"]'), "entry a: unknown key 'alias'", "aliases"),
        ('[[actor]]\nid = "a"\nname = \n', "line 3", "mend that line"),
        (GROUP.format(id="a", name="A", more="") * 2, "already used", "rename"),
        (GROUP.format(id="a", name="A", more='part_of = "RURR"'), "part_of points to 'RURR'", "RUR"),
        (GROUP.format(id="a", name="A", more='country = "XXX"'), "unknown country 'XXX'", "ISO 3166"),
        (GROUP.format(id="a", name="A", more='sector = "MEDIA"'), "unknown sector 'MEDIA'", "JRN"),
        (GROUP.format(id="a", name="A", more="since = 2020-01-02\nuntil = 2020-01-01"), "after until", "swap"),
        (GROUP.format(id="a", name="A", more='roles = [{ office = "leader", of = "b" }]'), "roles.of points", "entry"),
        (GROUP.format(id="a", name="A", more='part_of = "a"'), "circle", "remove"),
        (GROUP.format(id="a", name="The Front", more="") + GROUP.format(id="b", name="the  front", more=""), "claimed by a", "short"),
        ('[[actors]]\nid = "a"\n', "unknown table 'actors'", "[[actor]]"),
        ('[[actor]]\nid = "a"\nname = "A"\nkind = "gang"\n', "entry a: kind", "kind"),
    ],
    ids=["key", "syntax", "id", "part_of", "country", "sector", "period", "role", "circle", "alias", "table", "kind"],
)  # fmt: skip
def test_faults_name_file_entry_and_mend(tmp_path: Path, text: str, said: str, hint: str):
    overlay(tmp_path, LAND, "lands.toml")
    with pytest.raises(CatalogueFault) as caught:
        load_actors([overlay(tmp_path, text)])
    assert "mine.toml" in caught.value.what
    assert said in caught.value.what
    assert hint in caught.value.hint


def test_a_name_may_pass_from_one_group_to_the_next(tmp_path: Path):
    first = GROUP.format(id="old", name="Red Front", more="until = 2015-06-30")
    own = load_actors(
        [overlay(tmp_path, first + GROUP.format(id="new", name="Red Front", more="since = 2015-07-01"))]
    )
    assert {bearer.id for bearer in own.names()["Red Front"]} == {"old", "new"}


def test_an_unknown_id_lists_the_nearest(actors: Actors):
    with pytest.raises(NotFound) as caught:
        actors["SYR.GOVT"]
    assert "SYR.GOV" in caught.value.hint


def test_an_overlay_is_checked_against_the_bundled_entries(tmp_path: Path):
    text = GROUP.format(id="wire", name="Reuters", more='part_of = "SYR"')
    with pytest.raises(CatalogueFault) as caught:
        load_actors([bundled(), overlay(tmp_path, text)])
    assert "mine.toml: entry wire" in caught.value.what
    assert "claimed by reuters in outlets.toml" in caught.value.what


def test_actors_travel_between_processes(tmp_path: Path):
    own = load_actors([overlay(tmp_path, LAND + PERSONS)])
    own.names()
    sent = pickle.loads(pickle.dumps(own))
    assert list(sent) == list(own)
    assert sent.names("capital").keys() == {"Strelsau", "Zenda"}
