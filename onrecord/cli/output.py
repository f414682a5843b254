"""How commands print: one set of columns a listing, four formats, and text from the web made harmless."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TextIO, TypeVar, cast

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

T = TypeVar("T")
PIPE_WIDTH = 100


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a table: its heading, its text for a row, its style, its share of the width (0: as needed)."""

    heading: str
    text: Callable[[T], str]
    style: str = ""
    ratio: int = 0
    right: bool = False  # numbers line up at their right


# What people see of rows: columns of a table, or entries of some lines each.
View = Sequence[Column[T]] | Callable[[Sequence[T]], "Iterable[RenderableType]"]


# C0 and C1 controls (but tab and newline), and the marks that turn the direction of text: one for one, offsets stay.
_HARMFUL = {c: "\ufffd" for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A)}
_HARMFUL |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F), "\u2060")


def harmless(text: str) -> str:
    """Text without control codes: what a report says cannot drive the reader's terminal."""
    return text.translate(_HARMFUL)


def one_line(text: str) -> str:
    return " ".join(harmless(text).split())


def shorten(text: str, width: int) -> str:
    """One line of at most ``width`` characters, cut at a word."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: max(1, width - 1)]
    return (cut.rsplit(" ", 1)[0] if " " in cut[width // 2 :] else cut).rstrip(" ,;:–-") + "…"


def excerpt(text: str, width: int, start: int, end: int) -> str:
    """One line of at most ``width`` characters that holds the text from ``start`` to ``end``, cut at words."""
    begin, stop = len(one_line(text[:start])), len(one_line(text[:end]))
    line = one_line(text)
    if stop <= width - 2 or begin >= len(line):
        return shorten(text, width)
    # Two words in three before it: what is said of it mostly stands there.
    first = max(0, min(begin, stop - (2 * width) // 3))
    space = line.find(" ", first - 1 if first else 0)
    first = space + 1 if 0 <= space < begin else first
    return "… " + shorten(line[first:], width - 2)


class Trimmed:
    """A stream that drops the blanks at the ends of lines, with which a terminal's lines are filled up."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(_TRAILING.sub("", text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_TRAILING = re.compile(r" +(?=\n)")


@lru_cache(maxsize=2)
def console(*, error: bool = False) -> Console:
    """Where people read: in colour on a terminal, plain in a pipe, and plain wherever NO_COLOR is set."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    terminal = stream.isatty()
    width = None if terminal or "COLUMNS" in os.environ else PIPE_WIDTH
    file = stream if terminal else cast("TextIO", Trimmed(stream))
    return Console(file=file, stderr=error, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def say(*words: str, style: str | None = None) -> None:
    """A line for people, on standard error: progress, warnings, what to do next."""
    console(error=True).print(harmless(" ".join(words)), style=style)


def emit(rows: Iterable[T], view: View[T], as_dict: Callable[[T], dict[str, Any]], form: Format) -> int:
    """Prints a listing and returns how many rows it had."""
    if form is Format.TABLE:
        return _cards(list(rows), view) if callable(view) else _table(list(rows), view)
    if form is Format.CSV:
        return _csv(list(rows), as_dict)
    if form is Format.JSON:
        held = [as_dict(r) for r in rows]
        sys.stdout.write(json.dumps(held, ensure_ascii=False, indent=1) + "\n")
        return len(held)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        print_json(as_dict(row))
    return count


def print_json(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _cards(rows: list[T], view: Callable[[Sequence[T]], Iterable[RenderableType]]) -> int:
    for number, card in enumerate(view(rows)):
        console().print(*(["", card] if number else [card]), sep="\n")
    return len(rows)


def _table(rows: list[T], columns: Sequence[Column[T]]) -> int:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(
            column.heading, style=column.style, ratio=column.ratio or None, overflow="fold", justify=justify
        )
    for row in rows:
        table.add_row(*(Text(one_line(c.text(row))) for c in columns))
    if rows:
        console().print(table)
    return len(rows)


def _csv(rows: list[T], as_dict: Callable[[T], dict[str, Any]]) -> int:
    held = [as_dict(r) for r in rows]
    if not held:
        return 0
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(held[0]), lineterminator="\r\n")
    writer.writeheader()
    for row in held:
        writer.writerow({k: _cell(v) for k, v in row.items()})
    sys.stdout.write(sink.getvalue())
    return len(held)


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may open it: nested ones as JSON, none that a spreadsheet would run as a formula."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        clean = value.replace("\0", "\ufffd")
        return "'" + clean if clean[:1] in ("=", "+", "-", "@", "\t", "\r") else clean
    return value
