"""How sure: planned, possible, hypothetical, denied, alleged, failed, ended; each by its own clause."""

from collections.abc import Callable

import pytest
from expecting import no_event, the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]

# sentence, act, modality
CASES = [
    ("Russia shelled Kharkiv.", "ASSAULT", "asserted"),
    # denied
    ("Russia did not shell Kharkiv.", "ASSAULT", "denied"),
    ("Russia never shelled Kharkiv.", "ASSAULT", "denied"),
    ("Rwanda denied that its troops entered Goma.", "MOBILIZE", "denied"),
    ("Rwanda denied sending troops to Congo.", "MOBILIZE", "denied"),
    ("Azerbaijan denies having shelled Stepanakert.", "ASSAULT", "denied"),
    ("No Turkish soldiers were killed.", "ASSAULT", "denied"),
    ("Police foiled an attack on the US embassy.", "ASSAULT", "denied"),
    ("Mali left without attacking the Tuareg rebels.", "ASSAULT", "denied"),
    # alleged
    ("Azerbaijan reportedly shelled Stepanakert.", "ASSAULT", "alleged"),
    ("Ukraine accused Russia of shelling a dam.", "ASSAULT", "alleged"),
    ("Sudan claims that Chad armed the rebels.", "AID", "alleged"),
    ("Ethiopia is investigating an alleged attack by Eritrean troops.", "ASSAULT", "alleged"),
    ("Eritrean soldiers are believed to have shelled Axum.", "ASSAULT", "alleged"),
    ("The junta is understood to have arrested two ministers in Bamako.", "COERCE", "alleged"),
    ("It is said that Chadian jets bombed Bosso.", "ASSAULT", "alleged"),
    ("Moro rebels seem to have attacked Cotabato.", "ASSAULT", "alleged"),
    # called untrue
    ("Uganda dismissed as baseless reports that its troops had shelled Bunia.", "ASSAULT", "denied"),
    ("Burundi rejected claims that its soldiers attacked Uvira.", "ASSAULT", "denied"),
    ("Kenya brushed aside allegations that it had bombed Gedo.", "ASSAULT", "denied"),
    ("Nairobi said it was untrue that Kenyan jets bombed Gedo.", "ASSAULT", "denied"),
    ("Reports that Thai troops shelled Preah Vihear are false.", "ASSAULT", "denied"),
    ("At no time did Thai troops shell Preah Vihear.", "ASSAULT", "denied"),
    # a part in it denied
    ("Uganda had nothing to do with the shelling of Bunia.", "ASSAULT", "denied"),
    ("Belgrade said it had no role in the attack on Kosovo police.", "ASSAULT", "denied"),
    ("Eritrea denied any involvement in the killing of ten Ethiopian soldiers.", "ASSAULT", "denied"),
    ("Chad rejected any responsibility for the bombing of Nyala.", "ASSAULT", "denied"),
    ("Azerbaijan denied that it fired on Armenia and in turn accused Russia of lying.", "ACCUSE", "asserted"),
    # possible, planned
    ("Sudan's army is likely to attack El Geneina.", "ASSAULT", "planned-or-possible"),
    ("Diplomats expect Ethiopia to attack Eritrea.", "ASSAULT", "planned-or-possible"),
    ("Russia may attack Odesa.", "ASSAULT", "planned-or-possible"),
    ("Serbia could deploy troops near Kosovo.", "MOBILIZE", "planned-or-possible"),
    ("The UN wants Yemen to release the prisoners.", "REQUEST/yield", "asserted"),
    ("Ethiopia must think twice before it attacks Eritrea.", "ASSAULT", "planned-or-possible"),
    ("Armenia's army is impatient to attack Azerbaijan.", "ASSAULT", "planned-or-possible"),
    # hypothetical
    ("If Russia attacks Odesa, Poland will send troops.", "ASSAULT", "hypothetical"),
    ("Venezuela would attack Guyana only as a last resort.", "ASSAULT", "hypothetical"),
    ("Volodymyr Zelensky said Russia would attack Poland if Ukraine fell.", "ASSAULT", "hypothetical"),
    # begun, tried, ended
    ("Myanmar's army began shelling Lashio.", "ASSAULT", "asserted"),
    ("Ukraine halted its offensive on Kherson.", "RETREAT/ceasefire", "asserted"),
    ("The rebels attempted to kill the president of Guinea.", "ASSAULT", "asserted"),
    ("Serbia and Kosovo failed to reach a deal.", "REJECT", "asserted"),
    ("The Houthis vowed to attack Israel.", "THREATEN", "asserted"),
    ("Egypt promised to send aid to Sudan.", "AGREE", "asserted"),
    ("Germany will send tanks to Ukraine.", "AGREE", "asserted"),
    ("Germany will send doctors to Ukraine.", "AGREE", "asserted"),
    ("Turkey will attack Kobani.", "THREATEN", "asserted"),
    ("Iran will not meet the US envoy.", "REJECT", "asserted"),
]


