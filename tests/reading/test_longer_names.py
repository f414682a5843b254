"""Parts of longer names and common nouns are no places; the names that they are parts of may be."""

from __future__ import annotations

import pytest
from test_places import named, read

from onrecord.reading.longer_names import generic


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Delta Air Lines flight returned to Detroit.", "Delta"),
        ("A small bird flew into a Delta flight.", "Delta"),
        ("The Falcon Heavy rocket rose on Tuesday.", "Falcon"),
        ("The report was paid for by Common Sense Media, a charity.", "Common"),
        ("The president spoke in the White House Rose Garden.", "White House"),
        ("The Highway Patrol closed the road near the river.", "Patrol"),
        ("He was taken to the County jail.", "County"),
        ("The Bulls lead the East and the Hawks lead the West.", "East"),
        ("The Bulls lead the East and the Hawks lead the West.", "West"),
        ("The rover landed on Mars in May.", "Mars"),
        ("The plane crashed in Punta Velmora on Sunday.", "Punta"),
        ("The tanker was seized in the Gulf of Oman.", "Gulf"),
        ("Homes were razed in the West Bank.", "West"),
        ("People in Athens County voted.", "People in Athens County"),
    ],
)
def test_a_part_is_no_place(text: str, words: str) -> None:
    assert words not in [p.text for p in read(text)]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Homes were razed in the West Bank.", "West Bank", "West Bank"),
        ("A bomb went off in Mazar-e-Sharif on Monday.", "Mazar-e-Sharif", "Mazār-e Sharīf"),
        ("The march in North Charleston ended at noon.", "North Charleston", "North Charleston"),
        ("Oil was found in the Gulf of Mexico.", "Gulf of Mexico", "Gulf of Mexico"),
        ("People in Athens County voted.", "Athens County", "Athens County"),
        ("The fair in Takoma Park ended at noon.", "Takoma Park", "Takoma Park"),
        ("Lind studied at the University of Colorado.", "Colorado", "Colorado"),
        ("The storm hit the Chicago Police Department.", "Chicago", "Chicago"),
        ("Nine people in downtown Chicago were hurt.", "Chicago", "Chicago"),
    ],
)
def test_the_whole_or_a_part_that_stands_by_itself_is_one(text: str, words: str, name: str) -> None:
    place = named(read(text), words)
    assert (place.name, place.geonames is not None or place.lat is not None) == (name, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tanker was seized in the Gulf of Velmark.", "Gulf of Velmark"),
        ("Boats sank on Lake Velmora in the storm.", "Lake Velmora"),
    ],
)
def test_a_name_the_gazetteer_lacks_has_no_namesakes_point(text: str, words: str) -> None:
    place = named(read(text), words)
    assert (place.geonames, place.lat, place.kind) == (None, None, "place")


def test_what_a_report_tells_by_itself_stands_in_a_longer_name_too() -> None:
    text = "The mayor of Kisumu spoke. Nine people in Kisumu were hurt. The Kisumu Queens choir sang."
    assert [p.text for p in read(text)].count("Kisumu") == 3


@pytest.mark.parametrize(
    ("word", "is_generic"), [("County", True), ("Gulf", True), ("Mars", True), ("Kenya", False), ("Kisumu", False)]
)
def test_generic(word: str, is_generic: bool) -> None:
    assert generic(word) is is_generic
