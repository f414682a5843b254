"""Events as event data sets code them: type, day, who to whom, where; what is left out, and why. Pure.

The fixed formats are written from this: ``export_gdelt``, ``export_polecat``, ``export_plover``, ``export_map``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from onrecord.model import (
    PLOVER_QUADS,
    Entity,
    EntityType,
    EventRecord,
    Participant,
    PartKind,
    PlaceMention,
    Reading,
    Span,
    Standing,
    Status,
    Testimony,
    TimeMark,
    global_id,
)
from onrecord.record.events import participant_name, same_name
from onrecord.record.moments import REALISED, holds

# What two do together: where no recipient is told, the second actor is the other side.
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_WIDTH = 120  # characters; a longer line was not broken by hand
_HALF = timedelta(hours=12)
_WHOLE = timedelta(hours=23)
_OVER = frozenset({Standing.DENIED, Standing.RETRACTED})
_OPENING = frozenset({PartKind.HEADLINE, PartKind.STANDFIRST, PartKind.BYLINE, PartKind.UPDATE, PartKind.CREDIT})
_GROUPS = frozenset({EntityType.ORGANISATION, EntityType.OFFICE, EntityType.GROUP})


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the formats ask of a report beyond its head."""

    id: str
    text: str
    made_by: str
    lead: int  # offset at which the headline and the first paragraph end
    sentences: tuple[Span, ...]
    entities: Mapping[str, Entity]
    places: tuple[PlaceMention, ...]  # locations, not actors or demonyms
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient over all mentions of an event."""

    name: str
    raw: str  # as the reports write it
    country: str | None
    sector: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """When an event was, as finely as it is known. ``basis``: syntax, narrative, report, none; or report_fallback."""

    year: int | None = None
    month: int | None = None
    day: date | None = None
    basis: str = "none"


@dataclass(frozen=True, slots=True)
class Coded:
    """An event, coded. ``told`` is the claim it is shown by; ``mentions`` one testimony for each mention."""

    event: EventRecord
    dated: Dated
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    goldstein: float | None
    quad: int | None  # PLOVER's
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: PlaceMention | None
    told: Testimony
    mentions: tuple[Testimony, ...]
    facts: Mapping[str, ReportFacts]  # of every report that mentions it

    @property
    def parties(self) -> tuple[Party | None, Party | None]:
        """The first actor and the first recipient; of what two do together, the second actor."""
        one = self.actors[0] if self.actors else None
        if self.recipients:
            return one, self.recipients[0]
        mutual = self.event.type in MUTUAL and len(self.actors) > 1
        return one, self.actors[1] if mutual else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many events a file does not hold, by reason: for what they are, and for what the format asks of them."""

    unrealised: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)


# --- which events ----------------------------------------------------------------------------------------------


def realised(events: Iterable[EventRecord], left: LeftOut, *, all_statuses: bool = False) -> Iterator[EventRecord]:
    """Events that happened or go on, and are neither denied nor withdrawn; all of them if asked."""
    for event in events:
        if all_statuses or (event.status in REALISED and event.standing not in _OVER):
            yield event
        elif event.status in REALISED:
            left.unrealised[event.standing.value] += 1
        else:
            left.unrealised["of unknown status" if event.status is Status.UNKNOWN else _words(event.status)] += 1


def _words(status: Status) -> str:
    return "called off" if status is Status.CANCELLED else status.value.replace("_", " ")


# --- reports ---------------------------------------------------------------------------------------------------


def report_facts(reading: Reading) -> ReportFacts:
    """What the formats ask of a report, from its reading."""
    places = tuple(p for p in reading.places if p.use == "location")
    bearers = {m.entity for m in reading.mentions if m.form == "name"}
    named = [e for e in reading.entities if e.id in bearers]
    return ReportFacts(
        id=reading.report.id,
        text=reading.report.text,
        made_by=reading.made_by,
        lead=_lead(reading),
        sentences=reading.sentences,
        entities={e.id: e for e in reading.entities},
        places=places,
        people=_unique(e.name for e in named if e.type is EntityType.PERSON and not e.plural),
        organisations=_unique(e.name for e in named if e.type in _GROUPS),
        locations=_unique(p.name for p in places),
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if n))


