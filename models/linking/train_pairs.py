"""Trains ``onrecord/data/linking-pair-judge.json``: what one text does with the claim of another.

    python models/linking/train_pairs.py ../shared/bench/data onrecord/data/linking-pair-judge.json [READINGS] [check]

Two questions: does claim B weaken, or strengthen, claim A (ClaimDiff, by topic); is a headline for or against a rumour,
or does it only observe it (Emergent, by rumour). Texts are read with the program itself. READINGS is a file that keeps
the readings between runs, or ``""``; ``check`` cross-validates over whole topics and rumours, beside a majority and a
similarity baseline, and writes nothing. One ridge-penalised logistic model an answer (Hoerl and Kennard 1970; fitted by
Newton's steps), with numpy alone: a few hundred rare answers bear no more. Seeded.
"""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.linking.pair_features import FEATURES, Side, features, similarity
from onrecord.linking.pair_judge import Linear, chances_of, standard
from onrecord.model import Reading

SEED = 1
FOLDS = 5
INNER = 4  # folds of a training part over which the weights of its answers are chosen
WEIGHTS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0, 2.8, 4.0)  # by which an answer's chance is multiplied
RIDGE = 100.0  # of all standardised features; tried 3 to 300. Of a single one, its share
STEPS = 12
SUREST = 50  # pairs for which the rarest answer is likeliest: how many are right says what a register could rest on
Table = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Task:
    """A question about pairs, and where its answers are."""

    name: str
    file: str
    left: str
    right: str
    group: str
    answer: str
    words: dict[Any, str]  # an answer as the file gives it, and as we call it


TASKS = {
    task.name: task
    for task in (
        Task("weakens", "claims.claimdiff-weak-train.jsonl.gz", "claim_a", "claim_b", "topic", "weak",
             {0: "no", 1: "weakens"}),
        Task("strengthens", "claims.claimdiff-strength-train.jsonl.gz", "claim_a", "claim_b", "topic", "strength",
             {0: "no", 1: "strengthens"}),
        Task("stance", "stance.emergent.jsonl.gz", "claim", "headline", "claim_id", "stance",
             {"for": "for", "against": "against", "observing": "observing"}),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    id: str
    group: str
    left: str
    right: str
    answer: str


def pairs_of(data: Path, task: Task) -> list[Pair]:
    with gzip.open(data / task.file, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Pair(r["id"], str(r[task.group]), r[task.left], r[task.right], task.words[r[task.answer]]) for r in rows]


def table_of(pairs: Iterable[Pair], readings: dict[str, Reading]) -> tuple[Table, Table]:
    """The features of each pair, and by itself the likeness that the baseline goes by."""
    sides = {text: Side(reading) for text, reading in readings.items()}
    both = [(sides[p.left], sides[p.right]) for p in pairs]
    return np.vstack([features(a, b) for a, b in both]), np.array([[similarity(a, b)] for a, b in both])


def folds_of(groups: Sequence[str], count: int, seed: int = SEED) -> np.ndarray[Any, Any]:
    """The fold of each pair: whole groups, the largest first, each to the fold that has least."""
    sizes = Counter(groups)
    order = sorted(sizes)
    np.random.RandomState(seed).shuffle(order)
    filled, where = [0] * count, {}
    for group in sorted(order, key=lambda g: -sizes[g]):
        where[group] = int(np.argmin(filled))
        filled[where[group]] += sizes[group]
    return np.array([where[g] for g in groups])


def one_model(table: Table, target: np.ndarray[Any, Any]) -> Linear:
    """A logistic model of whether the answer is this one; rare answers weigh as much as the others together."""
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    rows = np.hstack([standard(table, middle, spread), np.ones((len(table), 1))])
    share = min(max(target.mean(), 1e-3), 1 - 1e-3)
    weight = np.where(target, 0.5 / share, 0.5 / (1 - share))
    penalty = np.diag([RIDGE * table.shape[1] / len(FEATURES)] * table.shape[1] + [1e-6])
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -30.0, 30.0)))
        slope = rows.T @ (weight * (target - chance)) - penalty @ found
        bend = (rows * (weight * chance * (1.0 - chance))[:, None]).T @ rows + penalty
        found = found + np.linalg.solve(bend, slope)
    return Linear(middle, spread, found[:-1], float(found[-1]))


def models_of(table: Table, answers: np.ndarray[Any, Any], names: Sequence[str]) -> tuple[Linear, ...]:
    """One model an answer, against the rest."""
    return tuple(one_model(table, answers == name) for name in names)


def macro_f1(gold: np.ndarray[Any, Any], said: np.ndarray[Any, Any], names: Sequence[str]) -> float:
    return float(np.mean([f1_of(gold, said, name) for name in names]))


def f1_of(gold: np.ndarray[Any, Any], said: np.ndarray[Any, Any], name: str) -> float:
    hit, told, true = ((gold == name) & (said == name)).sum(), (said == name).sum(), (gold == name).sum()
    return float(2 * hit / (told + true)) if told + true else 0.0


def weights_for(scores: Table, answers: np.ndarray[Any, Any], names: Sequence[str]) -> Table:
    """The weight of each answer that gives the best macro-F1, found one answer at a time, twice over."""
    best = np.ones(len(names))
    for place in [*range(len(names))] * 2:
        tries = []
        for weight in WEIGHTS:
            given = best.copy()
            given[place] = weight
            tries.append((macro_f1(answers, decided(scores * given, names), names), -abs(weight - 1.0), weight))
        best[place] = max(tries)[2]
    return best


