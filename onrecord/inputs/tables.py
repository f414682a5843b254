"""Rows as drafts: JSON Lines, JSON, CSV and TSV, streamed; a broken row is a failure, the rest goes on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from onrecord.errors import InputError, TooLargeError
from onrecord.inputs import fields
from onrecord.inputs.build import Draft
from onrecord.inputs.decode import binary_reason, bom_encoding, decode, decode_narrow, wide_encoding
from onrecord.inputs.streams import Source, size_in_words

_DELIMITERS = ",;\t|"
_CONTAINERS = (
    "articles",
    "items",
    "results",
    "data",
    "reports",
    "stories",
    "documents",
    "docs",
    "entries",
    "hits",
    "news",
)
Row = Draft | InputError


def json_lines(source: Source) -> Iterator[Row]:
    """A draft for every line; an error, with its line, for every line that is none."""
    _refuse_binary(source)
    for number, line in _lines(source):
        file = f"{source.file}#{number}"
        if isinstance(line, InputError):
            yield line
            continue
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if not source.broken:  # the last line of an archive that breaks off is told once, by the break
                yield InputError(file, f"this line is not JSON ({json_fault(error)}): mend or remove it")
            continue
        yield _row(value, file, f"{source.address}#{number}", source.address)


def json_document(source: Source) -> Iterator[Row]:
    """A draft for the one object, or for each object of the list, in a JSON document.

    Raises:
        InputError: if it is no JSON, too large, or holds no objects.
    """
    data = source.whole(source.budget.limits.file)
    text = decode(data, source.file)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if source.broken:
            return
        raise InputError(
            source.file, f"this is not JSON ({json_fault(error)}): mend it, or write one object a line"
        ) from error
    rows = _listed(value)
    if rows is None:
        raise InputError(source.file, "this JSON holds no report: an object with a text, or a list of such, is needed")
    alone = not isinstance(value, list) and rows and rows[0] is value
    for number, row in enumerate(rows, 1):
        mark = "" if alone else f"#{number}"
        yield _row(row, source.file + mark, source.address + mark, source.address)


def _listed(value: Any) -> list[Any] | None:
    """The rows of a document: itself, its members, or the list an answer of a news service wraps them in."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    if fields.first(fields.folded(value), (*fields.TEXT, *fields.HTML)) is None:
        for name in _CONTAINERS:
            inner = value.get(name)
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
    return [value]


def json_fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]


def table(source: Source) -> Iterator[Row]:
    """A draft for every row of a CSV or TSV table.

    Raises:
        InputError: if no column holds the text; names the columns found.
    """
    _refuse_binary(source)
    faults: list[InputError] = []
    lines = _Physical(source, faults)
    header = next((line for line in lines if line.strip()), "")
    delimiter = delimiter_of(header)
    # The library's bound is one for the whole process; ours is the size of a row.
    csv.field_size_limit(max(csv.field_size_limit(), source.budget.limits.row))
    try:
        if "\r" in header.rstrip("\r\n"):
            raise csv.Error("a bare carriage return")
        names = next(csv.reader(io.StringIO(header), delimiter=delimiter), [])
    except csv.Error as error:
        reason = f"its first line, which names the columns, cannot be read ({error}): save it with usual line ends"
        raise InputError(source.file, reason) from error
    if not fields.known_columns(names) & {*fields.TEXT, *fields.HTML, *fields.SUMMARY}:
        found = fields.names_in_words(names)
        raise InputError(source.file, f"no column holds the text (columns found: {found}): name one 'text'")
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        started = lines.number + 1
        file = f"{source.file}#{started}"
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(InputError(file, f"this row cannot be read ({error}): mend or remove it"))
            values = []
        yield from faults
        faults.clear()
        if not any(v.strip() for v in values):
            continue
        if source.broken and len(values) < len(names):
            continue
        yield _row(
            dict(zip_longest(names, values[: len(names)], fillvalue="")),
            file,
            f"{source.address}#{started}",
            source.address,
        )
    yield from faults


def delimiter_of(header: str) -> str:
    """The delimiter under which the header names most known fields, else has most columns."""

    def weight(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader(io.StringIO(header), delimiter=delimiter), [])
        return len(fields.known_columns(names)), len(names)

    try:
        return max(_DELIMITERS, key=weight)
    except csv.Error:
        return ","


