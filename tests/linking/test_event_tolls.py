"""The dead of one happening are one toll, whoever tells them and in whatever figure; invented reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.linking import digest, link
from onrecord.linking.event_tolls import causes_of, told_of_two, tolls
from onrecord.linking.event_views import views
from onrecord.model import Digest, EventDigest, JudgementKind, Quantity, Verdict

from .builders import MACHINE, MADE, event, moment, reading, report


def flood(place: str, *dead: tuple[str, int], outlet: str, day: str = "2031-05-01") -> Digest:
    """A report of a flood in a place, with sentences that tell so many dead."""
    text = f"A flood struck {place} on 1 May. " + " ".join(sentence for sentence, _ in dead)
    source = report(text, title=f"Flood strikes {place}", day="2031-05-02", outlet=outlet)
    told = [event(text, "v1", "flood", "flood", kind="DISASTER", mode="flood", actors=())]
    for number, (sentence, _) in enumerate(dead, start=2):
        word = "drowned" if "drowned" in sentence else "dead"
        made = event(text[: text.index(sentence)] + sentence, f"v{number}", sentence, word, kind="DEATH")
        told.append(replace(made, anchor=replace(made.anchor, text=word)))
    found = digest(reading(source, *told))
    counts = [None, *(n for _, n in dead)]
    return replace(found, events=tuple(_known(e, place, day, n) for e, n in zip(found.events, counts, strict=True)))


def _known(found: EventDigest, place: str, day: str, dead: int | None) -> EventDigest:
    if dead is not None:
        return replace(found, quantities=(Quantity(0, 1, str(dead), "dead", dead, dead),))
    return replace(found, earliest=moment(day), latest=moment(day), time_mark="syntax", place=place.casefold())


def verdict(left: Digest, right: Digest) -> Verdict | None:
    pair = {f"{left.report}.v2", f"{right.report}.v2"}
    found = link(left, [right], MACHINE, MADE)
    return next((j.verdict for j in found if j.kind is JudgementKind.EVENT and {j.left, j.right} == pair), None)


WARDEN = ("The warden said that six shepherds had drowned.", 6)
SAILOR = ("A sailor said that seven shepherds had drowned.", 7)
MILLER = ("Olla Fenn, who owns the mill, counted nineteen dead.", 19)


def test_two_figures_of_the_dead_of_one_flood_are_one_toll() -> None:
    left, right = flood("Kelmar", WARDEN, outlet="Vale Courier"), flood("Kelmar", MILLER, outlet="Port Mirror")
    assert verdict(left, right) is Verdict.SAME


@pytest.mark.parametrize(
    "other",
    [
        flood("Brask", MILLER, outlet="Port Mirror"),
        flood("Kelmar", MILLER, outlet="Port Mirror", day="2030-05-01"),
        flood("Kelmar", MILLER, ("In the spring eleven were dead.", 11), outlet="Port Mirror"),
    ],
    ids=["another town", "another year", "two tolls in one report"],
)
def test_what_may_be_another_toll_is_not_made_one(other: Digest) -> None:
    assert verdict(flood("Kelmar", WARDEN, outlet="Vale Courier"), other) is not Verdict.SAME


def test_tolls_of_two_happenings_are_two() -> None:
    left, right = flood("Kelmar", WARDEN, outlet="Vale Courier"), flood("Brask", SAILOR, outlet="Port Mirror")
    found = link(left, [right], MACHINE, MADE)
    assert verdict(left, right) is not Verdict.SAME
    assert verdict(left, flood("Kelmar", SAILOR, outlet="Port Mirror")) is Verdict.SAME
    assert all(j.verdict is not Verdict.SAME for j in found if j.kind is JudgementKind.EVENT)


def test_how_many_died_is_not_what_befell() -> None:
    flooded, toll = views(flood("Kelmar", WARDEN, outlet="Vale Courier"))
    assert told_of_two(flooded, toll)
    assert not told_of_two(toll, toll)


def test_a_toll_is_of_what_was_told_last_before_it() -> None:
    found = views(flood("Kelmar", WARDEN, outlet="Vale Courier"))
    (toll,) = tolls(found)
    assert [cause.word for cause in causes_of(toll, found)] == ["flood"]
