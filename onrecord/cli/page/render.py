"""Templates filled: the only place that makes HTML. Every value is escaped and freed of control codes on its way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.cli import words
from onrecord.cli.output import harmless
from onrecord.cli.page.marked import paragraphs
from onrecord.cli.page.origins import drawing
from onrecord.cli.page.timeline import timeline
from onrecord.cli.story_view import claim_lines, distinct, event_facts, planned
from onrecord.errors import NotFoundError
from onrecord.model import Reading, SourceKind, Stance, Standing, Status, Story

if TYPE_CHECKING:
    from jinja2 import Environment

    from onrecord.ask import Comparison, OriginTree, ReportRecord, RevisionStep

WIDE, NARROW = 1000, 360  # widths of the two drawings; the style sheet shows the one that fits
DRAWN, IN_FULL, LISTED = 14, 24, 200  # events of a story in the drawing, with their claims, and by title only
STANDING_MEANING = {
    Standing.CONFIRMED: "said on the record by a party to it or the office responsible",
    Standing.CORROBORATED: "two or more independent origins",
    Standing.REPORTED: "one origin, named",
    Standing.RUMOURED: "only unnamed origins, or hedged",
    Standing.DISPUTED: "held and denied by different origins, neither answered since",
    Standing.DENIED: "denied by a party to it or the office responsible, not confirmed since",
    Standing.SUPERSEDED: "called off or replaced by the same or a better-placed origin",
    Standing.RETRACTED: "taken back by its only origin",
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("onrecord.cli.page"),
        autoescape=True,
        finalize=_clean,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["outlet_of"] = words.outlet
    made.globals.update(
        words=words,
        marks={s.value: words.STANDING_MARK[s] for s in Standing},
        meanings={s.value: STANDING_MEANING[s] for s in Standing},
        statuses={s.value: words.STATUS_WORDS[s] for s in Status},
        event_facts=event_facts,
        claim_lines=claim_lines,
        link=link,
        ahead=(Status.PLANNED, Status.EXPECTED),
    )
    return made


def _clean(value: Any) -> Any:
    """Text without control codes. What templates have escaped already stays as it is: it went through here before."""
    return harmless(value) if type(value) is str else value


def link(address: str) -> str | None:
    """An address that a reader may follow; a path or another scheme is none."""
    return address if address.startswith(("https://", "http://")) and len(address) < 2_000 else None


def story_page(
    story: Story,
    comparison: Comparison,
    origins: Sequence[OriginTree],
    made: datetime,
    *,
    as_of: datetime | None = None,
    texts: Sequence[Reading] = (),
) -> str:
    """A story: its timeline, events with their claims, claims by outlet, contradictions, sources and reports."""
    news = [e for e in story.events if not e.background] or list(story.events)
    listed = distinct(news)
    shown = listed[:IN_FULL]
    testimonies = [t for e in story.events for t in e.testimonies]
    rows = [r for r in comparison.rows if r.event in {e.id for e in shown}]
    return _render(
        "story.html",
        title=story.title,
        made=made,
        as_of=as_of,
        story=story,
        events=shown,
        more=listed[IN_FULL:LISTED],
        hidden=len(story.events) - len(listed[:LISTED]),
        drawings=[(name, timeline(shown[:DRAWN], width)) for name, width in (("wide", WIDE), ("narrow", NARROW))],
        titles={e.id: e.title for e in story.events},
        resting=distinct(e for e in story.events if any(o.kind is SourceKind.UNNAMED for o in e.origins))[:IN_FULL],
        comparison=comparison,
        rows=rows,
        origins_drawing=drawing(origins),
        origins={o.key for e in story.events for o in e.origins},
        testimonies=testimonies,
        unnamed=[t for t in testimonies if t.claim.holder.kind is SourceKind.UNNAMED],
        planned=distinct(planned(story.events, story.latest))[:IN_FULL],
        texts={r.report.id: paragraphs(r) for r in texts},
        denies=Stance.DENIES,
    )


def report_page(
    found: ReportRecord, made: datetime, *, as_of: datetime | None = None, steps: Sequence[RevisionStep] = ()
) -> str:
    """A report: its text with every fact marked, the facts beside it, and where its events stand."""
    report = found.reading.report
    return _render(
        "report.html",
        title=report.title or report.address,
        made=made,
        as_of=as_of,
        record=found,
        head=found.head,
        steps=steps,
        paragraphs=paragraphs(found.reading),
        events=distinct(found.events)[:IN_FULL],
    )


def origins_drawing(origins: Sequence[OriginTree], title: str) -> str:
    """Who rests on whom as a file of its own, SVG, light and dark.

    Raises:
        NotFoundError: if there is nothing to draw.
    """
    made = drawing(origins)
    if made is None:
        raise NotFoundError(title, "no claim of this story has an origin")
    return _render("origins.svg", drawing=made, title=title)


def _render(name: str, **values: Any) -> str:
    # What no file can hold (lone surrogates) is shown as a question mark.
    return environment().get_template(name).render(**values).encode("utf-8", "replace").decode("utf-8")
