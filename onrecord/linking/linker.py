"""Judgements about a new report and its candidates: copy, story, event. Pure: digests in, judgements out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.linking.event_candidates import Asked
from onrecord.linking.event_identity import judge_events
from onrecord.linking.event_sheets import told
from onrecord.linking.stories import (
    SAME_HEADLINE,
    Scored,
    judge_copy,
    may_be_copies,
    same_headline,
    scored,
    story_reasons,
    story_verdict,
)
from onrecord.linking.story_features import Prepared, prepared
from onrecord.model import Digest, Judgement, JudgementKind, Reason, Verdict, make_id

MOST_STORY_PARTNERS = 25  # reports whose events are compared with a new report's, the likeliest first
SCORED_AT_ONCE = 16  # reports whose stories are scored together: some megabytes
PLAUSIBLE_STORY = 0.2  # story score from which events are compared


@dataclass(frozen=True, slots=True)
class Maker:
    author: str
    made: datetime


def link(new: Digest, candidates: Sequence[Digest], author: str, made: datetime) -> tuple[Judgement, ...]:
    """What the machine makes of a new report: pairs with each candidate, and the events within the report itself.

    Of stories only pairs that are at least conceivable are judged, of copies those that share text, of events those
    that may be one. The result does not depend on the order of the candidates. A candidate that is the report itself
    is left out.
    """
    return tuple(link_all([(new, candidates)], author, made))


def link_all(waiting: Sequence[tuple[Digest, Sequence[Digest]]], author: str, made: datetime) -> Iterator[Judgement]:
    """The same of several reports, each with its candidates; together they cost a fraction."""
    maker = Maker(author, made)
    asked: list[Asked] = []
    for start in range(0, len(waiting), SCORED_AT_ONCE):
        for mine, found in _scored(waiting[start : start + SCORED_AT_ONCE]):
            yield from _reports(mine, found, maker)
            likely = sorted((s for s in found if s.score >= PLAUSIBLE_STORY), key=lambda s: (-s.score, _id(s.other)))
            partners = [(told(s.other.digest), s.score) for s in likely[:MOST_STORY_PARTNERS]]
            asked.append((told(mine.digest), partners))
    for judged in judge_events(asked):
        for left, right, finding in judged:
            yield _judgement(JudgementKind.EVENT, left, right, finding, maker)


def _id(report: Prepared) -> str:
    return report.digest.report


def _scored(waiting: Sequence[tuple[Digest, Sequence[Digest]]]) -> list[tuple[Prepared, list[Scored]]]:
    """Each report with its candidates, in order of their ids, and what numbers say of each."""
    asked = []
    for new, candidates in waiting:
        others = sorted({c.report: c for c in candidates if c.report != new.report}.values(), key=lambda c: c.report)
        asked.append((prepared(new), [prepared(other) for other in others]))
    return [(mine, found) for (mine, _), found in zip(asked, scored(asked), strict=True)]


def _reports(mine: Prepared, found: Sequence[Scored], maker: Maker) -> Iterator[Judgement]:
    for pair in found:
        other = pair.other
        copied = judge_copy(mine.digest, other.digest) if may_be_copies(mine, pair) else None
        if copied is not None:
            yield _judgement(JudgementKind.COPY, _id(mine), _id(other), copied, maker)
        likely = max(pair.score, copied[1]) if copied is not None and copied[0] is Verdict.SAME else pair.score
        if same_headline(mine, other):
            likely = max(likely, SAME_HEADLINE)
        verdict = story_verdict(likely)
        if verdict is not None:
            finding = (verdict, likely, story_reasons(mine, other, likely, pair.cosine))
            yield _judgement(JudgementKind.STORY, _id(mine), _id(other), finding, maker)


def _judgement(
    kind: JudgementKind, left: str, right: str, finding: tuple[Verdict, float, tuple[Reason, ...]], maker: Maker
) -> Judgement:
    left, right = min(left, right), max(left, right)
    verdict, score, reasons = finding
    identity = make_id("j", str(kind), left, right, maker.author)
    return Judgement(identity, kind, left, right, verdict, round(score, 4), reasons, maker.author, maker.made)
