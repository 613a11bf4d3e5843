"""Nouns that stand for actors, from nouns.toml: soldiers, gunmen, officials, jets, bases, and words for offices."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault

NounKind = Literal["body", "troops", "person", "people", "asset", "associate"]


class NounEntry(Entry):
    """Words of one kind; `body` is the suffix of the state body that the noun means (`GOV`, `MIL`)."""

    kind: NounKind
    words: tuple[str, ...]
    sector: str | None = None
    body: str | None = None


class ProxyWords(Entry):
    """Suffixes and prefixes that make an adjective of a name without making it the actor."""

    suffixes: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


class NounFile(Entry):
    """The whole of nouns.toml."""

    noun: tuple[NounEntry, ...] = ()
    proxy: ProxyWords = ProxyWords()
    offices: Mapping[str, str] = {}


@dataclass(frozen=True)
class Nouns:
    """Noun entries by word, proxy suffixes and prefixes, offices by the words for them."""

    by_word: Mapping[str, NounEntry]
    suffixes: frozenset[str]
    prefixes: frozenset[str]
    offices: Mapping[str, str]


def load_nouns(folders: Sequence[Path]) -> Nouns:
    """Read nouns.toml of each folder, later words over earlier ones. Raises CatalogueFault naming the file."""
    by_word: dict[str, NounEntry] = {}
    suffixes: set[str] = set()
    prefixes: set[str] = set()
    offices: dict[str, str] = {}
    for folder in folders:
        path = folder / "nouns.toml"
        if not path.exists():
            continue
        try:
            part = NounFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise CatalogueFault(
                f"{path.name}: {error}", hint="see the bundled nouns.toml for the form"
            ) from error
        for entry in part.noun:
            for word in (*entry.words, *(f"{w[:-3]}men" for w in entry.words if w.endswith("man"))):
                by_word.setdefault(word, entry) if folder == folders[0] else by_word.update({word: entry})
        suffixes |= set(part.proxy.suffixes)
        prefixes |= set(part.proxy.prefixes)
        offices |= dict(part.offices)
    return Nouns(by_word, frozenset(suffixes), frozenset(prefixes), offices)
