"""What is kept of events' standings so that lists read only what they show. Derived, and made again by weighing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onrecord.ledger.codec import micros
from onrecord.ledger.connection import Connection
from onrecord.model import Standing, Status

LAST = (1 << 62) - 1  # as of the last moment there is
_EVER = LAST + 1
# Events of which it is not kept how they stood: they may have stood in any way.
UNFOLLOWED = "SELECT cluster FROM standings WHERE NOT followed UNION ALL SELECT cluster FROM unweighed"
_CROOKED = "SELECT cluster FROM standings WHERE NOT straight UNION ALL SELECT cluster FROM unweighed"
CONTRADICTED = "SELECT cluster FROM standings WHERE contradicted UNION ALL SELECT cluster FROM unweighed"
# Events that are planned, expected or called off at a moment, and those whose status an analyst gave.
_MAYBE_AHEAD = (
    "SELECT cluster FROM turns WHERE status IN ('planned', 'expected', 'cancelled') AND at <= :as_of AND until > :as_of"
    f" UNION SELECT cluster FROM event_mentions WHERE corrected_status IS NOT NULL UNION {UNFOLLOWED}"
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found of an event, and how it stood from each moment on, oldest first; no moments: not followed."""

    standing: Standing
    weight: float = 0.0
    background: bool = False
    contradicted: bool | None = None  # None: not looked for, and then it may be if more than one claim speaks of it
    turns: tuple[tuple[datetime, Standing, Status], ...] = ()
    straight: bool = False  # what changed between two moments changed at a turn


@dataclass(frozen=True, slots=True)
class Changed:
    """An event that may have changed; those with the same ``way`` did so in the same way."""

    event: str
    background: bool
    way: tuple[str | None, ...]  # standing and status before, then after; all None if that is not kept

    def is_new_background(self) -> bool:
        """Known not to have been on record before, and told of as background only: no news."""
        return self.background and self.way[0] is None and self.way[2] is not None


def kept_of(stood: str, as_of: datetime | None) -> tuple[str, tuple[str, int | None, int | None]]:
    """Which events stood so at a moment, as a query with its values; those that are not followed among them."""
    at = LAST if as_of is None else micros(as_of)
    turned = "SELECT cluster FROM turns WHERE standing = ? AND at <= ? AND until > ?"
    return f"{turned} UNION ALL {UNFOLLOWED}", (stood.lower(), at, at)


def put_weighed(connection: Connection, found: Mapping[str, Weighed], computed: datetime) -> None:
    """Event id → what was found at a moment. Events not there are passed over."""
    with connection.transaction():
        connection.many(
            "INSERT OR REPLACE INTO standings (cluster, standing, computed, claims, weight, background, contradicted,"
            " followed, straight) SELECT number, ?2, ?3, told, ?4, ?5, coalesce(?6, told > 1), ?7, ?8 FROM (SELECT"
            " number, (SELECT count(*) FROM event_mentions e JOIN claims c ON c.report = e.report AND c.event = e.local"
            " WHERE e.cluster = clusters.number) AS told FROM clusters WHERE id = ?1 AND kind = 'event')",
            [
                (event, w.standing, micros(computed), w.weight, w.background, w.contradicted, bool(w.turns), w.straight)
                for event, w in found.items()
            ],
        )
        connection.many(
            "INSERT INTO turns SELECT number, ?2, ?3, ?4, ?5 FROM clusters WHERE id = ?1 AND kind = 'event'",
            [(event, *row) for event, w in found.items() for row in _rows(w)],
        )


def _rows(weighed: Weighed) -> list[tuple[int | None, int | None, str, str]]:
    ends = [*(micros(at) for at, _, _ in weighed.turns[1:]), _EVER]
    return [(micros(at), end, s, status) for (at, s, status), end in zip(weighed.turns, ends, strict=False)]


def changed(connection: Connection, since: datetime, until: datetime | None, story: str | None) -> list[Changed]:
    """Events that changed after one moment and up to another, or of which that is not kept; the weightiest first.

    ``story``: only those of which a report of the story tells something in that time.
    """
    values = {"since": micros(since), "until": LAST if until is None else micros(until), "story": story}
    told = "c.at >= :since AND c.at <= :until"
    of_story = ""
    if story is not None:
        told += (
            " AND c.report IN (SELECT r.sequence FROM reports r JOIN cluster_members m ON m.kind = 'story' AND"
            " m.member = r.id WHERE m.cluster = (SELECT number FROM clusters WHERE id = :story AND kind = 'story'))"
        )
        of_story = f" WHERE {_claimed('w.cluster', told)}"
    crooked = f"SELECT u.cluster FROM ({_CROOKED}) u WHERE {_claimed('u.cluster', told)}"
    rows = connection.named(
        f"WITH w AS (SELECT cluster FROM turns WHERE at > :since AND at <= :until UNION {crooked})"
        " SELECT x.id, coalesce(s.background, 0), b.standing, b.status, a.standing, a.status FROM w"
        " JOIN clusters x ON x.number = w.cluster LEFT JOIN standings s ON s.cluster = w.cluster"
        " LEFT JOIN turns b ON s.straight AND b.cluster = w.cluster AND b.at <= :since AND b.until > :since"
        f" LEFT JOIN turns a ON s.straight AND a.cluster = w.cluster AND a.at <= :until AND a.until > :until{of_story}"
        " ORDER BY coalesce(s.background, 0), coalesce(s.weight, 0) DESC, x.id",
        values,
    )
    return [Changed(event, bool(background), tuple(way)) for event, background, *way in rows]


def _claimed(cluster: str, told: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM event_mentions e JOIN claims c ON c.report = e.report AND c.event = e.local"
        f" WHERE e.cluster = {cluster} AND {told})"
    )


def ahead(connection: Connection, after: datetime | None, before: datetime | None, as_of: datetime | None) -> list[str]:
    """Events with a date that may be planned, expected or called off, ending and beginning within the bounds."""
    values = {
        "after": micros(after),
        "before": micros(before),
        "as_of": LAST if as_of is None else micros(as_of),
    }
    bounds = (" AND e.latest >= :after" if after else "") + (" AND e.earliest <= :before" if before else "")
    rows = connection.named(
        "SELECT x.id FROM clusters x WHERE x.number IN (SELECT e.cluster FROM event_mentions e WHERE e.cluster IN"
        f" ({_MAYBE_AHEAD}){bounds} AND EXISTS (SELECT 1 FROM claims c WHERE c.report = e.report AND c.event = e.local"
        " AND c.at <= :as_of AND coalesce(e.corrected_status, c.status) IN ('planned', 'expected', 'cancelled')))"
        " AND EXISTS (SELECT 1 FROM event_mentions d WHERE d.cluster = x.number AND d.earliest IS NOT NULL)"
        " ORDER BY x.number",
        values,
    )
    return [row[0] for row in rows]