@pytest.mark.parametrize(("text", "wanted", "modality"), CASES, ids=str)
def test_modality(code: Code, text: str, wanted: str, modality: str) -> None:
    the_event(code(text, "2022-11-16"), wanted, modality=modality)


GENERAL = [
    "Gangs that attack police stations in Haiti want no elections.",
    "Militants in Nigeria usually attack villages at night.",
    "Insurgents in Mozambique never attack Maputo.",
    "“Fighters who attack convoys of the army will be hanged,” said Mali's president.",
]


@pytest.mark.parametrize("text", GENERAL)
def test_what_is_done_in_general_has_not_happened(code: Code, text: str) -> None:
    told = [event for event in code(text, "2022-11-16").events if event.type == "ASSAULT"]
    assert not [event for event in told if event.modality in {"asserted", "alleged"}]


NEWS = [
    "Gunmen attack UN convoy in Kivu",
    "Gunmen who attacked a church in Burkina Faso fled on motorcycles.",
    "Al-Shabaab, which attacks Mogadishu again, is advancing.",
]


@pytest.mark.parametrize("text", NEWS)
def test_news_in_the_present_or_in_a_relative_clause_has_happened(code: Code, text: str) -> None:
    the_event(code(text, "2022-11-16"), "ASSAULT", modality="asserted")


LEAKS = [
    ("Iran did not answer, but Israel bombed a depot in Syria.", "ASSAULT", "asserted"),
    ("Israel, which did not comment, bombed a depot in Syria.", "ASSAULT", "asserted"),
    ("Russia shelled Odesa after Ukraine refused to talk.", "ASSAULT", "asserted"),
    ("Russia shelled Odesa although Turkey may mediate.", "ASSAULT", "asserted"),
    ("Russia shelled Odesa, but no one was hurt.", "ASSAULT", "asserted"),
    ("Chad said it had not known that Sudan attacked the camp.", "ASSAULT", "asserted"),
    ("Russia shelled Odesa and did not stop.", "ASSAULT", "asserted"),
]


@pytest.mark.parametrize(("text", "wanted", "modality"), LEAKS, ids=str)
def test_a_neighbouring_clause_does_not_leak(code: Code, text: str, wanted: str, modality: str) -> None:
    the_event(code(text, "2022-11-16"), wanted, modality=modality)


def test_a_right_to_attack_is_no_attack(code: Code) -> None:
    no_event(code("No treaty gives Ethiopia the right to attack Eritrea.", "2022-11-16"), "ASSAULT")


def test_negation_stays_with_its_verb_in_a_list(code: Code) -> None:
    coded = code("Armenia did not attack Azerbaijan but condemned it.", "2022-11-16")
    the_event(coded, "ASSAULT", ["ARM"], modality="denied")
    the_event(coded, "ACCUSE/disapprove", ["ARM"], modality="asserted")


def test_a_purpose_is_not_told_as_done(code: Code) -> None:
    coded = code("Russia sent troops to Belarus to attack Ukraine.", "2022-02-01")
    no_event(coded, "ASSAULT")
    the_event(coded, "MOBILIZE/troops", ["RUS"])


def test_what_is_demanded_has_not_happened(code: Code) -> None:
    coded = code("Kyiv demanded that Russia withdraw its troops from Crimea.", "2021-06-16")
    the_event(coded, "REQUEST/yield", ["UKR"], ["RUS"])
    no_event(coded, "RETREAT")


def test_a_belligerent_alone_only_alleges(code: Code) -> None:
    coded = code("Ukraine said Russia shelled a school in Sumy.", "2023-06-16")
    event = the_event(coded, "ASSAULT", ["RUS"])
    assert event.attribution is not None
    assert event.attribution.id == "UKR"


OLD = [
    ("In 1995 Serb forces took Srebrenica.", "2021-06-16", True),
    ("Russia annexed Crimea in 2014.", "2021-06-16", True),
    ("Turkey shelled Manbij on Monday.", "2021-06-16", False),
    ("Turkey shelled Manbij last month.", "2021-06-16", False),
]


@pytest.mark.parametrize(("text", "day", "old"), OLD)
def test_what_is_long_past_is_background(code: Code, text: str, day: str, old: bool) -> None:
    assert [event.historical for event in code(text, day).events] == [old]


def test_an_undated_report_knows_no_day(code: Code) -> None:
    (event,) = code("Turkey shelled Manbij on Monday.", None).events
    assert event.known_by is None
    assert (event.period.start, event.period.end) == (None, None)
