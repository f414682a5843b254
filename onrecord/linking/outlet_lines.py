"""The whole lines of a report, by outlet: what one prints under many headlines is its boilerplate, not its news."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator

from onrecord.linking.origins import outlet_key
from onrecord.linking.words import fold
from onrecord.model import PartKind, Report, Span, mark_boilerplate

LEAST_WORDS = 2
LONGEST = 1_200  # characters of a line that is looked at: standing paragraphs are shorter
FIRST, LAST = 20, 40  # lines looked at from either end of a report
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_WORD = re.compile(r"\w+")


def report_lines(report: Report) -> tuple[tuple[int, int, int], ...]:
    """(key, start, end) of each line; the key tells outlet and words. None of a report whose outlet is not known."""
    if not report.outlet:
        return ()
    outlet = outlet_key(report.outlet)
    found = list(_lines(report))
    chosen = found if len(found) <= FIRST + LAST else [*found[:FIRST], *found[-LAST:]]
    return tuple((_key(outlet, words), start, end) for words, start, end in chosen)


def _lines(report: Report) -> Iterator[tuple[str, int, int]]:
    headlines = [p for p in report.parts if p.kind is PartKind.HEADLINE]
    for match in _LINE.finditer(report.text):
        bare = match[0].strip()
        start = match.start() + match[0].find(bare)
        if len(bare) > LONGEST or any(p.start < start + len(bare) and start < p.end for p in headlines):
            continue
        words = _WORD.findall(fold(bare))
        if len(words) >= LEAST_WORDS:
            yield " ".join(words), start, start + len(bare)


def _key(*parts: str) -> int:
    raw = hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(raw, "big")


def headline_key(title: str) -> int:
    """One key for a headline however it is set: the same one twice is no second report."""
    return _key(" ".join(_WORD.findall(fold(title))))


def with_boilerplate(report: Report, known: Container[int]) -> Report:
    """The report with those of its lines marked as boilerplate that are known as such, where nothing is marked yet."""
    return mark_boilerplate(report, [Span(start, end) for key, start, end in report_lines(report) if key in known])
