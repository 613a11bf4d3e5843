"""Where a bargain may end: baselines first, then the Condorcet election and expected utility, with their disagreement."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadInput
from sitroom.strategy.bargain_baselines import EU_BAND, error_band, weighted_mean, weighted_median
from sitroom.strategy.condorcet import elect, risk_attitudes, utilities, values
from sitroom.strategy.expected_utility import bargain_rounds, reading
from sitroom.vocabulary.strategy import Bargain, Triple

Float = NDArray[np.float64]

CAVEAT = (
    "Over 353 real decisions of the European Union the weighted mean missed by 23 points on average; "
    "no expected-utility variant did better. 80 of 100 outcomes fell "
    f"between {EU_BAND[0]:+.0f} and {EU_BAND[1]:+.0f} points of it."
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One answer under one definition of capability: at the middle numbers, and the central 80 % over the draws."""

    method: str
    capability: str
    value: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class BargainSolution:
    """What follows from a bargain. `band` is where 80 of 100 real outcomes fell around such a mean; read it first.

    `estimates` hold baselines before models, for each definition of capability; `wins` is the election's probability of
    each distinct position, `path` the median per round under each reading. Positions are on the issue's own scale.
    """

    issue: str
    status_quo: float | None
    estimates: tuple[Estimate, ...]
    wins: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    path: tuple[tuple[str, str, tuple[float, ...]], ...]
    band: tuple[float, float]
    warnings: tuple[str, ...]
    seed: int
    draws: int
    rounds: int
    exact: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Drawn numbers; row 0 holds the middle ones. Shapes (1 + draws, actors)."""

    positions: Float
    salience: Float
    power: Float


def solve_bargain(
    bargain: Bargain,
    draws: int = 1000,
    seed: int = 0,
    rounds: int = 10,
    readings: Sequence[str] = ("paper", "replication"),
) -> BargainSolution:
    """Solve a bargain under every declared definition of capability, with draws from the actors' ranges.

    The same uniform numbers serve all definitions, so that their results can be set side by side.
    Raises UnknownName for a reading, BadInput when nobody has weight or all stand at one place.
    """
    estimates: list[Estimate] = []
    wins, path = [], []
    for definition in bargain.capability:
        numbers = _draw(bargain, definition, draws, seed)
        weights = numbers.power * numbers.salience
        if (weights.sum(axis=1) <= 0).any():
            raise BadInput(
                f"nobody has weight under {definition!r}", hint="give some actor capability and salience"
            )
        mean = weighted_mean(numbers.positions, weights)
        estimates.append(_estimate("weighted mean", definition, mean))
        estimates.append(
            _estimate("weighted median", definition, weighted_median(numbers.positions, weights))
        )
        odds = _election(bargain, numbers)
        expected = np.asarray((odds * numbers.positions * _first(numbers.positions)).sum(axis=1))
        estimates.append(_estimate("Condorcet election", definition, expected))
        wins.append((definition, _by_position(numbers.positions[0], odds[0])))
        for name in readings:
            played, note = _bargained(numbers, name, rounds)
            estimates.append(_estimate(f"expected utility, {name}", definition, played[-1], note))
            path.append((definition, name, tuple(float(median[0]) for median in played)))
    first = estimates[0].value
    return BargainSolution(
        issue=bargain.issue,
        status_quo=bargain.status_quo,
        estimates=tuple(estimates),
        wins=tuple(wins),
        path=tuple(path),
        band=error_band(first, *bargain.scale),
        warnings=_warnings(bargain, estimates),
        seed=seed,
        draws=draws,
        rounds=rounds,
        exact=not draws,
        because=tuple(dict.fromkeys(one for actor in bargain.bargainers for one in actor.grounds.evidence)),
    )


def _draw(bargain: Bargain, definition: str, draws: int, seed: int) -> _Numbers:
    source = np.random.default_rng(seed)
    shape = (3, draws, len(bargain.bargainers))
    chance = np.concatenate([np.full((3, 1, shape[2]), np.nan), source.random(shape)], axis=1)
    rows = (
        [actor.position for actor in bargain.bargainers],
        [actor.salience for actor in bargain.bargainers],
        [actor.capability[definition] for actor in bargain.bargainers],
    )
    return _Numbers(*(_triangular(triples, part) for triples, part in zip(rows, chance, strict=True)))


def _triangular(triples: Sequence[Triple], chance: Float) -> Float:
    """Triangular draws by inverting their distribution; NaN stands for the middle value."""
    low, middle, high = np.array(triples, dtype=np.float64).T
    width = np.where(high > low, high - low, 1.0)
    split = (middle - low) / width
    with np.errstate(invalid="ignore"):
        left = low + np.sqrt(chance * width * (middle - low))
        right = high - np.sqrt((1 - chance) * width * (high - middle))
    return np.asarray(np.where(np.isnan(chance), middle, np.where(chance < split, left, right)))


def _election(bargain: Bargain, numbers: _Numbers) -> Float:
    """The probability of each actor's position: shape (rows, actors), equal positions sharing one probability.

    Salience is part of the value of a dimension; on a single issue it cancels there, so it weighs the votes instead.
    """
    low, high = bargain.scale
    where = ((numbers.positions - low) / (high - low))[..., None]
    liking = values(where, np.ones_like(where))
    power = numbers.power * numbers.salience
    return elect(utilities(liking, risk_attitudes(liking, power)), power, where)


def _first(positions: Float) -> Float:
    """1 for the first actor at each distinct position, else 0."""
    same = positions[:, :, None] == positions[:, None, :]
    return np.asarray(~np.tril(same, -1).any(axis=-1), dtype=np.float64)


def _by_position(positions: Float, odds: Float) -> tuple[tuple[float, float], ...]:
    table = dict(zip(positions.tolist(), odds.tolist(), strict=True))
    return tuple(sorted(table.items()))


def _bargained(numbers: _Numbers, name: str, rounds: int) -> tuple[list[Float], str]:
    """The median after each round, and whether the middle run came to rest."""
    played = bargain_rounds(numbers.power, numbers.salience, numbers.positions, rounds, reading(name))
    moved = float(np.abs(played[-1].positions[0] - played[-2].positions[0]).max()) if rounds else 0.0
    note = "at rest" if moved < 1e-9 else f"still moving after {rounds} rounds: not a result"
    return [one.median for one in played], note


def _estimate(method: str, definition: str, rows: Float, note: str = "") -> Estimate:
    drawn = rows[1:] if len(rows) > 1 else rows
    low, high = np.quantile(drawn, [0.1, 0.9])
    return Estimate(method, definition, float(rows[0]), float(low), float(high), note)


def _warnings(bargain: Bargain, estimates: list[Estimate]) -> tuple[str, ...]:
    found = [CAVEAT]
    if bargain.hands:
        found.insert(
            0,
            f"This issue lies in {bargain.hands}'s own hands: it can simply do what it wants, and no vote is taken. "
            f"Read the numbers as pressure on {bargain.hands}, not as an outcome.",
        )
    low, high = bargain.scale
    apart = []
    for method in dict.fromkeys(estimate.method for estimate in estimates):
        each = [estimate.value for estimate in estimates if estimate.method == method]
        if max(each) - min(each) > 0.1 * (high - low):
            apart.append(f"{method} {min(each):.0f} or {max(each):.0f}")
    if apart:
        found.append(f"How capability is defined decides: {', '.join(apart)}.")
    return tuple(found)
