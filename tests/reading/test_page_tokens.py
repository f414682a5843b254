"""The page: which tokens a span of the text is made of."""

from __future__ import annotations

import pytest
import spacy

from onrecord.model import Report, TextSpan
from onrecord.reading.page import Page

TEXTS = ["Tarn  rose, again.\n\nOskan fell.", " led", "x", "", "trails \n", "“Never,” she said – twice."]


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokens_of_a_span_are_those_it_touches_without_white_space(text: str) -> None:
    doc = spacy.blank("en")(text)
    page = Page(Report("r1", "r1", text), doc)
    for start in range(-1, len(text) + 2):
        for end in range(start, len(text) + 2):
            touched = doc.char_span(start, end, alignment_mode="expand") or ()
            assert [t.i for t in page.tokens(start, end)] == [t.i for t in touched if not t.is_space]


def test_the_tokens_of_several_spans_come_span_by_span() -> None:
    text = "Tarn said twice, she said."
    page = Page(Report("r1", "r1", text), spacy.blank("en")(text))
    cue = [TextSpan(17, 25, "she said"), TextSpan(5, 9, "said")]
    assert [t.text for t in page.tokens_of(cue)] == ["she", "said", "said"]
