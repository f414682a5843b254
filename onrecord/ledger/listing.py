"""Lists and searches: reports by words, claims, attributions, entities, events, stories."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from onrecord.ledger.codec import Facts, Sayings, micros, moment, source_name, unpack, unpack_text
from onrecord.ledger.connection import Connection
from onrecord.ledger.filters import (
    Condition,
    Filter,
    like,
    name_query,
    of_claims,
    of_entity,
    of_events,
    of_publication,
    of_reports,
    of_sayings,
)
from onrecord.ledger.reports import heads_where
from onrecord.ledger.search_text import Term, hits, match_expression, snippet, terms
from onrecord.ledger.weighed import CONTRADICTED, kept_of
from onrecord.model import Attribution, Claim, EventMention, ReportHead, Span, Standing, TextSpan, global_id, make_id

_FIRST_PAGE, _LONGEST_PAGE = 32, 512  # events
_FEW_EVENTS = 5_000


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A report found, with where the words stand in its text."""

    report: ReportHead
    score: float  # higher is better; 0.0 if no words were asked for
    snippet: TextSpan
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its event mention and report."""

    id: str  # global
    event: str | None  # event id, None if linking has not come to it
    claim: Claim
    mention: EventMention
    report: ReportHead
    known: datetime | None


@dataclass(frozen=True, slots=True)
class AttributionRow:
    id: str  # global
    attribution: Attribution
    source: str  # the source's fullest name in the report, else as written
    report: ReportHead


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A name over all reports that bear it."""

    id: str
    name: str
    type: str
    country: str | None
    sector: str | None
    reports: int
    mentions: int
    first: datetime | None  # earliest publication that bears it
    last: datetime | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as lists need it; ``testimonies`` gives all of it."""

    id: str
    type: str | None
    earliest: datetime | None
    latest: datetime | None
    standing: Standing | None  # as last computed
    mentions: tuple[tuple[str, str, int, int], ...]  # (report id, event mention id, anchor start, end)


@dataclass(frozen=True, slots=True)
class StoryRow:
    id: str
    reports: tuple[str, ...]
    earliest: datetime | None  # first publication
    latest: datetime | None  # last publication


# --- reports ---------------------------------------------------------------------------------------------------


def report_condition(asked: Filter) -> Condition:
    """Which reports meet a filter, words apart."""
    found = of_reports(asked, words=False)
    of_publication(asked, found)
    of_entity(asked, found)
    events = of_events(asked)
    found.nest("EXISTS (SELECT 1 FROM event_mentions e WHERE e.report = r.sequence AND", events)
    found.nest("EXISTS (SELECT 1 FROM claims c WHERE c.report = r.sequence AND", of_claims(asked))
    if asked.quote is not None:
        quoted = Filter(quote=asked.quote)
        found.nest("EXISTS (SELECT 1 FROM attributions a WHERE a.report = r.sequence AND", of_sayings(quoted))
    return found


def search(connection: Connection, asked: Filter, limit: int, offset: int) -> list[SearchHit]:
    """Reports by words and filters, best first (bm25, titles count four times); without words the newest first."""
    condition = report_condition(asked)
    wanted = terms(asked.words or "")
    if asked.words is None:
        rows = connection.all(
            f"SELECT r.sequence, 0.0 FROM reports r WHERE {condition.text()} ORDER BY"
            " coalesce(r.published_earliest, r.appended) DESC, r.sequence DESC LIMIT ? OFFSET ?",
            *condition.values,
            limit,
            offset,
        )
    else:
        rows = _ranked(connection, condition, match_expression(wanted), limit, offset)
    sequences = json.dumps([row[0] for row in rows])
    found = {
        h.sequence: h
        for h in heads_where(connection, "WHERE r.sequence IN (SELECT value FROM json_each(?))", sequences)
    }
    texts = dict(
        connection.all("SELECT report, text FROM texts WHERE report IN (SELECT value FROM json_each(?))", sequences)
    )
    return [_hit(found[sequence], score, unpack_text(texts[sequence]), wanted) for sequence, score in rows]


def _ranked(connection: Connection, condition: Condition, expression: str, limit: int, offset: int) -> list[Any]:
    if not expression:
        return []
    return connection.all(
        "SELECT r.sequence, -bm25(search, 4.0, 1.0) FROM search JOIN reports r ON r.sequence = search.rowid"
        f" WHERE search MATCH ? AND {condition.text()} ORDER BY 2 DESC, r.sequence DESC LIMIT ? OFFSET ?",
        expression,
        *condition.values,
        limit,
        offset,
    )


def _hit(head: ReportHead, score: float, text: str, wanted: Sequence[Term]) -> SearchHit:
    found = hits(text, wanted)
    return SearchHit(head, score, snippet(text, found), found)


def find_heads(connection: Connection, asked: Filter, limit: int, offset: int) -> list[ReportHead]:
    """Reports that meet a filter, in order of publication."""
    condition = report_condition(asked)
    words = of_reports(Filter(words=asked.words))
    return heads_where(
        connection,
        f"WHERE {condition.text()} AND {words.text()}"
        " ORDER BY coalesce(r.published_earliest, r.appended), r.sequence LIMIT ? OFFSET ?",
        *condition.values,
        *words.values,
        limit,
        offset,
    )


# --- claims and attributions -----------------------------------------------------------------------------------


def _claim_condition(asked: Filter) -> Condition:
    """Which claims ``c`` of event mentions ``e`` in reports ``r`` meet a filter; a claim's status is its holder's."""

    condition = of_reports(asked)
    of_entity(asked, condition)
    for part in (of_events(asked, status=False), of_claims(asked)):
        condition.nest("(", part)
    if asked.status is not None:
        condition.add("c.status = ?", asked.status.lower())
    if asked.entity is not None:
        condition.add("(e.names LIKE ? OR c.holder LIKE ?)", *[like(asked.entity)] * 2)
    for bound, sign in ((asked.from_, ">="), (asked.to, "<="), (asked.as_of, "<=")):
        if bound is not None:
            condition.add(f"c.at {sign} ?", micros(bound))
    return condition


def claim_sources(connection: Connection, asked: Filter) -> Iterator[tuple[str, str, str, bool]]:
    """(global claim id, outlet or address, source kind, own voice) of each claim, from rows alone."""
    condition = _claim_condition(asked)
    # Events are looked up only where the filter speaks of them: half the time of a whole ledger.
    events = " JOIN event_mentions e ON e.report = c.report AND e.local = c.event" if "e." in condition.text() else ""
    for report, local, outlet, kind, own in connection.all(
        "SELECT r.id, c.local, coalesce(r.outlet, r.address), c.kind, c.own_voice FROM claims c"
        f" JOIN reports r ON r.sequence = c.report{events} WHERE {condition.text()}",
        *condition.values,
    ):
        yield global_id(report, local), outlet, kind, bool(own)


def claim_counts(connection: Connection, asked: Filter) -> list[tuple[str, str, str, bool, int]]:
    """(report id, outlet or address, source kind, own voice, how many) of the claims of each report, from an index."""
    condition = _claim_condition(asked)
    text = condition.text()
    joins = " JOIN event_mentions e ON e.report = c.report AND e.local = c.event" if "e." in text else ""
    joins += " JOIN reports r ON r.sequence = c.report" if "r." in text else ""
    rows = connection.all(
        "SELECT x.id, coalesce(x.outlet, x.address), g.kind, g.own_voice, g.told FROM (SELECT c.report, c.kind,"
        f" c.own_voice, count(*) AS told FROM claims c{joins} WHERE {text} GROUP BY c.report, c.kind, c.own_voice) g"
        " JOIN reports x ON x.sequence = g.report",
        *condition.values,
    )
    return [(report, outlet, kind, bool(own), told) for report, outlet, kind, own, told in rows]


def events_told(connection: Connection, asked: Filter) -> list[str]:
    """Events with a claim that meets the filter, in order of id."""
    condition = _claim_condition(asked)
    rows = connection.all(
        "SELECT DISTINCT x.id FROM claims c JOIN reports r ON r.sequence = c.report"
        " JOIN event_mentions e ON e.report = c.report AND e.local = c.event JOIN clusters x ON x.number = e.cluster"
        f" WHERE {condition.text()} ORDER BY 1",
        *condition.values,
    )
    return [row[0] for row in rows]


def claims(connection: Connection, asked: Filter, limit: int, offset: int) -> list[ClaimRow]:
    """In order of becoming known, the latest first; a claim's status is its holder's."""
    condition = _claim_condition(asked)
    rows = connection.all(
        "SELECT r.sequence, c.local, c.known, x.id FROM claims c JOIN reports r ON r.sequence = c.report"
        " JOIN event_mentions e ON e.report = c.report AND e.local = c.event"
        " LEFT JOIN clusters x ON x.number = e.cluster"
        f" WHERE {condition.text()} ORDER BY c.at DESC, c.report DESC, c.local"
        " LIMIT ? OFFSET ?",
        *condition.values,
        limit,
        offset,
    )
    heads, bodies = _heads_and_bodies(connection, [row[0] for row in rows])
    facts = {sequence: unpack(body, Facts) for sequence, body in bodies.items()}
    told = {s: {c.id: c for c in f.claims} for s, f in facts.items()}
    events = {s: {e.id: e for e in f.events} for s, f in facts.items()}
    return [
        ClaimRow(
            id=global_id(heads[s].id, local),
            event=event,
            claim=told[s][local],
            mention=events[s][told[s][local].event],
            report=heads[s],
            known=moment(at),
        )
        for s, local, at, event in rows
    ]


# What lists of attributions may be sorted by first; whatever is the same then is in order of publication.
_SORTED_BY = {"published": "", "source": "a.named, ", "outlet": "casefold(coalesce(nullif(r.outlet, ''), r.address)), "}


def attributions(connection: Connection, asked: Filter, limit: int, offset: int, by: str) -> list[AttributionRow]:
    """By report, the latest published first; within a report as told; ``by`` source or outlet before all that."""
    condition = of_reports(asked)
    of_publication(asked, condition)
    condition.nest("(", of_sayings(asked))
    if asked.entity is not None:
        condition.add("a.source LIKE ?", like(asked.entity))
    rows = connection.all(
        "SELECT r.sequence, a.local FROM attributions a JOIN reports r ON r.sequence = a.report"
        f" WHERE {condition.text()} ORDER BY {_SORTED_BY[by]}coalesce(r.published_earliest, r.appended) DESC,"
        " r.sequence DESC, CAST(ltrim(a.local, 'abcdefghijklmnopqrstuvwxyz') AS INTEGER), a.local LIMIT ? OFFSET ?",
        *condition.values,
        limit,
        offset,
    )
    heads, bodies = _heads_and_bodies(connection, [row[0] for row in rows])
    found = {sequence: unpack(body, Sayings) for sequence, body in bodies.items()}
    said = {s: {a.id: a for a in f.attributions} for s, f in found.items()}
    names = {s: {e.id: e.name for e in f.entities} for s, f in found.items()}
    return [
        AttributionRow(global_id(heads[s].id, local), a, source_name(a, names[s]), heads[s])
        for s, local in rows
        for a in [said[s][local]]
    ]


def _heads_and_bodies(
    connection: Connection, sequences: Sequence[int]
) -> tuple[dict[int, ReportHead], dict[int, bytes]]:
    asked = json.dumps(sorted(set(sequences)))
    found = heads_where(connection, "WHERE r.sequence IN (SELECT value FROM json_each(?))", asked)
    bodies = connection.all(
        "SELECT report, body FROM readings WHERE number IN (SELECT max(number) FROM readings WHERE report IN"
        " (SELECT value FROM json_each(?)) GROUP BY report)",
        asked,
    )
    return {h.sequence: h for h in found}, dict(bodies)


# --- entities, events, stories ---------------------------------------------------------------------------------


def entities(connection: Connection, asked: Filter, limit: int, offset: int) -> list[EntityRow]:
    """Names over all reports, those in most reports first; ``entity`` or ``words`` is looked for in the name."""
    condition = of_reports(asked, words=False)
    of_publication(asked, condition)
    name = asked.entity if asked.entity is not None else asked.words
    if name is not None:
        query = name_query(name)
        condition.add(*(("n.number IN (SELECT rowid FROM names WHERE names MATCH ?)", query) if query else ("0",)))
    if asked.type is not None:
        condition.add("n.type = ?", asked.type.lower())
    if asked.place is not None:
        condition.add("n.country = ?", asked.place.upper())
    # Ranking all names reads one index; reports are looked up for the few that are shown, unless the filter asks them.
    reports = " JOIN reports r ON r.sequence = n.report" if "r." in condition.text() else ""
    ranked = connection.all(
        "SELECT n.folded, n.type, count(DISTINCT n.report), sum(n.mentions)"
        f" FROM entities n{reports} WHERE n.folded <> '' AND {condition.text()}"
        " GROUP BY n.folded, n.type ORDER BY 3 DESC, 4 DESC, 1 LIMIT ? OFFSET ?",
        *condition.values,
        limit,
        offset,
    )
    details = {
        row[:2]: row[2:]
        for row in connection.all(
            "SELECT n.folded, n.type, max(n.country), max(n.sector), min(r.published_earliest),"
            " max(r.published_latest), max(n.number) FROM json_each(?) j JOIN entities n ON n.folded = j.value ->> 0"
            " AND n.type = j.value ->> 1 JOIN reports r ON r.sequence = n.report"
            f" WHERE {condition.text()} GROUP BY n.folded, n.type",
            json.dumps([row[:2] for row in ranked]),
            *condition.values,
        )
    }
    rows = [
        (folded, kind, country, sector, count, mentions, first, last, number)
        for folded, kind, count, mentions in ranked
        for country, sector, first, last, number in [details[folded, kind]]
    ]
    written = dict(
        connection.all(
            "SELECT number, name FROM entities WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps([row[8] for row in rows]),
        )
    )
    return [
        EntityRow(
            id=make_id("n", row[0], row[1]),
            name=written[row[8]],
            type=row[1],
            country=row[2],
            sector=row[3],
            reports=row[4],
            mentions=row[5],
            first=moment(row[6]),
            last=moment(row[7]),
        )
        for row in rows
    ]


def _event_condition(asked: Filter) -> Condition:
    """Which event mentions ``e`` in reports ``r`` meet a filter. ``from_``, ``to``: the event's own time.

    A status is that of a claim: a mention's, as its holder's stance leaves it; an analyst's word stands above it.
    """
    condition = of_events(asked, status=False)
    condition.nest("(", of_reports(asked))
    of_entity(asked, condition)
    if asked.entity is not None:
        condition.add("e.names LIKE ?", like(asked.entity))
    if asked.from_ is not None:
        condition.add("e.latest >= ?", micros(asked.from_))
    if asked.to is not None:
        condition.add("e.earliest <= ?", micros(asked.to))
    told = of_claims(asked)
    if asked.status is not None:
        told.add("coalesce(e.corrected_status, c.status) = ?", asked.status.lower())
    if asked.as_of is not None:
        told.add("c.at <= ?", micros(asked.as_of))
    condition.nest("EXISTS (SELECT 1 FROM claims c WHERE c.report = e.report AND c.event = e.local AND", told)
    return condition


def events(connection: Connection, asked: Filter, limit: int, offset: int) -> list[EventRow]:
    """Events with a mention that meets the filter; by time, undated last."""
    found = _in_time(connection, asked)
    return _event_rows(connection, list(islice(found, offset, _end(limit, offset))))


def event_pages(connection: Connection, asked: Filter) -> Iterator[list[EventRow]]:
    """The same, page by page as they are needed; each page is twice as long as the one before."""
    found, size = _in_time(connection, asked), _FIRST_PAGE
    while page := list(islice(found, size)):
        yield _event_rows(connection, page)
        size = min(2 * size, _LONGEST_PAGE)


def _end(limit: int, offset: int) -> int | None:
    return None if limit < 0 else offset + limit


def _in_time(connection: Connection, asked: Filter) -> Iterator[int]:
    """Clusters by their earliest mention that meets the filter, each once, undated ones last; read as needed.

    Of few events all mentions are sorted; of many the index of times is read until there are enough.
    """
    condition, seen = _event_condition(asked), set[int]()
    sign = "+" if _are_few(connection, asked) else ""
    for dated in (f"IS NOT NULL ORDER BY {sign}e.earliest, {sign}e.cluster", f"IS NULL ORDER BY {sign}e.cluster"):
        for (found,) in connection.each(
            "SELECT e.cluster FROM event_mentions e JOIN reports r ON r.sequence = e.report"
            f" WHERE e.cluster IS NOT NULL AND {condition.text()} AND {sign}e.earliest {dated}",
            *condition.values,
        ):
            if found not in seen:
                seen.add(found)
                yield found


def _are_few(connection: Connection, asked: Filter) -> bool:
    """Whether few events stood so, or have contradictions."""
    if asked.stood is None and not asked.contradicted:
        return False
    query, values = kept_of(asked.stood, asked.as_of) if asked.stood else (CONTRADICTED, ())
    counted = connection.one(f"SELECT count(*) FROM (SELECT 1 FROM ({query}) LIMIT {_FEW_EVENTS + 1})", *values)
    return bool(counted[0] <= _FEW_EVENTS)


def _event_rows(connection: Connection, clusters: Sequence[int]) -> list[EventRow]:
    asked = json.dumps(list(clusters))
    mentions: dict[int, list[Any]] = {c: [] for c in clusters}
    for cluster, *mention in connection.all(
        "SELECT e.cluster, r.id, e.local, e.anchor_start, e.anchor_end, e.type, e.earliest, e.latest"
        " FROM event_mentions e"
        " JOIN reports r ON r.sequence = e.report WHERE e.cluster IN (SELECT value FROM json_each(?))"
        " ORDER BY e.report, e.number",
        asked,
    ):
        mentions[cluster].append(tuple(mention))
    named = {
        number: (cluster_id, Standing(standing) if standing else None)
        for number, cluster_id, standing in connection.all(
            "SELECT c.number, c.id, s.standing FROM clusters c LEFT JOIN standings s ON s.cluster = c.number"
            " WHERE c.number IN (SELECT value FROM json_each(?))",
            asked,
        )
    }
    return [
        EventRow(
            id=named[c][0],
            type=_most_common(m[4] for m in mentions[c]),
            earliest=moment(min((m[5] for m in mentions[c] if m[5] is not None), default=None)),
            latest=moment(max((m[6] for m in mentions[c] if m[6] is not None), default=None)),
            standing=named[c][1],
            mentions=tuple(m[:4] for m in mentions[c]),
        )
        for c in clusters
    ]


def _most_common(types: Iterable[str | None]) -> str | None:
    counted = Counter(t for t in types if t)
    return min(counted, key=lambda t: (-counted[t], t)) if counted else None


def stories(connection: Connection, asked: Filter, limit: int, offset: int) -> list[StoryRow]:
    """Stories with a report that meets the filter, the latest published first."""
    condition = report_condition(asked)
    condition.nest("(", of_reports(Filter(words=asked.words)))
    rows = connection.all(
        "SELECT c.number, c.id FROM clusters c JOIN cluster_members m ON m.cluster = c.number"
        f" JOIN reports r ON r.id = m.member WHERE c.kind = 'story' AND {condition.text()} GROUP BY c.number"
        " ORDER BY max(coalesce(r.published_earliest, r.appended)) DESC, c.id LIMIT ? OFFSET ?",
        *condition.values,
        limit,
        offset,
    )
    reports: dict[int, list[Any]] = {row[0]: [] for row in rows}
    for cluster, *found in connection.all(
        "SELECT m.cluster, r.id, r.published_earliest, r.published_latest FROM cluster_members m"
        " JOIN reports r ON r.id = m.member WHERE m.cluster IN (SELECT value FROM json_each(?))"
        " ORDER BY coalesce(r.published_earliest, r.appended), r.sequence",
        json.dumps(list(reports)),
    ):
        reports[cluster].append(tuple(found))
    return [
        StoryRow(
            id=story,
            reports=tuple(r for r, _, _ in reports[number]),
            earliest=moment(min((e for _, e, _ in reports[number] if e is not None), default=None)),
            latest=moment(max((e for _, _, e in reports[number] if e is not None), default=None)),
        )
        for number, story in rows
    ]
