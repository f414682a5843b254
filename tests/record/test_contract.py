"""The contract: what is written fits the shipped schemas, and readings come back whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onrecord import model
from onrecord.errors import OptionError, ReadingError
from onrecord.model import (
    Attribution,
    Authority,
    Certainty,
    Claim,
    Entity,
    EntityType,
    EventMention,
    Holder,
    Mention,
    Part,
    Participant,
    PartKind,
    PlaceMention,
    Quantity,
    QuoteForm,
    Reading,
    Report,
    SourceKind,
    Span,
    Stamp,
    Stance,
    Status,
    TextSpan,
    TimeMark,
    TimeMention,
    TimeType,
)
from onrecord.record.contract import (
    SCHEMAS,
    event_to_contract,
    reading_from_contract,
    reading_to_contract,
    schema,
    story_to_contract,
)
from onrecord.record.events import event_record
from onrecord.record.stories import story_record

from .builders import at, day, head, person
from .builders import testimony as say

TEXT = "Bridge to open\nA port official denied that the bridge will open on 4 April in Norda for 3 ships."
MOMENT = datetime(2030, 3, 1, 9, tzinfo=UTC)


def piece(words: str) -> TextSpan:
    start = TEXT.index(words)
    return TextSpan(start, start + len(words), words)


def reading(text: str = TEXT) -> Reading:
    """A reading that uses every field."""
    holder = Holder("a port official", SourceKind.UNNAMED, "n1", "ATL", "GOV")
    outlet = Holder("Harbour Post", SourceKind.OUTLET, own_voice=True)
    return Reading(
        report=Report(
            "r1",
            "https://harbour-post.example/1",
            text,
            file="a.txt",
            outlet="Harbour Post",
            title="Bridge to open",
            byline="Ada Quill",
            dateline="NORDA, March 1",
            published=Stamp("2030-03-01", "March 1", "text", MOMENT, MOMENT),
            credits=("Coast Wire",),
            parts=(Part(PartKind.HEADLINE, 0, 14),),
            offsets=((0, 12, 14),),
        ),
        made_by="onrecord 0",
        note="a note",
        sentences=(Span(0, 14), Span(15, len(TEXT))),
        entities=(Entity("n1", "port official", EntityType.PERSON, "ATL", ("official",), "GOV", True, ("n2",)),),
        mentions=(Mention(15, 30, "A port official", EntityType.PERSON, "n1", "nominal"),),
        times=(TimeMention("t1", 0, 7, "4 April", TimeType.DATE, "2030-04-04", MOMENT, MOMENT, "APPROX", True, "why"),),
        places=(PlaceMention("p1", 0, 5, "Norda", "Norda", 7, "ATL", 1.5, 2.5, "city", "n3", "01"),),
        attributions=(
            Attribution(
                "a1",
                (piece("A port official"),),
                (piece("denied"),),
                (piece("the bridge will open"),),
                QuoteForm.INDIRECT,
                Stance.DENIES,
                SourceKind.UNNAMED,
                "n1",
                within="a0",
                said="t1",
                score=0.5,
            ),
        ),
        events=(
            EventMention(
                "v1",
                piece("open"),
                1,
                "open",
                "CONSULT",
                "plover",
                "visit",
                ("diplomatic",),
                "042",
                1,
                1.9,
                (Participant(0, 6, "Bridge", "n4", "ATL", "BUS"),),
                (),
                "t1",
                TimeMark.SYNTAX,
                "p1",
                (Quantity(0, 1, "3", "count", 3, None, "ships"),),
                Status.DID_NOT_HAPPEN,
                Certainty.CT_MINUS,
                -3.0,
                "a1",
                True,
                True,
            ),
        ),
        claims=(
            Claim(
                "c1",
                "v1",
                holder,
                (outlet, holder),
                Stance.DENIES,
                Status.DID_NOT_HAPPEN,
                Certainty.CT_MINUS,
                -3.0,
                Authority.OTHER,
                piece("A port official"),
                True,
                "a1",
                2,
                MOMENT,
                MOMENT,
            ),
        ),
    )


def check(name: str, value: object) -> None:
    Draft202012Validator(schema(name)).validate(value)


def test_the_schemas_are_schemas():
    for name in SCHEMAS:
        Draft202012Validator.check_schema(schema(name))
    with pytest.raises(OptionError):
        schema("world")


def test_a_reading_fits_the_schema_and_comes_back_whole():
    written = json.loads(json.dumps(reading_to_contract(reading())))
    check("reading", written)
    assert reading_from_contract(written) == reading()


def test_an_empty_reading_fits_too():
    empty = Reading(Report("r1", "a.txt", "", language="und"), "onrecord 0", analysed=False)
    written = reading_to_contract(empty)
    check("reading", written)
    assert reading_from_contract(written) == empty


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_survives(text):
    written = json.dumps(reading_to_contract(reading(text)))
    assert reading_from_contract(json.loads(written)).report.text == text


def test_the_contracts_own_keys_are_there():
    written = reading_to_contract(reading())
    assert {
        "id",
        "address",
        "outlet",
        "title",
        "byline",
        "dateline",
        "published",
        "updated",
        "language",
        "text",
    } <= set(written["report"])
    assert written["report"]["published"] == "2030-03-01"
    assert written["events"][0]["status"] == "did_not_happen"
    assert written["events"][0]["type"] == "CONSULT"
    assert written["events"][0]["factuality"] == -3.0
    assert written["attributions"][0]["source"] == [{"start": 15, "end": 30, "text": "A port official"}]
    assert written["times"][0]["earliest"] == "2030-03-01T09:00:00Z"


def test_the_reading_of_another_program_may_be_bare():
    bare = {
        "version": 1,
        "report": {"address": "x.txt", "text": "Ships came.", "published": "2030-03-01"},
        "sentences": [{"start": 0, "end": 11}],
        "something": "else",
    }
    back = reading_from_contract(bare)
    assert (back.report.id, back.report.address, back.sentences) == ("x.txt", "x.txt", (Span(0, 11),))
    assert back.report.published is not None
    assert back.report.published.earliest == datetime(2030, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"version": 2, "report": {"id": "r1"}},
        {"version": 1, "report": []},
        {"version": 1, "report": {"id": "r1", "text": 4}},
        {"version": 1, "report": {"id": "r1", "text": "", "published": "soon"}},
        {"version": 1, "report": {"id": "r1", "text": ""}, "events": [{"id": "v1"}]},
    ],
)
def test_what_is_no_reading_is_refused(wrong):
    with pytest.raises(ReadingError):
        reading_from_contract(wrong)


def test_enumerations_in_the_schema_are_those_of_the_model():
    events = schema("reading")["$defs"]["event"]["properties"]
    assert events["status"]["enum"] == [s.value for s in Status]
    assert events["certainty"]["enum"] == [c.value for c in Certainty]
    assert schema("event")["properties"]["standing"]["enum"] == [s.value for s in model.Standing]


def record():
    told = [
        say("own:", "planned", type="CONSULT", when=day("2030-04-04"), actors=(person("Harbour Post"),)),
        say("unnamed:a clerk", "did_not_happen", 2, stance="denies", outlet="Lantern"),
    ]
    return event_record("e1", told)


def test_an_event_fits_its_schema():
    written = json.loads(json.dumps(event_to_contract(record())))
    check("event", written)
    assert (written["event"], written["standing"], written["earliest"]) == ("e1", "disputed", "2030-04-04T00:00:00Z")
    assert written["mentions"] == [
        {"report": "https://harbour-post.example/1", "report_id": "rharbour-post1", "start": 26, "end": 33},
        {"report": "https://lantern.example/1", "report_id": "rlantern1", "start": 21, "end": 28},
    ]


def test_a_story_fits_its_schema_and_names_reports_by_address():
    story = story_record("s1", [head("Harbour Post", at(1)), head("Lantern", at(2))], [record()])
    written = json.loads(json.dumps(story_to_contract(story)))
    check("story", written)
    assert written["reports"] == ["https://harbour-post.example/1", "https://lantern.example/1"]
    assert (written["events"], written["contradictions"][0]["attribute"]) == (["e1"], "occurrence")
