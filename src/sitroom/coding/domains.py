"""Is a report about politics and conflict at all? Sport, markets, culture and science borrow the words of war."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault
from sitroom.language.names import Name

POLITICAL_KINDS = frozenset(
    {
        "person", "government", "ministry", "army", "police", "intelligence", "parliament", "court", "office", "armed-group",
        "coalition", "party", "movement", "organisation",
    }
)  # fmt: skip
ENOUGH = 2
"""How many words of another domain it takes."""
LONG, RARE = 40, 0.015
"""A text of so many words with a smaller share of political ones tells of other matters; news of conflict has above 2 %."""


class DomainFile(Entry):
    """The whole of domains.toml: words per other domain, and those of politics."""

    other: Mapping[str, tuple[str, ...]] = {}
    political: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Domains:
    """The domain of each word."""

    other: Mapping[str, tuple[str, ...]]
    political: frozenset[str]

    def foreign_to(self, text: str, names: Sequence[Name]) -> str:
        """The domain that the text belongs to instead of politics, empty for a political text."""
        words = Counter(re.findall(r"[a-z][a-z'-]+", text.lower()))
        hits: Counter[str] = Counter()
        for word, count in words.items():
            for domain in self.other.get(word, ()):
                hits[domain] += count
        known = sum(name.entry.kind in POLITICAL_KINDS for name in names)
        political = known + sum(count for word, count in words.items() if word in self.political)
        total = words.total()
        if total >= LONG and political < RARE * total:
            return "other matters"
        domain, strength = hits.most_common(1)[0] if hits else ("", 0)
        return domain if strength >= ENOUGH and strength > political else ""


def load_domains(folders: Sequence[Path]) -> Domains:
    """Read domains.toml of each folder; words add up. Raises CatalogueFault naming the file."""
    other: dict[str, tuple[str, ...]] = {}
    political: set[str] = set()
    for folder in folders:
        path = folder / "domains.toml"
        if not path.exists():
            continue
        try:
            part = DomainFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise CatalogueFault(
                f"{path.name}: {error}", hint="see the bundled domains.toml for the form"
            ) from error
        for domain, words in part.other.items():
            for word in words:
                other[word] = (*other.get(word, ()), domain)
        political.update(word for words in part.political.values() for word in words)
    return Domains({w: d for w, d in other.items() if w not in political}, frozenset(political))
