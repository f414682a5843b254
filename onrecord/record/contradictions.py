"""The register of contradictions: two claims about one event that cannot both hold, both sentences at hand. Pure.

Each attribute is looked at by itself. A pair is *superseded* where a later word of the same or a better-placed origin
replaces the earlier, *resolved* where an authority settled it since, and *disputed* where holders stand apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Generic, TypeVar

from onrecord.model import (
    Cause,
    Contradiction,
    ContradictionKind,
    EventRecord,
    PlaceMention,
    Quantity,
    Standing,
    Status,
    Testimony,
    TimeMark,
    make_id,
)
from onrecord.record.comparable import (
    counts_something,
    names_somebody,
    of_one_thing,
    of_one_voice,
    of_other_parties,
    stands_against,
    states_place,
    tells_several,
)
from onrecord.record.figures import TOLLS, counted
from onrecord.record.moments import Placed, cancels, denies, has_authority, holds, in_order, rank
from onrecord.record.words import holder_words, outlet_of, time_words

T = TypeVar("T")

MOST = 200  # claims of one event that are compared; the earliest and best placed come first
_DEGREE, _NEAR = 111.0, 30.0  # kilometres: of one degree of latitude; from the middle of a town to its edge
_COARSE = frozenset({"country", "admin1", "region"})


@dataclass(frozen=True, slots=True)
class Value:
    """What one claim says of an attribute."""

    placed: Placed
    words: str
    group: str = ""  # values are comparable within a group only

    @property
    def testimony(self) -> Testimony:
        return self.placed.testimony


@dataclass(slots=True)
class Camp(Generic[T]):
    """Those who say the same of an attribute."""

    first: Value
    raw: T
    live: bool = True
    beaten_by: int = -1  # how well placed those were who replaced it
    values: list[Value] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    best: int = 0
    last: tuple[datetime, int] = (datetime.min, 0)

    def join(self, value: Value) -> None:
        self.values.append(value)
        self.origins.add(value.testimony.origin.key)
        self.best = max(self.best, rank(value.testimony))
        self.last = value.placed.moment.key()


@dataclass(frozen=True, slots=True)
class Clash(Generic[T]):
    """Two camps, and the value by which the later one came to stand against the earlier."""

    earlier: Camp[T]
    later: Camp[T]
    value: Value
    kind: ContradictionKind


def contradictions(event: EventRecord) -> tuple[Contradiction, ...]:
    """The contradictions of an event, occurrence first, each pair of origins once."""
    placed = in_order(event.testimonies)[:MOST]
    found = [*_occurrence(event, placed), *_numbers(event, placed), *_dates(event, placed), *_places(event, placed)]
    return (*found, *_participants(event, placed), *_causes(event, placed))


def all_contradictions(events: Iterable[EventRecord]) -> tuple[Contradiction, ...]:
    return tuple(c for e in events for c in contradictions(e))


# --- occurrence ------------------------------------------------------------------------------------------------


def _occurrence(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    held, denied = _first_of_origins(placed, holds), _first_of_origins(placed, lambda t: denies(t) or cancels(t))
    for against in denied:
        pairs = [h for h in held if stands_against(against.testimony, h.testimony)]
        # A denial stands against the best-placed of what was held before it; more pairs would only repeat it.
        if not pairs:
            continue
        other = min(pairs, key=lambda h: (h.key() > against.key(), -rank(h.testimony), h.key()))
        earlier, later = sorted((other, against), key=Placed.key)
        yield _occurrence_pair(event, earlier, later)


def _first_of_origins(placed: Sequence[Placed], test: Callable[[Testimony], bool]) -> list[Placed]:
    first: dict[str, Placed] = {}
    for item in placed:
        if test(item.testimony):
            first.setdefault(item.testimony.origin.key, item)
    return list(first.values())


def _occurrence_pair(event: EventRecord, earlier: Placed, later: Placed) -> Contradiction:
    one, two = earlier.testimony, later.testimony
    words = f"{_who(one)} {_says(one)}; {_who(two)} {_says(two)}"
    same = one.origin.key == two.origin.key
    if same and earlier.moment != later.moment:
        return _pair(event, "occurrence", ContradictionKind.SUPERSEDED, (one, two), words)
    settled = _settled_by(event, later)
    if settled is not None:
        words += f"; {settled[1]}"
        return _pair(event, "occurrence", ContradictionKind.RESOLVED, (one, two), words, settled[0])
    kind = ContradictionKind.SUPERSEDED if event.standing is Standing.SUPERSEDED else ContradictionKind.DISPUTED
    return _pair(event, "occurrence", kind, (one, two), words)


def _settled_by(event: EventRecord, later: Placed) -> tuple[str, str] | None:
    """The claim that settled a dispute, and why: the last step, if it is firm and not older than the pair."""
    last = event.history[-1]
    if last.standing not in (Standing.CONFIRMED, Standing.DENIED):
        return None
    cause = next((p for p in in_order(event.testimonies) if p.testimony.id == last.claim), None)
    if cause is None or not has_authority(cause.testimony) or cause.moment.key() < later.moment.key():
        return None
    return last.claim, last.why


def _says(testimony: Testimony) -> str:
    if cancels(testimony):
        return "says it is called off"
    if denies(testimony):
        return "denies it" if testimony.claim.stance.value == "denies" else "says it did not happen"
    return (
        f"says it is {testimony.claim.status.value}"
        if testimony.claim.status.value != "happened"
        else "says it happened"
    )


def _firm(testimony: Testimony) -> bool:
    """What is only thought possible, or threatened with a condition, fixes no value; nor does what tells of several."""
    return holds(testimony) and testimony.claim.status is not Status.POSSIBLE and not tells_several(testimony)


# --- values ----------------------------------------------------------------------------------------------------


def _numbers(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    values: list[tuple[Value, Quantity]] = []
    for item in placed:
        by_kind: dict[str, list[Quantity]] = {}
        for quantity in item.testimony.mention.quantities:
            by_kind.setdefault(" ".join(counted(quantity)).strip(), []).append(quantity)
        for group, found in by_kind.items():
            # Two figures of one kind in one breath count different things, and so can be compared with nothing.
            # A plain count without a unit may count anything.
            told = len(found) == 1 and group != "count" and _firm(item.testimony)
            if told and counts_something(item.testimony, found[0]):
                values.append((Value(item, " ".join(found[0].text.split()), group), found[0]))
    yield from _changes(event, "number", values, _numbers_clash)


def _numbers_clash(one: Quantity, two: Quantity) -> bool:
    low_one, high_one = _bounds(one)
    low_two, high_two = _bounds(two)
    return high_one < low_two or high_two < low_one


def _bounds(quantity: Quantity) -> tuple[float, float]:
    low = float("-inf") if quantity.low is None else quantity.low
    return low, float("inf") if quantity.high is None else quantity.high


def _dates(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    values: list[tuple[Value, tuple[datetime, datetime]]] = []
    for item in placed:
        time = item.testimony.time
        stated = item.testimony.mention.time_mark in (TimeMark.SYNTAX, None)
        if time is None or not stated or not time.resolved or time.earliest is None or time.latest is None:
            continue
        if _firm(item.testimony):
            values.append((Value(item, time_words(time)), (time.earliest, time.latest)))
    yield from _changes(event, "date", values, _dates_clash)


def _dates_clash(one: tuple[datetime, datetime], two: tuple[datetime, datetime]) -> bool:
    slack = timedelta(hours=14)  # days are told in local time
    return one[1] + slack < two[0] or two[1] + slack < one[0]


def _places(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    values = [
        (Value(item, item.testimony.place.name), item.testimony.place)
        for item in placed
        if item.testimony.place is not None and _firm(item.testimony) and states_place(item.testimony)
    ]
    yield from _changes(event, "place", values, _places_clash)


def _places_clash(one: PlaceMention, two: PlaceMention) -> bool:
    if one.name.casefold() == two.name.casefold():
        return False  # two towns of one name are sooner one town that was looked up twice
    if one.country and two.country and one.country != two.country:
        return True
    if one.kind in _COARSE or two.kind in _COARSE or one.kind != two.kind:
        return False
    if _close(one, two):
        return False
    if one.geonames is None or two.geonames is None or one.kind != "city":
        return False
    return one.geonames != two.geonames


def _close(one: PlaceMention, two: PlaceMention) -> bool:
    """Whether one may be a part of the other: a suburb of its town."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    east = (one.lon - two.lon) * cos(radians((one.lat + two.lat) / 2))
    return hypot(one.lat - two.lat, east) * _DEGREE < _NEAR


