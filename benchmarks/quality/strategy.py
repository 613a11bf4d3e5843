"""Is the strategy floor right? Reference cells, random games against a slow checker, printed digits, and a scored case.

python benchmarks/quality/strategy.py [--cells 50000]
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "strategy")]
BENCH = ROOT.parent / "shared" / "bench" / "strategy"


def reference_cells() -> tuple[int, int]:
    """Cells of the recorded models (state, decider, concept), and how many differ."""
    from sitroom.strategy.gmcr_files import read_gmcr
    from sitroom.strategy.moves import build_graph
    from sitroom.strategy.preferences import rank_states
    from sitroom.strategy.stability import Play, judge

    count = wrong = 0
    models = json.loads((BENCH / "gmcr_reference.json").read_text())["models"]
    for name, model in models.items():
        game = read_gmcr((BENCH / "gmcr" / f"{name}.gmcr").read_text(), name)
        graph = build_graph(game)
        play = Play(graph, rank_states(game, graph.space))
        for concept, wanted in model["textbook_legal_sequences"].items():
            for place, decider in enumerate(model["decision_makers"]):
                stays = set((np.flatnonzero(judge(play, place, concept)[0]) + 1).tolist())
                count += graph.size
                wrong += len(stays ^ set(wanted["stable"][decider]))
    return count, wrong


def classic_cells() -> tuple[int, int]:
    """The same for the classic cases: graph form, and option form given by rankings or payoffs of codes."""
    cases = json.loads((BENCH / "gmcr_reference.json").read_text())["classic_cases"]
    found = [_graph_case(cases["elmira"])]
    found += [
        _two_by_two(cases[name])
        for name in ("prisoners_dilemma", "chicken", "stag_hunt", "sustainable_development")
    ]
    us, ussr = [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8], [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]
    cuban, korea = cases["cuban_missile_crisis"], cases["us_north_korea_2017"]
    for key, moves in (
        ("computed_all_moves_reversible", "both"),
        ("computed_air_strike_irreversible", "forward"),
    ):
        found.append(_coded_case({"US": us, "USSR": ussr}, "o2 and o3", moves, cuban[key]))
    result = korea["computed_strike_irreversible"]["result"]
    found.append(_coded_case(korea["rankings"], "o0 and o1", "forward", result))
    return sum(count for count, _ in found), sum(wrong for _, wrong in found)


def _graph_case(case: dict) -> tuple[int, int]:
    from sitroom.strategy.moves import Graph

    moves = {d: [(a - 1, b - 1) for a, b in pairs] for d, pairs in case["arcs"].items()}
    ranks = np.array([[[-case["rankings"][d].index(s + 1) for s in range(9)]] for d in moves], dtype=np.int32)
    return _compare(Graph.of_moves(9, moves), ranks, case["computed"], [str(s + 1) for s in range(9)])


def _two_by_two(case: dict) -> tuple[int, int]:
    """Payoffs of the states 00, 10, 01, 11 of two options, as an option-form game."""
    from sitroom.strategy.moves import build_graph
    from sitroom.vocabulary.strategy import Decider, Game, Option

    one, two = case["payoffs"]
    graph = build_graph(
        Game("", "", (Decider(one, ""), Decider(two, "")), (Option("a", one, ""), Option("b", two, "")))
    )
    ranks = np.array([[case["payoffs"][d]] for d in (one, two)], dtype=np.int32)
    return _compare(graph, ranks, case["computed"], [label.split(" ")[0] for label in case["state_order"]])


def _coded_case(rankings: dict, never: str, moves: str, computed: dict) -> tuple[int, int]:
    """Four options, two for each decider; the first may be irreversible; states named by their code, best first."""
    from sitroom.strategy.moves import build_graph
    from sitroom.vocabulary.strategy import Decider, Game, Impossible, Option

    names = list(rankings)
    options = tuple(Option(f"o{i}", names[i // 2], "", moves=moves if i == 0 else "both") for i in range(4))
    graph = build_graph(
        Game("", "", tuple(Decider(d, "") for d in names), options, impossible=(Impossible(never),))
    )
    codes = graph.space.codes.tolist()
    ranks = np.array([[[-rankings[d].index(code) for code in codes]] for d in names], dtype=np.int32)
    return _compare(graph, ranks, computed, [str(code) for code in codes])


def _compare(graph, ranks, computed: dict, names: list[str]) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    from sitroom.strategy.stability import Play, judge

    count = wrong = 0
    for concept in ("NASH", "GMR", "SMR", "SEQ", "SIM"):
        if concept not in computed or (concept == "SIM" and graph.space is None):
            continue
        for place, decider in enumerate(graph.deciders):
            wanted = {str(state).split(" ")[0] for state in computed[concept]["stable"][decider]}
            stays = {names[s] for s in np.flatnonzero(judge(Play(graph, ranks), place, concept)[0])}
            count += graph.size
            wrong += len(stays ^ wanted)
    return count, wrong


def random_cells(least: int) -> tuple[int, int, int]:
    """Games, cells and differences between the sweeps and the slow checker, until `least` cells were compared."""
    from test_strategy_stability import cells

    games = count = wrong = 0
    while count < least:
        more, bad = cells(10_000 + games)
        games, count, wrong = games + 1, count + more, wrong + bad
    return games, count, wrong


def bargaining_digits() -> list[tuple[str, float]]:
    """The largest deviation from the printed win probabilities of KTAB, and from the replication's rounds."""
    import test_strategy_bargain as recorded

    from sitroom.strategy.condorcet import elect, risk_attitudes, utilities, values
    from sitroom.strategy.expected_utility import READINGS, bargain_rounds

    found = []
    runs = recorded.reference()["ktab_smp"]["runs"]
    modes = {"smpExample": ("proportional-cubic", "markov-incentive")}
    for name, run in runs.items():
        vote, election = modes.get(name, ("proportional", "conditional"))
        names, power, positions, salience = recorded.ktab_table(name)
        if np.isnan(positions).any():
            positions[0, 0] = run["positions_by_state"]["Alice"]["FirstDim"][0] / 100
        liking = values(positions, salience)
        bent = utilities(liking, risk_attitudes(liking, power, vote, election))
        odds = elect(bent, power, positions, vote, election)
        wanted = np.array([run["winning_probability_by_state"][actor][0] for actor in names])
        found.append((f"KTAB {name}: win probabilities", float(np.abs(odds - wanted).max())))
    capability, salience, positions, case = recorded.emission_case()
    played = bargain_rounds(capability, salience, positions, 15, READINGS["replication"])
    off = max(
        float(np.abs(ours.positions[0] - theirs["positions"]).max())
        for ours, theirs in zip(played, case["rounds"], strict=True)
    )
    found.append(("replication reading: positions over 15 rounds", off))
    return found


def flagship() -> None:
    """Brier of the sample case beside the baseline that nothing changes."""
    from sitroom.strategy.casefile import load_case
    from sitroom.strategy.score import score
    from sitroom.strategy.solve import solve

    result = score(solve(load_case(ROOT / "samples" / "iran-in-syria" / "case.toml")))
    print(
        f"sample case: Brier {result.brier:.3f}, nothing changes {result.brier_baseline:.3f} ({result.note})"
    )


def main() -> None:
    """Print the figures; exit 1 if any reference cell or random cell differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=50_000)
    chosen = parser.parse_args()
    wrong = 0
    if BENCH.exists():
        count, wrong = reference_cells()
        print(f"reference models: {wrong} of {count} cells differ")
        more, bad = classic_cells()
        wrong += bad
        print(f"classic cases: {bad} of {more} cells differ")
        for what, off in bargaining_digits():
            print(f"{what}: largest deviation {off:.1e}")
    else:
        print("../shared/bench/strategy is missing: reference results are left out")
    games, count, bad = random_cells(chosen.cells)
    print(f"random games against the slow checker: {bad} of {count:,} cells differ ({games} games)")
    flagship()
    sys.exit(1 if wrong or bad else 0)


if __name__ == "__main__":
    main()
