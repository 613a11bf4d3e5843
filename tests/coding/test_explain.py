"""Why a sentence gives an event or none."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from making import make_report
from sitroom.coding.explain import Explanation, as_text, explain

if TYPE_CHECKING:
    from sitroom.coding import Coder

Why = Callable[[str], Explanation]


@pytest.fixture
def why(coder: "Coder") -> Why:
    return lambda text: next(explain(make_report(text), coder))


def test_an_event_is_explained_by_its_word_rule_and_parties(why: Why) -> None:
    found = why("Turkey shelled Manbij on Friday.")
    assert ("shelled", "assault.heavy") in found.known
    (reason,) = found.reasons
    assert (reason.act, reason.actors, reason.dropped) == ("ASSAULT/heavy-weapons", ("Turkey = TUR",), "")
    assert len(found.events) == 1


DROPPED = [
    ("Will Turkey shell Manbij?", "question"),
    ("Turkey came to shell Manbij.", "purpose"),
    ("The lamp attacked the table.", "nobody"),
    ("Turkey met.", "two parties"),
    ("Turkey gave aid.", "needs a recipient"),
]


@pytest.mark.parametrize(("text", "because"), DROPPED)
def test_a_dropped_act_says_why(why: Why, text: str, because: str) -> None:
    found = why(text)
    assert found.events == ()
    assert any(because in reason.dropped for reason in found.reasons)
    assert because in as_text(found)


def test_a_second_telling_says_that_it_was_taken_in(why: Why) -> None:
    found = why("Israeli jets attacked a depot near Homs, killing six fighters.")
    assert len(found.events) == 1
    assert [bool(reason.dropped) for reason in found.reasons] == [False, True]


def test_a_sentence_without_known_words_says_so(why: Why) -> None:
    assert "no word that the lexicon knows" in as_text(why("Snow lay on the hills."))


def test_the_explanation_agrees_with_the_coder(coder: "Coder") -> None:
    report = make_report("Turkey shelled Manbij on Friday. Will it stop? France condemned Turkey.")
    explained = [event.id for one in explain(report, coder) for event in one.events]
    assert explained == [event.id for event in coder.code(report).events]


def test_the_command_explains(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from sitroom.cli.commands import cli

    path = tmp_path / "one.txt"
    path.write_text(
        "date 2021-06-16\n\nTurkey shelled the town of Manbij on Friday, the ministry said in the evening.\n"
    )
    result = CliRunner().invoke(cli, ["code", "--explain", str(path)])
    assert result.exit_code == 0
    assert "event: ASSAULT/heavy-weapons" in result.output


def test_the_command_tries_the_examples_of_a_folder(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from sitroom.cli.commands import cli

    (tmp_path / "lexicon").mkdir()
    rule = '[[rule]]\nid = "mine"\nact = "AID"\nverbs = ["becalm"]\nexamples = [{ text = "It rained.", act = "AID" }]\n'
    (tmp_path / "lexicon" / "mine.toml").write_text(rule)
    result = CliRunner().invoke(cli, ["catalogue", "test", str(tmp_path)])
    assert result.exit_code == 1
    assert "mine: 'It rained.' should give AID, gives no act" in result.output
