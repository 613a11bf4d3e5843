"""How strongly two events speak for one happening: points for what they share, a veto where they cannot be the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, nan, radians, sin, sqrt
from typing import Any

from sitroom.situation.kinship import CONFLICT, KIN, SHARED, UNKNOWN, compare_parties, compare_sides, is_named
from sitroom.situation.mentions import MUTUAL, NEAR_KM, PRECISE, SLACK_DAYS, family, is_exact
from sitroom.vocabulary import Actor, Event, Figure, Period, Place

CAMPAIGN_DAYS = 92
ANNOUNCED = frozenset({"yielding", "accord"})
BLAMED = frozenset({"ASSAULT", "COERCE"})
MEANS = (
    {"aerial", "heavy-weapons", "destroy", "targeted", "unconventional"},
    {"aerial", "drone", "destroy", "targeted"},
    {"explosives", "suicide-attack", "destroy", "targeted"},
    {"firearms", "targeted", "heavy-weapons", "primitive"},
    {"firearms", "abduct"},
    {"visit", "third-party", "multilateral"},
    {"withdraw", "ceasefire", "disarm", "access"},
)  # fmt: skip
COUNTED = frozenset({"killed", "wounded", "captured", "displaced", "destroyed", "forces", "money"})
MANY = 100.0


@dataclass(frozen=True, slots=True)
class Shared:
    """Points for what pairs of events share, part by part, in columns.

    Not a number is a veto of that part, `apart` one of act, modality or length. `blamed`: two sides may tell of one attack,
    and each lay it at another's door.
    """

    apart: Any
    days: Any
    place: Any
    figures: Any
    sides: Any
    blamed: Any
    one_report: Any

    def at(self, rows: Any) -> "Shared":
        """Some of the pairs, by number."""
        return Shared(
            self.apart[rows], self.days[rows], self.place[rows], self.figures[rows], self.sides[rows], self.blamed[rows],
            self.one_report[rows],
        )  # fmt: skip

    @property
    def excluded(self) -> Any:
        """True where something excludes that the two are one happening."""
        missing = (self.days != self.days) | (self.place != self.place) | (self.figures != self.figures)
        accused = self.blamed & (self.place >= 2) & (self.days >= 2)
        strangers = (self.sides != self.sides) & ~accused
        return self.apart | missing | (self.one_report & (self.figures < 0)) | strangers


def forbidden(one: Event, other: Event) -> bool:
    """True when two events cannot be one happening, whatever their words: what `Shared.excluded` says of many pairs."""
    kind, one_report = family(one.type), one.report == other.report
    if (
        kind != family(other.type)
        or (one.modality == "hypothetical") != (other.modality == "hypothetical")
        or not means_agree(one, other)
        or is_campaign(one) != is_campaign(other)
    ):
        return True
    planned = "planned-or-possible" in (one.modality, other.modality)
    days = share_days(one.period, other.period, kind in ANNOUNCED and planned)
    place = share_place(one.place, other.place)
    figures = share_figures(one.figures, other.figures)
    if days != days or place != place or figures != figures or (one_report and figures < 0):
        return True
    claimed = one.attribution or other.attribution or "alleged" in (one.modality, other.modality)
    if kind in BLAMED and claimed and not one_report and place >= 2 and days >= 2:
        return False
    sides = share_sides(one, other)
    return sides != sides


def share_days(left: Period, right: Period, announced: bool) -> float:
    """Points for the time; `announced` is what may begin some days after the word of it."""
    if is_exact(left) and is_exact(right):
        apart = abs((left.start - right.start).days)  # type: ignore[operator]
        return {0: 2.5, 1: 0.75}.get(apart, nan)
    if not left.overlaps(right):
        return 0.75 if announced and left.overlaps(right, SLACK_DAYS) else nan
    spans = sorted((_span(left), _span(right)))
    if spans[0] > CAMPAIGN_DAYS:
        return 1.0 if (left.start, left.end) == (right.start, right.end) else 0.0
    if spans[1] <= 3:
        return 2.0
    return 0.75 if spans[1] <= 31 else 0.25


def _span(period: Period) -> int:
    if period.start is None or period.end is None:
        return 10_000
    return (period.end - period.start).days


def is_campaign(event: Event) -> bool:
    """True for what goes on for months or many times: it is no single happening, though single ones are part of it."""
    period = event.period
    if (
        period.start is not period.end
        and period.start
        and _span(period) > CAMPAIGN_DAYS
        and event.modality == "asserted"
    ):
        return True
    if not event.figures:
        return False
    return any(
        figure.what == "other" and (figure.low or 0) >= MANY and "strike" in figure.who
        for figure in event.figures
    )


def share_place(one: Place | None, other: Place | None) -> float:
    """Points for the place, within its precision."""
    if one is None or other is None or "about" in (one.role, other.role):
        if one is None or other is None or not one.country or one.country != other.country:
            return 0.0
        return 1.0 if one.name == other.name else 0.5
    if (one.id and one.id == other.id) or one.name.lower() == other.name.lower():
        return {"point": 2.5, "place": 2.5, "area": 2.0, "admin1": 1.5}.get(one.precision, 0.5)
    if one.country and other.country and one.country != other.country:
        return nan
    exact = one.precision in PRECISE, other.precision in PRECISE
    if all(exact):
        apart = distance_km(one, other)
        if apart is None:
            return 0.0
        return 2.0 if apart <= NEAR_KM else nan
    if one.admin1 and other.admin1:
        if one.admin1 != other.admin1 and "country" not in (one.precision, other.precision):
            return nan
        return 1.0
    return 0.25


def distance_km(one: Place, other: Place) -> float | None:
    """The great-circle distance in kilometres (haversine, mean Earth radius 6371 km); None without coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    chord = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(chord)))


