from dataclasses import replace

import pytest
from situation_making import (
    HOMS,
    IRAN,
    ISRAEL,
    RUSSIA,
    SDF,
    SYRIA,
    SYRIA_PLACE,
    TURKEY,
    USA,
    by,
    event,
    relation,
    statement,
)  # fmt: skip

from sitroom.situation import find_contradictions, find_incidents, find_ties
from sitroom.situation.contradictions import MOST, sift_contradictions
from sitroom.situation.grounds import Findings, headline_end
from sitroom.vocabulary import Contradiction, Place

RAQQA = Place("Raqqa", "g-raqqa", 35.9, 39.0, "SYR", "Raqqa", "place")


def found(events=(), statements=(), relations=(), headlines=None) -> dict[str, Contradiction]:
    """Contradictions by kind."""
    incidents = find_incidents(events, statements=statements)
    ties = find_ties(relations, incidents, None)
    findings = Findings(
        {one.id: one for one in events}, statements, relations, incidents, ties, headlines or {}
    )
    return {one.kind: one for one in find_contradictions(findings)}


def test_a_denial_stands_against_what_it_denies() -> None:
    told = event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS)
    shown = found([told], [statement(SYRIA, "denies", "the raid", about=[told], report="b")])["denial"]
    assert [side.modality for side in shown.sides] == ["asserted", "denied"]
    assert "Syria denies" in shown.says


def test_this_report_is_taken_for_the_headline_and_said_to_be_unsure() -> None:
    told = event("AGREE", [RUSSIA, ISRAEL], start=0, words="Russia and Israel agree on the border")
    later = event("ASSAULT", [TURKEY], [SYRIA], start=200)
    shown = found(
        [told, later], [statement(SYRIA, "denies", "this report", start=400)], headlines={"r1": 50}
    )["denial"]
    assert shown.confidence == 0.3
    assert {side.evidence for side in shown.sides} > {told.id}
    assert later.id not in {side.evidence for side in shown.sides}


def test_different_numbers_are_shown_with_their_reports() -> None:
    told = [
        event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS, killed=dead, report=name)
        for name, dead in (("a", 3.0), ("b", 5.0))
    ]
    assert "3 (1 report) and 5 (1 report)" in found(told)["number"].says


def test_a_headline_that_tells_as_done_what_has_begun() -> None:
    told = [
        event("RETREAT", [IRAN], mode="withdraw", words="Iranian forces leave the largest base", start=0),
        event(
            "RETREAT",
            [IRAN],
            mode="withdraw",
            words="Iranian forces have begun to leave the largest base",
            start=100,
        ),
    ]
    assert set(found(told, headlines={"r1": 40})) == {"headline"}
    assert "headline" not in found(told), "without a headline there is nothing to compare"


def test_gone_and_yet_there_is_change_and_not_an_error() -> None:
    told = [
        event("RETREAT", [USA], when="2018-12-19", mode="withdraw", place=SYRIA_PLACE, report="a"),
        event("MOBILIZE", [USA], when="2022-03-01", mode="troops", place=SYRIA_PLACE, report="b"),
    ]
    assert "change over time" in found(told)["presence"].says
    assert "presence" not in found(
        [told[0], event("MOBILIZE", [USA], when="2017-03-01", mode="troops", place=SYRIA_PLACE, report="b")]
    )
    assert "presence" not in found(
        [
            told[0],
            event("MOBILIZE", [RUSSIA], when="2022-03-01", mode="troops", place=SYRIA_PLACE, report="b"),
        ]
    )


def test_talks_and_fighting_within_weeks_are_two_tracks() -> None:
    talks, fight = (
        event("CONSULT", [SYRIA], [SDF], "2018-05-20"),
        event("ASSAULT", [SYRIA], [SDF], "2018-05-25", report="b"),
    )
    assert set(found([talks, fight])) >= {"two-track"}
    assert "two-track" not in found([talks, event("ASSAULT", [SYRIA], [SDF], "2019-05-25", report="b")])


def test_an_attack_told_by_its_doer_alone() -> None:
    claim = event("ASSAULT", [ISRAEL], [IRAN], source=by(ISRAEL))
    assert "Only Israel" in found([claim])["one-side"].says
    assert "one-side" not in found([claim, event("ASSAULT", [ISRAEL], [IRAN], report="b")])


