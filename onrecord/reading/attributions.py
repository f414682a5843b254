"""To be written: attributions."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


ATTRIBUTIONS = step("attributions", needs=["sentences"], adds=["attributions"], run=_run)
