"""The library's face: a ledger opened for reading reports and asking questions, in one object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from os import PathLike
from types import TracebackType
from typing import Any

from onrecord.ask import EVERYTHING, Asker, Filter, OriginTree
from onrecord.ask import frame as make_frame
from onrecord.pipeline import Corrected, PipelineOptions, Run, open_ledger, outlet_key
from onrecord.pipeline import correct as correct_in
from onrecord.pipeline import read as read_into

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


class Record(Asker):
    """An ``Asker`` that can also read reports into its ledger. Use it in ``with``, or ``close`` it."""

    def read(self, paths: Paths, options: PipelineOptions | None = None) -> Run:
        """Reads reports and puts them on record; what is there already is not read again.

        Raises:
            LedgerError: if the ledger cannot be written; what was appended before stays.
        """
        given = [paths] if isinstance(paths, str | PathLike) else list(paths)
        run = read_into([str(p) for p in given], self.ledger, options or PipelineOptions())
        self.refresh()
        return run

    def correct(self, action: str, *names: str, author: str, reason: str, value: str | None = None) -> Corrected:
        """Puts an analyst's word on record, above the machine's, and brings what rests on it up to date.

        ``action`` is merge, split, same, different, relabel, status, title, entity or undo, as for the command.

        Raises:
            OptionError, NotFoundError, AmbiguousIdError: for what cannot be.
            LedgerError: if the ledger cannot be written.
        """
        made = correct_in(self.ledger, action, names, author=author, reason=reason, value=value)
        self.refresh()
        return made

    def origins(self, story: str, key: Callable[[str], str] = outlet_key) -> tuple[OriginTree, ...]:
        """Who rests on whom in a story, by origin; outlets of one house are one."""
        return super().origins(story, key)

    def frame(
        self, table: str = "claims", asked: Filter = EVERYTHING, story: str | None = None, library: str | None = None
    ) -> Any:
        """``claims`` or ``events`` as a data frame of pandas or polars, whichever is installed.

        Raises:
            MissingExtraError: if neither is.
        """
        return make_frame(self.rows(table, asked, story), library=library)

    def close(self) -> None:
        self.ledger.close()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open(
    path: str | PathLike[str] = "onrecord.ledger", *, as_of: datetime | None = None, writing: bool = True
) -> Record:
    """Opens a ledger, making it if it is to be written and there is none.

    Raises:
        LedgerError: and its subclasses, naming the path and what to do.
    """
    return Record(open_ledger(path, writing=writing), as_of)


__all__ = ["Record", "open"]
