"""Clusters: copies of one text, mentions of one event, reports of one story. Derived; replaced as linking says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from onrecord.ledger.codec import ReportOrigins, pack, unpack
from onrecord.ledger.connection import Connection
from onrecord.model import Cluster, JudgementKind, Origin, Standing

_LONGEST_CHAIN = 32  # of aliases


def put_clusters(
    connection: Connection, kind: JudgementKind, clusters: Iterable[Cluster], dropped: Iterable[str]
) -> None:
    """Writes clusters over what they were; a member leaves the cluster it was in; an emptied cluster goes.

    A dropped or emptied cluster that another names among its aliases stays findable by its id. What is as it was keeps
    its standing.
    """
    wanted = {c.id: c for c in clusters}
    with connection.transaction():
        present = {c.id: c for c in read_clusters(connection, kind, list(wanted))}
        changed = [c for c in wanted.values() if c.id not in present or not _same(c, present[c.id])]
        gone = set(dropped) - wanted.keys()
        moved = [c for c in changed if c.id not in present or set(c.members) != set(present[c.id].members)]
        touched = _numbers(connection, [*gone, *(c.id for c in moved)])
        touched |= _holding(connection, kind, moved)
        _write(connection, kind, changed)
        numbers = _numbered(connection, [c.id for c in moved])
        _take_members(connection, kind, _numbers(connection, gone) | set(numbers.values()))
        _give_members(connection, kind, [(m, numbers[c.id]) for c in moved for m in c.members])
        _tidy(connection, touched | set(numbers.values()))


def _same(left: Cluster, right: Cluster) -> bool:
    same = set(left.members) == set(right.members) and left.unsure == right.unsure
    return same and set(left.aliases) <= set(right.aliases)


def _numbered(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    rows = connection.all(
        "SELECT id, number FROM clusters WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(ids))
    )
    return dict(rows)


def _numbers(connection: Connection, ids: Iterable[str]) -> set[int]:
    return set(_numbered(connection, ids).values())


def _holding(connection: Connection, kind: JudgementKind, clusters: Iterable[Cluster]) -> set[int]:
    """Numbers of the clusters that hold members of these now."""
    rows = connection.all(
        "SELECT DISTINCT cluster FROM cluster_members WHERE kind = ? AND member IN (SELECT value FROM json_each(?))",
        kind,
        json.dumps([m for c in clusters for m in c.members]),
    )
    return {row[0] for row in rows}


def _write(connection: Connection, kind: JudgementKind, clusters: Sequence[Cluster]) -> None:
    connection.many(
        "INSERT INTO clusters (id, kind, unsure) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET unsure = excluded.unsure",
        ((c.id, kind, json.dumps(c.unsure) if c.unsure else "[]") for c in clusters),
    )
    connection.many("DELETE FROM aliases WHERE alias = ?", ((c.id,) for c in clusters))
    connection.many(
        "INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)",
        ((alias, kind, c.id) for c in clusters for alias in c.aliases if alias != c.id),
    )


def _take_members(connection: Connection, kind: JudgementKind, numbers: set[int]) -> None:
    asked = json.dumps(sorted(numbers))
    chosen = "IN (SELECT value FROM json_each(?))"
    connection.run(f"DELETE FROM cluster_members WHERE cluster {chosen}", asked)
    if kind is JudgementKind.EVENT:
        connection.run(f"UPDATE event_mentions SET cluster = NULL WHERE cluster {chosen}", asked)


def _give_members(connection: Connection, kind: JudgementKind, members: Sequence[tuple[str, int]]) -> None:
    connection.many(
        "INSERT OR REPLACE INTO cluster_members VALUES (?, ?, ?)",
        ((kind, member, number) for member, number in members),
    )
    if kind is JudgementKind.EVENT:
        connection.many(
            "UPDATE event_mentions SET cluster = ? WHERE local = ? AND report ="
            " (SELECT sequence FROM reports WHERE id = ?)",
            ((number, *reversed(member.split(".", 1))) for member, number in members),
        )


def _tidy(connection: Connection, touched: set[int]) -> None:
    numbers = json.dumps(sorted(touched))
    chosen = "(SELECT value FROM json_each(?))"
    connection.run(f"DELETE FROM standings WHERE cluster IN {chosen}", numbers)
    connection.run(f"INSERT OR IGNORE INTO unweighed {chosen[1:-1]}", numbers)  # a member with a claim may have joined
    connection.run(
        f"DELETE FROM unweighed WHERE cluster IN {chosen} AND NOT EXISTS (SELECT 1 FROM event_mentions e JOIN claims c"
        " ON c.report = e.report AND c.event = e.local WHERE e.cluster = unweighed.cluster)",
        numbers,
    )
    connection.run(
        f"DELETE FROM clusters WHERE number IN {chosen} AND NOT EXISTS"
        " (SELECT 1 FROM cluster_members WHERE cluster = clusters.number)",
        numbers,
    )
    # Of reports with one text the first published is the head; the others are its copies.
    connection.run(
        "UPDATE clusters SET head = (SELECT r.sequence FROM cluster_members m JOIN reports r ON r.id = m.member"
        " WHERE m.cluster = clusters.number ORDER BY r.published_earliest IS NULL, r.published_earliest, r.sequence"
        f" LIMIT 1) WHERE kind = 'copy' AND number IN {chosen}",
        numbers,
    )


def cluster_of(connection: Connection, kind: JudgementKind, members: Sequence[str]) -> dict[str, Cluster]:
    """Member → its cluster; members that have none are left out."""
    rows = connection.all(
        "SELECT m.member, c.id FROM cluster_members m JOIN clusters c ON c.number = m.cluster WHERE m.kind = ? AND"
        " m.member IN (SELECT value FROM json_each(?))",
        kind,
        json.dumps(list(members)),
    )
    found = {c.id: c for c in read_clusters(connection, kind, sorted({i for _, i in rows}))}
    return {member: found[cluster_id] for member, cluster_id in rows}


def read_clusters(connection: Connection, kind: JudgementKind, ids: Sequence[str] | None = None) -> list[Cluster]:
    """In order of id; ``ids``: only those."""
    chosen = "" if ids is None else " AND c.id IN (SELECT value FROM json_each(?2))"
    values: tuple[str, ...] = (kind,) if ids is None else (kind, json.dumps(list(ids)))
    rows = connection.all(
        f"SELECT c.number, c.id, c.unsure FROM clusters c WHERE kind = ?1{chosen} ORDER BY c.id", *values
    )
    members: dict[int, list[str]] = {row[0]: [] for row in rows}
    for number, member in connection.all(
        "SELECT m.cluster, m.member FROM cluster_members m JOIN clusters c ON c.number = m.cluster"
        f" WHERE c.kind = ?1{chosen} ORDER BY m.member",
        *values,
    ):
        members[number].append(member)
    aliases: dict[str, list[str]] = {}
    for alias, target in connection.all(
        "SELECT a.alias, a.target FROM aliases a JOIN clusters c ON c.id = a.target"
        f" WHERE c.kind = ?1{chosen} ORDER BY 1",
        *values,
    ):
        aliases.setdefault(target, []).append(alias)
    return [
        Cluster(
            id=cluster_id,
            kind=kind,
            members=tuple(members[number]),
            unsure=tuple((left, right) for left, right in json.loads(unsure)),
            aliases=tuple(aliases.get(cluster_id, ())),
        )
        for number, cluster_id, unsure in rows
    ]


def members(connection: Connection, cluster_id: str) -> tuple[str, ...]:
    rows = connection.all(
        "SELECT m.member FROM cluster_members m JOIN clusters c ON c.number = m.cluster WHERE c.id = ? ORDER BY 1",
        cluster_id,
    )
    return tuple(row[0] for row in rows)


def follow(connection: Connection, name: str) -> str:
    """The id a cluster has now, if it was absorbed by others since."""
    for _ in range(_LONGEST_CHAIN):
        row = connection.one("SELECT target FROM aliases WHERE alias = ?", name)
        if not row:
            break
        name = row[0]
    return name


# --- what the machine concluded --------------------------------------------------------------------------------


def put_origins(connection: Connection, origins: Mapping[str, Origin]) -> None:
    """Global claim id → origin; claims not named keep theirs. The standings that rest on them are dropped."""
    by_report: dict[str, dict[str, Origin]] = {}
    for claim, origin in origins.items():
        report, _, local = claim.partition(".")
        by_report.setdefault(report, {})[local] = origin
    with connection.transaction():
        for report, found in by_report.items():
            row = connection.one(
                "SELECT r.sequence, o.body FROM reports r LEFT JOIN origins o ON o.report = r.sequence WHERE r.id = ?",
                report,
            )
            if row:
                kept = origins_in(row[1]) if row[1] else {}
                connection.run("INSERT OR REPLACE INTO origins VALUES (?, ?)", row[0], _pack_origins({**kept, **found}))
                connection.run(
                    "DELETE FROM standings WHERE cluster IN (SELECT cluster FROM event_mentions WHERE report = ?)",
                    row[0],
                )


def _pack_origins(found: Mapping[str, Origin]) -> bytes:
    numbers: dict[Origin, int] = {}
    claims = {claim: numbers.setdefault(origin, len(numbers)) for claim, origin in found.items()}
    return pack(ReportOrigins(tuple(numbers), claims))


def origins_in(body: bytes) -> dict[str, Origin]:
    """Local claim id → origin."""
    stored = unpack(body, ReportOrigins)
    return {claim: stored.origins[number] for claim, number in stored.claims.items() if number < len(stored.origins)}


def standings(connection: Connection, events: Sequence[str]) -> dict[str, Standing]:
    rows = connection.all(
        "SELECT c.id, s.standing FROM standings s JOIN clusters c ON c.number = s.cluster WHERE c.id IN"
        " (SELECT value FROM json_each(?))",
        json.dumps(list(events)),
    )
    return {event: Standing(standing) for event, standing in rows}


def drop_standings(connection: Connection, events: Sequence[str] | None) -> None:
    """Of these events, or of all."""
    chosen = "" if events is None else " WHERE cluster IN (SELECT number FROM clusters, json_each(?) WHERE id = value)"
    with connection.transaction():
        connection.run(f"DELETE FROM standings{chosen}", *(() if events is None else (json.dumps(list(events)),)))


def without_standing(connection: Connection, limit: int) -> list[str]:
    """Events whose standing is to be computed: new or changed since. What nobody claims has none."""
    rows = connection.all(
        "SELECT c.id FROM unweighed u JOIN clusters c ON c.number = u.cluster ORDER BY u.cluster LIMIT ?", limit
    )
    return [row[0] for row in rows]
