"""To be written: places."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


PLACES = step("places", needs=["sentences"], adds=["places"], run=_run)
