"""Sets how attributions are decoded: ``python -m models.attribution_tune --data ../shared/bench/data``.

Counts by seam how annotated tags follow one another in PolNeAR's training part, and sets the scalars (weight of the
counts, bias of each role …) by coordinate ascent on the reports that no training sees, with the installed weights. 42
reports are few for seven scalars: ``onrecord/data/attribution-decoding.json`` is written halfway between the scalars
that stand there and the height that was found. The encoder reads each report once. No -dev part is read; nothing is
drawn by chance, so the same weights and file give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.runner import scorer
from models.parts import HELD_OUT_REPORTS
from onrecord.inputs import InputOptions, find_reports
from onrecord.model import Report
from onrecord.reading.attribution_decoding import DATA, ROLES, SEAMS, TAGS, Decoding, seams
from onrecord.reading.attribution_quotes import quotations
from onrecord.reading.attributions import drafts_of
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader

PART = "attribution.polnear-train.jsonl.gz"
# Coordinate ascent ends on the nearest height: it sets out from two places far apart.
STARTS = (
    {"scale": 0.5, "prior": 0.5, "source": 0.5, "cue": 0.5, "content": 0.2, "opening": 0.35, "beside": 0.4},
    {"scale": 0.35, "prior": 0.7, "source": 0.5, "cue": 0.5, "content": 0.0, "opening": 0.15, "beside": 0.6},
)
STEPS = {"scale": 0.15, "prior": 0.2, "source": 0.2, "cue": 0.2, "content": 0.15, "opening": 0.15, "beside": 0.2}
FINER = 2  # rounds, each with half the steps of the one before
Gold = dict[str, Any]


@dataclass(frozen=True)
class HeldOut:
    """A report that no training saw, read up to its attributions, with its answers."""

    page: Page
    gold: Gold


def rows(path: Path) -> list[Gold]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def reports_of(gold: Sequence[Gold]) -> list[Report]:
    """The reports as a user's table of them is read, in order."""
    with tempfile.TemporaryDirectory() as folder:
        answers, path = Path(folder) / "answers.jsonl", Path(folder) / "reports.jsonl"
        answers.write_text("".join(json.dumps(g) + "\n" for g in gold), "utf-8")
        scorer().prepare(str(answers), str(path))
        found = {r.address: r for r in find_reports([str(path)], InputOptions()) if isinstance(r, Report)}
    return [found[g["id"]] for g in gold]


def step_counts(reader: Reader, gold: Iterable[Gold]) -> NDArray[np.float64]:
    """How often each tag follows each other one, by what stands between them."""
    counts = np.zeros((len(SEAMS), len(TAGS), len(TAGS)))
    gold = list(gold)
    for item, doc in zip(gold, reader.docs(Report(g["id"], g["id"], g["text"]) for g in gold), strict=True):
        tokens = [t for t in doc if not t.is_space]
        tags = gold_tags([t.idx for t in tokens], [t.idx + len(t) for t in tokens], item)
        between = seams(tokens, quotations(item["text"]))
        for seam, (before, after) in zip(between, pairwise(tags), strict=True):
            counts[seam, before, after] += 1
    return counts


def gold_tags(starts: Sequence[int], ends: Sequence[int], item: Gold) -> list[int]:
    """A report's tokens as annotated: numbers in the order of ``TAGS``."""
    begins, stops = np.asarray(starts), np.asarray(ends)
    tags = np.zeros(len(begins), dtype=np.int64)
    for attribution in item["attributions"]:
        for number, role in enumerate(ROLES):
            for start, end in attribution[role]:
                inside = np.flatnonzero((begins < end) & (stops > start))
                tags[inside] = 2 * number + 2
                tags[inside[:1]] = 2 * number + 1
    return [int(t) for t in tags]


def held_out(reader: Reader, gold: Sequence[Gold]) -> list[HeldOut]:
    """Reports read by every step before the attributions: the encoder's scores are kept."""
    before = reader.steps[: [s.name for s in reader.steps].index("attributions")]
    found = []
    reports = reports_of(gold)
    for report, doc, item in zip(reports, reader.docs(reports), gold, strict=True):
        page = Page(report, doc)
        for step in before:
            step.run(page)
        found.append(HeldOut(page, item))
    return found


