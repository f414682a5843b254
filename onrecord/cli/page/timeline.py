"""A story's events over time, as places on paper: bands for how each stood, marks for who said what when. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from onrecord.ask import cancels, denies, holds
from onrecord.cli import words
from onrecord.cli.output import one_line, shorten
from onrecord.model import EventRecord, SourceKind, Status, Testimony

_CHARACTER = 6.6  # width of a letter of the labels, on average
_LINE = 17  # height of a label's line
_AXIS = 30
_MOST_LINES = 3
_NEAR = 11.0  # marks that are nearer are one
_GUTTER = 46  # where undated claims stand, left of the axis
_STEPS = (0.25, 0.5, 1, 2, 5, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652, 18262)  # days between ticks
_TICK = 88  # least distance of ticks
_BRIEF = timedelta(hours=12)
_AHEAD = (Status.PLANNED, Status.EXPECTED)


@dataclass(frozen=True, slots=True)
class Band:
    """From when to when an event stood how."""

    x: float
    width: float
    standing: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Claims of one kind that became known at about one time: holds, denies or open; due: a date ahead."""

    x: float
    shape: str
    unnamed: bool
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    event: str
    y: float  # of the band's middle
    top: float
    label: tuple[str, ...]
    standing: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: float
    label_width: float
    bottom: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    undated: float | None  # where claims without a date stand


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        share = (moment - self.first) / (self.last - self.first)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)


@dataclass(slots=True)
class _Pile:
    x: float
    said: list[str] = field(default_factory=list)


def timeline(events: Sequence[EventRecord], width: int) -> Timeline | None:
    """The drawing at a width, in the order of the events' first claims; None if no claim has a date."""
    moments = [t.known for e in events for t in e.testimonies if t.known is not None]
    if not moments:
        return None
    beside = 0.34 * width if width >= 700 else 0.0
    undated = any(t.known is None for e in events for t in e.testimonies)
    left = beside + (_GUTTER if undated else 12)
    scale = _scale(events, moments, left, width - 14)
    ordered = sorted(events, key=_first)
    rows, top = [], float(_AXIS)
    for event in ordered:
        row, top = _row(event, scale, top, beside, width)
        rows.append(row)
    at = beside + _GUTTER / 2 - 6 if undated else None
    if at is not None:
        rows = [_with_undated(row, event, at) for row, event in zip(rows, ordered, strict=True)]
    return Timeline(width, top + 6, beside, top, tuple(rows), tuple(_ticks(scale)), at)


def _first(event: EventRecord) -> tuple[bool, float, str]:
    known = [t.known for t in event.testimonies if t.known is not None]
    return (not known, min(known).timestamp() if known else 0.0, event.id)


def _scale(events: Sequence[EventRecord], moments: Sequence[datetime], left: float, right: float) -> _Scale:
    first, last = min(moments), max(moments)
    reach = last + max(timedelta(days=14), last - first)
    ahead = [e.earliest for e in events if e.status in _AHEAD and e.earliest is not None and e.earliest > last]
    due = [moment for moment in ahead if moment <= reach]
    end = max([last, *due])
    margin = max((end - first) * 0.04, _BRIEF / 2)
    return _Scale(first - margin, end + margin, left, right)


def _row(event: EventRecord, scale: _Scale, top: float, beside: float, width: int) -> tuple[Row, float]:
    mark = f"{words.STANDING_MARK[event.standing]} {event.standing.value}"
    room = int(((beside - 16) if beside else width - 8) / _CHARACTER)
    label = (*wrapped(event.title, room), mark)
    if beside:
        height = max(34.0, _LINE * len(label) + 12)
        y, text_top = top + height / 2, top + (height - _LINE * len(label)) / 2 + 12
    else:
        height = _LINE * len(label) + 40
        y, text_top = top + _LINE * len(label) + 20, top + 14
    row = Row(
        event=event.id,
        y=round(y, 1),
        top=round(text_top, 1),
        label=label,
        standing=event.standing.value,
        bands=tuple(_bands(event, scale)),
        marks=(*_marks(event, scale), *_due(event, scale)),
    )
    return row, top + height


