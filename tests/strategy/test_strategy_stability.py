"""Stability against recorded reference results and against the slow checker."""

import json
from pathlib import Path

import numpy as np
import pytest
from slow_checker import Checker, random_game

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.gmcr_files import read_gmcr
from sitroom.strategy.moves import Graph, build_graph
from sitroom.strategy.preferences import rank_states
from sitroom.strategy.stability import CONCEPTS, Play, judge, judge_all

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "strategy"
needs_bench = pytest.mark.skipif(not BENCH.exists(), reason="../shared/bench/strategy is missing")


def reference() -> dict:
    return json.loads((BENCH / "gmcr_reference.json").read_text())


def play_of(ranks: dict[str, dict[int, int]], moves: dict[str, list[tuple[int, int]]], size: int) -> Play:
    rows = np.array([[[ranks[d][s] for s in range(size)]] for d in moves], dtype=np.int32)
    return Play(Graph.of_moves(size, moves), rows)


@needs_bench
@pytest.mark.parametrize("name", ["Prisoners", "Cuban", "Elmira", "SyriaIraq"])
def test_reference_models_cell_by_cell(name: str) -> None:
    model = reference()["models"][name]
    game = read_gmcr((BENCH / "gmcr" / f"{name}.gmcr").read_text(), name)
    graph = build_graph(game)
    play = Play(graph, rank_states(game, graph.space))
    assert [graph.name(s) for s in range(graph.size)] == [state[2] for state in model["states"]]
    for concept, wanted in model["textbook_legal_sequences"].items():
        for place, decider in enumerate(model["decision_makers"]):
            stays = (np.flatnonzero(judge(play, place, concept)[0]) + 1).tolist()
            assert stays == wanted["stable"][decider], (concept, decider)


@needs_bench
@pytest.mark.parametrize("name", ["Prisoners", "Cuban", "Elmira", "SyriaIraq"])
def test_older_readings_of_answers(name: str) -> None:
    """`once` and `single` give what the two solvers of gmcr-py print (its SIM has a defect; see the reference)."""
    model = reference()["models"][name]
    game = read_gmcr((BENCH / "gmcr" / f"{name}.gmcr").read_text(), name)
    graph = build_graph(game)
    ranks = rank_states(game, graph.space)
    for answers, key in (("once", "gmcr_py_dense_solver"), ("single", "gmcr_py_sparse_solver_equilibria")):
        masks = judge_all(Play(graph, ranks, answers), ("NASH", "GMR", "SMR", "SEQ"))
        for concept, mask in masks.items():
            got = (np.flatnonzero(mask[:, 0].all(axis=0)) + 1).tolist()
            wanted = model[key][concept]
            assert got == (wanted["equilibria"] if isinstance(wanted, dict) else wanted), (answers, concept)


@needs_bench
def test_elmira_in_graph_form() -> None:
    case = reference()["classic_cases"]["elmira"]
    ranks = {d: {s - 1: 9 - place for place, s in enumerate(order)} for d, order in case["rankings"].items()}
    moves = {d: [(a - 1, b - 1) for a, b in pairs] for d, pairs in case["arcs"].items()}
    play = play_of(ranks, moves, 9)
    for concept in ("NASH", "GMR", "SMR", "SEQ"):
        for place, decider in enumerate(moves):
            stays = (np.flatnonzero(judge(play, place, concept)[0]) + 1).tolist()
            assert stays == case["computed"][concept]["stable"][decider]
    with pytest.raises(BadInput, match="SIM"):
        judge(play, 0, "SIM")


@needs_bench
@pytest.mark.parametrize("case", ["prisoners_dilemma", "chicken", "stag_hunt", "sustainable_development"])
def test_two_by_two_games(case: str) -> None:
    """States in order 00, 10, 01, 11: the first party moves 0-1 and 2-3, the second 0-2 and 1-3."""
    game = reference()["classic_cases"][case]
    one, two = game["payoffs"]
    moves = {one: [(0, 1), (1, 0), (2, 3), (3, 2)], two: [(0, 2), (2, 0), (1, 3), (3, 1)]}
    ranks = {d: dict(enumerate(game["payoffs"][d])) for d in moves}
    play = play_of(ranks, moves, 4)
    labels = [label.split(" ")[0] for label in game["state_order"]]
    for concept in ("NASH", "GMR", "SMR", "SEQ"):
        for place, decider in enumerate(moves):
            stays = [labels[s] for s in np.flatnonzero(judge(play, place, concept)[0])]
            wanted = [label.split(" ")[0] for label in game["computed"][concept]["stable"][decider]]
            assert stays == wanted, (concept, decider)


def cells(seed: int) -> tuple[int, int]:
    """How many cells of a random game were compared, and how many differ."""
    game = random_game(seed)
    checker, graph = Checker(game), build_graph(game)
    assert [graph.name(s) for s in range(graph.size)] == [
        "".join("Y" if v else "N" for v in state) for state in checker.states
    ]
    masks = judge_all(Play(graph, rank_states(game, graph.space)), CONCEPTS)
    count = wrong = 0
    for concept in CONCEPTS:
        for place in range(len(game.deciders)):
            for state, name in enumerate(checker.states):
                count += 1
                wrong += bool(masks[concept][place, 0, state]) != checker.stays(place, name, concept)
    return count, wrong


def test_no_difference_to_the_slow_checker() -> None:
    counts = [cells(seed) for seed in range(12)]
    assert sum(count for count, _ in counts) > 3000
    assert sum(wrong for _, wrong in counts) == 0


def test_draws_are_judged_like_single_games() -> None:
    """A batch of draws gives row by row what each row gives alone."""
    game = random_game(5)
    graph = build_graph(game)
    source = np.random.default_rng(1)
    ranks = source.integers(0, 5, (len(game.deciders), 7, graph.size)).astype(np.int32)
    together = judge_all(Play(graph, ranks), CONCEPTS)
    for draw in range(7):
        alone = judge_all(Play(graph, ranks[:, draw : draw + 1]), CONCEPTS)
        for concept in CONCEPTS:
            assert (together[concept][:, draw] == alone[concept][:, 0]).all()


def test_unknown_concept_lists_the_known() -> None:
    game = random_game(1)
    graph = build_graph(game)
    with pytest.raises(UnknownName) as fault:
        judge_all(Play(graph, rank_states(game, graph.space)), ("NSAH",))  # type: ignore[arg-type]
    assert "NASH" in fault.value.hint
