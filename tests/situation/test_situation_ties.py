from dataclasses import replace
from pathlib import Path

import pytest
from situation_making import (
    ASSAD,
    DAMASCUS,
    HEZBOLLAH,
    IRAN,
    ISRAEL,
    QUDS_FORCE,
    RUSSIA,
    SYRIA,
    USA,
    day,
    event,
    relation,
)

from sitroom.catalogues import bundled, load_actors
from sitroom.situation import find_incidents, find_ties, roll_up
from sitroom.vocabulary import Actor, Period, Tie


def between(ties: tuple[Tie, ...], source: Actor, target: Actor, kind: str) -> Tie:
    [found] = [
        tie for tie in ties if (tie.source.key, tie.target.key, tie.kind) == (source.key, target.key, kind)
    ]
    return found


def test_two_reports_of_one_tie_are_surer_than_one() -> None:
    told = [
        relation(IRAN, "backs", ASSAD, when="2011-03-01", report="a"),
        relation(IRAN, "backs", ASSAD, report="b", known="2019-02-27"),
    ]
    tie = between(find_ties(told, [], None), IRAN, ASSAD, "backs")
    assert tie.sign == 1
    assert tie.confidence == pytest.approx(1 - 0.4 * 0.4)
    assert (tie.period.start, tie.period.end) == (day("2011-03-01"), day("2019-02-27"))
    assert len(tie.because) == 2


def test_rivalry_is_one_tie_from_whichever_side_it_is_told() -> None:
    ties = find_ties(
        [relation(IRAN, "rival-of", ISRAEL, report="a"), relation(ISRAEL, "rival-of", IRAN, report="b")],
        [],
        None,
    )
    assert [(tie.sign, len(tie.because)) for tie in ties] == [(-1, 2)]


def test_what_is_denied_makes_no_tie_and_weakens_a_told_one() -> None:
    assert find_ties([relation(IRAN, "backs", ASSAD, modality="denied")], [], None) == ()
    told = [
        relation(IRAN, "backs", ASSAD, report="a"),
        relation(IRAN, "backs", ASSAD, report="b", modality="denied"),
    ]
    assert between(find_ties(told, [], None), IRAN, ASSAD, "backs").confidence == pytest.approx(0.3)


def test_presence_is_no_tie() -> None:
    assert find_ties([relation(IRAN, "based-at", place=DAMASCUS)], [], None) == ()


def test_the_record_of_acts_weighs_by_age() -> None:
    acts = find_incidents([
        event("AID", [RUSSIA], [SYRIA], "2018-01-01", report="a"),
        event("ASSAULT", [RUSSIA], [SYRIA], "2018-06-30", report="b"),
    ])  # fmt: skip
    tie = between(find_ties([], acts, day("2018-06-30")), RUSSIA, SYRIA, "record-of-acts")
    assert tie.counts == (0, 1, 0, 1)
    assert tie.strength == pytest.approx((10 * 0.5 + -9) / 1.5, abs=1e-3), (
        "the aid is 180 days old, a half-life"
    )
    assert tie.trend == pytest.approx(tie.strength - 10, abs=1e-3), (
        "half a year before there was only the aid"
    )


def test_what_did_not_happen_is_no_record() -> None:
    acts = find_incidents(
        [
            event("ASSAULT", [ISRAEL], [IRAN], modality=way, report=way)
            for way in ("hypothetical", "denied", "planned-or-possible")
        ]
    )
    assert find_ties([], acts, None) == ()


def test_bodies_roll_up_and_proxies_do_not(tmp_path: Path) -> None:
    actors = load_actors([bundled()])
    force = next(entry for entry in actors if entry.name == "Quds Force")
    told = Actor(force.name, force.id, country="IRN", sector="MIL")
    assert roll_up(told, actors).id == "IRN"
    assert roll_up(HEZBOLLAH, actors).id == "hezbollah"
    assert roll_up(QUDS_FORCE, actors) is QUDS_FORCE, "an id that the catalogue lacks stays as it is"
    ties = find_ties(
        [relation(told, "backs", HEZBOLLAH), relation(IRAN, "backs", HEZBOLLAH, report="b")],
        [],
        None,
        lambda one: roll_up(one, actors),
    )
    assert [(tie.source.id, len(tie.because)) for tie in ties] == [("IRN", 2)]


def test_talks_tie_both_and_order_does_not_matter() -> None:
    acts = find_incidents([event("CONSULT", [RUSSIA, USA])])
    assert {(tie.source.id, tie.target.id) for tie in find_ties([], acts, None)} == {
        ("RUS", "USA"),
        ("USA", "RUS"),
    }


def test_what_is_over_is_a_former_tie_without_sign() -> None:
    told = replace(relation(IRAN, "backs", ASSAD), period=Period(None, None, "former"))
    [tie] = find_ties([told], [], None)
    assert (tie.kind, tie.sign, tie.period.end) == ("former-backs", 0, None)
