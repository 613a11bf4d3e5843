"""Whom a protest or a condemnation is aimed at where no object says so: opponents of X, those who rule where a ban holds."""

from collections.abc import Callable

import pytest
from expecting import the_event

from sitroom.vocabulary import Coded

Code = Callable[..., Coded]
DAY = "2024-05-15"

RULERS = [
    ("Germany criticised the closure of newspapers in Belarus.", "DEU", "BLR"),
    ("Canada condemned the arrest of activists in Turkey.", "CAN", "TUR"),
    ("Austria criticised the media ban in Mali.", "AUT", "MLI"),
    ("Norway condemned the detention of journalists in Managua.", "NOR", "NIC"),
    # who did it is named
    ("Chad condemned the arrest of rebels by Sudanese police in Darfur.", "TCD", "SDN.POL"),
    ("Australia condemned Cambodia's crackdown on the opposition.", "AUS", "KHM"),
    ("Ghana criticised the closure of the Nigerian embassy in Niger.", "GHA", "NGA.MFA"),
]


@pytest.mark.parametrize(("text", "actor", "blamed"), RULERS)
def test_who_condemns_a_ban_condemns_those_who_rule_there(
    code: Code, text: str, actor: str, blamed: str
) -> None:
    the_event(code(text, DAY), "ACCUSE", [actor], [blamed])


HARMED = [
    ("The African Union condemned the violence against Ethiopian troops in Gambella.", "african-union", []),
    ("Ghana condemned the attack on Malian villagers.", "GHA", []),
    ("Ghana condemned the attack by Togo on Malian villagers.", "GHA", ["TGO"]),
    ("Ghana condemned Togo's attack on Malian villagers.", "GHA", ["TGO"]),
]


@pytest.mark.parametrize(("text", "actor", "blamed"), HARMED)
def test_who_is_harmed_is_not_condemned(code: Code, text: str, actor: str, blamed: list[str]) -> None:
    the_event(code(text, DAY), "ACCUSE", [actor], blamed)


OPPONENTS = [
    ("Opponents of Georgia's parliament protested in Tbilisi.", "GEO", ["GEO.LEG"]),
    ("Opponents of the Ugandan government rallied in Kampala.", "UGA", ["UGA.GOV"]),
    ("Critics of Nicolas Maduro demonstrated in Caracas.", "VEN", ["nicolas-maduro"]),
    ("Opponents of the dam protested in Khartoum.", None, []),
]


@pytest.mark.parametrize(("text", "country", "against"), OPPONENTS)
def test_opponents_protest_against_whom_they_oppose(
    code: Code, text: str, country: str | None, against: list[str]
) -> None:
    event = the_event(code(text, DAY), "PROTEST", recipients=against)
    assert [(actor.country, actor.sector) for actor in event.actors] == [(country, "CVL")]
