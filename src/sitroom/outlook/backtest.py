"""The back-test: forecasts as they would have been made on past days, scored by what came, baselines beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from sitroom.errors import BadInput
from sitroom.outlook.counts import expected_counts, hurdle, spread_of_counts
from sitroom.outlook.excitation import WindowModel, fit_windows
from sitroom.outlook.groups import countries_of
from sitroom.outlook.history import Floats, History, Ints
from sitroom.outlook.questions import CLASSES
from sitroom.outlook.rates import BASELINES, young_chance
from sitroom.outlook.scores import (
    Skill,
    Verification,
    block_bootstrap_skill,
    log_losses,
    ranked_probability_score,
    verify,
)
from sitroom.outlook.surroundings import look_around
from sitroom.outlook.windows import Cube, count_days, directed_pairs


@dataclass(frozen=True)
class Rolled:
    """All forecasts of one window length: arrays (origins, pairs, classes); `origins` are day numbers.

    `quiet` marks pairs without such an act in the four window lengths before the origin (an act is an onset then);
    `active` those with one in the last window (no act is an easing then).
    """

    length: int
    classes: tuple[str, ...]
    pairs: Ints
    origins: Ints
    probability: Floats
    baselines: dict[str, Floats]
    outcome: Floats
    count: Floats
    rps: Floats
    rps_baseline: Floats
    quiet: Floats
    active: Floats
    method: str
    settings: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """The scores of one slice of forecasts: which, how good, and the skill against each baseline (Brier and log)."""

    what: str
    length: int
    verification: Verification
    brier_of_baselines: dict[str, float]
    best: str
    brier_skill: Skill
    log_skill: Skill
    rps: float
    rps_skill: float


def roll(
    history: History,
    length: int,
    origins: Sequence[int],
    *,
    classes: Sequence[str] = CLASSES,
    at_least: int = 10,
    refit_every: int | None = None,
    pooled: bool = True,
    pairs: Ints | None = None,
    every: int = 6,
) -> Rolled:
    """Forecast the window of `length` days that opens on each origin (day numbers, rising) from what was known before.

    Pairs are those with `at_least` acts known before the first origin. The model is fitted before the first origin and
    again every `refit_every` days (None: once). Raises BadInput if no window can be scored.
    """
    last = int(history.day.max(initial=-1))
    usable = [t for t in sorted(origins) if t + length - 1 <= last and t > length]
    if not usable:
        raise BadInput(
            f"no window of {length} days can be scored", hint="give earlier origins or a longer history"
        )
    if pairs is None:
        pairs = directed_pairs(history.before(usable[0]), at_least=at_least)
    if not len(pairs):
        raise BadInput(
            f"no pair has {at_least} acts before {history.date(usable[0])}", hint="lower --at-least"
        )
    cube = count_days(history, pairs, classes)
    around = look_around(
        history, pairs, tuple(classes), countries_of(history.before(usable[0])), at_least=at_least
    )
    model: WindowModel | None = None
    chances, scores, scores_base = [], [], []
    base: dict[str, list[Floats]] = {name: [] for name in BASELINES}
    for origin in usable:
        if pooled and (model is None or (refit_every and origin - model.fitted_to >= refit_every)):
            model = fit_windows(_cut(cube, origin), around, length, origin, every=every)
        chance = model.forecast(cube, around, origin) if model else _as_young(history, cube, origin, length)
        chances.append(chance)
        for name, baseline in BASELINES.items():
            base[name].append(baseline(cube, origin, length))
        rps, rps_base = _count_scores(cube, origin, length, chance, base["own rate, all"][-1])
        scores.append(rps)
        scores_base.append(rps_base)
    return Rolled(
        length, tuple(classes), pairs, np.array(usable), np.stack(chances),
        {name: np.stack(values) for name, values in base.items()},
        np.stack([cube.outcomes(t, length) for t in usable]), np.stack([cube.counts(t, length) for t in usable]),
        np.stack(scores), np.stack(scores_base),
        np.stack([(cube.learned[:, :, max(0, t - 4 * length) : t].sum(2) < 0.5).astype(np.float64) for t in usable]),
        np.stack([(cube.learned[:, :, t - length : t].sum(2) > 0.5).astype(np.float64) for t in usable]),
        "pooled rates with excitation" if pooled else "shrunken rate",
        {"at least": float(at_least), "windows every": float(every)},
    )  # fmt: skip


def _cut(cube: Cube, origin: int) -> Cube:
    """The cube without anything from `origin` on: a fit cannot read what it does not get."""
    return Cube(
        cube.pairs, cube.classes, cube.first, cube.happened[:, :, :origin], cube.learned[:, :, :origin]
    )


def _as_young(history: History, cube: Cube, origin: int, length: int) -> Floats:
    """The shrunken rate alone, as young rooms get it: days of which no report tells are left out."""
    told = np.flatnonzero(history.before(origin).covered(origin))
    return young_chance(cube.learned[:, :, told], told, origin, length).chance


def _count_scores(
    cube: Cube, origin: int, length: int, chance: Floats, base: Floats
) -> tuple[Floats, Floats]:
    """Ranked probability scores of the count forecasts, and of those with the pair's own rate and no bursts."""
    mean, size = expected_counts(cube, origin, length), spread_of_counts(cube, origin, length)
    observed = cube.counts(origin, length).ravel().astype(np.int64)
    wide = np.broadcast_to(size, mean.shape).ravel()
    scores = []
    for p, sizes in ((chance, wide), (base, np.full(mean.size, 50.0))):
        counts = hurdle(p.ravel(), mean.ravel(), sizes, most=20)
        scores.append(ranked_probability_score(counts.probability, observed).reshape(mean.shape))
    return scores[0], scores[1]


