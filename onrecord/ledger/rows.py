"""The rows made from the newest reading of a report, which lists and searches look through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.ledger.codec import Facts, hashed, micros, padded, source_name, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.known import Times, known_moment, report_moment, said
from onrecord.ledger.search_text import indexable
from onrecord.model import Digest, EventMention, Reading, TimeMark, TimeMention

_MADE_FROM_READING = ("attributions", "claims", "event_mentions", "entities", "origins", "linked", "digests")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one reading as they will stand, without their report: plain values, cheap to hand to a process."""

    entities: tuple[tuple[Any, ...], ...] = ()
    events: tuple[tuple[Any, ...], ...] = ()
    attributions: tuple[tuple[Any, ...], ...] = ()
    claims: tuple[tuple[Any, ...], ...] = ()  # each ends with when it was said


def rows_of(reading: Reading) -> Rows:
    """Pure: the ledger is not asked."""
    names = {e.id: e.name for e in reading.entities}
    return Rows(
        entities=tuple(_entities(reading)),
        events=tuple(_events(reading, names)),
        attributions=tuple(
            (
                a.id,
                padded(names.get(a.source_entity or ""), *(s.text for s in a.source)),
                str(a.source_kind),
                str(a.stance),
                str(a.quote),
                source_name(a, names).casefold(),
            )
            for a in reading.attributions
        ),
        claims=tuple(
            (
                c.id,
                c.event,
                padded(c.holder.name, names.get(c.holder.entity or "")),
                str(c.holder.kind),
                c.holder.own_voice,
                str(c.stance),
                str(c.status),
                c.hedged,
                said(c),
            )
            for c in reading.claims
        ),
    )


def _entities(reading: Reading) -> Iterator[tuple[Any, ...]]:
    counted = Counter(m.entity for m in reading.mentions)
    for e in reading.entities:
        yield e.id, e.name, padded(e.name).strip(), str(e.type), e.country, e.sector, counted[e.id], indexable(e.name)


def _events(reading: Reading, names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    times = {t.id: t for t in reading.times}
    places = {p.id: p for p in reading.places}
    for event in reading.events:
        time, place = times.get(event.time or ""), places.get(event.place or "")
        involved = (*event.actors, *event.recipients)
        yield (
            event.id,
            event.type,
            event.mode,
            event.cameo,
            event.lemma,
            str(event.status),
            *_when(event, time, reading),
            place.country if place else None,
            padded(place.name, place.text) if place else "",
            padded(*(p.text for p in involved), *(names.get(p.entity or "") for p in involved)),
            event.background,
            event.anchor.start,
            event.anchor.end,
        )


def write_rows(connection: Connection, sequence: int, rows: Rows) -> None:
    """The rows of one report's reading, none being there yet; its revisions must be written before."""
    number = connection.one("SELECT coalesce(max(number), 0) FROM entities")[0] if rows.entities else 0
    numbered = list(enumerate(rows.entities, number + 1))
    connection.many(
        "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ((n, sequence, *row[:-1]) for n, row in numbered)
    )
    connection.many("INSERT INTO names (rowid, name) VALUES (?, ?)", ((n, row[-1]) for n, row in numbered))
    connection.many(
        "INSERT INTO event_mentions (report, local, type, mode, cameo, lemma, status, earliest, latest, country, place,"
        " names, background, anchor_start, anchor_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((sequence, *row) for row in rows.events),
    )
    connection.many(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?, ?, ?)", ((sequence, *row) for row in rows.attributions)
    )
    times, moment = moments_of(connection, sequence)
    known = [known_moment(row[-1], times, moment) for row in rows.claims]
    connection.many(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (sequence, *row[:-1], at, times.appended if at is None else at)
            for row, at in zip(rows.claims, known, strict=True)
        ),
    )


