"""Files for other programs: the fixed formats of ``onrecord export``, and ``onrecord map``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import as_of_option, asking, filter_from, filter_options, ledger_option
from onrecord.cli.output import say
from onrecord.errors import OptionError

if TYPE_CHECKING:
    from onrecord.ask import Asker, Exported

TABLES = ("jsonl", "csv", "parquet")
FIXED = ("gdelt", "polecat", "plover", "ngec", "geojson")  # as onrecord.ask.CODED; here, so that help stays light
_AS_THEY_ARE = ("happened", "ongoing")
_OVER = ("denied", "retracted")

all_statuses_option = click.option(
    "--all-statuses", is_flag=True, help="Also what is planned, expected, possible, denied or did not happen."
)
report_dates_option = click.option(
    "--report-dates", is_flag=True, help="Give events with no day of their own the day of their earliest report."
)


def fixed_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the fixed formats."""
    return all_statuses_option(report_dates_option(function))


def wrote_fixed(path: Path, form: str | None, asker: Asker, given: dict[str, Any], *, safe: bool) -> bool:
    """Writes a fixed format, if one is asked for by name or by the file's ending; else takes its options out.

    Raises:
        OptionError: for a file whose ending tells no format; for options of tables with a fixed one, and the reverse.
    """
    chosen = form or path.suffix.lstrip(".").lower()
    options = {name: given.pop(name) for name in ("all_statuses", "report_dates")}
    if chosen not in (*TABLES, *FIXED):
        known = f"{path.name} does not tell the format: give one of {', '.join((*TABLES, *FIXED))}"
        raise OptionError("--as", "a calendar is of `onrecord agenda --ics FILE`" if chosen == "ics" else known)
    if chosen not in FIXED:
        for name in (n for n, value in options.items() if value):
            raise OptionError(f"--{name.replace('_', '-')}", f"is of {', '.join(FIXED)}; tables hold every status")
        return False
    if safe:
        raise OptionError("--safe", "is of csv")
    _write(path, chosen, asker, given, options)
    return True


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
    _write(path, "geojson", asking(ledger, as_of), given, {"all_statuses": all_statuses})


def _write(path: Path, form: str, asker: Asker, given: dict[str, Any], options: dict[str, bool]) -> None:
    # Who asks for what is planned, or denied, wants it.
    wanted = given.get("status") not in (None, *_AS_THEY_ARE) or given.get("standing") in _OVER
    options["all_statuses"] = options["all_statuses"] or wanted
    tell(asker.export_coded(path, form, filter_from(given), **options), "event")


def tell(done: Exported, what: str) -> None:
    """What was written, and what was not."""
    main, *beside = done.files
    say(f"{main}: {done.rows:,} {what}{'' if done.rows == 1 else 's'}")
    for file in beside:
        say(f"beside it: {file}")
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
    app.add_command(map_)
