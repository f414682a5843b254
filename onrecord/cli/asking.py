"""Commands about one thing: a story, an event, a report; what changed; who carries what."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import words
from onrecord.cli.options import all_option, as_of_option, asking, format_option, ledger_option, moment
from onrecord.cli.output import Format, console, emit, harmless, one_line, print_json, say
from onrecord.cli.sourcing import sources
from onrecord.errors import NotFoundError

if TYPE_CHECKING:
    from onrecord.ask import Asker, Cell, ComparedEvent, Comparison, ReportRecord
    from onrecord.model import Change

FEW = 12  # events compared, or changes of a kind, unless all are asked for


def _print_one(value: dict[str, Any], form: Format) -> None:
    """One thing for programs: CSV has no shape for it."""
    import json

    from onrecord.errors import OptionError

    if form is Format.CSV:
        raise OptionError("--format", "this is no table; use json, or `onrecord export --to FILE.csv`")
    if form is Format.JSONL:
        print_json(value)
    else:
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))


@click.command()
@click.argument("story", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="Every event and claim, background too.")
@ledger_option
@format_option
@as_of_option
def story(story: str, everything: bool, ledger: Path | None, form: Format, as_of: str | None) -> None:
    """Show a story: its events with their standing and claims, what is planned, what contradicts, what is unnamed.

    \b
    Examples:
      onrecord story s4kq
      onrecord story s4kq --as-of 2026-03-03
    """
    found = asking(ledger, as_of).story(story)
    if form is not Format.TABLE:
        from onrecord.ask import event_to_contract, story_to_contract

        _print_one({**story_to_contract(found), "event_records": [event_to_contract(e) for e in found.events]}, form)
        return
    from onrecord.cli.story_view import WHOLE, Shown, print_story

    print_story(found, console(), WHOLE if everything else Shown())


@click.command()
@click.argument("event", metavar="ID")
@ledger_option
@format_option
@as_of_option
def event(event: str, ledger: Path | None, form: Format, as_of: str | None) -> None:
    """Show an event: every claim in time order, with its words, holder and origin."""
    asker = asking(ledger, as_of)
    found = asker.event(event)
    if form is not Format.TABLE:
        from onrecord.ask import event_to_contract

        _print_one(event_to_contract(found), form)
        return
    from onrecord.cli.story_view import Shown, print_event

    shown = Shown(claims=10_000, quotation=600, reasons=True)
    print_event(found, console(), shown, _titles(asker, [other for other, _ in found.unsure[: shown.rows]]))


def _titles(asker: Asker, events: Iterable[str]) -> dict[str, str]:
    """Titles of events, those not yet known at the moment left out."""
    found = {}
    for event in events:
        with suppress(NotFoundError):
            found[event] = asker.event(event).title
    return found


@click.command()
@click.argument("event", metavar="ID")
@ledger_option
@as_of_option
def why(event: str, ledger: Path | None, as_of: str | None) -> None:
    """Explain, in sentences, why an event stands as it does."""
    for sentence in asking(ledger, as_of).why(event).sentences:
        console().print(one_line(sentence), "", sep="\n")


@click.command()
@click.argument("report", metavar="ID")
@click.option("--marks", is_flag=True, help="Only the text with its colours, nothing between its sentences.")
@click.option("--plain", is_flag=True, help="Only the text, as it stands.")
@click.option("--revisions", is_flag=True, help="What each revision of its address claims otherwise than the last.")
@ledger_option
@format_option
@as_of_option
def report(
    report: str, marks: bool, plain: bool, revisions: bool, ledger: Path | None, form: Format, as_of: str | None
) -> None:
    """Show a report's text with its facts marked: sources, cues, contents, events, times, places.

    ID may be the report's address. Below each sentence stands who says what in it, and what happens.
    """
    if revisions:
        from onrecord.cli.revisions_view import emit_revisions

        emit_revisions(asking(ledger, as_of).revisions(report), form)
        return
    found: ReportRecord = asking(ledger, as_of).report(report)
    if form is not Format.TABLE:
        from onrecord.ask import reading_to_contract

        _print_one(reading_to_contract(found.reading), form)
    elif plain:
        click.echo(harmless(found.reading.report.text))
    else:
        from onrecord.cli.report_view import print_report

        print_report(found.reading, found.head, console(), facts=not marks)


@click.command()
@click.option("--since", required=True, metavar="TIME", help="Compared with what the record said at this moment.")
@click.option("--until", metavar="TIME", help="Up to this moment. Default: now.")
@click.option("--story", metavar="ID", help="Only this story.")
@ledger_option
@format_option
@all_option
def changes(
    since: str, until: str | None, story: str | None, ledger: Path | None, form: Format, everything: bool
) -> None:
    """Say what changed on the record: new, confirmed, denied, disputed, figures, planned.

    \b
    Examples:
      onrecord changes --since 2026-03-08
      onrecord changes --since 2026-03-08 --until 2026-03-10
    """
    start = moment(since, "--since")
    assert start is not None
    few = None if everything or form is not Format.TABLE else 2 * FEW  # some are told in the same words
    found = asking(ledger).changes(start, moment(until, "--until", end=True), story, few)
    if form is Format.TABLE:
        _print_briefing(found, 10_000 if everything else FEW)
    else:
        emit(found, (), _change_dict, form)


def _print_briefing(found: tuple[Change, ...], most: int) -> None:
    """A briefing of one page: a heading for each kind of change; what is told in the same words is told once."""
    from rich.text import Text

    from onrecord.ask import briefing
    from onrecord.cli.layout import ID, dated, dim, indented

    if not found:
        say("nothing changed", style=words.DIM)
    seen: set[str] = set()
    for heading, members in briefing(found):
        told = [c for c in members if not (c.words in seen or seen.add(c.words))]  # type: ignore[func-returns-value]
        if told:
            console().print(Text(heading.upper(), style="bold"))
        for change in told[:most]:
            what, dash, why = one_line(change.words).partition(" – ")
            line = Text(what, style="bold")
            line.append(dash + why, style="not bold")
            console().print(indented(dated(words.day(change.when), line, right=change.event[:ID])))
        if len(told) > most:
            console().print(indented(dim("… more: --all")))
        if told:
            console().print()


def _change_dict(change: Change) -> dict[str, Any]:
    when = change.when.isoformat() if change.when else None
    names = {"kind": change.kind, "event": change.event, "story": change.story, "when": when}
    return {**names, "words": change.words, "claim": change.claim}


@click.command()
@click.argument("story", metavar="ID")
@ledger_option
@format_option
@as_of_option
@all_option
def compare(story: str, ledger: Path | None, form: Format, as_of: str | None, everything: bool) -> None:
    """Compare the outlets of a story: which carries which event, on whose word, and what only one of them has."""
    found = asking(ledger, as_of).compare(story)
    if form is Format.TABLE:
        from onrecord.cli.comparison_view import print_comparison

        print_comparison(found, console(), 10_000 if everything else FEW)
    else:
        emit(found.rows, (), lambda row: _compared_dict(row, found), form)


def _mark(cell: Cell | None) -> str:
    """What a cell shows: on what the claim rests."""
    if cell is None:
        return "–"
    copied, denies = (" (copy)" if cell.copied else ""), (", denies" if cell.stance == "denies" else "")
    return words.RESTS_WORDS[cell.rests_on] + copied + denies


def _compared_dict(row: ComparedEvent, found: Comparison) -> dict[str, Any]:
    cells = {o: _mark(row.cell(o)) for o in found.outlets}
    return {"event": row.event, "title": row.title, "standing": row.standing.value, **cells}


def register(app: click.Group) -> None:
    for command in (story, event, why, report, changes, compare, sources):
        app.add_command(command)
