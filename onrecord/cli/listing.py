"""Commands that list: stories, events, claims, quotes, entities, reports, search, agenda, contradictions, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli import words
from onrecord.cli.options import (
    EVERYTHING,
    all_option,
    as_of_option,
    asking,
    filter_from,
    filter_options,
    format_option,
    ledger_option,
    limit_option,
    moment,
)
from onrecord.cli.output import Column, Format, emit, harmless, say

if TYPE_CHECKING:
    from onrecord.ask import (
        AgendaItem,
        Asker,
        AttributionRow,
        ClaimRecord,
        EntityRow,
        Filter,
        SearchHit,
        Sourcing,
        StoryRow,
    )
    from onrecord.model import Contradiction, EventRecord, ReportHead

T = TypeVar("T")
SHORT = 20  # rows of a table
ID = 9  # characters of an id that are shown: short, and enough for a million


def listing(name: str, *filters: str) -> Callable[[Callable[[Asker, Filter, int, Format], None]], click.Command]:
    """A command that lists: of an asker, what a filter asks for, at most so many rows, in a format."""

    def wrap(function: Callable[[Asker, Filter, int, Format], None]) -> click.Command:
        @wraps(function)
        def command(
            ledger: Path | None, form: Format, as_of: str | None, limit: int | None, everything: bool, **given: Any
        ) -> None:
            function(asking(ledger, as_of), filter_from(given), many(limit, everything, form), form)

        whole: Callable[..., Any] = command
        for option in (all_option, limit_option, as_of_option, format_option, ledger_option):
            whole = option(whole)
        return click.command(name)(filter_options(*filters)(whole))

    return wrap


def show(rows: Iterable[T], columns: Sequence[Column[T]], as_dict: Callable[[T], dict[str, Any]], form: Format) -> None:
    """Prints rows; says so where there are none, on standard error so that a pipe stays clean."""
    if not emit(rows, columns, as_dict, form):
        say("nothing found", style="color(245)")


def many(limit: int | None, everything: bool, form: Format) -> int:
    """How many rows: a table for people is short unless they ask for more; programs get everything."""
    if everything or (limit is None and form is not Format.TABLE):
        return EVERYTHING
    return limit or SHORT


@listing("stories", "from_", "to", "outlet", "entity", "type", "status", "standing")
def stories(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the stories, the latest first.

    \b
    Examples:
      onrecord stories
      onrecord stories --outlet "The Daily Example" --from 2026-03-01
      onrecord stories --format jsonl --all > stories.jsonl
    """
    if form is Format.TABLE or form is Format.CSV:
        show(asker.stories(asked, most), STORIES, story_dict, form)
    else:
        show(asker.story_rows(asked, most), (), dict, form)


