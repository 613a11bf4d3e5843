"""Points for pairs of events, many at a time: each part of an event is compared with each other part of its kind only once."""

from array import array
from collections.abc import Callable, Iterator

import numpy as np
from scipy.sparse import csr_array

from sitroom.situation.alike import (
    ANNOUNCED,
    BLAMED,
    Shared,
    is_campaign,
    means_agree,
    share_days,
    share_figures,
    share_place,
    share_sides,
)
from sitroom.situation.columns import Bools, Columns, Floats, Ints, Part, ask_once
from sitroom.situation.mentions import SHORTEST, Stems, family
from sitroom.vocabulary import Event

ENOUGH = 4.5
"""Points from which two events are taken for one happening; set on hand-made cases, see benchmarks/quality/incidents.py."""
RARE = 1.25
"""Points for acts of which a pair of actors has few: deals, withdrawals, visits; attacks come by the dozen."""
FEW = frozenset({*ANNOUNCED, "CONSULT"})
CHUNK = 250_000


def strong_pairs(columns: Columns, left: Ints, right: Ints) -> Iterator[tuple[float, int, int]]:
    """Pairs of rows with `ENOUGH` points, the strongest first: points, and the two rows."""
    points = likeness(columns, left, right)
    enough = np.flatnonzero(points >= ENOUGH)
    left, right, points = left[enough], right[enough], points[enough]
    order = np.lexsort((right, left, -points))
    return zip(points[order].tolist(), left[order].tolist(), right[order].tolist(), strict=True)


def likeness(columns: Columns, left: Ints, right: Ints) -> Floats:
    """Points for one happening, a pair of rows each; not a number is a veto. Symmetric.

    The parts are those a person would go by: act and means, days, place within its precision, the two sides, numbers,
    and words in common.
    """
    found = np.full(len(left), np.nan)
    shared = compare_rows(columns, left, right)
    fine = np.flatnonzero(~shared.excluded)
    found[fine] = _points(columns, left[fine], right[fine], shared.at(fine))
    return found


def _points(columns: Columns, left: Ints, right: Ints, shared: Shared) -> Floats:
    words = words_in_common(columns, left, right)
    days, place, figures, accused = shared.days, shared.place, shared.figures, np.isnan(shared.sides)
    sides = np.where(accused, 0.5, shared.sides)
    rare = columns.ask(columns.type, lambda event: family(event.type) in FEW)[left]
    points = days + place + figures + sides + 3.0 * words + np.where(rare, RARE, 0.0)
    alone = rare & (days >= 0.5) & (place >= 0.5) & (sides >= 1.5)
    fits = (alone | _grounds(days, place, figures, sides, words)) & ~(accused & (words < 0.4) & (figures < 2))
    denied = columns.ask(columns.way, lambda event: event.modality == "denied")
    taken_back = shared.one_report & (denied[left] | denied[right]) & (sides >= 1.5)
    twice = shared.one_report & (sides < 1.5)
    twice[twice] = [
        _one_sentence(columns, *pair)
        for pair in zip(left[twice].tolist(), right[twice].tolist(), strict=True)
    ]
    found: Floats = np.where((fits | taken_back) & ~twice, np.where(taken_back, points + 2.0, points), np.nan)
    return found


def _one_sentence(columns: Columns, one: int, other: int) -> bool:
    return columns.events[one].quote.start == columns.events[other].quote.start


def _grounds(days: Floats, place: Floats, figures: Floats, sides: Floats, words: Floats) -> Bools:
    """Points alone do not do: the days must be close or the words alike, and parties, place or numbers must be shared."""
    close = (days >= 2) | (words >= 0.5)
    close |= (days >= 0.5) & ((words >= 0.3) | (figures >= 2) | (place >= 2))
    found: Bools = close & ((sides >= 1.5) | (figures >= 2) | (place >= 2))
    return found


def compare_rows(columns: Columns, left: Ints, right: Ints) -> Shared:
    """What pairs of events share."""

    def ask(part: Part, of: Callable[..., float], *more: Ints | Bools) -> Floats:
        events = [columns.events[row] for row in part.rows.tolist()]
        return ask_once(
            lambda one, other, *rest: of(events[one], events[other], *rest),
            part.codes[left],
            part.codes[right],
            *more,
        )

    def either(part: Part, of: Callable[[Event], bool]) -> tuple[Bools, Bools]:
        column = columns.ask(part, of)
        return column[left], column[right]

    planned = np.logical_or(*either(columns.way, lambda event: event.modality == "planned-or-possible"))
    alleged = np.logical_or(*either(columns.way, lambda event: event.modality == "alleged"))
    sourced = np.fromiter((event.attribution is not None for event in columns.events), np.bool_, len(columns))
    announced, _ = either(columns.type, lambda event: family(event.type) in ANNOUNCED)
    violent, _ = either(columns.type, lambda event: family(event.type) in BLAMED)
    hypothetical = either(columns.way, lambda event: event.modality == "hypothetical")
    lasting = either(columns.when & columns.figures & columns.way, is_campaign)
    one_report = columns.report[left] == columns.report[right]
    return Shared(
        (columns.kind[left] != columns.kind[right]) | (hypothetical[0] != hypothetical[1]) | (lasting[0] != lasting[1])
        | (ask(columns.means, means_agree) == 0),
        ask(columns.when, lambda one, other, soon: share_days(one.period, other.period, soon), announced & planned),
        ask(columns.where, lambda one, other: share_place(one.place, other.place)),
        ask(columns.figures, lambda one, other: share_figures(one.figures, other.figures)),
        ask(columns.who, share_sides), violent & (alleged | sourced[left] | sourced[right]) & ~one_report, one_report,
    )  # fmt: skip


def words_in_common(columns: Columns, left: Ints, right: Ints) -> Floats:
    """`mentions.similarity` of the sentences of each pair."""
    rows, place = np.unique(np.concatenate([left, right]), return_inverse=True)
    numbers, ends, stems = array("i"), array("q", [0]), Stems()
    for row in rows.tolist():
        numbers.extend(stems.of(columns.events[row].quote.words))
        ends.append(len(numbers))
    told = csr_array(
        (np.ones(len(numbers), np.int8), np.asarray(numbers), np.asarray(ends)),
        (len(rows), max(1, len(stems.known))),
    )
    told.sort_indices()
    found = np.zeros(len(left))
    for begin in range(0, len(left), CHUNK):
        ones, others = (
            place[begin : begin + CHUNK][: len(left) - begin],
            place[len(left) + begin :][: min(CHUNK, len(left) - begin)],
        )
        shorter = np.minimum(np.diff(told.indptr)[ones], np.diff(told.indptr)[others])
        both = np.diff((told[ones] * told[others]).indptr)
        found[begin : begin + CHUNK] = np.where(shorter >= SHORTEST, both / np.maximum(shorter, 1), 0.0)
    return found
