"""A story on the terminal: the face of the product. Its events by weight, each with its claims in time order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.output import one_line, shorten
from onrecord.model import Contradiction, EventRecord, ReportHead, SourceKind, Status, Story, Testimony

DIM = "color(245)"
HEADING = "bold"
AHEAD = (Status.PLANNED, Status.EXPECTED)


@dataclass(frozen=True)
class Shown:
    """How much of a story is shown: events, claims of an event, characters of a quotation; ``brief`` has no lists."""

    events: int = 12
    claims: int = 6
    quotation: int = 200
    background: bool = False
    brief: bool = False


@dataclass(frozen=True)
class Line:
    """Claims that say the same and rest on the same origin: shown once, with everybody who carries them."""

    first: Testimony
    others: tuple[Testimony, ...]


def claim_lines(testimonies: Sequence[Testimony]) -> list[Line]:
    """Claims in time order, one line for each origin, stance and status."""
    groups: dict[tuple[str, str, str], list[Testimony]] = {}
    for t in sorted(testimonies, key=_order):
        groups.setdefault((t.origin.key, t.claim.stance, t.claim.status), []).append(t)
    return [Line(g[0], tuple(g[1:])) for g in groups.values()]


def _order(testimony: Testimony) -> tuple[bool, float, int, int]:
    known = testimony.known
    return (known is None, known.timestamp() if known else 0.0, testimony.claim.sequence, testimony.report.sequence)


def standing_text(event: EventRecord) -> Text:
    mark = words.STANDING_MARK[event.standing]
    return Text(f"{mark} {event.standing.upper()}", style=words.STANDING_STYLE[event.standing])


def history_text(event: EventRecord) -> Text:
    """rumoured 2 Mar → disputed 3 Mar → confirmed 5 Mar."""
    text = Text()
    for number, step in enumerate(event.history):
        text.append(" → " if number else "", style=DIM)
        text.append(step.standing, style=words.STANDING_STYLE[step.standing])
        if step.since:
            text.append(f" {step.since.day} {step.since:%b}", style=DIM)
    return text


def event_facts(event: EventRecord) -> str:
    """When, where and what kind, in one line."""
    kind = " ".join(w for w in (event.type, event.mode) if w)
    happened = "" if event.status is Status.HAPPENED else words.STATUS_WORDS[event.status]
    return " · ".join(one_line(w) for w in (event.when, event.place or "", happened, kind) if w)


def line_view(line: Line, shown: Shown) -> Table:
    """One claim: when, who, what they do with it; the quoted words; who else carries it."""
    first = line.first
    told = Text(words.holder(first.claim.holder, first.report), style="bold")
    told.append(f" {words.doing(first)}", style="not bold")
    if not first.claim.holder.own_voice:
        told.append(f" · {words.outlet(first.report)}", style=f"not bold {DIM}")
    told.append("\n" + words.quoted(shorten(first.claim.words.text, shown.quotation)), style="not bold")
    also = list(dict.fromkeys(words.outlet(t.report) for t in line.others if t.report.outlet != first.report.outlet))
    if also:
        told.append(f"\nthe same origin in: {', '.join(also)}", style=f"not bold {DIM}")
    return _dated(words.day(first.known), told)


def _dated(day: str, told: Text) -> Table:
    """A date, and beside it words that wrap under themselves."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=11, justify="right", no_wrap=True)
    table.add_column()
    table.add_row(Text(day, style=DIM), told)
    return table


def event_view(event: EventRecord, shown: Shown) -> Group:
    """An event: standing, title, facts, history, claims."""
    head = Table.grid(expand=True, padding=(0, 1, 0, 0))
    head.add_column(ratio=1)
    head.add_column(justify="right")
    title = standing_text(event)
    title.append("  ")
    title.append(one_line(event.title), style="bold")
    head.add_row(title, Text(event.id[:9], style=DIM))
    parts: list[RenderableType] = [head, Padding(Text(event_facts(event), style=DIM), (0, 0, 0, 2))]
    if len(event.history) > 1:
        parts.append(Padding(history_text(event), (0, 0, 0, 2)))
    lines = claim_lines(event.testimonies)
    parts += [Padding(line_view(line, shown), (0, 0, 0, 2)) for line in lines[: shown.claims]]
    if len(lines) > shown.claims:
        parts.append(
            Padding(Text(f"… {len(lines) - shown.claims} more: onrecord event {event.id[:9]}", DIM), (0, 0, 0, 2))
        )
    parts += [
        Padding(Text(f"possibly the same, not merged: {o[:9]} – {one_line(why)}", DIM), (0, 0, 0, 2))
        for o, why in event.unsure[:3]
    ]
    return Group(*parts, Text())


def summary(story: Story) -> Text:
    testimonies = [t for e in story.events for t in e.testimonies]
    outlets = {words.outlet(r) for r in story.reports}
    origins = {o.key for e in story.events for o in e.origins}
    unnamed = sum(t.claim.holder.kind is SourceKind.UNNAMED for t in testimonies)
    told = [
        words.days(story.earliest, story.latest),
        words.count(len(story.reports), "report"),
        words.count(len(outlets), "outlet"),
    ]
    told += [words.count(len(origins), "origin"), words.count(len(testimonies), "claim")]
    told += [f"{unnamed} of them on unnamed sources"] if unnamed else []
    return Text(" · ".join(told), style=DIM)


