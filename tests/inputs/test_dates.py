"""Dates of fields: what each form means, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.dates import is_date_line, stamp
from onrecord.inputs.zones import zone


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type,misc]


EXPECTED = [
    # as stated, value, earliest, latest
    ("2008-03-06", "2008-03-06", at(2008, 3, 6), at(2008, 3, 6, 23, 59, 59)),
    ("20080306", "2008-03-06", at(2008, 3, 6), at(2008, 3, 6, 23, 59, 59)),
    ("2008/03/06", "2008-03-06", at(2008, 3, 6), at(2008, 3, 6, 23, 59, 59)),
    ("2008-03", "2008-03", at(2008, 3, 1), at(2008, 3, 31, 23, 59, 59)),
    ("2008", "2008", at(2008, 1, 1), at(2008, 12, 31, 23, 59, 59)),
    ("2025-03-03T14:05:07Z", "2025-03-03T14:05:07Z", at(2025, 3, 3, 14, 5, 7), at(2025, 3, 3, 14, 5, 7)),
    ("2025-03-03T14:05+02:00", "2025-03-03T14:05:00+02:00", at(2025, 3, 3, 12, 5), at(2025, 3, 3, 12, 5, 59)),
    ("2025-03-03 14:05:07.250", "2025-03-03T14:05:07", at(2025, 3, 3, 14, 5, 7), at(2025, 3, 3, 14, 5, 7)),
    ("2025-03-03 00:00:00", "2025-03-03", at(2025, 3, 3), at(2025, 3, 3, 23, 59, 59)),
    ("2025-03-03T00:00:00Z", "2025-03-03", at(2025, 3, 3), at(2025, 3, 3, 23, 59, 59)),
    ("20080306T00", "2008-03-06", at(2008, 3, 6), at(2008, 3, 6, 23, 59, 59)),
    ("20250303140507", "2025-03-03T14:05:07", at(2025, 3, 3, 14, 5, 7), at(2025, 3, 3, 14, 5, 7)),
    ("Mon, 03 Mar 2025 14:05:00 +0100", "2025-03-03T14:05:00+01:00", at(2025, 3, 3, 13, 5), at(2025, 3, 3, 13, 5)),
    ("Mon, 3 Mar 2025 14:05:00 GMT", "2025-03-03T14:05:00Z", at(2025, 3, 3, 14, 5), at(2025, 3, 3, 14, 5)),
    ("March 3, 2025 4:05 PM EST", "2025-03-03T16:05:00-05:00", at(2025, 3, 3, 21, 5), at(2025, 3, 3, 21, 5, 59)),
    ("July 3, 2025 at 4 p.m. ET", "2025-07-03T16:00:00-04:00", at(2025, 7, 3, 20), at(2025, 7, 3, 20, 59, 59)),
    ("3rd of March 2025", "2025-03-03", at(2025, 3, 3), at(2025, 3, 3, 23, 59, 59)),
    ("Monday 3 March 2025 14.05 GMT", "2025-03-03T14:05:00Z", at(2025, 3, 3, 14, 5), at(2025, 3, 3, 14, 5, 59)),
    ("Sept. 3, 2025", "2025-09-03", at(2025, 9, 3), at(2025, 9, 3, 23, 59, 59)),
    ("03/04/2025", "2025", at(2025, 3, 4), at(2025, 4, 3, 23, 59, 59)),
    ("13/04/2025", "2025-04-13", at(2025, 4, 13), at(2025, 4, 13, 23, 59, 59)),
    ("04/13/2025", "2025-04-13", at(2025, 4, 13), at(2025, 4, 13, 23, 59, 59)),
    ("03.04.2025", "2025-04-03", at(2025, 4, 3), at(2025, 4, 3, 23, 59, 59)),
    ("1741010700", "2025-03-03T14:05:00Z", at(2025, 3, 3, 14, 5), at(2025, 3, 3, 14, 5)),
    (1741010700000, "2025-03-03T14:05:00Z", at(2025, 3, 3, 14, 5), at(2025, 3, 3, 14, 5)),
    (1741010700.0, "2025-03-03T14:05:00Z", at(2025, 3, 3, 14, 5), at(2025, 3, 3, 14, 5)),
]


@pytest.mark.parametrize(("stated", "value", "earliest", "latest"), EXPECTED)
def test_a_stated_date_means(stated: object, value: str, earliest: datetime, latest: datetime) -> None:
    found = stamp(stated, "field")
    assert found is not None
    assert (found.value, found.earliest, found.latest, found.origin) == (value, earliest, latest, "field")
    assert found.original == str(stated)


@pytest.mark.parametrize(
    "stated",
    [
        "2008-13-45",
        "2025-02-30",
        "yesterday",
        "",
        "  ",
        None,
        True,
        float("nan"),
        float("inf"),
        12,
        -5,
        [],
        {},
        "0000-00-00",
        "99999999999999999999",
        "30/02/2025",
        "2025-03-03T25:99",
        "x" * 5000,
        "31 September 2025",
        "9999-12-31",
        "13/13/2025",
    ],
)
def test_no_date_is_none_and_no_crash(stated: object) -> None:
    assert stamp(stated, "field") is None


@pytest.mark.parametrize(
    ("words", "summer_hours"),
    [
        ("GMT", 0),
        ("Israel time", 3),
        ("ET", -4),
        ("Lagos time", 1),
        ("+0530", 5.5),
        ("UTC-3", -3),
        ("Kyiv time", 3),
        ("Japan time", 9),
    ],
)
def test_zones_as_news_names_them(words: str, summer_hours: float) -> None:
    found = zone(words)
    assert found is not None
    offset = datetime(2025, 7, 1, tzinfo=found).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == summer_hours * 3600


@pytest.mark.parametrize("words", ["local time", "IST", "Brazil time", "nowhere time", "+99:00"])
def test_a_zone_of_several_meanings_is_none(words: str) -> None:
    assert zone(words) is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("March 3, 2025", True),
        ("Monday, March 3, 2025 | 4:05 p.m. EST", True),
        ("Published on 3 March 2025 at 14:05 GMT", True),
        ("On 3 March 2025 the bridge opened", False),
        ("Monday", False),
        ("2025-03-03 14:05", True),
    ],
)
def test_date_lines(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


@given(
    st.one_of(
        st.text(max_size=80),
        st.integers(),
        st.floats(),
        st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}( \d\d:\d\d)?", fullmatch=True),
    )
)
def test_anything_is_a_stamp_with_ordered_bounds_or_none(value: object) -> None:
    found = stamp(value, "field")
    assert found is None or found.earliest <= found.latest


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31), timezones=st.just(UTC)))
def test_iso_round_trip(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    found = stamp(moment.isoformat(), "field")
    assert found is not None
    assert found.earliest <= moment <= found.latest
