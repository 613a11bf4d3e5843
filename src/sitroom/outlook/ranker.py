"""Who comes next: boosted trees and small networks over one pass through time, with probabilities and contributions.

LambdaRank (Burges 2010) as LightGBM has it and the networks of `network`, both on the numbers of `features`; fitted on the last days of the learning
period, each day seen from what was known before it (or before the forecast's origin, for several steps ahead).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sitroom.errors import BadInput
from sitroom.outlook.candidates import Day, propose
from sitroom.outlook.features import Matrix, build_features, names_of_features
from sitroom.outlook.groups import Groups
from sitroom.outlook.history import Floats, Ints
from sitroom.outlook.memory import Memory, Sizes, learn_rules
from sitroom.outlook.network import Network, fit_networks, take_inputs
from sitroom.outlook.ranking import Scores, both_ways

LEARNING: dict[str, Any] = {
    "objective": "lambdarank", "learning_rate": 0.08, "num_leaves": 63, "min_data_in_leaf": 200,
    "feature_fraction": 0.25, "bagging_fraction": 0.5, "bagging_freq": 1, "lambdarank_truncation_level": 20,
    "label_gain": [0, 1], "max_bin": 127, "verbose": -1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip

TOGETHER = 8
"""So many days' tables share one array: small arrays that are dropped leave holes in memory."""


@dataclass(frozen=True)
class Plan:
    """How much to learn from: the last `fit_days` days, `negatives` wrong candidates a query, at most `queries` a day.

    `horizon` 1 is single-step; h > 1 teaches to forecast 1 to h days ahead of the last known day. `spare_days` at the
    end set the scale of the probabilities and are not fitted on. The scores of `boosters` fits, each on other parts of
    the rows and columns, are averaged, and so are those of `networks`; the two means are added.
    """

    fit_days: int = 100
    negatives: int = 50
    queries: int = 100_000
    rounds: int = 100
    boosters: int = 1
    networks: int = 2
    epochs: int = 8
    horizon: int = 1
    spare_days: int = 4
    seed: int = 0
    threads: int = 2


@dataclass
class Ranker:
    """A fitted ranker with its memory. `memory_to` is the first day that the memory has not seen."""

    memory: Memory
    rules: dict[str, Floats]
    boosters: list[Any]
    plan: Plan
    memory_to: int
    networks: list[Network] = field(default_factory=list)
    sharpness: float = 1.0
    outside: float = 0.05
    settings: dict[str, Any] = field(default_factory=dict)

    def advance(self, facts: Ints, day: int) -> None:
        """Count the facts of the days from `memory_to` up to the day before `day`."""
        new = facts[(facts[:, 3] >= self.memory_to) & (facts[:, 3] < day)]
        self.memory.add(new[np.argsort(new[:, 3], kind="stable")])
        self.memory_to = max(self.memory_to, day)

    def score(self, day: int, subjects: Ints, acts: Ints) -> Scores:
        """Scores of the candidates of each query (s, r, ?); the rest ties at the bottom. See `ranking.Scorer`."""
        row, actor, table = self.table(day, subjects, acts)
        offsets = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(subjects)))])
        return Scores(offsets, actor, self.predict(table))

    def table(self, day: int, subjects: Ints, acts: Ints) -> tuple[Ints, Ints, Matrix]:
        """The candidates of each query and their features: (query row, actor, table)."""
        if day < self.memory_to:
            raise BadInput(
                f"day {day} lies before day {self.memory_to}, up to which acts were counted",
                hint="fit a ranker for it",
            )
        asked = Day(self.memory, day, subjects, acts, ahead=day - self.memory_to)
        row, actor = propose(asked)
        return row, actor, build_features(asked, row, actor, self.rules)

    def predict(self, table: Matrix) -> Floats:
        """Mean score of the boosters and mean score of the networks, added."""
        trees = [b.predict(table, num_threads=self.plan.threads) for b in self.boosters]
        scores: Floats = np.mean(trees, axis=0)
        if self.networks:
            scores = scores + np.mean([network.predict(table) for network in self.networks], axis=0)
        return scores

    def probabilities(self, scores: Scores) -> Floats:
        """The chance of each candidate, given that the act happens and has another party.

        A softmax of the scores, its sharpness set on days not fitted on; `outside` is the part of answers that were
        no candidates.
        """
        rows = np.repeat(np.arange(len(scores.offsets) - 1), np.diff(scores.offsets))
        return (1 - self.outside) * _softmax(scores.values * self.sharpness, rows)

    def contributions(self, table: Matrix) -> Floats:
        """What each feature adds to the boosters' score of each row (TreeSHAP of LightGBM); the last column is the mean."""
        parts = [b.predict(table, pred_contrib=True, num_threads=self.plan.threads) for b in self.boosters]
        mean: Floats = np.mean(parts, axis=0)
        return mean

    @property
    def feature_names(self) -> list[str]:
        """Names of the columns of `table`."""
        return names_of_features()


