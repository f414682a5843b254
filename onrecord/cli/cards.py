"""What each list shows people: an entry of a few lines for what has sentences, a row of a table for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import ID, MINUTE, beside, dated, dim, indented, said
from onrecord.cli.output import Column, one_line, shorten
from onrecord.cli.story_view import contradictions_view, event_head, report_head_view
from onrecord.cli.words import DIM
from onrecord.model import Holder, Standing

if TYPE_CHECKING:
    from onrecord.ask import AgendaItem, AttributionRow, ClaimRecord, EntityRow, SearchHit, StoryRow
    from onrecord.model import Contradiction, EventRecord, ReportHead

LONGEST = 600  # characters of a quotation


def story_cards(rows: Sequence[StoryRow]) -> Iterator[RenderableType]:
    for row in rows:
        tally = ", ".join(f"{n} {s}" for s, n in sorted(row.standings.items(), key=lambda item: -item[1])[:3])
        counts = [words.count(row.reports, "report"), words.count(len(row.outlets), "outlet")]
        facts = [words.days(row.earliest, row.latest), *counts]
        facts.append(words.count(row.events, "event") + (f" ({tally})" if tally else ""))
        title = Text(one_line(row.title), style="bold")
        yield Group(beside(title, row.id[:ID]), indented(dim(" · ".join(facts))))


def event_cards(rows: Sequence[EventRecord]) -> Iterator[RenderableType]:
    return map(event_head, rows)


def claim_cards(rows: Sequence[ClaimRecord]) -> Iterator[RenderableType]:
    """Claims of one holder in one sentence together: the sentence once, then what each holds."""

    def spoken(record: ClaimRecord) -> tuple[str, int, int, Holder]:
        span = record.row.claim.words
        return record.row.report.id, span.start, span.end, record.row.claim.holder

    for _, group in groupby(rows, spoken):
        held = list(group)
        row = held[0].row
        told = Text(words.holder(row.claim.holder, row.report), style="bold")
        if not row.claim.holder.own_voice:
            told.append(f" · {words.outlet(row.report)}", style=f"not bold {DIM}")
        sentence = Text(words.quoted(shorten(row.claim.words.text, LONGEST)))
        yield dated(words.day(row.known), told, sentence, *map(_held, held), whole=True)


def _held(record: ClaimRecord) -> RenderableType:
    """One claim of a sentence: the word for the event, what the holder does with it, how the event stands."""
    text = Text()
    text.append(one_line(record.row.mention.anchor.text), style="underline")
    text.append(f" – {words.doing(record.row.claim)}")
    if record.event is None:
        return text
    text.append(" · ", style=DIM)
    text.append(_standing(record.event.standing))
    return beside(text, record.event.id[:ID])


def _standing(standing: Standing) -> Text:
    return Text(f"{words.STANDING_MARK[standing]} {standing}", style=words.STANDING_STYLE[standing])


def quote_cards(rows: Sequence[AttributionRow]) -> Iterator[RenderableType]:
    """Who is made to say what: source, cue and content in their colours, as in a report."""
    for row in rows:
        item = row.attribution
        told = said(row.source, item)
        told.append(f" · {words.outlet(row.report)}", style=DIM)
        content = Text(words.quoted(shorten(" … ".join(c.text for c in item.content), LONGEST)), style=words.CONTENT)
        notes = [item.affiliation or "", f"via {item.via}" if item.via else "", item.anonymity_reason or ""]
        extra = " · ".join(one_line(n) for n in notes if n)
        parts = [content, *([dim(extra)] if extra else [])]
        yield dated(words.stamp(row.report.published), told, *parts, right=row.report.id[:ID], width=MINUTE)


def report_cards(rows: Sequence[ReportHead]) -> Iterator[RenderableType]:
    return map(report_head_view, rows)


def hit_cards(rows: Sequence[SearchHit], asked: str) -> Iterator[RenderableType]:
    """Reports with a stretch of their text, in which the words that were asked for stand out."""
    wanted = [w for w in re.findall(r"-?\w+", asked) if not w.startswith("-")]
    for row in rows:
        stretch = Text(f"… {one_line(row.snippet.text)} …")
        stretch.highlight_words(wanted, "bold", case_sensitive=False)
        yield Group(report_head_view(row.report), dated("", stretch, width=MINUTE))


def agenda_cards(rows: Sequence[AgendaItem]) -> Iterator[RenderableType]:
    """What is told of the same day in the same words is shown once."""
    for row in reversed({(r.when, r.title): r for r in reversed(rows)}.values()):
        facts = Text(row.status + (", and nobody says that it came about" if row.overdue else ""), style=DIM)
        facts.append(" · ")
        facts.append(_standing(row.standing))
        facts.append(f" · {', '.join(map(one_line, row.holders))}", style=DIM)
        title = Text(one_line(row.title), style="bold")
        yield dated(one_line(row.when), title, facts, right=row.event[:ID], width=MINUTE)


def contradiction_cards(rows: Sequence[Contradiction], titles: Mapping[str, str]) -> Iterator[RenderableType]:
    """``titles`` of events by id."""
    return iter(contradictions_view(rows, titles))


ENTITIES: tuple[Column[EntityRow], ...] = (
    Column("name", lambda r: r.name, ratio=1),
    Column("type", lambda r: r.type),
    Column("country", lambda r: r.country or ""),
    Column("sector", lambda r: r.sector or ""),
    Column("reports", lambda r: str(r.reports), right=True),
    Column("mentions", lambda r: str(r.mentions), right=True),
    Column("when", lambda r: words.days(r.first, r.last)),
)
