"""Prepares, runs and scores benchmark sets through the command line, as a user would, with ../shared/bench's scorer."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import pairs
from benchmarks.newsroom import command as newsroom
from benchmarks.sets import BENCH, BenchmarkSet

NEWSROOM_REPORTS, NEWSROOM_SEED = 2_000, 23

Cases = dict[str, tuple[float, ...]]


def scorer() -> ModuleType:
    """../shared/bench/score.py as a module."""
    spec = importlib.util.spec_from_file_location("onrecord_bench_score", BENCH / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(BENCH / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def at(result: dict[str, Any], path: str) -> float:
    """The figure at a dotted path; 0 where nothing could be measured."""
    value: Any = result
    for key in path.split("."):
        value = value[key]
    return float(value if value is not None else 0.0)


def onrecord(*words: str | Path, out: Path | None = None) -> None:
    """Runs the program; status 1 (some reports failed) is no failure of the run."""
    command = [sys.executable, "-m", "onrecord", *map(str, words)]
    if out is None:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    else:
        with out.open("wb") as sink:
            done = subprocess.run(command, stdout=sink, check=False)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command)


def produce(item: BenchmarkSet, work: Path, jobs: int) -> Path:
    """What the program prints for this set, as a file of JSON lines; of the invented newsroom, the ledger it makes."""
    if item.through == "ledger":
        folder = work / item.name
        newsroom.write(folder, NEWSROOM_REPORTS, NEWSROOM_SEED)
        onrecord(
            "read", folder / newsroom.REPORTS, "--ledger", folder / newsroom.LEDGER, "--jobs", str(jobs), "--quiet"
        )
        return folder / newsroom.LEDGER
    if item.through == "pairs":
        return pairs.read(item, work)
    prepared, out = work / f"{item.name}.jsonl", work / f"{item.name}.out.jsonl"
    scorer().prepare(str(item.gold), str(prepared))
    if item.sample > 1 or item.held_out > 1:
        kept = {g["id"] for g in gold_rows(item)}
        lines = [line for line in prepared.read_text("utf-8").splitlines() if json.loads(line)["address"] in kept]
        prepared.write_text("\n".join(lines) + "\n", "utf-8")
    if item.through == "readings":
        onrecord("read", prepared, "--format", "jsonl", "--jobs", str(jobs), "--quiet", out=out)
        return out
    ledger = work / f"{item.name}.ledger"
    onrecord("read", prepared, "--ledger", ledger, "--jobs", str(jobs), "--quiet")
    onrecord(item.through, "--ledger", ledger, "--format", "jsonl", "--all", out=out)
    return out


def gold_rows(item: BenchmarkSet) -> list[dict[str, Any]]:
    """The gold; of a sampled set the reports of the incidents that are taken, whole and the same each time."""
    rows: list[dict[str, Any]] = scorer().rows(str(item.gold))
    if item.held_out > 1:
        rows = [g for g in rows if int(g["id"].rsplit("-", 1)[1]) % item.held_out == 0]
    if item.sample == 1:
        return rows
    return [g for g in rows if zlib.crc32(str(g["event"]).encode()) % item.sample == 0]


def measure(item: BenchmarkSet, out: Path) -> tuple[dict[str, float], Cases]:
    """The set's figures, and its cases' figures by id."""
    if item.through == "pairs":
        return pairs.measured(item, out)
    if item.through == "ledger":
        result = newsroom.measure(out.parent, out)
        return {f: result.figures[f] for f in item.figures}, result.cases
    score = scorer()
    gold = gold_rows(item)
    if item.through == "readings":
        system = score.readings(str(out))
        task = getattr(score, item.task.replace("-", "_"))
        figures = {f: at(task(gold, system), f) for f in item.figures}
        cases = {g["id"]: tuple(at(task([g], system), f) for f in item.per_case) for g in gold}
        return figures, cases
    printed = score.rows(str(out))
    whole = {"stories": score.stories, "same-event": score.same_event}[item.task](gold, printed)
    cases = story_cases(gold, printed) if item.task == "stories" else event_cases(gold, printed)
    return {f: at(whole, f) for f in item.figures}, cases


def story_cases(gold: list[dict[str, Any]], printed: list[dict[str, Any]]) -> Cases:
    """B3 precision and recall of each report."""
    where = {report: s["story"] for s in printed for report in s["reports"]}
    true = _members((g["id"], g["event"]) for g in gold if g.get("event") is not None)
    system = _members((g["id"], where.get(g["id"], g["id"])) for g in gold if g.get("event") is not None)
    return _b3(true, system)


def event_cases(gold: list[dict[str, Any]], printed: list[dict[str, Any]]) -> Cases:
    """B3 precision and recall of each event mention."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for event in printed:
        for m in event["mentions"]:
            spans.setdefault(m["report"], []).append((m["start"], m["end"], event["event"]))
    true, system = [], []
    for g in gold:
        for i, m in enumerate(g["mentions"]):
            name = f"{g['id']}#{i}"
            hit = next((e for s, t, e in spans.get(g["id"], []) if s < m["end"] and m["start"] < t), name)
            true.append((name, m["cluster"]))
            system.append((name, hit))
    return _b3(_members(true), _members(system))


def _members(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    of: dict[str, str] = {}
    for member, group in pairs:
        groups.setdefault(group, set()).add(member)
        of[member] = group
    frozen = {g: frozenset(m) for g, m in groups.items()}
    return {member: frozen[group] for member, group in of.items()}


def _b3(true: dict[str, frozenset[str]], system: dict[str, frozenset[str]]) -> Cases:
    return {m: (len(true[m] & system[m]) / len(system[m]), len(true[m] & system[m]) / len(true[m])) for m in true}


def columns(item: BenchmarkSet) -> tuple[str, ...]:
    return item.per_case or ("b3.p", "b3.r")


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
