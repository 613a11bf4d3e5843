"""Which events are one happening: the strongest pairs join first, a join that brings together what excludes one another is refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from sitroom.situation.alike import forbidden
from sitroom.situation.blocks import worthwhile_pairs
from sitroom.situation.columns import Columns
from sitroom.situation.mentions import family, is_exact
from sitroom.situation.scores import strong_pairs
from sitroom.vocabulary import Event, Judgement

SAMPLE = 4


class _Groups:
    """Disjoint sets of positions (union by the smaller number) that know what must stay apart."""

    def __init__(self, events: Sequence[Event], apart: Iterable[tuple[int, int]]) -> None:
        self.events = events
        self.parent = list(range(len(events)))
        self.members: dict[int, list[int]] = {}
        self.telling: dict[int, list[int]] = {}
        self.apart: dict[int, set[int]] = defaultdict(set)
        self.refused: set[tuple[int, int, int, int]] = set()
        for one, other in apart:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def root(self, row: int) -> int:
        parent = self.parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, one: int, other: int, *, always: bool = False) -> None:
        """Put the groups of two positions together, unless their members exclude one another."""
        left, right = sorted((self.root(one), self.root(other)))
        if left == right:
            return
        ones, others = self.members.get(left) or [left], self.members.get(right) or [right]
        telling, more = self.telling.get(left) or [left], self.telling.get(right) or [right]
        if not always and self._refused((left, right, len(ones), len(others)), ones, others, telling, more):
            return
        self.parent[right] = left
        longer, shorter = (ones, others) if len(ones) >= len(others) else (others, ones)
        longer.extend(shorter)
        self.members[left] = longer
        self.members.pop(right, None)
        both = telling + more
        if len(both) > SAMPLE:
            both = sorted(both, key=lambda row: (-exactness(self.events[row]), row))[:SAMPLE]
        self.telling[left] = both
        self.telling.pop(right, None)

    def _refused(
        self,
        state: tuple[int, int, int, int],
        ones: list[int],
        others: list[int],
        telling: list[int],
        more: list[int],
    ) -> bool:
        """True where two groups may not be one; groups only grow, so that first rows and sizes say whether it was asked."""
        if state in self.refused:
            return True
        if self._exclude(ones, others, telling, more):
            self.refused.add(state)
            return True
        return False

    def _exclude(self, ones: list[int], others: list[int], telling: list[int], more: list[int]) -> bool:
        if self.apart:
            held = set(others)
            if any(not self.apart[one].isdisjoint(held) for one in ones if one in self.apart):
                return True
        if len(ones) == len(others) == 1:
            return False
        events = self.events
        return any(forbidden(events[one], events[other]) for one in telling for other in more)


def exactness(event: Event) -> int:
    """How much an event pins down: a day, a precise place, a number, a named side."""
    place = event.place
    return (
        3 * is_exact(event.period) + 2 * (place is not None and place.precision in ("point", "place")) + bool(event.figures)
        + bool(event.recipients) + bool(event.actors)
    )  # fmt: skip


def cluster(events: Sequence[Event], judgements: Iterable[Judgement] = ()) -> list[list[int]]:
    """Groups of positions in `events`, which must come in the order of their ids; each group in order, groups by first.

    Judgements `same` and `not-same` win; the last one on a pair counts.
    """
    position = {event.id: row for row, event in enumerate(events)} if judgements else {}
    same, apart = decided(judgements, position)
    groups = _Groups(events, apart)
    for one, other in same:
        groups.join(one, other, always=True)
    _join_equal(events, groups)
    columns = Columns(events)
    left, right = worthwhile_pairs(columns)
    roots = np.fromiter(map(groups.root, range(len(events))), np.int64, len(events))
    open = np.flatnonzero(roots[left] != roots[right])
    for _, one, other in strong_pairs(columns, left[open], right[open]):
        groups.join(one, other)
    joined = [sorted(rows) for rows in groups.members.values()]
    single = [[row] for row in range(len(events)) if groups.parent[row] == row and row not in groups.members]
    return sorted(joined + single)


def decided(
    judgements: Iterable[Judgement], position: dict[str, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs of positions that analysts put together, and those they hold apart."""
    last: dict[tuple[int, int], str] = {}
    for judgement in sorted(judgements, key=lambda one: (one.at, one.id)):
        if judgement.verdict in ("same", "not-same") and all(id in position for id in judgement.about):
            one, other = sorted(position[id] for id in judgement.about)
            last[one, other] = judgement.verdict
    same = [pair for pair, verdict in sorted(last.items()) if verdict == "same"]
    return same, [pair for pair, verdict in sorted(last.items()) if verdict == "not-same"]


def _join_equal(events: Sequence[Event], groups: _Groups) -> None:
    """Put together at once what reports tell in the same terms: act, one day, one precise place, sides and numbers."""
    first: dict[object, int] = {}
    for row, event in enumerate(events):
        place = event.place
        if not (
            is_exact(event.period)
            and place
            and place.precision in ("point", "place")
            and (event.actors or event.figures)
        ):
            continue
        key = (
            family(event.type), event.mode, event.period.start, place.id or place.name,
            tuple(actor.key for actor in event.actors), tuple(actor.key for actor in event.recipients),
            event.figures, event.modality == "hypothetical",
        )  # fmt: skip
        groups.join(first.setdefault(key, row), row)
