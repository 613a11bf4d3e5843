"""Baselines and shrunken rates: what the past of a pair says alone, and what it says when pairs lend each other strength."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.windows import Cube

WEEKS_BACK = 12


@dataclass(frozen=True)
class Shrunken:
    """Beta posteriors, one a pair and class: share of past windows with an act, drawn towards the class's mean.

    `a` and `b` are the posterior's parameters, (pairs, classes).
    """

    a: Floats
    b: Floats

    @property
    def mean(self) -> Floats:
        """The probability of at least one act in the next window."""
        mean: Floats = self.a / (self.a + self.b)
        return mean

    def bounds(self, inside: float = 0.8) -> tuple[Floats, Floats]:
        """The central interval of that probability."""
        tail = (1 - inside) / 2
        low, high = (np.asarray(stats.beta.ppf(q, self.a, self.b)) for q in (tail, 1 - tail))
        return low, high


def past_windows(cube: Cube, origin: int, length: int, *, back: int | None = None) -> tuple[Floats, int]:
    """(windows with an act, windows): windows of `length` days that end on the days before `origin`, one a day.

    `back` bounds how many days before the origin are looked at. Overlapping windows are all counted; their number
    divided by `length` is what they are worth.
    """
    start = 0 if back is None else max(0, origin - back)
    seen = cube.learned[:, :, start:origin]
    total = np.concatenate([np.zeros((*seen.shape[:2], 1)), np.cumsum(seen, axis=2)], axis=2)
    number = seen.shape[2] - length + 1
    if number < 1:
        return np.zeros(seen.shape[:2]), 0
    hits = ((total[:, :, length:] - total[:, :, :-length]) > 0.5).sum(2)
    return hits.astype(np.float64), number


def doubtful_bounds(
    hits: Floats, windows: float, overlap: float, inside: float = 0.8
) -> tuple[Floats, Floats]:
    """The interval of a pair's chance where the base rate itself rests on little; shapes as in `shrink`.

    The class's mean is only known as a Beta after Jeffreys; the low bound is that of a pair drawn around the low end of
    the mean, the high bound around the high end, by a prior worth half an act: no pair is ruled out by silence.
    """
    if windows <= 0:
        return np.zeros(hits.shape), np.ones(hits.shape)
    trials, tail = max(windows / overlap, 1.0), (1 - inside) / 2
    done, asked = hits.sum(0) / windows * trials, len(hits) * trials
    bounds = []
    for quantile in (tail, 1 - tail):
        mean = np.maximum(stats.beta.ppf(quantile, done + 0.5, asked - done + 0.5), 1e-6)
        a, b = 0.5 + hits / windows * trials, 0.5 / mean - 0.5 + (1 - hits / windows) * trials
        bounds.append(np.asarray(stats.beta.ppf(quantile, a, b)))
    return bounds[0], bounds[1]


def shrink(
    hits: Floats, windows: float, overlap: float = 1.0, strongest: float = 200.0, least_acts: float = 0.0
) -> Shrunken:
    """Empirical Bayes for shares: a Beta prior for each class (column) by the moments of all pairs, then its posterior.

    `hits` (pairs, classes) of `windows` each, `overlap` windows being worth one (Kleinman 1973, method of moments).
    The prior is worth at most `strongest` windows, but no fewer than it takes to expect `least_acts` in them.
    """
    if windows <= 0:
        half = np.full(hits.shape, 0.5)
        return Shrunken(half, half.copy())
    trials = max(windows / overlap, 1.0)
    share = hits / windows
    mean = (share.sum(0) + 0.5 / trials) / (len(share) + 1 / trials)
    spread = share.var(0) if len(share) > 1 else np.zeros(share.shape[1])
    between = np.maximum(spread - mean * (1 - mean) / trials, 1e-9)
    strength = np.maximum(np.clip(mean * (1 - mean) / between - 1, 0.2, strongest), least_acts / mean)
    return Shrunken(mean * strength + share * trials, (1 - mean) * strength + (1 - share) * trials)


BURST = 3.0
"""Acts that are taken to come together: a handful of acts in a young room is fewer pieces of evidence than acts."""


def shrink_counts(counts: Floats, days: float, length: int) -> tuple[Floats, Floats, Floats]:
    """The chance of an act in `length` days and its central 80 %, from counts over few days: Gamma-Poisson.

    For histories too short for whole windows. The prior has the classes' mean over pairs and the weight of half an
    act; acts and days count for one in `BURST`, since acts cluster and a room begins when something happened.
    """
    prior = (counts.mean(0) + 0.1) / max(days, 1.0)
    shape, rate = 0.5 + counts / BURST, 0.5 / prior + max(days, 1.0) / BURST
    chance = 1 - (rate / (rate + length)) ** shape
    low, high = (1 - np.exp(-stats.gamma.ppf(tail, shape, scale=1 / rate) * length) for tail in (0.1, 0.9))
    return chance, low, high


YEAR = 365.0
"""Half-life in days of what a young room's past windows count: a war of this spring says more than the quiet before."""


