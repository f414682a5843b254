"""Who rests on whom: each origin with the outlets that carry its word, through whom, by which claims. Pure.

Copies and citations are collapsed: a claim's way is report → the outlet it was taken from → the speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.model import EventRecord, SourceKind, Testimony
from onrecord.record.words import outlet_of, plain_key

Key = Callable[[str], str]
_VERBS = ("copy of", "credits", "cites", "quotes")


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries an origin's word: at first hand, or resting on the carrier it stands below.

    ``how``: copy of, credits, cites, quotes; empty for what it says in its own voice. ``names``: all it is called by
    in the story, if it has more than one name, or several outlets belong to one house.
    """

    house: str  # one word for all names of the outlet, or of its house
    name: str
    names: tuple[str, ...]
    how: tuple[str, ...]
    claims: tuple[str, ...]  # of its own reports
    reports: tuple[str, ...]
    below: tuple[Carrier, ...] = ()

    @property
    def all_claims(self) -> int:
        return len(self.claims) + sum(c.all_claims for c in self.below)


@dataclass(frozen=True, slots=True)
class OriginTree:
    """An origin and all that rests on it. ``claims`` are those that an outlet makes in its own voice."""

    key: str
    house: str
    name: str
    names: tuple[str, ...]
    kind: SourceKind
    named: bool
    claims: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    events: tuple[str, ...]
    outlets: tuple[str, ...]  # whose reports rest on it

    @property
    def all_claims(self) -> int:
        return len(self.claims) + sum(c.all_claims for c in self.carriers)


@dataclass(slots=True)
class _Node:
    names: Counter[str] = field(default_factory=Counter)
    how: set[str] = field(default_factory=set)
    claims: list[str] = field(default_factory=list)
    reports: dict[str, None] = field(default_factory=dict)
    below: dict[str, _Node] = field(default_factory=dict)
    kind: SourceKind = SourceKind.OUTLET
    named: bool = True
    events: dict[str, None] = field(default_factory=dict)
    outlets: dict[str, None] = field(default_factory=dict)


def origin_trees(events: Iterable[EventRecord], key: Key = plain_key) -> tuple[OriginTree, ...]:
    """The origins of events, those that most outlets rest on first. ``key``: one word for all names of a house."""
    roots: dict[str, _Node] = {}
    for event in events:
        for item in event.testimonies:
            _place(roots.setdefault(item.origin.key, _Node()), item, event.id, key)
    trees = [_tree(identity, node, key) for identity, node in roots.items()]
    return tuple(sorted(trees, key=lambda t: (-len(t.outlets), -t.all_claims, t.name.casefold(), t.key)))


def _place(root: _Node, item: Testimony, event: str, key: Key) -> None:
    origin = item.origin
    root.names[origin.name] += 1
    root.kind, root.named = origin.kind, origin.named
    root.events[event] = None
    root.outlets[outlet_of(item)] = None
    links, verbs = way(item, key), _verbs(origin.how)
    node, before = root, origin.name
    for name in reversed(links):
        node = node.below.setdefault(key(name), _Node())
        node.names[name] += 1
        node.how.add(verbs.get(before, "quotes"))
        before = name
    node.claims.append(item.id)
    node.reports[item.report.id] = None


def way(item: Testimony, key: Key = plain_key) -> tuple[str, ...]:
    """The outlets a claim passed, its report's first: none for own voice, at most two else, the origin not included."""
    chain = item.origin.chain
    outlets = list(chain if item.origin.kind is SourceKind.OUTLET else chain[:-1]) or [outlet_of(item)]
    outlets[0] = outlet_of(item) if item.report.outlet is None else outlets[0]
    if item.origin.kind is SourceKind.OUTLET:
        outlets = [] if key(outlets[0]) == key(outlets[-1]) else outlets[:-1]
    ends = (outlets[0], outlets[-1]) if len(outlets) > 1 else tuple(outlets)
    return ends[:1] if len(ends) == 2 and key(ends[0]) == key(ends[1]) else ends


def _verbs(how: str) -> dict[str, str]:
    """Name → by what a link leads to it, from an origin's words ("copy of A; cites B; quotes C")."""
    return {
        part.removeprefix(verb).strip(): verb for part in how.split("; ") for verb in _VERBS if part.startswith(verb)
    }


def _names(node: _Node) -> tuple[str, ...]:
    return tuple(sorted(node.names, key=lambda n: (-node.names[n], n)))


def _tree(identity: str, node: _Node, key: Key) -> OriginTree:
    names = _names(node)
    return OriginTree(
        key=identity,
        house=key(names[0]),
        name=names[0],
        names=names,
        kind=node.kind,
        named=node.named,
        claims=tuple(node.claims),
        carriers=_carriers(node.below),
        events=tuple(node.events),
        outlets=tuple(node.outlets),
    )


def _carriers(found: Mapping[str, _Node]) -> tuple[Carrier, ...]:
    made = []
    for house, node in found.items():
        names = _names(node)
        how = tuple(v for v in _VERBS if v in node.how)
        made.append(
            Carrier(house, names[0], names, how, tuple(node.claims), tuple(node.reports), _carriers(node.below))
        )
    return tuple(sorted(made, key=lambda c: (-c.all_claims, c.name.casefold())))


def independent_origins(trees: Sequence[OriginTree]) -> int:
    """How many origins there are, all unnamed ones counted as one: they cannot be told apart."""
    return sum(t.kind is not SourceKind.UNNAMED for t in trees) + any(t.kind is SourceKind.UNNAMED for t in trees)


def tree_to_contract(tree: OriginTree) -> dict[str, object]:
    """One origin for programs."""
    return {
        "origin": tree.key,
        "name": tree.name,
        "names": list(tree.names),
        "kind": tree.kind.value,
        "named": tree.named,
        "claims": list(tree.claims),
        "carriers": [_carrier_dict(c) for c in tree.carriers],
        "events": list(tree.events),
        "outlets": list(tree.outlets),
    }


def _carrier_dict(carrier: Carrier) -> dict[str, object]:
    return {
        "name": carrier.name,
        "names": list(carrier.names),
        "how": list(carrier.how),
        "claims": list(carrier.claims),
        "reports": list(carrier.reports),
        "below": [_carrier_dict(c) for c in carrier.below],
    }
