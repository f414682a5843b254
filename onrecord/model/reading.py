"""The reading: everything found in one report, each fact with its spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.model.text import Report, Span, TextSpan
from onrecord.model.words import (
    Authority,
    Certainty,
    EntityType,
    QuoteForm,
    SourceKind,
    Stance,
    Status,
    TimeMark,
    TimeType,
)


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
class Cause:
    """What is said to have caused an event, or to be ruled out as its cause."""

    start: int
    end: int
    text: str
    lemmas: tuple[str, ...]  # of its telling words, sorted
    kind: str  # deliberate, technical, natural, mistake, other
    excluded: bool = False  # "was not caused by", "ruled out arson as the cause of"
    hedged: bool = False  # "may have been caused by", "is believed to be due to"


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
    cause: Cause | None = None  # as stated; what merely came before is none
    sense: str = ""  # vector of the mention in its sentence, signed bytes in base64; empty where the encoder gives none


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
