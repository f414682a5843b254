"""Bad input of every kind: a message that names the file and the reason, status 1, and the rest is done."""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.pipeline import open_ledger

GOOD = (
    "Ferry returns to Tarnford\n\n"
    "TARNFORD, 3 March 2026 - The ferry returned to Tarnford on Tuesday, captain Ona Lisk said.\n"
)


def zipped(name: str, body: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return sink.getvalue()


def nested(depth: int) -> bytes:
    body = zipped("report.txt", GOOD.encode())
    for _ in range(depth):
        body = zipped("inner.zip", body)
    return body


BAD: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: b" \n\n\t\n",
    "binary.txt": lambda: bytes(range(256)) * 40,
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(200),
    "truncated.txt.gz": lambda: gzip.compress(os.urandom(4000))[:1500],
    "truncated.zip": lambda: nested(0)[:-30],
    "huge.txt": lambda: b"All is quiet on the quay. " * 2_100_000,
    "nested.zip": lambda: nested(6),
    "bomb.txt.gz": lambda: gzip.compress(bytes(300_000_000)),
    "bomb.zip": lambda: zipped("report.txt", bytes(300_000_000)),
    "no-text.csv": lambda: b"day,place\n2026-03-03,Tarnford\n",
    "broken.jsonl": lambda: b'{"title": "Ferry", "text": \n{"nothing": 1}\n',
    "boilerplate.txt": lambda: b"Sign up for our newsletter\nRead more\nAll rights reserved\n",
}


def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    from onrecord.cli.output import console

    console.cache_clear()
    status = main(["read", str(folder), "--ledger", str(folder.parent / "l")])
    console.cache_clear()
    return status, " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named_and_the_rest_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(BAD[name]())
    (folder / "zz-good.txt").write_text(GOOD)
    status, err = run(folder, capsys)
    assert status == 1
    assert "not read:" in err and name.replace(" ", "") in err.replace(" ", "")
    assert "1 new report" in err and "Traceback" not in err
    with open_ledger(tmp_path / "l") as ledger:
        assert [h.title for h in ledger.find_heads()] == ["Ferry returns to Tarnford"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "latin-1", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = GOOD.replace("Lisk", "Lísk-Møller")
    (folder / "report.txt").write_bytes(text.encode(encoding))
    assert run(folder, capsys)[0] == 0
    with open_ledger(tmp_path / "l") as ledger:
        assert "Lísk-Møller" in ledger.report(next(iter(ledger.report_ids()))).text


def test_a_very_long_report_is_kept_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = GOOD + "The quay was empty on Monday and the boats stayed in. " * 9_100
    (folder / "long.txt").write_text(text)
    status, _ = run(folder, capsys)
    assert status == 0
    with open_ledger(tmp_path / "l") as ledger:
        (head,) = ledger.find_heads()
        assert head.words > 100_000 and head.note and "characters were analysed" in head.note
        assert ledger.report(head.id).text == text


def test_other_languages_are_kept_and_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "Die Fähre ist am Dienstag zurückgekehrt, sagte die Kapitänin. Der Hafen bleibt bis Freitag geschlossen.\n"
    (folder / "de.txt").write_text(text * 3, "utf-8")
    status, err = run(folder, capsys)
    assert status == 0 and "1 kept but not analysed" in err
    with open_ledger(tmp_path / "l") as ledger:
        (head,) = ledger.find_heads()
        assert head.language == "de" and not head.analysed


def test_a_missing_path_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, err = run(tmp_path / "nowhere", capsys)
    assert status == 1 and "nowhere" in err


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "secret.txt").write_text(GOOD)
    (folder / "secret.txt").chmod(0)
    status, err = run(folder, capsys)
    assert status == 1 and "secret.txt" in err


def a_ledger(path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A ledger with one report, beside its folder."""
    (path / "in").mkdir()
    (path / "in" / "a.txt").write_text(GOOD)
    assert run(path / "in", capsys)[0] == 0
    return path / "l"


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = a_ledger(tmp_path, capsys)
    with sqlite3.connect(ledger) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    status, err = run(tmp_path / "in", capsys)
    assert status == 1 and "newer" in err


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    (tmp_path / "l").write_text("my notes")
    status, err = run(tmp_path / "in", capsys)
    assert status == 1 and str(tmp_path / "l") in err.replace(" ", "")
    assert (tmp_path / "l").read_text() == "my notes"


def test_another_process_writing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = a_ledger(tmp_path, capsys)
    (tmp_path / "in" / "b.txt").write_text(GOOD.replace("Ferry", "Tug"))
    monkeypatch.setattr("onrecord.ledger.connection.BUSY_SECONDS", 0.2)
    monkeypatch.setattr("onrecord.ledger.store.BUSY_SECONDS", 0.2)
    monkeypatch.setattr("onrecord.ledger.store.Ledger.open.__func__.__defaults__", ("write", True, 0.2))
    holder = sqlite3.connect(ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    status, err = run(tmp_path / "in", capsys)
    holder.execute("ROLLBACK")
    holder.close()
    assert status == 1 and "writ" in err and "Traceback" not in err
    assert run(tmp_path / "in", capsys)[0] == 0
