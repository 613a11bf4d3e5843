import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitroom.cli.commands import cli
from sitroom.errors import NotFound

KINDS = ("ties", "presence", "agreements", "positions", "contradictions")
TEXTS = {
    "one.txt": "date 2018-05-10\n\nIsrael attacked Syria in Homs on May 10. Iran is an ally of Syria. Israel demanded that Iran withdraw its forces from Syria.",
    "two.txt": "date 2018-12-20\n\nThe United States announced on December 19 that it will withdraw its troops from Syria.",
    "three.txt": "date 2022-03-22\n\nThe United States deployed more troops to Syria on March 1. Iran supports Hezbollah.",
    "four.txt": "date 2018-09-18\n\nRussia and Turkey signed an agreement on Idlib on September 17. Iran has a base in Palmyra. Iranian forces have reportedly withdrawn from Palmyra.",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("situation")
    (folder / "reports").mkdir()
    for name, text in TEXTS.items():
        (folder / "reports" / name).write_text(text)
    found = folder / "my.room"
    result = CliRunner().invoke(cli, ["read", str(found), str(folder / "reports"), "--quiet"])
    assert result.exit_code == 0, result.output
    return found


def ask(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def as_rows(*words: object) -> list[dict]:
    rows: list[dict] = json.loads(ask(*words, "--format", "json"))
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints_as_table_json_and_csv(room: Path, kind: str) -> None:
    assert ask(kind, room)
    rows = as_rows(kind, room)
    assert len(list(csv.DictReader(io.StringIO(ask(kind, room, "--format", "csv"))))) == len(rows)
    assert len(ask(kind, room, "--format", "jsonl").splitlines()) == len(rows)


def test_ties_are_asked_by_actor_and_day(room: Path) -> None:
    assert {"Hezbollah"} & {row["target"] for row in as_rows("ties", room, "--actor", "Iran")}
    assert not [
        row
        for row in as_rows("ties", room, "--actor", "Iran", "--known-by", "2018-12-31")
        if row["target"] == "Hezbollah"
    ]
    assert as_rows("ties", room, "--actor", "Hezbollah") == [
        row for row in as_rows("ties", room) if "Hezbollah" in (row["source"], row["target"])
    ]


def test_presence_in_a_country_is_asked_by_its_name(room: Path) -> None:
    rows = as_rows("presence", room, "--place", "Syria", "--actor", "United States")
    assert {row["country"] for row in rows} == {"SYR"}
    assert as_rows("presence", room, "--place", "Norway") == []


def test_positions_are_asked_by_issue(room: Path) -> None:
    rows = as_rows("positions", room, "--issue", "foreign-presence", "--actor", "Israel")
    assert {(row["actor"], row["stance"]) for row in rows} >= {("Israel", "demands")}
    assert as_rows("positions", room, "--issue", "football") == []


def test_a_departure_and_a_later_presence_are_a_contradiction_only_when_both_are_known(room: Path) -> None:
    kinds = {row["kind"] for row in as_rows("contradictions", room, "--actor", "United States")}
    assert "presence" in kinds
    assert "presence" not in {
        row["kind"]
        for row in as_rows("contradictions", room, "--actor", "United States", "--known-by", "2019-01-01")
    }


def test_a_room_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    import subprocess
    import sys

    told = subprocess.run(
        [sys.executable, "-m", "sitroom.cli", "ties", str(tmp_path / "no.room")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert "no.room" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_why_leads_from_every_line_to_its_sentences(room: Path, kind: str) -> None:
    rows = as_rows(kind, room)
    assert rows
    for row in rows:
        told = json.loads(ask("why", room, row["id"][:-4], "--json"))
        assert told["id"] == row["id"]
        assert told["rests_on"]
        for reason in told["rests_on"]:
            assert reason["trace"]["sentence"] in " ".join(TEXTS.values())


def test_why_says_what_contests_a_presence(room: Path) -> None:
    row = next(row for row in as_rows("presence", room, "--actor", "Iran") if row["contested_by"])
    told = ask("why", room, row["id"])
    assert "contests it" in told


def test_why_of_a_tie_that_is_rolled_up(room: Path) -> None:
    rows = as_rows("ties", room, "--roll-up")
    assert all(row["id"] in ask("why", room, row["id"]) for row in rows)


def test_why_of_a_line_that_is_gone_says_what_to_do(room: Path) -> None:
    found = CliRunner().invoke(cli, ["why", str(room), "presence-0000"])
    assert isinstance(found.exception, NotFound)
    assert "--as-of" in found.exception.hint
