"""The package's head: its example runs, its names are there, its ids keep their bytes."""

from __future__ import annotations

import doctest
import importlib.util
import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord.model import make_id, report_id

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def test_the_example_at_the_head_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not any(importlib.util.find_spec(name) for name in ("pandas", "polars")):
        pytest.skip("the last line of the example needs pandas or polars")
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testmod(onrecord, verbose=False)
    assert tried >= 8 and not failed


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(onrecord, name) is not None


def test_ids_keep_their_bytes() -> None:
    """A ledger of last year must know the same report again: a change here needs a new ``ID_VERSION``."""
    assert make_id("x", "a", None, 1) == "xf7dmb7untl3ouylq"
    assert report_id("a", "text", None, "Outlet", "2026-03-05", None) == "raruuwqudvflypbk7"


def test_errors_share_one_base_and_name_what_failed() -> None:
    from onrecord import errors

    classes = [c for c in vars(errors).values() if isinstance(c, type) and c.__module__ == errors.__name__]
    assert len(classes) > 5
    for one in classes:
        assert issubclass(one, errors.OnRecordError)
        error = one("r1", "because")
        assert (error.what, error.reason, str(error)) == ("r1", "because", "r1: because")
