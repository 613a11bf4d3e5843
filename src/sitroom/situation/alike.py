"""How strongly two events speak for one happening: points for what they share, a veto where they cannot be the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from sitroom.situation.kinship import CONFLICT, KIN, SHARED, UNKNOWN, compare_parties, compare_sides, is_named
from sitroom.situation.mentions import PRECISE, family, is_exact, similarity, word_stems
from sitroom.vocabulary import Actor, Event, Figure, Period, Place

ENOUGH = 4.5
"""Points from which two events are taken for one happening; set on hand-made cases, see benchmarks/quality/incidents.py."""
RARE = 1.25
"""Points for acts of which a pair of actors has few: deals, withdrawals, visits; attacks come by the dozen."""
NEAR_KM = 25.0
SLACK_DAYS = 3
"""How long after its announcement a withdrawal or a deal may begin."""
CAMPAIGN_DAYS = 92
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
MEANS = (
    {"aerial", "heavy-weapons", "destroy", "targeted", "unconventional"},
    {"aerial", "drone", "destroy", "targeted"},
    {"explosives", "suicide-attack", "destroy", "targeted"},
    {"firearms", "targeted", "heavy-weapons", "primitive"},
    {"firearms", "abduct"},
    {"visit", "third-party", "multilateral"},
    {"withdraw", "ceasefire", "disarm", "access"},
)  # fmt: skip
COUNTED = ("killed", "wounded", "captured", "displaced", "destroyed", "forces", "money")
MANY = 100.0


@dataclass(frozen=True, slots=True)
class _Shared:
    """Points for what two events share, part by part."""

    days: float
    place: float
    figures: float
    sides: float


def likeness(one: Event, other: Event) -> float | None:
    """Points for one happening; None is a veto. Symmetric.

    The parts are those a person would go by: act and means, days, place within its precision, the two sides, numbers,
    and words in common.
    """
    found = _shared(one, other)
    if found is None:
        return None
    words = similarity(word_stems(one.quote.words), word_stems(other.quote.words))
    if found.sides < 0:
        if words < 0.4 and found.figures < 2:
            return None
        found = replace(found, sides=0.5)
    rare = RARE if family(one.type) in ("yielding", "accord", "CONSULT") else 0.0
    points = found.days + found.place + found.figures + found.sides + 3.0 * words + rare
    if one.report == other.report and one.quote.start == other.quote.start and found.sides < 1.5:
        return None
    if one.report == other.report and "denied" in (one.modality, other.modality) and found.sides >= 1.5:
        return points + 2.0
    alone = rare > 0 and found.days >= 0.5 and found.place >= 0.5 and found.sides >= 1.5
    return points if alone or _grounds(found, words) else None


def forbidden(one: Event, other: Event) -> bool:
    """True when two events cannot be one happening, whatever their words."""
    return _shared(one, other) is None


def _shared(one: Event, other: Event) -> _Shared | None:
    """What two events share; None where something excludes it. Sides below 0: each blames another for one attack."""
    if family(one.type) != family(other.type):
        return None
    if one.modality != other.modality and "hypothetical" in (one.modality, other.modality):
        return None
    days = _days(one, other)
    place = _place(one.place, other.place)
    if days is None or place is None or not _means_agree(one, other) or _campaign(one) != _campaign(other):
        return None
    figures = _figures(one.figures, other.figures)
    if figures is None or (one.report == other.report and figures < 0):
        return None
    sides = _sides(one, other)
    if sides is None:
        if not (_blamed(one, other) and place >= 2 and days >= 2):
            return None
        sides = -1.0
    return _Shared(days, place, figures, sides)


def _grounds(found: _Shared, words: float) -> bool:
    """Points alone do not do: the days must be close or the words alike, and parties, place or numbers must be shared."""
    close = found.days >= 2 or words >= 0.5
    close = close or (found.days >= 0.5 and (words >= 0.3 or found.figures >= 2 or found.place >= 2))
    return close and (found.sides >= 1.5 or found.figures >= 2 or found.place >= 2)


def _days(one: Event, other: Event) -> float | None:
    left, right = one.period, other.period
    if is_exact(left) and is_exact(right):
        apart = abs((left.start - right.start).days)  # type: ignore[operator]
        return {0: 2.5, 1: 0.75}.get(apart)
    if not left.overlaps(right):
        announced = family(one.type) in ("yielding", "accord") and left.overlaps(right, SLACK_DAYS)
        return 0.75 if announced and "planned-or-possible" in (one.modality, other.modality) else None
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


def _campaign(event: Event) -> bool:
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


def _place(one: Place | None, other: Place | None) -> float | None:
    if one is None or other is None or "about" in (one.role, other.role):
        if one is None or other is None or not one.country or one.country != other.country:
            return 0.0
        return 1.0 if one.name == other.name else 0.5
    if (one.id and one.id == other.id) or one.name.lower() == other.name.lower():
        return {"point": 2.5, "place": 2.5, "area": 2.0, "admin1": 1.5}.get(one.precision, 0.5)
    if one.country and other.country and one.country != other.country:
        return None
    exact = one.precision in PRECISE, other.precision in PRECISE
    if all(exact):
        apart = distance_km(one, other)
        if apart is None:
            return 0.0
        return 2.0 if apart <= NEAR_KM else None
    if one.admin1 and other.admin1:
        if one.admin1 != other.admin1 and "country" not in (one.precision, other.precision):
            return None
        return 1.0
    return 0.25


def distance_km(one: Place, other: Place) -> float | None:
    """The great-circle distance in kilometres (haversine, mean Earth radius 6371 km); None without coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    chord = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(chord)))


