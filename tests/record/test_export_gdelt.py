"""GDELT 2.0: the rows have GDELT's columns, say what they mean, and come back whatever is in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from onrecord.record.coding import tsv_text
from onrecord.record.country_codes import american_states
from onrecord.record.events import event_record
from onrecord.record.export_gdelt import (
    EVENTS,
    MENTIONS,
    event_line,
    event_number,
    mention_lines,
    quad_class,
    web_host,
)

from .builders import head, person, town
from .builders import testimony as say
from .coded import NAMES, NASTY, TEXTS, coded, meeting


def row(line: bytes, columns: tuple[str, ...]) -> dict[str, str]:
    """A row by GDELT's column names; a column too many or too few fails."""
    cells = line.decode().removesuffix("\n").split("\t")
    return dict(zip(columns, map(tsv_text, cells), strict=True))


def event_row(event, **more):
    return row(event_line(coded(event, **more)), EVENTS)


def test_the_columns_are_gdelts():
    assert (len(EVENTS), len(set(EVENTS))) == (61, 61)
    assert (len(MENTIONS), len(set(MENTIONS))) == (16, 16)
    assert (EVENTS[0], EVENTS[25], EVENTS[30], EVENTS[34], EVENTS[51], EVENTS[60]) == (
        "GLOBALEVENTID", "IsRootEvent", "GoldsteinScale", "AvgTone", "ActionGeo_Type", "SOURCEURL",
    )  # fmt: skip


def test_an_event_row_says_what_it_should():
    found = event_row(meeting())
    expected = {
        "SQLDATE": "20300404", "MonthYear": "203004", "Year": "2030", "FractionDate": "2030.2575",
        "Actor1Code": "SWEGOV", "Actor1Name": "ONA LISK", "Actor1CountryCode": "SWE", "Actor1Type1Code": "GOV",
        "Actor2Code": "ROMMED", "Actor2Name": "QUILL", "Actor2CountryCode": "ROM", "Actor2Type1Code": "MED",
        "IsRootEvent": "1", "EventCode": "040", "EventBaseCode": "040", "EventRootCode": "04", "QuadClass": "1",
        "GoldsteinScale": "1.0", "NumMentions": "1", "NumSources": "1", "NumArticles": "1",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Tarnford, Sweden", "ActionGeo_CountryCode": "SW",
        "ActionGeo_Lat": "1.0", "ActionGeo_Long": "2.0",
        "DATEADDED": "20310101000000", "SOURCEURL": "https://harbour-post.example/1",
        "GLOBALEVENTID": str(event_number("e1")),
    }  # fmt: skip
    assert {k: v for k, v in found.items() if v} == expected


def test_events_are_counted_over_reports_and_outlets():
    same = {"type": "CONSULT", "cameo": "0311"}
    told = [say("own:", **same), say("own:", number=2, day=2, **same)]
    told.append(say("own:", outlet="B", day=3, event="v2", anchor="bridge", **same))
    found = event_row(event_record("e1", told), lead=0)
    counts = ("NumMentions", "NumSources", "NumArticles", "IsRootEvent", "EventBaseCode", "EventRootCode")
    assert tuple(found[c] for c in counts) == ("3", "2", "3", "0", "031", "03")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (town("Sweden", 1, "SWE", "country"), ("1", "Sweden", "SW", "SW", "SW")),
        (town("Scania", 1, "SWE", "admin1"), ("5", "Scania, Sweden", "SW", "", "")),
        (town("Tarnford", 1, "XKX"), ("4", "Tarnford, Kosovo", "KV", "", "")),
        (town("Nowhere", 1, "SWE"), ("4", "Nowhere, Sweden", "SW", "", "")),
    ],
)
def test_places_are_told_in_fips(place, expected):
    found = event_row(meeting(where=place))
    keys = ("Type", "FullName", "CountryCode", "ADM1Code", "FeatureID")
    assert tuple(found[f"ActionGeo_{k}"] for k in keys) == expected


