"""The ranker on a made-up world: it learns, it does not look ahead, and each query is scored as if alone."""

import numpy as np
import pytest

from sitroom.errors import BadInput
from sitroom.outlook.groups import groups_of_names, make_groups
from sitroom.outlook.memory import Sizes, learn_rules
from sitroom.outlook.ranker import Plan, fit_ranker
from sitroom.outlook.ranking import rank_facts, summarise

PLAN = Plan(fit_days=30, rounds=12, spare_days=3, threads=1)
NAMES = tuple(f"{land}.{body}" for land in ("AAA", "BBB", "CCC", "DDD") for body in ("MIL", "GOV"))


def sizes(numbers) -> Sizes:
    _, actors, acts = numbers
    return Sizes(actors, acts, acts, np.arange(acts))


def fitted(numbers, until: int, plan: Plan = PLAN):
    facts, actors, _ = numbers
    groups = make_groups([None] * actors, [""] * actors)
    return fit_ranker(facts, sizes(numbers), groups, plan, until)


def test_it_beats_a_constant(numbers):
    facts, actors, acts = numbers
    late = facts[facts[:, 3] >= 110]
    ranker = fitted(numbers, 110)

    def scorer(day, s, r):
        ranker.advance(facts, day)
        return ranker.score(day, s, r)

    found = summarise(rank_facts(scorer, late, facts, actors=actors, acts=acts))
    middle = 2 / (actors + 1)
    assert found["MRR"] > middle + 0.1


def test_noise_from_the_day_on_changes_no_bit(numbers):
    facts, actors, acts = numbers
    day = 115
    random = np.random.default_rng(2)
    noise = facts.copy()
    noise[noise[:, 3] == day, 2] = random.integers(0, actors, (noise[:, 3] == day).sum())
    asked = facts[facts[:, 3] == day]
    found = []
    for known in (facts, noise[noise[:, 3] <= day]):
        ranker = fitted((known, actors, acts), 110)
        ranker.advance(known, day)
        found.append(ranker.score(day, asked[:, 0], asked[:, 1]))
    assert found[0].values.tobytes() == found[1].values.tobytes()
    assert found[0].candidates.tobytes() == found[1].candidates.tobytes()


def test_a_query_is_scored_as_if_it_came_alone(numbers):
    facts, _, _ = numbers
    ranker = fitted(numbers, 115)
    asked = np.unique(facts[facts[:, 3] == 115][:, :2], axis=0)
    together = ranker.score(115, asked[:, 0], asked[:, 1])
    for i in range(len(asked)):
        alone = ranker.score(115, asked[i : i + 1, 0], asked[i : i + 1, 1])
        part = slice(together.offsets[i], together.offsets[i + 1])
        assert alone.values.tolist() == together.values[part].tolist()


def test_probabilities_leave_room_for_others(numbers):
    ranker = fitted(numbers, 115)
    scores = ranker.score(115, np.array([0, 1]), np.array([0, 1]))
    chance = ranker.probabilities(scores)
    for i in range(2):
        part = chance[scores.offsets[i] : scores.offsets[i + 1]]
        assert 0 < part.sum() < 1
        assert part.sum() == pytest.approx(1 - ranker.outside)


def test_asking_about_the_past_is_refused(numbers):
    ranker = fitted(numbers, 115)
    with pytest.raises(BadInput):
        ranker.score(114, np.array([0]), np.array([0]))


def test_several_steps_ahead_uses_nothing_after_the_origin(numbers):
    facts, actors, acts = numbers
    plan = Plan(fit_days=30, rounds=10, spare_days=3, threads=1, horizon=5)
    ranker = fitted((facts[facts[:, 3] < 100], actors, acts), 100, plan)
    other = fitted((facts, actors, acts), 100, plan)
    one, two = (r.score(104, np.array([0]), np.array([1])) for r in (ranker, other))
    assert one.values.tobytes() == two.values.tobytes()


def test_rules_learn_that_an_answer_follows():
    strike, answer, talk = 0, 1, 2
    facts = []
    for k in range(40):
        facts += [(0, strike, 1, 3 * k), (1, answer, 0, 3 * k + 1), (2, talk, 3, 3 * k)]
    rules = learn_rules(np.array(facts), Sizes(4, 3, 3, np.arange(3)), half_life=1.0)
    assert (
        rules[strike, answer + 3] > rules[strike, talk]
    )  # the pair (0, 1) sees the answer as an inverse act
    assert rules.sum(1) == pytest.approx(np.ones(6))


def test_groups_are_read_from_names_and_from_dealings():
    groups = groups_of_names(
        ["Military_(Syria)", "Syria", "A_Person", "SYR.MIL", "SYR", "Police_(Syria)", "Military_(Iraq)"]
    )
    named = [groups.countries[c] if c < len(groups.countries) else None for c in groups.country]
    assert named == ["Syria", "Syria", None, "SYR", "SYR", "Syria", "Iraq"]
    assert groups.roles[groups.role[0]] == "Military"
    groups.learn(np.array([2, 2, 6]), np.array([0, 1, 2]))
    assert groups.countries[groups.country[2]] == "Syria"
