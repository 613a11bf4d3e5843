"""The head of a report: header lines, datelines, headline; days as they are written; clean text; language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitroom.reports import Draft, clean, detect_language, find_dateline, finish
from sitroom.reports.datelines import find_headline, strip_header
from sitroom.reports.days import find_days, read_published
from sitroom.vocabulary import Period, Report

BODY = "The army shelled the village on Monday, the mayor said."


def report(text: str, **more: object) -> Report:
    return finish(Draft("a.txt", text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "head",
    [
        " date 2022-03-03 ",
        "date 2022-03-03\n",
        "Date: 2022-03-03\n\n",
        "DATE: 3 March 2022\n",
        "Published: 3 March 2022\n\n",
        "Published on March 3, 2022 at 14:05 GMT\n",
        "Date: Thursday, March 3, 2022\n",
        "2022-03-03\n\n",
        "2022-03-03T14:05:00Z\n",
        "Posted: 3rd March 2022\n",
    ],
)
def test_a_stated_date_is_taken_off_the_text(head: str) -> None:
    found = report(head + BODY)
    assert found.text == BODY
    assert (found.known_by, found.published_basis) == (date(2022, 3, 3), "stated")


def test_header_lines() -> None:
    found = report(
        f"Title: Village shelled\nSource: Herald\nDate: 2022-03-03\nURL: https://x.example\n\n{BODY}"
    )
    assert (found.title, found.publisher, found.url) == ("Village shelled", "Herald", "https://x.example")
    assert (found.text, found.known_by) == (BODY, date(2022, 3, 3))


def test_a_date_line_under_the_headline_is_read_and_stays() -> None:
    found = report(f"Village shelled by the army\n\nPublished: 3 March 2022\n\n{BODY}")
    assert (found.known_by, found.published_basis) == (date(2022, 3, 3), "stated")
    assert found.text.startswith("Village shelled by the army\n\nPublished")


@pytest.mark.parametrize(
    "text",
    [
        "Date palms were burnt near 2022 farms, the mayor said.",
        "Published reports say that the army shelled the village.",
        "Sources: there were none, and the army shelled the village in 2022-03-03 terms.",
        "On 3 March 2022 the army shelled the village.",
    ],
)
def test_ordinary_first_words_are_no_header(text: str) -> None:
    assert strip_header(text)[1] == text
    assert report(text).published is None


def test_a_text_that_is_only_a_header_is_kept() -> None:
    assert report("Date: 2022-03-03").text == "Date: 2022-03-03"


@pytest.mark.parametrize(
    ("line", "words", "agency", "day"),
    [
        ("KYIV, March 2 (Reuters) - Shells fell.", "KYIV, March 2 (Reuters) -", "Reuters", (None, 3, 2)),
        ("DAMASCUS, Syria (AP) — Shells fell.", "DAMASCUS, Syria (AP) —", "AP", None),
        ("EASTERN SYRIA – After talks, shells fell.", "EASTERN SYRIA –", "", None),
        ("31 May 2018 | Beirut\nShells fell.", "31 May 2018 | Beirut", "", (2018, 5, 31)),
        ("Beirut | 31 May 2018\nShells fell.", "Beirut | 31 May 2018", "", (2018, 5, 31)),
        ("KYIV/MOSCOW, Sept. 3, 2022 (AFP) -- Shells fell.", "KYIV/MOSCOW, Sept. 3, 2022 (AFP) --", "AFP", (2022, 9, 3)),
        ("Geneva, 3 March 2022 – Shells fell.", "Geneva, 3 March 2022 –", "", (2022, 3, 3)),
        ("MOSCOW. March 2. INTERFAX - Shells fell.", "MOSCOW. March 2. INTERFAX -", "INTERFAX", (None, 3, 2)),
        ("(Reuters) - Shells fell.", "(Reuters) -", "Reuters", None),
        ("UNITED NATIONS, Wednesday, March 2 (Xinhua) -- Shells fell.", "UNITED NATIONS, Wednesday, March 2 (Xinhua) --", "Xinhua", (None, 3, 2)),
    ],
)  # fmt: skip
def test_datelines(line: str, words: str, agency: str, day: tuple[int | None, int, int] | None) -> None:
    found = find_dateline(line)
    assert found is not None
    assert line[found.start : found.end] == words
    assert found.agency == agency
    assert (found.day and (found.day.year, found.day.month, found.day.day)) == day


@pytest.mark.parametrize(
    "line",
    [
        "NATO – the Western alliance – said that shells fell.",
        "US - Iran talks went on in Vienna.",
        "The UN (United Nations) said that shells fell.",
        "On March 2 (Wednesday) shells fell.",
        "Damascus – which denies it – has shelled the town.",
        "IDF - The army said so.",
    ],
)
def test_no_datelines(line: str) -> None:
    assert find_dateline(line) is None


def test_a_dateline_gives_day_and_agency_and_stays_in_the_text() -> None:
    found = report(f"KYIV, March 2, 2022 (Reuters) - {BODY}")
    assert (found.known_by, found.published_basis, found.publisher) == (
        date(2022, 3, 2),
        "dateline",
        "Reuters",
    )
    assert found.text.startswith("KYIV, March 2, 2022")


def test_a_dateline_without_year_gives_no_day_of_itself() -> None:
    assert report(f"KYIV, March 2 (Reuters) - {BODY}").published is None


def test_a_dateline_without_year_narrows_the_month_of_the_metadata() -> None:
    found = report(f"KYIV, March 2 (Reuters) - {BODY}", published=Period(date(2022, 3, 1), date(2022, 3, 31)))
    assert (found.known_by, found.published_basis) == (date(2022, 3, 2), "dateline")


def test_what_the_text_states_wins_over_metadata() -> None:
    assert report(f"date 2022-03-02 {BODY}", published=Period.day(date(2024, 1, 1))).known_by == date(
        2022, 3, 2
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Village shelled by the army\n\n{BODY}", "Village shelled by the army"),
        (f"Army shells village. Nine killed\n\n{BODY}", "Army shells village. Nine killed"),
        (f"Who shelled the village?\n\n{BODY}", "Who shelled the village?"),
        (f"Village shelled by the army\n{BODY} {BODY} {BODY}", "Village shelled by the army"),
        (f"{BODY}\n\n{BODY}", ""),
        (f"Village shelled by the army\n{BODY}", ""),
        ("Village shelled by the army", ""),
        (f"EASTERN SYRIA – The army shells on\n\n{BODY}", ""),
        ("A first line that goes on and on " * 10 + f"\n\n{BODY}", ""),
    ],
)
def test_headlines(text: str, title: str) -> None:
    assert find_headline(text) == title


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-03-02", date(2022, 3, 2)),
        ("2022-03-02T23:59:00+02:00", date(2022, 3, 2)),
        ("20220302", date(2022, 3, 2)),
        ("20220302T101500Z", date(2022, 3, 2)),
        ("2022/03/02", date(2022, 3, 2)),
        ("Wed, 02 Mar 2022 10:00:00 +0200", date(2022, 3, 2)),
        ("2 March 2022", date(2022, 3, 2)),
        ("March 2nd, 2022", date(2022, 3, 2)),
        ("Mar. 2, 2022, 4:10 PM", date(2022, 3, 2)),
        ("02.03.2022", date(2022, 3, 2)),
        ("25/03/2022", date(2022, 3, 25)),
        ("03/25/2022", date(2022, 3, 25)),
        (1646222400, date(2022, 3, 2)),
        ("1646222400000", date(2022, 3, 2)),
    ],
)
def test_publication_dates(value: object, day: date) -> None:
    assert read_published(value) == Period.day(day)


@pytest.mark.parametrize(
    "value",
    ["03/02/2022", "", None, "yesterday", "2022-13-45", "31 February 2022", True, -5, float("nan"), [1]],
)
def test_what_is_no_date_or_could_be_two(value: object) -> None:
    assert read_published(value) is None


def test_a_month_is_a_window() -> None:
    for value in ("2024-02", "February 2024"):
        assert read_published(value) == Period(date(2024, 2, 1), date(2024, 2, 29), "explicit")


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%d.%m.%Y"]),
)
def test_days_survive_being_written(day: date, form: str) -> None:
    text = f"It was on {day.strftime(form)} that shells fell."
    [found] = find_days(text)
    assert found.period() == Period.day(day)
    assert day.strftime(form).endswith(text[found.start : found.end][-4:])


def test_days_without_a_year_and_parts_of_months() -> None:
    found = find_days(
        "On Thursday, May 31 and at the end of April, in late June 2020 and in October; 12,000 march on"
    )
    assert [(each.year, each.month, each.day, each.weekday, each.part) for each in found] == [
        (None, 5, 31, 3, ""),
        (None, 4, None, None, "late"),
        (2020, 6, None, None, "late"),
        (None, 10, None, None, ""),
    ]


def test_cleaning() -> None:
    assert clean("\ufeffa\u00a0b\u200b c\u00ad\u00add\r\ne\rf\u2028g\x00\n") == "a b cd\ne\nf\ng"
    assert clean("می‌شود") == "می‌شود"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Syrian army and rebels clash near the town of Idlib.", "en"),
        ("L'armée a bombardé le village lundi, a déclaré le maire à la presse.", "fr"),
        ("Die Armee hat am Montag das Dorf beschossen, sagte der Bürgermeister.", "de"),
        ("Het leger heeft het dorp op maandag beschoten, zei de burgemeester.", "nl"),
        ("Армия обстреляла деревню в понедельник, сообщил мэр.", "ru"),
        ("قصف الجيش القرية يوم الاثنين بحسب رئيس البلدية.", "ar"),
        ("ارتش روز دوشنبه روستا را گلوله باران کرد، شهردار گفت.", "fa"),
        ("El ejército bombardeó la aldea el lunes, dijo el alcalde.", "es"),
        ("Ordu pazartesi günü köyü bombaladı, belediye başkanı söyledi.", "tr"),
        ("Rebels seized Kidal.", "en"),
        ("Army retakes airport", "en"),
        ("Al Shabaab militants attacked Baidoa", "en"),
        ("Le Mali accuse la France", "und"),
        ("Jeshi lilishambulia Goma", "sw"),
        ("Idlib", "und"),
        ("1 2 3", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language
