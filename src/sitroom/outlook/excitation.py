"""Chance of at least one act in a window: pooled over pairs, raised by what just happened, calibrated on past windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.surroundings import Signs, Surroundings, describe, names_of_columns
from sitroom.outlook.windows import Cube

Matrix = NDArray[np.float32]
SETTINGS: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 15, "min_data_in_leaf": 300, "lambda_l2": 20.0,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63, "verbose": -1, "seed": 1,
    "deterministic": True,
}  # fmt: skip
RIDGE, FAR, STEPS = 300.0, 4.0, 50
"""Of the logistic regression: weight of the ridge, how many standard deviations an input may lie away, iterations."""
START = "the own rate, all"
"""The column from which trees and regression start: the log odds of the pair's own shrunken rate."""


@dataclass(frozen=True)
class Calibration:
    """Platt scaling, one slope around `middle` and one shift a class, drawn towards no change; from past windows."""

    slope: Floats
    shift: Floats
    middle: Floats

    def __call__(self, logit: Floats, kind: Ints) -> Floats:
        """Calibrated probabilities."""
        chance: Floats = special.expit(
            self.middle[kind] + (logit - self.middle[kind]) * self.slope[kind] + self.shift[kind]
        )
        return chance


SEASONS = 8.0
"""How many windows' worth of evidence a shift must outweigh: what a season adds or takes is no fault of the model."""


def calibrate(
    logit: Floats, kind: Ints, outcome: Floats, classes: int, *, windows: float, ridge: float = 20.0
) -> Calibration:
    """Fit slope and shift by Newton's method on the log loss with a ridge towards slope 1 and shift 0 (Platt 1999).

    All forecasts of one window share its season, so `windows` that do not overlap are that many looks at the shift:
    it is drawn to 0 as if `SEASONS` such looks had shown none. The slope turns around the middle of what is uncertain, so
    that without the shift it moves the mean as little as may be.
    """
    slope, shift, middle = np.ones(classes), np.zeros(classes), np.zeros(classes)
    for k in range(classes):
        x, y = logit[kind == k], outcome[kind == k]
        if not len(x):
            continue
        spread = special.expit(x) * special.expit(-x)
        middle[k] = (spread * x).sum() / spread.sum()
        x = x - middle[k]
        theta = np.array([1.0, 0.0])
        for _ in range(25):
            p = special.expit(middle[k] + theta[0] * x + theta[1])
            w = np.maximum(p * (1 - p), 1e-9)
            gradient = np.array([((p - y) * x).sum(), (p - y).sum()]) + ridge * (theta - [1.0, 0.0])
            cross = (w * x).sum()
            hessian = np.array([[(w * x * x).sum() + ridge, cross], [cross, w.sum() + ridge]])
            step = np.linalg.solve(hessian, gradient)
            theta = theta - np.clip(step, -0.5, 0.5)
            if np.abs(step).max() < 1e-6:
                break
        slope[k], shift[k] = theta[0], theta[1] * windows / (windows + SEASONS)
    return Calibration(slope, shift, middle)


@dataclass(frozen=True)
class Regression:
    """A logistic regression on squashed columns, `weight` for each and one shift; `mean` and `spread` of the inputs."""

    weight: Floats
    shift: float
    mean: Matrix
    spread: Matrix

    def inputs(self, table: Matrix) -> Matrix:
        """Squashed and standardised columns."""
        return squashed(table, self.mean, self.spread)

    def predict(self, table: Matrix) -> Floats:
        """Log odds above those of the start; a row's do not depend on which others are asked about."""
        odds: Floats = (self.inputs(table).astype(np.float64) * self.weight).sum(1) + self.shift
        return odds


def squashed(table: Matrix, mean: Matrix | float = 0.0, spread: Matrix | float = 0.0) -> Matrix:
    """Logarithms of the sizes, signs kept; standardised within `FAR` if a spread is given."""
    values: Matrix = np.copysign(np.log1p(np.abs(table) * np.float32(50)), table)
    return np.clip((values - mean) / spread, -FAR, FAR) if np.any(spread) else values


