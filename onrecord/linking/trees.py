"""Evaluates small boosted trees and logistic models exported as JSON: numpy only, no training library at run time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.bags import Floats

AT_ONCE = 512  # rows whose leaves are looked for together: what is open of them stays in the processor's cache
Bits = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Question:
    """All that the trees ask of one feature: the limits, in order, and by how many of them a value is greater, which
    leaves of each tree it may still come to; one bit a leaf, the leftmost the lowest."""

    feature: int
    limits: Floats
    open: Bits  # a row for each number of limits, a column a tree


@dataclass(frozen=True, eq=False)
class Forest:
    """Boosted binary trees over named features, followed all at once (QuickScorer: Lucchese et al. 2015).

    A value greater than a node's limit shuts the leaves to its left. Of those that no question shuts, the leftmost is
    where a row comes to. ``base`` is the raw score of no tree. ``calibration`` (slope, offset) turns the raw score into
    a probability by Platt's logistic (1999).
    """

    features: tuple[str, ...]
    base: float
    questions: tuple[Question, ...]
    values: Floats  # of each tree's leaves, a row a tree
    calibration: tuple[float, float]

    def probabilities(self, rows: Floats) -> Floats:
        """One probability a row, 0 … 1; rows hold the features in the order of ``features``."""
        raw = np.full(len(rows), self.base)
        for start in range(0, len(rows), AT_ONCE):
            raw[start : start + AT_ONCE] += self._reached(rows[start : start + AT_ONCE]).sum(axis=1)
        slope, shift = self.calibration
        found: Floats = 1.0 / (1.0 + np.exp(-np.clip(slope * raw + shift, -50.0, 50.0)))
        return found

    def _reached(self, rows: Floats) -> Floats:
        """The values of the leaves that each row comes to, a column a tree."""
        trees, leaves = self.values.shape
        held = np.full((len(rows), trees), (1 << leaves) - 1, dtype=np.min_scalar_type((1 << leaves) - 1))
        for question in self.questions:
            held &= question.open[np.searchsorted(question.limits, rows[:, question.feature])]
        leftmost = np.frexp(held & (~held + held.dtype.type(1)))[1] - 1
        found: Floats = self.values.reshape(-1)[np.arange(trees) * leaves + leftmost]
        return found


Asked = tuple[int, float, int, int]  # feature, limit, number of the tree, and the leaves a greater value shuts, as bits


def forest_from(data: dict[str, Any]) -> Forest:
    """A forest from its JSON: ``trees`` is a list of [feature, threshold, left, right, value] columns."""
    asked: list[Asked] = []
    values = [_leaves(columns, 0, (number, 0), asked) for number, columns in enumerate(data["trees"])]
    width = max(map(len, values))
    by_feature: dict[int, list[Asked]] = {}
    for one in sorted(asked):
        by_feature.setdefault(one[0], []).append(one)
    return Forest(
        features=tuple(data["features"]),
        base=float(data["base"]),
        questions=tuple(_question(found, len(values), width) for found in by_feature.values()),
        values=np.array([[*found, *[0.0] * (width - len(found))] for found in values], dtype=np.float64),
        calibration=(float(data["calibration"][0]), float(data["calibration"][1])),
    )


def _leaves(columns: Sequence[Sequence[Any]], node: int, place: tuple[int, int], asked: list[Asked]) -> list[float]:
    """The values of the leaves below a node, from left to right; ``place``: its tree, and the number of the first."""
    names, limits, left, right, values = columns
    if names[node] < 0:
        return [values[node]]
    tree, first = place
    below = _leaves(columns, left[node], place, asked)
    asked.append((names[node], limits[node], tree, ((1 << len(below)) - 1) << first))
    return below + _leaves(columns, right[node], (tree, first + len(below)), asked)


def _question(asked: Sequence[Asked], trees: int, leaves: int) -> Question:
    everything = (1 << leaves) - 1
    held = np.full((len(asked) + 1, trees), everything, dtype=np.min_scalar_type(everything))
    for number, (_, _, tree, shut) in enumerate(asked):
        held[number + 1] = held[number]
        held[number + 1, tree] &= everything ^ shut
    return Question(asked[0][0], np.array([limit for _, limit, _, _ in asked]), held)


@lru_cache(maxsize=8)
def load_forest(name: str) -> Forest:
    """A forest shipped under ``onrecord/data``."""
    return forest_from(json.loads(files("onrecord").joinpath(f"data/{name}").read_text("utf8")))
