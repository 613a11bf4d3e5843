"""What parties take positions on: the issue list, and which issue the words of a statement are about."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault


class Issue(Entry):
    """Something in dispute; `words` are beginnings of words that speak of it."""

    id: str
    name: str
    words: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.id)


class _File(Entry):
    issue: tuple[Issue, ...] = ()


def load_issues(folders: Sequence[Path]) -> tuple[Issue, ...]:
    """Read issues.toml of each folder; a later entry replaces an earlier one of the same id. Raises CatalogueFault."""
    known: dict[str, Issue] = {}
    for folder in folders:
        path = folder / "issues.toml"
        if not path.exists():
            continue
        try:
            entries = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).issue
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            raise CatalogueFault(f"{path}: {error}", hint="an issue has id, name and words") from None
        known |= {entry.id: entry for entry in entries}
    return tuple(known.values())


@lru_cache(maxsize=8)
def _index(issues: tuple[Issue, ...]) -> tuple[re.Pattern[str], Mapping[str, tuple[int, ...]]]:
    """One pattern for the words of all issues, the longest first, and the places of the issues that have each word."""
    places: dict[str, tuple[int, ...]] = {}
    for place, issue in enumerate(issues):
        for word in issue.words:
            places[word] = (*places.get(word, ()), place)
    longest = sorted(places, key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + ")"), places


def issues_of(words: str, issues: Sequence[Issue]) -> list[Issue]:
    """The issues that the words are about, the one with the most words found first."""
    pattern, places = _index(tuple(issues))
    counted = Counter(
        place for word in set(pattern.findall(" ".join(words.lower().split()))) for place in places[word]
    )
    return [issues[place] for place in sorted(counted, key=lambda place: (-counted[place], place))]
