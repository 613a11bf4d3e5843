"""Chance of at least one act in a window: pooled over pairs, raised by what just happened, calibrated on past windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitroom.outlook.history import NOBODY, Floats, Ints
from sitroom.outlook.rates import BASELINES
from sitroom.outlook.windows import Cube

OWN_HALF_LIVES = (2.0, 7.0, 21.0, 60.0, 200.0)
SHORT, LONG = 7.0, 60.0
SETTINGS: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 500, "lambda_l2": 20.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "verbose": -1, "seed": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Relatives:
    """Which row of the cube is the opposite pair (-1 if none), and numbers of actors and recipients from 0.

    `lands` numbers each pair's pair of countries, `lands_back` the opposite one (an actor of unknown country is one of
    its own).
    """

    opposite: Ints
    actor: Ints
    recipient: Ints
    parties: int
    lands: Ints
    lands_back: Ints
    actor_land: Ints
    recipient_land: Ints


def relatives_of(pairs: Ints, country: Ints | None = None) -> Relatives:
    """Find opposite pairs, shared parties and shared countries; `country` numbers the country of each actor."""
    parties, numbers = np.unique(pairs, return_inverse=True)
    numbers = numbers.reshape(pairs.shape)
    key = numbers[:, 0] * len(parties) + numbers[:, 1]
    order = np.argsort(key)
    want = numbers[:, 1] * len(parties) + numbers[:, 0]
    at = np.minimum(np.searchsorted(key[order], want), len(key) - 1)
    opposite = np.where((key[order][at] == want) & (pairs != NOBODY).all(1), order[at], -1)
    land = parties if country is None else np.where(parties < 0, parties, country[np.maximum(parties, 0)])
    names, of_party = np.unique(land, return_inverse=True)
    one, other = of_party[numbers[:, 0]], of_party[numbers[:, 1]]
    cells = np.concatenate([one * len(names) + other, other * len(names) + one])
    both = np.unique(cells, return_inverse=True)[1].reshape(2, -1)
    return Relatives(opposite, numbers[:, 0], numbers[:, 1], len(parties), both[0], both[1], one, other)


def names_of_columns(classes: Sequence[str]) -> list[str]:
    """The columns of `describe`, in order, as words."""
    names = [f"acts of this kind lately (half-life {h:g} days)" for h in OWN_HALF_LIVES]
    names += [f"days with such an act (half-life {h:g} days)" for h in (SHORT, 30.0, 120.0)]
    names += [
        "days since the last such act",
        "days since any act of this pair",
        "unevenness of the weekly counts",
    ]
    for who in ("this pair", "the opposite pair"):
        names += [
            f"{kind} by {who} (half-life {h:g} days)"
            for h in (SHORT, LONG)
            for kind in (*classes, "all acts")
        ]
    for who in ("the actor towards all", "others towards the actor", "others towards the recipient",
                "the recipient towards all"):  # fmt: skip
        names += [f"such acts by {who} (half-life {h:g} days)" for h in (SHORT, LONG)]
        names += [f"all acts by {who} (half-life {SHORT:g} days)"]
    names += [f"such acts everywhere (half-life {h:g} days)" for h in (SHORT, LONG)]
    for who in ("between the two countries", "between the two countries, the other way", "by the actor's country",
                "against the recipient's country", "by the recipient's country", "against the actor's country"):  # fmt: skip
        names += [f"such acts {who} (half-life {h:g} days)" for h in (SHORT, LONG)]
        names += [f"all acts {who} (half-life {SHORT:g} days)"]
    names += [
        "size of the pair of countries",
        "the two are of one country",
        "partners of the actor",
        "partners of the recipient",
    ]
    return [*names, *(f"the {name}" for name in BASELINES), "the kind of act"]


def describe(cube: Cube, relatives: Relatives, origin: int, length: int) -> NDArray[np.float32]:
    """One row a pair and class (class fastest), columns as `names_of_columns`; reads what was learned before `origin`."""
    seen = cube.learned[:, :, :origin]
    pairs, classes, days = seen.shape
    age = origin - np.arange(days) - 0.5
    total = seen.sum(1, keepdims=True)

    def faded(table: Floats, half: float) -> Floats:
        weight = np.exp2(-age / half)
        rate: Floats = (table @ weight.astype(np.float32)) / max(float(weight.sum()), 1e-9)
        return rate

    columns = [faded(seen, h) for h in OWN_HALF_LIVES]
    busy = (seen > 0).astype(np.float32)
    columns += [faded(busy, h) for h in (SHORT, 30.0, 120.0)]
    columns += [_age(seen), np.repeat(_age(total), classes, 1), _unevenness(seen)]
    both = np.concatenate([seen, total], axis=1)
    opposite = np.where((relatives.opposite >= 0)[:, None, None], both[relatives.opposite], 0.0)
    for table in (both, opposite):
        for half in (SHORT, LONG):
            rates = faded(table, half)
            columns += [np.repeat(rates[:, k : k + 1], classes, 1) for k in range(classes + 1)]
    short, long, any_short = faded(seen, SHORT), faded(seen, LONG), faded(total, SHORT)
    a, b, n = relatives.actor, relatives.recipient, relatives.parties
    for group, member in ((a, a), (b, a), (b, b), (a, b)):
        columns += [_pooled(rates, group, member, n) for rates in (short, long)]
        columns.append(np.repeat(_pooled(any_short, group, member, n), classes, 1))
    columns += [np.broadcast_to(rates.mean(0), rates.shape) for rates in (short, long)]
    columns += _of_countries(relatives, short, long, any_short)
    columns += [_logit(baseline(cube, origin, length)) for baseline in BASELINES.values()]
    columns.append(np.broadcast_to(np.arange(classes), (pairs, classes)))
    return np.stack([np.asarray(c, np.float32).ravel() for c in columns], axis=1)


def _of_countries(relatives: Relatives, short: Floats, long: Floats, any_short: Floats) -> list[Floats]:
    """What happens between and around the two countries, and how many pairs there are."""
    lands, back = relatives.lands, relatives.lands_back
    one, other, classes = relatives.actor_land, relatives.recipient_land, short.shape[1]
    size = 1 + int(max(lands.max(initial=0), back.max(initial=0), one.max(initial=0), other.max(initial=0)))
    columns = []
    for group, member in (
        (lands, lands),
        (lands, back),
        (one, one),
        (other, other),
        (one, other),
        (other, one),
    ):
        columns += [_pooled(rates, group, member, size) for rates in (short, long)]
        columns.append(np.repeat(_pooled(any_short, group, member, size), classes, 1))
    ones = np.ones((len(lands), 1))
    plain = [
        _pooled(ones, lands, lands, size),
        (one == other)[:, None],
        _pooled(ones, relatives.actor, relatives.actor, relatives.parties),
        _pooled(ones, relatives.recipient, relatives.recipient, relatives.parties),
    ]
    return columns + [np.repeat(column, classes, 1) for column in plain]


def _age(seen: Floats) -> Floats:
    days = seen.shape[2]
    back = np.argmax(seen[:, :, ::-1] > 0, axis=2) + 1.0
    age: Floats = np.where((seen > 0).any(2), back, 2.0 * days + 1)
    return age


def _unevenness(seen: Floats) -> Floats:
    """Variance over mean of the counts of the last twelve weeks."""
    weeks = min(12, seen.shape[2] // 7)
    if weeks < 2:
        return np.ones(seen.shape[:2])
    counts = seen[:, :, -7 * weeks :].reshape(*seen.shape[:2], weeks, 7).sum(3)
    ratio: Floats = counts.var(2) / np.maximum(counts.mean(2), 1 / weeks)
    return ratio


def _pooled(rates: Floats, group: Ints, member: Ints, parties: int) -> Floats:
    """Sum of the rates of all pairs by party `group`, given to each pair by its party `member`."""
    pool = np.zeros((parties, rates.shape[1]))
    np.add.at(pool, group, rates)
    given: Floats = pool[member]
    return given


def _logit(p: Floats) -> Floats:
    clipped = np.clip(p, 1e-5, 1 - 1e-5)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds


def _chance(logit: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-logit))
    return chance


@dataclass(frozen=True)
class Calibration:
    """Platt scaling, one slope and shift a class, drawn towards no change; fitted on windows that were past."""

    slope: Floats
    shift: Floats

    def __call__(self, logit: Floats, kind: Ints) -> Floats:
        """Calibrated probabilities."""
        return _chance(logit * self.slope[kind] + self.shift[kind])


SEASONS = 8.0
"""How many windows' worth of evidence a shift must outweigh: what a season adds or takes is no fault of the model."""


