"""The way in, end to end: runs that stop, runs that repeat, runs in several processes, derived things made anew."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.ask import Asker
from onrecord.ledger import LEAST_HEADLINES, Ledger
from onrecord.linking import digest
from onrecord.model import JudgementKind, Reading, Verdict
from onrecord.pipeline import PipelineOptions, Run, link_pending, open_ledger, read, readings, rebuild
from tests.linking.builders import report as written

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
REPORT = """Harbour council approves {name} bridge

TARNFORD, 3 March 2026 - The harbour council of Tarnford approved a new bridge over the {name} on Tuesday, mayor Ona
Lisk said. "We will begin in June," Lisk told reporters. Residents of {name} Street oppose the plan.
"""


def folder_of(path: Path, number: int) -> Path:
    """A folder of invented reports, no two alike."""
    path.mkdir()
    for i in range(number):
        (path / f"{i:03}.txt").write_text(REPORT.format(name=f"Brook{chr(97 + i % 26)}{i}"), "utf-8")
    return path


def test_a_second_run_adds_nothing(tmp_path: Path, examples_copy: Path) -> None:
    with open_ledger(examples_copy, writing=True) as ledger:
        before = ledger.counts()
        run = read([str(EXAMPLES)], ledger, PipelineOptions())
        assert (run.new, run.revisions, run.reread, run.failures) == ([], [], [], [])
        assert run.known == run.found == before["reports"]
        assert ledger.counts() == before


def test_progress_tells_only_what_is_on_record(tmp_path: Path) -> None:
    source, path = folder_of(tmp_path / "in", 3), tmp_path / "l"
    told: list[tuple[int, int]] = []

    def progress(run: Run) -> None:
        with open_ledger(path) as other:
            told.append((len(run.new), other.counts()["reports"]))

    with open_ledger(path, writing=True) as ledger:
        read([str(source)], ledger, PipelineOptions(), progress)
    assert told and all(said <= kept for said, kept in told)


def test_processes_read_what_one_process_reads(tmp_path: Path) -> None:
    source = [str(folder_of(tmp_path / "in", 5))]
    one, two = (list(readings(source, PipelineOptions(jobs=jobs))) for jobs in (1, 2))
    assert one == two
    assert all(r.events and r.attributions for r in one)


def test_interrupted_runs_keep_what_they_read_and_go_on(tmp_path: Path) -> None:
    source, path = folder_of(tmp_path / "in", 4), tmp_path / "l"

    def stop(run: Run) -> None:
        raise KeyboardInterrupt

    with open_ledger(path, writing=True) as ledger:
        first = read([str(source)], ledger, PipelineOptions(), stop)
        assert first.interrupted and first.new
        second = read([str(source)], ledger, PipelineOptions())
        assert not second.interrupted and second.known == len(first.new)
        assert len(first.new) + len(second.new) == 4
        assert ledger.check() == []


def test_a_killed_run_loses_nothing_it_reported(tmp_path: Path) -> None:
    source, path = folder_of(tmp_path / "in", 70), tmp_path / "l"
    script = (
        "import sys\nfrom onrecord.pipeline import *\n"
        "with open_ledger(sys.argv[2], writing=True) as ledger:\n"
        "    read([sys.argv[1]], ledger, PipelineOptions(), lambda run: print(*run.new, flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(source), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    reported = process.stdout.readline().split()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert reported
    with open_ledger(path, writing=True) as ledger:
        assert set(reported) <= set(ledger.report_ids())
        assert ledger.check() == []
        run = read([str(source)], ledger, PipelineOptions())
        assert run.known >= len(reported)
        assert ledger.counts()["reports"] == 70
        assert ledger.pending(1) == []


def state(ledger: Ledger) -> dict[str, object]:
    """Everything derived, in a form to compare."""
    clusters = {k: sorted((c.id, tuple(sorted(c.members))) for c in ledger.clusters(k)) for k in JudgementKind}
    asker = Asker(ledger)
    standings = {e.id: e.standing for s in asker.stories() for e in asker.story(s.id).events}
    return {"clusters": clusters, "standings": standings}


def test_what_is_derived_can_be_derived_anew(examples_copy: Path) -> None:
    with open_ledger(examples_copy, writing=True) as ledger:
        before = state(ledger)
        assert rebuild(ledger) == ledger.counts()["reports"]
        Asker(ledger).refresh()
        assert state(ledger) == before
        assert ledger.check() == []


def test_standings_are_of_what_somebody_claims(examples_copy: Path) -> None:
    with open_ledger(examples_copy, writing=True) as ledger:
        ledger.drop_standings()
        events = {e.id for e in ledger.events(limit=10**6)}
        assert 0 < Asker(ledger).refresh() < len(events)
        assert ledger.without_standing(1) == []
        assert set(ledger.standings(sorted(events))) == set(ledger.testimonies(sorted(events)))


def test_a_newer_version_adds_a_reading_and_replaces_nothing(
    examples_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.reading import reader

    with open_ledger(examples_copy, writing=True) as ledger:
        report = next(iter(ledger.report_ids()))
        (old,) = ledger.readings_made(report)
        monkeypatch.setattr(reader, "made_by", lambda options: "onrecord 99")
        monkeypatch.setattr("onrecord.pipeline._reader", None)
        run = read([str(EXAMPLES / "morning-brief.eml")], ledger, PipelineOptions())
        monkeypatch.setattr("onrecord.pipeline._reader", None)
        assert len(run.reread) == 1 and not run.new
        made = [by for by, _ in ledger.readings_made(run.reread[0])]
        assert made == [old[0], "onrecord 99"]
        assert ledger.reading(run.reread[0]).made_by == "onrecord 99"
        assert ledger.reading(run.reread[0], old[0]).made_by == old[0]


def test_another_writer_is_waited_for(tmp_path: Path) -> None:
    """Two runs over one ledger: both end, and everything is there once."""
    source, path = folder_of(tmp_path / "in", 12), tmp_path / "l"
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "onrecord", "read", str(source), "--ledger", str(path), "--quiet"]
    started = []
    for _ in range(2):
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment))
        time.sleep(0.1)
    assert [p.wait() for p in started] == [0, 0]
    with open_ledger(path) as ledger:
        assert ledger.counts()["reports"] == 12
        assert ledger.check() == []


FOOT = "The Vale Courier is printed in Pellwick. Rebels burned its first press there and killed two of its editors."


def with_foot(path: Path, number: int) -> list[str]:
    """Invented reports of one outlet, each its own news above one and the same foot."""
    path.mkdir()
    rows = [
        {
            "address": f"https://vale.example/{i}",
            "outlet": "Vale Courier",
            "title": f"Harbour council approves {name} bridge",
            "published": f"2026-03-{i + 1:02}",
            "text": f"The harbour council of Tarnford approved a new bridge over the {name} on Tuesday.\n\n{FOOT}\n",
        }
        for i, name in enumerate(f"Brook{chr(97 + i)}" for i in range(number))
    ]
    (path / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return [str(path / "reports.jsonl")]


def test_a_line_under_many_headlines_of_an_outlet_becomes_its_boilerplate(tmp_path: Path) -> None:
    """In one batch as in several runs; what was read before stays, and is shown with it."""
    sources = with_foot(tmp_path / "in", LEAST_HEADLINES + 2)
    lines = Path(sources[0]).read_text("utf-8").splitlines(keepends=True)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("".join(lines[:-2]), "utf-8")
    second.write_text("".join(lines[-3:]), "utf-8")
    for paths in ([sources[0]], [str(first), str(second)]):
        with open_ledger(tmp_path / f"{len(paths)}.ledger", writing=True) as ledger:
            for path in paths:
                read([path], ledger, PipelineOptions())
            early, *_, late = [ledger.reading(report) for report in ledger.report_ids()]
            assert [p.kind for p in late.report.parts if FOOT[:9] in late.report.text[p.start : p.end]] == [
                "boilerplate"
            ]
            assert not any("burned" in c.words.text or "killed" in c.words.text for c in late.claims)
            assert any("approved" in c.words.text for c in late.claims)
            shown = Asker(ledger).report(early.report.id).reading.report
            assert FOOT in [shown.text[p.start : p.end] for p in shown.parts if p.kind == "boilerplate"]
            copies = ledger.judgements(JudgementKind.COPY, [late.report.id])
            assert not any(
                reason.name == "passages" and "1 passage" in reason.words for j in copies for reason in j.reasons
            )


def words_like(name: str, count: int) -> str:
    """A passage of words that no other name has."""
    return " ".join(f"{name.casefold()}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count)).capitalize() + "."


def told_between(left: str, right: str) -> Reading:
    """A report with news of its own, and a passage in common with its neighbour on either side."""
    passages = [words_like(left + right, 70), words_like(left, 40), words_like(right, 40)]
    return Reading(written("\n\n".join(passages), title=f"From {left} to {right}", day="2031-03-03"), "test")


def doubts(ledger: Ledger) -> dict[str, set[tuple[str, str]]]:
    return {c.id: set(c.unsure) for c in ledger.clusters(JudgementKind.COPY)}


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_what_clusters_are_unsure_of_follows_from_all_judgements(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.pipeline_linking.LINKED_AT_ONCE", batch)
    towns = ("Kelmar", "Brask", "Tarnsund", "Ostwick", "Velden", "Quell")
    made = [told_between(left, right) for left, right in pairwise(towns)]
    with Ledger.open(tmp_path / "one.ledger") as ledger:
        for reading in made:
            ledger.append([(reading, digest(reading))])
        link_pending(ledger)
        members = [reading.report.id for reading in made]
        place = {m: c.id for m, c in ledger.cluster_of(JudgementKind.COPY, members).items()}
        expected: dict[str, set[tuple[str, str]]] = {name: set() for name in place.values()}
        for j in ledger.judgements(JudgementKind.COPY, members):
            if j.verdict is Verdict.UNSURE and place[j.left] != place[j.right]:
                expected[place[j.left]].add((j.left, j.right))
                expected[place[j.right]].add((j.right, j.left))
        assert doubts(ledger) == expected
        assert sum(map(len, expected.values())) >= len(made)
