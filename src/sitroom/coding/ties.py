"""The rules of relations, as data: which words put two actors, or an actor and a place, in a standing relation."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault


class RelationRule(Entry):
    """One relation and the words for it; see relations.toml for what each list means."""

    id: str
    verbs: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    bonds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    place: bool = False
    examples: tuple[str, ...] = ()


class RelationFile(Entry):
    """The whole of relations.toml."""

    relation: tuple[RelationRule, ...] = ()


@dataclass(frozen=True)
class RelationWords:
    """Relation rules by word, one table per construction."""

    verbs: Mapping[str, tuple[tuple[str, RelationRule], ...]]
    titles: Mapping[str, RelationRule]
    bonds: Mapping[str, RelationRule]
    acts: Mapping[str, RelationRule]
    places: Mapping[str, RelationRule]
    adjectives: Mapping[str, RelationRule]
    prefixes: Mapping[str, RelationRule]
    rules: tuple[RelationRule, ...] = field(default=())


def load_relation_words(folders: Sequence[Path]) -> RelationWords:
    """Read relations.toml of each lexicon folder; the same id replaces. Raises CatalogueFault naming the file."""
    rules: dict[str, RelationRule] = {}
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
    verbs: dict[str, list[tuple[str, RelationRule]]] = {}
    for rule in rules.values():
        for text in rule.verbs:
            first, _, rest = text.partition(" ")
            verbs.setdefault(first, []).append((rest, rule))
    ordered = {word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in verbs.items()}

    def table(kind: str) -> dict[str, RelationRule]:
        return {word: rule for rule in rules.values() for word in getattr(rule, kind)}

    return RelationWords(
        ordered,
        table("titles"),
        table("bonds"),
        table("acts"),
        table("places"),
        table("adjectives"),
        table("prefixes"),
        tuple(rules.values()),
    )
