"""Commands of analysts: corrections, their undoing, and the list of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import words
from onrecord.cli.options import asking, format_option, ledger_option, open_ledger
from onrecord.cli.output import Column, Format, emit, one_line, say, shorten
from onrecord.model import Status

if TYPE_CHECKING:
    from onrecord.ask import CorrectionRecord, Label
    from onrecord.pipeline import Corrected


def author_file() -> Path:
    """Where ``onrecord correct author`` keeps the name that corrections are signed with."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "onrecord" / "author"


def author_of(given: str | None) -> str:
    """Who corrects: ``--author``, else the environment's word, else the name kept.

    Raises:
        OptionError: if nobody is named.
    """
    from onrecord.errors import OptionError

    name = given or os.environ.get("ONRECORD_AUTHOR")
    if not name and author_file().is_file():
        name = author_file().read_text("utf-8").strip()
    if not name:
        raise OptionError(
            "--author", "a correction is signed: name yourself, set $ONRECORD_AUTHOR, or `onrecord correct author NAME`"
        )
    return name


def signed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every correction takes."""

    @click.option("--reason", "-r", required=True, metavar="WORDS", help="Why. It is kept and shown.")
    @click.option("--author", metavar="NAME", help="Who. Default: $ONRECORD_AUTHOR, else the name kept.")
    @ledger_option
    @wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        return function(*arguments, **options)

    return run


def _correct(
    action: str, names: tuple[str, ...], given: dict[str, Any], value: str | None = None, kind: str | None = None
) -> None:
    from onrecord.ask import Asker
    from onrecord.pipeline import correct as correct_in

    author = author_of(given["author"])
    with open_ledger(given["ledger"], writing=True) as ledger:
        made = correct_in(ledger, action, names, author=author, reason=given["reason"], value=value, kind=kind)
        Asker(ledger).refresh()
        _tell(made, Asker(ledger))


def _tell(made: Corrected, asker: Any) -> None:
    """What was done, and what the events or stories are called now."""
    from onrecord.errors import NotFoundError

    click.echo(f"{made.correction.id}  {made.correction.action} by {one_line(made.correction.author)}")
    for name in made.now[:8]:
        try:
            title = asker.story(name).title if name.startswith("s") else asker.event(name).title
        except NotFoundError:
            title = ""
        click.echo(f"  {name[:9]}  {shorten(title, 90)}".rstrip())
    if made.note:
        say(made.note, style=words.NOTICE)


@click.group()
def correct() -> None:
    """Correct the machine: kept with who, when and why; it stands above the machine's word, and binds later reports.

    \b
    Examples:
      onrecord correct merge e6li e7tr --reason "one meeting, told twice"
      onrecord correct split e6li r2mb.v4 --reason "last year's meeting"
      onrecord correct relabel e6li CONSULT --reason "they only talked"
      onrecord correct undo mku3 --reason "I was wrong"
    """


@correct.command()
@click.argument("things", nargs=-1, required=True, metavar="ID ID…")
@signed
def merge(things: tuple[str, ...], **given: Any) -> None:
    """Say that these events are one, or these stories, or stories and reports."""
    _correct("merge", things, given)


@correct.command()
@click.argument("whole", metavar="ID")
@click.argument("members", nargs=-1, required=True, metavar="MEMBER…")
@signed
def split(whole: str, members: tuple[str, ...], **given: Any) -> None:
    """Take members out of an event (mentions: r….v3) or of a story (reports); they become one of their own."""
    _correct("split", (whole, *members), given)


_kind = click.option(
    "--as",
    "kind",
    type=click.Choice(["story", "copy"]),
    help="What two reports have in common: the story, or the text. Default: story.",
)


@correct.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@_kind
@signed
def same(left: str, right: str, kind: str | None, **given: Any) -> None:
    """Say that two events, mentions, stories or reports are the same."""
    _correct("same", (left, right), given, kind=kind)


@correct.command()
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@_kind
@signed
def different(left: str, right: str, kind: str | None, **given: Any) -> None:
    """Say that two events, mentions, stories or reports are not the same: they are never joined again."""
    _correct("different", (left, right), given, kind=kind)


@correct.command()
@click.argument("event", metavar="ID")
@click.argument("value", metavar="TYPE")
@signed
def relabel(event: str, value: str, **given: Any) -> None:
    """Give an event, or a mention, another type: CONSULT, ASSAULT, ACCIDENT …"""
    _correct("relabel", (event,), given, value)


@correct.command()
@click.argument("event", metavar="ID")
@click.argument("value", metavar="STATUS", type=click.Choice([s.value for s in Status]))
@signed
def status(event: str, value: str, **given: Any) -> None:
    """Give an event another status; its standing stays what its claims make of it."""
    _correct("status", (event,), given, value)


@correct.command()
@click.argument("event", metavar="ID")
@click.argument("value", metavar="WORDS")
@signed
def title(event: str, value: str, **given: Any) -> None:
    """Give an event another title."""
    _correct("title", (event,), given, value)


@correct.command()
@click.argument("entity", metavar="ID")
@click.argument("value", metavar="NAME")
@signed
def entity(entity: str, value: str, **given: Any) -> None:
    """Give a name in a report (r….n2) its right form: the claims of its bearer follow, and so do their origins."""
    _correct("entity", (entity,), given, value)


@correct.command()
@click.argument("correction", metavar="ID")
@signed
def undo(correction: str, **given: Any) -> None:
    """Take a correction back; undo the undoing to bring it back. Both stay in the list."""
    _correct("undo", (correction,), given)


@correct.command()
@click.argument("name", required=False)
def author(name: str | None) -> None:
    """Keep the NAME that corrections are signed with; without one, show it."""
    from onrecord.errors import OutputError

    if name is None:
        click.echo(author_of(None))
        return
    path = author_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one_line(name) + "\n", "utf-8")
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
    say(f"{path}: {one_line(name)}")


@click.command()
@click.option("--in-force", is_flag=True, help="Only what nobody has undone.")
@click.option("--author", metavar="NAME", help="Only by this person.")
@ledger_option
@format_option
def corrections(in_force: bool, author: str | None, ledger: Path | None, form: Format) -> None:
    """List corrections: who, when, what, why, and what was undone. JSON is labelled data: words, spans, both reports.

    \b
    Examples:
      onrecord corrections
      onrecord corrections --in-force --format jsonl > labels.jsonl
    """
    from onrecord.ask import correction_to_contract

    found = (
        item
        for item in asking(ledger).corrections()
        if (not in_force or (item.in_force and item.correction.action != "undo"))
        and (author is None or author.casefold() in item.correction.author.casefold())
    )
    number = emit(found, COLUMNS, correction_to_contract, form)
    if not number and form is Format.TABLE:
        say("no corrections")


def about(item: CorrectionRecord) -> str:
    """What a correction is about, in the reports' words."""
    correction = item.correction
    if correction.action == "undo":
        return ", ".join(target[:9] for target in correction.targets)
    if not item.labels:
        return "its words are not in the newest reading"
    label = next((x for x in item.labels if x.right is not None and x.said == "different"), item.labels[0])
    sides = [_side(label, left) for left in (True, False) if left or label.right is not None]
    more = f" (and {len(item.labels) - 1} more)" if len(item.labels) > 1 else ""
    if label.right is None:
        return f"{sides[0]} → {label.said}{more}"
    return f"{sides[0]} {'=' if label.said == 'same' else '≠'} {sides[1]}{more}"


def _side(label: Label, left: bool) -> str:
    place = label.left if left else label.right
    if place is None:
        return ""
    where = one_line(place.outlet or place.address)
    return f"“{shorten(place.sentence or place.text, 60)}” ({where})" if place.text else f"{place.report[:9]} ({where})"


COLUMNS: tuple[Column[Any], ...] = (
    Column("made", lambda c: words.minute(c.correction.made), words.DIM),
    Column("id", lambda c: c.correction.id[:9], words.DIM),
    Column("what", lambda c: c.correction.action, "bold"),
    Column("about", about, ratio=3),
    Column("why", lambda c: c.correction.reason, ratio=2),
    Column("who", lambda c: c.correction.author),
    Column("", lambda c: "" if c.in_force else f"undone by {c.undone_by[:9]}", words.WARNING),
)


def register(app: click.Group) -> None:
    for command in (correct, corrections):
        app.add_command(command)
