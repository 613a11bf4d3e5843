"""Questions, forecasts, scores and the back-test on the made-up world."""

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from sitroom.errors import BadInput, BadQuestion
from sitroom.outlook.backtest import roll, score, score_all, with_noise
from sitroom.outlook.counts import hurdle
from sitroom.outlook.excitation import calibrate, fit_windows
from sitroom.outlook.forecast import answer
from sitroom.outlook.groups import countries_of
from sitroom.outlook.history import Record, build_history
from sitroom.outlook.questions import make_question, open_questions, resolve
from sitroom.outlook.rates import BASELINES, doubtful_bounds, past_windows, shrink
from sitroom.outlook.scores import block_bootstrap_skill, ranked_probability_score, verify
from sitroom.outlook.surroundings import describe, look_around, names_of_columns
from sitroom.outlook.windows import count_days, directed_pairs, entry_days

TODAY = date(2020, 6, 1)


def question(days=7, **parts):
    given = {"actor": "AAA.MIL", "recipient": "BBB.MIL"} | parts
    return make_question("ASSAULT", TODAY + timedelta(1), TODAY + timedelta(days), **given)


def test_brier_decomposition_adds_up_for_banded_forecasts():
    probability = np.repeat([0.05, 0.35, 0.85], [100, 60, 40])
    outcome = np.concatenate([np.ones(10), np.zeros(90), np.ones(15), np.zeros(45), np.ones(36), np.zeros(4)])
    found = verify(probability, outcome)
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    assert found.ece == pytest.approx((100 * 0.05 + 60 * 0.10 + 40 * 0.05) / 200)


def test_ranked_probability_score_of_a_sure_miss_by_two():
    sure = np.array([[0.0, 1.0, 0.0, 0.0, 0.0]])
    assert ranked_probability_score(sure, np.array([3])).tolist() == [2.0]
    assert ranked_probability_score(sure, np.array([1])).tolist() == [0.0]