def figure(reports: Sequence[HeldOut], by: Decoding, score: Any) -> float:
    """The mean of what score.py tells: token F1 and span overlap of each role, and F1 of whole attributions."""
    system = {}
    for report in reports:
        drafts = drafts_of(report.page, by)
        spans = [{r: [{"start": s.start, "end": s.end} for s in getattr(d, r)] for r in ROLES} for d in drafts]
        system[report.gold["id"]] = {"attributions": spans}
    told = score.attribution([r.gold for r in reports], system)
    parts = [told[kind][role]["f1"] for kind in ("token", "span_overlap") for role in ROLES]
    return float(np.mean([*parts, told["attribution"]["f1"]]))


def decoding_of(counts: NDArray[np.float64], values: dict[str, float]) -> Decoding:
    bias = (values["source"], values["cue"], values["content"])
    return Decoding(counts, values["scale"], values["prior"], bias, values["opening"], values["beside"])


def ascended(measure: Callable[[dict[str, float]], float], values: dict[str, float]) -> tuple[dict[str, float], float]:
    """Coordinate ascent: each scalar a step up or down while that helps, the steps halved from round to round."""
    best, steps = measure(values), dict(STEPS)
    print(f"start {best:.4f} {values}", flush=True)
    for _ in range(1 + FINER):
        moved = True
        while moved:
            moved = False
            for name, step in steps.items():
                for tried in (values[name] + step, values[name] - step):
                    other = {**values, name: round(max(0.0, tried), 4)}
                    found = measure(other) if other != values else best
                    if found > best + 1e-5:
                        best, values, moved = found, other, True
                        print(f"{best:.4f} {values}", flush=True)
                        break
        steps = {name: step / 2 for name, step in steps.items()}
    return values, best


def halfway(found: dict[str, float], path: Path) -> dict[str, float]:
    """The scalars between those of the file that is there, if any, and these."""
    if not path.is_file():
        return found
    kept = json.loads(path.read_text("utf-8"))
    before = {**kept, **kept["bias"]}
    return {name: round((before[name] + value) / 2, 4) for name, value in found.items()}


def written(by: Decoding, path: Path) -> None:
    bias = dict(zip(ROLES, by.bias, strict=True))
    scalars = {"scale": by.scale, "prior": by.prior, "bias": bias, "opening": by.opening, "beside": by.beside}
    held = {"seams": list(SEAMS), "counts": by.counts.astype(int).tolist(), **scalars}
    path.write_text(json.dumps(held) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m models.attribution_tune", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/data"))
    parser.add_argument("--to", type=Path, default=DATA / "attribution-decoding.json")
    options = parser.parse_args(argv)
    begun = time.perf_counter()
    gold, reader, score = rows(options.data / PART), Reader(), scorer()
    counts = step_counts(reader, (g for i, g in enumerate(gold) if i % HELD_OUT_REPORTS))
    print(f"counted {int(counts.sum()):,} steps in {time.perf_counter() - begun:.0f} s", flush=True)
    reports = held_out(reader, [g for i, g in enumerate(gold) if i % HELD_OUT_REPORTS == 0])
    seen: dict[tuple[float, ...], float] = {}

    def measure(values: dict[str, float]) -> float:
        key = tuple(values.values())
        if key not in seen:
            seen[key] = figure(reports, decoding_of(counts, values), score)
        return seen[key]

    values, best = max((ascended(measure, dict(start)) for start in STARTS), key=lambda found: found[1])
    chosen = halfway(values, options.to)
    written(decoding_of(counts, chosen), options.to)
    print(f"{best:.4f} over {len(reports)} reports, {len(seen)} settings tried, {time.perf_counter() - begun:.0f} s")
    print(f"written, halfway: {measure(chosen):.4f} {chosen}")


if __name__ == "__main__":
    main()
