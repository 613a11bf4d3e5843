"""The brief: every line leads to a sentence, nothing from a report becomes markup, and the weightiest comes first."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import stub_coder

import sitroom
from sitroom.app import intake
from sitroom.app.brief import Brief, weight, write_brief
from sitroom.app.filters import Filters
from sitroom.app.rendering import as_html, as_markdown, as_text
from sitroom.app.room import Room
from sitroom.app.wording import act_words, period_words
from sitroom.catalogues import Actors
from sitroom.evidence import open_store
from sitroom.vocabulary import Incident, Period, Report

EVIL = 'Israel attacked Syria in Homs <script>alert("1")</script> & [x](http://e.vil) `y` **z**.'


@pytest.fixture
def brief(tmp_path: Path, reports: Path) -> Brief:
    room = sitroom.open(tmp_path / "a.room")
    room.__dict__["actors_known"] = Actors([])
    room.read(reports, make_coder=stub_coder.make)
    return room.brief()


def brief_of(tmp_path: Path, *texts: str, day: date = date(2018, 5, 10), url: str = "") -> Brief:
    found = [
        Report(
            f"report-{n}",
            f"r{n}.txt",
            text,
            title=f"Title {n}",
            publisher=f"Wire {n}",
            url=url,
            published=Period.day(day),
        )
        for n, text in enumerate(texts)
    ]
    with open_store(tmp_path / "b.room", write=True) as store:
        intake.summarise(intake.read(store, found, stub_coder.make))
        return write_brief(store.view(), Filters(), lambda: Actors([]))


def test_every_line_leads_to_its_sentence(brief: Brief) -> None:
    numbers = {source.number: source for source in brief.sources}
    assert list(numbers) == list(range(1, len(brief.sources) + 1))
    cited = set()
    for section in brief.sections:
        assert section.lines
        for line in section.lines:
            assert line.cites
            assert set(line.cites) <= set(numbers)
            cited |= set(line.cites)
            if section.heading != "Who acts on whom":
                assert line.words in {numbers[number].words for number in line.cites}
    assert cited == set(numbers)
    assert all(source.report.startswith("report-") for source in brief.sources)


def test_what_is_in_it(brief: Brief) -> None:
    headings = {section.heading: section.lines for section in brief.sections}
    assert [line.words for line in headings["Main incidents"]] == [
        "Israel attacked Syria in Damascus.", "Israel attacked Syria in Homs.", "Gunmen attacked Iran in Kuneitra.",
    ]  # fmt: skip
    assert [line.lead for line in headings["Denied and disputed"]] == ["11 May 2018 · Syria denies"]
    assert [line.lead for line in headings["Said and expected"]] == ["2 June 2018 · Russia forecasts"]
    assert headings["Who acts on whom"][0].lead == "Israel → Syria"
    header = dict(brief.header)
    assert header["Window"] == "10 May 2018 to 2 June 2018"
    assert header["Known by"] == "everything read so far"


def test_two_reports_of_one_incident_are_one_line(tmp_path: Path) -> None:
    brief = brief_of(
        tmp_path,
        "Israel attacked Syria in Homs. A farmer saw two planes above the lake at noon.",
        "In the afternoon the agency had more to say: Israel attacked Syria in Homs. Nobody was hurt this time.",
    )
    [line] = brief.sections[0].lines
    assert line.note == "2 reports"
    assert len(line.cites) == 2


def test_an_empty_room_has_an_empty_brief(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, "Nothing of note took place in the village today.")
    assert brief.sections == ()
    assert "Nothing in the room answers this." in as_html(brief)
    assert as_text(brief)
    assert as_markdown(brief)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_needs_nothing_else_and_every_citation_lands(brief: Brief) -> None:
    page = Tags()
    page.feed(as_html(brief))
    assert "script" not in page.tags
    assert set(page.links) == {f"#{id}" for id in page.ids}
    for section in brief.sections:
        for line in section.lines:
            assert line.words in page.text


def test_text_of_reports_is_no_markup(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, EVIL, url="javascript:alert(1)")
    page = Tags()
    page.feed(as_html(brief))
    assert "script" not in page.tags
    assert not [link for link in page.links if not link.startswith("#")]
    assert '<script>alert("1")</script>' in page.text
    markdown = as_markdown(brief)
    assert r"\[x\](http://e" in markdown
    assert "<script>" not in re.sub(r"\\<", "", markdown)


def test_links_to_the_web_are_kept(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, "Israel attacked Syria in Homs.", url="https://example.org/a?b=1&c=2")
    page = Tags()
    page.feed(as_html(brief))
    assert "https://example.org/a?b=1&c=2" in page.links


def test_windows(tmp_path: Path, reports: Path) -> None:
    room = Room(tmp_path / "a.room")
    room.__dict__["actors_known"] = Actors([])
    room.read(reports, make_coder=stub_coder.make)
    assert "Kuneitra" not in str(room.brief(as_of=date(2018, 5, 31)))
    assert "Homs" not in str(room.brief(known_by=date(2018, 5, 10)))
    assert "Damascus" not in str(room.brief(since="2018-05-11"))
    about = room.brief(about="Iran")
    assert about.title == "Brief: Iran"
    assert [line.words for line in about.sections[0].lines] == ["Gunmen attacked Iran in Kuneitra."]


def an_incident(score: float, independent: int, day: date) -> Incident:
    return Incident(
        "incident-1", "ASSAULT", None, score, (), (), None, Period.day(day), "reported", independent, (), ()
    )


def test_weight_grows_with_score_reports_confidence_and_recency() -> None:
    today = date(2020, 1, 1)
    base = weight(an_incident(-5, 1, today), 0.5, today)
    assert weight(an_incident(-9, 1, today), 0.5, today) > base
    assert weight(an_incident(-5, 2, today), 0.5, today) == 2 * base
    assert weight(an_incident(-5, 1, today), 1.0, today) == 2 * base
    assert weight(an_incident(-5, 1, date(2019, 1, 1)), 0.5, today) < base


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2018, 5, 1), date(2018, 5, 1), "1 May 2018"),
        (date(2018, 5, 1), date(2018, 5, 3), "1 to 3 May 2018"),
        (date(2018, 5, 1), date(2018, 5, 31), "May 2018"),
        (date(2018, 2, 1), date(2018, 2, 28), "February 2018"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2018, 12, 1), date(2018, 12, 31), "December 2018"),
        (date(2018, 4, 21), date(2018, 6, 29), "21 April to 29 June 2018"),
        (date(2018, 12, 31), date(2019, 1, 1), "31 December 2018 to 1 January 2019"),
        (date(2018, 5, 1), None, "since 1 May 2018"),
        (None, date(2018, 5, 1), "until 1 May 2018"),
        (None, None, ""),
    ],
)
def test_periods_in_words(start: date | None, end: date | None, words: str) -> None:
    assert period_words(Period(start, end)) == words


def test_acts_in_words() -> None:
    assert act_words("ASSAULT", "aerial") == "assault (aerial)"
    assert act_words("AGREE", None) == "agree"
