"""What lately happened in and around each pair: faded rates of the pair, its opposite, its parties and their countries."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sitroom.outlook.history import NOBODY, Floats, History, Ints
from sitroom.outlook.rates import BASELINES
from sitroom.outlook.windows import Cube, entry_days

OWN_HALF_LIVES = (2.0, 5.0, 12.0, 30.0, 90.0, 300.0)
HALF_LIVES = (2.0, 7.0, 30.0, 120.0)
ACTIVE_HALF_LIVES = (7.0, 30.0, 120.0)
Sides = tuple[Ints, Ints]

AROUND: dict[str, tuple[bool, Callable[[Sides], Sides], Callable[[Sides], Sides]]] = {
    "the opposite pair": (False, lambda p: p, lambda e: (e[1], e[0])),
    "the actor towards all": (False, lambda p: (p[0], p[0]), lambda e: (e[0], e[0])),
    "others towards the actor": (False, lambda p: (p[0], p[0]), lambda e: (e[1], e[1])),
    "others towards the recipient": (False, lambda p: (p[1], p[1]), lambda e: (e[1], e[1])),
    "the recipient towards all": (False, lambda p: (p[1], p[1]), lambda e: (e[0], e[0])),
    "the actor's country towards the recipient's": (True, lambda p: p, lambda e: e),
    "the recipient's country towards the actor's": (True, lambda p: p, lambda e: (e[1], e[0])),
    "the actor's country towards all": (True, lambda p: (p[0], p[0]), lambda e: (e[0], e[0])),
    "others towards the actor's country": (True, lambda p: (p[0], p[0]), lambda e: (e[1], e[1])),
    "others towards the recipient's country": (True, lambda p: (p[1], p[1]), lambda e: (e[1], e[1])),
    "the recipient's country towards all": (True, lambda p: (p[1], p[1]), lambda e: (e[0], e[0])),
}
"""Whose acts are counted beside the pair's own: by country or not, the key of a pair, and the key of an act."""


@dataclass(frozen=True)
class Tally:
    """Acts a day of each series: `table` (series x (classes + 1), days), the last of each series' rows for all acts;
    `row` is the series of each pair, -1 if it has none."""

    table: Any
    row: Ints

    def rates(self, weights: Floats, kinds: int) -> Floats:
        """Weighted sums, (pairs, classes + 1, columns of `weights`)."""
        rates = (self.table @ weights).reshape(-1, kinds, weights.shape[1])
        found: Floats = np.where((self.row >= 0)[:, None, None], rates[self.row], 0.0)
        return found

    def ages(self, origin: int, kinds: int) -> Floats:
        """Days since the last act before `origin`, (pairs, classes + 1)."""
        last = np.full(self.table.shape[0], -1.0)
        day = self.table.indices
        cell = np.repeat(np.arange(len(last)), np.diff(self.table.indptr))
        np.maximum.at(last, cell[day < origin], day[day < origin])
        last = last.reshape(-1, kinds)
        age = np.where(last >= 0, origin - last, 2.0 * origin + 1)
        found: Floats = np.where((self.row >= 0)[:, None], age[self.row], 2.0 * origin + 1)
        return found


@dataclass(frozen=True)
class Surroundings:
    """The tallies of `AROUND` for each pair, when each pair met the condition for being forecast, and its countries.

    `entered` is a day number, far in the future for pairs that never met it. Days are those on which acts became known.
    """

    tallies: dict[str, Tally]
    entered: Ints
    one_country: NDArray[np.bool_]

    def first(self, count: int) -> "Surroundings":
        """The same for the first pairs only."""
        tallies = {name: Tally(tally.table, tally.row[:count]) for name, tally in self.tallies.items()}
        return replace(
            self, tallies=tallies, entered=self.entered[:count], one_country=self.one_country[:count]
        )


@dataclass(frozen=True)
class Signs:
    """What is known of each pair on one day: `own` (pairs, classes, columns) by class, `shared` (pairs, columns)."""

    own: NDArray[np.float32]
    shared: NDArray[np.float32]

    def of(self, kind: int) -> NDArray[np.float32]:
        """The columns of one class, named by `names_of_columns`."""
        return np.concatenate([self.own[:, kind], self.shared], axis=1)


def look_around(
    history: History, pairs: Ints, classes: tuple[str, ...], country: Ints, *, at_least: int = 10
) -> Surroundings:
    """Tally all acts of the history by what they have in common with each pair; `country` numbers each actor's."""
    use = history.recipient != NOBODY
    sides = history.actor[use], history.recipient[use]
    act, day = history.act[use], history.known_by[use]
    days = int(day.max(initial=0)) + 1
    members = [np.isin(np.arange(len(history.acts)), history.acts_in(name)) for name in classes]
    kinds = [*members, np.ones(len(history.acts), bool)]
    real = np.asarray((pairs >= 0).all(1))
    lands = np.where(real[:, None], country[np.maximum(pairs, 0)], -1)
    size = max(len(history.names), int(country.max(initial=0)) + 1)
    tallies = {}
    for name, (by_country, of_pair, of_act) in AROUND.items():
        mine = (lands[:, 0], lands[:, 1]) if by_country else (pairs[:, 0], pairs[:, 1])
        theirs = (country[sides[0]], country[sides[1]]) if by_country else sides
        (one, other), (this, that) = of_pair(mine), of_act(theirs)
        key = np.where((one >= 0) & (other >= 0), one * size + other, -1)
        series = np.unique(key[key >= 0])
        row = np.where(key >= 0, np.searchsorted(series, key), -1)
        wanted = this * size + that
        at = np.searchsorted(series, wanted)
        hit = (
            np.flatnonzero(series[np.minimum(at, len(series) - 1)] == wanted)
            if len(series)
            else np.empty(0, int)
        )
        cells, when = [], []
        for k, member in enumerate(kinds):
            chosen = hit[member[act[hit]]]
            cells.append(at[chosen] * len(kinds) + k)
            when.append(day[chosen])
        cell, on = np.concatenate(cells), np.concatenate(when)
        shape = (max(len(series), 1) * len(kinds), days)
        table = sparse.csr_matrix((np.ones(len(cell), np.float32), (cell, on)), shape=shape)
        table.sum_duplicates()
        tallies[name] = Tally(table, row)
    return Surroundings(
        tallies, entry_days(history, pairs, at_least=at_least), real & (lands[:, 0] == lands[:, 1])
    )


