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
    for token in doc:
        if boundary is not None and token.idx >= boundary and not token.is_space:
            boundary = next((b for b in after if b > token.idx), None)
            token.is_sent_start = True if token.i else None
        if token.is_space and "\n" in token.text:
            newlines += token.text.count("\n")
            if token.i:
                token.is_sent_start = False
            continue
        if token.is_space:
            continue
        if newlines >= needed and token.i:
            token.is_sent_start = True
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
