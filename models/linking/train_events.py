"""Trains ``onrecord/data/linking-events.json``: do two event mentions speak of the same happening?

    python models/linking/train_events.py ../shared/bench/data TARGET [READINGS] [SENSES] [check]

TARGET is ``onrecord/data/linking-events.json``. On ECB+ train, read with the program itself: gold mentions are looked
up among the events it found. Pairs are those that linking would compare. Story scores come from models that did not
see the report's topic. READINGS is a file that keeps the readings between runs, or ``""``; SENSES one of
``senses.py``, with vectors of mentions by what did not see their topic; ``check`` cross-validates by topic and writes
nothing. Seeded.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score
from train_stories import ECB_WEIGHT, Pairs, exported, pairs_of, report_of, rows_of
from train_stories import train as train_stories

from onrecord.linking.digests import digest
from onrecord.linking.event_candidates import compared
from onrecord.linking.event_features import FEATURES, features
from onrecord.linking.event_sheets import Told
from onrecord.linking.linker import PLAUSIBLE_STORY
from onrecord.linking.stories import story_scores
from onrecord.linking.story_features import FEATURES as STORY_FEATURES
from onrecord.linking.story_features import Prepared
from onrecord.linking.trees import Forest, forest_from
from onrecord.model import Digest, Reading, global_id

SEED = 1
EMPTY: Mapping[str, str] = MappingProxyType({})
FOLDS = 5
RISING = frozenset(
    (
        "same_lemma",
        "same_form",
        "related_lemma",
        "participants",
        "same_place",
        "sense_cosine",
        "sense_ahead",
        "sense_ahead_most",
        "times_meet",
        "quantities_agree",
        "story",
    )
)
FALLING = frozenset(
    (
        "types_differ", "participants_differ", "sentence_names_differ", "places_differ", "times_apart",
        "quantities_differ", "repeated_in_one",
    )
)  # fmt: skip


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


def topics_of(rows: list[dict[str, Any]], readings: list[Reading], senses: Mapping[str, str] = EMPTY) -> list[Topic]:
    by_id = {reading.report.id: reading for reading in readings}
    topics: dict[str, Topic] = {}
    for row in rows:
        reading = by_id.get(row["id"])
        if reading is None:
            continue
        topic = topics.setdefault(str(row["topic"]), Topic(str(row["topic"]), [], {}))
        made = digest(reading)
        events = tuple(replace(e, sense=senses.get(e.id, e.sense)) for e in made.events)
        topic.digests.append(replace(made, events=events))
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


def folds_of(topics: list[Topic]) -> dict[str, int]:
    order = np.random.RandomState(SEED).permutation(len(topics))
    names = sorted(topic.name for topic in topics)
    return {names[at]: number % FOLDS for number, at in enumerate(order)}


def story_forest(gva: Pairs, ecb: list[dict[str, Any]]) -> Forest:
    model = train_stories([(gva, 1.0), (pairs_of(ecb, "subtopic"), ECB_WEIGHT)])
    return forest_from(exported(model, STORY_FEATURES))


def examples(topic: Topic, forest: Forest) -> tuple[list[np.ndarray], list[bool]]:
    """Rows and answers: pairs that linking would score, of which the gold knows both mentions."""
    rows: list[np.ndarray] = []
    same: list[bool] = []
    reports = [Told(d) for d in topic.digests]
    prepared = [Prepared(d) for d in topic.digests]
    for number, mine in enumerate(reports):
        scores = story_scores(prepared[number], prepared[:number], forest)
        others = [(o, s) for o, s in zip(reports[:number], scores, strict=True) if s >= PLAUSIBLE_STORY]
        against = [(mine, 1.0), *others]
        found = compared([(mine, against)])
        table = features(found.pairing, found.chosen)
        for at, (i, block, row) in enumerate(zip(found.chosen.i, found.block, found.row, strict=True)):
            left = topic.clusters.get(mine.views[i].event.id)
            right = topic.clusters.get(against[block][0].views[row].event.id)
            if left and right:
                rows.append(table[at])
                same.append(left == right)
    return rows, same


def fit(table: np.ndarray, same: np.ndarray) -> HistGradientBoostingClassifier:
    directions = [1 if f in RISING else -1 if f in FALLING else 0 for f in FEATURES]
    model = HistGradientBoostingClassifier(
        max_iter=200,
        max_leaf_nodes=16,
        learning_rate=0.05,
        min_samples_leaf=80,
        l2_regularization=20.0,
        monotonic_cst=directions,
        random_state=SEED,
    )
    return model.fit(table, same)


def check(table: np.ndarray, same: np.ndarray, fold: np.ndarray) -> None:
    """How well scores of pairs of unseen topics rank, and how often a pair of such a score is one event."""
    scores = np.zeros(len(same))
    for part in range(FOLDS):
        held = fold == part
        scores[held] = fit(table[~held], same[~held]).predict_proba(table[held])[:, 1]
    print(f"average precision {average_precision_score(same, scores):.3f}")
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 1.0)):
        here = (scores >= low) & (scores < high)
        print(f"score {low:.2f} to {high:.2f}: {here.sum()} pairs, of one event {same[here].mean():.3f}")


def main(data: str, target: str, cache: str = "", senses: str = "", mode: str = "") -> None:
    rows = rows_of(Path(data) / "same-event.ecbplus-train.jsonl.gz")
    unseen = pickle.loads(Path(senses).read_bytes()) if senses else EMPTY
    topics = topics_of(rows, readings_of(rows, Path(cache) if cache else None), unseen)
    gva = pairs_of(rows_of(Path(data) / "same-event.gva-news.jsonl.gz"), "event")
    fold = folds_of(topics)
    parts = []
    for number in range(FOLDS):
        forest = story_forest(gva, [row for row in rows if fold.get(str(row["topic"])) != number])
        parts.extend((number, *examples(topic, forest)) for topic in topics if fold[topic.name] == number)
    table = np.array([row for _, found, _ in parts for row in found])
    same = np.array([answer for _, _, answers in parts for answer in answers])
    print(f"{len(same)} pairs, {int(same.sum())} of one event")
    if mode == "check":
        check(table, same, np.array([number for number, _, answers in parts for _ in answers]))
        return
    made = exported(fit(table, same), FEATURES)
    Path(target).write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
