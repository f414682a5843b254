"""Which earlier reports may be about the same: an inverted index from keys to reports, read rarest key first."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence

from onrecord.ledger.codec import unpack
from onrecord.ledger.connection import Connection
from onrecord.model import Digest

COMMON = 2_000  # a key that more reports share says too little to be followed
POSTINGS = 8_000  # at most so many entries of the index are read for one report: a few milliseconds

Weight = Callable[[str], float]


def candidates(
    connection: Connection, keys: Sequence[str], limit: int, exclude: Iterable[str], weight: Weight | None
) -> list[Digest]:
    chosen = _chosen_keys(connection, keys, weight)
    rows = connection.all(
        "SELECT d.body FROM (SELECT c.report AS report, sum(k.value ->> 1) AS score FROM json_each(?1) k"
        " JOIN candidate_reports c ON c.key = k.value ->> 0 GROUP BY c.report) AS found"
        " JOIN digests d ON d.report = found.report WHERE found.report NOT IN"
        " (SELECT sequence FROM reports WHERE id IN (SELECT value FROM json_each(?2)))"
        " ORDER BY found.score DESC, found.report DESC LIMIT ?3",
        json.dumps(chosen),
        json.dumps(list(exclude)),
        limit,
    )
    return [unpack(row[0], Digest) for row in rows]


def _chosen_keys(connection: Connection, keys: Sequence[str], weight: Weight | None) -> list[tuple[int, float]]:
    """Key numbers with weights: the rarest, as many as may be read."""
    rows = connection.all(
        "SELECT number, key, uses FROM candidate_keys WHERE key IN (SELECT value FROM json_each(?)) AND uses > 0"
        " ORDER BY uses, key",
        json.dumps(list(keys)),
    )
    reports = connection.one("SELECT coalesce(max(sequence), 0) FROM reports")[0]
    chosen: list[tuple[int, float]] = []
    room = POSTINGS
    for number, key, uses in rows:
        if uses > COMMON or uses > room:
            break
        room -= uses
        chosen.append((number, weight(key) if weight else math.log2(1 + reports / uses)))
    return chosen


def digests(connection: Connection, reports: Sequence[str]) -> list[Digest]:
    """In the order asked for; reports without one are left out."""
    rows = connection.all(
        "SELECT d.body FROM json_each(?) j JOIN reports r ON r.id = j.value JOIN digests d ON d.report = r.sequence"
        " ORDER BY j.key",
        json.dumps(list(reports)),
    )
    return [unpack(row[0], Digest) for row in rows]


def pending(connection: Connection, limit: int) -> list[Digest]:
    """Reports on record whose links are not worked out yet, in order of appending."""
    rows = connection.all(
        "SELECT d.body FROM digests d WHERE NOT EXISTS (SELECT 1 FROM linked l WHERE l.report = d.report)"
        " ORDER BY d.report LIMIT ?",
        limit,
    )
    return [unpack(row[0], Digest) for row in rows]


def set_linked(connection: Connection, reports: Sequence[str]) -> None:
    with connection.transaction():
        connection.run(
            "INSERT OR IGNORE INTO linked SELECT sequence FROM reports WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(reports)),
        )
