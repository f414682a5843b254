"""The working state of one report while it is read: every step reads what it needs from it and adds its part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.model import (
    Attribution,
    Claim,
    Entity,
    EventMention,
    Mention,
    PartKind,
    PlaceMention,
    Report,
    Span,
    TextSpan,
    TimeMention,
)
from onrecord.reading.placed import Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.reading.encoder import Scores


@dataclass
class Page:
    """One report being read. ``doc`` is spaCy's analysis of ``report.text`` itself: its offsets are the report's."""

    report: Report
    doc: Doc
    sentences: list[Span] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    scores: Scores | None = None
    _starts: list[int] = field(default_factory=list)
    _placed: Placed[Mention] | None = None

    @property
    def text(self) -> str:
        return self.report.text

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence at or before this offset."""
        if len(self._starts) != len(self.sentences):
            self._starts = [s.start for s in self.sentences]
        return max(0, bisect_right(self._starts, offset) - 1)

    def part_at(self, offset: int) -> PartKind | None:
        """What the text at this offset is, if it is not body."""
        for part in self.report.parts:
            if part.start <= offset < part.end:
                return part.kind
        return None

    def piece(self, start: int, end: int) -> TextSpan:
        return TextSpan(start, end, self.text[start:end])

    def tokens(self, start: int, end: int) -> list[Token]:
        """Tokens that overlap a span of the text, in order."""
        tokens, starts, length = self._laid_out
        if not (0 <= start < length and 0 < end <= length):
            return []
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1)
        if start == starts[first] + len(tokens[first]):  # the blank behind a word is no part of it
            first += 1
        return [t for t in tokens[first:last] if not t.is_space]

    def tokens_of(self, spans: Iterable[TextSpan]) -> list[Token]:
        """Tokens that overlap one of several spans, span by span."""
        return [t for span in spans for t in self.tokens(span.start, span.end)]

    @cached_property
    def _laid_out(self) -> tuple[list[Token], list[int], int]:
        """The tokens, where each begins, and where the last ends: steps ask for spans of them again and again."""
        tokens = list(self.doc)
        end = tokens[-1].idx + len(tokens[-1].text_with_ws) if tokens else 0
        return tokens, [t.idx for t in tokens], end

    def mention_of(self, start: int, end: int) -> Mention | None:
        """The longest mention inside a span, else the shortest that covers it."""
        near = self.mentions_near(start, end)
        inside = [m for m in near if start <= m.start and m.end <= end]
        if inside:
            return max(inside, key=lambda m: (m.end - m.start, -m.start))
        around = [m for m in near if m.start <= start and end <= m.end]
        return min(around, key=lambda m: m.end - m.start, default=None)

    def mentions_near(self, start: int, end: int) -> list[Mention]:
        """The mentions that overlap a span or touch it, in order."""
        if self._placed is None or len(self._placed.items) != len(self.mentions):
            self._placed = Placed(self.mentions, lambda m: [m])
        return self._placed.near(start, end)

    def entity(self, local: str | None) -> Entity | None:
        return next((e for e in self.entities if e.id == local), None)


@dataclass(frozen=True)
class Step:
    """One step of the reading: what it needs, what it adds. The reader checks the order at its start."""

    name: str
    needs: frozenset[str]
    adds: frozenset[str]
    run: Callable[[Page], None]


def step(name: str, needs: Iterable[str], adds: Iterable[str], run: Callable[[Page], None]) -> Step:
    return Step(name, frozenset(needs), frozenset(adds), run)
