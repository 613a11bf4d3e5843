"""Who, where and when, as one report names them."""

from calendar import day_name, month_abbr, month_name
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PlaceRole = Literal["where", "from", "to", "about"]
Precision = Literal["point", "place", "area", "admin1", "country", "region"]
"""How exact a place is: a site, a populated place, a named area, a first-level unit, a country, or larger."""

MONTHS = frozenset(name.lower() for name in (*month_name, *month_abbr, "sept") if name)
WEEKDAYS = frozenset(name.lower() for name in day_name)
CALENDAR = MONTHS | WEEKDAYS
"""Months, short forms too, and days by their names in lower case."""
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12,
}  # fmt: skip
"""Number words: the small ones, and those that multiply what stands before them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or is acted upon, as named in one report.

    `id` is a catalogue id (`ISR`, `ISR.MIL`, `SYR.ASSAD`), or None where the name is not in a catalogue; composed
    actors ("two Iranian security officials") have country, sector and number but no id. `country` is ISO 3166
    alpha-3 or a PLOVER special code; `sector` a PLOVER sector. `text`, `start`, `end` are the words in the report.
    """

    name: str
    id: str | None = None
    text: str = ""
    start: int | None = None
    end: int | None = None
    country: str | None = None
    sector: str | None = None
    number: int | None = None

    @property
    def key(self) -> str:
        """What groups mentions of the same actor: the id, else the name in lower case."""
        return self.id or self.name.lower()


@dataclass(frozen=True, slots=True)
class Place:
    """A place with coordinates in degrees (WGS 84); latitude and longitude are None where unresolved."""

    name: str
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: Precision = "place"
    role: PlaceRole = "where"
    text: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; None is an open end. `basis` names the rule that gave it."""

    start: date | None
    end: date | None
    basis: str = "unknown"

    @classmethod
    def day(cls, day: date, basis: str = "explicit") -> "Period":
        """A period of one day."""
        return cls(day, day, basis)

    @property
    def known(self) -> bool:
        """True when at least one end is known."""
        return self.start is not None or self.end is not None

    def contains(self, day: date) -> bool:
        """True when `day` cannot be ruled out."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period", slack_days: int = 0) -> bool:
        """True when the two periods share a day, or come within `slack_days` of it; open ends reach forever."""
        slack = timedelta(days=slack_days)
        ends_before = self.end is not None and other.start is not None and self.end + slack < other.start
        starts_after = self.start is not None and other.end is not None and other.end + slack < self.start
        return not (ends_before or starts_after)
