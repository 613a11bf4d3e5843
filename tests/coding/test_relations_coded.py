"""Standing ties and states: who backs, leads, opposes, belongs to whom; who holds or has a base where."""

from collections.abc import Callable

import pytest
from expecting import the_relation

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]

CASES = [
    ("Iran has armed the Houthis for years.", "IRN", "backs", "ansar-allah"),
    ("Serbia is an ally of Russia.", "SRB", "ally-of", "RUS"),
    ("Russia's ally Belarus closed its border.", "BLR", "ally-of", "RUS"),
    ("Abdel Fattah al-Burhan, commander of the Sudanese army, left.", "abdel-fattah-al-burhan", "commands", "SDN.MIL"),
    ("Aleksandar Vucic, president of Serbia, left.", "aleksandar-vucic", "leads", "SRB"),
    ("The Houthis control the town of Marib in Yemen.", "ansar-allah", "controls", "Marib"),
    ("The Houthis hold the town of Marib in Yemen.", "ansar-allah", "controls", "Marib"),
    ("Russia has a base in Gyumri in Armenia.", "RUS", "based-at", "Gyumri"),
    ("Russia shelled a Ukrainian base near Kharkiv.", "UKR", "based-at", "Kharkiv"),
    ("The Quds Force is part of the Islamic Revolutionary Guard Corps.", "IRN.QUDS", "part-of", "IRN.IRGC"),
    ("The Quds Force belongs to the Islamic Revolutionary Guard Corps.", "IRN.QUDS", "part-of", "IRN.IRGC"),
    ("French troops withdrew from Niamey.", "FRA.MIL", "withdrew-from", "Niamey"),
    ("The Wagner Group operates in Mali.", "wagner-group", "present-in", "Mali"),
    ("Armenia and Azerbaijan are enemies.", "ARM", "rival-of", "AZE"),
    ("Abkhazia depends on Russia.", "abkhazia", "depends-on", "RUS"),
    ("Transnistria, which Russia keeps alive, relies heavily on Russian gas.", "transnistria", "depends-on", "RUS"),
    ("The Rapid Support Forces control most of Khartoum.", "rapid-support-forces", "controls", "Khartoum"),
    ("The port of Sirte is under the control of Haftar's forces.", "LBY.LNA", "controls", "Sirte"),
    ("Port Sudan, which is held by the army, was shelled.", "SDN.MIL", "controls", "Port Sudan"),
    ("Al-Shabaab controls large swathes of southern Somalia.", "al-shabaab", "controls", "south Somalia"),
    ("Goma has been under M23 control for months.", "m23", "controls", "Goma"),
    ("The Allied Democratic Forces are affiliated with the Islamic State.", "allied-democratic-forces", "proxy-of", "islamic-state"),
    ("The Taliban took control of Kunduz.", "taliban", "controls", "Kunduz"),
    ("Ethiopia's ally Eritrea keeps troops in Tigray.", "ERI", "present-in", "Tigray"),
    ("The ELN has camps in Apure.", "eln", "based-at", "Apure"),
    ("Ukrainian soldiers stationed in Odesa were moved.", "UKR.MIL", "present-in", "Odesa"),
    ("The Haqqani network is a wing of the Taliban.", "haqqani-network", "part-of", "taliban"),
    ("Myanmar's junta, backed by China, lost Lashio.", "CHN", "backs", "MMR.SAC"),
    ("The Taliban, in conjunction with Pakistan, reopened the crossing.", "taliban", "coordinates-with", "PAK"),
    ("Turkey has waged a campaign against the Kurdistan Workers' Party since 1984.", "TUR", "rival-of", "pkk"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "relation", "other"), CASES, ids=str)
def test_one_relation(code: Code, text: str, subject: str, relation: str, other: str) -> None:
    assert the_relation(code(text, "2023-05-16"), subject, relation, other).modality == "asserted"


def test_a_backed_group_is_not_its_backer(code: Code) -> None:
    coded = code("Iran-backed militias shelled Erbil.", "2021-06-16")
    (relation,) = [r for r in coded.relations if r.relation == "backs"]
    assert relation.subject.key == "IRN"
    assert relation.object is not None
    assert relation.object.country != "IRN"


def test_a_denied_tie_is_denied(code: Code) -> None:
    coded = code("Iran does not arm the Houthis.", "2021-06-16")
    assert the_relation(coded, "IRN", "backs", "ansar-allah").modality == "denied"


def test_a_possible_tie_does_not_hold(code: Code) -> None:
    coded = code("Iran might arm the Taliban.", "2021-06-16")
    assert the_relation(coded, "IRN", "backs", "taliban").modality == "hypothetical"


def test_a_source_vouches_for_a_relation(code: Code) -> None:
    coded = code("According to Reuters, Iran arms the Houthis.", "2021-06-16")
    source = the_relation(coded, "IRN", "backs", "ansar-allah").attribution
    assert source is not None
    assert source.id == "reuters"


def test_since_when_is_kept(code: Code) -> None:
    coded = code("Iran has armed the Houthis since 2015.", "2021-06-16")
    period = the_relation(coded, "IRN", "backs", "ansar-allah").period
    assert (str(period.start), str(period.end)) == ("2015-01-01", "2021-06-16")


def test_nobody_is_tied_to_itself(code: Code) -> None:
    coded = code("Iran's ally Iran stands with Iran.", "2021-06-16")
    assert all(r.object is None or r.object.key != r.subject.key for r in coded.relations)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Defence Minister Sergei Shoigu flew to Tehran.", "RUS"),
        ("Foreign Minister Sergey Lavrov flew to Tehran.", "RUS"),
    ],
)
def test_the_catalogue_says_whose_minister_it_is(code: Code, text: str, office: str) -> None:
    (relation,) = code(text, "2021-06-16").relations
    assert (relation.relation, relation.object and relation.object.id) == ("holds-office", office)