def means_agree(one: Event, other: Event) -> bool:
    """False where the means exclude one another: a bomb in a car is no air raid."""
    if one.mode == other.mode or one.mode is None or other.mode is None or one.type != other.type:
        return True
    return any({one.mode, other.mode} <= group for group in MEANS)


def share_sides(one: Event, other: Event) -> float:
    """Points for the parties; a veto where both name somebody and they are not kin."""
    if one.type in MUTUAL or other.type in MUTUAL:
        return _parties(one, other)
    if not (one.recipients or other.recipients) and (_two_sided(one) or _two_sided(other)):
        return _parties(one, other)
    actors = compare_sides(one.actors, other.actors)
    recipients = compare_sides(one.recipients, other.recipients)
    if CONFLICT in (actors, recipients):
        return _parties(one, other) if _two_sided(one) != _two_sided(other) else nan
    worth = {SHARED: 1.5, KIN: 1.25, UNKNOWN: 0.0}
    if not (one.recipients or other.recipients):
        return 1.5 if actors in (SHARED, KIN) else 0.0
    return worth[actors] + worth[recipients]


def _two_sided(event: Event) -> bool:
    """True for fighting told of both sides at once: all are in the actors."""
    return not event.recipients and _named(event.actors) > 1


def _parties(one: Event, other: Event) -> float:
    """Points where who came to whom does not matter: Putin received Assad, Assad met Putin."""
    left, right = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
    found = compare_parties(left, right)
    if found == CONFLICT:
        return nan
    few = min(_named(left), _named(right)) < 2
    return {SHARED: 3.0, KIN: 1.5 if few else 2.5, UNKNOWN: 0.0}[found]


def _named(actors: Iterable[Actor]) -> int:
    return sum(map(is_named, actors))


def share_figures(ones: tuple[Figure, ...], others: tuple[Figure, ...]) -> float:
    """Points for numbers: equal 2, near -0.5 (a dispute), far apart a veto; 0 where nothing can be compared."""
    if not ones or not others:
        return 0.0
    points = 0.0
    for what in COUNTED & {one.what for one in ones} & {other.what for other in others}:
        found = max(
            _figure(one, other) for one in ones if one.what == what for other in others if other.what == what
        )
        if found <= -2:
            return nan
        points = max(points, found) if points > 0 or found > 0 else min(points, found)
    return points


def _figure(one: Figure, other: Figure) -> float:
    left, right = _amount(one), _amount(other)
    if left is None or right is None:
        return 0.0
    if left == right:
        return 2.0 if left >= 2 else 1.0
    open_ended = None in (one.low, one.high, other.low, other.high)
    ratio = max(left, right) / max(1.0, min(left, right))
    if ratio <= (4.0 if open_ended else 2.0) or abs(left - right) <= 2:
        return -0.5
    return -2.0


def _amount(figure: Figure) -> float | None:
    return figure.low if figure.low is not None else figure.high
