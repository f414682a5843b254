"""Commands that write something to keep: a page of a story or report, a drawing of its origins."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.options import as_of_option, asking, format_option, ledger_option, moment
from onrecord.cli.output import Format, console, emit, say

SHOWN = 20  # origins, unless all are asked for


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
    from onrecord.ask import compare, origin_trees, write_atomically
    from onrecord.cli.page import report_page, story_page
    from onrecord.model import now
    from onrecord.pipeline import outlet_key

    asker, at = asking(ledger, as_of), moment(as_of, "--as-of", end=True)
    full = asker.ledger.resolve(thing, ("story", "report"))
    if asker.ledger.members(full):
        story = asker.story(full)
        compared = compare(story.events, story.reports)
        read = [asker.reading(head.id) for head in story.reports] if texts else []
        html = story_page(story, compared, origin_trees(story.events, outlet_key), now(), as_of=at, texts=read)
    else:
        html = report_page(asker.report(full), now(), as_of=at, steps=asker.revisions(full))
    write_atomically(path, [html.encode()])
    say(f"{path}: {len(html.encode()):,} bytes")


@click.command()
@click.argument("story", metavar="ID")
@click.option("--to", "path", type=click.Path(path_type=Path), metavar="FILE.svg", help="Draw it into this file.")
@click.option("--all", "everything", is_flag=True, help="Every origin.")
@ledger_option
@format_option
@as_of_option
def origins(
    story: str, path: Path | None, everything: bool, ledger: Path | None, form: Format, as_of: str | None
) -> None:
    """Show who rests on whom in a story: each origin, and the outlets that carry its word, copies and citations folded.

    \b
    Which outlets belong to one house stands in a small table: onrecord/data/linking-outlets.tsv; your own lines go into
    ~/.config/onrecord/outlets.tsv or the file $ONRECORD_OUTLETS (then: onrecord rebuild).

    \b
    Examples:
      onrecord origins s4kq
      onrecord origins s4kq --to origins.svg
    """
    from onrecord.ask import origin_trees, tree_to_contract, write_atomically
    from onrecord.errors import OptionError
    from onrecord.pipeline import outlet_key

    told = asking(ledger, as_of).story(story)
    found, title = origin_trees(told.events, outlet_key), told.title
    if path is not None:
        from onrecord.cli.page import origins_drawing

        if path.suffix.lower() != ".svg":
            raise OptionError("--to", f"{path}: the drawing is SVG; name a file that ends in .svg")
        write_atomically(path, [origins_drawing(found, title).encode()])
        say(f"{path}: {len(found)} origins")
    elif form is Format.TABLE:
        from onrecord.cli.origins_view import print_origins

        print_origins(title, found, len(found) if everything else SHOWN, console())
    else:
        emit(found, (), tree_to_contract, form)


def register(app: click.Group) -> None:
    for command in (origins, page):
        app.add_command(command)
