"""Pronouns as sources, by the speaker before, the noun of a relative clause, or the one who is quoted."""

from __future__ import annotations

import pytest
from event_pages import attribution, page_of

from onrecord.model import Attribution, SourceKind, Stance
from onrecord.reading.page import Page
from onrecord.reading.sources import source_of
from onrecord.reading.speaker_before import with_speakers

SAID = Stance.ASSERTS


def spoken(text: str, *told: tuple[str, str, str]) -> tuple[Page, list[Attribution]]:
    """Attributions (source, cue, content) as coreference leaves them, then with their speakers."""
    page = page_of(text)
    made = []
    for number, (source, cue, content) in enumerate(told, 1):
        item = attribution(text, source, cue, content, SAID, id=f"a{number}")
        found = source_of(page, item.source, item.cue)
        left_open = source.casefold() in ("he", "she", "who", "i")
        made.append(
            attribution(
                text,
                source,
                cue,
                content,
                SAID,
                id=f"a{number}",
                source_kind=SourceKind.UNNAMED if left_open else found.kind,
                source_entity=None if left_open else found.entity,
                within="a1" if source == "I" else None,
            )
        )
    return page, list(with_speakers(page, made))


def names(page: Page, found: list[Attribution]) -> list[str | None]:
    entities = {e.id: e.name for e in page.entities}
    return [entities.get(a.source_entity or "") for a in found]


MARLOW = ("Kent Marlow", "said", "the mill would close")


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "Kent Marlow said the mill would close. The roof leaks. He said work will end in May.",
            (MARLOW, ("He", "said work", "work will end in May")),
            ["Kent Marlow", "Kent Marlow"],
        ),
        (
            "Kent Marlow said the mill would close. A neighbour told us of rats. He said work will end in May.",
            (MARLOW, ("A neighbour", "told", "of rats"), ("He", "said work", "work will end in May")),
            ["Kent Marlow", "neighbour", "neighbour"],
        ),
        (
            "Police questioned Kent Marlow, who admitted that he sold the boat.",
            (("who", "admitted", "he sold the boat"),),
            ["Kent Marlow"],
        ),
        (
            'Kent Marlow said: "It is old, but I hope the mill stays open."',
            (
                ("Kent Marlow", "said", "It is old, but I hope the mill stays open"),
                ("I", "hope", "the mill stays open"),
            ),
            ["Kent Marlow", "Kent Marlow"],
        ),
    ],
)
def test_whom_a_pronoun_stands_for(
    text: str, told: tuple[tuple[str, str, str], ...], expected: list[str | None]
) -> None:
    page, found = spoken(text, *told)
    assert names(page, found) == expected
    kinds = [a.source_kind for a in found]
    assert kinds == [SourceKind.NAMED if name == "Kent Marlow" else SourceKind.UNNAMED for name in expected]


def test_not_to_a_speaker_of_the_other_gender() -> None:
    text = "Ada Marlow said she would sell the mill. He said work will end in May."
    page, found = spoken(
        text, ("Ada Marlow", "said", "she would sell the mill"), ("He", "said work", "work will end in May")
    )
    assert names(page, found)[1] is None
