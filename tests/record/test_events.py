# ruff: noqa: E501 – rows of cases, and sentences as they are shown
"""The record of an event: title, date, place, actors, weight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.model import Standing, Status, TimeMark, TimeType
from onrecord.record.events import NO_DATE, Setting, event_record, notable, timeline
from onrecord.record.titles import fragment

from .builders import at, day, head, number, person, town, unresolved
from .builders import testimony as say

HEADLINE = "Quill to open Norda bridge as strike looms"
BODY = (
    "Ada Quill, the minister, will open the new bridge in Norda on 4 April 2030, the Ministry of Ports said on Monday."
)


def headline(**more):
    actors = (person("Quill", 0, entity="n1"),)
    return say("own:", "planned", 1, text=HEADLINE, anchor="open", actors=actors, headline=True, type="CONSULT", **more)


def body(who="office:the Ministry of Ports!", **more):
    start = BODY.index("open")
    values = {"anchor": "open", "actors": (person("Ada Quill", 0, entity="n1"),), "type": "CONSULT", **more}
    assert BODY[start:].startswith("open")
    return say(who, "planned", 1, 1, text=BODY, when=day("2030-04-04"), where=town("Norda", 7), **values)


def test_an_event_is_put_together_from_its_claims():
    told = [headline(), body()]
    setting = Setting(story="s1", names={"rharbour-post1.n1": "Ada Quill"}, unsure=(("e9", "no date in common"),))
    event = event_record("e1", told, setting=setting)
    assert (event.title, event.status, event.standing) == (
        "Quill to open Norda bridge",
        Status.PLANNED,
        Standing.CONFIRMED,
    )
    assert (event.when, event.place, event.type) == ("4 April 2030", "Norda", "CONSULT")
    assert (event.earliest, event.actors, event.story) == (datetime(2030, 4, 4, tzinfo=UTC), ("Ada Quill",), "s1")
    assert event.unsure == (("e9", "no date in common"),)
    assert [o.name for o in event.origins] == ["Harbour Post", "the Ministry of Ports"]
    assert event.testimonies == tuple(told)
    assert not event.background


@pytest.mark.parametrize(
    ("text", "anchor", "actor", "expected"),
    [
        (HEADLINE, "open", "Quill", "Quill to open Norda bridge"),
        ("After talks, the union called off its strike, which had lasted a week.", "called", "the union", "The union called off its strike"),
        ("“Our crews found two boats,” said Marl.", "found", "Our crews", "Our crews found two boats"),
        ("In the night the storm tore down a crane – nobody was hurt.", "tore", "the storm", "The storm tore down a crane"),
        ("A copy of posters that closed the port was found.", "closed", None, "A copy of posters that closed the port was found"),
        ("The law makes them close the port.", "close", "them", "They close the port"),
        ("It rained. The Nov. 8 vote could close the port.", "close", None, "The Nov. 8 vote could close the port"),
        ("Ada Quill paid for posters, which closed the port.", "closed", None, "Ada Quill paid for posters, which closed the port."),
        ("Explosion.", "Explosion", None, "Explosion."),
        ("The strike ended after the union reached a deal.", "reached", None, "The union reached a deal"),
        ("The ferry line, according to its owner, was sold; a new owner is not known.", "sold", "The ferry line", "The ferry line, according to its owner, was sold"),
    ],
)  # fmt: skip
def test_fragments_are_the_reports_own_words(text, anchor, actor, expected):
    actors = (person(actor, text.index(actor)),) if actor else ()
    assert fragment(say("own:", text=text, anchor=anchor, actors=actors)) == expected


def test_a_title_has_a_subject_if_any_claim_has_one():
    hanging = "Killing two sailors, the storm left Norda in the night."
    whole = "Two sailors were killed in the night."
    told = [
        say("own:", text=hanging, anchor="Killing", lemma="kill", type="DEATH", actors=(person("the storm", 21),)),
        say("own:", "happened", 2, text=whole, anchor="killed", lemma="kill", type="DEATH"),
    ]
    assert event_record("e1", told).title == "Two sailors were killed in the night"


def test_long_sentences_are_cut_at_a_word():
    text = "Quill opened " + "and blessed and praised and admired " * 10 + "the bridge"
    title = fragment(say("own:", text=text, anchor="opened", actors=(person("Quill", 0),)))
    assert title.startswith("Quill opened and blessed")
    assert title.endswith("…")
    assert len(title) <= 110


def test_a_date_that_cannot_be_resolved_is_said_to_be_so():
    event = event_record("e1", [say(says="planned", when=unresolved("in the coming weeks"))])
    assert event.when == "“in the coming weeks” (date not resolvable: the report has no date of its own)"
    assert (event.earliest, event.latest) == (None, None)


def test_a_stated_date_is_preferred_to_an_inferred_one():
    inferred = say("own:", when=day("2030-03-01"), time_mark=TimeMark.NARRATIVE)
    stated = say("named:Jon Marl", when=day("2030-02-27"))
    assert event_record("e1", [inferred, stated]).when == "27 February 2030"


def test_a_report_without_any_date_has_no_date():
    assert event_record("e1", [say("own:")]).when == NO_DATE


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2030-04-04", "4 April 2030"),
        ("2030-04-04T18:00", "4 April 2030"),
        ("2030-04", "April 2030"),
        ("2030", "2030"),
        ("2030-W14", "the week of 1–7 April 2030"),
        ("2030-W05", "the week of 28 January – 3 February 2030"),
    ],
)
def test_dates_in_words(value, words):
    from dataclasses import replace

    time = replace(day("2030-04-04"), value=value)
    assert event_record("e1", [say(when=time)]).when == words


def test_names_of_one_person_are_one_and_pronouns_none():
    told = [
        say("own:", actors=(person("Quill", 0),), outlet="A"),
        say("own:", actors=(person("Ada Quill", 0),), outlet="B"),
        say("own:", actors=(person("she", 0),), outlet="C"),
    ]
    assert event_record("e1", told).actors == ("Ada Quill",)


def test_an_analysts_word_stands_above_the_machines():
    event = event_record("e1", [say()], setting=Setting(title="Bridge opened", type="PROTEST", status=Status.CANCELLED))
    assert (event.title, event.type, event.status) == ("Bridge opened", "PROTEST", Status.CANCELLED)


def test_as_of_leaves_out_what_was_not_known():
    told = [say("own:", day=1), say(day=3, outlet="Lantern")]
    assert [t.id for t in event_record("e1", told, at(2)).testimonies] == [told[0].id]
    with pytest.raises(ValueError, match="no claim"):
        event_record("e1", told, at(0.5))


def test_notable_events_come_first_and_background_last():
    plain = event_record("e1", [say("own:")])
    typed = event_record("e2", [say("own:", type="FORCE")])
    news = event_record("e3", [headline(), body(), say("unnamed:a clerk", "did_not_happen", 2, stance="denies")])
    past = event_record("e4", [say("own:", type="FORCE", background=True), say(outlet="B", background=True)])
    assert [e.id for e in notable([past, plain, typed, news])] == ["e3", "e2", "e1", "e4"]
    assert [e.id for e in notable([past, plain, typed, news], 1)] == ["e3"]


def test_a_timeline_is_in_order_of_date_with_undated_events_last():
    events = [
        event_record("e1", [say()]),
        event_record("e2", [say(when=day("2030-04-04"))]),
        event_record("e3", [say(when=day("2029-04-04"))]),
    ]
    assert [e.id for e in timeline(events)] == ["e3", "e2", "e1"]


def test_weight_counts_a_report_once_however_many_claims_it_has():
    report = head("Lantern", at(1))
    one = event_record("e1", [say("own:", report=report, quantities=(number(3),))])
    two = event_record("e2", [say("own:", report=report), say("own:", "happened?", report=report)])
    assert one.weight == two.weight


def test_a_length_of_time_is_no_date():
    from dataclasses import replace

    three = replace(unresolved("three days", None), type=TimeType.DURATION, value="P3D")
    assert event_record("e1", [say(when=three)]).when == "no date given (“three days”)"
    soon = say("own:", when=unresolved("soon"))
    assert event_record("e1", [say(when=three), soon]).when.startswith("“soon” (date not resolvable")


def test_mode_and_code_refine_the_type_and_each_other():
    said = [say("own:", type="CONSULT", cameo="040", number=n, outlet=str(n)) for n in (1, 2)]
    said.append(say("own:", type="CONSULT", mode="visit", cameo="042", number=3, outlet="3"))
    said.append(say("own:", type="PROTEST", mode="strike", cameo="143", number=4, outlet="4"))
    record = event_record("e1", said)
    assert (record.type, record.mode, record.cameo) == ("CONSULT", "visit", "042")
    relabelled = event_record("e1", said, setting=Setting(type="PROTEST"))
    assert (relabelled.type, relabelled.mode, relabelled.cameo) == ("PROTEST", "strike", "143")
    other = event_record("e1", said, setting=Setting(type="AID"))
    assert (other.type, other.mode, other.cameo) == ("AID", None, None)
