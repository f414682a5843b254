"""Is the ledger whole? And making everything derived anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ledger.appending import write_search
from onrecord.ledger.codec import UndecodableError, pack, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.migrations import DERIVED, KEPT
from onrecord.ledger.outlet_lines import write_lines
from onrecord.ledger.remapping import write_pair, write_targets
from onrecord.ledger.reports import reading, report_ids
from onrecord.ledger.rows import hashed_keys, rows_of, write_digest, write_keys, write_revisions, write_rows
from onrecord.ledger.search_text import indexable
from onrecord.model import Digest, Reading, Report, report_id

_MOST = 1_000  # problems named; a ledger with more is lost
_SEVERAL = 20  # lines asked of SQLite's own check

Progress = Callable[[int, int], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that should not be: the id, table or file, and what is wrong."""

    what: str
    reason: str


def check(connection: Connection, progress: Progress | None = None) -> list[Problem]:
    """Everything that is wrong with a ledger, at most a thousand problems; an empty list if it is whole."""
    found: list[Problem] = []
    for problem in _problems(connection, progress):
        found.append(problem)
        if len(found) >= _MOST:
            break
    return found


def _problems(connection: Connection, progress: Progress | None) -> Iterator[Problem]:
    yield from _file(connection)
    yield from _guards(connection)
    yield from _indexes(connection)
    yield from _derived(connection)
    total = connection.one("SELECT count(*) FROM reports")[0]
    for done, name in enumerate(report_ids(connection), 1):
        yield from _report(connection, name)
        if progress:
            progress(done, total)


def _file(connection: Connection) -> Iterator[Problem]:
    for (line,) in connection.all(f"PRAGMA integrity_check({_SEVERAL})"):
        if line != "ok":
            yield Problem("file", line)
    for table, row, parent, _ in connection.all("PRAGMA foreign_key_check"):
        yield Problem(table, f"row {row} refers to something in {parent} that is not there")


