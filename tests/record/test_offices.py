"""One office under a long and a short name is one origin, and does not corroborate itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.model import Standing
from onrecord.record.events import event_record
from onrecord.record.offices import one_office

from .builders import at
from .builders import testimony as say


def keys(*names: str, reports: tuple[int, ...] | None = None, countries: tuple[str | None, ...] | None = None):
    """The origins of offices of these names, each in a report of its own unless ``reports`` says otherwise."""
    told = [
        say(
            f"office:{name}",
            outlet=f"Outlet {(reports or range(9))[n]}",
            sequence=n,
            country=countries[n] if countries else None,
        )
        for n, name in enumerate(names)
    ]
    return [t.origin.key.removeprefix("office:") for t in one_office(told)]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("police in Port Amelin", "police"),
        ("the foreign ministry of Grauland", "the ministry"),
        ("Grauland's foreign ministry", "the foreign ministry"),
        ("the Dockers' Union of Sallow", "the union"),
        ("the office of Premier Jurek Sand", "Sand's office"),
        ("the Ministry of Defence of Grauland", "the defence ministry"),
    ],
)
def test_a_shorter_name_of_one_office_is_one_origin(long, short):
    assert keys(long, short) == [long.casefold()] * 2
    assert keys(short, long) == [long.casefold()] * 2


@pytest.mark.parametrize(
    ("one", "two"), [("the police union", "police"), ("the port authority", "the port"), ("the navy", "the army")]
)
def test_offices_of_another_kind_stay_apart(one, two):
    assert keys(one, two) == [one, two]


def test_a_name_that_may_mean_two_is_left_alone():
    names = ("the foreign ministry", "the interior ministry", "the ministry")
    assert keys(*names) == list(names)


def test_the_fuller_name_in_the_same_report_is_meant_first():
    names = ("the foreign ministry", "the interior ministry", "the ministry")
    assert keys(*names, reports=(1, 2, 1)) == [names[0], names[1], names[0]]


def test_offices_of_two_countries_are_two():
    assert len(set(keys("police in Port Amelin", "police", countries=("GRL", "SAL")))) == 2


def test_an_office_does_not_corroborate_itself():
    told = [
        say("office:police in Port Amelin", day=1, outlet="Mere Post"),
        say("office:police", day=2, outlet="Fell Times", text="A second word on the opening came from police."),
    ]
    record = event_record("e1", told)
    assert record.standing is Standing.REPORTED
    assert len(record.origins) == 1
    assert len(event_record("e1", told, at(1.5)).testimonies) == 1


def spoken(*told):
    """The origins of offices that speak one after another in one report."""
    text = " ".join(f"{name} spoke of the opening." for name in told)
    items = []
    for n, name in enumerate(told):
        made = say(f"office:{name}", outlet="Mere Post", sequence=n)
        start = text.index(f"{name} spoke")
        words = replace(made.claim.words, start=start, end=start + len(name))
        items.append(replace(made, claim=replace(made.claim, words=words)))
    return [t.origin.key.removeprefix("office:") for t in one_office(items)]


def test_of_two_in_a_report_a_short_name_means_who_spoke_last_before_it():
    one, two = "the guild of kelmar", "the guild of brask"
    assert spoken(one, "the guild", two) == [one, one, two]
    assert spoken("the guild", one, two)[0] == "the guild"


def test_the_company_is_a_firm_that_is_a_party():
    assert spoken("Pellow Shipping*", "the company") == ["pellow shipping"] * 2
    assert spoken("Pellow Shipping", "the company")[1] == "the company"
    assert spoken("the harbour office*", "the company")[1] == "the company"
    assert spoken("Pellow Shipping*", "the firm", "Marden Mills*") == ["pellow shipping"] * 2 + ["marden mills"]
