"""Files that belong together are written together, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord.errors import OutputError
from onrecord.writing import write_atomically, write_together


def test_pieces_go_to_their_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_together([one, two], [(0, b"a"), (1, b"x"), (0, b"b")])
    assert (one.read_bytes(), two.read_bytes()) == (b"ab", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"old")

    def broken():
        yield 0, b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="one: No space left"):
        write_together([one, two], broken())
    assert one.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["one"]

    def interrupted():
        yield 1, b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_together([one, two], interrupted())
    assert [p.name for p in tmp_path.iterdir()] == ["one"]


def test_the_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with pytest.raises(OutputError, match="two"):
        write_together([tmp_path / "one", tmp_path / "two"], [(0, b"x")])
    with pytest.raises(OutputError, match="nowhere"):
        write_atomically(tmp_path / "nowhere" / "x", [b"x"])


def test_files_have_the_users_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomically(tmp_path / "x", [b"x"])
    finally:
        os.umask(mask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640
