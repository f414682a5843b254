"""The dead of one happening: two reports' figures of them are of one toll, whatever they are and whoever tells them.

"Three were killed" and "he put the dead at nine" have no word in common, and often neither a date nor a place: what
makes them one is that both reports tell of one fire, and of no other toll.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.linking.event_views import NOT_HAPPENING, EventView
from onrecord.model import Quantity

DEAD = "dead"
_HARMS = frozenset({"DEATH", "ASSAULT", "DISASTER", "ACCIDENT"})
_CAUSES = _HARMS - {"DEATH"}
_BEFALLS = _CAUSES - {"ASSAULT"}


def tolls(views: Sequence[EventView]) -> list[EventView]:
    """The mentions by which a report tells how many died; none where it tells figures that cannot be one."""
    found = [v for v in views if is_toll(v) and not v.event.background and v.event.status not in NOT_HAPPENING]
    figures = [(q.low, q.high) for v in found for q in _dead(v)]
    return found if len(set(figures)) == 1 else []


def is_toll(view: EventView) -> bool:
    """Whether it says how many died, and of what by no more than a kind."""
    return view.event.type in _HARMS and bool(_dead(view))


def _dead(view: EventView) -> list[Quantity]:
    return [q for q in view.event.quantities if q.kind == DEAD]


def causes_of(toll: EventView, views: Sequence[EventView]) -> list[EventView]:
    """What they died of: the happenings told last before the toll, in one sentence, and what these take up."""
    found: list[EventView] = []
    for view in reversed([v for v in views if v.order < toll.order and _may_kill(v)]):
        if found and view.event.sentence != found[-1].event.sentence and not found[-1].definite:
            break
        found.append(view)
    return found


def _may_kill(view: EventView) -> bool:
    event = view.event
    return event.type in _CAUSES and not is_toll(view) and not event.background and event.status not in NOT_HAPPENING


def told_of_two(left: EventView, right: EventView) -> bool:
    """Whether one says how many died, and the other what befell a place or a thing: "killed", "destroyed"."""
    tolls_told = is_toll(left), is_toll(right)
    return tolls_told[0] != tolls_told[1] and (right if tolls_told[0] else left).event.type in _BEFALLS


def pairs_of_tolls(
    left: Sequence[EventView], right: Sequence[EventView], same: set[tuple[str, str]]
) -> Iterator[tuple[EventView, EventView, bool]]:
    """Pairs of tolls of two reports that tell their causes, and whether these are one by these pairs of ids."""
    mine, theirs = tolls(left), tolls(right)
    for a in mine:
        causes = [v.event.id for v in causes_of(a, left)] if theirs else []
        for b in theirs:
            others = [v.event.id for v in causes_of(b, right)]
            if causes and others:
                yield a, b, any((i, j) in same for i in causes for j in others)
