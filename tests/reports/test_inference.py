"""When an undated report was published, from its own words; never from today's date."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from sitroom.catalogues import bundled
from sitroom.catalogues.actors import load_actors
from sitroom.catalogues.entries import ActorEntry, Role
from sitroom.reports import Draft, date_report, finish, infer_published, office_windows_of, read_reports
from sitroom.reports.inference import Window
from sitroom.vocabulary import Period, Report

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports" / "iran-in-syria"

PERSONS = [
    ("Naftali Bennett", "prime minister", "2021-06-13", "2022-06-30"),
    ("Vladimir Putin", "president", "2000-05-07", "2008-05-07"),
    ("Vladimir Putin", "president", "2012-05-07", None),
    ("Emmanuel Macron", "president", "2017-05-14", None),
    ("Donald Trump", "president", "2017-01-20", "2021-01-20"),
    ("Donald Trump", "president", "2025-01-20", None),
    ("Sergei Lavrov", "foreign minister", "2004-03-09", None),
    ("Sergei Shoigu", "defence minister", "2012-11-06", "2024-05-12"),
    ("Avigdor Lieberman", "defence minister", "2016-05-30", "2018-11-18"),
    ("Bashar al-Assad", "president", "2000-07-17", "2024-12-08"),
    ("Ebrahim Raisi", "president", "2021-08-03", "2024-05-19"),
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_office(name: str, office: str) -> Sequence[Window]:
    return [(day(since), day(until)) for who, what, since, until in PERSONS if (who, what) == (name, office)]


def window(text: str) -> tuple[str, str] | None:
    found = infer_published(text, in_office)
    if found is None:
        return None
    assert found.basis.startswith("inferred: ")
    return str(found.start), str(found.end)


def test_a_month_in_the_time_of_an_office_holder() -> None:
    text = "After the talks in October between President Vladimir Putin and Prime Minister Naftali Bennett, they left."
    assert window(text) == ("2021-10-16", "2021-12-15")


def test_a_month_that_fits_two_years_is_no_evidence() -> None:
    assert window("In October, President Ebrahim Raisi met President Vladimir Putin.") == (
        "2021-08-03",
        "2024-05-19",
    )


def test_offices_alone_give_a_window() -> None:
    assert window("Naftali Bennett, Israel's prime minister, said so.") == ("2021-06-13", "2022-06-30")
    assert window("President Vladimir Putin and Foreign Minister Sergei Lavrov met.") is None


def test_two_terms_leave_it_open_and_a_colleague_settles_it() -> None:
    assert window("US President Donald Trump said so.") is None
    text = "President Donald Trump called Defence Minister Avigdor Lieberman."
    assert window(text) == ("2017-01-20", "2018-11-18")


def test_former_holders_do_not_count() -> None:
    assert window("Former Prime Minister Naftali Bennett and then-President Donald Trump had met.") is None


def test_the_latest_full_date_that_is_past() -> None:
    text = "The truce of 3 May 2019 was broken on 12 June 2019. Elections are planned for 4 August 2020."
    assert window(text) == ("2019-06-12", "2019-08-11")


def test_an_announced_day_ends_the_window() -> None:
    assert window("They met on 12 June 2019 and will meet again on 1 July 2019.") == (
        "2019-06-12",
        "2019-07-01",
    )


def test_background_is_no_evidence() -> None:
    assert (
        window("Turkey has led operations since August 2016. It has fought there since 24 August 2016.")
        is None
    )
    assert window("In 2011 the war began, and in March 2014 the town fell.") is None


def test_background_still_is_a_lower_bound() -> None:
    assert window("Since 1 March 2022 President Ebrahim Raisi has refused.") == ("2022-03-01", "2024-05-19")


def test_a_weekday_settles_the_year() -> None:
    text = "Defence Minister Avigdor Lieberman met Defence Minister Sergei Shoigu on Thursday, May 31."
    assert window(text) == ("2018-05-31", "2018-06-30")


def test_this_month_narrows() -> None:
    text = "Prime Minister Naftali Bennett flew to Sochi on October 22, his second trip this month."
    assert window(text) == ("2021-10-22", "2021-10-31")


@pytest.mark.parametrize(
    ("text", "filed"),
    [
        ("KYIV, March 2 (Agency) - Shells fell. © 2022 Agency", "2022-03-02"),
        (
            "KYIV, March 2 (Agency) - President Ebrahim Raisi said on 27 February 2022 that shells fell.",
            "2022-03-02",
        ),
        ("TEL AVIV, March 2 (Agency) - Prime Minister Naftali Bennett said that shells fell.", "2022-03-02"),
    ],
)
def test_a_dateline_takes_its_year_from_the_text(text: str, filed: str) -> None:
    assert window(text) == (filed, filed)


def test_a_dateline_without_any_year_stays_unknown() -> None:
    assert window("KYIV, March 2 (Agency) - Shells fell on Monday.") is None


def test_nothing_to_go_by() -> None:
    assert window("Shells fell on Monday, the mayor said.") is None
    assert infer_published("") is None


def test_the_catalogue_as_source_of_offices() -> None:
    roles = (Role(office="prime minister", of="ISR", since=date(2021, 6, 13), until=date(2022, 6, 30)),)
    bennett = ActorEntry(id="bennett", name="Naftali Bennett", kind="person", short=("Bennett",), roles=roles)
    windows = office_windows_of([bennett])
    assert windows("Bennett", "prime minister") == [(date(2021, 6, 13), date(2022, 6, 30))]
    assert list(windows("Bennett", "president")) == []


def test_inferring_keeps_the_id_and_a_known_date() -> None:
    undated = finish(Draft("a.txt", "They met on 12 June 2019, it was said, in the capital."))
    dated = date_report(undated)
    assert dated.id == undated.id
    assert (dated.published_basis, dated.known_by) == ("inferred", date(2019, 8, 11))
    stated = finish(Draft("a.txt", "date 2020-01-01 They met on 12 June 2019, it was said."))
    assert date_report(stated) is stated
    assert stated.published == Period.day(date(2020, 1, 1), "stated")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
@pytest.mark.parametrize(
    ("number", "earliest", "latest"),
    [("001", date(2018, 5, 31), date(2018, 6, 2)), ("003", date(2021, 10, 22), date(2021, 11, 7))],
)
def test_the_undated_shared_reports(number: str, earliest: date, latest: date) -> None:
    [path] = SHARED.glob(f"{number}_*.txt")
    [report] = read_reports(path)
    assert isinstance(report, Report)
    found = infer_published(report.text, office_windows_of(load_actors([bundled()])))
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    assert found.start <= earliest <= latest <= found.end
    assert (found.end - found.start).days < 100


WINDOWS = office_windows_of(load_actors([bundled()]))
UNDATED = tomllib.loads((Path(__file__).parent / "undated.toml").read_text("utf-8"))["report"]


def test_windows_of_public_events_hold_their_day_and_are_narrow() -> None:
    found = [(report["published"], infer_published(report["text"], WINDOWS)) for report in UNDATED]
    known = [(day, period) for day, period in found if period is not None]
    assert len(known) >= 10
    assert all(period.contains(day) for day, period in known)
    assert median((end - start).days for _, p in known if (start := p.start) and (end := p.end)) <= 31


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday, 12 June 2019, the mine was cleared.", ("2019-06-13", "2019-06-16")),
        ("The fort fell last Tuesday, 5 March 2013.", ("2013-03-06", "2013-03-21")),
        ("In last month's vote, on 7 May 2017, he won.", ("2017-06-01", "2017-07-03")),
        ("They met last week. They met on 7 May 2017, last year in Minsk.", ("2018-01-01", "2019-01-03")),
        ("The pact was signed three weeks ago, on 7 May 2017.", ("2017-05-24", "2017-06-06")),
        ("Last month's raid failed. In the raid on 7 May 2017 two died.", ("2017-06-01", "2017-07-03")),
        ("On 12 June 2019 he spoke. Last month's raid failed.", ("2019-06-12", "2019-12-12")),
    ],
)
def test_words_beside_a_date_say_when_it_was_written(text: str, expected: tuple[str, str]) -> None:
    assert window(text) == expected


def test_this_month_comes_after_one_told_by_its_name() -> None:
    text = "Prime Minister Naftali Bennett was told. A bridge fell in late March, and a second earlier this month."
    assert window(text) == ("2022-04-08", "2022-05-03")


def test_an_announced_day_without_its_year_ends_the_window() -> None:
    text = "They met on 12 June 2019 and will meet again on July 1."
    assert window(text) == ("2019-06-12", "2019-07-01")


@pytest.mark.parametrize(
    "text",
    [
        "He was shot by gunmen on 12 June 2019.",
        "A man who will be tried was caught on 12 June 2019.",
        "The camp next to the river was shelled on 12 June 2019.",
        "It fell due to a raid on 12 June 2019.",
    ],
)
def test_a_past_day_is_not_taken_for_an_announced_one(text: str) -> None:
    assert window(text) in [("2019-06-12", "2019-08-11"), None]


def test_what_is_put_off_is_still_to_come() -> None:
    text = "Judges met on 12 June 2019. The vote was postponed to 3 August 2019."
    assert window(text) == ("2019-06-12", "2019-08-03")


def test_a_former_holder_was_in_office_before() -> None:
    text = "Former Prime Minister Naftali Bennett met President Ebrahim Raisi's envoy."
    assert window(text) == ("2022-06-30", "2024-05-19")


def test_a_counterpart_holds_the_same_office() -> None:
    text = "Defence Minister Sergei Shoigu met his Israeli counterpart Avigdor Lieberman on Thursday, May 31."
    assert window(text) == ("2018-05-31", "2018-06-30")


def test_how_an_office_ends_is_told_after_its_end() -> None:
    text = "Prime Minister Naftali Bennett stepped down on 30 June 2022."
    assert window(text) == ("2022-06-30", "2022-07-07")
