"""Builds the facts that linking tests need: reports, readings, events, claims, judgements, all invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from onrecord.linking import digest
from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    Digest,
    EventMention,
    Holder,
    Judgement,
    JudgementKind,
    Participant,
    Reading,
    Report,
    SourceKind,
    Span,
    Stamp,
    Stance,
    Status,
    TextSpan,
    TimeMark,
    TimeMention,
    TimeType,
    Verdict,
    make_id,
)

MADE = datetime(2031, 1, 1, tzinfo=UTC)
MACHINE = "onrecord linking test"


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def stamp(day: str) -> Stamp:
    return Stamp(day, day, "field", moment(day), moment(day) + timedelta(days=1))


def report(
    text: str, *, title: str = "", day: str | None = None, outlet: str | None = None, credits: tuple[str, ...] = ()
) -> Report:
    published = stamp(day) if day else None
    identity = make_id("r", text, title, day, outlet)
    return Report(identity, identity, text, title=title or None, outlet=outlet, published=published, credits=credits)


def digested(text: str, *, title: str = "", day: str | None = None, outlet: str | None = None) -> Digest:
    return digest(Reading(report(text, title=title, day=day, outlet=outlet), "test"))


def reading(source: Report, *events: EventMention, times: tuple[TimeMention, ...] = ()) -> Reading:
    return Reading(source, "test", sentences=sentences(source.text), events=events, times=times)


def sentences(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for piece in text.split(". "):
        spans.append(Span(start, min(len(text), start + len(piece) + 1)))
        start += len(piece) + 2
    return tuple(spans)


def event(  # noqa: PLR0913
    text: str,
    identity: str,
    words: str,
    lemma: str,
    *,
    kind: str | None = None,
    actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    time: str | None = None,
    status: Status = Status.HAPPENED,
    mode: str | None = None,
    antecedent: str | None = None,
) -> EventMention:
    start = text.index(words)
    index = next(i for i, s in enumerate(sentences(text)) if s.start <= start < s.end)
    return EventMention(
        identity,
        TextSpan(start, start + len(words), words),
        index,
        lemma,
        type=kind,
        mode=mode,
        actors=tuple(_participant(text, name) for name in actors),
        recipients=tuple(_participant(text, name) for name in recipients),
        time=time,
        time_mark=TimeMark.SYNTAX if time else None,
        status=status,
        antecedent=antecedent,
    )


def _participant(text: str, name: str) -> Participant:
    start = text.index(name)
    return Participant(start, start + len(name), name)


def time(text: str, identity: str, words: str, day: str) -> TimeMention:
    start = text.index(words)
    earliest = moment(day)
    return TimeMention(
        identity, start, start + len(words), words, TimeType.DATE, day, earliest, earliest + timedelta(hours=23)
    )


def claim(holder: Holder, *chain: Holder) -> Claim:
    return Claim(
        id="c1",
        event="v1",
        holder=holder,
        chain=(*chain, holder) if holder not in chain else chain,
        stance=Stance.ASSERTS,
        status=Status.HAPPENED,
        certainty=Certainty.CT_PLUS,
        factuality=3.0,
        authority=Authority.OTHER,
        words=TextSpan(0, 1, "x"),
    )


def own(outlet: str) -> Holder:
    return Holder(outlet, SourceKind.OUTLET, own_voice=True)


def judged(
    left: str,
    right: str,
    score: float,
    *,
    kind: JudgementKind = JudgementKind.STORY,
    verdict: Verdict | None = None,
    author: str = MACHINE,
) -> Judgement:
    left, right = min(left, right), max(left, right)
    found = verdict or (Verdict.SAME if score >= 0.5 else Verdict.UNSURE if score >= 0.3 else Verdict.DIFFERENT)
    return Judgement(make_id("j", left, right, author), kind, left, right, found, score, (), author, MADE)