def _means_agree(one: Event, other: Event) -> bool:
    """False where the means exclude one another: a bomb in a car is no air raid."""
    if one.mode == other.mode or one.mode is None or other.mode is None or one.type != other.type:
        return True
    return any({one.mode, other.mode} <= group for group in MEANS)


def _sides(one: Event, other: Event) -> float | None:
    """Points for the parties; None where both name somebody and they are not kin."""
    if one.type in MUTUAL or other.type in MUTUAL:
        return _parties(one, other)
    if not (one.recipients or other.recipients) and (_two_sided(one) or _two_sided(other)):
        return _parties(one, other)
    actors = compare_sides(one.actors, other.actors)
    recipients = compare_sides(one.recipients, other.recipients)
    if CONFLICT in (actors, recipients):
        return _parties(one, other) if _two_sided(one) != _two_sided(other) else None
    worth = {SHARED: 1.5, KIN: 1.25, UNKNOWN: 0.0}
    if not (one.recipients or other.recipients):
        return 1.5 if actors in (SHARED, KIN) else 0.0
    return worth[actors] + worth[recipients]


def _two_sided(event: Event) -> bool:
    """True for fighting told of both sides at once: all are in the actors."""
    return not event.recipients and _named(event.actors) > 1


def _parties(one: Event, other: Event) -> float | None:
    """Points where who came to whom does not matter: Putin received Assad, Assad met Putin."""
    left, right = (*one.actors, *one.recipients), (*other.actors, *other.recipients)
    found = compare_parties(left, right)
    if found == CONFLICT:
        return None
    few = min(_named(left), _named(right)) < 2
    return {SHARED: 3.0, KIN: 1.5 if few else 2.5, UNKNOWN: 0.0}[found]


def _named(actors: Iterable[Actor]) -> int:
    return sum(map(is_named, actors))


def _blamed(one: Event, other: Event) -> bool:
    """True where two sides tell of one attack and each lays it at another's door."""
    claimed = one.attribution or other.attribution or "alleged" in (one.modality, other.modality)
    return family(one.type) in ("ASSAULT", "COERCE") and bool(claimed) and one.report != other.report


def _figures(ones: tuple[Figure, ...], others: tuple[Figure, ...]) -> float | None:
    """Points for numbers: equal 2, near -0.5 (a dispute), far apart a veto; 0 where nothing can be compared."""
    if not ones or not others:
        return 0.0
    points = 0.0
    for what in COUNTED:
        left, right = [f for f in ones if f.what == what], [f for f in others if f.what == what]
        if not left or not right:
            continue
        found = max(_figure(one, other) for one in left for other in right)
        if found <= -2:
            return None
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
