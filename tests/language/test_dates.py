"""When: a table of expressions against a publication day, judged by hand; windows; undated reports; nothing ever raises."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitroom.language.dates import find_times
from sitroom.vocabulary import Period

# 2021-06-16 is a Wednesday.
DAY = Period.day(date(2021, 6, 16), "stated")

GOLDEN = [
    # days with all their parts
    ("on 4 March 2019", "2019-03-04", "2019-03-04"),
    ("on March 4, 2019", "2019-03-04", "2019-03-04"),
    ("on March 4th, 2019", "2019-03-04", "2019-03-04"),
    ("on the 4th of March 2019", "2019-03-04", "2019-03-04"),
    ("on 2019-03-04", "2019-03-04", "2019-03-04"),
    ("on Sept. 9, 2020", "2020-09-09", "2020-09-09"),
    ("on Dec 31, 2020", "2020-12-31", "2020-12-31"),
    ("on 29 February 2020", "2020-02-29", "2020-02-29"),
    # a day without its year: the last such day
    ("on June 10", "2021-06-10", "2021-06-10"),
    ("on 10 June", "2021-06-10", "2021-06-10"),
    ("on the 3rd of May", "2021-05-03", "2021-05-03"),
    ("on December 30", "2020-12-30", "2020-12-30"),
    ("on July 1", "2020-07-01", "2020-07-01"),
    ("on June 16", "2021-06-16", "2021-06-16"),
    ("on October 7 last year", "2020-10-07", "2020-10-07"),
    # weekdays
    ("on Wednesday", "2021-06-16", "2021-06-16"),
    ("on Tuesday", "2021-06-15", "2021-06-15"),
    ("on Thursday", "2021-06-10", "2021-06-10"),
    ("last Wednesday", "2021-06-09", "2021-06-09"),
    ("last Friday", "2021-06-11", "2021-06-11"),
    ("next Monday", "2021-06-21", "2021-06-21"),
    ("next Wednesday", "2021-06-23", "2021-06-23"),
    # named days
    ("today", "2021-06-16", "2021-06-16"),
    ("yesterday", "2021-06-15", "2021-06-15"),
    ("tomorrow", "2021-06-17", "2021-06-17"),
    ("tonight", "2021-06-16", "2021-06-16"),
    ("last night", "2021-06-15", "2021-06-16"),
    ("overnight", "2021-06-15", "2021-06-16"),
    # ago
    ("two days ago", "2021-06-14", "2021-06-14"),
    ("a day earlier", "2021-06-15", "2021-06-15"),
    # months
    ("in March 2020", "2020-03-01", "2020-03-31"),
    ("in February 2020", "2020-02-01", "2020-02-29"),
    ("in February 2019", "2019-02-01", "2019-02-28"),
    ("in May", "2021-05-01", "2021-05-31"),
    ("in June", "2021-06-01", "2021-06-16"),
    ("in November", "2020-11-01", "2020-11-30"),
    ("last month", "2021-05-01", "2021-05-31"),
    ("this month", "2021-06-01", "2021-06-16"),
    ("next month", "2021-07-01", "2021-07-31"),
    ("last December", "2020-12-01", "2020-12-31"),
    ("next May", "2022-05-01", "2022-05-31"),
    ("last June", "2020-06-01", "2020-06-30"),
    # weeks run from Monday to Sunday
    ("last week", "2021-06-07", "2021-06-13"),
    ("this week", "2021-06-14", "2021-06-16"),
    ("next week", "2021-06-21", "2021-06-27"),
    # years
    ("in 2014", "2014-01-01", "2014-12-31"),
    ("in 2021", "2021-01-01", "2021-06-16"),
    ("last year", "2020-01-01", "2020-12-31"),
    ("this year", "2021-01-01", "2021-06-16"),
    ("next year", "2022-01-01", "2022-12-31"),
    ("between 2011 and 2014", "2011-01-01", "2014-12-31"),
    ("from 2011 to 2014", "2011-01-01", "2014-12-31"),
    ("in 2003-2005", "2003-01-01", "2005-12-31"),
    # spans
    ("in the past two days", "2021-06-14", "2021-06-16"),
    ("in the last week", "2021-06-09", "2021-06-16"),
    ("over the past 10 days", "2021-06-06", "2021-06-16"),
    ("early 2020", "2020-01-01", "2020-05-01"),
    ("over the past 24 hours", "2021-06-15", "2021-06-16"),
    ("in the past year", "2020-06-16", "2021-06-16"),
    # weekends
    ("over the weekend", "2021-06-12", "2021-06-13"),
    ("at the weekend", "2021-06-12", "2021-06-13"),
    ("last weekend", "2021-06-12", "2021-06-13"),
    ("next weekend", "2021-06-19", "2021-06-20"),
    # from one day, month or year to another
    ("from March 5 to 7", "2021-03-05", "2021-03-07"),
    ("on 5-7 March", "2021-03-05", "2021-03-07"),
    ("between May 28 and June 3", "2021-05-28", "2021-06-03"),
    ("from 28 December to 3 January 2019", "2018-12-28", "2019-01-03"),
    ("between October and December", "2020-10-01", "2020-12-31"),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    # a weekday with its date is one day
    ("on Friday, June 4", "2021-06-04", "2021-06-04"),
    ("on Sunday, 6 June 2021", "2021-06-06", "2021-06-06"),
    ("late on Tuesday", "2021-06-15", "2021-06-15"),
    ("in the early hours of Sunday", "2021-06-13", "2021-06-13"),
    ("this morning", "2021-06-16", "2021-06-16"),
    # seasons
    ("last summer", "2020-06-01", "2020-08-31"),
    ("in the spring of 2014", "2014-03-01", "2014-05-31"),
    ("last winter", "2020-12-01", "2021-02-28"),
    # seen from the day of publication where nothing was dated before
    ("two days earlier", "2021-06-14", "2021-06-14"),
    ("for the fourth day in a row", "2021-06-13", "2021-06-16"),
    ("for a third consecutive night", "2021-06-14", "2021-06-16"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("words", "start", "end"), GOLDEN, ids=str)
def test_an_expression_gives_its_days(words: str, start: str, end: str) -> None:
    (time,) = find_times(f"The column left the town {words}.", DAY)
    assert (time.period.start, time.period.end) == (day(start), day(end))


# Where language leaves days open, only what must lie inside and what must not is told.
VAGUE = [
    ("a week ago", "2021-06-09", "2021-05-20", "2021-06-16"),
    ("three weeks ago", "2021-05-26", "2021-04-15", "2021-06-12"),
    ("a month ago", "2021-05-16", "2021-03-15", "2021-06-12"),
    ("two years ago", "2019-06-16", "2017-12-31", "2020-12-31"),
    ("a decade ago", "2011-06-16", "2004-01-01", "2018-01-01"),
    ("in early May", "2021-05-03", "2021-04-30", "2021-05-20"),
    ("in late May", "2021-05-29", "2021-05-10", "2021-06-01"),
    ("in mid-May", "2021-05-15", "2021-05-02", "2021-05-30"),
    ("at the end of 2019", "2019-12-31", "2019-06-30", "2020-01-01"),
    ("in recent days", "2021-06-15", "2021-05-01", "2021-06-20"),
    ("in recent weeks", "2021-06-10", "2020-12-31", "2021-06-20"),
    ("earlier this week", "2021-06-14", "2021-06-13", "2021-06-18"),
    ("earlier this month", "2021-06-03", "2021-05-31", "2021-06-20"),
    ("within two weeks", "2021-06-28", "2021-06-01", "2021-07-15"),
    ("days ago", "2021-06-12", "2021-05-31", "2021-06-16"),
    ("late last year", "2020-12-01", "2020-08-31", "2021-01-01"),
    ("early last week", "2021-06-08", "2021-06-06", "2021-06-11"),
    ("at the start of the year", "2021-01-10", "2020-12-31", "2021-06-01"),
    ("in the first week of May", "2021-05-04", "2021-04-30", "2021-05-09"),
    ("in the second half of 2020", "2020-09-01", "2020-06-15", "2021-01-01"),
    ("late in March", "2021-03-28", "2021-03-15", "2021-04-01"),
    ("in the coming days", "2021-06-18", "2021-06-10", "2021-07-30"),
]


@pytest.mark.parametrize(("words", "inside", "before", "after"), VAGUE, ids=[words for words, *_ in VAGUE])
def test_a_vague_expression_gives_a_window(words: str, inside: str, before: str, after: str) -> None:
    (time,) = find_times(f"The two sides met {words}.", DAY)
    assert time.period.contains(day(inside))
    assert not time.period.contains(day(before))
    assert not time.period.contains(day(after))


EDGES = [
    ("2021-01-01", "yesterday", "2020-12-31", "2020-12-31"),
    ("2021-01-05", "last month", "2020-12-01", "2020-12-31"),
    ("2021-01-05", "on December 30", "2020-12-30", "2020-12-30"),
    ("2020-12-31", "tomorrow", "2021-01-01", "2021-01-01"),
    ("2020-12-20", "next month", "2021-01-01", "2021-01-31"),
    ("2020-03-01", "yesterday", "2020-02-29", "2020-02-29"),
    ("2021-03-01", "yesterday", "2021-02-28", "2021-02-28"),
    ("2021-01-03", "last week", "2020-12-21", "2020-12-27"),
    ("2021-03-02", "on Sunday", "2021-02-28", "2021-02-28"),
    ("2021-12-01", "last December", "2020-12-01", "2020-12-31"),
    ("2021-06-13", "over the weekend", "2021-06-12", "2021-06-13"),
    ("2021-06-12", "over the weekend", "2021-06-12", "2021-06-12"),
    ("2021-06-14", "over the weekend", "2021-06-12", "2021-06-13"),
    ("2021-01-05", "from 28 December to 3 January", "2020-12-28", "2021-01-03"),
]


@pytest.mark.parametrize(("published", "words", "start", "end"), EDGES)
def test_months_and_years_end(published: str, words: str, start: str, end: str) -> None:
    (time,) = find_times(f"Shelling began {words}.", Period.day(day(published)))
    assert (time.period.start, time.period.end) == (day(start), day(end))


AHEAD = [
    ("on Friday", "2021-06-18"),
    ("on Tuesday", "2021-06-22"),
    ("on July 1", "2021-07-01"),
    ("on January 20", "2022-01-20"),
]


@pytest.mark.parametrize(("words", "wanted"), AHEAD)
def test_in_a_future_clause_a_bare_day_lies_ahead(words: str, wanted: str) -> None:
    (time,) = find_times(f"The parties will meet {words}.", DAY, ahead=True)
    assert (time.period.start, time.period.end) == (day(wanted), day(wanted))


def test_later_counts_from_the_day_named_before() -> None:
    (time,) = find_times("Two days later the town fell.", DAY, earlier=Period.day(date(2021, 5, 1), "stated"))
    assert (time.period.start, time.period.end) == (date(2021, 5, 3), date(2021, 5, 3))


FROM_BEFORE = [
    ("The next day the town fell.", "2021-05-02", "2021-05-02"),
    ("The town fell two days earlier.", "2021-04-29", "2021-04-29"),
    ("The following week the town fell.", "2021-05-03", "2021-05-09"),
    ("The town fell the following month.", "2021-06-01", "2021-06-30"),
    ("The town fell the previous day.", "2021-04-30", "2021-04-30"),
    ("Later that day the town fell.", "2021-05-01", "2021-05-01"),
    ("The following Tuesday the town fell.", "2021-05-04", "2021-05-04"),
]


@pytest.mark.parametrize(("text", "start", "end"), FROM_BEFORE)
def test_the_next_day_is_seen_from_the_day_named_before(text: str, start: str, end: str) -> None:
    (time,) = find_times(text, DAY, earlier=Period.day(date(2021, 5, 1), "stated"))
    assert (time.period.start, time.period.end) == (day(start), day(end))


def test_a_day_named_in_the_sentence_goes_before_one_named_earlier() -> None:
    text = "The town fell on 3 March 2021 and was retaken the next day."
    _, time = find_times(text, DAY, earlier=Period.day(date(2020, 5, 1), "stated"))
    assert time.period.start == date(2021, 3, 4)


def test_later_means_nothing_where_no_day_was_named() -> None:
    assert find_times("Two days later the town fell.", DAY) == []


def test_since_opens_a_span() -> None:
    (time,) = find_times("They have held the hill since March 2020.", DAY)
    assert time.opens
    assert time.period.start == date(2020, 3, 1)


RELATIVE = ["yesterday", "on Friday", "last week", "two days ago", "in May", "on June 10", "this year"]


@pytest.mark.parametrize("words", RELATIVE)
def test_an_undated_report_resolves_nothing_relative(words: str) -> None:
    assert find_times(f"The town fell {words}.", None) == []


@pytest.mark.parametrize("words", ["on 4 March 2019", "in March 2019", "in 2019"])
def test_an_undated_report_keeps_what_is_explicit(words: str) -> None:
    (time,) = find_times(f"The town fell {words}.", None)
    assert time.period.contains(date(2019, 3, 4))


def test_a_window_of_publication_gives_a_window() -> None:
    (time,) = find_times("The town fell yesterday.", Period(date(2021, 6, 1), date(2021, 6, 10), "inferred"))
    assert (time.period.start, time.period.end) == (date(2021, 5, 31), date(2021, 6, 9))


NOT_TIMES = [
    "Some 2000 fighters left.",
    "He may march on the capital.",
    "Route 1990 was closed.",
    "They have two brigades.",
    "The 101st Division crossed the river.",
    "The second round of talks failed.",
    "It was the deadliest raid since 2014.",
    "They met for the first time since May.",
    "The following day brought no news.",
    "Brigades 5 and 7 marched on.",
]


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_no_time_gives_none(text: str) -> None:
    assert find_times(text, DAY) == []


def test_offsets_count_from_the_report() -> None:
    text = "The town fell on Tuesday and was retaken on 15 June 2021."
    for time in find_times(text, DAY, offset=100):
        assert text[time.start - 100 : time.end - 100] == time.words


WORDS = ["last", "next", "two", "31", "days", "weeks", "ago", "in", "May", "on", "Friday", "2020", "February", "early",
         "since", "the", "past", "later", "10", "30th", ",", "of", "year", "0", "99"]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=9),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(0, 400),
    st.booleans(),
)
def test_nothing_raises_and_no_period_runs_backwards(
    words: list[str], first: date, width: int, ahead: bool
) -> None:
    last = min(first.toordinal() + width, date.max.toordinal())
    published = Period(first, date.fromordinal(last), "inferred")
    for time in find_times(" ".join(words), published, ahead=ahead, earlier=Period.day(first, "stated")):
        start, end = time.period.start, time.period.end
        assert start is None or end is None or start <= end


def test_a_past_clause_never_points_after_the_report() -> None:
    for shift in range(400):
        published = date(2020, 1, 1) + timedelta(days=shift)
        for time in find_times("It fell on Friday, in May, on June 10, last week.", Period.day(published)):
            assert time.period.start is not None
            assert time.period.start <= published + timedelta(days=1)  # it may be tomorrow already elsewhere
