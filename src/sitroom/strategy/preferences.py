"""How much every state is liked: prioritised statements, direct rankings or weights, under one or many draws."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase
from sitroom.strategy.stability import Ranks, Row
from sitroom.strategy.states import Space
from sitroom.vocabulary.strategy import Decider, Game, Want


def rank_states(game: Game, space: Space, draws: int = 0, seed: int = 0) -> Ranks:
    """Ordinal ranks of all states for all deciders: shape (deciders, max(draws, 1), states), higher is better.

    `draws` 0 takes the middle of every range and every statement as held; otherwise priorities shift by up to the
    decider's `spread`, ranks and weights come from their ranges, and a statement is held with probability `sure`.
    Every want has a random source of its own (PCG64 seeded with `seed` and the want's id), so that a change to one
    statement leaves all other draws as they are and what-ifs differ by nothing but the change.
    """
    rows = []
    for decider in game.deciders:
        wants = [want for want in game.wants if want.of == decider.id]
        rows.append(_rank_one(decider, wants, space, draws, seed))
    return np.stack(rows)


def rank_wants(wants: Sequence[Want], space: Space) -> Row:
    """Ranks under a given order of statements, most important first, all held: shape (1, states)."""
    truth = np.stack([space.truth(want.that) for want in wants]) if wants else np.zeros((0, space.size), bool)
    order = np.arange(len(wants))[None, :]
    return _by_priority(truth, order, np.ones((1, len(wants)), dtype=bool))


def _rank_one(decider: Decider, wants: list[Want], space: Space, draws: int, seed: int) -> Row:
    many = max(draws, 1)
    if decider.ranking:
        return np.broadcast_to(_by_ranking(decider, space), (many, space.size)).astype(np.int32)
    if not wants:
        return np.zeros((many, space.size), dtype=np.int32)
    truth = np.stack([space.truth(want.that) for want in wants])
    chance = np.stack([_chances(want, draws, seed) for want in wants], axis=2)
    held = chance[0] < np.array([want.sure for want in wants]) if draws else np.ones(chance[0].shape, bool)
    if wants[0].weight is not None:
        return _by_weight(truth, _within([want.weight or (0.0, 0.0) for want in wants], chance[1]) * held)
    places = _within([want.rank for want in wants], chance[1]) + decider.spread * (2 * chance[2] - 1)
    return _by_priority(truth, np.argsort(places, axis=1, kind="stable"), held)


def _chances(want: Want, draws: int, seed: int) -> NDArray[np.float64]:
    """Uniform numbers for one want (held, within its range, shift): shape (3, draws); the middle if nothing is drawn."""
    if not draws:
        return np.full((3, 1), 0.5)
    return np.random.default_rng([seed, zlib.crc32(want.id.encode())]).random((3, draws))


def _within(ranges: list[tuple[float, float]], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = np.array(ranges, dtype=np.float64).T
    return np.asarray(low + (high - low) * chance)


def _by_priority(truth: NDArray[np.bool_], order: NDArray[np.intp], held: NDArray[np.bool_]) -> Row:
    """Lexicographic ranks: a more important statement outweighs all less important ones together."""
    score = np.zeros((len(order), truth.shape[1]), dtype=np.int64)
    for place in range(order.shape[1]):
        which = order[:, place]
        here = truth[which] & held[np.arange(len(order)), which][:, None]
        score = score * 2 + here
        if place % 30 == 29:
            score = _compress(score).astype(np.int64)
    return _compress(score)


def _by_weight(truth: NDArray[np.bool_], weights: NDArray[np.float64]) -> Row:
    return _compress(np.round(weights @ truth, 9))


def _by_ranking(decider: Decider, space: Space) -> Row:
    """Ranks from a list of states, best first, ties together; states left out come last, equal to one another.

    A listed state that is not feasible (an option may be pinned) is passed over.
    """
    places = {
        name: len(decider.ranking) - place for place, tied in enumerate(decider.ranking) for name in tied
    }
    return np.array([[places.get(space.name(state), 0) for state in range(space.size)]], dtype=np.int32)


def _compress(score: NDArray[np.int64] | NDArray[np.float64]) -> Row:
    """Each row's scores as ranks from 0, ties equal."""
    order = np.argsort(score, axis=1, kind="stable")
    steps = np.diff(np.take_along_axis(score, order, axis=1), axis=1) != 0
    climbed = np.zeros(score.shape, dtype=np.int32)
    np.cumsum(steps, axis=1, out=climbed[:, 1:])
    ranks = np.empty_like(climbed)
    np.put_along_axis(ranks, order, climbed, axis=1)
    return ranks


def order_of(game: Game, decider: str) -> list[Want]:
    """The decider's statements, most important first, at the middle of their ranges."""
    wants = [want for want in game.wants if want.of == decider]
    return sorted(wants, key=lambda want: sum(want.rank))


def check_wants(game: Game) -> None:
    """Raise BadCase where a decider mixes weights with priorities."""
    for decider in game.deciders:
        kinds = {want.weight is None for want in game.wants if want.of == decider.id}
        if len(kinds) > 1:
            raise BadCase(
                f"{decider.id} mixes weighted and prioritised wants",
                hint="give all of its wants a weight, or none",
            )
