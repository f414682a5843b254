"""Bytes with bounds: what may be read of a file, and what a gzip or zip may unpack to."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import InputError, TooLargeError
from onrecord.inputs.options import MEGABYTE, Limits

HEAD = 65_536
_SYMLINK = 0o120000


@dataclass
class Budget:
    """What one file may still unpack to, archives within archives included."""

    limits: Limits
    packed: int  # size of the file itself
    unpacked: int = 0

    def charge(self, what: str, count: int) -> None:
        """Count unpacked bytes.

        Raises:
            TooLargeError: if the file unpacks to more than a real collection of reports would.
        """
        self.unpacked += count
        limits = self.limits
        if self.unpacked > limits.unpacked:
            raise TooLargeError(what, f"it unpacks to more than {size_in_words(limits.unpacked)}: split the archive")
        if self.unpacked > max(limits.ratio_floor, limits.ratio * self.packed):
            reason = f"it unpacks to more than {limits.ratio} times its size, as a decompression bomb does: not read on"
            raise TooLargeError(what, f"{reason}; if it is genuine, unpack it yourself and read the folder")


def size_in_words(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    return f"{count / MEGABYTE:,.0f} MB" if count >= MEGABYTE else f"{count / 1000:,.0f} kB"


class Source:
    """A stream of bytes with its name. ``broken`` tells, after reading, why it ended before its end."""

    def __init__(self, file: str, address: str, stream: BinaryIO, budget: Budget) -> None:
        self.file = file
        self.address = address
        self.stream = stream
        self.budget = budget
        self.broken: str | None = None
        self.counts = False  # whether what is read here was unpacked
        self._head = b""

    def head(self) -> bytes:
        """The first bytes, without consuming them."""
        while len(self._head) < HEAD:
            more = self._pull(HEAD - len(self._head))
            if not more:
                break
            self._head += more
        return self._head

    def read(self, count: int) -> bytes:
        """At most ``count`` bytes; fewer only at the end."""
        if count <= 0:
            return b""
        pieces = [self._head[:count]]
        self._head = self._head[count:]
        left = count - len(pieces[0])
        while left > 0:
            more = self._pull(min(left, MEGABYTE))
            if not more:
                break
            pieces.append(more)
            left -= len(more)
        return b"".join(pieces)

    def readline(self, count: int) -> bytes:
        """A line with its end, cut after ``count`` bytes."""
        newline = self._head.find(b"\n", 0, count)
        if newline >= 0 or len(self._head) >= count:
            cut = newline + 1 if newline >= 0 else count
            line, self._head = self._head[:cut], self._head[cut:]
            return line
        line, self._head = self._head, b""
        return line + self._guarded(lambda: self.stream.readline(count - len(line)))

    def whole(self, limit: int) -> bytes:
        """Everything.

        Raises:
            TooLargeError: if there is more than ``limit`` bytes; no more than that is read.
        """
        data = self.read(limit + 1)
        if len(data) > limit:
            raise too_large(self.file, limit)
        return data

    def _pull(self, count: int) -> bytes:
        return self._guarded(lambda: self.stream.read(count))

    def _guarded(self, pull: object) -> bytes:
        if self.broken:
            return b""
        try:
            data: bytes = pull()  # type: ignore[operator]
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            self.broken = (
                "the archive breaks off" if isinstance(error, EOFError) else f"the archive is damaged ({error})"
            )
            return b""
        except OSError as error:
            self.broken = f"the system stopped reading it ({error.strerror or error})"
            return b""
        if self.counts and data:
            self.budget.charge(self.file, len(data))
        return data


def too_large(file: str, limit: int) -> TooLargeError:
    reason = f"larger than {size_in_words(limit)}: split it, or put the reports into a table (JSON Lines or CSV)"
    return TooLargeError(file, reason)


class _Behind(io.RawIOBase):
    """A source as a raw stream, for the gzip reader."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.source.read(len(view))
        view[: len(data)] = data
        return len(data)


def gunzip(source: Source) -> Source:
    """The source inside a gzip."""
    inner = gzip.GzipFile(fileobj=io.BufferedReader(_Behind(source), HEAD))
    unpacked = Source(source.file, source.address, io.BufferedReader(inner, HEAD), source.budget)
    unpacked.counts = True
    return unpacked


def seekable(source: Source) -> BinaryIO:
    """The whole source in a temporary file, because a zip's list of members stands at its end.

    Raises:
        TooLargeError: if it is larger than the bound on unpacked bytes.
    """
    spool = tempfile.SpooledTemporaryFile(max_size=20 * MEGABYTE)  # noqa: SIM115 - the caller reads on
    total = 0
    while data := source.read(MEGABYTE):
        total += len(data)
        if total > source.budget.limits.unpacked:
            raise too_large(source.file, source.budget.limits.unpacked)
        spool.write(data)
    spool.seek(0)
    return spool  # type: ignore[return-value]


def open_zip(file: str, stream: BinaryIO) -> zipfile.ZipFile:
    """
    Raises:
        InputError: if the list of members cannot be read.
    """
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        reason = f"the zip archive is damaged or cut off ({error}): fetch it again, or repair it with 'zip -FF'"
        raise InputError(file, reason) from error


def members(archive: zipfile.ZipFile, limits: Limits, file: str) -> Iterator[zipfile.ZipInfo]:
    """The files of a zip in order of name, without folders, hidden files and links.

    Raises:
        TooLargeError: if there are more than ``limits.members``.
    """
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise TooLargeError(file, f"more than {limits.members:,} files in one archive: split it")
    for info in sorted(infos, key=lambda i: i.filename):
        parts = info.filename.split("/")
        hidden = any((p.startswith(".") and p not in {".", ".."}) or p == "__MACOSX" for p in parts)
        link = (info.external_attr >> 16) & 0o170000 == _SYMLINK
        if not (info.is_dir() or hidden or link):
            yield info


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, outer: Source) -> Source:
    """
    Raises:
        InputError: if the member is encrypted, packed in an unknown way, or damaged.
    """
    name = f"{outer.file}!{info.filename}"
    if info.flag_bits & 0x1:
        raise InputError(name, "it is encrypted: unpack it with its password and read the folder")
    try:
        stream = archive.open(info)
    except (NotImplementedError, RuntimeError, zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise InputError(name, f"it cannot be unpacked ({error}): unpack the archive with another program") from error
    source = Source(name, f"{outer.address}!{info.filename}", stream, outer.budget)  # type: ignore[arg-type]
    source.counts = True
    return source
