"""``python -m benchmarks newsroom``: writes a newsroom, and scores what the program makes of it."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.newsroom.answers import ask, read_newsroom
from benchmarks.newsroom.causes import causes
from benchmarks.newsroom.score import Score, score
from benchmarks.newsroom.truth import rows, truth
from benchmarks.newsroom.write import make_newsroom

REPORTS, TRUTH, LEDGER = "reports.jsonl", "truth.json", "newsroom.ledger"


def write(folder: Path, reports: int, seed: int) -> None:
    """The reports and what is true of them, the same for the same seed."""
    newsroom = make_newsroom(reports, seed)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / REPORTS).open("w", encoding="utf-8") as out:
        for row in rows(newsroom):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    (folder / TRUTH).write_text(json.dumps(truth(newsroom), ensure_ascii=False, indent=1) + "\n", "utf-8")


def load_rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / REPORTS).read_text("utf-8").splitlines()]


def load_truth(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / TRUTH).read_text("utf-8")))


def measure(folder: Path, ledger: Path) -> Score:
    """What the ledger says of the newsroom in the folder, scored."""
    return score(load_truth(folder), ask(ledger, load_rows(folder)))


def add(commands: Any) -> None:
    """The command's arguments."""
    command = commands.add_parser("newsroom", help="invented reports with known truth: write, and score the program")
    command.add_argument("--reports", type=int, default=120)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--to", type=Path, help="keep reports, truth and ledger in this folder")
    command.add_argument("--score", action="store_true", help="read them with the program, and measure")
    command.add_argument("--errors", action="store_true", help="with --score: name everything that was wrong")
    command.add_argument("--causes", action="store_true", help="with --score: how claims were read amiss, counted")
    command.add_argument("--jobs", type=int, default=1)
    command.set_defaults(go=run)


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.to or Path(temporary)
        write(folder, options.reports, options.seed)
        if not options.score:
            return 0
        ledger = folder / LEDGER
        if not ledger.exists():
            read_newsroom(folder / REPORTS, ledger, options.jobs)
        true, answer = load_truth(folder), ask(ledger, load_rows(folder))
    result = score(true, answer)
    print(f"newsroom of seed {options.seed} ({true['reports']} reports, {len(true['events'])} events)")
    for name, value in result.figures.items():
        print(f"  {name:28} {value:.4f}")
    if options.errors:
        print("\n".join(result.errors))
    if options.causes:
        for cause, number in causes(true, answer).most_common():
            print(f"  {number:5} {cause}")
    return 0
