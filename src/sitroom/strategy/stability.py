"""Which states a decider would stay in: Nash, GMR, SMR, SEQ and SIM, by sweeps over arc lists.

Definitions: Fang, Hipel & Kilgour, Interactive Decision Making (1993). Opponents may answer with any legal sequence of
moves, in which nobody moves twice running; an answer deters (is a sanction) when it leaves the mover in a state that it
likes no better than the one it started from. SIM (Fraser & Hipel 1984) adds up the changes that opponents would make at
the same time, from the same starting state; it needs states made of options.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.moves import Arcs, Graph
from sitroom.strategy.states import Codes

Concept = Literal["NASH", "GMR", "SMR", "SEQ", "SIM", "SEQ-or-SIM"]
CONCEPTS: tuple[Concept, ...] = ("NASH", "GMR", "SMR", "SEQ", "SIM", "SEQ-or-SIM")
Answers = Literal["legal", "once", "single"]

Ranks = NDArray[np.int32]
"""How much each state is liked: shape (deciders, draws, states), higher is better, equal is a tie."""
Row = NDArray[np.int32]
Mask = NDArray[np.bool_]

SIM_ITEMS = 400_000
"""How many joint steps are looked at in one go."""

WORST = np.int32(np.iinfo(np.int32).max)


@dataclass(frozen=True)
class Play:
    """A graph with preferences. `answers` says how far opponents may answer.

    `legal` is the textbook; `once` lets each opponent move at most once and `single` lets one opponent make one move
    (the two readings found in older software).
    """

    graph: Graph
    ranks: Ranks
    answers: Answers = "legal"

    @cached_property
    def gains(self) -> tuple[Mask, ...]:
        """Which moves of each decider improve on where they start: shape (draws, arcs) each."""
        return tuple(
            rank[:, arcs.dst] > rank[:, arcs.src]
            for arcs, rank in zip(self.graph.arcs, self.ranks, strict=True)
        )

    def opponents(self, mover: int) -> list[int]:
        """Everybody else who has a move at all."""
        return [other for other, arcs in enumerate(self.graph.arcs) if other != mover and len(arcs)]


def judge(play: Play, mover: int, concept: Concept) -> Mask:
    """In which states `mover` stays under `concept`: shape (draws, states)."""
    arcs = play.graph.arcs[mover]
    if concept == "SEQ-or-SIM":
        return judge(play, mover, "SEQ") | judge(play, mover, "SIM")
    if not len(arcs):
        return np.ones((play.ranks.shape[1], play.graph.size), dtype=bool)
    if concept == "SIM":
        return _stays_sim(play, mover)
    return _stays(play, arcs, undeterred(play, mover, concept))


def judge_all(play: Play, concepts: Sequence[Concept]) -> dict[str, Mask]:
    """Stability of every decider under several concepts: shape (deciders, draws, states) each."""
    for concept in concepts:
        if concept not in CONCEPTS:
            raise UnknownName("concept", concept, CONCEPTS)
    movers = range(len(play.graph.deciders))
    return {concept: np.stack([judge(play, mover, concept) for mover in movers]) for concept in concepts}


def undeterred(play: Play, mover: int, concept: Concept) -> Mask:
    """Which moves of `mover` improve and meet no answer that deters them: shape (draws, arcs)."""
    arcs, gain = play.graph.arcs[mover], play.gains[mover]
    rank = play.ranks[mover]
    if concept == "NASH":
        return gain
    if concept == "SIM":
        return _undeterred_sim(play, mover)
    if concept == "GMR":
        threat = lowest_answer(play, play.opponents(mover), rank)
    elif concept == "SMR":
        threat = lowest_answer(play, play.opponents(mover), escape(arcs, rank))
    elif concept == "SEQ":
        threat = lowest_answer(play, play.opponents(mover), rank, credible=True)
    else:
        raise UnknownName("concept", concept, CONCEPTS)
    bold: Mask = gain & (threat[:, arcs.dst] > rank[:, arcs.src])
    return bold


def escape(arcs: Arcs, rank: Row) -> Row:
    """The best that a decider can still get from each state, by staying or by one move of its own (for SMR)."""
    best = rank.copy()
    if len(arcs):
        moved = arcs.fold(np.maximum, rank[:, arcs.dst])
        best[:, arcs.sources] = np.maximum(best[:, arcs.sources], moved)
    return best


def lowest_answer(play: Play, movers: Sequence[int], worth: Row, credible: bool = False) -> Row:
    """The lowest `worth` that legal sequences of `movers` can reach from each state: shape (draws, states).

    Keeps one minimum per state and first mover and relaxes until nothing changes; `credible` allows only moves that
    improve the lot of who makes them.
    """
    if play.answers == "once":
        return _lowest_once(play, movers, worth, credible)
    reach = {mover: np.full_like(worth, WORST) for mover in movers}
    changed = set(movers)
    while changed:
        changed = set()
        for mover in movers:
            goal = worth
            if play.answers == "legal":
                for other in movers:
                    if other != mover:
                        goal = np.minimum(goal, reach[other])
            swept = _sweep(play, mover, goal, credible)
            if (swept < reach[mover]).any():
                reach[mover] = swept
                changed.add(mover)
        if len(movers) == 1 or play.answers == "single":
            break
    lowest = np.full_like(worth, WORST)
    for row in reach.values():
        np.minimum(lowest, row, out=lowest)
    return lowest


def _lowest_once(play: Play, movers: Sequence[int], worth: Row, credible: bool) -> Row:
    """As lowest_answer, each mover at most once, in any order."""
    lowest = np.full_like(worth, WORST)
    for order in permutations(movers):
        goal = worth
        for mover in order:
            swept = _sweep(play, mover, goal, credible)
            np.minimum(lowest, swept, out=lowest)
            goal = np.minimum(worth, swept)
    return lowest


def _sweep(play: Play, mover: int, goal: Row, credible: bool) -> Row:
    """The lowest goal one move of `mover` away: shape (draws, states), WORST where it cannot move."""
    arcs = play.graph.arcs[mover]
    swept = np.full_like(goal, WORST)
    ahead = goal[:, arcs.dst]
    if credible:
        np.copyto(ahead, WORST, where=~play.gains[mover])
    swept[:, arcs.sources] = arcs.fold(np.minimum, ahead)
    return swept


def _stays(play: Play, arcs: Arcs, leaves: Mask) -> Mask:
    stays = np.ones((leaves.shape[0], play.graph.size), dtype=bool)
    stays[:, arcs.sources] = ~arcs.fold(np.logical_or, leaves)
    return stays


def _undeterred_sim(play: Play, mover: int) -> Mask:
    """Moves that stay improvements whatever opponents change at the same time.

    Every set of opponents may act, each with one improvement from the starting state; a sum that is no feasible state
    deters nothing.
    """
    leaves = play.gains[mover].copy()
    for draw in range(leaves.shape[0]):
        at = np.flatnonzero(leaves[draw])
        leaves[draw, at] = ~_Together(play, mover, draw).deter(at)
    return leaves


def _stays_sim(play: Play, mover: int) -> Mask:
    """As judge, for SIM: the best improvements are tried first, and a state is done with as soon as one is free."""
    arcs = play.graph.arcs[mover]
    stays = np.ones((play.ranks.shape[1], play.graph.size), dtype=bool)
    for draw, alive in enumerate(stays):
        together = _Together(play, mover, draw)
        at = np.flatnonzero(play.gains[mover][draw])
        at = at[np.lexsort((-play.ranks[mover, draw][arcs.dst[at]], arcs.src[at]))]
        src = arcs.src[at]
        first = np.flatnonzero(np.diff(src, prepend=-1))
        place = np.arange(len(at)) - np.repeat(first, np.diff(first, append=len(at)))
        wave = 0
        while len(at):
            now = place <= wave
            free = ~together.deter(at[now])
            alive[src[now][free]] = False
            rest = ~now & alive[src]
            at, src, place, wave = at[rest], src[rest], place[rest], 2 * wave + 1
    return stays


class _Together:
    """What opponents may do at the same time as one mover, under one draw."""

    def __init__(self, play: Play, mover: int, draw: int) -> None:
        space = play.graph.space
        if space is None:
            raise BadInput(
                "SIM is not defined for states without options",
                hint="use NASH, GMR, SMR or SEQ, or an option-form game",
            )
        self.codes = space.codes.astype(np.int32) if len(space.options) < 31 else space.codes
        self.find = _finder(space.codes, len(space.options))
        self.arcs, self.rank = play.graph.arcs[mover], play.ranks[mover, draw]
        others = [other for other in play.opponents(mover) if play.gains[other][draw].any()]
        self.steps = [play.graph.arcs[other].keep(play.gains[other][draw]) for other in others]
        self.steps.sort(key=len)
        wide = [1 + int(np.diff(step.starts, append=len(step)).max()) for step in self.steps]
        self.size = max(1, SIM_ITEMS // int(np.prod(wide, dtype=np.int64)))

    def deter(self, at: NDArray[np.intp]) -> Mask:
        """Which of the moves `at` end no better than they started under some joint step of the opponents."""
        parts = (at[first : first + self.size] for first in range(0, len(at), self.size))
        met = [_met_at_once(self.codes, self.find, self.rank, self.arcs, part, self.steps) for part in parts]
        return np.concatenate(met) if met else np.zeros(0, dtype=bool)


def _finder(codes: Codes, options: int) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """A function from codes to states, -1 where infeasible: a table for up to 22 options, else a search."""
    if options <= 22:
        table = np.full(1 << options, -1, dtype=np.int32)
        table[codes] = np.arange(len(codes), dtype=np.int32)
        return table.__getitem__

    def search(wanted: NDArray[Any]) -> NDArray[Any]:
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        return np.asarray(np.where(codes[at] == wanted, at, -1))

    return search


def _met_at_once(
    codes: NDArray[Any],
    find: Callable[[NDArray[Any]], NDArray[Any]],
    rank: Row,
    arcs: Arcs,
    part: NDArray[np.intp],
    steps: list[Arcs],
) -> Mask:
    """Which of the moves `part` end no better than they started under some joint step of opponents."""
    src = arcs.src[part]
    bound = rank[src]
    pair, code = np.arange(len(part), dtype=np.int32), codes[arcs.dst[part]]
    met = np.zeros(len(part), dtype=bool)
    for step in steps:
        first, count = _rows_of(step, len(codes))
        turn = codes[step.src] ^ codes[step.dst]
        many = count[src[pair]]
        begins = first[src[pair]] - (np.cumsum(many) - many)
        item = np.repeat(np.arange(len(pair), dtype=np.int32), many)
        joint = code[item] ^ turn[begins[item] + np.arange(len(item))]
        owner = pair[item]
        state = find(joint)
        met[owner[(rank[state] <= bound[owner]) & (state >= 0)]] = True
        pair, code = np.concatenate([pair, owner]), np.concatenate([code, joint])
        open_still = ~met[pair]
        pair, code = pair[open_still], code[open_still]
    return met


def _rows_of(arcs: Arcs, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the arcs of each state begin, and how many there are: shape (states,) each."""
    first, count = np.zeros(size, dtype=np.intp), np.zeros(size, dtype=np.intp)
    first[arcs.sources] = arcs.starts
    count[arcs.sources] = np.diff(arcs.starts, append=len(arcs))
    return first, count
