"""iCalendar, read again by the library: days stay days, and who says so is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from icalendar import Calendar

from onrecord.model import TimeMention, TimeType
from onrecord.record.agenda import agenda
from onrecord.record.events import event_record
from onrecord.record.export_calendar import calendar, clean

from .builders import at, day, person
from .builders import testimony as say
from .coded import NASTY, TEXTS

STAMP = datetime(2030, 5, 1, tzinfo=UTC)


def plan(who="office:the Ministry of Ports", says="planned", **more):
    values = {"type": "CONSULT", "when": day("2030-06-01"), "actors": (person("Quill", 0),), **more}
    return event_record(values.pop("id_", "e1"), [say(who, says, **values)])


def entries(*events):
    data, number, undated = calendar(agenda(events), STAMP)
    found = Calendar.from_ical(data).walk("VEVENT")
    assert len(found) == number
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return found, undated


def interval(first, last):
    return TimeMention("t1", 0, 3, "then", TimeType.DATE, "X", first, last)


def test_a_day_is_an_all_day_entry_with_holder_and_standing():
    (entry,), undated = entries(plan())
    assert (entry.decoded("dtstart"), entry.decoded("dtend"), undated) == (date(2030, 6, 1), date(2030, 6, 2), 0)
    said = str(entry["description"])
    assert "the Ministry of Ports: “the Ministry of Ports spoke of the opening" in said
    assert said.startswith("Planned · ") and "https://harbour-post.example/1" in said
    assert (str(entry["uid"]), str(entry["status"]), entry.decoded("dtstamp")) == ("e1@onrecord", "TENTATIVE", at(1))


@pytest.mark.parametrize("offset", [-8, 0, 2, 9])
def test_days_of_another_zone_stay_their_days(offset):
    first = datetime(2030, 6, 1, tzinfo=UTC) + timedelta(hours=offset)
    (entry,), _ = entries(plan(when=interval(first, first + timedelta(days=3) - timedelta(seconds=1))))
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2030, 6, 1), date(2030, 6, 4))


def test_moments_are_in_utc():
    first = datetime(2030, 6, 1, 15, tzinfo=UTC)
    (entry,), _ = entries(plan(when=interval(first, first + timedelta(seconds=59))))
    assert entry.decoded("dtstart") == first and "dtend" not in entry
    (evening,), _ = entries(plan(when=interval(first, first + timedelta(hours=4) - timedelta(seconds=1))))
    assert evening.decoded("dtend") == datetime(2030, 6, 1, 19, tzinfo=UTC)


def test_statuses_are_the_calendars():
    off, expected = plan(says="cancelled", id_="e1"), plan(says="expected", id_="e2")
    confirmed = plan("office:the Ministry of Ports!", id_="e3")
    found = {str(e["uid"]): e for e in entries(off, expected, confirmed)[0]}
    assert [str(found[f"e{n}@onrecord"]["status"]) for n in (1, 2, 3)] == ["CANCELLED", "TENTATIVE", "CONFIRMED"]
    assert str(found["e1@onrecord"]["summary"]).startswith("Called off: ")


def test_the_undated_are_counted_and_many_claims_are_cut():
    assert entries(plan(when=None))[1] == 1
    told = [say("named:Lisk", "planned", when=day("2030-06-01"), number=n, day=n) for n in range(1, 12)]
    (entry,), _ = entries(event_record("e1", told))
    assert "and 3 more claims: onrecord event e1" in str(entry["description"])


def test_nothing_planned_is_an_empty_calendar():
    assert entries() == ([], 0)


@given(TEXTS)
def test_hostile_words_come_back_without_controls(text):
    words = f"{text};,\\n “{NASTY}” opening"
    (entry,), _ = entries(plan(text=words))
    assert clean(words) in str(entry["description"])
    assert "\0" not in str(entry["description"])
