"""Counts that fade: how often each key was seen, how recently, and how often lately."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sitroom.outlook.history import Floats, Ints

NEVER = 9999.0
"""The age, in days, of what has not been seen."""


@dataclass
class Tally:
    """Per key (a whole number): total count, first and last day, and counts that halve every `half_lives[i]` days.

    Keys are kept sorted. The faded counts are as of the key's own last day and fade further when they are read, so
    that a reading never depends on what else was counted.
    """

    half_lives: tuple[float, ...]
    keys: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    total: Floats = field(default_factory=lambda: np.empty(0))
    first: Floats = field(default_factory=lambda: np.empty(0))
    last: Floats = field(default_factory=lambda: np.empty(0))
    faded: Floats = field(default_factory=lambda: np.empty((0, 0)))

    def __post_init__(self) -> None:
        if not self.faded.size:
            self.faded = np.zeros((len(self.half_lives), len(self.keys)))

    def add(self, keys: Ints, days: Ints) -> None:
        """Count one occurrence of each key on its day; days may be many, none before what was counted already."""
        if not len(keys):
            return
        fresh, which = np.unique(keys, return_inverse=True)
        self._make_room(fresh)
        at = np.searchsorted(self.keys, fresh)
        np.minimum.at(self.first, at[which], days.astype(np.float64))
        latest = self.last[at].copy()
        np.maximum.at(latest, which, days.astype(np.float64))
        for i, half in enumerate(self.half_lives):
            gained = np.bincount(which, weights=np.exp2((days - latest[which]) / half), minlength=len(fresh))
            self.faded[i, at] = self.faded[i, at] * np.exp2((self.last[at] - latest) / half) + gained
        self.total[at] += np.bincount(which, minlength=len(fresh))
        self.last[at] = latest

    def _make_room(self, fresh: Ints) -> None:
        at = np.searchsorted(self.keys, fresh)
        known = np.zeros(len(fresh), bool)
        inside = at < len(self.keys)
        known[inside] = self.keys[at[inside]] == fresh[inside]
        at, new = at[~known], fresh[~known]
        if len(new):
            self.keys = np.insert(self.keys, at, new)
            self.total = np.insert(self.total, at, 0.0)
            self.first = np.insert(self.first, at, np.inf)
            self.last = np.insert(self.last, at, -NEVER)
            self.faded = np.insert(self.faded, at, 0.0, axis=1)

    def find(self, keys: Ints) -> Ints:
        """Where each key stands, -1 where it was never seen."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, at, -1)

    def read(self, keys: Ints, day: int) -> NDArray[np.float32]:
        """Columns: total, age of the last occurrence in days, then each faded count; one row a key."""
        out = np.zeros((len(keys), 2 + len(self.half_lives)), np.float32)
        out[:, 1] = NEVER
        at = self.find(keys)
        hit = np.flatnonzero(at >= 0)
        at = at[hit]
        age = day - self.last[at]
        out[hit, 0] = self.total[at]
        out[hit, 1] = age
        for i, half in enumerate(self.half_lives):
            out[hit, 2 + i] = self.faded[i, at] * np.exp2(-age / half)
        return out

    def span(self, keys: Ints, day: int) -> NDArray[np.float32]:
        """Columns: total, and age of the first occurrence in days; one row a key."""
        out = np.zeros((len(keys), 2), np.float32)
        out[:, 1] = NEVER
        at = self.find(keys)
        hit = np.flatnonzero(at >= 0)
        out[hit, 0], out[hit, 1] = self.total[at[hit]], day - self.first[at[hit]]
        return out

    def faded_by(self, at: Ints | slice, day: int, which: int) -> Floats:
        """The faded count number `which` at these places, as of `day`."""
        value: Floats = self.faded[which, at] * np.exp2((self.last[at] - day) / self.half_lives[which])
        return value

    def between(self, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """For each pair of bounds: the places of all keys k with low <= k < high. Returns (row, place), row by row."""
        first, stop = np.searchsorted(self.keys, low), np.searchsorted(self.keys, high)
        sizes = stop - first
        row = np.repeat(np.arange(len(low)), sizes)
        start = np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
        return row, start + np.arange(int(sizes.sum()))


def top_of_rows(row: Ints, value: Floats, keep: int) -> Ints:
    """The positions of the `keep` largest values of each row (ties: first come), in order of row then value."""
    order = np.lexsort((-value, row))
    rows = row[order]
    start = np.concatenate([[0], np.flatnonzero(np.diff(rows)) + 1]) if len(rows) else np.empty(0, np.int64)
    place = np.arange(len(rows)) - np.repeat(start, np.diff(np.concatenate([start, [len(rows)]])))
    return order[place < keep]
