"""Commands that write something to keep: a page of a story or report."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import as_of_option, asking, ledger_option, moment
from onrecord.cli.output import say


@click.command()
@click.argument("thing", metavar="ID")
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file to write.")
@click.option("--texts", is_flag=True, help="Of a story: also the marked text of every report. Mind whose it is.")
@ledger_option
@as_of_option
def page(thing: str, path: Path, texts: bool, ledger: Path | None, as_of: str | None) -> None:
    """Write one page of a story or a report, to mail or to keep: HTML in one file that asks nothing of any server.

    \b
    Examples:
      onrecord page s4kq --to visit.html
      onrecord page r2mb --to report.html
    """
    from onrecord.ask import write_atomically
    from onrecord.cli.page import report_page, story_page
    from onrecord.model import now

    asker, at = asking(ledger, as_of), moment(as_of, "--as-of", end=True)
    full = asker.ledger.resolve(thing, ("story", "report"))
    if asker.ledger.members(full):
        story = asker.story(full)
        read = [asker.reading(head.id) for head in story.reports] if texts else []
        html = story_page(story, asker.compare(full), now(), as_of=at, texts=read)
    else:
        html = report_page(asker.report(full), now(), as_of=at)
    write_atomically(path, [html.encode()])
    say(f"{path}: {len(html.encode()):,} bytes")


def register(app: click.Group) -> None:
    app.add_command(page)
