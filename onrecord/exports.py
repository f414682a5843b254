"""Records written to files: tables, coded events, maps and calendars. The part of ``ask`` that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import OptionError
from onrecord.ledger import EventRow, Filter, Ledger
from onrecord.model import EventRecord, Story, now
from onrecord.record.agenda import AgendaItem
from onrecord.record.coding import report_facts
from onrecord.record.export import TABLES, Counted, Exported, chunks, claim_rows, event_rows, quote_row
from onrecord.record.export_calendar import NO_DATE, calendar
from onrecord.record.export_coded import CodedExport
from onrecord.record.sourcing import Sourcing
from onrecord.writing import write_atomically, write_together

T = TypeVar("T")
EVERYTHING = Filter()
MOST_CLAIMS = 1_000_000  # of a whole ledger
BATCH = 500  # events whose testimonies are held together
_READINGS = 512  # held while events are coded


class Exports:
    """The writing half of an ``Asker``, which answers the questions that it asks."""

    if TYPE_CHECKING:
        ledger: Ledger
        as_of: datetime | None

        def story(self, story: str) -> Story: ...
        def sources(
            self, asked: Filter = EVERYTHING, story: str | None = None, by: str = "outlet"
        ) -> tuple[Sourcing, ...]: ...
        def agenda(
            self, after: datetime | None = None, before: datetime | None = None, story: str | None = None
        ) -> tuple[AgendaItem, ...]: ...
        def _asked(self, asked: Filter) -> Filter: ...
        def _event_rows(self, asked: Filter, limit: int, offset: int = 0) -> list[EventRow]: ...
        def _event_records(self, rows: Sequence[EventRow]) -> Iterator[EventRecord]: ...

    def rows(
        self, table: str = "claims", asked: Filter = EVERYTHING, story: str | None = None
    ) -> Iterator[dict[str, Any]]:
        """Flat rows of a table, over a story or all that meets a filter; held a batch at a time.

        Raises:
            OptionError: for another table.
        """
        if table not in TABLES:
            raise OptionError("table", f"“{table}” is none of {', '.join(TABLES)}")
        if table == "sources":
            return (row.as_dict() for row in self.sources(asked, story))
        if table == "quotes":
            chosen = self._asked(replace(asked, story=story or asked.story))
            return (
                quote_row(q) for page in pages(lambda at: self.ledger.attributions(chosen, BATCH, at)) for q in page
            )
        found: Iterable[EventRecord]
        found = self.story(story).events if story else self._event_records(self._event_rows(asked, MOST_CLAIMS))
        return claim_rows(found) if table == "claims" else event_rows(found)

    def export(
        self, path: str | PathLike[str], table: str = "claims", asked: Filter = EVERYTHING, story: str | None = None,
        *, form: str | None = None, safe: bool = False,
    ) -> int:  # fmt: skip
        """Writes a table whole or not at all; the format by the file's ending unless named. How many rows it has.

        Raises:
            OptionError: for a format or table that there is not.
            MissingExtraError: for Parquet without the extra ``tables``.
            OutputError: if the file cannot be written.
        """
        chosen = form or Path(path).suffix.lstrip(".").lower()
        counted = Counted(self.rows(table, asked, story))
        with self.ledger.snapshot():
            write_atomically(path, chunks(counted, TABLES[table], chosen, safe=safe))
        return counted.number

    def export_coded(
        self, path: str | PathLike[str], form: str, asked: Filter = EVERYTHING, *, all_statuses: bool = False,
        report_dates: bool = False,
    ) -> Exported:  # fmt: skip
        """Writes events in a fixed format of the field, or as GeoJSON, with the files beside it: all or none.

        What is not said to have happened, or is denied or withdrawn, is left out unless ``all_statuses``. With
        ``report_dates`` an event with no day of its own gets the day of its earliest report, marked as such beside.

        Raises:
            OptionError: for a format that there is not.
            OutputError: if a file cannot be written.
        """
        facts = lru_cache(_READINGS)(lambda report: report_facts(self.ledger.reading(report)))
        made = CodedExport(form, facts, all_statuses=all_statuses, report_dates=report_dates)
        files = made.files(Path(path))
        with self.ledger.snapshot():
            write_together(files, made.pieces(self._event_records(self._event_rows(asked, MOST_CLAIMS))))
        return Exported(tuple(map(str, files)), made.rows, dict(made.left.unrealised), dict(made.left.lacking))

    def calendar(
        self, path: str | PathLike[str], after: datetime | None = None, before: datetime | None = None,
        story: str | None = None,
    ) -> Exported:  # fmt: skip
        """Writes the agenda as iCalendar.

        Raises:
            OutputError: if the file cannot be written.
        """
        data, entries, undated = calendar(self.agenda(after, before, story), self.as_of or now())
        write_atomically(path, [data])
        return Exported((str(path),), entries, {}, {NO_DATE: undated} if undated else {})


def pages(page: Callable[[int], list[T]]) -> Iterator[list[T]]:
    """Pages from an offset on, until there are no more."""
    at = 0
    while rows := page(at):
        yield rows
        at += len(rows)
