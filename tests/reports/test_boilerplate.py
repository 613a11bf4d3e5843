"""What is marked as boilerplate, and above all what is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitroom.reports import Source, mark_boilerplate, read_reports
from sitroom.reports.cleaning import clean
from sitroom.vocabulary import Report

FIRST = "Government forces shelled the village of Darna for a third day on Monday, residents said."
SECOND = "The mayor told reporters that nine people had been killed and that the bridge was closed."
THIRD = "A truce that was signed in the capital in May has all but broken down."
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports" / "iran-in-syria"


def marked(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in mark_boilerplate(text)]


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Read more: Army retakes hill after night of fighting", "related"),
        ("ALSO READ: Who are the rebels of the north?", "related"),
        ("Related stories", "related"),
        ("Most read", "related"),
        ("Share this article on Facebook", "share"),
        ("Facebook Twitter WhatsApp Email", "share"),
        ("Follow us on Telegram for more", "share"),
        ("We use cookies to improve your experience on this site.", "cookie"),
        ("Accept all cookies", "cookie"),
        ("Skip to main content", "navigation"),
        ("Home > World > Middle East", "navigation"),
        ("Tags: Darna, army, shelling", "navigation"),
        ("5 min read", "navigation"),
        ("Sign up for our daily newsletter.", "newsletter"),
        ("Get the day's top stories delivered to your inbox", "newsletter"),
        ("© 2022 The Herald. All rights reserved.", "copyright"),
        ("This material may not be published, broadcast, rewritten or redistributed.", "copyright"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below", "advertisement"),
        ("FILE PHOTO: Soldiers stand on a bridge near Darna, May 3, 2022. REUTERS/A. Name", "caption"),
        ("A woman walks past a ruined house in Darna. (AP Photo/A. Name)", "caption"),
        ("A woman walks past a ruined house in Darna, seen from the bridge", "caption"),
        ("Photo by A. Name", "credit"),
        ("Reporting by A. Name in Darna; Editing by B. Name", "credit"),
        ("Source: The Herald", "credit"),
        ("Anna Name in Darna contributed to this report.", "credit"),
        ("Image caption Rebels have been pushed out of the town", "caption"),
        ("By Anna Name and Bob Othername", "credit"),
        ("The views expressed in this article are the author's own.", "disclaimer"),
        ("Broken promises", "heading"),
    ],
)
def test_lines_between_paragraphs(line: str, kind: str) -> None:
    text = text_of(FIRST, SECOND, line, THIRD)
    assert marked(text) == [(kind, line)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Army Chief Vows to Punish Rebels in the North", "related"),
        ("President wants to raise tax on foreign cars", "related"),
        ("Will the neighbours stop the war?", "teaser"),
        ("Darna war: What we know about the 'gas attack'", "related"),
        ("The rebels of the", "cut-off"),
        ("Darna's armed groups", "cut-off"),
        ("Anna Name is a fellow at the Institute of Far-off Wars and writes about Darna.", "author"),
    ],
)
def test_last_lines(line: str, kind: str) -> None:
    assert marked(text_of(FIRST, SECOND, THIRD, THIRD, line)) == [(kind, line)]


def test_lists_of_other_stories_at_the_end() -> None:
    lines = ["Singer Opens New Club in Capital", "Minister denies that he will resign over tax"]
    text = text_of(FIRST, SECOND, THIRD, "\n".join(lines))
    assert marked(text) == [("related", lines[0]), ("related", lines[1])]


def test_lists_after_a_label() -> None:
    text = text_of(
        FIRST, "Most read", "Rebels say that they hold the hill\nWho is the new general?", SECOND, THIRD
    )
    assert [kind for kind, _ in marked(text)] == ["related"] * 3


def test_a_headline_glued_to_a_question() -> None:
    text = text_of(FIRST, SECOND, THIRD + "Will Darna Fall?Army Chief Vows to Punish Rebels")
    assert marked(text) == [("related", "Will Darna Fall?Army Chief Vows to Punish Rebels")]


def test_a_headline_behind_the_last_sentence() -> None:
    assert marked(text_of(FIRST, SECOND, f"{THIRD} Army Chief Vows to Punish Rebels in North")) == [
        ("related", "Army Chief Vows to Punish Rebels in North")
    ]


def test_lists_that_a_sentence_introduces_stay() -> None:
    terms = "All forces withdraw behind the river\n\nRebels hand over heavy weapons to the police"
    assert marked(text_of(FIRST, SECOND, "The terms of the truce are:", terms, THIRD)) == []


def test_read_more_inside_a_paragraph() -> None:
    assert marked(f"{FIRST} {SECOND} READ MORE: Army retakes the hill") == [
        ("related", "READ MORE: Army retakes the hill")
    ]


def test_the_headline_its_repeat_and_a_caption() -> None:
    headline = "Army shells village for third day"
    caption = "Foreign Minister A. Name stands beside President B. Name before talks in the capital"
    text = text_of(headline, caption, headline, FIRST, SECOND, THIRD)
    assert marked(text) == [("headline", headline), ("caption", caption), ("repeat", headline)]


def test_a_title_known_from_elsewhere() -> None:
    text = text_of(FIRST, "Army shells village for third day", SECOND, THIRD)
    assert [span.kind for span in mark_boilerplate(text, "Army Shells Village for Third Day")] == ["headline"]


def test_datelines_are_marked_without_their_sentence() -> None:
    assert marked(f"DARNA, May 3 (Agency) - {FIRST}\n\n{SECOND}") == [("dateline", "DARNA, May 3 (Agency) -")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Read the statement aloud, the judge told the general.",
        "Share prices fell in the capital after the shelling of Darna.",
        "Watch towers along the border were destroyed by Israeli jets.",
        "Home guards shot two rebels near the bridge.",
        "By Sunday and in the days after it, the army had taken the hill.",
        "Video of the attack showed soldiers firing at a bus.",
        "Photos showed that the depot had been hit by two missiles.",
        "The minister said that the views expressed by the envoy were wrong.",
        "The names of the dead may not be published before Friday, the court ruled.",
        "The president will join the briefing at the army's headquarters.",
        "Reporting from the front has become impossible, the union said.",
        "Related talks between the rebels and the government broke down.",
        "Sources: the army has left Darna, two officials told the agency.",
        "Updated figures from 2022 put the dead at 900.",
        "Why did the army leave? Nobody in Darna knows.",
        "“Will they come back?” he asked.",
        "More from the army than from the rebels died that day.",
        "Most read the withdrawal as a defeat for the army.",
        "Print shops were closed by the police.",
        "Captured soldiers stand trial in the capital, the rebels said.",
        "The general, who is an expert on mines, was killed.",
        "Donate blood, the ministry told people in Darna after the bombing of the market killed thirty.",
        "He told Anadolu Agency that the army had left.",
        "(c) the parties shall withdraw their forces from the bridge.",
    ],
)
def test_sentences_are_never_marked(sentence: str) -> None:
    assert marked(text_of(FIRST, sentence, SECOND, THIRD)) == []
    assert marked(text_of(FIRST, SECOND, THIRD, sentence)) == []


def test_a_last_sentence_without_its_stop_stays() -> None:
    assert marked(text_of(FIRST, SECOND, "The army said that the attack on the bridge was over")) == []


def test_situation_reports_without_stops_stay() -> None:
    lines = [
        "- Army shelled Darna at dawn",
        "- Rebels took two soldiers captive near the bridge",
        "- Nine killed",
    ]
    assert marked("\n".join(lines)) == []
    assert marked(text_of(FIRST, SECOND, "\n".join(lines))) == []
    assert (
        marked("Army shelled Darna at dawn\nRebels took two soldiers captive near the northern bridge") == []
    )


def test_a_single_line_stays() -> None:
    assert marked("Army shells Darna for third day") == []
    assert mark_boilerplate("") == ()


def test_wrapped_lines_stay() -> None:
    text = (
        "Government forces shelled the village of Darna for a third\nday on Monday, residents said. The mayor told the\n"
        "press that Nine Mile Bridge and Old Town Market Square were\nclosed. A truce that was signed in the capital in\n"
        "May has all but broken down. Both sides blame each other."
    )
    assert marked(text) == []


@given(st.text(alphabet=st.sampled_from('aB .?!:\n"-()©'), max_size=300).map(clean))
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = 0
    for span in mark_boilerplate(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("000", ["teaser"]),
        ("001", ["headline", "caption", "repeat", "related", "related"]),
        ("002", ["heading"]),
        ("003", ["headline", "dateline"]),
        ("004", ["cut-off"]),
    ],
)
def test_the_shared_reports(number: str, kinds: list[str]) -> None:
    [path] = SHARED.glob(f"{number}_*.txt")
    [report] = read_reports(Source(path.name, path))
    assert isinstance(report, Report)
    assert [span.kind for span in mark_boilerplate(report.text)] == kinds
