"""What the faces ask of a history, whatever its size: the model where there is enough to learn from, else plain rates."""

from datetime import date

import numpy as np

from sitroom.errors import BadInput
from sitroom.outlook.backoff import Guess, complete
from sitroom.outlook.backtest import Rolled, roll
from sitroom.outlook.forecast import ENOUGH_ACTS, ENOUGH_DAYS, ENOUGH_PAIRS
from sitroom.outlook.groups import groups_of_names
from sitroom.outlook.history import NOBODY, History, Ints
from sitroom.outlook.memory import Sizes
from sitroom.outlook.ranker import Plan, Ranker, fit_ranker
from sitroom.outlook.ranking import Scores
from sitroom.outlook.windows import directed_pairs
from sitroom.outlook.words import words_of_feature

RANKER_ACTS = 20_000
"""From this many acts on, who comes next is ranked by the fitted ranker."""


def facts_of(history: History) -> Ints:
    """The acts with a recipient as (n, 4): actor, act, recipient, and the day on which it could be known."""
    keep = history.recipient != NOBODY
    columns = (history.actor, history.act, history.recipient, history.known_by)
    return np.column_stack([column[keep] for column in columns])


def sizes_of(history: History) -> Sizes:
    """How many actors and acts there are, and the PLOVER type of each act as a number."""
    kinds = sorted(set(history.types))
    classes = np.array([kinds.index(kind) for kind in history.types], np.int64)
    return Sizes(len(history.names), len(history.acts), len(kinds), classes)


def ranker_of(history: History, known_by: date, plan: Plan | None = None) -> Ranker:
    """A ranker fitted on what was known by the end of a day. Raises BadInput if the history is too short."""
    until = history.number(known_by) + 1
    return fit_ranker(
        facts_of(history), sizes_of(history), groups_of_names(history.names), plan or Plan(), until
    )


def next_ones(
    history: History,
    known_by: date,
    *,
    actor: str | None,
    act: str | None,
    recipient: str | None,
    most: int = 10,
    ranker: Ranker | None = None,
) -> list[Guess]:
    """Rank what completes two given parts of (actor, act, recipient) on the day after `known_by`.

    With a long history and an act of one name the fitted ranker answers for actors and recipients (fitted here unless
    given); else shares with back-off, which also answer for acts.
    """
    day = history.number(known_by) + 1
    known = history.before(day)
    one = actor if actor is not None else recipient
    number = None if one is None else known.name_number(one)
    exact = act in history.acts and (actor is None) != (recipient is None) and number is not None
    if not exact or (ranker is None and len(known) < RANKER_ACTS):
        return complete(history, day, actor=actor, act=act, recipient=recipient, most=most)
    ranker = ranker or ranker_of(known, known_by)
    asked = history.acts.index(str(act)) + (0 if actor is not None else len(history.acts))
    return _ranked(history, ranker, day, int(number or 0), asked, most)


def _ranked(history: History, ranker: Ranker, day: int, subject: int, act: int, most: int) -> list[Guess]:
    row, candidate, table = ranker.table(day, np.array([subject]), np.array([act]))
    if not len(candidate):
        return []
    scores = Scores(np.array([0, len(row)]), candidate, ranker.predict(table))
    chance = ranker.probabilities(scores)
    best = np.argsort(-chance, kind="stable")[:most]
    parts = ranker.contributions(table[best])
    names = ranker.feature_names
    found = []
    for place, part in zip(best, parts, strict=True):
        top = np.argsort(-np.abs(part[:-1]))[:3]
        words = tuple(
            f"{words_of_feature(names[i])} ({table[place, i]:.3g}) speaks {'for' if part[i] > 0 else 'against'} it"
            for i in top
        )
        other = int(candidate[place])
        found.append(
            Guess(history.names[other], float(chance[place]), words, _evidence(history, day, subject, other))
        )
    return found


def _evidence(history: History, day: int, one: int, other: int) -> tuple[str, ...]:
    """The latest acts between the two, either way round."""
    if not history.ids:
        return ()
    between = ((history.actor == one) & (history.recipient == other)) | (
        (history.actor == other) & (history.recipient == one)
    )
    rows = np.flatnonzero(between & (history.known_by < day))
    return tuple(history.ids[i] for i in rows[np.argsort(-history.day[rows], kind="stable")][:5])


def past_forecasts(history: History, length: int, *, origins: int = 12, at_least: int = 3) -> Rolled:
    """Roll back over the last windows that have closed: `origins` of them, a window apart if the history allows.

    The pooled model is used, and fitted again every four windows, where there is enough; else the shrunken rate.
    Raises BadInput if the history is shorter than two windows.
    """
    last = int(history.day.max(initial=0)) + 1 - length
    first = int(np.quantile(history.day, 0.05)) + 2 * length
    if last <= first:
        raise BadInput(
            f"the history covers too few days for windows of {length} days",
            hint="a shorter --horizon, or more reports",
        )
    step = max(1, min(length, (last - first) // max(origins, 1)))
    told = history.covered(int(history.day.max(initial=0)) + 1)
    days = sorted(
        t
        for t in (last - k * step for k in range(origins))
        if t > first and told[t : t + length].mean() >= 0.5
    )
    if not days:
        raise BadInput("reports tell of no past window", hint="read more reports, or import a longer history")
    past = history.before(days[0])
    many = len(directed_pairs(past, at_least=at_least)) >= ENOUGH_PAIRS
    pooled = many and len(past) >= ENOUGH_ACTS and days[0] >= ENOUGH_DAYS + 2 * length
    return roll(history, length, days, at_least=at_least, pooled=pooled, refit_every=4 * length)
