"""A report on the terminal: its text as it stands, its facts marked in it and listed under each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import dim, indented, said
from onrecord.cli.output import harmless, one_line, shorten
from onrecord.cli.words import CONTENT, CUE, DIM, EVENT, PLACE, SOURCE, TIME
from onrecord.model import Attribution, EventMention, PartKind, Reading, ReportHead, Span, TextSpan

LEGEND = (
    ("source", SOURCE),
    ("cue", CUE),
    ("content", CONTENT),
    ("event", EVENT),
    ("time", TIME),
    ("place", PLACE),
)
MOST_BOILERPLATE = 6  # lines of it that are told
LONGEST = 160  # characters of a content that is said again below its sentence


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
        text.stylize(EVENT, event.anchor.start, event.anchor.end)
    for part in reading.report.parts:
        if part.kind in (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.BYLINE):
            text.stylize(DIM, part.start, part.end)
    return text


def boilerplate_lines(reading: Reading) -> Iterator[str]:
    """What of the text belongs to its outlet's pages, told where colours do not tell it."""
    found = [p for p in reading.report.parts if p.kind is PartKind.BOILERPLATE]
    for part in found[:MOST_BOILERPLATE]:
        yield f"boilerplate: {words.quoted(shorten(one_line(reading.report.text[part.start : part.end]), LONGEST))}"
    if len(found) > MOST_BOILERPLATE:
        yield f"boilerplate: {len(found) - MOST_BOILERPLATE} lines more"


def _style(text: Text, spans: tuple[TextSpan, ...], style: str) -> None:
    for span in spans:
        text.stylize(style, span.start, span.end)


def attribution_line(item: Attribution) -> Text:
    """Who does what with which content, in the colours of the text."""
    line = said(" … ".join(s.text for s in item.source), item)
    line.append(" – ", style=DIM)
    content = " … ".join(one_line(s.text) for s in item.content)
    line.append(words.quoted(shorten(content, LONGEST)), style=CONTENT)
    extra = [item.affiliation or "", f"via {item.via}" if item.via else "", item.anonymity_reason or ""]
    extra += ["hedged"] if item.hedged else []
    line.append("".join(f" · {one_line(e)}" for e in extra if e), style=DIM)
    return line


def event_line(event: EventMention, reading: Reading) -> Text:
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
        _cause(event),
        words.held(event),
    ]
    line = Text()
    line.append(one_line(event.anchor.text), style=EVENT)
    line.append("".join(f" · {one_line(f)}" for f in facts if f), style=DIM)
    return line


def _cause(event: EventMention) -> str:
    if event.cause is None:
        return ""
    how = "not because of" if event.cause.excluded else "perhaps because of" if event.cause.hedged else "because of"
    return f"{how} {one_line(event.cause.text)}"


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


def print_report(reading: Reading, head: ReportHead, console: Console, *, facts: bool = True) -> None:
    """Head, legend, marked text; with ``facts``, what was found in each sentence is told below it."""
    report = reading.report
    console.print(Text(one_line(report.title or report.address), style="bold underline"))
    about = (words.outlet(head), words.stamp(head.published), one_line(report.byline or ""), words.report_note(head))
    console.print(dim(" · ".join(a for a in about if a)))
    console.print(dim(f"{head.id} · {one_line(report.address)}"))
    if reading.note:
        console.print(Text(harmless(reading.note), style=words.NOTICE))
    legend = Text()
    for name, style in LEGEND:
        legend.append(name, style=style)
        legend.append("  ")
    console.print(legend)
    for line in boilerplate_lines(reading):
        console.print(dim(line))
    console.print()
    text = marked(reading)
    if not facts:
        text.plain = harmless(text.plain)
        console.print(text)
        return
    for span, numbers in _paragraphs(reading):
        stretch = text[span.start : span.end]
        stretch.rstrip()
        if stretch.plain.strip():
            stretch.plain = harmless(stretch.plain)
            console.print(stretch)
        for number in numbers:
            _print_facts(reading, number, console)


def _print_facts(reading: Reading, sentence: int, console: Console) -> None:
    """Who says what in a sentence, and what happens in it."""
    lines: list[tuple[str, RenderableType]]
    lines = [("says", attribution_line(a)) for a in reading.attributions if a.sentence == sentence]
    lines += [("event", event_line(e, reading)) for e in reading.events if e.sentence == sentence]
    if not lines:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(min_width=5, justify="right")
    for label, line in lines:
        table.add_row(dim(label), line)
    console.print(indented(table))
    console.print()
