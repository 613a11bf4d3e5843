"""Answers to questions: a probability with bounds, baselines beside it, reasons in words, and the evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy import special

from sitroom.errors import BadQuestion
from sitroom.outlook.counts import expected_counts, hurdle, spread_of_counts
from sitroom.outlook.excitation import START, WindowModel, fit_windows
from sitroom.outlook.groups import countries_of
from sitroom.outlook.history import NOBODY, Floats, History, Ints
from sitroom.outlook.questions import CLASSES, in_place, matching
from sitroom.outlook.rates import BASELINES, Young, past_windows, shrink, young_chance
from sitroom.outlook.surroundings import Surroundings, describe, logit, look_around, names_of_columns
from sitroom.outlook.windows import Cube, count_days, directed_pairs
from sitroom.vocabulary import Forecast, Question, content_id

ENOUGH_ACTS, ENOUGH_DAYS, ENOUGH_PAIRS = 5000, 120, 100
"""Below any of these the pooled model is not fitted: the answer is the shrunken rate, and says so."""

EVIDENCE = 8
SURELY = 0.001
"""No answer is more certain than one in a thousand."""


@dataclass(frozen=True)
class Ground:
    """What forecasts of one window length rest on: the cut history, its pairs and counts, and a fitted model if any."""

    history: History
    cube: Cube
    length: int
    origin: int
    model: WindowModel | None
    around: Surroundings | None = None


def lay_ground(
    history: History, questions: Sequence[Question], length: int, known_by: date, *, pooled: bool = True
) -> Ground:
    """Cut the history at the end of `known_by`, count, and fit if there is enough to learn from."""
    cut = history.before(history.number(known_by) + 1)
    if len(cut):
        cut = cut.since(int(np.quantile(cut.day, 0.02)) if len(cut) > 50 else int(cut.day.min()))
    for name in {n for q in questions for n in (q.actor, q.recipient) if n}:
        cut = cut.rolled_up(name)
    origin = max(cut.number(known_by) + 1, 1)
    busy = directed_pairs(cut, at_least=10 if len(cut) > ENOUGH_ACTS else 1)
    asked = {_pair(cut, q) for q in questions}
    new = sorted(asked - {(int(a), int(b)) for a, b in busy})
    pairs = np.concatenate([busy, np.array(new, np.int64).reshape(-1, 2)])
    classes = tuple(dict.fromkeys([*CLASSES, *(q.act for q in questions)]))
    cube = count_days(cut, pairs, classes, last=origin - 1)
    enough = len(cut) >= ENOUGH_ACTS and origin >= ENOUGH_DAYS + 2 * length and len(busy) >= ENOUGH_PAIRS
    if not (pooled and enough):
        return Ground(cut, cube, length, origin, None)
    only = replace(
        cube, pairs=pairs[: len(busy)], happened=cube.happened[: len(busy)], learned=cube.learned[: len(busy)]
    )
    around = look_around(cut, pairs, classes, countries_of(cut))
    model = fit_windows(only, around.first(len(busy)), length, origin)
    return Ground(cut, cube, length, origin, model, around)


def _pair(history: History, question: Question) -> tuple[int, int]:
    numbers = []
    for name in (question.actor, question.recipient):
        number = NOBODY if name is None else history.name_number(name)
        numbers.append(NOBODY - 1 if number is None else number)
    return numbers[0], numbers[1]


def answer(history: History, questions: Iterable[Question], known_by: date) -> list[Forecast]:
    """Forecast each question from what was known by the end of `known_by`.

    Raises BadQuestion for a window that opens on or before that day, or an unknown act. Questions of equal length
    share one fit. The order of the answers is that of the questions.
    """
    questions = list(questions)
    done: dict[str, Forecast] = {}
    groups: dict[tuple[int, str | None], list[Question]] = {}
    for question in questions:
        if question.opens <= known_by:
            raise BadQuestion(
                f"the question opens on {question.opens}, but reports are known up to {known_by}",
                hint="let it open later, or give an earlier --as-of",
            )
        history.acts_in(question.act)
        groups.setdefault(((question.closes - question.opens).days + 1, question.place), []).append(question)
    for (length, place), asked in groups.items():
        local = history if place is None else history.rows(in_place(history, place))
        ground = lay_ground(local, asked, length, known_by, pooled=place is None)
        done |= {q.id: forecast for q, forecast in zip(asked, _answer(ground, asked, known_by), strict=True)}
    return [done[question.id] for question in questions]


def _answer(ground: Ground, questions: list[Question], known_by: date) -> list[Forecast]:
    cube, length = ground.cube, ground.length
    told = np.flatnonzero(ground.history.covered(ground.origin))
    origin = len(told)  # the history is cut already: every act of it was known, and untold days are left out
    plain = replace(cube, happened=cube.happened[:, :, told], learned=cube.happened[:, :, told])
    place = {(int(a), int(b)): i for i, (a, b) in enumerate(cube.pairs)}
    row = np.array([place[_pair(ground.history, q)] for q in questions])
    column = np.array([cube.classes.index(q.act) for q in questions])
    young = _shrunken(ground, plain, told)
    base = {name: baseline(plain, origin, length)[row, column] for name, baseline in BASELINES.items()}
    probability, low, high = (part[row, column] for part in (young.chance, young.low, young.high))
    acts, told_days = plain.learned.sum(2)[row, column], f"the {origin} days of which reports tell"
    if young.share is None:
        words = [[f"such acts on {told_days}: {n:.0f}; too few days for windows of {length}"] for n in acts]
    else:
        weighed = "" if ground.model else f", later ones counting more ({{:.0f}} on {told_days})"
        words = [
            [f"such acts in {share:.0%} of the past windows of {length} days{weighed.format(n)}"]
            for share, n in zip(young.share[row, column], acts, strict=True)
        ]
    method = "shrunken rate"
    if ground.model is not None:
        method = "pooled rates with excitation"
        model, parts, table = _from_model(ground, row, column)
        shift = np.log(model / (1 - model)) - np.log(probability / (1 - probability))
        probability = model
        low, high = (_shifted(bound, shift) for bound in (low, high))
        words = [
            _words_of_parts(p, t, cube.classes, float(m)) + w
            for p, t, m, w in zip(parts, table, model, words, strict=True)
        ]
    mean = expected_counts(plain, origin, length)[row, column]
    counts = hurdle(probability, mean, spread_of_counts(plain, origin, length)[column])
    answers = []
    for i, question in enumerate(questions):
        p, bounds = float(probability[i]), [float(low[i]), float(high[i])]
        if question.threshold > 1:
            scale = float(counts.at_least(question.threshold)[i]) / max(p, 1e-9)
            p, bounds = p * scale, [bound * scale for bound in bounds]
        p, *bounds = (min(max(value, SURELY), 1 - SURELY) for value in (p, *bounds))
        few, many = (float(bound[i]) for bound in counts.bounds())
        reasons = [
            *words[i],
            f"expected acts in the window: {counts.mean[i]:.1f}, mostly {few:.0f} to {many:.0f}",
        ]
        if ground.model is None:
            reasons.insert(0, _how_thin(ground.history, origin, ground.origin))
        settings: dict[str, float | str] = {
            "length": float(length), "acts known": float(len(ground.history)), "days told of": float(origin),
            "expected": float(counts.mean[i]), "count low": few, "count high": many,
        }  # fmt: skip
        answers.append(
            Forecast(
                id=content_id("forecast", question.id, known_by.isoformat(), method, round(p, 6)),
                question=question.id,
                probability=p,
                low=min(bounds[0], p),
                high=max(bounds[1], p),
                method=method,
                known_by=known_by,
                because=_evidence(ground.history, question),
                reasons=tuple(reasons),
                settings=settings,
                baselines={name: float(values[i]) for name, values in base.items()},
            )
        )
    return answers


def _shrunken(ground: Ground, plain: Cube, told: Ints) -> Young:
    """The pair's own rate: of a young room, or of a long history as the model starts from it."""
    if ground.model is None:
        return young_chance(plain.learned, told, ground.origin, ground.length)
    hits, windows = past_windows(plain, len(told), ground.length)
    posterior = shrink(hits, windows, ground.length)
    return Young(posterior.mean, *posterior.bounds(), hits / max(windows, 1))


