"""``onrecord sources``: on whom the claims of each outlet or story rest, and the claims behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import words
from onrecord.cli.listing import claim_dict, many, show
from onrecord.cli.options import (
    all_option,
    as_of_option,
    asking,
    filter_from,
    filter_options,
    format_option,
    ledger_option,
    limit_option,
)
from onrecord.cli.output import Column, Format, console, one_line, say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onrecord.ask import Asker, Filter, Sourcing

# The columns as people see and name them, and as programs do.
COLUMNS = {
    "named": "named",
    "offices": "office",
    "documents": "document",
    "unnamed": "unnamed",
    "outlets": "other_outlet",
    "none": "none",
}
ORDERS = {"name": "name", "claims": "claims", **COLUMNS}
SHORT_ID = 9
NARROW = 72  # characters, below which the table has no room for names


@click.command("sources")
@filter_options("from_", "to", "outlet", "story")
@click.option("--by", type=click.Choice(["outlet", "story"]), default="outlet", help="A row for each outlet, or story.")
@click.option("--sort", type=click.Choice(list(ORDERS)), default="claims", help="The largest share first.")
@click.option("--list", "column", type=click.Choice(list(COLUMNS)), help="List the claims behind this column.")
@ledger_option
@format_option
@as_of_option
@limit_option
@all_option
def sources(
    by: str, sort: str, column: str | None, ledger: Path | None, form: Format, as_of: str | None,
    limit: int | None, everything: bool, **given: Any,
) -> None:  # fmt: skip
    """For each outlet or story: the share of its claims that rests on whom.

    \b
    named      persons by name: on the record
    offices    an office, company or spokesperson without a name
    documents  a statement, report or post
    unnamed    officials, sources, people familiar with the matter
    outlets    taken from another outlet
    none       the report's own voice, with no source

    \b
    Examples:
      onrecord sources --sort unnamed
      onrecord sources --story s4kq
      onrecord sources --by story --from 2026-03-01
      onrecord sources --outlet "The Daily Example" --list unnamed
      onrecord export --table sources --to sources.csv
    """
    from onrecord.ask import ordered

    asker, asked, most = asking(ledger, as_of), filter_from(given), many(limit, everything, form)
    if column is not None:
        _show_claims(asker, asked, column, most, form)
        return
    rows = ordered(asker.sources(asked, by=by), ORDERS[sort])
    narrow = console().width < NARROW
    show(rows[:most], cards if by == "story" or narrow else outlet_table(), lambda row: row.as_dict(), form)
    if form is Format.TABLE and rows:
        _print_hint(rows[0], len(rows) - most, by)


def _show_claims(asker: Asker, asked: Filter, column: str, most: int, form: Format) -> None:
    """The claims behind a number, and on standard error how many there are of how many."""
    from onrecord.cli.cards import claim_cards

    rest = COLUMNS[column]
    show(asker.resting(rest, asked, most), claim_cards, claim_dict, form)
    counted = asker.sources(asked)
    behind, total = sum(len(getattr(row, rest)) for row in counted), sum(row.total for row in counted)
    shown = f", {most:,} of them shown (--all: every one)" if behind > most else ""
    say(f"{column}: {behind:,} of {words.count(total, 'claim')}{shown}", style=words.DIM)


def outlet_table() -> tuple[Column[Sourcing], ...]:
    """A row for each outlet: its claims, and each column's share of them."""
    name: Column[Sourcing] = Column("outlet", lambda row: row.name, ratio=1)
    claims: Column[Sourcing] = Column("claims", lambda row: f"{row.total:,}", right=True)
    return (name, claims, *(_share_column(name, rest) for name, rest in COLUMNS.items()))


def _share_column(name: str, rest: str) -> Column[Sourcing]:
    return Column(name, lambda row: f"{row.share(rest):.0%}", right=True)


def cards(rows: Sequence[Sourcing]) -> Iterator[RenderableType]:
    """An entry for each row: its name, its claims, and the columns that are not empty."""
    from rich.console import Group
    from rich.text import Text

    from onrecord.cli.layout import beside, dim, indented

    for row in rows:
        shares = [f"{name} {row.share(rest):.0%}" for name, rest in COLUMNS.items() if getattr(row, rest)]
        facts = " · ".join([words.count(row.total, "claim"), *shares])
        yield Group(beside(Text(one_line(row.name), style="bold"), _short(row)), indented(dim(facts)))


def _short(row: Sourcing) -> str:
    return (row.story or "")[:SHORT_ID]


def _print_hint(row: Sourcing, more: int, by: str) -> None:
    """How to get at the rows that are left out, and at the claims behind a number, with a command that can be run."""
    from onrecord.cli.layout import dim

    if more > 0:
        console().print(dim(f"… {more:,} more: --all"))
    largest = max(COLUMNS, key=lambda name: len(getattr(row, COLUMNS[name])))
    one = f"--story {_short(row)}" if by == "story" else f'--outlet "{row.name}"'
    console().print(dim(f"\nthe claims behind a number:\n  onrecord sources {one} --list {largest}"))
