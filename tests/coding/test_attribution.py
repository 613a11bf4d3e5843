"""On whose word: reporting verbs, according to, chains, quotations that run over sentences, anonymous sources."""

from collections.abc import Callable

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]

# sentence, act, id or name of the source, kind
CASES = [
    ("Ukraine said Russian jets bombed Sumy.", "UKR", "official"),
    ("Russian jets bombed Sumy, Ukraine said.", "UKR", "official"),
    ("Russian jets bombed Sumy, according to Ukraine.", "UKR", "official"),
    ("According to Reuters, Russian jets bombed Sumy.", "reuters", "media"),
    ("Russian jets bombed Sumy, Reuters reported.", "reuters", "media"),
    ("Volodymyr Zelensky said Russian jets bombed Sumy.", "volodymyr-zelensky", "official"),
    ("The United Nations said Russian jets bombed Sumy.", "united-nations", "organisation"),
    ("Witnesses said Russian jets bombed Sumy.", "Witnesses", "witness"),
    ("Local residents said Russian jets bombed Sumy.", "Local residents", "witness"),
    ("Russian jets bombed Sumy, the Ukrainian defence ministry said in a statement.", "UKR.MOD", "official"),
    ("A diplomat, who asked not to be named, said Russian jets bombed Sumy.", "diplomat", "anonymous"),
    (
        "A Ukrainian official speaking on condition of anonymity said Russian jets bombed Sumy.",
        "Ukrainian official",
        "anonymous",
    ),
]


@pytest.mark.parametrize(("text", "who", "kind"), CASES, ids=str)
def test_the_source_of_an_event(code: Code, text: str, who: str, kind: str) -> None:
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert who in {event.attribution.id, event.attribution.name, event.attribution.text}
    assert event.attribution.kind == kind


def test_the_outlet_itself_is_no_attribution(code: Code) -> None:
    assert the_event(code("Russian jets bombed Sumy.", "2022-11-16"), "ASSAULT").attribution is None


def test_in_a_chain_the_nearest_source_vouches(code: Code) -> None:
    coded = code("Reuters reported that Ukraine said Russian jets bombed Sumy.", "2022-11-16")
    event = the_event(coded, "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert event.attribution.id == "UKR"


def test_a_speaker_does_not_vouch_for_the_neighbouring_clause(code: Code) -> None:
    coded = code("Russian jets bombed Sumy, and France said it sent aid to Ukraine.", "2022-11-16")
    assert the_event(coded, "ASSAULT", ["RUS.MIL"]).attribution is None


def test_a_quotation_keeps_its_voice_over_sentences(code: Code) -> None:
    text = "“Russian jets bombed Sumy. They destroyed a hospital,” Volodymyr Zelensky said."
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"], place="Sumy")
    assert event.attribution is not None
    assert event.attribution.id == "volodymyr-zelensky"
    assert event.attribution.quoted


def test_after_the_quotation_the_outlet_speaks_again(code: Code) -> None:
    text = "“We will not leave,” Volodymyr Zelensky said. Russian jets bombed Sumy."
    assert the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"]).attribution is None


def test_offsets_of_the_source_are_exact(code: Code) -> None:
    text = "It rained. Russian jets bombed Sumy, the Ukrainian defence ministry said."
    event = the_event(code(text, "2022-11-16"), "ASSAULT")
    assert event.attribution is not None
    assert text[event.attribution.start : event.attribution.end] == event.attribution.text
