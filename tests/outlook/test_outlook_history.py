"""Histories: what is known when, roll-up, and the way from a room's incidents."""

from datetime import date

import pytest

from sitroom.errors import BadQuestion
from sitroom.outlook.history import NOBODY, Record, build_history
from sitroom.outlook.ledger import join, read_history, records_of, write_history
from sitroom.outlook.room import history_from_incidents
from sitroom.vocabulary import Actor, Incident, Period

IRN, ISR = Actor("Iran", "IRN"), Actor("Israel", "ISR")


def incident(
    id: str,
    start: date | None,
    end: date | None,
    *,
    status="reported",
    actors=(ISR,),
    recipients=(IRN,),
    mutual=False,
):
    return Incident(
        id,
        "ASSAULT",
        "aerial",
        -9.0,
        actors,
        recipients,
        None,
        Period(start, end),
        status,
        1,
        (f"e-{id}",),
        ("r",),
        mutual=mutual,
    )


def test_what_became_known_later_is_not_before():
    made = build_history(
        [
            Record("A", "AID", "B", date(2020, 1, 1), date(2020, 2, 1)),
            Record("B", "AID", "A", date(2020, 1, 5)),
        ]
    )
    assert len(made.before(made.number(date(2020, 1, 6)))) == 1
    assert len(made.before(made.number(date(2020, 2, 1)))) == 1
    assert len(made.before(made.number(date(2020, 2, 2)))) == 2


def test_a_report_from_before_the_act_makes_it_known_on_the_day():
    made = build_history([Record("A", "AID", "B", date(2020, 1, 9), date(2020, 1, 1))])
    assert made.known_by.tolist() == made.day.tolist()


def test_rolling_up_counts_bodies_as_their_state():
    made = build_history(
        [Record("IRN.IRGC", "AID", "SYR", date(2020, 1, 1)), Record("IRNX", "AID", "SYR", date(2020, 1, 1))]
    )
    rolled = made.rolled_up("IRN")
    assert [rolled.names[i] for i in rolled.actor] == ["IRN", "IRNX"]
    assert [rolled.names[i] for i in rolled.recipient] == ["SYR", "SYR"]


def test_states_gather_their_bodies_and_persons():
    pairs = [("IRN.IRGC", "SYR"), ("RUS.vladimir-putin", "ISR"), ("st. mary group", "ISR")]
    made = build_history([Record(one, "AID", other, date(2020, 1, 1)) for one, other in pairs]).by_states()
    assert {made.names[i] for i in made.actor} == {"IRN", "RUS", "st. mary group"}


def test_acts_by_name_type_and_class():
    made = build_history(
        [Record("A", "ASSAULT/aerial", "B", date(2020, 1, 1)), Record("A", "AID", "B", date(2020, 1, 1))]
    )
    named = {
        what: [made.acts[i] for i in made.acts_in(what)]
        for what in ("ASSAULT", "material-cooperation", "any")
    }
    assert named["ASSAULT"] == ["ASSAULT/aerial"]
    assert named["material-cooperation"] == ["AID"]
    assert len(named["any"]) == 2
    with pytest.raises(BadQuestion):
        made.acts_in("SHELLING")


def test_incidents_that_did_not_happen_or_have_no_day_are_left_out():
    day = date(2018, 5, 10)
    made = history_from_incidents(
        [
            incident("1", day, day),
            incident("2", day, day, status="denied"),
            incident("3", day, day, status="expected"),
            incident("4", None, day),
            incident("5", date(2018, 1, 1), date(2018, 12, 31)),
            incident("6", day, day, actors=(ISR, IRN), recipients=(), mutual=True),
        ],
        known_by={"e-1": date(2018, 5, 12)},
    )
    assert sorted(made.ids) == ["1", "6", "6"]
    first = made.ids.index("1")
    assert made.date(made.known_by[first]) == date(2018, 5, 12)
    both = {
        (made.names[made.actor[i]], made.names[made.recipient[i]]) for i in range(3) if made.ids[i] == "6"
    }
    assert both == {("ISR", "IRN"), ("IRN", "ISR")}


def test_a_history_survives_the_file(tmp_path, history):
    path = tmp_path / "h.csv"
    assert write_history(path, history) == len(history)
    again = read_history(path)
    assert list(records_of(again)) == list(records_of(history))
    assert len(join([history, again])) == len(history)
    path.write_text(path.read_text() + "A,AID,B,notaday,2020-01-01,,x\n")
    with pytest.raises(BadQuestion, match="line"):
        read_history(path)


def test_an_act_without_a_recipient_has_nobody():
    made = build_history([Record("A", "PROTEST", None, date(2020, 1, 1))])
    assert made.recipient.tolist() == [NOBODY]
