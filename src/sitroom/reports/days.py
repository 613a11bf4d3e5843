"""Find and read calendar days as English reports write them, with or without a year; no clock is consulted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sitroom.vocabulary import Period

_MONTH_NAMES = (
    ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",), ("June", "Jun"),
    ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("October", "Oct"), ("November", "Nov"),
    ("December", "Dec"),
)  # fmt: skip
_MONTHS = {name.lower(): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_EPOCH_MILLISECONDS = 100_000_000_000

MONTH = "(?:" + "|".join(f"{n}|{n.upper()}" for names in _MONTH_NAMES for n in names) + ")"
_WEEKDAY = (
    r"(?:(?P<weekday>[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)(?:s|nes|rs|ur)?(?:day)?\.?,?\s+)?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:the )?(?:end|beginning|start|middle) of)"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)([-/.])(?P<month>[01]\d)\2(?P<day>[0-3]\d)(?!\d)",
        r"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\." + _YEAR,
        rf"\b{_WEEKDAY}(?<![\d.,]){_DAY}(?: of)?[ -](?P<name>{MONTH})\b\.?(?:,?[ -]{_YEAR})?",
        rf"\b{_WEEKDAY}(?P<name>{MONTH})\.? {_DAY}(?![\d:])(?:(?:,|\s)\s?{_YEAR})?",
        rf"(?<!\d[ -])\b(?:{_PART}[ -])?(?P<name>{MONTH})\b\.?,?(?: of)? {_YEAR}",
        rf"\b(?:{_PART}[ -]|(?:[Ii]n|[Ss]ince|[Ll]ast|[Dd]uring|[Uu]ntil) )(?P<name>{MONTH})\b(?![ ]\d)",
    )
)
_YEAR_AT = re.compile(r"(?:19|20)\d\d")
_MONTH_AT = re.compile(rf"\b{MONTH}\b")
_REACH = 40
_SLASHED = re.compile(r"^(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>(?:19|20)\d\d)\b")
_COMPACT = re.compile(r"^(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?\d{4,6}Z?)?$")
_YEAR_MONTH = re.compile(r"^(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)$")
_EPOCH = re.compile(r"^\d{9,13}(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it stands in a text at `start:end`; `year` or `day` are None where not written.

    `weekday` counts from Monday = 0. `part` is "early", "mid", "late" or "" and only goes with a whole month.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    weekday: int | None = None
    part: str = ""

    def period(self, year: int | None = None) -> Period | None:
        """The days meant, with `year` where none is written; None if there is no year or no such day."""
        year = self.year or year
        if year is None:
            return None
        try:
            if self.day is not None:
                return Period.day(date(year, self.month, self.day))
            first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}.get(self.part, (1, 0))
            return Period(date(year, self.month, first), end_of_month(year, self.month, last), "explicit")
        except ValueError:
            return None


def end_of_month(year: int, month: int, day: int = 0) -> date:
    """The last day of a month, or `day` of it where given."""
    if day:
        return date(year, month, day)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def find_days(text: str) -> list[Mention]:
    """Return the dates and months named in `text`, in order, without overlaps."""
    found: list[Mention] = []
    taken: set[int] = set()
    for forms, anchor in ((_FORMS[:2], _YEAR_AT), (_FORMS[2:], _MONTH_AT)):
        stretches = _around(anchor, text)
        for form in forms:
            for match in (match for start, end in stretches for match in form.finditer(text, start, end)):
                mention = _mention(match)
                if mention is not None and taken.isdisjoint(range(mention.start, mention.end)):
                    taken.update(range(mention.start, mention.end))
                    found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _around(anchor: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where a date may stand: stretches around each anchor, put together where they meet (a matter of speed only)."""
    stretches: list[tuple[int, int]] = []
    for match in anchor.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _mention(match: re.Match[str]) -> Mention | None:
    parts = match.groupdict()
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    day = int(parts["day"]) if parts.get("day") else None
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    weekday = _WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
    year = int(parts["year"]) if parts.get("year") else None
    mention = Mention(match.start(), match.end(), year, month, day, weekday, _part(parts.get("part")))
    return mention if mention.period(year or 2000) is not None else None


def _part(words: str | None) -> str:
    if not words:
        return ""
    words = words.lower()
    if "end" in words or words == "late":
        return "late"
    return "mid" if "mid" in words else "early"


def read_published(value: object) -> Period | None:
    """Read a publication date from a record or a line: ISO, RFC 2822, "3 March 2022", Unix time, or a month.

    Day and month of a date such as 03/04/2022 cannot be told apart: that gives None rather than a guess.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    text = str(value).strip()[:80]
    if _EPOCH.match(text):
        return _from_compact(text) or _from_epoch(float(text))
    return next(_readings(text), None)


def _readings(text: str) -> Iterator[Period]:
    if (compact := _from_compact(text)) is not None:
        yield compact
    if match := _SLASHED.match(text):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        if first > 12 or first == second:
            first, second = second, first
        if second > 12 or first == second:
            yield from _period(year, first, second)
        return
    if match := _YEAR_MONTH.match(text):
        yield from _period(int(match["year"]), int(match["month"]), None)
    mentions = [mention for mention in find_days(text) if mention.year is not None]
    for mention in sorted(mentions, key=lambda mention: mention.day is None):
        period = mention.period()
        if period is not None:
            yield period


def _from_compact(text: str) -> Period | None:
    match = _COMPACT.match(text)
    return next(_period(int(match["year"]), int(match["month"]), int(match["day"])), None) if match else None


def _period(year: int, month: int, day: int | None) -> Iterator[Period]:
    period = Mention(0, 0, year, month, day).period() if 1 <= month <= 12 else None
    if period is not None:
        yield period


def _from_epoch(seconds: float) -> Period | None:
    if not 0 < seconds < 1e14:
        return None
    if seconds > _EPOCH_MILLISECONDS:
        seconds /= 1000
    try:
        return Period.day(datetime.fromtimestamp(seconds, tz=UTC).date())
    except (OverflowError, OSError, ValueError):
        return None