def calibrate(
    logit: Floats, kind: Ints, outcome: Floats, classes: int, *, windows: float, ridge: float = 20.0
) -> Calibration:
    """Fit slope and shift by Newton's method on the log loss with a ridge towards slope 1 and shift 0 (Platt 1999).

    All forecasts of one window share its season, so `windows` that do not overlap are that many looks at the shift:
    it is drawn to 0 as if `SEASONS` such looks had shown none.
    """
    slope, shift = np.ones(classes), np.zeros(classes)
    for k in range(classes):
        x, y = logit[kind == k], outcome[kind == k]
        if not len(x):
            continue
        theta = np.array([1.0, 0.0])
        for _ in range(25):
            p = _chance(theta[0] * x + theta[1])
            w = np.maximum(p * (1 - p), 1e-9)
            gradient = np.array([((p - y) * x).sum(), (p - y).sum()]) + ridge * (theta - [1.0, 0.0])
            cross = (w * x).sum()
            hessian = np.array([[(w * x * x).sum() + ridge, cross], [cross, w.sum() + ridge]])
            step = np.linalg.solve(hessian, gradient)
            theta = theta - np.clip(step, -0.5, 0.5)
            if np.abs(step).max() < 1e-6:
                break
        slope[k], shift[k] = theta[0], theta[1] * windows / (windows + SEASONS)
    return Calibration(slope, shift)


