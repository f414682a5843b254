"""Evaluates small boosted trees and logistic models exported as JSON: numpy only, no training library at run time."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Forest:
    """Boosted binary trees over named features, all trees in flat arrays of equal width.

    ``feature`` is -1 at a leaf; a value at or below ``threshold`` goes left. ``base`` is the raw score of no tree.
    ``calibration`` (slope, offset) turns the raw score into a probability by Platt's logistic (1999).
    """

    features: tuple[str, ...]
    base: float
    feature: NDArray[np.int64]
    threshold: Floats
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Floats
    depth: int
    calibration: tuple[float, float]

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """One probability a row, 0 … 1; rows hold the features in the order of ``features``."""
        if not rows:
            return []
        table = np.asarray(rows, dtype=np.float64)
        trees = self.feature.shape[0]
        tree = np.arange(trees)[None, :]
        at = np.zeros((table.shape[0], trees), dtype=np.int64)
        row = np.arange(table.shape[0])[:, None]
        for _ in range(self.depth):
            feature = self.feature[tree, at]
            goes_left = table[row, np.maximum(feature, 0)] <= self.threshold[tree, at]
            step = np.where(goes_left, self.left[tree, at], self.right[tree, at])
            at = np.where(feature < 0, at, step)
        raw = self.base + self.value[tree, at].sum(axis=1)
        slope, offset = self.calibration
        return [1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, slope * float(r) + offset)))) for r in raw]


def forest_from(data: dict[str, Any]) -> Forest:
    """A forest from its JSON: ``trees`` is a list of [feature, threshold, left, right, value] columns."""
    trees = data["trees"]
    width = max(len(columns[0]) for columns in trees)

    def column(index: int, kind: Any) -> NDArray[Any]:
        out = np.zeros((len(trees), width), dtype=kind)
        for i, columns in enumerate(trees):
            out[i, : len(columns[index])] = columns[index]
        return out

    return Forest(
        features=tuple(data["features"]),
        base=float(data["base"]),
        feature=column(0, np.int64),
        threshold=column(1, np.float64),
        left=column(2, np.int64),
        right=column(3, np.int64),
        value=column(4, np.float64),
        depth=int(data["depth"]),
        calibration=(float(data["calibration"][0]), float(data["calibration"][1])),
    )


@lru_cache(maxsize=8)
def load_forest(name: str) -> Forest:
    """A forest shipped under ``onrecord/data``."""
    return forest_from(json.loads(files("onrecord").joinpath(f"data/{name}").read_text("utf8")))
