"""Linking: what reports share, and the judgements and clusters that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.model.reading import Quantity
from onrecord.model.text import TextSpan
from onrecord.model.words import JudgementKind, SourceKind, Verdict


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
    sense: str = ""  # vector of the mention in its sentence, signed bytes in base64; empty if unknown
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
    lines: tuple[tuple[int, int, int], ...] = ()  # (key of outlet and words, start, end) of each line
    headline: int = 0  # key of the title: lines are counted by the headlines they stand under


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
