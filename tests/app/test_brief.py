"""The brief: every line leads to a sentence, nothing from a report becomes markup, and the weightiest comes first."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
import stub_coder

import sitroom
from sitroom.app import intake
from sitroom.app.brief import Brief, Line, Section, Source, weight, write_brief
from sitroom.app.brief_acts import is_wish, tells_dead
from sitroom.app.brief_parts import Said, agree
from sitroom.app.brief_words import condition_words
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
            cited_words = {numbers[number].words for number in line.cites}
            for side in line.sides:
                assert numbers[side.cite].words == side.words
            if not (line.sides or "Mean score" in line.words):
                assert line.words in cited_words
    assert cited == set(numbers)
    assert all(source.report.startswith("report-") for source in brief.sources)


def test_what_is_in_it(brief: Brief) -> None:
    headings = {section.heading: section.lines for section in brief.sections}
    assert [line.words for line in headings["Main incidents"]] == [
        "Israel attacked Syria in Damascus.", "Israel attacked Syria in Homs.", "Gunmen attacked Iran in Kuneitra.",
    ]  # fmt: skip
    assert [line.lead for line in headings["Denied and disputed"]] == ["11 May 2018 · Syria denies"]
    assert [line.lead for line in headings["Forecasts and warnings"]] == ["2 June 2018 · Russia forecasts"]
    standing = headings["Who stands with whom"]
    assert [line.lead for line in standing] == ["Iran is an ally of Syria", "Israel → Syria: 2 hostile acts"]
    assert standing[1].words.startswith("Mean score -9.0")
    assert [drawing.heading.split()[0] for drawing in brief.drawings] == ["Map", "Timeline", "Network"]
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
    assert line.note == "2 independent reports"
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


def an_incident(score: float, independent: int, dead: str = "") -> Incident:
    agreed = (("killed", dead),) if dead else ()
    day = Period.day(date(2020, 1, 1))
    return Incident(
        "incident-1", "ASSAULT", None, score, (), (), None, day, "reported", independent, (), (), agreed
    )


def test_weight_grows_with_score_dead_reports_and_confidence() -> None:
    base = weight(an_incident(-5, 1), 0.5)
    assert weight(an_incident(-9, 1), 0.5) > base
    assert weight(an_incident(-5, 2), 0.5) == 2 * base
    assert weight(an_incident(-5, 1), 1.0) == 2 * base
    assert weight(an_incident(-5, 1, "3"), 0.5) == 3 * base


def test_the_newest_month_does_not_fill_the_page(tmp_path: Path) -> None:
    towns = ("Damascus", "Homs", "Kuneitra")
    found = [
        Report(
            f"report-{n}",
            f"r{n}.txt",
            f"Israel attacked {whom} in {towns[n % 3]}. {chr(97 + n) * 9} {chr(98 + n) * 7} saw it happen from afar.",
            publisher=f"Wire {n}",
            published=Period.day(day),
        )
        for n, (whom, day) in enumerate(
            [("Syria", date(2017, 5, 2)), ("Syria", date(2018, 3, 9))]
            + [(whom, date(2019, 6, day)) for day in (2, 9, 16, 23) for whom in ("Syria", "Iran", "Russia")]
        )
    ]
    with open_store(tmp_path / "c.room", write=True) as store:
        intake.summarise(intake.read(store, found, stub_coder.make))
        brief = write_brief(store.view(), Filters(), lambda: Actors([]))
    leads = [line.lead for line in brief.sections[0].lines]
    assert sum("2019" in lead for lead in leads) == 3
    assert any("2017" in lead for lead in leads)
    assert any("2018" in lead for lead in leads)


def test_what_is_new_names_what_was_first_told_since(tmp_path: Path, reports: Path) -> None:
    room = Room(tmp_path / "a.room")
    room.__dict__["actors_known"] = Actors([])
    room.read(reports, make_coder=stub_coder.make)
    new = room.brief(since="2018-05-10").sections[0]
    assert new.heading == "New since 10 May 2018"
    assert [line.lead for line in new.lines] == ["Iran is an ally of Syria"]
    later = room.brief(since="2018-05-11")
    assert not any("ally" in line.lead for section in later.sections for line in section.lines)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("If Israel strikes", "if Israel strikes"),
        ("Israel strikes,", "if Israel strikes"),
        ("unless it leaves", "unless it leaves"),
        (None, ""),
    ],
)
def test_no_condition_says_if_twice(condition: str | None, words: str) -> None:
    assert condition_words(condition) == words


@pytest.mark.parametrize(
    ("words", "count", "dead"),
    [
        ("The raid killed two of their officers.", "2", True),
        ("Some 23 people were killed near the town.", "23", True),
        (
            "Four soldiers were killed, and air defences shot down more than 30 missiles.",
            "at least 30",
            False,
        ),
        ("Air defences shot down five of them.", "5", False),
    ],
)
def test_a_number_of_dead_is_one_of_dead(words: str, count: str, dead: bool) -> None:
    assert tells_dead(words, count) is dead


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("Israel demands that Iran leave the south.", True),
        ("Officials fear that the garrison will go.", True),
        ("The army left the base at dawn.", False),
        ("The president announced that the troops would leave.", False),
    ],
)
def test_a_wish_is_no_happening(words: str, wish: bool) -> None:
    assert is_wish(words) is wish


def test_verbs_agree_with_those_who_act() -> None:
    assert agree("Russian Armed Forces", "is leaving or has left") == "are leaving or have left"
    assert agree("Iran", "backs") == "backs"
    assert agree("Analysts", "forecasts") == "forecast"
    assert agree("Opposition activists", "denies") == "deny"


def test_both_sides_of_a_dispute_are_escaped_and_cited() -> None:
    sides = (Said("1 May 2018, A", "<b>yes</b>", 1), Said("2 May 2018, B (denied)", "no & [never]", 2))
    sources = tuple(
        Source(n, f"event-{n}", side.words, "report-1", "T", "P", "day") for n, side in enumerate(sides, 1)
    )
    line = Line("A and B differ.", "", (1, 2), "denial", sides)
    made = Brief("Brief", (), (Section("Denied and disputed", "Both.", (line,)),), sources)
    page = Tags()
    page.feed(as_html(made))
    assert "b" not in page.tags
    assert {"#s1", "#s2"} <= set(page.links)
    assert r"no & \[never\]" in as_markdown(made)
    assert '"<b>yes</b>" [1]' in as_text(made)


def test_ties_are_written_as_graphml(tmp_path: Path, reports: Path) -> None:
    room = Room(tmp_path / "a.room")
    room.__dict__["actors_known"] = Actors([])
    room.read(reports, make_coder=stub_coder.make)
    [(path, count)] = room.export(tmp_path / "out", "graphml")
    graph = nx.read_graphml(path)
    assert path.name == "ties.graphml"
    assert count == graph.number_of_edges()
    assert graph.has_edge("IRN", "SYR")
    [(_, about)] = room.export(tmp_path / "israel", "graphml", about="ISR")
    assert about < count


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
