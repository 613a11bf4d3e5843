"""Which pairs of events are worth comparing: neighbours in day order among those of one kind, side, place or number.

The sorted-neighbourhood method of Hernández and Stolfo (1995), "The merge/purge problem for large databases": the work
grows with the events times a fixed width, never with their pairs.
"""

from collections.abc import Iterator

import numpy as np

from sitroom.situation.columns import Bools, Columns, Ints
from sitroom.situation.mentions import NEAR_KM, SLACK_DAYS

WIDTH = 8


def worthwhile_pairs(columns: Columns) -> tuple[Ints, Ints]:
    """Pairs of rows (the smaller first, each once, in order) that may be one happening, as two columns."""
    by_day = np.argsort(columns.anchor, kind="stable")
    rank = np.empty_like(by_day)
    rank[by_day] = np.arange(len(columns))
    found = [np.empty(0, np.int64)]
    for keys, rows in _keyed(columns):
        order = np.lexsort((rank[rows], keys))
        for left, right in _neighbours(columns, keys[order], rows[order]):
            found.append(np.minimum(left, right) * len(columns) + np.maximum(left, right))
    packed = np.unique(np.concatenate(found))
    return packed // max(1, len(columns)), packed % max(1, len(columns))


def _neighbours(columns: Columns, keys: Ints, rows: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs at most `WIDTH` apart in one group, close in days, that nothing else forbids."""
    start, end = columns.start[rows], columns.end[rows]
    exact = start == end
    for shift in range(1, WIDTH + 1):
        slack = np.where(exact[:-shift] & exact[shift:], 1, SLACK_DAYS)
        close = (start[:-shift] <= end[shift:] + slack) & (start[shift:] <= end[:-shift] + slack)
        near = np.flatnonzero(close & (keys[:-shift] == keys[shift:]))
        left, right = rows[near], rows[near + shift]
        fine = _can_be_one(columns, left, right)
        yield left[fine], right[fine]


def _can_be_one(columns: Columns, left: Ints, right: Ints) -> Bools:
    """Which of the pairs no country, distance, side or number of dead forbids."""
    ones, others = columns.country[left], columns.country[right]
    fine: Bools = (left != right) & ((ones == others) | (ones < 0) | (others < 0))
    left, right = left[fine], right[fine]
    north = np.abs(columns.lat[left] - columns.lat[right]) * 111.2
    one_place = (north < NEAR_KM) | (
        (columns.place[left] == columns.place[right]) & (columns.place[left] >= 0)
    )
    ones, others = columns.bits[left], columns.bits[right]
    met = ((ones & others) != 0) | (ones == 0) | (others == 0)
    strangers = _differ(columns.doer, left, right) | _differ(columns.hit, left, right)
    dead = columns.killed[left], columns.killed[right]
    fewer, more = np.minimum(*dead), np.maximum(*dead)
    toll = (more > 2 * np.maximum(fewer, 1.0)) & (more - fewer > 2)
    fine[fine] = (one_place | (met & ~strangers)) & ~(north > NEAR_KM) & ~toll
    return fine


def _differ(column: Ints, left: Ints, right: Ints) -> Bools:
    """Where both are known (above 0) and not the same."""
    found: Bools = (column[left] > 0) & (column[right] > 0) & (column[left] != column[right])
    return found


def _keyed(columns: Columns) -> Iterator[tuple[Ints, Ints]]:
    """For every way of grouping: the number of the group and the row of each event in it.

    The ways: one side; two sides, or a side and the country; a place; a number; a report. Each with the kind of act.
    """
    yield _stack(columns, *columns.sides)
    yield _stack(columns, *(_both(side, columns.country) for side in columns.sides))
    pairs = [(i, j) for i in range(len(columns.sides)) for j in range(i + 1, len(columns.sides))]
    yield _stack(columns, *(_both(columns.sides[i], columns.sides[j]) for i, j in pairs))
    yield _stack(columns, columns.spot)
    yield _stack(columns, *columns.tolls)
    yield _stack(columns, columns.report)


def _both(ones: Ints, others: Ints) -> Ints:
    """One number for two, -1 where either is."""
    return np.where((ones < 0) | (others < 0), -1, ones * (int(others.max(initial=0)) + 1) + others)


def _stack(columns: Columns, *numbers: Ints) -> tuple[Ints, Ints]:
    rows = [np.flatnonzero(column >= 0) for column in numbers]
    keys = [
        column[some] * (int(columns.kind.max(initial=0)) + 1) + columns.kind[some]
        for column, some in zip(numbers, rows, strict=True)
    ]
    return np.concatenate(keys), np.concatenate(rows)
