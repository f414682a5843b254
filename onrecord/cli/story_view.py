"""A story on the terminal: the face of the product. Its events by weight, each with its claims in time order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import ID, MINUTE, beside, dated, dim, grid, indented
from onrecord.cli.output import excerpt, one_line, shorten
from onrecord.cli.words import DIM
from onrecord.model import (
    Contradiction,
    EventRecord,
    ReportHead,
    SourceKind,
    Standing,
    StandingChange,
    Status,
    Story,
    Testimony,
)

HEADING = "bold"
AHEAD = (Status.PLANNED, Status.EXPECTED)
OVER = (Standing.DENIED, Standing.SUPERSEDED, Standing.RETRACTED)


@dataclass(frozen=True)
class Shown:
    """How much of a story is shown: events, claims of an event, characters of a quotation, rows of each list below."""

    events: int = 12
    claims: int = 6
    quotation: int = 200
    rows: int = 12
    background: bool = False
    brief: bool = False  # without the list of reports
    reasons: bool = False  # why look-alikes were not merged, for each; else they are named in one line


FULL = Shown(quotation=600, reasons=True)
BRIEF = Shown(events=3, claims=4, quotation=120, rows=2, brief=True)
WHOLE = Shown(events=10_000, claims=10_000, rows=10_000, background=True)


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


def _words_of(told: Testimony, width: int) -> str:
    """A claim's words, cut so that the event's own word is among them."""
    held, anchor = told.claim.words, told.mention.anchor
    return excerpt(held.text, width, anchor.start - held.start, anchor.end - held.start)


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
    told.append(f" {words.doing(first.claim)}", style="not bold")
    if not first.claim.holder.own_voice:
        told.append(f" · {words.outlet(first.report)}", style=f"not bold {DIM}")
    told.append("\n" + words.quoted(_words_of(first, shown.quotation)), style="not bold")
    also = list(dict.fromkeys(words.outlet(t.report) for t in line.others if t.report.outlet != first.report.outlet))
    if also:
        told.append(f"\nthe same origin in: {', '.join(also)}", style=f"not bold {DIM}")
    return dated(words.day(first.known), told)


def event_head(event: EventRecord) -> Group:
    """Standing, title and id; below them when, where and what kind."""
    title = standing_text(event)
    title.append("  ")
    title.append(one_line(event.title), style="bold")
    return Group(beside(title, event.id[:ID]), indented(dim(event_facts(event))))


def event_view(event: EventRecord, shown: Shown, titles: Mapping[str, str] | None = None) -> Group:
    """An event: standing, title, facts, history, claims; ``titles`` of other events by id."""
    parts: list[RenderableType] = [event_head(event)]
    if len(event.history) > 1:
        parts.append(indented(history_text(event)))
    lines = claim_lines(event.testimonies)
    parts += [indented(line_view(line, shown)) for line in lines[: shown.claims]]
    if len(lines) > shown.claims:
        parts.append(indented(dim(f"… {len(lines) - shown.claims} more: onrecord event {event.id[:ID]}")))
    parts += [indented(dim(line)) for line in unsure_lines(event, shown, titles or {})]
    return Group(*parts, Text())


def unsure_lines(event: EventRecord, shown: Shown, titles: Mapping[str, str]) -> list[str]:
    """Which events may be the same as this one, in the story's order; on an event's own page also why not merged."""
    order = {other: number for number, other in enumerate(titles)}
    found = sorted(event.unsure, key=lambda pair: order.get(pair[0], len(order)))
    names = [f"“{shorten(titles[o], 60)}” {o[:ID]}" if o in titles else o[:ID] for o, _ in found]
    if shown.reasons:
        return [
            f"may be the same as {name}, not merged: {one_line(why)}"
            for name, (_, why) in zip(names, found[: shown.rows], strict=False)
        ]
    others = f" and {words.count(len(found) - 1, 'other')}" if len(found) > 1 else ""
    return [f"may be the same as {names[0]}{others}: onrecord event {event.id[:ID]}"] if found else []


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
    """What is planned or expected and not past at the story's last moment, by when it is to be over; undated last.

    Of what has no date only what is of a known type and said by somebody: the rest is talk ("this can be used to").
    """
    ahead = [e for e in events if e.status in AHEAD and not (e.latest and after and e.latest < after)]
    told = [e for e in ahead if e.latest is not None or (e.type is not None and _said_by_somebody(e))]
    return sorted(told, key=lambda e: (e.latest is None, e.latest.timestamp() if e.latest else -e.weight))


def _said_by_somebody(event: EventRecord) -> bool:
    return any(not t.claim.holder.own_voice for t in event.testimonies)


def planned_view(events: Sequence[EventRecord]) -> Table:
    table = grid(first=26)
    for event in events:
        holders = list(dict.fromkeys(words.holder(t.claim.holder, t.report) for t in event.testimonies))
        said = Text(shorten(event.title, 90))
        said.append(f" – {', '.join(holders[:2])}", style=DIM)
        if event.standing in OVER:
            said.append(f" → {event.standing}", style=words.STANDING_STYLE[event.standing])
        table.add_row(Text(one_line(event.when) or "undated"), said)
    return table


def contradictions_view(found: Sequence[Contradiction], titles: Mapping[str, str], shown: Shown = FULL) -> list[Group]:
    """Contradictions, those about the same attribute of the same event together: every sentence is shown once."""

    def subject(item: Contradiction) -> tuple[str, str, str]:
        return item.event, item.attribute, item.kind.value

    order = list(dict.fromkeys(map(subject, found)))
    held = groupby(sorted(found, key=lambda c: order.index(subject(c))), subject)
    return [_contradiction_view(list(group), titles, shown) for _, group in held]


def _contradiction_view(group: Sequence[Contradiction], titles: Mapping[str, str], shown: Shown) -> Group:
    first = group[0]
    style = words.STANDING_STYLE[Standing.DISPUTED] if first.kind == "disputed" else "bold"
    head = Text(first.kind.upper(), style=style)
    about = words.ATTRIBUTE_WORDS.get(first.attribute, first.attribute)
    head.append(f" · {about}", style=f"not bold {DIM}")
    if title := titles.get(first.event):
        head.append(f" · {one_line(title)}", style="not bold default")
    sides = {t.id: t for item in group for t in (item.earlier, item.later)}
    acts = first.attribute == "occurrence"
    lines = [indented(_side(side, shown, acts=acts)) for side in sorted(sides.values(), key=_order)]
    told = [] if acts else [indented(dim(one_line(item.words))) for item in group]
    return Group(beside(head, first.event[:ID]), *told, *lines)


def _side(testimony: Testimony, shown: Shown, *, acts: bool) -> Table:
    """One side's words; where the dispute is whether it happened, what it does with the event as well."""
    text = Text(words.holder(testimony.claim.holder, testimony.report), style="bold")
    text.append(f" {words.doing(testimony.claim)}" if acts else "", style="not bold")
    if not testimony.claim.holder.own_voice:
        text.append(f" · {words.outlet(testimony.report)}", style=f"not bold {DIM}")
    text.append("\n" + words.quoted(_words_of(testimony, shown.quotation)), style="not bold")
    return dated(words.day(testimony.known), text)


