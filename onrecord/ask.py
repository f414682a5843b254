"""The way out: ledger → record. The only file that knows this order.

asker = Asker(ledger)
for row in asker.stories():
    print(row.title)
asker.at(moment).event("e3k").standing
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from onrecord.corrections import audit
from onrecord.errors import NotFoundError
from onrecord.exports import BATCH, EVERYTHING, MOST_CLAIMS, Exports, pages
from onrecord.ledger import AttributionRow, ClaimRow, EntityRow, EventRow, Filter, Ledger, SearchHit, Weighed
from onrecord.model import (
    CONTRACT_VERSION,
    Change,
    Contradiction,
    Correction,
    EventRecord,
    Judgement,
    JudgementKind,
    Reading,
    ReportHead,
    SourceKind,
    Standing,
    Story,
    Testimony,
    Verdict,
    global_id,
    now,
)
from onrecord.record.agenda import AgendaItem, agenda, overdue
from onrecord.record.changes import briefing, by_way, changes, weightiest
from onrecord.record.comparison import Cell, ComparedEvent, Comparison, compare
from onrecord.record.contract import (
    SCHEMAS,
    claim_to_contract,
    event_to_contract,
    iso,
    reading_from_contract,
    reading_to_contract,
    schema,
    story_to_contract,
)
from onrecord.record.contradictions import all_contradictions
from onrecord.record.corrections import CorrectionRecord, Label, Place, correction_to_contract
from onrecord.record.events import Setting, corrected, event_record, notable, timeline
from onrecord.record.export import FORMATS, TABLES, Exported, frame
from onrecord.record.export_coded import CODED
from onrecord.record.moments import cancels, denies, holds, known_at
from onrecord.record.origins import (
    Carrier,
    OriginTree,
    independent_origins,
    origin_trees,
    tree_to_contract,
)
from onrecord.record.revisions import RevisionChange, RevisionStep, revision_changes
from onrecord.record.sourcing import (
    RESTS,
    Sourcing,
    UnnamedClaim,
    ordered,
    rest_of,
    rests_on,
    sourcing_counted,
    sourcing_of,
    unnamed_claims,
)
from onrecord.record.standing import standing
from onrecord.record.stories import StoryRow, span, story_record, title_of
from onrecord.record.turns import weighed
from onrecord.record.why import Explanation, explain
from onrecord.record.words import outlet_name, plain_key
from onrecord.writing import write_atomically

MANY_EVENTS = 1_000  # from here on, lists for programs hold only what rows tell
_FEW = 40  # the same, where a list may stop early
_REASONS = 3  # of a judgement, shown with events that may be the same


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report with what was read in it, the events it speaks of, and its place among the others."""

    head: ReportHead
    reading: Reading
    events: tuple[EventRecord, ...]  # each with all its testimonies, also of other reports
    revisions: tuple[ReportHead, ...]  # of its address, the earliest first, itself included
    story: str | None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim in a list, with its event's title and standing."""

    row: ClaimRow
    event: EventRecord | None


