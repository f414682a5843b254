"""A story put together: its reports, its events by weight, its contradictions and copies. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.model import EventRecord, ReportHead, Standing, Status, Story
from onrecord.record.contradictions import all_contradictions
from onrecord.record.events import notable
from onrecord.record.titles import story_title


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story in a list: what can be told of it without reading its claims."""

    id: str
    title: str
    reports: int
    outlets: tuple[str, ...]
    events: int
    earliest: datetime | None
    latest: datetime | None
    standings: Mapping[str, int] = field(default_factory=dict)  # standing → number of events


def story_record(
    story: str, reports: Iterable[ReportHead], events: Iterable[EventRecord], title: str | None = None
) -> Story:
    """The story with its events by weight. ``earliest`` and ``latest`` span its reports, else its dated news."""
    heads = tuple(sorted(reports, key=_by_date))
    ranked = notable(events)
    earliest, latest = span(heads, ranked)
    return Story(
        id=story,
        title=title or title_of(heads, ranked),
        reports=heads,
        events=ranked,
        earliest=earliest,
        latest=latest,
        contradictions=all_contradictions(ranked),
        copies=tuple((r.id, r.copy_of) for r in heads if r.copy_of is not None),
    )


def title_of(heads: Sequence[ReportHead], ranked: Sequence[EventRecord] = ()) -> str:
    """A headline of its reports; where none has one, the weightiest event's title, or an address."""
    fallback = ranked[0].title if ranked else (heads[0].address if heads else "")
    return story_title(heads, fallback)


def span(heads: Sequence[ReportHead], events: Sequence[EventRecord]) -> tuple[datetime | None, datetime | None]:
    """First and last moment of publication; where no report is dated, of what the news says."""
    stamps = [r.published for r in heads if r.published is not None]
    if stamps:
        last = [*(s.latest for s in stamps), *(r.updated.latest for r in heads if r.updated is not None)]
        return min(s.earliest for s in stamps), max(last)
    news = [e for e in events if not e.background and e.standing is not Standing.RETRACTED]
    told = [e for e in news if e.status in (Status.HAPPENED, Status.ONGOING)] or news
    starts = [e.earliest for e in told if e.earliest is not None]
    ends = [e.latest for e in told if e.latest is not None]
    return (min(starts) if starts else None, max(ends) if ends else None)


def _by_date(head: ReportHead) -> tuple[bool, float, int, str]:
    published = head.published
    return (published is None, published.earliest.timestamp() if published else 0.0, head.sequence, head.id)
