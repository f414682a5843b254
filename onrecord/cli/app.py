"""The commands, put together. Errors become one clear line and an exit status."""

from __future__ import annotations

import click

from onrecord.cli import asking, correcting, exporting, keeping, listing, papers, reading
from onrecord.cli.output import say
from onrecord.cli.words import WARNING
from onrecord.errors import OnRecordError, OptionError

EPILOG = "Start with: onrecord read FOLDER, then: onrecord stories, then: onrecord story ID"


@click.group(
    name="onrecord",
    epilog=EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def app() -> None:
    """Reads news reports and keeps the record: what happened, who says so, and what is still not confirmed."""


for module in (reading, listing, asking, papers, exporting, correcting, keeping):
    module.register(app)


def run(arguments: list[str]) -> int:
    """Runs a command and returns its exit status."""
    try:
        status = app.main(arguments, prog_name="onrecord", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted", style="bold")
        return 130
    except OptionError as error:
        say(str(error), style=f"bold {WARNING}")
        return 2
    except OnRecordError as error:
        say(str(error), style=f"bold {WARNING}")
        return 1
    return status if isinstance(status, int) else 0
