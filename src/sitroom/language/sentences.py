"""Cut a text into sentences, headlines and missing full stops included; offsets count characters of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "brig",
        "adm",
        "cmdr",
        "sen",
        "rep",
        "gov",
        "pres",
        "hon",
        "rev",
        "st",
        "sr",
        "jr",
        "no",
        "vs",
        "etc",
        "inc",
        "corp",
        "co",
        "ltd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mt",
        "ft",
        "approx",
        "dept",
        "est",
        "fig",
        "al",
        "e.g",
        "i.e",
    ]
)
_FRESH_START = re.compile(
    r"\s+[\"“‘'(]?(?:The|An?|In|On|At|It|Its|He|She|They|We|You|His|Her|Their|Our|This|That|These|Those|There|But|And|Yet|However|After"
    r"|Before|Since|When|While|Although|If|As|For|From|By|With|Under|According|Meanwhile|Earlier|Later|Officials|Both|Some|Many|Most"
    r"|All|No|None|One|Two|Three|What|Why|How|Who)(?![\w-])"
)
"""Words that begin a sentence after "the U.S." or "5 p.m.", where the dot alone does not tell."""
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|[.!?…]+[\"”]?(?=[A-Z“\"][a-zA-Z])")
_OPENER = re.compile(r"\s*[\"“‘'(\[]?[A-Z0-9À-ÞĀ-Ž•–-]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text` is what the parser sees, line breaks turned to spaces, as long as the original."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of the text in order. A line that ends its paragraph, a headline or a list item is one of its own."""
    found = []
    for start, end in _paragraphs(text):
        for first, last in _sentences(text, start, end):
            words = text[first:last]
            stripped = words.strip()
            if any(c.isalnum() for c in stripped):
                first += len(words) - len(words.lstrip())
                found.append(Sentence(first, first + len(stripped), re.sub(r"\s", " ", stripped)))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start, previous = 0, ""
    for line in re.finditer(r"[^\n]*\n?", text):
        words = line.group().strip()
        if not line.group():
            break
        if not words or (previous and _breaks(previous, words)):
            if text[start : line.start()].strip():
                yield start, line.start()
            start = line.start()
        previous = words
    if text[start:].strip():
        yield start, len(text)


def _breaks(previous: str, line: str) -> bool:
    """A line break ends a sentence unless the text plainly runs on: hard-wrapped lines continue in lower case or after a long line."""
    if line[0].islower() or line[0] in ",;)":
        return False
    if previous[-1] in '.!?:"”’)…':
        return True
    return len(previous) < 60 or len(previous) > 110


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _END.finditer(text, start, end):
        if _is_boundary(text, stop, end):
            yield first, stop.end()
            first = stop.end()
    if first < end:
        yield first, end


def _is_boundary(text: str, stop: re.Match[str], end: int) -> bool:
    after = text[stop.end() : end]
    if not after.strip():
        return False
    if stop.group().startswith(("!", "?", "…")):
        return bool(_OPENER.match(after))
    if not _OPENER.match(after):
        return False
    word = re.search(r"[\w.]+$", text[: stop.start()])
    last = word.group().lower() if word else ""
    glued = not after[:1].isspace()
    if glued and (not last or not text[stop.start() - 1].islower()):
        return text[stop.start() - 1 : stop.start()] in ')]”"' and after[:1].isupper()
    if last in ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return False
    return not re.fullmatch(r"(?:[a-z]{1,2}\.)+[a-z]", last) or bool(_FRESH_START.match(after))
