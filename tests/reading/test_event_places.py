"""Where an event is: what a place must hang by to be told of it."""

from __future__ import annotations

import pytest
from event_pages import pipeline

from onrecord.model import EventMention, PlaceMention, Report
from onrecord.reading.entities import ENTITIES
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.sentences import SENTENCES


def events(text: str, *places: tuple[str, str]) -> list[EventMention]:
    """The events of a text whose places (words, kind) are given; their ids are those words."""
    page = Page(Report("r", "a", text), pipeline()(text))
    SENTENCES.run(page)
    ENTITIES.run(page)
    for words, kind in places:
        start = text.index(words)
        page.places.append(PlaceMention(words, start, start + len(words), words, words, kind=kind, use="location"))
    EVENTS.run(page)
    return page.events


def place_of(text: str, anchor: str, *places: tuple[str, str]) -> str | None:
    return next(e for e in events(text, *places) if e.anchor.text == anchor).place


NAIROBI, LYON = ("Nairobi", "city"), ("Lyon", "city")
KENYA, PERU = ("Kenya", "country"), ("Peru", "country")


@pytest.mark.parametrize(
    ("text", "anchor", "place", "there"),
    [
        ("A bomb exploded outside Nairobi.", "exploded", NAIROBI, True),
        ("The army shelled Nairobi, killing nine people.", "killing", NAIROBI, True),
        ("She will visit Nairobi to meet the king.", "meet", NAIROBI, True),
        ("She will travel to Nairobi to hold talks with the union.", "talks", NAIROBI, True),
        ("She died at a hospital in Nairobi.", "died", NAIROBI, True),
        ("Rebels attacked a hotel in the city of Nairobi.", "attacked", NAIROBI, True),
        ("The army shelled Nairobi on Monday.", "shelled", NAIROBI, True),
        ("The bombing of Nairobi went on.", "bombing", NAIROBI, True),
        ("The queen will visit Nairobi.", "visit", NAIROBI, True),
        ("The marathon began in Nairobi on Sunday.", "marathon", NAIROBI, True),
        ("The Nairobi attack killed nine people.", "attack", NAIROBI, True),
        ("Kenya's election was peaceful.", "election", KENYA, True),
        ("A mudslide hit Nairobi on Tuesday.", "mudslide", NAIROBI, True),
        ("A bomb that exploded in Nairobi killed five people.", "killed", NAIROBI, True),
        ("In Nairobi, police shot dead two men.", "shot", NAIROBI, True),
        ("Protesters marched in Nairobi, burning cars.", "burning", NAIROBI, True),
        # a possessor, a flag, whose doing it is
        ("A Peru-flagged tanker was seized on Monday.", "seized", PERU, False),
        ("Peru aircraft carried out strikes.", "strikes", PERU, False),
        ("A Peru law firm was raided on Monday.", "raided", PERU, False),
        ("The president of Peru attacked the rebels.", "attacked", PERU, False),
        ("Peru's leaders condemned the raid.", "raid", PERU, False),
        # what is meant, aimed at or gone to by something else
        ("The jet crashed on a flight to Nairobi.", "crashed", NAIROBI, False),
        ("The ministers adopted sanctions on Peru.", "sanctions", PERU, False),
        ("The envoy urged Peru to attack.", "urged", PERU, False),
        ("The firm sold oil to Peru.", "sold", PERU, False),
        # what is only spoken of there
        ("The attack came in retaliation for strikes in Nairobi.", "attack", NAIROBI, False),
        ("In Nairobi, there was no reaction to the attack.", "attack", NAIROBI, False),
        ("Lund said from Nairobi that the raid had failed.", "raid", NAIROBI, False),
        ("A court in Nairobi said that rebels attacked a convoy.", "attacked", NAIROBI, False),
    ],
)
def test_a_place_hangs_by_the_event(text: str, anchor: str, place: tuple[str, str], there: bool) -> None:
    assert place_of(text, anchor, place) == (place[0] if there else None)


def test_each_event_has_the_place_that_hangs_by_it() -> None:
    text = "Three people were arrested in Nairobi after a raid in Lyon."
    assert place_of(text, "arrested", NAIROBI, LYON) == "Nairobi"
    assert place_of(text, "raid", NAIROBI, LYON) == "Lyon"


def test_where_something_started_from_is_not_where_it_ended() -> None:
    text = "A plane carrying ten people from Lyon crashed near Nairobi."
    assert place_of(text, "crashed", LYON, NAIROBI) == "Nairobi"


def test_what_one_talks_about_is_not_where_one_talks() -> None:
    text = "The ministers met in Nairobi to discuss sanctions on Peru."
    assert place_of(text, "met", NAIROBI, PERU) == "Nairobi"
    assert place_of(text, "sanctions", NAIROBI, PERU) is None
