"""What a caller may ask of the inputs, and the bounds that keep a run safe."""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Bounds on one input. Sizes are bytes; a ratio is unpacked bytes to packed bytes."""

    file: int = 20 * MEGABYTE  # a document read whole: text, page, mail, JSON
    row: int = 5 * MEGABYTE  # one row of a table
    unpacked: int = 8_000 * MEGABYTE  # everything unpacked from one file
    ratio: int = 200  # unpacked to packed, once more than ``ratio_floor`` is unpacked
    ratio_floor: int = 10 * MEGABYTE
    depth: int = 2  # archives within archives: a gzip in a zip is 2
    members: int = 100_000  # files in one zip archive
    folders: int = 64  # folders within folders


@dataclass(frozen=True)
class InputOptions:
    """``outlet``, ``published`` and ``language`` stand above what a report itself says.

    ``published`` is a date in any unambiguous form (``2025-12-01``, ``1 December 2025 14:05 GMT``).
    """

    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    limits: Limits = field(default_factory=Limits)


__all__ = ["InputOptions", "Limits"]
