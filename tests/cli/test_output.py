"""What is printed is harmless, short, and the same for people and programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.output import Column, Format, Trimmed, emit, excerpt, harmless, one_line, shorten

ROWS = [{"name": "Ada", "facts": ["x", "y"]}, {"name": "=1+1", "facts": []}]
COLUMNS = (Column[dict[str, object]]("name", lambda r: str(r["name"])),)


@given(st.text())
def test_harmless_keeps_offsets_and_drops_control_codes(text: str) -> None:
    clean = harmless(text)
    assert len(clean) == len(text)
    assert not any((ord(c) < 0x20 and c not in "\t\n") or 0x7F <= ord(c) < 0xA0 for c in clean)


def test_an_escape_sequence_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in one_line("\x1b]0;owned\x07 calm \u202etxt.exe")


@given(st.text(max_size=300), st.integers(min_value=5, max_value=80))
def test_shorten_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


@given(st.lists(st.sampled_from(["a", "bb", "ccc,", "dddd", "ee.", "\n"]), min_size=1, max_size=80), st.data())
def test_an_excerpt_fits_and_holds_what_it_must(parts: list[str], data: st.DataObject) -> None:
    text = " ".join([*parts[: len(parts) // 2], "anchor", *parts[len(parts) // 2 :]])
    start, width = text.index("anchor"), data.draw(st.integers(24, 90))
    found = excerpt(text, width, start, start + 6)
    assert len(found) <= width and "anchor" in found


def test_json_lines_csv_and_json_hold_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    emit(ROWS, COLUMNS, dict, Format.JSONL)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    emit(ROWS, COLUMNS, dict, Format.JSON)
    assert json.loads(capsys.readouterr().out) == lines == ROWS
    emit(ROWS, COLUMNS, dict, Format.CSV)
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [c["name"] for c in cells] == ["Ada", "'=1+1"]
    assert json.loads(cells[0]["facts"]) == ["x", "y"]


def test_blanks_at_the_ends_of_lines_do_not_reach_a_pipe() -> None:
    sink = io.StringIO()
    Trimmed(sink).write("a  b   \n    \n  c\n")
    assert sink.getvalue() == "a  b\n\n  c\n"
