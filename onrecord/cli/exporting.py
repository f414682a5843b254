"""Commands that write files for other programs: export and map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import as_of_option, asking, filter_from, filter_options, ledger_option
from onrecord.cli.output import say

if TYPE_CHECKING:
    from onrecord.ask import Exported

# As onrecord.ask.FORMATS and CODED have them; written out so that help stays light.
TABLES = ("jsonl", "csv", "parquet")
CODED = ("gdelt", "polecat", "plover", "ngec", "geojson")

all_statuses_option = click.option(
    "--all-statuses", is_flag=True, help="Also what is planned, expected, possible, denied or did not happen."
)


@click.command()
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
@click.option("--table", type=click.Choice(["claims", "events"]), help="Of jsonl, csv and parquet.  [default: claims]")
@click.option("--as", "form", type=click.Choice([*TABLES, *CODED]), help="Default: by the file's ending.")
@click.option("--safe", is_flag=True, help="CSV that no spreadsheet takes for formulas.")
@all_statuses_option
@click.option(
    "--report-dates", is_flag=True, help="Give events with no day of their own the day of their earliest report."
)
@filter_options("from_", "until", "outlet", "entity", "type", "status", "standing", "place", "story")
@ledger_option
@as_of_option
def export(
    path: Path, table: str | None, form: str | None, safe: bool, all_statuses: bool, report_dates: bool,
    ledger: Path | None, as_of: str | None, **given: Any,
) -> None:  # fmt: skip
    """Write claims or events to a file: a table with each row's sentence, or a fixed format of event data.

    Tables are jsonl, csv and parquet. gdelt (Events, and Mentions beside), polecat, plover and ngec have their own
    columns, so what onrecord knows beyond these stands beside them, by the same ids, in FILE.record.jsonl. They leave
    out what is not said to have happened. docs/exports.md tells every column.

    \b
    Examples:
      onrecord export --to claims.csv --safe
      onrecord export --to events.parquet --table events --type PROTEST
      onrecord export --to events.export.CSV --as gdelt
      onrecord export --to polecat.txt --as polecat --from 2026-03-01
    """
    chosen = form or path.suffix.lstrip(".").lower()
    if chosen in CODED:
        _refuse(chosen, table, safe)
        _coded(path, chosen, ledger, as_of, given, all_statuses=all_statuses, report_dates=report_dates)
        return
    if all_statuses or report_dates:
        from onrecord.errors import OptionError

        raise OptionError(
            "--all-statuses", f"this and --report-dates are of {', '.join(CODED)}: tables hold everything"
        )
    story = given.pop("story")
    number = asking(ledger, as_of).export(path, table or "claims", filter_from(given), story, form=form, safe=safe)
    say(f"{path}: {number:,} {table or 'claims'}")


def _refuse(form: str, table: str | None, safe: bool) -> None:
    """Options of tables mean nothing to a format that is fixed."""
    from onrecord.errors import OptionError

    if table == "claims":
        raise OptionError("--table", f"{form} has a row an event; claims stand in its .record.jsonl")
    if safe:
        raise OptionError("--safe", "is of csv")


@click.command("map")
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
@all_statuses_option
@filter_options("from_", "until", "outlet", "entity", "type", "status", "standing", "place", "story")
@ledger_option
@as_of_option
def map_(path: Path, all_statuses: bool, ledger: Path | None, as_of: str | None, **given: Any) -> None:
    """Write the events whose place is known as GeoJSON: points with standing, status, time, sentence and report.

    \b
    Examples:
      onrecord map --to events.geojson
      onrecord map --to protests.geojson --type PROTEST --from 2026-03-01
    """
    _coded(path, "geojson", ledger, as_of, given, all_statuses=all_statuses)


def _coded(
    path: Path, form: str, ledger: Path | None, as_of: str | None, given: dict[str, Any], **options: bool
) -> None:
    # Who asks for what is planned, or denied, wants it.
    wanted = given.get("status") not in (None, "happened", "ongoing") or given.get("standing") in (
        "denied",
        "retracted",
    )
    options["all_statuses"] = options["all_statuses"] or wanted
    tell(asking(ledger, as_of).export_coded(path, form, filter_from(given), **options), "event")


def tell(done: Exported, what: str) -> None:
    """What was written, and what was not."""
    for file in done.files:
        say(f"{file}: {done.rows:,} {what}{'' if done.rows == 1 else 's'}" if file == done.files[0] else f"{file}")
    if done.unrealised:
        say(f"left out: {_counted(done.unrealised)}; --all-statuses keeps them")
    if done.lacking:
        say(f"left out: {_counted(done.lacking)}")


def _counted(reasons: Mapping[str, int]) -> str:
    """``50 (31 planned, 19 did not happen)``; of a single reason ``31 planned``."""
    ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{number:,} {reason}" for reason, number in ranked)
    return listed if len(ranked) == 1 else f"{sum(reasons.values()):,} ({listed})"


def register(app: click.Group) -> None:
    for command in (export, map_):
        app.add_command(command)
