"""Forests: all rows through all trees at once give what following one tree after another gives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.event_features import FEATURES as EVENT_FEATURES
from onrecord.linking.story_features import FEATURES as STORY_FEATURES
from onrecord.linking.trees import forest_from, load_forest

DATA: dict[str, Any] = {
    "features": ["a", "b"],
    "base": -0.5,
    "depth": 2,
    "calibration": [2.0, 0.25],
    "trees": [
        [[0, -1, 1, -1, -1], [0.5, 0, 1.5, 0, 0], [1, 0, 3, 0, 0], [2, 0, 4, 0, 0], [0, 1.0, 0, -1.0, 0.75]],
        [[-1], [0], [0], [0], [0.125]],
    ],
}


def followed(row: list[float]) -> float:
    raw = DATA["base"]
    for feature, threshold, left, right, value in DATA["trees"]:
        at = 0
        while feature[at] >= 0:
            at = left[at] if row[feature[at]] <= threshold[at] else right[at]
        raw += value[at]
    slope, offset = DATA["calibration"]
    return 1.0 / (1.0 + math.exp(-(slope * raw + offset)))


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(list), max_size=6))
def test_many_rows_at_once_are_what_each_is_alone(rows: list[list[float]]) -> None:
    found = forest_from(DATA).probabilities(np.array(rows).reshape(-1, 2))
    assert found.tolist() == pytest.approx([followed(row) for row in rows])


@pytest.mark.parametrize(
    ("name", "features"), [("linking-events.json", EVENT_FEATURES), ("linking-stories.json", STORY_FEATURES)]
)
def test_the_shipped_forests_know_the_features_that_are_computed(name: str, features: tuple[str, ...]) -> None:
    assert load_forest(name).features == features
