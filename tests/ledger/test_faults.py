"""What files, disks and other processes do: each its own error, naming the file; nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from invented_readings import Shape, invent, readable, series

from onrecord.errors import (
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerReadOnlyError,
    LedgerVersionError,
)
from onrecord.ledger import Ledger
from onrecord.ledger.connection import wrap_errors
from onrecord.ledger.migrations import SCHEMA_VERSION
from onrecord.model import Cluster, JudgementKind, make_id

HERE = Path(__file__).parent
KILLS = int(os.environ.get("ONRECORD_KILLS", "20"))

WRITER = """
import sys
sys.path.insert(0, {here!r})
from invented_readings import Shape, invent, readable
from onrecord.ledger import Ledger
from onrecord.model import Cluster, JudgementKind, make_id
path, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Ledger.open(path) as ledger:
    print("open", flush=True)
    for number in range(first, last):
        item = readable(invent(number, shape=Shape(events=3, filler=3)))
        ledger.append([item])
        print(item[0].report.id, flush=True)
        with ledger.transaction():
            cluster = Cluster(make_id("k", number), JudgementKind.COPY, (item[0].report.id,))
            ledger.put_clusters(JudgementKind.COPY, [cluster])
            ledger.set_linked([item[0].report.id])
"""


def start_writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    code = WRITER.format(here=str(HERE))
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(first), str(last)], stdout=subprocess.PIPE, text=True
    )


def test_a_killed_process_loses_nothing_it_reported(path: Path) -> None:
    """Killed at random moments, again and again, each next process goes on where the last one stood."""
    rng = random.Random(11)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        process = start_writer(path, len(acknowledged), len(acknowledged) + 1000)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        for _ in range(rng.randrange(4)):
            acknowledged.append(process.stdout.readline().strip())
        time.sleep(rng.random() * 0.03)
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().split()
        process.wait()
        with Ledger.open(path, mode="read") as ledger:
            kept = list(ledger.report_ids())
            assert kept[: len(acknowledged)] == acknowledged
            # At most the one whose acknowledgement was not heard.
            assert len(acknowledged) <= len(kept) <= len(acknowledged) + 1
            acknowledged = kept
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        assert len(set(acknowledged)) == ledger.counts()["reports"] == len(acknowledged)
        assert acknowledged == [invent(n, shape=Shape(events=3, filler=3)).report.id for n in range(len(acknowledged))]


def test_two_processes_append_at_once(path: Path) -> None:
    writers = [start_writer(path, first, first + 25) for first in (0, 100)]
    said = [writer.communicate()[0].split()[1:] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    with Ledger.open(path) as ledger:
        assert sorted(ledger.report_ids()) == sorted(said[0] + said[1])
        assert ledger.counts()["reports"] == 50
        assert ledger.check() == []


def test_a_full_disk(filled: Ledger) -> None:
    """``max_page_count`` fails as a full disk does; what was there stays, and more fits once there is room."""
    before = list(filled.report_ids())
    db = filled._connection.db
    limit = db.execute("PRAGMA max_page_count").fetchone()[0]
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 8}")
    with pytest.raises(LedgerFullError, match="no room"):
        filled.append(list(series(100, 160)))
    assert list(filled.report_ids()) == before
    assert filled.check() == []
    db.execute(f"PRAGMA max_page_count = {limit}")
    assert len(filled.append(list(series(100, 160))).new) == 60
    assert filled.check() == []


LIMITED = """
import resource, signal, sys
sys.path.insert(0, {here!r})
from invented_readings import series
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(sys.argv[1]) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        for number in range(100, 400, 5):
            ledger.append(list(series(number, number + 5)))
            print(*[r.report.id for r, _ in series(number, number + 5)], flush=True)
    except LedgerError as error:
        print(type(error).__name__, error, file=sys.stderr)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        sys.exit(3)
