"""Stability when deciders see different games: moves they are not aware of, and wrong beliefs about the others' wants.

Each decider is judged in the game as it sees it; a state is stable when everybody would stay, each in its own view
(a first-level hypergame: Wang, Hipel & Fraser 1988). A move by an option of which a decider is unaware is no part of its
view: it neither fears nor hopes for it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sitroom.strategy.moves import Graph
from sitroom.strategy.preferences import rank_wants
from sitroom.strategy.stability import Concept, Mask, Play, Ranks, judge, judge_all
from sitroom.strategy.states import Space, places
from sitroom.vocabulary.strategy import Decider, Game


def judge_as_perceived(
    game: Game, graph: Graph, ranks: Ranks, concepts: Sequence[Concept]
) -> dict[str, Mask]:
    """As stability.judge_all, with each decider judged in the game that it sees."""
    if not any(decider.unaware or decider.blind or decider.beliefs for decider in game.deciders):
        return judge_all(Play(graph, ranks), concepts)
    views = [view_of(game, graph, ranks, decider) for decider in game.deciders]
    return {
        concept: np.stack([judge(view, mover, concept) for mover, view in enumerate(views)])
        for concept in concepts
    }


def view_of(game: Game, graph: Graph, ranks: Ranks, decider: Decider) -> Play:
    """The game as one decider sees it: moves it overlooks are gone, the others want what it takes them to want."""
    space = graph.space
    assert space is not None
    seen = _without(graph, space, decider.unaware, decider.blind)
    believed = ranks.copy()
    for belief in decider.beliefs:
        wants = {want.id: want for want in game.wants}
        place = graph.deciders.index(belief.about)
        believed[place] = rank_wants([wants[one] for one in belief.wants], space)
    return Play(seen, believed)


def _without(graph: Graph, space: Space, unaware: Sequence[str], blind: Sequence[str]) -> Graph:
    """The graph without moves that change an option of `unaware`, or lead from or to a state of `blind`."""
    known = places(space.options)
    hidden = sum(1 << bit for bit in {bit for name in unaware for bit in known[name]})
    unseen = np.zeros(space.size, dtype=bool)
    for condition in blind:
        unseen |= space.truth(condition)
    kept = tuple(
        arcs.keep(
            (((space.codes[arcs.src] ^ space.codes[arcs.dst]) & hidden) == 0)
            & ~unseen[arcs.src]
            & ~unseen[arcs.dst]
        )
        for arcs in graph.arcs
    )
    return replace(graph, arcs=kept)
