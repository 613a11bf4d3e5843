"""An analyst's own folder changes what is coded, without a line of code."""

from pathlib import Path

import pytest
from expecting import no_event, the_event, the_relation

from making import make_report
from sitroom.catalogues import bundled
from sitroom.catalogues.nouns import load_nouns
from sitroom.coding import Coder, load_coder
from sitroom.coding.examples import try_examples

ACTOR = """
[[actor]]
id = "salt-river-front"
name = "Salt River Front"
kind = "armed-group"
country = "TCD"
sector = "REB"
aliases = ["SRF"]
"""
RULE = """
[[rule]]
id = "my.drench"
act = "ASSAULT/heavy-weapons"
verbs = ["drench"]
recipients = ["object"]
examples = [{ text = "The battery drenched the valley.", act = "ASSAULT/heavy-weapons" }]

[[rule]]
id = "my.wrong"
act = "AID"
verbs = ["becalm"]
examples = [{ text = "The fleet becalmed the coast.", act = "ASSAULT" }]
"""
NOUNS = """
[[noun]]
kind = "people"
sector = "REB"
words = ["saltrider"]
"""
RELATIONS = """
[[relation]]
id = "quarrels-with"
verbs = ["quarrel with"]
"""
TEXT = "The SRF drenched the Chadian army near Faya on Friday. Saltriders abducted a judge. The SRF quarrelled with Chad."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("catalogue")
    (home / "actors").mkdir()
    (home / "lexicon").mkdir()
    (home / "actors" / "my.toml").write_text(ACTOR)
    (home / "lexicon" / "my.toml").write_text(RULE)
    (home / "lexicon" / "relations.toml").write_text(RELATIONS)
    (home / "nouns.toml").write_text(NOUNS)
    return home


@pytest.fixture(scope="module")
def mine(folder: Path) -> Coder:
    return load_coder([folder])


def test_without_the_folder_nothing_is_known_of_it(coder: Coder) -> None:
    coded = coder.code(make_report(TEXT))
    no_event(coded, "ASSAULT/heavy-weapons")
    assert all(actor.sector != "REB" for event in coded.events for actor in event.actors)


def test_with_the_folder_its_actors_rules_and_nouns_count(mine: Coder) -> None:
    coded = mine.code(make_report(TEXT))
    event = the_event(coded, "ASSAULT/heavy-weapons", ["salt-river-front"], ["TCD.MIL"])
    assert event.rule == "my.drench"
    abduction = the_event(coded, "ASSAULT/abduct")
    assert [actor.sector for actor in abduction.actors] == ["REB"]
    the_relation(coded, "salt-river-front", "quarrels-with", "TCD")


def test_the_bundled_catalogue_still_counts(mine: Coder) -> None:
    assert "abduct" in {event.mode for event in mine.code(make_report(TEXT)).events}
    assert load_nouns([bundled()]).by_word["soldier"] == mine.nouns.by_word["soldier"]


def test_a_wrong_example_is_told(mine: Coder) -> None:
    failures = list(try_examples(mine.lexicon, mine.nlp, ["my.drench", "my.wrong"]))
    assert [failure.rule for failure in failures] == ["my.wrong"]
    assert "should give ASSAULT, gives AID" in str(failures[0])