@listing("events", "from_", "to", "outlet", "entity", "actor", "type", "status", "standing", "place", "story")
def events(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the events by time, each with its standing.

    \b
    Examples:
      onrecord events --type PROTEST --from 2026-03-01
      onrecord events --status planned
      onrecord events --standing disputed --format csv
    """
    if form is Format.TABLE or form is Format.CSV:
        from onrecord.ask import event_to_contract

        show(asker.events(asked, most), EVENTS, event_to_contract, form)
    else:
        show(asker.event_rows(asked, most), (), dict, form)


@listing("claims", "from_", "to", "outlet", "holder", "kind", "stance", "entity", "type", "status", "standing", "story")
def claims(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List claims: who holds what about an event, the latest known first.

    \b
    Examples:
      onrecord claims --stance denies
      onrecord claims --kind unnamed --outlet "The Daily Example"
    """
    show(asker.claims(asked, most), CLAIMS, claim_dict, form)


@listing("quotes", "from_", "to", "outlet", "by", "kind", "stance", "quote")
def quotes(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List attributions: who is made to say what, by which words.

    \b
    Examples:
      onrecord quotes --by "Ilse Marden"
      onrecord quotes --kind unnamed --stance denies
    """
    show(asker.quotes(asked, most), QUOTES, quote_dict, form)


@listing("entities", "from_", "to", "outlet", "entity", "type")
def entities(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the people, organisations and places named, those in most reports first."""
    show(asker.entities(asked, most), ENTITIES, entity_dict, form)


@listing("reports", "from_", "to", "outlet", "entity", "story")
def reports(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the reports on record by date of publication."""
    show(asker.reports(asked, most), REPORTS, report_dict, form)


@click.command("search")
@click.argument("text", metavar="WORDS")
@filter_options("from_", "to", "outlet", "entity", "type", "status", "standing", "holder", "kind", "stance")
@ledger_option
@format_option
@as_of_option
@limit_option
@all_option
def search(
    text: str, ledger: Path | None, form: Format, as_of: str | None, limit: int | None, everything: bool, **given: Any
) -> None:
    """Search the reports' texts: words, "phrases", beginnings*, -without.

    \b
    Examples:
      onrecord search "port fire"
      onrecord search '"warehouse fire" -drill' --from 2026-03-01 --standing disputed
    """
    from dataclasses import replace

    asked = replace(filter_from(given), words=text)
    show(asking(ledger, as_of).search(asked, many(limit, everything, form)), HITS, hit_dict, form)


@click.command("agenda")
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it as iCalendar.")
@filter_options("from_", "to", "story")
@ledger_option
@format_option
@as_of_option
def agenda(ics: Path | None, ledger: Path | None, form: Format, as_of: str | None, **given: Any) -> None:
    """List what is planned, expected or called off, by date, with who says so.

    \b
    Examples:
      onrecord agenda --from 2026-03-09
      onrecord agenda --ics agenda.ics
    """
    asker = asking(ledger, as_of)
    after, before = moment(given["from_"], "--from"), moment(given["to"], "--to", end=True)
    if ics is not None:
        from onrecord.cli.exporting import tell

        tell(asker.calendar(ics, after, before, given["story"]), "item")
        return
    show(asker.agenda(after, before, given["story"]), AGENDA, agenda_dict, form)


@click.command("contradictions")
@click.argument("story", required=False)
@ledger_option
@format_option
@as_of_option
@limit_option
@all_option
def contradictions(
    story: str | None, ledger: Path | None, form: Format, as_of: str | None, limit: int | None, everything: bool
) -> None:
    """List contradictions, of a STORY or of all: disputed, superseded or resolved, with both sentences."""
    rows = asking(ledger, as_of).contradictions(story, limit=many(limit, everything, form))
    show(rows, CONTRADICTIONS, contradiction_dict, form)


@click.command("sources")
@filter_options("from_", "to", "outlet", "story")
@ledger_option
@format_option
@as_of_option
def sources(ledger: Path | None, form: Format, as_of: str | None, **given: Any) -> None:
    """For each outlet: the share of its claims on the record, by offices, unnamed, from other outlets, with no source.

    The claims behind a number: onrecord claims --outlet OUTLET --kind unnamed
    """
    rows = asking(ledger, as_of).sources(filter_from(given))
    show(rows, SOURCES, lambda row: row.as_dict(), form)


# --- what a row shows ------------------------------------------------------------------------------------------


def _share(row: Sourcing, *names: str) -> str:
    return f"{row.share(*names):.0%}"


def _tally(row: StoryRow) -> str:
    return ", ".join(f"{n} {s}" for s, n in sorted(row.standings.items(), key=lambda item: -item[1])[:3])


STORIES: tuple[Column[StoryRow], ...] = (
    Column("story", lambda r: r.id[:ID]),
    Column("when", lambda r: words.days(r.earliest, r.latest)),
    Column("reports", lambda r: str(r.reports)),
    Column("outlets", lambda r: str(len(r.outlets))),
    Column("title", lambda r: r.title, ratio=3),
    Column("events", _tally, ratio=2),
)
EVENTS: tuple[Column[EventRecord], ...] = (
    Column("event", lambda r: r.id[:ID]),
    Column("when", lambda r: r.when),
    Column("standing", lambda r: r.standing.value),
    Column("status", lambda r: r.status.value.replace("_", " ")),
    Column("type", lambda r: r.type or ""),
    Column("what", lambda r: r.title, ratio=3),
)
CLAIMS: tuple[Column[ClaimRecord], ...] = (
    Column("known", lambda r: words.day(r.row.known)),
    Column("holder", lambda r: words.holder(r.row.claim.holder, r.row.report), ratio=2),
    Column("stance", lambda r: r.row.claim.stance.value.replace("_", " ")),
    Column("status", lambda r: r.row.claim.status.value.replace("_", " ")),
    Column("outlet", lambda r: words.outlet(r.row.report), ratio=1),
    Column("words", lambda r: r.row.claim.words.text, ratio=4),
)
QUOTES: tuple[Column[AttributionRow], ...] = (
    Column("published", lambda r: words.stamp(r.report.published)),
    Column("source", lambda r: r.source, ratio=2),
    Column("kind", lambda r: r.attribution.source_kind.value),
    Column("stance", lambda r: r.attribution.stance.value.replace("_", " ")),
    Column("outlet", lambda r: words.outlet(r.report), ratio=1),
    Column("content", lambda r: " … ".join(c.text for c in r.attribution.content), ratio=4),
)
ENTITIES: tuple[Column[EntityRow], ...] = (
    Column("name", lambda r: r.name, ratio=2),
    Column("type", lambda r: r.type),
    Column("country", lambda r: r.country or ""),
    Column("sector", lambda r: r.sector or ""),
    Column("reports", lambda r: str(r.reports)),
    Column("mentions", lambda r: str(r.mentions)),
    Column("when", lambda r: words.days(r.first, r.last)),
)
REPORTS: tuple[Column[ReportHead], ...] = (
    Column("report", lambda r: r.id[:ID]),
    Column("published", lambda r: words.stamp(r.published)),
    Column("outlet", words.outlet, ratio=1),
    Column("title", lambda r: r.title or r.address, ratio=3),
    Column("note", lambda r: report_note(r), ratio=1),
)
HITS: tuple[Column[SearchHit], ...] = (
    Column("report", lambda r: r.report.id[:ID]),
    Column("published", lambda r: words.stamp(r.report.published)),
    Column("outlet", lambda r: words.outlet(r.report), ratio=1),
    Column("title", lambda r: r.report.title or r.report.address, ratio=2),
    Column("text", lambda r: f"… {r.snippet.text} …", ratio=4),
)
AGENDA: tuple[Column[AgendaItem], ...] = (
    Column("when", lambda r: r.when),
    Column("status", lambda r: ("overdue, " if r.overdue else "") + r.status.value),
    Column("what", lambda r: r.title, ratio=3),
    Column("says", lambda r: ", ".join(r.holders), ratio=2),
    Column("standing", lambda r: r.standing.value),
    Column("event", lambda r: r.event[:ID]),
)
CONTRADICTIONS: tuple[Column[Contradiction], ...] = (
    Column("event", lambda r: r.event[:ID]),
    Column("about", lambda r: r.attribute),
    Column("kind", lambda r: r.kind.value),
    Column("what", lambda r: r.words, ratio=2),
    Column("earlier", lambda r: r.earlier.claim.words.text, ratio=2),
    Column("later", lambda r: r.later.claim.words.text, ratio=2),
)
SOURCES: tuple[Column[Sourcing], ...] = (
    Column("outlet", lambda r: r.name),
    Column("claims", lambda r: str(r.total)),
    Column("named", lambda r: _share(r, "named")),
    Column("offices", lambda r: _share(r, "office")),
    Column("documents", lambda r: _share(r, "document")),
    Column("unnamed", lambda r: _share(r, "unnamed")),
    Column("other outlets", lambda r: _share(r, "other_outlet")),
    Column("no source", lambda r: _share(r, "none")),
)


def report_note(head: ReportHead) -> str:
    """What is special about a report: a copy, a revision, not analysed."""
    notes = [f"copy of {head.copy_of[:ID]}"] if head.copy_of else []
    notes += [f"revision of {head.revision_of[:ID]}"] if head.revision_of else []
    notes += [harmless(head.note)] if head.note else []
    return "; ".join(notes)


def story_dict(row: StoryRow) -> dict[str, Any]:
    return {
        "story": row.id,
        "title": row.title,
        "reports": row.reports,
        "outlets": list(row.outlets),
        "events": row.events,
        "earliest": _iso(row.earliest),
        "latest": _iso(row.latest),
        "standings": dict(row.standings),
    }


def claim_dict(record: ClaimRecord) -> dict[str, Any]:
    row = record.row
    return {
        "claim": row.id,
        "event": row.event,
        "standing": record.event.standing.value if record.event else None,
        "holder": row.claim.holder.name,
        "kind": row.claim.holder.kind.value,
        "own_voice": row.claim.holder.own_voice,
        "chain": [h.name for h in row.claim.chain],
        "stance": row.claim.stance.value,
        "status": row.claim.status.value,
        "certainty": row.claim.certainty.value,
        "hedged": row.claim.hedged,
        "type": row.mention.type,
        "known": _iso(row.known),
        "outlet": row.report.outlet,
        "report": row.report.address,
        "start": row.claim.words.start,
        "end": row.claim.words.end,
        "words": row.claim.words.text,
    }


def quote_dict(row: AttributionRow) -> dict[str, Any]:
    item = row.attribution
    return {
        "attribution": row.id,
        "source": row.source,
        "kind": item.source_kind.value,
        "number": item.number,
        "affiliation": item.affiliation,
        "anonymity_reason": item.anonymity_reason,
        "via": item.via,
        "stance": item.stance.value,
        "quote": item.quote.value,
        "hedged": item.hedged,
        "cue": " … ".join(c.text for c in item.cue),
        "content": [{"start": c.start, "end": c.end, "text": c.text} for c in item.content],
        "outlet": row.report.outlet,
        "published": row.report.published.value if row.report.published else None,
        "report": row.report.address,
    }


def entity_dict(row: EntityRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "type": row.type,
        "country": row.country,
        "sector": row.sector,
        "reports": row.reports,
        "mentions": row.mentions,
        "first": _iso(row.first),
        "last": _iso(row.last),
    }


def report_dict(head: ReportHead) -> dict[str, Any]:
    return {
        "report": head.id,
        "address": head.address,
        "outlet": head.outlet,
        "title": head.title,
        "published": head.published.value if head.published else None,
        "language": head.language,
        "analysed": head.analysed,
        "note": head.note,
        "words": head.words,
        "copy_of": head.copy_of,
        "revision_of": head.revision_of,
    }


def hit_dict(hit: SearchHit) -> dict[str, Any]:
    found = report_dict(hit.report)
    return {**found, "score": hit.score, "start": hit.snippet.start, "end": hit.snippet.end, "text": hit.snippet.text}


def agenda_dict(item: AgendaItem) -> dict[str, Any]:
    return {
        "event": item.event,
        "title": item.title,
        "when": item.when,
        "earliest": _iso(item.earliest),
        "latest": _iso(item.latest),
        "place": item.place,
        "status": item.status.value,
        "standing": item.standing.value,
        "overdue": item.overdue,
        "holders": list(item.holders),
        "story": item.story,
    }


def contradiction_dict(item: Contradiction) -> dict[str, Any]:
    def side(told: Any) -> dict[str, Any]:
        words_ = told.claim.words
        return {
            "claim": told.id,
            "holder": told.claim.holder.name,
            "report": told.report.address,
            "start": words_.start,
            "end": words_.end,
            "words": words_.text,
        }

    return {
        "contradiction": item.id,
        "event": item.event,
        "attribute": item.attribute,
        "kind": item.kind.value,
        "words": item.words,
        "resolved_by": item.resolved_by,
        "earlier": side(item.earlier),
        "later": side(item.later),
    }


def _iso(value: Any) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value else None


def register(app: click.Group) -> None:
    for command in (stories, events, claims, quotes, entities, reports, search, agenda, contradictions, sources):
        app.add_command(command)