def test_american_places_have_their_state():
    from dataclasses import replace

    assert american_states()["TX"] == "Texas"
    found = event_row(meeting(where=replace(town("Tarnford", 1, "USA"), admin1="TX")))
    keys = ("Type", "FullName", "CountryCode", "ADM1Code", "FeatureID")
    assert tuple(found[f"ActionGeo_{k}"] for k in keys) == ("3", "Tarnford, Texas, United States", "US", "USTX", "")
    state = event_row(meeting(where=replace(town("Texas", 1, "USA", "admin1"), admin1="TX")))
    assert tuple(state[f"ActionGeo_{k}"] for k in keys) == ("2", "Texas, United States", "US", "USTX", "USTX")


def test_an_unresolved_place_fills_nothing():
    from dataclasses import replace

    found = event_row(meeting(where=replace(town("Karvelia", 1), geonames=None, country=None, lat=None, lon=None)))
    assert not any(v for k, v in found.items() if "Geo_" in k)


@pytest.mark.parametrize(("cameo", "quad"), [("036", 1), ("057", 1), ("0831", 2), ("090", 3), ("139", 3), ("141", 4)])
def test_quad_classes_are_gdelts(cameo, quad):
    assert quad_class(cameo) == quad


def test_ids_are_stable_whole_numbers_that_every_tool_holds():
    # Pinned: a change would part new exports from old ones.
    assert event_number("e1") == 4903377799470479
    numbers = {event_number(f"e{n}") for n in range(20_000)}
    assert len(numbers) == 20_000 and max(numbers) < 2**53


def test_mentions_share_the_id_and_point_into_the_report():
    told = [
        say("own:", text="Lisk met Quill.", anchor="met", type="CONSULT", cameo="040",
                  actors=(person("Lisk", 0), person("Quill", 9))),
        say("own:", outlet="B", type="CONSULT", cameo="040", day=2, report=head("B", None, address="/tmp/b.txt")),
    ]  # fmt: skip
    event = event_record("e9", told)
    one, two = (row(line, MENTIONS) for line in mention_lines(coded(event)))
    assert one["GLOBALEVENTID"] == two["GLOBALEVENTID"] == event_row(event)["GLOBALEVENTID"]
    assert (one["Actor1CharOffset"], one["Actor2CharOffset"], one["ActionCharOffset"]) == ("0", "9", "5")
    assert (one["MentionType"], one["MentionSourceName"]) == ("1", "harbour-post.example")
    assert (two["MentionType"], two["MentionSourceName"], two["MentionIdentifier"]) == ("2", "B", "/tmp/b.txt")
    assert (one["SentenceID"], one["InRawText"], one["MentionDocLen"], one["Confidence"]) == ("1", "1", "15", "")
    assert one["EventTimeDate"] == one["MentionTimeDate"] == "20310101000000"


def test_hosts_of_addresses():
    assert web_host("https://a.example:8080/x") == "a.example"
    assert [web_host(a) for a in ("/tmp/x", "mid:1@x", "http://[broken", "")] == ["", "", "", ""]


@given(NAMES, TEXTS, TEXTS)
def test_hostile_values_leave_the_columns_in_place(name, place, address):
    event = meeting(
        actors=(person(name, 0),),
        where=town(place, 7, "SWE"),
        report=head("Post", None, address=address, number=1),
    )
    line = event_line(coded(event))
    found = row(line, EVENTS)
    assert (found["SOURCEURL"], found["EventCode"]) == (address, "040")
    assert found["ActionGeo_FullName"] == ", ".join(p for p in (place, "Sweden") if p)
    assert len(next(csv.reader(io.StringIO(line.decode(), newline=""), delimiter="\t"))) == 61
    assert row(mention_lines(coded(event))[0], MENTIONS)["MentionIdentifier"] == address


def test_pandas_reads_the_rows():
    pandas = pytest.importorskip("pandas")
    event = meeting(where=town(NASTY, 7, "SWE"), report=head("Post", None, address='"' + NASTY))
    data = event_line(coded(event)) * 3
    table = pandas.read_csv(io.BytesIO(data), sep="\t", header=None, names=EVENTS, dtype=str, keep_default_na=False)
    assert table.shape == (3, 61)
    assert {tsv_text(v) for v in table["SOURCEURL"]} == {'"' + NASTY}
