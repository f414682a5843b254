"""Digests: what the surface of a text gives away, and keys that likely pairs share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.digests import key_weight, sought
from onrecord.linking.surface import Surface, circumstances, surface
from onrecord.linking.words import fold, stem, weight, words_of
from onrecord.model import Digest

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


def looked_for(left: Digest, right: Digest, *others: Digest) -> set[str]:
    """The keys of the right report by which the left one finds it."""
    days = [d.earliest for d in (left, right, *others) if d.earliest]
    asked = sought(left, min(days, default=None), max(days, default=None), any(not d.earliest for d in (left, right)))
    assert len(asked) == len(set(asked))
    return set(asked) & set(right.keys)


def test_names_find_a_report_at_any_time_and_words_in_the_months_around_it() -> None:
    title = "Two found at bridge in Brennock"
    today = digested(TEXT, title=title, day="2031-01-22")
    soon, late = digested(TEXT, title=title, day="2031-04-20"), digested(TEXT, title=title, day="2032-01-22")
    for one, other in ((today, soon), (soon, today), (late, late)):
        found = looked_for(one, other, late)
        assert {key for key in found if key[0] != "d"} == {key for key in other.keys if key[0] != "d"}
    for one, other in ((today, late), (late, today)):
        found = looked_for(one, other)
        assert {"n:kelda varn", "n:pavo lint"} <= found and {key[0] for key in found} <= set("nhd")


def test_a_report_without_a_date_is_found_by_and_finds_those_of_any_date() -> None:
    undated = digested(TEXT)
    for day in ("2031-01-22", "2033-06-01"):
        dated = digested(TEXT, day=day)
        for one, other in ((undated, dated), (dated, undated)):
            assert {key.partition("@")[0] for key in looked_for(one, other) if key[0] in "cpt"} == {
                key.partition("@")[0] for key in other.keys if key[0] in "cpt"
            }
    assert looked_for(undated, undated) == set(undated.keys)


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