class Asker(Exports):
    """Questions to a ledger, answered as of a moment (UTC), or as it stands now.

    Ids may be abbreviated. Every method raises ``NotFoundError`` or ``AmbiguousIdError`` for ids, and ``LedgerError``
    subclasses for what files and other processes do.
    """

    def __init__(self, ledger: Ledger, as_of: datetime | None = None) -> None:
        self.ledger = ledger
        self.as_of = as_of

    def at(self, as_of: datetime | None) -> Asker:
        """The same questions at another moment."""
        return Asker(self.ledger, as_of)

    # --- stories -----------------------------------------------------------------------------------------------

    def stories(self, asked: Filter = EVERYTHING, limit: int = 50, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories, the latest first, as a list shows them. Standings are counted as of now, and left out as of then."""
        with self.ledger.snapshot():
            return tuple(
                self._story_row(r.id, r.reports) for r in self.ledger.stories(self._asked(asked), limit, offset)
            )

    def _story_row(self, story: str, reports: Sequence[str]) -> StoryRow:
        heads = [h for h in self.ledger.report_heads(reports) if self._is_known(h)]
        events = self.ledger.events_of_story(story)
        standings: dict[str, int] = {}
        if self.as_of is None:
            for found in self.ledger.standings(events).values():
                standings[found.value] = standings.get(found.value, 0) + 1
        earliest, latest = span(heads, ())
        outlets = tuple(dict.fromkeys(outlet_name(h) for h in heads))
        return StoryRow(story, title_of(heads), len(heads), outlets, len(events), earliest, latest, standings)

    def story_rows(self, asked: Filter = EVERYTHING, limit: int = 50, offset: int = 0) -> Iterator[dict[str, Any]]:
        """Stories as the contract's objects, without what takes their claims to tell: made for long lists."""
        for row in self.ledger.stories(self._asked(asked), limit, offset):
            heads = [h for h in self.ledger.report_heads(row.reports) if self._is_known(h)]
            earliest, latest = span(heads, ())
            yield {
                "version": CONTRACT_VERSION,
                "story": row.id,
                "title": title_of(heads),
                "reports": [h.address for h in heads],
                "report_ids": [h.id for h in heads],
                "events": self.ledger.events_of_story(row.id),
                "earliest": iso(earliest),
                "latest": iso(latest),
            }

    def story_rows_of(self, stories: Sequence[str]) -> tuple[StoryRow, ...]:
        """These stories as a list shows them."""
        return tuple(self._story_row(s, self.ledger.members(s)) for s in stories)

    def stories_of(self, reports: Sequence[str]) -> dict[str, str]:
        """Report id → the story it belongs to."""
        return {r: c.id for r, c in self.ledger.cluster_of(JudgementKind.STORY, reports).items()}

    def story(self, story: str) -> Story:
        """A story with its events, weightiest first, its reports in order of publication, and its contradictions.

        Raises:
            NotFoundError: also if nothing of it was known at the moment.
        """
        with self.ledger.snapshot():
            full = self.ledger.resolve(story, ("story",))
            return self._story(full)

    def _story(self, story: str) -> Story:
        heads = [h for h in self.ledger.report_heads(self.ledger.members(story)) if self._is_known(h)]
        if not heads:
            raise NotFoundError(story, "nothing of this story was known at that moment")
        told = self.ledger.testimonies(story=story, as_of=self.as_of)
        return story_record(story, heads, self._records(told, story))

    def _is_known(self, head: ReportHead) -> bool:
        stamp = head.updated if head.revision_of is not None and head.updated is not None else head.published
        first = stamp.earliest if stamp is not None else head.appended
        return self.as_of is None or first <= self.as_of

    # --- events ------------------------------------------------------------------------------------------------

    def event(self, event: str) -> EventRecord:
        """An event by its id, or by the id of one of its mentions (``r….v3``).

        Raises:
            NotFoundError: also if no claim of it was known at the moment.
        """
        with self.ledger.snapshot():
            full = self._event_id(event)
            records = self._records(self._testimonies(full))
            if not records:
                raise NotFoundError(full, "no claim of this event was known at that moment")
            return records[0]

    def _event_id(self, event: str) -> str:
        full = self.ledger.resolve(event, () if "." in event else ("event",))
        if "." not in full:
            return full
        found = self.ledger.cluster_of(JudgementKind.EVENT, [full])
        return found[full].id if full in found else full

    def _testimonies(self, event: str) -> Mapping[str, tuple[Testimony, ...]]:
        if "." not in event:
            return self.ledger.testimonies([event], as_of=self.as_of)
        # A mention that linking has not come to is an event of its own.
        told = self.ledger.testimonies(report_ids=[event.partition(".")[0]], as_of=self.as_of)
        return {event: told[event]} if event in told else {}

    def events(self, asked: Filter = EVERYTHING, limit: int = 50, offset: int = 0) -> tuple[EventRecord, ...]:
        """Events by time, undated last."""
        with self.ledger.snapshot():
            return tuple(self._event_records(self._event_rows(asked, limit, offset)))

    def event_rows(self, asked: Filter = EVERYTHING, limit: int = 50, offset: int = 0) -> Iterator[dict[str, Any]]:
        """Events as the contract's objects, by time.

        Of more than ``MANY_EVENTS`` only the contract's own keys are given: what rows tell, without reading claims.
        """
        rows = self._event_rows(asked, limit, offset)
        if len(rows) <= MANY_EVENTS or self.as_of is not None:
            return map(event_to_contract, self._event_records(rows))
        return self._bare_events(rows)

    def _bare_events(self, rows: Sequence[EventRow]) -> Iterator[dict[str, Any]]:
        addresses: dict[str, str] = {}
        for row in rows:
            if fresh := sorted({m[0] for m in row.mentions} - addresses.keys()):
                addresses |= {h.id: h.address for h in self.ledger.report_heads(fresh)}
            yield {
                "version": CONTRACT_VERSION,
                "event": row.id,
                "type": row.type,
                "standing": row.standing.value if row.standing else None,
                "earliest": iso(row.earliest),
                "latest": iso(row.latest),
                "mentions": [
                    {"report": addresses[r], "report_id": r, "start": a, "end": b} for r, _, a, b in row.mentions
                ],
            }

    def judgements(self, member: str) -> tuple[Judgement, ...]:
        """All that was judged about an event mention (``r….v3``), or a report as text and as part of a story."""
        kinds = (JudgementKind.EVENT,) if "." in member else (JudgementKind.COPY, JudgementKind.STORY)
        full = self.ledger.resolve(member, () if "." in member else ("report",))
        return tuple(j for kind in kinds for j in self.ledger.judgements(kind, [full]))

    def _event_rows(self, asked: Filter, limit: int, offset: int = 0) -> list[EventRow]:
        """Rows that meet a filter. Standings are computed for this moment where the ledger's are for another."""
        if asked.standing is None or self.as_of is None:
            return self.ledger.events(self._asked(asked), limit, offset)
        wanted, found, skipped = Standing(asked.standing), list[EventRow](), 0
        for rows in self.ledger.event_pages(self._asked(replace(asked, standing=None, stood=wanted.value))):
            told = self.ledger.testimonies([r.id for r in rows], as_of=self.as_of)
            for row in rows:
                if row.id in told and standing(told[row.id], self.as_of) is wanted:
                    skipped += 1
                    found += [row] if skipped > offset else []
                if len(found) >= limit:
                    return found
        return found

    def _event_records(self, rows: Sequence[EventRow]) -> Iterator[EventRecord]:
        """Records of rows, in their order, a batch at a time."""
        for begin in range(0, len(rows), _FEW):
            batch = rows[begin : begin + _FEW]
            told = self.ledger.testimonies([r.id for r in batch], as_of=self.as_of)
            records = {r.id: r for r in self._records(told)}
            yield from (records[r.id] for r in batch if r.id in records)

    def _records(self, told: Mapping[str, Sequence[Testimony]], story: str | None = None) -> list[EventRecord]:
        """Records of events, each with its setting; what was not known at the moment is left out."""
        known = {event: claims for event, claims in told.items() if claims}
        settings = self._settings(known, story)
        return [event_record(event, claims, self.as_of, settings[event]) for event, claims in known.items()]

    def _settings(self, told: Mapping[str, Sequence[Testimony]], story: str | None) -> dict[str, Setting]:
        events = list(told)
        stories = self.ledger.story_of_events(events) if story is None else {}
        unsure, words = self._unsure(events), self._corrections(told)
        names = self.ledger.entity_names(sorted({t.report.id for claims in told.values() for t in claims}))
        return {
            event: replace(
                corrected(words.get(event, ())),
                story=story or stories.get(event),
                names=names,
                unsure=unsure.get(event, ()),
            )
            for event in events
        }

    def _unsure(self, events: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Event → events that may be the same, each with the reasons in words."""
        pairs = {c.id: c.unsure for c in self.ledger.clusters(JudgementKind.EVENT, events) if c.unsure}
        others = sorted({other for found in pairs.values() for _, other in found})
        if not others:
            return {}
        clusters = self.ledger.cluster_of(JudgementKind.EVENT, others)
        members = sorted({mine for found in pairs.values() for mine, _ in found})
        reasons = {
            (j.left, j.right): "; ".join(r.words for r in sorted(j.reasons, key=lambda r: -abs(r.value))[:_REASONS])
            for j in self.ledger.judgements(JudgementKind.EVENT, members)
            if j.verdict is Verdict.UNSURE
        }
        result: dict[str, dict[str, str]] = {}
        for event, found in pairs.items():
            for mine, other in found:
                if other in clusters and clusters[other].id != event:
                    why = reasons.get((min(mine, other), max(mine, other)), "the reports do not settle it")
                    result.setdefault(event, {}).setdefault(clusters[other].id, why)
        return {event: tuple(sorted(found.items())) for event, found in result.items()}

    def _corrections(self, told: Mapping[str, Sequence[Testimony]]) -> dict[str, list[Correction]]:
        """Event → what analysts said of it or of one of its mentions, oldest first, without what was undone."""
        names = {global_id(t.report.id, t.mention.id): event for event, claims in told.items() for t in claims}
        names |= {event: event for event in told}
        result: dict[str, list[Correction]] = {}
        for item in self.ledger.corrections_in_force(list(names)) if names else ():
            for event in dict.fromkeys(names[target] for target in item.targets if target in names):
                result.setdefault(event, []).append(item)
        return result

    def why(self, event: str) -> Explanation:
        """Why an event stands as it does, in sentences."""
        return explain(self.event(event))

    # --- reports -----------------------------------------------------------------------------------------------

    def report(self, report: str) -> ReportRecord:
        """A report by id or address, with the events it speaks of, weightiest first."""
        with self.ledger.snapshot():
            full = self.ledger.resolve(report, ("report",))
            head = self.ledger.report_head(full)
            own = self.ledger.testimonies(report_ids=[full], as_of=self.as_of)
            linked = [event for event in own if "." not in event]
            told = {**own, **self.ledger.testimonies(linked, as_of=self.as_of)}
            found = self.ledger.cluster_of(JudgementKind.STORY, [full])
            return ReportRecord(
                head=head,
                reading=self.ledger.shown_reading(full),
                events=notable(self._records(told)),
                revisions=tuple(self.ledger.revisions(head.address)),
                story=found[full].id if full in found else None,
            )

    def revisions(self, report: str) -> tuple[RevisionStep, ...]:
        """What each revision of a report's address claims otherwise than the one before it, in order."""
        with self.ledger.snapshot():
            head = self.ledger.report_head(self.ledger.resolve(report, ("report",)))
            heads = [h for h in self.ledger.revisions(head.address) if self._is_known(h)]
            read = [self.ledger.reading(h.id) for h in heads]
            mentions = [global_id(r.report.id, e.id) for r in read for e in r.events]
            events = {m: c.id for m, c in self.ledger.cluster_of(JudgementKind.EVENT, mentions).items()}
        steps = zip(pairwise(heads), pairwise(read), strict=True)
        return tuple(RevisionStep(a, b, revision_changes(one, two, events)) for (a, b), (one, two) in steps)

    def reading(self, report: str, made_by: str | None = None) -> Reading:
        """The newest reading of a report, or the one that a version of the program made."""
        return self.ledger.reading(self.ledger.resolve(report, ("report",)), made_by)

    def reports(self, asked: Filter = EVERYTHING, limit: int = -1, offset: int = 0) -> tuple[ReportHead, ...]:
        """Reports in order of publication; a limit of -1 is none."""
        return tuple(self.ledger.find_heads(self._asked(asked), limit, offset))

    def search(self, asked: Filter, limit: int = 20, offset: int = 0) -> tuple[SearchHit, ...]:
        """Reports by words and filters, best first."""
        return tuple(self.ledger.search(self._asked(asked), limit, offset))

    # --- claims, quotations, names -----------------------------------------------------------------------------

    def claims(self, asked: Filter = EVERYTHING, limit: int = 100, offset: int = 0) -> tuple[ClaimRecord, ...]:
        """Claims, the latest known first, each with its event."""
        with self.ledger.snapshot():
            return self._claim_records(self.ledger.claims(self._asked(asked), limit, offset))

    def resting(self, rest: str, asked: Filter = EVERYTHING, limit: int = 100) -> tuple[ClaimRecord, ...]:
        """The claims behind a number of ``sources``, ``rest`` being one of its columns; the latest known first."""
        own = ("other_outlet", "none")  # what an outlet says itself, and what it takes from another, are of one kind
        chosen = self._asked(replace(asked, kind=SourceKind.OUTLET.value if rest in own else rest))
        found: list[ClaimRow] = []
        with self.ledger.snapshot():
            for page in pages(lambda at: self.ledger.claims(chosen, BATCH, at)):
                found += [row for row in page if rests_on(row) == rest]
                if len(found) >= limit:
                    break
            return self._claim_records(found[:limit])

    def _claim_records(self, rows: Sequence[ClaimRow]) -> tuple[ClaimRecord, ...]:
        events = list(dict.fromkeys(r.event for r in rows if r.event))
        records = {e.id: e for e in self._records(self.ledger.testimonies(events, as_of=self.as_of))}
        return tuple(ClaimRecord(r, records.get(r.event or "")) for r in rows)

    def quotes(
        self, asked: Filter = EVERYTHING, limit: int = 100, offset: int = 0, by: str = "published"
    ) -> tuple[AttributionRow, ...]:  # fmt: skip
        """Who is made to say what, the latest published first, or sorted ``by`` source or outlet."""
        return tuple(self.ledger.attributions(self._asked(asked), limit, offset, by))

    def entities(self, asked: Filter = EVERYTHING, limit: int = 100, offset: int = 0) -> tuple[EntityRow, ...]:
        """Names over all reports, those in most reports first."""
        return tuple(self.ledger.entities(self._asked(asked), limit, offset))

    # --- what the record says ----------------------------------------------------------------------------------

    def changes(
        self, since: datetime, until: datetime | None = None, story: str | None = None, limit: int | None = None
    ) -> tuple[Change, ...]:
        """What the record says at ``until`` (else the asked moment, else now) that it did not say at ``since``.

        The weightiest events first. ``limit``: so many changes of a kind, of the events that weigh most now; of what
        happened to many events alike, only those are looked at.
        """
        with self.ledger.snapshot():
            last = until or self.as_of
            found = self.ledger.changed(since, last, self._story_id(story))
            queues = by_way((c.event, c.way) for c in found if not c.is_new_background())
            result: list[tuple[EventRecord, Change]] = []
            while queues:
                taken = [queue.take(limit) for queue in queues]
                told = dict(self._changed([event for page in taken for event in page], since, last))
                for queue, page in zip(queues, taken, strict=True):
                    queue.count(change.kind for event in page for _, change in told.get(event, ()))
                result += [pair for pairs in told.values() for pair in pairs]
                queues = [queue for queue in queues if queue.goes_on(limit)]
            return weightiest(result, limit)

    def _changed(
        self, events: Sequence[str], since: datetime, until: datetime | None
    ) -> Iterator[tuple[str, list[tuple[EventRecord, Change]]]]:
        """Event → its changes, each with the event as it is afterwards."""
        later, earlier = self.at(until), self.at(since)
        for begin in range(0, len(events), BATCH):
            told = self.ledger.testimonies(events[begin : begin + BATCH], as_of=until)
            before = {e.id: e for e in earlier._records({e: known_at(claims, since) for e, claims in told.items()})}
            for event in later._records(told):
                old = [before[event.id]] if event.id in before else []
                yield event.id, [(event, change) for change in changes(old, [event])]

    def compare(self, story: str) -> Comparison:
        """Claims × outlets of a story."""
        found = self.story(story)
        return compare(found.events, found.reports)

    def origins(self, story: str, key: Callable[[str], str] = plain_key) -> tuple[OriginTree, ...]:
        """Who rests on whom in a story, by origin. ``key``: one word for all names of an outlet, or of a house."""
        return origin_trees(self.story(story).events, key)

    def contradictions(
        self, story: str | None = None, asked: Filter = EVERYTHING, limit: int = 100
    ) -> tuple[Contradiction, ...]:
        """The register: of a story, or of all events that meet a filter."""
        if story is not None:
            return self.story(story).contradictions[:limit]
        found: list[Contradiction] = []
        with self.ledger.snapshot():
            for rows in self.ledger.event_pages(self._asked(replace(asked, contradicted=True))):
                found += all_contradictions(self._event_records(rows))
                if len(found) >= limit:
                    break
        return tuple(found[:limit])

    def agenda(
        self, after: datetime | None = None, before: datetime | None = None, story: str | None = None
    ) -> tuple[AgendaItem, ...]:
        """What is planned, expected or called off, by date. Over all stories only what has a date."""
        if story is not None:
            return agenda(self.story(story).events, after, before, self.as_of or now())
        with self.ledger.snapshot():
            found = self.ledger.ahead(after, before, self.as_of)
            batches = (found[i : i + BATCH] for i in range(0, len(found), BATCH))
            told = (self.ledger.testimonies(batch, as_of=self.as_of) for batch in batches)
            return agenda((e for t in told for e in self._records(t)), after, before, self.as_of or now())

    def overdue(self, story: str, moment: datetime | None = None) -> tuple[AgendaItem, ...]:
        """What was to happen in a story before the moment (else the asked one, else now), and nobody says it did."""
        return overdue(self.story(story).events, moment or self.as_of or now())

    def sources(self, asked: Filter = EVERYTHING, story: str | None = None, by: str = "outlet") -> tuple[Sourcing, ...]:
        """On whom the claims of each outlet or ``by`` story rest, of one story or all that meet a filter."""
        chosen = replace(asked, story=self._story_id(story)) if story is not None else asked
        full = self._asked(chosen)
        counts = self.ledger.claim_counts(full)
        stories = {} if by == "outlet" else self.stories_of(sorted({report for report, *_ in counts}))

        def group(report: str, outlet: str) -> str:
            return outlet if by == "outlet" else stories.get(report, "")

        @cache
        def listed() -> dict[str, Sourcing]:
            claims = self.ledger.claim_sources(full)
            found = ((c, group(c.partition(".")[0], outlet), rest_of(kind, own)) for c, outlet, kind, own in claims)
            return {row.name: row for row in sourcing_of(found)}

        counted = ((group(r, outlet), rest_of(kind, own), number) for r, outlet, kind, own, number in counts)
        rows = [row for row in sourcing_counted(counted, listed) if row.name]
        if by == "outlet":
            return tuple(rows)
        members = {row.name: self.ledger.members(row.name) for row in rows}
        heads = {h.id: h for h in self.ledger.report_heads(sorted({r for held in members.values() for r in held}))}
        titles = {story: title_of([heads[r] for r in held if r in heads]) for story, held in members.items()}
        return tuple(replace(row, name=titles[row.name], story=row.name) for row in rows)

    def unnamed(self, story: str) -> tuple[UnnamedClaim, ...]:
        """Every claim of a story that rests on an unnamed source, and what became of it."""
        return unnamed_claims(self.story(story).events)

    def corrections(self) -> Iterator[CorrectionRecord]:
        """What analysts corrected, oldest first, also what was undone since, with the words it is about."""
        return audit(self.ledger)

    def counts(self) -> dict[str, int]:
        return self.ledger.counts()

    def refresh(self, limit: int = MOST_CLAIMS) -> int:
        """Computes the standings that lists filter by, of events that are new or changed; how many that were.

        Raises:
            LedgerReadOnlyError: if the ledger was opened for reading.
        """
        done = 0
        while done < limit and (events := self.ledger.without_standing(min(BATCH, limit - done))):
            told = self.ledger.testimonies(events)
            self.ledger.put_weighed(self._weighed(events, told), now())
            done += len(events)
        return done

    def _weighed(self, events: Sequence[str], told: Mapping[str, Sequence[Testimony]]) -> dict[str, Weighed]:
        names = self.ledger.entity_names(sorted({t.report.id for claims in told.values() for t in claims}))
        words = self._corrections(told)
        result = {event: Weighed(Standing.RUMOURED, contradicted=False) for event in events if not told.get(event)}
        for event in events:
            if event not in result:
                setting = replace(corrected(words.get(event, ())), names=names)
                record = event_record(event, told[event], None, setting)
                result[event] = Weighed(record.standing, record.weight, record.background, *weighed(record))
        return result

    def _asked(self, asked: Filter) -> Filter:
        full = asked if self.as_of is None or asked.as_of is not None else replace(asked, as_of=self.as_of)
        if full.story is not None:
            full = replace(full, story=self.ledger.resolve(full.story, ("story",)))
        if full.event is not None:
            full = replace(full, event=self.ledger.resolve(full.event, ("event",)))
        if full.report is not None:
            full = replace(full, report=self.ledger.resolve(full.report, ("report",)))
        return full

    def _story_id(self, story: str | None) -> str | None:
        return None if story is None else self.ledger.resolve(story, ("story",))


__all__ = [
    "CODED",
    "EVERYTHING",
    "FORMATS",
    "RESTS",
    "SCHEMAS",
    "TABLES",
    "AgendaItem",
    "Asker",
    "AttributionRow",
    "Carrier",
    "Cell",
    "ClaimRecord",
    "ClaimRow",
    "ComparedEvent",
    "Comparison",
    "CorrectionRecord",
    "EntityRow",
    "Explanation",
    "Exported",
    "Filter",
    "Label",
    "Ledger",
    "OriginTree",
    "Place",
    "ReportRecord",
    "RevisionChange",
    "RevisionStep",
    "SearchHit",
    "Sourcing",
    "StoryRow",
    "UnnamedClaim",
    "briefing",
    "cancels",
    "claim_to_contract",
    "compare",
    "correction_to_contract",
    "denies",
    "event_to_contract",
    "frame",
    "holds",
    "independent_origins",
    "notable",
    "ordered",
    "origin_trees",
    "outlet_name",
    "reading_from_contract",
    "reading_to_contract",
    "rests_on",
    "schema",
    "story_to_contract",
    "timeline",
    "tree_to_contract",
    "write_atomically",
]