def regress(table: Matrix, outcome: Floats, start: Floats) -> Regression:
    """Fit by L-BFGS on the log loss with a ridge, from the log odds `start` of each row."""
    plain = squashed(table)
    mean, spread = plain.mean(0), plain.std(0) + np.float32(1e-6)
    inputs = np.clip((plain - mean) / spread, -FAR, FAR)

    def loss(theta: Floats) -> tuple[float, Floats]:
        odds = start + inputs @ theta[1:].astype(np.float32) + theta[0]
        miss = special.expit(odds) - outcome
        value = np.logaddexp(0, odds).sum() - (outcome * odds).sum() + RIDGE / 2 * (theta[1:] ** 2).sum()
        slope = inputs.T @ miss.astype(np.float32) + RIDGE * theta[1:]
        return float(value), np.concatenate([[miss.sum()], slope]).astype(np.float64)

    found = optimize.minimize(
        loss, np.zeros(1 + table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    return Regression(found.x[1:], float(found.x[0]), mean, spread)


@dataclass(frozen=True)
class WindowModel:
    """A fitted model for one window length: boosted trees and a regression for each class, which have equal say.

    `fitted_to` is the first day that it has not seen.
    """

    boosters: tuple[Any, ...]
    regressions: tuple[Regression, ...]
    calibration: Calibration
    start: int
    length: int
    fitted_to: int

    def logits(self, table: Matrix, kind: int) -> Floats:
        """Uncalibrated log odds of one class."""
        raised = self.boosters[kind].predict(table, raw_score=True, num_threads=1)
        odds: Floats = (raised + self.regressions[kind].predict(table)) / 2 + table[:, self.start]
        return odds

    def chance(self, table: Matrix, kind: int) -> Floats:
        """Calibrated probabilities of one class."""
        return self.calibration(self.logits(table, kind), np.full(len(table), kind))

    def parts(self, table: Matrix, kind: int) -> Floats:
        """What each column adds to the log odds, (rows, columns): by trees (Lundberg 2018) and by regression."""
        trees = self.boosters[kind].predict(table, pred_contrib=True, num_threads=1)[:, :-1]
        line = self.regressions[kind]
        found: Floats = (trees + line.inputs(table) * line.weight) / 2 * self.calibration.slope[kind]
        return found

    def forecast(self, cube: Cube, around: Surroundings, origin: int) -> Floats:
        """Probability of at least one act in the window that opens on day `origin`; (pairs, classes)."""
        signs = describe(cube, around, origin, self.length)
        return np.stack([self.chance(signs.of(k), k) for k in range(len(cube.classes))], axis=1)


def fit_windows(
    cube: Cube,
    around: Surroundings,
    length: int,
    until: int,
    *,
    every: int = 4,
    warm_up: int = 56,
    held: float = 0.25,
    rounds: int = 100,
    threads: int = 1,
) -> WindowModel:
    """Fit on windows that end before day `until`: from the pair's own shrunken rate up, then calibration.

    The last `held` part of the windows calibrates a first fit that has not seen them (its windows end before theirs
    open); the second fit has all. Outcomes are counted by what was learned before `until`. Before the day on which a
    pair met the condition for being forecast it teaches nothing, since to be chosen for what comes later is to know
    the future.
    """
    origins = list(range(until - length, min(warm_up, until // 2), -every))[::-1]
    signs = [_entered(describe(cube, around, t, length), around.entered < t) for t in origins]
    outcomes = [
        (cube.learned[:, :, t : t + length].sum(2) > 0.5)[around.entered < t].astype(np.float64)
        for t in origins
    ]
    start = names_of_columns(cube.classes).index(START)
    classes = range(len(cube.classes))

    def fit(which: Sequence[int]) -> tuple[tuple[Any, ...], tuple[Regression, ...]]:
        tables = ((np.concatenate([signs[i].of(k) for i in which]), k) for k in classes)
        fits = [
            _fit_class(x, np.concatenate([outcomes[i][:, k] for i in which]), start, rounds, threads)
            for x, k in tables
        ]
        return tuple(trees for trees, _ in fits), tuple(line for _, line in fits)

    split = int(len(origins) * (1 - held))
    late = range(split, len(origins))
    early = [i for i in range(split) if origins[i] + length <= origins[split]] or list(range(split))
    plain = Calibration(np.ones(len(classes)), np.zeros(len(classes)), np.zeros(len(classes)))
    first = WindowModel(*fit(early), plain, start, length, until)
    logits = [np.concatenate([first.logits(signs[i].of(k), k) for i in late]) for k in classes]
    came = [np.concatenate([outcomes[i][:, k] for i in late]) for k in classes]
    kind = np.repeat(np.arange(len(classes)), [len(part) for part in came])
    span = (origins[-1] - origins[split] + length) / length
    calibration = calibrate(np.concatenate(logits), kind, np.concatenate(came), len(classes), windows=span)
    return WindowModel(*fit(range(len(origins))), calibration, start, length, until)


def _entered(signs: Signs, use: NDArray[np.bool_]) -> Signs:
    return Signs(signs.own[use], signs.shared[use])


def _fit_class(
    table: Matrix, outcome: Floats, start: int, rounds: int, threads: int
) -> tuple[Any, Regression]:
    import lightgbm

    settings = {**SETTINGS, "num_threads": threads}
    opening = table[:, start].astype(np.float64)
    data = lightgbm.Dataset(table, outcome, init_score=opening, params=settings)
    return lightgbm.train(settings, data, num_boost_round=rounds), regress(table, outcome, opening)
