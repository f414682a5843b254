"""Trains ``onrecord/data/linking-stories.json``: do two reports tell one story?

    python models/linking/train_stories.py ../shared/bench/data onrecord/data/linking-stories.json [check]

Pairs are those that the shipped candidate keys find, of GVA (reports of shootings, by incident) and of ECB+ train (each
topic with its look-alike sub-topic). Half of the pairs lose their days of publication, so that undated reports are
judged sensibly. ``check`` cross-validates over GVA's incidents and writes nothing. Seeded.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from onrecord.linking.clusters import cluster
from onrecord.linking.digests import digest, key_weight, sought
from onrecord.linking.story_features import FEATURES, NAMED, Prepared, features
from onrecord.model import Digest, Judgement, JudgementKind, Reading, Report, Stamp, Verdict

SEED = 1
CANDIDATES = 40
POSTINGS = 300
FOLDS = 3
ECB_WEIGHT = 0.3
NEITHER = frozenset(("published_unknown", "shorter", "longer"))
CIRCUMSTANCES = tuple(f"{name}{end}" for name in NAMED.values() for end in ("", "_apart"))
FALLING = frozenset(name for name in FEATURES if name.endswith("_apart")) | {"nearest_days"}


@dataclass
class Pairs:
    """Pairs of one collection: rows of features, same story or not, and either report's group."""

    rows: np.ndarray
    same: np.ndarray
    first: np.ndarray  # report numbers
    second: np.ndarray
    group: list[int]  # of each report

    @property
    def left(self) -> np.ndarray:
        return np.array(self.group)[self.first]

    @property
    def right(self) -> np.ndarray:
        return np.array(self.group)[self.second]


def rows_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def report_of(row: dict[str, Any]) -> Report:
    day = (row.get("published") or "")[:10]
    stamp = None
    if day:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        stamp = Stamp(day, day, "field", moment, moment + timedelta(days=1))
    return Report(row["id"], row["id"], row["text"], title=row.get("title"), published=stamp, outlet=row.get("outlet"))


def candidates(digests: list[Digest]) -> list[list[int]]:
    """For each report the earlier ones that the ledger would offer."""
    postings: dict[str, list[int]] = defaultdict(list)
    found = []
    days = [made.earliest for made in digests if made.earliest]
    first, last = min(days, default=None), max(days, default=None)
    for index, made in enumerate(digests):
        scores: Counter[int] = Counter()
        for key in sought(made, first, last, len(days) < len(digests)):
            for other in postings[key][-POSTINGS:]:
                scores[other] += key_weight(key)
        for key in made.keys:
            postings[key].append(index)
        found.append([other for other, _ in scores.most_common(CANDIDATES)])
    return found


def pairs_of(rows: list[dict[str, Any]], label: str) -> Pairs:
    rows = sorted(rows, key=lambda row: (row.get("published") or "", row["id"]))
    digests = [digest(Reading(report_of(row), "training")) for row in rows]
    prepared = [Prepared(d) for d in digests]
    numbers = {name: i for i, name in enumerate(sorted({str(row[label]) for row in rows}))}
    group = [numbers[str(row[label])] for row in rows]
    table, left, right = [], [], []
    for index, others in enumerate(candidates(digests)):
        table.append(features(prepared[index], [prepared[other] for other in others]))
        left.extend(others)
        right.extend([index] * len(others))
    a, b, groups = np.array(left), np.array(right), np.array(group)
    return Pairs(np.vstack(table), groups[a] == groups[b], a, b, group)


def without_dates(pairs: Pairs) -> Pairs:
    rows = pairs.rows.copy()
    rows[:, FEATURES.index("published_apart")] = 3.0
    rows[:, FEATURES.index("published_unknown")] = 1.0
    return replace(pairs, rows=rows)


def without_circumstances(pairs: Pairs) -> Pairs:
    """The pairs as if their leads gave no tolls, hours, days and house numbers: most news is not of shootings."""
    rows = pairs.rows.copy()
    rows[:, [FEATURES.index(name) for name in CIRCUMSTANCES]] = 0.0
    return replace(pairs, rows=rows)


def fit(rows: np.ndarray, same: np.ndarray, weights: np.ndarray) -> HistGradientBoostingClassifier:
    directions = [0 if f in NEITHER else -1 if f in FALLING else 1 for f in FEATURES]
    model = HistGradientBoostingClassifier(
        max_iter=150,
        max_leaf_nodes=10,
        learning_rate=0.07,
        min_samples_leaf=40,
        l2_regularization=8.0,
        monotonic_cst=directions,
        random_state=SEED,
    )
    return model.fit(rows, same, sample_weight=weights)


