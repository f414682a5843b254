"""On whom claims rest: every number with its claims, whatever they are grouped and ordered by."""

from __future__ import annotations

from onrecord.model import Standing
from onrecord.record.events import event_record
from onrecord.record.export import SOURCES
from onrecord.record.sourcing import RESTS, ordered, rests_on, sourcing, sourcing_of, unnamed_claims

from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"
LEAK = "unnamed:a port official"
PRESS = "outlet:Tidings"


def told():
    """The Post on an office, a leak, another outlet, a person and a log; the Lantern on an office and on nobody."""
    post = [say(OFFICE, id="a1"), say(LEAK, id="a2"), say(PRESS, id="a3")]
    post += [say("named:Jon Marl", id="a4"), say("document:the log", id="a5")]
    return [*post, say(OFFICE, outlet="Lantern", id="b1"), say("own:", outlet="Lantern", id="b2")]


def test_every_number_has_its_claims_and_counts_each_once():
    post, lantern = sourcing([*told(), told()[0]])
    assert (post.name, post.total) == ("Harbour Post", 5)
    assert [getattr(post, rest) for rest in RESTS] == [("a4",), ("a1",), ("a5",), ("a2",), ("a3",), ()]
    assert (lantern.office, lantern.none) == (("b1",), ("b2",))
    assert (lantern.share("none"), post.share("named", "office")) == (0.5, 0.4)


def test_an_outlets_own_voice_is_not_another_outlet():
    assert [rests_on(t) for t in (say("own:"), say(PRESS), say(LEAK))] == ["none", "other_outlet", "unnamed"]


def test_another_grouping():
    rows = sourcing(told(), by=lambda t: t.claim.holder.kind.value)
    assert {r.name: r.total for r in rows} == {"office": 2, "outlet": 2, "named": 1, "document": 1, "unnamed": 1}


def test_rows_are_flat_and_have_the_columns_of_the_table():
    row = sourcing(told())[1].as_dict()
    assert set(row) == set(SOURCES.names)
    assert (row["claims"], row["none"], row["none_share"], row["story"]) == (2, 1, 0.5, None)


def test_order_by_name_by_claims_and_by_share():
    found = sourcing_of(
        [("c1", "b", "unnamed"), ("c2", "b", "none"), ("c3", "a", "unnamed"), ("c4", "c", "none"), ("c5", "c", "none")]
    )
    assert [r.name for r in ordered(found, "name")] == ["a", "b", "c"]
    assert [r.name for r in ordered(found)] == ["b", "c", "a"]
    assert [r.name for r in ordered(found, "unnamed")] == ["a", "b", "c"]
    assert [r.name for r in ordered(found, "none")] == ["c", "b", "a"]
    assert ordered(()) == ()


def test_what_became_of_an_unnamed_claim():
    leak, later = say(LEAK, "planned", id="a"), say(OFFICE, "planned", 3, outlet="B", id="b")
    (confirmed,) = unnamed_claims([event_record("e1", [leak, later])])
    (still,) = unnamed_claims([event_record("e1", [leak])])
    assert (confirmed.claim, confirmed.standing) == ("a", Standing.CONFIRMED)
    assert confirmed.became.startswith("confirmed: confirmed as planned by the Ministry of Ports")
    assert still.became == "still rumoured"
