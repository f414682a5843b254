"""Revisions of one address, read by the whole program and shown to people and programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from test_page import check_harmless

from onrecord.api import open as open_record
from onrecord.cli import main

BLAST, VISIT = "https://quay.example/blast", "https://quay.example/visit"
REVISIONS = (
    (BLAST, "Five people were killed in an explosion at the harbour of Kelmouth on Tuesday, police said."),
    (BLAST, "Seven people were killed in an explosion at the harbour of Kelmouth on Tuesday, police said."),
    (
        BLAST,
        "Seven people were killed in an explosion at the harbour of Kelmouth on Tuesday, police said.\n\n"
        "The harbour company denied that a tank had leaked.",
    ),
    (
        VISIT,
        "Prime Minister Maren Holt will visit Drevna on Thursday, two government officials said on condition of"
        " anonymity.",
    ),
    (VISIT, "Prime Minister Maren Holt will visit Drevna on Thursday, government spokeswoman Ilse Farrow said."),
    (VISIT, "Prime Minister Maren Holt visited Drevna on Thursday, government spokeswoman Ilse Farrow said."),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("revisions")
    rows = [
        {"url": url, "outlet": "The Quay Post", "title": "News of the quay", "text": text,
         "published": "2031-03-04T08:00:00+00:00", "updated": f"2031-03-{5 + n:02}T10:00:00+00:00"}
        for n, (url, text) in enumerate(REVISIONS)
    ]  # fmt: skip
    (folder / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with open_record(folder / "r.ledger") as record:
        run = record.read(folder / "r.jsonl")
        assert (len(run.new), len(run.revisions)) == (2, 4)
    return folder / "r.ledger"


@pytest.fixture
def run(ledger: Path, monkeypatch: pytest.MonkeyPatch, program: Callable) -> Callable:
    monkeypatch.setenv("ONRECORD_LEDGER", str(ledger))
    return program


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (BLAST, [["figure"], ["denial_added"]]),
        (VISIT, [["source_named"], ["status"]]),
    ],
)
def test_each_revision_says_what_it_changed(ledger: Path, address: str, expected: list[list[str]]) -> None:
    with open_record(ledger, writing=False) as record:
        steps = record.revisions(address)
        assert [[c.kind for c in s.changes] for s in steps] == expected
        assert all(s.earlier.id == s.later.revision_of for s in steps)
        moment = steps[0].later.updated
        assert moment is not None
        assert record.at(moment.earliest).revisions(address) == steps[:1]


def test_for_people_and_for_programs(run: Callable, tmp_path: Path) -> None:
    status, out, _ = run("report", BLAST, "--revisions")
    assert status == 0 and "toll Five → Seven" in out and "denial added" in out
    rows = [json.loads(line) for line in run("report", BLAST, "--revisions", "--format", "jsonl")[1].splitlines()]
    assert [r["kind"] for r in rows] == ["figure", "denial_added"]
    assert rows[0]["before"]["text"].startswith("Five people") and rows[0]["now"]["text"].startswith("Seven people")
    target = tmp_path / "r.html"
    assert run("page", BLAST, "--to", str(target))[0] == 0
    assert "toll Five → Seven" in check_harmless(target.read_text("utf-8")).text


def test_one_revision_only(examples_ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_record(examples_ledger, writing=False) as record:
        head = next(h for h in record.reports() if len(record.ledger.revisions(h.address)) == 1)
    assert main(["report", head.id, "--revisions", "--ledger", str(examples_ledger)]) == 0
    assert "only one revision" in capsys.readouterr().err
