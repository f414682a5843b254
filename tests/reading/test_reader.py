"""The reader as a whole: what its steps are given of a text."""

from __future__ import annotations

import pytest

from onrecord.model import Reading, Report
from onrecord.reading.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_printed_apostrophe_negates_like_a_typed_one(reader: Reader, mark: str) -> None:
    text = f"The mayor{mark}s city wasn{mark}t under attack. Officials haven{mark}t released the names."
    made = reader.read(Report("r1", "r1", text))
    assert isinstance(made, Reading)
    status = {e.anchor.text: e.status for e in made.events}
    assert (status["attack"], status["released"]) == ("did_not_happen", "did_not_happen")
    assert "n’t" not in status
    for mention in made.mentions:
        assert text[mention.start : mention.end] == mention.text
