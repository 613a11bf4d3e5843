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


CHAINS = [
    ("Russian jets bombed Sumy, Reuters reported, citing Ukraine.", "UKR"),
    ("Citing Ukraine, Reuters said Russian jets bombed Sumy.", "UKR"),
    ("Reuters quoted Volodymyr Zelensky as saying that Russian jets had bombed Sumy.", "volodymyr-zelensky"),
    ("Russian jets bombed Sumy, Reuters said, citing security concerns.", "reuters"),
]


@pytest.mark.parametrize(("text", "who"), CHAINS)
def test_whom_the_speaker_cites_vouches(code: Code, text: str, who: str) -> None:
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert event.attribution.id == who


def test_the_ministry_is_the_one_named_before(code: Code) -> None:
    text = (
        "The Ukrainian defence ministry warned of raids. Russian jets bombed Sumy, the ministry said later."
    )
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert event.attribution.id == "UKR.MOD"


def test_he_is_the_one_named_beside_the_office(code: Code) -> None:
    text = "Ukraine's president Volodymyr Zelensky came. “Russian jets bombed Sumy,” he said."
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert event.attribution.id == "volodymyr-zelensky"


def test_who_condemns_an_act_does_not_tell_it(code: Code) -> None:
    coded = code("Chile condemned the Russian air strike on Sumy.", "2022-11-16")
    assert the_event(coded, "ASSAULT", ["RUS"]).attribution is None


def test_a_second_quotation_has_the_voice_of_the_first(code: Code) -> None:
    text = "“It was a dark night,” Volodymyr Zelensky said. “Russian jets bombed Sumy.”"
    event = the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"])
    assert event.attribution is not None
    assert event.attribution.id == "volodymyr-zelensky"
    assert event.attribution.quoted


def test_we_in_a_quotation_are_those_who_speak(code: Code) -> None:
    coded = code("“We will attack Sumy,” Vladimir Putin said.", "2022-11-16")
    the_event(coded, "THREATEN", ["vladimir-putin"])


def test_words_set_apart_are_no_quotation(code: Code) -> None:
    text = "Russian jets bombed a “safe zone” near Sumy. Volodymyr Zelensky said he was in Kyiv."
    assert the_event(code(text, "2022-11-16"), "ASSAULT", ["RUS.MIL"]).attribution is None


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
