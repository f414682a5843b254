"""Commands that keep the ledger: export, check, rebuild, and completion for the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from onrecord.cli.exporting import FIXED, fixed_options, wrote_fixed
from onrecord.cli.options import (
    as_of_option,
    asking,
    filter_from,
    filter_options,
    format_option,
    ledger_option,
    open_ledger,
)
from onrecord.cli.output import Column, Format, emit, say

TABLES = ("claims", "events", "quotes", "sources")


@click.command()
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
@click.option("--table", type=click.Choice(TABLES), default="claims", show_default=True)
@click.option(
    "--as", "form", type=click.Choice(["jsonl", "csv", "parquet", *FIXED]), help="Default: by the file's ending."
)
@click.option("--safe", is_flag=True, help="CSV that no spreadsheet takes for formulas.")
@filter_options("from_", "until", "outlet", "entity", "type", "status", "standing", "place", "story")
@fixed_options
@ledger_option
@as_of_option
def export(
    path: Path, table: str, form: str | None, safe: bool, ledger: Path | None, as_of: str | None, **given: Any
) -> None:
    """Write claims, events, quotes or sources to a file: JSON Lines, CSV or Parquet, claims with their sentences.

    \b
    Examples:
      onrecord export --to claims.csv --safe
      onrecord export --to events.parquet --table events --type PROTEST
      onrecord export --to quotes.csv --table quotes --outlet "The Daily Example"
      onrecord export --to events.export.CSV --as gdelt

    \b
    Fixed formats of event data, each with what it has no column for beside it in FILE.record.jsonl:
      gdelt (Events, and Mentions beside), polecat, plover, ngec; and geojson, as `onrecord map` writes it
    """
    if wrote_fixed(path, form, asking(ledger, as_of), given, safe=safe):
        return
    number = asking(ledger, as_of).export(path, table, filter_from(given), form=form, safe=safe)
    say(f"{path}: {number:,} {table}")


@click.command()
@ledger_option
@format_option
def check(ledger: Path | None, form: Format) -> int:
    """Check that the ledger is whole: the file, ids, spans, and that nothing derived lacks its source."""
    with open_ledger(ledger) as opened:
        problems = opened.check()
        counts = opened.counts()
    columns = (Column[Any]("what", lambda p: p.what), Column[Any]("problem", lambda p: p.reason, ratio=1))
    emit(problems, columns, lambda p: {"what": p.what, "problem": p.reason}, form)
    if not problems:
        say("whole: " + ", ".join(f"{counts[k]:,} {k}" for k in ("reports", "readings", "judgements", "stories")))
    return 1 if problems else 0


@click.command()
@ledger_option
def rebuild(ledger: Path | None) -> None:
    """Derive everything anew from readings, judgements and corrections; nothing of these is touched."""
    from onrecord.ask import Asker
    from onrecord.pipeline import rebuild as derive

    with open_ledger(ledger, writing=True) as opened:
        number = derive(opened)
        Asker(opened).refresh()
    say(f"{number:,} reports linked anew")


SHELLS = {
    "bash": 'eval "$(_ONRECORD_COMPLETE=bash_source onrecord)"',
    "zsh": 'eval "$(_ONRECORD_COMPLETE=zsh_source onrecord)"',
    "fish": "_ONRECORD_COMPLETE=fish_source onrecord | source",
}


@click.command()
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
def completion(shell: str) -> None:
    """Print the line that makes SHELL complete commands and options; put it into the shell's start file."""
    click.echo(SHELLS[shell])


def register(app: click.Group) -> None:
    for command in (export, check, rebuild, completion):
        app.add_command(command)
