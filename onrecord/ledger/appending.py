"""Appending readings: once each, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.ledger.codec import Layout, micros, pack, pack_reading, pack_text, stamp_columns
from onrecord.ledger.connection import Connection
from onrecord.ledger.outlet_lines import write_lines
from onrecord.ledger.remapping import carry_over
from onrecord.ledger.rows import Rows, erase_rows, hashed_keys, rows_of, write_digest, write_revisions, write_rows
from onrecord.ledger.search_text import indexable
from onrecord.model import Digest, Failure, Reading, now

_REPORT = "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class AppendResult:
    """Report ids, each in one of ``new``, ``revisions`` (new at a known address), ``reread`` and ``known``."""

    new: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()  # what no file can hold: lone surrogates


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading ready to be appended: all that is to be worked out before the writer's place is taken.

    It holds bytes and plain values only, so that the process that reads makes it and hands it on cheaply.
    """

    report: str
    address: str
    made_by: str
    analysed: bool
    note: str | None
    words: int
    columns: tuple[Any, ...]  # of the report, between its sequence and when it was appended
    search: tuple[str, str]  # title and text as the index takes them
    text: bytes
    layout: bytes
    body: bytes
    digest: bytes
    keys: tuple[int, ...]
    lines: tuple[int, ...]
    headline: int
    rows: Rows


@dataclass(slots=True)
class _Sorted:
    new: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def prepare(reading: Reading, digest: Digest) -> Entry | Failure:
    """The entry of a reading; a failure if it holds what no file can keep. Pure."""
    report = reading.report
    words = len(report.text.split())
    try:
        for value in (report.id, report.address, report.file, report.outlet, report.title, report.byline):
            (value or "").encode()
        return Entry(
            report=report.id,
            address=report.address,
            made_by=reading.made_by,
            analysed=reading.analysed,
            note=reading.note,
            words=words,
            columns=(
                report.id,
                report.address,
                report.file,
                report.outlet,
                report.title,
                report.byline,
                report.dateline,
                *stamp_columns(report.published),
                *stamp_columns(report.updated),
                report.language,
                words,
            ),
            search=(indexable(report.title or ""), indexable(report.text)),
            text=pack_text(report.text),
            layout=pack(Layout(report.credits, report.parts, report.offsets)),
            body=pack_reading(reading),
            digest=pack(digest),
            keys=hashed_keys(digest),
            lines=tuple(key for key, _, _ in digest.lines),
            headline=digest.headline,
            rows=rows_of(reading),
        )
    except UnicodeEncodeError:
        name = (report.file or report.address).encode("utf-8", "replace").decode()
        return Failure(name, "it holds half characters (lone surrogates), which no file can keep")


def append(connection: Connection, readings: Sequence[tuple[Reading, Digest]]) -> AppendResult:
    made = [prepare(reading, digest) for reading, digest in readings]
    result = append_entries(connection, [entry for entry in made if isinstance(entry, Entry)])
    return replace(result, failures=tuple(failure for failure in made if isinstance(failure, Failure)))


def append_entries(connection: Connection, entries: Sequence[Entry]) -> AppendResult:
    found = _Sorted()
    with connection.transaction():
        made = micros(now())
        for entry in entries:
            _append_one(connection, entry, made, found)
    return AppendResult(tuple(found.new), tuple(found.revisions), tuple(found.reread), tuple(found.known))


def _append_one(connection: Connection, entry: Entry, made: int | None, found: _Sorted) -> None:
    row = connection.one("SELECT sequence FROM reports WHERE id = ?", entry.report)
    sequence = row[0] if row else None
    last = None
    if sequence is None:
        revision = bool(connection.one("SELECT 1 FROM reports WHERE address = ? LIMIT 1", entry.address))
        sequence = _append_report(connection, entry, made)
        (found.revisions if revision else found.new).append(entry.report)
    elif connection.one("SELECT 1 FROM readings WHERE report = ? AND made_by = ?", sequence, entry.made_by):
        found.known.append(entry.report)
        return
    else:
        found.reread.append(entry.report)
        last = connection.one("SELECT max(number) FROM readings WHERE report = ?", sequence)[0]
    connection.run(
        "INSERT INTO readings (report, made_by, made, analysed, note, body) VALUES (?, ?, ?, ?, ?, ?)",
        sequence,
        entry.made_by,
        made,
        entry.analysed,
        entry.note,
        entry.body,
    )
    if last:
        erase_rows(connection, sequence)
    write_rows(connection, sequence, entry.rows)
    write_digest(connection, sequence, entry.digest, entry.keys)
    write_lines(connection, sequence, entry.lines, entry.headline)
    if last:
        carry_over(connection, sequence, entry.report)


def _append_report(connection: Connection, entry: Entry, made: int | None) -> int:
    sequence: int = connection.one("SELECT coalesce(max(sequence), 0) + 1 FROM reports")[0]
    connection.run(_REPORT, sequence, *entry.columns, made)
    connection.run("INSERT INTO texts VALUES (?, ?, ?)", sequence, entry.text, entry.layout)
    write_search(connection, sequence, *entry.search)
    write_revisions(connection, entry.address)
    return sequence


def write_search(connection: Connection, sequence: int, title: str, text: str) -> None:
    """Title and text as ``indexable`` makes them."""
    connection.run("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", sequence, title, text)
