"""Files written whole or not at all: what stands at a path is what was there before, or all of the new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import OutputError


def write_atomically(path: str | PathLike[str], pieces: Iterable[bytes]) -> None:
    """Writes a file whole or not at all: beside it first, then in its place.

    Raises:
        OutputError: naming the path and the reason.
    """
    write_together([path], ((0, piece) for piece in pieces))


def write_together(paths: Sequence[str | PathLike[str]], pieces: Iterable[tuple[int, bytes]]) -> None:
    """Writes files that belong together; ``pieces`` say which of them each belongs to.

    Raises:
        OutputError: naming the path and the reason. Then none of them is in its place, unless the last step failed,
            the renaming: those before the named one are then.
    """
    targets, held = [Path(p) for p in paths], list[Path | None]()
    at = 0  # the file being worked on, for the error
    try:
        with ExitStack() as opened:
            files = []
            for at, target in enumerate(targets):  # noqa: B007
                number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
                held.append(Path(name))
                files.append(opened.enter_context(os.fdopen(number, "wb")))
            for at, piece in pieces:
                files[at].write(piece)
            for at, file in enumerate(files):  # noqa: B007
                _settle(file)
        for at, target in enumerate(targets):
            _place(held[at], target)
            held[at] = None
    except OSError as error:
        raise OutputError(str(targets[at]), error.strerror or str(error)) from error
    finally:
        for left in held:
            if left is not None:
                with suppress(OSError):
                    left.unlink()


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _place(held: Path | None, target: Path) -> None:
    assert held is not None
    held.chmod(0o666 & ~_umask())
    held.replace(target)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
