"""The command line over a small hand-made room."""

import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from sitroom.cli.outlook import app
from sitroom.errors import SitroomError
from sitroom.evidence.duckdb_store import DuckDBStore
from sitroom.vocabulary import Actor, Coded, Event, Period, Quote, Report, content_id

DAYS = [date(2018, 1, 3) + timedelta(days=9 * k) for k in range(20)]
ISR, IRN = Actor("Israel", "ISR", country="ISR"), Actor("Iran", "IRN", country="IRN")


def coded(day: date) -> Coded:
    text = f"Word of {day}: one thing was done to another."
    period = Period.day(day)
    report = Report(
        content_id("report", text), f"{day}.txt", text, published=period, published_basis="stated"
    )
    one, other = (ISR, IRN) if day.day % 2 else (IRN, ISR)
    event = Event(
        content_id("event", text), report.id, "ASSAULT", None, (), -9.0, (one,), (other,), None, (), period, day, False,
        "asserted", None, (), Quote(report.id, 0, 7, text[:7]), "rule", 0.8,
    )  # fmt: skip
    return Coded(report, (event,))


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    path = tmp_path_factory.mktemp("outlook") / "small.room"
    with DuckDBStore(path, write=True) as store, store.writer() as writer:
        for day in DAYS:
            writer.add(coded(day))
    return path


def run(*words: object):
    found = CliRunner().invoke(app, [str(word) for word in words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.stdout


def test_a_forecast_has_bounds_baselines_and_reasons(room):
    line = ("forecast", room, "--actor", "Israel", "--recipient", "Iran", "--act", "ASSAULT", "--horizon", 30)
    row = json.loads(run(*line, "--format", "json"))[0]
    assert 0 < row["low"] <= row["probability"] <= row["high"] < 1
    assert {"base rate", "as last period", "fading rate"} <= set(row)
    assert "too few" in row["why"]
    assert row["because"].startswith("incident-")


def test_as_of_hides_what_came_later(room):
    early = DAYS[5]
    line = (
        "forecast",
        room,
        "--actor",
        "Israel",
        "--act",
        "ASSAULT",
        "--horizon",
        7,
        "--as-of",
        early,
        "--format",
        "json",
    )
    row = json.loads(run(*line))[0]
    assert row["known by"] == early.isoformat()
    assert str(early + timedelta(1)) in row["question"]
    assert f"only {len([d for d in DAYS if d <= early])} acts" in row["why"]


def test_next_and_questions_print(room):
    found = json.loads(run("next", room, "--actor", "Israel", "--act", "ASSAULT", "--format", "json"))
    assert found[0]["name"] == "IRN"
    assert len(json.loads(run("questions", room, "--horizon", 7, "--limit", 3, "--format", "json"))) == 3
    assert "probability" in run("questions", room, "--limit", 2)


def test_a_filed_forecast_is_scored_when_its_window_has_closed(room):
    line = ("ask", room, "calm", "--actor", "Israel", "--recipient", "Iran", "--act", "ASSAULT")
    run(*line, "--as-of", DAYS[10], "--closes", DAYS[16], "--probability", 0.3, "--by", "ann")
    rows = json.loads(run("record", room, "--format", "json"))
    mine = next(row for row in rows if row["by"] == "ann")
    assert mine["outcome"] == "yes"
    assert mine["Brier"] == pytest.approx(0.49)
    early = json.loads(run("record", room, "--as-of", DAYS[10], "--format", "json"))
    assert {row["outcome"] for row in early} == {"open"}
    assert "ann" in run("record", room, "--standings")


def test_an_imported_table_stands_behind_the_room(room, tmp_path):
    table = tmp_path / "events.csv"
    table.write_text("event_date,actor1,actor2,event_type,location\n2017-12-01,Israel,Iran,Battles,Here\n")
    assert "1 acts" in run("import", room, table, "--kind", "acled")
    row = json.loads(run("next", room, "--actor", "Israel", "--act", "ASSAULT", "--format", "json"))[0]
    assert row["name"] == "IRN"
    room.with_name(f"{room.name}.history.csv").unlink()


def test_backtest_prints_records(room):
    rows = json.loads(run("backtest", room, "--horizon", 14, "--origins", 4, "--format", "json"))
    assert {row["what"] for row in rows} >= {"all", "ASSAULT"}
    assert all("Brier skill" in row for row in rows)


def test_strangers_and_missing_acts_are_named(room):
    with pytest.raises(SitroomError, match="Nobody"):
        run("forecast", room, "--actor", "Nobody At All", "--act", "ASSAULT")
    with pytest.raises(SitroomError, match="act"):
        run("ask", room, "--closes", "2030-01-01", "--actor", "Israel")