class _Physical:
    """The physical lines of a table for the CSV reader, with the number of the last one given."""

    def __init__(self, source: Source, faults: list[InputError]) -> None:
        self.number = 0
        self.lines = _lines(source)
        self.faults = faults

    def __iter__(self) -> _Physical:
        return self

    def __next__(self) -> str:
        for number, line in self.lines:
            self.number = number
            if isinstance(line, InputError):
                self.faults.append(line)
                continue
            return line
        raise StopIteration


def _refuse_binary(source: Source) -> None:
    reason = binary_reason(source.head())
    if reason:
        raise InputError(source.file, reason)


def _lines(source: Source) -> Iterator[tuple[int, str | InputError]]:
    """Numbered lines, decoded; a line above the bound on rows is an error and is passed over."""
    wide = wide_encoding(source.head())
    limit = source.budget.limits.row
    if wide:
        yield from _wide_lines(source, wide, limit)
        return
    if bom_encoding(source.head()) == "utf-8":
        source.read(3)
    number = 0
    while data := source.readline(limit + 1):
        number += 1
        if len(data) <= limit:
            yield number, decode_narrow(data)
            continue
        while data and not data.endswith(b"\n"):
            data = source.readline(limit)
        yield number, _long_row(source, number, limit)


def _long_row(source: Source, number: int, limit: int) -> InputError:
    reason = f"this row is longer than {size_in_words(limit)}: split its text, or save it as a file of its own"
    return TooLargeError(f"{source.file}#{number}", reason)


class _Raw(io.RawIOBase):
    def __init__(self, source: Source) -> None:
        self.source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _wide_lines(source: Source, encoding: str, limit: int) -> Iterator[tuple[int, str | InputError]]:
    text = io.TextIOWrapper(io.BufferedReader(_Raw(source)), encoding=encoding, errors="replace", newline="\n")
    number = 0
    while line := text.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line.removeprefix("\ufeff") if number == 1 else line
            continue
        while line and not line.endswith("\n"):
            line = text.readline(limit)
        yield number, _long_row(source, number, limit)


def _row(value: Any, file: str, address: str, container: str) -> Row:
    """One row as a draft, or the reason why it is none."""
    if not isinstance(value, Mapping):
        return InputError(file, f"this is no object with fields but {_kind(value)}: mend or remove it")
    row = fields.folded(value)
    text = fields.running_text(fields.first(row, fields.TEXT))
    html = fields.first(row, fields.HTML) if text is None else None
    if text is None and not isinstance(html, str):
        text = fields.running_text(fields.first(row, fields.SUMMARY))
    if text is None and not isinstance(html, str):
        if set(row) & {*fields.TEXT, *fields.HTML}:
            return InputError(file, "its text field is empty: fill it or remove the row")
        return InputError(
            file, f"no field holds the text (fields found: {fields.names_in_words(value)}): name one 'text'"
        )
    draft = Draft(
        file=file,
        address=_address(row, address, container, text or str(html)),
        text=text or "",
        title=fields.words(fields.first(row, fields.TITLE)),
        outlet=_outlet(row),
        byline=fields.words(fields.first(row, fields.BYLINE)),
        published=fields.first(row, fields.PUBLISHED),
        updated=fields.first(row, fields.UPDATED),
        language=fields.words(fields.first(row, fields.LANGUAGE)),
    )
    if text is not None:
        return draft
    from onrecord.inputs.pages import fill

    try:
        return fill(draft, str(html))
    except InputError as error:
        return error


def _kind(value: Any) -> str:
    kinds = ((bool, "a truth value"), (str, "a string"), ((int, float), "a number"), (list, "a list"))
    return next((words for kind, words in kinds if isinstance(value, kind)), "nothing (null)")


def _address(row: Mapping[str, Any], address: str, container: str, text: str) -> str:
    for names in (fields.ADDRESS, fields.IDENTITY):
        stated = fields.words(fields.first(row, names))
        if stated:
            return stated[:4000]
    if container == "stdin:":  # line numbers of standard input are no address: another run has other lines
        return stdin_address(text.encode("utf-8", "surrogatepass"))
    return address


def stdin_address(data: bytes) -> str:
    """The address of what was read from standard input: named by its content."""
    return "stdin:" + hashlib.sha256(data).hexdigest()[:16]


def _outlet(row: Mapping[str, Any]) -> str | None:
    value = fields.first(row, fields.OUTLET)
    return fields.words(value)
