"""Testimonies: claims with all that is needed to weigh and to show them, by event, story or report."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime

from onrecord.ledger.clusters import origins_in
from onrecord.ledger.codec import Facts, fold, micros, moment, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.reports import heads_where
from onrecord.model import Claim, Holder, Origin, ReportHead, SourceKind, Testimony, global_id

Grouped = dict[str, tuple[Testimony, ...]]
_AT_ONCE = 400  # reports whose readings are held in memory together


def by_event(connection: Connection, events: Sequence[str], as_of: datetime | None) -> Grouped:
    """Event id → its testimonies, in order of becoming known, undated ones in their report's place."""
    rows = connection.all(
        "SELECT m.report, m.local, c.id FROM json_each(?) j JOIN clusters c ON c.id = j.value"
        " JOIN event_mentions m ON m.cluster = c.number",
        json.dumps(list(events)),
    )
    found = _gather(connection, rows, as_of)
    return {event: found[event] for event in events if event in found}


def by_story(connection: Connection, story: str, as_of: datetime | None) -> Grouped:
    """Events that a report of the story mentions, each with all its testimonies, from other stories too."""
    return by_event(connection, events_of_story(connection, story), as_of)


def events_of_story(connection: Connection, story: str) -> list[str]:
    rows = connection.all(
        "SELECT DISTINCT c.id FROM clusters s JOIN cluster_members m ON m.cluster = s.number"
        " JOIN reports r ON r.id = m.member JOIN event_mentions e ON e.report = r.sequence"
        " JOIN clusters c ON c.number = e.cluster WHERE s.id = ? AND s.kind = 'story' ORDER BY 1",
        story,
    )
    return [row[0] for row in rows]


def story_of_events(connection: Connection, events: Sequence[str]) -> dict[str, str]:
    """Event id → the story that most of its mentions' reports belong to."""
    rows = connection.all(
        "SELECT c.id, s.id, count(*) FROM json_each(?) j JOIN clusters c ON c.id = j.value"
        " JOIN event_mentions e ON e.cluster = c.number JOIN reports r ON r.sequence = e.report"
        " JOIN cluster_members m ON m.kind = 'story' AND m.member = r.id JOIN clusters s ON s.number = m.cluster"
        " GROUP BY 1, 2 ORDER BY 3, 2 DESC",
        json.dumps(list(events)),
    )
    return {event: story for event, story, _ in rows}


def by_report(connection: Connection, reports: Sequence[str], as_of: datetime | None) -> Grouped:
    """What these reports say, by event; an event mention in no cluster stands under its own global id."""
    rows = connection.all(
        "SELECT m.report, m.local, coalesce(c.id, r.id || '.' || m.local) FROM json_each(?) j"
        " JOIN reports r ON r.id = j.value JOIN event_mentions m ON m.report = r.sequence"
        " LEFT JOIN clusters c ON c.number = m.cluster",
        json.dumps(list(reports)),
    )
    return _gather(connection, rows, as_of)


def _gather(connection: Connection, mentions: Sequence[tuple[int, str, str]], as_of: datetime | None) -> Grouped:
    wanted: dict[int, dict[str, str]] = {}
    for report, local, event in mentions:
        wanted.setdefault(report, {})[local] = event
    found: dict[str, list[Testimony]] = {}
    sequences = sorted(wanted)
    for begin in range(0, len(sequences), _AT_ONCE):
        for event, testimony in _of_reports(connection, sequences[begin : begin + _AT_ONCE], wanted, as_of):
            found.setdefault(event, []).append(testimony)
    return {event: tuple(sorted(all_of, key=order)) for event, all_of in sorted(found.items())}


def order(testimony: Testimony) -> tuple[datetime, int, int, int]:
    """In order of becoming known; then as appended, told and written."""
    at = testimony.known or testimony.report.appended
    return at, testimony.report.sequence, testimony.claim.sequence, testimony.mention.anchor.start


def _of_reports(
    connection: Connection, sequences: Sequence[int], wanted: Mapping[int, Mapping[str, str]], as_of: datetime | None
) -> Iterator[tuple[str, Testimony]]:
    asked = json.dumps(sequences)
    chosen = "(SELECT value FROM json_each(?))"
    report_heads = {h.sequence: h for h in heads_where(connection, f"WHERE r.sequence IN {chosen}", asked)}
    origins = dict(connection.all(f"SELECT report, body FROM origins WHERE report IN {chosen}", asked))
    known: dict[int, dict[str, int | None]] = {}
    for report, local, at in connection.all(f"SELECT report, local, known FROM claims WHERE report IN {chosen}", asked):
        known.setdefault(report, {})[local] = at
    latest = micros(as_of)
    for report, body in connection.all(
        f"SELECT report, body FROM readings WHERE number IN (SELECT max(number) FROM readings WHERE report IN {chosen}"
        " GROUP BY report)",
        asked,
    ):
        head = report_heads[report]
        traced = origins_in(origins[report]) if report in origins else {}
        facts = _of_reading(unpack(body, Facts), head, traced, known.get(report, {}), wanted[report])
        for local, testimony in facts:
            if latest is None or _at(testimony) <= latest:
                yield wanted[report][local], testimony


def _at(testimony: Testimony) -> int:
    return micros(testimony.known or testimony.report.appended) or 0


def _of_reading(
    facts: Facts,
    head: ReportHead,
    origins: Mapping[str, Origin],
    known: Mapping[str, int | None],
    wanted: Container[str],
) -> Iterator[tuple[str, Testimony]]:
    events = {e.id: e for e in facts.events}
    times = {t.id: t for t in facts.times}
    places = {p.id: p for p in facts.places}
    for claim in facts.claims:
        mention = events.get(claim.event)
        if mention is None or claim.event not in wanted:
            continue
        yield (
            claim.event,
            Testimony(
                id=global_id(head.id, claim.id),
                claim=claim,
                mention=mention,
                report=head,
                origin=origins.get(claim.id) or untraced(claim, head),
                time=times.get(mention.time or ""),
                place=places.get(mention.place or ""),
                known=moment(known.get(claim.id)),
            ),
        )


def untraced(claim: Claim, head: ReportHead) -> Origin:
    """The origin of a claim that linking has not traced yet: its own holder, which nothing else shares."""
    holder: Holder = claim.holder
    name = holder.name or head.outlet or head.address
    own = holder.own_voice or holder.kind is SourceKind.UNNAMED
    key = f"report:{head.id}" if own else f"{holder.kind}:{fold(name)}"
    chain = tuple(h.name or head.outlet or head.address for h in claim.chain) or (name,)
    return Origin(key, name, holder.kind, holder.kind is not SourceKind.UNNAMED, chain, "not traced yet")


def entity_names(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """Global entity id → its fullest name in the report."""
    rows = connection.all(
        "SELECT r.id, n.local, n.name FROM json_each(?) j JOIN reports r ON r.id = j.value"
        " JOIN entities n ON n.report = r.sequence",
        json.dumps(list(reports)),
    )
    return {global_id(report, local): name for report, local, name in rows}
