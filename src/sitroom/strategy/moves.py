"""Who can move from where to where: arc lists per decider, and the graph model they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitroom.errors import BadCase
from sitroom.strategy.states import Codes, Space, list_states
from sitroom.vocabulary.strategy import Game

MAX_ARCS = 24_000_000
"""More moves than this are refused: a sweep needs about 30 bytes for each."""

Int = NDArray[np.int32]


@dataclass(frozen=True)
class Arcs:
    """The moves of one decider, grouped by where they start.

    `dst` (arcs,) is where each leads; those of `sources[k]` begin at `starts[k]`. Only states with a move are sources.
    """

    sources: Int
    starts: NDArray[np.intp]
    dst: Int

    @cached_property
    def src(self) -> Int:
        """Where each move starts: shape (arcs,)."""
        counts = np.diff(self.starts, append=len(self.dst))
        return np.repeat(self.sources, counts)

    def __len__(self) -> int:
        return len(self.dst)

    @cached_property
    def width(self) -> int:
        """How many moves every source has, if all have the same number, else 0."""
        return (
            len(self.dst) // len(self.sources)
            if len(set(np.diff(self.starts, append=len(self.dst)).tolist())) == 1
            else 0
        )

    def fold(self, operation: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """Fold values (..., arcs) over the moves of each source: shape (..., sources)."""
        if not 0 < self.width <= 16:
            return np.asarray(operation.reduceat(values, self.starts, axis=-1))
        parts = values.reshape(*values.shape[:-1], -1, self.width)
        folded = parts[..., 0]
        for place in range(1, self.width):
            folded = operation(folded, parts[..., place])
        return folded

    @classmethod
    def of(cls, src: Int, dst: Int) -> "Arcs":
        """Arcs from parallel arrays, `src` already grouped (equal values side by side)."""
        first = np.ones(len(src), dtype=bool)
        first[1:] = src[1:] != src[:-1]
        starts = np.flatnonzero(first)
        return cls(src[starts].astype(np.int32), starts, dst.astype(np.int32))

    def keep(self, mask: NDArray[np.bool_]) -> "Arcs":
        """Only the arcs where `mask` (arcs,) is true."""
        return Arcs.of(self.src[mask], self.dst[mask])


@dataclass(frozen=True)
class Graph:
    """A graph model: deciders, the number of states, the arcs of each; `space` is None if states have no options."""

    deciders: tuple[str, ...]
    size: int
    arcs: tuple[Arcs, ...]
    space: Space | None = None

    @classmethod
    def of_moves(cls, size: int, moves: Mapping[str, Sequence[tuple[int, int]]]) -> "Graph":
        """A graph in which each decider has just these moves between states 0 to size-1 (graph form, no options)."""
        arcs = []
        for pairs in moves.values():
            ordered = sorted(set(pairs))
            src = np.array([a for a, _ in ordered], dtype=np.int32)
            arcs.append(Arcs.of(src, np.array([b for _, b in ordered], dtype=np.int32)))
        return cls(tuple(moves), size, tuple(arcs))

    def name(self, state: int) -> str:
        """The name of a state: Y/N in option order, or its number from 1."""
        return self.space.name(state) if self.space else str(state + 1)


def build_graph(game: Game, space: Space | None = None) -> Graph:
    """The graph of a game: a decider may change any of its own options at once, where no state forbids it.

    Raises BadCase beyond MAX_ARCS moves.
    """
    space = space or list_states(game)
    arcs: list[Arcs] = []
    for decider in game.deciders:
        own = [bit for bit, option in enumerate(space.options) if option.owner == decider.id]
        arcs.append(_own_arcs(space, own, MAX_ARCS - sum(len(a) for a in arcs)))
    return Graph(tuple(decider.id for decider in game.deciders), space.size, tuple(arcs), space)


def _own_arcs(space: Space, own: list[int], room: int) -> Arcs:
    """All moves among states that differ only in the decider's own options."""
    codes = space.codes
    mask = sum(1 << bit for bit in own)
    rest = codes & ~mask
    order = np.argsort(rest, kind="stable").astype(np.int32)
    first = np.flatnonzero(np.diff(rest[order], prepend=-1))
    sizes = np.diff(first, append=len(order))
    if int((sizes * (sizes - 1)).sum()) > room:
        raise BadCase(
            f"the game has more than {MAX_ARCS:,} moves",
            hint="give a decider fewer options, merge options, or add impossible conditions",
        )
    src, dst = [], []
    for size in sorted(set(sizes.tolist())):
        if size > 1:
            members = order[first[sizes == size][:, None] + np.arange(size)]
            others = np.array([[b for b in range(size) if b != a] for a in range(size)])
            src.append(np.repeat(members.ravel(), size - 1))
            dst.append(members[:, others].ravel())
    if not src:
        return Arcs.of(np.empty(0, np.int32), np.empty(0, np.int32))
    arcs = Arcs.of(np.concatenate(src), np.concatenate(dst))
    one_way = [bit for bit in own if space.options[bit].moves in ("forward", "back")]
    return arcs.keep(_lawful(codes, arcs, space, one_way)) if one_way else arcs


def _lawful(codes: Codes, arcs: Arcs, space: Space, one_way: list[int]) -> NDArray[np.bool_]:
    """Which moves undo nothing that cannot be undone."""
    onward = sum(1 << bit for bit in one_way if space.options[bit].moves == "forward")
    backward = sum(1 << bit for bit in one_way if space.options[bit].moves == "back")
    before, after = codes[arcs.src], codes[arcs.dst]
    lawful: NDArray[np.bool_] = ((before & ~after & onward) == 0) & ((~before & after & backward) == 0)
    return lawful
