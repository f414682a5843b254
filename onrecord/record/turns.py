"""When an event's standing, its status or its values came to be others, and what lists are to know of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.model import Contradiction, EventRecord, Standing, Status, Testimony
from onrecord.record.contradictions import contradictions
from onrecord.record.moments import in_order
from onrecord.record.standing import tell

MOST = 60  # moments of one event that are followed; of the few events with more, each question asks the claims
_VALUES = ("number", "date")


@dataclass(frozen=True, slots=True)
class Turn:
    """From this moment on the record says so of an event."""

    at: datetime
    standing: Standing
    status: Status


def turns(event: EventRecord, found: tuple[Contradiction, ...] | None = None) -> tuple[Turn, ...]:
    """What an event was at each moment, from one turn to the next; a clash of figures or dates is a turn too.

    Asked as of any moment, the record says what the last turn up to it says. Empty where there are very many moments.
    """
    times = sorted({_own(t) for t in event.testimonies})
    if len(times) > MOST:
        return ()
    clashing = {_own(c.later) for c in (clashes(event) if found is None else found) if c.attribute in _VALUES}
    result: list[Turn] = []
    for time in times:
        said = tell([t for t in event.testimonies if _own(t) <= time], time)
        turn = Turn(time, said.history[-1].standing, said.status)
        if not result or time in clashing or replace(turn, at=result[-1].at) != result[-1]:
            result.append(turn)
    return tuple(result)


def is_straight(event: EventRecord) -> bool:
    """Whether every claim counts from its own moment, none from that of one told after it but dated earlier."""
    return all(p.moment.time == _own(p.testimony) for p in in_order(event.testimonies))


def _own(testimony: Testimony) -> datetime:
    return testimony.known or testimony.report.appended


def weighed(event: EventRecord) -> tuple[bool, tuple[tuple[datetime, Standing, Status], ...], bool]:
    """Whether an event may have contradictions at some moment, its turns, and whether all that changed is in them."""
    found, straight = clashes(event), is_straight(event)
    steps = tuple((t.at, t.standing, t.status) for t in turns(event, found))
    straight = straight and bool(steps)
    return bool(found) or not straight, steps, straight


def clashes(event: EventRecord) -> tuple[Contradiction, ...]:
    """All contradictions there could be at any moment, even if an analyst gives the event a type one day."""
    if len(event.testimonies) < 2:
        return ()
    return contradictions(replace(event, type=event.type or "?"))
