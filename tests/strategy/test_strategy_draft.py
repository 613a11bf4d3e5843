"""Drafting a case from a situation, and scoring it by what a room shows later."""

from datetime import date

import pytest

from sitroom.errors import BadInput
from sitroom.strategy.casefile import read_case
from sitroom.strategy.draft import draft_case
from sitroom.strategy.score import later_from, score
from sitroom.strategy.solve import solve
from sitroom.vocabulary import (
    Actor,
    Agreement,
    Attribution,
    Incident,
    Period,
    Place,
    Position,
    Presence,
    Quote,
    Situation,
    Tie,
)

AAA, BBB, CCC = Actor("Aland", "AAA"), Actor("Borland", "BBB"), Actor("Cestan", "CCC")
ARMY = Actor("Aland's army", "AAA.MIL")
HOME = Place("Dorf", "dorf", country="CCC")


def incident(
    number: int, day: date, kind: str, actor: Actor, recipient: Actor, status: str = "reported"
) -> Incident:
    return Incident(
        f"incident-{number}", kind, None, -5.0, (actor,), (recipient,), HOME, Period.day(day), status, 1,
        (f"event-{number}",), ("r1",), summary=f"happening {number}",
    )  # fmt: skip


def position(number: int, actor: Actor, stance: str, issue: str, target: Actor | None, day: date) -> Position:
    return Position(
        f"position-{number}", actor, issue, stance, 0.8, Period(day, None), (Attribution("a minister"),),
        (Quote("r1", 0, 5, f"words {number}"),), (f"statement-{number}",), 0.8, target,
    )  # fmt: skip


SITUATION = Situation(
    date(2020, 12, 31),
    date(2020, 12, 31),
    incidents=(
        incident(1, date(2020, 5, 1), "ASSAULT", ARMY, BBB),
        incident(2, date(2020, 6, 1), "ASSAULT", AAA, BBB),
        incident(3, date(2020, 7, 1), "AID", CCC, BBB),
        incident(4, date(2021, 3, 1), "ASSAULT", BBB, AAA),
        incident(5, date(2020, 7, 1), "ASSAULT", CCC, AAA, "denied"),
    ),
    ties=(
        Tie("tie-1", CCC, BBB, "ally-of", 1, Period(None, None), 1.0, (0, 0, 0, 0), 0.0, ("relation-1",), 0.9),
    ),
    presences=(
        Presence("presence-1", BBB, HOME, "based-at", Period(date(2019, 1, 1), None), "reported", (), ("relation-2",), (), 0.8),
    ),
    agreements=(
        Agreement("agreement-1", (AAA, BBB), (), (), None, Period(date(2020, 1, 1), None), "signed", (), ("event-9",), 0.7),
    ),
    positions=(
        position(1, AAA, "demands", "Borland's bases in Cestan", BBB, date(2020, 3, 1)),
        position(2, BBB, "refuses", "leaving the bases", None, date(2020, 4, 1)),
        position(3, CCC, "opposes", "Borland's bases in Cestan", BBB, date(2021, 4, 1)),
        position(4, AAA, "demands", "fishing rights", BBB, date(2020, 4, 1)),
    ),
)  # fmt: skip


def test_every_line_has_evidence_or_a_mark() -> None:
    text = draft_case(SITUATION, "borland-bases")
    game = read_case(text, "draft.toml")
    assert {decider.id for decider in game.deciders} == {"AAA", "BBB", "CCC"}
    assert all(decider.spread > 0 for decider in game.deciders)
    by_id = {option.id: option for option in game.options}
    strike = by_id["aaa-assault-bbb"]
    assert strike.now
    assert set(strike.grounds.evidence) == {"event-1", "event-2"}
    assert by_id["bbb-stay-ccc"].now
    assert not by_id["bbb-yield-borland-s-bases-in-cestan"].now
    for line in (*game.options, *game.wants, *game.impossible):
        assert line.grounds.evidence or line.grounds.basis in ("inferred", "assumption")
    wants = {(want.of, want.that): want for want in game.wants}
    demand = wants["AAA", "bbb-yield-borland-s-bases-in-cestan"]
    assert demand.grounds.basis == "evidence"
    assert demand.grounds.evidence == ("statement-1",)
    assert demand.sure <= 0.8
    assert wants["BBB", "not aaa-assault-bbb"].grounds.basis == "inferred"
    assert wants["CCC", "not aaa-assault-bbb"].grounds.evidence == ("relation-1",)
    assert game.notes["statement-1"].says == "words 1"
    assert "analyst's" in text.splitlines()[2]


def test_as_of_drops_what_came_later() -> None:
    text = draft_case(SITUATION, "borland-bases", date(2020, 12, 31))
    assert "bbb-assault-aaa" not in text
    assert "statement-3" not in text
    assert "ccc-assault-aaa" not in text  # denied
    assert "as_of = 2020-12-31" in text
    assert "bbb-assault-aaa" in draft_case(SITUATION, "borland-bases", date(2021, 12, 31))


def test_odd_names_still_give_a_case_that_reads() -> None:
    odd = Actor('7th "Lions"\x7f\n', "7th.lions"), Actor("Воины", None)
    situation = Situation(
        None,
        None,
        (incident(1, date(2020, 5, 1), "ASSAULT", *odd), incident(2, date(2020, 6, 1), "ASSAULT", *odd)),
        positions=(position(1, odd[0], "demands", 'Lions\' \\ "camp"', odd[1], date(2020, 3, 1)),),
    )
    game = read_case(draft_case(situation, "camp"), "odd.toml")
    assert len(game.options) == 2
    assert any("7th" in decider.name for decider in game.deciders)
    assert solve(game, 5).solution.ends


def test_unknown_issue_names_the_known_ones() -> None:
    with pytest.raises(BadInput) as fault:
        draft_case(SITUATION, "whaling quotas")
    assert "fishing rights" in fault.value.hint


def test_a_draft_can_be_run_and_scored() -> None:
    game = read_case(draft_case(SITUATION, "borland-bases", date(2020, 12, 31)))
    solved = solve(game, 50)
    assert sum(end.probability for end in solved.solution.ends) == pytest.approx(1, abs=0.03)
    shown = Situation(None, None, (incident(7, date(2021, 2, 1), "ASSAULT", ARMY, BBB),))
    later = later_from(game, shown)
    assert [one.option for one in later] == ["aaa-assault-bbb"]
    assert later[0].grounds.evidence == ("event-7",)
    result = score(solved, later)
    assert result.brier_baseline == 0.0
    assert result.brier == pytest.approx((1 - result.rows[0].said) ** 2)
    assert "too few" in result.note
    assert (
        later_from(game, Situation(None, None, (incident(8, date(2020, 2, 1), "ASSAULT", AAA, BBB),))) == ()
    )
    assert score(solved, ()).rows == ()
