"""To be written: claims."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


CLAIMS = step("claims", needs=["sentences"], adds=["claims"], run=_run)
