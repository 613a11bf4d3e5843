"""The words of English news for days, weeks, months and years, each with the span that it means seen from a day.

A rule's kind says what it is seen from: `explicit`, `weekday` and `relative` words from the day of publication; `later`
words ("the next day") from what was dated before them, and `earlier` words ("two days earlier") from that too, else from
the day of publication.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from sitroom.vocabulary.world import NUMBERS

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
COUNTS = {
    **NUMBERS, "a": 1, "an": 1, "several": 3, "few": 3, "couple": 2, "couple of": 2, "dozen": 12, "a few": 3,
    "a couple of": 2, "a dozen": 12,
}  # fmt: skip
ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
}  # fmt: skip
UNITS = {
    "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0, "decade": 3652.0, "hour": 1 / 24, "weekend": 2.0, "night": 1.0,
    "quarter": 91.0, "minute": 1 / 1440,
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each season of the northern hemisphere begins."""
LAST = ("last", "past", "previous")

Span = tuple[date | None, date | None]
Resolve = Callable[[re.Match[str], date, bool], Span | None]
Rule = tuple[str, re.Pattern[str], Resolve]

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_MONTH2 = _MONTH.replace("month", "month2")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
_TO = r"\s*(?:[-–]|\bto\b|\band\b|\buntil\b|\bthrough\b)\s*"
_DAYNAME = r"(?:(?:" + "|".join(DAYS) + r"),?\s+(?:the\s+)?)?"
_WEEKDAY = r"(?P<weekday>" + "|".join(DAYS) + r")s?"
_COUNT = r"(?P<count>\d+|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>" + "|".join(UNITS) + r")s?"
_PARTS = r"(?P<part>early|late|mid|the end of|end of|the beginning of|the start of|beginning of|start of|the middle of|middle of)"
_PART = r"(?:" + _PARTS + r"[\s-]+(?:in\s+)?)?"
_WHICH = r"(?P<which>last|past|this|next|coming|current|recent)"
_ABOUT = r"(?:nearly\s+|almost\s+|more than\s+|over\s+|about\s+|at least\s+|around\s+|some\s+)?"


# -- days, months, years ------------------------------------------------------------------------------------------------


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


def _given(m: re.Match[str], group: str) -> str:
    return (m.groupdict().get(group) or "").lower()


