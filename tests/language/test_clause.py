"""Who fills which slot of a clause: actives, passives, control, relatives, coordination, event nouns."""

import pytest

from sitroom.language import clause
from sitroom.language.parse import load_model, parse
from sitroom.language.tree import Doc, Token


def parsed(text: str) -> Doc:
    return next(parse([text], load_model()))


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


# sentence, verb, who does it, to whom it is done
SLOTS = [
    ("The army shelled the village.", "shelled", ["army"], ["village"]),
    ("The village was shelled by the army.", "shelled", ["army"], ["village"]),
    ("The village was shelled.", "shelled", [], ["village"]),
    ("Two villages and a town were shelled.", "shelled", [], ["villages", "town"]),
    ("The rebels and the army attacked the port.", "attacked", ["rebels", "army"], ["port"]),
    ("The rebels attacked the port and burned the market.", "burned", ["rebels"], ["market"]),
    ("The village was shelled and burned by the army.", "burned", ["army"], ["village"]),
    # control and raising
    ("The rebels want to seize the port.", "seize", ["rebels"], ["port"]),
    ("The rebels promised to free the hostages.", "free", ["rebels"], ["hostages"]),
    ("The council urged the rebels to free the hostages.", "free", ["rebels"], ["hostages"]),
    ("The president ordered the army to leave the town.", "leave", ["army"], ["town"]),
    ("The militia threatened to burn the village.", "burn", ["militia"], ["village"]),
    ("The rebels began shelling the port.", "shelling", ["rebels"], ["port"]),
    ("The army is accused of shelling the port.", "shelling", ["army"], ["port"]),
    ("The envoy promised the rebels to visit the camp.", "visit", ["envoy"], ["camp"]),
    # relatives and participles
    ("The militia that attacked the port has fled.", "attacked", ["militia"], ["port"]),
    ("The port that the militia attacked lies north.", "attacked", ["militia"], ["port"]),
    ("The port attacked by the militia lies north.", "attacked", ["militia"], ["port"]),
    ("Gunmen riding motorcycles attacked the post.", "attacked", ["Gunmen"], ["post"]),
    ("The army attacked the post, killing the guard.", "killing", ["army"], ["guard"]),
    ("After attacking the post, the gunmen fled.", "attacking", ["gunmen"], ["post"]),
    # who does not act
    ("The village near the army shelled nobody.", "shelled", ["village"], ["nobody"]),
    ("The envoy said the rebels attacked the port.", "attacked", ["rebels"], ["port"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verb", "doers", "done_to"), SLOTS, ids=[s[0] for s in SLOTS])
def test_slots_of_a_verb(text: str, verb: str, doers: list[str], done_to: list[str]) -> None:
    token = word(parsed(text), verb)
    assert texts(clause.expand(clause.subjects(token))) == doers
    assert texts(clause.expand(clause.patients(token))) == done_to


NOUNS = [
    ("The army's attack on the port failed.", "attack", ["army"], "on", ["port"]),
    pytest.param(
        "An attack by rebels on the port failed.",
        "attack",
        ["rebels"],
        "on",
        ["port"],
        marks=pytest.mark.xfail(
            strict=True, reason="the parser hangs `on` on the rebels, and nobody looks there"
        ),
    ),
    ("Talks between Cairo and Khartoum failed.", "Talks", ["Cairo", "Khartoum"], "with", []),
    ("Heavy shelling by the army on a camp killed nine people.", "shelling", ["army"], "on", ["camp"]),
    ("Indiscriminate shelling by the M23 killed nine in Sake.", "shelling", ["M23"], "on", []),
    ("Its attack against two camps failed.", "attack", ["Its"], "against", ["camps"]),
]


@pytest.mark.parametrize(("text", "noun", "doers", "slot", "objects"), NOUNS, ids=str)
def test_slots_of_an_event_noun(
    text: str, noun: str, doers: list[str], slot: str, objects: list[str]
) -> None:
    token = word(parsed(text), noun)
    assert texts(clause.expand(clause.noun_subjects(token))) == doers
    assert texts(clause.prep_objects(token, slot)) == objects


PASSIVES = [
    ("The town was taken.", "taken", True),
    ("The town has been taken.", "taken", True),
    ("They have taken the town.", "taken", False),
    ("The town taken by rebels is quiet.", "taken", True),
    ("They took the town.", "took", False),
    ("The town was taken and burned.", "burned", True),
]


@pytest.mark.parametrize(("text", "verb", "wanted"), PASSIVES)
def test_passives(text: str, verb: str, wanted: bool) -> None:
    assert clause.is_passive(word(parsed(text), verb)) is wanted


def test_a_quantity_stands_for_what_it_counts() -> None:
    doc = parsed("The rebels freed dozens of prisoners.")
    assert clause.through_quantity(word(doc, "dozens")).text == "prisoners"


def test_a_noun_knows_the_verb_that_governs_it() -> None:
    doc = parsed("The rebels carried out an attack.")
    governor = clause.governor_verb(word(doc, "attack"))
    assert governor is not None
    assert governor.text == "carried"


LOOPS = [
    "",
    "Who?",
    "And.",
    "Talks talks talks.",
    "The army the army shelled shelled.",
    "“",
    "said said said said said",
]


@pytest.mark.parametrize("text", LOOPS)
def test_broken_grammar_ends(text: str) -> None:
    for token in parsed(text):
        clause.subjects(token)
        clause.patients(token)
        clause.noun_subjects(token)
        clause.governor_verb(token)
