"""Revisions of a report on the terminal: what each claims otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.cli import words
from onrecord.cli.layout import indented
from onrecord.cli.output import Format, console, emit, one_line, say, shorten
from onrecord.cli.words import DIM
from onrecord.model import Standing

if TYPE_CHECKING:
    from onrecord.ask import RevisionChange, RevisionStep
    from onrecord.model import ReportHead


_SERIOUS = ("denial_added", "denial_removed", "called_off", "status", "figure", "date", "place")


def kind_words(kind: str) -> str:
    return kind.replace("_", " ")


def emit_revisions(steps: Sequence[RevisionStep], form: Format) -> None:
    """For people a paragraph a revision; for programs a row a change."""
    if form is not Format.TABLE:
        emit([(s, c) for s in steps for c in s.changes], (), _row, form)
        return
    if not steps:
        say("there is only one revision of this report", style=DIM)
    for step in steps:
        _print_step(step)


def when(head: ReportHead) -> str:
    return words.stamp(head.updated or head.published)


def _print_step(step: RevisionStep) -> None:
    title = Text(f"{when(step.earlier)} → {when(step.later)}  ", style="bold")
    title.append(one_line(step.later.title or step.later.address), style="not bold")
    title.append(f"  {step.earlier.id[:9]} → {step.later.id[:9]}", style=f"not bold {DIM}")
    console().print(title)
    if not step.changes:
        console().print(Text("  the words changed, no claim did", style=DIM))
    for change in step.changes:
        line = Text(
            f"{kind_words(change.kind)}  ",
            style=words.STANDING_STYLE[Standing.DISPUTED] if change.kind in _SERIOUS else "bold",
        )
        line.append(one_line(change.words), style="not bold default")
        for label, span in (("before", change.earlier), ("now", change.later)):
            if span is not None and one_line(span.text)[:50] not in change.words:
                line.append(f"\n{label}: {words.quoted(shorten(span.text, 160))}", style=f"not bold {DIM}")
        console().print(indented(line))
    console().print()


def _row(item: tuple[RevisionStep, RevisionChange]) -> dict[str, Any]:
    step, change = item
    spans = {
        name: {"start": s.start, "end": s.end, "text": s.text} if s is not None else None
        for name, s in (("before", change.earlier), ("now", change.later))
    }
    return {
        "address": step.later.address,
        "earlier": step.earlier.id,
        "later": step.later.id,
        "kind": change.kind,
        "words": change.words,
        "mention": change.mention,
        **spans,
    }
