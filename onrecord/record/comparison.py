"""Claims × outlets: who carries which event, who alone, and on whom each outlet rests. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import EventRecord, ReportHead, Standing, Testimony
from onrecord.record.events import notable
from onrecord.record.moments import rank
from onrecord.record.sourcing import Sourcing, rests_on, sourcing
from onrecord.record.words import outlet_name, outlet_of


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet carries of one event: its claims, and the best-placed holder it gives."""

    outlet: str
    claims: tuple[str, ...]
    holder: str
    rests_on: str  # named, office, document, unnamed, other_outlet, none
    stance: str
    status: str
    copied: bool  # all of it in reports that are copies


@dataclass(frozen=True, slots=True)
class ComparedEvent:
    """One row: an event, and a cell for each outlet that carries it."""

    event: str
    title: str
    standing: Standing
    cells: tuple[Cell, ...]
    background: bool = False

    @property
    def carriers(self) -> tuple[str, ...]:
        """The outlets that carry it."""
        return tuple(c.outlet for c in self.cells)

    def cell(self, outlet: str) -> Cell | None:
        return next((c for c in self.cells if c.outlet == outlet), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A story's events by outlet. ``only`` names, for each outlet, the events that it alone carries."""

    outlets: tuple[str, ...]
    rows: tuple[ComparedEvent, ...]
    only: tuple[tuple[str, tuple[str, ...]], ...]
    sourcing: tuple[Sourcing, ...]

    def only_in(self, outlet: str) -> tuple[str, ...]:
        return next((events for name, events in self.only if name == outlet), ())


def compare(events: Iterable[EventRecord], reports: Sequence[ReportHead] = ()) -> Comparison:
    """Which outlet carries which event. Outlets of ``reports`` without a claim are listed too; most claims first."""
    ranked = notable(events)
    everything = [t for e in ranked for t in e.testimonies]
    by_outlet = sourcing(everything)
    named = {outlet_name(r) for r in reports}
    outlets = (*(s.name for s in by_outlet), *sorted(named - {s.name for s in by_outlet}))
    rows = tuple(ComparedEvent(e.id, e.title, e.standing, _cells(e, outlets), e.background) for e in ranked)
    only = tuple((o, tuple(r.event for r in rows if r.carriers == (o,))) for o in outlets)
    return Comparison(outlets, rows, only if len(outlets) > 1 else (), by_outlet)


def _cells(event: EventRecord, outlets: Sequence[str]) -> tuple[Cell, ...]:
    grouped: dict[str, list[Testimony]] = {}
    for item in event.testimonies:
        grouped.setdefault(outlet_of(item), []).append(item)
    return tuple(_cell(o, grouped[o]) for o in outlets if o in grouped)


def _cell(outlet: str, members: Sequence[Testimony]) -> Cell:
    best = min(members, key=lambda t: (-rank(t), t.id))
    claim = best.claim
    return Cell(
        outlet=outlet,
        claims=tuple(sorted(t.id for t in members)),
        holder=claim.holder.name,
        rests_on=rests_on(best),
        stance=claim.stance.value,
        status=claim.status.value,
        copied=all(t.report.copy_of is not None for t in members),
    )
