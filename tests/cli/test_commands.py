"""Every command, run as a user runs it, over the example reports."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ask import reading_from_contract, schema
from onrecord.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(examples_ledger: Path, monkeypatch: pytest.MonkeyPatch, program: Callable) -> Run:
    """Runs a command on the examples' ledger; gives status, output and errors."""
    monkeypatch.setenv("ONRECORD_LEDGER", str(examples_ledger))
    return program


def first(run: Run, command: str, key: str, *options: str) -> str:
    """The id in the first row of a listing."""
    status, out, _ = run(command, "--format", "jsonl", *options)
    assert status == 0
    return str(json.loads(out.splitlines()[0])[key])


LISTINGS = ("stories", "events", "claims", "quotes", "entities", "reports", "agenda", "contradictions", "sources")


@pytest.mark.parametrize("command", LISTINGS)
def test_listings_say_the_same_in_every_format(run: Run, command: str) -> None:
    status, out, _ = run(command, "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and (lines or command == "contradictions")
    assert json.loads(run(command, "--format", "json")[1]) == lines
    assert len(list(csv.DictReader(io.StringIO(run(command, "--format", "csv")[1])))) == len(lines)
    table = run(command, *(() if command in ("agenda", "sources") else ("--all",)))[1]
    assert (len(table.splitlines()) > len(lines)) is bool(lines)


def test_a_table_is_short_unless_more_is_asked_for(run: Run) -> None:
    everything = run("claims", "--format", "jsonl")[1].splitlines()
    assert len(everything) > 100
    assert len(run("claims", "--format", "jsonl", "--limit", "7")[1].splitlines()) == 7
    assert len(run("entities")[1].splitlines()) < len(run("entities", "--all")[1].splitlines())


def test_a_story_shows_standing_claims_and_reports(run: Run) -> None:
    story = first(run, "stories", "story")
    status, out, _ = run("story", story[:8])
    assert status == 0
    assert "claims" in out.splitlines()[1] and "REPORTS" in out
    assert "“" in out and "\x1b" not in out
    whole = json.loads(run("story", story, "--format", "json")[1])
    assert whole["story"] == story and whole["event_records"]


def test_an_event_is_shown_and_explained(run: Run) -> None:
    event = first(run, "events", "event")
    assert run("event", event)[0] == 0
    status, out, _ = run("why", event[:10])
    assert status == 0 and len(out.split()) > 10


def test_a_report_is_shown_with_its_facts(run: Run) -> None:
    report = first(run, "reports", "report")
    out = run("report", report)[1]
    assert "source  cue  content" in out and "event  " in out and "says  " in out
    text = run("report", report, "--plain")[1]
    reading = json.loads(run("report", report, "--format", "json")[1])
    assert text.strip() == reading["report"]["text"].strip()


def test_search_finds_words_with_filters(run: Run) -> None:
    status, out, _ = run("search", '"Quay Street"', "--format", "jsonl", "--outlet", "The Hallam Post")
    hits = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and {h["outlet"] for h in hits} == {"The Hallam Post"}
    assert run("search", "zzzunheardof")[1] == ""


def test_changes_make_a_briefing(run: Run) -> None:
    status, out, _ = run("changes", "--since", "2026-03-04", "--until", "2026-03-06")
    assert status == 0 and out.splitlines()[0].isupper()


def test_compare_shows_who_carries_what(run: Run) -> None:
    status, out, _ = run("compare", first(run, "stories", "story"))
    assert status == 0 and "ONLY " in out and "not in" in out and "on unnamed sources" in out


def test_as_of_knows_only_what_was_known(run: Run) -> None:
    out = run("reports", "--as-of", "2026-03-02", "--format", "jsonl")[1]
    published = [json.loads(line)["published"] for line in out.splitlines()]
    assert published and max(published) < "2026-03-03"


@pytest.mark.parametrize("name", ["claims.jsonl", "claims.csv", "events.parquet"])
def test_exports_can_be_read_back(run: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    status, _, err = run("export", "--to", str(target), "--table", name.split(".")[0])
    assert status == 0
    if name.endswith("jsonl"):
        rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    elif name.endswith("csv"):
        rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    else:
        rows = pytest.importorskip("pyarrow.parquet").read_table(target).to_pylist()
    assert len(rows) > 20 and f"{len(rows):,}" in err


def test_check_finds_the_ledger_whole(run: Run) -> None:
    status, out, err = run("check")
    assert (status, out) == (0, "") and "whole" in err


def test_readings_follow_the_contract(run: Run) -> None:
    import jsonschema

    status, out, _ = run("read", str(ROOT / "examples" / "northline.jsonl"), "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and len(lines) == 7
    for line in lines:
        jsonschema.validate(line, schema("reading"))
        text = line["report"]["text"]
        assert all(text[m["start"] : m["end"]] == m["text"] for m in line["mentions"])
        assert reading_from_contract(line).report.id == line["report"]["id"]


def test_errors_are_one_clear_line(run: Run, tmp_path: Path) -> None:
    assert run("story", "s000000")[0] == 1
    assert "s000000" in run("story", "s000000")[2]
    status, _, err = run("stories", "--ledger", str(tmp_path / "none"))
    assert status == 1 and "onrecord read" in err
    assert run("stories", "--as-of", "yesterday")[0] == 2
    assert run("stories", "--no-such-option")[0] == 2
    assert run("story", "s", "--format", "csv")[0] in (1, 2)


def test_reading_prints_the_record_of_what_is_new(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "one.txt"
    report.write_text(
        "Mayor to open bridge\n\n"
        "TARNFORD, 3 March 2026 - Mayor Ona Lisk will open the bridge on Friday, her office said.\n"
    )
    status, out, err = run("read", str(report), "--ledger", str(tmp_path / "l"))
    assert status == 0 and "1 new report" in err and "Mayor to open bridge" in out
    status, out, err = run("read", str(report), "--ledger", str(tmp_path / "l"))
    assert (status, out) == (0, "") and "nothing new" in err and "1 already on record" in err


def test_every_command_has_help_and_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, command in app.commands.items():
        assert command.help, name
        assert f"## onrecord {name}" in page
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered(run: Run, shell: str) -> None:
    status, out, _ = run("completion", shell)
    assert status == 0 and "_ONRECORD_COMPLETE" in out


def shell(command: str, ledger: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    values = {**os.environ, "ONRECORD_LEDGER": str(ledger), **environment}
    program = f"{sys.executable} -m onrecord"
    return subprocess.run(
        ["bash", "-c", command.replace("onrecord", program)], env=values, capture_output=True, text=True, check=False
    )


def test_a_reader_that_leaves_early_is_no_error(examples_ledger: Path) -> None:
    done = shell("set -o pipefail; onrecord claims --all --format jsonl | head -n 1", examples_ledger)
    assert len(done.stdout.splitlines()) == 1 and done.stderr == ""


def test_a_full_disk_for_the_output_is_said(examples_ledger: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = shell("onrecord claims --all --format jsonl > /dev/full", examples_ledger)
    assert done.returncode == 1 and "Traceback" not in done.stderr and done.stderr.strip()


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_a_narrow_terminal_holds_every_line(examples_ledger: Path, columns: str) -> None:
    done = shell("onrecord stories", examples_ledger, COLUMNS=columns)
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= int(columns)
