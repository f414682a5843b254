"""A report on the terminal: its text as it stands, its facts marked in it and listed under each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.output import harmless, one_line
from onrecord.model import Attribution, EventMention, PartKind, Reading, ReportHead, Span, TextSpan

DIM = "color(245)"
SOURCE, CUE, CONTENT, ANCHOR, TIME, PLACE = (
    "bold color(31)",
    "color(133)",
    "italic",
    "bold underline",
    "color(28)",
    "color(136)",
)
LEGEND = (
    ("source", SOURCE),
    ("cue", CUE),
    ("content", CONTENT),
    ("event", ANCHOR),
    ("time", TIME),
    ("place", PLACE),
)


def marked(reading: Reading) -> Text:
    """The report's text with every fact's span in its style; offsets are those of the text itself."""
    text = Text(reading.report.text)
    for item in reading.attributions:
        _style(text, item.content, CONTENT)
    for place in reading.places:
        text.stylize(PLACE, place.start, place.end)
    for time in reading.times:
        text.stylize(TIME, time.start, time.end)
    for item in reading.attributions:
        _style(text, item.source, SOURCE)
        _style(text, item.cue, CUE)
    for event in reading.events:
        text.stylize(ANCHOR, event.anchor.start, event.anchor.end)
    for part in reading.report.parts:
        if part.kind in (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.BYLINE):
            text.stylize(DIM, part.start, part.end)
    return text


def _style(text: Text, spans: tuple[TextSpan, ...], style: str) -> None:
    for span in spans:
        text.stylize(style, span.start, span.end)


def attribution_line(item: Attribution) -> str:
    """Who does what with the content, in one line."""
    source = " … ".join(one_line(s.text) for s in item.source) or "nobody named"
    cue = " … ".join(one_line(s.text) for s in item.cue)
    extra = [item.affiliation or "", f"via {item.via}" if item.via else "", item.anonymity_reason or ""]
    extra += ["hedged"] if item.hedged else []
    told = f"{source} ({item.source_kind}) {item.stance.replace('_', ' ')}" + (f" – “{cue}”" if cue else "")
    return " · ".join([told, *(one_line(e) for e in extra if e)])


def event_line(event: EventMention, reading: Reading) -> str:
    """An event mention in one line: anchor, type, who to whom, when, where, status."""
    times = {t.id: t.text for t in reading.times}
    places = {p.id: p.name for p in reading.places}
    who = ", ".join(one_line(a.text) for a in event.actors)
    whom = ", ".join(one_line(r.text) for r in event.recipients)
    facts = [
        " ".join(w for w in (event.type, event.mode) if w),
        " → ".join(w for w in (who, whom) if w),
        times.get(event.time or "", ""),
        places.get(event.place or "", ""),
        ", ".join(f"{q.kind} {one_line(q.text)}" for q in event.quantities),
        f"{words.STATUS_WORDS[event.status]} ({event.certainty})",
    ]
    return f"{one_line(event.anchor.text)}: " + " · ".join(one_line(f) for f in facts if f)


def _paragraphs(reading: Reading) -> Iterator[tuple[Span, list[int]]]:
    """Stretches of the text that start with a sentence and run to the next one, with that sentence's index."""
    starts = [s.start for s in reading.sentences]
    if not starts:
        yield Span(0, len(reading.report.text)), []
        return
    if starts[0]:
        yield Span(0, starts[0]), []
    for number, (a, b) in enumerate(pairwise([*starts, len(reading.report.text)])):
        yield Span(a, b), [number]


def print_report(reading: Reading, head: ReportHead, console: Console) -> None:
    """Head, legend, marked text with facts under each sentence."""
    report = reading.report
    console.print(Text(one_line(report.title or report.address), style="bold underline"))
    console.print(
        Text(" · ".join((words.outlet(head), words.stamp(head.published), one_line(report.byline or ""))), DIM)
    )
    console.print(Text(f"{head.id} · {one_line(report.address)}", style=DIM))
    if reading.note:
        console.print(Text(harmless(reading.note), style="bold color(136)"))
    legend = Text()
    for name, style in LEGEND:
        legend.append(name, style=style)
        legend.append("  ")
    console.print(legend)
    console.print()
    text = marked(reading)
    for span, numbers in _paragraphs(reading):
        stretch = text[span.start : span.end]
        stretch.rstrip()
        if stretch.plain.strip():
            stretch.plain = harmless(stretch.plain)
            console.print(stretch)
        for number in numbers:
            _print_facts(reading, number, console)


def _print_facts(reading: Reading, sentence: int, console: Console) -> None:
    lines = [("who", attribution_line(a)) for a in reading.attributions if a.sentence == sentence]
    lines += [("what", event_line(e, reading)) for e in reading.events if e.sentence == sentence]
    for label, line in lines:
        text = Text(f"{label:>5}  ", style=DIM)
        text.append(line, style=DIM)
        console.print(Padding(text, (0, 0, 0, 2)))
