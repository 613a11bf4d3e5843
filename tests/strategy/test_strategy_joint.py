"""Coalitions, inverse analysis, explanations, misperception and what-ifs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from slow_checker import random_game

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.casefile import load_case, read_case
from sitroom.strategy.coalitions import all_joint_improvements, coalition_stable
from sitroom.strategy.explain import explain, together
from sitroom.strategy.gmcr_files import read_gmcr
from sitroom.strategy.inverse import count_orders, effects, preference_changes, seek, wants_for
from sitroom.strategy.moves import Graph, build_graph
from sitroom.strategy.preferences import order_of, rank_states
from sitroom.strategy.solve import compare, solve, stable_states
from sitroom.strategy.stability import Play
from sitroom.strategy.walk import credible_steps, reach_by_improvement, steps_taken
from sitroom.strategy.whatif import known_then, set_option, shift_want, used_evidence
from sitroom.vocabulary.strategy import Belief, Shift

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "strategy"
needs_bench = pytest.mark.skipif(not BENCH.exists(), reason="../shared/bench/strategy is missing")

STRIKES = """
[case]
id = "strikes"
seed = 3
draws = 40
[evidence.e1]
says = "the air force hit a depot"
known_by = 2018-05-10
[evidence.e2]
says = "the minister spoke of leaving"
known_by = 2019-05-10
[[decider]]
id = "A"
name = "Attacker"
[[decider]]
id = "B"
name = "Builder"
[[option]]
id = "strike"
owner = "A"
label = "strike the bases"
now = true
evidence = ["e1"]
[[option]]
id = "build"
owner = "B"
label = "build bases"
now = true
[[want]]
id = "A1"
of = "A"
that = "not build"
[[want]]
id = "A2"
of = "A"
that = "strike iff build"
evidence = ["e1"]
[[want]]
id = "B1"
of = "B"
that = "build"
evidence = ["e2"]
[[want]]
id = "B2"
of = "B"
that = "not (strike and build)"
[[whatif]]
id = "tired"
shift = [{ want = "B2", above = "B1" }]
"""


@needs_bench
def test_joint_improvements_of_elmira_and_the_two_by_two_games() -> None:
    cases = json.loads((BENCH / "gmcr_reference.json").read_text())["classic_cases"]
    elmira = cases["elmira"]
    moves = {d: [(a - 1, b - 1) for a, b in pairs] for d, pairs in elmira["arcs"].items()}
    rows = [[9 - elmira["rankings"][d].index(s + 1) for s in range(9)] for d in moves]
    graph, ranks = Graph.of_moves(9, moves), np.array(rows, dtype=np.int32)[:, None, :]
    found: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for members, src, dst in all_joint_improvements(graph, ranks):
        found.setdefault(str(src + 1), {}).setdefault(members, []).append(dst + 1)
    wanted = {
        state: {tuple(entry["coalition"]): entry["to"] for entry in entries}
        for state, entries in elmira["computed"]["coalition_improvements"].items()
    }
    assert found == wanted
    play = Play(graph, ranks)
    everybody = [[0, 1], [0, 2], [1, 2], [0, 1, 2]]
    stays = coalition_stable(play, "NASH", everybody)
    assert (np.flatnonzero(stays) + 1).tolist() == elmira["computed"]["coalitionally_Nash_stable"]
    # the members keep their own moves: Uniroyal alone still leaves state 7 (accept, insist)
    assert not coalition_stable(play, "NASH", [[0, 1]])[6]


@needs_bench
@pytest.mark.parametrize(("concept", "stable"), [("NASH", 240), ("GMR", 384), ("SMR", 300), ("SEQ", 384)])
def test_how_many_orders_make_a_state_stable(concept: str, stable: int) -> None:
    game = read_gmcr((BENCH / "gmcr" / "SyriaIraq.gmcr").read_text(), "SyriaIraq")
    graph = build_graph(game)
    orders = count_orders(graph, rank_states(game, graph.space), 0, 1, concept)  # type: ignore[arg-type]
    assert (orders.stable, orders.tried, orders.exact) == (stable, 720, True)


def test_the_walk_stays_and_the_whatif_moves_it() -> None:
    base = solve(read_case(STRIKES))
    assert base.solution.stays == 1.0
    assert {chance.option: chance.probability for chance in base.solution.chances} == {
        "strike": 1.0,
        "build": 1.0,
    }
    changed = compare(base, base.game.whatifs[0])
    # the builder would now rather not build than be struck; the attacker goes on, lest the building begin again
    assert changed.after.ends[0].state == "YN"
    assert changed.after.ends[0].probability == pytest.approx(1.0)
    assert ("build", 1.0, 0.0) in changed.options
    assert base.solution.because == ("e1", "e2")


def test_same_seed_same_numbers() -> None:
    game = read_case(STRIKES.replace('that = "build"', 'that = "build"\nsure = 0.6'))
    one, two = solve(game, 200), solve(game, 200)
    assert one.solution == two.solution
    assert 0.3 < one.solution.stays < 0.9
    assert solve(game, 200, seed=9).solution.stays != one.solution.stays


def test_explanations_name_the_move_and_the_answer() -> None:
    chicken = solve(load_case("chicken"), 0)
    both = chicken.space.find("YY")
    verdict = explain(chicken, both, "SEQ")[0]
    assert not verdict.stays
    assert "would leave" in verdict.words[0]
    dilemma = solve(load_case("prisoners-dilemma"), 0)
    verdict = explain(dilemma, dilemma.space.find("YY"), "SEQ")[0]
    assert verdict.stays
    (answer,) = verdict.answers
    assert answer.deterred
    assert answer.path[-1][1] == dilemma.space.find("NN")
    assert "no better off" in verdict.words[1]
    for verdict in explain(dilemma, dilemma.space.find("NN"), "NASH"):
        assert verdict.stays
        assert verdict.answers == ()


@pytest.mark.parametrize("name", ["cuban-missile-crisis", "elmira", "chicken", "stag-hunt"])
@pytest.mark.parametrize("concept", ["NASH", "GMR", "SMR", "SEQ"])
def test_every_explanation_agrees_with_the_verdict(name: str, concept: str) -> None:
    """Whoever is said to be deterred has a path that ends no better; whoever is not stays out of the stable states."""
    solved = solve(load_case(name), 0)
    for state in range(solved.space.size):
        verdicts = explain(solved, state, concept)  # type: ignore[arg-type]
        stable = solved.space.name(state) in solved.solution.stable[concept]
        assert all(verdict.stays for verdict in verdicts) == stable
        for place, verdict in enumerate(verdicts):
            for answer in verdict.answers:
                assert answer.deterred == bool(answer.path)
                if answer.path:
                    assert solved.ranks[place, 0, answer.path[-1][1]] <= solved.ranks[place, 0, state]


def test_misperception_changes_what_is_feared() -> None:
    game = load_case("prisoners-dilemma")
    graph = build_graph(game)
    ranks = rank_states(game, graph.space)
    assert "YY" in stable_states(game, graph, ranks, ("SEQ",))["SEQ"]
    first, second = game.deciders
    unaware = replace(first, unaware=(game.options[1].id,))
    blinded = replace(game, deciders=(unaware, second))
    assert "YY" not in stable_states(blinded, graph, ranks, ("SEQ",))["SEQ"]
    # who takes the other to care for nothing but the first want sees no reason why it should hit back
    trusting = replace(first, beliefs=(Belief(second.id, (order_of(game, second.id)[0].id,)),))
    assert (
        "YY" not in stable_states(replace(game, deciders=(trusting, second)), graph, ranks, ("SEQ",))["SEQ"]
    )
    right = replace(first, beliefs=(Belief(second.id, tuple(want.id for want in order_of(game, second.id))),))
    assert "YY" in stable_states(replace(game, deciders=(right, second)), graph, ranks, ("SEQ",))["SEQ"]
    # and who takes it for impossible that both defect does not fear it
    blind = replace(first, blind=("not first and not second",))
    assert "YY" not in stable_states(replace(game, deciders=(blind, second)), graph, ranks, ("SEQ",))["SEQ"]


def test_inverse_and_goal_seeking() -> None:
    game = read_case(STRIKES)
    changes = {change.id for change in wants_for(game, "B", "not build")}
    assert changes == {"drop B1", "B2 > B1"}
    with pytest.raises(BadInput, match="already"):
        wants_for(game, "B", "build")
    base = solve(game)
    goals = {effect.whatif.id: effect.after for effect in seek(base, "not build", draws=10)}
    assert goals["B2 > B1"] == 1.0
    tornado = effects(base, "not strike", preference_changes(game, "B"), draws=10)
    assert tornado[0].swing == 1.0
    assert abs(tornado[0].swing) >= abs(tornado[-1].swing)


def test_lifting_a_want_keeps_the_others_in_order() -> None:
    game = next(game for game in map(random_game, range(50)) if len(order_of(game, "d0")) > 5)
    order = [want.id for want in order_of(game, "d0")]
    moved = [want.id for want in order_of(shift_want(game, Shift(order[-1], order[1])), "d0")]
    assert moved == [order[0], order[-1], *order[1:-1]]
    assert shift_want(game, Shift(order[0], order[1])) == game
    with pytest.raises(UnknownName, match="option"):
        set_option(game, "nuke", True)


def test_strict_as_of_drops_what_was_not_known() -> None:
    game = read_case(STRIKES.replace('id = "strikes"', 'id = "strikes"\nas_of = 2018-12-31'))
    strict = known_then(game)
    assert [want.id for want in strict.wants] == ["A1", "A2", "B2"]
    assert used_evidence(strict) == ("e1",)


def test_status_quo_analysis_and_the_walk_graph() -> None:
    game = load_case("chicken")
    solved = solve(game, 0)
    start = solved.space.find("YY")
    reached = reach_by_improvement(solved.graph, solved.ranks, start)
    assert reached[start] == 0
    assert all(steps <= 2 for steps in reached.values())
    steps = credible_steps(solved.graph, solved.ranks, start)
    assert steps
    assert sum(step.probability for step in steps if step.src == start) == pytest.approx(1.0)


def test_what_they_could_do_together_is_told() -> None:
    dilemma = solve(load_case("prisoners-dilemma"), 0)
    (line,) = together(dilemma, dilemma.space.find("NN"))
    assert "all of them would gain" in line
    assert together(dilemma, dilemma.space.find("YY")) == []


@pytest.mark.parametrize(
    ("name", "path"), [("cuban-missile-crisis", ["NYNN", "NYYN"]), ("elmira", ["NYNNY"])]
)
def test_the_walk_takes_the_way_that_history_took(name: str, path: list[str]) -> None:
    """Blockade, then withdrawal of the missiles; in Elmira the local government insists while the firm delays."""
    solved = solve(load_case(name), 0)
    taken = steps_taken(solved.graph, solved.walked)
    assert {solved.space.name(step.dst) for step in taken} == set(path)
    assert solved.solution.ends[0].state == path[-1]
    assert solved.solution.ends[0].probability == pytest.approx(1.0)


def test_moves_taken_add_up() -> None:
    """What leaves the status quo over the moves is what does not stay there."""
    solved = solve(read_case(STRIKES.replace('that = "build"', 'that = "build"\nsure = 0.6')), 300)
    start = solved.space.status_quo
    left = sum(
        step.probability for step in steps_taken(solved.graph, solved.walked, 0.0001) if step.src == start
    )
    assert left == pytest.approx(1 - solved.solution.stays, abs=1e-9)


def test_of_equally_good_moves_the_smallest_is_taken() -> None:
    """An option that nobody cares for stays as it is."""
    idle = '[[option]]\nid = "idle"\nowner = "B"\n[[want]]\nid = "A1"'
    solved = solve(read_case(STRIKES.replace('[[want]]\nid = "A1"', idle, 1)), 50)
    changed = compare(solved, solved.game.whatifs[0])
    assert ("idle", 0.0, 0.0) in changed.options
    assert ("build", 1.0, 0.0) in changed.options
