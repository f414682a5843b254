"""The record of an event: its claims put together, with title, date, place, actors, standing and weight. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import log1p

from onrecord.model import (
    Correction,
    EventRecord,
    Origin,
    Participant,
    Standing,
    Status,
    Testimony,
    TimeMark,
    TimeMention,
    TimeType,
    global_id,
)
from onrecord.record.moments import known_at
from onrecord.record.names import one_name
from onrecord.record.offices import one_office
from onrecord.record.outlets import known_outlets
from onrecord.record.standing import tell
from onrecord.record.titles import event_title, is_pronoun
from onrecord.record.words import stamp_words, time_words

NO_DATE = "no date given"
_AHEAD = (Status.PLANNED, Status.EXPECTED)
_MARKS = {TimeMark.SYNTAX: 0, TimeMark.NARRATIVE: 1, TimeMark.PUBLISHED: 2, None: 1}


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds an event: its story, names of entities by global id, look-alikes not merged, and corrections."""

    story: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    type: str | None = None
    status: Status | None = None


def corrected(found: Iterable[Correction]) -> Setting:
    """What analysts say stands above the machine's word; the last word counts."""
    setting = Setting()
    for item in found:
        if item.action == "relabel" and item.value:
            setting = replace(setting, type=item.value)
        elif item.action == "status" and item.value in set(Status):
            setting = replace(setting, status=Status(item.value))
        elif item.action == "title" and item.value:
            setting = replace(setting, title=item.value)
    return setting


def event_record(
    event: str,
    testimonies: Iterable[Testimony],
    as_of: datetime | None = None,
    setting: Setting | None = None,
) -> EventRecord:
    """What the record says of an event at a moment.

    Raises:
        ValueError: if no claim of it was known at that moment.
    """
    setting = setting or Setting()
    said = tell(one_office(one_name(known_outlets(known_at(testimonies, as_of)))), as_of)
    known, told = said.claims, said.speaker
    earliest, latest, when = _date(_best_time(known, told), known, told)
    background = all(t.mention.background for t in known)
    kind = setting.type or _common(t.mention.type for t in known)
    # Mode and code refine the type: those of mentions that were given another type would contradict it.
    same = [t.mention for t in known if t.mention.type == kind]
    mode = _common(m.mode for m in same)
    cameo = _common(m.cameo for m in same if m.mode == mode) or _common(m.cameo for m in same)
    record = EventRecord(
        id=event,
        title=setting.title or event_title(known),
        type=kind,
        mode=mode,
        cameo=cameo,
        status=setting.status or said.status,
        standing=said.history[-1].standing,
        history=said.history,
        testimonies=known,
        earliest=earliest,
        latest=latest,
        when=when,
        place=_best_place(known, told),
        actors=_names(known, setting.names, actors=True),
        recipients=_names(known, setting.names, actors=False),
        origins=_origins(known),
        unsure=setting.unsure,
        story=setting.story,
        background=background,
    )
    return replace(record, weight=round(weight(record), 3))


def weight(record: EventRecord) -> float:
    """How much of the news an event is: typed, in a headline, with claims and holders, planned or disputed."""
    mentions = {(t.report.id, t.mention.id): t.mention for t in record.testimonies}
    holders = {t.claim.holder.name.casefold() for t in record.testimonies if not t.claim.holder.own_voice}
    reports = {t.report.id for t in record.testimonies}
    score = log1p(len(mentions)) + log1p(len(reports)) + 0.8 * log1p(len(holders))
    score += 2.0 * any(m.headline for m in mentions.values())
    score += 1.5 * (record.type is not None) + 0.5 * bool(record.actors) + 0.3 * bool(record.recipients)
    score += 0.7 * (record.status in _AHEAD) + 0.3 * (record.earliest is not None)
    score += 1.5 * (record.standing in (Standing.DISPUTED, Standing.DENIED, Standing.RETRACTED, Standing.SUPERSEDED))
    score += 0.7 * (len(record.history) > 1)
    return score * (0.3 if record.background else 1.0)


