"""The recurrency baseline: what happened last time happens again (Gastinger et al. 2024, arXiv 2404.16726).

Score of (s, r, o) on day t: a * 2^(-l (t - k)) + (1 - a) * share, where k is the last day of (s, r, o) and share the
part of all earlier (., r, .) that went to o; l and a are chosen for each act on the last days of the learning period.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.ranking import Scores, both_ways

DECAYS = (0.005, 0.02, 0.05, 0.1, 0.3, 1.0)
WEIGHTS = (0.0, 0.5, 0.9, 0.99, 0.999, 0.99999, 1.0)


@dataclass
class Recurrency:
    """Single-step scorer over `known` (all facts, of which it reads those before the day asked about)."""

    known: Ints
    actors: int
    acts: int
    decay: Floats
    weight: Floats
    history_to: int | None = None

    def parts(self, day: int, subjects: Ints, acts: Ints) -> tuple[sparse.csr_array, Floats]:
        """Last day + 1 of each triple (queries x actors, sparse) and the shares (queries x actors)."""
        until = day if self.history_to is None else min(day, self.history_to)
        past = both_ways(self.known[self.known[:, 3] < until], self.acts)
        asked = subjects * (2 * self.acts) + acts
        queries, row = np.unique(asked, return_inverse=True)
        key = past[:, 0] * (2 * self.acts) + past[:, 1]
        at = np.minimum(np.searchsorted(queries, key), len(queries) - 1)
        mine = queries[at] == key
        cell = at[mine] * self.actors + past[mine, 2]
        cells, index = np.unique(cell, return_inverse=True)
        last = np.zeros(len(cells))
        np.maximum.at(last, index, past[mine, 3] + 1.0)
        shape = (len(queries), self.actors)
        table = sparse.csr_array((last, (cells // self.actors, cells % self.actors)), shape=shape)
        used, act_row = np.unique(acts, return_inverse=True)
        share = np.zeros((len(used), self.actors))
        which = np.minimum(np.searchsorted(used, past[:, 1]), len(used) - 1)
        hit = used[which] == past[:, 1]
        np.add.at(share, (which[hit], past[hit, 2]), 1.0)
        share /= np.maximum(share.sum(1, keepdims=True), 1.0)
        return sparse.csr_array(table.tocsr()[row, :]), share[act_row]

    def __call__(self, day: int, subjects: Ints, acts: Ints) -> Scores:
        """Scores of every actor with any history at all; the rest ties at the bottom."""
        last, share = self.parts(day, subjects, acts)
        value = (1 - self.weight[acts])[:, None] * share
        rows = np.repeat(np.arange(len(subjects)), np.diff(last.indptr))
        strict = np.exp2(-self.decay[acts[rows]] * (day + 1 - last.data))
        value[rows, last.indices] += self.weight[acts[rows]] * strict
        row, candidate = np.nonzero(value)
        offsets = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(subjects)))])
        return Scores(offsets, candidate, value[row, candidate])


def fit_recurrency(train: Ints, *, actors: int, acts: int, tune_days: int = 30) -> Recurrency:
    """Choose decay and weight of each act (and inverse act) on the last `tune_days` days of `train` by MRR."""
    choices = [(decay, weight) for decay in DECAYS for weight in WEIGHTS]
    total = np.zeros((2 * acts, len(choices)))
    base = Recurrency(train, actors, acts, np.empty(0), np.empty(0))
    last = int(train[:, 3].max())
    for day in range(last - tune_days + 1, last + 1):
        facts = both_ways(train[train[:, 3] == day], acts)
        if not len(facts):
            continue
        table, share = base.parts(day, facts[:, 0], facts[:, 1])
        dense = table.toarray()
        key = facts[:, 0] * (2 * acts) + facts[:, 1]
        same = key[:, None] == key[None, :]
        row = np.arange(len(facts))
        for i, (decay, weight) in enumerate(choices):
            value = (
                np.where(dense > 0, weight * np.exp2(-decay * (day + 1 - dense)), 0.0) + (1 - weight) * share
            )
            own = value[row, facts[:, 2]]
            rival = value[:, facts[:, 2]]  # the other right answers of the same query are no rivals
            other = same & (facts[:, 2][None, :] != facts[:, 2][:, None])
            above = (value > own[:, None]).sum(1) - (other & (rival > own[:, None])).sum(1)
            equal = (value == own[:, None]).sum(1) - 1 - (other & (rival == own[:, None])).sum(1)
            np.add.at(total, (facts[:, 1], np.full(len(facts), i)), 1 / (1 + above + equal / 2))
    overall = total.sum(0)
    pick = (total + 1e-9 * overall).argmax(1)
    chosen = np.array(choices)[pick]
    return Recurrency(train, actors, acts, chosen[:, 0], chosen[:, 1])
