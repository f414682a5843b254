"""What the record says now that it did not say at an earlier moment, in words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model import Change, ContradictionKind, EventRecord, Standing, Status, Testimony
from onrecord.record.contradictions import contradictions
from onrecord.record.moments import REALISED
from onrecord.record.words import because_of

# The order in which a briefing tells them.
KINDS = (
    "retracted",
    "denied",
    "disputed",
    "cancelled",
    "confirmed",
    "figures",
    "happened",
    "new",
    "planned",
    "rescheduled",
    "corroborated",
)
_STANDING_KIND = {
    Standing.RETRACTED: "retracted",
    Standing.SUPERSEDED: "cancelled",
    Standing.DISPUTED: "disputed",
    Standing.DENIED: "denied",
    Standing.CONFIRMED: "confirmed",
    Standing.CORROBORATED: "corroborated",
}
_AHEAD = (Status.PLANNED, Status.EXPECTED)


def changes(before: Sequence[EventRecord], after: Sequence[EventRecord]) -> tuple[Change, ...]:
    """The changes between two states of the record, by event; the weightiest events first.

    Both hold records of the same events as the record stood at two moments; an event that is only in ``after`` is new.
    """
    earlier: Mapping[str, EventRecord] = {e.id: e for e in before}
    result: list[Change] = []
    for event in sorted(after, key=lambda e: (e.background, -e.weight, e.id)):
        old = earlier.get(event.id)
        result.extend(_new(event) if old is None else _between(old, event))
    return tuple(result)


@dataclass(slots=True)
class Queue:
    """Events that changed in the same way, the weightiest first, taken page by page."""

    events: list[str]
    at: int = 0
    counted: Counter[str] = field(default_factory=Counter)

    def take(self, limit: int | None) -> list[str]:
        begin, self.at = self.at, len(self.events) if limit is None else min(len(self.events), self.at + limit)
        return self.events[begin : self.at]

    def count(self, kinds: Iterable[str]) -> None:
        self.counted.update(kinds)

    def goes_on(self, limit: int | None) -> bool:
        """Whether a further page may hold a change that is among the first ``limit`` of its kind."""
        full = limit is not None and bool(self.counted) and min(self.counted.values()) >= limit
        return self.at < len(self.events) and not full


def by_way(events: Iterable[tuple[str, tuple[str | None, ...]]]) -> list[Queue]:
    """Events in their order, by the way in which they changed."""
    ways: dict[tuple[str | None, ...], list[str]] = {}
    for event, way in events:
        ways.setdefault(way, []).append(event)
    return [Queue(found) for found in ways.values()]


def weightiest(found: Iterable[tuple[EventRecord, Change]], limit: int | None = None) -> tuple[Change, ...]:
    """Changes of the weightiest events first; at most ``limit`` of a kind."""
    told: Counter[str] = Counter()
    result = []
    for _, change in sorted(found, key=lambda pair: (pair[0].background, -pair[0].weight, pair[0].id)):
        told[change.kind] += 1
        if limit is None or told[change.kind] <= limit:
            result.append(change)
    return tuple(result)


def briefing(found: Iterable[Change]) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """Changes by kind, in the order a briefing tells them; empty kinds left out."""
    by_kind: dict[str, list[Change]] = {}
    for change in found:
        by_kind.setdefault(change.kind, []).append(change)
    return tuple((kind, tuple(by_kind[kind])) for kind in KINDS if kind in by_kind)


def _new(event: EventRecord) -> list[Change]:
    if event.background:
        return []
    first = event.testimonies[0]
    last = event.history[-1]
    kind = "planned" if event.status in _AHEAD and event.standing not in _TROUBLED else "new"
    words = f"{event.title} – {last.why}"
    if kind == "planned" and event.when:
        words = f"{event.title} ({event.when}) – {last.why}"
    result = [Change(kind, event.id, event.story, event.history[0].since, words, first.id)]
    if event.standing in _TROUBLED:
        result.append(_standing(event))
    return result


_TROUBLED = (Standing.RETRACTED, Standing.SUPERSEDED, Standing.DISPUTED, Standing.DENIED)


def _between(old: EventRecord, event: EventRecord) -> list[Change]:
    known = {t.id for t in old.testimonies}
    fresh = [t for t in event.testimonies if t.id not in known]
    if not fresh:
        return []
    result = []
    if event.standing is not old.standing and event.standing in _STANDING_KIND:
        result.append(_standing(event))
    elif event.status in REALISED and old.status in _AHEAD:
        result.append(_status("happened", event, fresh))
    if (
        event.status is Status.CANCELLED
        and old.status is not Status.CANCELLED
        and event.standing is not Standing.SUPERSEDED
    ):
        result.append(_status("cancelled", event, fresh))
    if event.status in _AHEAD and old.status not in (*_AHEAD, *REALISED):
        result.append(_status("planned", event, fresh))
    result.extend(_values(old, event))
    return result


def _standing(event: EventRecord) -> Change:
    last = event.history[-1]
    return Change(
        _STANDING_KIND[event.standing], event.id, event.story, last.since, f"{event.title} – {last.why}", last.claim
    )


def _status(kind: str, event: EventRecord, fresh: Sequence[Testimony]) -> Change:
    cause = next((t for t in fresh if t.claim.status is event.status), fresh[0])
    return Change(kind, event.id, event.story, cause.known, f"{event.title} – {because_of(cause)}", cause.id)


def _values(old: EventRecord, event: EventRecord) -> list[Change]:
    """Figures and dates that clash with what was on record before."""
    known = {c.id for c in contradictions(old)}
    result: list[Change] = []
    seen: set[str] = set()
    for item in contradictions(event):
        if item.id in known or item.attribute not in ("number", "date") or item.attribute in seen:
            continue
        seen.add(item.attribute)
        kind = "figures" if item.attribute == "number" else "rescheduled"
        if kind == "rescheduled" and item.kind is not ContradictionKind.SUPERSEDED:
            kind = "disputed"
        moment: datetime | None = item.later.known
        result.append(Change(kind, event.id, event.story, moment, f"{event.title} – {item.words}", item.later.id))
    return result
