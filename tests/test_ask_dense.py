"""Answers that read only what they show: each against a plain computation over everything, on a dense ledger."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from onrecord.ask import Asker, Filter
from onrecord.ledger import Ledger
from onrecord.model import Change, Cluster, Correction, EventRecord, JudgementKind, Standing, Status, global_id, make_id
from onrecord.record.agenda import AgendaItem, agenda
from onrecord.record.changes import changes
from onrecord.record.contradictions import all_contradictions
from onrecord.record.moments import known_at
from onrecord.record.sourcing import RESTS, rest_of, sourcing_of

sys.path.insert(0, str(Path(__file__).resolve().parent / "ledger"))
from invented_readings import START, TOGETHER, dense_clusters, invent_dense, readable

READINGS = [invent_dense(n) for n in range(6)]
MIDDLE = START + timedelta(minutes=17 * 3)
MOMENTS = (START - timedelta(days=6), START, MIDDLE)
ALL = 1_000_000


def link(ledger: Ledger) -> None:
    for first in range(0, len(READINGS), TOGETHER):
        together = READINGS[first : first + TOGETHER]
        ledger.put_clusters(JudgementKind.EVENT, dense_clusters(together))
        reports = tuple(r.report.id for r in together)
        ledger.put_clusters(JudgementKind.STORY, [Cluster(make_id("s", reports), JudgementKind.STORY, reports)])


@pytest.fixture(scope="module", params=["weighed", "weighed in part", "not weighed"])
def asker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    with Ledger.open(tmp_path_factory.mktemp("dense") / "dense.ledger") as ledger:
        ledger.append([readable(r) for r in READINGS])
        link(ledger)
        asker = Asker(ledger)
        if request.param != "not weighed":
            asker.refresh(*([200] if request.param == "weighed in part" else []))
        yield asker


def everything(asker: Asker) -> tuple[EventRecord, ...]:
    return asker.events(limit=ALL)


def test_the_ledger_is_dense(asker: Asker) -> None:
    for reading in READINGS:
        assert (len(reading.events), len(reading.claims)) == (90, 65)
    found = everything(asker)
    assert sum(len(e.testimonies) > 1 for e in found) > 40
    assert {Standing.DISPUTED, Standing.DENIED, Standing.REPORTED, Standing.RUMOURED} <= {e.standing for e in found}


@pytest.mark.parametrize("moment", [None, *MOMENTS])
def test_contradictions_are_those_of_all_events(asker: Asker, moment: datetime | None) -> None:
    then = asker.at(moment)
    expected = all_contradictions(everything(then))
    assert then.contradictions(limit=ALL) == expected
    assert then.contradictions(limit=7) == expected[:7]
    assert moment != MIDDLE or len(expected) > 20


@pytest.mark.parametrize("moment", MOMENTS)
def test_events_stand_then_as_their_claims_say(asker: Asker, moment: datetime) -> None:
    then = asker.at(moment)
    known = everything(then)
    for wanted in Standing:
        expected = [e.id for e in known if e.standing is wanted]
        assert [e.id for e in then.events(Filter(standing=wanted), limit=ALL)] == expected
        assert [e.id for e in then.events(Filter(standing=wanted), limit=5, offset=2)] == expected[2:7]


def plain_changes(
    asker: Asker, since: datetime, until: datetime | None, among: Sequence[str] | None = None
) -> list[Change]:
    told = asker.ledger.testimonies([e.id for e in everything(asker)], as_of=until)
    before = asker.at(since)._records({e: known_at(claims, since) for e, claims in told.items()})
    found = changes(before, asker.at(until)._records(told))
    return [c for c in found if among is None or c.event in among]


WINDOWS = [(m, n) for m in MOMENTS for n in (None, *MOMENTS) if n is None or m < n]


@pytest.mark.parametrize(("since", "until"), WINDOWS)
def test_changes_are_those_between_two_states_of_everything(
    asker: Asker, since: datetime, until: datetime | None
) -> None:
    expected = plain_changes(asker, since, until)
    assert list(asker.changes(since, until)) == expected
    assert len({c.kind for c in expected}) > 2
    story = asker.stories(limit=1)[0].id
    told = asker.ledger.events_told(Filter(from_=since, to=until, story=story))
    assert list(asker.changes(since, until, story)) == plain_changes(asker, since, until, told)


def test_few_changes_are_the_weightiest_of_their_kind(asker: Asker) -> None:
    expected = asker.changes(MIDDLE)
    few = asker.changes(MIDDLE, limit=6)
    counted = Counter(c.kind for c in expected)
    assert Counter(c.kind for c in few) == {kind: min(6, number) for kind, number in counted.items()}
    weights = {e.id: e.weight for e in everything(asker)}
    for kind in counted if not asker.ledger.without_standing(1) else ():
        mine, all_of = ([weights[c.event] for c in found if c.kind == kind] for found in (few, expected))
        assert mine == all_of[:6]


@pytest.mark.parametrize("asked", [Filter(), Filter(from_=MIDDLE), Filter(outlet="quay"), Filter(as_of=START)])
def test_sources_are_counted_as_their_claims_are(asker: Asker, asked: Filter) -> None:
    claims = asker.ledger.claim_sources(asked)
    expected = sourcing_of((claim, outlet, rest_of(kind, own)) for claim, outlet, kind, own in claims)
    found = asker.sources(asked)
    assert [r.as_dict() for r in found] == [r.as_dict() for r in expected]
    assert found == expected
    for row, other in zip(found, expected, strict=True):
        assert all(list(getattr(row, rest)) == list(getattr(other, rest)) for rest in RESTS)
    by_story = asker.sources(asked, by="story")
    assert sum(r.total for r in by_story) == sum(r.total for r in expected)
    assert {c for r in by_story for rest in RESTS for c in getattr(r, rest)} == {
        c for r in expected for rest in RESTS for c in getattr(r, rest)
    }


@pytest.mark.parametrize("by", ["source", "outlet"])
def test_quotes_are_sorted_as_people_sort_them(asker: Asker, by: str) -> None:
    rows = asker.quotes(limit=ALL)
    expected = sorted(rows, key=lambda r: (r.source if by == "source" else r.report.outlet or "").casefold())
    assert list(asker.quotes(limit=ALL, by=by)) == expected
    assert list(asker.quotes(limit=9, offset=4, by=by)) == expected[4:13]


def kept(ledger: Ledger) -> list[tuple[object, ...]]:
    """Standings and turns by event id."""
    return ledger._connection.all(
        "SELECT c.id, s.standing, s.claims, s.weight, s.background, s.contradicted, s.followed, t.at, t.until,"
        " t.standing, t.status FROM clusters c JOIN standings s ON s.cluster = c.number"
        " LEFT JOIN turns t ON t.cluster = c.number ORDER BY c.id, t.at"
    )


def test_a_rebuild_finds_the_same_turns(asker: Asker) -> None:
    ledger = asker.ledger
    ledger.drop_standings()
    assert ledger._connection.one("SELECT count(*) FROM turns") == (0,)
    asker.refresh()
    before = kept(ledger)
    named = ledger._connection.all("SELECT report, local, named FROM attributions ORDER BY 1, 2")
    assert before
    ledger.rebuild()
    assert kept(ledger) == []
    link(ledger)
    asker.refresh()
    assert kept(ledger) == before
    assert ledger._connection.all("SELECT report, local, named FROM attributions ORDER BY 1, 2") == named
    assert ledger.check() == []


def plain_agenda(asker: Asker, after: datetime | None, before: datetime | None) -> tuple[AgendaItem, ...]:
    """Of the events that lists show as ahead."""
    rows = [
        row
        for status in (Status.PLANNED, Status.EXPECTED, Status.CANCELLED)
        for row in asker.ledger.events(Filter(status=status, from_=after, to=before, as_of=asker.as_of), limit=ALL)
    ]
    chosen = {row.id for row in rows if row.earliest is not None}
    return agenda([e for e in everything(asker) if e.id in chosen], after, before, START)


def test_the_agenda_is_that_of_all_events_ahead(asker: Asker) -> None:
    """Also of an event of which an analyst says that it is planned, and of one of which he says that it is not."""
    week = (START - timedelta(days=9), START - timedelta(days=2))
    told = {e.id: e for e in everything(asker)}
    happened = next(e for e in told.values() if e.status is Status.HAPPENED and e.earliest and not e.background)
    planned = next(e for e in told.values() if e.status is Status.PLANNED and e.earliest and not e.background)
    for event, status in ((happened, Status.PLANNED), (planned, Status.HAPPENED)):
        first = event.testimonies[0]
        mention = global_id(first.report.id, first.mention.id)
        made = Correction(make_id("x", mention), "status", (mention,), status.value, "A. Desk", "so it says", START)
        asker.ledger.add_correction(made)
    for moment in (None, MIDDLE):
        for window in (week, (None, None)):
            then = asker.at(moment)
            items = [replace(i, overdue=True) for i in then.agenda(*window)]
            assert items == [replace(i, overdue=True) for i in plain_agenda(then, *window)]
            assert items
    events = {item.event for item in asker.agenda()}
    assert happened.id in events
    assert planned.id not in events
