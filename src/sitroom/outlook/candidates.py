"""Who could be the other party of (s, r, ?): partners, partners' partners, look-alikes' partners, compatriots, the popular."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.memory import Memory
from sitroom.outlook.tally import top_of_rows

LOOK_ALIKES = 25
STRONGEST = 40


@dataclass
class Day:
    """What one day's queries share: distinct subjects with their roundabout links. Nothing here depends on answers,
    and no subject's numbers depend on which others are asked about."""

    memory: Memory
    day: int
    s: Ints
    r: Ints
    ahead: int = 0

    def __post_init__(self) -> None:
        sizes = self.memory.sizes
        self.subjects, self.subject_row = np.unique(self.s, return_inverse=True)
        self.g = sizes.class_of[self.r % sizes.acts] + sizes.classes * (self.r >= sizes.acts)
        links = self.memory.partners(self.day, 2, STRONGEST)
        lately = self.memory.partners(self.day, 0, STRONGEST)
        self.through = _two_steps(links, self.subjects)
        self.through_lately = _two_steps(lately, self.subjects)
        self.alike = self._alike()
        self.alike_any = np.asarray((self.alike @ links).toarray(), np.float32)
        self.alike_class = self._alike_by("class", 1, self.g, 2 * sizes.classes)
        self.alike_act = self._alike_by("fact", 2, self.r, 2 * sizes.acts)

    def _alike(self) -> sparse.csr_array:
        """Weights of the most similar actors of each subject: cosine of whom they did what with, rare partners first."""
        sizes, tally = self.memory.sizes, self.memory.tallies["class"]
        g2 = 2 * sizes.classes
        s, rest = np.divmod(tally.keys, sizes.actors * g2)
        value = np.log1p(tally.faded_by(slice(None), self.day, 1))
        profile = sparse.csr_array((value, (s, rest)), shape=(sizes.actors, sizes.actors * g2))
        profile.sum_duplicates()
        degree = np.bincount(profile.indices, minlength=profile.shape[1])
        profile.data *= (np.log(1 + sizes.actors) - np.log(np.maximum(degree, 1)))[profile.indices]
        norm = np.sqrt(np.maximum(np.asarray(profile.multiply(profile).sum(1)).ravel(), 1e-12))
        profile.data /= np.repeat(norm, np.diff(profile.indptr))
        product = sparse.csr_array(profile[self.subjects] @ profile.T)
        self.likeness = product.astype(np.float32).toarray()
        like = product.tocoo()
        row, other = like.coords
        use = self.subjects[row] != other
        row, other, value = row[use], other[use], like.data[use]
        keep = top_of_rows(row, value, LOOK_ALIKES)
        return sparse.csr_array(
            (value[keep], (row[keep], other[keep])), shape=(len(self.subjects), sizes.actors)
        )

    def _alike_by(self, name: str, which: int, act: Ints, acts: int) -> sparse.csr_array:
        """For each query: what its look-alikes did, with this act (or class), to whom (queries x actors)."""
        sizes, tally = self.memory.sizes, self.memory.tallies[name]
        pair, a = np.divmod(tally.keys, acts)
        s, o = np.divmod(pair, sizes.actors)
        used, act_at = np.unique(act, return_inverse=True)
        at = np.minimum(np.searchsorted(used, a), len(used) - 1)
        mine = used[at] == a
        value = np.log1p(tally.faded_by(np.flatnonzero(mine), self.day, which))
        shape = (sizes.actors * len(used), sizes.actors)
        did = sparse.csr_array((value, (s[mine] * len(used) + at[mine], o[mine])), shape=shape)
        weights = self.alike[self.subject_row]
        columns = weights.indices.astype(np.int64) * len(used) + np.repeat(act_at, np.diff(weights.indptr))
        chosen = sparse.csr_array((weights.data, columns, weights.indptr), shape=(len(act), shape[0]))
        return sparse.csr_array(chosen @ did)


def _two_steps(links: sparse.csr_array, subjects: Ints) -> Floats:
    """Strength of the two-step links of each subject, partners with many partners discounted; dense."""
    degree = np.maximum(np.asarray(links.sum(1)).ravel(), 1e-12)
    first = links[subjects]
    first.data = np.log1p(first.data)
    second = links.copy()
    second.data = second.data / np.repeat(np.sqrt(degree), np.diff(links.indptr))
    return np.asarray((first @ second).toarray(), np.float32)


