"""To be written: times."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


TIMES = step("times", needs=["sentences"], adds=["times"], run=_run)
