"""Who rests on whom, on the terminal: a tree for each origin, the outlets that carry its word below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from onrecord.cli import words
from onrecord.cli.output import one_line, shorten
from onrecord.cli.words import DIM
from onrecord.model import SourceKind

if TYPE_CHECKING:
    from onrecord.ask import Carrier, OriginTree


_KIND_WORDS = {
    SourceKind.OUTLET: "in its own voice",
    SourceKind.UNNAMED: "unnamed",
    SourceKind.OFFICE: "office",
    SourceKind.DOCUMENT: "document",
    SourceKind.NAMED: "",
}
_HOW_WORDS = {"copy of": "copies it", "credits": "credits it", "cites": "cites it", "quotes": ""}


def print_origins(title: str, trees: Sequence[OriginTree], shown: int, console: Console) -> None:
    """The origins that most rest on first; at most ``shown`` of them."""
    from onrecord.ask import independent_origins

    outlets = {o for t in trees for o in t.outlets}
    told = [words.count(len(outlets), "outlet"), words.count(sum(t.all_claims for t in trees), "claim")]
    told.append(f"{words.count(independent_origins(trees), 'origin')} that can be told apart")
    console.print(Text(one_line(title), style="bold underline"))
    console.print(Text(" · ".join(told), style=DIM))
    console.print()
    for tree in trees[:shown]:
        console.print(tree_view(tree))
    if len(trees) > shown:
        console.print(Text(f"… {words.count(len(trees) - shown, 'more origin')}: --all", style=DIM))


def tree_view(origin: OriginTree) -> Tree:
    head = Text(shorten(origin.name, 70), style=words.SOURCE if origin.named else words.NOTICE)
    kind = _KIND_WORDS[origin.kind]
    head.append(f" ({kind})" if kind else "", style="not bold default")
    also = [n for n in origin.names[1:] if n.casefold() != origin.name.casefold()]
    head.append(f"  also: {', '.join(shorten(n, 40) for n in also[:3])}" if also else "", style=f"not bold {DIM}")
    head.append(f"  {_counts(origin.claims, len(origin.outlets))}".rstrip(), style=f"not bold {DIM}")
    made = Tree(head, guide_style=DIM)
    for carrier in origin.carriers:
        _add(made, carrier, origin.kind is SourceKind.OUTLET)
    return made


def _counts(claims: Sequence[str], outlets: int) -> str:
    parts = [words.count(len(claims), "claim")] if claims else []
    return " · ".join([*parts, *([f"{outlets} outlets rest on it"] if outlets > 1 else [])])


def _add(above: Tree, carrier: Carrier, cites: bool) -> None:
    line = Text(shorten(carrier.name, 60))
    others = [n for n in carrier.names[1:] if n.casefold() != carrier.name.casefold()]
    line.append(f" = {', '.join(shorten(n, 40) for n in others[:3])}" if others else "", style=DIM)
    how = ", ".join(dict.fromkeys(w for h in carrier.how if (w := _HOW_WORDS[h]))) or ("cites it" if cites else "")
    parts = [how, words.count(len(carrier.claims), "claim") if carrier.claims else ""]
    if len(carrier.reports) > 1:
        parts.append(f"{len(carrier.reports)} reports")
    line.append("  " + " · ".join(p for p in parts if p), style=DIM)
    branch = above.add(line)
    for other in carrier.below:
        _add(branch, other, True)
