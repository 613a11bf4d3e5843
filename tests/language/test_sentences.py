"""Where sentences end: abbreviations, quotes, headlines, glued sentences and wrapped lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitroom.language.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


ONE = [
    "Gen. Al-Burhan met Dr. Hamdok at 9 a.m. on Sunday.",
    "The U.S. Army left the base.",
    "Lt. Col. Damiba took power in Ouagadougou.",
    "About 3.5 million people fled.",
    "He was born on Jan. 5 in St. Petersburg.",
    "Col. J. A. Garang spoke to the troops.",
    "The firm, Orlan Ltd., denied it.",
    "Rockets vs. drones is the wrong question.",
    "The U.N. Security Council met.",
    "No. 5 Brigade moved north.",
    "At 5 p.m. Kyiv time the guns fell silent.",
    "U.S. A-10 jets flew over the valley.",
]


@pytest.mark.parametrize("text", ONE)
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert cut(text) == [text]


TWO = [
    ("He left Goma. She stayed.", ["He left Goma.", "She stayed."]),
    ("Who fired? Nobody knows.", ["Who fired?", "Nobody knows."]),
    ("They left the U.S. The army stayed.", ["They left the U.S.", "The army stayed."]),
    ("“We will fight.” He then left.", ["“We will fight.”", "He then left."]),
    ('"We will fight." He then left.', ['"We will fight."', "He then left."]),
    ("Shells fell on Stanytsia.Two people died.", ["Shells fell on Stanytsia.", "Two people died."]),
    ("It ended at 5 p.m. On Monday talks began.", ["It ended at 5 p.m.", "On Monday talks began."]),
    ("Fighting stopped in 2015. Talks began.", ["Fighting stopped in 2015.", "Talks began."]),
    ("The bridge fell … Nobody was hurt.", ["The bridge fell …", "Nobody was hurt."]),
]


@pytest.mark.parametrize(("text", "sentences"), TWO)
def test_two_sentences_are_two(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_headline_is_a_sentence_of_its_own() -> None:
    assert cut("Rebels seize airport\n\nThe rebels took the airport on Sunday.") == [
        "Rebels seize airport",
        "The rebels took the airport on Sunday.",
    ]


def test_a_headline_directly_above_the_text_is_a_sentence_of_its_own() -> None:
    assert cut("Rebels seize airport\nThe rebels took the airport on Sunday.")[0] == "Rebels seize airport"


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The convoy had left the town of Kaya before dawn and was\n"
        "crossing the valley of the river when men in two lorries and\n"
        "on motorcycles opened fire on it from both sides of the road."
    )
    assert cut(text) == [text.replace("\n", " ")]


def test_wrapped_lines_may_go_on_with_a_name() -> None:
    text = "The mediators said after a long night of talks in the hotel that\nKhartoum had accepted the plan of the bloc."
    assert len(cut(text)) == 1


def test_list_items_are_sentences() -> None:
    assert cut("- two tanks\n- one howitzer\n- a bridge") == ["- two tanks", "- one howitzer", "- a bridge"]


def test_nothing_but_marks_is_no_sentence() -> None:
    assert cut("***\n\n--- ...\n\n") == []


@given(st.text(alphabet=st.sampled_from('aB9 .!?"“”\n\tU.S.é–'), max_size=80))
def test_offsets_are_exact_and_in_order(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end
        assert len(sentence.text) == sentence.end - sentence.start
        assert sentence.text.split() == text[sentence.start : sentence.end].split()
        end = sentence.end


@given(st.text(max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(sentence.text for sentence in split_sentences(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
