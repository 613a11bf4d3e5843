"""One pass through time: everything counted up to a day, and nothing later, as tables that features read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from sitroom.outlook.groups import Groups
from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.tally import Tally, top_of_rows


@dataclass(frozen=True)
class Sizes:
    """How many actors, acts (inverse acts not counted), act classes; and the class of each act."""

    actors: int
    acts: int
    classes: int
    class_of: Ints


@dataclass
class Rows:
    """Rows (s, r, o): a subject, an act or inverse act (r >= acts), the other party; with what follows from them."""

    s: Ints
    r: Ints
    o: Ints
    sizes: Sizes
    groups: Groups

    @cached_property
    def inverse(self) -> Ints:
        """1 where the subject is the recipient."""
        return (self.r >= self.sizes.acts).astype(np.int64)

    @cached_property
    def g(self) -> Ints:
        """The act's class, inverse classes apart."""
        return self.sizes.class_of[self.r % self.sizes.acts] + self.sizes.classes * self.inverse

    @cached_property
    def cs(self) -> Ints:
        """Country of the subject."""
        return self.groups.country[self.s]

    @cached_property
    def co(self) -> Ints:
        """Country of the other party."""
        return self.groups.country[self.o]

    @cached_property
    def ks(self) -> Ints:
        """Role of the subject."""
        return self.groups.role[self.s]

    @cached_property
    def ko(self) -> Ints:
        """Role of the other party."""
        return self.groups.role[self.o]

    @property
    def n(self) -> int:
        """Number of actors."""
        return self.sizes.actors

    @property
    def c(self) -> int:
        """Number of countries, unknown included."""
        return len(self.groups.countries) + 1

    @property
    def k(self) -> int:
        """Number of roles."""
        return len(self.groups.roles)

    @property
    def r2(self) -> int:
        """Number of acts and inverse acts."""
        return 2 * self.sizes.acts

    @property
    def g2(self) -> int:
        """Number of classes and inverse classes."""
        return 2 * self.sizes.classes

    def swapped(self) -> "Rows":
        """The same act the other way round: what o does to s."""
        return Rows(self.o, self.r, self.s, self.sizes, self.groups)


Key = Callable[[Rows], Ints]

KEYS: dict[str, tuple[Key, tuple[float, ...]]] = {
    "fact": (lambda x: (x.s * x.n + x.o) * x.r2 + x.r, (2.0, 10.0, 60.0)),
    "class": (lambda x: (x.s * x.n + x.o) * x.g2 + x.g, (5.0, 40.0)),
    "pair": (lambda x: (x.s * x.n + x.o) * 2 + x.inverse, (3.0, 12.0, 80.0, 1.0)),
    "act-other": (lambda x: x.r * x.n + x.o, (5.0, 40.0, 1.5)),
    "class-other": (lambda x: x.g * x.n + x.o, (5.0, 40.0, 1.0)),
    "other": (lambda x: x.inverse * x.n + x.o, (2.0, 12.0, 80.0, 0.7)),
    "subject-act": (lambda x: x.s * x.r2 + x.r, (5.0, 40.0)),
    "subject": (lambda x: x.inverse * x.n + x.s, (2.0, 12.0, 80.0)),
    "act": (lambda x: x.r, (10.0, 80.0)),
    "subject-country": (lambda x: (x.s * x.c + x.co) * 2 + x.inverse, (5.0, 40.0)),
    "subject-act-country": (lambda x: (x.s * x.r2 + x.r) * x.c + x.co, (10.0, 80.0)),
    "country-other": (lambda x: (x.cs * x.n + x.o) * 2 + x.inverse, (5.0, 40.0, 1.0)),
    "country-act-other": (lambda x: (x.cs * x.r2 + x.r) * x.n + x.o, (10.0, 80.0, 3.0)),
    "country-act-country": (lambda x: (x.cs * x.r2 + x.r) * x.c + x.co, (5.0, 40.0)),
    "country-act": (lambda x: x.cs * x.r2 + x.r, (5.0, 40.0)),
    "country-country": (lambda x: (x.cs * x.c + x.co) * 2 + x.inverse, (3.0, 20.0)),
    "role-act-role": (lambda x: (x.ks * x.r2 + x.r) * x.k + x.ko, (40.0,)),
    "role-act": (lambda x: x.ks * x.r2 + x.r, (40.0,)),
    "act-role": (lambda x: x.r * x.k + x.ko, (40.0,)),
    "role-other": (lambda x: (x.ks * x.g2 + x.g) * x.n + x.o, (10.0, 80.0)),
    "subject-role": (lambda x: (x.s * x.g2 + x.g) * x.k + x.ko, (10.0, 80.0)),
    "family": (lambda x: (((x.cs * x.k + x.ks) * x.g2 + x.g) * x.c + x.co) * x.k + x.ko, (5.0, 40.0)),
    "family-any": (lambda x: ((x.cs * x.k + x.ks) * x.c + x.co) * x.k + x.ko, (5.0, 40.0)),
    "lands": (lambda x: (x.cs * x.c + x.co) * x.r2 + x.r, (10.0, 60.0)),
    "land-to-other": (lambda x: (x.cs * x.n + x.o) * x.r2 + x.r, (10.0, 60.0)),
    "subject-to-land": (lambda x: (x.s * x.c + x.co) * x.r2 + x.r, (10.0, 60.0)),
    "acts-of-other": (lambda x: x.o * x.r2 + x.r, (4.0, 20.0)),
    "country-class-other": (lambda x: (x.cs * x.n + x.o) * x.g2 + x.g, (5.0, 40.0)),
}
"""What is counted: a name, the key of a row, the half-lives in days. Every act is counted in both directions."""

