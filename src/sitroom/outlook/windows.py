"""Counts of act classes between pairs, day by day, and whether something happened in a window of days."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sitroom.outlook.history import NOBODY, Floats, History, Ints


@dataclass(frozen=True)
class Cube:
    """Daily counts, (pairs, classes, days): `happened` by the day of the act, `learned` by the day it could be known.

    Forecasts read `learned` before their first day; only scoring reads `happened`. `pairs` is (n, 2): actor,
    recipient; `classes` names the act classes; `first` is the day number of column 0.
    """

    pairs: Ints
    classes: tuple[str, ...]
    first: int
    happened: Floats
    learned: Floats

    @property
    def days(self) -> int:
        """How many days the cube covers."""
        return int(self.happened.shape[2])

    def outcomes(self, opens: int, length: int, threshold: int = 1) -> Floats:
        """1 where at least `threshold` acts fell on the `length` days from day number `opens`; (pairs, classes)."""
        start = opens - self.first
        count = self.happened[:, :, start : start + length].sum(2)
        hit: Floats = (count >= threshold).astype(np.float64)
        return hit

    def counts(self, opens: int, length: int) -> Floats:
        """Acts on the `length` days from day number `opens`; (pairs, classes)."""
        start = opens - self.first
        total: Floats = self.happened[:, :, start : start + length].sum(2).astype(np.float64)
        return total


def directed_pairs(history: History, *, at_least: int) -> Ints:
    """The ordered pairs with `at_least` acts or more, (n, 2), the first by number of actor, then recipient."""
    known = history.recipient != NOBODY
    key = history.actor[known] * len(history.names) + history.recipient[known]
    keys, count = np.unique(key, return_counts=True)
    return np.column_stack(np.divmod(keys[count >= at_least], len(history.names)))


def entry_days(history: History, pairs: Ints, *, at_least: int) -> Ints:
    """The day number on which each pair's act number `at_least` became known; far in the future if it never did."""
    rows, acts = _rows_of_pairs(history, pairs)
    days = history.known_by[acts]
    order = np.lexsort((days, rows))
    rows, days = rows[order], days[order]
    start = np.searchsorted(rows, np.arange(len(pairs) + 1))
    enough = np.diff(start) >= at_least
    found = np.full(len(pairs), np.iinfo(np.int64).max)
    found[enough] = days[start[:-1][enough] + at_least - 1]
    return found


def count_days(history: History, pairs: Ints, classes: Sequence[str], *, last: int | None = None) -> Cube:
    """Count every act of the classes (`History.acts_in`) between the pairs up to day number `last`.

    A pair member of -1 stands for anybody, one below for somebody without any act. Acts that became known after `last` are in neither table.
    """
    end = int(max(history.known_by.max(initial=0), history.day.max(initial=0))) if last is None else last
    shape = (len(pairs), len(classes), end + 1)
    happened, learned = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    rows, acts = _rows_of_pairs(history, pairs)
    inside = history.known_by[acts] <= end
    rows, acts = rows[inside], acts[inside]
    for c, name in enumerate(classes):
        mine = np.isin(history.act[acts], history.acts_in(name))
        np.add.at(happened[:, c], (rows[mine], history.day[acts[mine]]), 1.0)
        np.add.at(learned[:, c], (rows[mine], history.known_by[acts[mine]]), 1.0)
    return Cube(pairs, tuple(classes), 0, happened, learned)


def _rows_of_pairs(history: History, pairs: Ints) -> tuple[Ints, Ints]:
    """Which acts belong to which pair: (pair row, act row); an act may belong to several rows with wildcards."""
    n = len(history.names)
    wild = (pairs == NOBODY).any(1) & (pairs >= NOBODY).all(1)
    plain = np.flatnonzero((pairs >= 0).all(1))
    rows, acts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    if len(plain):
        key = pairs[plain, 0] * n + pairs[plain, 1]
        order = np.argsort(key, kind="stable")
        mine = np.where(history.recipient == NOBODY, -1, history.actor * n + history.recipient)
        at = np.minimum(np.searchsorted(key[order], mine), len(key) - 1)
        hit = np.flatnonzero(key[order][at] == mine)
        rows.append(plain[order[at[hit]]])
        acts.append(hit)
    for row in np.flatnonzero(wild):
        actor, recipient = pairs[row]
        match = np.ones(len(history), bool)
        if actor != NOBODY:
            match &= history.actor == actor
        if recipient != NOBODY:
            match &= history.recipient == recipient
        hit = np.flatnonzero(match)
        rows.append(np.full(len(hit), row))
        acts.append(hit)
    return np.concatenate(rows), np.concatenate(acts)
