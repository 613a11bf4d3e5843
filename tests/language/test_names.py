"""Names in a text: whom they may mean, when a short name counts, and what is no name."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitroom.language.names import fold_letters
from sitroom.vocabulary import Period

if TYPE_CHECKING:
    from sitroom.coding import Coder


def names(coder: "Coder", text: str, day: str | None = "2021-06-16") -> dict[str, str]:
    """Each name found with the id of its best reading."""
    published = Period.day(date.fromisoformat(day)) if day else None
    return {name.text.removeprefix("The "): name.entry.id for name in coder.names.find(text, published)}


FULL = [
    ("Volodymyr Zelensky spoke in Kyiv.", "Volodymyr Zelensky", "volodymyr-zelensky"),
    ("Rapid Support Forces took the bridge.", "Rapid Support Forces", "rapid-support-forces"),
    ("Fighters of the Arakan Army left.", "Arakan Army", "arakan-army"),
    ("The Quds Force denied it.", "Quds Force", "IRN.QUDS"),
    ("The United Nations met.", "United Nations", "united-nations"),
    ("Azerbaijan shelled the road.", "Azerbaijan", "AZE"),
    ("The Wagner Group hired men.", "Wagner Group", "wagner-group"),
    ("The ELN blew up a pipeline.", "ELN", "eln"),
]


@pytest.mark.parametrize(("text", "words", "wanted"), FULL)
def test_a_full_name_needs_no_support(coder: "Coder", text: str, words: str, wanted: str) -> None:
    assert names(coder, text)[words] == wanted


def test_the_longest_name_wins(coder: "Coder") -> None:
    found = names(coder, "The UN Security Council met; the Islamic State claimed it.")
    assert found["UN Security Council"] == "un-security-council"
    assert found["Islamic State"] == "islamic-state"
    assert "Security Council" not in found


def test_accents_and_typographic_quotes_do_not_hide_a_name(coder: "Coder") -> None:
    assert names(coder, "Recep Tayyip Erdoğan spoke.") == {"Recep Tayyip Erdoğan": "recep-tayyip-erdogan"}


def test_us_is_a_state_in_capitals_only(coder: "Coder") -> None:
    assert names(coder, "They told us to leave.") == {}
    assert names(coder, "The US left the base.") == {"US": "USA"}


def test_turkey_is_a_country(coder: "Coder") -> None:
    assert names(coder, "Turkey sent troops.") == {"Turkey": "TUR"}
    assert names(coder, "They ate turkey at Christmas.") == {}


@pytest.mark.xfail(strict=True, reason="a first name before the name of a country does not make it a surname")
def test_a_person_called_like_a_country_is_not_the_country(coder: "Coder") -> None:
    assert "JOR" not in names(coder, "Michael Jordan opened a sports hall.").values()
    assert "JOR" not in names(coder, "Hamilton Jordan wrote a memoir.").values()


def test_jordan_is_a_country(coder: "Coder") -> None:
    assert names(coder, "Jordan closed its border.") == {"Jordan": "JOR"}


def test_a_part_of_a_longer_word_is_no_name(coder: "Coder") -> None:
    assert names(coder, "Iranology is taught there.") == {}
    assert names(coder, "The Maliphant quartet played.") == {}


ORDINARY = [
    "The march went on all day.",
    "He may resign, and the general will answer.",
    "A ram was sold at the market.",
    "The front was quiet and the resistance weak.",
    "In Rice County the price of corn fell.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_no_names(coder: "Coder", text: str) -> None:
    assert names(coder, text) == {}


def test_a_surname_counts_after_the_full_name(coder: "Coder") -> None:
    found = names(coder, "Mohamed Hamdan Dagalo met the envoy. Later Dagalo left.")
    assert found["Dagalo"] == found["Mohamed Hamdan Dagalo"]


def test_a_surname_alone_counts_with_its_country(coder: "Coder") -> None:
    assert names(coder, "In Ukraine, Zelensky spoke to the army.")["Zelensky"] == "volodymyr-zelensky"


def test_a_surname_alone_does_not_count_without_support(coder: "Coder") -> None:
    assert "Zelensky" not in names(coder, "A shop called Zelensky sells shoes.")


def test_a_surname_after_another_first_name_is_another_person(coder: "Coder") -> None:
    found = names(coder, "In Russia the painter Olga Putin opened a show.")
    assert "vladimir-putin" not in found.values()


def test_an_ambiguous_surname_goes_to_the_country_spoken_of(coder: "Coder") -> None:
    korea = names(coder, "North Korea tested a missile. President Kim watched it in Pyongyang.", "2017-09-01")
    assert korea["Kim"] == "kim-jong-un"
    bush = names(coder, "President Bush addressed American troops in the US.", "2004-03-01")
    assert bush["Bush"] == "george-w-bush"


def test_an_entry_that_has_ended_is_not_preferred(coder: "Coder") -> None:
    assert names(coder, "Germany sent aid.", "2021-06-16")["Germany"] == "DEU"
    assert names(coder, "Russia sent aid.", "2021-06-16")["Russia"] == "RUS"


def test_adjectives_and_capitals_lead_to_the_state(coder: "Coder") -> None:
    assert names(coder, "Malian and French officers met.") == {"Malian": "MLI", "French": "FRA"}
    assert names(coder, "Ankara protested.") == {"Ankara": "TUR"}


def test_offsets_are_exact(coder: "Coder") -> None:
    text = "“Iran’s Islamic Revolutionary Guard Corps,” said Erdoğan of Turkey – and Côte d’Ivoire agreed."
    found = coder.names.find(text, None)
    assert len(found) >= 3
    for name in found:
        assert text[name.start : name.end] == name.text


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_letters(text)) == len(text)


def test_a_first_name_before_an_unknown_surname_is_nobody_known(coder: "Coder") -> None:
    text = "In Syria, a trader called Khamis Abdulmajid was arrested."
    assert "imad-khamis" not in names(coder, text, "2017-05-01").values()
    assert names(coder, "In Syria, Khamis Tuesday left.", "2017-05-02")["Khamis"] == "imad-khamis"