def erase_rows(connection: Connection, sequence: int) -> None:
    """Takes away the rows of a reading, and what rests on them in the report itself."""
    for number, name in connection.all("SELECT number, name FROM entities WHERE report = ?", sequence):
        connection.run("INSERT INTO names (names, rowid, name) VALUES ('delete', ?, ?)", number, indexable(name))
    stored = connection.one("SELECT body FROM digests WHERE report = ?", sequence)
    keys = hashed_keys(unpack(stored[0], Digest)) if stored else ()
    connection.many("DELETE FROM candidate_reports WHERE key = ? AND report = ?", ((key, sequence) for key in keys))
    connection.many("UPDATE candidate_keys SET uses = uses - 1 WHERE key = ?", ((key,) for key in keys))
    connection.many("DELETE FROM candidate_keys WHERE key = ? AND uses = 0", ((key,) for key in keys))
    connection.forget_digests()
    for table in _MADE_FROM_READING:
        connection.run(f"DELETE FROM {table} WHERE report = ?", sequence)


def hashed_keys(digest: Digest) -> tuple[int, ...]:
    return tuple(sorted({hashed(key) for key in digest.keys}))


def write_digest(connection: Connection, sequence: int, body: bytes, keys: Sequence[int]) -> None:
    """A packed digest and its candidate keys, none being there yet."""
    connection.run("INSERT INTO digests VALUES (?, ?)", sequence, body)
    write_keys(connection, sequence, keys)


def write_keys(connection: Connection, sequence: int, keys: Sequence[int]) -> None:
    connection.many(
        "INSERT INTO candidate_keys VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET uses = uses + 1",
        ((key,) for key in keys),
    )
    connection.many("INSERT INTO candidate_reports VALUES (?, ?)", ((key, sequence) for key in keys))


# --- revisions and when a claim became known -------------------------------------------------------------------


def moments_of(connection: Connection, sequence: int) -> tuple[Times, int | None]:
    """A report's times, and when what it says without a date became known."""
    times = _times(connection, sequence)
    found = connection.one("SELECT earlier FROM revisions WHERE report = ?", sequence)
    return times, report_moment(times, _times(connection, found[0]) if found else None)


def _times(connection: Connection, sequence: int) -> Times:
    row = connection.one(
        "SELECT published_earliest, published_latest, updated_earliest, appended FROM reports WHERE sequence = ?",
        sequence,
    )
    return Times(*row)


def write_revisions(connection: Connection, address: str) -> None:
    """Orders the reports of one address: by update, else publication, else as they were appended.

    A revision that arrives late takes its place among the others, whose claims' moments follow.
    """
    order = [
        row[0]
        for row in connection.all(
            "SELECT sequence FROM reports WHERE address = ?"
            " ORDER BY coalesce(updated_earliest, published_earliest, appended), sequence",
            address,
        )
    ]
    if len(order) < 2:
        return
    wanted = dict(zip(order[1:], order, strict=False))
    for sequence in order:
        stored = connection.one("SELECT earlier FROM revisions WHERE report = ?", sequence)
        earlier = wanted.get(sequence)
        if (stored[0] if stored else None) == earlier:
            continue
        connection.run("DELETE FROM revisions WHERE report = ?", sequence)
        if earlier is not None:
            connection.run("INSERT INTO revisions VALUES (?, ?)", sequence, earlier)
        _refresh_known(connection, sequence)


def _refresh_known(connection: Connection, sequence: int) -> None:
    body = newest_body(connection, sequence)
    if body is None:
        return
    times, moment = moments_of(connection, sequence)
    connection.many(
        "UPDATE claims SET known = ?1, at = coalesce(?1, ?2) WHERE report = ?3 AND local = ?4",
        ((known_moment(said(c), times, moment), times.appended, sequence, c.id) for c in unpack(body, Facts).claims),
    )


def newest_body(connection: Connection, sequence: int) -> bytes | None:
    row = connection.one("SELECT body FROM readings WHERE report = ? ORDER BY number DESC LIMIT 1", sequence)
    return row[0] if row else None


def _when(event: EventMention, time: TimeMention | None, reading: Reading) -> tuple[int | None, int | None]:
    """The mention's time; without one the report's day, where the reading says that it is told as of then."""
    stamp = reading.report.published
    if time is None and event.time_mark is TimeMark.PUBLISHED and stamp is not None:
        return micros(stamp.earliest), micros(stamp.latest)
    return (micros(time.earliest), micros(time.latest)) if time else (None, None)
