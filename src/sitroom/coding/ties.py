"""The rules of relations, as data: which words put two actors, or an actor and a place, in a standing relation."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault


class RelationRule(Entry):
    """One relation and the words for it; see relations.toml for what each list means."""

    id: str
    verbs: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    bonds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    place: bool = False
    owned: bool = False
    examples: tuple[str, ...] = ()


class RelationFile(Entry):
    """The whole of relations.toml."""

    relation: tuple[RelationRule, ...] = ()
    having: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerbPattern:
    """What must follow a verb: plain words in order, and a class that its object belongs to ("" for any).

    `turned` says that the object stands in the relation to the subject ("is under the control of").
    """

    rule: RelationRule
    rest: tuple[str, ...]
    slot: str
    turned: bool


@dataclass(frozen=True)
class RelationWords:
    """Relation rules by word, one table per construction."""

    verbs: Mapping[str, tuple[VerbPattern, ...]]
    titles: Mapping[str, RelationRule]
    bonds: Mapping[str, RelationRule]
    acts: Mapping[str, RelationRule]
    places: Mapping[str, RelationRule]
    holds: Mapping[str, RelationRule]
    adjectives: Mapping[str, RelationRule]
    prefixes: Mapping[str, RelationRule]
    having: frozenset[str]
    rules: tuple[RelationRule, ...] = field(default=())


def load_relation_words(folders: Sequence[Path]) -> RelationWords:
    """Read relations.toml of each lexicon folder; the same id replaces. Raises CatalogueFault naming the file."""
    rules: dict[str, RelationRule] = {}
    having: set[str] = set()
    for folder in folders:
        path = folder / "relations.toml"
        if not path.exists():
            continue
        try:
            part = RelationFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise CatalogueFault(
                f"{path.name}: {error}", hint="see the bundled relations.toml for the form"
            ) from error
        rules.update({rule.id: rule for rule in part.relation})
        having.update(part.having)

    def table(kind: str) -> dict[str, RelationRule]:
        return {word: rule for rule in rules.values() for word in getattr(rule, kind)}

    return RelationWords(
        _index_verbs(rules.values()),
        table("titles"),
        table("bonds"),
        table("acts"),
        table("places"),
        table("holds"),
        table("adjectives"),
        table("prefixes"),
        frozenset(having),
        tuple(rules.values()),
    )


def _index_verbs(rules: Iterable[RelationRule]) -> dict[str, tuple[VerbPattern, ...]]:
    """Patterns by their verb, the most specific first."""
    found: dict[str, list[VerbPattern]] = {}
    for rule in rules:
        for text, turned in [(t, False) for t in rule.verbs] + [(t, True) for t in rule.turned]:
            verb, *rest = text.split()
            slot = next((word[1:-1] for word in rest if word.startswith("<")), "")
            plain = tuple(word for word in rest if not word.startswith("<"))
            found.setdefault(verb, []).append(VerbPattern(rule, plain, slot, turned))
    return {
        verb: tuple(sorted(patterns, key=lambda p: -2 * len(p.rest) - bool(p.slot)))
        for verb, patterns in found.items()
    }
