# ruff: noqa: E501 – rows of cases, and sentences as they are shown
"""What the record says now that it did not say before."""

from __future__ import annotations

from onrecord.record.changes import briefing, changes
from onrecord.record.events import event_record

from .builders import at, day, number
from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"
LEAK = "unnamed:a port official"


def between(told, moment, event="e1"):
    """The changes of one event after a moment."""
    old = [t for t in told if t.known <= at(moment)]
    before = [event_record(event, old)] if old else []
    return [(c.kind, c.words) for c in changes(before, [event_record(event, told)])]


TITLE = "Harbour Post spoke of the opening of the bridge"


def test_new():
    (found,) = changes([], [event_record("e1", [say("own:")])])
    assert (found.kind, found.event, found.when) == ("new", "e1", at(1))
    assert found.words == f"{TITLE} – reported by Harbour Post in its own voice"


def test_planned_is_told_with_its_date():
    told = [say(OFFICE, "planned", 2, when=day("2030-04-04"))]
    assert between(told, 1) == [
        (
            "planned",
            "The Ministry of Ports spoke of the opening of the bridge (4 April 2030) – confirmed as planned by"
            " the Ministry of Ports, the office responsible, in Harbour Post",
        )
    ]


def test_confirmed_denied_disputed():
    told = [say("own:"), say(LEAK, "did_not_happen", 2, stance="denies", outlet="B"), say(OFFICE, day=3, outlet="C")]
    assert between(told[:2], 1) == [
        ("disputed", f"{TITLE} – denied by a port official (unnamed), in B, held by Harbour Post in its own voice")
    ]
    assert between(told, 2) == [
        ("confirmed", f"{TITLE} – confirmed by the Ministry of Ports, the office responsible, in C")
    ]
    denied = [say("own:"), say(OFFICE, "did_not_happen", 2, stance="denies", outlet="B")]
    assert [kind for kind, _ in between(denied, 1)] == ["denied"]


def test_cancelled_and_happened():
    off = [say(OFFICE, "planned"), say(OFFICE, "cancelled", 2, outlet="B")]
    assert [kind for kind, _ in between(off, 1)] == ["cancelled"]
    done = [say("own:", "planned"), say("own:", "happened", 9, outlet="B")]
    assert between(done, 5) == [("happened", f"{TITLE} – said to have happened by B in its own voice")]


def test_figures():
    told = [
        say("own:", quantities=(number(5),)),
        say(OFFICE, day=2, outlet="B", quantities=(number(7),)),
        say(OFFICE, day=3, outlet="C", quantities=(number(8),)),
    ]
    assert between(told, 2) == [
        (
            "figures",
            f"{TITLE} – 7 according to the Ministry of Ports (in B); 8 according to the Ministry of Ports (in C), later",
        )
    ]


def test_nothing_new_is_no_change():
    told = [say("own:"), say("own:", day=2, origin="outlet:harbour post", number=2)]
    assert between(told, 1) == []
    assert between(told, 2) == []


def test_background_is_no_news():
    assert changes([], [event_record("e1", [say("own:", background=True)])]) == ()


def test_a_briefing_tells_what_matters_first():
    new = event_record("e1", [say("own:")])
    denied = [say("own:"), say(OFFICE, "did_not_happen", 2, stance="denies", outlet="B")]
    found = changes([event_record("e2", denied[:1])], [new, event_record("e2", denied)])
    assert [(kind, [c.event for c in of]) for kind, of in briefing(found)] == [("denied", ["e2"]), ("new", ["e1"])]
