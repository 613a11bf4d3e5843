"""The evaluator, by the worked example and the tests of the protocol (own data; nothing from a benchmark)."""

import numpy as np
import pytest

from sitroom.outlook.history import Ints
from sitroom.outlook.ranking import Scores, both_ways, rank_answers, rank_facts, summarise
from sitroom.outlook.recurrency import fit_recurrency

A, B, C, D, E = range(5)
P, Q = 0, 1
TRAIN = np.array([(A, P, B, 0), (A, P, C, 0), (A, P, B, 1), (D, Q, A, 1)])
VALID = np.array([(A, P, C, 2), (B, Q, C, 2)])
TEST = np.array([(A, P, B, 3), (A, P, C, 3), (A, P, D, 3), (D, Q, A, 3), (A, P, D, 4), (E, Q, A, 4)])
KNOWN = np.concatenate([TRAIN, VALID, TEST])


def halving(known: Ints, actors: int, acts: int, until: int | None = None):
    """Sum over past days k of (s, r, o) of 2^-(t - k)."""
    both = both_ways(known, acts)

    def score(day: int, subjects: Ints, asked: Ints) -> Scores:
        matrix = np.zeros((len(subjects), actors))
        for s, r, o, k in both.tolist():
            if k < (day if until is None else until):
                matrix[(subjects == s) & (asked == r), o] += 2.0 ** -(day - k)
        return Scores.dense(matrix)

    return score


@pytest.mark.parametrize(
    ("options", "until", "expected"),
    [
        ({}, None, (0.732143, 0.5833, 0.9167)),
        ({"setting": "multi-step"}, 3, (0.669643, 0.5, 0.8333)),
        ({"ties": "optimistic"}, None, (0.902778, 0.8333, 1.0)),
        ({"ties": "pessimistic"}, None, (0.688889, 0.5833, 0.75)),
        ({"remove": "raw"}, None, (0.669643, 0.5, 0.8333)),
        ({"remove": "static"}, None, (0.797222, 0.6667, 1.0)),
    ],
)
def test_worked_example(options, until, expected):
    ranked = rank_facts(halving(KNOWN, 5, 2, until), TEST, KNOWN, actors=5, acts=2, **options)
    got = summarise(ranked)
    assert got["MRR"] == pytest.approx(expected[0], abs=5e-7)
    assert (got["Hits@1"], got["Hits@3"]) == pytest.approx(expected[1:], abs=5e-5)


def test_worked_example_ranks_and_recipients_only():
    ranked = rank_facts(halving(KNOWN, 5, 2), TEST, KNOWN, actors=5, acts=2)
    assert ranked.rank.reshape(2, 6).T.ravel().tolist() == [1, 1, 1, 1, 2, 3, 1, 1, 3, 1, 3, 3.5]
    assert summarise(ranked)["MRR recipient asked"] == pytest.approx(0.694444, abs=5e-7)


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_constant_or_absent_scores_rank_in_the_middle(value):
    many = 501
    facts = np.array([(0, 0, 7, 1), (3, 1, 9, 1)])
    ranked = rank_facts(
        lambda day, s, r: Scores.dense(np.full((len(s), many), value)), facts, facts, actors=many, acts=2
    )
    assert ranked.rank.tolist() == [(many + 1) / 2] * 4


def test_unlisted_actors_tie_at_the_bottom():
    scores = Scores(np.array([0, 2]), np.array([4, 2]), np.array([0.5, -7.0]))
    answers = np.array([4, 2, 0])
    assert rank_answers(scores, np.zeros(3, np.int64), answers, None, actors=10).tolist() == [
        1,
        2,
        1 + 2 + 7 / 2,
    ]


def test_oracle_reaches_one_with_the_time_aware_filter():
    both = both_ways(KNOWN, 2)

    def oracle(day: int, subjects: Ints, asked: Ints) -> Scores:
        matrix = np.zeros((len(subjects), 5))
        for s, r, o, k in both.tolist():
            if k == day:
                matrix[(subjects == s) & (asked == r), o] = 1
        return Scores.dense(matrix)

    assert summarise(rank_facts(oracle, TEST, KNOWN, actors=5, acts=2))["MRR"] == 1.0


def test_renumbering_the_actors_changes_nothing():
    rng = np.random.default_rng(3)
    facts = np.column_stack([rng.integers(0, 30, 900), rng.integers(0, 4, 900), rng.integers(0, 30, 900)])
    facts = np.unique(np.column_stack([facts, np.repeat(np.arange(30), 30)]), axis=0)
    shuffle = rng.permutation(30)
    other = facts.copy()
    other[:, [0, 2]] = shuffle[facts[:, [0, 2]]]
    results = []
    for known in (facts, other):
        late = known[:, 3] >= 25
        scorer = fit_recurrency(known[~late], actors=30, acts=4, tune_days=5)
        scorer.known = known
        results.append(summarise(rank_facts(scorer, known[late], known, actors=30, acts=4))["MRR"])
    assert results[0] == pytest.approx(results[1], abs=1e-12)


def test_baseline_does_not_see_the_day_or_later():
    rng = np.random.default_rng(5)
    facts = np.column_stack([rng.integers(0, 20, 400), rng.integers(0, 3, 400), rng.integers(0, 20, 400)])
    facts = np.column_stack([facts, np.repeat(np.arange(20), 20)])
    noise = facts.copy()
    noise[noise[:, 3] >= 15, 2] = rng.integers(0, 20, (noise[:, 3] >= 15).sum())
    scorer = fit_recurrency(facts[facts[:, 3] < 15], actors=20, acts=3, tune_days=4)
    asked = facts[facts[:, 3] == 15]
    found = []
    for known in (facts, noise[noise[:, 3] <= 15]):
        scorer.known = known
        found.append(scorer(15, asked[:, 0], asked[:, 1]))
    assert found[0].values.tobytes() == found[1].values.tobytes()
    assert found[0].candidates.tobytes() == found[1].candidates.tobytes()
