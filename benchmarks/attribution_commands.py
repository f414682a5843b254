"""The commands that look into attribution: ``attribution``, ``misses``, ``ablation``, ``cost``; each loads its own."""

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
    read = commands.add_parser("misses", help="a sample of what was missed and of what matches no gold, to read")
    read.add_argument("--number", type=int, default=100, help="gold attributions that were not found")
    read.add_argument("--others", type=int, default=50, help="found ones that match no gold")
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--readings", type=Path, help="what `onrecord read` printed for the set, not to read it again")
    read.add_argument("--jobs", type=int, default=2)
    parts = commands.add_parser("ablation", help="the difference that each part of the method makes")
    time = commands.add_parser("cost", help="the time of reading with and without attribution")
    time.add_argument("--reports", type=int, default=40)
    for parser in (table, read, parts, time):
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
    if options.command == "misses":
        from benchmarks import attribution_misses as reading

        with tempfile.TemporaryDirectory() as work:
            reading.main(
                options.number, options.others, options.seed, Path(work), options.jobs, readings=options.readings
            )
        return 0
    from benchmarks import attribution_parts

    if options.command == "ablation":
        attribution_parts.ablation()
    else:
        attribution_parts.cost(options.reports)
    return 0
