"""Outlets side by side, what they rest on, and what lies ahead."""

from __future__ import annotations

from onrecord.model import Status
from onrecord.record.agenda import agenda, overdue
from onrecord.record.comparison import compare
from onrecord.record.events import event_record

from .builders import at, day, head, unresolved
from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"
LEAK = "unnamed:a port official"


def story():
    """The opening told by both outlets, a leak only by the Post, a strike only by the Lantern in its own voice."""
    copied = head("Lantern", at(1), copy_of="rharbour-post1")
    opening = [say(OFFICE, "planned", id="a1"), say(OFFICE, "planned", report=copied, id="b1")]
    delay = [say(LEAK, "did_not_happen", 2, stance="denies", id="a2")]
    strike = [say("own:", outlet="Lantern", number=2, id="b2")]
    return [event_record("e1", opening), event_record("e2", delay), event_record("e3", strike)]


def test_which_outlet_carries_what_and_who_alone():
    found = compare(story(), [head("Harbour Post"), head("Lantern"), head("Tidings")])
    assert found.outlets == ("Harbour Post", "Lantern", "Tidings")
    cells = {(r.event, c.outlet): (c.claims, c.rests_on, c.stance, c.copied) for r in found.rows for c in r.cells}
    assert cells == {
        ("e1", "Harbour Post"): (("a1",), "office", "asserts", False),
        ("e1", "Lantern"): (("b1",), "office", "asserts", True),
        ("e2", "Harbour Post"): (("a2",), "unnamed", "denies", False),
        ("e3", "Lantern"): (("b2",), "none", "asserts", False),
    }
    assert [found.only_in(o) for o in found.outlets] == [("e2",), ("e3",), ()]


def test_one_outlet_alone_has_nothing_to_be_alone_with():
    assert compare([event_record("e1", [say("own:")])]).only == ()


def test_the_agenda_is_in_order_of_date_with_holders():
    events = [
        event_record("e1", [say("own:", "expected", when=unresolved("soon"))]),
        event_record(
            "e2", [say(OFFICE, "planned", when=day("2030-04-04")), say(LEAK, "planned", 2, when=day("2030-04-04"))]
        ),
        event_record("e3", [say("own:", "planned", when=day("2030-03-20"))]),
        event_record("e4", [say("own:", "happened", when=day("2030-03-20"))]),
    ]
    items = agenda(events)
    assert [(i.event, i.status) for i in items] == [
        ("e3", Status.PLANNED),
        ("e2", Status.PLANNED),
        ("e1", Status.EXPECTED),
    ]
    assert items[1].holders == ("the Ministry of Ports", "a port official (unnamed)")
    assert [i.event for i in agenda(events, after=at(25))] == ["e2", "e1"]
    assert [i.event for i in agenda(events, before=at(25))] == ["e3", "e1"]
    assert [i.event for i in overdue(events, at(25))] == ["e3"]
    assert [i.event for i in agenda(events, moment=at(25)) if i.overdue] == ["e3"]
