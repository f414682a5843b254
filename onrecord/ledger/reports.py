"""Reports and readings as facts; ids found from their beginnings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from onrecord.errors import AmbiguousIdError, NotFoundError
from onrecord.ledger.clusters import follow
from onrecord.ledger.codec import (
    Layout,
    Told,
    certain_moment,
    join_reading,
    stamp_of,
    unpack,
    unpack_text,
)
from onrecord.ledger.connection import Connection
from onrecord.model import Claim, Reading, Report, ReportHead

_SHOWN = 5  # ids listed when an abbreviation is ambiguous
_SHORTEST = 2  # characters of an abbreviated id

_HEAD = (
    "SELECT r.id, r.address, r.file, r.outlet, r.title, r.byline,"
    " r.published_value, r.published_original, r.published_origin, r.published_earliest, r.published_latest,"
    " r.updated_value, r.updated_original, r.updated_origin, r.updated_earliest, r.updated_latest,"
    " r.language, g.analysed, g.note, r.appended, r.sequence, r.words, earlier.id, head.id"
    " FROM reports r JOIN readings g ON g.number = (SELECT max(number) FROM readings WHERE report = r.sequence)"
    " LEFT JOIN revisions v ON v.report = r.sequence LEFT JOIN reports earlier ON earlier.sequence = v.earlier"
    " LEFT JOIN cluster_members m ON m.kind = 'copy' AND m.member = r.id LEFT JOIN clusters c ON c.number = m.cluster"
    " LEFT JOIN reports head ON head.sequence = c.head AND head.address <> r.address"
)


def heads_where(connection: Connection, condition: str, *values: Any) -> list[ReportHead]:
    """Heads of the reports ``r`` that meet a condition of this package's own making."""
    return [_head(row) for row in connection.all(f"{_HEAD} {condition}", *values)]


def _head(row: Sequence[Any]) -> ReportHead:
    return ReportHead(
        id=row[0],
        address=row[1],
        file=row[2],
        outlet=row[3],
        title=row[4],
        byline=row[5],
        published=stamp_of(row[6:11]),
        updated=stamp_of(row[11:16]),
        language=row[16],
        analysed=bool(row[17]),
        note=row[18],
        appended=certain_moment(row[19]),
        sequence=row[20],
        words=row[21],
        revision_of=row[22],
        copy_of=row[23],
    )


def heads(connection: Connection, reports: Sequence[str]) -> list[ReportHead]:
    """In the order asked for.

    Raises:
        NotFoundError: naming the first that is not there.
    """
    asked = json.dumps(list(reports))
    found = {h.id: h for h in heads_where(connection, "WHERE r.id IN (SELECT value FROM json_each(?))", asked)}
    missing = next((r for r in reports if r not in found), None)
    if missing is not None:
        raise NotFoundError(missing, "no report in this ledger has this id")
    return [found[r] for r in reports]


def report(connection: Connection, report_id: str) -> Report:
    row = connection.one(
        "SELECT r.id, r.address, r.file, r.outlet, r.title, r.byline, r.dateline,"
        " r.published_value, r.published_original, r.published_origin, r.published_earliest, r.published_latest,"
        " r.updated_value, r.updated_original, r.updated_origin, r.updated_earliest, r.updated_latest,"
        " r.language, t.text, t.layout FROM reports r JOIN texts t ON t.report = r.sequence WHERE r.id = ?",
        report_id,
    )
    if not row:
        raise NotFoundError(report_id, "no report in this ledger has this id")
    layout = unpack(row[19], Layout)
    return Report(
        id=row[0],
        address=row[1],
        file=row[2],
        outlet=row[3],
        title=row[4],
        byline=row[5],
        dateline=row[6],
        published=stamp_of(row[7:12]),
        updated=stamp_of(row[12:17]),
        language=row[17],
        text=unpack_text(row[18]),
        credits=layout.credits,
        parts=layout.parts,
        offsets=layout.offsets,
    )


def reading(connection: Connection, report_id: str, made_by: str | None = None) -> Reading:
    """The newest reading of a report, or the one a version of the program made.

    Raises:
        NotFoundError
    """
    found = report(connection, report_id)
    chosen = "" if made_by is None else "AND made_by = ?2 "
    row = connection.one(
        "SELECT made_by, analysed, note, body FROM readings WHERE report = (SELECT sequence FROM reports WHERE id = ?1)"
        f" {chosen}ORDER BY number DESC LIMIT 1",
        report_id,
        *(() if made_by is None else (made_by,)),
    )
    if not row:
        raise NotFoundError(report_id, f"no reading of this report was made by {made_by}")
    return join_reading(found, row[0], bool(row[1]), row[2], row[3])


def told(connection: Connection, report_id: str) -> tuple[Claim, ...]:
    """The claims of a report's newest reading.

    Raises:
        NotFoundError
    """
    row = connection.one(
        "SELECT body FROM readings WHERE report = (SELECT sequence FROM reports WHERE id = ?) ORDER BY number DESC"
        " LIMIT 1",
        report_id,
    )
    if not row:
        raise NotFoundError(report_id, "no report in this ledger has this id")
    return unpack(row[0], Told).claims


