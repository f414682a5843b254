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
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.attribution_tables import ROLES, SET, printed
from benchmarks.runner import at, gold_rows, scorer
from benchmarks.sets import ATTRIBUTION, SETS
from onrecord.inputs import InputOptions, find_reports
from onrecord.model import Failure, Report
from onrecord.reading import attribution_tags
from onrecord.reading.attribution_decoding import Decoded, decode, decoding
from onrecord.reading.attribution_draft import Draft
from onrecord.reading.attributions import ATTRIBUTIONS
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.reading.encoder import Scores

# In this order each variant adds one part to the one before it.
VARIANTS = ("rules alone", "tags and links", "+ decoding over seams", "+ repair by the parse", "+ rules that complete")
COUNTED = ("attributions", "encoder")


def _token_by_token(
    tokens: Sequence[Token], scores: Scores, quotes: Sequence[tuple[int, int]], *_by: object
) -> Decoded:
    return decode(tokens, scores, quotes, replace(decoding(), scale=0.0, bias=(0.0, 0.0, 0.0)))


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
            put("decode", _token_by_token)
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


def attributed(page: Page, variant: str) -> list[dict[str, Any]]:
    """The page's attributions by one variant, as the scorer takes them; the page is left as it was."""
    scores = page.scores
    if variant == VARIANTS[0]:
        page.scores = None
    with switched_off(variant):
        try:
            ATTRIBUTIONS.run(page)
        except (ValueError, IndexError) as error:  # the reader, too, goes on with the next report
            print(f"nothing found, {variant}: {page.report.address}: {error}", file=sys.stderr)
            page.attributions.clear()
    found = [{r: [{"start": s.start, "end": s.end} for s in getattr(a, r)] for r in ROLES} for a in page.attributions]
    page.attributions.clear()
    page.scores = scores
    return found


def ablation() -> dict[str, tuple[float, ...]]:
    """Figures of every variant over PolNeAR dev, each report read once; printed as a table."""
    gold, score, reader = gold_rows(SETS[SET]), scorer(), Reader()
    found: dict[str, dict[str, Any]] = {variant: {} for variant in VARIANTS}

    def by_all(page: Page) -> None:
        for variant in VARIANTS:
            found[variant][page.report.address] = {"attributions": attributed(page, variant)}

    measured = replace(ATTRIBUTIONS, run=by_all)
    reader.steps = (*reader.steps[: reader.steps.index(ATTRIBUTIONS)], measured)
    for reading in reader.read_many(reports()):
        if isinstance(reading, Failure):
            print(f"not read: {reading.file}: {reading.reason}", file=sys.stderr)
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

    The three take turns, report by report, each first as often as the others: who reads a report first also learns
    its words. The encoder also serves other steps, so its share is given apart.
    """
    reader = Reader()
    ways = {
        "whole": reader.steps,
        "without attributions": tuple(s for s in reader.steps if s.name != COUNTED[0]),
        "without attributions and encoder": tuple(s for s in reader.steps if s.name not in COUNTED),
    }
    spent = dict.fromkeys(ways, 0.0)
    first, *others = reports()[: number + 1]
    list(reader.read_many([first]))  # loads what is loaded once
    for turn, report in enumerate(others):
        for name in sorted(ways, key=lambda n: (list(ways).index(n) - turn) % len(ways)):
            reader.steps = ways[name]
            spent[name] += timed(lambda report=report: list(reader.read_many([report])))  # type: ignore[misc]
    for name, seconds in spent.items():
        print(f"{name:34} {seconds:7.2f} s   whole reading costs {spent['whole'] / seconds:.3f} × this")
    return spent