def propose(day: Day) -> tuple[Ints, Ints]:
    """The candidates of each query: (query row, actor), sorted by row then actor, each pair once."""
    memory, sizes = day.memory, day.memory.sizes
    n, r2, g2 = sizes.actors, 2 * sizes.acts, 2 * sizes.classes
    country = memory.groups.country[day.s]
    role = memory.groups.role[day.s]
    found: list[tuple[Ints, Ints]] = []

    def take(name: str, group: Ints, width: int, other: int, quotas: tuple[int, ...]) -> None:
        """The strongest of the keys in [group * width, (group + 1) * width), by each fading in turn."""
        groups, at = np.unique(group, return_inverse=True)
        tally = memory.tallies[name]
        row, place = tally.between(groups * width, (groups + 1) * width)
        actor = tally.keys[place] // other % n
        for which, quota in enumerate(quotas):
            if quota:
                best = top_of_rows(row, tally.faded_by(place, day.day, which), quota)
                found.append(_spread(row[best], actor[best], at, len(groups)))

    _take_facts(day, found)
    take("class", day.s, n * g2, g2, (30, 40))
    take("pair", day.s, n * 2, 2, (30, 40, 80))
    take("act-other", day.r, n, 1, (10, 40))
    take("class-other", day.g, n, 1, (10, 20))
    take("country-other", country, n * 2, 2, (30, 60))
    take("country-act-other", country * r2 + day.r, n, 1, (10, 40))
    take("role-other", role * g2 + day.g, n, 1, (10, 30))
    take("new to country-other", country, n, 1, (20, 20))
    for dense, quota in (
        (day.through, 60),
        (day.through_lately, 30),
        (day.alike_any, 40),
        (day.likeness, 30),
    ):
        found.append(_spread(*_top_of_dense(dense, quota), day.subject_row, len(day.subjects)))
    for table, quota in ((day.alike_class, 30), (day.alike_act, 20)):
        row = np.repeat(np.arange(len(day.s)), np.diff(table.indptr))
        best = top_of_rows(row, table.data, quota)
        found.append((row[best], table.indices[best].astype(np.int64)))
    cell = np.unique(np.concatenate([row * n + actor for row, actor in found]))
    row, actor = np.divmod(cell, n)
    other = actor != day.s[row]
    return row[other], actor[other]


def _take_facts(day: Day, found: list[tuple[Ints, Ints]]) -> None:
    """Whoever was on the other side of this very act before."""
    sizes, tally = day.memory.sizes, day.memory.tallies["fact"]
    n, r2 = sizes.actors, 2 * sizes.acts
    row, place = tally.between(day.subjects * n * r2, (day.subjects + 1) * n * r2)
    key = tally.keys[place]
    asked = day.subject_row * r2 + day.r
    order = np.argsort(asked, kind="stable")
    cell = row * r2 + key % r2
    at = np.minimum(np.searchsorted(asked[order], cell), len(asked) - 1)
    hit = asked[order][at] == cell
    query, actor, place = order[at[hit]], key[hit] // r2 % n, place[hit]
    for which in (1, 2):
        best = top_of_rows(query, tally.faded_by(place, day.day, which), 60)
        found.append((query[best], actor[best]))


def _top_of_dense(values: Floats, keep: int) -> tuple[Ints, Ints]:
    keep = min(keep, values.shape[1])
    actor = np.argpartition(-values, keep - 1, axis=1)[:, :keep]
    row = np.repeat(np.arange(len(values)), keep)
    actor = actor.ravel()
    positive = values[row, actor] > 0
    return row[positive], actor[positive]


def _spread(row: Ints, actor: Ints, group_of_query: Ints, groups: int) -> tuple[Ints, Ints]:
    """Give every query the actors found for its group; `row` must be sorted."""
    start = np.searchsorted(row, np.arange(groups + 1))
    sizes = np.diff(start)[group_of_query]
    query = np.repeat(np.arange(len(group_of_query)), sizes)
    offset = np.repeat(start[group_of_query] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    return query, actor[offset + np.arange(int(sizes.sum()))]
