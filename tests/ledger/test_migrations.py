"""The schema: made once, marked in the file's header, each released step pinned."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

import pytest
from invented_readings import series

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, migrations
from onrecord.ledger.connection import Connection
from onrecord.ledger.migrations import APPLICATION_ID, DERIVED, KEPT, MIGRATIONS, SCHEMA_VERSION, statements

# Once released, a step must not change: add another, and its hash here.
RELEASED: dict[int, str] = {}


def test_released_steps_are_as_they_were() -> None:
    hashes = {n: hashlib.sha256(step.encode()).hexdigest() for n, step in enumerate(MIGRATIONS, 1)}
    assert {n: hashes[n] for n in RELEASED} == RELEASED


def test_a_script_is_cut_into_statements() -> None:
    script = (
        "CREATE TABLE a (b);\n\nCREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT 1;\n SELECT 2; END;\nSELECT ';';\n"
    )
    assert statements(script) == [
        "CREATE TABLE a (b);",
        "CREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT 1;\n SELECT 2; END;",
        "SELECT ';';",
    ]


def test_the_file_says_what_it_is(path: Path) -> None:
    Ledger.open(path).close()
    header = path.read_bytes()[:100]
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"onrc"
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_opening_again_changes_nothing(path: Path) -> None:
    Ledger.open(path).close()
    content = path.read_bytes()
    for mode in ("read", "write"):
        Ledger.open(path, mode=mode).close()  # type: ignore[arg-type]
    assert path.read_bytes() == content


def test_every_table_is_kept_or_derived_or_a_name(ledger: Ledger) -> None:
    tables = {
        row[0]
        for row in ledger._connection.all("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith(("sqlite_", "search", "names"))
    }
    assert tables == {*KEPT, *DERIVED, "aliases"}


def test_several_make_one_ledger_at_once(path: Path) -> None:
    failures: list[Exception] = []
    start = threading.Barrier(6)

    def make() -> None:
        start.wait()
        try:
            Ledger.open(path).close()
        except LedgerError as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Ledger.open(path) as ledger:
        assert ledger.check() == []


def test_a_failed_migration_leaves_the_ledger_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further step that fails half-way, then one that succeeds: nothing of the first try remains, nothing is lost."""
    with Ledger.open(path) as ledger:
        ledger.append(list(series(0, 3)))
        reports = list(ledger.report_ids())
    good = "CREATE TABLE extra (a);\nINSERT INTO extra VALUES (1);\n"
    for name, value in (
        ("SCHEMA_VERSION", SCHEMA_VERSION + 1),
        ("MIGRATIONS", (*MIGRATIONS, good + "INSERT INTO missing VALUES (1);\n")),
    ):
        monkeypatch.setattr(migrations, name, value)
    monkeypatch.setattr("onrecord.ledger.connection.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(sqlite3.OperationalError, match="missing"):
        Ledger.open(path)
    with pytest.raises(LedgerError, match="older"):
        Ledger.open(path, mode="read")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, good))
    with Ledger.open(path) as ledger:
        connection: Connection = ledger._connection
        assert connection.one("SELECT count(*) FROM extra") == (1,)
        assert connection.one("PRAGMA user_version") == (SCHEMA_VERSION + 1,)
        assert list(ledger.report_ids()) == reports