def planned(events: Iterable[EventRecord], after: datetime | None) -> list[EventRecord]:
    """What is planned or expected and not past at the story's last moment, by date; undated last."""
    ahead = [e for e in events if e.status in AHEAD and not (e.latest and after and e.latest < after)]
    return sorted(ahead, key=lambda e: (e.earliest is None, e.earliest.timestamp() if e.earliest else 0.0))


def planned_view(events: Sequence[EventRecord]) -> Table:
    table = _grid(first=26)
    for event in events:
        holders = list(dict.fromkeys(words.holder(t.claim.holder, t.report) for t in event.testimonies))
        said = Text(shorten(event.title, 90))
        said.append(f"  {', '.join(holders[:2])}", style=DIM)
        table.add_row(Text(one_line(event.when) or "undated"), said)
    return table


def contradiction_view(item: Contradiction, shown: Shown) -> Group:
    head = Text(item.kind.upper(), style="bold color(133)" if item.kind == "disputed" else "bold")
    head.append(f" · {item.attribute} · ", style=DIM)
    head.append(one_line(item.words), style="not bold")
    sides = [_side(side, shown) for side in (item.earlier, item.later)]
    return Group(head, *sides)


def _side(testimony: Testimony, shown: Shown) -> Padding:
    text = Text(f"{words.holder(testimony.claim.holder, testimony.report)}: ", style="bold")
    text.append(words.quoted(shorten(testimony.claim.words.text, shown.quotation)), style="not bold")
    return Padding(_dated(words.day(testimony.known), text), (0, 0, 0, 2))


def unnamed_view(events: Sequence[EventRecord]) -> Table:
    """What rests on unnamed sources, and what became of it."""
    table = _grid()
    for event in events:
        who = list(dict.fromkeys(one_line(o.name) for o in event.origins if o.kind is SourceKind.UNNAMED))
        text = Text(shorten(event.title, 70))
        text.append(f"  {', '.join(who[:2])} → {event.standing}", style=DIM)
        table.add_row(Text(event.id[:9], style=DIM), text)
    return table


def reports_view(reports: Sequence[ReportHead]) -> Table:
    table = _grid()
    for head in reports:
        title = Text(shorten(head.title or head.address, 80))
        if head.copy_of:
            title.append(f"  copy of {head.copy_of[:9]}", style=DIM)
        if head.revision_of:
            title.append(f"  revision of {head.revision_of[:9]}", style=DIM)
        who = Text(words.stamp(head.published))
        who.append(f"\n{words.outlet(head)}", style=DIM)
        table.add_row(Text(head.id[:9], style=DIM), who, title)
    return table


def _grid(first: int | None = None) -> Table:
    """Rows without lines; a first column that wraps at ``first`` characters, or never."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=first is None, max_width=first)
    return table


def distinct(events: Iterable[EventRecord]) -> list[EventRecord]:
    """Events without those told in the very words of an earlier one: a headline is shown once."""
    seen: set[str] = set()
    return [e for e in events if not (e.title in seen or seen.add(e.title))]  # type: ignore[func-returns-value]


def _section(console: Console, title: str, *parts: RenderableType) -> None:
    console.print(Text(title.upper(), style=HEADING))
    for part in parts:
        console.print(Padding(part, (0, 0, 0, 2)))
    console.print()


def print_story(story: Story, console: Console, shown: Shown | None = None) -> None:
    """The whole page of a story."""
    shown = shown or Shown()
    head = Text(one_line(story.title), style="bold underline")
    head.append(f"  {story.id[:9]}", style=f"not bold not underline {DIM}")
    console.print(head)
    console.print(summary(story))
    console.print()
    news = (
        list(story.events) if shown.background else [e for e in story.events if not e.background] or list(story.events)
    )
    listed = news if shown.background else distinct(news)
    for event in listed[: shown.events]:
        console.print(event_view(event, shown))
    hidden = len(story.events) - min(len(listed), shown.events)
    if hidden:
        console.print(Text(f"… {words.count(hidden, 'more event')}: onrecord story {story.id[:9]} --all\n", style=DIM))
    if ahead := distinct(planned(story.events, story.latest)):
        _section(console, "Planned next", planned_view(ahead[: shown.events]))
    if story.contradictions:
        _section(
            console, "Contradictions", *(contradiction_view(c, shown) for c in story.contradictions[: shown.events])
        )
    resting = distinct(e for e in story.events if any(o.kind is SourceKind.UNNAMED for o in e.origins))
    if resting:
        _section(console, "Rests on unnamed sources", unnamed_view(resting[: shown.events]))
    if not shown.brief:
        _section(console, "Reports", reports_view(story.reports))


def print_event(event: EventRecord, console: Console, shown: Shown) -> None:
    """One event with all its claims, and why it stands as it does."""
    console.print(event_view(event, shown))
    for step in event.history:
        line = Text(f"  {words.minute(step.since) if step.since else 'order from the text':>20}  ", style=DIM)
        line.append(step.standing, style=words.STANDING_STYLE[step.standing])
        line.append(f"  {one_line(step.why)}")
        console.print(line)
