"""The memory of words gives what the pipeline's own rules give, token by token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.reading.reader import STOCK, load_pipeline
from onrecord.reading.word_memo import WordMemo

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = [
    "There's nothing left. It ain't so; I'm gonna go. Let's go, y'all! You gotta see it, c'mon.",
    "It is raining, but that was said. There are two boats: she did it, as did I.\n\n  You saw it and it saw you.",
    "The leaders had met. Had they met, they would have left; leaves are left.",
    *(path.read_text("utf-8") for path in sorted((EXAMPLES / "courier").glob("*.txt"))),
]

# fmt: off
TOUCHY = [
    "it", "It", "you", "I", "there", "is", "are", "let", "'s", "did", "had", "but", "what", "saw", "“", "\n", "¤",
]
# fmt: on


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language, WordMemo]:
    remembering = load_pipeline(STOCK, ["ner"])
    assert WordMemo.fits(remembering)
    return load_pipeline(STOCK, ["ner"]), remembering, WordMemo(remembering)


def facts(doc: Doc) -> Iterator[tuple[object, ...]]:
    for t in doc:
        yield t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start


def test_equal_token_by_token_when_learning_and_from_memory(
    pipelines: tuple[Language, Language, WordMemo],
) -> None:
    stock, remembering, memo = pipelines
    expected = [list(facts(doc)) for doc in stock.pipe(TEXTS)]
    for _ in range(2):
        assert [list(facts(memo(doc))) for doc in remembering.pipe(TEXTS)] == expected
    assert "rule" not in "".join(remembering.pipe_names)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(TOUCHY)))
def test_equal_for_any_order_of_touchy_words(pipelines: tuple[Language, Language, WordMemo], words: list[str]) -> None:
    stock, remembering, memo = pipelines
    text = " ".join(words)
    assert list(facts(memo(remembering(text)))) == list(facts(stock(text)))


def test_a_pipeline_with_rules_of_its_own_is_left_alone() -> None:
    import spacy

    assert not WordMemo.fits(spacy.blank("en"))