def score(
    rolled: Rolled, what: str, mask: Floats | None = None, *, draws: int = 400, seed: int = 0
) -> Scored:
    """Score the forecasts where `mask` (origins, pairs, classes) is not 0. Blocks of the bootstrap are unordered pairs:
    windows that overlap and acts that answer each other stay together."""
    use = (
        np.ones(rolled.outcome.shape, bool)
        if mask is None
        else np.broadcast_to(mask, rolled.outcome.shape) > 0
    )
    if not use.any():
        raise BadInput(f"no forecast falls under {what!r}", hint="choose a wider slice")
    p, y = rolled.probability[use], rolled.outcome[use]
    if not y.any():
        raise BadInput(f"no act fell into any window of {what!r}", hint="a longer --horizon, or more reports")
    base = {name: values[use] for name, values in rolled.baselines.items()}
    brier = {name: float(((b - y) ** 2).mean()) for name, b in base.items()}
    best = min(brier, key=lambda name: brier[name])
    unordered = np.unique(np.sort(rolled.pairs, axis=1), axis=0, return_inverse=True)[1].ravel()
    block = np.broadcast_to(unordered[None, :, None], use.shape)[use]
    own, other = rolled.rps[use].mean(), rolled.rps_baseline[use].mean()
    return Scored(
        what, rolled.length, verify(p, y), brier, best,
        block_bootstrap_skill((p - y) ** 2, (base[best] - y) ** 2, block, name=best, draws=draws, seed=seed),
        block_bootstrap_skill(
            log_losses(p, y), log_losses(base[best], y), block, name=best, draws=draws, seed=seed
        ),
        float(own), float(1 - own / max(float(other), 1e-12)),
    )  # fmt: skip


def slices(rolled: Rolled) -> Iterator[tuple[str, Floats | None]]:
    """The slices that every back-test prints: all, each class, onset and easing."""
    yield "all", None
    for i, name in enumerate(rolled.classes):
        mask = np.zeros(len(rolled.classes))
        mask[i] = 1
        yield name, mask
    yield "onset (quiet before)", rolled.quiet
    yield "easing (active before)", rolled.active


def score_all(rolled: Rolled, *, draws: int = 400) -> list[Scored]:
    """Every slice in which something happened; without that there is no skill to speak of. Raises BadInput if none."""
    found = []
    for what, mask in slices(rolled):
        try:
            found.append(score(rolled, what, mask, draws=draws))
        except BadInput:
            continue
    if not found:
        raise BadInput(
            f"no act fell into any window of {rolled.length} days", hint="a longer --horizon, or more reports"
        )
    return found


def as_record(scored: Scored, made: date) -> dict[str, object]:
    """A flat record of a score, for JSON and CSV."""
    v = scored.verification
    return {
        "what": scored.what, "days": scored.length, "made": made.isoformat(), "forecasts": v.count,
        "pairs": scored.brier_skill.blocks, "base rate": v.base_rate, "Brier": v.brier, "log score": v.log_score, "reliability": v.reliability,
        "resolution": v.resolution, "uncertainty": v.uncertainty, "ECE": v.ece, "best baseline": scored.best,
        "Brier skill": scored.brier_skill.value, "skill low": scored.brier_skill.low,
        "skill high": scored.brier_skill.high, "log skill": scored.log_skill.value, "RPS": scored.rps,
        "RPS skill": scored.rps_skill, **{f"Brier of {k}": b for k, b in scored.brier_of_baselines.items()},
    }  # fmt: skip


def with_noise(history: History, day: int, seed: int = 0) -> History:
    """The history with everything known from `day` on replaced by noise, for the leak test: forecasts made before must
    not change by one bit."""
    random = np.random.default_rng(seed)
    late = np.flatnonzero(history.known_by >= day)
    actor, recipient, act = history.actor.copy(), history.recipient.copy(), history.act.copy()
    actor[late] = random.integers(0, len(history.names), len(late))
    recipient[late] = random.integers(0, len(history.names), len(late))
    act[late] = random.integers(0, len(history.acts), len(late))
    return replace(history, actor=actor, recipient=recipient, act=act)