def names_of_columns(classes: tuple[str, ...]) -> list[str]:
    """The columns of `Signs.of`, in order, as words."""
    own = [f"such acts of this pair lately (half-life {h:g} days)" for h in OWN_HALF_LIVES]
    own += [f"days with such an act (half-life {h:g} days)" for h in ACTIVE_HALF_LIVES]
    own += ["days since the last such act", "such acts so far", "such acts a day since the pair's first act"]
    kinds = [f"acts of {name.replace('-', ' ')}" for name in classes]
    shared = [
        f"{kind} of this pair lately (half-life {h:g} days)"
        for kind in (*kinds, "all acts")
        for h in OWN_HALF_LIVES
    ]
    shared += [f"days with any act of this pair (half-life {h:g} days)" for h in ACTIVE_HALF_LIVES]
    shared += [
        "days since any act of this pair",
        "days since the pair's first act",
        "acts of this pair so far",
    ]
    shared += ["days since the pair had acted often enough to be forecast", "the two are of one country"]
    for who in AROUND:
        own += [f"such acts of {who} lately (half-life {h:g} days)" for h in HALF_LIVES]
        shared += [f"all acts of {who} lately (half-life {h:g} days)" for h in HALF_LIVES]
    own.append("days since the last such act of the opposite pair")
    shared += [
        f"{kind} of the opposite pair lately (half-life {h:g} days)" for kind in kinds for h in HALF_LIVES
    ]
    shared.append("days since any act of the opposite pair")
    return [*own, *(f"the {name}" for name in BASELINES), *shared]


def describe(cube: Cube, around: Surroundings, origin: int, length: int) -> Signs:
    """What was learned before `origin` of each pair of the cube, for windows of `length` days."""
    seen = cube.learned[:, :, :origin]
    total = seen.sum(1, keepdims=True)
    both = np.concatenate([seen, total], axis=1)
    pairs, kinds, _ = both.shape
    rates = both @ fading(origin, origin, OWN_HALF_LIVES)
    busy = (both > 0).astype(np.float32) @ fading(origin, origin, ACTIVE_HALF_LIVES)
    age = days_since(both)
    first = np.where((total > 0).any(2), np.argmax(total > 0, axis=2), origin)
    so_far, lived = both.sum(2), np.maximum(origin - first, 7)
    own = [rates[:, :-1], busy[:, :-1], _column(age[:, :-1]), _column(so_far[:, :-1])]
    own.append(_column(so_far[:, :-1] / lived))
    shared = [rates.reshape(pairs, -1), busy[:, -1], age[:, -1:], origin - first, so_far[:, -1:]]
    shared += [
        np.where(around.entered < origin, origin - around.entered, 0)[:, None],
        around.one_country[:, None],
    ]
    for tally in around.tallies.values():
        weights = fading(origin, tally.table.shape[1], HALF_LIVES)
        near = tally.rates(weights, kinds)
        own.append(near[:, :-1])
        shared.append(near[:, -1])
    opposite = around.tallies["the opposite pair"]
    weights, ages = (
        fading(origin, opposite.table.shape[1], HALF_LIVES),
        np.minimum(opposite.ages(origin, kinds), 2.0 * origin + 1),
    )
    own.append(_column(ages[:, :-1]))
    shared += [opposite.rates(weights, kinds)[:, :-1].reshape(pairs, -1), ages[:, -1:]]
    own += [_column(logit(baseline(cube, origin, length))) for baseline in BASELINES.values()]
    return Signs(
        np.concatenate([np.asarray(c, np.float32) for c in own], axis=2),
        np.concatenate([np.asarray(c, np.float32) for c in shared], axis=1),
    )


def fading(origin: int, days: int, half_lives: tuple[float, ...]) -> NDArray[np.float32]:
    """Weights of each of `days` days, (days, half-lives): they sum to one before `origin` and are nothing from it on."""
    age = origin - np.arange(days) - 0.5
    weights = np.where(age[:, None] > 0, np.exp2(-np.abs(age[:, None]) / np.array(half_lives)), 0.0)
    shares: NDArray[np.float32] = (weights / np.maximum(weights.sum(0), 1e-9)).astype(np.float32)
    return shares


def days_since(seen: Floats) -> Floats:
    """Days from the last act of each row to the end of the table, (pairs, classes); twice the table if there is none."""
    days = seen.shape[2]
    back = np.argmax(seen[:, :, ::-1] > 0, axis=2) + 1.0
    age: Floats = np.where((seen > 0).any(2), back, 2.0 * days + 1)
    return age


def logit(p: Floats) -> Floats:
    """Log odds, bounded."""
    clipped = np.clip(p, 1e-5, 1 - 1e-5)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds


def _column(values: Floats) -> Floats:
    column: Floats = values[:, :, None]
    return column
