"""The record of what is new, after a reading: the stories that the new reports belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import ID, beside, dim, indented
from onrecord.cli.output import one_line, shorten
from onrecord.cli.story_view import BRIEF, print_story

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
        print_story(asker.story(story), console, BRIEF)
    rows = asker.story_rows_of(ranked[IN_FULL : IN_FULL + IN_LIST])
    if rows:
        console.print(Text("OTHER STORIES", style="bold"))
    for row in rows:
        console.print(indented(beside(Text(shorten(one_line(row.title), 90)), row.id[:ID])))
        console.print(indented(dim(f"{words.days(row.earliest, row.latest)} · {words.count(row.reports, 'report')}")))
    rest = len(ranked) - IN_FULL - len(rows)
    if rest > 0:
        console.print(indented(dim(f"… {words.count(rest, 'more story', 'more stories')}: onrecord stories --all")))
    console.print()
    console.print(dim("onrecord stories · onrecord story ID · onrecord why EVENT · onrecord report ID"))
