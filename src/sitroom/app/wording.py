"""Periods and acts in plain words."""

from datetime import date, timedelta

from sitroom.vocabulary import Period


def act_words(type: str, mode: str | None) -> str:
    """A PLOVER type in lower case, with its mode: `assault (aerial)`."""
    return f"{type.lower()} ({mode})" if mode else type.lower()


def period_words(period: Period) -> str:
    """A period as a person writes it: `1 May 2018`, `1 to 3 May 2018`, `May 2018`, `since 2018`; empty when unknown."""
    start, end = period.start, period.end
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"since {day_words(start)}" if start else f"until {day_words(end)}"
    if start == end:
        return day_words(start)
    after = end + timedelta(days=1)
    if start.day == 1 and after.day == 1:
        if (start.month, after.month, after.year - start.year) == (1, 1, 1):
            return str(start.year)
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day_words(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day_words(end)}"
    return f"{day_words(start)} to {day_words(end)}"


def day_words(day: date | None) -> str:
    """A day: `1 May 2018`."""
    return f"{day.day} {day:%B %Y}" if day else ""
