"""What one text does with the claim of another: weakens it, strengthens it; is for it, against it, or observes it.

Logistic models over ``pair_features``, trained by ``models/linking/train_pairs.py`` and shipped as JSON; numpy alone.
Nothing on record rests on it: ``models/linking/README.md`` says what it was found to be worth.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.linking.bags import Floats
from onrecord.linking.pair_features import FEATURES, Side, features
from onrecord.model import Reading

FARTHEST = 4.0  # standard deviations: a feature says no more than this, however odd the text
FILE = "data/linking-pair-judge.json"


@dataclass(frozen=True, eq=False)
class Linear:
    """A logistic model over standardised features."""

    middle: Floats
    spread: Floats
    slopes: Floats
    offset: float


@dataclass(frozen=True, eq=False)
class Judge:
    """The models of one question, one an answer, and by what the chance of each answer is multiplied."""

    answers: tuple[str, ...]
    weights: Floats
    models: tuple[Linear, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The likeliest answer, and the chance of each, the weights applied and brought to a sum of one."""

    answer: str
    chances: tuple[tuple[str, float], ...]


def standard(rows: Floats, middle: Floats, spread: Floats) -> Floats:
    found: Floats = np.clip((rows - middle) / spread, -FARTHEST, FARTHEST)
    return found


def chances_of(models: Sequence[Linear], rows: Floats) -> Floats:
    """Of each row the chance of each answer against the rest, side by side."""
    raw = [standard(rows, m.middle, m.spread) @ m.slopes + m.offset for m in models]
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(np.column_stack(raw), -30.0, 30.0)))
    return found


@lru_cache(maxsize=1)
def judges() -> dict[str, Judge]:
    """The shipped judges by question: ``weakens``, ``strengthens``, ``stance``."""
    data = json.loads(files("onrecord").joinpath(FILE).read_text("utf8"))
    return {name: _judge(d) for name, d in data.items() if tuple(d["features"]) == FEATURES}


def _judge(data: dict[str, Any]) -> Judge:
    models = tuple(
        Linear(np.array(m["middle"]), np.array(m["spread"]), np.array(m["slopes"]), float(m["offset"]))
        for m in data["models"]
    )
    return Judge(tuple(data["answers"]), np.array(data["weights"]), models)


def judge_pair(question: str, left: Reading, right: Reading) -> Answered:
    """What ``right`` does with the claim of ``left``: two short texts, a sentence or a headline each."""
    judge = judges()[question]
    weighed = chances_of(judge.models, features(Side(left), Side(right))[None, :])[0] * judge.weights
    total = float(weighed.sum()) or 1.0
    chances = tuple((a, round(float(w) / total, 4)) for a, w in zip(judge.answers, weighed, strict=True))
    return Answered(judge.answers[int(weighed.argmax())], chances)


__all__ = ["Answered", "Judge", "Linear", "chances_of", "judge_pair", "judges", "standard"]
