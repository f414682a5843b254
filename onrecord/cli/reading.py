"""``onrecord read``: reports in, the record of what is new out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import words
from onrecord.cli.options import format_option, ledger_option, ledger_path
from onrecord.cli.output import Format, console, print_json, say

if TYPE_CHECKING:
    from onrecord.pipeline import PipelineOptions, Progress, Run

MANY_FAILURES = 50
FEW_BYTES = 200_000  # below this, starting worker processes takes longer than reading


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@ledger_option
@format_option
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Processes that read. Default: as many as cores, one for a few files.",
)
@click.option("--outlet", help="Who published these reports, where they do not say.")
@click.option(
    "--published", metavar="TIME", help="When they were published, where they do not say: 2026-03-05 or with a time."
)
@click.option("--language", metavar="CODE", help="Their language, such as en. Default: found in each text.")
@click.option("--spacy", metavar="NAME", help="An installed spaCy pipeline to use instead of the small English one.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary; failures are still named.")
def read(
    paths: tuple[str, ...],
    ledger: Path | None,
    form: Format,
    jobs: int | None,
    outlet: str | None,
    published: str | None,
    language: str | None,
    spacy: str | None,
    quiet: bool,
) -> int:
    """Read reports and put them on record.

    PATH is a file, a folder, a quoted glob, or - for standard input: plain text, Markdown, saved HTML,
    .eml mail, JSON Lines, CSV, also as .gz and .zip. What is on record already is not read again.

    \b
    Examples:
      onrecord read reports/
      onrecord read 'feeds/*.jsonl' --jobs 4
      onrecord read page.html --outlet "The Daily Example" --published 2026-03-05
      onrecord read reports/ --format jsonl > readings.jsonl
    """
    from onrecord.pipeline import PipelineOptions, input_options

    inputs = input_options(outlet=outlet, published=published, language=language)
    given = PipelineOptions(inputs=inputs, jobs=jobs or _jobs(paths))
    options = PipelineOptions(inputs=inputs, jobs=given.jobs, spacy=spacy) if spacy else given
    if form is Format.TABLE:
        return _to_ledger(paths, options, ledger_path(ledger), quiet=quiet)
    return _to_output(paths, options, form, quiet=quiet)


def _jobs(paths: tuple[str, ...]) -> int:
    """One process for little text; else one a core."""
    size = 0
    for path in paths:
        if path == "-":
            return 1
        for file in [Path(path)] if not Path(path).is_dir() else Path(path).rglob("*"):
            size += file.stat().st_size if file.is_file() else 0
            if size > FEW_BYTES:
                return os.cpu_count() or 1
    return 1


def _to_output(paths: tuple[str, ...], options: PipelineOptions, form: Format, *, quiet: bool) -> int:
    """Readings as in the contract, one a line; no ledger."""
    from onrecord.ask import reading_to_contract
    from onrecord.errors import OptionError
    from onrecord.pipeline import Run, readings

    if form is Format.CSV:
        raise OptionError(
            "--format", "a reading is no table; read into a ledger and use `onrecord export --to FILE.csv`"
        )
    run = Run()
    with _progress(paths, quiet=quiet) as report:
        found = _reporting(readings(paths, options, run, _stdin(paths)), run, report)
        if form is Format.JSON:
            import json

            sys.stdout.write(json.dumps([reading_to_contract(r) for r in found], ensure_ascii=False, indent=1) + "\n")
        else:
            for reading in found:
                print_json(reading_to_contract(reading))
    return _failures(run)


def _reporting(found: Iterator[Any], run: Run, report: Progress | None) -> Iterator[Any]:
    for item in found:
        yield item
        if report:
            report(run)


def _stdin(paths: tuple[str, ...]) -> Any:
    return sys.stdin.buffer if "-" in paths else None


def _to_ledger(paths: tuple[str, ...], options: PipelineOptions, path: Path, *, quiet: bool) -> int:
    from onrecord.ask import Asker
    from onrecord.pipeline import open_ledger, read

    with open_ledger(path, writing=True) as ledger:
        with _progress(paths, quiet=quiet) as report:
            run = read(paths, ledger, options, report, _stdin(paths))
        Asker(ledger).refresh()
        if not quiet:
            _summary(run, path)
            if run.new or run.revisions:
                from onrecord.cli.brief import print_new

                print_new(Asker(ledger), [*run.new, *run.revisions], console())
    status = _failures(run)
    if run.interrupted:
        say("interrupted: what was read is on record; run the same command again to go on", style="bold")
        return 130
    return status


@contextmanager
def _progress(paths: tuple[str, ...], *, quiet: bool) -> Iterator[Progress | None]:
    """A bar on standard error, if that is a terminal; it shows what is on record, not what is merely begun."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from onrecord.pipeline import count_inputs

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(error=True), transient=True) as bar:
        task = bar.add_task("starting", total=count_inputs(paths))

        def report(run: Run) -> None:
            done = len(run.new) + len(run.revisions) + len(run.reread) + run.known + len(run.failures)
            bar.update(task, completed=done, total=max(run.found, bar.tasks[0].total or 0), description="reading")

        yield report


def _summary(run: Run, path: Path) -> None:
    """What the run did, in one line."""
    parts = [words.count(len(run.new), "new report")] if run.new else []
    parts += [words.count(len(run.revisions), "revision")] if run.revisions else []
    parts += [f"{words.count(len(run.reread), 'report')} read anew by a newer version"] if run.reread else []
    parts += [f"{run.known:,} already on record"] if run.known else []
    parts += [f"{run.not_analysed:,} kept but not analysed (not in English)"] if run.not_analysed else []
    parts += [f"{len(run.failures):,} failed"] if run.failures else []
    if not (run.new or run.revisions or run.reread) and not run.interrupted:
        parts.insert(0, "nothing new")
    say(f"{path}: {', '.join(parts)}", style="bold")


def _failures(run: Run) -> int:
    """Names each failure on standard error; the status says whether there were any."""
    for failure in run.failures[:MANY_FAILURES]:
        say(f"not read: {failure.file}: {failure.reason}", style=words.WARNING)
    if len(run.failures) > MANY_FAILURES:
        say(f"… and {len(run.failures) - MANY_FAILURES:,} more that could not be read", style=words.WARNING)
    return 1 if run.failures else 0


def register(app: click.Group) -> None:
    app.add_command(read)
