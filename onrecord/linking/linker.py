"""Judgements about a new report and its candidates: copy, story, event. Pure: digests in, judgements out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.linking.event_identity import judge_events
from onrecord.linking.event_sheets import told
from onrecord.linking.stories import (
    SAME_HEADLINE,
    judge_copy,
    may_be_copies,
    same_headline,
    scores_and_cosines,
    story_reasons,
    story_verdict,
)
from onrecord.linking.story_features import Prepared, prepared
from onrecord.model import Digest, Judgement, JudgementKind, Reason, Verdict, make_id

MOST_STORY_PARTNERS = 25  # reports whose events are compared with a new report's, the likeliest first
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
    maker = Maker(author, made)
    others = sorted({c.report: c for c in candidates if c.report != new.report}.values(), key=lambda c: c.report)
    mine = prepared(new)
    theirs = [prepared(other) for other in others]
    scored = [(other, *pair) for other, pair in zip(theirs, scores_and_cosines(mine, theirs), strict=True)]
    out = list(_reports(mine, scored, maker))
    likely = sorted((s for s in scored if s[1] >= PLAUSIBLE_STORY), key=lambda s: (-s[1], s[0].digest.report))
    partners = [(told(other.digest), score) for other, score, _ in likely[:MOST_STORY_PARTNERS]]
    for left, right, finding in judge_events(told(new), partners):
        out.append(_judgement(JudgementKind.EVENT, left, right, finding, maker))
    return tuple(out)


def _reports(mine: Prepared, scored: Sequence[tuple[Prepared, float, float]], maker: Maker) -> Iterator[Judgement]:
    alike = may_be_copies(mine, [other for other, _, _ in scored])
    for (other, score, cosine), perhaps in zip(scored, alike, strict=True):
        copied = judge_copy(mine.digest, other.digest) if perhaps else None
        if copied is not None:
            yield _judgement(JudgementKind.COPY, mine.digest.report, other.digest.report, copied, maker)
        likely = max(score, copied[1]) if copied is not None and copied[0] is Verdict.SAME else score
        if same_headline(mine, other):
            likely = max(likely, SAME_HEADLINE)
        verdict = story_verdict(likely)
        if verdict is not None:
            finding = (verdict, likely, story_reasons(mine, other, likely, cosine))
            yield _judgement(JudgementKind.STORY, mine.digest.report, other.digest.report, finding, maker)


def _judgement(
    kind: JudgementKind, left: str, right: str, finding: tuple[Verdict, float, tuple[Reason, ...]], maker: Maker
) -> Judgement:
    left, right = min(left, right), max(left, right)
    verdict, score, reasons = finding
    identity = make_id("j", str(kind), left, right, maker.author)
    return Judgement(identity, kind, left, right, verdict, round(score, 4), reasons, maker.author, maker.made)
