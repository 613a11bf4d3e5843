"""A small network that ranks candidates: two hidden layers on the ranker's numbers, taught by a softmax over each query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sitroom.outlook.history import Floats, Ints

Matrix = NDArray[np.float32]
FAR = 5.0
"""Inputs lie within so many standard deviations."""
HIDDEN, BATCH, RATE, DECAY = (96, 32), 256, 2e-3, 1e-5
SAMPLE = 200_000
"""Mean and spread are those of about this many rows."""


@dataclass(frozen=True)
class Network:
    """Weights and shifts of each layer, and mean and spread of the inputs (logarithms of sizes, signs kept)."""

    weights: tuple[Matrix, ...]
    shifts: tuple[Matrix, ...]
    mean: Matrix
    spread: Matrix

    def predict(self, table: Matrix) -> Floats:
        """One score a row, to six digits: a row's score must not depend on which others are asked about."""
        value = prepare(table, self.mean, self.spread).astype(np.float64)
        for weight, shift in zip(self.weights[:-1], self.shifts[:-1], strict=True):
            value = np.maximum(value @ weight.astype(np.float64) + shift, 0)
        scores: Floats = np.round((value @ self.weights[-1].astype(np.float64) + self.shifts[-1])[:, 0], 6)
        return scores


def squash(table: Matrix) -> Matrix:
    """Logarithms of the sizes, signs kept: counts and ages differ by factors, not by differences."""
    squashed: Matrix = np.copysign(np.log1p(np.abs(table)), table).astype(np.float32)
    return squashed


def prepare(table: Matrix, mean: Matrix, spread: Matrix) -> Matrix:
    """The inputs of the first layer."""
    inputs: Matrix = np.clip((squash(table) - mean) / spread, -FAR, FAR)
    return inputs


@dataclass(frozen=True)
class Inputs:
    """What networks learn from: prepared rows in half precision, with the mean and spread that prepared them."""

    rows: NDArray[np.float16]
    mean: Matrix
    spread: Matrix


def take_inputs(tables: list[Matrix]) -> Inputs:
    """Prepare all rows of the tables. `tables` is emptied on the way, to learn from many rows in little memory."""
    rows = sum(len(table) for table in tables)
    kept = slice(None, None, 1 + rows // SAMPLE)
    sample = squash(np.concatenate([table[kept] for table in tables]))
    mean, spread = sample.mean(0), sample.std(0) + np.float32(1e-6)
    inputs, at = np.empty((rows, len(mean)), np.float16), 0
    while tables:
        part = prepare(tables.pop(0), mean, spread)
        inputs[at : at + len(part)] = part
        at += len(part)
    return Inputs(inputs, mean, spread)


def fit_networks(
    inputs: Inputs, label: Floats, sizes: Ints, *, seeds: Sequence[int], epochs: int
) -> list[Network]:
    """One network a seed, from the rows of queries of these sizes, one after the other; `label` is 1 at right answers."""
    found = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        weights, shifts = _learn(inputs.rows, label.astype(np.float32), sizes, epochs, random)
        found.append(Network(tuple(weights), tuple(shifts), inputs.mean, inputs.spread))
    return found


def _learn(
    inputs: NDArray[np.float16], label: Matrix, sizes: Ints, epochs: int, random: np.random.Generator
) -> tuple[list[Matrix], list[Matrix]]:
    """Weights and shifts: cross entropy of the softmax over each right answer and the wrong ones of its query, as other
    right answers are no rivals of it; Adam (Kingma & Ba 2015) with a rate that falls to nothing."""
    layers = [inputs.shape[1], *HIDDEN, 1]
    weights = [random.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in pairwise(layers)]
    weights[-1] *= np.float32(0.1)
    learned = [*weights, *(np.zeros(b, np.float32) for b in layers[1:])]
    first, second = ([np.zeros_like(part) for part in learned] for _ in range(2))
    steps = epochs * -(-len(sizes) // BATCH)
    for step, (rows, lengths) in enumerate(_batches(sizes, epochs, random), 1):
        slopes = _slopes(learned, inputs[rows].astype(np.float32), label[rows], lengths)
        rate = np.float32(RATE * (1 - (step - 1) / steps))
        for part, slope, m, v in zip(learned, slopes, first, second, strict=True):
            slope += np.float32(DECAY) * part
            m += np.float32(0.1) * (slope - m)
            v += np.float32(0.001) * (slope * slope - v)
            part -= (
                rate
                * (m / np.float32(1 - 0.9**step))
                / (np.sqrt(v / np.float32(1 - 0.999**step)) + np.float32(1e-8))
            )
    return learned[: len(weights)], learned[len(weights) :]


def _batches(sizes: Ints, epochs: int, random: np.random.Generator) -> Iterator[tuple[Ints, Ints]]:
    """The rows of `BATCH` queries at a time and how many rows each has, every query once an epoch."""
    start = np.cumsum(sizes) - sizes
    for _ in range(epochs):
        order = random.permutation(len(sizes))
        for at in range(0, len(order), BATCH):
            chosen = np.sort(order[at : at + BATCH])
            lengths = sizes[chosen]
            opens = np.cumsum(lengths) - lengths
            yield np.repeat(start[chosen] - opens, lengths) + np.arange(int(lengths.sum())), lengths


def _slopes(learned: list[Matrix], inputs: Matrix, label: Matrix, lengths: Ints) -> list[Matrix]:
    """The gradient of the loss for each weight and shift, by going back through the layers."""
    half = len(learned) // 2
    weights, shifts = learned[:half], learned[half:]
    values = [inputs]
    for weight, shift in zip(weights[:-1], shifts[:-1], strict=True):
        values.append(np.maximum(values[-1] @ weight + shift, 0))
    score = (values[-1] @ weights[-1] + shifts[-1])[:, 0]
    opens = np.cumsum(lengths) - lengths
    odds = np.exp(score - np.repeat(np.maximum.reduceat(score, opens), lengths))
    wrong = odds * (1 - label)
    whole = odds + np.repeat(np.add.reduceat(wrong, opens), lengths) + np.float32(1e-30)
    blame = np.repeat(np.add.reduceat(label / whole, opens), lengths)
    back = ((wrong * blame + label * (odds / whole - 1)) / np.float32(len(lengths)))[:, None]
    of_weights, of_shifts = [], []
    for layer in range(half - 1, -1, -1):
        of_weights.append(values[layer].T @ back)
        of_shifts.append(back.sum(0))
        if layer:
            back = (back @ weights[layer].T) * (values[layer] > 0)
    return [*of_weights[::-1], *of_shifts[::-1]]