def fit_ranker(facts: Ints, sizes: Sizes, groups: Groups, plan: Plan, until: int) -> Ranker:
    """Learn from facts before day `until` (others are not looked at); the memory then stands at `until`."""
    import lightgbm

    facts = facts[facts[:, 3] < until]
    facts = facts[np.argsort(facts[:, 3], kind="stable")]
    if len(facts) < 100:
        raise BadInput(
            f"{len(facts)} acts are too few to learn a ranking from", hint="import a longer history"
        )
    start = max(int(facts[0, 3]) + plan.horizon + 7, until - plan.fit_days)
    before = facts[facts[:, 3] < start]
    rules = _rules(before, sizes)
    memory = Memory(sizes, groups)
    ranker = Ranker(memory, rules, [], plan, int(facts[0, 3]))
    tables, labels, sizes_of, spare = [], [], [], []
    for day, table, label, row in _lessons(ranker, facts, start, until):
        if day >= until - plan.spare_days:
            spare.append((table, label, row))
            continue
        tables.append(table)
        if len(tables) % TOGETHER == 0:
            tables[-TOGETHER:] = _in_one_piece(tables[-TOGETHER:])
        labels.append(label)
        counts = np.bincount(row)
        sizes_of.append(counts[counts > 0])
    learning = {**LEARNING, "num_threads": plan.threads, "seed": plan.seed}
    target, groups_of = np.concatenate(labels).astype(np.int32), np.concatenate(sizes_of)
    data = lightgbm.Dataset(tables, target, group=groups_of, params=learning, free_raw_data=True).construct()
    inputs = take_inputs(tables)
    ranker.boosters = [
        lightgbm.train({**learning, "seed": plan.seed + i}, data, num_boost_round=plan.rounds)
        for i in range(plan.boosters)
    ]
    del data
    seeds = [plan.seed + 1 + i for i in range(plan.networks)]
    ranker.networks = fit_networks(
        inputs, target.astype(np.float64), groups_of, seeds=seeds, epochs=plan.epochs
    )
    del inputs
    ranker.settings = {
        **learning,
        "rounds": plan.rounds,
        "fit_days": plan.fit_days,
        "negatives": plan.negatives,
        "networks": plan.networks,
        "epochs": plan.epochs,
    }
    ranker.advance(facts, until)
    _set_scale(ranker, spare)
    ranker.rules = _rules(facts, sizes)  # confidences to date; what the boosters learned of them still holds
    return ranker


def _in_one_piece(tables: list[Matrix]) -> list[Matrix]:
    """The same tables as parts of one array, whose memory the system gets back once all are dropped."""
    return np.split(np.concatenate(tables), np.cumsum([len(table) for table in tables])[:-1])


def _rules(facts: Ints, sizes: Sizes) -> dict[str, Floats]:
    return {
        "slow": learn_rules(facts, sizes, half_life=60.0),
        "fast": learn_rules(facts, sizes, half_life=10.0),
    }


def _lessons(
    ranker: Ranker, facts: Ints, start: int, until: int
) -> Iterator[tuple[int, Matrix, Floats, Ints]]:
    """Each day's table, labels and query rows, as seen from its origin; wrong candidates are thinned out.

    Days are grouped by origin, so that one forward pass serves every step ahead. Spare days keep all candidates.
    """
    plan, sizes = ranker.plan, ranker.memory.sizes
    random = np.random.default_rng(plan.seed)
    origin_of = {
        day: max(start - plan.horizon + 1, day - (day * 11) % plan.horizon) for day in range(start, until)
    }
    for origin in sorted(set(origin_of.values())):
        ranker.advance(facts, origin)
        for day in (d for d, o in origin_of.items() if o == origin):
            asked = both_ways(facts[facts[:, 3] == day], sizes.acts)
            if not len(asked):
                continue
            key = asked[:, 0] * (2 * sizes.acts) + asked[:, 1]
            queries = np.unique(key)
            if len(queries) > plan.queries:
                queries = np.sort(random.choice(queries, plan.queries, replace=False))
            row, actor, table = ranker.table(day, queries // (2 * sizes.acts), queries % (2 * sizes.acts))
            truth = np.unique(key * sizes.actors + asked[:, 2])
            label = np.isin(queries[row] * sizes.actors + actor, truth).astype(np.float64)
            if day < until - plan.spare_days:
                keep = _thin(row, label, len(queries), plan.negatives, random)
                row, label, table = row[keep], label[keep], table[keep]
            yield day, table, label, row


def _thin(row: Ints, label: Floats, queries: int, negatives: int, random: np.random.Generator) -> Ints:
    """Keep right candidates and about `negatives` wrong ones of each query that has a right one."""
    count = np.bincount(row, minlength=queries)
    answered = np.bincount(row, weights=label, minlength=queries) > 0
    lucky = random.random(len(row)) < negatives / count[row]
    return np.flatnonzero(answered[row] & ((label > 0) | lucky))


def _softmax(values: Floats, row: Ints) -> Floats:
    if not len(row):
        return values
    largest = np.full(int(row.max()) + 1, -np.inf)
    np.maximum.at(largest, row, values)
    weight = np.exp(values - largest[row])
    share: Floats = weight / np.bincount(row, weights=weight)[row]
    return share


def _set_scale(ranker: Ranker, spare: list[tuple[Matrix, Floats, Ints]]) -> None:
    """Choose the sharpness with the best log score on the spare days, and the part of queries without an answer."""
    days = [(ranker.predict(table), label, row) for table, label, row in spare]
    if not days:
        return
    answered = np.concatenate([np.bincount(row, weights=label) > 0 for _, label, row in days])
    ranker.outside = float((np.count_nonzero(~answered) + 1) / (len(answered) + 2))

    def log_score(sharpness: float) -> float:
        loss = 0.0
        for values, label, row in days:
            chance = _softmax(values * sharpness, row)
            loss -= float(np.log(np.maximum(chance[label > 0], 1e-9)).sum())
        return loss

    ranker.sharpness = float(min(np.geomspace(0.2, 5, 33), key=log_score))
