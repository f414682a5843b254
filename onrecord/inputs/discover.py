"""Which files a list of paths stands for: folders, globs, standard input; in a fixed order, each file once."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.inputs.options import Limits
from onrecord.model import Failure

STANDARD_INPUT = "-"
_LEDGER_ENDINGS = (".ledger", ".ledger-wal", ".ledger-shm", ".ledger-journal", ".db-wal", ".db-shm", ".db-journal")
_PAGE_ASSET_FOLDERS = ("_files", ".files")  # what browsers save beside a page


@dataclass(frozen=True)
class Found:
    """A file to open. ``listed`` is true if the caller named it, false if a folder or glob led to it."""

    path: str
    listed: bool = True


def discover(paths: Sequence[str], limits: Limits) -> Iterator[Found | Failure]:
    """Every file behind ``paths``, each once, in the order given and sorted within folders."""
    seen: set[str] = set()
    for path in paths:
        for found in _expand(path, limits):
            if isinstance(found, Found) and found.path != STANDARD_INPUT:
                key = absolute(found.path)
                if key in seen:
                    continue
                seen.add(key)
            yield found


def absolute(path: str) -> str:
    """The absolute path with forward slashes: the address of a local file."""
    return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - Path.absolute() keeps ".."


def _expand(path: str, limits: Limits) -> Iterator[Found | Failure]:
    if path == STANDARD_INPUT:
        yield Found(path)
        return
    if "\0" in path or not path:
        yield Failure(path.replace("\0", "�"), "this is no path: check the spelling", "InputError")
        return
    try:
        mode = Path(path).stat().st_mode
    except OSError as error:
        if isinstance(error, FileNotFoundError) and glob.has_magic(path):
            yield from _glob(path, limits)
        else:
            yield unreadable(path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _Walk(limits).folder(path, ())
    else:
        yield _file(path, mode, listed=True)


def _glob(pattern: str, limits: Limits) -> Iterator[Found | Failure]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute
    matches = [m for m in matches if not is_ledger(m)]
    if not matches:
        yield Failure(pattern, "no file matches this pattern: check the folder and the spelling", "InputError")
    for match in matches:
        for found in _expand(match, limits):
            yield Found(found.path, listed=False) if isinstance(found, Found) else found


def _file(path: str, mode: int, *, listed: bool) -> Found | Failure:
    if stat.S_ISREG(mode):
        return Found(path, listed)
    kind = "a named pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return Failure(path, f"this is {kind}, not a file: send its content to standard input and read '-'", "InputError")


def is_ledger(path: str) -> bool:
    return Path(path).name.endswith(_LEDGER_ENDINGS)


def unreadable(path: str, error: OSError) -> Failure:
    """A failure in plain words for what the operating system refused."""
    if isinstance(error, FileNotFoundError):
        reason = "there is no such file or folder: check the spelling"
    elif isinstance(error, PermissionError):
        reason = "you have no permission to read it: change its permissions or run as its owner"
    else:
        reason = f"the system cannot read it: {error.strerror or error}"
    return Failure(path, reason, "InputError")


class _Walk:
    """One folder and all below it. A folder reached twice is read once; a link back to its own parent is named."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.read: set[tuple[int, int]] = set()

    def folder(self, path: str, above: tuple[tuple[int, int], ...]) -> Iterator[Found | Failure]:
        try:
            status = Path(path).stat()
            names = sorted(os.listdir(path))  # noqa: PTH208 - names only, in code-point order
        except OSError as error:
            yield unreadable(path, error)
            return
        here = (status.st_dev, status.st_ino)
        if here in above:
            yield Failure(
                path, "this link leads back to a folder that holds it: left out, nothing is lost", "InputError"
            )
            return
        if here in self.read:
            return
        self.read.add(here)
        if len(above) >= self.limits.folders:
            yield Failure(
                path, f"more than {self.limits.folders} folders deep: name this folder itself", "TooLargeError"
            )
            return
        for name in names:
            yield from self._entry(path, name, names, (*above, here))

    def _entry(
        self, folder: str, name: str, beside: list[str], above: tuple[tuple[int, int], ...]
    ) -> Iterator[Found | Failure]:
        if name.startswith(".") or is_ledger(name):
            return
        path = str(Path(folder) / name) if folder != "." else name
        try:
            mode = Path(path).stat().st_mode
        except OSError as error:
            yield unreadable(path, error)
            return
        if stat.S_ISDIR(mode):
            if not _holds_page_assets(name, beside):
                yield from self.folder(path, above)
        else:
            yield _file(path, mode, listed=False)


def _holds_page_assets(name: str, beside: list[str]) -> bool:
    for ending in _PAGE_ASSET_FOLDERS:
        if name.endswith(ending):
            stem = name[: -len(ending)]
            return any(f"{stem}{extension}" in beside for extension in (".html", ".htm", ".xhtml"))
    return False
