"""The encoder: windows hold every piece once, scores answer for spans, and no text takes more than linear time."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.reading import encoder
from onrecord.reading.encoder_windows import CLS, LONGEST, SEP, cut_pieces, cut_windows, quoted_stretches

weights = pytest.mark.skipif(encoder.WEIGHTS_VERSION == "none", reason="the encoder's weights are not in this checkout")

TEXT = (
    "Marla Denholm said the bridge would not reopen.\n"
    "The navy seized two boats on Monday. “We will appeal,” said their owner. It may sink them."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no marks", []),
        ("“a b” c", ["“a b”"]),
        ('he said "a b" and "c"', ['"a b"', '"c"']),
        ("“open to the end", ["“open to the end"]),
        ("“first goes on\n“and ends” here", ["“first goes on", "“and ends”"]),
        ("“left open\nnot quoted", ["“left open"]),
        ("closing only” here", []),
        ("“outer “inner” after", ["“outer “inner”"]),
    ],
)
def test_quoted_stretches(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in quoted_stretches(text)] == expected


@given(st.text(alphabet='ab “”"\n', max_size=200))
def test_quoted_stretches_are_apart_and_inside(text: str) -> None:
    last = 0
    for start, end in quoted_stretches(text):
        assert last <= start < end <= len(text)
        last = end


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=400), st.data())
def test_every_piece_stands_in_one_window(shape: list[tuple[int, bool]], data: st.DataObject) -> None:
    text, offsets = "", []
    for length, ended in shape:
        offsets.append((len(text), len(text) + length))
        text += "x" * length + ("\n" if ended else " ")
    pieces = cut_pieces(text, list(range(200, 200 + len(offsets))), offsets)
    starts = data.draw(st.lists(st.sampled_from([a for a, _ in offsets]), max_size=30))
    windows = cut_windows(pieces, starts)
    held = [int(p) for w in windows for p in w.pieces if p >= 0]
    assert held == list(range(len(offsets)))
    for window in windows:
        assert len(window.ids) == len(window.kinds) == len(window.pieces) <= LONGEST
        assert window.ids[0] == CLS and window.ids[-1] == SEP
        assert all(window.ids[i] == 200 + p for i, p in enumerate(window.pieces) if p >= 0)


def test_kinds_tell_quotation_and_capitals() -> None:
    text = "He “Is in”"
    pieces = cut_pieces(text, [1, 2, 3, 4, 5], [(0, 2), (3, 4), (4, 6), (7, 9), (9, 10)])
    assert pieces.kinds.tolist() == [2, 1, 3, 1, 1]


def test_missing_weights_give_no_encoder(tmp_path: Path) -> None:
    assert encoder.load_encoder(tmp_path) is None
    assert encoder.weights_version(tmp_path) == "none"


def scored(text: str, sentences: list[int]) -> encoder.Scores:
    loaded = encoder.load_encoder()
    assert loaded is not None
    found = loaded.score(text, sentences)
    assert found is not None
    return found


@weights
def test_scores_answer_for_spans() -> None:
    scores = scored(TEXT, [0, 48, 86])
    seized = TEXT.index("seized")
    reopen = TEXT.index("reopen")
    fact, negated = scores.factuality(seized, seized + 6), scores.factuality(reopen, reopen + 6)
    assert fact is not None and negated is not None
    assert 3.0 >= fact > negated >= -3.0
    assert scores.anchor(seized, seized + 6) > scores.anchor(TEXT.index("two"), TEXT.index("two") + 3)
    types = scores.event_type(seized, seized + 6)
    assert len(types) == 16 and sum(types.values()) == pytest.approx(1.0, abs=1e-3)
    said = scores.attribution(TEXT.index("said"), TEXT.index("said") + 4)
    assert max(said, key=said.__getitem__) == "cue"


@weights
def test_spans_without_pieces_have_no_scores() -> None:
    scores = scored("A boat sank.     \n", [0])
    assert scores.factuality(14, 16) is None
    assert scores.anchor(14, 16) == 0.0
    assert scores.event_type(14, 16) == {}


@weights
def test_token_tags_are_probabilities() -> None:
    scores = scored(TEXT, [0, 48, 86])
    tags = scores.token_tags([0, 6, 14], [5, 13, 18])
    assert tags.shape == (3, 7)
    assert np.allclose(tags.sum(axis=1), 1, atol=1e-3)
    assert (tags >= -1e-6).all()


@weights
def test_links_lead_to_the_cue_beside() -> None:
    scores = scored(TEXT, [0, 48, 86])
    content = (TEXT.index("the bridge"), TEXT.index(".\n"))
    cues = [(14, 18), (TEXT.rindex("said"), TEXT.rindex("said") + 4)]
    chances, outside = scores.link(content, cues, "cue")
    assert chances[0] > chances[1]
    assert 0.0 <= outside <= 1.0


@weights
def test_no_words_no_scores() -> None:
    loaded = encoder.load_encoder()
    assert loaded is not None
    assert loaded.score(" \n ", [0]) is None


@weights
def test_a_very_long_sentence_is_cut() -> None:
    text = "and then the boats were counted again " * 1100
    scores = scored(text, [0])
    assert len(scores.pieces.ids) > 7000
    assert scores.windows.max() >= len(scores.pieces.ids) // LONGEST
    assert scores.factuality(41_000, 41_004) is not None


@weights
def test_the_description_names_what_the_network_gives() -> None:
    described = json.loads((encoder.DATA / "encoder.json").read_text("utf-8"))
    scores = scored(TEXT, [0])
    assert scores.tags.shape[1] == len(described["tags"])
    assert scores.meaning.shape[1] == 2 + len(described["anchors"]) + len(described["types"])
    assert scores.links.shape[1] == 4 * described["link"]


@weights
def test_weights_stay_small() -> None:
    size = sum(f.stat().st_size for f in encoder.DATA.glob("encoder*"))
    assert size <= 30 * 1024 * 1024


@weights
def test_a_mention_has_a_vector_in_its_sentence() -> None:
    scores, sentence = scored(TEXT, [0, 48]), (48, 85)
    at = TEXT.index("seized")
    vector = np.frombuffer(b64decode(scores.sense((at, at + 6), sentence)), dtype=np.int8)
    assert vector.shape == (64,) and int(np.abs(vector.astype(int)).max()) == 127
    assert scores.sense((at, at), sentence) == ""


@weights
def test_mentions_of_one_deed_are_nearer_than_those_of_two() -> None:
    def vector(text: str, word: str) -> NDArray[np.float64]:
        at = text.index(word)
        packed = scored(text, [0]).sense((at, at + len(word)), (0, len(text)))
        numbers = np.frombuffer(b64decode(packed), dtype=np.int8).astype(np.float64)
        return numbers / np.linalg.norm(numbers)

    raid = vector("Police raided a flat in Oskan and took two men.", "raided")
    search = vector("Two men were led off after officers stormed a flat in Oskan.", "stormed")
    sale = vector("The bakery in Oskan sold two shops to a rival.", "sold")
    assert float(raid @ search) > float(raid @ sale) + 0.1
