"""Appending: each reading once, nothing replaced, everything found again as it was."""

from __future__ import annotations

import pickle
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from invented_readings import START, invent, make_digest, make_report, read_again, readable, series, stamp

from onrecord.errors import NotFoundError
from onrecord.ledger import AppendResult, Filter, Ledger, prepare
from onrecord.model import Part, PartKind, Reading


def test_a_reading_comes_back_equal(ledger: Ledger) -> None:
    for reading, digest in series(0, 5):
        ledger.append([(reading, digest)])
        assert ledger.reading(reading.report.id) == reading
        assert ledger.report(reading.report.id) == reading.report
        assert ledger.digests([reading.report.id]) == [digest]


def test_a_report_keeps_everything_it_has(ledger: Ledger) -> None:
    report = make_report(
        "Überfüllt – „ja“.\r\n\tZweite Zeile \x00 mit NUL 🛳",
        address="file:///tmp/a b%20c.txt",
        outlet=None,
        file="in/a.zip!b.txt#3",
        title="Überfüllt",
        byline="By A. Nobody",
        dateline="KELMOUTH, March 4 –",
        published=stamp(START),
        updated=replace(stamp(START + timedelta(hours=2)), original="UPDATE 8 AM", origin="text"),
        language="de",
        credits=("Inland Wire", "Quay Agency"),
        parts=(Part(PartKind.HEADLINE, 0, 9), Part(PartKind.BOILERPLATE, 18, 20)),
        offsets=((0, 12, 9), (9, 40, 4)),
    )
    reading = Reading(report, "onrecord 1", analysed=False, note="not in English (de)")
    ledger.append([readable(reading)])
    assert ledger.reading(report.id) == reading
    head = ledger.report_head(report.id)
    assert (head.published, head.updated, head.analysed, head.note) == (
        report.published,
        report.updated,
        False,
        "not in English (de)",
    )
    assert (head.words, head.sequence, head.revision_of, head.copy_of) == (9, 1, None, None)


def test_the_same_again_changes_nothing(ledger: Ledger) -> None:
    data = list(series(0, 6))
    ids = tuple(r.report.id for r, _ in data)
    assert ledger.append(data) == AppendResult(new=ids)
    before = ledger.counts()
    assert ledger.append(data) == AppendResult(known=ids)
    assert ledger.append([data[2], data[2]]) == AppendResult(known=(ids[2], ids[2]))
    assert ledger.counts() == before
    assert ledger.check() == []


def test_twice_in_one_batch_is_once(ledger: Ledger) -> None:
    item = readable(invent(1))
    assert ledger.append([item, item]) == AppendResult(new=(item[0].report.id,), known=(item[0].report.id,))
    assert ledger.counts()["reports"] == 1


def test_a_newer_program_appends_a_reading_and_is_asked_first(ledger: Ledger) -> None:
    old = invent(3)
    new = replace(old, made_by="onrecord 2", events=old.events[1:], claims=old.claims[1:])
    ledger.append([readable(old)])
    assert ledger.known([old.report.id, "rnone"], "onrecord 2") == set()
    assert ledger.append([readable(new)]) == AppendResult(reread=(old.report.id,))
    assert ledger.known([old.report.id, "rnone"], "onrecord 2") == {old.report.id}
    assert ledger.reading(old.report.id) == new
    assert ledger.reading(old.report.id, made_by=old.made_by) == old
    assert [made_by for made_by, _ in ledger.readings_made(old.report.id)] == [old.made_by, "onrecord 2"]
    assert {row.claim.id for row in ledger.claims()} == {c.id for c in new.claims}
    assert ledger.check() == []
    # An older program reading again does not take the place of the newer reading.
    assert ledger.append([readable(old)]) == AppendResult(known=(old.report.id,))
    assert ledger.reading(old.report.id) == new


