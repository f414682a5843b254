"""The time and place of an event mention: which expressions can be its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from event_pages import event, pipeline

from onrecord.model import PlaceMention, Report, TimeMention, TimeType
from onrecord.reading.entities import ENTITIES
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.sentences import SENTENCES

MAY = datetime(2026, 5, 1, tzinfo=UTC)


def page_with(text: str, place: tuple[str, str] | None = None, time: TimeMention | None = None) -> Page:
    """A page whose one place (words, use) or time is given."""
    page = Page(Report("r", "a", text), pipeline()(text))
    SENTENCES.run(page)
    ENTITIES.run(page)
    if place is not None:
        start = text.index(place[0])
        page.places.append(PlaceMention("p1", start, start + len(place[0]), place[0], place[0], use=place[1]))
    if time is not None:
        page.times.append(time)
    EVENTS.run(page)
    return page


def time_in(text: str, words: str, kind: TimeType, value: str, earliest: datetime | None = None) -> TimeMention:
    start = text.index(words)
    return TimeMention("t1", start, start + len(words), words, kind, value, earliest, earliest)


@pytest.mark.parametrize(
    ("text", "place", "use", "expected"),
    [
        ("Rebels attacked a convoy near Nairobi.", "Nairobi", "location", "p1"),
        ("Nairobi said that rebels attacked a convoy.", "Nairobi", "actor", None),
        ("Kenyan soldiers attacked a convoy.", "Kenyan", "demonym", None),
        ("A student from Nairobi was arrested.", "Nairobi", "location", None),
        ("Nine people died when a bus from Nairobi overturned.", "Nairobi", "location", None),
        ("The minister returned from Nairobi.", "Nairobi", "location", "p1"),
        ("After the raid in Nairobi, rebels attacked a convoy.", "Nairobi", "location", "p1"),
    ],
)
def test_only_a_location_is_the_place_of_an_event(text: str, place: str, use: str, expected: str | None) -> None:
    found = page_with(text, (place, use)).events
    verb = next(w for w in ("attacked", "arrested", "died", "returned") if any(e.anchor.text == w for e in found))
    assert next(e for e in found if e.anchor.text == verb).place == expected


@pytest.mark.parametrize(
    ("text", "place", "anchor", "there"),
    [
        ("Velmark attacked the harbour.", "Velmark", "attacked", False),
        ("Ostrel, Velmark and Tarn condemned the launch.", "Velmark", "launch", False),
        ("Ostrel criticised Velmark.", "Velmark", "criticised", False),
        ("The rebels attacked Velmark.", "Velmark", "attacked", True),
        ("The envoys held talks with Velmark.", "Velmark", "talks", False),
        ("Protesters marched against Velmark.", "Velmark", "marched", False),
        ("The ferry was seized by Velmark.", "Velmark", "seized", False),
        ("Velmark hosted the talks.", "Velmark", "talks", True),
        ("Velmark held an election.", "Velmark", "election", True),
        ("Velmark voted on Sunday.", "Velmark", "voted", True),
        ("Velmark was hit by a storm.", "Velmark", "storm", True),
    ],
)
def test_a_land_that_acts_is_a_party_not_where_it_happens(text: str, place: str, anchor: str, there: bool) -> None:
    found = page_with(text, (place, "location")).events
    assert next(e for e in found if e.anchor.text == anchor).place == ("p1" if there else None)


def test_a_duration_without_dates_is_not_when_an_event_was() -> None:
    text = "The strike lasted 40 days."
    lasting = page_with(text, time=time_in(text, "40 days", TimeType.DURATION, "P40D"))
    assert event(lasting, "strike").time is None
    dated = "The union met in the past month."
    known = page_with(dated, time=time_in(dated, "the past month", TimeType.DURATION, "P1M", MAY))
    assert event(known, "met").time == "t1"


def test_a_stretch_of_time_that_cannot_be_resolved_is_still_when() -> None:
    text = "The union will meet in the coming weeks."
    coming = replace(time_in(text, "the coming weeks", TimeType.DURATION, "PXW"), resolved=False)
    assert event(page_with(text, time=coming), "meet").time == "t1"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("The ceasefire is due to begin in May.", "ceasefire"),
        ("The two firms entered into negotiations in May.", "negotiations"),
        ("The ministers held talks in May.", "talks"),
        ("Bakers went on strike in May.", "strike"),
        ("The queen will fly to Oslo to meet the poets in May.", "fly"),
        ("The queen will visit Oslo for talks in May.", "visit"),
    ],
)
def test_an_event_shares_the_time_of_the_verb_that_carries_it(text: str, anchor: str) -> None:
    page = page_with(text, time=time_in(text, "May", TimeType.DATE, "2026-05", MAY))
    assert event(page, anchor).time == "t1"
