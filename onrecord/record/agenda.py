"""What is planned or expected, by date, with who says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from onrecord.model import EventRecord, Standing, Status, Testimony
from onrecord.record.moments import AHEAD
from onrecord.record.words import holder_words


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something that lies ahead. ``earliest`` and ``latest`` are UTC, both absent if its date is not known."""

    event: str
    title: str
    when: str
    earliest: datetime | None
    latest: datetime | None
    place: str | None
    status: Status
    standing: Standing
    holders: tuple[str, ...]
    story: str | None
    overdue: bool = False  # its date is past, and nobody has told that it happened
    said: tuple[Testimony, ...] = ()  # the claims that say so


_AGENDA = frozenset({Status.PLANNED, Status.EXPECTED, Status.CANCELLED})


def agenda(
    events: Iterable[EventRecord],
    after: datetime | None = None,
    before: datetime | None = None,
    moment: datetime | None = None,
) -> tuple[AgendaItem, ...]:
    """Planned and expected events, and those called off, in order of date; undated ones last.

    ``after`` leaves out what was over by then, ``before`` what begins later; what has no date always stays.
    What was to be over by ``moment`` is overdue.
    """
    items = []
    for event in events:
        if event.status not in _AGENDA or event.background:
            continue
        if after is not None and event.latest is not None and event.latest < after:
            continue
        if before is not None and event.earliest is not None and event.earliest > before:
            continue
        late = moment is not None and event.latest is not None and event.latest < moment
        items.append(_item(event, late=late and event.status is not Status.CANCELLED))
    return tuple(
        sorted(items, key=lambda i: (i.earliest is None, i.earliest.timestamp() if i.earliest else 0.0, i.event))
    )


def overdue(events: Iterable[EventRecord], moment: datetime) -> tuple[AgendaItem, ...]:
    """What was to happen before the moment, and nobody has said that it did."""
    late = [e for e in events if e.status in (Status.PLANNED, Status.EXPECTED) and not e.background]
    items = [_item(e, late=True) for e in late if e.latest is not None and e.latest < moment]
    return tuple(sorted(items, key=lambda i: (i.earliest or moment, i.event)))


def _item(event: EventRecord, *, late: bool = False) -> AgendaItem:
    said = [t for t in event.testimonies if t.claim.status in AHEAD | {Status.CANCELLED}]
    holders = tuple(dict.fromkeys(holder_words(t.claim.holder) for t in said))
    return AgendaItem(
        event.id,
        event.title,
        event.when,
        event.earliest,
        event.latest,
        event.place,
        event.status,
        event.standing,
        holders,
        event.story,
        late,
        tuple(said),
    )