"""


@pytest.mark.parametrize("size", [300_000, 500_001, 900_000])
def test_a_limit_on_file_size(path: Path, size: int) -> None:
    """The write itself fails, in the log or in the file."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(here=str(HERE)), str(path), str(size)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert str(path) in done.stderr
    with Ledger.open(path) as ledger:
        assert sorted(ledger.report_ids()) == sorted(done.stdout.split())
        assert ledger.check() == []


# --- files that are none ---------------------------------------------------------------------------------------


def test_no_file(tmp_path: Path) -> None:
    for options in ({"mode": "read"}, {"create": False}):
        with pytest.raises(LedgerError, match="no ledger here") as caught:
            Ledger.open(tmp_path / "none.ledger", **options)  # type: ignore[arg-type]
        assert caught.value.what == str(tmp_path / "none.ledger")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger.open(tmp_path / "no" / "none.ledger")
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path)


@pytest.mark.parametrize("content", [b"a note, no ledger", b"SQLite format 4\x00" * 300, os.urandom(5000), b"\x00"])
@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_file_is_left_untouched(path: Path, content: bytes, mode: str) -> None:
    path.write_bytes(content)
    with pytest.raises(LedgerDamagedError, match=r"test\.ledger"):
        Ledger.open(path, mode=mode)  # type: ignore[arg-type]
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_a_database_of_something_else_is_left_untouched(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE reports (id TEXT)")
    db.close()
    content = path.read_bytes()
    for mode in ("read", "write"):
        with pytest.raises(LedgerDamagedError, match="something else"):
            Ledger.open(path, mode=mode)  # type: ignore[arg-type]
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    with pytest.raises(LedgerDamagedError, match="empty"):
        Ledger.open(path, mode="read")
    with Ledger.open(path) as ledger:
        assert ledger.counts()["reports"] == 0


def test_a_newer_version(path: Path) -> None:
    Ledger.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    for mode in ("read", "write"):
        with pytest.raises(LedgerVersionError, match="upgrade onrecord"):
            Ledger.open(path, mode=mode)  # type: ignore[arg-type]


# --- damage ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sound(path: Path) -> Path:
    with Ledger.open(path) as ledger:
        ledger.append(list(series(0, 30)))
    return path


def use(path: Path) -> list[object]:
    """Opens, checks, asks and writes; what is wrong with it."""
    with Ledger.open(path) as ledger:
        problems: list[object] = list(ledger.check())
        for report in ledger.report_ids():
            ledger.reading(report)
        ledger.append(list(series(50, 51)))
        ledger.events()
        return problems


def test_text_that_is_none_is_damage(path: Path) -> None:
    with Ledger.open(path) as ledger, pytest.raises(LedgerDamagedError) as caught:
        ledger._do(lambda connection: connection.one("SELECT CAST(x'66ff' AS TEXT)"))
    assert caught.value.what == str(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file(sound: Path, share: float) -> None:
    content = sound.read_bytes()
    sound.write_bytes(content[: int(len(content) * share)])
    try:
        assert use(sound) != []
    except LedgerDamagedError as error:
        assert error.what == str(sound)


@pytest.mark.parametrize("seed", range(12))
def test_garbled_pages(sound: Path, seed: int) -> None:
    """Four pages of noise: a problem is named or the damage is an error; no wrong answer in silence, no crash."""
    rng = random.Random(seed)
    content = bytearray(sound.read_bytes())
    for page in rng.sample(range(1, len(content) // 4096), 4):
        content[page * 4096 : page * 4096 + 4096] = rng.randbytes(4096)
    sound.write_bytes(content)
    try:
        assert use(sound) != []
    except LedgerDamagedError as error:
        assert error.what == str(sound)


@pytest.mark.parametrize("seed", range(25))
def test_a_flipped_byte(sound: Path, seed: int) -> None:
    """Found out, or harmless: then every reading is as it was."""
    rng = random.Random(seed)
    content = bytearray(sound.read_bytes())
    content[rng.randrange(100, len(content))] ^= 1 << rng.randrange(8)
    sound.write_bytes(content)
    try:
        if use(sound) == []:
            with Ledger.open(sound) as ledger:
                for reading, _ in series(0, 30):
                    assert ledger.reading(reading.report.id) == reading
    except LedgerDamagedError as error:
        assert error.what == str(sound)


# --- others, and permissions -----------------------------------------------------------------------------------


def test_another_process_is_writing(filled: Ledger, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, busy_seconds=0.05) as waiting:
        with pytest.raises(LedgerBusyError, match="another process") as caught:
            waiting.append(list(series(40, 41)))
        assert caught.value.what == str(path)
        assert waiting.counts()["reports"] == 12
        other.execute("COMMIT")
        assert len(waiting.append(list(series(40, 41))).new) == 1
    other.close()


def test_opened_for_reading(sound: Path) -> None:
    content = sound.read_bytes()
    with Ledger.open(sound, mode="read") as ledger:
        assert ledger.counts()["reports"] == 30
        for write in _writes(ledger):
            with pytest.raises(LedgerReadOnlyError, match="reading only"):
                write()
    assert sound.read_bytes() == content


def _writes(ledger: Ledger) -> list[Callable[[], object]]:
    report = next(iter(ledger.report_ids()))
    return [
        lambda: ledger.append([readable(invent(99))]),
        lambda: ledger.put_clusters(JudgementKind.COPY, [Cluster(make_id("k", 1), JudgementKind.COPY, (report,))]),
        lambda: ledger.set_linked([report]),
        lambda: ledger.rebuild(),
        lambda: ledger.drop_standings(),
    ]


READ = """
import os, sys
from onrecord.errors import OnRecordError
from onrecord.ledger import Ledger
if os.getuid() == 0:  # root may write everywhere: be nobody
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for mode in ("read", "write"):
    try:
        with Ledger.open(sys.argv[1], mode=mode) as ledger:
            print(mode, ledger.counts()["reports"])
            if mode == "write":
                ledger.drop_standings()
    except OnRecordError as error:
        print(mode, type(error).__name__, error)
"""


@pytest.fixture
def readable_by_all(sound: Path) -> Path:
    """In a folder that another user can enter and not write to."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="onrecord-read-only-"))
    target = folder / "shared.ledger"
    shutil.copy(sound, target)
    target.chmod(0o444)
    folder.chmod(0o555)
    return target


def test_a_read_only_file_and_folder(readable_by_all: Path) -> None:
    """Reading works without a trace; writing is refused with the reason."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(readable_by_all)], capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert lines[0] == "read 30", done
    assert lines[1].startswith("write LedgerReadOnlyError"), done
    assert str(readable_by_all) in lines[1]
    assert [p.name for p in readable_by_all.parent.iterdir()] == ["shared.ledger"]
    readable_by_all.parent.chmod(0o755)
    shutil.rmtree(readable_by_all.parent)


def test_sqlite_errors_become_ours() -> None:
    def failing(code: int) -> sqlite3.OperationalError:
        error = sqlite3.OperationalError("made up")
        error.sqlite_errorcode = code
        return error

    for code, expected in (
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LedgerBusyError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, LedgerReadOnlyError),
        (sqlite3.SQLITE_FULL, LedgerFullError),
        (sqlite3.SQLITE_CORRUPT_VTAB, LedgerDamagedError),
        (sqlite3.SQLITE_NOTADB, LedgerDamagedError),
        (sqlite3.SQLITE_IOERR_WRITE, LedgerError),
        (sqlite3.SQLITE_CANTOPEN, LedgerError),
        (sqlite3.SQLITE_NOMEM, LedgerError),
    ):
        with pytest.raises(expected, match=r"x\.ledger"), wrap_errors("x.ledger"):
            raise failing(code)
    with pytest.raises(sqlite3.OperationalError, match="made up"), wrap_errors("x.ledger"):
        raise failing(sqlite3.SQLITE_ERROR)