def test_another_content_at_an_address_is_a_revision(ledger: Ledger) -> None:
    first, second, third = (
        make_report(text, address="https://quay.example/1", published=stamp(START), updated=updated)
        for text, updated in (
            ("Five boats sank.", None),
            ("Seven boats sank.", stamp(START + timedelta(hours=3))),
            ("Six boats sank.", stamp(START + timedelta(hours=1))),
        )
    )
    readings = [readable(Reading(r, "onrecord 1")) for r in (first, second, third)]
    assert ledger.append(readings[:1]).new == (first.id,)
    assert ledger.append(readings[1:2]).revisions == (second.id,)
    assert ledger.report_head(second.id).revision_of == first.id
    # The middle revision arrives last, and takes its place.
    assert ledger.append(readings[2:]).revisions == (third.id,)
    assert [h.id for h in ledger.revisions(first.address)] == [first.id, third.id, second.id]
    assert [ledger.report_head(r.id).revision_of for r in (first, second, third)] == [None, third.id, first.id]
    assert ledger.check() == []


def test_half_characters_are_a_failure_of_that_report_only(ledger: Ledger) -> None:
    bad = Reading(make_report("A lone \ud800 surrogate.", address="bad", file="bad.jsonl#4"), "onrecord 1")
    good = readable(invent(1))
    result = ledger.append([(bad, make_digest(invent(2))), good])
    assert result.new == (good[0].report.id,)
    assert [f.file for f in result.failures] == ["bad.jsonl#4"]
    assert "surrogates" in result.failures[0].reason


@pytest.mark.parametrize("table", ["reports", "texts", "readings", "judgements", "corrections"])
def test_what_is_kept_cannot_be_changed(filled: Ledger, path: Path, table: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA recursive_triggers = ON")
        if table in {"judgements", "corrections"}:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            db.execute(f"INSERT INTO {table} VALUES ({', '.join('1' for _ in columns)})")
        before = db.execute(f"SELECT * FROM {table}").fetchall()
        for change in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET rowid = rowid + 100",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(change)
        assert db.execute(f"SELECT * FROM {table}").fetchall() == before


def test_linking_is_told_what_is_pending(filled: Ledger) -> None:
    digests = filled.pending(5)
    assert [d.report for d in digests] == list(filled.report_ids())[:5]
    filled.set_linked([d.report for d in digests])
    assert len(filled.pending(100)) == 7
    filled.append([readable(read_again(invent(0), "onrecord 2"))])
    assert next(d.report for d in filled.pending(100)) == invent(0).report.id
    assert len(filled.pending(100)) == 8


def test_a_failed_transaction_leaves_nothing(filled: Ledger) -> None:
    before = filled.counts()
    with pytest.raises(ZeroDivisionError), filled.transaction():
        filled.append(list(series(20, 22)))
        assert filled.counts()["reports"] == 14
        _ = 1 / 0
    assert filled.counts() == before
    assert filled.append(list(series(20, 22))).new
    assert filled.check() == []


def test_unknown_ids(filled: Ledger) -> None:
    for ask in (filled.reading, filled.report, filled.report_head, filled.judgement):
        with pytest.raises(NotFoundError, match="rnone"):
            ask("rnone")


def test_a_snapshot_does_not_move(filled: Ledger, path: Path) -> None:
    with Ledger.open(path, mode="read") as reader, reader.snapshot():
        before = reader.counts()["reports"]
        filled.append(list(series(30, 31)))
        assert reader.counts()["reports"] == before
    with Ledger.open(path, mode="read") as reader:
        assert reader.counts()["reports"] == before + 1


def test_when_it_was_appended(ledger: Ledger) -> None:
    before = datetime.now(UTC)
    assert ledger.last_change() is None
    ledger.append([readable(invent(1))])
    changed = ledger.last_change()
    assert changed is not None
    assert before <= changed == ledger.find_heads(Filter())[0].appended <= datetime.now(UTC)


def test_entries_made_elsewhere_are_appended_as_readings_are(ledger: Ledger, tmp_path: Path) -> None:
    """What ``prepare`` makes survives the way between processes, and makes the same ledger."""
    items = [readable(invent(n)) for n in range(4)]
    entries = pickle.loads(pickle.dumps([prepare(*item) for item in items]))
    assert ledger.append_entries(entries).new == tuple(item[0].report.id for item in items)
    assert ledger.append_entries(entries).known == tuple(item[0].report.id for item in items)
    with Ledger.open(tmp_path / "other.ledger") as other:
        other.append(items)
        for table in ("entities", "event_mentions", "claims", "attributions", "candidate_reports", "digests"):
            query = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert ledger._connection.all(query) == other._connection.all(query)
    assert [ledger.reading(item[0].report.id) for item in items] == [item[0] for item in items]
    assert ledger.check() == []
