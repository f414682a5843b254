# ruff: noqa: E501 – rows of cases, and sentences as they are shown
"""The register of contradictions: what clashes, and of which kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Cause, ContradictionKind
from onrecord.record.contradictions import contradictions
from onrecord.record.events import event_record

from .builders import at, day, head, number, person, town
from .builders import testimony as say

OFFICE = "office:the Ministry of Ports!"
LEAK = "unnamed:a port official"
D, S, R = ContradictionKind.DISPUTED, ContradictionKind.SUPERSEDED, ContradictionKind.RESOLVED


def found(*told):
    return [
        (c.attribute, c.kind, c.earlier.id, c.later.id, c.resolved_by) for c in contradictions(event_record("e1", told))
    ]


def toll(who, figure, when, **more):
    return say(who, day=when, outlet=more.pop("outlet", f"Outlet {when}"), quantities=(number(figure),), **more)


def test_a_denial_of_a_report_is_disputed_with_both_sentences():
    held = say("own:", "planned", 1, text="The bridge will open in May.")
    denial = say(
        LEAK, "did_not_happen", 2, stance="denies", outlet="Lantern", text="“No date is set,” a port official said."
    )
    (item,) = contradictions(event_record("e1", [denial, held]))
    assert (item.earlier.claim.words.text, item.later.claim.words.text) == (
        "The bridge will open in May.",
        "“No date is set,” a port official said.",
    )
    assert (item.kind, item.attribute, item.resolved_by) == (D, "occurrence", None)
    assert (
        item.words
        == "Harbour Post in its own voice says it is planned; a port official (unnamed) (in Lantern) denies it"
    )


def test_a_confirmation_since_resolves_it():
    held, denial = say("own:", "planned", 1), say(LEAK, "did_not_happen", 2, stance="denies", outlet="B")
    confirmed = say(OFFICE, "planned", 3, stance="confirms", outlet="C")
    assert found(held, denial, confirmed) == [("occurrence", R, held.id, denial.id, confirmed.id)]


def test_a_denial_by_the_office_resolves_it_itself():
    held, denial = say("own:", day=1), say(OFFICE, "did_not_happen", 2, stance="denies", outlet="B")
    assert found(held, denial) == [("occurrence", R, held.id, denial.id, denial.id)]


def test_an_origin_that_takes_it_back_supersedes_itself():
    held = say("own:", day=1, origin="o")
    back = say("own:", "did_not_happen", 2, origin="o", number=2)
    assert found(held, back) == [("occurrence", S, held.id, back.id, None)]


def test_a_plan_called_off_by_its_office_is_superseded():
    held, off = say(OFFICE, "planned", 1), say(OFFICE, "cancelled", 2, outlet="B")
    assert found(held, off) == [("occurrence", S, held.id, off.id, None)]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ([toll("own:", 5, 1), toll("own:", 7, 2)], S),  # a toll that rose, from one as well placed
        ([toll("own:", 7, 1), toll("own:", 5, 2)], D),  # one that fell, from another
        ([toll("own:", 7, 1, origin="o"), toll("own:", 5, 2, origin="o")], S),  # corrected by the same
        ([toll("own:", 5, 1), toll(OFFICE, 3, 2)], S),  # by the office
        ([toll(OFFICE, 5, 1), toll("own:", 7, 2)], D),  # against the office
        ([toll("own:", 5, 1), toll("own:", 7, 1, outlet="Post")], D),  # at the same time
        ([toll("own:", 5, 1), toll(LEAK, 7, 2)], D),  # an unnamed source is less well placed
    ],
)
def test_figures(told, kind):
    assert found(*told) == [("number", kind, told[0].id, told[1].id, None)]


def test_figures_with_bounds_clash_only_outside_them():
    at_least = say("own:", day=1, quantities=(number(5, float("inf")),))
    eight = toll("own:", 8, 2)
    assert found(at_least, eight) == []
    assert found(toll("own:", 4, 1), say("own:", day=2, outlet="B", quantities=(number(5, 9),)))[0][1] is S


def test_figures_of_other_kinds_and_two_in_one_sentence_are_not_compared():
    hurt = say("own:", day=1, quantities=(number(9, kind="injured"),))
    dead = toll("own:", 2, 2)
    both = say("own:", day=3, outlet="C", quantities=(number(1), number(6)))
    assert found(hurt, dead, both) == []


def test_an_old_figure_repeated_by_a_lesser_holder_is_no_new_dispute():
    told = [toll("own:", 5, 1), toll(OFFICE, 7, 2), toll("own:", 5, 3)]
    assert found(*told) == [("number", S, told[0].id, told[1].id, None)]


def test_an_authority_that_joins_a_side_resolves_a_dispute_of_figures():
    told = [toll("own:", 5, 1), toll("own:", 7, 1, outlet="Post"), toll(OFFICE, 7, 2)]
    assert found(*told) == [("number", R, told[0].id, told[1].id, told[2].id)]


def test_dates_that_cannot_both_be_right():
    first = say("own:", "planned", 1, when=day("2030-04-04"))
    moved = say(OFFICE, "planned", 2, when=day("2030-04-09"), outlet="B")
    (item,) = contradictions(event_record("e1", [first, moved]))
    assert (item.attribute, item.kind) == ("date", S)
    assert item.words == (
        "4 April 2030 according to Harbour Post in its own voice; 9 April 2030 according to the Ministry of Ports (in B), later"
    )


def test_neighbouring_days_may_be_one_day_in_two_time_zones():
    assert found(say("own:", when=day("2030-04-04")), say(OFFICE, day=2, when=day("2030-04-05"), outlet="B")) == []


def located(who, place, day=1, outlet="Harbour Post", words="The opening took place in {}."):
    text = words.format(place.name)
    start = text.index(place.name)
    return say(who, day=day, outlet=outlet, text=text, where=replace(place, start=start, end=start + len(place.name)))


def test_places():
    norda, suda, land = town("Norda", 7), replace(town("Suda", 8), lat=3.0), town("Atlantis", 1, kind="country")
    assert found(located("own:", norda), located(LEAK, suda, 2, "B"))[0][:2] == ("place", D)
    assert found(located("own:", norda), located(LEAK, land, 2, "B")) == []
    assert found(located("own:", norda), located(OFFICE, town("Oz", 3, "OZZ"), 2, "B"))[0][:2] == ("place", S)


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("The opening took place in {}.", True),
        ("The opening near the town of {} drew crowds.", True),
        ("The opening by the {} brigade drew crowds.", False),  # whose it is
        ("A {}-flagged vessel was at the opening.", False),
        ("{}'s harbour master praised the opening.", False),
    ],
)
def test_only_where_it_is_said_to_be_is_its_place(words, stated):
    far = located(LEAK, town("Oz", 3, "OZZ"), 2, "B", words)
    near = located("own:", town("Norda", 7), words="The opening took place in {}, where it drew crowds to the town.")
    assert bool(found(near, far)) is stated


def test_places_of_two_things_told_by_one_word_are_none():
    one = located("own:", town("Norda", 7), words="The opening of a mill in {} was put off for want of flour.")
    two = located(LEAK, town("Oz", 3, "OZZ"), 2, "B", "Hundreds came to the opening of the theatre in {}.")
    assert found(one, two) == []


@pytest.mark.parametrize(
    ("text", "stance", "stands"),
    [
        ("The leaders kept silent, and nothing came of an opening.", "asserts", False),
        ("The opening of the bridge did not take place.", "asserts", True),
        ("The minister dismissed talk of any such opening.", "denies", True),
    ],
    ids=["of another thing", "of the same", "an answer"],
)
def test_what_did_not_happen_must_be_what_was_told(text, stance, stands):
    told = say("own:", text="Dancers and a brass band came to the opening of the bridge.")
    not_so = say(LEAK, "did_not_happen", 2, text=text, stance=stance, outlet="B", number=2)
    assert bool(found(told, not_so)) is stands


def test_that_nobody_was_hurt_contradicts_who_was():
    hurt = say("own:", text="Two bakers were treated for burns.", anchor="burns", type="INJURY")
    nobody = person("no one")
    spared = say(
        LEAK, "did_not_happen", 2, text="The alarm rang and no one was injured.", anchor="injured", type="INJURY",
        recipients=(nobody,), outlet="B", number=2,
    )  # fmt: skip
    assert [c[0] for c in found(hurt, spared)] == ["occurrence"]


def test_who_did_it():
    ours, theirs = person("Atlantis", country="ATL"), person("Oz", country="OZZ")
    one = say("own:", day=1, actors=(ours,), type="ASSAULT")
    two = say(LEAK, day=2, actors=(theirs,), type="ASSAULT", outlet="B")
    assert found(one, two) == [("participant", D, one.id, two.id, None)]


def test_a_pronoun_names_nobody_who_did_it():
    one = say("own:", day=1, actors=(person("He", country="ATL"),), type="ASSAULT")
    two = say(LEAK, day=2, actors=(person("Oz", country="OZZ"),), type="ASSAULT", outlet="B")
    assert found(one, two) == []


def test_what_befell_others_is_no_denial():
    hurt = say("own:", day=1, recipients=(person("Ana Tarr"),), text="At the opening Ana Tarr was hurt.")
    spared = say(OFFICE, "did_not_happen", 2, outlet="B", recipients=(person("Nils Oder"),), text="The opening did not hurt Nils Oder.")  # fmt: skip
    assert found(hurt, spared) == []
    her = say(OFFICE, "did_not_happen", 2, outlet="B", recipients=(person("Ms Tarr"),), text="The opening did not hurt Ms Tarr.")  # fmt: skip
    assert [f[:2] for f in found(hurt, her)] == [("occurrence", R)]


def test_a_capital_at_the_start_makes_no_other_party():
    held = say("own:", day=1, recipients=(person("Dockers"),), text="Dockers were hurt at the opening.")
    spared = say(OFFICE, "did_not_happen", 2, outlet="B", recipients=(person("Those dockers"),), text="Those dockers were not hurt at the opening.")  # fmt: skip
    assert [f[0] for f in found(held, spared)] == ["occurrence"]


def test_an_everyday_word_needs_somebody_in_common():
    landed = say("own:", day=1, actors=(person("The crew"),), recipients=(person("another airport"),))
    away = say(OFFICE, "did_not_happen", 2, outlet="B", actors=(person("a pilot"),))
    assert found(landed, away) == []
    same = say(OFFICE, "did_not_happen", 2, outlet="B", actors=(person("the crew"),))
    assert [f[0] for f in found(landed, same)] == ["occurrence"]


def test_one_voice_in_one_report_contradicts_nobody():
    report = head("Lantern", at(1))
    told = [
        say(LEAK, "happened", report=report, id="a"),
        say(LEAK, "did_not_happen", report=report, sequence=1, id="b"),
    ]
    assert found(*told) == []


def test_what_was_only_possible_and_did_not_come_is_no_contradiction():
    feared, spared = say("own:", "possible", 1), say(OFFICE, "did_not_happen", 2, outlet="B")
    assert found(feared, spared) == []
    denied = say(OFFICE, "did_not_happen", 2, stance="denies", outlet="B")
    assert [f[0] for f in found(feared, denied)] == ["occurrence"]


@pytest.mark.parametrize(
    ("counted", "clash"),
    [
        ({"kind": "count", "unit": "crate"}, True),
        ({"kind": "count", "unit": "day"}, False),  # how long
        ({"kind": "count", "unit": "open"}, False),  # how many of the event itself
    ],
)
def test_what_a_figure_counts(counted, clash):
    told = [say("own:", day=d, type="DEAL", outlet=f"O{d}", quantities=(number(d * 10, **counted),)) for d in (1, 2)]
    assert bool(found(*told)) is clash
    untyped = [replace(t, mention=replace(t.mention, type=None)) for t in told]
    assert found(*untyped) == []


@pytest.mark.parametrize(
    ("words", "clash"),
    [("{} more died.", False), ("Another {} died.", False), ("{} of the hurt died.", False), ("{} were killed.", True)],
)
def test_a_figure_of_the_rest_is_no_other_toll(words, clash):
    text = "At the opening " + words.format("seven")
    start = text.index("seven")
    rest = replace(number(7), start=start, end=start + 5, text="seven")
    assert bool(found(toll("own:", 9, 1), say("own:", day=2, outlet="B", text=text, quantities=(rest,)))) is clash


def test_two_towns_of_one_name_do_not_contradict():
    assert found(located("own:", town("Norda", 7)), located(LEAK, town("Norda", 9, "OZZ"), 2, "B")) == []


def test_several_happenings_have_several_figures():
    text = "The openings drew crowds."
    told = [say("own:", day=d, outlet=f"O{d}", text=text, anchor="openings", lemma="opening", quantities=(number(d),)) for d in (1, 2)]  # fmt: skip
    assert found(*told) == []


def test_agreement_is_no_contradiction():
    assert found(toll("own:", 5, 1), toll(OFFICE, 5, 2), say(LEAK, day=3, outlet="C")) == []


def test_one_holder_in_one_breath_speaks_of_different_things():
    report = head("Lantern", at(1))
    told = [
        say(OFFICE, report=report, quantities=(number(5),), id="a"),
        say(OFFICE, report=report, quantities=(number(9),), id="b"),
    ]
    assert found(*told) == []


def test_the_register_of_a_large_event_stays_small():
    told = [toll("own:", 5 + i % 7, i, outlet=f"O{i}", number=i) for i in range(1, 120)]
    assert len(contradictions(event_record("e1", told))) <= 42


def test_what_is_only_possible_fixes_no_value():
    told = [say("own:", "possible", quantities=(number(6),)), toll(OFFICE, 4, 2)]
    assert found(*told) == []


def test_plain_counts_are_compared_only_by_unit():
    ships = [
        say("own:", type="DEAL", quantities=(number(6, kind="count", unit="ships"),)),
        say(OFFICE, day=2, type="DEAL", outlet="B", quantities=(number(4, kind="count", unit="ships"),)),
    ]
    bare = [
        say("own:", type="DEAL", quantities=(number(6, kind="count"),)),
        say(OFFICE, day=2, type="DEAL", outlet="B", quantities=(number(4, kind="count"),)),
    ]
    assert [c[:2] for c in found(*ships)] == [("number", S)]
    assert found(*bare) == []


def test_a_toll_and_people_killed_are_one_figure_but_children_are_another():
    def told(unit, figure, who, when):
        return say(who, day=when, outlet=f"Outlet {when}", quantities=(number(figure, unit=unit),))

    assert [c[0] for c in found(told("people", 6, OFFICE, 1), told(None, 9, OFFICE, 2))] == ["number"]
    assert found(told("people", 6, OFFICE, 1), told("child", 4, OFFICE, 2)) == []


def test_three_who_stand_apart_are_one_dispute():
    towns = [replace(town(name, n), lat=10.0 * n, lon=0.0) for n, name in enumerate(("Norda", "Suda", "Westa", "Osta"))]
    told = [located("own:", at, n + 1, f"O{n}") for n, at in enumerate(towns)]
    assert [f[:2] for f in found(*told)] == [("place", D)]


def test_a_suburb_is_a_part_of_its_town():
    norda, suburb = (replace(town(name, n), lat=n / 10, lon=0.0) for n, name in ((1, "Norda"), (2, "Old Norda")))
    assert found(located("own:", norda), located(LEAK, suburb, 2, "B")) == []


def cause(text, kind, **more):
    return Cause(0, len(text), text, tuple(sorted(text.split()[-1:])), kind, **more)


ARSON, FAULT = cause("arson", "deliberate"), cause("an electrical fault", "technical")


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        (ARSON, FAULT, True),
        (FAULT, cause("a short circuit", "technical"), False),  # may be one cause in two degrees of detail
        (ARSON, replace(ARSON, excluded=True), True),  # ruled out by another
        (FAULT, replace(ARSON, excluded=True), False),
        (ARSON, replace(FAULT, hedged=True), False),
        (ARSON, cause("an old quarrel", "other"), False),
        (cause("an old quarrel", "other"), cause("the quarrel", "other", excluded=True), True),
    ],
)
def test_causes_of_different_classes_clash(one, two, clash):
    told = [say("named:Mara Dell", day=1, cause=one), say(LEAK, day=1, outlet="Lantern", cause=two)]
    assert [c.attribute for c in contradictions(event_record("e1", told))] == (["cause"] if clash else [])


def test_an_office_replaces_an_earlier_cause_with_both_sentences():
    told = [say("own:", day=1, cause=ARSON), say(OFFICE, day=2, outlet="Lantern", cause=FAULT)]
    (item,) = contradictions(event_record("e1", told))
    assert (item.kind, item.earlier.id, item.later.id) == (S, told[0].id, told[1].id)
    assert item.words == (
        "arson according to Harbour Post in its own voice;"
        " an electrical fault according to the Ministry of Ports (in Lantern), later"
    )
