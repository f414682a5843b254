"""``python -m benchmarks.corrections LABELS.jsonl …`` – how often the machine agreed with analysts.

Reads what ``onrecord corrections --format jsonl`` prints. Only corrections in force count, each pair and each mention
once, by the last word about it. An analyst corrects what is wrong: this is a set of hard cases, no sample.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAIRS = ("event", "story", "copy")
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a person said of a pair or a mention, and what the machine had said; places are report, start and end."""

    kind: str
    left: Key
    right: Key | None
    said: str
    machine: str | None
    score: float | None


def load(paths: Iterable[Path]) -> list[Labelled]:
    """The labels in force of these files, the last word about each thing."""
    found: dict[Key, Labelled] = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if not row["in_force"]:
                continue
            for label in row["labels"]:
                item = _labelled(label)
                found[(item.kind, item.left, item.right)] = item
    return list(found.values())


def _labelled(label: dict[str, Any]) -> Labelled:
    sides = [_place(label[name]) for name in ("left", "right") if label[name] is not None]
    left, right = (sides[0], None) if len(sides) == 1 else sorted(sides, key=str)
    return Labelled(label["kind"], left, right, label["said"], label["machine"], label["score"])


def _place(side: dict[str, Any]) -> Key:
    return side["report"], side["start"], side["end"]


def figures(labels: Sequence[Labelled]) -> dict[str, float]:
    """By kind: how many, and the share on which the machine agreed; of pairs also how many it had not judged."""
    out: dict[str, float] = {}
    for kind in sorted({x.kind for x in labels}):
        mine = [x for x in labels if x.kind == kind]
        out[f"{kind}.labels"] = len(mine)
        out[f"{kind}.agreed"] = round(sum(x.machine == x.said for x in mine) / len(mine), 4)
        if kind in PAIRS:
            out[f"{kind}.unsure"] = sum(x.machine == "unsure" for x in mine)
            out[f"{kind}.unjudged"] = sum(x.machine is None for x in mine)
    return out


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    for name, value in figures(load(Path(a) for a in arguments)).items():
        print(f"{name:24} {value:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
