"""Numbers of events with their bounds, in invented sentences."""

from __future__ import annotations

import pytest
from event_pages import event, page_of
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.quantities import parse_number

GRID = """
Nine people died in the fire. | died | dead | 9 | 9
The attack killed 12 soldiers. | killed | dead | 12 | 12
The attack killed at least 12 soldiers. | killed | dead | 12 | -
The attack killed more than 200 soldiers. | killed | dead | 201 | -
The attack killed over 200 soldiers. | killed | dead | 201 | -
The attack killed up to 30 soldiers. | killed | dead | - | 30
The attack killed fewer than 30 soldiers. | killed | dead | - | 29
The attack killed about 100 soldiers. | killed | dead | 90 | 110
The attack killed nearly 100 soldiers. | killed | dead | 90 | 100
The attack killed between 10 and 15 soldiers. | killed | dead | 10 | 15
The attack killed 10 to 15 soldiers. | killed | dead | 10 | 15
The attack killed dozens of soldiers. | killed | dead | 24 | 99
The attack killed hundreds of soldiers. | killed | dead | 200 | 1999
The attack killed thousands of soldiers. | killed | dead | 2000 | 19999
The attack killed several soldiers. | killed | dead | 3 | 9
The attack killed two dozen soldiers. | killed | dead | 24 | 24
The attack killed 1,200 soldiers. | killed | dead | 1200 | 1200
The attack wounded forty-two soldiers. | wounded | injured | 42 | 42
The attack wounded two hundred soldiers. | wounded | injured | 200 | 200
Police arrested 15 men. | arrested | arrested | 15 | 15
Fifteen men were arrested. | arrested | arrested | 15 | 15
The flood displaced 3,000 families. | displaced | displaced | 3000 | 3000
Some 5,000 students marched through Tarn. | marched | participants | 4500 | 5500
Grell Motors paid $40 million for the mill. | paid | money | 40000000 | 40000000
The firm paid 3 billion euros for the mill. | paid | money | 3000000000 | 3000000000
Profit rose 12 percent. | rose | percent | 12 | 12
The army fired 60 rockets. | fired | count | 60 | 60
The attack killed 12 or more soldiers. | killed | dead | 12 | -
Divers put the number of dead at eleven. | put | dead | 11 | 11
The death toll from the explosion stood at at least nine. | explosion | dead | 9 | -
The toll of the attack was put at 12 by doctors. | attack | dead | 12 | 12
The death toll has now reached 31. | reached | dead | 31 | 31
The number of people killed in the blast climbed to 14. | climbed | dead | 14 | 14
The flood claimed eight lives. | claimed | dead | 8 | 8
Six miners lost their lives in the explosion. | lost | dead | 6 | 6
The number of schools rose to 12. | rose | count | 12 | 12
The toll rose to 4 dollars. | rose | money | 4 | 4
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in GRID.strip().splitlines()]


def bound(text: str) -> float | None:
    return None if text == "-" else float(text)


@pytest.mark.parametrize(("text", "anchor", "kind", "low", "high"), CASES, ids=[c[0][:44] for c in CASES])
def test_quantity(text: str, anchor: str, kind: str, low: str, high: str) -> None:
    found = event(page_of(text), anchor).quantities
    assert [(q.kind, q.low, q.high) for q in found] == [(kind, bound(low), bound(high))]
    assert all(text[q.start : q.end] == q.text for q in found)


def test_the_grid_is_large_enough() -> None:
    assert len(CASES) >= 25


def test_dead_and_wounded_of_one_attack_keep_apart() -> None:
    page = page_of("The attack killed nine people and wounded 30 others.")
    assert [(q.kind, q.low) for q in event(page, "killed").quantities] == [("dead", 9.0)]
    assert [(q.kind, q.low) for q in event(page, "wounded").quantities] == [("injured", 30.0)]


@pytest.mark.parametrize(
    ("text", "anchor", "figure"),
    [
        ("Divers put the number of dead at eleven.", "dead", 11),
        ("The death toll stood at nine, the mayor said.", "death", 9),
        ("The toll was revised down to seven.", "toll", 7),
        ("The toll from the quake rose to 120.", "toll", 120),
    ],
)
def test_a_toll_tells_of_deaths_and_is_held_by_who_tells_it(text: str, anchor: str, figure: int) -> None:
    page = page_of(text)
    toll = event(page, anchor)
    assert toll.type == "DEATH" and toll.actors == toll.recipients == ()
    assert [(q.kind, q.low) for q in toll.quantities] == [("dead", figure)]
    held = {c.event for c in page.claims}
    others = [e for e in page.events if e.id in held and e.id != toll.id and e.type is None]
    assert toll.id in held and not others  # the verb that puts it there is no deed of its own


def test_a_toll_without_a_figure_is_no_event() -> None:
    assert not [e for e in page_of("The toll worried the mayor.").events if e.anchor.text == "toll"]


def test_a_date_is_no_quantity() -> None:
    assert not event(page_of("The banker was arrested on 4 May 2019."), "arrested").quantities


@given(st.text(max_size=200))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@given(st.integers(min_value=0, max_value=10**12))
def test_figures_are_read_back(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}") == number
