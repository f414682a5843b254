"""Corrections as an analyst types them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(examples_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Callable) -> Run:
    monkeypatch.setenv("ONRECORD_LEDGER", str(examples_copy))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ONRECORD_AUTHOR", raising=False)
    return program


def events(run: Run) -> list[str]:
    return [json.loads(line)["event"] for line in run("events", "--format", "jsonl")[1].splitlines()]


def test_who_signs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    one, *_ = events(run)
    status, _, err = run("correct", "title", one, "The talks", "--reason", "plainer")
    assert status == 2 and "ONRECORD_AUTHOR" in err
    assert run("correct", "author")[0] == 2
    assert run("correct", "author", "A.  Desk")[0] == 0 and run("correct", "author")[1] == "A. Desk\n"
    assert run("correct", "title", one, "The talks", "--reason", "plainer")[0] == 0
    monkeypatch.setenv("ONRECORD_AUTHOR", "B. Desk")
    assert run("correct", "title", one, "The long talks", "--reason", "plainer still")[0] == 0
    assert run("correct", "title", one, "Talks", "--reason", "shorter", "--author", "C. Desk")[0] == 0
    rows = [json.loads(line) for line in run("corrections", "--format", "jsonl")[1].splitlines()]
    assert [r["author"] for r in rows] == ["A. Desk", "B. Desk", "C. Desk"]
    assert "Talks" in run("event", one)[1]


def test_a_correction_says_what_became_of_it(run: Run) -> None:
    one, two, *_ = events(run)
    signed = ("--reason", "one thing", "--author", "A. Desk")
    status, out, _ = run("correct", "merge", one, two, *signed)
    first, *held = out.splitlines()
    assert status == 0 and first.endswith("merge by A. Desk") and len(held) == 1
    assert len(set(events(run)) & {one, two}) == 1
    made = first.split()[0]
    assert run("correct", "undo", made[:6], *signed)[0] == 0
    assert set(events(run)) >= {one, two}
    table = run("corrections")[1]
    assert "undone by" in table and "one thing" in table
    assert run("corrections", "--in-force")[2].strip() == "no corrections"


def test_every_action_has_its_line(run: Run) -> None:
    one, two, *_ = events(run)
    signed = ("--reason", "so it is", "--author", "A. Desk")
    reports = [json.loads(line)["report"] for line in run("reports", "--format", "jsonl")[1].splitlines()]
    for words in (
        ("different", one, two),
        ("relabel", one, "consult"),
        ("status", one, "planned"),
        ("same", reports[0], reports[1], "--as", "copy"),
        ("entity", f"{reports[0]}.n1", "Oda Brandvold"),
    ):
        assert run("correct", *words, *signed)[0] == 0, words
    assert run("correct", "split", one, two, *signed)[0] == 2
    assert run("correct", "status", one, "finished", *signed)[0] == 2
    assert run("correct", "merge", one, two)[0] == 2
    out = run("corrections", "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [r["action"] for r in rows] == ["different", "relabel", "status", "same", "entity"]
    assert all(json.loads(r["labels"]) for r in rows)
    assert run("check")[0] == 0
