"""Who brokers a deal is no party to it; what somebody is called is no act."""

from collections.abc import Callable

from expecting import no_event, the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]


def test_brokers_mediate_and_are_no_parties(code: Code) -> None:
    coded = code("Armenia and Azerbaijan agreed to a truce brokered by Iran and Turkey.", "2023-09-20")
    the_event(coded, "AGREE", ["ARM", "AZE"], [])
    the_event(coded, "CONSULT", ["IRN", "TUR"], ["ARM", "AZE"])
    no_event(coded, "SUPPORT")


def test_a_participle_set_off_by_a_comma_names_the_broker(code: Code) -> None:
    coded = code(
        "Kosovo and Serbia signed an accord on Monday, mediated by the European Union.", "2023-03-20"
    )
    the_event(coded, "SUPPORT", ["KOS", "SRB"])
    the_event(coded, "CONSULT", ["european-union"], ["KOS", "SRB"])


def test_a_hyphen_names_the_broker(code: Code) -> None:
    coded = code("Chad and Sudan signed a Qatari-mediated ceasefire on Monday.", "2023-09-20")
    the_event(coded, "CONSULT", ["QAT"], ["TCD", "SDN"])


def test_to_call_somebody_something_is_no_telephone_call(code: Code) -> None:
    coded = code("Poland called Belarus a threat to the region.", "2023-09-20")
    the_event(coded, "ACCUSE/disapprove", ["POL"], ["BLR"])
    no_event(coded, "CONSULT")
    no_event(coded, "THREATEN")


def test_he_who_speaks_is_not_spoken_of(code: Code) -> None:
    coded = code(
        "Mateusz Morawiecki met officials in Warsaw. Belarus had freed Andrzej Poczobut, he said.",
        "2023-09-20",
    )
    source = the_event(coded, "RETREAT/release").attribution
    assert source is not None
    assert source.id == "mateusz-morawiecki"


def test_between_leads_to_two_parties_and_them_to_both(code: Code) -> None:
    coded = code(
        "A truce between the Houthis and Yemen's government began. Oman had mediated between them.",
        "2022-04-03",
    )
    the_event(coded, "CONSULT", ["OMN"], ["ansar-allah", "YEM.GOV"])


def test_a_part_denied_is_of_the_attack_told_before(code: Code) -> None:
    coded = code("Rwanda accused Burundi of shelling Kamembe. Burundi denied responsibility.", "2024-01-12")
    the_event(coded, "ASSAULT", ["BDI"], modality="denied")


def test_what_goes_on_is_expected_not_told(code: Code) -> None:
    coded = code("Analysts expect the Houthis to go on firing at Israel.", "2024-01-12")
    the_event(coded, "ASSAULT", ["ansar-allah"], modality="planned-or-possible")


def test_what_is_told_and_then_denied_in_one_sentence_is_both(code: Code) -> None:
    coded = code("Serbia has massed troops near Kosovo, NATO said; Aleksandar Vucic denied it.", "2023-09-26")
    assert {e.modality for e in coded.events if e.type == "MOBILIZE"} == {"asserted", "denied"}


def test_who_neither_confirms_nor_denies_denies_nothing(code: Code) -> None:
    coded = code("Eritrea has neither confirmed nor denied that its army is in Tigray.", "2022-12-20")
    no_event(coded, "REJECT")
    assert not [s for s in coded.statements if s.stance == "denies"]


def test_a_rejected_charge_denies_only_what_is_charged(code: Code) -> None:
    text = (
        "Kosovo accused Serbia of lying after gunmen blocked a road near Zvecan. Serbia rejected the charge."
    )
    no_denied = [e for e in code(text, "2023-09-26").events if e.modality == "denied"]
    assert no_denied == []


def test_leave_that_is_not_granted_is_refused(code: Code) -> None:
    the_event(code("Sudan has not granted access to Darfur.", "2023-09-26"), "REJECT", ["SDN"])


def test_talks_after_which_something_is_agreed_were_held(code: Code) -> None:
    coded = code("Chad and Sudan agreed to a truce after talks mediated by Qatar.", "2023-09-26")
    the_event(coded, "CONSULT", ["QAT"], modality="asserted")


def test_the_mediator_of_talks_may_stand_in_a_clause_of_their_own(code: Code) -> None:
    coded = code("Chad and Sudan signed a truce after talks that Qatar mediated.", "2023-09-26")
    the_event(coded, "CONSULT", ["QAT"])
