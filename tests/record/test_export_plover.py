"""PLOVER JSON and NGEC's lines: required fields, spans that point into their text, anything in a value."""

from __future__ import annotations

import dataclasses
import json

from hypothesis import given

from onrecord.model import Span
from onrecord.record.export_plover import ngec_line, plover_line

from .builders import number, person, town
from .coded import NAMES, NASTY, coded, meeting

NGEC = [
    "id", "story_id", "date", "pub_date", "publisher", "headline", "event_text", "event_type", "event_mode", "contexts",
    "attributes", "geolocated_ents", "event_geolocation", "date_resolved", "date_raw", "story_people", "story_orgs",
    "story_locs", "version",
]  # fmt: skip


def test_plover_has_its_fields():
    event = meeting(quantities=(number(3), number(4, 9, "injured")), mode="visit", cameo="042")
    found = json.loads(plover_line(coded(event)))
    assert {k: found[k] for k in ("id", "date", "event", "mode", "quad_code", "event_scale")} == {
        "id": "e1", "date": "2030-04-04", "event": ["CONSULT"], "mode": ["visit"], "quad_code": 1, "event_scale": 1.0,
    }  # fmt: skip
    assert found["actor"] == [{"code": "SWE", "sector": "GOV", "actor_text": "Ona Lisk", "identifier_text": "Ona Lisk"}]
    assert found["recipient"][0]["code"] == "ROU"
    assert found["size_info"] == {"dead": 3}
    assert found["event_loc"]["geonameid"] == 77 and found["event_loc"]["cc3"] == "SWE"
    assert found["text_info"] == {"sequence": 1, "start": 0, "end": len(found["text"])}
    assert None not in found.values() and "enddate" not in found and "context" not in found


def test_what_lasts_has_an_end():
    from datetime import UTC, datetime

    from onrecord.model import TimeMention, TimeType

    first, last = datetime(2030, 4, 4, tzinfo=UTC), datetime(2030, 4, 6, 23, 59, 59, tzinfo=UTC)
    event = meeting(when=TimeMention("t1", 0, 3, "x", TimeType.DATE, "2030-04-04", first, last))
    assert json.loads(plover_line(coded(event)))["enddate"] == "2030-04-06"


def test_ngec_has_every_key_and_spans_of_its_text():
    lead, words = "It rained. ", "Minister Quill met Ona Lisk in Tarnford."
    at = len(lead)
    place = dataclasses.replace(town("Tarnford", 77, "SWE"), start=at + 31, end=at + 39, text="Tarnford")
    event = meeting(
        text=lead + words,
        where=place,
        when=None,
        actors=(person("Quill", at + 9),),
        recipients=(person("Ona Lisk", at + 19),),
    )
    # The sentence stands second in its report: offsets are told from its own start.
    found = json.loads(ngec_line(coded(event, sentences=(Span(0, at - 1), Span(at, at + len(words))))))
    assert list(found) == NGEC
    assert found["event_text"] == words
    for name, text in (("ACTOR", "Quill"), ("RECIP", "Ona Lisk"), ("LOC", "Tarnford")):
        (span,) = found["attributes"][name]
        assert words[span["qa_start_char"] : span["qa_end_char"]] == span["text"] == text
    assert found["event_geolocation"]["geo"]["geonameid"] == "77"
    assert (found["date_resolved"], found["date_raw"], found["pub_date"]) == (None, "", "2030-03-01")


@given(NAMES)
def test_hostile_values_come_back_on_one_line(name):
    event = meeting(text=f"{name}{NASTY} met.", actors=(person(name, 0),))
    for line in (plover_line(coded(event)), ngec_line(coded(event))):
        assert len(line.decode().splitlines()) == 1
        found = json.loads(line)
        assert (found.get("text") or found["event_text"]) in f"{name}{NASTY} met."
    assert json.loads(ngec_line(coded(event)))["attributes"]["ACTOR"][0]["text"] == name
