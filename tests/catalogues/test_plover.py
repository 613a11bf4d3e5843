"""The ontology: sixteen types, their modes and scores, turning, and CAMEO."""

from pathlib import Path

import pytest

from sitroom.catalogues import Acts, from_cameo, load_acts, load_cameo
from sitroom.errors import CatalogueFault, UnknownName


@pytest.fixture(scope="module")
def acts() -> Acts:
    return load_acts()


def test_the_size_of_the_ontology(acts: Acts):
    """Counts of the PLOVER 2.0 manual."""
    assert len(acts.types) == 16
    assert sum(len(act.modes) for act in acts.types.values()) == 67
    assert len(acts.contexts) == 37
    assert len(acts.sectors) == 25
    assert sum(sector.frequent for sector in acts.sectors.values()) == 11


def test_conflict_scores_below_and_cooperation_above_zero(acts: Acts):
    """True of every type and mode but REQUEST, which the manual puts about zero."""
    for act in acts.types.values():
        scores = [acts.score(act.name), *(acts.score(act.name, mode) for mode in act.modes)]
        if act.name != "REQUEST":
            assert all((score > 0) == (act.quad <= 2) for score in scores), act.name


def test_a_mode_without_score_takes_that_of_its_type(acts: Acts):
    assert acts.mode("PROTEST", "vandalize").score is None
    assert acts.score("PROTEST", "vandalize") == acts.score("PROTEST") == -5
    assert acts.score("ASSAULT", "aerial") == -9.5


def test_quads(acts: Acts):
    assert acts.quad("SANCTION").name == "material-conflict"
    assert {acts.quad(name).name for name in acts.types} == {quad.name for quad in acts.quads.values()}


@pytest.mark.parametrize(
    ("ask", "known"),
    [
        (lambda acts: acts.check("FIGHT"), "ASSAULT"),
        (lambda acts: acts.check("ASSAULT", "massacre"), "targeted"),
        (lambda acts: acts.score("AID", "visit"), ""),
        (lambda acts: acts.context("humanitarian"), "human_security"),
        (lambda acts: acts.sector("MEDIA"), "JRN"),
    ],
    ids=["type", "mode", "no modes", "context", "sector"],
)
def test_unknown_names_list_the_known(acts: Acts, ask, known: str):
    with pytest.raises(UnknownName) as caught:
        ask(acts)
    assert known in caught.value.hint


@pytest.mark.parametrize(
    ("act", "future", "negated", "manual", "plv"),
    [
        ("CONSULT", True, False, "AGREE", "AGREE"),
        ("RETREAT", True, False, "CONCEDE", "AGREE"),
        ("ASSAULT", True, False, "THREATEN", "THREATEN"),
        ("ASSAULT", False, True, None, "YIELD"),
        ("AID", False, True, None, "SANCTION"),
        ("AID", True, True, "REJECT", "REJECT"),
        ("ACCUSE", True, False, "ACCUSE", "ACCUSE"),
        ("CONCEDE", False, False, "CONCEDE", "YIELD"),
    ],
)
def test_turning(acts: Acts, act: str, future: bool, negated: bool, manual: str | None, plv: str):
    assert acts.turn(act, future=future, negated=negated) == manual
    assert acts.turn(act, future=future, negated=negated, scheme="plv") == plv


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("192", ("COERCE", "seize")),
        ("0814", ("CONCEDE", None)),
        ("0841", ("RETREAT", "release")),
        ("195", ("ASSAULT", "aerial")),
        ("016", None),
        ("0214", ("REQUEST", None)),
        ("1959", ("ASSAULT", "aerial")),
        ("19", ("ASSAULT", None)),
    ],
)
def test_cameo_codes(code: str, act: tuple[str, str | None] | None):
    """The last three are not in the table and fall to a parent or to the unspecified code of their root."""
    assert from_cameo(code) == act


def test_every_root_of_cameo_is_known_and_every_act_exists(acts: Acts):
    cameo = load_cameo()
    for act in cameo.codes.values():
        if act is not None:
            acts.check(act.type, act.mode)
            assert set(act.contexts) <= acts.contexts.keys()
    for root in range(1, 21):
        from_cameo(f"{root:02d}")
    with pytest.raises(UnknownName):
        from_cameo("99")


def test_partly_recognised_entities_and_rules_are_complete(acts: Acts):
    assert acts.partly_recognised["Transnistria"] == "MDA"
    assert all(case.when and case.then and case.source for case in acts.doubtful_cases.values())


def test_a_broken_ontology_is_a_fault(tmp_path: Path):
    with pytest.raises(CatalogueFault, match="cannot be opened"):
        load_acts(tmp_path)
    (tmp_path / "acts.toml").write_text("[meta]\nversion = 2")
    with pytest.raises(CatalogueFault, match="missing or wrong part"):
        load_acts(tmp_path)
    (tmp_path / "acts.toml").write_text("[meta]\nversion = \n")
    with pytest.raises(CatalogueFault, match="line 2"):
        load_acts(tmp_path)
