"""GeoJSON as RFC 7946 has it: longitude first, every event with its standing, sentence and report."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.coding import LeftOut
from onrecord.record.export_map import collection, features

from .builders import town
from .coded import NASTY, TEXTS, meeting


def written(*events):
    left = LeftOut()
    return json.loads(b"".join(collection(features(events, left)))), left


def test_a_feature_says_what_and_how_sure():
    found, left = written(meeting(), meeting(id_="e2", where=None), meeting(id_="e3"))
    assert found["type"] == "FeatureCollection" and [f["id"] for f in found["features"]] == ["e1", "e3"]
    one = found["features"][0]
    assert one["type"] == "Feature" and one["geometry"] == {"type": "Point", "coordinates": [2.0, 1.0]}
    told = one["properties"]
    assert (told["standing"], told["status"], told["when"]) == ("reported", "happened", "4 April 2030")
    assert told["sentence"].startswith("Mayor Ona Lisk") and told["report"] == "https://harbour-post.example/1"
    assert left.lacking == {"without coordinates": 1}


def test_nothing_to_show_is_an_empty_collection():
    assert written()[0] == {"type": "FeatureCollection", "features": []}


@given(st.lists(TEXTS, max_size=3))
def test_hostile_values_come_back(texts):
    events = [
        meeting(id_=f"e{n}", text=f"{t}{NASTY}", where=replace(town(t, 1, "SWE"), text=t)) for n, t in enumerate(texts)
    ]
    found, _ = written(*events)
    assert [f["properties"]["place"] for f in found["features"]] == texts
    assert [f["properties"]["sentence"] for f in found["features"]] == [f"{t}{NASTY}" for t in texts]
