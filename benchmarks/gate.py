"""The gate: floors in git, compared with what was measured. A floor is lowered only when that is asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
FROZEN = HERE / "frozen"
# BLAS kernels differ between processors: a few tokens flip, which moves a figure by less than this.
EPSILON = 0.004


@dataclass(frozen=True)
class Breach:
    """A figure that fell below its floor, or data that is not what the floor was measured on."""

    name: str
    figure: str
    floor: float
    measured: float

    def __str__(self) -> str:
        return f"{self.name} {self.figure}: {self.measured:.4f} is below its floor {self.floor:.4f}"


def corpus_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def breaches(name: str, measured: dict[str, float], floors: dict[str, Any]) -> list[Breach]:
    """Every committed figure of this set that was not reached; a figure that was not measured counts as 0."""
    kept = floors.get(name, {}).get("figures", {})
    return [
        Breach(name, figure, floor, measured.get(figure, 0.0))
        for figure, floor in kept.items()
        if measured.get(figure, 0.0) < floor - EPSILON
    ]


def raised(old: dict[str, float], measured: dict[str, float], *, lower: bool) -> dict[str, float]:
    """The new floors: never below the old ones, unless ``lower``."""
    if lower:
        return dict(measured)
    return {k: max(v, old.get(k, v)) for k, v in measured.items()}


def frozen_path(name: str) -> Path:
    return FROZEN / f"{name}.tsv"


def write_frozen(name: str, columns: tuple[str, ...], cases: dict[str, tuple[float, ...]]) -> None:
    FROZEN.mkdir(exist_ok=True)
    lines = ["\t".join(("case", *columns))]
    lines += ["\t".join((case, *(f"{v:g}" for v in values))) for case, values in sorted(cases.items())]
    frozen_path(name).write_text("\n".join(lines) + "\n", "utf-8")


def read_frozen(name: str) -> dict[str, tuple[float, ...]]:
    path = frozen_path(name)
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    return {row[0]: tuple(float(v) for v in row[1:]) for row in rows}


def differences(old: dict[str, tuple[float, ...]], new: dict[str, tuple[float, ...]]) -> tuple[list[str], list[str]]:
    """Cases that got better, and worse, by the sum of their figures."""
    better = [c for c in new if c in old and sum(new[c]) > sum(old[c]) + 1e-3]
    worse = [c for c in new if c in old and sum(new[c]) < sum(old[c]) - 1e-3]
    return better, worse
