"""Trains ``onrecord/data/linking-events.json``: do two event mentions speak of the same happening?

    python models/linking/train_events.py ../shared/bench/data onrecord/data/linking-events.json [readings.pickle]

On ECB+ train, read with the program itself: gold mentions are looked up among the events it found. Pairs are those that
linking would compare. Story scores come from models that did not see the report's topic. Seeded.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from train_stories import exported, pairs_of, report_of, rows_of
from train_stories import train as train_stories

from onrecord.linking.digests import digest
from onrecord.linking.event_candidates import Told, compared
from onrecord.linking.event_features import FEATURES, features
from onrecord.linking.story_features import Prepared
from onrecord.linking.story_features import features as story_features
from onrecord.model import Digest, Reading, global_id

SEED = 1
PLAUSIBLE = 0.2
NEITHER = frozenset(
    ("rare_lemma", "roles_swapped", "headlines", "background_differs", "same_report", "same_sentence", "lemma_count")
)
FALLING = frozenset(name for name in FEATURES if name.endswith(("_differ", "_differs", "_apart", "_in_one"))) - NEITHER


@dataclass
class Topic:
    """The reports of one topic: digests, and the gold cluster of each event mention that has one."""

    name: str
    digests: list[Digest]
    clusters: dict[str, str]


def readings_of(rows: list[dict[str, Any]], cache: Path | None) -> list[Reading]:
    if cache is not None and cache.exists():
        return pickle.loads(cache.read_bytes())
    from onrecord.reading.reader import Reader

    readings = [r for r in Reader().read_many(report_of(row) for row in rows) if isinstance(r, Reading)]
    if cache is not None:
        cache.write_bytes(pickle.dumps(readings))
    return readings


def topics_of(rows: list[dict[str, Any]], readings: list[Reading]) -> list[Topic]:
    by_id = {reading.report.id: reading for reading in readings}
    topics: dict[str, Topic] = {}
    for row in rows:
        reading = by_id.get(row["id"])
        if reading is None:
            continue
        topic = topics.setdefault(str(row["topic"]), Topic(str(row["topic"]), [], {}))
        topic.digests.append(digest(reading))
        topic.clusters.update(matched(row, reading))
    return list(topics.values())


def matched(row: dict[str, Any], reading: Reading) -> dict[str, str]:
    """Gold mentions found among the reading's events, by greatest overlap, one to one."""
    offers = sorted(
        (
            (min(m["end"], e.anchor.end) - max(m["start"], e.anchor.start), -i, -j)
            for i, m in enumerate(row["mentions"])
            for j, e in enumerate(reading.events)
        ),
        reverse=True,
    )
    gold, mine, out = set(), set(), {}
    for width, i, j in offers:
        if width > 0 and i not in gold and j not in mine:
            gold.add(i)
            mine.add(j)
            out[global_id(reading.report.id, reading.events[-j].id)] = row["mentions"][-i]["cluster"]
    return out


def held_out_stories(rows: list[dict[str, Any]]) -> dict[str, HistGradientBoostingClassifier]:
    """For each topic a story model of the other half of the topics."""
    names = sorted({str(row["topic"]) for row in rows})
    models = {}
    for part in range(2):
        seen = [row for row in rows if names.index(str(row["topic"])) % 2 != part]
        model = train_stories([(pairs_of(seen, "subtopic"), 1.0)])
        models.update({name: model for i, name in enumerate(names) if i % 2 == part})
    return models


def examples(topic: Topic, model: HistGradientBoostingClassifier) -> tuple[list[list[float]], list[bool]]:
    """Rows and answers: pairs that linking would score, of which the gold knows both mentions."""
    table: list[list[float]] = []
    same: list[bool] = []
    prepared = [Prepared(d) for d in topic.digests]
    reports = [Told(d) for d in topic.digests]

    def add(first: Told, second: Told, story: float) -> None:
        for left, right, rivals in compared(first, second):
            if left.event.id in topic.clusters and right.event.id in topic.clusters:
                table.append(features(left, right, story, first is second, rivals))
                same.append(topic.clusters[left.event.id] == topic.clusters[right.event.id])

    for report in reports:
        add(report, report, 1.0)
    index = list(combinations(range(len(prepared)), 2))
    if not index:
        return table, same
    scores = model.predict_proba(np.array([story_features(prepared[a], prepared[b]) for a, b in index]))[:, 1]
    for (a, b), story in zip(index, scores, strict=True):
        if story >= PLAUSIBLE:
            add(reports[a], reports[b], float(story))
    return table, same


def fit(table: np.ndarray, same: np.ndarray) -> HistGradientBoostingClassifier:
    directions = [0 if f in NEITHER else -1 if f in FALLING else 1 for f in FEATURES]
    model = HistGradientBoostingClassifier(
        max_iter=120,
        max_leaf_nodes=8,
        learning_rate=0.07,
        min_samples_leaf=60,
        l2_regularization=10.0,
        monotonic_cst=directions,
        random_state=SEED,
    )
    return model.fit(table, same)


def main(data: str, target: str, cache: str = "") -> None:
    rows = rows_of(Path(data) / "same-event.ecbplus-train.jsonl.gz")
    topics = topics_of(rows, readings_of(rows, Path(cache) if cache else None))
    models = held_out_stories(rows)
    parts: dict[str, tuple[list[list[float]], list[bool]]] = {}
    for topic in topics:
        parts[topic.name] = examples(topic, models[topic.name])
    table = np.array([row for rows_, _ in parts.values() for row in rows_])
    same = np.array([answer for _, answers in parts.values() for answer in answers])
    model = fit(table, same)
    Path(target).write_text(json_of(exported(model, FEATURES)), encoding="utf8")
    print(f"{len(same)} pairs, {int(same.sum())} of one event")


def json_of(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
