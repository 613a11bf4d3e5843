import random
from datetime import datetime

import pytest
from situation_making import (
    ASSAD,
    DAMASCUS,
    GUNMEN,
    HEZBOLLAH,
    HOMS,
    IDF,
    IRAN,
    ISRAEL,
    LAVROV,
    PUTIN,
    RUSSIA,
    SYRIA,
    SYRIA_PLACE,
    SYRIAN_ARMY,
    TURKEY,
    by,
    days,
    event,
    statement,
)  # fmt: skip

from sitroom.situation import find_incidents
from sitroom.vocabulary import Actor, Attribution, Incident, Judgement


def groups(incidents: tuple[Incident, ...]) -> list[int]:
    return sorted(len(one.events) for one in incidents)


def strike(**given):
    return event(
        "ASSAULT",
        [given.pop("who", ISRAEL)],
        [given.pop("whom", SYRIA)],
        given.pop("when", "2018-05-10"),
        place=given.pop("place", HOMS),
        **given,
    )


def test_two_reports_of_one_strike_are_one_incident() -> None:
    [one] = find_incidents([strike(report="a", mode="aerial"), strike(report="b", who=IDF, whom=SYRIAN_ARMY)])
    assert one.independent == 2
    assert one.mode == "aerial"
    assert [actor.id for actor in one.actors] == ["ISR.MIL"], "the body that acted says more than its state"
    assert one.status == "reported"


@pytest.mark.parametrize(
    "other",
    [
        {"place": DAMASCUS},
        {"when": "2018-05-13"},
        {"who": TURKEY},
        {"killed": 40.0},
        {"mode": "suicide-attack"},
        {"modality": "hypothetical"},
    ],
    ids=["another place", "another day", "another side", "far more dead", "other means", "only imagined"],
)
def test_near_misses_stay_apart(other: dict) -> None:
    told = strike(report="a", killed=3.0, mode="aerial")
    assert groups(
        find_incidents([told, strike(report="b", **({"killed": 3.0, "mode": "aerial"} | other))])
    ) == [1, 1]


def test_a_dispute_on_the_dead_is_shown_and_not_settled() -> None:
    [one] = find_incidents(
        [strike(report="a", killed=3.0), strike(report="b", killed=5.0), strike(report="c", killed=3.0)]
    )
    [disputed] = [entry for entry in one.disputed if entry.what == "killed"]
    assert [(value, len(ids)) for value, ids in disputed.values] == [("3", 2), ("5", 1)]
    assert ("place", "Homs") in one.agreed
    assert "3 (2) or 5 (1)" in one.summary


def test_two_sides_that_blame_one_another_tell_of_one_attack() -> None:
    words = "shelling of the power station beside the river port"
    told = [
        strike(report="a", who=SYRIA, whom=GUNMEN, words=words, source=by(TURKEY)),
        strike(report="b", who=TURKEY, whom=GUNMEN, words=words, source=by(SYRIA), modality="alleged"),
    ]
    [one] = find_incidents(told)
    assert one.status == "contested"
    assert [entry.what for entry in one.disputed] == ["actor"]


def test_who_came_to_whom_does_not_matter_for_talks() -> None:
    told = [
        event("CONSULT", [PUTIN], [ASSAD], report="a", mode="visit"),
        event("CONSULT", [ASSAD, PUTIN], report="b"),
    ]
    assert groups(find_incidents(told)) == [2]


def test_another_minister_is_another_meeting() -> None:
    assert groups(
        find_incidents(
            [event("CONSULT", [PUTIN], [ASSAD], report="a"), event("CONSULT", [LAVROV], [ASSAD], report="b")]
        )
    ) == [1, 1]


def test_an_unnamed_doer_does_not_keep_reports_apart() -> None:
    told = [strike(report="a", who=GUNMEN, killed=4.0), strike(report="b", who=HEZBOLLAH, killed=4.0)]
    [one] = find_incidents(told)
    assert [actor.name for actor in one.actors] == ["Hezbollah"]


def test_an_announced_withdrawal_and_its_telling_are_one() -> None:
    usa = Actor("United States", "USA", country="USA", sector="GOV")
    told = [
        event("CONCEDE", [usa], when="2018-12-19", place=SYRIA_PLACE, report="a", words="plans to withdraw troops from Syria announced"),
        event("RETREAT", [usa], when=days("2018-12-08", "2018-12-20"), place=SYRIA_PLACE, report="b", mode="withdraw",
              modality="planned-or-possible", words="the coming withdrawal of American troops from Syria"),
    ]  # fmt: skip
    assert groups(find_incidents(told)) == [2]


