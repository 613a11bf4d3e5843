"""What words such as "yesterday" or "two years ago" beside a date say of the day on which a text was written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sitroom.reports.days import Mention, end_of_month
from sitroom.vocabulary import Period
from sitroom.vocabulary.world import NUMBERS

REPRINT_DAYS = 3
"""A page may carry an agency's words, "today" among them, so many days after they were written."""

_COUNTS = NUMBERS | {"a": 1, "an": 1}
_WORDS = (
    r"(?P<near>yesterday|today|tomorrow|last night|tonight|this morning)"
    r"|(?P<which>earlier this|later this|this|last|next) (?P<unit>week|month|year)"
    rf"|(?P<about>(?:nearly|almost|about|around|some|over|more than) )?(?P<count>\d+|{'|'.join(_COUNTS)})"
    r" (?P<units>day|week|month|year)s? ago"
)
_BEFORE = re.compile(
    rf"\b(?:{_WORDS})(?:['’]s(?: [\w-]+){{1,2}})?[\s,(–—-]*(?:(?:on|in|of)\s+(?:the\s+)?)?$", re.I
)
_AFTER = re.compile(rf"[\s,()–—-]*(?:{_WORDS})\b(?!['’])", re.I)
_WEEKDAY_OF = re.compile(r"\b(?P<which>last|next) $", re.I)
_OWNED = re.compile(
    r"\b(?P<which>this|last|next) (?P<unit>week|month|year)['’]s (?:[\w-]+ )??(?P<noun>[a-z]{4,})\b", re.I
)
_NEAR = {
    "yesterday": (1, 1), "today": (0, 0), "this morning": (0, 0), "tonight": (0, 0), "last night": (0, 1), "tomorrow": (-1, -1)
}  # fmt: skip
_REACH = 60


@dataclass(frozen=True, slots=True)
class Clue:
    """The first and the last day on which something can have been written, and the words that say so."""

    since: date
    until: date
    why: str


def find_clues(text: str, dated: Sequence[tuple[Mention, Period]]) -> list[Clue]:
    """Return what the words beside dates say of when `text` was written; `dated` are dates with the days they mean."""
    clues: list[Clue] = []
    for mention, period in dated:
        if period.start is None or period.end is None:
            continue
        beside = _beside(text, mention) or _named_again(text, mention)
        if beside is None or (seen := _seen_from(beside, mention, period.start, period.end)) is None:
            continue
        words = re.sub(r"^\W+|[\W]*(?:\b(?:on|in|of)(?: the)?)?\W*$", "", beside.group())
        clues.append(Clue(seen[0], seen[1] + timedelta(days=REPRINT_DAYS), f'"{words}" of {period.start}'))
    return clues


def _beside(text: str, mention: Mention) -> re.Match[str] | None:
    before = text[max(0, mention.start - _REACH) : mention.start]
    if mention.weekday is not None and (match := _WEEKDAY_OF.search(before)):
        return match
    return _BEFORE.search(before) or _AFTER.match(text[mention.end : mention.end + _REACH])


def _named_again(text: str, mention: Mention) -> re.Match[str] | None:
    """ "last month's clash ... in the clash on June 17": the same thing, once seen from today and once dated."""
    noun = re.search(r"\b([a-z]{4,}) (?:on|of|in) $", text[max(0, mention.start - _REACH) : mention.start])
    owned = {match["noun"].lower(): match for match in _OWNED.finditer(text)}
    if noun is None or len(re.findall(rf"\b{noun[1]}s\b", text)) > 0:
        return None
    return owned.get(noun[1])


def _seen_from(words: re.Match[str], mention: Mention, start: date, end: date) -> tuple[date, date] | None:
    given = words.groupdict()
    if given.get("near"):
        if mention.day is None:
            return None
        low, high = _NEAR[given["near"].lower()]
        return _moved(start, low), _moved(start, high)
    if given.get("units"):
        return _counted(given, start, end)
    which = given["which"].lower()
    unit = (given.get("unit") or "week").lower()
    if unit == "week" and mention.day is None:
        return None
    return _SPANS[unit](which, start, end)


def _counted(given: dict[str, str | None], start: date, end: date) -> tuple[date, date]:
    """ "Two years ago" is said from some weeks before the two years are over until the third nearly is."""
    word = (given["count"] or "").lower()
    count = _COUNTS.get(word) or int(word)
    unit = {"day": 1, "week": 7, "month": 30, "year": 365}[(given["units"] or "").lower()]
    low, high = {1: (1, 1), 7: (4, 6), 30: (15, 25), 365: (60, 330)}[unit]
    loose = unit // 4 if given.get("about") else 0
    return _moved(start, count * unit - low - loose), _moved(end, count * unit + high + loose)


def _week(which: str, start: date, end: date) -> tuple[date, date]:
    low, high = {"last": (1, 13), "next": (-13, -1), "earlier this": (0, 6), "later this": (-6, 0)}.get(
        which, (-6, 6)
    )
    return _moved(start, low), _moved(end, high)


def _month(which: str, start: date, end: date) -> tuple[date, date]:
    first, last = start.replace(day=1), end_of_month(end.year, end.month)
    if which == "last":
        return month_after(last)
    if which == "next":
        return _moved(first, -1).replace(day=1), _moved(first, -1)
    return (start if which == "earlier this" else first), (end if which == "later this" else last)


def _year(which: str, start: date, end: date) -> tuple[date, date]:
    year = start.year + {"last": 1, "next": -1}.get(which, 0)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return (start if which == "earlier this" else first), (end if which == "later this" else last)


_SPANS: dict[str, Callable[[str, date, date], tuple[date, date]]] = {
    "week": _week,
    "month": _month,
    "year": _year,
}


def month_after(day: date) -> tuple[date, date]:
    """The first and the last day of the month after that of `day`."""
    first = _moved(end_of_month(day.year, day.month), 1)
    return first, end_of_month(first.year, first.month)


def _moved(day: date, days: int) -> date:
    return day + timedelta(days=days)
