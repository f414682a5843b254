"""Tables: what is written comes back as it was, whatever is in it."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import MissingExtraError, OptionError
from onrecord.record.events import event_record
from onrecord.record.export import (
    CLAIMS,
    EVENTS,
    Columns,
    chunks,
    claim_rows,
    csv_text,
    event_rows,
    frame,
)

from .builders import day, number, person, town
from .builders import testimony as say

NASTY = 'tab\tnew\nline\r\nnul\0"quote",\\0 \u202e\u2028 =1+1 é'
TWO = Columns("two", {"words": "text", "size": "integer"})
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5)


def events():
    told = [
        say("own:", text=NASTY, anchor="quote", type="AID", when=day("2030-04-04"), where=town("Norda", 7)),
        say("office:the Ministry of Ports!", day=2, outlet="B", quantities=(number(3),), actors=(person("Quill", 0),)),
    ]
    return [event_record("e1", told)]


def written(rows, columns, form, **more):
    return b"".join(chunks(rows, columns, form, **more))


def test_rows_have_exactly_the_columns():
    (one, two), (event,) = list(claim_rows(events())), list(event_rows(events()))
    assert tuple(one) == tuple(two) == CLAIMS.names
    assert tuple(event) == EVENTS.names
    assert (one["sentence"], one["anchor_start"], one["geonames"], one["standing"]) == (NASTY, 19, 7, "confirmed")
    assert (two["actors"], two["authority"], two["holder_kind"]) == ("Quill", "responsible", "office")
    assert (event["claims"], event["reports"], event["origins"], event["when"]) == (2, 2, 2, "4 April 2030")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_csv_comes_back(texts):
    data = written([{"words": t, "size": i} for i, t in enumerate(texts)], TWO, "csv").decode()
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert rows[0] == ["words", "size"]
    assert [(csv_text(r[0]), int(r[1])) for r in rows[1:]] == [(t, i) for i, t in enumerate(texts)]
    assert "\0" not in data


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_json_lines_come_back_one_a_line(texts):
    data = written([{"words": t} for t in texts], TWO, "jsonl").decode()
    assert [json.loads(line)["words"] for line in data.splitlines() if line] == texts


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_parquet_comes_back(texts):
    parquet = pytest.importorskip("pyarrow.parquet")
    data = written([{"words": t, "size": None} for t in texts], TWO, "parquet")
    table = parquet.read_table(io.BytesIO(data))
    assert table.column_names == ["words", "size"]
    assert table.column("words").to_pylist() == texts


def test_half_characters_do_not_stop_an_export():
    rows = [{"words": "a\ud800b", "size": 1}]
    assert json.loads(written(rows, TWO, "jsonl")) == {"words": "a\ud800b", "size": 1}
    assert b"a\\ud800b" in written(rows, TWO, "csv")
    assert written(rows, TWO, "parquet").startswith(b"PAR1")


def test_formulas_are_disarmed_only_when_asked():
    rows = [{"words": "=HYPERLINK(1)", "size": -3}, {"words": "plain", "size": 1}]
    assert written(rows, TWO, "csv") == b"words,size\r\n=HYPERLINK(1),-3\r\nplain,1\r\n"
    assert written(rows, TWO, "csv", safe=True) == b"words,size\r\n'=HYPERLINK(1),-3\r\nplain,1\r\n"


def test_many_rows_come_in_pieces():
    rows = ({"words": str(i), "size": i} for i in range(12_001))
    pieces = list(chunks(rows, TWO, "csv"))
    assert len(pieces) > 2
    assert b"".join(pieces).count(b"\r\n") == 12_002


def test_an_unknown_format_is_refused():
    with pytest.raises(OptionError, match="xlsx"):
        chunks([], TWO, "xlsx")


def test_parquet_without_its_extra_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="tables"):
        chunks([], TWO, "parquet")


def test_a_frame_needs_a_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match="pandas"):
        frame([{"a": 1}])
    with pytest.raises(OptionError):
        frame([], library="excel")


def test_a_frame_of_claims():
    pytest.importorskip("pandas")
    held = frame(claim_rows(events()), library="pandas")
    assert list(held["standing"]) == ["confirmed", "confirmed"]
    assert list(frame(claim_rows(events()), ["claim", "event"], "pandas").columns) == ["claim", "event"]
