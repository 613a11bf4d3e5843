import pytest
from situation_making import DAMASCUS, HOMS, IRAN, ISRAEL, QUDS_FORCE, SYRIA_PLACE, USA, day, event, relation

from sitroom.situation import find_incidents, find_presences
from sitroom.vocabulary import Actor, Presence


def presences(relations=(), events=()) -> tuple[Presence, ...]:
    return find_presences(relations, find_incidents(events), {one.id: one for one in events})


def test_a_reported_departure_ends_what_was_there_before() -> None:
    stay, left = presences([
        relation(IRAN, "based-at", place=HOMS, known="2018-01-10", report="a"),
        relation(IRAN, "left", place=HOMS, known="2018-06-01", report="b"),
    ])  # fmt: skip
    assert stay.kind == "based-at"
    assert stay.period.end == day("2018-06-01")
    assert stay.period.basis == "departure"
    assert left.kind == "left"


def test_a_departure_does_not_end_a_presence_that_later_reports_show() -> None:
    [stay] = [one for one in presences([
        relation(IRAN, "based-at", place=HOMS, known="2018-01-10", report="a"),
        relation(IRAN, "left", place=HOMS, known="2018-06-01", report="b"),
        relation(IRAN, "based-at", place=HOMS, known="2019-01-01", report="c"),
    ]) if one.kind == "based-at"]  # fmt: skip
    assert stay.status == "contested"
    assert len(stay.contested_by) == 1
    assert stay.period.end == day("2019-01-01")


@pytest.mark.parametrize("modality", ["alleged", "planned-or-possible"])
def test_an_alleged_departure_contests_a_planned_one_does_not(modality: str) -> None:
    [stay] = [one for one in presences([
        relation(IRAN, "present-in", place=HOMS, known="2018-01-10", report="a"),
        relation(IRAN, "withdrew-from", place=HOMS, known="2018-06-01", report="b", modality=modality),
    ]) if one.kind == "present-in"]  # fmt: skip
    assert (stay.status, stay.period.end) == (
        "contested" if modality == "alleged" else "reported",
        day("2018-01-10"),
    )


@pytest.mark.parametrize(
    ("who", "leaves", "status"),
    [(IRAN, QUDS_FORCE, "reported"), (QUDS_FORCE, IRAN, "contested"), (IRAN, USA, "reported")],
)
def test_the_whole_takes_its_parts_along_and_no_part_the_whole(
    who: Actor, leaves: Actor, status: str
) -> None:
    [stay] = [one for one in presences([
        relation(who, "present-in", place=HOMS, known="2018-01-10", report="a"),
        relation(leaves, "withdrew-from", place=HOMS, known="2018-06-01", report="b", modality="alleged"),
    ]) if one.kind == "present-in"]  # fmt: skip
    assert stay.status == status


def test_leaving_a_town_does_not_contest_being_in_the_country() -> None:
    [stay] = [one for one in presences([
        relation(IRAN, "present-in", place=SYRIA_PLACE, known="2018-01-10", report="a"),
        relation(IRAN, "withdrew-from", place=HOMS, known="2018-06-01", report="b"),
    ]) if one.kind == "present-in"]  # fmt: skip
    assert (stay.status, stay.contested_by) == ("reported", ())


def test_leaving_one_town_does_not_end_being_in_the_country_and_others_stay() -> None:
    found = presences([
        relation(USA, "present-in", place=SYRIA_PLACE, known="2018-01-10", report="a"),
        relation(ISRAEL, "present-in", place=DAMASCUS, known="2018-01-10", report="a"),
        relation(IRAN, "withdrew-from", place=DAMASCUS, known="2018-06-01", report="b"),
    ])  # fmt: skip
    assert {(one.actor.id, one.status) for one in found} == {
        ("USA", "reported"),
        ("ISR", "reported"),
        ("IRN", "reported"),
    }
    assert all(not one.contested_by for one in found)


def test_moving_troops_and_being_driven_out_show_in_acts() -> None:
    found = presences(events=[
        event("MOBILIZE", [USA], mode="troops", place=SYRIA_PLACE),
        event("SANCTION", [ISRAEL], [IRAN], mode="expel", place=SYRIA_PLACE, report="b"),
        event("MOBILIZE", [ISRAEL], mode="troops", place=HOMS, modality="planned-or-possible", report="c"),
    ])  # fmt: skip
    assert [(one.actor.id, one.kind, one.status) for one in found] == [
        ("IRN", "expelled-from", "reported"), ("ISR", "deployed-to", "expected"), ("USA", "deployed-to", "reported"),
    ]  # fmt: skip


def test_the_surest_word_of_a_report_counts() -> None:
    for first, second in (("asserted", "alleged"), ("alleged", "asserted")):
        [stay] = presences([
            relation(IRAN, "present-in", place=HOMS, start=1, modality=first),
            relation(IRAN, "present-in", place=HOMS, start=2, modality=second),
        ])  # fmt: skip
        assert stay.confidence == 0.6
