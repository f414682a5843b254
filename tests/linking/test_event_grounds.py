"""Careful merging: what two mentions of two reports must have in common before they are *same*; invented reports."""

from __future__ import annotations

import pytest

from onrecord.linking import digest, link
from onrecord.model import Digest, Judgement, JudgementKind, Verdict

from .builders import MACHINE, MADE, event, reading, report

# A report opens with its news: the mentions looked at stand far below it.
OPENING = (
    "The ferry Osprey sank off Port Amelin on Tuesday. Rescuers saved ninety people. Divers searched the hull. "
    "The coast guard closed the strait. Owners mourned the crew. Insurers counted the loss. "
)
NEWS = (
    ("sank", "sink"), ("saved", "save"), ("searched", "search"), ("closed", "close"), ("mourned", "mourn"),
    ("counted", "count"),
)  # fmt: skip


def told(rest: str, anchor: str, lemma: str, outlet: str, **more: object) -> tuple[str, Digest]:
    """A report on the ferry that ends in ``rest``, and the id of its last event."""
    text = OPENING + rest
    news = [event(text, f"v{n}", words, word) for n, (words, word) in enumerate(NEWS, start=1)]
    others = more.pop("others", ())
    assert isinstance(others, tuple)
    siblings = [event(text, f"v{8 + n}", *made[:2], **made[2]) for n, made in enumerate(others)]
    last = event(text, "v7", anchor, lemma, **more)  # type: ignore[arg-type]
    source = report(text, title="Ferry Osprey sinks off Port Amelin", day="2031-05-06", outlet=outlet)
    return f"{source.id}.v7", digest(reading(source, *news, last, *siblings))


def judged(left: tuple[str, Digest], right: tuple[str, Digest]) -> Judgement | None:
    pair = {left[0], right[0]}
    found = link(left[1], [right[1]], MACHINE, MADE)
    return next((j for j in found if j.kind is JudgementKind.EVENT and {j.left, j.right} == pair), None)


def reasons(found: Judgement) -> list[str]:
    return [reason.words for reason in found.reasons]


@pytest.mark.parametrize("kind", [None, "MOVE"])
@pytest.mark.parametrize(("words", "lemma"), [("described", "describe"), ("carried", "carry"), ("praised", "praise")])
def test_the_word_alone_does_not_make_one_happening_of_two(words: str, lemma: str, kind: str | None) -> None:
    left = told(f"A clerk {words} the timetable of the winter season.", words, lemma, "Vale Courier", kind=kind)
    right = told(f"One diver {words} a rope in the water.", words, lemma, "Port Mirror", kind=kind)
    found = judged(left, right)
    assert found is not None
    assert found.verdict is Verdict.UNSURE
    assert "little but the word in common" in reasons(found)


def test_a_shared_account_is_one_happening_whatever_the_word() -> None:
    sentence = "Harbour master Ilse Tarrow handed the captain's logbook to the inspectors."
    left = told(sentence, "handed", "hand", "Vale Courier", actors=("Ilse Tarrow",))
    right = told(
        "Ilse Tarrow, the harbour master, handed inspectors the captain's logbook.",
        "handed", "hand", "Port Mirror", actors=("Ilse Tarrow",),
    )  # fmt: skip
    found = judged(left, right)
    assert found is not None
    assert found.verdict is Verdict.SAME


def test_of_several_attacks_nothing_tells_which_is_meant() -> None:
    first, second = "Gunmen attacked the mill in Sallow.", "Raiders attacked a bridge near Eastmarch."
    left = told(
        f"{first} {second}", "attacked", "attack", "Vale Courier", kind="ASSAULT", actors=("Gunmen",),
        others=(("attacked a", "attack", {"kind": "ASSAULT", "actors": ("Raiders",)}),),
    )  # fmt: skip
    right = told("Officials said the mill was attacked.", "attacked", "attack", "Port Mirror", kind="ASSAULT")
    found = judged(left, right)
    assert found is not None
    assert found.verdict is Verdict.UNSURE
    assert "several of the kind are told, and nothing tells which is meant" in reasons(found)


def test_who_did_it_tells_which_of_several_is_meant() -> None:
    left = told(
        "The Marden brigade attacked the tannery of Sallow. The Pell brigade attacked the ropery of Eastmarch.",
        "attacked", "attack", "Vale Courier", kind="ASSAULT", actors=("The Marden brigade",),
        others=(("attacked the ropery", "attack", {"kind": "ASSAULT", "actors": ("The Pell brigade",)}),),
    )  # fmt: skip
    right = told(
        "The tannery of Sallow was attacked by The Marden brigade.", "attacked", "attack", "Port Mirror",
        kind="ASSAULT", actors=("The Marden brigade",),
    )  # fmt: skip
    found = judged(left, right)
    assert found is not None
    assert found.verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("words", "actors", "verdict"),
    [
        ("Porters unloaded a van of apples.", ("Porters",), Verdict.UNSURE),
        ("The Vellin stevedores unloaded the barge Heron.", ("The Vellin stevedores",), Verdict.SAME),
    ],
)
def test_what_took_place_and_what_did_not_are_one_only_if_something_ties_them(words, actors, verdict) -> None:  # type: ignore[no-untyped-def]
    left = told(words, "unloaded", "unload", "Vale Courier", kind="AID", actors=actors)
    right = told(
        "The Vellin stevedores did not unload the barge Heron.", "unload", "unload", "Port Mirror", kind="AID",
        actors=("The Vellin stevedores",), status="did_not_happen",
    )  # fmt: skip
    found = judged(left, right)
    assert found is not None
    assert found.verdict is verdict


@pytest.mark.parametrize(("spared", "verdict"), [("No one", Verdict.SAME), ("Ana Tarr", Verdict.UNSURE)])
def test_who_says_that_nobody_was_hurt_speaks_of_those_who_were(spared: str, verdict: Verdict) -> None:
    left = told(
        "Two sailors were injured on the quay.", "injured", "injure", "Vale Courier", kind="INJURY",
        recipients=("Two sailors",),
    )  # fmt: skip
    right = told(
        f"{spared} was injured, said the owners.", "injured", "injure", "Port Mirror", kind="INJURY",
        recipients=(spared,), status="did_not_happen",
    )  # fmt: skip
    found = judged(left, right)
    assert found is not None
    assert found.verdict is verdict


def test_one_sentence_that_tells_both_tells_of_two() -> None:
    text = "The guilds have agreed on tolls; the guilds have not agreed on berths."
    first = event(text, "v1", "agreed", "agree", kind="AGREE", actors=("The guilds",))
    second = event(
        text, "v2", "agreed on berths", "agree", kind="AGREE", actors=("the guilds",), status="did_not_happen"
    )
    source = report(text, title="Guilds agree", day="2031-05-06", outlet="Vale Courier")
    found = link(digest(reading(source, first, second)), [], MACHINE, MADE)
    assert not [j for j in found if j.kind is JudgementKind.EVENT and j.verdict is Verdict.SAME]
