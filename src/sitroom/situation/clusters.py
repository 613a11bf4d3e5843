"""Which events are one happening: the strongest pairs join first, a join that brings together what excludes one another is refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from sitroom.situation.alike import forbidden
from sitroom.situation.blocks import worthwhile_pairs
from sitroom.situation.columns import Columns
from sitroom.situation.mentions import PRECISE, family, is_exact
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
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
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

    def unite(self, rows: list[int]) -> None:
        """Make a group of positions, in order and equally exact, that are in none yet and have nobody to stay apart from."""
        for row in rows[1:]:
            self.parent[row] = rows[0]
        self.members[rows[0]] = rows
        self.telling[rows[0]] = rows[:SAMPLE]

    def join(self, one: int, other: int, *, always: bool = False) -> None:
        """Put the groups of two positions that are alike together, unless other members exclude one another."""
        left, right = self.root(one), self.root(other)
        if left == right:
            return
        if left > right:
            left, right, one, other = right, left, other, one
        ones, others = self.members.get(left) or [left], self.members.get(right) or [right]
        telling, more = self.telling.get(left, ones), self.telling.get(right, others)
        if not always:
            # groups only grow: first rows and sizes say whether it was asked before
            state = left, right, len(ones), len(others)
            if state in self.refused:
                return
            if self._are_apart(left, right) or self._exclude(one, other, telling, more):
                self.refused.add(state)
                return
        self.parent[right] = left
        if right in self.apart:
            self.apart[left] = self.apart.get(left, set()) | self.apart.pop(right)
        both = telling + more
        if len(both) > SAMPLE:
            both = sorted(both, key=lambda row: (-exactness(self.events[row]), row))[:SAMPLE]
        self.telling[left] = both
        longer, shorter = (ones, others) if len(ones) >= len(others) else (others, ones)
        longer.extend(shorter)
        self.members[left] = longer
        self.members.pop(right, None)
        self.telling.pop(right, None)

    def _are_apart(self, left: int, right: int) -> bool:
        """True where analysts hold a member of one group apart from a member of the other."""
        return any(self.root(row) == right for row in self.apart.get(left, ()))

    def _exclude(self, one: int, other: int, telling: list[int], more: list[int]) -> bool:
        """True where any pair is forbidden; that `one` and `other`, compared in this order, are not is known."""
        events = self.events
        for left in telling:
            for right in more:
                if left == one < other == right:
                    continue
                if forbidden(events[left], events[right]):
                    return True
        return False


def exactness(event: Event) -> int:
    """How much an event pins down: a day, a precise place, a number, a named side."""
    place = event.place
    return (
        3 * is_exact(event.period) + 2 * (place is not None and place.precision in PRECISE) + bool(event.figures)
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
    judged = {row for pair in (*same, *apart) for row in pair}
    for rows in _equal(events):
        if judged.isdisjoint(rows):
            groups.unite(rows)
        else:
            for row in rows[1:]:
                groups.join(rows[0], row)
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


def _equal(events: Sequence[Event]) -> list[list[int]]:
    """The positions of what reports tell in the same terms: act, one day, one precise place, sides and numbers."""
    found: dict[object, list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        place, period = event.place, event.period
        if is_exact(period) and place and place.precision in PRECISE and (event.actors or event.figures):
            found[
                family(event.type), event.mode, period.start, place.id or place.name,
                tuple([actor.key for actor in event.actors]), tuple([actor.key for actor in event.recipients]),
                event.figures, event.modality == "hypothetical",
            ].append(row)  # fmt: skip
    return [rows for rows in found.values() if len(rows) > 1]
