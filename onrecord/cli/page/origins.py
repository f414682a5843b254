"""Who rests on whom, as places on paper: outlets, those they took it from, and speakers, from left to right. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from onrecord.cli.output import shorten
from onrecord.model import SourceKind

if TYPE_CHECKING:
    from onrecord.ask import Carrier, OriginTree

WIDTH = 960
MOST_SPEAKERS = 22
_TOP, _GAP, _HIGH = 34, 10, 32
_BOX = 232
_LETTERS = 31
COLUMNS = ("outlets", "taken from", "speakers")


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    height: float
    label: str
    note: str
    kind: str  # outlet, named, office, document, unnamed, others
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    width: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: float
    box: int
    heads: tuple[tuple[float, str], ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Node:
    column: int
    label: str
    kind: str
    claims: int = 0
    own: int = 0
    y: float = 0.0
    names: dict[str, None] = field(default_factory=dict)


Place = tuple[int, str]


@dataclass(slots=True)
class _Graph:
    nodes: dict[Place, _Node] = field(default_factory=dict)
    edges: Counter[tuple[Place, Place]] = field(default_factory=Counter)

    def node(self, column: int, identity: str, label: str, kind: str) -> Place:
        made = self.nodes.setdefault((column, identity), _Node(column, label, kind))
        made.names[label] = None
        return column, identity


def drawing(trees: Sequence[OriginTree]) -> Drawing | None:
    """The drawing of a story's origins; None if there are none."""
    graph = _graph(trees)
    if not graph.nodes:
        return None
    used = [c for c in range(3) if any(place[0] == c for place in graph.nodes)]
    height = _arrange(graph)
    step = (WIDTH - _BOX - 4) / max(1, len(used) - 1)
    x = {column: round(2 + index * step, 1) for index, column in enumerate(used)}
    boxes = tuple(_box(node, x[node.column]) for node in graph.nodes.values())
    # Those to unnamed sources first, so that the lines of others cover the stretch they share.
    edges = sorted(graph.edges, key=lambda e: (graph.nodes[e[1]].kind != "unnamed", e))
    lines = tuple(_line(graph, edge, x) for edge in edges)
    heads = tuple((x[c], COLUMNS[c]) for c in used)
    return Drawing(WIDTH, height, _BOX, heads, boxes, lines)


def _graph(trees: Sequence[OriginTree]) -> _Graph:
    graph = _Graph()
    speakers = [t for t in trees if t.kind is not SourceKind.OUTLET]
    ranked = sorted(speakers, key=lambda t: (-len(t.outlets), -t.all_claims, t.key))
    kept = {t.key for t in (ranked if len(ranked) <= MOST_SPEAKERS else ranked[: MOST_SPEAKERS - 1])}
    for tree in trees:
        if tree.kind is SourceKind.OUTLET:
            _add_outlet(graph, tree)
            continue
        if tree.key in kept:
            place = graph.node(2, tree.key, tree.name, tree.kind.value)
        else:
            place = graph.node(2, "others", f"{len(ranked) - len(kept)} others", "others")
        for carrier in tree.carriers:
            _add_carrier(graph, place, carrier)
    return graph


def _add_outlet(graph: _Graph, tree: OriginTree) -> None:
    """An outlet's own voice; and the outlets that have it from there."""
    if tree.claims:
        own = graph.node(0, tree.house, tree.name, "outlet")
        graph.nodes[own].own += len(tree.claims)
    if tree.carriers:
        place = graph.node(1, tree.house, tree.name, "outlet")
        for carrier in tree.carriers:
            _add_carrier(graph, place, carrier)


def _add_carrier(graph: _Graph, place: Place, carrier: Carrier) -> None:
    if carrier.claims:
        own = graph.node(0, carrier.house, carrier.name, "outlet")
        graph.edges[(own, place)] += len(carrier.claims)
        graph.nodes[place].claims += len(carrier.claims)
    if carrier.below and place[0] == 2:
        via = graph.node(1, carrier.house, carrier.name, "outlet")
        for other in carrier.below:
            graph.edges[(via, place)] += other.all_claims
            graph.nodes[place].claims += other.all_claims
            _add_carrier(graph, via, other)


def _arrange(graph: _Graph) -> float:
    """Boxes one under the other, each near those it is joined to; how high the drawing is.

    Outlets stand in every other row and those they took it from in the rows between, so that what an outlet has at
    first hand passes between them.
    """
    outlets, between, speakers = (_sorted(graph, column) for column in range(3))
    rows = 2 * max(len(outlets), len(between) + 1) if between else max(1, len(outlets))
    high = max(len(speakers) * (_HIGH + _GAP), rows * (_HIGH + _GAP) / (2 if between else 1))
    for index, place in enumerate(outlets):
        _put(graph, place, (2 * index + 1 if between else index + 0.5) * high / rows)
    for index, place in enumerate(sorted(between, key=lambda p: (_middle(graph, p), p)), 1):
        _put(graph, place, 2 * index * high / rows)
    ordered = sorted(speakers, key=lambda p: (_middle(graph, p), -graph.nodes[p].claims, p))
    for index, place in enumerate(ordered):
        _put(graph, place, (index + 0.5) * high / len(ordered))
    return round(_TOP + high + 6, 1)


def _put(graph: _Graph, place: Place, middle: float) -> None:
    graph.nodes[place].y = round(_TOP + middle - _HIGH / 2, 1)


def _sorted(graph: _Graph, column: int) -> list[Place]:
    """The boxes of a column, those with most claims first."""
    out: Counter[Place] = Counter()
    for (left, right), number in graph.edges.items():
        out[left] += number
        out[right] += number
    mine = [p for p in graph.nodes if p[0] == column]
    return sorted(mine, key=lambda p: (-out[p] - graph.nodes[p].own, p))


def _middle(graph: _Graph, place: Place) -> float:
    """Where those stand that a box is joined to on its left, weighed by claims."""
    joined = [(graph.nodes[a].y, n) for (a, b), n in graph.edges.items() if b == place]
    return sum(y * n for y, n in joined) / max(1, sum(n for _, n in joined))


def _box(node: _Node, x: float) -> Box:
    note = f"{node.own} in its own voice" if node.own and node.column == 0 else ""
    if node.column == 2 and node.kind in ("unnamed", "document"):
        note = node.kind
    return Box(x, node.y, _HIGH, shorten(node.label, _LETTERS), note, node.kind, "; ".join(node.names))


def _line(graph: _Graph, edge: tuple[Place, Place], x: dict[int, float]) -> Line:
    """A line from box to box; one that passes the middle column runs level until it is past it."""
    left, right = (graph.nodes[p] for p in edge)
    number = graph.edges[edge]
    a, b = x[left.column] + _BOX, x[right.column]
    y, z = left.y + _HIGH / 2, right.y + _HIGH / 2
    passing = 1 in x and right.column - left.column == 2
    turn = x[1] + _BOX + 6 if passing else a
    bend = (b - turn) * 0.45
    level = f"M{a:.1f} {y:.1f}" + (f"H{turn:.1f}" if passing else "")
    path = f"{level}C{turn + bend:.1f} {y:.1f} {b - bend:.1f} {z:.1f} {b:.1f} {z:.1f}"
    words = f"{left.label} → {right.label}: {number} {'claim' if number == 1 else 'claims'}"
    return Line(path, round(1.2 + 1.1 * log2(1 + number), 1), right.kind, words)
