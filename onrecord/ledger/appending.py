"""Appending readings: once each, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.ledger.codec import Layout, micros, pack, pack_reading, pack_text, stamp_columns
from onrecord.ledger.connection import Connection
from onrecord.ledger.remapping import carry_over
from onrecord.ledger.rows import erase_rows, write_digest, write_revisions, write_rows
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
class _Packed:
    """A reading as bytes, made before the writer's place is taken."""

    reading: Reading
    digest: Digest
    body: bytes
    digest_body: bytes
    text: bytes
    layout: bytes


@dataclass(slots=True)
class _Sorted:
    new: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def append(connection: Connection, readings: Sequence[tuple[Reading, Digest]]) -> AppendResult:
    packed, failures = _pack_all(readings)
    found = _Sorted()
    with connection.transaction():
        made = now()
        for item in packed:
            _append_one(connection, item, made, found)
    return AppendResult(tuple(found.new), tuple(found.revisions), tuple(found.reread), tuple(found.known), failures)


def _pack_all(readings: Sequence[tuple[Reading, Digest]]) -> tuple[list[_Packed], tuple[Failure, ...]]:
    packed, failures = [], []
    for reading, digest in readings:
        report = reading.report
        try:
            for value in (report.id, report.address, report.file, report.outlet, report.title, report.byline):
                (value or "").encode()
            layout = pack(Layout(report.credits, report.parts, report.offsets))
            body, digest_body, text = pack_reading(reading), pack(digest), pack_text(report.text)
            packed.append(_Packed(reading, digest, body, digest_body, text, layout))
        except UnicodeEncodeError:
            name = (report.file or report.address).encode("utf-8", "replace").decode()
            failures.append(Failure(name, "it holds half characters (lone surrogates), which no file can keep"))
    return packed, tuple(failures)


def _append_one(connection: Connection, item: _Packed, made: datetime, found: _Sorted) -> None:
    reading, report = item.reading, item.reading.report
    row = connection.one("SELECT sequence FROM reports WHERE id = ?", report.id)
    sequence = row[0] if row else None
    if sequence is None:
        revision = bool(connection.one("SELECT 1 FROM reports WHERE address = ? LIMIT 1", report.address))
        sequence = _append_report(connection, item, made)
        (found.revisions if revision else found.new).append(report.id)
    elif connection.one("SELECT 1 FROM readings WHERE report = ? AND made_by = ?", sequence, reading.made_by):
        found.known.append(report.id)
        return
    else:
        found.reread.append(report.id)
    last = connection.one("SELECT coalesce(max(number), 0) FROM readings WHERE report = ?", sequence)[0]
    connection.run(
        "INSERT INTO readings (report, made_by, made, analysed, note, body) VALUES (?, ?, ?, ?, ?, ?)",
        sequence,
        reading.made_by,
        micros(made),
        reading.analysed,
        reading.note,
        item.body,
    )
    if last:
        erase_rows(connection, sequence)
    write_rows(connection, sequence, reading)
    write_digest(connection, sequence, item.digest, item.digest_body)
    if last:
        carry_over(connection, sequence, report.id)


def _append_report(connection: Connection, item: _Packed, made: datetime) -> int:
    report = item.reading.report
    sequence: int = connection.one("SELECT coalesce(max(sequence), 0) + 1 FROM reports")[0]
    connection.run(
        _REPORT,
        sequence,
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
        len(report.text.split()),
        micros(made),
    )
    connection.run("INSERT INTO texts VALUES (?, ?, ?)", sequence, item.text, item.layout)
    write_search(connection, sequence, report.title, report.text)
    write_revisions(connection, report.address)
    return sequence


def write_search(connection: Connection, sequence: int, title: str | None, text: str) -> None:
    connection.run(
        "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", sequence, indexable(title or ""), indexable(text)
    )
