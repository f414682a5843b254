"""The record: what is derived from claims at a moment, and what people and failures add to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model.linking import Origin
from onrecord.model.reading import Claim, EventMention, PlaceMention, TimeMention
from onrecord.model.text import Stamp
from onrecord.model.words import ContradictionKind, Standing, Status


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text, with when the ledger learnt it."""

    id: str
    address: str
    file: str
    outlet: str | None
    title: str | None
    byline: str | None
    published: Stamp | None
    updated: Stamp | None
    language: str
    analysed: bool
    note: str | None
    appended: datetime
    sequence: int  # order of appending
    words: int
    revision_of: str | None = None  # the earlier report at the same address
    copy_of: str | None = None  # the earliest report with the same text


@dataclass(frozen=True, slots=True)
class Testimony:
    """A claim with all that is needed to weigh and to show it."""

    id: str  # global claim id: report.claim
    claim: Claim
    mention: EventMention
    report: ReportHead
    origin: Origin
    time: TimeMention | None = None
    place: PlaceMention | None = None
    known: datetime | None = None  # when this claim became known, best estimate in UTC; None: undated


@dataclass(frozen=True, slots=True)
class StandingChange:
    """One step in an event's history: from when, what, and by which claim."""

    standing: Standing
    since: datetime | None  # None: the text gives an order, not a time
    sequence: int
    claim: str  # global claim id
    why: str  # one sentence


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event with what the record says of it at the asked moment."""

    id: str
    title: str  # in the reports' own words
    type: str | None
    mode: str | None
    cameo: str | None
    status: Status
    standing: Standing
    history: tuple[StandingChange, ...]
    testimonies: tuple[Testimony, ...]
    earliest: datetime | None
    latest: datetime | None
    when: str  # in words: "4 February 2025", "in the coming weeks (date not resolvable)"
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    origins: tuple[Origin, ...]
    unsure: tuple[tuple[str, str], ...] = ()  # (other event id, reasons in words): possibly the same, not merged
    story: str | None = None
    weight: float = 0.0  # how much of the story's news it is, for order of showing
    background: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims about one event that cannot both hold, both sentences at hand."""

    id: str
    event: str
    attribute: str  # occurrence, date, place, number, participant, cause
    kind: ContradictionKind
    earlier: Testimony
    later: Testimony
    words: str  # one sentence
    resolved_by: str | None = None  # global claim id


@dataclass(frozen=True, slots=True)
class Story:
    id: str
    title: str
    reports: tuple[ReportHead, ...]
    events: tuple[EventRecord, ...]
    earliest: datetime | None
    latest: datetime | None
    contradictions: tuple[Contradiction, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()  # (copy, of) report ids


@dataclass(frozen=True, slots=True)
class Change:
    """Something the record says now that it did not say at the earlier moment."""

    kind: str  # new, confirmed, denied, disputed, corroborated, figures, planned, cancelled, retracted
    event: str
    story: str | None
    when: datetime | None
    words: str
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's word that stands above the machine's: appended, never changed; undone by another."""

    id: str
    action: str  # merge, split, same, different, relabel, status, title, entity, undo
    targets: tuple[str, ...]
    value: str | None
    author: str
    reason: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """What was expected to fail: a report that could not be read, as a result."""

    file: str
    reason: str
    error: str = ""  # the error class's name
    details: dict[str, str] = field(default_factory=dict)
