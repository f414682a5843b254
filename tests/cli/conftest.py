"""Running commands as a user types them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.cli import main


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process; gives status, output and errors. The console is made anew for each."""
    from onrecord.cli.output import console

    def go(*arguments: str) -> tuple[int, str, str]:
        console.cache_clear()
        status = main(list(arguments))
        console.cache_clear()
        done = capsys.readouterr()
        return status, done.out, done.err

    return go
