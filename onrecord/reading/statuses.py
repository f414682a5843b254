"""To be written: statuses."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


STATUSES = step("statuses", needs=["sentences"], adds=["status"], run=_run)
