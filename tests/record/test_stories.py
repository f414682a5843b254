"""A story: its title, span, order and register."""

from __future__ import annotations

from onrecord.record.events import event_record
from onrecord.record.stories import story_record

from .builders import at, day, head, stamp
from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"


def test_a_story_is_put_together():
    first = head("Harbour Post", at(1), title="Bridge to open")
    second = head("Lantern", at(3), title="Bridge opening disputed", copy_of=first.id)
    plan = event_record(
        "e1", [say("own:", "planned", report=first), say(OFFICE, "did_not_happen", 3, stance="denies", report=second)]
    )
    aside = event_record("e2", [say("own:", report=first, background=True, when=day("2020-01-01"))])
    story = story_record("s1", [second, first], [aside, plan])
    assert (story.title, story.reports, [e.id for e in story.events]) == (
        "Bridge to open",
        (first, second),
        ["e1", "e2"],
    )
    assert (story.earliest, story.latest, story.copies) == (at(1), at(3), ((second.id, first.id),))
    assert [c.event for c in story.contradictions] == ["e1"]


def test_an_update_extends_the_span():
    report = head("Harbour Post", at(1), updated=stamp(at(1.5)))
    assert story_record("s1", [report], []).latest == at(1.5)


def test_undated_reports_take_the_span_of_their_news():
    report = head("Harbour Post", None)
    news = event_record("e1", [say("own:", day=None, report=report, when=day("2030-03-05"))])
    plan = event_record("e2", [say("own:", "planned", day=None, report=report, when=day("2030-06-01"))])
    story = story_record("s1", [report], [news, plan])
    assert (story.earliest, story.latest) == (news.earliest, news.latest)
    assert story.title == news.title or story.title == plan.title


def test_a_story_of_nothing_but_an_address():
    report = head("Harbour Post", None)
    assert story_record("s1", [report], []).title == report.address
