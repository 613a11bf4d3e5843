"""Near copies: reprints fold, new figures and other days do not."""

from datetime import date

from store_contract import LONG, make_report

from sitroom.evidence.duplicates import copy_similarity, facts, representatives, sign, sketch
from sitroom.vocabulary import Period

DAY = Period.day(date(2022, 3, 1))
DAILY = (
    "The command reported that its air defence shot down {drones} drones over the {region} region during the night of {day}. "
    "Debris fell on houses and a school, and fire crews worked until the morning. Nobody was hurt, the command said in its "
    "daily statement, which could not be checked independently. Officials asked people to heed the sirens."
)


def compare(
    one: str, other: str, one_day: Period | None = DAY, other_day: Period | None = DAY
) -> float | None:
    left, right = sign(make_report("a", one, None)), sign(make_report("b", other, None))
    assert left
    assert right
    return copy_similarity(left, right, one_day, other_day)


def test_the_same_words_are_a_copy() -> None:
    assert compare(LONG, LONG) == 1.0


def test_light_edits_are_a_copy() -> None:
    edited = LONG.replace("thanked the drivers and", "thanked the drivers warmly and").replace(
        "a week of", "a long week of"
    )
    found = compare(LONG, "KHARTA, March 1 - " + edited)
    assert found is not None
    assert 0.6 <= found < 1


def test_a_daily_statement_with_new_figures_is_news() -> None:
    one = DAILY.format(drones=14, region="Kharkiv", day="Monday")
    assert compare(one, DAILY.format(drones=14, region="Kharkiv", day="Monday")) == 1.0
    assert compare(one, DAILY.format(drones=21, region="Kharkiv", day="Monday")) is None
    assert compare(one, DAILY.format(drones=14, region="Odesa", day="Tuesday")) is None


def test_the_same_words_weeks_apart_are_no_copy() -> None:
    assert compare(LONG, LONG, DAY, Period.day(date(2022, 4, 1))) is None
    assert compare(LONG, LONG, DAY, Period.day(date(2022, 3, 3))) == 1.0
    assert compare(LONG, LONG, DAY, None) == 1.0


def test_other_texts_are_no_copy() -> None:
    assert compare(LONG, DAILY) is None


def test_too_short_to_compare() -> None:
    assert sign(make_report("a", "No words", None)) is None
    assert sign(make_report("a", "", None)) is None


def test_facts_leave_out_times_of_day() -> None:
    assert facts("At 14:30 Mayor Saleh counted 3 lorries, then five.") == (
        "#3",
        "#five",
        "at",
        "mayor",
        "saleh",
    )


def test_the_earliest_known_stands_for_all_its_copies() -> None:
    known = {"a": date(2020, 1, 3), "b": date(2020, 1, 1), "c": None, "d": date(2020, 1, 1)}
    pairs = [("a", "b", 0.9), ("a", "c", 0.7), ("x", "y", 0.8)]
    found = representatives(pairs, known)
    assert found == {"a": ("b", 0.9), "c": ("b", 0.7), "y": ("x", 0.8)}
    assert representatives(pairs[::-1], known) == found
    assert representatives([("b", "d", 0.8)], known) == {"d": ("b", 0.8)}


def test_stored_signatures_keep_their_meaning() -> None:
    """Rooms hold these numbers: a sketch that came out otherwise would meet none of its copies."""
    assert sketch([b"the bridge was", b"bridge was hit"])[:4].tolist() == [
        590040847,
        1453182544,
        1275100970,
        3803225275,
    ]
    assert (
        sketch([b"bridge was hit", b"the bridge was"]) == sketch([b"the bridge was", b"bridge was hit"])
    ).all()
