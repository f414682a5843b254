"""On whom claims rest: persons, offices, documents, unnamed, other outlets, none; each number with its claims. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, overload

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


class Counted(Sequence[str]):
    """Claim ids that are counted, and looked up only when they are asked for."""

    def __init__(self, number: int, look_up: Callable[[], Sequence[str]]) -> None:
        self._number = number
        self._look_up = look_up

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._look_up()[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self._look_up())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{self._number} claims>"


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Claims of one outlet, story or event by what they rest on; each a list of global claim ids."""

    name: str
    named: Sequence[str] = ()
    office: Sequence[str] = ()
    document: Sequence[str] = ()
    unnamed: Sequence[str] = ()
    other_outlet: Sequence[str] = ()
    none: Sequence[str] = ()
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


def sourcing_counted(
    rows: Iterable[tuple[str, str, int]], look_up: Callable[[], Mapping[str, Sourcing]]
) -> tuple[Sourcing, ...]:
    """The same from rows of group, what claims of it rest on, and how many; ``look_up`` gives the claims by group."""
    groups: dict[str, dict[str, int]] = {}
    for group, rest, number in rows:
        counts = groups.setdefault(group, dict.fromkeys(RESTS, 0))
        counts[rest] += number

    def counted(name: str, rest: str, number: int) -> Counted:
        def found() -> Sequence[str]:
            row = look_up().get(name)
            return getattr(row, rest) if row is not None else ()

        return Counted(number, found)

    found = []
    for name, counts in groups.items():
        named, office, document, unnamed, other, none = (counted(name, rest, counts[rest]) for rest in RESTS)
        found.append(Sourcing(name, named, office, document, unnamed, other, none))
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
