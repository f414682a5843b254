"""``python -m benchmarks run [SET ...] [--check | --update [--lower]]`` – measure, compare with the floors, freeze.

``python -m benchmarks forms [--wrong]`` – the hand-made attributions, form by form.
``python -m benchmarks grid [--wrong]`` – invented events, construction by status, beside a simple rule baseline.
``attribution``, ``misses``, ``ablation``, ``cost`` – attribution by outlet, form and position; a sample of what was
missed, to read; by part of the method; its time.
``newsroom`` – invented reports with known truth: written, and what the program makes of them measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks import attribution_commands, attribution_forms, event_grid, gate
from benchmarks.newsroom import command as newsroom
from benchmarks.runner import columns, measure, produce
from benchmarks.sets import BENCH, SETS, BenchmarkSet


def run_set(item: BenchmarkSet, options: argparse.Namespace, work: Path) -> list[gate.Breach]:
    """Measures one set, prints it, and freezes it if asked to."""
    floors = gate.read_floors()
    figures, cases = measure(item, produce(item, work, options.jobs))
    kept = floors.get(item.name, {})
    print(f"{item.name} ({len(cases)} cases)")
    for name, value in figures.items():
        floor = kept.get("figures", {}).get(name)
        print(f"  {name:28} {value:.4f}" + (f"   floor {floor:.4f}" if floor is not None else ""))
    better, worse = gate.differences(gate.read_frozen(item.name), cases)
    print(
        f"  cases better {len(better)}, worse {len(worse)}" + (f": {', '.join(worse[:5])}" if worse else ""), flush=True
    )
    if options.update and not options.full:
        new = gate.raised(kept.get("figures", {}), figures, lower=options.lower)
        floors[item.name] = {"corpus": gate.corpus_hash(item.gold), "figures": {k: round(v, 4) for k, v in new.items()}}
        gate.FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
        gate.write_frozen(item.name, columns(item), cases)
    return [] if options.full else gate.breaches(item.name, figures, floors)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure sets of ../shared/bench on the development parts")
    run.add_argument("sets", nargs="*", metavar="SET", help=f"of: {', '.join(SETS)}")
    run.add_argument("--check", action="store_true", help="status 1 if a figure is below its floor")
    run.add_argument("--update", action="store_true", help="raise the floors and freeze the cases")
    run.add_argument("--lower", action="store_true", help="with --update: floors may fall")
    run.add_argument("--full", action="store_true", help="sampled sets whole; prints, and neither checks nor updates")
    run.add_argument("--jobs", type=int, default=2)
    run.add_argument("--work", type=Path, help="keep what the program prints in this folder")
    forms = commands.add_parser("forms", help="right cases of the hand-made attributions, by form")
    forms.add_argument("--wrong", action="store_true", help="print the cases that are wrong, and how")
    grid = commands.add_parser("grid", help="right cases of the invented events, by construction and status")
    grid.add_argument("--wrong", action="store_true", help="print the cases that are wrong, and how")
    attribution_commands.add(commands)
    newsroom.add(commands)
    options = parser.parse_args(argv)
    if options.command == "forms":
        attribution_forms.main(verbose=options.wrong)
        return 0
    if options.command == "grid":
        event_grid.main(verbose=options.wrong)
        return 0
    if options.command != "run":
        return int(options.go(options))
    unknown = [s for s in options.sets if s not in SETS]
    if unknown:
        parser.error(f"no such set: {', '.join(unknown)}")
    if not BENCH.is_dir():
        print(f"skipped: {BENCH} is missing (the benchmark data lies beside the checkout)")
        return 0
    failed: list[gate.Breach] = []
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        for name in options.sets or SETS:
            item = replace(SETS[name], sample=1) if options.full else SETS[name]
            failed += run_set(item, options, work)
    for breach in failed:
        print(f"below floor: {breach}", file=sys.stderr)
    return 1 if failed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
