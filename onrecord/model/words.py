"""The words of onrecord, as enumerations: the same in code, docs, files and on screens."""

from __future__ import annotations

from enum import StrEnum


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


class ContradictionKind(StrEnum):
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    RESOLVED = "resolved"


# PLOVER's types with its quad classes: 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict.
PLOVER_QUADS = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
