"""Checking a folder as a whole, and describing one entry."""

from pathlib import Path

import pytest

from sitroom.catalogues import Actors, Acts, bundled, check_catalogue, describe, load_actors, load_acts
from sitroom.errors import BadInput, NotFound, UnknownName


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors([bundled()])


@pytest.fixture(scope="module")
def acts() -> Acts:
    return load_acts()


def own(folder: Path) -> list[tuple[str, str]]:
    """The findings in the files of the folder itself."""
    found = [finding for finding in check_catalogue(folder) if finding.path.is_relative_to(folder)]
    return [(finding.severity, finding.what) for finding in found]


def test_all_errors_are_found_at_once(tmp_path: Path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "a.toml").write_text(
        '[[actor]]\nid = "x"\nname = "X"\nkind = "party"\nnmae = "Y"\n'
    )
    (tmp_path / "actors" / "b.toml").write_text(
        '[[actor]]\nid = "y"\nname = "Reuters"\nkind = "party"\nsector = "Z"\n'
    )
    found = own(tmp_path)
    assert {what.split("'")[0].strip() for severity, what in found} == {
        "unknown key",
        "the name",
        "unknown sector",
    }
    assert {severity for severity, _ in found} == {"error"}


def test_a_file_that_nobody_reads_is_a_warning(tmp_path: Path):
    (tmp_path / "mine.toml").write_text("")
    found = own(tmp_path)
    assert [severity for severity, _ in found] == ["warning", "warning"]
    assert "not read from here" in found[0][1]


def test_a_missing_folder_is_bad_input(tmp_path: Path):
    with pytest.raises(BadInput):
        check_catalogue(tmp_path / "none")


def test_describe_an_actor_by_id_or_name(actors: Actors, acts: Acts):
    text = str(describe("Danish foreign ministry", actors, acts))
    assert text.startswith("DNK.MFA  Danish foreign ministry")
    assert "DNK (Denmark)" in text
    assert dict(describe("DNK", actors, acts).lines)["capital"] == "Copenhagen"


def test_describe_acts(actors: Actors, acts: Acts):
    assert "material-conflict" in str(describe("ASSAULT", actors, acts))
    assert dict(describe("ASSAULT/aerial", actors, acts).lines)["score"] == "-9.5"
    assert "context" in describe("cbrn", actors, acts).title
    assert "sector" in describe("REB", actors, acts).title


def test_describing_the_unknown(actors: Actors, acts: Acts):
    with pytest.raises(NotFound):
        describe("Ruritania", actors, acts)
    with pytest.raises(UnknownName):
        describe("ASSAULT/massacre", actors, acts)
