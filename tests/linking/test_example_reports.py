"""The invented example reports, linked end to end: which are one story, and what an office confirms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.ask import Asker
from onrecord.ledger import Ledger
from onrecord.model import EventRecord, Standing
from onrecord.pipeline import open_ledger


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Iterator[Ledger]:
    with open_ledger(examples_ledger) as opened:
        yield opened


def stories(ledger: Ledger) -> dict[str, set[str]]:
    """The addresses of each story's reports, by the story's id."""
    asker = Asker(ledger)
    found: dict[str, set[str]] = {}
    for story in asker.stories():
        heads = asker.story(story.id).reports
        found[story.id] = {head.address.rsplit("/", 1)[-1] for head in heads}
    return found


def of_leak(ledger: Ledger) -> list[EventRecord]:
    (story,) = [key for key, reports in stories(ledger).items() if "2026-03-02-marden-visit-leak.txt" in reports]
    return list(Asker(ledger).story(story).events)


def test_visit_strike_and_fires_are_four_stories(ledger: Ledger) -> None:
    groups = sorted(stories(ledger).values(), key=len)
    assert [len(group) for group in groups] == [1, 6, 9, 11]
    assert groups[0] == {"2025-03-09-port-fire-last-year.txt"}
    assert all("strike" in name or name in {"0312", "0316"} for name in groups[1])


def test_the_leaked_meeting_is_the_one_that_the_office_confirms(ledger: Ledger) -> None:
    meetings = [
        event
        for event in of_leak(ledger)
        if {"2026-03-02-marden-visit-leak.txt", "2026-03-05-office-confirms.txt"}
        <= {t.report.address.rsplit("/", 1)[-1] for t in event.testimonies if t.mention.lemma == "meet"}
    ]
    assert len(meetings) == 1
    (event,) = meetings
    holders = {t.claim.holder.name for t in event.testimonies}
    assert {"The officials", "the prime minister's office"} <= holders
    assert Standing.CONFIRMED in {step.standing for step in event.history}
    assert event.history[0].standing in (Standing.RUMOURED, Standing.REPORTED)
