"""People's forecasts, imported tables, and next events from a short history."""

from datetime import date, timedelta

import pytest

from sitroom.app.outlook_room import is_proper
from sitroom.errors import BadInput, BadQuestion, UnknownName
from sitroom.outlook.analysts import (
    Entry,
    entries_of_statements,
    file_forecast,
    read_entries,
    settle,
    standings,
    write_entry,
)
from sitroom.outlook.backoff import complete
from sitroom.outlook.desk import next_ones, past_forecasts
from sitroom.outlook.forecast import answer
from sitroom.outlook.history import Record, build_history
from sitroom.outlook.questions import make_question
from sitroom.outlook.tables import read_table
from sitroom.vocabulary import Actor, Attribution, Event, Period, Quote, Statement

DAY = date(2018, 5, 1)


def strike(day: date) -> Record:
    return Record("ISR", "ASSAULT", "IRN", day, id=f"i{day}")


def ask(opens=DAY, closes=date(2018, 5, 31)):
    return make_question("ASSAULT", opens, closes, actor="ISR", recipient="IRN")


def test_filed_forecasts_are_kept_settled_and_scored(tmp_path):
    ledger = tmp_path / "f.jsonl"
    known = build_history([strike(DAY - timedelta(k)) for k in (3, 9, 40)])
    own = answer(known, [ask()], DAY - timedelta(1))[0]
    entry = file_forecast(ask(), 0.3, by="ann", known_by=DAY - timedelta(1), why="calm", beside=own)
    for filed in (entry, entry, Entry(ask(), own)):
        write_entry(ledger, filed)
    assert read_entries(ledger) == [entry, Entry(ask(), own)]
    later = build_history([strike(DAY - timedelta(3)), strike(date(2018, 5, 10))])
    assert [e.outcome for e in settle(read_entries(ledger), later, date(2018, 5, 9))] == [None, None]
    settled = settle(read_entries(ledger), later, date(2018, 5, 10))
    assert settled[0].brier == pytest.approx(0.49)
    ann = next(r for r in standings(settled) if r.by == "ann")
    assert (ann.settled, ann.right, ann.open) == (1, 0, 0)
    assert ann.brier_base is not None
    with pytest.raises(BadQuestion):
        file_forecast(ask(), 1.3, by="ann", known_by=DAY)
    ledger.write_text("{broken\n")
    with pytest.raises(BadQuestion, match="line 1"):
        read_entries(ledger)


def test_forecasts_in_reports_become_questions():
    quote = Quote("r", 0, 4, "made")
    event = Event(
        "e", "r", "ASSAULT", None, (), -9.0, (Actor("Israel", "ISR"),), (Actor("Iran", "IRN"),), None, (), Period(None, None),
        DAY, False, "planned-or-possible", None, (), quote, "rule", 0.5,
    )  # fmt: skip
    said = Statement(
        "s",
        "r",
        Attribution("An Analyst"),
        "forecasts",
        ("e",),
        "",
        quote,
        Period(None, None),
        DAY,
        condition="so",
    )
    plain = Statement("s2", "r", None, "asserts", ("e",), "", quote, Period(None, None), DAY)
    found = list(entries_of_statements([said, plain], {"e": event}))
    assert len(found) == 1
    assert (found[0].question.actor, found[0].question.recipient) == ("ISR", "IRN")
    assert found[0].question.opens == DAY + timedelta(1)
    assert found[0].forecast.by == "An Analyst"
    assert "if: so" in found[0].said


@pytest.mark.parametrize(
    ("modality", "recipient"),
    [("asserted", "IRN"), ("hypothetical", "IRN"), ("planned-or-possible", "ISR.MIL")],
    ids=["the threat itself", "the if", "oneself"],
)
def test_what_is_not_said_to_come_is_no_forecast(modality, recipient):
    quote = Quote("r", 0, 4, "made")
    event = Event(
        "e", "r", "ASSAULT", None, (), -9.0, (Actor("Israel", "ISR"),), (Actor("Other", recipient),), None, (),
        Period(None, None), DAY, False, modality, None, (), quote, "rule", 0.5,
    )  # fmt: skip
    said = Statement("s", "r", None, "warns", ("e",), "", quote, Period(None, None), DAY)
    assert not list(entries_of_statements([said], {"e": event}))