FIRST_KEYS: dict[str, tuple[Key, tuple[float, ...]]] = {
    "new to other": (lambda x: x.inverse * x.n + x.o, (10.0, 60.0)),
    "new to act-other": (lambda x: x.r * x.n + x.o, (60.0,)),
    "new to country-other": (lambda x: x.cs * x.n + x.o, (10.0, 60.0)),
    "new to role-role": (lambda x: (x.ks * x.g2 + x.g) * x.k + x.ko, (60.0,)),
    "new to subject": (lambda x: x.inverse * x.n + x.s, (10.0, 60.0)),
    "new to subject-act": (lambda x: x.s * x.r2 + x.r, (60.0,)),
    "new to act": (lambda x: x.r, (60.0,)),
}
"""The same, counted only where the two parties had never met before that day."""


DAY_KEYS: dict[str, Key] = {
    "days of fact": lambda x: (x.s * x.n + x.o) * x.r2 + x.r,
    "days of pair": lambda x: np.minimum(x.s, x.o) * x.n + np.maximum(x.s, x.o),
    "days of other": lambda x: x.o,
    "days of subject": lambda x: x.s,
}
"""Counted once a day, however often it happens on it."""


@dataclass
class Memory:
    """All tallies as of the last day that was added."""

    sizes: Sizes
    groups: Groups
    tallies: dict[str, Tally] = field(
        default_factory=lambda: (
            {name: Tally(h) for name, (_, h) in (KEYS | FIRST_KEYS).items()}
            | {name: Tally(()) for name in DAY_KEYS}
        )
    )

    def rows(self, s: Ints, r: Ints, o: Ints) -> Rows:
        """Rows over this memory's numbering."""
        return Rows(s, r, o, self.sizes, self.groups)

    def add(self, facts: Ints) -> None:
        """Count facts (actor, act, recipient, day) in both directions; no day may be before what was counted."""
        if not len(facts):
            return
        s, r, o, day = facts.T
        self.groups.learn(s, o)
        rows = self.rows(
            np.concatenate([s, o]), np.concatenate([r, r + self.sizes.acts]), np.concatenate([o, s])
        )
        days = np.concatenate([day, day])
        first = self._first_meetings(rows, days)
        for name, (key, _) in KEYS.items():
            self.tallies[name].add(key(rows), days)
        fresh = self.rows(rows.s[first], rows.r[first], rows.o[first])
        for name, (key, _) in FIRST_KEYS.items():
            self.tallies[name].add(key(fresh), days[first])
        for name, of in DAY_KEYS.items():
            once = np.unique(np.column_stack([days, of(rows)]), axis=0)
            self.tallies[name].add(once[:, 1], once[:, 0])

    def _first_meetings(self, rows: Rows, days: Ints) -> Ints:
        """Where two parties act on the first day on which they meet, in either role."""
        pair = rows.s * rows.n + rows.o
        met = (self.tallies["pair"].find(pair * 2) >= 0) | (self.tallies["pair"].find(pair * 2 + 1) >= 0)
        pairs, which = np.unique(pair, return_inverse=True)
        earliest = np.full(len(pairs), np.iinfo(np.int64).max)
        np.minimum.at(earliest, which, days)
        return np.flatnonzero(~met & (days == earliest[which]))

    def partners(self, day: int, which: int, most: int) -> sparse.csr_array:
        """Who deals with whom (actors x actors), either way round: the faded counts number `which` of "pair", the `most`
        strongest of each actor."""
        pair = self.tallies["pair"]
        value = pair.faded_by(slice(None), day, which)
        cell = pair.keys // 2
        first = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]])) if len(cell) else cell
        value = np.add.reduceat(value, first) if len(cell) else value
        s, o = cell[first] // self.sizes.actors, cell[first] % self.sizes.actors
        keep = top_of_rows(s, value, most)
        n = self.sizes.actors
        return sparse.csr_array((value[keep], (s[keep], o[keep])), shape=(n, n))


def learn_rules(facts: Ints, sizes: Sizes, *, half_life: float, prior: float = 5.0) -> Floats:
    """How strongly an earlier act between two parties points to a later one: (2R, 2R), rows earlier, columns later.

    Entry (a, b): of all acts that followed a between the same two on a later day (each weighted by how much of a had
    not faded), the share that were b, shrunk towards b's overall share with `prior` pseudo-acts. Facts must be
    sorted by day.
    """
    r2 = 2 * sizes.acts
    counts = np.zeros((r2, r2))
    base = np.zeros(r2)
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for s, r, o, day in facts.tolist():
        for key, act in (((s, o), r), ((o, s), r + sizes.acts)):
            base[act] += 1
            for k, earlier in reversed(pairs.setdefault(key, [])[-40:]):
                if k < day:
                    counts[earlier, act] += 2.0 ** ((k - day) / half_life)
            pairs[key].append((day, act))
    share = base / max(base.sum(), 1.0)
    rules: Floats = (counts + prior * share) / (counts.sum(1, keepdims=True) + prior)
    return rules
