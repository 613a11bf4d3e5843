"""How fast a new day is counted and scored, on a made-up world of any size: python benchmarks/speed/outlook.py [ACTORS] [ACTS]."""

import resource
import sys
import time

import numpy as np

from sitroom.outlook.groups import make_groups
from sitroom.outlook.memory import Sizes
from sitroom.outlook.ranker import Plan, fit_ranker


def made_up(actors: int, facts: int, days: int, acts: int, seed: int = 0) -> np.ndarray:
    """Facts whose actors and acts are as uneven as those of the world (Zipf), half of them repeats."""
    random = np.random.default_rng(seed)
    weight = 1 / np.arange(1, actors + 1)
    pairs = random.choice(actors, (facts, 2), p=weight / weight.sum())
    act = random.choice(acts, facts, p=(w := 1 / np.arange(1, acts + 1)) / w.sum())
    rows = np.column_stack([pairs[:, 0], act, pairs[:, 1]])
    again = random.random(facts) < 0.5
    rows[again] = rows[random.integers(0, facts, int(again.sum()))]
    made = np.column_stack([rows, np.sort(random.integers(0, days, facts))])
    return made[made[:, 0] != made[:, 2]]


def main() -> None:
    actors = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    facts = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    days, acts = 300, 200
    made = made_up(actors, facts, days, acts)
    groups = make_groups(
        [f"land {i % 150}" for i in range(actors)], [f"role {i % 40}" for i in range(actors)]
    )
    sizes = Sizes(actors, acts, 16, np.arange(acts) % 16)
    start, cpu = time.perf_counter(), time.process_time()
    ranker = fit_ranker(
        made,
        sizes,
        groups,
        Plan(fit_days=5, rounds=20, boosters=1, queries=200, spare_days=1, threads=1),
        days - 1,
    )
    print(
        f"learned from {len(made)} acts of {actors} actors in {time.perf_counter() - start:.1f} s "
        f"({time.process_time() - cpu:.1f} s CPU)"
    )
    today = made[made[:, 3] == days - 1]
    start, cpu = time.perf_counter(), time.process_time()
    ranker.advance(made, days)
    ranker.score(days, today[:, 0], today[:, 1])
    print(
        f"one day of {len(today)} acts counted, {len(today)} queries scored in {time.perf_counter() - start:.2f} s "
        f"({time.process_time() - cpu:.2f} s CPU); peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
    )


if __name__ == "__main__":
    main()
