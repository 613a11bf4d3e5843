"""Every rule of the lexicon carries an example, and keeps it."""

from typing import TYPE_CHECKING

from sitroom.coding.examples import try_examples, without_examples

if TYPE_CHECKING:
    from sitroom.coding import Coder


def test_every_rule_carries_an_example(coder: "Coder") -> None:
    assert without_examples(coder.lexicon) == ()


def test_every_example_is_kept(coder: "Coder") -> None:
    assert [str(failure) for failure in try_examples(coder.lexicon, coder.nlp)] == []
