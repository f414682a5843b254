"""What must hold for any input."""

from __future__ import annotations

import sqlite3
import string
import tempfile
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invented_readings import invent, make_report, readable

from onrecord.ledger import Filter, Ledger
from onrecord.ledger.codec import Body, certain_moment, fold, micros, moment, pack_reading, plain, unpack
from onrecord.ledger.search_text import hits, indexable, match_expression, snippet, terms
from onrecord.model import (
    Attribution,
    Claim,
    Entity,
    EventMention,
    Mention,
    Part,
    PlaceMention,
    Reading,
    Report,
    Span,
    Stamp,
    TimeMention,
    report_id,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
FEW = {"max_size": 2}
st.register_type_strategy(str, TEXT)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(int, st.integers(-(2**62), 2**62))


def tuples(kind: type[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.from_type(kind), **FEW).map(tuple)


REPORTS = st.builds(
    Report,
    language=st.sampled_from(["en", "de", "und"]),
    updated=st.none() | st.from_type(Stamp),
    published=st.none() | st.from_type(Stamp),
    parts=tuples(Part),
    offsets=st.lists(st.tuples(*[st.integers(0, 2**40)] * 3), **FEW).map(tuple),
)
READINGS = st.builds(
    Reading,
    report=REPORTS,
    sentences=tuples(Span),
    entities=tuples(Entity),
    mentions=tuples(Mention),
    times=tuples(TimeMention),
    places=tuples(PlaceMention),
    attributions=tuples(Attribution),
    events=tuples(EventMention),
    claims=tuples(Claim),
)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@given(READINGS)
@SLOW
def test_any_reading_survives_its_bytes(reading: Reading) -> None:
    body = unpack(pack_reading(reading), Body)
    for name in Body.__slots__:
        assert getattr(body, name) == getattr(reading, name)


@given(REPORTS, st.none() | TEXT)
@SLOW
def test_any_report_survives_the_ledger(report: Report, note: str | None) -> None:
    reading = Reading(report, "onrecord 1", note=note)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "any.ledger") as ledger:
        ledger.append([readable(reading)])
        assert ledger.reading(report.id) == reading
        assert ledger.append([readable(reading)]).known == (report.id,)


@given(st.lists(st.integers(0, 9), max_size=14), st.lists(st.integers(1, 4), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None)
def test_any_order_of_appending_keeps_each_report_once(order: list[int], sizes: list[int]) -> None:
    readings = [readable(invent(n)) for n in order]
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "any.ledger") as ledger:
        new: list[str] = []
        begin = 0
        while begin < len(readings):
            size = sizes[begin % len(sizes)]
            new += ledger.append(readings[begin : begin + size]).new
            begin += size
        expected = list(dict.fromkeys(r.report.id for r, _ in readings))
        assert new == list(ledger.report_ids()) == expected
        assert ledger.check() == []


@given(TEXT, TEXT)
@settings(max_examples=200, deadline=None)
def test_no_words_are_a_syntax_error(words: str, text: str) -> None:
    asked = terms(words)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE search USING fts5 (text, content = '')")
    db.execute("INSERT INTO search (rowid, text) VALUES (1, ?)", (indexable(text),))
    if expression := match_expression(asked):
        db.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,)).fetchall()
    db.close()


@given(st.text(string.ascii_letters + " \n.,-éßł水\u0301", min_size=1, max_size=200), st.data())
@settings(max_examples=150, deadline=None)
def test_a_text_is_found_by_any_of_its_words(text: str, data: st.DataObject) -> None:
    words = plain(text).replace("-", " ").replace(".", " ").replace(",", " ").split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    asked = terms(word)
    found = hits(text, asked)
    assert found if asked else not found
    shown = snippet(text, found)
    assert shown.text == text[shown.start : shown.end]
    assert all(0 <= a.end <= b.start <= len(text) for a, b in pairwise(found))


@given(MOMENTS)
def test_moments_keep_their_microseconds(at: datetime) -> None:
    number = micros(at)
    assert number is not None
    assert moment(number) == certain_moment(number) == at


@example("𝘈")
@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_hostile_text_takes_time_in_step_with_its_length() -> None:
    """Ten times the text takes no hundred times as long."""
    for piece in ('"', "a*", "e\u0301", "水", "-", "a b", "\x00", "ﷺ"):
        spent = []
        for size in (10_000, 100_000):
            text = piece * (size // len(piece))
            begin = time.process_time()
            for _ in range(3):
                indexable(text)
                hits(text, terms(text) or terms("a"))
            spent.append(time.process_time() - begin)
        assert spent[1] < 60 * max(spent[0], 0.005), piece


def test_ids_stay_what_they_are(ledger: Ledger) -> None:
    report = make_report("The pier is open.", address="https://quay.example/1", title="Pier opens", outlet="Quay Post")
    assert report.id == report_id(report.address, report.text, report.title, report.outlet, None, None)
    ledger.append([readable(Reading(report, "onrecord 1"))])
    assert ledger.search(Filter(words="pier"))[0].report.id == report.id
    assert ledger.check() == []
    wrong = make_report("The pier is shut.", address="https://quay.example/2")
    forged = Reading(Report(id=report.id[:-1] + "x", address=wrong.address, text=wrong.text), "onrecord 1")
    ledger.append([readable(forged)])
    assert [(p.what, p.reason) for p in ledger.check()] == [(forged.report.id, "its id does not fit its content")]


def test_spans_outside_the_text_are_a_problem(ledger: Ledger) -> None:
    report = make_report("The pier is open.", address="https://quay.example/1")
    ledger.append([readable(Reading(report, "onrecord 1", sentences=(Span(0, 99),)))])
    assert [p.reason for p in ledger.check()] == ["its span 0–99 lies outside the text"]
