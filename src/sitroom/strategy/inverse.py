"""Turn the question round: what would have to be wanted for a state to hold, and which changes lead to a goal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from math import factorial

import numpy as np

from sitroom.errors import BadInput, SitroomError
from sitroom.strategy.moves import Graph, build_graph
from sitroom.strategy.preferences import order_of, rank_states
from sitroom.strategy.solve import Solved, solve
from sitroom.strategy.stability import Concept, Play, Ranks, judge
from sitroom.strategy.whatif import apply
from sitroom.vocabulary.strategy import Game, Shift, WhatIf

MAX_ORDERS = 40_320
"""All orders of up to 8 states are tried; beyond that they are drawn."""


@dataclass(frozen=True, slots=True)
class Orders:
    """How many orders of the states of one decider make a state stable for it, of how many; `exact` if all were tried."""

    stable: int
    tried: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """One change and what it does to the probability of an outcome (or to stability: 0 or 1)."""

    whatif: WhatIf
    before: float
    after: float

    @property
    def swing(self) -> float:
        """How far the outcome moves."""
        return self.after - self.before


def count_orders(
    graph: Graph, ranks: Ranks, mover: int, state: int, concept: Concept, draws: int = 20_000, seed: int = 0
) -> Orders:
    """Over all strict orders that `mover` might have of the states: how many make it stay in `state`.

    The others keep their preferences (first draw). Up to 8 states all orders are tried, else `draws` of them.
    """
    exact = factorial(graph.size) <= MAX_ORDERS if graph.size < 20 else False
    if exact:
        orders = np.array(list(permutations(range(graph.size))), dtype=np.int32)
    else:
        source = np.random.default_rng(seed)
        orders = np.argsort(source.random((draws, graph.size)), axis=1).astype(np.int32)
    stable = 0
    size = max(1, 2_000_000 // max(1, sum(len(arcs) for arcs in graph.arcs)))
    for part in (orders[first : first + size] for first in range(0, len(orders), size)):
        varied = np.broadcast_to(ranks[:, :1], (len(ranks), len(part), graph.size)).copy()
        varied[mover] = part
        stable += int(judge(Play(graph, varied), mover, concept)[:, state].sum())
    return Orders(stable, len(orders), exact)


def preference_changes(game: Game, decider: str) -> Iterator[WhatIf]:
    """Every single change to one decider's wants: each want lifted above another one, or not held at all."""
    order = order_of(game, decider)
    for want in order:
        yield WhatIf(f"drop {want.id}", f'without "{want.label or want.that}"', drop=(want.id,))
    for low, want in enumerate(order):
        for above in order[:low]:
            if want.weight is None:
                label = f'"{want.label or want.that}" above "{above.label or above.that}"'
                yield WhatIf(f"{want.id} > {above.id}", label, shift=(Shift(want.id, above.id),))


def option_changes(game: Game) -> Iterator[WhatIf]:
    """Every single option pinned to the other value."""
    for option in game.options:
        value = "N" if option.now else "Y"
        label = f"{option.label or option.id}: {'no' if option.now else 'yes'}"
        yield WhatIf(f"{option.id}={value}", label, pin={option.id: not option.now})


def wants_for(game: Game, decider: str, condition: str, concept: Concept = "SEQ") -> list[WhatIf]:
    """What `decider` would have to want: single preference changes under which a state that meets `condition` is
    stable for everybody, though none is now. An empty list means that no single change is enough; if there is a
    stable one already, raises BadInput.
    """
    if _any_stable(game, condition, concept):
        raise BadInput(
            f"{condition!r} can already be stable ({concept})", hint="ask for the walk instead: `whatif run`"
        )
    return [
        change
        for change in preference_changes(game, decider)
        if _any_stable(apply(game, change), condition, concept)
    ]


def _any_stable(game: Game, condition: str, concept: Concept) -> bool:
    graph = build_graph(game)
    space = graph.space
    assert space is not None
    play = Play(graph, rank_states(game, space))
    stays = space.truth(condition)
    for mover in range(len(game.deciders)):
        stays = stays & judge(play, mover, concept)[0]
    return bool(stays.any())


def probability_of(solved: Solved, condition: str) -> float:
    """The probability that a condition holds where the walk ends."""
    return float(solved.walked.mean @ solved.space.truth(condition))


def effects(
    base: Solved, condition: str, changes: Iterable[WhatIf] | None = None, draws: int | None = None
) -> list[Effect]:
    """What each single change does to the probability of `condition`, largest effect first.

    Without `changes`: every change to any decider's wants and every option pinned the other way. Options that make
    the status quo impossible are passed over.
    """
    game = base.game
    many = base.solution.draws if draws is None else draws
    reference = base if many == base.solution.draws else _again(game, base, many)
    before = probability_of(reference, condition)
    found = []
    for change in changes if changes is not None else all_changes(game):
        try:
            after = probability_of(_again(apply(game, change), base, many), condition)
        except SitroomError:
            continue
        found.append(Effect(change, before, after))
    return sorted(found, key=lambda effect: -abs(effect.swing))


def all_changes(game: Game) -> Iterator[WhatIf]:
    """Every single change to wants and options."""
    for decider in game.deciders:
        yield from preference_changes(game, decider.id)
    yield from option_changes(game)


def seek(
    base: Solved, condition: str, at_least: float = 0.5, draws: int = 100, pairs: bool = True
) -> list[Effect]:
    """Goal seeking: the changes (single ones, else pairs of the most helpful) that make `condition` likely enough."""
    single = [e for e in effects(base, condition, None, draws) if not _states_goal(base, e.whatif, condition)]
    reached = [effect for effect in single if effect.after >= at_least]
    if reached or not pairs:
        return sorted(reached, key=lambda effect: -effect.after)
    helpful = [effect.whatif for effect in single if effect.swing > 0][:8]
    both = [join(a, b) for place, a in enumerate(helpful) for b in helpful[place + 1 :]]
    return sorted(
        (effect for effect in effects(base, condition, iter(both), draws) if effect.after >= at_least),
        key=lambda effect: -effect.after,
    )


def _states_goal(base: Solved, change: WhatIf, condition: str) -> bool:
    """Whether a pinned option makes the goal true or false by itself."""
    truth = base.space.truth(condition)
    for name, value in change.pin.items():
        taken = base.space.truth(name)
        if not (truth & (taken != value)).any() or not (~truth & (taken == value)).any():
            return True
    return False


def join(one: WhatIf, other: WhatIf) -> WhatIf:
    """Two changes together."""
    return replace(
        one,
        id=f"{one.id} and {other.id}",
        label=f"{one.label}; {other.label}",
        pin={**one.pin, **other.pin},
        shift=(*one.shift, *other.shift),
        drop=tuple(dict.fromkeys((*one.drop, *other.drop))),
        add=(*one.add, *other.add),
    )


def _again(game: Game, base: Solved, draws: int) -> Solved:
    solution = base.solution
    return solve(game, draws, solution.seed, (), solution.settings["credible"])  # type: ignore[arg-type]