def _guards(connection: Connection) -> Iterator[Problem]:
    there = {row[0] for row in connection.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in KEPT:
        for verb in ("update", "delete"):
            if f"{table}_keep_{verb}" not in there:
                yield Problem(table, f"nothing keeps it from {verb}: the trigger is missing")


def _indexes(connection: Connection) -> Iterator[Problem]:
    for index, source, key in (("search", "reports", "sequence"), ("names", "entities", "number")):
        missing = connection.one(f"SELECT count(*) FROM {source} WHERE {key} NOT IN (SELECT id FROM {index}_docsize)")[
            0
        ]
        extra = connection.one(f"SELECT count(*) FROM {index}_docsize WHERE id NOT IN (SELECT {key} FROM {source})")[0]
        if missing or extra:
            yield Problem(index, f"the full-text index lacks {missing} and has {extra} too many of {source}")
        if connection.mode == "write":
            yield from _full_text(connection, index)


def _full_text(connection: Connection, index: str) -> Iterator[Problem]:
    from sqlite3 import DatabaseError

    try:
        connection.run(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    except DatabaseError as error:
        yield Problem(index, f"the full-text index is damaged ({error}); onrecord check --rebuild makes it anew")


# Each query finds rows that rest on nothing: the table, a name for the row, what is wrong.
_ORPHANS = (
    (
        "reports",
        "SELECT id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM readings WHERE report = r.sequence)",
        "no reading",
    ),
    ("reports", "SELECT id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM texts WHERE report = r.sequence)", "no text"),
    (
        "reports",
        "SELECT id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM digests WHERE report = r.sequence)",
        "no digest",
    ),
    (
        "claims",
        "SELECT r.id || '.' || c.local FROM claims c JOIN reports r ON r.sequence = c.report WHERE NOT EXISTS"
        " (SELECT 1 FROM event_mentions e WHERE e.report = c.report AND e.local = c.event)",
        "its event mention is not there",
    ),
    (
        "cluster_members",
        "SELECT m.member FROM cluster_members m WHERE m.kind = 'event' AND NOT EXISTS (SELECT 1 FROM event_mentions e"
        " JOIN reports r ON r.sequence = e.report WHERE r.id = substr(m.member, 1, instr(m.member, '.') - 1)"
        " AND e.local = substr(m.member, instr(m.member, '.') + 1) AND e.cluster = m.cluster)",
        "this member of an event is no event mention, or not marked as its member",
    ),
    (
        "cluster_members",
        "SELECT member FROM cluster_members WHERE kind <> 'event' AND member NOT IN (SELECT id FROM reports)",
        "this member is no report",
    ),
    (
        "event_mentions",
        "SELECT r.id || '.' || e.local FROM event_mentions e JOIN reports r ON r.sequence = e.report WHERE e.cluster"
        " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cluster_members m WHERE m.cluster = e.cluster AND m.kind = 'event'"
        " AND m.member = r.id || '.' || e.local)",
        "marked as member of an event that does not have it",
    ),
    (
        "clusters",
        "SELECT id FROM clusters WHERE NOT EXISTS (SELECT 1 FROM cluster_members WHERE cluster = number)",
        "a cluster without members",
    ),
    (
        "judgements",
        "SELECT id FROM judgements WHERE number NOT IN (SELECT judgement FROM judgement_pairs)",
        "not found by what it is about",
    ),
    (
        "candidate_keys",
        "SELECT k.key FROM candidate_keys k WHERE k.uses <>"
        " (SELECT count(*) FROM candidate_reports c WHERE c.key = k.key)",
        "counted wrongly",
    ),
)


def _derived(connection: Connection) -> Iterator[Problem]:
    for table, query, reason in _ORPHANS:
        for (name,) in connection.all(f"{query} LIMIT {_MOST}"):
            yield Problem(f"{table}: {name}", reason)


# --- one report ------------------------------------------------------------------------------------------------


def _report(connection: Connection, name: str) -> Iterator[Problem]:
    try:
        found = reading(connection, name)
    except UndecodableError as error:
        yield Problem(name, f"its text or reading is damaged ({error})")
        return
    if not _id_fits(found.report):
        yield Problem(name, "its id does not fit its content")
    for what, start, end, words in _spans(found):
        if not 0 <= start <= end <= len(found.report.text):
            yield Problem(f"{name}.{what}", f"its span {start}–{end} lies outside the text")
        elif words is not None and found.report.text[start:end] != words:
            yield Problem(f"{name}.{what}", f"its span {start}–{end} does not hold its words")
    yield from _rows_of(connection, name, found)


def _id_fits(found: Report) -> bool:
    """Ids are made from the published and updated times as normalised or as written."""
    published = {None, *((found.published.value, found.published.original) if found.published else ())}
    updated = {None, *((found.updated.value, found.updated.original) if found.updated else ())}
    return any(
        found.id == report_id(found.address, found.text, found.title, found.outlet, p, u)
        for p in published
        for u in updated
    )


def _spans(found: Reading) -> Iterator[tuple[str, int, int, str | None]]:
    for n, s in enumerate(found.sentences):
        yield f"sentence {n}", s.start, s.end, None
    for m in found.mentions:
        yield f"mention of {m.entity}", m.start, m.end, m.text
    for time in found.times:
        yield time.id, time.start, time.end, time.text
    for place in found.places:
        yield place.id, place.start, place.end, place.text
    for a in found.attributions:
        for span in (*a.source, *a.cue, *a.content):
            yield a.id, span.start, span.end, span.text
    for e in found.events:
        yield e.id, e.anchor.start, e.anchor.end, e.anchor.text
        for part in (*e.actors, *e.recipients):
            yield e.id, part.start, part.end, part.text
        for quantity in e.quantities:
            yield e.id, quantity.start, quantity.end, quantity.text
        if e.cause is not None:
            yield e.id, e.cause.start, e.cause.end, e.cause.text
    for c in found.claims:
        yield c.id, c.words.start, c.words.end, c.words.text


def _rows_of(connection: Connection, name: str, found: Reading) -> Iterator[Problem]:
    for table, expected in (
        ("event_mentions", {e.id for e in found.events}),
        ("claims", {c.id for c in found.claims}),
        ("attributions", {a.id for a in found.attributions}),
        ("entities", {e.id for e in found.entities}),
    ):
        rows = connection.all(
            f"SELECT local FROM {table} WHERE report = (SELECT sequence FROM reports WHERE id = ?)", name
        )
        if {row[0] for row in rows} != expected:
            yield Problem(name, f"the rows in {table} are not those of its newest reading; rebuild")


# --- making anew -----------------------------------------------------------------------------------------------


def rebuild(connection: Connection, digest: Callable[[Reading], Digest] | None, progress: Progress | None) -> None:
    """Empties everything derived and derives it from the newest readings, judgements and corrections, all or nothing.

    Digests are made by ``digest``, else kept as they are. Clusters, origins and standings are linking's to derive
    again: every report is *pending* afterwards.
    """
    with connection.transaction():
        connection.forget_digests()
        for table in DERIVED:
            if digest or table != "digests":
                connection.run(f"DELETE FROM {table}")
        for index in ("search", "names"):
            connection.run(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
        for (address,) in connection.all("SELECT address FROM reports GROUP BY address HAVING count(*) > 1"):
            write_revisions(connection, address)
        _rebuild_reports(connection, digest, progress)
        for row in connection.all(
            "SELECT number, kind, left_member, right_member, verdict, last_reading FROM judgements ORDER BY number"
        ):
            write_pair(connection, tuple(row[:5]), row[5])
        for (number,) in connection.all("SELECT number FROM corrections"):
            write_targets(connection, number)


def _rebuild_reports(
    connection: Connection,
    digest: Callable[[Reading], Digest] | None,
    progress: Progress | None,
) -> None:
    total = connection.one("SELECT count(*) FROM reports")[0]
    for done, name in enumerate(report_ids(connection), 1):
        found = reading(connection, name)
        sequence = connection.one("SELECT sequence FROM reports WHERE id = ?", name)[0]
        write_search(connection, sequence, indexable(found.report.title or ""), indexable(found.report.text))
        write_rows(connection, sequence, rows_of(found))
        made: Digest | None = None
        if digest:
            made = digest(found)
            write_digest(connection, sequence, pack(made), hashed_keys(made))
        elif stored := connection.one("SELECT body FROM digests WHERE report = ?", sequence):
            made = unpack(stored[0], Digest)
            write_keys(connection, sequence, hashed_keys(made))
        if made:
            write_lines(connection, sequence, [key for key, _, _ in made.lines], made.headline)
        if progress:
            progress(done, total)
