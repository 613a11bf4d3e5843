"""Ranks of true answers among all actors, and what is printed of them (protocol of Gastinger et al. 2023, 2024).

Facts are (n, 4) arrays: actor, act, recipient, day. Every fact asks two questions: who receives, (s, r, ?), and who
acts, (o, r + R, ?), where R is the number of acts and r + R the inverse of r.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sitroom.outlook.history import Floats, Ints

Filter = Literal["time-aware", "static", "raw"]
Ties = Literal["mean", "optimistic", "pessimistic"]
KINDS = ("repeat", "known pair", "never-seen pair")


@dataclass(frozen=True)
class Scores:
    """Scored candidates of several queries: query i has `candidates[offsets[i]:offsets[i + 1]]`, each once.

    Whoever is not listed, or has a score that is not a number, shares the lowest place with all such others.
    """

    offsets: Ints
    candidates: Ints
    values: Floats

    @classmethod
    def dense(cls, matrix: Floats) -> "Scores":
        """Every actor scored: one row a query, one column an actor."""
        queries, actors = matrix.shape
        everybody = np.tile(np.arange(actors), queries)
        return cls(np.arange(queries + 1) * actors, everybody, np.asarray(matrix, np.float64).ravel())


Scorer = Callable[[int, Ints, Ints], Scores]
"""(day, subjects, acts or inverse acts) to scores. It may look at what was known before the day, at nothing else, and
never at the list of queries: each query is scored as if it came alone."""


@dataclass(frozen=True)
class Ranked:
    """One row a query: its rank, whether it asked for the recipient, what kind of fact it was (index in KINDS)."""

    rank: Floats
    asks_recipient: np.ndarray[tuple[int], np.dtype[np.bool_]]
    kind: Ints
    fact: Ints


def both_ways(facts: Ints, acts: int) -> Ints:
    """Each fact and its inverse (o, r + R, s, t), the inverses after all facts."""
    inverse = facts[:, [2, 1, 0, 3]].copy()
    inverse[:, 1] += acts
    return np.concatenate([facts, inverse])


def rank_answers(
    scores: Scores,
    query: Ints,
    answer: Ints,
    true: Mapping[int, Ints] | None,
    *,
    actors: int,
    ties: Ties = "mean",
) -> Floats:
    """Rank `answer[i]` in row `query[i]` of the scores: 1 + those above + half of those equal.

    `true[row]` are all right answers of the row: the others among them are removed before ranking; None removes none.
    """
    values = np.where(np.isnan(scores.values), -np.inf, scores.values.astype(np.float64))
    share = {"mean": 0.5, "optimistic": 0.0, "pessimistic": 1.0}[ties]
    rank = np.empty(len(query))
    for i, (row, wanted) in enumerate(zip(query.tolist(), answer.tolist(), strict=True)):
        part = slice(int(scores.offsets[row]), int(scores.offsets[row + 1]))
        listed, value = scores.candidates[part], values[part]
        removed = true[row][true[row] != wanted] if true is not None else np.empty(0, np.int64)
        mine = value[listed == wanted]
        if len(removed):
            value = value[~np.isin(listed, removed)]
        if len(mine) and mine[0] > -np.inf:
            above, equal = np.count_nonzero(value > mine[0]), np.count_nonzero(value == mine[0]) - 1
        else:
            above = np.count_nonzero(value > -np.inf)
            equal = actors - len(removed) - above - 1
        rank[i] = 1 + above + share * equal
    return rank


def kinds_of_facts(facts: Ints, known: Ints, *, multi_step_from: int | None = None) -> Ints:
    """What each fact is to the permitted history `known` (days before it, or before `multi_step_from`): 0 a repeat of a
    fact, 1 a new event of a pair that met before in either role, 2 a pair never seen."""
    low = 1 + int(max(facts[:, :3].max(initial=0), known[:, :3].max(initial=0)))

    def first_days(keys: Ints, days: Ints) -> tuple[Ints, Ints]:
        order = np.lexsort((days, keys))
        unique, at = np.unique(keys[order], return_index=True)
        return unique, days[order][at]

    def seen(keys: Ints, first: tuple[Ints, Ints], days: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        if not len(first[0]):
            return np.zeros(len(keys), bool)
        at = np.minimum(np.searchsorted(first[0], keys), len(first[0]) - 1)
        hit: np.ndarray[tuple[int], np.dtype[np.bool_]] = (first[0][at] == keys) & (first[1][at] < days)
        return hit

    def pair(f: Ints) -> Ints:
        low_end, high_end = np.minimum(f[:, 0], f[:, 2]), np.maximum(f[:, 0], f[:, 2])
        return low_end * low + high_end

    def triple(f: Ints) -> Ints:
        return (f[:, 0] * low + f[:, 1]) * low + f[:, 2]

    days = facts[:, 3] if multi_step_from is None else np.full(len(facts), multi_step_from)
    repeated = seen(triple(facts), first_days(triple(known), known[:, 3]), days)
    met = seen(pair(facts), first_days(pair(known), known[:, 3]), days)
    return np.where(repeated, 0, np.where(met, 1, 2))


def rank_facts(
    scorer: Scorer,
    facts: Ints,
    known: Ints,
    *,
    actors: int,
    acts: int,
    setting: Literal["single-step", "multi-step"] = "single-step",
    remove: Filter = "time-aware",
    ties: Ties = "mean",
) -> Ranked:
    """Ask both questions of every fact, day by day, and rank the answers.

    `known` holds every true fact of all splits: the filter needs those of the day; the scorer has its own history.
    """
    asked = both_ways(facts, acts)
    world = both_ways(known, acts)
    kind = kinds_of_facts(
        facts, known, multi_step_from=int(facts[:, 3].min()) if setting == "multi-step" else None
    )
    rank = np.empty(len(asked))
    for day in np.unique(asked[:, 3]).tolist():
        mine = np.flatnonzero(asked[:, 3] == day)
        queries, row = np.unique(asked[mine, 0] * (2 * acts) + asked[mine, 1], return_inverse=True)
        scores = scorer(day, queries // (2 * acts), queries % (2 * acts))
        permitted = world if remove == "static" else world[world[:, 3] == day]
        true = None if remove == "raw" else dict(_answers(permitted, queries, acts))
        rank[mine] = rank_answers(scores, row, asked[mine, 2], true, actors=actors, ties=ties)
    half = np.arange(len(asked)) < len(facts)
    return Ranked(rank, half, np.concatenate([kind, kind]), np.tile(np.arange(len(facts)), 2))


def _answers(facts: Ints, queries: Ints, acts: int) -> Iterator[tuple[int, Ints]]:
    key = facts[:, 0] * (2 * acts) + facts[:, 1]
    order = np.argsort(key, kind="stable")
    key, answer = key[order], facts[order, 2]
    left, right = np.searchsorted(key, queries, "left"), np.searchsorted(key, queries, "right")
    for row, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        yield row, np.unique(answer[a:b])


def summarise(ranked: Ranked, *, hits: Iterable[int] = (1, 3, 10)) -> dict[str, float]:
    """MRR and hits of both directions pooled, MRR of each direction and of each kind of fact, and the shares."""
    inverse = 1 / ranked.rank
    out = {"queries": float(len(inverse)), "MRR": float(inverse.mean())}
    out |= {f"Hits@{k}": float((ranked.rank <= k).mean()) for k in hits}
    out["MRR recipient asked"] = float(inverse[ranked.asks_recipient].mean())
    out["MRR actor asked"] = float(inverse[~ranked.asks_recipient].mean())
    for number, kind in enumerate(KINDS):
        mine = ranked.kind == number
        out[f"MRR {kind}"] = float(inverse[mine].mean()) if mine.any() else float("nan")
        out[f"share {kind}"] = float(mine.mean())
    return out
