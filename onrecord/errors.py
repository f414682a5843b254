"""One base error; every subclass names what failed."""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of all errors onrecord raises on purpose. ``what`` is the id, path or name of what failed."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


class InputError(OnRecordError):
    """A file or record that cannot become a report. ``what`` is its path, with member or line."""


class TooLargeError(InputError):
    """An input above the bounds that keep a run safe."""


class ReadingError(OnRecordError):
    """A report that could not be read. ``what`` is its file."""


class LedgerError(OnRecordError):
    """The ledger could not do what was asked. ``what`` is its path."""


class LedgerBusyError(LedgerError):
    """Another process is writing."""


class LedgerReadOnlyError(LedgerError):
    """The ledger cannot be written to."""


class LedgerFullError(LedgerError):
    """No room on the disk."""


class LedgerVersionError(LedgerError):
    """The ledger was made by a newer onrecord."""


class LedgerDamagedError(LedgerError):
    """The ledger is damaged, or is no ledger."""


class NotFoundError(OnRecordError):
    """Nothing in the ledger has this id."""


class AmbiguousIdError(OnRecordError):
    """More than one thing begins with this abbreviated id."""


class OptionError(OnRecordError):
    """An option that cannot be understood. ``what`` is its name."""


class MissingExtraError(OnRecordError):
    """An optional part is not installed. ``what`` is the extra's name."""


class OutputError(OnRecordError):
    """A file that cannot be written. ``what`` is its path."""
