"""Commands that list: stories, events, claims, quotes, entities, reports, search, agenda, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from onrecord.cli.output import Format, View, emit, say

if TYPE_CHECKING:
    from onrecord.ask import (
        AgendaItem,
        Asker,
        AttributionRow,
        ClaimRecord,
        EntityRow,
        Filter,
        SearchHit,
        StoryRow,
    )
    from onrecord.model import Contradiction, ReportHead

T = TypeVar("T")
SHORT = 20  # rows of a table


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


def show(rows: Iterable[T], view: View[T], as_dict: Callable[[T], dict[str, Any]], form: Format) -> None:
    """Prints rows; says so where there are none, on standard error so that a pipe stays clean."""
    if not emit(rows, view, as_dict, form):
        say("nothing found", style=words.DIM)


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
        from onrecord.cli.cards import story_cards

        show(asker.stories(asked, most), story_cards, story_dict, form)
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
        from onrecord.cli.cards import event_cards

        show(asker.events(asked, most), event_cards, event_to_contract, form)
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
    from onrecord.cli.cards import claim_cards

    show(asker.claims(asked, most), claim_cards, claim_dict, form)


QUOTE_ORDERS = ("published", "source", "outlet")


@click.command("quotes")
@filter_options("from_", "to", "outlet", "by", "kind", "stance", "quote", "story")
@click.option(
    "--sort", type=click.Choice(QUOTE_ORDERS), default="published", help="The latest first, or by source or outlet."
)
@ledger_option
@format_option
@as_of_option
@limit_option
@all_option
def quotes(
    sort: str, ledger: Path | None, form: Format, as_of: str | None, limit: int | None, everything: bool, **given: Any
) -> None:
    """List attributions: who is made to say what, by which words.

    \b
    Examples:
      onrecord quotes --by "Ilse Marden"
      onrecord quotes --kind unnamed --stance denies
      onrecord quotes --outlet "The Daily Example" --sort source --all
      onrecord export --table quotes --to quotes.csv
    """
    from onrecord.cli.cards import quote_cards

    asker, most = asking(ledger, as_of), many(limit, everything, form)
    show(asker.quotes(filter_from(given), most, by=sort), quote_cards, quote_dict, form)


@listing("entities", "from_", "to", "outlet", "entity", "type")
def entities(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the people, organisations and places named, those in most reports first."""
    from onrecord.cli.cards import ENTITIES

    show(asker.entities(asked, most), ENTITIES, entity_dict, form)


@listing("reports", "from_", "to", "outlet", "entity", "story")
def reports(asker: Asker, asked: Filter, most: int, form: Format) -> None:
    """List the reports on record by date of publication."""
    from onrecord.cli.cards import report_cards

    show(asker.reports(asked, most), report_cards, report_dict, form)


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

    from onrecord.cli.cards import hit_cards

    asked = replace(filter_from(given), words=text)
    rows = asking(ledger, as_of).search(asked, many(limit, everything, form))
    show(rows, lambda found: hit_cards(found, text), hit_dict, form)


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
    from onrecord.cli.cards import agenda_cards

    asker = asking(ledger, as_of)
    after, before = moment(given["from_"], "--from"), moment(given["to"], "--to", end=True)
    if ics is not None:
        from onrecord.cli.exporting import tell

        tell(asker.calendar(ics, after, before, given["story"]), "item")
        return
    show(asker.agenda(after, before, given["story"]), agenda_cards, agenda_dict, form)


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
    from onrecord.cli.cards import contradiction_cards

    asker = asking(ledger, as_of)
    rows = asker.contradictions(story, limit=many(limit, everything, form))
    titles = {e: asker.event(e).title for e in {r.event for r in rows}} if form is Format.TABLE else {}
    show(rows, lambda found: contradiction_cards(found, titles), contradiction_dict, form)


# --- what a row says to programs --------------------------------------------------------------------------------------


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
    for command in (stories, events, claims, quotes, entities, reports, search, agenda, contradictions):
        app.add_command(command)