def thinned(pairs: Pairs, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Indexes and weights: easy different pairs are thinned to a fifth, each counting five times."""
    easy = ~pairs.same & (pairs.rows[:, 0] < 0.12)
    kept = ~easy | (np.random.RandomState(seed).rand(len(easy)) < 0.2)
    return np.flatnonzero(kept), np.where(easy, 5.0, 1.0)


def train(parts: list[tuple[Pairs, float]]) -> HistGradientBoostingClassifier:
    tables, answers, weights = [], [], []
    for number, (pairs, weight) in enumerate(parts):
        kept, each = thinned(pairs, SEED + number)
        versions = (
            pairs,
            without_dates(pairs),
            without_circumstances(pairs),
            without_dates(without_circumstances(pairs)),
        )
        for version in versions:
            tables.append(version.rows[kept])
            answers.append(pairs.same[kept])
            weights.append(each[kept] * weight / len(versions))
    return fit(np.vstack(tables), np.concatenate(answers), np.concatenate(weights))


def cross_validated(gva: Pairs, others: list[tuple[Pairs, float]]) -> np.ndarray:
    """Scores of GVA's pairs by models that saw neither report's incident."""
    fold = np.random.RandomState(SEED).randint(0, FOLDS, max(gva.group) + 1)
    a, b = fold[gva.left], fold[gva.right]
    scores = np.zeros(len(gva.same))
    for first in range(FOLDS):
        for second in range(first, FOLDS):
            held = ((a == first) & (b == second)) | ((a == second) & (b == first))
            seen = ~np.isin(a, [first, second]) & ~np.isin(b, [first, second])
            part = Pairs(gva.rows[seen], gva.same[seen], gva.first[seen], gva.second[seen], gva.group)
            scores[held] = train([(part, 1.0), *others]).predict_proba(gva.rows[held])[:, 1]
    return scores


def exported(model: HistGradientBoostingClassifier, names: tuple[str, ...]) -> dict[str, Any]:
    """The trees as columns: feature (-1 at a leaf), threshold, left, right, value."""
    trees, deepest = [], 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        deepest = max(deepest, int(nodes["depth"].max()))
        trees.append(
            [
                [int(v) for v in np.where(leaf, -1, nodes["feature_idx"])],
                [float(f"{v:.6g}") for v in np.where(leaf, 0.0, nodes["num_threshold"])],
                [int(v) for v in nodes["left"]],
                [int(v) for v in nodes["right"]],
                [float(f"{v:.5g}") for v in np.where(leaf, nodes["value"], 0.0)],
            ]
        )
    base = float(np.ravel(model._baseline_prediction)[0])
    return {"features": list(names), "base": base, "depth": deepest, "calibration": [1.0, 0.0], "trees": trees}


def check(pairs: Pairs, scores: np.ndarray) -> str:
    """Pairs' precision, recall and F1 of the stories that clustering makes of the scores."""
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    judgements = [
        Judgement(
            f"{a}-{b}", JudgementKind.STORY, f"{a:06d}", f"{b:06d}", Verdict.UNSURE, float(s), (), "onrecord", moment
        )
        for a, b, s in zip(pairs.first, pairs.second, scores, strict=True)
    ]
    found = cluster(JudgementKind.STORY, [f"{i:06d}" for i in range(len(pairs.group))], judgements)
    members = [[pairs.group[int(m)] for m in c.members] for c in found]
    together = sum(math.comb(len(m), 2) for m in members)
    right = sum(math.comb(n, 2) for m in members for n in Counter(m).values())
    gold = sum(math.comb(n, 2) for n in Counter(pairs.group).values())
    precision, recall = right / together, right / gold
    return f"pairs: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * right / (together + gold):.3f}"


def main(data: str, target: str, mode: str = "") -> None:
    folder = Path(data)
    gva = pairs_of(rows_of(folder / "same-event.gva-news.jsonl.gz"), "event")
    ecb = pairs_of(rows_of(folder / "same-event.ecbplus-train.jsonl.gz"), "subtopic")
    if mode == "check":
        print("GVA, cross-validated by incident,", check(gva, cross_validated(gva, [(ecb, ECB_WEIGHT)])))
        return
    model = train([(gva, 1.0), (ecb, ECB_WEIGHT)])
    Path(target).write_text(json.dumps(exported(model, FEATURES), separators=(",", ":")) + "\n", encoding="utf8")
    print(f"{len(gva.same)} + {len(ecb.same)} pairs, {int(gva.same.sum())} + {int(ecb.same.sum())} of one story")


if __name__ == "__main__":
    main(*sys.argv[1:])