def wrapped(text: str, room: int) -> tuple[str, ...]:
    """A text in at most three lines of ``room`` characters, broken at blanks."""
    room = max(8, room)
    lines = [""]
    for word in shorten(text, room * _MOST_LINES - 8).split():
        for piece in (word[i : i + room] for i in range(0, len(word), room)):
            if lines[-1] and len(lines[-1]) + 1 + len(piece) > room:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return tuple(lines[: _MOST_LINES + 1])


def _bands(event: EventRecord, scale: _Scale) -> Iterator[Band]:
    known = {t.id: t.known for t in event.testimonies}
    starts: list[float] = []
    for step in event.history:
        moment = step.since or known.get(step.claim)
        starts.append(scale.x(moment) if moment else (starts[-1] if starts else scale.left))
    ends = [*starts[1:], scale.right]
    for step, begin, end in zip(event.history, starts, ends, strict=True):
        if end > begin:
            since = f" since {words.day(step.since)}" if step.since else ""
            yield Band(begin, round(end - begin, 1), step.standing.value, f"{step.standing.value}{since}: {step.why}")


def _shape(testimony: Testimony) -> str:
    if denies(testimony) or cancels(testimony):
        return "denies"
    return "holds" if holds(testimony) else "open"


def _said(testimony: Testimony) -> str:
    who = words.holder(testimony.claim.holder, testimony.report)
    return f"{words.day(testimony.known)}: {who} {words.doing(testimony.claim)} ({words.outlet(testimony.report)})"


def _marks(event: EventRecord, scale: _Scale) -> Iterator[Mark]:
    piles: dict[tuple[str, bool], list[_Pile]] = {}
    dated = [t for t in event.testimonies if t.known is not None]
    for item in sorted(dated, key=lambda t: (t.known or datetime.min.replace(tzinfo=UTC), t.id)):
        assert item.known is not None
        unnamed = item.claim.holder.kind is SourceKind.UNNAMED
        mine = piles.setdefault((_shape(item), unnamed), [])
        x = scale.x(item.known)
        if not mine or x - mine[-1].x > _NEAR:
            mine.append(_Pile(x))
        mine[-1].said.append(_said(item))
    # Marks of another kind at the same place stand beside the first.
    taken: list[float] = []
    for (shape, unnamed), found in sorted(piles.items(), key=lambda kv: (kv[0][0] != "holds", kv[0])):
        for pile in found:
            x = pile.x
            while any(abs(x - other) < _NEAR for other in taken) and x < scale.right - 4:
                x += 2
            taken.append(x)
            yield Mark(round(x, 1), shape, unnamed, len(pile.said), "\n".join(pile.said[:12]))


def _due(event: EventRecord, scale: _Scale) -> Iterator[Mark]:
    if event.status in _AHEAD and event.earliest is not None and scale.first < event.earliest < scale.last:
        yield Mark(scale.x(event.earliest), "due", False, 1, f"{event.status.value} for {one_line(event.when)}")


def _with_undated(row: Row, event: EventRecord, x: float) -> Row:
    found = [t for t in event.testimonies if t.known is None]
    if not found:
        return row
    shape = _shape(found[0])
    mark = Mark(x, shape, False, len(found), "\n".join(_said(t) for t in found[:12]))
    return Row(row.event, row.y, row.top, row.label, row.standing, row.bands, (mark, *row.marks))


def _ticks(scale: _Scale) -> Iterator[Tick]:
    room = max(1, int((scale.right - scale.left) / _TICK))
    days = (scale.last - scale.first) / timedelta(days=1)
    step = next((s for s in _STEPS if days / s <= room), _STEPS[-1])
    midnight = scale.first.replace(hour=0, minute=0, second=0, microsecond=0)
    moment, year = midnight, 0
    while moment <= scale.last:
        if moment >= scale.first:
            x = scale.x(moment)
            label = f"{moment.day} {moment:%b}" + (f" {moment.year}" if moment.year != year else "")
            if step < 1 and moment.hour:
                label = f"{moment:%H:%M}"
            year = moment.year
            yield Tick(x, label, "end" if x > scale.right - 40 else "middle" if x > scale.left + 30 else "start")
        moment += timedelta(days=step)
