"""Infer when an undated report was published, from what it says: office holders, dated events, a copyright line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sitroom.reports.datelines import find_dateline
from sitroom.reports.days import Mention, find_days
from sitroom.reports.relatives import REPRINT_DAYS, find_clues, month_after
from sitroom.reports.tellings import is_ahead, is_background, may_be_ahead
from sitroom.vocabulary import Period, Report

if TYPE_CHECKING:
    from sitroom.catalogues.entries import ActorEntry

Window = tuple[date | None, date | None]
OfficeWindows = Callable[[str, str], Sequence[Window]]
"""Given a name and an office in general terms ("prime minister"): when that person held it; empty where unknown."""

NEWS_DAYS = 60
"""How long after the latest thing it tells a report may have come out, in days: a bound chosen wide."""
WEEKDAY_DAYS = 30
"""The same after a day told with its weekday ("on Thursday, May 31"): writers drop the weekday of what is long past."""
RECALL_DAYS = 183
"""A date without a year lies at most so long before what else the text dates, and one whose year is written before a
report that tells its news by "last month" or "on Monday"."""
WEEK_DAYS = 7
"""What was within a week is told by its weekday, so "earlier this month" is more than a week past; and so long does a
report of how an office was left call its holder by it."""
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
_LEFT = re.compile(r"\b(?:former|ex|late|ousted|deposed)[ -](?:[\w'’-]+ ){0,2}$", re.I)
_PAST = re.compile(r"\b(?:former|ex|then|late|previous|deputy|vice|earlier)[ -](?:[\w'’-]+ ){0,2}$", re.I)
_NAME = r"(?P<name>(?:[A-Z][\w'’-]+|al-[A-Z]\w+)(?: (?:[A-Z][\w'’-]+|al-[A-Z]\w+|al|bin|ibn|el|de|von)){0,3})"
_HOLDERS = (
    re.compile(rf"\b(?P<office>(?i:{_OFFICE}))(?: Ayatollah| General| Mr\.?)? {_NAME}"),
    re.compile(rf"{_NAME}, (?:the )?(?:[A-Z][\w'’]+ ){{0,2}}(?P<office>(?i:{_OFFICE}))\b"),
)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d\b(?![-/,.]\d)")
_BEFORE_YEAR = re.compile(r"\b(?:in|since|during|of|late|early|mid)[ -]$", re.I)
_COUNTERPART = re.compile(rf"^[^.;]{{0,80}}?\bcounterpart,? {_NAME}")
_THIS_MONTH = re.compile(r"\b(?P<earlier>earlier |already )?this month\b(?!['’])", re.I)
_FRESH = re.compile(
    r"\b(?:(?:last|this) (?:week|month)|yesterday|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!,? (?:the )?(?:\d|[A-Z]\w+ \d)))\b",
    re.I,
)
_LAST_MONTH = re.compile(r"\blast month\b", re.I)
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)\s*(?:\w+ ){0,3}(?P<year>20\d\d|19\d\d)")


@dataclass(frozen=True, slots=True)
class _Holder:
    windows: tuple[Window, ...]
    left: bool = False


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """A window and the words that say how it was found."""

    window: Window = (None, None)
    why: tuple[str, ...] = ()

    def meet(self, other: Window, why: str) -> "_Narrowing":
        """Narrow by another window; one that contradicts what is known, or adds nothing, is passed over."""
        met = _meet(self.window, other)
        return self if met is None or met == self.window else _Narrowing(met, (*self.why, why))

    def period(self) -> Period | None:
        """The window as a period, None where it is open or too wide to be of use."""
        since, until = self.window
        if since is None or until is None or (until - since).days > _LONGEST_WINDOW:
            return None
        return Period(since, until, "inferred: " + "; ".join(self.why))


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
    """Return the window in which `text` can have been published; its basis says how it was found. None where it does not say.

    It starts with the latest thing that is told as news: a full date, or a date without year that has only one place
    in the time in which the office holders named were in office together. It ends NEWS_DAYS after that (WEEKDAY_DAYS
    after a day told with its weekday), or earlier with an office, before an announced day, or by words beside a date
    ("two years ago, on ..."). Office holders alone give a window of up to three years. Months and years named as
    background ("since August 2016") are only a lower bound: a window that ends too early would let a back-test know
    things too soon. Today's date plays no part.
    """
    mentions = find_days(text)
    holders = list(_holders(text, office_windows)) if office_windows else []
    floor = _floor(text, mentions, holders)
    offices = _Narrowing().meet(_in_office(holders, floor), "office holders named")
    if (match := _COPYRIGHT.search(text)) is not None:
        year = int(match["year"])
        offices = offices.meet((date(year, 1, 1), date(year, 12, 31)), f"copyright {year}")
    known = offices.meet((floor, None), f"not before {floor}")
    known = _by_clues(text, [(m, period) for m in mentions if (period := m.period())], known)
    dated = _placed(text, mentions, _places(offices.window, known.window))
    placed = [(mention, period) for mention, period in dated if not may_be_ahead(text, mention)]
    known = _by_clues(text, placed, known)
    news = [*_news(text, mentions), *placed]
    if (filed := _filed(text, known.window, [period for _, period in news])) is not None:
        return Period.day(filed, "inferred: dateline")
    if not news:
        return known.period()
    if known.window[1] == offices.window[1]:
        known = _past_leaving(known, news)
    known = _after_news(text, news, [*_full_dates(text, mentions), *dated], known)
    first = known.window[0]
    for day in _announced(text, mentions, first) if first else ():
        known = known.meet((None, day), f"{day} is still to come")
    return known.period()


def _after_news(
    text: str, news: list[tuple[Mention, Period]], dated: list[tuple[Mention, Period]], known: _Narrowing
) -> _Narrowing:
    """Narrow to the weeks from the latest news on; what `dated` may tell as news, too, can only end them later."""
    mention, latest = max(news, key=lambda told: (told[1].start or date.min, told[1].end or date.min))
    if latest.start is None or latest.end is None:
        return known
    days = _lag(mention)
    if mention.year is not None and _FRESH.search(text):
        days = RECALL_DAYS
    others = [_middle(period) + timedelta(days=_lag(other)) for other, period in dated]
    until = max(_middle(latest) + timedelta(days=days), *others)
    lag = (_told_from(mention, latest.start, latest.end), until)
    if _meet(known.window, lag) is None:
        return known
    known = known.meet(lag, f"{days} days from the latest news ({text[mention.start : mention.end]})")
    if mention.day is None:
        known = _by_this_month(text, latest.end, known)
    elif "this month" in _sentence_at(text, mention.start):
        known = known.meet((None, month_after(latest.end)[0] - timedelta(days=1)), '"this month"')
    return known


def _past_leaving(known: _Narrowing, news: list[tuple[Mention, Period]]) -> _Narrowing:
    """The window, a week longer where news is of its last week: how an office ends is told after its end."""
    since, until = known.window
    if until is None or not any(p.start and 0 <= (until - p.start).days <= WEEK_DAYS for _, p in news):
        return known
    return replace(known, window=(since, until + timedelta(days=WEEK_DAYS)))


def _lag(mention: Mention) -> int:
    return NEWS_DAYS if mention.weekday is None or mention.year is not None else WEEKDAY_DAYS


def _middle(period: Period) -> date:
    start, end = period.start or date.min, period.end or date.min
    return start + (end - start) // 2


def _told_from(mention: Mention, start: date, end: date) -> date:
    """From when a thing is told: a month that still runs is "this month", so by name it is told when it is mostly over."""
    if mention.day is not None:
        return start
    return end - timedelta(days=2) if mention.part else start + (end - start) // 2


def _by_this_month(text: str, end: date, known: _Narrowing) -> _Narrowing:
    """ "In late April ... earlier this month": a month told by its name is not this one, so this one comes after it."""
    match = _THIS_MONTH.search(text)
    if match is None:
        return known
    first, last = month_after(end)
    if match["earlier"]:
        first += timedelta(days=WEEK_DAYS)
    until = None if _LAST_MONTH.search(text) else last + timedelta(days=REPRINT_DAYS)
    return known.meet((first, until), f'"{match.group()}" after {end:%B}')


def _by_clues(text: str, dated: list[tuple[Mention, Period]], known: _Narrowing) -> _Narrowing:
    for clue in find_clues(text, dated):
        known = known.meet((clue.since, clue.until), clue.why)
    return known


def _places(offices: Window, known: Window) -> Window:
    """Where a date without a year may lie: in the time in office, and not long before what the text dates."""
    since = known[0] - timedelta(days=RECALL_DAYS) if known[0] else None
    return _meet(offices, (since, known[1])) or offices


def _holders(text: str, office_windows: OfficeWindows) -> Iterator[_Holder]:
    for form in _HOLDERS:
        for match in form.finditer(text):
            before = text[max(0, match.start("office") - 40) : match.start("office")]
            left = _LEFT.search(before) is not None
            if not left and _PAST.search(before):
                continue
            office = _OFFICES[match["office"].lower()]
            if windows := _windows_of(match["name"], office, office_windows):
                yield _Holder(windows, left)
            other = _COUNTERPART.match(text[match.end() : match.end() + 140])
            if other and not left and (windows := _windows_of(other["name"], office, office_windows)):
                yield _Holder(windows)


def _windows_of(named: str, office: str, office_windows: OfficeWindows) -> tuple[Window, ...]:
    """When the person who is named with the first of these words, as many as are known, held the office."""
    words = named.split()
    for count in range(len(words), 0, -1):
        name = re.sub(r"['’]s?$", "", " ".join(words[:count]))
        if windows := tuple(office_windows(name, office)):
            return windows
    return ()


def _in_office(holders: list[_Holder], floor: date | None) -> Window:
    """The time in which most of the holders were in office together; where several fit, from the first to the last."""
    holders = [holder for holder in holders if not holder.left]
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


def _full_dates(text: str, mentions: list[Mention]) -> list[tuple[Mention, Period]]:
    """Full dates that are not told as still to come."""
    full = [(m, p) for m in mentions if m.year and m.day and (p := m.period()) is not None]
    return [(mention, period) for mention, period in full if not is_ahead(text, mention)]


def _news(text: str, mentions: list[Mention]) -> list[tuple[Mention, Period]]:
    """Full dates that are told as past and not as background."""
    return [
        (mention, period)
        for mention, period in _full_dates(text, mentions)
        if not may_be_ahead(text, mention) and not is_background(text, mention)
    ]


def _floor(text: str, mentions: list[Mention], holders: list[_Holder]) -> date | None:
    """The latest day, month or year that is told as past, or end of an office that is: nothing was published before it."""
    told = [mention.period() for mention in mentions if mention.year and not may_be_ahead(text, mention)]
    starts = [period.start for period in told if period is not None and period.start is not None]
    for holder in holders:
        ends = [until for _, until in holder.windows if until is not None]
        if holder.left and ends:
            starts.append(min(ends))
    for match in _YEAR.finditer(text):
        year = Mention(match.start(), match.end(), int(match.group()), 1, 1)
        if _BEFORE_YEAR.search(text[: match.start()][-20:]) and not may_be_ahead(text, year):
            starts.append(date(int(match.group()), 1, 1))
    return max(starts, default=None)


def _announced(text: str, mentions: list[Mention], first: date) -> list[date]:
    """Days named as still to come, after `first`; one without a year is the next such day."""
    days: list[date] = []
    for mention in mentions:
        if mention.day is None or not is_ahead(text, mention):
            continue
        years = [mention.year] if mention.year else [first.year, first.year + 1]
        periods = [period for year in years if (period := mention.period(year)) is not None]
        days += [
            p.start
            for p in periods
            if p.start is not None and p.start >= first and _right_day(mention, p.start)
        ][:1]
    return days


def _placed(text: str, mentions: list[Mention], bounds: Window) -> list[tuple[Mention, Period]]:
    """Dates without a year that fit only one year of the time in office, by their weekday where one is named."""
    dateline = find_dateline(text)
    placed: list[tuple[Mention, Period]] = []
    for mention in mentions:
        in_dateline = dateline is not None and dateline.start <= mention.start < dateline.end
        if mention.year is not None or in_dateline or is_ahead(text, mention):
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
        if _right_day(mention, period.start) and period.start <= until and period.end >= since:
            fitting.append(period)
    return fitting


def _right_day(mention: Mention, start: date) -> bool:
    return mention.weekday is None or mention.day is None or start.weekday() == mention.weekday


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


def _sentence_at(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in (". ", "\n", "? ", "! ")) + 1
    ends = [end for mark in (". ", "\n", "? ", "! ") if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]
