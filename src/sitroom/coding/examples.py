"""Try the examples that lexicon rules carry: each says what its rule must make of a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitroom.coding.acts import find_acts
from sitroom.coding.lexicon import Example, Lexicon, RuleEntry
from sitroom.coding.modality import Act, settle
from sitroom.coding.turning import TURNING
from sitroom.language.parse import Model, parse
from sitroom.language.tree import Doc


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that its rule does not fulfil: what was wanted and what the lexicon made of the sentence."""

    rule: str
    text: str
    wanted: str
    found: tuple[str, ...]

    def __str__(self) -> str:
        found = "; ".join(self.found) or "no act"
        return f"{self.rule}: {self.text!r} should give {self.wanted or 'no act'}, gives {found}"


def try_examples(lexicon: Lexicon, nlp: Model, rules: Iterable[str] | None = None) -> Iterator[Failure]:
    """Yield the examples that fail, of the rules named or of all.

    An example with an act is fulfilled by that act with the rule among its layers; one without by no act at all.
    """
    chosen = [lexicon.rules[name] for name in rules] if rules is not None else list(lexicon.rules.values())
    pairs = [(rule, example) for rule in chosen for example in rule.examples]
    docs = parse((example.text for _, example in pairs), nlp)
    for (rule, example), doc in zip(pairs, docs, strict=True):
        failure = _try(rule, example, doc, lexicon)
        if failure is not None:
            yield failure


def _try(rule: RuleEntry, example: Example, doc: Doc, lexicon: Lexicon) -> Failure | None:
    acts = [settle(act, own_word=True, turning=False, table=TURNING) for act in find_acts(doc, lexicon)]
    right = any(_name(act) == example.act and rule.id in act.layers for act in acts)
    if right or (not example.act and not acts):
        return None
    found = tuple(f"{_name(act)} by {'+'.join(act.layers)}" for act in acts)
    return Failure(rule.id, example.text, example.act, found)


def _name(act: Act) -> str:
    return f"{act.type}/{act.mode}" if act.mode else act.type


def without_examples(lexicon: Lexicon) -> tuple[str, ...]:
    """Ids of the rules that carry no example."""
    return tuple(rule.id for rule in lexicon.rules.values() if not rule.examples)
