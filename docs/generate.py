"""Writes the pages made from the code: ``python docs/generate.py``; ``--check`` only says if they differ."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import sys
from pathlib import Path

import click

DOCS = Path(__file__).resolve().parent
WIDTH = 96


def cli_page() -> str:
    """Every command with its help, in the order of the help."""
    from onrecord.cli.app import app

    context = click.Context(app, info_name="onrecord", max_content_width=WIDTH, terminal_width=WIDTH)
    parts = ["# Commands", "", "Made from the commands by `python docs/generate.py`.", "", *_help(context)]
    for name in app.list_commands(context):
        parts += _command(app, name, context)
    return "\n".join(parts)


def _command(group: click.Group, name: str, context: click.Context) -> list[str]:
    """A command's help, and below it those of its own commands."""
    command = group.get_command(context, name)
    assert command is not None
    inner = click.Context(command, info_name=name, parent=context, max_content_width=WIDTH, terminal_width=WIDTH)
    parts = [f"## {inner.command_path}", "", *_help(inner)]
    if isinstance(command, click.Group):
        for other in command.list_commands(inner):
            parts += _command(command, other, inner)
    return parts


def _help(context: click.Context) -> list[str]:
    return ["```", context.get_help(), "```", ""]


def model_page() -> str:
    """Every fact with its fields and every word with its values, as model.py declares them."""
    from onrecord import model

    own = [c for c in vars(model).values() if inspect.isclass(c) and c.__module__.startswith("onrecord.model")]
    parts = ["# Data model", "", "Made from `onrecord/model/` by `python docs/generate.py`.", "", "## Words", ""]
    for word in (c for c in own if issubclass(c, enum.Enum)):
        values = ", ".join(f"`{v.value}`" for v in word)
        parts += [f"**{word.__name__}** – {_first(word)} {values}", ""]
    parts += ["## Facts", ""]
    for fact in (c for c in own if dataclasses.is_dataclass(c)):
        parts += [f"### {fact.__name__}", "", _first(fact), "", "| field | type |", "| --- | --- |"]
        parts += [f"| `{f.name}` | `{f.type}` |".replace(" | None`", " or none`") for f in dataclasses.fields(fact)]
        parts += [""]
    return "\n".join(parts)


def _first(thing: type) -> str:
    text = inspect.getdoc(thing) or ""
    return (
        ""
        if text.startswith(f"{thing.__name__}(") or (issubclass(thing, enum.Enum) and "str(" in text[:5])
        else " ".join(text.split())
    )


PAGES = {"cli.md": cli_page, "data-model.md": model_page}


def main(arguments: list[str]) -> int:
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make().rstrip() + "\n"
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(text, "utf-8")
    if stale and "--check" in arguments:
        print(f"out of date: {', '.join(stale)}; run python docs/generate.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
