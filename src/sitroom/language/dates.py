"""When: temporal expressions of English news resolved against the publication date, as periods with the rule that gave them.

Unknown stays unknown: an expression that needs a publication date gives nothing in an undated report.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sitroom.vocabulary import Period

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "several": 3, "few": 3, "couple": 2, "couple of": 2, "dozen": 12, "a few": 3,
    "a couple of": 2, "a dozen": 12, "twenty": 20, "fifteen": 15, "thirty": 30,
}  # fmt: skip
UNITS = {
    "day": 1,
    "week": 7,
    "month": 30,
    "year": 365,
    "decade": 3652,
    "hour": 0,
    "weekend": 2,
    "night": 1,
    "quarter": 91,
}

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?P<weekday>" + "|".join(DAYS) + r")s?"
_COUNT = r"(?P<count>\d+|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>" + "|".join(UNITS) + r")s?"
_PART = r"(?:(?P<part>early|late|mid|the end of|end of|the beginning of|the start of|beginning of|start of|the middle of|middle of)[\s-]+)?"
_WHICH = r"(?P<which>last|past|previous|this|next|coming|current|recent|following)"


@dataclass(frozen=True, slots=True)
class Time:
    """A temporal expression in the text: offsets, its words, the period, and whether it opens ("since") or closes a span."""

    start: int
    end: int
    words: str
    period: Period
    opens: bool = False


Rule = tuple[
    str, re.Pattern[str], Callable[[re.Match[str], date, bool], tuple[date | None, date | None] | None]
]


def find_times(
    text: str, published: Period | None, *, offset: int = 0, ahead: bool = False, earlier: date | None = None
) -> list[Time]:
    """Temporal expressions of a sentence in order, longest first where they overlap.

    `published` anchors what is relative; a window gives windows. `ahead` reads a bare weekday or month forward
    (future tense). `earlier` is the last date named before, for "a week later".
    """
    found: list[Time] = []
    taken: list[tuple[int, int]] = []
    for basis, pattern, resolve in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if (
                text[: match.start()]
                .lower()
                .rstrip()
                .endswith((" first time", " only time", " second time", " worst", " best"))
            ):
                continue  # "for the first time in seven years" dates nothing
            period = _resolve(match, resolve, published, ahead, earlier, basis)
            if period is None:
                continue
            taken.append((match.start(), match.end()))
            opener = re.search(
                r"\b(since|from|starting|beginning)\s+(?:the\s+)?$", text[: match.start()], re.I
            )
            opens = bool(opener and opener.group(1).lower() == "since") or basis == "since"
            found.append(Time(offset + match.start(), offset + match.end(), match.group(), period, opens))
    return sorted(found, key=lambda t: t.start)


def _resolve(
    match: re.Match[str], resolve: Callable[[re.Match[str], date, bool], tuple[date | None, date | None] | None],
    published: Period | None, ahead: bool, earlier: date | None, basis: str,
) -> Period | None:  # fmt: skip
    if basis == "later":
        anchors = [earlier] if earlier else []
    elif published is not None and published.end is not None:
        anchors = sorted({published.start or published.end, published.end})
    elif basis == "explicit" and "year" in match.groupdict() and match.group("year"):
        anchors = [date(2000, 1, 1)]
    else:
        anchors = []
    spans = [span for anchor in anchors if (span := _safely(resolve, match, anchor, ahead)) is not None]
    if not spans:
        return None
    starts = [s for s, _ in spans if s is not None]
    ends = [e for _, e in spans if e is not None]
    return Period(
        min(starts, default=None), max(ends, default=None), basis if basis != "later" else "relative"
    )


def _safely(
    resolve: Callable[[re.Match[str], date, bool], tuple[date | None, date | None] | None],
    match: re.Match[str], anchor: date, ahead: bool,
) -> tuple[date | None, date | None] | None:  # fmt: skip
    try:
        return resolve(match, anchor, ahead)
    except (ValueError, OverflowError):
        return None


def _month_span(year: int, month: int, part: str | None) -> tuple[date, date]:
    last = calendar.monthrange(year, month)[1]
    return _part_of(date(year, month, 1), date(year, month, last), part)


def _part_of(start: date, end: date, part: str | None) -> tuple[date, date]:
    if not part:
        return start, end
    days = (end - start).days
    word = part.lower()
    if "early" in word or "start" in word or "beginning" in word:
        return start, start + timedelta(days=days // 3)
    if "mid" in word:
        return start + timedelta(days=days // 3), end - timedelta(days=days // 3)
    return end - timedelta(days=days // 3), end


def _full_date(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    year = int(m["year"])
    day = date(year, MONTHS[m["month"].lower()], int(m["day"]))
    return day, day


def _iso(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    day = date(int(m["year"]), int(m["mm"]), int(m["day"]))
    return day, day


def _day_month(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    month, number = MONTHS[m["month"].lower()], int(m["day"])
    year = (
        anchor.year - 1
        if (m.groupdict().get("which") or "").startswith(("last", "past", "prev"))
        else anchor.year
    )
    day = date(year, month, number)
    if year == anchor.year:
        if day > anchor + timedelta(days=1) and not ahead:
            day = date(year - 1, month, number)
        elif ahead and day < anchor - timedelta(days=31):
            day = date(year + 1, month, number)
    return day, day


def _month_year(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    return _month_span(int(m["year"]), MONTHS[m["month"].lower()], m["part"])


def _month_only(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date] | None:
    word = m["month"].lower()
    if word in {"may", "march", "mar", "sun", "dec"} and not m["month"][0].isupper():
        return None
    month = MONTHS[word]
    year = anchor.year
    if (month, 1) > (anchor.month, anchor.day) and not ahead:
        year -= 1
    elif ahead and month < anchor.month:
        year += 1
    start, end = _month_span(year, month, m["part"])
    return start, min(end, anchor) if not ahead and start <= anchor else end


def _year(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    start, end = _part_of(date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31), m["part"])
    return start, min(end, anchor) if start <= anchor < end and not ahead else end


def _weekday(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    wanted, which = DAYS[m["weekday"].lower()], (m["which"] or "").lower()
    back = (anchor.weekday() - wanted) % 7
    if which in {"next", "coming"} or (ahead and not which):
        forward = (wanted - anchor.weekday()) % 7
        day = anchor + timedelta(days=forward or (7 if which else 0))
    else:
        day = anchor - timedelta(days=back or (7 if which in {"last", "past", "previous"} else 0))
    return day, day


def _named_day(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    word = m["word"].lower()
    shift = {"yesterday": -1, "tomorrow": 1, "overnight": 0, "last night": -1}.get(word, 0)
    day = anchor + timedelta(days=shift)
    return (day - timedelta(days=1), day) if word == "overnight" else (day, day)


def _unit_span(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date | None, date | None] | None:
    """ "last week", "this month", "the past year", "earlier this month"."""
    which, unit = m["which"].lower(), m["unit"].lower()
    if unit == "hour":
        return anchor - timedelta(days=1), anchor
    if which in {"coming", "following"} or (which == "next" and unit in {"day", "decade"}):
        return anchor, anchor + timedelta(days=UNITS[unit])
    if (which in {"past", "recent"} and unit != "year") or unit in {"day", "night", "weekend", "decade"}:
        return anchor - timedelta(days=UNITS[unit]), anchor
    step = {"last": -1, "past": -1, "previous": -1, "next": 1}.get(which, 0)
    start, end = _calendar_unit(anchor, unit, step)
    if step == 0:
        lead = (m.groupdict().get("lead") or "").lower()
        return (anchor, end) if lead.startswith("later") and ahead else (start, anchor if not ahead else end)
    return start, end


def _calendar_unit(anchor: date, unit: str, step: int) -> tuple[date, date]:
    if unit == "week":
        start = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        return start, start + timedelta(days=6)
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + step
        return _month_span(number // 12, number % 12 + 1, None)
    if unit == "quarter":
        return anchor - timedelta(days=91), anchor
    return date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31)


def _counted(m: re.Match[str]) -> int:
    word = m["count"].lower()
    return int(word) if word.isdigit() else COUNTS.get(word, 4)


def _ago(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    unit, days = m["unit"].lower(), _counted(m) * UNITS[m["unit"].lower()]
    middle = anchor - timedelta(days=days)
    slack = {"day": 0, "hour": 0, "night": 0, "week": 3, "month": 15, "year": 182, "decade": 365}.get(unit, 0)
    if unit == "year":
        return date(anchor.year - _counted(m), 1, 1), date(anchor.year - _counted(m), 12, 31)
    return middle - timedelta(days=slack), middle + timedelta(days=slack)


def _past_span(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    return anchor - timedelta(days=_counted(m) * UNITS[m["unit"].lower()]), anchor


def _vague_span(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    days = {"day": 7, "week": 30, "month": 120, "year": 1095, "hour": 1, "decade": 7305, "night": 4}[
        m["unit"].lower()
    ]
    return (
        (anchor, anchor + timedelta(days=days))
        if ahead or m["which"].lower() in {"coming", "next"}
        else (anchor - timedelta(days=days), anchor)
    )


def _in_future(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    span = timedelta(days=_counted(m) * UNITS[m["unit"].lower()])
    told = re.search(r"\b(?:had|has|have|was|were)\b", m.string[: m.start()]) and not ahead
    return (
        (anchor - span, anchor)
        if told and m.group().lower().startswith("within")
        else (anchor, anchor + span)
    )


def _later(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    days = _counted(m) * max(UNITS[m["unit"].lower()], 1)
    slack = max(1, days // 3) if m["unit"].lower() != "day" else 0
    return anchor + timedelta(days=days - slack), anchor + timedelta(
        days=days + (slack if not (m["almost"] or "") else 0)
    )


def _which_month(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    """ "last December", "next May", "December last year"."""
    month, which = MONTHS[m["month"].lower()], m["which"].lower()
    if which == "next":
        year = anchor.year + (month <= anchor.month)
    elif m.groupdict().get("of_year"):
        year = anchor.year - (which in {"last", "previous", "past"})
    elif which == "this":
        year = anchor.year
    else:
        year = anchor.year - (month >= anchor.month)
    return _month_span(year, month, m.groupdict().get("part"))


def _years_named(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    return date(int(m["year"]), 1, 1), date(int(m["until"]), 12, 31)


def _rule(
    basis: str,
    pattern: str,
    resolve: Callable[[re.Match[str], date, bool], tuple[date | None, date | None] | None],
) -> Rule:
    return basis, re.compile(r"(?<![\w-])(?:" + pattern + r")(?![\w-])", re.I), resolve


RULES: tuple[Rule, ...] = (
    _rule("explicit", r"(?P<year>\d{4})-(?P<mm>\d\d)-(?P<day>\d\d)", _iso),
    _rule("explicit", _MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR, _full_date),
    _rule("explicit", _DAY + r"(?:\s+of)?\s+" + _MONTH + r",?\s+" + _YEAR, _full_date),
    _rule("relative", _MONTH + r"\s+" + _DAY + r",?\s+(?P<which>last|this|previous|past)\s+year", _day_month),
    _rule("explicit", r"(?:the\s+)?" + _DAY + r"(?:\s+of)?\s+" + _MONTH + r"(?!\s+\d{1,2}\b)", _day_month),
    _rule("explicit", _MONTH + r"\s+" + _DAY + r"(?!\d)", _day_month),
    _rule("explicit", _PART + _MONTH + r",?\s+(?:of\s+)?" + _YEAR, _month_year),
    _rule("relative", _PART + _MONTH + r"\s+(?:of\s+)?(?P<which>last|this|previous|past)\s+(?P<of_year>year)", _which_month),
    _rule("relative", r"(?P<which>last|next|this)\s+" + _MONTH, _which_month),
    _rule("explicit", r"(?:between|from)\s+" + _YEAR + r"\s+(?:and|to|until)\s+(?P<until>(?:19|20)\d\d)", _years_named),
    _rule("explicit", _YEAR + r"[-–](?P<until>(?:19|20)\d\d)", _years_named),
    _rule("relative", _COUNT + r"\s+" + _UNIT + r"\s+(?:ago|earlier)", _ago),
    _rule("later", r"(?P<almost>almost|nearly|just\s+)?\s*(?:over\s+)?" + _COUNT + r"\s+" + _UNIT + r"\s+(?:later|after that|afterwards)", _later),
    _rule("relative", r"(?:in|over|for|during|throughout|within)\s+the\s+(?:last|past|previous)\s+" + _COUNT + r"\s+" + _UNIT, _past_span),
    _rule("relative", r"(?:the\s+)?(?:last|past|previous)\s+" + _COUNT + r"\s+" + _UNIT, _past_span),
    _rule("relative", r"(?:for|in)\s+(?:nearly\s+|almost\s+|more than\s+|over\s+|about\s+|at least\s+)?" + _COUNT + r"\s+(?P<unit>month|year|decade|week)s?(?=[,.;]|\s+(?:the|now|and|of)\b|\s+\w+\s+has|$)", _past_span),
    _rule("relative", r"(?:within|in)\s+(?:the\s+next\s+)?(?:a\s+matter\s+of\s+)?" + _COUNT + r"\s+" + _UNIT, _in_future),
    _rule("relative", r"within\s+a\s+matter\s+of\s+(?P<count>)" + _UNIT, _in_future),
    _rule("relative", r"(?:in|over|during)?\s*(?:the\s+)?(?P<which>recent|coming|past|last|next)\s+(?P<unit>day|week|month|year|hour|decade|night)s", _vague_span),
    _rule("relative", r"(?:(?P<lead>earlier|later|late|early)\s+)?(?:(?:throughout|over|during|in)\s+)?(?:the\s+)?" + _WHICH + r"\s+" + r"(?P<unit>week|month|year|weekend|decade|quarter|night|hour|day)", _unit_span),
    _rule("weekday", r"(?:(?P<which>last|next|this|coming|past|previous)\s+)?" + _WEEKDAY, _weekday),
    _rule("relative", r"(?P<word>yesterday|today|tomorrow|tonight|overnight|last night)", _named_day),
    _rule("explicit", r"(?:(?<=in )|(?<=since )|(?<=during )|(?<=until )|(?<=by ))" + _PART + _MONTH, _month_only),
    _rule("explicit", r"(?P<part>early|late|mid|the end of|end of|the beginning of|the start of|beginning of|start of|the middle of|middle of)[\s-]+" + _MONTH, _month_only),
    _rule("explicit", _PART + _YEAR + r"(?!\s*(?:people|soldiers|troops|fighters|men|km|kilomet|dead|killed|\w+s\b))", _year),
)  # fmt: skip


def union(periods: Iterator[Period]) -> Period | None:
    """The span of several periods, None if there are none."""
    known = list(periods)
    if not known:
        return None
    starts = [p.start for p in known]
    ends = [p.end for p in known]
    return Period(
        None if None in starts else min(s for s in starts if s is not None),
        None if None in ends else max(e for e in ends if e is not None),
        known[0].basis,
    )
