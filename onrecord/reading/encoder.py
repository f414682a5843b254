"""Placeholder head of the encoder's module: replaced by the encoder itself."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.page import Page, step

WEIGHTS_VERSION = "none"


@dataclass
class Scores:
    """What the encoder says of one report."""


def _run(page: Page) -> None:
    page.scores = None


ENCODER = step("encoder", needs=["sentences"], adds=["scores"], run=_run)