def decided(scores: Table, names: Sequence[str]) -> np.ndarray[Any, Any]:
    return np.array(names)[scores.argmax(axis=1)]


def trained(
    table: Table, answers: np.ndarray[Any, Any], groups: Sequence[str], names: Sequence[str]
) -> tuple[tuple[Linear, ...], Table]:
    """Models of a training part, and the weights of their answers, chosen on models that did not see the groups."""
    fold = folds_of(groups, INNER)
    scores = np.zeros((len(answers), len(names)))
    for held in range(INNER):
        seen = models_of(table[fold != held], answers[fold != held], names)
        scores[fold == held] = chances_of(seen, table[fold == held])
    return models_of(table, answers, names), weights_for(scores, answers, names)


def cross_validated(table: Table, pairs: Sequence[Pair], names: Sequence[str]) -> np.ndarray[Any, Any]:
    """What models that did not see a pair's group answer."""
    return decided(weighed(table, pairs, names), names)


def weighed(table: Table, pairs: Sequence[Pair], names: Sequence[str]) -> Table:
    """The weighed chance of each answer, by models that did not see the pair's group."""
    answers, groups = np.array([p.answer for p in pairs]), [p.group for p in pairs]
    fold = folds_of(groups, FOLDS)
    found = np.zeros((len(pairs), len(names)))
    for held in range(FOLDS):
        seen = fold != held
        models, weights = trained(
            table[seen], answers[seen], [g for g, s in zip(groups, seen, strict=True) if s], names
        )
        found[~seen] = chances_of(models, table[~seen]) * weights
    return found


def names_of(pairs: Sequence[Pair]) -> list[str]:
    return names_of_answers(p.answer for p in pairs)


def results(task: Task, data: Path, readings: dict[str, Reading]) -> dict[str, np.ndarray[Any, Any]]:
    """The answers of the judge and of both baselines, all of them by models that did not see the group."""
    pairs = pairs_of(data, task)
    names = names_of(pairs)
    table, likeness = table_of(pairs, readings)
    scores = weighed(table, pairs, names)
    return {
        "id": np.array([p.id for p in pairs]),
        "gold": np.array([p.answer for p in pairs]),
        "judge": decided(scores, names),
        "surest": np.argsort(-scores[:, -1] / scores.sum(axis=1))[:SUREST],
        "similarity": cross_validated(likeness, pairs, names),
        "majority": np.array([names[0]] * len(pairs)),
    }


def read_all(texts: Iterable[str], keep: str = "") -> dict[str, Reading]:
    """Each text's reading; from the file, if it holds them."""
    from onrecord.model import Report
    from onrecord.reading.reader import Reader

    path = Path(keep) if keep else None
    if path and path.exists():
        return dict(pickle.loads(path.read_bytes()))
    wanted = list(dict.fromkeys(texts))
    reports = [Report(f"r{i}", f"r{i}", text) for i, text in enumerate(wanted)]
    made = {r.report.text: r for r in Reader().read_many(reports) if isinstance(r, Reading)}
    if path:
        path.write_bytes(pickle.dumps(made))
    return made


def printed(task: Task, found: dict[str, np.ndarray[Any, Any]]) -> str:
    names = sorted(set(found["gold"]))
    lines = [f"{task.name}: {len(found['gold'])} pairs"]
    for who in ("majority", "similarity", "judge"):
        each = ", ".join(f"{n} {f1_of(found['gold'], found[who], n):.3f}" for n in names)
        right = float(np.mean(found["gold"] == found[who]))
        macro = macro_f1(found["gold"], found[who], names)
        lines.append(f"  {who:10} macro-F1 {macro:.3f} ({each}), accuracy {right:.3f}")
    rarest = names_of_answers(found["gold"])[-1]
    hits = int((found["gold"][found["surest"]] == rarest).sum())
    lines.append(f"  of the {SUREST} surest of “{rarest}” {hits} are right")
    return "\n".join(lines)


def names_of_answers(answers: Iterable[str]) -> list[str]:
    """The commonest first."""
    return [name for name, _ in sorted(Counter(map(str, answers)).items(), key=lambda item: (-item[1], item[0]))]


def shipped(task: Task, data: Path, readings: dict[str, Reading]) -> dict[str, Any]:
    """The models of all pairs, and the weights of their answers."""
    pairs = pairs_of(data, task)
    names = names_of(pairs)
    table, _ = table_of(pairs, readings)
    models, weights = trained(table, np.array([p.answer for p in pairs]), [p.group for p in pairs], names)
    return {
        "answers": names,
        "weights": [float(w) for w in weights],
        "features": list(FEATURES),
        "models": [
            {
                "middle": [float(f"{v:.6g}") for v in m.middle],
                "spread": [float(f"{v:.6g}") for v in m.spread],
                "slopes": [float(f"{v:.5g}") for v in m.slopes],
                "offset": float(f"{m.offset:.5g}"),
            }
            for m in models
        ],
    }


def main(data: str, target: str, keep: str = "", mode: str = "") -> None:
    folder = Path(data)
    texts = [t for task in TASKS.values() for p in pairs_of(folder, task) for t in (p.left, p.right)]
    readings = read_all(texts, keep)
    if mode == "check":
        for task in TASKS.values():
            print(printed(task, results(task, folder, readings)), flush=True)
        return
    made = {name: shipped(task, folder, readings) for name, task in TASKS.items()}
    Path(target).write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
