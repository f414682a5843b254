"""Which earlier reports may be about the same: an inverted index from keys to reports, read rarest key first."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from onrecord.ledger.codec import decode, hashed, inflate, moment
from onrecord.ledger.connection import Connection
from onrecord.model import Digest

COMMON = 1_000  # a key that more reports share says too little to be followed
POSTINGS = 2_000  # at most so many entries of the index are read for one report: three milliseconds
_HELD = (
    20_000_000  # bytes of digests kept in memory, as they are encoded: four hundred long reports, or ten times short
)

Weight = Callable[[str], float]


def candidates(
    connection: Connection,
    keys: Sequence[str],
    limit: int,
    exclude: Iterable[str],
    weight: Weight | None,
    before: str | None,
) -> list[Digest]:
    """``before``: so that each pair is judged once, by the report that linking comes to later, whatever the batches."""
    names = {hashed(key): key for key in keys}
    chosen = _chosen_keys(connection, names, _uses(connection, names), weight)
    return _sharing(connection, chosen, limit, list(exclude), before)


def candidates_of(
    connection: Connection, asked: Sequence[tuple[str, Sequence[str]]], limit: int, weight: Weight | None
) -> list[list[Digest]]:
    """Reports of one time have many keys in common: how many have each is looked up once."""
    named = [{hashed(key): key for key in keys} for _, keys in asked]
    uses = _uses(connection, set().union(*named))
    chosen = [_chosen_keys(connection, names, uses, weight) for names in named]
    return [_sharing(connection, c, limit, [r], r) for (r, _), c in zip(asked, chosen, strict=True)]


def _sharing(
    connection: Connection, chosen: list[tuple[int, float]], limit: int, exclude: list[str], before: str | None
) -> list[Digest]:
    rows = connection.all(
        "SELECT c.report FROM json_each(?1) k JOIN candidate_reports c ON c.key = k.value ->> 0 WHERE c.report NOT IN"
        " (SELECT sequence FROM reports WHERE id IN (SELECT value FROM json_each(?2)))"
        " AND (?4 IS NULL OR c.report < (SELECT sequence FROM reports WHERE id = ?4)"
        " OR EXISTS (SELECT 1 FROM linked l WHERE l.report = c.report))"
        " GROUP BY c.report ORDER BY sum(k.value ->> 1) DESC, c.report DESC LIMIT ?3",
        json.dumps(chosen),
        json.dumps(exclude),
        limit,
        before,
    )
    return _decoded(connection, [row[0] for row in rows])


def _refresh(connection: Connection) -> None:
    """Forgets what another process may have changed."""
    version = connection.one("PRAGMA data_version")[0]
    if version != connection.version:
        connection.version = version
        connection.forget_digests()


def _decoded(connection: Connection, sequences: Sequence[int]) -> list[Digest]:
    """Digests in the order asked for; those asked for lately are not read again unless another process wrote."""
    _refresh(connection)
    held = connection.digests
    if wanted := [s for s in sequences if s not in held]:
        for sequence, body in connection.all(
            "SELECT report, body FROM digests WHERE report IN (SELECT value FROM json_each(?))", json.dumps(wanted)
        ):
            raw = inflate(body)
            held[sequence] = decode(raw, Digest), len(raw)
            connection.digest_bytes += len(raw)
    found = [held[s][0] for s in sequences if s in held]
    for sequence in sequences:
        if sequence in held:
            held.move_to_end(sequence)
    while connection.digest_bytes > _HELD:
        connection.digest_bytes -= held.popitem(last=False)[1][1]
    return found


def _uses(connection: Connection, keys: Iterable[int]) -> dict[int, int]:
    """How many reports have each of these keys; those that none has are left out."""
    return dict(
        connection.all(
            "SELECT key, uses FROM candidate_keys WHERE key IN (SELECT value FROM json_each(?))", json.dumps(list(keys))
        )
    )


def _chosen_keys(
    connection: Connection, names: Mapping[int, str], uses: Mapping[int, int], weight: Weight | None
) -> list[tuple[int, float]]:
    """The rarest keys, as many as may be followed, each with what it weighs."""
    reports = 0 if weight else connection.one("SELECT coalesce(max(sequence), 0) FROM reports")[0]
    chosen: list[tuple[int, float]] = []
    room = POSTINGS
    for count, key in sorted((uses[key], key) for key in names if key in uses):
        if count > COMMON or count > room:
            break
        room -= count
        chosen.append((key, weight(names[key]) if weight else math.log2(1 + reports / count)))
    return chosen


def published(connection: Connection) -> tuple[datetime | None, datetime | None, bool]:
    first, last = (connection.one(f"SELECT {end}(published_earliest) FROM reports")[0] for end in ("min", "max"))
    undated = bool(connection.one("SELECT EXISTS (SELECT 1 FROM reports WHERE published_earliest IS NULL)")[0])
    if undated:
        at = "coalesce(published_earliest, updated_earliest)"
        first, last = connection.one(f"SELECT min({at}), max({at}) FROM reports")
    return moment(first), moment(last), undated


def digests(connection: Connection, reports: Sequence[str]) -> list[Digest]:
    """In the order asked for; reports without one are left out."""
    rows = connection.all(
        "SELECT r.sequence FROM json_each(?) j JOIN reports r ON r.id = j.value ORDER BY j.key",
        json.dumps(list(reports)),
    )
    return _decoded(connection, [row[0] for row in rows])


def pending(connection: Connection, limit: int) -> list[Digest]:
    """Reports on record whose links are not worked out yet, in order of appending."""
    _refresh(connection)
    rows = connection.all(
        "SELECT d.report FROM digests d WHERE d.report > ?1 AND NOT EXISTS"
        " (SELECT 1 FROM linked l WHERE l.report = d.report) ORDER BY d.report LIMIT ?2",
        connection.linked_to,
        limit,
    )
    connection.linked_to = rows[0][0] - 1 if rows else connection.one("SELECT coalesce(max(report), 0) FROM digests")[0]
    return _decoded(connection, [row[0] for row in rows])


def set_linked(connection: Connection, reports: Sequence[str]) -> None:
    with connection.transaction():
        connection.run(
            "INSERT OR IGNORE INTO linked SELECT sequence FROM reports WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(reports)),
        )
