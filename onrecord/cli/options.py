"""Options that several commands share, each defined once."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.output import Format
from onrecord.model import QuoteForm, SourceKind, Stance, Standing, Status

if TYPE_CHECKING:
    from onrecord.ask import Asker, Filter, Ledger

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
    "--limit", "-n", type=click.IntRange(min=1), help="At most so many rows. Default: 20 in a table, else all."
)
all_option = click.option("--all", "everything", is_flag=True, help="Everything, without a limit.")

_FILTERS: dict[str, tuple[str, dict[str, Any]]] = {
    "from_": ("--from", {"metavar": "DATE", "help": "From this day on."}),
    "to": ("--to", {"metavar": "DATE", "help": "Up to this day."}),
    "until": ("--until", {"metavar": "DATE", "help": "Up to this day."}),
    "outlet": ("--outlet", {"help": "Only this outlet."}),
    "entity": ("--entity", {"metavar": "NAME", "help": "Only where this person, organisation or place is named."}),
    "actor": ("--actor", {"metavar": "NAME", "help": "Only events in which this one takes part."}),
    "type": ("--type", {"help": "Event type, such as CONSULT or PROTEST; of entities: person, organisation …"}),
    "status": ("--status", {"type": click.Choice([s.value for s in Status]), "help": "According to a holder."}),
    "standing": ("--standing", {"type": click.Choice([s.value for s in Standing]), "help": "Of the event."}),
    "place": ("--place", {"help": "Name of a place, or a country's three-letter code."}),
    "holder": ("--holder", {"metavar": "NAME", "help": "Who holds the claim."}),
    "by": ("--by", {"metavar": "NAME", "help": "Whose words."}),
    "kind": ("--kind", {"type": click.Choice([k.value for k in SourceKind]), "help": "Kind of source."}),
    "stance": ("--stance", {"type": click.Choice([s.value for s in Stance]), "help": "What the source does with it."}),
    "quote": ("--quote", {"type": click.Choice([q.value for q in QuoteForm]), "help": "Form of the quotation."}),
    "story": ("--story", {"metavar": "ID", "help": "Only this story."}),
}


def filter_options(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The named filters as options of a command."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in reversed(names):
            flag, settings = _FILTERS[name]
            function = click.option(flag, name, default=None, **settings)(function)
        return function

    return wrap


def filter_from(given: dict[str, Any]) -> Filter:
    """What a command's filter options ask for."""
    from onrecord.ask import Filter
    from onrecord.errors import OptionError

    asked = {k: v for k, v in given.items() if v is not None}
    for name, other in (("by", "holder"), ("actor", "entity"), ("until", "to")):
        if name in asked:
            if other in asked:
                raise OptionError(f"--{name}", f"asks the same as --{other}; give one of them")
            asked[other] = asked.pop(name)
    asked["from_"] = moment(asked.get("from_"), "--from")
    asked["to"] = moment(asked.get("to"), "--to", end=True)
    return Filter(**asked)


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
    from onrecord.errors import LedgerError

    path = ledger_path(given)
    ledger = open_ledger(given)
    if ledger.without_standing(1):
        # A run that was killed left standings to compute; a ledger that cannot be written answers without them.
        with suppress(LedgerError), open_ledger(path, writing=True) as writable:
            Asker(writable).refresh()
    return Asker(ledger, as_of=moment(as_of, "--as-of", end=True))
