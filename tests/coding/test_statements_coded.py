"""What somebody is reported to have said or to hold: stance, speaker, condition, and the event that it is about."""

from collections.abc import Callable

import pytest
from expecting import the_event, the_statement

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]

# sentence, stance, speaker
CASES = [
    ("Rwanda denied that its troops entered Goma.", "denies", "RWA"),
    ("Ethiopia denied shelling the camp.", "denies", "ETH"),
    ("Ukraine said Russia shelled a school.", "asserts", "UKR"),
    ("The Kremlin claimed that Ukraine attacked Crimea.", "asserts", "RUS.GOV"),
    ("Armenia demanded the release of its prisoners.", "demands", "ARM"),
    ("The United Nations urged Sudan to open the border.", "demands", "united-nations"),
    ("The ELN refused to lay down its arms.", "refuses", "eln"),
    ("Egypt offered to host talks.", "offers", "EGY"),
    ("North Korea threatened to attack South Korea.", "warns", "PRK"),
    ("Turkey wants to meet Syria.", "wants", "TUR"),
    ("China welcomed the ceasefire in Myanmar.", "supports", "CHN"),
    ("France condemned the coup in Niger.", "opposes", "FRA"),
    ("Emmanuel Macron expects Russia to attack Odesa.", "forecasts", "emmanuel-macron"),
    ("Ethiopia said reports that it shelled the camp were false.", "denies", "ETH"),
    ("Rwanda dismissed the report as propaganda.", "denies", "RWA"),
    ("Rwanda rejected claims that its troops entered Goma.", "denies", "RWA"),
    ("Kenya said that it would not send police to Haiti.", "refuses", "KEN"),
    ("Nicolas Maduro warned that Guyana would regret it.", "warns", "nicolas-maduro"),
    ("Poland doubts that Russia will withdraw its troops.", "doubts", "POL"),
]


@pytest.mark.parametrize(("text", "stance", "speaker"), CASES, ids=str)
def test_stance_and_speaker(code: Code, text: str, stance: str, speaker: str) -> None:
    the_statement(code(text, "2023-08-16"), stance, speaker)


def test_a_forecast_keeps_its_condition(code: Code) -> None:
    text = "Volodymyr Zelensky said Russia would attack Poland if Ukraine fell."
    statement = the_statement(code(text, "2023-08-16"), "forecasts", "volodymyr-zelensky")
    assert statement.condition is not None
    assert "Ukraine fell" in statement.condition


UNSAID = [
    "Egypt may offer to host talks.",
    "North Korea would threaten South Korea.",
    "Ukraine seems to be preparing an attack on Crimea.",
    "Smugglers tried to cross from Syria into Jordan.",
]


@pytest.mark.parametrize("text", UNSAID)
def test_what_nobody_has_said_is_no_statement(code: Code, text: str) -> None:
    assert [one for one in code(text, "2023-08-16").statements if one.speaker is not None] == []


def test_a_denial_is_no_refusal_beside_it(code: Code) -> None:
    stances = [one.stance for one in code("Rwanda denied the report.", "2023-08-16").statements]
    assert stances == ["denies"]


def test_a_denial_is_about_the_event_it_denies(code: Code) -> None:
    coded = code("Rwanda denied that its troops attacked Goma.", "2023-08-16")
    event = the_event(coded, "ASSAULT", modality="denied")
    assert event.id in the_statement(coded, "denies", "RWA").about


def test_a_demand_says_of_whom(code: Code) -> None:
    coded = code("The United Nations demanded a ceasefire from Sudan.", "2023-08-16")
    target = the_statement(coded, "demands", "united-nations").target
    assert target is not None
    assert target.key == "SDN"


def test_plain_telling_is_no_statement(code: Code) -> None:
    assert code("Russia shelled Kharkiv on Monday.", "2023-08-16").statements == ()


def test_a_quotation_is_marked_as_one(code: Code) -> None:
    coded = code("“Russia shelled a school,” Volodymyr Zelensky said.", "2023-08-16")
    assert the_statement(coded, "asserts", "volodymyr-zelensky").quoted


def test_statements_lead_back_to_their_words(code: Code) -> None:
    text = "It rained. Rwanda denied that its troops attacked Goma."
    for statement in code(text, "2023-08-16").statements:
        quote = statement.quote
        assert text[quote.start : quote.end] == quote.words


def test_a_toll_without_an_act_is_the_reports_own_statement(code: Code) -> None:
    (told,) = code("At least 6,000 people have died in the war in Tigray.").statements
    assert (told.speaker, told.stance, told.issue) == (None, "asserts", "at least 6,000 people killed")


def test_a_toll_of_a_coded_act_is_no_statement(code: Code) -> None:
    assert code("Russia killed three people in Kharkiv.").statements == ()


def test_a_trade_that_goes_on_is_a_statement(code: Code) -> None:
    (told,) = code("The border is poor because of gold smuggling into Rwanda.").statements
    assert told.issue == "gold smuggling into Rwanda"


def test_who_does_not_want_it_opposes_it(code: Code) -> None:
    told = code("Kenya did not want an escalation, its minister said.").statements
    assert [one.stance for one in told if one.speaker and one.speaker.id == "KEN"] == ["opposes"]


def test_a_condition_is_nobodys_offer(code: Code) -> None:
    told = code("An end of the war hinges on whether Egypt and Ethiopia agree on the dam.").statements
    assert not [one for one in told if one.stance == "offers"]