def _participants(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    """Who did it: single actors of different countries for one deed, told by different origins."""
    values = []
    for item in placed:
        actors = item.testimony.mention.actors
        if (
            len(actors) == 1
            and actors[0].country
            and names_somebody(actors[0])
            and _firm(item.testimony)
            and event.type is not None
        ):
            values.append(
                (Value(item, " ".join(actors[0].text.split()), item.testimony.mention.lemma), actors[0].country)
            )
    yield from _changes(event, "participant", values, lambda one, two: one != two)


def _causes(event: EventRecord, placed: Sequence[Placed]) -> Iterator[Contradiction]:
    """Causes of different classes, told without a hedge, and causes that others rule out.

    Two causes of one class may be one cause in two degrees of detail: a short circuit is an electrical fault.
    """
    told = [(item, item.testimony.mention.cause) for item in placed if _firm(item.testimony)]
    firm = [(item, cause) for item, cause in told if cause is not None and not cause.hedged]
    excluded = {lemma for _, cause in firm if cause.excluded for lemma in cause.lemmas}
    values = [
        (Value(item, f"not {words}" if cause.excluded else words), cause)
        for item, cause in firm
        for words in (" ".join(cause.text.split()),)
        if cause.excluded or cause.kind != "other" or excluded & set(cause.lemmas)
    ]
    yield from _changes(event, "cause", values, _causes_clash)


def _causes_clash(one: Cause, two: Cause) -> bool:
    if one.excluded != two.excluded:
        return one.kind == two.kind != "other" or bool(set(one.lemmas) & set(two.lemmas))
    return not one.excluded and "other" not in (one.kind, two.kind) and one.kind != two.kind


def _changes(
    event: EventRecord, attribute: str, values: Sequence[tuple[Value, T]], clash: Callable[[T, T], bool]
) -> Iterator[Contradiction]:
    """The values that clash, each pair of camps once: who first said it, against who first said otherwise."""
    groups: dict[str, list[Camp[T]]] = {}
    found: dict[tuple[int, int], Clash[T]] = {}
    for value, raw in values:
        camps = groups.setdefault(value.group, [])
        mine = next((c for c in camps if c.live and not clash(c.raw, raw)), None)
        if mine is not None:
            mine.join(value)
            continue
        mine = next((c for c in camps if not clash(c.raw, raw)), None)
        if mine is not None and mine.beaten_by > rank(value.testimony):
            continue  # an old value, repeated by somebody who is not as well placed as those who replaced it
        if mine is None:
            mine = Camp(value, raw)
            camps.append(mine)
        mine.live = True
        mine.join(value)
        for other in [c for c in camps if c.live and c is not mine and _comparable(attribute, c.first, value)]:
            kind = _kind(other, value, _rises(other.raw, raw))
            found.setdefault((id(other), id(mine)), Clash(other, mine, value, kind))
            if kind is ContradictionKind.SUPERSEDED:
                other.live, other.beaten_by = False, rank(value.testimony)
    disputed: set[str] = set()
    for item in found.values():
        if item.kind is ContradictionKind.DISPUTED:
            # Three who stand apart are one dispute, told by its first pair.
            if item.value.group in disputed:
                continue
            disputed.add(item.value.group)
        yield _value_pair(event, attribute, item)


def _value_pair(event: EventRecord, attribute: str, clash: Clash[T]) -> Contradiction:
    one, two, kind = clash.earlier.first, clash.value, clash.kind
    pair = (one.testimony, two.testimony)
    words = f"{one.words} according to {_who(pair[0])}; {two.words} according to {_who(pair[1])}"
    by = None
    if kind is ContradictionKind.DISPUTED:
        settling = _settling(clash.earlier, clash.later) or _settling(clash.later, clash.earlier)
        if settling is not None:
            kind, by = ContradictionKind.RESOLVED, settling.testimony.id
            words += f"; settled as {settling.words} by {_who(settling.testimony)}"
    elif kind is ContradictionKind.SUPERSEDED:
        words += ", later"
    return _pair(event, attribute, kind, pair, words, by)


def _settling(winner: Camp[T], loser: Camp[T]) -> Value | None:
    """The word of an authority that joined one side after the dispute began, the other side having none."""
    if loser.best >= 4 or not winner.live:
        return None
    began = max(winner.first.placed.moment.key(), loser.first.placed.moment.key())
    return next((v for v in winner.values if has_authority(v.testimony) and v.placed.moment.key() > began), None)


def _kind(other: Camp[T], value: Value, rises: bool) -> ContradictionKind:
    """Superseded if it comes later from the same or a better-placed origin; a risen toll from one as well placed."""
    if value.placed.moment.key() <= other.last:
        return ContradictionKind.DISPUTED
    place = rank(value.testimony)
    toll = rises and value.group.split(" ")[0] in TOLLS
    better = place > other.best or (toll and place >= other.best)
    same = value.testimony.origin.key in other.origins and place >= other.best
    return ContradictionKind.SUPERSEDED if better or same else ContradictionKind.DISPUTED


def _rises(one: object, two: object) -> bool:
    return isinstance(one, Quantity) and isinstance(two, Quantity) and _bounds(one)[0] < _bounds(two)[0]


def _comparable(attribute: str, one: Value, two: Value) -> bool:
    """Whether two values are of one thing: not by one holder in one breath, nor of other parties."""
    left, right = one.testimony, two.testimony
    if of_one_voice(left, right) and one.placed.moment == two.placed.moment:
        return False
    if attribute in ("date", "place", "participant") and not of_one_thing(left, right):
        return False  # a toll is told in a few words of its own
    return not of_other_parties(
        left, right, roles=("recipients",) if attribute == "participant" else ("actors", "recipients")
    )


def _who(testimony: Testimony) -> str:
    name = holder_words(testimony.claim.holder)
    return name if testimony.claim.holder.own_voice else f"{name} (in {outlet_of(testimony)})"


def _pair(
    event: EventRecord,
    attribute: str,
    kind: ContradictionKind,
    pair: tuple[Testimony, Testimony],
    words: str,
    by: str | None = None,
) -> Contradiction:
    identity = make_id("x", event.id, attribute, pair[0].id, pair[1].id)
    return Contradiction(identity, event.id, attribute, kind, pair[0], pair[1], words, by)


__all__ = ["all_contradictions", "contradictions"]
