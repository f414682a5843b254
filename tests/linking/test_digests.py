"""Digests: what the surface of a text gives away, and keys that likely pairs share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.digests import key_weight
from onrecord.linking.surface import Surface, circumstances, surface
from onrecord.linking.words import fold, stem, weight, words_of

from .builders import digested

TEXT = (
    "Kelda Varn, 34, was found near the Osk bridge in Port Amelin on Tuesday. "
    "Varn had left Eastmarch on Jan. 14 with a 17-year-old, Pavo Lint, in the 900 block of Tarrow Lane. "
    "About 1,250 people searched for them."
)


def test_surface_finds_names_places_days_ages_and_numbers() -> None:
    assert surface("Two found", TEXT, date(2031, 1, 22)) == Surface(
        names=("kelda varn", "eastmarch", "osk", "pavo lint", "port amelin", "tarrow lane"),
        places=("osk", "port amelin", "tarrow lane"),
        days=("2031-01-14", "2031-01-21"),
        numbers=("lead:2031-01-14", "lead:2031-01-21", "age:34", "age:17", "number:14", "block:900", "number:1250"),
    )


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Two people were killed and five hurt at 9:45 p.m. near the pier.", ["dead:2", "hurt:5", "clock:2145"]),
        ("The blast, killing 14, wounded at least 3.", ["dead:14", "hurt:3"]),
        ("Twelve clerks struck at noon.", []),
        ("It began on 3 March 2030 at 12 am.", ["clock:0000", "lead:2030-03-03"]),
    ],
)
def test_a_lead_gives_away_tolls_hours_and_days(lead: str, told: list[str]) -> None:
    assert circumstances(lead, None) == told


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("on 3 March 2030", "2030-03-03"),
        ("on March 3rd, 2030", "2030-03-03"),
        ("on 2030-03-03", "2030-03-03"),
        ("on Dec. 30", "2030-12-30"),
        ("on Wednesday", "2031-01-01"),
    ],
)
def test_days_are_resolved_against_publication(written: str, day: str) -> None:
    assert surface("", f"It happened {written} at noon.", date(2031, 1, 2)).days == (day,)


def test_a_weekday_without_publication_is_no_day() -> None:
    assert surface("", "It happened on Wednesday.", None).days == ()


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("cities", "city"), ("houses", "house"), ("glass", "glass"), ("varn's", "varn"), ("bus", "bus")],
)
def test_stems(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_folding_keeps_words_comparable() -> None:
    assert fold("  Café “ÉLAN”—North ") == 'cafe "elan"-north'
    assert words_of("The Mayor’s cafés") == ["the", "mayor", "cafe"]


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert weight("the") < weight("police") < weight("tannery") <= weight("brennock")


def test_two_accounts_share_keys_and_rare_ones_count_more() -> None:
    left = digested(TEXT, title="Two found at bridge", day="2031-01-22")
    right = digested("The search for Kelda Varn and Pavo Lint ended in Port Amelin.", title="Search ends")
    shared = set(left.keys) & set(right.keys)
    assert {"n:kelda varn", "n:pavo lint"} <= shared
    assert key_weight("n:kelda varn") > key_weight("e:CONSULT:kelda varn")


def test_a_digest_is_the_same_twice_and_bounded() -> None:
    long = "Kelda Varn met Pavo Lint in Port Amelin on 3 March 2030 with 12 guards. " * 4000
    first, second = digested(long), digested(long)
    assert first == second
    assert len(first.terms) <= 250
    assert len(first.paragraphs) <= 200
    assert len(first.keys) < 150


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600), st.text(max_size=60))
def test_any_text_has_a_digest(text: str, title: str) -> None:
    found = digested(text, title=title)
    assert abs(sum(value * value for _, value in found.terms) - 1.0) < 0.01 or not found.terms
