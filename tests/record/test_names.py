"""One person, one outlet under a long and a short name is one origin."""

from __future__ import annotations

import pytest

from onrecord.model import SourceKind, Standing
from onrecord.record.events import event_record
from onrecord.record.names import one_name

from .builders import testimony as say


def keys(*who: str, reports: tuple[int, ...] = (0, 1, 2, 3)) -> list[str]:
    """The origins of these holders, each in a report of its own unless ``reports`` says otherwise."""
    told = [say(w, outlet=f"Outlet {reports[n]}", sequence=n) for n, w in enumerate(who)]
    return [t.origin.key for t in one_name(told)]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("named:Ana Tolm", "named:Tolm"),
        ("named:Ana M. Tolm", "named:Ana Tolm"),
        ("named:Ana de Behl", "named:de Behl"),
        ("named:Ana Maria Behl Tolm", "named:Ana Maria Behl"),
        ("named:Ana Tolm", "office:Tolm"),
    ],
)
def test_a_shorter_name_of_one_person_is_one_origin(full, short):
    assert keys(full, short) == [full.casefold()] * 2
    assert keys(short, full) == [full.casefold()] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("named:Ana Tolm", "named:Piet Tolm"),
        ("named:Ana Tolm", "named:Ana"),
        ("named:Ana Tolm", "office:TOLM"),
        ("outlet:Ana Tolm", "named:Tolm"),
    ],
)
def test_other_names_stay_apart(one, other):
    assert keys(one, other) == [one.casefold(), other.casefold()]


def test_a_surname_of_two_persons_is_left_alone():
    assert keys("named:Ana Tolm", "named:Piet Tolm", "named:Tolm")[2] == "named:tolm"


def test_a_short_name_of_an_outlet_is_the_one_its_own_report_names():
    assert keys("outlet:The Mere Post", "outlet:Post", reports=(1, 1)) == ["outlet:the mere post"] * 2
    assert keys("outlet:The Mere Post", "outlet:Post") == ["outlet:the mere post", "outlet:post"]


def test_a_person_taken_for_a_body_is_a_person():
    told = [say("named:Ana Tolm", outlet="Outlet 1"), say("office:Tolm", outlet="Outlet 2", sequence=1)]
    assert [t.origin.kind for t in one_name(told)] == [SourceKind.NAMED] * 2
    assert event_record("e", told).standing is Standing.REPORTED


@pytest.mark.parametrize(
    ("body", "voice"),
    [
        ("office:the navy", "named:Navy spokesman"),
        ("office:the navy", "office:a spokeswoman for the navy"),
        ("office:the navy", "office:the navy's spokesperson"),
        ("outlet:Radio Sarn", "office:Radio Sarn"),
    ],
)
def test_who_speaks_for_a_body_is_one_origin_with_it(body, voice):
    assert keys(body, voice) == [body.casefold()] * 2
    assert keys(voice, body) == [body.casefold()] * 2


def test_bodies_of_two_lands_stay_apart():
    told = [
        say("office:the foreign ministry", outlet=f"Outlet {n}", country=land, origin=f"office:{land}", sequence=n)
        for n, land in enumerate(("ORV", "TES"))
    ]
    assert [t.origin.key for t in one_name(told)] == ["office:ORV", "office:TES"]


def test_spokesmen_of_two_bodies_stay_apart():
    assert keys("named:Navy spokesman", "named:Army spokesman") == ["named:navy spokesman", "named:army spokesman"]
    assert keys("named:Ana Tolm", "office:Ana Tolm Ltd") == ["named:ana tolm", "office:ana tolm ltd"]
