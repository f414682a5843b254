"""A newer reading may count a report's events anew: what was judged and corrected follows the words, not the count.

Judgements and corrections keep the ids they were made with and which reading was the newest then. Beside them stand
*current* ids, derived: the event of the newest reading with the same anchor. An id whose words are no event any more
is kept with a ``~`` and found by nothing, until a later reading finds them again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from onrecord.ledger.codec import Body, Facts, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.corrected import write_corrected
from onrecord.model import EventMention, Mention

_LOST = "~"


def match_events(old: Sequence[EventMention], new: Sequence[EventMention]) -> dict[str, str]:
    """Old event id → new, one to one: the same anchor, else the one it overlaps most."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    exact = {(e.anchor.start, e.anchor.end): e.id for e in reversed(new)}
    for event in old:
        same = exact.get((event.anchor.start, event.anchor.end))
        if same and same not in taken:
            found[event.id] = same
            taken.add(same)
    ordered = sorted(new, key=lambda e: e.anchor.start)
    for event in old:
        if event.id in found:
            continue
        shared = [(_overlap(event, e), e.id) for e in ordered if e.id not in taken and _overlap(event, e) > 0]
        if shared:
            found[event.id] = max(shared)[1]
            taken.add(found[event.id])
    return found


def _overlap(left: EventMention, right: EventMention) -> int:
    return min(left.anchor.end, right.anchor.end) - max(left.anchor.start, right.anchor.start)


def current_id(connection: Connection, member: str, last_reading: int) -> str:
    """The present id of a report, event mention or cluster named when ``last_reading`` was the newest."""
    report, dot, local = member.partition(".")
    if not dot:
        return member
    mapping = _mapping(connection, report, last_reading, _entities if local.startswith("n") else _events)
    if mapping is None:
        return member
    return f"{report}.{mapping[local]}" if local in mapping else f"{report}.{_LOST}{local}"


def is_lost(member: str) -> bool:
    return f".{_LOST}" in member


def _mapping(
    connection: Connection, report: str, last_reading: int, match: Callable[[bytes, bytes], dict[str, str]]
) -> dict[str, str] | None:
    """Ids from the reading current at ``last_reading`` to the newest; None if that is the same one."""
    rows = connection.all(
        "SELECT number, body FROM readings WHERE report = (SELECT sequence FROM reports WHERE id = ?) AND"
        " (number = (SELECT max(number) FROM readings r WHERE r.report = readings.report) OR number ="
        " (SELECT max(number) FROM readings r WHERE r.report = readings.report AND number <= ?)) ORDER BY number",
        report,
        last_reading,
    )
    if len(rows) < 2:
        return None
    return match(rows[0][1], rows[1][1])


def _events(old: bytes, new: bytes) -> dict[str, str]:
    return match_events(unpack(old, Facts).events, unpack(new, Facts).events)


def _entities(old: bytes, new: bytes) -> dict[str, str]:
    return match_entities(unpack(old, Body).mentions, unpack(new, Body).mentions)


def match_entities(old: Sequence[Mention], new: Sequence[Mention]) -> dict[str, str]:
    """Old entity id → new, one to one: those that share most of their mentions."""
    places = {(m.start, m.end): m.entity for m in new}
    shared = Counter((m.entity, places[m.start, m.end]) for m in old if (m.start, m.end) in places)
    found: dict[str, str] = {}
    for (one, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def carry_over(connection: Connection, sequence: int, report: str) -> None:
    """After a new reading of one report: judgements, corrections and event clusters follow to its events."""
    _carry_pairs(connection, report)
    _carry_targets(connection, report)
    rows = connection.all("SELECT body FROM readings WHERE report = ? ORDER BY number DESC LIMIT 2", sequence)
    mapping = match_events(unpack(rows[1][0], Facts).events, unpack(rows[0][0], Facts).events)
    _carry_members(connection, sequence, report, lambda local: mapping.get(local, ""))


def _range(report: str) -> tuple[str, str]:
    return f"{report}.", f"{report}/"  # the slash follows the dot


def _carry_pairs(connection: Connection, report: str) -> None:
    low, high = _range(report)
    rows = connection.all(
        "SELECT number, kind, left_member, right_member, verdict, last_reading FROM judgements WHERE number IN ("
        "SELECT judgement FROM judgement_pairs WHERE kind = 'event' AND left_member >= ?1 AND left_member < ?2 UNION "
        "SELECT judgement FROM judgement_pairs WHERE kind = 'event' AND right_member >= ?1 AND right_member < ?2)",
        low,
        high,
    )
    for number, kind, left, right, verdict, last in rows:
        write_pair(connection, (number, kind, left, right, verdict), last)


def write_pair(connection: Connection, row: tuple[int, str, str, str, str], last_reading: int) -> None:
    number, kind, left, right, verdict = row
    first, second = sorted((current_id(connection, left, last_reading), current_id(connection, right, last_reading)))
    connection.run(
        "INSERT OR REPLACE INTO judgement_pairs VALUES (?, ?, ?, ?, ?)", number, kind, first, second, verdict
    )


def _carry_targets(connection: Connection, report: str) -> None:
    rows = connection.all(
        "SELECT DISTINCT correction FROM correction_targets WHERE target >= ? AND target < ?", *_range(report)
    )
    for (number,) in rows:
        write_targets(connection, number)


def write_targets(connection: Connection, number: int) -> None:
    """The present ids of a correction's targets."""
    connection.run("DELETE FROM correction_targets WHERE correction = ?", number)
    rows = connection.all(
        "SELECT t.key, t.value, c.last_reading FROM corrections c, json_each(c.targets) t WHERE c.number = ?", number
    )
    connection.many(
        "INSERT INTO correction_targets VALUES (?, ?, ?)",
        [(number, position, current_id(connection, target, last)) for position, target, last in rows],
    )
    write_corrected(connection, number)


def _carry_members(connection: Connection, sequence: int, report: str, renamed: Callable[[str], str]) -> None:
    rows = connection.all(
        "SELECT member, cluster FROM cluster_members WHERE kind = 'event' AND member >= ? AND member < ?",
        *_range(report),
    )
    connection.many("DELETE FROM cluster_members WHERE kind = 'event' AND member = ?", [(m,) for m, _ in rows])
    kept = [(local, c) for m, c in rows if (local := renamed(m.partition(".")[2]))]
    connection.many(
        "INSERT INTO cluster_members VALUES ('event', ?, ?)", [(f"{report}.{local}", c) for local, c in kept]
    )
    connection.many(
        "UPDATE event_mentions SET cluster = ? WHERE report = ? AND local = ?",
        [(c, sequence, local) for local, c in kept],
    )
    touched = {(c,) for _, c in rows}
    connection.many("DELETE FROM standings WHERE cluster = ?", touched)
    connection.many("INSERT OR IGNORE INTO unweighed VALUES (?)", touched)  # the new reading may claim what none did
    connection.many(
        "DELETE FROM clusters WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM cluster_members WHERE cluster = ?1)",
        touched,
    )
