"""Pieces that every screen is put together from: a head with an id, a line with a date, an indent."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.output import one_line
from onrecord.cli.words import CUE, DIM, SOURCE
from onrecord.model import Attribution, Stance

ID = 9  # characters of an id that are shown: short, and enough for a million
DAY = 11  # characters of a date: 12 Mar 2026
MINUTE = 17  # and of one with its time


def beside(left: Text, right: str) -> Table:
    """A head over the whole width, with an id at its right."""
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_row(left, Text(right, style=DIM) if right else None)
    return table


def dated(day: str, head: Text, *rest: RenderableType, right: str = "", width: int = DAY, whole: bool = False) -> Table:
    """A date; beside it a head, with an id at its right if there is one, and below the head what wraps under it.

    It takes the ``whole`` width where an id at the right is to line up with others.
    """
    whole = whole or bool(right)
    table = Table.grid(expand=whole, padding=(0, 2, 0, 0))
    table.add_column(width=width, min_width=width, justify="right")
    table.add_column(ratio=1 if whole else None)
    table.add_row(Text(day, style=DIM), Group(beside(head, right) if right else head, *rest))
    return table


def grid(*, first: int | None = None) -> Table:
    """Rows without lines; a first column that wraps at ``first`` characters, or never."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=first is None, max_width=first)
    return table


def indented(part: RenderableType, by: int = 2) -> Padding:
    return Padding(part, (0, 0, 0, by))


def dim(text: str) -> Text:
    return Text(text, style=DIM)


def said(source: str, item: Attribution) -> Text:
    """Who says it by which words, and what that does with the content where the words do not tell."""
    line = Text()
    line.append(one_line(source) or "nobody named", style=SOURCE)
    line.append(f" ({item.source_kind})", style=DIM)
    cue = " … ".join(one_line(c.text) for c in item.cue)
    line.append(f" {cue}" if cue else "", style=CUE)
    stance = item.stance.replace("_", " ")
    if not cue or (item.stance is not Stance.ASSERTS and stance[:4] not in cue.lower()):
        line.append(f" · {stance}")
    return line
