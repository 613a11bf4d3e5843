"""Lists of parties: lands in a row, "lawmakers in X and Y" as parties of each land, leaders and envoys of several."""

from collections.abc import Callable

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]
Party = tuple[str | None, str | None]
DAY = "2024-05-15"


def parties(text: str, act: str, code: Code) -> tuple[list[Party], list[Party]]:
    """Country and sector of the actors and of the recipients of the one event of the act."""
    event = the_event(code(text, DAY), act)
    return [(a.country, a.sector) for a in event.actors], [(r.country, r.sector) for r in event.recipients]


OF_EACH = [
    ("Officials in Kenya and Uganda praised Rwanda.", "SUPPORT", [("KEN", "GOV"), ("UGA", "GOV")]),
    ("Lawmakers from Serbia and Kosovo criticised Albania.", "ACCUSE", [("SRB", "LEG"), ("KOS", "LEG")]),
    ("Protesters in Chad and Niger condemned France.", "ACCUSE", [("TCD", "CVL"), ("NER", "CVL")]),
    ("Officials in Lima and Colombia condemned Venezuela.", "ACCUSE", [("PER", "GOV"), ("COL", "GOV")]),
    (
        "Ministers and lawmakers in Armenia and Georgia condemned Azerbaijan.",
        "ACCUSE",
        [("ARM", "GOV"), ("GEO", "GOV"), ("ARM", "LEG"), ("GEO", "LEG")],
    ),
    ("Leaders of Kenya and Somalia met in Nairobi.", "CONSULT", [("KEN", "GOV"), ("SOM", "GOV")]),
    ("Representatives of Burundi and Rwanda signed a peace agreement.", "SUPPORT", [("BDI", "GOV"), ("RWA", "GOV")]),
    # who is sent somewhere is not of there
    ("French officials in Mali and Niger criticised Burkina Faso.", "ACCUSE", [("FRA", "GOV")]),
    ("US troops in Iraq and Syria attacked Islamic State.", "ASSAULT", [("USA", "MIL")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "actors"), OF_EACH)
def test_a_body_of_two_lands_is_a_party_of_each(code: Code, text: str, act: str, actors: list[Party]) -> None:
    assert parties(text, act, code)[0] == actors


def test_each_is_called_what_it_is(code: Code) -> None:
    event = the_event(code("Leaders of Kenya and Somalia met in Nairobi.", DAY), "CONSULT")
    assert [actor.name for actor in event.actors] == ["Leaders of Kenya", "Leaders of Somalia"]


IN_A_ROW = [
    ("Kenya, Uganda and the powerful old Ethiopia condemned Sudan.", ["KEN", "UGA", "ETH"]),
    ("Proud Poland, the cautious Finland, and small Estonia condemned Sudan.", ["POL", "FIN", "EST"]),
    ("Peru, Bolivia and the wary Chile condemned Sudan.", ["PER", "BOL", "CHL"]),
    ("Russia, the closest ally of Serbia, and China condemned Sudan.", ["RUS", "CHN"]),
    ("Kenya, a neighbour of Somalia, and Uganda condemned Sudan.", ["KEN", "UGA"]),
]


@pytest.mark.parametrize(("text", "actors"), IN_A_ROW)
def test_lands_in_a_row(code: Code, text: str, actors: list[str]) -> None:
    told = parties(text, "ACCUSE", code)
    assert ([country for country, _ in told[0]], told[1]) == (actors, [("SDN", "GOV")])


HASTY = [
    ("Ghana will restore diplomatic ties with Togo soon officials said.", "SUPPORT", "TGO"),
    ("Kenya will restore diplomatic ties with Somalia tomorrow ministers said.", "SUPPORT", "SOM"),
    ("Peru is about to restore diplomatic ties with Bolivia almost crowds trashed a consulate.", "AGREE", "BOL"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "country"), HASTY)
def test_an_adverb_ends_the_phrase_of_a_name(code: Code, text: str, act: str, country: str) -> None:
    assert parties(text, act, code)[1] == [(country, "GOV")]


@pytest.mark.parametrize(("name", "country"), [("sOmalia", "SOM"), ("eGypt", "EGY"), ("tUrkey", "TUR")])
def test_a_late_shift_key_hides_no_name(code: Code, name: str, country: str) -> None:
    assert parties(f"Kenya wants to help {name}.", "AID", code)[1] == [(country, "GOV")]