def test_a_title_may_hold_an_of(code: Code) -> None:
    coded = code("Secretary of State Antony Blinken met Foreign Minister Hakan Fidan.", "2023-11-06")
    assert {(r.subject.id, r.object and r.object.id) for r in coded.relations} == {
        ("antony-blinken", "USA"),
        ("hakan-fidan", "TUR"),
    }


def test_of_what_a_former_president_was_president(code: Code) -> None:
    (relation,) = code("Former president Omar al-Bashir was moved to a hospital.", "2023-09-01").relations
    assert (relation.relation, relation.object and relation.object.id, relation.period.basis) == (
        "leads",
        "SDN",
        "former",
    )


def test_an_office_is_held_for_its_years_only(code: Code) -> None:
    assert code("Defence Minister Sergei Shoigu flew to Tehran.", "2008-06-16").relations == ()


DENIED = [
    "The United Arab Emirates denies that it arms the Rapid Support Forces.",
    "Abu Dhabi has denied supporting the Rapid Support Forces.",
    "The United Arab Emirates ended its support for the Rapid Support Forces.",
    "The United Arab Emirates does not back the Rapid Support Forces.",
]


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_does_not_hold(code: Code, text: str) -> None:
    assert the_relation(code(text), "ARE", "backs", "rapid-support-forces").modality == "denied"


def test_a_charge_is_alleged_by_who_makes_it(code: Code) -> None:
    relation = the_relation(code("Colombia accused Venezuela of supporting the ELN."), "VEN", "backs", "eln")
    assert relation.modality == "alleged"
    assert relation.attribution is not None
    assert relation.attribution.id == "COL"


NONE = [
    "There are only Turkish advisers in the room, he said.",
    "France must leave Niger, the junta said.",
    "The Americans had to leave Niger one way or another, he said.",
    "Ethiopia opposed the Egyptian proposal.",
    "South Africa's ambassador left Kigali.",
    "The pro-Gbagbo commander was asked to speak.",
    "Jordan wants to keep Iran 85 kilometres from the Golan Heights.",
    "The Houthis seized a cargo ship in the Red Sea.",
    "Asmara demanded that the TPLF stay away from the Eritrean border.",
    "Unidentified gunmen attacked a convoy of the Malian army.",
    "The envoys led rival delegations at the talks in Geneva.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_relation_stands(code: Code, text: str) -> None:
    assert [(r.subject.name, r.relation, r.modality) for r in code(text).relations] == []


def test_a_planned_base_is_no_base_yet(code: Code) -> None:
    relation = the_relation(
        code("Russia plans to keep a base at Gyumri in Armenia."), "RUS", "based-at", "Gyumri"
    )
    assert relation.modality == "planned-or-possible"


def test_whose_proxy_the_attacker_hits(code: Code) -> None:
    coded = code("The Ukrainian army shelled Russian positions and those of its proxy the Wagner Group.")
    assert all(
        r.object is None or r.object.country != "UKR" for r in coded.relations if r.relation == "proxy-of"
    )


def test_what_a_verb_does_to_forces_does_not_take_them_away(code: Code) -> None:
    coded = code("The Kremlin denied that it had cut its forces in Belarus.")
    assert {r.modality for r in coded.relations if r.relation == "present-in"} <= {"asserted"}


def test_a_question_asserts_nothing(code: Code) -> None:
    (relation,) = code("Is Wagner leaving Mali?").relations
    assert (relation.relation, relation.modality) == ("withdrew-from", "hypothetical")


def test_since_when_of_another_clause_is_not_taken(code: Code) -> None:
    coded = code("President Vladimir Putin received Assad, whose army Russia has supported since 2015.")
    assert the_relation(coded, "vladimir-putin", "leads", "RUS").period.start is None


def test_a_deputy_does_not_lead(code: Code) -> None:
    coded = code("Rahim Noorzai, the deputy leader of the Taliban, left.")
    assert [r.relation for r in coded.relations] == ["holds-office"]


def test_what_somebody_is_called_is_the_callers_word(code: Code) -> None:
    coded = code("Poland, which calls the Wagner Group an arm of Russia, closed the crossing.", "2023-08-04")
    relation = the_relation(coded, "wagner-group", "part-of", "RUS")
    assert relation.modality == "alleged"
    assert relation.attribution is not None
    assert relation.attribution.id == "POL"


def test_the_coalition_is_no_group_that_fights_it(code: Code) -> None:
    coded = code("The Houthis welcomed the truce. Saudi Arabia leads the coalition.", "2022-04-03")
    assert not [r for r in coded.relations if r.object and r.object.key == "ansar-allah"]


def test_an_office_told_in_passing_is_no_supposition(code: Code) -> None:
    coded = code("Ghana's Foreign Minister, Shirley Ayorkor Botchwey, called the raid a grave mistake.")
    assert [(r.relation, r.modality) for r in coded.relations] == [("holds-office", "asserted")]


def test_a_force_of_a_nation_is_not_made_up_of_its_state(code: Code) -> None:
    assert not code("The Fatemiyoun Division, which consists of Afghans, fought in Aleppo.").relations
    (relation,) = code("The Alliance of Sahel States comprises Mali.").relations
    assert (relation.subject.id, relation.relation) == ("MLI", "part-of")
