"""``python -m benchmarks ablation`` and ``cost`` – what each part of attribution brings, and what attribution costs.

Parts are switched off from here, by putting something plainer in their place; the product has no switch for it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.attribution_tables import ROLES, SET, printed
from benchmarks.runner import at, gold_rows, scorer
from benchmarks.sets import ATTRIBUTION, SETS
from onrecord.inputs import InputOptions, find_reports
from onrecord.model import Report
from onrecord.reading import attribution_tags
from onrecord.reading.attribution_decoding import decode, decoding
from onrecord.reading.attribution_draft import Draft
from onrecord.reading.attributions import ATTRIBUTIONS
from onrecord.reading.page import Page, Step
from onrecord.reading.reader import Reader

# In this order each variant adds one part to the one before it.
VARIANTS = ("rules alone", "tags and links", "+ decoding over seams", "+ repair by the parse", "+ rules that complete")
COUNTED = ("attributions", "encoder")


def _as_tagged(_page: Page, draft: Draft, *_rest: object) -> Draft | None:
    return draft if draft.content else None


def _as_found(_page: Page, drafts: list[Draft], *_rest: object) -> list[Draft]:
    return drafts


def _never(*_given: object) -> bool:
    return False


@contextmanager
def switched_off(variant: str) -> Iterator[None]:
    """The parts that a variant lacks, replaced: each token's likeliest legal tag, drafts as tagged, nothing added.

    Raises:
        AttributeError: if the product has no part of that name any more.
    """
    missing = set(VARIANTS[VARIANTS.index(variant) + 1 :])
    with ExitStack() as stack:

        def put(name: str, value: object) -> None:
            stack.enter_context(patch.object(attribution_tags, name, value))

        if "+ decoding over seams" in missing:
            put("decode", partial(decode, by=replace(decoding(), scale=0.0, bias=(0.0, 0.0, 0.0))))
        if "+ repair by the parse" in missing:
            put("mended", _as_tagged)
            put("_by_no_speaker", _never)
            put("OWN", 0.0)
        if "+ rules that complete" in missing:
            put("_completed", _as_found)
        yield


def reports() -> list[Report]:
    """The set's reports as the program's own inputs give them, named by their gold ids."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{SET}.jsonl"
        scorer().prepare(str(SETS[SET].gold), str(path))
        return [r for r in find_reports([str(path)], InputOptions()) if isinstance(r, Report)]


def opened(reader: Reader, report: Report) -> Page:
    """A report with its analysis by the language pipeline, nothing read in it yet."""
    return Page(report, reader.nlp(reader._doc(report)))


def attributed(page: Page, variant: str) -> list[dict[str, Any]]:
    """The page's attributions by one variant, as the scorer takes them; the page is left as it was."""
    scores = page.scores
    if variant == VARIANTS[0]:
        page.scores = None
    with switched_off(variant):
        try:
            ATTRIBUTIONS.run(page)
        except (ValueError, KeyError, IndexError, TypeError) as error:  # the reader, too, goes on with the next report
            print(f"nothing found, {variant}: {page.report.address}: {error}", file=sys.stderr)
            page.attributions.clear()
    found = [{r: [{"start": s.start, "end": s.end} for s in getattr(a, r)] for r in ROLES} for a in page.attributions]
    page.attributions.clear()
    page.scores = scores
    return found


def ablation() -> dict[str, tuple[float, ...]]:
    """Figures of every variant over PolNeAR dev, each report read once; printed as a table."""
    gold, score, reader = gold_rows(SETS[SET]), scorer(), Reader()
    before = reader.steps[: reader.steps.index(ATTRIBUTIONS)]
    found: dict[str, dict[str, Any]] = {variant: {} for variant in VARIANTS}
    for report in reports():
        page = opened(reader, report)
        for step in before:
            step.run(page)
        for variant in VARIANTS:
            found[variant][report.address] = {"attributions": attributed(page, variant)}
    figures = {
        variant: tuple(at(score.attribution(gold, system), f) for f in ATTRIBUTION) for variant, system in found.items()
    }
    print(printed([("part", *ATTRIBUTION), *((v, *(f"{x:.4f}" for x in values)) for v, values in figures.items())]))
    return figures


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time, of all threads: machines are shared."""
    start = time.process_time()
    work()
    return time.process_time() - start


def cost(number: int) -> dict[str, float]:
    """Seconds of reading the same reports whole, without attribution, and without attribution and encoder.

    The three take turns, report by report. The encoder also serves other steps, so its share is given apart.
    """
    reader = Reader()
    ways = {
        "whole": reader.steps,
        "without attributions": tuple(s for s in reader.steps if s.name != COUNTED[0]),
        "without attributions and encoder": tuple(s for s in reader.steps if s.name not in COUNTED),
    }
    spent = dict.fromkeys(ways, 0.0)
    first, *others = reports()[: number + 1]
    _read(reader, first, reader.steps)  # loads what is loaded once
    for report in others:
        for name, steps in ways.items():
            spent[name] += timed(partial(_read, reader, report, steps))
    for name, seconds in spent.items():
        print(f"{name:34} {seconds:7.2f} s   whole reading costs {spent['whole'] / seconds:.3f} × this")
    return spent


def _read(reader: Reader, report: Report, steps: Sequence[Step]) -> None:
    page = opened(reader, report)
    for step in steps:
        step.run(page)
