"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from os import PathLike
from pathlib import Path

from onrecord.errors import OutputError


def write_atomically(path: str | PathLike[str], pieces: Iterable[bytes]) -> None:
    """Writes a file whole or not at all: beside it first, then in its place.

    Raises:
        OutputError: naming the path and the reason.
    """
    target = Path(path)
    held: str | None = None
    try:
        number, held = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(held).chmod(0o666 & ~_umask())
        Path(held).replace(target)
        held = None
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error)) from error
    finally:
        if held is not None:
            with suppress(OSError):
                Path(held).unlink()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
