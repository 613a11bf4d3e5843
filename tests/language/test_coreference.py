"""Short ways of naming somebody again: pronouns, "the army", "both sides", and what a headline leaves open."""

from collections.abc import Callable

import pytest

from sitroom.vocabulary import Actor

Whom = Callable[..., list[Actor]]

AGAIN = [
    pytest.param(
        "Niger's junta rejects the presence of Wagner. On Friday it told France to leave.",
        "it",
        ["NER.GOV"],
        id="it is the topic of the sentence before",
    ),
    pytest.param(
        "Myanmar's army burned a village. A French national was wounded when the army returned.",
        "army",
        ["MMR.MIL"],
        id="the army is the one spoken of, not that of a stranger's country",
    ),
    pytest.param(
        "Fighting raged in Hodeidah between the Houthis and Yemen's government. Oman and Qatar urged both sides to stop.",
        "sides",
        ["ansar-allah", "YEM.GOV"],
        id="both sides are those set against each other, not the last named",
    ),
    pytest.param(
        "Ethiopia's army and the TPLF blamed each other on Monday. Kenya and Djibouti called on the warring parties to talk.",
        "parties",
        ["ETH.MIL", "tplf"],
        id="who blame each other are the parties",
    ),
    pytest.param(
        "Colombia's government and the ELN agreed on a truce. The two sides will meet in Quito.",
        "sides",
        ["COL.GOV", "eln"],
        id="who agree are the two sides, though of one country",
    ),
]


@pytest.mark.parametrize(("text", "word", "expected"), AGAIN)
def test_whom_a_short_name_means(whom: Whom, text: str, word: str, expected: list[str]) -> None:
    assert [actor.id for actor in whom(text, word)] == expected


def test_a_headline_is_read_with_the_text_below_it(whom: Whom) -> None:
    text = "Warring sides agree to truce in Sudan\n\nThe truce between Sudan's army and the Rapid Support Forces begins today."
    assert [actor.id for actor in whom(text, "sides")] == ["SDN.MIL", "rapid-support-forces"]


def test_the_two_are_the_persons_named_in_the_same_sentence(whom: Whom) -> None:
    text = (
        "Mali and Chad fear the group. Sergei Shoigu spoke with Avigdor Lieberman when the two met in Moscow."
    )
    assert [actor.id for actor in whom(text, "two", "2018-05-31")] == ["sergei-shoigu", "avigdor-lieberman"]


def test_an_army_camp_belongs_to_the_country_that_does_not_attack(whom: Whom) -> None:
    assert [a.id for a in whom("Israeli jets attacked an army camp near Damascus.", "camp")] == ["SYR.MIL"]
    assert whom("Israeli jets attacked an army camp.", "camp") == []


def test_sides_that_nobody_names_stay_as_written(whom: Whom) -> None:
    (actor,) = whom("The warring sides agreed to a truce.", "sides")
    assert (actor.id, actor.country) == (None, None)
