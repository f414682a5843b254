"""A report's text cut where facts begin and end, each piece with the facts it belongs to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.cli.report_view import attribution_line, event_line
from onrecord.model import PartKind, Reading

_BREAK = re.compile(r"\n\s*\n|\n")
_FAINT = frozenset({PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.BYLINE})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text whose characters all belong to the same facts; ``facts`` are classes of the style sheet."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces, and in words what its sentences say: (who or what, the fact)."""

    pieces: tuple[Piece, ...]
    notes: tuple[tuple[str, str], ...]
    tight: bool = False  # the next one follows on the next line


def paragraphs(reading: Reading) -> list[Paragraph]:
    """The whole text, in order; the pieces of all paragraphs are the text without its line breaks."""
    text = reading.report.text
    marks = list(_marks(reading))
    begin, found = 0, []
    for gap in (*_BREAK.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[begin:end].strip():
            tight = gap is not None and gap[0] == "\n"
            pieces, notes = tuple(_pieces(text, begin, end, marks)), tuple(_notes(reading, begin, end))
            found.append(Paragraph(pieces, notes, tight and not notes))
        begin = gap.end() if gap else end
    return found


def _marks(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for item in reading.attributions:
        for name, spans in (("content", item.content), ("source", item.source), ("cue", item.cue)):
            yield from ((s.start, s.end, name) for s in spans)
    yield from ((t.start, t.end, "time") for t in reading.times)
    yield from ((p.start, p.end, "place") for p in reading.places)
    yield from ((e.anchor.start, e.anchor.end, "event") for e in reading.events)
    yield from ((p.start, p.end, "faint") for p in reading.report.parts if p.kind in _FAINT)
    yield from ((p.start, p.end, "headline") for p in reading.report.parts if p.kind is PartKind.HEADLINE)


def _pieces(text: str, begin: int, end: int, marks: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    here = [(max(a, begin), min(b, end), name) for a, b, name in marks if a < end and b > begin]
    cuts = sorted({begin, end, *(a for a, _, _ in here), *(b for _, b, _ in here)})
    for a, b in pairwise(cuts):
        yield Piece(text[a:b], tuple(sorted({name for x, y, name in here if x <= a and b <= y})))


def _notes(reading: Reading, begin: int, end: int) -> Iterator[tuple[str, str]]:
    for number, sentence in enumerate(reading.sentences):
        if begin <= sentence.start < end:
            yield from (("who", attribution_line(a).plain) for a in reading.attributions if a.sentence == number)
            yield from (("what", event_line(e, reading).plain) for e in reading.events if e.sentence == number)