def sequences(connection: Connection, reports: Iterable[str]) -> dict[str, int]:
    """Report id → its place in the order of appending."""
    return dict(
        connection.all(
            "SELECT id, sequence FROM reports WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(reports))
        )
    )


def readings_made(connection: Connection, report_id: str) -> list[tuple[str, datetime]]:
    """Who read a report when, oldest first."""
    rows = connection.all(
        "SELECT made_by, made FROM readings WHERE report = (SELECT sequence FROM reports WHERE id = ?) ORDER BY number",
        report_id,
    )
    return [(made_by, certain_moment(made)) for made_by, made in rows]


def revisions(connection: Connection, address: str) -> list[ReportHead]:
    """All reports of one address, each after the one it revises."""
    return heads_where(
        connection,
        "WHERE r.address = ? ORDER BY coalesce(r.updated_earliest, r.published_earliest, r.appended), r.sequence",
        address,
    )


def report_ids(connection: Connection) -> Iterator[str]:
    """All, in order of appending, a page at a time: new ones may be appended meanwhile."""
    last = 0
    while rows := connection.all("SELECT sequence, id FROM reports WHERE sequence > ? ORDER BY 1 LIMIT 500", last):
        last = rows[-1][0]
        yield from (row[1] for row in rows)


def known(connection: Connection, reports: Sequence[str], made_by: str) -> set[str]:
    """Those that this version of the program has read already."""
    rows = connection.all(
        "SELECT r.id FROM json_each(?) j JOIN reports r ON r.id = j.value JOIN readings g ON g.report = r.sequence"
        " AND g.made_by = ?",
        json.dumps(list(reports)),
        made_by,
    )
    return {row[0] for row in rows}


# --- ids -------------------------------------------------------------------------------------------------------

KINDS = ("report", "event", "story", "copy", "judgement", "correction")
_TABLES = {"report": "reports", "judgement": "judgements", "correction": "corrections"}


def resolve(connection: Connection, name: str, kinds: Sequence[str]) -> str:
    """The full id that an abbreviation, an absorbed cluster's id or a report's address stands for.

    A name with a dot is something inside a report (``r….e3``): the report's part may be abbreviated.

    Raises:
        NotFoundError: with a hint.
        AmbiguousIdError: naming the first few it could be.
    """
    wanted = tuple(kinds) or KINDS
    name = name.strip()
    begin, dot, local = name.partition(".")
    if dot and "/" not in name and (found := _inside(connection, begin, local)):
        return found
    if "report" in wanted and (row := _by_address(connection, name)):
        return row
    matches = _matches(connection, name.lower(), wanted)
    if name.lower() in matches:
        return follow(connection, name.lower())
    full = sorted({follow(connection, match) for match in matches})
    if len(full) == 1:
        return full[0]
    what = " or ".join(wanted)
    if full:
        shown = ", ".join(full[:_SHOWN]) + (" …" if len(full) > _SHOWN else "")
        raise AmbiguousIdError(name, f"more than one {what} begins with this: {shown}")
    hint = f"an id has at least {_SHORTEST} characters" if len(name) < _SHORTEST else "see the ids that the lists show"
    raise NotFoundError(name, f"no {what} in this ledger has an id that begins with this; {hint}")


def _by_address(connection: Connection, name: str) -> str:
    row = connection.one("SELECT id FROM reports WHERE address = ? ORDER BY sequence DESC LIMIT 1", name)
    return row[0] if row else ""


def _inside(connection: Connection, begin: str, local: str) -> str:
    try:
        found = resolve(connection, begin, ("report",))
    except NotFoundError:
        return ""
    for table in ("event_mentions", "claims", "attributions", "entities"):
        if connection.one(
            f"SELECT 1 FROM {table} WHERE local = ? AND report = (SELECT sequence FROM reports WHERE id = ?)",
            local,
            found,
        ):
            return f"{found}.{local}"
    return ""


def _matches(connection: Connection, begin: str, kinds: Sequence[str]) -> list[str]:
    if len(begin) < _SHORTEST:
        return []
    low, high = begin, begin + "\U0010ffff"
    found: list[str] = []
    for kind in kinds:
        if kind in _TABLES:
            rows = connection.all(
                f"SELECT id FROM {_TABLES[kind]} WHERE id >= ? AND id < ? ORDER BY id LIMIT {_SHOWN + 1}", low, high
            )
        else:
            rows = connection.all(
                "SELECT id FROM clusters WHERE id >= ?1 AND id < ?2 AND kind = ?3 UNION"
                " SELECT alias FROM aliases WHERE alias >= ?1 AND alias < ?2 AND kind = ?3"
                f" ORDER BY 1 LIMIT {_SHOWN + 1}",
                low,
                high,
                kind,
            )
        found.extend(row[0] for row in rows)
    return found
