"""POLECAT: its forty columns, several values in a cell, and whatever a value holds."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.coding import tsv_text
from onrecord.record.export_polecat import COLUMNS, event_line, header, joined

from .builders import head, person, town
from .coded import NAMES, NASTY, TEXTS, coded, entity, meeting


def rows(*lines: bytes) -> list[dict[str, str]]:
    data = b"".join((header(), *lines)).decode()
    return list(csv.DictReader(io.StringIO(data, newline=""), delimiter="\t", strict=True))


def parts(cell: str) -> list[str]:
    return [tsv_text(p) for p in cell.split("; ")]


def test_the_columns_are_polecats():
    assert len(COLUMNS) == len(set(COLUMNS)) == 40
    assert COLUMNS[7:15] == (
        "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
        "Actor Name Raw", "Wikipedia Actor ID",
    )  # fmt: skip
    assert (COLUMNS[0], COLUMNS[23], COLUMNS[33], COLUMNS[39]) == ("Event ID", "Placename", "Source", "Version")


def test_a_row_says_what_it_should():
    event = meeting(mode="visit", contexts=("diplomatic", "military"), cameo="042")
    (found,) = rows(event_line(coded(event)))
    expected = {
        "Event ID": "e1", "Event Date": "2030-04-04", "Event Type": "CONSULT", "Event Mode": "visit",
        "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic; military",
        "Actor Name": "Ona Lisk", "Actor Country": "Sweden", "Actor COW": "380", "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV", "Actor Name Raw": "Ona Lisk",
        "Recipient Name": "Quill", "Recipient Country": "Romania", "Recipient COW": "360",
        "Primary Recipient Sector": "JRN", "Recipient Sectors": "JRN", "Recipient Name Raw": "Quill",
        "Placename": "Tarnford", "City": "Tarnford", "Country": "Sweden", "Latitude": "1.0", "Longitude": "2.0",
        "GeoNames ID": "77", "Raw Placename": "Tarnford", "Feature Type": "PPL", "Source": "Harbour Post",
        "Publication Date": "2030-03-01", "Story People": "Ona Lisk", "Story Locations": "Tarnford", "Language": "en",
        "Version": "onrecord test",
    }  # fmt: skip
    assert {k: v for k, v in found.items() if v} == expected


def test_several_actors_stand_in_one_order():
    two = (person("Ona Lisk", 6, entity="n1", country="SWE"), person("Quill", 28, sector="MIL"))
    lisk = entity("Ona Lisk", roles=("mayor",))
    (found,) = rows(event_line(coded(meeting(actors=two), entities=(lisk,))))
    assert (found["Actor Name"], found["Actor Country"], found["Actor COW"]) == (
        "Ona Lisk; Quill", "Sweden; None", "380; None",
    )  # fmt: skip
    assert (found["Actor Sectors"], found["Primary Actor Sector"], found["Actor Title"]) == (
        "None; MIL", "", "mayor; None",
    )  # fmt: skip


def test_an_unresolved_place_is_only_told_raw():
    from dataclasses import replace

    place = replace(town("Karvelia", 1), geonames=None, country=None, lat=None, lon=None, text="Karvelia")
    (found,) = rows(event_line(coded(meeting(where=place))))
    where = COLUMNS[COLUMNS.index("Placename") : COLUMNS.index("Source")]
    assert {k: found[k] for k in where if found[k]} == {"Raw Placename": "Karvelia"}


@pytest.mark.parametrize(
    ("kind", "filled"), [("country", set()), ("admin1", {"Province"}), ("admin2", {"District"}), ("city", {"City"})]
)
def test_a_place_stands_in_the_column_of_its_level(kind, filled):
    (found,) = rows(event_line(coded(meeting(where=town("Tarnford", 1, "SWE", kind)))))
    assert {k for k in ("City", "District", "Province") if found[k]} == filled
    assert found["Feature Type"] in ("PCL", "ADM1", "ADM2", "PPL")


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_joined_values_come_apart_again(values):
    cell = joined(values).decode()
    assert parts(cell) == [v or "None" for v in values] if any(values) else cell == ""


@given(NAMES, TEXTS, TEXTS)
def test_hostile_values_leave_the_columns_in_place(name, place, outlet):
    event = meeting(
        actors=(person(name, 0), person("Quill", 28)), where=town(place, 7, "SWE"), report=head(outlet, None, id="r1")
    )
    (found,) = rows(event_line(coded(event)))
    assert len(found) == 40 and None not in found
    assert tsv_text(found["Source"]) == outlet and tsv_text(found["Placename"]) == place
    assert parts(found["Actor Country"] or "None; None") == ["None", "None"]
    assert len(parts(found["Actor Name"])) == len(coded(event).actors)


def test_pandas_reads_the_rows():
    pandas = pytest.importorskip("pandas")
    event = meeting(where=town('"' + NASTY, 7, "SWE"))
    table = pandas.read_csv(io.BytesIO(header() + event_line(coded(event)) * 2), sep="\t", dtype=str)
    assert table.shape == (2, 40) and tsv_text(table["Placename"][1]) == '"' + NASTY
