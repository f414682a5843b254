"""Searches, lists, testimonies and ids: each against a plain computation over the same readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from invented_readings import START, invent, make_report, readable, stamp

from onrecord.errors import AmbiguousIdError, NotFoundError
from onrecord.ledger import Filter, Ledger
from onrecord.ledger.codec import fold
from onrecord.model import Claim, Cluster, EventMention, JudgementKind, Reading, Standing, global_id, make_id

READINGS = [invent(n) for n in range(14)]


@pytest.fixture
def linked(ledger: Ledger) -> Ledger:
    """Each event mention its own event, seven reports a story."""
    ledger.append([readable(r) for r in READINGS])
    for reading in READINGS:
        ledger.put_clusters(JudgementKind.EVENT, [own_event(reading, e) for e in reading.events])
    for half in (0, 7):
        reports = tuple(r.report.id for r in READINGS[half : half + 7])
        ledger.put_clusters(JudgementKind.STORY, [Cluster(f"sstory{half}", JudgementKind.STORY, reports)])
    return ledger


def own_event(reading: Reading, event: EventMention) -> Cluster:
    member = global_id(reading.report.id, event.id)
    return Cluster(make_id("e", member), JudgementKind.EVENT, (member,))


def told(meets: Callable[[Reading, Claim, EventMention], bool]) -> set[str]:
    """Global ids of the claims that meet a condition."""
    return {
        global_id(r.report.id, c.id)
        for r in READINGS
        for c in r.claims
        for e in r.events
        if e.id == c.event and meets(r, c, e)
    }


def has(name: str, *texts: str) -> bool:
    return any(f" {fold(name)} " in f" {fold(text)} " for text in texts)


def time_of(reading: Reading, event: EventMention) -> tuple[datetime, datetime]:
    time = next(t for t in reading.times if t.id == event.time)
    assert time.earliest is not None
    assert time.latest is not None
    return time.earliest, time.latest


# --- words -----------------------------------------------------------------------------------------------------


@pytest.fixture
def library(ledger: Ledger) -> Ledger:
    for name, language, title, text in (
        ("a", "en", "Harbour pumps fail", "The pumps at Łódka pier failed twice. Nobody was hurt."),
        ("b", "en", "Council meets", "The harbour council said the pumps will be replaced; café owners agree."),
        ("c", "de", "Hafen", "Die Pumpen im Hafen wurden geprüft. Straße gesperrt."),
        ("d", "zh", "港口", "港口的水泵昨天停止运行。市议会开会。"),
        ("e", "en", "Nothing", 'A quiet day. It isn\'t news (or is it?) at 10.5% -- "so" they said.'),
    ):
        report = make_report(text, address=f"https://lib.example/{name}", title=title, language=language)
        ledger.append([readable(Reading(report, "onrecord 1", analysed=language == "en"))])
    return ledger


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pumps", "ab"),
        ("PUMPS harbour", "ab"),
        ("pump", ""),
        ("pump*", "abc"),
        ('"harbour council"', "b"),
        ('"council harbour"', ""),
        ('"harbour coun"*', "b"),
        ("pumps -council", "a"),
        ('pump* -"at lodka"', "bc"),
        ("-pumps", ""),
        ("lodka", "a"),
        ("cafe", "b"),
        ("geprüft", "c"),
        ("水泵", "d"),
        ("市议会", "d"),
        ("水会", ""),
        ("isn't", "e"),
        ('10.5% AND (said OR "', ""),
        ("10.5%", "e"),
        ('"', ""),
        ("", ""),
        ("* - ( ) :: ^ title: NEAR(", ""),
        ("title", ""),
        ('so"', "e"),
    ],
)
def test_words(library: Ledger, words: str, found: str) -> None:
    assert "".join(sorted(h.report.address[-1] for h in library.search(Filter(words=words)))) == found


def test_titles_count_more(library: Ledger) -> None:
    hits = library.search(Filter(words="harbour"))
    assert [h.report.address[-1] for h in hits] == ["a", "b"]
    assert hits[0].score > hits[1].score > 0


def test_hits_point_into_the_text(library: Ledger) -> None:
    for words, expected in (
        ('pump* "lodka pier"', ["pumps", "Łódka pier"]),
        ("水泵", ["水泵"]),
        ("strasse geprüft", ["geprüft", "Straße"]),
    ):
        (hit,) = library.search(Filter(words=words))
        text = library.report(hit.report.id).text
        assert [span.of(text) for span in hit.hits] == expected
        assert hit.snippet.text == text[hit.snippet.start : hit.snippet.end]
        assert expected[0] in hit.snippet.text


def test_pages_of_hits(linked: Ledger) -> None:
    whole = linked.search(Filter(words="that"), limit=100)
    assert len(whole) == 14
    assert [linked.search(Filter(words="that"), limit=1, offset=n)[0] for n in range(14)] == whole


def test_without_words_the_newest_come_first(linked: Ledger) -> None:
    assert [h.report.id for h in linked.search(Filter(), limit=3)] == [r.report.id for r in READINGS[:-4:-1]]


# --- filters ---------------------------------------------------------------------------------------------------

HALF = START + timedelta(minutes=17 * 7)


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        (Filter(), lambda r, c, e: True),
        (Filter(type="agree"), lambda r, c, e: e.type == "AGREE"),
        (Filter(holder="farrow", stance="asserts", kind="named"), lambda r, c, e: has("farrow", c.holder.name)),
        (Filter(stance="denies"), lambda r, c, e: False),
        (Filter(status="happened", outlet="QUAY"), lambda r, c, e: r.report.outlet == "The Quay Post"),
        (Filter(place="Ostbridge"), lambda r, c, e: has("ostbridge", r.entities[3].name)),
        (Filter(place="kel"), lambda r, c, e: True),
        (Filter(from_=HALF), lambda r, c, e: r.report.published.earliest >= HALF),
        (Filter(to=HALF), lambda r, c, e: r.report.published.earliest <= HALF),
        (Filter(story="sstory7"), lambda r, c, e: r in READINGS[7:]),
        (Filter(report=READINGS[3].report.id), lambda r, c, e: r is READINGS[3]),
        (Filter(entity="Maren Holt"), lambda r, c, e: any(has("maren holt", n.name) for n in r.entities[:3])),
        (Filter(words="ferries"), lambda r, c, e: "Ferries" in r.report.text),
        (Filter(language="EN"), lambda r, c, e: True),
        (Filter(entity="??"), lambda r, c, e: False),
        (
            Filter(event=own_event(READINGS[2], READINGS[2].events[1]).id),
            lambda r, c, e: r is READINGS[2] and e.id == "e2",
        ),
    ],
)
def test_claims_meet_the_filter(
    linked: Ledger, asked: Filter, meets: Callable[[Reading, Claim, EventMention], bool]
) -> None:
    rows = linked.claims(asked, limit=1000)
    assert {row.id for row in rows} == told(meets)
    assert len({row.id for row in rows}) == len(rows)
    known = [row.known for row in rows if row.known]
    assert known == sorted(known, reverse=True)
    for row in rows:
        reading = next(r for r in READINGS if r.report.id == row.report.id)
        assert row.claim in reading.claims
        assert row.mention in reading.events
        assert row.event == own_event(reading, row.mention).id


@pytest.mark.parametrize(
    ("asked", "meets"),
    [
        (Filter(type="CONSULT", status="happened"), lambda r, e: e.type == "CONSULT"),
        (Filter(from_=START), lambda r, e: time_of(r, e)[1] >= START),
        (
            Filter(from_=START - timedelta(9), to=START - timedelta(5)),
            lambda r, e: time_of(r, e)[1] >= START - timedelta(9) and time_of(r, e)[0] <= START - timedelta(5),
        ),
        (
            Filter(entity="Renn", place="Varnholm"),
            lambda r, e: r.entities[3].name == "Varnholm" and has("renn", e.actors[0].text, e.recipients[0].text),
        ),
        (Filter(as_of=HALF), lambda r, e: r.report.published.earliest <= HALF),
        (Filter(as_of=START - timedelta(1)), lambda r, e: False),
        (Filter(standing="denied"), lambda r, e: r is READINGS[0] and e.id == "e1"),
    ],
)
def test_events_meet_the_filter(linked: Ledger, asked: Filter, meets: Callable[[Reading, EventMention], bool]) -> None:
    linked.put_standings({own_event(READINGS[0], READINGS[0].events[0]).id: Standing.DENIED}, START)
    rows = linked.events(asked, limit=1000)
    expected = {own_event(r, e).id: (r, e) for r in READINGS for e in r.events if meets(r, e)}
    assert {row.id for row in rows} == set(expected)
    assert [row.earliest for row in rows] == sorted(row.earliest for row in rows if row.earliest)
    for row in rows:
        reading, event = expected[row.id]
        assert (row.type, row.earliest, row.latest) == (event.type, *time_of(reading, event))
        assert row.mentions == ((reading.report.id, event.id, event.anchor.start, event.anchor.end),)


def test_reports_meet_the_filter(linked: Ledger) -> None:
    for asked, meets in (
        (Filter(type="AGREE", kind="named"), lambda r: any(e.type == "AGREE" for e in r.events)),
        (Filter(words="ferries -spring"), lambda r: "Ferries" in r.report.text and "spring" not in r.report.text),
        (Filter(entity="dalia"), lambda r: any(has("dalia", e.name) for e in r.entities)),
        (Filter(quote="direct"), lambda r: False),
        (Filter(quote="indirect", story="sstory0"), lambda r: r in READINGS[:7]),
        (Filter(from_=HALF, to=HALF), lambda r: r.report.published.earliest == HALF),
    ):
        expected = [r.report.id for r in READINGS if meets(r)]
        assert [h.id for h in linked.find_heads(asked)] == expected
        assert {h.report.id for h in linked.search(asked, limit=100)} == set(expected)
        stories = {f"sstory{0 if READINGS.index(r) < 7 else 7}" for r in READINGS if meets(r)}
        assert {s.id for s in linked.stories(asked)} == stories


def test_stories_show_their_bounds(linked: Ledger) -> None:
    late, early = linked.stories()
    assert (early.id, early.reports) == ("sstory0", tuple(r.report.id for r in READINGS[:7]))
    assert (early.earliest, early.latest) == (START, START + timedelta(minutes=17 * 6))
    assert late.id == "sstory7"


def test_entities_over_all_reports(linked: Ledger) -> None:
    rows = linked.entities(limit=1000)
    names = {(e.name, e.type) for r in READINGS for e in r.entities}
    assert {(row.name, row.type) for row in rows} == names
    for row in rows:
        bearing = [r for r in READINGS if any(e.name == row.name for e in r.entities)]
        ids = {r.report.id: next(e.id for e in r.entities if e.name == row.name) for r in bearing}
        assert row.reports == len(bearing)
        assert row.mentions == sum(m.entity == ids[r.report.id] for r in bearing for m in r.mentions)
        assert row.first == min(r.report.published.earliest for r in bearing if r.report.published)
    assert [row.reports for row in rows] == sorted((row.reports for row in rows), reverse=True)
    assert {row.type for row in linked.entities(Filter(type="place"))} == {"place"}
    assert all(has("renn", row.name) for row in linked.entities(Filter(entity="renn")))


def test_attributions_in_order_of_telling(linked: Ledger) -> None:
    rows = linked.attributions(Filter(entity="farrow"), limit=1000)
    expected = [
        (r.report.id, a) for r in reversed(READINGS) for a in r.attributions if has("farrow", r.entities[2].name)
    ]
    assert [(row.report.id, row.attribution) for row in rows] == expected
    assert all(has("farrow", row.source) for row in rows)
    assert linked.attributions(Filter(quote="direct")) == []
    assert linked.attributions(Filter(kind="unnamed")) == []


# --- testimonies and as of -------------------------------------------------------------------------------------


def test_testimonies_hold_all_there_is(linked: Ledger) -> None:
    for found in (
        linked.testimonies(story="sstory0"),
        linked.testimonies(report_ids=[r.report.id for r in READINGS[:7]]),
        linked.testimonies([own_event(r, e).id for r in READINGS[:7] for e in r.events]),
    ):
        assert set(found) == {own_event(r, e).id for r in READINGS[:7] for e in r.events}
        for testimonies in found.values():
            (one,) = testimonies
            reading = next(r for r in READINGS if r.report.id == one.report.id)
            assert one.claim in reading.claims
            assert one.mention in reading.events
            assert one.time in reading.times
            assert one.place in reading.places
            assert one.known == one.report.published.earliest  # type: ignore[union-attr]
    assert linked.testimonies(["enone"]) == {}
    event = own_event(READINGS[1], READINGS[1].events[0]).id
    assert linked.story_of_events([event, "enone"]) == {event: "sstory0"}


def saying(
    text: str, published: datetime | None, *, said: tuple[datetime, datetime] | None = None, **more: object
) -> Reading:
    """A report with one claim."""
    base = invent(1)
    report = make_report(
        text + base.report.text,
        address="https://quay.example/said",
        published=stamp(published) if published else None,
        **more,
    )
    claim = replace(base.claims[0], said_earliest=said[0] if said else None, said_latest=said[1] if said else None)
    return Reading(report, "onrecord 1", times=base.times, events=base.events[:1], claims=(claim,))


DAY = (datetime(2031, 3, 4, tzinfo=UTC), datetime(2031, 3, 4, 23, 59, 59, tzinfo=UTC))
NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reading", "known"),
    [
        (saying("a", NOON), NOON),
        (saying("b", None), None),
        (saying("c", NOON, said=(NOON - timedelta(days=9), NOON - timedelta(days=9))), NOON - timedelta(days=9)),
        (saying("d", NOON, said=DAY), NOON),  # the day that holds the publication is no sharper than it
        (saying("e", NOON + timedelta(days=2), said=DAY), DAY[1]),
        (saying("f", None, said=DAY), DAY[1]),
        (saying("g", None, updated=stamp(NOON)), NOON),
        (saying("h", NOON, updated=stamp(NOON + timedelta(hours=3)), said=DAY), NOON),
    ],
)
def test_when_a_claim_became_known(ledger: Ledger, reading: Reading, known: datetime | None) -> None:
    ledger.append([readable(reading)])
    (testimony,) = ledger.testimonies(report_ids=[reading.report.id])[f"{reading.report.id}.e1"]
    assert testimony.known == known
    counted = known or testimony.report.appended
    just_before = counted - timedelta(microseconds=1)
    assert ledger.testimonies(report_ids=[reading.report.id], as_of=just_before) == {}
    assert ledger.testimonies(report_ids=[reading.report.id], as_of=counted) != {}
    assert ledger.claims(Filter(as_of=just_before)) == []
    assert len(ledger.claims(Filter(as_of=counted))) == 1


def test_what_a_revision_adds_was_not_known_before_it(ledger: Ledger) -> None:
    first, updated, silent = (
        saying("", NOON),
        saying("U. ", NOON, updated=stamp(NOON + timedelta(hours=3))),
        saying("Silently changed. ", NOON),
    )
    ledger.append([readable(first), readable(updated), readable(silent)])
    known = {
        name: ledger.testimonies(report_ids=[r.report.id])[f"{r.report.id}.e1"][0].known
        for name, r in (("first", first), ("updated", updated), ("silent", silent))
    }
    assert known["first"] == NOON
    assert known["updated"] == NOON + timedelta(hours=3)
    # No time of its own: it is known since the ledger learnt it.
    assert known["silent"] == ledger.report_head(silent.report.id).appended


def test_what_a_revision_adds_of_its_own_day_is_no_older_than_the_revision(ledger: Ledger) -> None:
    later = NOON + timedelta(hours=3)
    first, updated = saying("", NOON, said=DAY), saying("U. ", NOON, updated=stamp(later), said=DAY)
    ledger.append([readable(first), readable(updated)])
    known = [ledger.testimonies(report_ids=[r.report.id])[f"{r.report.id}.e1"][0].known for r in (first, updated)]
    assert known == [NOON, later]


# --- ids -------------------------------------------------------------------------------------------------------


def test_abbreviated_ids(linked: Ledger) -> None:
    reading = READINGS[4]
    event = own_event(reading, reading.events[2]).id
    assert linked.resolve(reading.report.id) == linked.resolve(reading.report.id[:12]) == reading.report.id
    assert linked.resolve(f" {reading.report.id[:12].upper()} ") == reading.report.id
    assert linked.resolve(event[:12], ["event"]) == event
    assert linked.resolve(f"{reading.report.id[:12]}.e3") == f"{reading.report.id}.e3"
    assert linked.resolve(f"{reading.report.id[:12]}.c3") == f"{reading.report.id}.c3"
    assert linked.resolve(reading.report.address) == reading.report.id
    assert linked.resolve("sstory7", ["story"]) == "sstory7"


def test_ids_that_are_none_or_several(linked: Ledger) -> None:
    with pytest.raises(AmbiguousIdError, match="sstory0, sstory7"):
        linked.resolve("ss")
    with pytest.raises(NotFoundError, match="no story"):
        linked.resolve(READINGS[0].report.id, ["story"])
    for name in ("zz", "r", "", "r%", "x.e1", f"{READINGS[0].report.id}.e99", "' OR 1"):
        with pytest.raises(NotFoundError):
            linked.resolve(name)


def test_events_come_in_time_whatever_page_is_asked(linked: Ledger) -> None:
    everything = linked.events(limit=-1)
    assert len(everything) == len({row.id for row in everything}) > 5
    dated = [row.earliest for row in everything if row.earliest is not None]
    assert dated == sorted(dated)
    assert all(row.earliest is None for row in everything[len(dated) :])
    assert [row.id for row in linked.events(limit=3, offset=2)] == [row.id for row in everything[2:5]]


def test_events_told_in_a_time_are_those_whose_claims_became_known_then(linked: Ledger) -> None:
    rows = [row for row in linked.claims(limit=1_000) if row.event is not None and row.known is not None]
    middle = sorted(row.known for row in rows if row.known is not None)[len(rows) // 2]
    told = linked.events_told(Filter(from_=middle))
    assert told == sorted({row.event for row in rows if row.event and row.known is not None and row.known >= middle})
    assert 0 < len(told) < len(linked.events_told())


def test_only_events_of_several_claims_are_contested(linked: Ledger) -> None:
    """Before standings are computed every event may be; afterwards those that more than one claim speaks of."""
    both = tuple(global_id(READINGS[0].report.id, e.id) for e in READINGS[0].events[:2])
    linked.put_clusters(JudgementKind.EVENT, [Cluster("eboth", JudgementKind.EVENT, both)])
    told = linked.testimonies([row.id for row in linked.events(limit=-1)])
    assert {row.id for row in linked.events(Filter(contested=True), limit=-1)} == set(told)
    linked.put_standings(dict.fromkeys(told, Standing.REPORTED), START)
    assert [event for event, claims in told.items() if len(claims) > 1] == ["eboth"]
    assert [row.id for row in linked.events(Filter(contested=True), limit=-1)] == ["eboth"]
