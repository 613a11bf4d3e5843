"""The ranking network: it learns what separates right from wrong within a query, and scores each row by itself."""

import numpy as np
import pytest

from sitroom.outlook.network import Network, _slopes, fit_networks, take_inputs


@pytest.fixture(scope="module")
def lesson():
    """400 queries of 5 rows; the right answer has the largest product of the first two columns."""
    random = np.random.default_rng(3)
    table = random.exponential(20, (2000, 4)).astype(np.float32)
    worth = (table[:, 0] * table[:, 1]).reshape(400, 5)
    label = (worth == worth.max(1, keepdims=True)).astype(float).ravel()
    return table, label, np.full(400, 5)


@pytest.fixture(scope="module")
def network(lesson) -> Network:
    table, label, sizes = lesson
    return fit_networks(take_inputs([table[:1000], table[1000:]]), label, sizes, seeds=[1], epochs=60)[0]


def test_it_learns_a_product_of_two_columns(lesson, network):
    table, label, _ = lesson
    best = network.predict(table).reshape(400, 5).argmax(1)
    assert (best == label.reshape(400, 5).argmax(1)).mean() > 0.9


def test_a_row_is_scored_as_if_it_came_alone(lesson, network):
    table = lesson[0][:50]
    alone = [network.predict(table[i : i + 1])[0] for i in range(50)]
    assert np.array(alone).tobytes() == network.predict(table).tobytes()


def test_equal_seeds_give_equal_networks(lesson):
    table, label, sizes = lesson
    one, other, third = fit_networks(take_inputs([table]), label, sizes, seeds=[5, 5, 6], epochs=1)
    assert one.predict(table).tobytes() == other.predict(table).tobytes() != third.predict(table).tobytes()


def test_slopes_are_those_of_the_loss():
    random = np.random.default_rng(0)
    inputs, sizes = random.normal(size=(7, 3)), np.array([4, 3])
    label = np.array([1.0, 0, 0, 1, 0, 1, 0])
    learned = [random.normal(size=shape) for shape in ((3, 4), (4, 1), (4,), (1,))]

    def loss() -> float:
        score = (np.maximum(inputs @ learned[0] + learned[2], 0) @ learned[1] + learned[3])[:, 0]
        parts = [(score[:4], label[:4]), (score[4:], label[4:])]  # right answers are no rivals of each other
        return sum(np.log1p(np.exp(s[y == 0] - right).sum()) for s, y in parts for right in s[y > 0]) / len(
            parts
        )

    for part, slope in zip(learned, _slopes(learned, inputs, label, sizes), strict=True):
        before, step = part.flat[0], 1e-6
        part.flat[0] = before + step
        above = loss()
        part.flat[0] = before - step
        below = loss()
        part.flat[0] = before
        assert slope.flat[0] == pytest.approx((above - below) / (2 * step), abs=1e-5)
