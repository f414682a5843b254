"""To be written: entities."""

from __future__ import annotations

from onrecord.reading.page import Page, step


def _run(page: Page) -> None:
    del page


ENTITIES = step("entities", needs=["sentences"], adds=["entities", "mentions"], run=_run)
