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


def tolls(views: Sequence[EventView]) -> list[EventView]:
    """The mentions by which a report tells how many died; none where it tells figures that cannot be one."""
    found = [v for v in views if is_toll(v) and not v.event.background and v.event.status not in NOT_HAPPENING]
    figures = [(q.low, q.high) for v in found for q in _dead(v)]
    return found if len(set(figures)) == 1 else []


def is_toll(view: EventView) -> bool:
    """Whether it says how many died, and of what by no more than a kind."""
    return bool(_dead(view)) and view.event.type in _HARMS


def _dead(view: EventView) -> list[Quantity]:
    return [q for q in view.event.quantities if q.kind == DEAD]


def causes_of(toll: EventView, views: Sequence[EventView]) -> list[EventView]:
    """What they died of: the happenings told last before the toll, in one sentence."""
    before = [v for v in views if v.order < toll.order and _may_kill(v)]
    return [v for v in before if v.event.sentence == before[-1].event.sentence]


def _may_kill(view: EventView) -> bool:
    event = view.event
    return event.type in _CAUSES and not is_toll(view) and not event.background and event.status not in NOT_HAPPENING


def of_one_happening(
    left: Sequence[EventView], right: Sequence[EventView], same: set[tuple[str, str]]
) -> Iterator[tuple[EventView, EventView]]:
    """Pairs of tolls of two reports whose causes are one by these pairs of ids."""
    mine, theirs = tolls(left), tolls(right)
    for a in mine:
        ids = {v.event.id for v in causes_of(a, left)} if theirs else set()
        for b in theirs:
            if any((i, v.event.id) in same for v in causes_of(b, right) for i in ids):
                yield a, b