def test_a_friend_of_two_rivals() -> None:
    told = [
        relation(RUSSIA, "backs", IRAN),
        relation(RUSSIA, "coordinates-with", ISRAEL, report="b"),
        relation(IRAN, "rival-of", ISRAEL, report="c"),
    ]
    assert found(relations=told)["between-rivals"].about == "Russia between Iran and Israel"
    assert "between-rivals" not in found(relations=told[:2])


def test_a_group_with_two_masters() -> None:
    told = [relation(SDF, "proxy-of", USA), relation(SDF, "proxy-of", RUSSIA, report="b")]
    assert "whose-command" in found(relations=told)
    assert "whose-command" not in found(relations=[told[0], relation(SDF, "proxy-of", USA, report="b")])


def test_land_won_back_and_land_held_by_others() -> None:
    told = [event("ASSAULT", [SYRIA], words="Syria has reclaimed most of the territory", place=SYRIA_PLACE)]
    assert "control" in found(told, relations=[relation(SDF, "controls", place=RAQQA, report="b")])
    assert "control" not in found(told, relations=[relation(SYRIA, "controls", place=RAQQA, report="b")])


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Jets hit the depot in response to an alleged chemical attack", True), ("Jets hit the depot in response to a chemical attack", False)],
)  # fmt: skip
def test_a_ground_that_is_only_alleged(words: str, expected: bool) -> None:
    assert ("unproven-ground" in found([event("ASSAULT", [USA], [SYRIA], words=words)])) == expected


def test_a_label_is_the_reports_own() -> None:
    told = [relation(USA, "backs", SDF, report="a"), event("CONSULT", [TURKEY], report="b")]
    marked = event("ASSAULT", [TURKEY], [SDF], report="c", words="Turkey struck the terror group SDF")
    assert "label" in found([told[1], marked], relations=[told[0]])
    assert "label" not in found([marked])


def test_peaceful_agreement_of_reports_gives_none() -> None:
    told = [event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS, killed=3.0, report=name) for name in "ab"]
    assert found(told) == {}


@pytest.mark.parametrize(
    ("text", "end"),
    [("Army leaves the northern town\n\nThe army left on Monday.", 29), ("The army left on Monday.\n\nIt was over.", 0), ("Army leaves the northern town", 0), ("", 0), ("Short\n\nbody", 0)],
)  # fmt: skip
def test_where_a_headline_ends(text: str, end: int) -> None:
    assert headline_end(text) == end


def test_a_country_is_called_by_its_name() -> None:
    told = [
        event("RETREAT", [USA], when="2018-12-19", mode="withdraw", place=SYRIA_PLACE, report="a"),
        event("MOBILIZE", [USA], when="2022-03-01", mode="troops", place=SYRIA_PLACE, report="b"),
    ]
    assert found(told)["presence"].about == "United States in Syria"


def test_how_many_are_left_out_is_said() -> None:
    told = [event("ASSAULT", [ISRAEL], [SYRIA], start=place, report=f"r{place}") for place in range(MOST + 3)]
    denied = [
        statement(SYRIA, "denies", "the raid", about=[one], report=one.report, start=900) for one in told
    ]
    held, left_out = sift_contradictions(Findings({one.id: one for one in told}, denied, [], [], [], {}))
    assert (len(held), left_out) == (MOST, (("denials", 3),))


def test_help_that_is_denied_here_and_told_there() -> None:
    events = [
        event("AID", [IRAN], [SDF], report="a", modality="denied", source=by(IRAN)),
        event("AID", [IRAN], [SDF], when="2018-07-20", report="b"),
    ]
    assert "denies a tie or help" in found(events)["denial"].says
    assert "denial" not in found([events[0], event("AID", [RUSSIA], [SDF], report="b")])


def test_another_number_than_the_one_just_told() -> None:
    told = event("ASSAULT", [ISRAEL], [SYRIA], place=HOMS, words="At least 26 people died in Homs")
    said = statement(
        SYRIA, "asserts", "the dead at more than 70", start=60, words="Residents put the dead at more than 70"
    )
    shown = found([told], [replace(said, rule="reckoned")])["number"]
    assert "70 against 26" in shown.says
    assert len(shown.sides) == 2
