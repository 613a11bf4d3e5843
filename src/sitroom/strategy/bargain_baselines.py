"""The plain answers to a bargain that come first: weighted mean, weighted median, status quo; and how wrong means were."""

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

EU_BAND = (-43.0, 35.0)
"""The 10th and 90th percentile of outcome minus weighted mean over 353 decisions of the European Union, on 0 to 100.

Positions and outcomes: Arregui & Perarnaud 2021 (doi:10.34810/data53); residuals as recorded with the project's references.
"""


def weighted_mean(positions: Float, weights: Float) -> Float:
    """Mean over the last axis (actors), weighted by salience times capability: shape without the last axis."""
    return np.asarray((positions * weights).sum(axis=-1) / weights.sum(axis=-1))


def weighted_median(positions: Float, weights: Float) -> Float:
    """The lowest position with at least half of the weight at or below it, over the last axis (actors)."""
    order = np.argsort(positions, axis=-1, kind="stable")
    ordered = np.take_along_axis(positions, order, axis=-1)
    below = np.cumsum(np.take_along_axis(weights, order, axis=-1), axis=-1)
    half = below[..., -1:] / 2
    at = np.argmax(below >= half * (1 - 1e-12), axis=-1)
    return np.asarray(np.take_along_axis(ordered, at[..., None], axis=-1)[..., 0])


def error_band(mean: float, low: float, high: float) -> tuple[float, float]:
    """Where 80 of 100 outcomes fell around a weighted mean of real decisions, on the scale low to high."""
    unit = (high - low) / 100
    return max(low, mean + EU_BAND[0] * unit), min(high, mean + EU_BAND[1] * unit)
