"""When an event's standing, its status or its values came to be others, and what lists are to know of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.model import Contradiction, EventRecord, Standing, Status
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

    Asked as of any moment, the record says what the last turn up to it says. Empty where that cannot be relied on:
    where claims count from another moment than their own, since they are told before one that is dated earlier, and
    where there are very many moments.
    """
    placed = in_order(event.testimonies)
    if any(p.moment.time != (p.testimony.known or p.testimony.report.appended) for p in placed):
        return ()
    times = sorted({p.moment.time for p in placed})
    if len(times) > MOST:
        return ()
    clashing = {
        c.later.known or c.later.report.appended
        for c in (clashes(event) if found is None else found)
        if c.attribute in _VALUES
    }
    result: list[Turn] = []
    for time in times:
        said = tell(event.testimonies, time)
        turn = Turn(time, said.history[-1].standing, said.status)
        if not result or time in clashing or replace(turn, at=result[-1].at) != result[-1]:
            result.append(turn)
    return tuple(result)


def weighed(event: EventRecord) -> tuple[bool, tuple[tuple[datetime, Standing, Status], ...]]:
    """Whether an event may have contradictions at some moment, and its turns; none if they cannot be relied on."""
    found = clashes(event)
    steps = tuple((t.at, t.standing, t.status) for t in turns(event, found))
    return bool(found) or not steps, steps


def clashes(event: EventRecord) -> tuple[Contradiction, ...]:
    """All contradictions there could be at any moment, even if an analyst gives the event a type one day."""
    if len(event.testimonies) < 2:
        return ()
    return contradictions(replace(event, type=event.type or "?"))
