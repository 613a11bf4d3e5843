"""Bargaining against recorded reference results."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest

from sitroom.errors import BadInput, UnknownName
from sitroom.strategy.bargain import solve_bargain
from sitroom.strategy.bargain_baselines import error_band, weighted_mean, weighted_median
from sitroom.strategy.condorcet import elect, risk_attitudes, utilities, values
from sitroom.strategy.expected_utility import READINGS, bargain_rounds, reading
from sitroom.vocabulary.strategy import Bargain, Bargainer

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "strategy"
needs_bench = pytest.mark.skipif(not BENCH.exists(), reason="../shared/bench/strategy is missing")


def reference() -> dict:
    return json.loads((BENCH / "bargaining_reference.json").read_text())


def emission_case() -> tuple[np.ndarray, np.ndarray, np.ndarray, dict]:
    case = reference()["bdm_scholz"]["EC_emission_standards (ExampleActors.csv)"]
    return (
        np.array(case["capability"]),
        np.array(case["salience"]),
        np.array(case["rounds"][0]["positions"]),
        case,
    )


@needs_bench
def test_replication_reading_reproduces_every_round() -> None:
    capability, salience, positions, case = emission_case()
    played = bargain_rounds(capability, salience, positions, 15, READINGS["replication"])
    for ours, theirs in zip(played, case["rounds"], strict=True):
        assert np.allclose(ours.positions[0], theirs["positions"], atol=1e-6)
        assert ours.mean[0] == pytest.approx(theirs["mean"], abs=1e-6)
        assert ours.median[0] == pytest.approx(theirs["median"], abs=1e-6)
        if "risk_exponent" in theirs:
            assert np.allclose(ours.risk[0], theirs["risk_exponent"], atol=1e-6)


@needs_bench
@pytest.mark.parametrize(
    ("name", "letter"), [("all-pairs", "B"), ("paper", "C"), ("moving-rival", "D"), ("no-risk", "E")]
)
def test_other_readings(name: str, letter: str) -> None:
    capability, salience, positions, _ = emission_case()
    table = reference()["bdm_scholz"]["same_inputs_other_readings_200_rounds"]["ExampleActors"]
    wanted = next(row for key, row in table.items() if key.startswith(letter))
    played = bargain_rounds(capability, salience, positions, 200, reading(name))
    assert np.allclose(played[1].positions[0], wanted["positions_round_1"], atol=1e-4)
    for ours, mean in zip(played, wanted["mean_rounds_0_10"], strict=False):
        assert ours.mean[0] == pytest.approx(mean, abs=1e-4)
    if wanted["fixed_point_after_rounds"]:  # a run that never rests amplifies rounding over 200 rounds
        assert np.allclose(played[-1].positions[0], wanted["final_positions"], atol=2e-3)


def ktab_table(name: str) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    if name == "smpExample":
        text = (BENCH / "ktab" / "smpExample.xml").read_text()
        blocks = re.findall(r"<Actor>(.*?)</Actor>", text, re.S)

        def cells(tag: str, block: str) -> list[float]:
            return [float(v or "nan") for v in re.findall(f"<{tag}>(.*?)</{tag}>", block)]

        names = [re.search("<name>(.*?)<", block)[1] for block in blocks]
        rows = [cells("capability", b) + cells("dCoord", b) + cells("dSal", b) for b in blocks]
        table = np.array(rows)
        return names, table[:, 0], table[:, 1:4] / 100, table[:, 4:] / 100
    rows = list(csv.reader((BENCH / "ktab" / f"{name}.csv").open()))
    many = int(rows[0][3])
    actors = [row for row in rows[2:] if row and row[0].strip()]
    table = np.array([[float(cell) for cell in row[2 : 3 + 2 * many]] for row in actors])
    return [row[0].strip() for row in actors], table[:, 0], table[:, 1::2] / 100, table[:, 2::2] / 100


@needs_bench
@pytest.mark.parametrize(
    ("name", "vote", "election"),
    [
        ("dummyData_3Dim", "proportional", "conditional"),
        ("SOE-Pol-Comp", "proportional", "conditional"),
        ("smpExample", "proportional-cubic", "markov-incentive"),
    ],
)
def test_ktab_matrices_and_win_probabilities(name: str, vote: str, election: str) -> None:
    run = reference()["ktab_smp"]["runs"][name]
    names, power, positions, salience = ktab_table(name)
    if name == "smpExample":  # the file leaves one coordinate open; the log prints it
        positions[0, 0] = run["positions_by_state"]["Alice"]["FirstDim"][0] / 100
    liking = values(positions, salience)
    assert np.allclose(liking, run["first_state_value_matrix"], atol=6e-4)
    risk = risk_attitudes(liking, power, vote, election)
    assert np.allclose(risk, run["first_state_risk_attitude"], atol=6e-4)
    bent = utilities(liking, risk)
    assert np.allclose(bent, run["first_state_utility_matrix"], atol=6e-4)
    odds = elect(bent, power, positions, vote, election)
    wanted = [run["winning_probability_by_state"][actor][0] for actor in names]
    assert np.allclose(odds, wanted, atol=1e-4)
    assert np.abs(np.round(odds, 4) - wanted).max() <= 1e-4 + 1e-12


def test_baselines_by_hand() -> None:
    positions, weights = np.array([0.0, 50.0, 100.0]), np.array([1.0, 1.0, 2.0])
    assert weighted_mean(positions, weights) == 62.5
    assert weighted_median(positions, weights) == 50.0
    assert error_band(62.5, 0, 100) == (19.5, 97.5)


def test_equal_positions_are_one_candidate() -> None:
    """A clone changes nothing but the power behind a position."""
    power, where = np.array([2.0, 1.0]), np.array([[0.0], [1.0]])
    split, cloned = np.array([1.0, 1.0, 1.0]), np.array([[0.0], [0.0], [1.0]])
    two = elect(values(where, np.ones_like(where)), power, where)
    three = elect(values(cloned, np.ones_like(cloned)), split, cloned)
    assert two == pytest.approx([2 / 3, 1 / 3])
    assert three == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def bargain(hands: str = "") -> Bargain:
    def actor(name: str, at: float, strong: float) -> Bargainer:
        return Bargainer(
            name,
            (max(0, at - 10), at, min(100, at + 10)),
            (0.5, 0.7, 0.9),
            {"weight": (strong, strong, strong), "force": (0.5, 0.5, 0.5)},
        )

    who = (actor("A", 0, 1.0), actor("B", 40, 0.2), actor("C", 100, 0.1))
    return Bargain("x", (0.0, 100.0), who, {"weight": "on the issue", "force": "on the ground"}, 80.0, hands)


def test_solution_lists_baselines_first_and_is_seeded() -> None:
    one = solve_bargain(bargain("C"), draws=50, seed=3)
    assert [e.method for e in one.estimates[:2]] == ["weighted mean", "weighted median"]
    assert {e.capability for e in one.estimates} == {"weight", "force"}
    assert one == solve_bargain(bargain("C"), draws=50, seed=3)
    assert one != solve_bargain(bargain("C"), draws=50, seed=4)
    assert "C's own hands" in one.warnings[0]
    assert any("capability is defined decides" in warning for warning in one.warnings)
    mean = one.estimates[0]
    assert mean.low <= mean.value <= mean.high
    for _, table in one.wins:
        assert sum(odds for _, odds in table) == pytest.approx(1)


def test_faults() -> None:
    with pytest.raises(UnknownName, match="reading"):
        reading("jmckib")
    with pytest.raises(BadInput, match="same position"):
        bargain_rounds(np.ones(2), np.ones(2), np.zeros(2), 1, READINGS["paper"])
