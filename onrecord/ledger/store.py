"""The ledger: one SQLite file that keeps all of it. Every method here is one line to the module that does the work.

A ``Ledger`` belongs to the thread that opened it; another thread opens its own (a millisecond). Any number of
processes may read while one writes; two that write take turns, transaction by transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from os import PathLike, fspath
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from onrecord.ledger import (
    appending,
    candidates,
    checking,
    clusters,
    corrected,
    judgements,
    listing,
    outlet_lines,
    reports,
    testimonies,
    weighed,
)
from onrecord.ledger.appending import AppendResult, Entry
from onrecord.ledger.checking import Problem
from onrecord.ledger.codec import moment
from onrecord.ledger.connection import BUSY_SECONDS, Connection, Mode, open_connection, wrap_errors
from onrecord.ledger.filters import Filter
from onrecord.ledger.judgements import MOST_NEIGHBOURS
from onrecord.ledger.listing import AttributionRow, ClaimRow, EntityRow, EventRow, SearchHit, StoryRow
from onrecord.ledger.migrations import KEPT, SCHEMA_VERSION
from onrecord.ledger.weighed import Changed, Weighed
from onrecord.model import (
    Claim,
    Cluster,
    Correction,
    Digest,
    Judgement,
    JudgementKind,
    Origin,
    Reading,
    Report,
    ReportHead,
    Standing,
    Testimony,
    Verdict,
)

P = ParamSpec("P")
T = TypeVar("T")

_EVERYTHING = Filter()


class Ledger:
    """``with Ledger.open("onrecord.ledger") as ledger: …``

    All methods raise ``LedgerError`` subclasses for what files, disks and other processes do (``LedgerBusyError``,
    ``LedgerFullError``, ``LedgerReadOnlyError``, ``LedgerDamagedError``), with the path and what to do.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls, path: str | PathLike[str], mode: Mode = "write", create: bool = True, busy_seconds: float = BUSY_SECONDS
    ) -> Ledger:
        """Opens or makes a ledger and brings it up to date; ``read`` changes nothing on the disk.

        Raises:
            LedgerError: there is none, and none may be made.
            LedgerVersionError: a newer onrecord made it.
            LedgerDamagedError: the file is something else, or damaged; it is not touched.
            LedgerReadOnlyError: it cannot be written to.
        """
        return cls(open_connection(fspath(path), mode, create, busy_seconds))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _do(
        self,
        work: Callable[Concatenate[Connection, P], T],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> T:
        with wrap_errors(self._connection.path, self._connection.busy_seconds):
            return work(self._connection, *arguments, **options)

    @property
    def path(self) -> str:
        return self._connection.path

    @property
    def mode(self) -> Mode:
        return self._connection.mode

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is kept whole or not at all."""
        with self._connection.transaction():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything asked inside sees the ledger as it was at the first question, whatever others append meanwhile."""
        with self._connection.snapshot():
            yield

    # --- appending ---------------------------------------------------------------------------------------------

    def append(self, readings: Sequence[tuple[Reading, Digest]]) -> AppendResult:
        """Appends all in one transaction, on the disk when this returns. What is there already changes nothing.

        A report read by another version of the program gets a further reading; queries take the one appended last.
        """
        return self._do(appending.append, readings)

    def append_entries(self, entries: Sequence[Entry]) -> AppendResult:
        """The same of readings that ``prepare`` made ready, in this process or another."""
        return self._do(appending.append_entries, entries)

    def known(self, report_ids: Sequence[str], made_by: str) -> set[str]:
        """Those of the reports that this version of the program has read already."""
        return self._do(reports.known, report_ids, made_by)

    def pending(self, limit: int = 100) -> list[Digest]:
        """Reports on record that linking has not come to, in order of appending: new, or read anew."""
        return self._do(candidates.pending, limit)

    def set_linked(self, report_ids: Sequence[str]) -> None:
        """These reports are linked: in the same ``transaction`` as what linking found."""
        self._do(candidates.set_linked, report_ids)

    # --- reports -----------------------------------------------------------------------------------------------

    def report_ids(self) -> Iterator[str]:
        """All, in order of appending."""
        return reports.report_ids(self._connection)

    def report(self, report_id: str) -> Report:
        """Raises NotFoundError."""
        return self._do(reports.report, report_id)

    def report_head(self, report_id: str) -> ReportHead:
        """Raises NotFoundError."""
        return self._do(reports.heads, [report_id])[0]

    def report_heads(self, report_ids: Sequence[str]) -> list[ReportHead]:
        """In the order asked for. Raises NotFoundError."""
        return self._do(reports.heads, report_ids)

    def find_heads(self, asked: Filter = _EVERYTHING, limit: int = -1, offset: int = 0) -> list[ReportHead]:
        """Reports that meet the filter, in order of publication; a limit of -1 is none."""
        return self._do(listing.find_heads, asked, limit, offset)

    def reading(self, report_id: str, made_by: str | None = None) -> Reading:
        """The newest reading, or the one that a version of the program made. Raises NotFoundError."""
        return self._do(reports.reading, report_id, made_by)

    def told(self, report_id: str) -> tuple[Claim, ...]:
        """The claims of the newest reading, by the names that analysts gave their holders. Raises NotFoundError."""
        return self._do(corrected.claims_with_names, report_id, self._do(reports.told, report_id))

    def sequences(self, report_ids: Iterable[str]) -> dict[str, int]:
        """Report id → its place in the order of appending; unknown ids are left out."""
        return self._do(reports.sequences, report_ids)

    def readings_made(self, report_id: str) -> list[tuple[str, datetime]]:
        """Which versions of the program read a report, and when, oldest first."""
        return self._do(reports.readings_made, report_id)

    def revisions(self, address: str) -> list[ReportHead]:
        """All reports of one address, the earliest first."""
        return self._do(reports.revisions, address)

    def resolve(self, name: str, kinds: Sequence[str] = ()) -> str:
        """The full id for an abbreviation, a report's address, or the id of a cluster since absorbed.

        ``kinds``: some of report, event, story, copy, judgement, correction; none given means any.

        Raises:
            NotFoundError, AmbiguousIdError: with what it could be.
        """
        return self._do(reports.resolve, name, kinds)

    # --- linking -----------------------------------------------------------------------------------------------

    def candidates(
        self,
        keys: Sequence[str],
        limit: int = 50,
        exclude: Iterable[str] = (),
        weight: Callable[[str], float] | None = None,
        before: str | None = None,
    ) -> list[Digest]:
        """Reports that share keys, best first: by the sum of ``weight`` of the shared keys (default: their rarity).

        ``before``: only those that linking came to before this report, or is to come to before it.
        Keys that more than 1,000 reports share are passed over. Milliseconds at any size of the ledger.
        """
        return self._do(candidates.candidates, keys, limit, exclude, weight, before)

    def candidates_of(
        self, asked: Sequence[tuple[str, Sequence[str]]], limit: int, weight: Callable[[str], float] | None = None
    ) -> list[list[Digest]]:
        """The same of several reports, each with its keys: none is its own, and of two only the later has the other."""
        return self._do(candidates.candidates_of, asked, limit, weight)

    def published(self) -> tuple[datetime | None, datetime | None, bool]:
        """When the first and the last of the reports were published, and whether some do not tell."""
        return self._do(candidates.published)

    def digests(self, report_ids: Sequence[str]) -> list[Digest]:
        """In the order asked for; unknown ids are left out."""
        return self._do(candidates.digests, report_ids)

    def headlines_of_lines(self, lines: Iterable[int]) -> dict[int, set[int]]:
        """Line → the headlines of its outlet that it was seen under."""
        return self._do(outlet_lines.headlines_of, lines)

    def shown_reading(self, report_id: str) -> Reading:
        """The newest reading, with the lines marked that are known as its outlet's boilerplate by now."""
        return self._do(outlet_lines.shown_reading, report_id)

    def add_judgements(self, found: Iterable[Judgement]) -> int:
        """Appends those whose id is new; how many that were."""
        return self._do(judgements.add_judgements, found)

    def judgements(
        self, kind: JudgementKind, members: Sequence[str], brief: bool = False, beyond: Sequence[str] = ()
    ) -> list[Judgement]:
        """All about any of the members, oldest first; ``brief``: as good as without their reasons.

        ``beyond``: without the machine's between two of these.
        """
        return self._do(judgements.judgements, kind, members, brief, beyond)

    def judgement(self, judgement_id: str) -> Judgement:
        """Raises NotFoundError."""
        return self._do(judgements.judgement, judgement_id)

    def neighbourhood(
        self, kind: JudgementKind, members: Sequence[str], most: int = MOST_NEIGHBOURS
    ) -> list[Judgement]:
        """All about the members and whatever *same* joins to them, nearest first, up to ``most`` members."""
        return self._do(judgements.neighbourhood, kind, members, most)

    def judgements_between(self, kind: JudgementKind, members: Sequence[str]) -> list[Judgement]:
        """Those about two of the members, oldest first."""
        return self._do(judgements.judgements_between, kind, members)

    def joined(self, kind: JudgementKind, members: Sequence[str], most: int = MOST_NEIGHBOURS) -> list[str]:
        """The members and all that *same* joins to them, however many steps away; no wider once there are ``most``."""
        return self._do(judgements.joined, kind, members, most)

    def nearly(self, kind: JudgementKind, members: Sequence[str], least: float) -> list[str]:
        """Whatever some judgement pairs with one of the members that is unsure but scores ``least`` or more."""
        return self._do(judgements.nearly, kind, members, least)

    def parted(self, kind: JudgementKind, members: Sequence[str]) -> list[str]:
        """Whatever a person has told apart from one of the members."""
        return self._do(judgements.parted, kind, members)

    def paired(self, kind: JudgementKind, members: Sequence[str], verdict: Verdict) -> list[str]:
        """Whatever some judgement of this verdict pairs with one of the members."""
        return self._do(judgements.paired, kind, members, verdict)

    def add_correction(self, correction: Correction) -> bool:
        """Appends an analyst's word; False if its id is there already."""
        return self._do(judgements.add_correction, correction)

    def corrections(self, targets: Sequence[str] | None = None, as_made: bool = False) -> list[Correction]:
        """Oldest first, with the ids events have now, or ``as_made``; ``targets``: only those about one of them."""
        return self._do(judgements.corrections, targets, as_made)

    def corrections_in_force(self, targets: Sequence[str] | None = None) -> list[Correction]:
        """Those that nobody has undone, oldest first, without the undoings; ``targets``: about one of them."""
        if not self._connection.one("SELECT 1 FROM corrections LIMIT 1"):
            return []
        return self._do(corrected.in_force, self.corrections(targets))

    def undone(self) -> dict[str, str]:
        """Correction → the undoing in force that took it back."""
        return self._do(corrected.undone)

    def put_clusters(self, kind: JudgementKind, found: Iterable[Cluster], dropped: Iterable[str] = ()) -> None:
        """Writes clusters over what they were. A member leaves the cluster it was in, and an emptied one goes.

        Singletons count: an event with one mention is a cluster too. Standings of what changed members are dropped.
        """
        self._do(clusters.put_clusters, kind, found, dropped)

    def cluster_of(self, kind: JudgementKind, members: Sequence[str]) -> dict[str, Cluster]:
        """Member → its cluster; those in none are left out."""
        return self._do(clusters.cluster_of, kind, members)

    def clusters(self, kind: JudgementKind, ids: Sequence[str] | None = None) -> list[Cluster]:
        """All, or those with these ids, in order of id; members sorted."""
        return self._do(clusters.read_clusters, kind, ids)

    def members(self, cluster_id: str) -> tuple[str, ...]:
        """Sorted; empty if there is no such cluster."""
        return self._do(clusters.members, cluster_id)

    def put_origins(self, origins: Mapping[str, Origin]) -> None:
        """Global claim id → origin; standings that rest on them are dropped."""
        self._do(clusters.put_origins, origins)

    def put_standings(self, standings: Mapping[str, Standing], computed: datetime) -> None:
        """Event id → standing at ``computed``, for filtering; how they stood before is then asked of their claims."""
        self._do(weighed.put_weighed, {event: Weighed(standing) for event, standing in standings.items()}, computed)

    def put_weighed(self, found: Mapping[str, Weighed], computed: datetime) -> None:
        """Event id → standing at ``computed``, with how it stood before, its weight, and if it has contradictions."""
        self._do(weighed.put_weighed, found, computed)

    def standings(self, events: Sequence[str]) -> dict[str, Standing]:
        """Event id → standing as last computed; those that have none now are left out."""
        return self._do(clusters.standings, events)

    def drop_standings(self, events: Sequence[str] | None = None) -> None:
        """Of these events, or of all."""
        self._do(clusters.drop_standings, events)

    def without_standing(self, limit: int = 500) -> list[str]:
        """Events whose standing is to be computed."""
        return self._do(clusters.without_standing, limit)

    # --- asking ------------------------------------------------------------------------------------------------

    def testimonies(
        self,
        events: Sequence[str] = (),
        story: str | None = None,
        report_ids: Sequence[str] = (),
        as_of: datetime | None = None,
    ) -> dict[str, tuple[Testimony, ...]]:
        """Event id → its testimonies in order of becoming known, for events, a story, or what reports say.

        A story gives the events its reports mention, each with all its testimonies; reports give only their own, and
        mentions that linking has not come to stand under their own ids. ``as_of``: only what was known then; undated
        claims count from when the ledger appended their report.
        """
        if story is not None:
            found = self._do(testimonies.by_story, story, as_of)
        elif report_ids:
            found = self._do(testimonies.by_report, report_ids, as_of)
        else:
            found = self._do(testimonies.by_event, events, as_of)
        return self._do(corrected.testimonies_with_names, found)

    def events_of_story(self, story: str) -> list[str]:
        return self._do(testimonies.events_of_story, story)

    def story_of_events(self, events: Sequence[str]) -> dict[str, str]:
        """Event id → the story with most of its mentions' reports; events in none are left out."""
        return self._do(testimonies.story_of_events, events)

    def entity_names(self, report_ids: Sequence[str]) -> dict[str, str]:
        """Global entity id → its fullest name in the report."""
        return self._do(testimonies.entity_names, report_ids)

    def search(self, asked: Filter, limit: int = 20, offset: int = 0) -> list[SearchHit]:
        """Reports by words (words, "phrases", beginnings*, -without) and filters, best first."""
        return self._do(listing.search, asked, limit, offset)

    def claims(self, asked: Filter = _EVERYTHING, limit: int = 100, offset: int = 0) -> list[ClaimRow]:
        """The latest known first."""
        return self._do(listing.claims, asked, limit, offset)

    def claim_sources(self, asked: Filter = _EVERYTHING) -> Iterator[tuple[str, str, str, bool]]:
        """(global claim id, outlet or address, source kind, own voice) of each claim: for counting very many."""
        return listing.claim_sources(self._connection, asked)

    def claim_counts(self, asked: Filter = _EVERYTHING) -> list[tuple[str, str, str, bool, int]]:
        """(report id, outlet or address, source kind, own voice, how many) of the claims of each report."""
        return self._do(listing.claim_counts, asked)

    def changed(self, since: datetime, until: datetime | None = None, story: str | None = None) -> list[Changed]:
        """Events that may have changed after one moment and up to another, the weightiest first."""
        return self._do(weighed.changed, since, until, story)

    def ahead(self, after: datetime | None, before: datetime | None, as_of: datetime | None = None) -> list[str]:
        """Dated events that may be planned, expected or called off, and that are not over by, nor begin after."""
        return self._do(weighed.ahead, after, before, as_of)

    def events_told(self, asked: Filter = _EVERYTHING) -> list[str]:
        """Events with a claim that meets the filter, whose times are when claims became known; in order of id."""
        return self._do(listing.events_told, asked)

    def attributions(
        self, asked: Filter = _EVERYTHING, limit: int = 100, offset: int = 0, by: str = "published"
    ) -> list[AttributionRow]:  # fmt: skip
        """The latest published first, or ``by`` source or outlet; ``holder``, ``entity``: looked for in the source."""
        return self._do(listing.attributions, asked, limit, offset, by)

    def entities(self, asked: Filter = _EVERYTHING, limit: int = 100, offset: int = 0) -> list[EntityRow]:
        """Names over all reports, those in most reports first."""
        return self._do(listing.entities, asked, limit, offset)

    def events(self, asked: Filter = _EVERYTHING, limit: int = 100, offset: int = 0) -> list[EventRow]:
        """By time, undated last."""
        return self._do(listing.events, asked, limit, offset)

    def event_pages(self, asked: Filter = _EVERYTHING) -> Iterator[list[EventRow]]:
        """The same for whom cannot say how many it takes: read as needed, page by page, the first ones short."""
        return listing.event_pages(self._connection, asked)

    def stories(self, asked: Filter = _EVERYTHING, limit: int = 100, offset: int = 0) -> list[StoryRow]:
        """The latest published first."""
        return self._do(listing.stories, asked, limit, offset)

    # --- the ledger itself -------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """How many of what it keeps, and of events and stories."""
        found = {table: int(self._connection.one(f"SELECT count(*) FROM {table}")[0]) for table in KEPT}
        kinds = dict(self._connection.all("SELECT kind, count(*) FROM clusters GROUP BY kind"))
        return {**found, "events": kinds.get("event", 0), "stories": kinds.get("story", 0), "schema": SCHEMA_VERSION}

    def last_change(self) -> datetime | None:
        """When the last reading was appended."""
        return moment(self._connection.one("SELECT max(made) FROM readings")[0])

    def check(self, progress: checking.Progress | None = None) -> list[Problem]:
        """Everything that is wrong with it; an empty list if it is whole."""
        return self._do(checking.check, progress)

    def rebuild(
        self, digest: Callable[[Reading], Digest] | None = None, progress: checking.Progress | None = None
    ) -> None:
        """Empties all that is derived and derives it anew from readings, judgements and corrections, all or nothing.

        Clusters, origins and standings are linking's to make again: every report is pending afterwards.
        """
        self._do(checking.rebuild, digest, progress)
