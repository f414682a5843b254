"""Rows for tables: claims, events and attributions flattened; JSON Lines, CSV and Parquet from them. Pure: bytes out.

A value is written so that it comes back as it was. CSV quotes tabs and newlines, and gives a NUL – which no CSV reader
takes – as ``\\0``, with the backslash doubled. **Formulas**: a spreadsheet runs a cell that begins with ``=``, ``+``,
``-`` or ``@``; with ``safe`` such a cell gets an apostrophe before it, and is then no longer what the report said.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from onrecord.errors import MissingExtraError, OptionError
from onrecord.model import Attribution, EventRecord, ReportHead, Testimony
from onrecord.record.contract import iso
from onrecord.record.sourcing import RESTS

FORMATS = ("jsonl", "csv", "parquet")
BATCH = 5_000  # rows held at a time
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table in order, each with its kind: text, integer, number, flag."""

    name: str
    kinds: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.kinds)


CLAIMS = Columns(
    "claims",
    {
        "claim": "text",
        "story": "text",
        "event": "text",
        "event_title": "text",
        "type": "text",
        "mode": "text",
        "cameo": "text",
        "standing": "text",
        "event_status": "text",
        "status": "text",
        "certainty": "text",
        "factuality": "number",
        "holder": "text",
        "holder_kind": "text",
        "holder_country": "text",
        "holder_sector": "text",
        "own_voice": "flag",
        "authority": "text",
        "stance": "text",
        "hedged": "flag",
        "origin": "text",
        "origin_key": "text",
        "outlet": "text",
        "report": "text",
        "address": "text",
        "title": "text",
        "published": "text",
        "known": "text",
        "actors": "text",
        "recipients": "text",
        "place": "text",
        "country": "text",
        "latitude": "number",
        "longitude": "number",
        "geonames": "integer",
        "time": "text",
        "earliest": "text",
        "latest": "text",
        "anchor": "text",
        "anchor_start": "integer",
        "anchor_end": "integer",
        "sentence": "text",
        "sentence_start": "integer",
        "sentence_end": "integer",
        "copy_of": "text",
    },
)
EVENTS = Columns(
    "events",
    {
        "event": "text",
        "story": "text",
        "title": "text",
        "type": "text",
        "mode": "text",
        "cameo": "text",
        "status": "text",
        "standing": "text",
        "since": "text",
        "why": "text",
        "earliest": "text",
        "latest": "text",
        "when": "text",
        "place": "text",
        "actors": "text",
        "recipients": "text",
        "claims": "integer",
        "reports": "integer",
        "outlets": "integer",
        "origins": "integer",
        "unnamed": "integer",
        "background": "flag",
        "weight": "number",
    },
)
QUOTES = Columns(
    "quotes",
    {
        "attribution": "text",
        "source": "text",
        "kind": "text",
        "number": "text",
        "affiliation": "text",
        "anonymity_reason": "text",
        "via": "text",
        "cue": "text",
        "content": "text",
        "content_start": "integer",
        "content_end": "integer",
        "quote": "text",
        "stance": "text",
        "hedged": "flag",
        "outlet": "text",
        "published": "text",
        "report": "text",
        "address": "text",
    },
)
SOURCES = Columns(
    "sources",
    {
        "name": "text",
        "story": "text",
        "claims": "integer",
        **dict.fromkeys(RESTS, "integer"),
        **{f"{rest}_share": "number" for rest in RESTS},
    },
)
TABLES = {"claims": CLAIMS, "events": EVENTS, "quotes": QUOTES, "sources": SOURCES}


class Said(Protocol):
    """An attribution in its report."""

    @property
    def id(self) -> str: ...
    @property
    def attribution(self) -> Attribution: ...
    @property
    def source(self) -> str: ...
    @property
    def report(self) -> ReportHead: ...


