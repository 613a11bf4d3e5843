"""What the fields of an article record are called: the caller's names first, then common ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitroom.errors import BadInput


@dataclass(frozen=True, slots=True)
class FieldNames:
    """For each part of an article the names it may go by, in order of preference; case does not matter.

    A dot leads into a nested record ("source.name").
    """

    text: tuple[str, ...] = (
        "text", "body", "content", "article", "fulltext", "full_text", "maintext", "article_text", "body_text", "story",
    )  # fmt: skip
    title: tuple[str, ...] = ("title", "headline", "subject", "heading")
    published: tuple[str, ...] = (
        "published", "date", "published_at", "publishedat", "publication_date", "date_published", "datepublished",
        "pub_date", "pubdate", "datetime", "timestamp", "published_on", "publish_date", "created_at",
    )  # fmt: skip
    url: tuple[str, ...] = ("url", "link", "source_url", "href", "permalink", "web_url", "canonical")
    publisher: tuple[str, ...] = (
        "publisher", "source.name", "source", "outlet", "site", "sitename", "site_name", "newspaper", "agency", "domain",
    )  # fmt: skip
    id: tuple[str, ...] = ("id", "uid", "guid", "article_id", "doc_id", "_id")

    @classmethod
    def of(cls, **names: str) -> "FieldNames":
        """Put the given names before the common ones: `FieldNames.of(text="inhalt")`.

        Raises BadInput for a part that an article does not have.
        """
        common = cls()
        known = ("text", "title", "published", "url", "publisher", "id")
        for part in names:
            if part not in known:
                raise BadInput(f"an article has no part {part!r}", hint=f"known: {', '.join(known)}")
        return cls(**{part: _first(names.get(part), getattr(common, part)) for part in known})

    def has_text(self, columns: Iterable[str]) -> bool:
        """True when one of the columns is a name of the text."""
        return not {column.strip().lower() for column in columns}.isdisjoint(self.text)

    def value(self, part: str, record: Mapping[str, object]) -> object:
        """The first value that is not empty among the names of `part`, else None. Keys of `record` are lower case."""
        for name in getattr(self, part):
            found = _lookup(record, name)
            if found not in (None, "", [], {}):
                return found
        return None

    def words(self, part: str, record: Mapping[str, object]) -> str:
        """The same as text: paragraphs of a list are joined by empty lines, a nested record gives its name."""
        return _words(self.value(part, record))


COMMON_NAMES = FieldNames()
"""What articles are commonly written with."""


def _first(name: str | None, common: tuple[str, ...]) -> tuple[str, ...]:
    return (name.lower(), *common) if name else common


def _lookup(record: Mapping[str, object], name: str) -> object:
    if name in record or "." not in name:
        return record.get(name)
    outer, _, inner = name.partition(".")
    nested = record.get(outer)
    return _lookup(lower_keys(nested), inner) if isinstance(nested, Mapping) else None


def lower_keys(record: Mapping[object, object]) -> dict[str, object]:
    """The record with keys in lower case, stripped."""
    return {str(key).strip().lower(): value for key, value in record.items() if key is not None}


def _words(value: object, depth: int = 4) -> str:
    if value is None or isinstance(value, bool) or not depth:
        return ""
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_words(each, depth - 1) for each in value)))
    if isinstance(value, Mapping):
        inner = lower_keys(value)
        return _words(inner.get("name") or inner.get("text") or inner.get("title"), depth - 1)
    return str(value)
