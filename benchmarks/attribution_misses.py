"""``python -m benchmarks misses`` – gold attributions that were not found, and found ones that match no gold, to read.

Drawn over all reports of PolNeAR dev by a seeded choice and printed to the terminal with the text around: what was
learnt from reading them stands in docs/attribution-errors.md, and nothing of the corpus is kept.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.attribution_tables import ROLES, SAME, SET, Roles, form_of, jaccard, paired
from benchmarks.runner import gold_rows, produce, scorer
from benchmarks.sets import SETS

AROUND = 450  # characters of text shown before and after
EDGE = 45  # characters kept of each end of a long piece
_MARKS = {"source": "S", "cue": "C", "content": "K"}


@dataclass(frozen=True)
class Miss:
    """A gold attribution with the one the scorer paired with it, or (``of_gold`` false) a found one without a gold.

    ``lacks``: the roles that fall short, "nothing found" where nothing was paired, "no gold" for a found one.
    """

    report: str
    text: str
    roles: Roles
    partner: Roles | None
    lacks: str
    of_gold: bool
    gold: list[Roles]  # all of the report
    found: list[Roles]

    @property
    def form(self) -> str:
        return form_of(self.text, self.roles["content"])


def misses(gold: Sequence[Mapping[str, Any]], system: Mapping[str, Any], score: ModuleType) -> Iterator[Miss]:
    """Every gold attribution that the scorer does not count as found whole, and every found one it pairs with none."""
    for report in gold:
        answer = system.get(report["id"], {}).get("attributions", [])
        ours, theirs, partner = paired(report, answer, score)
        name, text = str(report["id"]), str(report["text"])
        for i, item in enumerate(ours):
            other = theirs[partner[i]] if i in partner else None
            lacks = shortfall(item, other, score)
            if lacks:
                yield Miss(name, text, item, other, lacks, True, ours, theirs)
        taken = set(partner.values())
        for j, item in enumerate(theirs):
            if j not in taken:
                yield Miss(name, text, item, None, "no gold", False, ours, theirs)


def shortfall(item: Roles, other: Roles | None, score: ModuleType) -> str:
    """What keeps a gold attribution from counting as found whole; empty if it counts."""
    if other is None:
        return "nothing found"
    return " and ".join(r for r in ("content", "source") if jaccard(item[r], other[r], score) < SAME)


def sample(held: Sequence[Miss], number: int, others: int, seed: int) -> list[Miss]:
    """So many gold ones and so many found ones, by chance, the same for the same seed; in the order of the reports."""
    chance = random.Random(seed)
    kept: list[Miss] = []
    for wanted, of_gold in ((number, True), (others, False)):
        numbers = [i for i, m in enumerate(held) if m.of_gold is of_gold]
        kept += [held[i] for i in sorted(chance.sample(numbers, min(wanted, len(numbers))))]
    return kept


def shown(number: int, miss: Miss) -> str:
    """One miss for reading: the text with its roles marked, and everything that touches it on either side."""
    spans = sorted((a, b, r) for r in ROLES for a, b in miss.roles[r])
    first, last = spans[0][0], max(b for _, b, _ in spans)
    start, end = max(0, first - AROUND), min(len(miss.text), last + AROUND)
    pieces, at = [], start
    for a, b, role in spans:
        pieces += [miss.text[at : max(at, a)], f"⟦{_MARKS[role]} {miss.text[a:b]}⟧"]
        at = max(at, b)
    pieces.append(miss.text[at:end])
    side = "GOLD" if miss.of_gold else "FOUND"
    lines = [f"#{number} {side}, {miss.lacks}; {miss.form}; {miss.report}", "".join(pieces).replace("\n", " ¶ ")]
    if miss.partner is not None:
        lines.append("   paired: " + brief(miss.text, miss.partner))
    for label, held in (("gold ", miss.gold), ("found", miss.found)):
        near = [r for r in held if r is not miss.roles and r is not miss.partner and _touches(r, first, last)]
        lines += [f"   {label}: {brief(miss.text, r)}" for r in near]
    return "\n".join(lines)


def _touches(roles: Roles, start: int, end: int) -> bool:
    return any(a < end and start < b for held in roles.values() for a, b in held)


def brief(text: str, roles: Roles) -> str:
    """Source, cue and content in one line, the middle of long pieces left out."""

    def cut(piece: str) -> str:
        piece = piece.replace("\n", " ")
        return piece if len(piece) <= 2 * EDGE else f"{piece[:EDGE]} … {piece[-EDGE:]}"

    return " | ".join(f"{_MARKS[r]} " + (" // ".join(cut(text[a:b]) for a, b in roles[r]) or "–") for r in ROLES)


def counted(held: Sequence[Miss]) -> str:
    """How many there are of each shortfall and form of quotation."""
    counts = Counter((m.lacks, m.form) for m in held)
    return "\n".join(f"{n:5}  {lacks}, {form}" for (lacks, form), n in sorted(counts.items()))


def main(number: int, others: int, seed: int, work: Path, jobs: int, readings: Path | None = None) -> None:
    """Reads the set as a user would, or takes readings printed before, and prints the counts and the sample."""
    item, score = SETS[SET], scorer()
    printed = readings or produce(item, work, jobs)
    held = list(misses(gold_rows(item), score.readings(str(printed)), score))
    print(counted(held))
    for i, miss in enumerate(sample(held, number, others, seed), 1):
        print("\n" + shown(i, miss))