def unnamed_view(events: Sequence[EventRecord]) -> Table:
    """What rests on unnamed sources, and what became of it."""
    table = grid()
    for event in events:
        who = list(dict.fromkeys(one_line(o.name) for o in event.origins if o.kind is SourceKind.UNNAMED))
        text = Text(shorten(event.title, 70))
        text.append(f" – {', '.join(who[:2])} → ", style=DIM)
        text.append(event.standing, style=words.STANDING_STYLE[event.standing])
        table.add_row(dim(event.id[:ID]), text)
    return table


def report_head_view(head: ReportHead) -> Table:
    """A report in a list: when, its title, its outlet and what is special about it, its id."""
    title, note = Text(shorten(head.title or head.address, 120)), words.report_note(head)
    about = dim(words.outlet(head) + (f" · {note}" if note else ""))
    return dated(words.stamp(head.published), title, about, right=head.id[:ID], width=MINUTE)


def distinct(events: Iterable[EventRecord]) -> list[EventRecord]:
    """Events without those told in the very words of an earlier one: a headline is shown once."""
    seen: set[str] = set()
    return [e for e in events if not (e.title in seen or seen.add(e.title))]  # type: ignore[func-returns-value]


def _section(console: Console, title: str, *parts: RenderableType) -> None:
    console.print(Text(title.upper(), style=HEADING))
    for part in parts:
        console.print(indented(part))
    console.print()


def print_story(story: Story, console: Console, shown: Shown | None = None) -> None:
    """The whole page of a story."""
    shown = shown or Shown()
    titles = {e.id: e.title for e in story.events}
    console.print(beside(Text.assemble((one_line(story.title), "bold underline")), story.id[:ID]))
    console.print(summary(story))
    console.print()
    news = [e for e in story.events if shown.background or not e.background] or list(story.events)
    listed = news if shown.background else distinct(news)
    for event in listed[: shown.events]:
        console.print(event_view(event, shown, titles))
    _print_rest(story, min(len(listed), shown.events), console, shown)
    if ahead := distinct(planned(story.events, story.latest)):
        _section(console, "Planned next", planned_view(ahead[: shown.rows]))
    if against := contradictions_view(story.contradictions, titles, shown):
        _section(console, "Contradictions", *against[: shown.rows])
    if resting := distinct(e for e in story.events if any(o.kind is SourceKind.UNNAMED for o in e.origins)):
        _section(console, "Rests on unnamed sources", unnamed_view(resting[: shown.rows]))
    if not shown.brief:
        _section(console, "Reports", *map(report_head_view, story.reports))


def _print_rest(story: Story, printed: int, console: Console, shown: Shown) -> None:
    """How many events are not shown, and the command that shows them."""
    if hidden := len(story.events) - printed:
        more = f"onrecord story {story.id[:ID]}" + ("" if shown.brief else " --all")
        console.print(dim(f"… {words.count(hidden, 'more event')}: {more}\n"))


def print_event(event: EventRecord, console: Console, shown: Shown, titles: Mapping[str, str] | None = None) -> None:
    """One event with all its claims, and why it stands as it does; ``titles`` of other events by id."""
    console.print(event_view(event, shown, titles))
    _section(console, "How it came to stand so", *(_step_view(step) for step in event.history))


def _step_view(step: StandingChange) -> Table:
    line = Text(step.standing, style=words.STANDING_STYLE[step.standing])
    line.append(f": {one_line(step.why)}", style="not bold default")
    return dated(words.minute(step.since) if step.since else "order of the text", line, width=MINUTE)
