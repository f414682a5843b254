"""Bytes from anywhere become reports: text, Markdown, pages, mail, tables, folders, archives, standard input.

One bad input never stops the run: it comes back as a ``Failure`` that names the file and says what to do next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from onrecord.inputs.options import InputOptions, Limits
from onrecord.model import Failure, Report


def find_reports(
    paths: Sequence[str], options: InputOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Failure]:
    """The reports found in files, folders, quoted globs and ``-`` (standard input), lazily and in a fixed order.

    Args:
        paths: folders are read with all their folders, sorted by name, hidden files and ledgers left out.
        stdin: what ``-`` reads; ``sys.stdin.buffer`` if not given.

    Raises:
        OptionError: if ``options.published`` or ``options.language`` cannot be understood.
    """
    from onrecord.inputs.run import run

    return run(paths, options or InputOptions(), stdin)


def count_inputs(paths: Sequence[str], options: InputOptions | None = None) -> int:
    """How many files ``find_reports`` will open, without opening them. A table or archive counts as one."""
    from onrecord.inputs.discover import discover

    return sum(1 for found in discover(paths, (options or InputOptions()).limits) if not isinstance(found, Failure))


__all__ = ["InputOptions", "Limits", "count_inputs", "find_reports"]
