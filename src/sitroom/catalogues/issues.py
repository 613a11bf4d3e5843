"""What parties take positions on: the issue list, and which issue the words of a statement are about."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from sitroom.catalogues.entries import Entry
from sitroom.errors import CatalogueFault


class Issue(Entry):
    """Something in dispute; `words` are beginnings of words that speak of it."""

    id: str
    name: str
    words: tuple[str, ...]


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


@cache
def _pattern(issue: Issue) -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(issue.words, key=len, reverse=True))) + ")")


def issues_of(words: str, issues: Iterable[Issue]) -> list[Issue]:
    """The issues that the words are about, the one with the most words found first."""
    text = " ".join(words.lower().split())
    found = [(-len(set(_pattern(issue).findall(text))), place, issue) for place, issue in enumerate(issues)]
    return [issue for count, _, issue in sorted(found, key=lambda one: one[:2]) if count < 0]
