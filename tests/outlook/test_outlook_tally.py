"""Faded counts against a slow count by definition."""

import numpy as np
import pytest

from sitroom.outlook.tally import NEVER, Tally, top_of_rows


def test_faded_counts_equal_the_sum_by_definition():
    random = np.random.default_rng(0)
    days = np.sort(random.integers(0, 40, 300))
    keys = random.integers(0, 25, 300)
    tally = Tally((3.0, 20.0))
    for part in np.array_split(np.arange(300), 7):
        tally.add(keys[part], days[part])
    read = tally.read(np.arange(26), 45)
    for key in range(26):
        mine = days[keys == key]
        if not len(mine):
            assert read[key].tolist() == pytest.approx([0, NEVER, 0, 0])
            continue
        expected = [len(mine), 45 - mine.max(), *((2.0 ** (-(45 - mine) / h)).sum() for h in (3, 20))]
        assert read[key].tolist() == pytest.approx(expected, rel=1e-5)


def test_a_span_tells_how_often_and_since_when():
    tally = Tally(())
    tally.add(np.array([7, 7, 9]), np.array([3, 5, 5]))
    tally.add(np.array([9, 2]), np.array([8, 8]))
    assert tally.span(np.array([7, 9, 2, 4]), 10).tolist() == [[2, 7], [2, 5], [1, 2], [0, NEVER]]


def test_keys_between_bounds_come_row_by_row():
    tally = Tally((1.0,))
    tally.add(np.array([3, 8, 5, 21]), np.zeros(4, np.int64))
    row, place = tally.between(np.array([20, 0, 6]), np.array([30, 6, 7]))
    assert row.tolist() == [0, 1, 1]
    assert tally.keys[place].tolist() == [21, 3, 5]


def test_top_of_rows_keeps_the_largest_of_each():
    row, value = np.array([1, 0, 1, 1, 0]), np.array([5.0, 1.0, 7.0, 6.0, 2.0])
    assert top_of_rows(row, value, 2).tolist() == [4, 1, 2, 3]