def _lead(reading: Reading) -> int:
    """The end of the first paragraph of the body."""
    text, at = reading.report.text, 0
    opening = sorted((p.start, p.end) for p in reading.report.parts if p.kind in _OPENING)
    for start, end in opening:
        if text[at:start].strip():
            break
        at = max(at, end)
    at += len(text[at:]) - len(text[at:].lstrip())
    line, blank = text.find("\n", at), text.find("\n\n", at)
    if line < 0:
        return len(text)
    # A long line is a paragraph of its own; short ones are broken for width, up to a blank line.
    return line if blank < 0 or line - at > _WIDTH else blank


# --- one event -------------------------------------------------------------------------------------------------


def code(event: EventRecord, facts: Mapping[str, ReportFacts], *, report_dates: bool = False) -> Coded:
    """An event as data sets code it; ``facts`` of every report it is mentioned in.

    With ``report_dates`` an event with no day of its own gets the day of its earliest report.
    """
    same = [t.mention for t in event.testimonies if t.mention.type == event.type]
    dated = date_of(event)
    if report_dates and dated.day is None:
        dated = _report_day(event) or dated
    return Coded(
        event=event,
        dated=dated,
        mode=event.mode,
        contexts=_unique(c for m in same for c in m.contexts),
        cameo=event.cameo,
        goldstein=next((m.goldstein for m in same if m.cameo == event.cameo and m.goldstein is not None), None),
        quad=PLOVER_QUADS.get(event.type or ""),
        actors=_parties(event, facts, event.actors, actors=True),
        recipients=_parties(event, facts, event.recipients, actors=False),
        place=place_of(event),
        told=teller(event),
        mentions=mentions_of(event),
        facts=facts,
    )


def teller(event: EventRecord) -> Testimony:
    """The claim an event is shown by: the first that holds what the record says, in words of the event's type."""
    of_type = [t for t in event.testimonies if t.mention.type == event.type] or list(event.testimonies)
    return next((t for t in of_type if t.claim.status is event.status and holds(t)), of_type[0])


def mentions_of(event: EventRecord) -> tuple[Testimony, ...]:
    """One testimony for each mention, in the order the claims became known."""
    found: dict[tuple[str, str], Testimony] = {}
    for item in event.testimonies:
        found.setdefault((item.report.id, item.mention.id), item)
    return tuple(found.values())


def _most(values: Iterable[str | None]) -> str | None:
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _parties(
    event: EventRecord, facts: Mapping[str, ReportFacts], names: Sequence[str], *, actors: bool
) -> tuple[Party, ...]:
    """The event's participants with what their mentions say of them."""
    found: dict[str, list[tuple[Participant, Entity | None]]] = {name: [] for name in names}
    for item in mentions_of(event):
        entities = facts[item.report.id].entities
        known = {global_id(item.report.id, e.id): e.name for e in entities.values()}
        for who in item.mention.actors if actors else item.mention.recipients:
            name = participant_name(item, who, known)
            whole = next((n for n in names if name and same_name(n, name)), None)
            if whole is not None:
                found[whole].append((who, entities.get(who.entity or "")))
    return tuple(_party(name, members) for name, members in found.items())


def _party(name: str, members: Sequence[tuple[Participant, Entity | None]]) -> Party:
    entities = [e for _, e in members if e is not None]
    return Party(
        name=_ARTICLE.sub("", name),
        raw=_most(" ".join(p.text.split()) for p, _ in members) or name,
        country=_most([*(p.country for p, _ in members), *(e.country for e in entities)]),
        sector=_most([*(p.sector for p, _ in members), *(e.sector for e in entities)]),
        title=_most(role for e in entities for role in e.roles[:1]),
    )


