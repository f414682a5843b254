"""Drafts of attributions: three sets of stretches, before anything is known of who, how and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.model import Span

DATA = Path(__file__).parent.parent / "data"
_TRIMMED = " \t\n\r\u00a0,;:\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Draft:
    """``score`` is 0 … 1; ``rule`` names the kind of rule it comes from, nothing for the tags."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float = 1.0
    rule: str = ""

    @property
    def place(self) -> int:
        """Where it is told: its cue's start, else its content's."""
        return min((s.start for s in self.cue or self.content or self.source), default=0)


@lru_cache(maxsize=1)
def cue_words() -> dict[str, Any]:
    """Verbs with stance and frames, nouns, adverbs and phrases that attribute (``data/cues.json``)."""
    words: dict[str, Any] = json.loads((DATA / "cues.json").read_text("utf-8"))
    return words


@lru_cache(maxsize=1)
def source_words() -> dict[str, frozenset[str]]:
    """Words that tell what kind of source a phrase names (``data/source_words.json``)."""
    words: dict[str, list[str]] = json.loads((DATA / "source_words.json").read_text("utf-8"))
    return {name: frozenset(items) for name, items in words.items()}


def trimmed(text: str, start: int, end: int, marks: str = _TRIMMED) -> Span | None:
    """A span without outer white space, quotation marks and commas; None if nothing is left."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return Span(start, end) if start < end else None


def merged(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that touch or have only white space between them as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if found and (span.start <= found[-1].end or text[found[-1].end : span.start].isspace()):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def without(span: Span, gaps: Sequence[Span], text: str) -> list[Span]:
    """What is left of a span when gaps are taken out, trimmed of white space and commas."""
    left: list[Span] = []
    at = span.start
    for gap in sorted(gaps, key=lambda s: s.start):
        if gap.end <= at or gap.start >= span.end:
            continue
        piece = trimmed(text, at, gap.start, " \t\n\r\u00a0,;")
        if piece:
            left.append(piece)
        at = max(at, gap.end)
    piece = trimmed(text, at, span.end, " \t\n\r\u00a0,;") if at < span.end else None
    return [*left, piece] if piece else left


def apart(drafts: Iterable[Draft], text: str) -> list[Draft]:
    """The drafts with no word of a cue in its own content; one that says nothing else is none."""
    found: list[Draft] = []
    for draft in drafts:
        if overlap(draft.content, draft.cue):
            left = [piece for span in draft.content for piece in without(span, draft.cue, text)]
            draft = replace(draft, content=tuple(left))
        if draft.content:
            found.append(draft)
    return found


def overlap(one: Iterable[Span], other: Iterable[Span]) -> int:
    """Characters that two sets of spans share."""
    others = list(other)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in others)


def length(spans: Iterable[Span]) -> int:
    return sum(s.end - s.start for s in spans)
