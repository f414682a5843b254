"""Evaluates small boosted trees and logistic models exported as JSON: numpy only, no training library at run time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.linking.bags import Floats, Ints


@dataclass(frozen=True, eq=False)
class Forest:
    """Boosted binary trees over named features, the nodes of all trees in one row of each array.

    A value at or below ``threshold`` goes to the first of ``children``, a greater one to the second; a leaf leads to
    itself. ``base`` is the raw score of no tree. ``calibration`` (slope, offset) turns the raw score into a
    probability by Platt's logistic (1999).
    """

    features: tuple[str, ...]
    base: float
    roots: Ints
    feature: Ints
    threshold: Floats
    children: Ints  # two a node
    value: Floats
    depth: int
    calibration: tuple[float, float]

    def probabilities(self, rows: Floats) -> Floats:
        """One probability a row, 0 … 1; rows hold the features in the order of ``features``."""
        height, width = len(rows), len(self.features)
        flat = np.ascontiguousarray(rows, dtype=np.float64).reshape(-1)
        offset = (np.arange(height, dtype=np.int64) * width)[:, None]
        at = np.repeat(self.roots[None, :], height, axis=0)
        for _ in range(self.depth if height else 0):
            greater = flat[offset + self.feature[at]] > self.threshold[at]
            at = self.children[2 * at + greater]
        raw = self.base + self.value[at].sum(axis=1)
        slope, shift = self.calibration
        found: Floats = 1.0 / (1.0 + np.exp(-np.clip(slope * raw + shift, -50.0, 50.0)))
        return found


def forest_from(data: dict[str, Any]) -> Forest:
    """A forest from its JSON: ``trees`` is a list of [feature, threshold, left, right, value] columns."""
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    for names, limits, left, right, values in data["trees"]:
        start = len(feature)
        roots.append(start)
        for node, name in enumerate(names):
            leaf = name < 0
            feature.append(max(name, 0))
            threshold.append(limits[node])
            children.extend((start + node, start + node) if leaf else (start + left[node], start + right[node]))
            value.append(values[node])
    return Forest(
        features=tuple(data["features"]),
        base=float(data["base"]),
        roots=np.array(roots, dtype=np.int64),
        feature=np.array(feature, dtype=np.int64),
        threshold=np.array(threshold, dtype=np.float64),
        children=np.array(children, dtype=np.int64),
        value=np.array(value, dtype=np.float64),
        depth=int(data["depth"]),
        calibration=(float(data["calibration"][0]), float(data["calibration"][1])),
    )


@lru_cache(maxsize=8)
def load_forest(name: str) -> Forest:
    """A forest shipped under ``onrecord/data``."""
    return forest_from(json.loads(files("onrecord").joinpath(f"data/{name}").read_text("utf8")))