def notable(events: Iterable[EventRecord], limit: int | None = None) -> tuple[EventRecord, ...]:
    """Events by how much of the news they are, weightiest first, background last; at most ``limit``."""
    ranked = sorted(events, key=lambda e: (e.background, -e.weight, e.id))
    return tuple(ranked if limit is None else ranked[:limit])


def timeline(events: Iterable[EventRecord]) -> tuple[EventRecord, ...]:
    """Events by when they are, undated ones last in order of weight."""
    return tuple(
        sorted(events, key=lambda e: (e.earliest is None, e.earliest.timestamp() if e.earliest else -e.weight, e.id))
    )


def _common(values: Iterable[str | None]) -> str | None:
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _best_time(known: Sequence[Testimony], told: Testimony) -> TimeMention | None:
    """The time of the best-placed holder's words, else the plainest: stated over inferred, finer over coarser."""
    timed = [t for t in known if t.time is not None]
    if not timed:
        return None

    def order(item: Testimony) -> tuple[bool, bool, int, bool, bool, float, str]:
        time = item.time
        width = float("inf")
        if time is not None and time.earliest is not None and time.latest is not None:
            width = (time.latest - time.earliest).total_seconds()
        resolved = time is not None and time.resolved and time.earliest is not None
        same = item.claim.status is told.claim.status
        length = time is not None and time.type in (TimeType.DURATION, TimeType.SET)
        return (not resolved, length, _MARKS[item.mention.time_mark], item.id != told.id, not same, width, item.id)

    return min(timed, key=order).time


def _date(
    time: TimeMention | None, known: Sequence[Testimony], told: Testimony
) -> tuple[datetime | None, datetime | None, str]:
    if time is not None:
        return time.earliest, time.latest, time_words(time)
    for item in (told, *known):
        stamp = item.report.published
        if item.mention.time_mark is TimeMark.PUBLISHED and stamp is not None:
            return stamp.earliest, stamp.latest, f"{stamp_words(stamp)} (the report's day)"
    return None, None, NO_DATE


def _best_place(known: Sequence[Testimony], told: Testimony) -> str | None:
    if told.place is not None:
        return told.place.name
    return _common(t.place.name for t in known if t.place is not None)


def _names(known: Sequence[Testimony], names: Mapping[str, str], *, actors: bool) -> tuple[str, ...]:
    """Participants by their fullest names, most often named first; a name that is the end of another is that one."""
    counted: Counter[str] = Counter()
    for item in {(t.report.id, t.mention.id): t for t in known}.values():
        for who in item.mention.actors if actors else item.mention.recipients:
            name = participant_name(item, who, names)
            if name:
                counted[name] += 1
    kept: dict[str, int] = {}
    for name in sorted(counted, key=lambda n: (-len(n.split()), n)):
        whole = next((k for k in kept if same_name(k, name)), name)
        kept[whole] = kept.get(whole, 0) + counted[name]
    return tuple(sorted(kept, key=lambda n: (-kept[n], n)))


def participant_name(item: Testimony, who: Participant, names: Mapping[str, str]) -> str:
    """The entity's name, else the words unless they are a pronoun; empty if there is no name."""
    if who.entity is not None:
        name = names.get(global_id(item.report.id, who.entity))
        if name:
            return name
    return "" if is_pronoun(who.text) else " ".join(who.text.split())


def same_name(full: str, name: str) -> bool:
    """Whether a name is another, or its end."""
    one, two = full.casefold().split(), name.casefold().split()
    return one == two or (one[-len(two) :] == two and len(one) > len(two))


def _origins(known: Sequence[Testimony]) -> tuple[Origin, ...]:
    return tuple({t.origin.key: t.origin for t in reversed(known)}.values())[::-1]
