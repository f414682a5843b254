"""The facts of onrecord: frozen dataclasses, their words, and how their ids are made.

Nothing here imports another room. Spans are code-point offsets into ``Report.text``, which is never altered.
Moments are timezone-aware ``datetime`` in UTC; the original string stands beside every normalised value.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

CONTRACT_VERSION = 1
ID_VERSION = 1


# --- words -----------------------------------------------------------------------------------------------------


class SourceKind(StrEnum):
    """Who is made to say it. ``OUTLET`` is also the kind of a report's own voice."""

    NAMED = "named"
    OFFICE = "office"
    UNNAMED = "unnamed"
    OUTLET = "outlet"
    DOCUMENT = "document"


class Stance(StrEnum):
    """What the holder does with the content."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    QUESTIONS = "questions"
    DECLINES_TO_COMMENT = "declines_to_comment"
    EXPECTS = "expects"
    WANTS = "wants"
    PROMISES = "promises"
    THREATENS = "threatens"
    ASKS = "asks"


class Status(StrEnum):
    """Status of an event mention according to its holder."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    DID_NOT_HAPPEN = "did_not_happen"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """FactBank's values (Saurí and Pustejovsky 2009): certain, probable, possible; polarity; Uu underspecified."""

    CT_PLUS = "CT+"
    CT_MINUS = "CT-"
    PR_PLUS = "PR+"
    PR_MINUS = "PR-"
    PS_PLUS = "PS+"
    PS_MINUS = "PS-"
    UU = "Uu"


class Standing(StrEnum):
    """Of an event, derived from its claims; declared in order of precedence, strongest first."""

    RETRACTED = "retracted"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    REPORTED = "reported"
    RUMOURED = "rumoured"