def _full_date(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    day = date(int(m["year"]), MONTHS[m["month"].lower()], int(m["day"]))
    return day, day


def _iso(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    day = date(int(m["year"]), int(m["mm"]), int(m["day"]))
    return day, day


def _day_month(m: re.Match[str], anchor: date, ahead: bool) -> tuple[date, date]:
    month, number = MONTHS[m["month"].lower()], int(m["day"])
    year = anchor.year - 1 if _given(m, "which") in LAST else anchor.year
    day = date(year, month, number)
    if year == anchor.year:
        if day > anchor + timedelta(days=1) and not ahead:
            day = date(year - 1, month, number)
        elif ahead and day < anchor - timedelta(days=31):
            day = date(year + 1, month, number)
    return day, day


def _day_range(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    """ "March 5-7", "from 28 May to 3 June 2019": both ends; a first month that is not named is the second."""
    month2 = MONTHS[_given(m, "month2") or m["month"].lower()]
    if _given(m, "year"):
        end = date(int(m["year"]), month2, int(m["day2"]))
    else:
        last = date(anchor.year, month2, int(m["day2"]))
        end = last if ahead or last <= anchor + timedelta(days=1) else last.replace(year=anchor.year - 1)
    month = MONTHS[m["month"].lower()]
    start = date(end.year - (month > month2), month, int(m["day"]))
    return (start, end) if start <= end else None


def _month_range(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    """ "from March to May", "between October and January 2020"."""
    month, month2 = MONTHS[m["month"].lower()], MONTHS[m["month2"].lower()]
    year = int(m["year"]) if _given(m, "year") else anchor.year - (month2 > anchor.month and not ahead)
    return _month_span(year - (month > month2), month, None)[0], _month_span(year, month2, None)[1]


def _month_year(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    return _month_span(int(m["year"]), MONTHS[m["month"].lower()], _given(m, "part"))


def _month_only(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    word = m["month"].lower()
    if word in {"may", "march", "mar", "sun", "dec"} and not m["month"][0].isupper():
        return None
    month = MONTHS[word]
    year = anchor.year
    if (month, 1) > (anchor.month, anchor.day) and not ahead:
        year -= 1
    elif ahead and month < anchor.month:
        year += 1
    start, end = _month_span(year, month, _given(m, "part"))
    return start, min(end, anchor) if not ahead and start <= anchor else end


def _which_month(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "last December", "next May", "December last year"."""
    month, which = MONTHS[m["month"].lower()], m["which"].lower()
    if which == "next":
        year = anchor.year + (month <= anchor.month)
    elif m.groupdict().get("of_year"):
        year = anchor.year - (which in LAST)
    elif which == "this":
        year = anchor.year
    else:
        year = anchor.year - (month >= anchor.month)
    return _month_span(year, month, m.groupdict().get("part"))


def _ordered_part(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    """ "the first week of March", "the second half of 2020", "the last days of May"."""
    if _given(m, "month"):
        span = _month_year(m, anchor, ahead) if _given(m, "year") else _month_only(m, anchor, ahead)
    else:
        span = (date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31))
    if span is None or span[0] is None or span[1] is None:
        return None
    start, end = span[0], span[1]
    unit, which = m["piece"].lower(), m["nth"].lower()
    days = (end - start).days + 1
    size = {"week": 7, "days": 7, "half": days // 2, "quarter": days // 4}[unit]
    if which in {"last", "final"}:
        return max(start, end - timedelta(days=size - 1)), end
    nth = 1 if which == "first" else ORDINALS[which]
    first = start + timedelta(days=size * (nth - 1))
    return (first, min(end, first + timedelta(days=size))) if first <= end else None


def _year(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    start, end = _part_of(date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31), _given(m, "part"))
    return start, min(end, anchor) if start <= anchor < end and not ahead else end


def _years_named(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    return date(int(m["year"]), 1, 1), date(int(m["until"]), 12, 31)


def _decade(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    first = int(m["decade"]) if len(m["decade"]) == 4 else 1900 + int(m["decade"])
    return _part_of(date(first, 1, 1), date(first + 9, 12, 31), _given(m, "part"))


def _season(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "last summer", "in the spring of 2014", "this winter": a winter begins in the December before its year."""
    month, which = SEASONS[m["season"].lower()], _given(m, "which")

    def span(year: int) -> tuple[date, date]:
        last = _month_span(year + (month == 12), (month + 2 - 1) % 12 + 1, None)[1]
        return date(year, month, 1), last

    if _given(m, "year"):
        return span(int(m["year"]) - (month == 12 and not _given(m, "of")))
    if _given(m, "of_year"):
        return span(anchor.year - (which in LAST))
    years = [anchor.year - 1, anchor.year, anchor.year + 1]
    if which == "next" or (ahead and not which):
        return next(s for year in years if (s := span(year))[0] > anchor)
    begun = [span(year) for year in [anchor.year - 2, *years] if span(year)[0] <= anchor]
    start, end = begun[-2] if which in LAST and begun[-1][1] >= anchor else begun[-1]
    return start, min(end, anchor)


# -- seen from a day ------------------------------------------------------------------------------------------------------


def _weekday(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    wanted, which = DAYS[m["weekday"].lower()], _given(m, "which")
    back = (anchor.weekday() - wanted) % 7
    if which in {"next", "coming"} or (ahead and not which):
        forward = (wanted - anchor.weekday()) % 7
        day = anchor + timedelta(days=forward or (7 if which else 0))
    else:
        day = anchor - timedelta(days=back or (7 if which in LAST else 0))
    return day, day


def _following_weekday(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "the following Tuesday": the first after what was dated before."""
    day = anchor + timedelta(days=(DAYS[m["weekday"].lower()] - anchor.weekday()) % 7 or 7)
    return day, day


def _weekend(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "over the weekend": the one that runs or ran last; "next weekend": the one to come."""
    which, saturday = _given(m, "which"), anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    if which in {"next", "coming"} or (ahead and which not in LAST):
        saturday += timedelta(days=7 if anchor.weekday() != 5 else 0)
    elif which in {"last", "previous"} and anchor.weekday() >= 5:
        saturday -= timedelta(days=7)
    sunday = saturday + timedelta(days=1)
    return saturday, max(saturday, min(sunday, anchor)) if saturday <= anchor else sunday


def _named_day(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    word = m["word"].lower()
    if word in {"overnight", "last night"}:
        return anchor - timedelta(days=1), anchor
    day = anchor + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0))
    return day, day


def _unit_span(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    """ "last week", "this month", "late last year", "earlier this month"."""
    which, unit, lead = m["which"].lower(), m["unit"].lower(), _given(m, "lead")
    if unit in {"hour", "minute"}:
        return anchor - timedelta(days=1), anchor
    if which == "coming" or (which == "next" and unit in {"day", "decade"}):
        return anchor, anchor + timedelta(days=UNITS[unit])
    if (which in {"past", "recent"} and unit != "year") or unit in {"day", "night", "decade"}:
        return anchor - timedelta(days=UNITS[unit]), anchor
    step = {"last": -1, "past": -1, "previous": -1, "next": 1}.get(which, 0)
    start, end = _calendar_unit(anchor, unit, step)
    if lead and lead not in {"earlier", "later"}:
        start, end = _part_of(start, end, lead)
    if step == 0:
        start, end = (max(start, anchor), end) if lead == "later" and ahead else (start, end)
        return start, end if ahead or start > anchor else min(anchor, end)
    return start, end


def _part_of_unit(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "the start of the year", "late in the month"."""
    return _part_of(*_calendar_unit(anchor, m["unit"].lower(), 0), _given(m, "part"))


def _calendar_unit(anchor: date, unit: str, step: int) -> tuple[date, date]:
    if unit == "week":
        start = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        return start, start + timedelta(days=6)
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + step
        return _month_span(number // 12, number % 12 + 1, None)
    if unit == "quarter":
        return anchor - timedelta(days=91), anchor
    if unit in {"day", "night"}:
        day = anchor + timedelta(days=step)
        return day, day
    return date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31)


def _counted(m: re.Match[str]) -> int:
    word = _given(m, "count")
    return int(word) if word.isdigit() else COUNTS.get(word, 1 if not word else 4)


def _days(m: re.Match[str]) -> timedelta:
    """So many units in whole days: 36 hours are two."""
    return timedelta(days=-int(-_counted(m) * UNITS[m["unit"].lower()] // 1))


def _ago(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    unit = m["unit"].lower()
    middle = anchor - timedelta(days=_counted(m) * UNITS[unit])
    slack = {"week": 3, "month": 15, "decade": 365}.get(unit, 0)
    if unit == "year":
        return date(anchor.year - _counted(m), 1, 1), date(anchor.year - _counted(m), 12, 31)
    return middle - timedelta(days=slack), middle + timedelta(days=slack)


VAGUE_DAYS = {
    "day": (1, 7),
    "week": (7, 45),
    "month": (45, 330),
    "year": (550, 3650),
    "decade": (7300, 18250),
}
"""How many days "days ago" to "decades ago" lie back, at least and at most."""


def _long_ago(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    if m["unit"].lower() not in VAGUE_DAYS:
        return anchor - timedelta(days=1), anchor
    least, most = VAGUE_DAYS[m["unit"].lower()]
    return anchor - timedelta(days=most), anchor - timedelta(days=least)


def _past_span(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    return anchor - _days(m), anchor


LASTING = re.compile(r"\b(?:ha(?:s|ve|d|ving)|been)\b|['’](?:ve|d|s)\b", re.I)
"""Before "for five years" of what has gone on; "was jailed for five years" says how long, not when."""


def _lasting_span(m: re.Match[str], anchor: date, ahead: bool) -> Span | None:
    counts_back = (
        m.group().lower().startswith("in") or m.start() == 0 or LASTING.search(m.string[: m.start()])
    )
    return _past_span(m, anchor, ahead) if counts_back else None


def _in_a_row(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "for the fourth day in a row": those days up to now."""
    days = (ORDINALS[m["nth"].lower()] - 1) * UNITS[m["unit"].lower()]
    return anchor - timedelta(days=days), anchor


def _vague_span(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    days = {"day": 7, "week": 30, "month": 120, "year": 1095, "hour": 1, "decade": 7305, "night": 4}[
        m["unit"].lower()
    ]
    if ahead or m["which"].lower() in {"coming", "next"}:
        return anchor, anchor + timedelta(days=days)
    return anchor - timedelta(days=days), anchor


def _in_future(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    told = re.search(r"\b(?:had|has|have|was|were)\b", m.string[: m.start()]) and not ahead
    if told and m.group().lower().startswith("within"):
        return anchor - _days(m), anchor
    return anchor, anchor + _days(m)


# -- seen from what was dated before --------------------------------------------------------------------------------------


def _later(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    middle, days = anchor + _days(m), _days(m).days
    slack = timedelta(days=0 if UNITS[m["unit"].lower()] <= 1 else max(1, days // 3))
    return middle - slack, middle + (slack if not _given(m, "almost") else timedelta())


def _before(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    if not _given(m, "count"):
        return _long_ago(m, anchor, ahead)
    if m["unit"].lower() in {"hour", "minute"}:
        return anchor - _days(m), anchor
    return _ago(m, anchor, ahead)


def _next_unit(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    """ "the next day", "the following month", "the previous week"."""
    unit = m["unit"].lower()
    unit = "day" if unit in {"morning", "afternoon", "evening"} else unit
    if unit == "weekend":
        saturday = anchor + timedelta(days=(5 - anchor.weekday()) % 7)
        return saturday, saturday + timedelta(days=1)
    return _calendar_unit(anchor, unit, -1 if _given(m, "which") == "previous" else 1)


def _same(m: re.Match[str], anchor: date, ahead: bool) -> Span:
    unit = _given(m, "unit")
    return _calendar_unit(anchor, unit, 0) if unit in {"week", "month", "year"} else (anchor, anchor)


def _rule(kind: str, pattern: str, resolve: Resolve) -> Rule:
    return kind, re.compile(r"(?<![\w-])(?:" + pattern + r")(?![\w-])", re.I), resolve


_NTH = r"(?P<nth>first|" + "|".join(ORDINALS) + r"|last|final)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"

RULES: tuple[Rule, ...] = (
    _rule("explicit", r"(?P<year>\d{4})-(?P<mm>\d\d)-(?P<day>\d\d)", _iso),
    _rule("explicit", r"(?:from\s+|between\s+)?" + _MONTH + r"\s+" + _DAY + _TO + _MONTH2 + r"\s+" + _DAY2 + r"(?:,?\s+" + _YEAR + r")?(?!\d)", _day_range),
    _rule("explicit", r"(?:from\s+|between\s+)?" + _DAY + r"\s+" + _MONTH + _TO + _DAY2 + r"\s+" + _MONTH2 + r"(?:,?\s+" + _YEAR + r")?", _day_range),
    _rule("explicit", r"(?:from\s+|between\s+)?" + _MONTH + r"\s+" + _DAY + _TO + _DAY2 + r"(?:,?\s+" + _YEAR + r"|(?![\d:,]|\s+(?!the\b)[a-z]+s\b))", _day_range),
    _rule("explicit", r"(?:from\s+|between\s+)?" + _DAY + _TO + _DAY2 + r"\s+" + _MONTH + r"(?:,?\s+" + _YEAR + r")?", _day_range),
    _rule("explicit", _DAYNAME + _MONTH + r"\s+" + _DAY + r",?\s+" + _YEAR, _full_date),
    _rule("explicit", _DAYNAME + _DAY + r"(?:\s+of)?\s+" + _MONTH + r",?\s+" + _YEAR, _full_date),
    _rule("relative", _MONTH + r"\s+" + _DAY + r",?\s+(?P<which>last|this|previous|past)\s+year", _day_month),
    _rule("explicit", _DAYNAME + r"(?:the\s+)?" + _DAY + r"(?:\s+of)?\s+" + _MONTH + r"(?!\s+\d{1,2}\b)", _day_month),
    _rule("explicit", _DAYNAME + _MONTH + r"\s+" + _DAY + r"(?!\d)", _day_month),
    _rule("explicit", r"(?:the\s+)?" + _NTH + r"\s+(?P<piece>week|half|quarter|days)\s+of\s+" + _MONTH + r"(?:,?\s+" + _YEAR + r")?", _ordered_part),
    _rule("explicit", r"(?:the\s+)?" + _NTH + r"\s+(?P<piece>week|half|quarter|days)\s+of\s+" + _YEAR, _ordered_part),
    _rule("explicit", r"(?:between|from)\s+" + _MONTH + r"\s+(?:and|to|until)\s+" + _MONTH2 + r"(?:,?\s+" + _YEAR + r")?", _month_range),
    _rule("explicit", _PART + _MONTH + r",?\s+(?:of\s+)?" + _YEAR, _month_year),
    _rule("relative", _PART + _MONTH + r"\s+(?:of\s+)?(?P<which>last|this|previous|past)\s+(?P<of_year>year)", _which_month),
    _rule("relative", r"(?P<which>last|next|this)\s+" + _MONTH, _which_month),
    _rule("explicit", r"(?:between|from)\s+" + _YEAR + r"\s+(?:and|to|until)\s+(?P<until>(?:19|20)\d\d)", _years_named),
    _rule("explicit", _YEAR + r"[-–](?P<until>(?:19|20)\d\d)", _years_named),
    _rule("explicit", _PART + r"(?P<decade>(?:19|20)\d0|[2-9]0)['’]?s", _decade),
    _rule("explicit", r"(?:the\s+)?" + _SEASON + r"\s+(?P<of>of\s+)?" + _YEAR, _season),
    _rule("relative", r"(?:the\s+)?" + _SEASON + r"\s+(?:of\s+)?(?P<which>last|this|next)\s+(?P<of_year>year)", _season),
    _rule("relative", r"(?P<which>last|this|next)\s+" + _SEASON, _season),
    _rule("relative", r"(?:in|during|over|since)\s+the\s+" + _SEASON, _season),
    _rule("later", r"(?P<almost>almost|nearly|just\s+)?\s*(?:over\s+)?" + _COUNT + r"\s+" + _UNIT + r"\s+(?:later|after that|afterwards)", _later),
    _rule("later", r"(?P<unit>hour|minute)s\s+(?:later|afterwards)", _same),
    _rule("later", r"(?<!over )(?<!in )(?<!within )(?<!for )(?<!during )the\s+(?:very\s+)?(?:next|following)\s+(?P<unit>day|night|week|weekend|month|year|morning|afternoon|evening)", _next_unit),
    _rule("later", r"the\s+(?:following|next)\s+" + _WEEKDAY, _following_weekday),
    _rule("later", r"(?:(?:later|earlier)\s+)?(?:on\s+)?(?:the\s+same|that\s+same|that)\s+(?P<unit>day|night|week|month|year|morning|afternoon|evening)(?!\s+(?:of|when|in)\b)", _same),
    _rule("earlier", r"the\s+(?P<which>previous)\s+(?P<unit>day|night|week|month|year|morning|afternoon|evening)", _next_unit),
    _rule("earlier", r"(?:" + _COUNT + r"\s+)?" + _UNIT + r"\s+(?:earlier|before that|beforehand)", _before),
    _rule("relative", _ABOUT + _COUNT + r"\s+" + _UNIT + r"\s+ago", _ago),
    _rule("relative", r"(?P<unit>day|week|month|year|decade|hour|minute)s\s+ago", _long_ago),
    _rule("relative", r"(?:in|over|for|during|throughout|within)\s+the\s+(?:last|past|previous)\s+" + _COUNT + r"\s+" + _UNIT, _past_span),
    _rule("relative", r"(?:in|over|for|during|throughout|within)\s+the\s+(?:last|past)\s+(?P<unit>day|night|week|month|year|decade|hour)", _past_span),
    _rule("relative", r"(?:the\s+)?(?:last|past|previous)\s+" + _COUNT + r"\s+" + _UNIT, _past_span),
    _rule("relative", r"for\s+(?:the|a)\s+(?P<nth>" + "|".join(ORDINALS) + r")\s+(?:straight\s+|consecutive\s+|successive\s+|running\s+)?(?P<unit>day|night|week|month|year)(?:\s+in\s+a\s+row|\s+running)?", _in_a_row),
    _rule("relative", r"(?:for|in)\s+" + _ABOUT + _COUNT + r"\s+(?P<unit>month|year|decade|week)s?(?=[,.;]|\s+(?:the|now|and|of)\b|\s+\w+\s+has|$)", _lasting_span),
    _rule("relative", r"(?:within|in)\s+(?:the\s+next\s+)?(?:a\s+matter\s+of\s+)?" + _COUNT + r"\s+" + _UNIT, _in_future),
    _rule("relative", r"within\s+a\s+matter\s+of\s+(?P<count>)" + _UNIT, _in_future),
    _rule("relative", r"(?:in|over|during)?\s*(?:the\s+)?(?P<which>recent|coming|past|last|next)\s+(?P<unit>day|week|month|year|hour|decade|night)s", _vague_span),
    _rule("relative", r"(?:(?:over|at|during|on)\s+)?(?:the|(?P<which>last|this|next|coming|previous)|(?:this|the)\s+(?:past|last))\s+weekend", _weekend),
    _rule("relative", _PARTS + r"\s+(?:in\s+|of\s+)?the\s+(?P<unit>week|month|year|decade)", _part_of_unit),
    _rule("relative", r"(?:(?P<lead>earlier|later|" + _PARTS[len("(?P<part>") :] + r"[\s-]+(?:in\s+)?)?(?:(?:throughout|over|during|in)\s+)?(?:the\s+)?" + _WHICH + r"\s+" + r"(?P<unit>week|month|year|decade|quarter|night|hour|day)", _unit_span),
    _rule("weekday", r"(?:(?P<which>last|next|this|coming|past|previous)\s+)?" + _WEEKDAY, _weekday),
    _rule("relative", r"(?P<word>yesterday|today|tomorrow|tonight|overnight|last night|this morning|this afternoon|this evening|earlier in the day|at dawn today)", _named_day),
    _rule("explicit", _PARTS + r"[\s-]+(?:in\s+)?" + _MONTH, _month_only),
    _rule("explicit", r"(?:(?<=in )|(?<=since )|(?<=during )|(?<=until )|(?<=by )|(?<=till ))" + _PART + _MONTH, _month_only),
    _rule("explicit", _PART + _YEAR + r"(?!\s*(?:people|soldiers|troops|fighters|men|km|kilomet|dead|killed|\w+s\b))", _year),
)  # fmt: skip