def claim_row(event: EventRecord, item: Testimony) -> dict[str, Any]:
    """One claim, flat; a list within a cell is joined by `` | ``."""
    claim, mention, report, place, time = item.claim, item.mention, item.report, item.place, item.time
    return {
        "claim": item.id,
        "story": event.story,
        "event": event.id,
        "event_title": event.title,
        "type": mention.type,
        "mode": mention.mode,
        "cameo": mention.cameo,
        "standing": event.standing.value,
        "event_status": event.status.value,
        "status": claim.status.value,
        "certainty": claim.certainty.value,
        "factuality": claim.factuality,
        "holder": claim.holder.name,
        "holder_kind": claim.holder.kind.value,
        "holder_country": claim.holder.country,
        "holder_sector": claim.holder.sector,
        "own_voice": claim.holder.own_voice,
        "authority": claim.authority.value,
        "stance": claim.stance.value,
        "hedged": claim.hedged,
        "origin": item.origin.name,
        "origin_key": item.origin.key,
        "outlet": report.outlet,
        "report": report.id,
        "address": report.address,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "known": iso(item.known),
        "actors": " | ".join(p.text for p in mention.actors),
        "recipients": " | ".join(p.text for p in mention.recipients),
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geonames": place.geonames if place else None,
        "time": time.value if time else None,
        "earliest": iso(time.earliest) if time else None,
        "latest": iso(time.latest) if time else None,
        "anchor": mention.anchor.text,
        "anchor_start": mention.anchor.start,
        "anchor_end": mention.anchor.end,
        "sentence": claim.words.text,
        "sentence_start": claim.words.start,
        "sentence_end": claim.words.end,
        "copy_of": report.copy_of,
    }


def event_row(event: EventRecord) -> dict[str, Any]:
    """One event, flat, with the step that gave it its standing."""
    last = event.history[-1]
    said = event.testimonies
    return {
        "event": event.id,
        "story": event.story,
        "title": event.title,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "status": event.status.value,
        "standing": event.standing.value,
        "since": iso(last.since),
        "why": last.why,
        "earliest": iso(event.earliest),
        "latest": iso(event.latest),
        "when": event.when,
        "place": event.place,
        "actors": " | ".join(event.actors),
        "recipients": " | ".join(event.recipients),
        "claims": len(said),
        "reports": len({t.report.id for t in said}),
        "outlets": len({t.report.outlet or t.report.address for t in said}),
        "origins": len(event.origins),
        "unnamed": sum(not o.named for o in event.origins),
        "background": event.background,
        "weight": event.weight,
    }


def quote_row(said: Said) -> dict[str, Any]:
    """One attribution, flat; pieces of a content are joined by `` … ``, its offsets are those of the whole."""
    item, report = said.attribution, said.report
    return {
        "attribution": said.id,
        "source": said.source,
        "kind": item.source_kind.value,
        "number": item.number,
        "affiliation": item.affiliation,
        "anonymity_reason": item.anonymity_reason,
        "via": item.via,
        "cue": " … ".join(c.text for c in item.cue),
        "content": " … ".join(c.text for c in item.content),
        "content_start": min((c.start for c in item.content), default=None),
        "content_end": max((c.end for c in item.content), default=None),
        "quote": item.quote.value,
        "stance": item.stance.value,
        "hedged": item.hedged,
        "outlet": report.outlet,
        "published": report.published.value if report.published else None,
        "report": report.id,
        "address": report.address,
    }


def claim_rows(events: Iterable[EventRecord]) -> Iterator[dict[str, Any]]:
    return (claim_row(e, t) for e in events for t in e.testimonies)


def event_rows(events: Iterable[EventRecord]) -> Iterator[dict[str, Any]]:
    return (event_row(e) for e in events)


# --- formats ---------------------------------------------------------------------------------------------------


def chunks(rows: Iterable[Mapping[str, Any]], columns: Columns, form: str, *, safe: bool = False) -> Iterator[bytes]:
    """The file of a table, piece by piece, in ``jsonl``, ``csv`` or ``parquet``.

    Raises:
        OptionError: for another format.
        MissingExtraError: for Parquet without the extra ``tables``.
    """
    if form == "jsonl":
        return _jsonl(rows)
    if form == "csv":
        return _csv(rows, columns, safe)
    if form == "parquet":
        return _parquet(rows, columns)
    raise OptionError("format", f"“{form}” is none of {', '.join(FORMATS)}")


