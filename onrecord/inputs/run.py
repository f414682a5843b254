"""From paths to reports: opens what was found, unpacks it within bounds, and hands each format to its reader."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.inputs import build, decode, streams, tables
from onrecord.inputs.build import Draft
from onrecord.inputs.discover import STANDARD_INPUT, Found, absolute, discover, unreadable
from onrecord.inputs.formats import Format, recognise, stem_format
from onrecord.inputs.options import InputOptions
from onrecord.inputs.streams import Budget, Source
from onrecord.model import Failure, Report

_OFFICE = ("[Content_Types].xml", "mimetype")
_SQLITE = b"SQLite format 3\0"
Result = Report | Failure


def run(paths: Sequence[str], options: InputOptions, stdin: BinaryIO | None) -> Iterator[Result]:
    """See :func:`onrecord.inputs.find_reports`."""
    build.option_stamp(options.published)
    build.option_language(options.language)
    return _run(paths, options, stdin)


def _run(paths: Sequence[str], options: InputOptions, stdin: BinaryIO | None) -> Iterator[Result]:
    for found in discover(paths, options.limits):
        if isinstance(found, Failure):
            yield found
        elif found.path == STANDARD_INPUT:
            stream = stdin if stdin is not None else sys.stdin.buffer
            yield from _read(Source("-", "stdin:", stream, Budget(options.limits, options.limits.file)), options, 0)
        else:
            yield from _open(found, options)


def _open(found: Found, options: InputOptions) -> Iterator[Result]:
    try:
        with Path(found.path).open("rb") as stream:
            size = Path(found.path).stat().st_size
            source = Source(found.path, absolute(found.path), stream, Budget(options.limits, size))
            if not found.listed and source.head().startswith(_SQLITE):
                return  # a ledger that lies among the reports
            if refused := _too_large(source, size, options):
                yield refused
                return
            yield from _read(source, options, 0)
    except OSError as error:
        yield unreadable(found.path, error)


def _too_large(source: Source, size: int, options: InputOptions) -> Failure | None:
    """Documents above the bound are refused by their size alone; tables and archives stream."""
    if size <= options.limits.file:
        return None
    head = source.head()
    reason = decode.binary_reason(head)
    packed = head.startswith((b"\x1f\x8b", b"PK"))
    if reason and not packed:
        return failure(InputError(source.file, reason))
    if not packed and recognise(source.file, head) not in {Format.JSON_LINES, Format.TABLE}:
        return failure(streams.too_large(source.file, options.limits.file))
    return None


def failure(error: InputError) -> Failure:
    return Failure(error.what, error.reason, type(error).__name__)


def _read(source: Source, options: InputOptions, depth: int) -> Iterator[Result]:
    """Everything in one stream; what was read before a break is kept, and the break is told."""
    try:
        form = recognise(source.file, source.head())
        if form in {Format.GZIP, Format.ZIP}:
            if depth >= options.limits.depth:
                reason = f"archives more than {options.limits.depth} deep: unpack it yourself and read the folder"
                raise InputError(source.file, reason)
            inner = _gzip if form is Format.GZIP else _zip
            yield from inner(source, options, depth + 1)
        else:
            yield from _reports(source, form, options)
    except InputError as error:
        yield failure(error)
    if source.broken:
        reason = f"{source.broken}: what came before the break was read; fetch the file again"
        yield Failure(source.file, reason, "InputError")


def _gzip(source: Source, options: InputOptions, depth: int) -> Iterator[Result]:
    yield from _read(streams.gunzip(source), options, depth)
    source.broken = None  # the unpacked stream tells it


def _zip(source: Source, options: InputOptions, depth: int) -> Iterator[Result]:
    at_start = depth == 1 and source.file != STANDARD_INPUT  # a plain file can be sought in
    if at_start:
        source.stream.seek(0)
    stream = source.stream if at_start else streams.seekable(source)
    with streams.open_zip(source.file, stream) as archive:
        names = set(archive.namelist())
        if any(mark in names for mark in _OFFICE):
            raise InputError(
                source.file, "this is an office document, not a report: save it as plain text or HTML first"
            )
        for info in streams.members(archive, options.limits, source.file):
            try:
                member = streams.open_member(archive, info, source)
            except InputError as error:
                yield failure(error)
                continue
            with member.stream:
                yield from _read(member, options, depth)


def _reports(source: Source, form: Format, options: InputOptions) -> Iterator[Result]:
    for row in _drafts(source, form, options):
        if isinstance(row, InputError):
            yield failure(row)
            continue
        try:
            yield build.build(row, options)
        except InputError as error:
            yield failure(error)


def _drafts(source: Source, form: Format, options: InputOptions) -> Iterator[Draft | InputError]:
    if form is Format.JSON_LINES:
        return tables.json_lines(source)
    if form is Format.TABLE:
        return tables.table(source)
    if form is Format.JSON:
        return tables.json_document(source)
    return iter((_document(source, form, options),))


def _document(source: Source, form: Format, options: InputOptions) -> Draft:
    """
    Raises:
        InputError: if the document is too large, binary, or of a kind that is not read.
    """
    head = source.head()
    if form is Format.FEED:
        raise InputError(source.file, "this is a feed, not a report: save the reports it links to")
    if head.startswith(_SQLITE) or (form is not Format.MAIL and decode.binary_reason(head)):
        raise InputError(source.file, decode.binary_reason(head) or "this is a database")
    data = source.whole(options.limits.file)
    address = tables.stdin_address(data) if source.address == "stdin:" else source.address
    if form is Format.MAIL:
        from onrecord.inputs.mail import read_mail

        return read_mail(data, source.file, address)
    if form is Format.PAGE:
        from onrecord.inputs.pages import declared_charset, fill

        return fill(Draft(source.file, address, ""), decode.decode(data, source.file, declared_charset(head)))
    draft = Draft(source.file, address, decode.decode(data, source.file))
    return _markdown(draft) if stem_format(source.file) is Format.MARKDOWN else draft


def _markdown(draft: Draft) -> Draft:
    stated = build.front_matter(draft.text)
    if not stated:
        return replace(draft, markdown=True)
    from onrecord.inputs import fields

    row = fields.folded(stated)
    return replace(
        draft,
        markdown=True,
        address=str(fields.first(row, fields.ADDRESS) or draft.address),
        title=fields.first(row, fields.TITLE),
        outlet=fields.first(row, fields.OUTLET),
        byline=fields.first(row, fields.BYLINE),
        published=fields.first(row, fields.PUBLISHED),
        updated=fields.first(row, fields.UPDATED),
        language=fields.first(row, fields.LANGUAGE),
    )
