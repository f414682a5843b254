from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_readings import series

from onrecord.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.ledger"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Twelve reports."""
    ledger.append(list(series(0, 12)))
    return ledger
