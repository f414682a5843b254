"""A story's outlets compared on the terminal: each event with who carries it on whose word, and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import ID, beside, dim, grid, indented
from onrecord.cli.output import one_line

if TYPE_CHECKING:
    from onrecord.ask import ComparedEvent, Comparison, Sourcing


def print_comparison(found: Comparison, console: Console, most: int) -> None:
    """Events, the weightiest first and at most so many; what only one outlet has; on whom each outlet rests."""
    rows = [r for r in found.rows if not r.background] or list(found.rows)
    told = list({row.title: row for row in reversed(rows)}.values())[::-1]
    for row in told[:most]:
        console.print(compared_view(row, found), Text())
    if len(told) > most:
        console.print(dim(f"… {words.count(len(told) - most, 'more event')}: --all\n"))
    _print_only(found, console, most)
    console.print(Text("ON WHOM THEY REST", style="bold"))
    for sourced in found.sourcing:
        console.print(indented(rests_text(sourced)))


def compared_view(row: ComparedEvent, found: Comparison) -> Group:
    """An event: the outlets that carry it, by what they rest on; and those that do not."""
    head = Text(f"{words.STANDING_MARK[row.standing]} {row.standing.upper()}", style=words.STANDING_STYLE[row.standing])
    head.append(f"  {one_line(row.title)}", style="bold not dim default")
    groups: dict[str, list[str]] = {}
    for cell in row.cells:
        denies = ", denied" if cell.stance == "denies" else ""
        name = one_line(cell.outlet) + (" (copy)" if cell.copied else "")
        groups.setdefault(words.RESTS_WORDS[cell.rests_on] + denies, []).append(name)
    table = grid()
    for rest, outlets in groups.items():
        table.add_row(dim(rest), Text(", ".join(outlets)))
    if absent := [one_line(o) for o in found.outlets if row.cell(o) is None]:
        table.add_row(dim("not in"), dim(", ".join(absent)))
    return Group(beside(head, row.event[:ID]), indented(table))


def _print_only(found: Comparison, console: Console, most: int) -> None:
    titles = {r.event: one_line(r.title) for r in found.rows if not r.background}
    for outlet, events in found.only:
        alone = list(dict.fromkeys(titles[e] for e in events if e in titles))
        if not alone:
            continue
        console.print(Text(f"ONLY {one_line(outlet).upper()}", style="bold"))
        for title in alone[:most]:
            console.print(indented(Text(title)))
        if len(alone) > most:
            console.print(indented(dim(f"… {len(alone) - most} more: --all")))
        console.print()


def rests_text(row: Sourcing) -> Text:
    shares = f"{row.share('unnamed'):.0%} on unnamed sources, {row.share('none'):.0%} with no source"
    return Text(f"{one_line(row.name)}: {words.count(row.total, 'claim')}, {shares}")
