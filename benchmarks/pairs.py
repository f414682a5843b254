"""Pairs of short texts: what one does with the claim of the other, cross-validated, beside two baselines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.sets import BENCH, BenchmarkSet
from models.linking import train_pairs

QUESTIONS = {"claims.claimdiff": ("weakens", "strengthens"), "stance.emergent": ("stance",)}
Found = dict[str, np.ndarray[Any, Any]]


def read(item: BenchmarkSet, work: Path) -> Path:
    """The readings of a set's texts, in a file: each by itself, as a report without a page around it."""
    path = work / f"{item.name}.readings"
    train_pairs.read_all((t for q in QUESTIONS[item.name] for p in _pairs(q) for t in (p.left, p.right)), str(path))
    return path


def _pairs(question: str) -> list[train_pairs.Pair]:
    return train_pairs.pairs_of(BENCH / "data", train_pairs.TASKS[question])


def measured(item: BenchmarkSet, path: Path) -> tuple[dict[str, float], dict[str, tuple[float, ...]]]:
    """The set's figures, and of each pair which questions were answered right."""
    readings = train_pairs.read_all((), str(path))
    figures: dict[str, float] = {}
    right: dict[str, tuple[float, ...]] = {}
    for question in QUESTIONS[item.name]:
        task = train_pairs.TASKS[question]
        found = train_pairs.results(task, BENCH / "data", readings)
        print(train_pairs.printed(task, found))
        figures[f"{question}.macro_f1"] = _macro(found)
        for case, hit in zip(found["id"].tolist(), found["gold"] == found["judge"], strict=True):
            right[case] = (*right.get(case, ()), float(hit))
    return figures, right


def _macro(found: Found) -> float:
    return train_pairs.macro_f1(found["gold"], found["judge"], sorted(set(found["gold"].tolist())))