def test_a_campaign_is_not_one_of_its_strikes() -> None:
    assert groups(
        find_incidents([strike(report="a"), strike(report="b", when=days("2017-01-01", "2018-12-31"))])
    ) == [1, 1]


@pytest.mark.parametrize(
    ("publishers", "agency", "independent"),
    [({"a": "Wire", "b": "Post"}, None, 2), ({"a": "Wire", "b": "Wire"}, None, 1), ({"a": "Post", "b": "Times"}, "Wire", 1), ({"a": "Wire", "b": "Times"}, "Wire", 1)],
    ids=["two houses", "one house", "both cite one agency", "the agency and who cites it"],
)  # fmt: skip
def test_one_house_or_one_agency_is_one_report(
    publishers: dict, agency: str | None, independent: int
) -> None:
    source = Attribution(agency, None, "media") if agency else None
    told = [
        strike(report=report, source=source if publishers[report] != agency else None)
        for report in ("a", "b")
    ]
    [one] = find_incidents(told, publishers=publishers)
    assert one.independent == independent


def test_status_weighs_who_says_it() -> None:
    def status(*events, said=()):
        [one] = find_incidents(events, statements=said)
        return one.status

    claim = strike(report="a", source=by(ISRAEL))
    assert status(claim) == "claimed"
    assert status(claim, strike(report="b", source=by(SYRIA))) == "confirmed"
    assert status(claim, strike(report="b", modality="denied", source=by(SYRIA))) == "contested"
    assert status(strike(modality="denied")) == "denied"
    assert status(strike(modality="planned-or-possible")) == "expected"
    assert status(strike(), said=[statement(SYRIA, "denies", "the strike", about=[strike()])]) == "contested"


def judge(verdict, events, hour):
    return Judgement(
        f"judgement-{hour}", tuple(one.id for one in events), verdict, "me", datetime(2024, 1, 1, hour)
    )


def test_an_analyst_puts_together_and_apart_and_changes_their_mind() -> None:
    one, other, far = strike(report="a"), strike(report="b"), strike(report="c", place=DAMASCUS)
    apart, same = judge("not-same", [one, other], 1), judge("same", [one, far], 2)
    assert groups(find_incidents([one, other, far], [apart])) == [1, 1, 1]
    assert groups(find_incidents([one, other, far], [same])) == [3] or groups(
        find_incidents([one, far], [same])
    ) == [2]
    assert groups(find_incidents([one, other], [apart, judge("same", [one, other], 3)])) == [2]


def test_what_was_held_apart_does_not_meet_through_a_third_report() -> None:
    told = [strike(report=name) for name in "abc"]
    assert groups(find_incidents(told, [judge("not-same", told[:2], 1)])) == [1, 2]


def test_the_order_of_reading_does_not_matter() -> None:
    told = [
        strike(
            report=f"r{n}",
            killed=float(3 + n % 3),
            when=f"2018-05-{10 + n % 4}",
            place=(HOMS, DAMASCUS)[n % 2],
        )
        for n in range(24)
    ]
    told += [event("CONSULT", [RUSSIA, IRAN], report=f"r{n}", when=f"2018-05-{10 + n}") for n in range(6)]
    expected = find_incidents(told)
    for seed in range(4):
        random.Random(seed).shuffle(told)
        assert find_incidents(iter(told)) == expected


def test_events_without_day_and_place_stand_alone() -> None:
    assert groups(find_incidents([event("ASSAULT", [ISRAEL], when=None, report=name) for name in "ab"])) == [
        1,
        1,
    ]
    assert find_incidents([]) == ()


def test_the_work_grows_with_the_events_and_not_with_their_pairs() -> None:
    from sitroom.situation.blocks import worthwhile_pairs
    from sitroom.situation.columns import Columns

    def pairs(count: int) -> int:
        told = [strike(report=f"r{n}", place=None, words=f"told in words {n}") for n in range(count)]
        return len(worthwhile_pairs(Columns(sorted(told, key=lambda one: one.id)))[0])

    small, large = pairs(300), pairs(1200)
    assert small > 300, "all of them are on one day and between the same two"
    assert large < 4.5 * small
