"""When claims became known, in which order, and how their holders are placed. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.model import Authority, Certainty, Claim, Holder, SourceKind, Stance, Status, Testimony

ON_RECORD = frozenset({SourceKind.NAMED, SourceKind.OFFICE, SourceKind.DOCUMENT})
REALISED = frozenset({Status.HAPPENED, Status.ONGOING})
AHEAD = frozenset({Status.PLANNED, Status.EXPECTED, Status.POSSIBLE})
NEGATIVE = frozenset({Status.DID_NOT_HAPPEN, Status.CANCELLED})
# Stances that hold nothing about the world: a wish, a demand, a threat, a question, a silence.
NEUTRAL = frozenset({Stance.WANTS, Stance.ASKS, Stance.THREATENS, Stance.QUESTIONS, Stance.DECLINES_TO_COMMENT})
_POSSIBLE = frozenset({Certainty.PS_PLUS, Certainty.PS_MINUS})
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "IGO"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the order of a record: a time (of the world, else of the ledger), then the order of telling."""

    time: datetime
    sequence: int

    def key(self) -> tuple[datetime, int]:
        return (self.time, self.sequence)


@dataclass(frozen=True, slots=True)
class Placed:
    """A testimony with its moment. ``dated`` is false if the moment is only when the ledger learnt it."""

    testimony: Testimony
    moment: Moment
    dated: bool

    def key(self) -> tuple[datetime, int, str]:
        return (self.moment.time, self.moment.sequence, self.testimony.id)


def known_at(testimonies: Iterable[Testimony], as_of: datetime | None) -> list[Testimony]:
    """The claims known at a moment; all of them if none is asked.

    An undated claim is known from when the ledger learnt it: nothing earlier can be said of it.
    """
    if as_of is None:
        return list(testimonies)
    return [p.testimony for p in sorted(_placed(testimonies), key=Placed.key) if p.moment.time <= as_of]


def in_order(testimonies: Iterable[Testimony]) -> list[Placed]:
    """Testimonies in the order they became known: by time, then as the text tells it, then by id.

    What a revision keeps word for word was known from when its address first said it: it is not said again.
    """
    placed = _placed(testimonies)
    first: dict[tuple[str, ...], Moment] = {}
    for item in sorted(placed, key=Placed.key):
        first.setdefault(_said(item.testimony), item.moment)
    return sorted((replace(p, moment=first[_said(p.testimony)]) for p in placed), key=Placed.key)


def _said(testimony: Testimony) -> tuple[str, ...]:
    """What is one saying, in whichever revision of its address it stands; the parts of a report stay apart."""
    claim = testimony.claim
    return (
        testimony.report.address,
        testimony.origin.key,
        claim.stance,
        claim.status,
        str(claim.sequence),
        str(claim.said_earliest),
        " ".join(claim.words.text.split()),
    )


def _placed(testimonies: Iterable[Testimony]) -> list[Placed]:
    by_report: dict[str, list[Testimony]] = defaultdict(list)
    for testimony in testimonies:
        by_report[testimony.report.id].append(testimony)
    placed: list[Placed] = []
    for members in by_report.values():
        placed.extend(_place(_of_one_mind(members)))
    return placed


def _of_one_mind(members: Sequence[Testimony]) -> Sequence[Testimony]:
    """Claims of one report without what it denies in its own voice, if it tells more often, beside that, that it is so.

    Nobody writes both: the denial is of another happening, or of a part ("never before so wholly"), put together amiss.
    """
    told = Counter(t.claim.sequence for t in members if _realised_by_report(t))
    if not told:
        return members
    denied = [t for t in members if t.claim.holder.own_voice and denies(t)]
    fewer = {n for n, count in Counter(t.claim.sequence for t in denied).items() if count < told[n]}
    return [t for t in members if t not in denied or t.claim.sequence not in fewer] if fewer else members


def _realised_by_report(testimony: Testimony) -> bool:
    claim = testimony.claim
    return claim.holder.own_voice and claim.status in REALISED and claim.stance is Stance.ASSERTS and not claim.hedged


def _place(members: Sequence[Testimony]) -> list[Placed]:
    """Claims of one report: one without a time of its own was known no later than those told to come after it."""
    result: list[Placed] = []
    ceiling: datetime | None = None  # the earliest time among claims told to come later
    pending: datetime | None = None
    level: int | None = None
    for item in sorted(members, key=lambda t: (-t.claim.sequence, t.id)):
        if item.claim.sequence != level:
            ceiling, level = pending, item.claim.sequence
        time = item.known or item.report.appended
        if ceiling is not None and item.claim.said_earliest is None:
            time = min(time, ceiling)
        if item.known is not None:
            pending = time if pending is None else min(pending, time)
        result.append(Placed(item, Moment(time, item.claim.sequence), item.known is not None))
    return result


def on_record(holder: Holder) -> bool:
    """A person by name, an office, or a document: someone who can be asked."""
    return holder.kind in ON_RECORD


def has_authority(testimony: Testimony) -> bool:
    """On the record, and a party to the event or the office responsible for it."""
    claim = testimony.claim
    return claim.authority is not Authority.OTHER and on_record(claim.holder)


def hedged(testimony: Testimony) -> bool:
    """Held as a possibility only."""
    claim = testimony.claim
    return claim.hedged or claim.status is Status.POSSIBLE or claim.certainty in _POSSIBLE


def rank(testimony: Testimony) -> int:
    """How well placed the holder is: 4 authority on the record … 0 unnamed."""
    if has_authority(testimony):
        return 4
    kind = testimony.claim.holder.kind
    if kind is SourceKind.UNNAMED or not testimony.origin.named:
        return 0
    if kind is SourceKind.OUTLET:
        return 1
    return 3 if kind is SourceKind.OFFICE else 2


def same_side(left: Testimony, right: Testimony) -> bool:
    """Whether two holders speak for one side: one origin, one name, or the same state."""
    if left.origin.key == right.origin.key:
        return True
    one, two = left.claim.holder, right.claim.holder
    if one.name.casefold() == two.name.casefold():
        return True
    if not one.country or one.country != two.country:
        return False
    sectors = {s for s in (one.sector, two.sector) if s}
    return len(sectors) < 2 or sectors <= _STATE_SECTORS


def holds(testimony: Testimony) -> bool:
    """The holder says it is so, or will be. To deny that it did not happen is to hold it."""
    return claim_holds(testimony.claim)


def claim_holds(claim: Claim) -> bool:
    if claim.stance in NEUTRAL:
        return False
    return claim.status in REALISED or (claim.status in AHEAD and claim.stance is not Stance.DENIES)


def denies(testimony: Testimony) -> bool:
    """The holder says it is not so: a denial, or the plain statement that it did not happen."""
    return claim_denies(testimony.claim)


def claim_denies(claim: Claim) -> bool:
    if claim.stance in NEUTRAL or claim.status in REALISED | {Status.CANCELLED}:
        return False
    return claim.stance is Stance.DENIES or claim.status is Status.DID_NOT_HAPPEN


def cancels(testimony: Testimony) -> bool:
    """The holder says that the plan no longer stands."""
    return claim_cancels(testimony.claim)


def claim_cancels(claim: Claim) -> bool:
    return claim.status is Status.CANCELLED and claim.stance not in NEUTRAL
