"""The linking half of the way in: judges what is on record and not linked yet, clusters it, traces its claims."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.linking import cluster, key_weight, link_all, origin_of, shared_passages, sought
from onrecord.linking.clusters import LINKAGES, doubts_beyond, settled, standing_judgements, with_doubts
from onrecord.model import (
    Claim,
    Cluster,
    Digest,
    JudgementKind,
    Report,
    ReportHead,
    Span,
    Verdict,
    global_id,
    now,
)

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

LINKED_AT_ONCE = 128  # reports that are compared, and whose clusters are made anew, together
CANDIDATES = 50
MOST_JOINED = 5_000  # members that clustering follows judgements of sameness to
LINKER = "onrecord linking 5"


def link_pending(ledger: Ledger) -> int:
    """Links every report that is on record but not linked yet: also those of a run that was killed. How many."""
    linked = 0
    while waiting := ledger.pending(LINKED_AT_ONCE):
        with undisturbed(), ledger.transaction():
            _link(ledger, waiting)
            ledger.set_linked([d.report for d in waiting])
        linked += len(waiting)
    return linked


@contextmanager
def undisturbed() -> Iterator[None]:
    """One batch without linear algebra's threads and without the collector.

    Readers and linking multiply many small matrices: threads for each cost more than they save, most of all beside
    other readers. And what a batch makes lives until its end: looking for cycles in it takes a tenth of the time.
    """
    import numpy  # noqa: F401 - the limit holds for what is loaded
    from threadpoolctl import threadpool_limits

    collecting = gc.isenabled()
    gc.disable()
    try:
        with threadpool_limits(1, user_api="blas"):
            yield
    finally:
        if collecting:
            gc.enable()


def _link(ledger: Ledger, waiting: Sequence[Digest]) -> None:
    """Judges reports against those before them, then brings the clusters they touch, and origins, up to date.

    Each pair is judged once, by the later of the two; clusters follow from all judgements: batches make no difference.
    """
    published = ledger.published()
    asked = [(new.report, sought(new, *published)) for new in waiting]
    found = zip(waiting, ledger.candidates_of(asked, CANDIDATES, key_weight), strict=True)
    ledger.add_judgements(link_all(list(found), LINKER, now()))
    reports = [d.report for d in waiting]
    cluster_anew(ledger, JudgementKind.COPY, reports)
    cluster_anew(ledger, JudgementKind.STORY, reports)
    cluster_anew(ledger, JudgementKind.EVENT, [e.id for d in waiting for e in d.events])
    trace(ledger, _older_first(ledger, reports))


def _older_first(ledger: Ledger, reports: Sequence[str]) -> list[str]:
    """New reports, and those on record whose text one of them had before: the origins of their claims may change."""
    copies = _copies(ledger, reports)
    heads = {h.id: h for h in ledger.report_heads([*reports, *(r for found in copies.values() for r, _ in found)])}
    later = (r for report, found in copies.items() for r, _ in found if r in heads and _before(heads[report], heads[r]))
    return list(dict.fromkeys([*reports, *later]))


def cluster_anew(ledger: Ledger, kind: JudgementKind, members: list[str]) -> None:
    """Clusters anew what these members are joined to; what they are only unsure of learns of them.

    Two clusters merge only if some pair of theirs scores enough by itself: no others need be looked at.
    """
    most = len(members) + MOST_JOINED
    wide = ledger.joined(kind, members, most)
    while len(wide) < most:
        near = {*ledger.nearly(kind, wide, LINKAGES[kind].threshold), *ledger.parted(kind, wide)}
        more = sorted(near.difference(wide))
        if not more:
            break
        wide = ledger.joined(kind, [*wide, *more][:most], most)
    held = {c.id: c for c in ledger.cluster_of(kind, wide).values()}
    everyone = _in_order(ledger, {*wide, *(m for c in held.values() for m in c.members)})
    if everyone:
        judged = ledger.judgements_between(kind, everyone)
        found = settled(cluster(kind, everyone, judged), judged)
        ledger.put_clusters(kind, _beside(ledger, kind, found, list(held.values()), members), sorted(held))


def _beside(
    ledger: Ledger, kind: JudgementKind, found: Sequence[Cluster], held: Sequence[Cluster], members: Sequence[str]
) -> list[Cluster]:
    """The clusters with what they may be the same as beyond themselves, and those of that, which keep their members."""
    within = [member for cluster in found for member in cluster.members]
    beyond = doubts_beyond(found, held, ledger.judgements(kind, members, brief=True, beyond=within))
    others = ledger.cluster_of(kind, sorted({right for _, right in beyond}))
    return with_doubts(found, others, beyond)


def _in_order(ledger: Ledger, members: set[str]) -> list[str]:
    """Members in the order in which the ledger learnt them: by report, then as they stand in the text."""
    sequence = ledger.sequences({m.split(".")[0] for m in members})

    def place(member: str) -> tuple[int, int, str]:
        report, _, local = member.partition(".")
        return sequence.get(report, 0), int(local[1:] or 0) if local[1:].isdigit() else 0, local

    return sorted((m for m in members if m.split(".")[0] in sequence), key=place)


def trace(ledger: Ledger, reports: Sequence[str]) -> None:
    """Traces each claim of the reports to its origin, through the earliest report that has the same words."""
    copies = _copies(ledger, reports)
    heads = {h.id: h for h in ledger.report_heads([*reports, *(r for found in copies.values() for r, _ in found)])}
    read: dict[str, Report] = {}  # a text has many copies
    origins = {}
    for report in reports:
        sources = _earlier_texts(ledger, heads, report, copies.get(report, []))
        for name in (report, *(h.id for h, _ in sources)):
            if name not in read:
                read[name] = ledger.report(name)
        for claim in ledger.told(report):
            copied = next((read[h.id] for h, spans in sources if spans is None or _inside(claim, spans)), None)
            origins[global_id(report, claim.id)] = origin_of(claim, read[report], copied)
    ledger.put_origins(origins)


def _copies(ledger: Ledger, reports: Sequence[str]) -> dict[str, list[tuple[str, Verdict]]]:
    """Report → those that have its words, or a part of them, and which of both."""
    out: dict[str, list[tuple[str, Verdict]]] = {report: [] for report in reports}
    judged = standing_judgements(JudgementKind.COPY, ledger.judgements(JudgementKind.COPY, reports, brief=True))
    for judgement in judged.values():
        if judgement.verdict is not Verdict.DIFFERENT:
            for one, other in ((judgement.left, judgement.right), (judgement.right, judgement.left)):
                if one in out:
                    out[one].append((other, judgement.verdict))
    return out


def _earlier_texts(
    ledger: Ledger, heads: Mapping[str, ReportHead], report: str, copies: Sequence[tuple[str, Verdict]]
) -> list[tuple[ReportHead, list[Span] | None]]:
    """Earlier reports that this one repeats, the first published first: wholly (no spans), or in these spans."""
    mine = heads[report]
    earlier = [
        (heads[name], verdict)
        for name, verdict in copies
        if name in heads and _before(heads[name], mine) and heads[name].address != mine.address
    ]
    if not earlier:
        return []
    digests = {d.report: d for d in ledger.digests([report, *(head.id for head, _ in earlier)])}
    out: list[tuple[ReportHead, list[Span] | None]] = []
    for head, verdict in earlier:
        spans = [mine_span for mine_span, _ in shared_passages(digests[report], digests[head.id])]
        out.append((head, spans or (None if verdict is Verdict.SAME else [])))
    out.sort(key=lambda pair: _age(pair[0]))
    return out


def _age(head: ReportHead) -> tuple[bool, float, int]:
    return head.published is None, head.published.earliest.timestamp() if head.published else 0.0, head.sequence


def _before(left: ReportHead, right: ReportHead) -> bool:
    return _age(left) < _age(right)


def _inside(claim: Claim, spans: list[Span]) -> bool:
    middle = (claim.words.start + claim.words.end) // 2
    return any(s.start <= middle < s.end for s in spans)