def _from_model(ground: Ground, row: Ints, column: Ints) -> tuple[Floats, Floats, Floats]:
    """Chances, what each column adds to the log odds, and the columns, one row a question."""
    assert ground.model is not None
    assert ground.around is not None
    signs = describe(ground.cube, ground.around, ground.origin, ground.length)
    tables = [signs.of(int(c))[r : r + 1] for r, c in zip(row, column, strict=True)]
    chance = [ground.model.chance(x, int(c))[0] for x, c in zip(tables, column, strict=True)]
    parts = [ground.model.parts(x, int(c))[0] for x, c in zip(tables, column, strict=True)]
    return np.clip(chance, 1e-4, 1 - 1e-4), np.stack(parts), np.concatenate(tables).astype(np.float64)


def _shifted(bound: Floats, shift: Floats) -> Floats:
    clipped = np.clip(bound, 1e-5, 1 - 1e-5)
    moved: Floats = 1 / (1 + np.exp(-(np.log(clipped / (1 - clipped)) + shift)))
    return moved


def _words_of_parts(
    parts: Floats, values: Floats, classes: tuple[str, ...], chance: float, most: int = 4
) -> list[str]:
    """What moves the pair's own rate to the chance: the largest contributions in words, in order, and all others."""
    names = names_of_columns(classes)
    start = float(values[names.index(START)])
    order = [i for i in np.argsort(-np.abs(parts))[:most] if abs(parts[i]) > 0.01]
    rest = float(logit(np.array(chance))) - start - float(parts[order].sum())
    return [
        f"starts from the pair's own rate, {special.expit(start):.0%}",
        *(f"{names[i]} ({_value(names[i], float(values[i]))}) {_moves(float(parts[i]))}" for i in order),
        f"everything else together {_moves(rest)}",
    ]


