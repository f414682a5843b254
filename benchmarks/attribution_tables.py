"""``python -m benchmarks attribution`` – PolNeAR dev by outlet, by form of quotation and by where the source stands.

An outlet's row is what the scorer prints for its reports alone. The rows of a form or a position hold the gold
attributions of that kind: recall of whole ones as the scorer matches and counts them, and for each role the F1 of
characters between every gold attribution and the one matched to it. Form and position are read off the gold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.runner import gold_rows, produce, scorer
from benchmarks.sets import SETS
from onrecord.reading.encoder_windows import quoted_stretches

TABLE = Path(__file__).resolve().parent / "attribution-tables.tsv"
SET = "attribution.polnear-dev"
ROLES = ("source", "cue", "content")
FORMS = ("direct", "mixed", "indirect")
POSITIONS = ("before", "inside", "after", "none")
HEADINGS = ("cut", "value", "gold", "whole.recall", *(f"token.{role}.f1" for role in ROLES))
SAME = 0.5  # Jaccard index from which the scorer takes two stretches for the same

Spans = list[tuple[int, int]]
Roles = dict[str, Spans]


@dataclass(frozen=True)
class Row:
    """One line of the table: so many gold attributions, the share of them found whole, and three F1s.

    A role that none of these gold attributions has is not measured.
    """

    cut: str
    value: str
    gold: int
    recall: float
    f1: tuple[float | None, float | None, float | None]

    def cells(self) -> tuple[str, ...]:
        figures = ("–" if v is None else f"{v:.4f}" for v in (self.recall, *self.f1))
        return (self.cut, self.value, str(self.gold), *figures)


@dataclass
class Tally:
    """Counts over the gold attributions of one kind."""

    gold: int = 0
    whole: int = 0
    shared: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    own: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))  # characters of the gold
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))  # and of the system

    def add(self, gold: Roles, system: Roles | None, score: ModuleType) -> None:
        self.gold += 1
        self.whole += system is not None and all(
            jaccard(gold[r], system[r], score) >= SAME for r in ("content", "source")
        )
        for role in ROLES:
            ours, theirs = score.chars(gold[role]), score.chars(system[role]) if system else set()
            self.shared[role] += len(ours & theirs)
            self.own[role] += len(ours)
            self.found[role] += len(theirs)

    def row(self, cut: str, value: str) -> Row:
        source, cue, content = map(self._f1, ROLES)
        return Row(cut, value, self.gold, self.whole / self.gold, (source, cue, content))

    def _f1(self, role: str) -> float | None:
        own, found = self.own[role], self.found[role]
        return 2 * self.shared[role] / (own + found) if own else None


def form_of(text: str, content: Spans) -> str:
    """Direct, if every word of a content stands in quotation marks; mixed, if some do; else indirect."""
    quotes = quoted_stretches(text)
    inside = [any(a <= i < b for a, b in quotes) for s, e in content for i in range(s, e) if text[i].isalnum()]
    return "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"


def position_of(source: Spans, content: Spans) -> str:
    """Where the source stands, seen from the content: before it, after it, inside it; none."""
    if not source or not content:
        return "none"
    if max(e for _, e in source) <= min(s for s, _ in content):
        return "before"
    return "after" if min(s for s, _ in source) >= max(e for _, e in content) else "inside"


def jaccard(one: Spans, other: Spans, score: ModuleType) -> float:
    a, b = score.chars(one), score.chars(other)
    return len(a & b) / len(a | b) if a or b else 1.0


def paired(
    report: Mapping[str, Any], system: Sequence[Mapping[str, Any]], score: ModuleType
) -> tuple[list[Roles], list[Roles], dict[int, int]]:
    """A report's gold attributions, the system's, and which of these the scorer pairs with which gold one."""
    text = report["text"]
    gold = [{r: score.strip(text, [tuple(s) for s in a[r]]) for r in ROLES} for a in report["attributions"]]
    found = [{r: score.strip(text, score.pairs(a.get(r))) for r in ROLES} for a in system]

    def weight(a: Roles, b: Roles) -> float:
        content = jaccard(a["content"], b["content"], score)
        return content + jaccard(a["source"], b["source"], score) if content > 0 else 0.0

    return gold, found, {i: j for i, j, _ in score.greedy(gold, found, weight)}


def matched(
    report: Mapping[str, Any], system: Sequence[Mapping[str, Any]], score: ModuleType
) -> Iterator[tuple[Roles, Roles | None]]:
    """Each gold attribution of a report with the system's that the scorer matches to it, if there is one."""
    gold, found, partner = paired(report, system, score)
    return ((item, found[partner[i]] if i in partner else None) for i, item in enumerate(gold))


def tables(gold: Sequence[Mapping[str, Any]], system: Mapping[str, Any], score: ModuleType) -> list[Row]:
    """All rows: everything, then outlets, forms and positions."""
    rows = [_scored("all", "all", gold, system, score)]
    outlets = sorted({str(g["outlet"]) for g in gold})
    rows += [_scored("outlet", o, [g for g in gold if g["outlet"] == o], system, score) for o in outlets]
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for report in gold:
        found = system.get(report["id"], {}).get("attributions", [])
        for ours, theirs in matched(report, found, score):
            tallies["form", form_of(report["text"], ours["content"])].add(ours, theirs, score)
            tallies["source", position_of(ours["source"], ours["content"])].add(ours, theirs, score)
    kinds = [*(("form", f) for f in FORMS), *(("source", p) for p in POSITIONS)]
    return [*rows, *(tallies[kind].row(*kind) for kind in kinds if kind in tallies)]


def _scored(
    cut: str, value: str, gold: Sequence[Mapping[str, Any]], system: Mapping[str, Any], score: ModuleType
) -> Row:
    printed = score.attribution(gold, system)
    source, cue, content = (printed["token"][role]["f1"] for role in ROLES)
    return Row(cut, value, printed["attribution"]["gold"], printed["attribution"]["r"], (source, cue, content))


def printed(lines: Iterable[tuple[str, ...]]) -> str:
    """Cells in columns that line up: words at the left, numbers at the right."""
    held = list(lines)
    widths = [max(len(line[i]) for line in held) for i in range(len(held[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if cell[:1].isdigit() or i >= 2 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in held
    )


def write(rows: Sequence[Row], path: Path = TABLE) -> None:
    lines = [HEADINGS, *(row.cells() for row in rows)]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")


def main(work: Path, jobs: int) -> None:
    """Reads the set as a user would, prints the table, and writes it beside this module."""
    item, score = SETS[SET], scorer()
    rows = tables(gold_rows(item), score.readings(str(produce(item, work, jobs))), score)
    print(printed([HEADINGS, *(row.cells() for row in rows)]))
    write(rows)
