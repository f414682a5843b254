"""Quotations: which of them belong to a cue, and which are completed by the cue after them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.model import Span
from onrecord.reading.attribution_draft import merged
from onrecord.reading.encoder_windows import quoted_stretches
from onrecord.reading.page import Page

_MARKS = "\"“”„«»'‘’ \t\n"
_AWAITS = (",", "—", "–", "-")  # how a quotation ends whose cue is still to come
_CLOSING = ("”", '"', "»", "’", "'")
_JOINS = re.compile(r"\b(?:and|but)\b")
_KEPT = "onrecord_quotations"
_BESIDE = 8  # characters between a cue's clause and a quotation that goes on


def quotations(text: str) -> list[tuple[int, int]]:
    """Stretches between quotation marks, two single ones ('') counted as a mark, too."""
    return quoted_stretches(text.replace("''", "\"'"))


def is_quoted(page: Page, offset: int) -> bool:
    """Does this offset stand between quotation marks?"""
    kept: dict[str, list[tuple[int, int]]] = page.doc.user_data
    if _KEPT not in kept:
        kept[_KEPT] = quotations(page.text)
    at = bisect_right(kept[_KEPT], (offset, len(page.text))) - 1
    return at >= 0 and kept[_KEPT][at][0] <= offset < kept[_KEPT][at][1]


class Quotations:
    """A page's quotations, by offset."""

    def __init__(self, page: Page, quotes: Sequence[tuple[int, int]]) -> None:
        self.page = page
        self.text = page.text
        self.spans = [Span(a, b) for a, b in quotes]
        self._starts = [q.start for q in self.spans]

    def at(self, offset: int) -> Span | None:
        """The quotation that holds an offset."""
        number = bisect_right(self._starts, offset) - 1
        return self.spans[number] if number >= 0 and offset < self.spans[number].end else None

    def over(self, start: int, end: int) -> list[Span]:
        """The quotations that overlap a stretch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = self.spans[first : bisect_left(self._starts, end)]
        return [q for q in found if q.end > start]

    def awaits(self, quote: Span) -> bool:
        """Does a quotation lean on a cue after it: "“Twice,” said Bell", "“Why?” asked Bell"?"""
        if self.text[quote.start : quote.end].rstrip(_MARKS).endswith(_AWAITS):
            return True
        after = self.text[quote.end : quote.end + 2]
        return after[:1] == " " and after[1:].islower()

    def beside(self, cue: Span) -> tuple[Span, ...]:
        """Quotations that open or close the cue's sentence, or lean on it from the one before."""
        sentence = self.page.sentences[self.page.sentence_at(cue.start)]
        found = [
            q
            for q in self.over(sentence.start, sentence.end)
            if not q.start <= cue.start < q.end and self._near(q, sentence, cue)
        ]
        before = self.at(sentence.start - 2) if sentence.start > 1 else None
        if not found and before is not None and self._ends_at(before, sentence.start, "?!"):
            found = [before]
        return merged(found, self.text)

    def _ends_at(self, quote: Span, start: int, marks: str) -> bool:
        """Does a quotation with one of these marks at its end stand right before an offset, in its paragraph?"""
        said = self.text[quote.start : quote.end].rstrip(_MARKS)
        return said[-1:] in marks and self.text[quote.end : start] in ("", " ")

    def _near(self, quote: Span, sentence: Span, cue: Span) -> bool:
        """A quotation of several words, or one that leans on the cue, that opens or closes the cue's sentence."""
        if self.text.count(" ", quote.start, quote.end) < 2 and not (quote.end <= cue.start and self.awaits(quote)):
            return False
        gap = self.text[cue.end : quote.start] if quote.start > cue.end else self.text[quote.end : cue.start]
        return len(gap) < 150 and (quote.start <= sentence.start + 2 or quote.end >= sentence.end - 2 or ":" in gap)

    def extended(self, content: tuple[Span, ...], cue: Span, source: tuple[Span, ...]) -> tuple[Span, ...]:
        """A quoted content with the whole of its quotation, what leads up to its cue in quotation marks, and what goes
        on in them after it."""
        touched = [q for s in content for q in self.over(s.start, s.end) if not q.start <= cue.start < q.end]
        if not touched:
            return content
        first = min(s.start for s in (cue, *source))
        lead = self.at(first - 2) if first > 1 else None
        if lead is not None and self.awaits(lead) and self.text[lead.end : first].isspace():
            touched.append(lead)
        return merged([*content, *touched, *self._going_on(touched, cue, source, content)], self.text)

    def _going_on(
        self, touched: Sequence[Span], cue: Span, source: Sequence[Span], content: Sequence[Span]
    ) -> list[Span]:
        """Quotations after the cue's clause that nobody else is given for."""
        edge = max(s.end for s in (cue, *source, *content, *touched))
        sentence = self.page.sentences[self.page.sentence_at(cue.start)]
        if max(s.end for s in (*touched, *content)) <= cue.start:
            edge = max(edge, self._clause_end(cue, sentence))
        found: list[Span] = []
        last = max(touched, key=lambda q: q.end)
        for quote in self.spans[bisect_left(self._starts, edge) :]:
            if self.awaits(quote) or not self._goes_on(last, edge, quote):
                break
            found.append(quote)
            edge, last = quote.end, quote
        return found

    def _clause_end(self, cue: Span, sentence: Span) -> int:
        """The end of the cue's sentence, or where the next quotation in it begins."""
        inside = [q.start for q in self.over(cue.end, sentence.end) if q.start >= cue.end]
        return min([sentence.end, *inside])

    def _goes_on(self, last: Span, edge: int, quote: Span) -> bool:
        """Is a quotation the next one's continuation: right after it, or a paragraph of its own?"""
        gap = self.text[edge : quote.start]
        if len(gap) > _BESIDE or any(c.isalpha() for c in _JOINS.sub("", gap)):
            return False
        if "\n" not in gap:
            return True
        open_still = not self.text[last.start : last.end].endswith(_CLOSING)
        return open_still or self.text[quote.end : quote.end + 1] in ("", "\n")
