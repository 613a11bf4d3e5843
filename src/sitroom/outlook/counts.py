"""How many acts in a window: a distribution of counts that agrees with the calibrated chance of at least one."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from sitroom.outlook.history import Floats
from sitroom.outlook.windows import Cube

MOST = 60


@dataclass(frozen=True)
class Counts:
    """One row a forecast: `probability[i, k]` that exactly k acts fall in the window, the last column "or more"."""

    probability: Floats

    def at_least(self, threshold: int) -> Floats:
        """The chance of `threshold` acts or more."""
        tail: Floats = self.probability[:, min(threshold, self.probability.shape[1] - 1) :].sum(1)
        return tail

    def bounds(self, inside: float = 0.8) -> tuple[Floats, Floats]:
        """The central interval, in acts."""
        total = np.cumsum(self.probability, axis=1)
        tail = (1 - inside) / 2
        return (total < tail).sum(1).astype(np.float64), (total < 1 - tail).sum(1).astype(np.float64)

    @property
    def mean(self) -> Floats:
        """Expected acts."""
        mean: Floats = self.probability @ np.arange(self.probability.shape[1])
        return mean


def expected_counts(cube: Cube, origin: int, length: int, half_life: float = 45.0) -> Floats:
    """Gamma-Poisson rates: each pair's faded count drawn towards its class's mean (empirical Bayes by moments)."""
    age = origin - np.arange(origin) - 0.5
    weight = np.exp2(-age / half_life).astype(np.float32)
    counted, exposure = cube.learned[:, :, :origin] @ weight, max(float(weight.sum()), 1e-9)
    mean = (counted.sum(0) + 0.05) / (exposure * len(counted) + 1.0)
    excess = np.maximum((counted / exposure).var(0) - mean / exposure, 1e-9)
    strength = np.clip(mean / excess, 1.0, 10 * exposure)
    rate: Floats = (counted + mean * strength) / (exposure + strength)
    return rate * length


def spread_of_counts(cube: Cube, origin: int, length: int) -> Floats:
    """Per class, the size of a negative binomial around the pairs' means (small: bursts), from past windows."""
    sizes = []
    for c in range(len(cube.classes)):
        means, squares = [], []
        for k in range(1, min(9, origin // length)):
            seen = cube.learned[:, c, origin - k * length : origin - (k - 1) * length].sum(1)
            expected = (
                expected_counts(cube, origin - k * length, length)[:, c] if origin - k * length > 14 else None
            )
            if expected is not None:
                means.append(expected)
                squares.append((seen - expected) ** 2 - expected)
        if not means:
            sizes.append(1.0)
            continue
        m, extra = np.concatenate(means), np.concatenate(squares)
        sizes.append(float(np.clip((m**2).sum() / max(float(extra.sum()), 1e-9), 0.05, 50.0)))
    return np.array(sizes)


def hurdle(chance: Floats, mean: Floats, size: Floats, most: int = MOST) -> Counts:
    """Zero with probability 1 - `chance`, else a zero-truncated negative binomial with this mean and size (Mullahy 1986)."""
    steps = np.arange(most + 1)
    p = size / (size + np.maximum(mean, 1e-6))
    mass = np.array(stats.nbinom.pmf(steps[None, :], size[:, None], p[:, None]))
    mass[:, -1] = np.maximum(1 - mass[:, :-1].sum(1), 0.0)
    positive = mass[:, 1:] / np.maximum(mass[:, 1:].sum(1, keepdims=True), 1e-12)
    return Counts(np.column_stack([1 - chance, chance[:, None] * positive]))
