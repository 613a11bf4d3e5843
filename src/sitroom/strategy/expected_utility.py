"""Bargaining by expected utility (Scholz, Calbert & Smith 2011, after Bueno de Mesquita), in several named readings.

The paper leaves choices open, and no two programs agree. Each reading here is a name for a full set of choices; their
disagreement is part of the result. Every round costs O(actors^3), vectorised over actors and draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.bargain_baselines import weighted_mean, weighted_median

Float = NDArray[np.float64]
Kind = Literal["none", "confrontation", "compromise", "capitulation"]
KINDS: tuple[Kind, ...] = ("none", "confrontation", "compromise", "capitulation")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the paper.

    `pairwise`: the votes on a pair decide it (else they are divided by the votes on all ordered pairs). `nearest`: the
    offer that asks for the smallest move is taken (else the compromise with the lowest weighted position, which depends
    on the direction of the scale). `capitulation`: an actor who stands to lose more than the other gains gives in.
    `unchallenged`: the probability Q that nothing happens without a challenge; below 1 the rival may move to the median.
    `risk`: exponents follow from danger (else all are 1).
    """

    pairwise: bool = True
    nearest: bool = True
    capitulation: bool = True
    unchallenged: float = 1.0
    risk: bool = True


READINGS: Mapping[str, Reading] = {
    "paper": Reading(),
    "replication": Reading(pairwise=False, nearest=False, capitulation=False),
    "all-pairs": Reading(pairwise=False),
    "moving-rival": Reading(unchallenged=0.5),
    "no-risk": Reading(risk=False),
}
"""`paper` is the default; `replication` reproduces the public bdm-scholz program, its defects included."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: positions before it was `positions` of the round before. Shapes (draws, actors) and (draws,).

    `offers` is the kind of offer that each actor accepts (place in KINDS), `partner` with whom (-1: none).
    """

    positions: Float
    risk: Float
    offers: NDArray[np.int8]
    partner: NDArray[np.intp]
    mean: Float
    median: Float


def reading(name: str) -> Reading:
    """The reading of this name. Raises UnknownName."""
    try:
        return READINGS[name]
    except KeyError:
        raise UnknownName("reading", name, READINGS) from None


def bargain_rounds(
    capability: Float, salience: Float, positions: Float, rounds: int, how: Reading
) -> list[Round]:
    """Play `rounds` rounds; arrays are (actors,) or (draws, actors). The first Round is the start, without offers.

    The range of positions is that of the start, all actors move at once. Raises BadInput when all stand at one place.
    """
    where = np.atleast_2d(np.asarray(positions, dtype=np.float64))
    weight, salience = np.atleast_2d(capability) * np.atleast_2d(salience), np.atleast_2d(salience)
    weight, salience = np.broadcast_to(weight, where.shape), np.broadcast_to(salience, where.shape)
    width = where.max(axis=1) - where.min(axis=1)
    if (width <= 0).all():
        raise BadInput("all actors hold the same position", hint="there is nothing to bargain about")
    width = np.where(width > 0, width, 1.0)
    nobody = np.full(where.shape, -1, dtype=np.intp)
    played = [
        Round(where, np.ones(where.shape), np.zeros(where.shape, np.int8), nobody, *_middle(where, weight))
    ]
    for _ in range(rounds):
        risk = _risk(where, weight, salience, width, how)
        wins = _wins(where, risk, weight, width, how)
        own = _expected(where, risk, wins, salience, width, weight, how)
        other = _expected(where, risk, wins, salience, width, weight, how, challenged=True)
        where, offers, partner = _settle(where, own, other, how)
        played.append(Round(where, risk, offers, partner, *_middle(where, weight)))
    return played


def _middle(where: Float, weight: Float) -> tuple[Float, Float]:
    return weighted_mean(where, weight), weighted_median(where, weight)


def _apart(where: Float, width: Float) -> Float:
    """How far apart each two actors stand, as a share of the range: shape (draws, actors, actors)."""
    return np.asarray(np.abs(where[:, :, None] - where[:, None, :]) / width[:, None, None])


def _wins(where: Float, risk: Float, weight: Float, width: Float, how: Reading) -> Float:
    """The probability that i's position beats j's: shape (draws, i, j); each voter k votes with its own risk exponent."""
    gap = _apart(where, width) ** risk[:, :, None]
    favour = weight[:, :, None, None] * (gap[:, :, None, :] - gap[:, :, :, None])
    votes = np.maximum(favour, 0).sum(axis=1)
    total = (
        votes + votes.transpose(0, 2, 1)
        if how.pairwise
        else np.abs(favour).sum(axis=(1, 2, 3))[:, None, None]
    )
    share = np.divide(votes, total, out=np.zeros_like(votes), where=np.broadcast_to(total, votes.shape) > 0)
    return np.asarray(np.where(where[:, :, None] == where[:, None, :], 0.0, share))