class QuoteForm(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class EntityType(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    OFFICE = "office"
    PLACE = "place"
    GROUP = "group"
    FACILITY = "facility"
    PRODUCT = "product"
    OTHER = "other"


class PartKind(StrEnum):
    """What a stretch of a report's text is, besides its body."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    UPDATE = "update"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


class TimeMark(StrEnum):
    """Where an event mention's time comes from."""

    SYNTAX = "syntax"
    NARRATIVE = "narrative"
    PUBLISHED = "published"


class Authority(StrEnum):
    """How a holder stands to the event it speaks of."""

    PARTY = "party"
    RESPONSIBLE = "responsible"
    OTHER = "other"


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class JudgementKind(StrEnum):
    """What a pair is judged to share: a text, an event, a story."""

    COPY = "copy"
    EVENT = "event"
    STORY = "story"


# --- ids -------------------------------------------------------------------------------------------------------


def make_id(prefix: str, *parts: Any) -> str:
    """An id from canonical content: ``prefix`` and 16 characters of base32 (80 bits of SHA-256)."""
    canonical = json.dumps([ID_VERSION, prefix, *parts], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
    return prefix + base64.b32encode(digest[:10]).decode("ascii").lower()


def global_id(report: str, local: str) -> str:
    """The ledger-wide id of something found in one report: ``r….v3``."""
    return f"{report}.{local}"


# --- text ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Code-point offsets, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A span that carries its text, so that it can be shown without the report."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment or day as stated, and the interval it can mean (UTC)."""

    value: str  # ISO 8601, to the precision known: 2025-01-28 or 2025-01-28T20:38:00+02:00
    original: str  # as written
    origin: str  # field, text, option, file, inferred
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A recognised stretch of the text that is not body."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as published once. ``text`` is never altered; for plain text it is the decoded file."""

    id: str
    address: str  # where it was published or, failing that, read from
    text: str
    file: str = ""  # where the bytes came from: path, path!member, path#line
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None  # the dateline as written
    published: Stamp | None = None
    updated: Stamp | None = None
    language: str = "en"  # ISO 639-1, "und" if undetermined
    credits: tuple[str, ...] = ()  # agencies and outlets the report itself credits
    parts: tuple[Part, ...] = ()
    offsets: tuple[tuple[int, int, int], ...] = ()  # (start in text, start in the decoded source, length), if cleaned


def report_id(
    address: str, text: str, title: str | None, outlet: str | None, published: str | None, updated: str | None
) -> str:
    """Same address and content: same id. Another content or metadata at the address is a revision, with its own id."""
    return make_id("r", address, text, title, outlet, published, updated)


# --- the reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entity:
    """The person, organisation, place or group that mentions in one report stand for."""

    id: str  # n1, n2 … within the report
    name: str  # its fullest name in the report, without titles
    type: EntityType
    country: str | None = None  # ISO 3166-1 alpha-3
    roles: tuple[str, ...] = ()  # as stated: "Prime Minister", "spokeswoman"
    sector: str | None = None  # PLOVER sector: GOV, MIL, REB, CVL …
    plural: bool = False
    members: tuple[str, ...] = ()  # of a collective ("the two leaders"): entity ids


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    text: str
    type: EntityType
    entity: str
    form: str = "name"  # name, nominal, pronoun


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A TIMEX3 expression. ``earliest`` and ``latest`` are UTC; both absent if it cannot be resolved."""

    id: str
    start: int
    end: int
    text: str
    type: TimeType
    value: str
    earliest: datetime | None = None
    latest: datetime | None = None
    mod: str | None = None
    resolved: bool = True
    note: str | None = None  # why it could not be resolved, in words


@dataclass(frozen=True, slots=True)
class PlaceMention:
    id: str
    start: int
    end: int
    text: str
    name: str
    geonames: int | None = None
    country: str | None = None  # ISO 3166-1 alpha-3
    lat: float | None = None
    lon: float | None = None
    kind: str = "place"  # country, admin1, admin2, city, region, facility, place
    entity: str | None = None
    admin1: str | None = None
    use: str = "location"  # location, actor ("Nairobi said"), demonym ("Kenyan")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (PARC/PolNeAR): who is made to say what, by which words."""

    id: str
    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    quote: QuoteForm
    stance: Stance
    source_kind: SourceKind
    source_entity: str | None = None
    within: str | None = None  # the attribution whose content holds this one
    sentence: int = 0  # index of the cue's (else the content's) sentence
    number: str = "one"  # one, several
    affiliation: str | None = None  # as stated: "a senior Western European security source"
    anonymity_reason: str | None = None  # as stated, where given
    via: str | None = None  # the outlet it was told to, or taken from
    via_entity: str | None = None
    said: str | None = None  # time id of the saying
    hedged: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient: the span, and what it resolves to."""

    start: int
    end: int
    text: str
    entity: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number tied to its event, with bounds: "at least 12" is low 12, high None."""

    start: int
    end: int
    text: str
    kind: str  # dead, injured, arrested, displaced, missing, participants, money, votes, percent, count
    low: float | None
    high: float | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """An anchor with what it says happened. Status is according to the holder (``attribution``, else the report)."""

    id: str
    anchor: TextSpan
    sentence: int
    lemma: str
    type: str | None = None  # PLOVER (upper case), or onrecord's own scheme for general news
    scheme: str | None = None  # plover, news
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None  # 1 verbal cooperation … 4 material conflict
    goldstein: float | None = None
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    time: str | None = None
    time_mark: TimeMark | None = None
    place: str | None = None
    quantities: tuple[Quantity, ...] = ()
    status: Status = Status.HAPPENED
    certainty: Certainty = Certainty.CT_PLUS
    factuality: float = 3.0  # the report's own commitment, -3 … +3
    attribution: str | None = None  # the innermost attribution whose content holds the anchor
    background: bool = False  # told as the past of the story, not as its news
    headline: bool = False
    antecedent: str | None = None  # id of an earlier mention in the report that this one takes up
    future: bool = False  # told as lying ahead, whatever its status: "may meet next week" is possible and ahead


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a claim. The report's own voice is the outlet with ``own_voice``."""

    name: str
    kind: SourceKind
    entity: str | None = None
    country: str | None = None
    sector: str | None = None
    plural: bool = False
    own_voice: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An event mention as held by one holder; ``chain`` runs from the outlet to the holder, both included."""

    id: str  # c1, c2 … within the report
    event: str  # event mention id
    holder: Holder
    chain: tuple[Holder, ...]
    stance: Stance
    status: Status  # what the holder makes of the event, the stance applied: a denied event did not happen
    certainty: Certainty
    factuality: float
    authority: Authority
    words: TextSpan  # the sentence, or the attribution's stretch of it, to be shown
    hedged: bool = False
    attribution: str | None = None
    sequence: int = 0  # order of telling as the text gives it: a lower number was known earlier
    said_earliest: datetime | None = None
    said_latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one report by one version of the program."""

    report: Report
    made_by: str  # program version and weights
    analysed: bool = True
    note: str | None = None  # why not analysed
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()


# --- linking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventDigest:
    """What linking needs of one event mention."""

    id: str  # global: report.event
    type: str | None
    lemma: str
    actors: tuple[str, ...]  # folded names
    recipients: tuple[str, ...]
    countries: tuple[str, ...]
    earliest: datetime | None
    latest: datetime | None
    time_mark: str | None
    place: str | None  # folded name or country
    status: str
    quantities: tuple[Quantity, ...] = ()
    mode: str | None = None
    background: bool = False
    headline: bool = False
    sentence: str = ""  # the sentence's words, for reasons
    terms: tuple[str, ...] = ()  # folded content words of the sentence
    anchor: TextSpan | None = None
    attributed: bool = False
    antecedent: str | None = None  # global id of an earlier mention in the report that this one takes up


@dataclass(frozen=True, slots=True)
class Digest:
    """What linking needs of one report; ``keys`` find candidates (copy bands, story and event keys)."""

    report: str
    address: str
    outlet: str | None
    title: str
    earliest: datetime | None  # publication
    latest: datetime | None
    keys: tuple[str, ...]
    shingles: tuple[int, ...] = ()  # MinHash signature
    terms: tuple[tuple[str, float], ...] = ()  # weighted terms
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    events: tuple[EventDigest, ...] = ()
    paragraphs: tuple[tuple[int, int, int], ...] = ()  # (hash, start, end) of each paragraph
    vector: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A named feature of a judgement, with its value and a sentence a person can read."""

    name: str
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Same, different or unsure about a pair, ``left`` < ``right``: report ids, or global event ids for an event."""

    id: str
    kind: JudgementKind
    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Cluster:
    """Members that are one: event mentions of an event, reports of a story, reports of one text."""

    id: str
    kind: JudgementKind
    members: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...] = ()  # (member, other cluster's member) judged unsure
    aliases: tuple[str, ...] = ()  # ids of clusters this one absorbed


@dataclass(frozen=True, slots=True)
class Origin:
    """The deepest holder a claim can be traced to. Claims with the same ``key`` are one origin."""

    key: str
    name: str
    kind: SourceKind
    named: bool
    chain: tuple[str, ...]  # report's outlet … origin, in names
    how: str  # in words: "copy of …", "credits …", "quotes …", "own voice"


# --- the record ------------------------------------------------------------------------------------------------


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


class ContradictionKind(StrEnum):
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims about one event that cannot both hold, both sentences at hand."""

    id: str
    event: str
    attribute: str  # occurrence, date, place, number, participant
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
    action: str  # merge, split, same, different, relabel, status, entity, undo
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


def now() -> datetime:
    return datetime.now(UTC)