def test_event_tables_are_imported_with_what_was_left_out(tmp_path):
    icews = tmp_path / "icews.tsv"
    icews.write_text(
        "Event ID\tEvent Date\tSource Name\tCAMEO Code\tTarget Name\tCountry\n"
        "1\t2018-05-10\tIsrael\t195\tIran\tSyria\n2\t2018-05-11\tIran\t010\tIsrael\t\n3\tnever\tIran\t190\tIsrael\t\n"
    )
    found = read_table(icews, "icews", party=str.upper)
    assert found.history.names == ("ISRAEL", "IRAN")
    assert found.history.types == ("ASSAULT",)
    assert found.history.places == ("Syria",)
    assert found.left_out == {"no PLOVER type for the act": 1, "no day": 1}


def test_gdelt_has_no_header_and_its_own_publication_day(tmp_path):
    row = [""] * 61
    row[0], row[1], row[6], row[16], row[26], row[59] = (
        "9",
        "20180510",
        "ISRAEL",
        "IRAN",
        "190",
        "20180512103000",
    )
    table = tmp_path / "g.csv"
    table.write_text("\t".join(row) + "\n")
    found = read_table(table, "gdelt").history
    assert found.date(found.day[0]) == date(2018, 5, 10)
    assert found.date(found.known_by[0]) == date(2018, 5, 12)


def test_own_columns_and_wrong_tables(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("who,what,whom,when\nA,Battles,B,10 May 2018\n")
    columns = {"actor": "who", "act": "what", "recipient": "whom", "day": "when"}
    assert len(read_table(table, "acled", columns).history) == 1
    with pytest.raises(BadQuestion, match="no column"):
        read_table(table, "acled")
    with pytest.raises(UnknownName):
        read_table(table, "acled", {"colour": "x"})
    with pytest.raises(UnknownName):
        read_table(table, "phoenix")
    with pytest.raises(BadQuestion):
        read_table(tmp_path / "none.csv", "icews")


def test_completions_back_off_and_add_up(history):
    day = 150
    found = complete(history, day, actor="AAA.MIL", act="ASSAULT", recipient=None, most=100)
    assert found[0].name == "BBB.MIL"
    assert sum(g.probability for g in found) == pytest.approx(1)
    acts = complete(history, day, actor="AAA.MIL", act=None, recipient="BBB.MIL")
    assert acts[0].name == "ASSAULT"
    stranger = complete(history, day, actor="XXX", act="ASSAULT", recipient=None)
    assert "few acts" in " ".join(stranger[0].reasons)
    with pytest.raises(BadInput):
        complete(history, day, actor="AAA.MIL", act=None, recipient=None)


def test_few_acts_are_not_forgotten_and_nobody_acts_on_themselves():
    days = [date(2018, 1, 1) + timedelta(days=10 * k) for k in range(40)]
    strikes = [Record("ISR", "ASSAULT", "IRN", day) for day in days[:3]]
    talks = [Record("ISR", "CONSULT", "RUS", day) for day in days]
    answers = [Record("IRN", "ASSAULT", "ISR", day) for day in days[::5]]
    found = complete(
        build_history([*strikes, *talks, *answers]), 400, actor="ISR", act="ASSAULT", recipient=None
    )
    assert found[0].name == "IRN"
    assert next(g.probability for g in found if g.name == "ISR") == 0


def test_the_desk_answers_with_a_short_history(history):
    found = next_ones(history, date(2020, 6, 1), actor=None, act="ASSAULT", recipient="AAA.MIL")
    assert found[0].name == "BBB.MIL"
    rolled = past_forecasts(history, 7, origins=5, at_least=3)
    assert rolled.method == "shrunken rate"
    assert len(rolled.origins) == 5
    with pytest.raises(BadInput):
        past_forecasts(history, 150)


@pytest.mark.parametrize(
    ("words", "proper"),
    [
        ("Khalid Osman", True),
        ("Front for Change", True),
        ("Chadian drivers", False),
        ("Two Chadian drivers", False),
        ("Gunmen", False),
        ("More than 300 Nepalis", False),
        ("FARC", True),
    ],
)
def test_descriptions_are_no_parties(words, proper):
    assert is_proper(words) is proper