def _expected(
    where: Float, risk: Float, wins: Float, salience: Float, width: Float, weight: Float, how: Reading,
    challenged: bool = False,
) -> Float:  # fmt: skip
    """What i expects from challenging j, seen by i; with `challenged`, what i thinks j expects from challenging i."""
    apart, power = _apart(where, width), risk[:, :, None]
    won = 2 - 4 * (0.5 - 0.5 * apart) ** power
    lost = 2 - 4 * (0.5 + 0.5 * apart) ** power
    chance = wins.transpose(0, 2, 1) if challenged else wins
    resists = salience[:, :, None] if challenged else salience[:, None, :]
    stays = how.unchallenged * (2 - 4 * 0.5**power)
    value = resists * (chance * won + (1 - chance) * lost) + (1 - resists) * won - stays
    if how.unchallenged < 1:
        value = value - (1 - how.unchallenged) * _drift(where, power, width, weight, challenged)
    return np.asarray(value)


def _drift(where: Float, power: Float, width: Float, weight: Float, challenged: bool) -> Float:
    """The utility to the challenger of the rival's moving to the median by itself: better or worse for it."""
    median = weighted_median(where, weight)[:, None]
    off = np.abs(where - median) / width[:, None]
    apart = _apart(where, width)
    mine = off[:, None, :] if challenged else off[:, :, None]
    reach = 0.25 * (mine + apart)
    better = 2 - 4 * np.clip(0.5 - reach, 0, None) ** power
    worse = 2 - 4 * (0.5 + reach) ** power
    return np.asarray(np.where(mine < apart, better, worse))


def _risk(where: Float, weight: Float, salience: Float, width: Float, how: Reading) -> Float:
    """Risk exponents from 0.5 to 2 by how much danger an actor's position brings it, rescaled over actors."""
    ones = np.ones_like(where)
    if not how.risk:
        return ones
    threat = _expected(where, ones, _wins(where, ones, weight, width, how), salience, width, weight, how)
    actors = np.arange(where.shape[1])
    threat[:, actors, actors] = 0.0
    danger = threat.sum(axis=1)
    low, high = danger.min(axis=1, keepdims=True), danger.max(axis=1, keepdims=True)
    spread = high - low
    scaled = np.divide(2 * danger - high - low, spread, out=np.zeros_like(danger), where=spread > 0)
    return np.asarray((1 - scaled / 3) / (1 + scaled / 3))


def _settle(
    where: Float, own: Float, other: Float, how: Reading
) -> tuple[Float, NDArray[np.int8], NDArray[np.intp]]:
    """The offer that each actor takes: confrontations before compromises before capitulations, the smallest move first."""
    here, there = where[:, :, None], where[:, None, :]
    apart = here != there
    fight = apart & (other > own) & (own > 0)
    meet = apart & (other > 0) & (own < 0) & (other > -own)
    yields = apart & (other > 0) & (own < 0) & (other < -own) & how.capitulation
    share = np.divide(np.abs(own), np.abs(other), out=np.zeros_like(own), where=meet)
    middle = here + (there - here) * share
    distance = np.abs(there - here)
    total = np.abs(own) + np.abs(other)
    lean = np.divide(
        np.abs(own) * here + np.abs(other) * there, total, out=np.zeros_like(own), where=total > 0
    )
    offers = np.zeros(where.shape, dtype=np.int8)
    partner = np.full(where.shape, -1, dtype=np.intp)
    moved = where.copy()
    options = (
        (3, yields, distance, there),
        (2, meet, np.abs(middle - here) if how.nearest else lean, middle),
        (1, fight, distance, there),
    )
    for kind, mask, key, goal in options:
        chosen = np.argmin(np.where(mask, key, np.inf), axis=2)
        some = mask.any(axis=2)
        goals = np.take_along_axis(np.broadcast_to(goal, mask.shape), chosen[:, :, None], axis=2)[:, :, 0]
        moved = np.where(some, goals, moved)
        offers = np.where(some, np.int8(kind), offers)
        partner = np.where(some, chosen, partner)
    return moved, offers, partner
