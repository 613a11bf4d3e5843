"""The command line: what it prints, what it exits with, and that it starts quickly."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

import sitroom
from sitroom.app import coding, finding
from sitroom.app import room as room_module
from sitroom.catalogues import ActorEntry, Actors
from sitroom.cli import main
from sitroom.cli.commands import cli

SOURCE = Path(sitroom.__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))
import stub_coder  # noqa: E402

CATALOGUE = Actors([ActorEntry(id="ISR", name="Israel", kind="state", country="ISR")])


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `sitroom …` in the test's folder with the stub coder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(room_module, "coder_maker", lambda settings: stub_coder.make)
    monkeypatch.setattr(coding, "coder_maker", lambda settings: stub_coder.make)
    monkeypatch.setattr(finding, "load_actors", lambda folders: Actors([]))
    monkeypatch.setattr(room_module, "load_actors", lambda folders: CATALOGUE)

    def _run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["sitroom", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as stopped:
            main()
        return Ran(int(stopped.value.code or 0), *capsys.readouterr())

    return _run


@pytest.fixture
def room(run: Run, reports: Path) -> str:
    made = run("read", "a.room", "reports")
    assert made.returncode == 0, made.stderr
    return "a.room"


def commands() -> list[tuple[str, ...]]:
    group = typer.main.get_command(cli)
    names: list[tuple[str, ...]] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [(name, deeper) for deeper in inner] if inner else [(name,)]
    return names


def test_help_imports_nothing_heavy() -> None:
    heavy = ("spacy", "duckdb", "polars", "pyarrow", "pandas", "numpy", "sklearn", "pydantic", "trafilatura")
    code = (
        "import sys\nfrom sitroom.cli import main\nsys.argv = ['sitroom', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', [name for name in {heavy!r} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        check=True,
    )
    assert "HEAVY []" in found.stdout


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    from typer.testing import CliRunner

    found = CliRunner().invoke(cli, [*command, "--help"])
    assert found.exit_code == 0
    text = " ".join(found.output.split())
    assert f"Example: sitroom {' '.join(command)} " in text


def test_reading_says_what_it_did(run: Run, reports: Path) -> None:
    (reports / "empty.txt").write_text("")
    found = run("read", "a.room", "reports")
    assert found.returncode == 3
    assert "4 reports: 3 read, 1 skipped" in found.stderr
    assert "3 events, 2 statements, 1 relations" in found.stderr
    assert "1 names not in the catalogues: Gunmen" in found.stderr
    assert "empty.txt" in found.stderr
    assert "what to do:" in found.stderr
    again = run("read", "a.room", "reports")
    assert again.returncode == 3
    assert "3 known already" in again.stderr


def test_reading_nothing_fails(run: Run, tmp_path: Path) -> None:
    found = run("read", "a.room", "nowhere")
    assert found.returncode == 1
    assert "nowhere" in found.stderr
    (tmp_path / "bare").mkdir()
    assert run("read", "a.room", "bare").returncode == 1


def test_reading_standard_input(run: Run) -> None:
    text = "date 2018-05-10\n\nIsrael attacked Syria in Damascus. People heard the blasts in all quarters."
    found = run("read", "a.room", "-", stdin=text)
    assert found.returncode == 0, found.stderr
    assert "1 events" in found.stderr


def test_a_broken_report_does_not_stop_the_others(run: Run, reports: Path) -> None:
    (reports / "broken.txt").write_text(
        "date 2018-05-10\n\nEXPLODE now, said the officer to the waiting men."
    )
    found = run("read", "a.room", "reports", "--engine", "processes", "--workers", "2")
    assert found.returncode == 3
    assert "this text breaks the coder" in found.stderr


@pytest.mark.parametrize(
    "kind", ["incidents", "events", "statements", "relations", "actors", "places", "reports"]
)
def test_answers_in_every_format(run: Run, room: str, kind: str) -> None:
    table = run(kind, room)
    assert table.returncode == 0, table.stderr
    assert len(table.stdout.splitlines()) >= 3
    found = json.loads(run(kind, room, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(kind, room, "--format", "csv").stdout)))
    lines = [json.loads(line) for line in run(kind, room, "--format", "jsonl").stdout.splitlines()]
    assert len(found) == len(rows) >= 1
    assert lines == found
    assert list(rows[0]) == list(found[0])


def test_filters_reach_the_room(run: Run, room: str) -> None:
    def places(*options: str) -> list[str]:
        return [row["place"] for row in json.loads(run("events", room, "--format", "json", *options).stdout)]

    assert places("--actor", "Israel") == ["Damascus", "Homs"]
    assert places("--since", "2018-05-11", "--until", "2018-05-31") == ["Homs"]
    assert places("--known-by", "2018-05-10") == ["Damascus"]
    assert places("--place", "kuneitra") == ["Kuneitra"]
    assert places("--limit", "1") == ["Damascus"]
    assert "no events answer this" in run("events", room, "--act", "AGREE").stdout


def test_a_table_says_when_there_is_more(run: Run, room: str) -> None:
    assert "the first 2;" in run("events", room, "--limit", "2").stdout
    assert "the first" not in run("events", room, "--limit", "3").stdout


def test_why_takes_the_beginning_of_an_id(run: Run, room: str) -> None:
    shown = run("events", room).stdout
    id = re.search(r"event-[0-9a-f]{8}\b", shown)
    assert id
    found = run("why", room, id[0])
    assert found.returncode == 0, found.stderr
    assert "[actor: Israel] attacked [recipient: Syria] in [place: Damascus]." in found.stdout
    assert "attack-01" in found.stdout
    assert "one.txt" in found.stdout
    assert json.loads(run("why", room, id[0], "--json").stdout)["rule"] == "attack-01"


def test_judging_hides_an_event(run: Run, room: str) -> None:
    [first, *_] = json.loads(run("events", room, "--format", "json").stdout)
    assert run("judge", room, "wrong", first["id"], "--why", "misread", "--by", "ana").returncode == 0
    assert len(json.loads(run("events", room, "--format", "json").stdout)) == 2
    assert len(json.loads(run("events", room, "--format", "json", "--wrong").stdout)) == 3
    assert "misread" in run("why", room, first["id"]).stdout


def test_code_prints_the_contract(run: Run, reports: Path) -> None:
    found = run("code", "reports")
    assert found.returncode == 0, found.stderr
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert [line["report"] for line in lines] == ["one.txt", "three.txt", "two.txt"]
    assert lines[0]["actors"][0]["id"] == "ISR"
    statements = [
        json.loads(line) for line in run("code", "reports", "--what", "statements").stdout.splitlines()
    ]
    forecasts = [
        json.loads(line) for line in run("code", "reports", "--what", "forecasts").stdout.splitlines()
    ]
    assert {line["stance"] for line in statements} == {"denies", "forecasts"}
    assert {line["stance"] for line in forecasts} == {"forecasts"}
    rows = list(csv.DictReader(io.StringIO(run("code", "reports", "--format", "csv").stdout)))
    assert [row["place"] for row in rows] == ["Damascus", "Kuneitra", "Homs"]
    assert "Kuneitra" in run("code", "reports", "--format", "table").stdout


def test_code_keeps_problems_off_standard_output(run: Run, reports: Path) -> None:
    (reports / "empty.txt").write_text("")
    found = run("code", "reports")
    assert found.returncode == 3
    assert "empty.txt" in found.stderr
    assert all(line.startswith("{") for line in found.stdout.splitlines())


def test_export(run: Run, room: str, tmp_path: Path) -> None:
    found = run("export", room, "--to", "geojson", "out")
    assert found.returncode == 0, found.stderr
    assert len(json.loads((tmp_path / "out" / "events.geojson").read_text())["features"]) == 3


def test_brief(run: Run, room: str, tmp_path: Path) -> None:
    found = run("brief", room)
    assert found.returncode == 0, found.stderr
    assert "Israel attacked Syria in Damascus. [1]" in found.stdout
    assert run("brief", room, "--html", "b.html", "--markdown", "b.md").returncode == 0
    assert "<blockquote>Israel attacked" in (tmp_path / "b.html").read_text()
    assert "# Brief" in (tmp_path / "b.md").read_text()
    assert "Kuneitra" not in run("brief", room, "--known-by", "2018-05-20").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("events", "none.room"), 1, "there is no room"),
        (("why", "a.room", "event-none"), 1, "event-none"),
        (("events", "a.room", "--since", "soon"), 2, "2018-05-01"),
        (("events", "a.room", "--format", "xml"), 2, "xml"),
        (("events",), 2, "ROOM"),
        (("sing",), 2, "sing"),
        (("judge", "a.room", "same", "event-1"), 1, "same"),
        (("events", "reports/one.txt"), 1, "not a room"),
        (("brief", "a.room", "--html", "nowhere/b.html"), 1, "nowhere"),
        (("events", "a.room", "--since", "2020-01-02", "--until", "2020-01-01"), 1, "empty"),
    ],
)
def test_what_goes_wrong_is_said(
    run: Run, room: str, arguments: tuple[str, ...], code: int, says: str
) -> None:
    found = run(*arguments)
    assert found.returncode == code
    assert says in found.stderr
    assert "Traceback" not in found.stderr
    assert code == 2 or "what to do:" in found.stderr


def test_a_wrong_setting_is_said(run: Run, room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITROOM_WORKERS", "many")
    found = run("events", room)
    assert found.returncode == 1
    assert "workers" in found.stderr


def test_text_from_reports_does_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text(
        "date 2018-05-10\n\nIsrael attacked Syria in Homs \x1b[31mred [bold]x[/bold]. It was a long night."
    )
    run("read", "b.room", "evil.txt")
    for command in (
        ("why", "b.room", "event-"),
        ("brief", "b.room"),
        ("events", "b.room"),
        ("statements", "b.room"),
    ):
        assert "\x1b" not in run(*command).stdout
    assert "[bold]" in run("brief", "b.room").stdout


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (("events", "--act", "RAID"), "unknown act 'RAID'"),
        (("incidents", "--act", "assault/nuclear"), "unknown mode of ASSAULT 'nuclear'"),
        (("events", "--modality", "maybe"), "unknown modality 'maybe'"),
        (("statements", "--act", "whines"), "unknown stance 'whines'"),
    ],
)
def test_a_misspelt_act_is_no_empty_answer(run: Run, room: str, asked: tuple[str, ...], what: str) -> None:
    ran = run(asked[0], room, *asked[1:])
    assert ran.returncode == 1
    assert what in ran.stderr
    assert "known: " in ran.stderr


def test_a_misspelt_actor_is_told_with_the_nearest(run: Run, room: str) -> None:
    ran = run("events", room, "--actor", "Isreal", "--format", "json")
    assert (ran.returncode, json.loads(ran.stdout)) == (0, [])
    assert "did you mean Israel?" in ran.stderr
    assert not run("events", room, "--actor", "Israel", "--since", "2100-01-01").stderr


def test_a_folder_is_no_room(run: Run, tmp_path: Path) -> None:
    assert "is not a room" in run("events", str(tmp_path)).stderr


def test_a_closed_pipe_is_no_error(run: Run, room: str, tmp_path: Path) -> None:
    shell = f"{sys.executable} -m sitroom.cli events a.room --format json | head -c 1"
    found = subprocess.run(
        shell, shell=True, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(SOURCE)},
        check=False,
    )  # fmt: skip
    assert found.stderr == ""


def test_catalogue_check_and_show(run: Run, tmp_path: Path) -> None:
    shown = run("catalogue", "show", "ASSAULT")
    assert shown.returncode == 0, shown.stderr
    assert "ASSAULT" in shown.stdout
    assert run("catalogue", "show", "no-such-thing").returncode == 1
    (tmp_path / "mine" / "actors").mkdir(parents=True)
    (tmp_path / "mine" / "actors" / "x.toml").write_text('[[actor]]\nid = "x"\ncolour = "red"\n')
    checked = run("catalogue", "check", "mine")
    assert checked.returncode == 1
    assert "x.toml" in checked.stdout
