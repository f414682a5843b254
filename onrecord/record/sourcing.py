"""On whom claims rest: persons, offices, documents, unnamed, other outlets, none; each number with its claims. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from onrecord.model import Claim, EventRecord, ReportHead, SourceKind, Standing
from onrecord.record.words import outlet_name, outlet_of

# The columns, in order: persons by name, offices, documents, unnamed sources, other outlets, and nobody at all.
RESTS = ("named", "office", "document", "unnamed", "other_outlet", "none")


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

    @property
    def total(self) -> int:
        return sum(len(getattr(self, name)) for name in RESTS)

    def share(self, *names: str) -> float:
        """The share of all claims that rest on these, 0 … 1; 0 where there are none."""
        return sum(len(getattr(self, name)) for name in names) / self.total if self.total else 0.0

    def as_dict(self) -> dict[str, object]:
        """Counts and shares, flat."""
        row: dict[str, object] = {"name": self.name, "claims": self.total}
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
    holder = testimony.claim.holder
    if holder.own_voice:
        return "none"
    if holder.kind is SourceKind.OUTLET:
        return "other_outlet"
    return holder.kind.value


def by_outlet(item: Told) -> str:
    return outlet_name(item.report)


def sourcing(testimonies: Iterable[T], by: Callable[[T], str] = by_outlet) -> tuple[Sourcing, ...]:
    """Claims grouped, by outlet unless told otherwise, largest group first; each claim counted once."""
    groups: dict[str, dict[str, list[str]]] = {}
    seen: set[str] = set()
    for testimony in testimonies:
        if testimony.id in seen:
            continue
        seen.add(testimony.id)
        rests = groups.setdefault(by(testimony), {name: [] for name in RESTS})
        rests[rests_on(testimony)].append(testimony.id)
    rows = [Sourcing(name, **{k: tuple(sorted(v)) for k, v in rests.items()}) for name, rests in groups.items()]
    return tuple(sorted(rows, key=lambda r: (-r.total, r.name)))


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
