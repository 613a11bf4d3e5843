"""CPU seconds and peak memory of the strategy floor per model size, each in a process of its own.

python benchmarks/speed/strategy.py              prints the table
python benchmarks/speed/strategy.py write FOLDER writes the models as .gmcr files, to run them in other tools
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

FOUR = ("NASH", "GMR", "SMR", "SEQ")
GAMES = {
    # name: options per decider, options tied together in each, what it is compared with
    "4,096 states, 18 options": ((6, 6, 6), 2, "0.1 s, 60 MB"),
    "16,384 states, 14 options": ((5, 5, 4), 0, "0.5 s, 150 MB"),
    "65,536 states, 16 options": ((6, 5, 5), 0, "3 s, 400 MB"),
}
OTHERS = {
    "4,096 states, NASH GMR SEQ SIM": "no target",
    "1,000 draws, 144 states, 5 deciders": "8 s",
    "bargaining, 50 actors, 20 rounds": "1 s",
    "bargaining, 1,000 draws, 10 actors, 10 rounds": "10 s",
}


def make_game(sizes: tuple[int, ...], tied: int = 0, wants: int = 10, seed: int = 0):  # type: ignore[no-untyped-def]
    """A seeded game: deciders with so many options each, `tied` pairs of them taken only together, and random wants."""
    import numpy as np

    from sitroom.vocabulary.strategy import Decider, Game, Impossible, Option, Want

    source = np.random.default_rng(seed)
    ids = [[f"o{d}_{i}" for i in range(size)] for d, size in enumerate(sizes)]
    options = tuple(Option(one, f"d{d}", one) for d, own in enumerate(ids) for one in own)
    rules = tuple(Impossible(f"not ({own[-1 - k]} iff {own[k]})") for own in ids for k in range(tied))
    names = [option.id for option in options]
    listed = []
    for d in range(len(sizes)):
        for rank in range(wants):
            a, b, c = source.choice(names, 3, replace=False)
            shape = (f"{a} iff {b}", f"not {a} or ({b} and not {c})", f"{a} and not {b}")[source.integers(3)]
            listed.append(Want(f"w{d}_{rank}", f"d{d}", shape, rank=(rank, rank)))
    deciders = tuple(Decider(f"d{d}", f"decider {d}") for d in range(len(sizes)))
    return Game(f"bench-{sizes}", "benchmark", deciders, options, tuple(listed), rules)


def five_parties():  # type: ignore[no-untyped-def]
    """144 states, 5 deciders, 8 options, 31 wants: the size of the flagship."""
    from dataclasses import replace

    from sitroom.vocabulary.strategy import Impossible

    game = make_game((1, 2, 3, 1, 1), wants=6, seed=4)
    rules = ("o2_0 and o2_1", "o2_1 and o2_2", "o2_1 and o0_0")
    deciders = tuple(replace(decider, spread=1.5) for decider in game.deciders)
    return replace(game, deciders=deciders, impossible=tuple(Impossible(rule) for rule in rules))


def run(name: str) -> dict[str, float]:
    """Run one of the models here; import and interpreter are not counted as CPU, but as memory."""
    import numpy as np

    from sitroom.strategy.expected_utility import READINGS, bargain_rounds
    from sitroom.strategy.moves import build_graph
    from sitroom.strategy.preferences import rank_states
    from sitroom.strategy.solve import solve
    from sitroom.strategy.stability import Play, judge_all

    source = np.random.default_rng(1)
    begun = time.process_time()
    states = 0
    if name in GAMES or name.endswith("SIM"):
        sizes, tied, _ = GAMES.get(name, GAMES["4,096 states, 18 options"])
        game = make_game(sizes, tied)
        begun = time.process_time()  # making the model is not solving it
        graph = build_graph(game)
        ranks = rank_states(game, graph.space)
        judge_all(Play(graph, ranks), (*FOUR[:2], "SEQ", "SIM") if name.endswith("SIM") else FOUR)
        states = graph.size
    elif name.startswith("1,000 draws"):
        solved = solve(five_parties(), draws=1000, seed=1)
        states = solved.graph.size
    else:
        draws, actors, rounds = (1, 50, 20) if "50 actors" in name else (1000, 10, 10)
        shape = (draws, actors)
        bargain_rounds(
            source.random(shape) + 0.1,
            source.random(shape),
            100 * source.random(shape),
            rounds,
            READINGS["paper"],
        )
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, "states": states}


def measure(name: str) -> dict[str, float]:
    """The best of three processes."""
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, __file__, "one", name], check=True, capture_output=True, text=True
            ).stdout
        )
        for _ in range(3)
    ]
    return min(runs, key=lambda one: one["seconds"])


def main() -> None:
    """Print the table, or write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", nargs="?", default="table", choices=("table", "one", "write"))
    parser.add_argument("what", nargs="?", default="")
    chosen = parser.parse_args()
    if chosen.do == "one":
        print(json.dumps(run(chosen.what)))
        return
    if chosen.do == "write":
        from sitroom.strategy.gmcr_files import write_gmcr

        folder = Path(chosen.what or "benchmarks/runs")
        folder.mkdir(parents=True, exist_ok=True)
        for name, (sizes, tied, _) in GAMES.items():
            path = folder / (name.split(" ")[0].replace(",", "") + ".gmcr")
            path.write_text(write_gmcr(make_game(sizes, tied)))
            print(path)
        return
    print(f"{'model':<48}{'CPU s':>8}{'peak MB':>9}  under")
    for name, reach in {**{name: entry[2] for name, entry in GAMES.items()}, **OTHERS}.items():
        result = measure(name)
        print(f"{name:<48}{result['seconds']:>8.3f}{result['peak_mb']:>9.0f}  {reach}")


if __name__ == "__main__":
    main()
