"""What parties could do together: joint improvements, and stability when coalitions act beside their members.

Kilgour, Hipel, Fang & Peng 2001: a coalition moves by any legal sequence of its members' moves; a joint improvement
leaves every member better off. A coalition does not replace its members: each keeps its own moves.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase, UnknownName
from sitroom.strategy.moves import Graph
from sitroom.strategy.stability import Concept, Play, Ranks, lowest_answer

MAX_STATES = 8192
"""Joint reachability is a table of states by states; larger games are refused."""

Bools = NDArray[np.bool_]


class JointMove(NamedTuple):
    """Members of a coalition, and a move from state to state that leaves all of them better off."""

    members: tuple[str, ...]
    src: int
    dst: int


def joint_reach(graph: Graph, members: Sequence[int]) -> Bools:
    """Where legal sequences of the members' moves lead: shape (states, states), own state excluded unless revisited.

    Raises BadCase beyond MAX_STATES states.
    """
    if graph.size > MAX_STATES:
        raise BadCase(
            f"coalitions over {graph.size:,} states are too large",
            hint=f"{MAX_STATES:,} states are the most here",
        )
    ended = {member: np.zeros((graph.size, graph.size), dtype=bool) for member in members}
    changed = True
    while changed:
        changed = False
        for member in members:
            arcs = graph.arcs[member]
            if not len(arcs):
                continue
            ready = np.eye(graph.size, dtype=bool)
            for other in members:
                if other != member:
                    ready |= ended[other]
            into = np.zeros_like(ready)
            order = np.argsort(arcs.dst, kind="stable")
            stops = arcs.dst[order]
            first = np.flatnonzero(np.diff(stops, prepend=-1))
            into[:, stops[first]] = np.logical_or.reduceat(ready[:, arcs.src[order]], first, axis=1)
            changed |= bool((into & ~ended[member]).any())
            ended[member] |= into
    return np.asarray(np.logical_or.reduce(list(ended.values())))


def joint_improvements(graph: Graph, ranks: Ranks, members: Sequence[int]) -> Bools:
    """Which joint moves leave every member better off (first draw): shape (states, states)."""
    better = joint_reach(graph, members)
    for member in members:
        rank = ranks[member, 0]
        better &= rank[None, :] > rank[:, None]
    return better


def all_joint_improvements(graph: Graph, ranks: Ranks) -> list[JointMove]:
    """Every joint improvement of every coalition of two or more."""
    found: list[JointMove] = []
    movers = range(len(graph.deciders))
    for size in range(2, len(graph.deciders) + 1):
        for members in combinations(movers, size):
            names = tuple(graph.deciders[member] for member in members)
            better = joint_improvements(graph, ranks, members)
            found.extend(JointMove(names, int(a), int(b)) for a, b in np.argwhere(better))
    return found


def judge_coalition(play: Play, members: Sequence[int], concept: Concept) -> Bools:
    """In which states a coalition would not move jointly (first draw): shape (states,).

    NASH: no joint improvement. GMR and SEQ: every joint improvement meets an answer of the others that leaves some
    member no better off than at the start (for SEQ by their own improvements). SMR and SIM are not defined here.
    """
    better = joint_improvements(play.graph, play.ranks, members)
    if concept == "NASH":
        return np.asarray(~better.any(axis=1))
    if concept not in ("GMR", "SEQ"):
        raise UnknownName("coalition concept", concept, ("NASH", "GMR", "SEQ"))
    outside = [d for d in range(len(play.graph.deciders)) if d not in members and len(play.graph.arcs[d])]
    deterred = np.zeros_like(better)
    for member in members:
        rank = play.ranks[member]
        if outside:
            threat = lowest_answer(play, outside, rank, credible=concept == "SEQ")[0]
            deterred |= threat[None, :] <= rank[0][:, None]
    return np.asarray(~(better & ~deterred).any(axis=1))


def coalition_stable(play: Play, concept: Concept, coalitions: Sequence[Sequence[int]]) -> Bools:
    """States in which neither any single decider nor any of the coalitions would move (first draw)."""
    from sitroom.strategy.stability import judge

    stays = np.ones(play.graph.size, dtype=bool)
    for mover in range(len(play.graph.deciders)):
        stays &= judge(play, mover, concept)[0]
    for members in coalitions:
        stays &= judge_coalition(play, members, concept)
    return stays
