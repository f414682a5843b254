"""Setting the decoding of attributions: gold spans as tags, and the ascent that sets the scalars."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.attribution_tune import STEPS, ascended, decoding_of, gold_tags, written
from onrecord.reading.attribution_decoding import SEAMS, TAGS, decoding

VALUES = {"scale": 0.5, "prior": 0.5, "source": 0.5, "cue": 0.5, "content": 0.2, "opening": 0.35, "beside": 0.4}


def test_gold_spans_become_tags() -> None:
    #        Ana said  it  held
    starts, ends = [0, 4, 9, 12], [3, 8, 11, 16]
    item = {"attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 16]]}]}
    assert [TAGS[t] for t in gold_tags(starts, ends, item)] == ["B-source", "B-cue", "B-content", "I-content"]


def test_the_ascent_climbs_to_the_top(capsys: pytest.CaptureFixture[str]) -> None:
    top = {name: VALUES[name] + 2 * STEPS[name] for name in VALUES}
    found, best = ascended(lambda v: -sum((v[n] - top[n]) ** 2 for n in v), dict(VALUES))
    assert best == pytest.approx(0.0, abs=1e-6)
    assert found == pytest.approx(top)
    assert "start" in capsys.readouterr().out


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    counts = np.arange(len(SEAMS) * len(TAGS) ** 2, dtype=np.float64).reshape(len(SEAMS), len(TAGS), len(TAGS))
    path = tmp_path / "decoding.json"
    written(decoding_of(counts, VALUES), path)
    found = decoding(path)
    assert (found.counts == counts).all()
    assert (found.scale, found.bias, found.beside) == (0.5, (0.5, 0.5, 0.2), 0.4)
    assert json.loads(path.read_text("utf-8"))["seams"] == list(SEAMS)
