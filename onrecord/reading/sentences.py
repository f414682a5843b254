"""Sentences: the parser's, but a line that ends a paragraph ends its sentence too, full stop or not."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.language import Language

from onrecord.model import Span
from onrecord.reading.page import Page, step

if TYPE_CHECKING:
    from spacy.tokens import Doc

# White space, and the marks with which Markdown begins a line: headings, quotations, list items.
_MARKUP = re.compile(r"(?:\s|(?:#{1,6}|>|[-*+]) )*")
BOUNDARIES = "onrecord_boundaries"  # key of a doc's user data: offsets at which a sentence begins
_WRAPPED_LINE = re.compile(r"[^\n]{45,100}")


def hard_wrapped(text: str) -> bool:
    """Is the text broken into lines of even width, as mail is, so that a line's end means nothing?"""
    lines = text.split("\n")
    followed = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(followed) < 4:
        return False
    running = [a for a, b in followed if _WRAPPED_LINE.fullmatch(a) and b.lstrip()[:1].islower()]
    return len(running) / len(followed) > 0.3


@Language.component("onrecord_lines")
def lines(doc: Doc) -> Doc:
    """Starts a sentence after a line's end (an empty line's, if the text is hard wrapped) and after a dateline."""
    needed = 2 if hard_wrapped(doc.text) else 1
    newlines = 0
    after = iter(sorted(doc.user_data.get(BOUNDARIES, ())))
    boundary = next(after, None)
    # Columns, since a token object for each would cost as much as all the rest.
    columns = doc.to_array(["IDX", "IS_SPACE", "ORTH"]).reshape(-1, 3).T.tolist()
    for i, (start, blank, word) in enumerate(zip(*columns, strict=True)):
        if blank:
            ended = doc.vocab.strings[word].count("\n") if word else 0
            newlines += ended
            if ended and i:
                doc[i].is_sent_start = False
            continue
        if boundary is not None and start >= boundary:
            boundary = next((b for b in after if b > start), None)
            doc[i].is_sent_start = True if i else None
        if newlines >= needed and i:
            doc[i].is_sent_start = True
        newlines = 0
    return doc


def _trimmed(text: str, start: int, end: int) -> Span | None:
    start += len(_MARKUP.match(text, start, end).group())  # type: ignore[union-attr]
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _run(page: Page) -> None:
    found = (_trimmed(page.text, s.start_char, s.end_char) for s in page.doc.sents)
    page.sentences.extend(s for s in found if s)


SENTENCES = step("sentences", needs=[], adds=["sentences"], run=_run)
