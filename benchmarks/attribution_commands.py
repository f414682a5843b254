"""The commands that look into attribution: ``attribution``, ``ablation``, ``cost``. Each loads what it needs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sets import BENCH

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: Commands) -> None:
    """Adds the commands; each leaves what it does as ``go``, a function of the options that gives the exit status."""
    table = commands.add_parser("attribution", help="by outlet, form of quotation and place of the source")
    table.add_argument("--jobs", type=int, default=2)
    parts = commands.add_parser("ablation", help="the difference that each part of the method makes")
    time = commands.add_parser("cost", help="the time of reading with and without attribution")
    time.add_argument("--reports", type=int, default=40)
    for parser in (table, parts, time):
        parser.set_defaults(go=go)


def go(options: argparse.Namespace) -> int:
    if not BENCH.is_dir():
        print(f"skipped: {BENCH} is missing (the benchmark data lies beside the checkout)")
        return 0
    if options.command == "attribution":
        from benchmarks import attribution_tables

        with tempfile.TemporaryDirectory() as work:
            attribution_tables.main(Path(work), options.jobs)
        return 0
    from benchmarks import attribution_parts

    if options.command == "ablation":
        attribution_parts.ablation()
    else:
        attribution_parts.cost(options.reports)
    return 0
