"""Names by the encoder: its names head in place of the pipeline's own component, which costs as much as a parse.

Labels are OntoNotes 5's. The head knows names only; times come from the times step, and numbers by their tags, so that
the later steps find every label that they would of a stock pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.page import Page, step
from onrecord.reading.words import Words, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from onrecord.reading.encoder import Scores

_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth", re.IGNORECASE
)
_PERCENT = frozenset({"%", "percent", "pct"})
_CURRENCY = frozenset({"dollar", "euro", "pound", "yen", "yuan", "rouble", "ruble", "rupee", "franc", "cent"})

Piece = tuple[int, int, str]  # first token, the one after the last, label


def named(doc: Doc, scores: Scores) -> list[Piece]:
    """Names as stretches of tokens with their label, in order."""
    columns = doc.to_array(["IDX", "LENGTH"]).astype(np.int64).reshape(-1, 2)
    labels, chances, begins = scores.token_names(columns[:, 0], columns[:, 0] + columns[:, 1])
    best = chances.argmax(axis=1)
    found: list[Piece] = []
    for at in np.flatnonzero(best).tolist():
        label = labels[best[at] - 1]
        if found and found[-1][1] == at and found[-1][2] == label and not begins[at]:
            found[-1] = (found[-1][0], at + 1, label)
        else:
            found.append((at, at + 1, label))
    return found


def _dated(page: Page) -> Iterator[Piece]:
    for time in page.times:
        span = page.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is not None:
            yield span.start, span.end, "TIME" if time.type == "TIME" else "DATE"


def _numbers(words: Words, doc: Doc) -> Iterator[Piece]:
    """Numbers with what they count in, by their tags."""
    tags = words.tag
    at = 0
    while at < len(tags):
        first = at
        if tags[at] == "CD":
            while at < len(tags) and tags[at] == "CD":
                at += 1
            after = doc[at].lemma_.lower() if at < len(tags) else ""
            if first and tags[first - 1] == "$":
                yield first - 1, at, "MONEY"
            elif after in _PERCENT:
                yield first, at + 1, "PERCENT"
            elif after in _CURRENCY:
                yield first, at + 1, "MONEY"
            else:
                yield first, at, "CARDINAL"
            continue
        at += 1
        if tags[first] in ("JJ", "RB") and _ORDINAL.fullmatch(words.text[first]):
            yield first, at, "ORDINAL"


def label(page: Page, scores: Scores) -> list[Span]:
    """The doc's entities: times before names before numbers, where they overlap."""
    from spacy.tokens import Span

    doc = page.doc
    taken = np.zeros(len(doc), dtype=np.bool_)
    kept: list[Piece] = []
    for piece in (*_dated(page), *named(doc, scores), *_numbers(words_of(page), doc)):
        if not taken[piece[0] : piece[1]].any():
            taken[piece[0] : piece[1]] = True
            kept.append(piece)
    return [Span(doc, *piece) for piece in sorted(kept)]


def _run(page: Page) -> None:
    # A pipeline of the user's that finds names itself is believed.
    if page.scores is not None and not page.doc.has_annotation("ENT_IOB"):
        page.doc.set_ents(label(page, page.scores))


NAMES = step("names", needs=["scores", "times"], adds=["names"], run=_run)

__all__ = ["NAMES", "label", "named"]