def _moves(part: float) -> str:
    """A change of log odds in words."""
    return f"{'raises' if part > 0 else 'lowers'} the odds by {abs(np.expm1(part)):.0%}"


def _value(name: str, value: float) -> str:
    """A column's value as a reader wants it: faded counts by the week, log odds of a baseline as its chance."""
    if name.removeprefix("the ") in BASELINES:
        return f"{special.expit(value):.0%}"
    return f"{7 * value:.2g} a week" if "half-life" in name else f"{value:.3g}"


def _how_thin(history: History, told: int, days: int) -> str:
    return (
        f"only {len(history)} acts are known, and reports tell of {told} of {days} days: too few to learn more than "
        "rates; the answer stays close to the base rate and its bounds are wide, and it is the chance that reports like "
        "these will tell of such an act, not that one happens"
    )


def _evidence(history: History, question: Question) -> tuple[str, ...]:
    """What to look up first: the latest acts that the question is about, then the latest of the opposite pair."""
    if not history.ids:
        return ()
    rows = matching(history, replace(question, place=None))
    latest = rows[np.argsort(-history.day[rows], kind="stable")][:EVIDENCE]
    turned = matching(
        history, replace(question, actor=question.recipient, recipient=question.actor, act="any", place=None)
    )
    answers = (
        turned[np.argsort(-history.day[turned], kind="stable")][: EVIDENCE // 2]
        if question.actor
        else turned[:0]
    )
    return tuple(dict.fromkeys(history.ids[i] for i in [*latest, *answers] if history.ids[i]))
