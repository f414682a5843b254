"""Opening the file, transactions, and what goes wrong with files, disks and other processes."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from onrecord.errors import (
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerReadOnlyError,
    LedgerVersionError,
)
from onrecord.ledger.codec import UndecodableError
from onrecord.ledger.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate
from onrecord.model import Digest

Mode = Literal["write", "read"]

BUSY_SECONDS = 30.0
_CACHE_KIB = 32 * 1024  # of the file, held in memory
_CACHE_WRITING_KIB = 96 * 1024  # whoever appends and links touches indexes all over: a tenth of linking's cost
_HEADER = b"SQLite format 3\x00"

_BUSY = "another process has been writing for {seconds:.0f} s; wait for it to end, or stop it, and run again"
_FULL = "no room left on the disk, or for this file; free some and run again: what was appended before is safe"
_READ_ONLY = "it cannot be written to; check the permissions of the file and its folder, or name another --ledger"
_DAMAGED = "the file is damaged or is no ledger ({error}); restore a copy, or read the reports into a new one"


@contextmanager
def wrap_errors(path: str, seconds: float = BUSY_SECONDS) -> Iterator[None]:
    """Turns what the environment does to a ledger into library errors; mistakes in our own SQL come through.

    Raises:
        LedgerBusyError, LedgerReadOnlyError, LedgerFullError, LedgerDamagedError, LedgerError
    """
    try:
        yield
    except UndecodableError as error:
        raise LedgerDamagedError(path, _DAMAGED.format(error=error)) from error
    except sqlite3.Error as error:
        found = _library_error(path, error, seconds)
        if found is None:
            raise
        raise found from error


def _library_error(path: str, error: sqlite3.Error, seconds: float) -> LedgerError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}:
        return LedgerBusyError(path, _BUSY.format(seconds=seconds))
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return LedgerReadOnlyError(path, _READ_ONLY)
    if code == sqlite3.SQLITE_FULL:
        return LedgerFullError(path, _FULL)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT} or _undecodable(error):
        return LedgerDamagedError(path, _DAMAGED.format(error=error))
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(path, "it cannot be opened; check that its folder exists and may be entered")
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOLFS}:
        if _disk_is_full(path):
            return LedgerFullError(path, _FULL)
        return LedgerError(path, f"the disk reported an error ({error}); what was appended before is safe")
    if code in {sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG}:
        return LedgerError(path, f"not enough memory, or a report too large to keep ({error})")
    return None


def _undecodable(error: sqlite3.Error) -> bool:
    """Text that is none: Python's module says so without a code of SQLite's, which does not look into it."""
    return str(error).startswith("Could not decode to UTF-8")


def _disk_is_full(path: str) -> bool:
    try:
        room = os.statvfs(Path(path).parent)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < 1 << 20


@dataclass
class Connection:
    """One open ledger file, for one thread. ``transaction`` nests: the outermost commits."""

    path: str
    mode: Mode
    busy_seconds: float
    db: sqlite3.Connection
    depth: int = 0
    # Those last asked for, by report, each with its bytes as encoded; and the bytes of all of them.
    digests: OrderedDict[int, tuple[Digest, int]] = field(default_factory=OrderedDict)
    digest_bytes: int = 0
    version: int = -1  # of the file when they were
    linked_to: int = 0  # no report up to this one waits to be linked

    def forget_digests(self) -> None:
        self.digests.clear()
        self.digest_bytes = 0
        self.linked_to = 0

    def all(self, sql: str, *values: Any) -> list[Any]:
        with wrap_errors(self.path, self.busy_seconds):
            return self.db.execute(sql, values).fetchall()

    def named(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        """The same with values by name."""
        with wrap_errors(self.path, self.busy_seconds):
            return self.db.execute(sql, values).fetchall()

    def each(self, sql: str, *values: Any) -> Iterator[Any]:
        """Rows as they are needed; the caller may stop early."""
        with wrap_errors(self.path, self.busy_seconds):
            yield from self.db.execute(sql, values)

    def one(self, sql: str, *values: Any) -> Any:
        """The first row, or ``()``."""
        with wrap_errors(self.path, self.busy_seconds):
            return self.db.execute(sql, values).fetchone() or ()

    def run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return self.db.execute(sql, values)

    def many(self, sql: str, rows: Any) -> None:
        self.db.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Takes the one writer's place, waiting for it up to ``busy_seconds``.

        Raises:
            LedgerReadOnlyError: if the ledger was opened for reading.
            LedgerBusyError, LedgerFullError, LedgerDamagedError, LedgerError
        """
        if self.mode == "read":
            raise LedgerReadOnlyError(self.path, "it was opened for reading only")
        if self.depth:
            self.depth += 1
            try:
                yield
            finally:
                self.depth -= 1
            return
        with wrap_errors(self.path, self.busy_seconds):
            self.db.execute("BEGIN IMMEDIATE")
            self.depth = 1
            try:
                yield
                self.db.execute("COMMIT")
            finally:
                self.depth = 0
                self._roll_back()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the ledger for several questions."""
        if self.depth or self.db.in_transaction:
            yield
            return
        with wrap_errors(self.path, self.busy_seconds):
            self.db.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        # After a full disk or an I/O error SQLite may have rolled back by itself.
        if self.db.in_transaction:
            self.forget_digests()
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        with wrap_errors(self.path, self.busy_seconds):
            self.db.close()


def open_connection(path: str, mode: Mode, create: bool, busy_seconds: float) -> Connection:
    """Opens, checks that it is a ledger, and brings its schema up to date.

    Raises:
        LedgerError: if there is none and none may be made, or it cannot be opened.
        LedgerVersionError: if a newer program made it.
        LedgerDamagedError: if it is no ledger; the file is not touched.
        LedgerReadOnlyError: if it cannot be written to.
    """
    file = Path(path)
    _check_file(file, mode, create)
    with wrap_errors(path, busy_seconds):
        db = _open_read(file, busy_seconds) if mode == "read" else _open_write(file, busy_seconds)
    connection = Connection(path, mode, busy_seconds, db)
    try:
        _check_version(connection)
        if mode == "write":
            _prepare(connection)
        elif connection.one("PRAGMA user_version")[0] < SCHEMA_VERSION:
            reason = "an older onrecord made it; open it once for writing (onrecord check) to bring it up to date"
            raise LedgerVersionError(path, reason)
    except BaseException:
        db.close()
        raise
    return connection


def _check_file(file: Path, mode: Mode, create: bool) -> None:
    path = str(file)
    try:
        if file.is_dir():
            raise LedgerError(path, "this is a folder; name a file")
        size = file.stat().st_size if file.exists() else -1
    except OSError as error:
        raise LedgerError(path, f"it cannot be opened ({error.strerror})") from error
    if size < 0 and (mode == "read" or not create):
        raise LedgerError(path, "there is no ledger here; make one with: onrecord read PATH --ledger FILE")
    if size < 0 and not file.parent.is_dir():
        raise LedgerError(path, f"the folder {file.parent} does not exist")
    if size <= 0:
        return
    try:
        with file.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise LedgerError(path, f"it cannot be read ({error.strerror})") from error
    if head != _HEADER:
        raise LedgerDamagedError(path, "this file is no ledger; it was left untouched")


def _uri(file: Path, options: str) -> str:
    return f"file:{quote(str(file.absolute()))}?{options}"


def _connect(uri: str, busy_seconds: float) -> sqlite3.Connection:
    db = sqlite3.connect(uri, timeout=busy_seconds, isolation_level=None, uri=True)
    try:
        _configure(db)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _configure(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE cannot slip past the guards
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    db.execute("PRAGMA temp_store = MEMORY")
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _open_read(file: Path, busy_seconds: float) -> sqlite3.Connection:
    """A read-only medium has no room for the shared-memory file beside a ledger: then the file alone is read."""
    try:
        return _connect(_uri(file, "mode=ro"), busy_seconds)
    except sqlite3.OperationalError as error:
        pending = Path(f"{file}-wal")
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
            raise
        if pending.exists() and pending.stat().st_size:
            reason = (
                f"its last changes stand in {pending.name} and this folder cannot be written to; copy both elsewhere"
            )
            raise LedgerReadOnlyError(str(file), reason) from error
    return _connect(_uri(file, "immutable=1"), busy_seconds)


def _open_write(file: Path, busy_seconds: float) -> sqlite3.Connection:
    db = _connect(_uri(file, "mode=rwc"), busy_seconds)
    db.execute(f"PRAGMA cache_size = -{_CACHE_WRITING_KIB}")
    db.execute("PRAGMA synchronous = FULL")  # a report told as done survives a power cut, not only a killed process
    return db


def _check_version(connection: Connection) -> None:
    version = connection.one("PRAGMA user_version")[0]
    application = connection.one("PRAGMA application_id")[0]
    tables = connection.one("SELECT count(*) FROM sqlite_master")[0]
    if application == APPLICATION_ID:
        if version > SCHEMA_VERSION:
            reason = f"a newer onrecord made it (schema {version}, this one knows {SCHEMA_VERSION}); upgrade onrecord"
            raise LedgerVersionError(connection.path, reason)
        if version >= 1 and tables:
            return
    elif not tables and not version and not application:
        if connection.mode == "read":
            raise LedgerDamagedError(connection.path, "this file is empty, no ledger")
        return
    raise LedgerDamagedError(connection.path, "this is a database of something else; it was left untouched")


def _prepare(connection: Connection) -> None:
    """WAL and the newest schema. Two processes may make the same ledger at once: the second finds it made."""
    with wrap_errors(connection.path, connection.busy_seconds):
        _switch_to_wal(connection)
        if connection.one("PRAGMA user_version")[0] == SCHEMA_VERSION:
            return
        with connection.transaction():
            version = connection.one("PRAGMA user_version")[0]
            if version < SCHEMA_VERSION:
                migrate(connection.db, version)


def _switch_to_wal(connection: Connection) -> None:
    # SQLite does not wait by itself for this switch when another connection is at the same.
    deadline = time.monotonic() + connection.busy_seconds
    while True:
        try:
            row = connection.db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        else:
            if row[0] != "wal":
                raise LedgerReadOnlyError(connection.path, _READ_ONLY)
            return
        time.sleep(0.02)