@dataclass(frozen=True)
class WindowModel:
    """A fitted model for one window length. `fitted_to` is the first day that it has not seen."""

    booster: Any
    calibration: Calibration
    start: int
    length: int
    fitted_to: int

    def logits(self, table: NDArray[np.float32], threads: int = 1) -> Floats:
        """Uncalibrated log odds."""
        raw: Floats = self.booster.predict(table, raw_score=True, num_threads=threads)
        return raw + table[:, self.start].astype(np.float64)

    def forecast(self, cube: Cube, relatives: Relatives, origin: int) -> Floats:
        """Probability of at least one act in the window that opens on day `origin`; (pairs, classes)."""
        table = describe(cube, relatives, origin, self.length)
        kind = np.tile(np.arange(len(cube.classes)), len(cube.pairs))
        return self.calibration(self.logits(table), kind).reshape(len(cube.pairs), len(cube.classes))


def fit_windows(
    cube: Cube,
    relatives: Relatives,
    length: int,
    until: int,
    *,
    entered: Ints | None = None,
    every: int = 4,
    warm_up: int = 56,
    held: float = 0.25,
    rounds: int = 200,
    threads: int = 1,
) -> WindowModel:
    """Fit on windows that end before day `until`: boosting from the pair's own shrunken rate, then calibration.

    The last `held` part of the windows calibrates a first fit that has not seen them (its windows end before theirs
    open); the second fit has all. Outcomes are counted by what was learned before `until`. `entered` is the day on
    which each pair met the condition for being forecast at all: before it, the pair teaches nothing, since to be chosen
    for what comes later is to know the future.
    """
    import lightgbm

    origins = list(range(until - length, min(warm_up, until // 2), -every))[::-1]
    classes = len(cube.classes)
    kind = np.tile(np.arange(classes), len(cube.pairs))
    use = [
        np.repeat(np.ones(len(cube.pairs), bool) if entered is None else entered < t, classes)
        for t in origins
    ]
    tables = [describe(cube, relatives, t, length)[mine] for t, mine in zip(origins, use, strict=True)]
    kinds = [kind[mine] for mine in use]
    learned = [
        (cube.learned[:, :, t : t + length].sum(2) > 0.5).astype(np.float64).ravel()[mine]
        for t, mine in zip(origins, use, strict=True)
    ]
    start = names_of_columns(cube.classes).index("the own rate, all")

    def fit(which: list[int]) -> Any:
        x, y = np.concatenate([tables[i] for i in which]), np.concatenate([learned[i] for i in which])
        settings = {**SETTINGS, "num_threads": threads}
        data = lightgbm.Dataset(x, y, init_score=x[:, start].astype(np.float64), params=settings)
        return lightgbm.train(settings, data, num_boost_round=rounds)

    split = int(len(origins) * (1 - held))
    late = list(range(split, len(origins)))
    early = [i for i in range(split) if origins[i] + length <= origins[split]] or list(range(split))
    plain = Calibration(np.ones(classes), np.zeros(classes))
    first = WindowModel(fit(early), plain, start, length, until)
    logit = np.concatenate([first.logits(tables[i]) for i in late])
    kinds_late, learned_late = (np.concatenate([part[i] for i in late]) for part in (kinds, learned))
    span = (origins[-1] - origins[split] + length) / length
    calibration = calibrate(logit, kinds_late, learned_late, classes, windows=span)
    return WindowModel(fit(list(range(len(origins)))), calibration, start, length, until)
