"""How good probabilities were: Brier and log score with decomposition, reliability, skill, ranked probability score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sitroom.outlook.history import Floats, Ints

TINY = 1e-6
FEW_BLOCKS = 20
"""With fewer blocks than this a bootstrap interval is too narrow to be believed."""


@dataclass(frozen=True)
class Band:
    """Forecasts between `low` and `high`: how many, their mean probability, the share that came true."""

    low: float
    high: float
    count: int
    forecast: float
    observed: float


@dataclass(frozen=True)
class Verification:
    """Scores of one set of forecasts.

    Brier score = reliability - resolution + uncertainty + within-band remainder (Murphy 1973); `ece` is the mean
    distance of forecast and observed share over ten bands of equal width, weighted by count; `ece_even` the same over
    ten bands of equal count.
    """

    count: int
    base_rate: float
    brier: float
    log_score: float
    reliability: float
    resolution: float
    uncertainty: float
    ece: float
    ece_even: float
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Skill:
    """1 - score / baseline score, with the central 95 % of a bootstrap over this many blocks."""

    baseline: str
    value: float
    low: float
    high: float
    blocks: int

    @property
    def doubt(self) -> str:
        """What to say of an interval drawn from few blocks; nothing where there are enough."""
        if self.blocks >= FEW_BLOCKS:
            return ""
        return f"pairs of actors: {self.blocks}, too few to tell whether the forecasts are good, whatever the interval says"


def bands_of(probability: Floats, outcome: Floats, edges: Floats) -> tuple[Band, ...]:
    """Sort forecasts into bands; empty bands are left out."""
    which = np.clip(np.searchsorted(edges, probability, "right") - 1, 0, len(edges) - 2)
    found = []
    for i in range(len(edges) - 1):
        mine = which == i
        if mine.any():
            values = float(probability[mine].mean()), float(outcome[mine].mean())
            found.append(Band(float(edges[i]), float(edges[i + 1]), int(mine.sum()), *values))
    return tuple(found)


def log_losses(probability: Floats, outcome: Floats) -> Floats:
    """Minus the log (base e) of the probability given to what happened, never beyond one in a million."""
    p = np.clip(probability, TINY, 1 - TINY)
    losses: Floats = -np.where(outcome > 0.5, np.log(p), np.log1p(-p))
    return losses


def verify(probability: Floats, outcome: Floats, *, bands: int = 10) -> Verification:
    """Score yes/no forecasts. `probability` in [0, 1], `outcome` 0 or 1, same length, at least one."""
    p, y = np.asarray(probability, np.float64), np.asarray(outcome, np.float64)
    wide = bands_of(p, y, np.linspace(0, 1, bands + 1))
    edges = np.unique(np.quantile(p, np.linspace(0, 1, bands + 1)))
    even = bands_of(p, y, edges if len(edges) > 1 else np.array([0.0, 1.0]))
    base = float(y.mean())
    weight = np.array([b.count for b in wide]) / len(p)
    gap = np.array([b.forecast - b.observed for b in wide])
    away = np.array([b.observed - base for b in wide])
    return Verification(
        count=len(p),
        base_rate=base,
        brier=float(((p - y) ** 2).mean()),
        log_score=float(log_losses(p, y).mean()),
        reliability=float((weight * gap**2).sum()),
        resolution=float((weight * away**2).sum()),
        uncertainty=base * (1 - base),
        ece=float((weight * np.abs(gap)).sum()),
        ece_even=float(sum(b.count * abs(b.forecast - b.observed) for b in even) / len(p)),
        bands=wide,
    )


def block_bootstrap_skill(
    losses: Floats, baseline: Floats, block: Ints, *, name: str, draws: int = 1000, seed: int = 0
) -> Skill:
    """Skill of mean losses against a baseline's, whole blocks drawn with replacement.

    `block` numbers the block of each forecast: forecasts whose windows overlap, or that share a pair, belong together
    (Künsch 1989). Ratio of means, as skill scores are.
    """
    blocks, which = np.unique(block, return_inverse=True)
    own, other = np.bincount(which, weights=losses), np.bincount(which, weights=baseline)
    random = np.random.default_rng(seed)
    picks = random.integers(0, len(blocks), (draws, len(blocks)))
    ratios = 1 - own[picks].sum(1) / np.maximum(other[picks].sum(1), TINY)
    low, high = np.quantile(ratios, [0.025, 0.975])
    value = 1 - own.sum() / max(float(other.sum()), TINY)
    return Skill(name, float(value), float(low), float(high), len(blocks))


def ranked_probability_score(distribution: Floats, observed: Ints) -> Floats:
    """Ranked probability score of count forecasts: sum over k of (P(count <= k) - [observed <= k])^2.

    `distribution` is (n, K): the probability of 0, 1, ... K - 1, the last column "K - 1 or more" (Epstein 1969).
    """
    steps = np.arange(distribution.shape[1])
    cumulated = np.cumsum(distribution, axis=1)
    happened = steps[None, :] >= np.minimum(observed, len(steps) - 1)[:, None]
    score: Floats = ((cumulated - happened) ** 2)[:, :-1].sum(1)
    return score


def reliability_lines(bands: Sequence[Band], width: int = 30) -> list[str]:
    """The reliability diagram as text: one line a band, forecast (o) against what happened (x)."""
    lines = []
    for band in bands:
        bar = [" "] * (width + 1)
        bar[round(band.forecast * width)] = "o"
        spot = round(band.observed * width)
        bar[spot] = "*" if bar[spot] == "o" else "x"
        lines.append(
            f"{band.low:4.2f}-{band.high:4.2f} |{''.join(bar)}| said {band.forecast:.3f}, came {band.observed:.3f} "
            f"({band.count})"
        )
    return lines