def test_bootstrap_interval_holds_the_skill_and_widens_with_fewer_blocks():
    random = np.random.default_rng(0)
    base = random.random(2000)
    own = base * (0.8 + 0.3 * random.random(2000))
    fine = block_bootstrap_skill(own, base, np.arange(2000), name="b", draws=300)
    wide = block_bootstrap_skill(own, base, np.arange(2000) // 200, name="b", draws=300)
    assert fine.low < fine.value < fine.high
    assert fine.value == pytest.approx(1 - own.sum() / base.sum())
    same = block_bootstrap_skill(base, base, np.arange(2000) // 200, name="b")
    assert (same.low, same.high) == (0.0, 0.0)
    assert wide.high > wide.low
    assert not fine.doubt
    assert "pairs of actors: 10" in wide.doubt


def test_hurdle_keeps_the_chance_and_adds_up():
    counts = hurdle(np.array([0.3, 0.9]), np.array([0.5, 6.0]), np.array([1.0, 2.0]))
    assert counts.probability.sum(1) == pytest.approx([1, 1])
    assert counts.at_least(1) == pytest.approx([0.3, 0.9])
    low, high = counts.bounds()
    assert low[0] == 0
    assert high[1] > high[0]


def test_shrinking_draws_the_thin_to_the_mean_and_leaves_the_thick():
    hits = np.array([[0.0], [10.0], [9.0], [0.0], [1.0]])
    posterior = shrink(hits, 10.0)
    assert 0 < posterior.mean[0, 0] < 0.2
    assert 0.8 < posterior.mean[1, 0] < 1
    low, high = posterior.bounds()
    assert (low < posterior.mean).all()
    assert (high > posterior.mean).all()


def test_past_windows_by_definition(history):
    pairs = directed_pairs(history, at_least=3)
    cube = count_days(history, pairs, ("ASSAULT", "verbal-conflict"))
    hits, windows = past_windows(cube, 100, 7)
    assert windows == 94
    slow = sum((cube.learned[:, :, k : k + 7].sum(2) > 0) for k in range(94))
    assert (hits == slow).all()


def test_entry_days_are_when_enough_was_known():
    days = [date(2020, 1, d) for d in (1, 3, 9)]
    made = build_history([Record("A", "AID", "B", d, d + timedelta(2)) for d in days])
    assert entry_days(made, np.array([[0, 1], [1, 0]]), at_least=2).tolist() == [4, np.iinfo(np.int64).max]


def test_calibration_mends_a_slope_and_draws_shifts_in():
    random = np.random.default_rng(0)
    logit = random.normal(0, 2, 20000)
    outcome = (random.random(20000) < 1 / (1 + np.exp(-0.5 * logit))).astype(float)
    found = calibrate(logit, np.zeros(20000, np.int64), outcome, 1, windows=20)
    assert found.slope[0] == pytest.approx(0.5, abs=0.03)
    moved = (random.random(20000) < 1 / (1 + np.exp(-logit - 1))).astype(float)
    few = calibrate(logit, np.zeros(20000, np.int64), moved, 1, windows=1)
    assert 0 < few.shift[0] < 0.2


def test_a_slope_moves_the_mean_little_when_its_shift_is_not_believed():
    random = np.random.default_rng(1)
    logit = random.normal(-2, 1.5, 20000)
    raw = 1 / (1 + np.exp(-logit))
    outcome = (random.random(20000) < 1 / (1 + np.exp(-(-2 + 0.7 * (logit + 2))))).astype(float)
    kind = np.zeros(20000, np.int64)
    found = calibrate(logit, kind, outcome, 1, windows=0)
    around_zero = 1 / (1 + np.exp(-found.slope[0] * logit))
    assert found.shift[0] == 0
    assert found.slope[0] == pytest.approx(0.7, abs=0.05)
    assert abs(found(logit, kind).mean() - raw.mean()) < 0.3 * abs(around_zero.mean() - raw.mean())


def test_columns_have_names(history):
    pairs = directed_pairs(history, at_least=3)
    cube = count_days(history, pairs, ("ASSAULT", "verbal-conflict"))
    table = describe(cube, look_around(history, pairs, cube.classes, countries_of(history)), 120, 7).of(1)
    assert table.shape == (len(pairs), len(names_of_columns(cube.classes)))
    assert np.isfinite(table).all()


def test_fit_uses_nothing_from_its_day_on(history):
    pairs = directed_pairs(history.before(150), at_least=3)
    country = countries_of(history.before(150))
    tables = []
    for known in (history, with_noise(history, 150)):
        cube = count_days(known, pairs, ("ASSAULT", "verbal-conflict"), last=199)
        around = look_around(known, pairs, cube.classes, country)
        model = fit_windows(cube, around, 7, 150, rounds=10, every=10)
        tables.append(model.forecast(cube, around, 150))
    assert tables[0].tobytes() == tables[1].tobytes()


def test_answers_are_identical_whatever_came_later(history):
    asked = [question(), question(30), question(7, recipient=None)]
    noise = with_noise(history, history.number(TODAY) + 1)
    assert answer(history, asked, TODAY) == answer(noise, asked, TODAY)


def test_an_answer_is_never_a_bare_number(history):
    busy, idle = answer(history, [question(), question(actor="CCC.GOV", recipient="DDD.MIL")], TODAY)
    for found in (busy, idle):
        assert 0 < found.low <= found.probability <= found.high < 1
        assert set(found.baselines) == set(BASELINES)
        assert found.reasons
        assert found.known_by == TODAY
    assert busy.probability > idle.probability
    assert set(busy.because) <= set(history.ids)
    assert "too few" in " ".join(busy.reasons)


def test_a_young_room_believes_what_is_new():
    talk = [Record("CCC", "CONSULT", "DDD", date(2018, 1, 1) + timedelta(5 * k)) for k in range(200)]
    days = [date(2018, 3, 1), date(2020, 9, 1)]
    chance = []
    for day in days:
        struck = [Record("AAA", "ASSAULT", "BBB", day + timedelta(9 * k)) for k in range(4)]
        asked = make_question("ASSAULT", date(2020, 10, 1), date(2020, 10, 30), actor="AAA", recipient="BBB")
        found = answer(build_history([*talk, *struck]), [asked], date(2020, 9, 30))[0]
        assert "later ones counting more" in " ".join(found.reasons)
        chance.append(found.probability)
    assert chance[1] > 1.5 * chance[0]


def test_a_young_room_gives_no_point_far_below_its_base_rate():
    made = build_history(
        [Record("AAA", "ASSAULT", "BBB", date(2018, 1, 1) + timedelta(20 * k)) for k in range(50)]
        + [Record(f"N{k}", "CONSULT", f"M{k}", date(2018, 2, 1)) for k in range(30)]
    )
    asked = make_question("ASSAULT", date(2020, 10, 1), date(2020, 10, 30), actor="N1", recipient="M1")
    found = answer(made, [asked], date(2020, 9, 30))[0]
    assert 0.1 * found.baselines["base rate"] < found.probability < found.baselines["base rate"]


def test_a_young_room_stays_wide():
    few = build_history([Record("ISR", "ASSAULT", "IRN", date(2018, 5, d)) for d in (1, 9, 10)])
    asked = make_question("ASSAULT", date(2018, 5, 13), date(2018, 6, 11), actor="ISR", recipient="IRN")
    found = answer(few, [asked], date(2018, 5, 12))[0]
    assert found.high - found.low > 0.15
    assert found.method == "shrunken rate"


def test_silence_of_a_young_room_rules_nothing_out():
    hits = np.array([[0.0], [0.0], [60.0]])
    low, high = doubtful_bounds(hits, 120, 30)
    thin = shrink(hits, 120, 30, strongest=4).bounds()
    assert (low <= thin[0] + 0.05).all()
    assert high[0, 0] > 0.05
    assert high[0, 0] > doubtful_bounds(10 * hits, 1200, 30)[1][0, 0]
    assert low[2, 0] < 0.5 < high[2, 0]
    assert doubtful_bounds(hits, 0, 30)[1].min() == 1


def test_reasons_lead_from_the_own_rate_to_the_chance(history, monkeypatch):
    for name, enough in (("ENOUGH_ACTS", 100), ("ENOUGH_PAIRS", 2), ("ENOUGH_DAYS", 60)):
        monkeypatch.setattr(f"sitroom.outlook.forecast.{name}", enough)
    found = answer(history, [question()], TODAY)[0]
    assert found.method == "pooled rates with excitation"
    odds = float(re.search(r"own rate, (\d+)%", found.reasons[0])[1]) / 100
    odds /= 1 - odds
    for way, percent in re.findall(r"(raises|lowers) the odds by (\d+)%", " ".join(found.reasons)):
        odds *= 1 + (1 if way == "raises" else -1) * float(percent) / 100
    assert odds / (1 + odds) == pytest.approx(found.probability, abs=0.03)


def test_more_is_less_likely(history):
    one, three = answer(history, [question(30), question(30, threshold=3)], TODAY)
    assert three.probability < one.probability


def test_windows_in_the_past_and_unknown_acts_are_refused(history):
    with pytest.raises(BadQuestion, match="opens"):
        answer(history, [replace(question(), opens=TODAY)], TODAY)
    with pytest.raises(BadQuestion):
        answer(history, [replace(question(), act="NONSENSE")], TODAY)
    with pytest.raises(BadQuestion):
        make_question("ASSAULT", TODAY, TODAY - timedelta(1))


def test_questions_are_settled_by_what_is_known():
    strike = Record("A", "ASSAULT", "B", date(2020, 6, 5), date(2020, 6, 20))
    made = build_history([strike, Record("C", "AID", "D", date(2020, 6, 3))])
    asked = make_question("ASSAULT", date(2020, 6, 2), date(2020, 6, 8), actor="A", recipient="B")
    assert resolve(asked, made, date(2020, 6, 7)) is None
    assert resolve(asked, made, date(2020, 6, 10)) is False
    assert resolve(asked, made, date(2020, 6, 10), grace=14) is None
    assert resolve(asked, made, date(2020, 6, 20)) is True
    silent = build_history([strike, Record("C", "AID", "D", date(2020, 1, 3))])
    assert resolve(asked, silent, date(2020, 6, 10)) is None


def test_a_body_settles_the_question_about_its_state():
    made = build_history([Record("ISR.MIL", "ASSAULT", "IRN.IRGC", date(2020, 6, 5))])
    asked = make_question("ASSAULT", date(2020, 6, 2), date(2020, 6, 8), actor="ISR", recipient="IRN")
    assert resolve(asked, made, date(2020, 6, 9)) is True
    named = make_question("ASSAULT", asked.opens, asked.closes, actor="ISR", names={"ISR": "Israel"})
    assert "by Israel from" in named.text


def test_only_what_a_pair_has_done_is_asked():
    made = build_history(
        [Record("A", "ASSAULT", "B", date(2020, 5, 5)), Record("A", "AID", "A", date(2020, 5, 5))]
    )
    asked = list(open_questions(made, date(2020, 6, 1), horizons=(7,)))
    assert {(q.actor, q.act, q.recipient) for q in asked} == {
        ("A", "material-conflict", "B"),
        ("A", "ASSAULT", "B"),
    }


def test_open_questions_ask_about_the_busiest(history):
    found = list(open_questions(history, TODAY, horizons=(7,), classes=("ASSAULT",), most=2))
    assert {(q.actor, q.recipient) for q in found} == {("AAA.MIL", "BBB.MIL"), ("BBB.MIL", "AAA.MIL")}
    only = list(open_questions(history, TODAY, horizons=(7,), classes=("ASSAULT",), actor="CCC.GOV"))
    assert {q.actor for q in only} == {"CCC.GOV"}


def test_backtest_learns_that_strikes_are_answered(history):
    rolled = roll(history, 3, range(150, 190, 4), classes=("ASSAULT", "verbal-conflict"), at_least=3, every=5)
    found = {s.what: s for s in score_all(rolled, draws=50)}
    assert {"all", "ASSAULT", "verbal-conflict"} <= set(found)
    assert found["ASSAULT"].verification.brier < found["ASSAULT"].brier_of_baselines["base rate"]
    with pytest.raises(BadInput):
        score(rolled, "nothing", np.zeros(2))
    with pytest.raises(BadInput):
        roll(history, 3, [10_000])


def test_backtest_forecasts_do_not_depend_on_later_days(history):
    pairs = directed_pairs(history.before(150), at_least=3)
    one = roll(history, 7, [150, 160], pairs=pairs, classes=("ASSAULT",))
    two = roll(with_noise(history, 160), 7, [150, 160], pairs=pairs, classes=("ASSAULT",))
    assert one.probability.tobytes() == two.probability.tobytes()
