"""To be written: events."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


EVENTS = step("events", needs=["sentences"], adds=["events"], run=_run)
