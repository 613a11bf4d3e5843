"""The public splits, where they are at hand: counts as the protocol prints them, and the leak test on real data."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "bench" / "icews14"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the research data ICEWS14 are not at ../shared/bench"
)


@pytest.fixture(scope="module")
def splits():
    sys.path.insert(0, str(ROOT / "benchmarks" / "quality"))
    try:
        from icews import read_splits
    finally:
        sys.path.pop(0)
    return read_splits("icews14")


def test_counts_are_those_of_the_protocol(splits):
    assert (len(splits.train), len(splits.valid)) == (74_845, 8_514)
    assert (len(splits.names), len(splits.acts)) == (7_128, 230)
    assert splits.train[:, 3].max() < splits.valid[:, 3].min()


def test_titles_fall_under_types(splits):
    kinds = dict(zip(splits.acts, zip(splits.types, splits.quads, strict=True), strict=True))
    assert kinds["Use_conventional_military_force"] == ("ASSAULT", 4)
    assert kinds["Make_a_visit"] == ("CONSULT", 1)
    assert kinds["Demonstrate_military_or_police_power"] == ("MOBILIZE", 4)
    assert kinds["Demand_change_in_leadership"] == ("REQUEST", 3)
    assert sum(kind == "STATE" for kind in splits.types) < 5


@pytest.mark.slow
def test_noise_changes_no_bit_of_real_forecasts(splits):
    from sitroom.outlook.desk import facts_of, sizes_of
    from sitroom.outlook.groups import groups_of_names
    from sitroom.outlook.ranker import Plan, fit_ranker

    history = splits.history(splits.known[splits.known[:, 3] < 308])
    facts, sizes, day = facts_of(history), sizes_of(history), 306
    noise = facts.copy()
    random = np.random.default_rng(0)
    today = noise[:, 3] == day
    noise[today, 2] = random.integers(0, sizes.actors, int(today.sum()))
    asked = facts[facts[:, 3] == day][:40]
    found = []
    for known in (facts, noise[noise[:, 3] <= day]):
        plan = Plan(fit_days=3, rounds=5, boosters=1, spare_days=1, queries=60, threads=1)
        ranker = fit_ranker(known, sizes, groups_of_names(history.names), plan, 304)
        ranker.advance(known, day)
        found.append(ranker.score(day, asked[:, 0], asked[:, 1]))
    assert found[0].values.tobytes() == found[1].values.tobytes()
    assert found[0].candidates.tobytes() == found[1].candidates.tobytes()
