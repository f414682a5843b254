"""The worlds that linking's cost is measured on: other names, later dates, spans that hold."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linking_speed import multiplied, names_of, otherwise, years_later
from onrecord.model import EntityType, EventMention, Mention, Reading, TextSpan
from tests.linking.builders import report

TEXT = "Ona Lisk of Tarnford resigned on Monday. Lisk spoke in Tarnford."


def reading() -> Reading:
    spans = [(0, 8, "Ona Lisk"), (12, 20, "Tarnford"), (41, 45, "Lisk"), (55, 63, "Tarnford")]
    mentions = tuple(Mention(a, b, text, EntityType.PERSON, "n1") for a, b, text in spans)
    events = (EventMention("v1", TextSpan(21, 29, "resigned"), 0, "resign"),)
    return Reading(report(TEXT, day="2031-03-03", outlet="Quellport Ledger"), "test", mentions=mentions, events=events)


@given(st.text(alphabet=st.characters(min_codepoint=65, max_codepoint=122), max_size=12), st.integers(1, 2000))
def test_another_word_is_as_long(word: str, number: int) -> None:
    assert len(otherwise(word, number)) == len(word)


def test_worlds_share_no_more_names_than_chance_has_it() -> None:
    words = ("Tarnford", "Kelmar", "Ostavia", "Quellport", "Brandel", "Ulla")
    made = Counter(otherwise(word, number) for word in words[:-1] for number in range(1, 834))
    assert sum(1 for uses in made.values() if uses > 1) <= 5  # of 4,165
    assert len({otherwise("Ulla", number) for number in range(1, 834)}) > 600  # four letters have but 5,776 others
    assert all(
        a != b for word in words for number in (1, 7, 95) for a, b in zip(word, otherwise(word, number), strict=True)
    )


def test_a_dateline_in_capitals_is_another_too() -> None:
    _, other = itertools.islice(multiplied([replace(reading(), report=report(f"TARNFORD, March 3 - {TEXT}"))]), 2)
    town = other.report.text.partition(",")[0]
    assert town != "TARNFORD" and town.isupper() and town.title() in other.report.text


def test_copies_of_the_world_share_no_name_and_keep_their_spans() -> None:
    first, second, third = itertools.islice(multiplied([reading()]), 3)
    assert first.report.text == TEXT
    for other, number in ((second, 1), (third, 2)):
        text = other.report.text
        assert len(text) == len(TEXT) and "Tarnford" not in text and "Lisk" not in text and "resigned" in text
        assert all(text[m.start : m.end] == m.text for m in other.mentions)
        assert first.report.published is not None and other.report.published is not None
        assert other.report.published.earliest == years_later(first.report.published.earliest, number)
        assert other.report.published.earliest.year - first.report.published.earliest.year == number
    assert len({r.report.id for r in (first, second, third)}) == 3
    assert second.report.text != third.report.text


def test_a_leap_day_is_the_last_of_february_in_other_years() -> None:
    assert years_later(datetime(2032, 2, 29, tzinfo=UTC), 1) == datetime(2033, 2, 28, tzinfo=UTC)


def test_names_that_no_mention_has_are_others_too() -> None:
    text = "Kelmar Quist met Ulla Brandel in Ostavia. Later Kelmar Quist sailed from Ostavia to the Tarn islands."
    made = Reading(report(text, title="Sailors meet", day="2031-03-03", outlet="Quellport Ledger"), "test")
    assert {"Kelmar", "Quist", "Brandel", "Ostavia"} <= set(names_of([made]))
    _, other = itertools.islice(multiplied([made]), 2)
    assert "Ostavia" not in other.report.text and "islands" in other.report.text
