"""Options that several commands share, each defined once."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.output import Format

if TYPE_CHECKING:
    from onrecord.ask import Asker
    from onrecord.ledger import Ledger

DEFAULT_LEDGER = "onrecord.ledger"
EVERYTHING = 10**9

ledger_option = click.option(
    "--ledger",
    "-l",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The ledger. Default: $ONRECORD_LEDGER, else onrecord.ledger here.",
)
format_option = click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice([f.value for f in Format]),
    default=Format.TABLE.value,
    callback=lambda _context, _option, value: Format(value),
    help="table for people; json, jsonl or csv for programs.",
)
as_of_option = click.option(
    "--as-of", metavar="TIME", help="What the record said at this moment: 2026-03-05 or 2026-03-05T18:00Z."
)
limit_option = click.option(
    "--limit", "-n", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many rows."
)
all_option = click.option("--all", "everything", is_flag=True, help="Everything, without a limit.")
from_option = click.option("--from", "from_", metavar="DATE", help="Known from this day on.")
to_option = click.option("--to", metavar="DATE", help="Known up to this day.")
outlet_option = click.option("--outlet", help="Only this outlet.")


def ledger_path(given: Path | None) -> Path:
    return given or Path(os.environ.get("ONRECORD_LEDGER") or DEFAULT_LEDGER)


def moment(text: str | None, name: str, *, end: bool = False) -> datetime | None:
    """A day or moment in ISO 8601, in UTC unless it names an offset; a day means its start, or its end.

    Raises:
        OptionError: if it is neither.
    """
    from onrecord.errors import OptionError

    if text is None:
        return None
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(name, f"“{text}” is no day or time; write 2026-03-05 or 2026-03-05T18:00+01:00") from error
    if end and len(text.strip()) <= 10:
        value = value.replace(hour=23, minute=59, second=59, microsecond=999999)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_ledger(given: Path | None, *, writing: bool = False) -> Ledger:
    """Opens the ledger of a question: it must be there.

    Raises:
        NotFoundError: saying how to make one.
    """
    from onrecord.errors import NotFoundError
    from onrecord.pipeline import open_ledger as opened

    path = ledger_path(given)
    if not path.exists():
        raise NotFoundError(
            str(path), "there is no ledger here; `onrecord read FOLDER` makes one, or name it with --ledger"
        )
    return opened(path, writing=writing)


def asking(given: Path | None, as_of: str | None = None) -> Asker:
    """An asker over the ledger of a question."""
    from onrecord.ask import Asker

    return Asker(open_ledger(given), as_of=moment(as_of, "--as-of", end=True))