@dataclass(frozen=True)
class Young:
    """What a short history answers: the chance, its central 80 %, and the share of past windows, each (pairs, classes)."""

    chance: Floats
    low: Floats
    high: Floats
    share: Floats | None


def young_chance(acts: Floats, days: Ints, origin: int, length: int) -> Young:
    """Shrunken rates of a young room, wide and near the base rate: from `acts` (pairs, classes, days), the days numbered
    by `days`, all before `origin`, those left out of which no report tells.

    Past windows count half for each `YEAR` that they lie back. The share is None if there are too few whole windows.
    """
    told = acts.shape[2]
    number = told - length + 1
    if number < 4 * length:
        chance, low, high = shrink_counts(acts.sum(2).astype(np.float64), float(told), length)
        return Young(chance, low, high, None)
    total = np.concatenate([np.zeros((*acts.shape[:2], 1)), np.cumsum(acts, axis=2)], axis=2)
    weight = np.exp2(-(origin - days[length - 1 :]) / YEAR)
    hits = ((total[:, :, length:] - total[:, :, :-length]) > 0.5) @ weight
    windows = float(weight.sum())
    posterior = shrink(hits, windows, length, strongest=4.0, least_acts=0.1)
    (low, high), (lower, higher) = posterior.bounds(), doubtful_bounds(hits, windows, length)
    return Young(posterior.mean, np.minimum(low, lower), np.maximum(high, higher), hits / windows)


def climatology(cube: Cube, origin: int, length: int) -> Floats:
    """The class's share over all pairs and past windows, the same for every pair; overlapping windows are worth one."""
    hits, windows = past_windows(cube, origin, length)
    rate = (hits.sum(0) / length + 0.5) / (max(windows, 1) / length * len(hits) + 1)
    return np.broadcast_to(rate, hits.shape).copy()


def no_change(cube: Cube, origin: int, length: int) -> Floats:
    """What share of windows followed by an act had one before, given the last window had one or had none, per class.

    Where few windows had one, that share is drawn towards the share of all windows.
    """
    last, _ = past_windows(cube, origin, length, back=length)
    steps = [
        (origin - k * length, origin - (k + 1) * length)
        for k in range(1, 6)
        if origin - (k + 1) * length >= 0
    ]
    now, before = np.zeros((2, cube.learned.shape[1])), np.zeros((2, cube.learned.shape[1]))
    for middle, start in steps:
        was = cube.learned[:, :, start:middle].sum(2) > 0.5
        came = cube.learned[:, :, middle : middle + length].sum(2) > 0.5
        for state in (0, 1):
            mine = was == bool(state)
            before[state] += mine.sum(0)
            now[state] += (came & mine).sum(0)
    chance = (now + now.sum(0) / np.maximum(before.sum(0), 1)) / (before + 1)
    found: Floats = np.where(last > 0.5, chance[1], chance[0])
    return found


def fading_rate(cube: Cube, origin: int, length: int, half_life: float = 21.0) -> Floats:
    """Exponentially weighted daily rate as the chance of one act or more in the window, if acts were independent."""
    age = origin - np.arange(origin) - 0.5
    weight = np.exp2(-age / half_life)
    rate = (cube.learned[:, :, :origin] * weight).sum(2) / max(float(weight.sum()), 1e-9)
    chance: Floats = 1 - np.exp(-rate * length)
    return chance


def own_rate(cube: Cube, origin: int, length: int) -> Floats:
    """The pair's own share of the windows of twelve weeks, drawn towards the class's mean."""
    back = max(WEEKS_BACK * 7, 3 * length)
    hits, windows = past_windows(cube, origin, length, back=back)
    return shrink(hits, windows, min(length, max(windows, 1))).mean


def own_long_rate(cube: Cube, origin: int, length: int) -> Floats:
    """The same over the whole past."""
    hits, windows = past_windows(cube, origin, length)
    return shrink(hits, windows, min(length, max(windows, 1))).mean


BASELINES = {
    "base rate": climatology,
    "as last period": no_change,
    "fading rate": fading_rate,
    "own rate, twelve weeks": own_rate,
    "own rate, all": own_long_rate,
}
"""What always stands beside a forecast: name, and (cube, origin, length) to probabilities (pairs, classes)."""
