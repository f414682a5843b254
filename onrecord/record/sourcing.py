"""On whom claims rest: persons, offices, documents, unnamed, other outlets, none; each number with its claims. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from onrecord.model import Claim, EventRecord, ReportHead, SourceKind, Standing
from onrecord.record.words import outlet_name, outlet_of

# The columns, in order: persons by name, offices, documents, unnamed sources, other outlets, and nobody at all.
RESTS = ("named", "office", "document", "unnamed", "other_outlet", "none")
ORDERS = ("name", "claims", *RESTS)


class Told(Protocol):
    """Anything that is a claim in a report: a testimony, or a row of a list."""

    @property
    def id(self) -> str: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def report(self) -> ReportHead: ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Claims of one outlet, story or event by what they rest on; each a list of global claim ids."""

    name: str
    named: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    other_outlet: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    story: str | None = None  # its id, where claims are grouped by story

    @property
    def total(self) -> int:
        return sum(len(getattr(self, name)) for name in RESTS)

    def share(self, *names: str) -> float:
        """The share of all claims that rest on these, 0 … 1; 0 where there are none."""
        return sum(len(getattr(self, name)) for name in names) / self.total if self.total else 0.0

    def as_dict(self) -> dict[str, object]:
        """Counts and shares, flat."""
        row: dict[str, object] = {"name": self.name, "story": self.story, "claims": self.total}
        for name in RESTS:
            row[name] = len(getattr(self, name))
            row[f"{name}_share"] = round(self.share(name), 3)
        return row


@dataclass(frozen=True, slots=True)
class UnnamedClaim:
    """A claim of an unnamed source, and what became of its event since."""

    claim: str
    event: str
    title: str
    holder: str
    outlet: str
    words: str
    standing: Standing
    became: str  # one sentence


def rests_on(testimony: Told) -> str:
    """What a claim rests on, one of ``RESTS``. The report's own voice rests on nobody it names."""
    return rest_of(testimony.claim.holder.kind, testimony.claim.holder.own_voice)


def rest_of(kind: str, own_voice: bool) -> str:
    """The same from a source kind's word, and whether it is the report's own voice."""
    if own_voice:
        return "none"
    return "other_outlet" if kind == SourceKind.OUTLET.value else str(SourceKind(kind).value)


def by_outlet(item: Told) -> str:
    return outlet_name(item.report)


def sourcing(testimonies: Iterable[T], by: Callable[[T], str] = by_outlet) -> tuple[Sourcing, ...]:
    """Claims grouped, by outlet unless told otherwise, largest group first; each claim counted once."""
    return sourcing_of((item.id, by(item), rests_on(item)) for item in testimonies)


def sourcing_of(rows: Iterable[tuple[str, str, str]]) -> tuple[Sourcing, ...]:
    """The same from rows of claim id, group, and what the claim rests on."""
    groups: dict[str, dict[str, set[str]]] = {}
    for claim, group, rest in rows:
        groups.setdefault(group, {name: set() for name in RESTS})[rest].add(claim)
    found = [_sourcing(name, rests) for name, rests in groups.items()]
    return tuple(sorted(found, key=lambda r: (-r.total, r.name)))


def _sourcing(name: str, rests: dict[str, set[str]]) -> Sourcing:
    named, office, document, unnamed, other, none = (tuple(sorted(rests[k])) for k in RESTS)
    return Sourcing(name, named, office, document, unnamed, other, none)


def ordered(rows: Iterable[Sourcing], by: str = "claims") -> tuple[Sourcing, ...]:
    """Rows by name, by number of claims, or by the share of one of ``RESTS``: the largest first."""
    if by == "name":
        return tuple(sorted(rows, key=lambda r: (r.name.casefold(), r.story or "")))
    shares = (by,) if by in RESTS else ()
    return tuple(sorted(rows, key=lambda r: (-r.share(*shares), -r.total, r.name.casefold(), r.story or "")))


def unnamed_claims(events: Iterable[EventRecord]) -> tuple[UnnamedClaim, ...]:
    """Every claim that rests on an unnamed source, with what the record says of its event now."""
    result = []
    for event in events:
        last = event.history[-1]
        for item in event.testimonies:
            if item.claim.holder.kind is not SourceKind.UNNAMED:
                continue
            became = f"{event.standing.value}: {last.why}" if last.claim != item.id else f"still {event.standing.value}"
            result.append(
                UnnamedClaim(
                    item.id,
                    event.id,
                    event.title,
                    item.claim.holder.name,
                    outlet_of(item),
                    item.claim.words.text,
                    event.standing,
                    became,
                )
            )
    return tuple(result)
