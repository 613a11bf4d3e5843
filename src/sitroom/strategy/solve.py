"""Solve a game: the walk under draws beside the baseline that nothing changes, and the stable states behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sitroom.errors import BadInput
from sitroom.strategy.moves import Graph, build_graph
from sitroom.strategy.perception import judge_as_perceived
from sitroom.strategy.preferences import rank_states
from sitroom.strategy.stability import CONCEPTS, Concept, Ranks
from sitroom.strategy.states import Space
from sitroom.strategy.walk import Walked, walk
from sitroom.strategy.whatif import apply, used_evidence
from sitroom.vocabulary.strategy import Chance, End, Game, Solution, WhatIf

SIM_STATES = 10_000
MAX_CELLS = 20_000_000
"""Draws times states: more is refused, or cut down where the case alone asks for it (about 40 bytes for each)."""
METHOD = "graph model, credible-move walk"


@dataclass(frozen=True)
class Solved:
    """A game with its graph, ranks at the middle (deciders, 1, states), walk, and the record of the result."""

    game: Game
    graph: Graph
    ranks: Ranks
    walked: Walked
    solution: Solution

    @property
    def space(self) -> Space:
        """The states of the game."""
        assert self.graph.space is not None
        return self.graph.space


@dataclass(frozen=True, slots=True)
class Difference:
    """What one change does: probability per option before and after, and of staying in the status quo."""

    whatif: WhatIf
    options: tuple[tuple[str, float, float], ...]
    before: Solution
    after: Solution


def solve(
    game: Game,
    draws: int | None = None,
    seed: int | None = None,
    concepts: Sequence[Concept] | None = None,
    credible: Concept = "SEQ",
    noise: float = 0.0,
) -> Solved:
    """Solve a game. `draws` 0 uses the middle preferences only (exact); None takes the game's own number, as far as
    MAX_CELLS allows; more draws than that raise BadInput.

    `concepts` None lists stable states under all of them, but without SIM beyond SIM_STATES states (it adds up what all
    opponents may do at once, and takes minutes there).
    The same game, seed and number of draws give the same numbers.
    """
    start = game.seed if seed is None else seed
    graph = build_graph(game)
    space = graph.space
    assert space is not None
    many = min(game.draws, max(1, MAX_CELLS // space.size)) if draws is None else draws
    if many * space.size > MAX_CELLS:
        raise BadInput(
            f"{many:,} draws over {space.size:,} states are too many",
            hint=f"take at most {MAX_CELLS // space.size:,} draws, or pin options",
        )
    middle = rank_states(game, space)
    drawn = rank_states(game, space, many, start) if many else middle
    walked = walk(graph, drawn, space.status_quo, credible, noise=noise)
    mean = walked.mean
    taken = space.taken() @ mean
    order = np.argsort(-mean, kind="stable")
    solution = Solution(
        game=game.id,
        method=METHOD,
        settings={"credible": credible, "noise": noise, "answers": "legal"},
        seed=start,
        draws=many,
        exact=not many,
        because=used_evidence(game),
        status_quo=space.name(space.status_quo),
        ends=tuple(End(space.name(int(s)), float(mean[s])) for s in order[:50] if mean[s] > 5e-4),
        chances=tuple(Chance(o.id, float(p), float(o.now)) for o, p in zip(game.options, taken, strict=True)),
        stays=float(mean[space.status_quo]),
        unsettled=float(1 - walked.resting.mean()),
        stable=stable_states(game, graph, middle, _affordable(graph) if concepts is None else concepts),
    )
    return Solved(game, graph, middle, walked, solution)


def _affordable(graph: Graph) -> tuple[Concept, ...]:
    return CONCEPTS if graph.size <= SIM_STATES else tuple(c for c in CONCEPTS if "SIM" not in c)


def stable_states(
    game: Game, graph: Graph, ranks: Ranks, concepts: Sequence[Concept] = CONCEPTS
) -> dict[str, tuple[str, ...]]:
    """Per concept the states in which every decider would stay, as it sees the game: an analysis, not a forecast."""
    verdicts = judge_as_perceived(game, graph, ranks, concepts)
    return {
        concept: tuple(graph.name(int(s)) for s in np.flatnonzero(mask[:, 0].all(axis=0)))
        for concept, mask in verdicts.items()
    }


def compare(base: Solved, whatif: WhatIf) -> Difference:
    """Solve the game with one change, on the same seed and draws, and set it against the base run."""
    solution = base.solution
    changed = solve(
        apply(base.game, whatif),
        solution.draws,
        solution.seed,
        tuple(c for c in CONCEPTS if c in solution.stable),
        solution.settings["credible"],  # type: ignore[arg-type]
        float(solution.settings["noise"]),
    ).solution
    pairs = zip(solution.chances, changed.chances, strict=True)
    return Difference(
        whatif, tuple((a.option, a.probability, b.probability) for a, b in pairs), solution, changed
    )
