"""Who rests on whom: copies and citations folded into report → outlet it was taken from → speaker."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Origin, SourceKind, Testimony
from onrecord.record.events import event_record
from onrecord.record.origins import OriginTree, independent_origins, origin_trees, tree_to_contract, way

from .builders import testimony as say


def told(outlet: str, origin: Origin, number: int = 1) -> Testimony:
    """A claim of a report of this outlet, traced to an origin."""
    made = say("named:Ada Quill", day=number, outlet=outlet, number=number)
    return replace(made, origin=origin, id=f"{made.report.id}.c{number}")


def own(outlet: str, *chain: str, how: str = "own voice") -> Origin:
    links = (*chain, outlet) if chain else (outlet,)
    return Origin(f"outlet:{outlet.casefold()}", outlet, SourceKind.OUTLET, True, links, how)


def speaker(name: str, *chain: str, how: str = "", kind: SourceKind = SourceKind.NAMED) -> Origin:
    told_how = f"{how}; quotes {name}" if how else f"quotes {name}"
    return Origin(f"{kind}:{name.casefold()}", name, kind, kind is not SourceKind.UNNAMED, (*chain, name), told_how)


def trees(*testimonies: Testimony) -> tuple[OriginTree, ...]:
    return origin_trees([event_record("e1", testimonies)])


def test_an_own_voice_rests_on_nobody() -> None:
    (tree,) = trees(told("Post", own("Post")))
    assert (tree.name, tree.house, len(tree.claims), tree.carriers, tree.outlets) == ("Post", "post", 1, (), ("Post",))


def test_copies_credits_and_citations_rest_on_the_first() -> None:
    (tree,) = trees(
        told("Wire", own("Wire")),
        told("Post", own("Wire", "Post", how="copy of Wire"), 2),
        told("Gazette", own("Wire", "Gazette", how="credits Wire"), 3),
        told("Lantern", own("Wire", "Lantern", how="cites Wire"), 4),
    )
    assert [(c.name, c.how, len(c.claims)) for c in tree.carriers] == [
        ("Gazette", ("credits",), 1),
        ("Lantern", ("cites",), 1),
        ("Post", ("copy of",), 1),
    ]
    assert len(tree.claims) == 1 and tree.all_claims == 4 and len(tree.outlets) == 4


def test_a_speaker_is_reached_through_the_outlet_it_was_taken_from() -> None:
    """What one outlet has at first hand another takes from it; a longer way is folded to its ends."""
    (tree,) = trees(
        told("Wire", speaker("Ada Quill", "Wire")),
        told("Post", speaker("Ada Quill", "Post", "Wire", how="copy of Wire"), 2),
        told("Lantern", speaker("Ada Quill", "Lantern", "Post", "Wire", how="cites Post; cites Wire"), 3),
    )
    (wire,) = tree.carriers
    assert (tree.name, tree.claims, wire.name, len(wire.claims), wire.all_claims) == ("Ada Quill", (), "Wire", 1, 3)
    assert [(c.name, c.how, c.below) for c in wire.below] == [("Lantern", ("cites",), ()), ("Post", ("copy of",), ())]


def test_names_of_one_house_are_one() -> None:
    houses = {"Evening Star": "star", "Morning Star": "star"}
    event = event_record(
        "e1",
        [
            told("Evening Star", speaker("Ada Quill", "Evening Star")),
            told("Morning Star", speaker("Ada Quill", "Morning Star"), 2),
        ],
    )
    (tree,) = origin_trees([event], lambda name: houses.get(name, name))
    (carrier,) = tree.carriers
    assert (carrier.house, carrier.names) == ("star", ("Evening Star", "Morning Star"))
    assert len(origin_trees([event])[0].carriers) == 2


def test_the_way_ends_where_the_outlet_itself_begins() -> None:
    assert way(told("The Post", own("Post", "The Post", how="credits Post"))) == ()
    assert way(told("Post", own("Wire", "Post", "Lantern"))) == ("Post", "Lantern")
    assert way(told("Post", speaker("Ada", "Post", "The Post"))) == ("Post",)


def test_those_most_rest_on_come_first() -> None:
    found = trees(
        told("Post", speaker("Bo Lind", "Post")),
        told("Post", speaker("Bo Lind", "Post"), 2),
        told("Post", speaker("Ada Quill", "Post"), 3),
        told("Wire", speaker("Ada Quill", "Wire"), 4),
    )
    assert [t.name for t in found] == ["Ada Quill", "Bo Lind"]


def test_unnamed_sources_count_as_one() -> None:
    found = trees(
        told("Post", speaker("an aide", "Post", kind=SourceKind.UNNAMED)),
        told("Wire", speaker("an official", "Wire", kind=SourceKind.UNNAMED), 2),
        told("Wire", speaker("Ada Quill", "Wire"), 3),
    )
    assert len(found) == 3 and independent_origins(found) == 2


def test_for_programs() -> None:
    (tree,) = trees(told("Wire", speaker("Ada Quill", "Wire")))
    row = tree_to_contract(tree)
    assert row["origin"] == "named:ada quill" and row["kind"] == "named"
    assert row["carriers"] == [
        {
            "name": "Wire",
            "names": ["Wire"],
            "how": ["quotes"],
            "claims": list(tree.carriers[0].claims),
            "reports": list(tree.carriers[0].reports),
            "below": [],
        }
    ]
