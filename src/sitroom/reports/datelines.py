"""Read what stands at the head of a report: header lines ("Date: ..."), a dateline, a headline."""

import re
from dataclasses import dataclass
from datetime import date

from sitroom.reports.days import MONTH, Mention, find_days, read_published
from sitroom.vocabulary import Period

_DATE_WORDS = r"(?:date|published(?: on)?|publication date|posted(?: on)?|pubdate|updated|last updated)"
_DATE = (
    r"(?:\d{4}[-/]\d{2}[-/]\d{2}(?:T\d{2}:\d{2}\S*)?"
    rf"|(?:\w{{3,9}}\.?,? )?\d{{1,2}}(?:st|nd|rd|th)?[ -](?:(?:of )?(?i:{MONTH}))\.?,?[ -]\d{{4}}"
    rf"|(?:\w{{3,9}}, )?(?i:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))*)?"
_DATE_FIRST = re.compile(rf"(?i:{_DATE_WORDS})\s*[:=]?\s+(?P<date>{_DATE}){_TIME}(?:[ \t]*\n\s*|[ \t]+|$)")
_ISO_LINE = re.compile(rf"(?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?:T\S*)?){_TIME}[ \t]*(?:\n\s*|$)")
_HEADER = re.compile(
    rf"(?i:(?P<key>title|headline|subject|source|publisher|outlet|agency|url|link|{_DATE_WORDS}))[ \t]*:[ \t]*(?P<value>\S[^\n]*?)[ \t]*(?:\n\s*|$)"
)
_DATE_LINE = re.compile(rf"(?:(?i:{_DATE_WORDS})\s*:?\s*)?(?P<date>{_DATE}){_TIME}\s*$")

_CAPS = r"[A-Z][A-Z'’.]+(?:[ /-][A-Z][A-Z'’.]*)*"
_REGION = r"(?:, (?:[A-Z][\w.'’]+)(?: (?:of |the )?[A-Z][\w.'’]+){0,2}?)"
_DAY_MONTH = (
    rf"(?:(?:\w{{3,9}}, )?(?:\d{{1,2}} {MONTH}|{MONTH}\.? \d{{1,2}})(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_AGENCY = r"\((?P<agency>[A-Z][\w .&'’/-]{1,40})\)"
_DASH = r"[ ]?(?:--|—|–|-(?!\w)|-(?=[A-Z]))\s*"
_OPENS = r"(?=[\"'“‘«(\[]?[A-Z0-9])"
_AGENCY_LINE = re.compile(
    rf"(?:(?P<place>{_CAPS})(?P<region>{_REGION})??[,.]? ?)?(?P<day>{_DAY_MONTH})?,?\.? ?{_AGENCY}(?:{_DASH}|[.:]? +){_OPENS}"
)
_DATED_LINE = re.compile(
    rf"(?P<place>{_CAPS}|[A-Z]\w+)(?P<region>{_REGION})??, (?P<day>{_DAY_MONTH}){_DASH}{_OPENS}"
)
_DATED_AGENCY = re.compile(
    rf"(?P<place>{_CAPS})\. (?P<day>{_DAY_MONTH})\. (?P<agency>[A-Z]{{3,}}){_DASH}{_OPENS}"
)
_PLACE_LINE = re.compile(rf"(?P<place>{_CAPS})(?P<region>{_REGION})?(?: --| —| –| -) {_OPENS}")
_BARRED = re.compile(
    rf"(?:(?P<day>{_DAY_MONTH})\s*\|\s*(?P<place>[A-Z]\w+(?:[ ,]+[A-Z]\w+)*)"
    rf"|(?P<place2>[A-Z]\w+(?:[ ,]+[A-Z]\w+)*)\s*\|\s*(?P<day2>{_DAY_MONTH}))\s*(?:\||\n|$|{_DASH})"
)
_DATELINES = (_BARRED, _AGENCY_LINE, _DATED_AGENCY, _DATED_LINE, _PLACE_LINE)
_TERMINAL = re.compile(r"[.!?…:;,](?:[\"'”’»)\]]|\s)*$|[\"”»]\s*$")
_HEADLINE_LENGTH = 200
_HEAD_BLOCKS = 4
_HEADER_LINES = 8


@dataclass(frozen=True, slots=True)
class Header:
    """What the header lines of a text say; `published` is None and strings are empty where they say nothing."""

    published: Period | None = None
    title: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words before the first sentence that say where, when and by whom it was filed, at `start:end`."""

    start: int
    end: int
    place: str = ""
    agency: str = ""
    day: Mention | None = None

    def published(self) -> date | None:
        """The day it names, if it names a year."""
        period = self.day.period() if self.day else None
        return period.start if period else None


def strip_header(text: str) -> tuple[Header, str]:
    """Take leading header lines off a clean text: `date 2019-02-27`, `Published: 3 March 2022`, a bare ISO line.

    A date may also stand before the first sentence on the same line. What is returned starts with the text proper.
    """
    found: dict[str, str] = {}
    published: Period | None = None
    rest = text
    for _ in range(_HEADER_LINES):
        match = _DATE_FIRST.match(rest) or _ISO_LINE.match(rest) or _HEADER.match(rest)
        if match is None:
            break
        groups = match.groupdict()
        key = (groups.get("key") or "date").lower()
        if (kind := _header_kind(key)) == "date":
            day = read_published(groups.get("date") or groups["value"])
            if day is None:
                break
            published = published or day
        elif kind in found:
            break
        else:
            found[kind] = groups["value"]
        rest = rest[match.end() :]
    if not rest.strip():
        return Header(), text
    header = Header(published, found.get("title", ""), found.get("publisher", ""), found.get("url", ""))
    return header, rest.strip()


def _header_kind(key: str) -> str:
    if key in ("title", "headline", "subject"):
        return "title"
    if key in ("source", "publisher", "outlet", "agency"):
        return "publisher"
    return "url" if key in ("url", "link") else "date"


def find_date_line(text: str) -> tuple[Period, int, int] | None:
    """Find a line among the first few that is nothing but a date; return it with its offsets."""
    for start, line in _first_lines(text):
        match = _DATE_LINE.match(line)
        if match and (day := read_published(match["date"])) is not None:
            return day, start, start + len(line)
    return None


def find_dateline(text: str) -> Dateline | None:
    """Find the dateline of a clean text, at the start of one of its first lines.

    Known forms: `KYIV, March 2 (Agency) - `, `DAMASCUS, Syria (AP) — `, `EASTERN SYRIA – `, `31 May 2018 | Beirut`,
    `MOSCOW. March 2. AGENCY - `, `(Agency) - `. A place in capitals alone needs a dash and a capital after it.
    """
    for start, line in _first_lines(text):
        for form in _DATELINES:
            match = form.match(line)
            if match:
                return _dateline(start, match)
    return None


def _dateline(start: int, match: re.Match[str]) -> Dateline | None:
    groups = match.groupdict()
    place = groups.get("place") or groups.get("place2") or ""
    if match.re is _PLACE_LINE and sum(letter.isalpha() for letter in place) < 4:
        return None
    words = groups.get("day") or groups.get("day2") or ""
    days = find_days(words)
    end = start + len(match.group().rstrip())
    agency = groups.get("agency") or ""
    return Dateline(start, end, place, agency, days[0] if days else None)


def _first_lines(text: str) -> list[tuple[int, str]]:
    """The first non-empty lines with their offsets; a line of the body ends them (only what precedes it is a head)."""
    lines: list[tuple[int, str]] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[:5000]):
        line = match.group()
        indent = len(line) - len(line.lstrip())
        lines.append((match.start() + indent, line.strip()))
        if len(lines) == _HEAD_BLOCKS or is_ended(line):
            break
    return lines


def is_ended(line: str) -> bool:
    """True when a line ends as sentences do: with a stop, a colon, or a closing quotation mark."""
    return _TERMINAL.search(line) is not None


def find_headline(text: str) -> str:
    """Return the first line of a clean text when it looks like a headline, else "".

    That is: short, no final stop, and then an empty line or a paragraph on one long line.
    """
    line, _, rest = text.partition("\n")
    line = line.strip()
    statement = 3 <= len(line) <= _HEADLINE_LENGTH and not is_ended(line)
    looks = statement or (line.endswith("?") and len(line) < 120)
    apart = re.match(r"[ \t]*\n|[\"“'‘]?[A-Z0-9][^\n]{120}", rest)
    if not looks or not apart or find_dateline(line) or _DATE_LINE.match(line):
        return ""
    return line if rest.strip() else ""
