"""The record of what is new, after a reading: the stories that the new reports belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.output import one_line, shorten
from onrecord.cli.story_view import DIM, Shown, print_story

if TYPE_CHECKING:
    from onrecord.ask import Asker

IN_FULL = 3  # stories shown with their events
IN_LIST = 15


def print_new(asker: Asker, reports: Sequence[str], console: Console) -> None:
    """The stories with most of the new reports, and a list of the others."""
    touched = Counter(asker.stories_of(reports).values())
    if not touched:
        return
    ranked = [story for story, _ in sorted(touched.items(), key=lambda item: (-item[1], item[0]))]
    for story in ranked[:IN_FULL]:
        print_story(asker.story(story), console, Shown(events=4, claims=4, quotation=160, brief=True))
    rows = asker.story_rows_of(ranked[IN_FULL : IN_FULL + IN_LIST])
    if rows:
        console.print(Text("OTHER STORIES", style="bold"))
    for row in rows:
        line = Text(f"  {row.id[:9]}  ", style=DIM)
        line.append(shorten(one_line(row.title), 90), style="not dim default")
        line.append(f"  {words.days(row.earliest, row.latest)}, {words.count(row.reports, 'report')}")
        console.print(line)
    rest = len(ranked) - IN_FULL - len(rows)
    if rest > 0:
        console.print(Text(f"  … {words.count(rest, 'more story', 'more stories')}", style=DIM))
    console.print(Text("\nonrecord stories · onrecord story ID · onrecord why EVENT · onrecord report ID", style=DIM))
