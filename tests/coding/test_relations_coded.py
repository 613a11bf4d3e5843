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
    pytest.param("The Houthis control the town of Marib in Yemen.", "ansar-allah", "controls", "Marib", marks=pytest.mark.xfail(strict=True, reason="`control <forces>` of commands fits any object")),
    ("The Houthis hold the town of Marib in Yemen.", "ansar-allah", "controls", "Marib"),
    pytest.param("Russia has a base in Gyumri in Armenia.", "RUS", "based-at", "Gyumri", marks=pytest.mark.xfail(strict=True, reason="who has a base is not asked, Armenia behind the place is taken for its owner")),
    ("Russia shelled a Ukrainian base near Kharkiv.", "UKR", "based-at", "Kharkiv"),
    pytest.param("The Quds Force is part of the Islamic Revolutionary Guard Corps.", "IRN.QUDS", "part-of", "IRN.IRGC", marks=pytest.mark.xfail(strict=True, reason="be is no VERB for the parser, so `be part of` never fits")),
    ("The Quds Force belongs to the Islamic Revolutionary Guard Corps.", "IRN.QUDS", "part-of", "IRN.IRGC"),
    ("French troops withdrew from Niamey.", "FRA.MIL", "withdrew-from", "Niamey"),
    ("The Wagner Group operates in Mali.", "wagner-group", "present-in", "Mali"),
    ("Armenia and Azerbaijan are enemies.", "ARM", "rival-of", "AZE"),
    ("Abkhazia depends on Russia.", "abkhazia", "depends-on", "RUS"),
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
