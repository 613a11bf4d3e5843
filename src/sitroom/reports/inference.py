"""Infer when an undated report was published, from what it says: office holders, dated events, a copyright line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sitroom.reports.datelines import find_dateline
from sitroom.reports.days import Mention, find_days
from sitroom.vocabulary import Period, Report

if TYPE_CHECKING:
    from sitroom.catalogues.entries import ActorEntry

Window = tuple[date | None, date | None]
OfficeWindows = Callable[[str, str], Sequence[Window]]
"""Given a name and an office in general terms ("prime minister"): when that person held it; empty where unknown."""

NEWS_DAYS = 60
"""How long after the latest thing it tells a report may have come out, in days: a bound chosen wide."""
_LONGEST_WINDOW = 1100
_MOST_CHOICES = 500

_OFFICE_NAMES = {
    "prime minister": ("premier", "pm"),
    "president": (),
    "foreign minister": (
        "foreign secretary", "secretary of state", "minister of foreign affairs", "minister for foreign affairs",
        "foreign affairs minister",
    ),
    "defence minister": (
        "defense minister", "minister of defence", "minister of defense", "defense secretary", "defence secretary",
        "secretary of defense",
    ),
    "interior minister": ("minister of interior", "minister of the interior"),
    "finance minister": (), "justice minister": (), "oil minister": (), "chancellor": (), "vice president": (),
    "supreme leader": (), "king": (), "crown prince": (), "emir": (), "sultan": (), "pope": (), "speaker": (),
    "secretary general": ("secretary-general",),
    "national security adviser": ("national security advisor",),
    "army chief": ("army commander",), "chief of staff": (), "intelligence chief": ("spy chief",),
    "opposition leader": (), "high representative": ("foreign policy chief",),
}  # fmt: skip
_OFFICES = {name: office for office, others in _OFFICE_NAMES.items() for name in (office, *others)}
_OFFICE = "(?:" + "|".join(sorted(map(re.escape, _OFFICES), key=len, reverse=True)) + ")"
_PAST = re.compile(r"\b(?:former|ex|then|late|previous|deputy|vice|earlier)[ -](?:[\w'’-]+ ){0,2}$", re.I)
_NAME = r"(?P<name>(?:[A-Z][\w'’-]+|al-[A-Z]\w+)(?: (?:[A-Z][\w'’-]+|al-[A-Z]\w+|al|bin|ibn|el|de|von)){0,3})"
_HOLDERS = (
    re.compile(rf"\b(?P<office>(?i:{_OFFICE}))(?: Ayatollah| General| Mr\.?)? {_NAME}"),
    re.compile(rf"{_NAME}, (?:the )?(?:[A-Z][\w'’]+ ){{0,2}}(?P<office>(?i:{_OFFICE}))\b"),
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|schedul\w+|expect\w*|due|until|by|deadline|ahead of|before|set (?:for|to)|"
    r"slated|expir\w+|upcoming|next)\b[^.;]{0,80}$",
    re.I,
)
_BACKGROUND = re.compile(
    r"\b(?:since|from|began|started|founded|anniversary|until|as early as|back)\b[^.;,]{0,40}$", re.I
)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d\b(?![-/,.]\d)")
_BEFORE_YEAR = re.compile(r"\b(?:in|since|during|of|late|early|mid)[ -]$", re.I)
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)\s*(?:\w+ ){0,3}(?P<year>20\d\d|19\d\d)")


@dataclass(frozen=True, slots=True)
class _Holder:
    windows: tuple[Window, ...]


def date_report(report: Report, office_windows: OfficeWindows | None = None) -> Report:
    """Return the report with an inferred window of publication if it has no date and the text gives one.

    The id stays: what is inferred may change with the catalogue, the report does not.
    """
    if report.published is not None:
        return report
    published = infer_published(report.text, office_windows)
    return replace(report, published=published, published_basis="inferred") if published else report


def office_windows_of(actors: Iterable["ActorEntry"]) -> OfficeWindows:
    """Look office holders up in catalogue entries: full names and aliases, then short names."""
    held: dict[tuple[str, str], list[Window]] = {}
    for actor in actors:
        for role in actor.roles:
            for name in {actor.name, *actor.aliases, *actor.short}:
                held.setdefault((_key(name), _OFFICES.get(role.office, role.office)), []).append(
                    (role.since, role.until)
                )

    return lambda name, office: held.get((_key(name), office), ())


def _key(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name.lower()).strip()


def infer_published(text: str, office_windows: OfficeWindows | None = None) -> Period | None:
    """Return the window in which `text` can have been published, basis "inferred"; None where it does not say.

    It starts with the latest thing that is told as news: a full date, or a date without year that has only one place
    in the time in which the office holders named were in office together. It ends NEWS_DAYS after that, or earlier
    with an office or before an announced day. Office holders alone give a window of up to three years. Months and
    years named as background ("since August 2016") are only a lower bound: a window that ends too early would let a
    back-test know things too soon. Today's date plays no part.
    """
    mentions = find_days(text)
    holders = list(_holders(text, office_windows)) if office_windows else []
    floor = _floor(text, mentions)
    bounds = _in_office(holders, floor)
    if (match := _COPYRIGHT.search(text)) is not None:
        year = int(match["year"])
        bounds = _meet(bounds, (date(year, 1, 1), date(year, 12, 31))) or bounds
    placed = _placed(text, mentions, bounds)
    news = [*_news(text, mentions), *(period for _, period in placed)]
    if (filed := _filed(text, bounds, news)) is not None:
        return Period.day(filed, "inferred")
    latest = max(news, key=lambda period: (period.start or date.min, period.end or date.min), default=None)
    raised = _meet(bounds, (floor, None)) or bounds
    if latest is None or latest.start is None or latest.end is None:
        return _whole(raised)
    first, last = latest.start, latest.end + timedelta(days=NEWS_DAYS)
    first, last = _by_months(text, placed, first, last)
    if bounds[0] is not None and last < bounds[0]:
        return _whole(raised)
    first = max(first, bounds[0] or first)
    ends = [last, bounds[1], *_announced(text, mentions)]
    return Period(first, min(day for day in ends if day is not None and day >= first), "inferred")


def _whole(bounds: Window) -> Period | None:
    since, until = bounds
    if since is None or until is None or (until - since).days > _LONGEST_WINDOW:
        return None
    return Period(since, until, "inferred")


def _holders(text: str, office_windows: OfficeWindows) -> Iterator[_Holder]:
    for form in _HOLDERS:
        for match in form.finditer(text):
            if _PAST.search(text[max(0, match.start("office") - 40) : match.start("office")]):
                continue
            words = match["name"].split()
            office = _OFFICES[match["office"].lower()]
            for count in range(len(words), 0, -1):
                name = re.sub(r"['’]s?$", "", " ".join(words[:count]))
                if windows := tuple(office_windows(name, office)):
                    yield _Holder(windows)
                    break


def _in_office(holders: list[_Holder], floor: date | None) -> Window:
    """The time in which most of the holders were in office together; where several fit, from the first to the last."""
    everything: Window = (None, None)
    choices = {everything}
    for holder in holders:
        choices |= {met for choice in choices for window in holder.windows if (met := _meet(choice, window))}
        if len(choices) > _MOST_CHOICES:
            break
    current = {choice for choice in choices if floor is None or choice[1] is None or choice[1] >= floor}

    def together(choice: Window) -> int:
        return sum(any(_within(choice, window) for window in holder.windows) for holder in holders)

    most = max(map(together, current), default=0)
    best = [choice for choice in current if together(choice) == most]
    if not best or most == 0:
        return everything
    sinces, untils = [since for since, _ in best], [until for _, until in best]
    return (
        None if None in sinces else min(filter(None, sinces)),
        None if None in untils else max(filter(None, untils)),
    )


def _meet(one: Window, other: Window) -> Window | None:
    since = max((day for day in (one[0], other[0]) if day), default=None)
    until = min((day for day in (one[1], other[1]) if day), default=None)
    return None if since and until and until < since else (since, until)


def _within(inner: Window, outer: Window) -> bool:
    return _meet(inner, outer) == inner and inner != (None, None)


def _news(text: str, mentions: list[Mention]) -> list[Period]:
    """Full dates that are told as past and not as background."""
    return [
        period
        for mention in mentions
        if mention.year
        and mention.day
        and not _is_future(text, mention)
        and not _is_background(text, mention)
        if (period := mention.period()) is not None
    ]


def _floor(text: str, mentions: list[Mention]) -> date | None:
    """The latest day, month or year that is told as past: nothing was published before it began."""
    told = [mention.period() for mention in mentions if mention.year and not _is_future(text, mention)]
    starts = [period.start for period in told if period is not None and period.start is not None]
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 100) : match.start()]
        if _BEFORE_YEAR.search(before) and not _FUTURE.search(before):
            starts.append(date(int(match.group()), 1, 1))
    return max(starts, default=None)


def _is_background(text: str, mention: Mention) -> bool:
    return _BACKGROUND.search(text[max(0, mention.start - 60) : mention.start]) is not None


def _announced(text: str, mentions: list[Mention]) -> list[date]:
    """Days named as still to come."""
    days = (
        mention.period() for mention in mentions if mention.year and mention.day and _is_future(text, mention)
    )
    return [period.start for period in days if period is not None and period.start is not None]


def _is_future(text: str, mention: Mention) -> bool:
    return _FUTURE.search(text[max(0, mention.start - 100) : mention.start]) is not None


def _placed(text: str, mentions: list[Mention], bounds: Window) -> list[tuple[Mention, Period]]:
    """Dates without a year that fit only one year of the time in office, by their weekday where one is named."""
    dateline = find_dateline(text)
    placed: list[tuple[Mention, Period]] = []
    for mention in mentions:
        in_dateline = dateline is not None and dateline.start <= mention.start < dateline.end
        if mention.year is not None or in_dateline or _is_future(text, mention):
            continue
        fitting = _fitting(mention, bounds)
        if len(fitting) == 1:
            placed.append((mention, fitting[0]))
    return placed


def _fitting(mention: Mention, bounds: Window) -> list[Period]:
    since, until = bounds
    if since is None or until is None:
        return []
    fitting: list[Period] = []
    for year in range(since.year, until.year + 1):
        period = mention.period(year)
        if period is None or period.start is None or period.end is None:
            continue
        right_day = (
            mention.weekday is None or mention.day is None or period.start.weekday() == mention.weekday
        )
        if right_day and period.start <= until and period.end >= since:
            fitting.append(period)
    return fitting


def _filed(text: str, bounds: Window, news: list[Period]) -> date | None:
    """The day of a dateline without a year: the only one that fits the bounds and its weekday, or soon after the latest."""
    dateline = find_dateline(text)
    if dateline is None or dateline.day is None or dateline.day.day is None or dateline.day.year is not None:
        return None
    fitting = _fitting(dateline.day, bounds)
    if len(fitting) == 1:
        return fitting[0].start
    latest = max((period.start for period in news if period.start is not None), default=None)
    if latest is None:
        return None
    soon = (latest, latest + timedelta(days=2 * NEWS_DAYS))
    near = _fitting(dateline.day, _meet(bounds, soon) or soon)
    return near[0].start if len(near) == 1 else None


def _by_months(text: str, placed: list[tuple[Mention, Period]], first: date, last: date) -> tuple[date, date]:
    """Narrow by a sentence that sets a date beside "this month" or "last month"."""
    for mention, period in placed:
        if period.start is None:
            continue
        sentence = _sentence_at(text, mention.start)
        month_end = replace(mention, day=None, part="").period(period.start.year)
        if month_end is None or month_end.end is None:
            continue
        if "this month" in sentence and first <= month_end.end:
            last = min(last, month_end.end)
        elif re.search(r"\blast month\b", sentence) and first <= month_end.end + timedelta(days=31):
            first = max(first, month_end.end + timedelta(days=1))
            last = min(last, month_end.end + timedelta(days=31))
    return first, max(first, last)


def _sentence_at(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in (". ", "\n", "? ", "! ")) + 1
    ends = [end for mark in (". ", "\n", "? ", "! ") if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]
