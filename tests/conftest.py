"""What many tests share: the example reports, read once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No time limits: machines are shared. CI tries the same examples each time; elsewhere each run tries new ones.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("shared"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "shared")

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="session")
def examples_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports. Not to be written to: use ``examples_copy`` for that."""
    from onrecord.ask import Asker
    from onrecord.pipeline import PipelineOptions, open_ledger, read

    path = tmp_path_factory.mktemp("examples") / "examples.ledger"
    with open_ledger(path, writing=True) as ledger:
        run = read([str(EXAMPLES)], ledger, PipelineOptions())
        assert not run.failures and len(run.new) == 27
        Asker(ledger).refresh()
    return path


@pytest.fixture
def examples_copy(examples_ledger: Path, tmp_path: Path) -> Path:
    """A copy of that ledger, to write to."""
    return Path(shutil.copy(examples_ledger, tmp_path / "copy.ledger"))