def place_of(event: EventRecord) -> PlaceMention | None:
    """The place the record gives, resolved if any mention resolves it.

    Only a place that is told as one: "Israeli official" and "Nairobi said" say who, not where.
    """
    told = [t.place for t in event.testimonies if t.place is not None and t.place.use == "location"]
    here = [p for p in told if p.name == event.place]
    return min(here, key=lambda p: (p.lat is None, p.geonames is None), default=None)


# --- when ------------------------------------------------------------------------------------------------------


def date_of(event: EventRecord) -> Dated:
    """The event's own date, no finer than it is known: a week has a year, perhaps a month, and no day."""
    if event.earliest is None or event.latest is None:
        return Dated()
    basis, value = "narrative", None
    for item in event.testimonies:
        stamp, mark = item.report.published, item.mention.time_mark
        if item.time is not None and (item.time.earliest, item.time.latest) == (event.earliest, event.latest):
            basis, value = (mark or TimeMark.NARRATIVE).value, item.time.value
            break
        if mark is TimeMark.PUBLISHED and stamp and (stamp.earliest, stamp.latest) == (event.earliest, event.latest):
            basis, value = "report", stamp.value
            break
    basis = "report" if basis == TimeMark.PUBLISHED.value else basis
    stated = _DAY.match(value) if value else None
    return _stated(stated, basis) if stated else _within(event.earliest, event.latest, basis)


def _stated(found: re.Match[str], basis: str) -> Dated:
    year, month, day = (int(g) if g else None for g in found.groups())
    try:
        return Dated(year, month, date(year, month, day) if year and month and day else None, basis)
    except ValueError:
        return Dated(year, None, None, basis)


def first_day(earliest: datetime, latest: datetime) -> date:
    """The day on which an interval begins; one of whole days keeps them, wherever their midnight is."""
    return (earliest + _HALF if latest - earliest >= _WHOLE else earliest).date()


def last_day(earliest: datetime, latest: datetime) -> date:
    return (latest - _HALF if latest - earliest >= _WHOLE else latest).date()


def _within(earliest: datetime, latest: datetime, basis: str) -> Dated:
    first, last = first_day(earliest, latest), last_day(earliest, latest)
    year = first.year if first.year == last.year else None
    month = first.month if year and first.month == last.month else None
    return Dated(year, month, first if first == last else None, basis)


def _report_day(event: EventRecord) -> Dated | None:
    stamps = [t.report.published for t in event.testimonies if t.report.published is not None]
    if not stamps:
        return None
    first = min(stamps, key=lambda s: s.earliest)
    found = _DAY.match(first.value)
    dated = _stated(found, "report_fallback") if found else None
    return dated if dated and dated.day else _within(first.earliest, first.latest, "report_fallback")


# --- text ------------------------------------------------------------------------------------------------------

_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"}
# Other characters at which some line reader breaks.
_ESCAPED |= {c: f"\\u{ord(c):04x}" for c in "\x0b\x0c\x1c\x1d\x1e\x1a\x85\u2028\u2029"}
_ESCAPES = str.maketrans(_ESCAPED)
_CODES = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "0": "\0"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([\\tnr0]))")


def tsv_cell(value: object) -> str:
    """A cell of a tab-separated row, in which nothing breaks the row and no reader sees a quoted cell begin."""
    if value is None:
        return ""
    text = str(value).translate(_ESCAPES)
    return "\\u0022" + text[1:] if text.startswith('"') else text


def tsv_text(cell: str) -> str:
    """The text of a cell that ``tsv_cell`` wrote."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _CODES[m[2]], cell)


def tsv_row(values: Iterable[object]) -> bytes:
    return "\t".join(map(tsv_cell, values)).encode("utf-8", "backslashreplace") + b"\n"


def sentence_of(item: Testimony, facts: ReportFacts) -> Span:
    """The sentence the anchor stands in, without the white space around it."""
    anchor = item.mention.anchor
    span = next((s for s in facts.sentences if s.start <= anchor.start < s.end), None)
    if span is None:
        return Span(item.claim.words.start, item.claim.words.end)
    text = span.of(facts.text)
    return Span(span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip()))
