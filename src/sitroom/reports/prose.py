"""Read plain text and Markdown files, one report each."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from sitroom.errors import UnreadableReport
from sitroom.reports.days import read_published
from sitroom.reports.decoding import decode, read_document
from sitroom.reports.drafts import Draft, refuse_long
from sitroom.reports.fields import FieldNames

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_ENTRY = re.compile(r"^([A-Za-z_ -]{2,30})\s*:\s*(.+?)\s*$", re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.M)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--[\s\S]{0,2000}?-->"), ""),
    (re.compile(r"^(?:```|~~~).*$", re.M), ""),
    (re.compile(r"^[ \t]*\[[^\]\n]{1,200}\]:[ \t]+\S.*$", re.M), ""),
    (re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"\[\^[^\]\n]{1,50}\]"), ""),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>\n]{0,300}>"), ""),
    (re.compile(r"^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.M), ""),
    (re.compile(r"^(?:=+|-{2,})[ \t]*$", re.M), ""),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.M), ""),
    (_HEADING, r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,2000}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"(\*{2,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(_{2,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^[ \t]*[*+][ \t]+", re.M), "- "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])"), r"\1"),
)


def read_text(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a plain text file as one report."""
    yield Draft(name, decode(read_document(stream, name), name))


def read_markdown(stream: BinaryIO, name: str, fields: FieldNames) -> Iterator[Draft | UnreadableReport]:
    """Read a Markdown file as one report: front matter gives metadata, the first heading the title."""
    text = decode(read_document(stream, name), name).lstrip("\ufeff").replace("\r\n", "\n")
    refuse_long(text, name)
    entries: dict[str, object] = {}
    if front := _FRONT_MATTER.match(text):
        entries = {key.strip().lower(): value.strip("\"' ") for key, value in _ENTRY.findall(front[1])}
        text = text[front.end() :]
    heading = _HEADING.search(text)
    yield Draft(
        name=name,
        text=strip_markup(text),
        title=fields.words("title", entries) or (strip_markup(heading[1]) if heading else ""),
        publisher=fields.words("publisher", entries),
        url=fields.words("url", entries),
        published=read_published(fields.value("published", entries)),
    )


def strip_markup(text: str) -> str:
    """Return Markdown as plain text: headings, emphasis, links, images, quotes, rules and comments lose their marks."""
    for pattern, plain in _MARKUP:
        text = pattern.sub(plain, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
