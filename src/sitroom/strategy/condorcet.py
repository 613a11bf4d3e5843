"""A probabilistic Condorcet election among positions, as in the KTAB toolkit (Wise, Lester & Efird 2015; MIT licence).

Value v_ij = 1 - distance of j's position from i's, dimensions weighted by i's salience; utility adds a risk attitude
that grows with the chance of winning; P(j beats k) compares the power that prefers j with the power that prefers k; the
conditional election gives position j a probability proportional to the product of its pairwise victories.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Vote = Literal["proportional", "proportional-cubic"]
Election = Literal["conditional", "markov-incentive"]


def values(positions: Float, salience: Float) -> Float:
    """How much i likes j's position, 0 to 1: shape (..., i, j). Positions on 0 to 1: shape (..., actors, dimensions)."""
    gap = (positions[..., :, None, :] - positions[..., None, :, :]) ** 2
    weight = salience[..., :, None, :] ** 2
    total = weight.sum(axis=-1)
    away = np.divide((gap * weight).sum(axis=-1), total, out=gap.mean(axis=-1), where=total > 0)
    return np.asarray(1 - np.sqrt(away))


def risk_attitudes(
    liking: Float, power: Float, vote: Vote = "proportional", election: Election = "conditional"
) -> Float:
    """From -0.5 (never likely to win: averse) to 1 (most likely): the middle setting of KTAB. Shape (..., actors)."""
    odds = elect(liking, power, None, vote, election)
    low, high = odds.min(axis=-1, keepdims=True), odds.max(axis=-1, keepdims=True)
    spread = np.where(high > low, high - low, 1.0)
    return np.asarray(np.where(high > low, -0.5 + 1.5 * (odds - low) / spread, 0.0))


def utilities(liking: Float, risk: Float) -> Float:
    """Values bent by each actor's risk attitude: shape (..., i, j)."""
    return np.asarray(liking + risk[..., :, None] * liking * (1 - liking))


def beats(liking: Float, power: Float, vote: Vote = "proportional") -> tuple[Float, Float]:
    """The strength of j against k, and P(j beats k): shape (..., j, k) each; even where nobody cares."""
    gap = liking[..., :, :, None] - liking[..., :, None, :]
    push = gap if vote == "proportional" else (gap + gap**3) / 2
    strength = (power[..., :, None, None] * np.maximum(push, 0)).sum(axis=-3)
    both = strength + np.swapaxes(strength, -1, -2)
    odds = np.divide(strength, both, out=np.full_like(strength, 0.5), where=both > 0)
    return strength, odds


def elect(
    liking: Float,
    power: Float,
    positions: Float | None,
    vote: Vote = "proportional",
    election: Election = "conditional",
) -> Float:
    """The probability that each actor's position wins: shape (..., actors).

    With `positions` (..., actors, dimensions) equal positions count once, and each actor is given the probability of
    its position; without, every actor is a candidate of its own (KTAB does so for risk), which flatters lonely ones.
    """
    same = np.broadcast_to(np.eye(liking.shape[-1], dtype=bool), liking.shape)
    if positions is not None:
        same = np.asarray((positions[..., :, None, :] == positions[..., None, :, :]).all(axis=-1))
    first: NDArray[np.bool_] = np.asarray(~np.tril(same, -1).any(axis=-1))
    strength, odds = beats(liking, power, vote)
    if election == "markov-incentive":
        return _markov(strength, odds, same, first)
    with np.errstate(divide="ignore"):
        logs = np.where(same, 0.0, np.log(odds)) * np.where(first[..., None, :], 1.0, 0.0)
    logs = np.where(np.isnan(logs), 0.0, logs).sum(axis=-1)
    raw = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(raw / np.where(first, raw, 0.0).sum(axis=-1, keepdims=True))


def _markov(strength: Float, odds: Float, same: NDArray[np.bool_], first: NDArray[np.bool_]) -> Float:
    """The long-run share of each position when it is challenged in proportion to strength and chance of success."""
    rows = np.where(first[..., None, :] & ~same, np.swapaxes(strength * odds, -1, -2), 0.0)
    total = rows.sum(axis=-1, keepdims=True)
    challenge = np.divide(rows, total, out=np.zeros_like(rows), where=total > 0)
    move = challenge * np.swapaxes(odds, -1, -2)
    here = np.where(first, 1.0, 0.0)
    here = here / here.sum(axis=-1, keepdims=True)
    stay = 1 - move.sum(axis=-1)
    for _ in range(5000):
        after = (here[..., :, None] * move).sum(axis=-2) + here * stay
        if np.abs(after - here).max() < 1e-13:
            break
        here = after
    return np.asarray((here[..., None, :] * same).sum(axis=-1))
