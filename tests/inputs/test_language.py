"""Which language a text is in, by its words: also a headline or a line of a message."""

from __future__ import annotations

import pytest

from onrecord.inputs.language import detect

ENGLISH = """
The ferry to Norrhaven sails again from Friday, the port said on Monday.
I don't know.
Banks remained closed.
Ferry crews walk out
Ministers reportedly split over harbour
So what happened?
"""
OTHERS = """
Die Fähre nach Norrhaven fährt ab Freitag wieder, teilte der Hafen am Montag mit. | de
De minister is afgetreden. | und
Ich weiß nicht. | und
El ministro renunció el lunes. | und
Saya tidak tahu. | und
Waziri alijiuzulu Jumatatu. | und
Gempa di Lombok | und
Erdbeben in Chile | und
Bakan istifa etti. | und
12 + 30 = 42 | und
"""


@pytest.mark.parametrize("text", ENGLISH.strip().splitlines())
def test_english_is_told_from_few_words(text):
    assert detect(text) == "en"


@pytest.mark.parametrize("row", OTHERS.strip().splitlines())
def test_other_languages_are_not_taken_for_english(row):
    text, language = (cell.strip() for cell in row.split(" | "))
    assert detect(text) == language
