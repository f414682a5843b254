"""What a ledger says of a newsroom: asked through ``Asker``, as the command line does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.newsroom.score import Answer, FoundChange, FoundClaim, FoundContradiction, FoundEvent, FoundOrigin
from onrecord.ask import Asker
from onrecord.ledger import Ledger
from onrecord.model import Contradiction, EventRecord, JudgementKind, Testimony, TextSpan, Verdict
from onrecord.pipeline import PipelineOptions, read
from onrecord.record.moments import hedged

EVERY = 10_000_000


def read_newsroom(reports: Path, ledger: Path, jobs: int = 1) -> None:
    """Reads, stores and links the reports, as ``onrecord read`` does."""
    with Ledger.open(ledger) as opened:
        run = read([str(reports)], opened, PipelineOptions(jobs=jobs))
        if run.failures:
            raise RuntimeError(f"not read: {run.failures[:3]}")


def ask(ledger: Path, rows: Iterable[dict[str, Any]]) -> Answer:
    """The record's answer, reports named by their keys, standings computed if they are not yet."""
    keys = {(row["url"], row["body"]): row["key"] for row in rows}
    with Ledger.open(ledger) as opened:
        asker = Asker(opened)
        asker.refresh(EVERY)
        names = {h.id: keys[h.address, opened.report(h.id).text] for h in asker.reports()}
        return Answer(
            events=[_event(e, names) for e in asker.events(limit=EVERY)],
            contradictions=[_contradiction(c, names) for c in asker.contradictions(limit=EVERY)],
            changes=list(_changes(asker, names)),
            copies=_copies(opened, names),
        )


def _event(event: EventRecord, names: dict[str, str]) -> FoundEvent:
    return FoundEvent(
        event.id,
        event.standing.value,
        tuple(s.standing.value for s in event.history),
        event.status.value,
        [_claim(t, names) for t in event.testimonies],
    )


def _claim(item: Testimony, names: dict[str, str]) -> FoundClaim:
    origin, anchor = item.origin, item.mention.anchor
    found = FoundOrigin(origin.key, origin.kind.value, origin.name, origin.chain)
    claim, place = item.claim, (names[item.report.id], anchor.start, anchor.end)
    return FoundClaim(place, found, claim.holder.own_voice, claim.status.value, claim.authority.value, hedged(item))


def _contradiction(item: Contradiction, names: dict[str, str]) -> FoundContradiction:
    def span(side: Testimony) -> tuple[str, int, int]:
        return names[side.report.id], side.claim.words.start, side.claim.words.end

    return FoundContradiction(item.attribute, item.kind.value, span(item.earlier), span(item.later))


def _changes(asker: Asker, names: dict[str, str]) -> Iterator[FoundChange]:
    addresses = [h.address for h in asker.reports()]
    for address in sorted({a for a in addresses if addresses.count(a) > 1}):
        first = next(h for h in asker.reports() if h.address == address)
        for step in asker.revisions(first.id):
            for change in step.changes:
                words = change.later or TextSpan(-1, -1, "")
                yield FoundChange(names[step.later.id], change.kind, words.start, words.end, change.words)


def _copies(ledger: Ledger, names: dict[str, str]) -> set[tuple[str, str]]:
    """Pairs judged to share a text, whole or in part, revisions of one address apart."""
    found = set()
    for judged in ledger.judgements(JudgementKind.COPY, sorted(names)):
        left, right = names[judged.left], names[judged.right]
        if judged.verdict is not Verdict.DIFFERENT and left.partition("#")[0] != right.partition("#")[0]:
            found.add((min(left, right), max(left, right)))
    return found
