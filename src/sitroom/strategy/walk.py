"""Where a conflict goes from the status quo: moves by improvement, and the walk by moves that nobody would punish.

Status-quo analysis: Li, Kilgour & Hipel 2005. The credible-move walk takes from each state only improvements of which
the mover need not fear that the others' own improvements undo the gain (no SEQ sanction). Whoever has such a move is
equally likely to be next, and takes its best one; of equally good ones, one that changes the fewest options. The end states form an absorbing Markov chain per draw of the
preferences; the probabilities are means over the draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitroom.strategy.moves import Arcs, Graph
from sitroom.strategy.stability import Concept, Play, Ranks, undeterred

Float = NDArray[np.float64]

STEPS = 60
WINDOW = 12
"""Walks that never rest are averaged over their last 12 steps (any cycle of 2, 3, 4, 6 or 12 states is covered)."""
CHUNK = 3_000_000


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk gives.

    `ends` (draws, states) is where it is at the end; `resting` (draws,) how much of it rests; `taken` (arcs,) how often
    each move was made, a mean over the draws (all arcs, decider by decider).
    """

    ends: Float
    resting: Float
    taken: Float

    @property
    def mean(self) -> Float:
        """The end distribution over all draws: shape (states,)."""
        mean: Float = self.ends.mean(axis=0)
        return mean


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the walk: who, from where to where, and how likely (at its start, or that a walk makes it at all)."""

    mover: int
    src: int
    dst: int
    probability: float


def walk(
    graph: Graph, ranks: Ranks, start: int, credible: Concept = "SEQ", steps: int = STEPS, noise: float = 0.0
) -> Walked:
    """Walk from `start` under every draw of the preferences (ranks: deciders, draws, states).

    `credible` names the answers that a mover fears (NASH: none). With `noise` a mover takes any credible move, not its
    best, with this probability.
    """
    many = ranks.shape[1]
    total = max(1, sum(map(len, graph.arcs)))
    size = max(1, CHUNK // total)
    parts = [
        _walk_chunk(Play(graph, ranks[:, first : first + size]), start, credible, steps, noise)
        for first in range(0, many, size)
    ]
    return Walked(
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.resting for part in parts]),
        np.asarray(sum(part.taken * len(part.ends) for part in parts) / many),
    )


def _walk_chunk(play: Play, start: int, credible: Concept, steps: int, noise: float) -> Walked:
    src, dst, weight = _chances(play, credible, noise)
    draws = play.ranks.shape[1]
    here = np.zeros((draws, play.graph.size))
    here[:, start] = 1.0
    if not len(src):
        return Walked(here, np.ones(draws), np.zeros(0))
    order = np.argsort(dst, kind="stable")
    src, weight = src[order], weight[:, order]
    arrive = Arcs.of(dst[order], dst[order])
    moving = np.zeros_like(here)
    by_src = np.argsort(src, kind="stable")
    leave = Arcs.of(src[by_src], src[by_src])
    moving[:, leave.sources] = leave.fold(np.add, weight[:, by_src])
    resting = moving < 0.5
    ends = np.zeros_like(here)
    taken = np.zeros(len(src))
    for step in range(steps):
        flow = here[:, src] * weight
        taken[order] += flow.mean(axis=0)
        here = here * resting
        here[:, arrive.sources] += arrive.fold(np.add, flow)
        settled = np.where(resting, here, 0.0).sum(axis=1)
        if settled.min() > 1 - 1e-9:
            return Walked(here, settled, taken)
        if step >= steps - WINDOW:
            ends += here / WINDOW
    return Walked(ends, settled, taken)


def _chances(
    play: Play, credible: Concept, noise: float
) -> tuple[NDArray[np.int32], NDArray[np.int32], Float]:
    """All moves with their probability at their start: src, dst (arcs,), weight (draws, arcs)."""
    draws, size = play.ranks.shape[1], play.graph.size
    active = np.zeros((draws, size))
    parts = []
    for mover, arcs in enumerate(play.graph.arcs):
        if not len(arcs):
            continue
        can = undeterred(play, mover, credible)
        share = _shares(arcs, can, play.ranks[mover], _effort(play.graph, arcs), noise)
        has = arcs.fold(np.add, share) > 0.5
        active[:, arcs.sources] += has
        parts.append((arcs, share))
    if not parts:
        empty = np.empty(0, np.int32)
        return empty, empty, np.empty((draws, 0))
    src = np.concatenate([arcs.src for arcs, _ in parts])
    weight = np.concatenate([share for _, share in parts], axis=1)
    weight /= np.maximum(active, 1)[:, src]
    return src, np.concatenate([arcs.dst for arcs, _ in parts]), weight


def _effort(graph: Graph, arcs: Arcs) -> NDArray[np.int32]:
    """How many options each move changes: shape (arcs,); 0 for states without options."""
    if graph.space is None:
        return np.zeros(len(arcs), dtype=np.int32)
    codes = graph.space.codes
    return np.asarray(np.bitwise_count(codes[arcs.src] ^ codes[arcs.dst]), dtype=np.int32)


def _shares(
    arcs: Arcs, can: NDArray[np.bool_], rank: NDArray[np.int32], effort: NDArray[np.int32], noise: float
) -> Float:
    """How likely the mover takes each of its credible moves: its best ones, ties shared, but for `noise`."""
    worth = np.where(can, rank[:, arcs.dst] * np.int32(64) - effort, np.int32(-1))
    counts = np.diff(arcs.starts, append=len(arcs))
    best = np.repeat(arcs.fold(np.maximum, worth), counts, axis=1)
    shares = _even(arcs, counts, (can & (worth == best)).astype(np.float64))
    if noise:
        shares = (1 - noise) * shares + noise * _even(arcs, counts, can.astype(np.float64))
    return shares


def _even(arcs: Arcs, counts: NDArray[np.intp], marks: Float) -> Float:
    total = np.repeat(arcs.fold(np.add, marks), counts, axis=1)
    return np.asarray(np.divide(marks, total, out=marks, where=total > 0))


def credible_steps(graph: Graph, ranks: Ranks, start: int, credible: Concept = "SEQ") -> list[Step]:
    """The walk as a graph at the middle preferences: every step that can be taken on the way from `start`."""
    play = Play(graph, ranks[:, :1])
    steps = []
    seen, frontier = {start}, [start]
    table: dict[int, list[Step]] = {}
    src, dst, weight = _chances(play, credible, 0.0)
    mover = np.concatenate([np.full(len(a), m) for m, a in enumerate(graph.arcs)]) if len(src) else src
    for at in np.flatnonzero(weight[0] > 0):
        step = Step(int(mover[at]), int(src[at]), int(dst[at]), float(weight[0, at]))
        table.setdefault(step.src, []).append(step)
    while frontier:
        state = frontier.pop(0)
        for step in table.get(state, []):
            steps.append(step)
            if step.dst not in seen:
                seen.add(step.dst)
                frontier.append(step.dst)
    return steps


def steps_taken(graph: Graph, walked: Walked, least: float = 0.01) -> list[Step]:
    """The moves that at least this share of all walks makes, likeliest first (a walk in a circle counts each time)."""
    moved = [(mover, arcs) for mover, arcs in enumerate(graph.arcs) if len(arcs)]
    who = np.concatenate([np.full(len(arcs), mover) for mover, arcs in moved]) if moved else np.zeros(0, int)
    src = np.concatenate([arcs.src for _, arcs in moved]) if moved else np.zeros(0, int)
    dst = np.concatenate([arcs.dst for _, arcs in moved]) if moved else np.zeros(0, int)
    at = [int(a) for a in np.argsort(-walked.taken, kind="stable") if walked.taken[a] >= least]
    return [Step(int(who[a]), int(src[a]), int(dst[a]), float(walked.taken[a])) for a in at]


def reach_by_improvement(graph: Graph, ranks: Ranks, start: int) -> dict[int, int]:
    """Status-quo analysis: the states that improvements (nobody twice running) can reach, with the least number of moves."""
    play = Play(graph, ranks[:, :1])
    distance = {start: 0}
    frontier: set[tuple[int, int]] = {(start, -1)}
    seen = set(frontier)
    rows = [arcs.keep(gain[0]) for arcs, gain in zip(graph.arcs, play.gains, strict=True)]
    tables = [_table(arcs) for arcs in rows]
    depth = 0
    while frontier:
        depth += 1
        reached = {
            (state, mover)
            for at, last in frontier
            for mover, table in enumerate(tables)
            if mover != last
            for state in table.get(at, ())
        }
        frontier = reached - seen
        seen |= frontier
        for state, _ in frontier:
            distance.setdefault(state, depth)
    return distance


def _table(arcs: Arcs) -> dict[int, Sequence[int]]:
    stops = np.append(arcs.starts[1:], len(arcs)) if len(arcs) else arcs.starts
    return {
        int(state): arcs.dst[first:stop].tolist()
        for state, first, stop in zip(arcs.sources, arcs.starts, stops, strict=True)
    }
