"""The command line. ``main`` is its only entrance; commands load what they need when they run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0, 1 (something failed, each named), 2 (usage)."""
    from onrecord.cli.app import run

    try:
        status = run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our pipe (head, less) has left: nothing more to say, and no trace of it.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        sys.stderr.write(f"the output could not be written: {error.strerror or error}\n")
        return 1
    return status


def _drop_output() -> None:
    """What is still held back for standard output goes nowhere: the interpreter would try to write it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