def _jsonl(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    return map(json_line, rows)


def json_line(row: Mapping[str, Any]) -> bytes:
    """A line of JSON. Line separators that line readers break at are escaped; half characters come out as escapes."""
    text = json.dumps(row, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text.replace("\x85", "\\u0085").encode("utf-8", "backslashreplace") + b"\n"


def _csv(rows: Iterable[Mapping[str, Any]], columns: Columns, safe: bool) -> Iterator[bytes]:
    cell = _safe_cell if safe else csv_cell
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(columns.names)
    pending = iter(rows)
    while True:
        batch = list(islice(pending, BATCH))
        for row in batch:
            writer.writerow([cell(row.get(name)) for name in columns.names])
        yield held.getvalue().encode("utf-8", "backslashreplace")
        held.seek(0)
        held.truncate()
        if not batch:
            return


def csv_cell(value: Any) -> str:
    """A cell: nothing for no value, ``true`` and ``false``, text with NUL as ``\\0`` and the backslash doubled."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\0", "\\0")
    return str(value)


def csv_text(cell: str) -> str:
    """The text of a cell that ``csv_cell`` wrote."""
    return "\\".join(part.replace("\\0", "\0") for part in cell.split("\\\\"))


def _safe_cell(value: Any) -> str:
    cell = csv_cell(value)
    return f"'{cell}" if isinstance(value, str) and cell.startswith(_FORMULA) else cell


def _parquet(rows: Iterable[Mapping[str, Any]], columns: Columns) -> Iterator[bytes]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("tables", "Parquet needs it: pip install 'onrecord[tables]'") from error
    kinds = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "flag": pyarrow.bool_(),
    }
    shape = pyarrow.schema([(name, kinds[kind]) for name, kind in columns.kinds.items()])
    return _parquet_pieces(rows, columns, shape, pyarrow)


def _parquet_pieces(rows: Iterable[Mapping[str, Any]], columns: Columns, shape: Any, pyarrow: Any) -> Iterator[bytes]:
    held = Pieces()
    pending = iter(rows)
    with pyarrow.parquet.ParquetWriter(held, shape, compression="zstd") as writer:
        while batch := list(islice(pending, BATCH)):
            values = [[_storable(row.get(name)) for row in batch] for name in columns.names]
            writer.write_table(pyarrow.table(values, schema=shape))
            yield held.taken()
    yield held.taken()


class Pieces(io.RawIOBase):
    """A file that is written to and handed on piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self._held += data
        self._at += size
        return size

    def taken(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and how many events it left out, by reason."""

    files: tuple[str, ...]
    rows: int
    unrealised: Mapping[str, int]  # not said to have happened, denied, withdrawn
    lacking: Mapping[str, int]  # without what the format asks for


class Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self._rows:
            self.number += 1
            yield row


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] | None = None, library: str | None = None) -> Any:
    """A pandas or polars DataFrame of rows: whichever the user has, pandas first, or the one named.

    Raises:
        MissingExtraError: if none is installed.
        OptionError: for a library of another name.
    """
    makers: dict[str, Callable[[list[dict[str, Any]]], Any]] = {"pandas": _pandas, "polars": _polars}
    if library is not None and library not in makers:
        raise OptionError("library", f"“{library}” is neither pandas nor polars")
    held = [{k: r.get(k) for k in columns} if columns else dict(r) for r in rows]
    for name in [library] if library else list(makers):
        try:
            return makers[name](held)
        except ImportError:
            continue
    raise MissingExtraError(library or "pandas", "data frames need pandas or polars: pip install pandas")


def _pandas(rows: list[dict[str, Any]]) -> Any:
    import pandas

    return pandas.DataFrame.from_records(rows)


def _polars(rows: list[dict[str, Any]]) -> Any:
    import polars

    return polars.from_dicts(rows, infer_schema_length=None)
