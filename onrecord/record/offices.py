"""One office under a long and a short name: "police in Port Amelin" and "police" who tell one event. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from onrecord.model import Origin, SourceKind, Testimony

_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "at", "on", "and", "s"})
_AFTER_HEAD = frozenset({"of", "for", "in", "at", "on"})  # what follows says which police, which ministry


class _Name(NamedTuple):
    head: str  # what kind of office it is: the ministry of "the foreign ministry of Grauland"
    words: frozenset[str]


def one_office(testimonies: Sequence[Testimony]) -> list[Testimony]:
    """The testimonies, with those of an office by a shorter name traced to the longer one it is known by here.

    A short name is the only office that its own report calls so more fully; else the only one of the whole event.
    """
    offices = [t for t in testimonies if t.origin.kind is SourceKind.OFFICE]
    if len({t.origin.key for t in offices}) < 2:
        return list(testimonies)
    every = {t.origin.key: t for t in offices}
    here: dict[str, dict[str, Testimony]] = {}
    for item in offices:
        here.setdefault(item.report.id, {})[item.origin.key] = item
    return [
        _traced(t, _full(t, (here[t.report.id], every))) if t.origin.kind is SourceKind.OFFICE else t
        for t in testimonies
    ]


def _full(item: Testimony, circles: Iterable[dict[str, Testimony]]) -> Origin:
    """The origin under its fullest name, looked for in the nearest circle first; its own if several could be meant."""
    for known in circles:
        longer = [t for t in known.values() if _stands_for(item, t)]
        if longer:
            fullest = max(longer, key=lambda t: (len(_name(t.origin.name).words), t.origin.key))
            if not all(t is fullest or _stands_for(t, fullest) for t in longer):
                break
            item = fullest
    return item.origin


def _traced(item: Testimony, origin: Origin) -> Testimony:
    """The testimony with the key and name of its origin's fuller form; its way there stays its own."""
    if item.origin.key == origin.key:
        return item
    return replace(item, origin=replace(item.origin, key=origin.key, name=origin.name))


def _stands_for(short: Testimony, long: Testimony) -> bool:
    """Whether one name is a shorter form of the other, or the same words in another order: of one kind of office."""
    one, two = _name(short.origin.name), _name(long.origin.name)
    if short.origin.key == long.origin.key or one.head != two.head or not one.words <= two.words:
        return False
    return _agrees(short, long) and (one.words < two.words or short.origin.key > long.origin.key)


def _agrees(one: Testimony, two: Testimony) -> bool:
    countries = {one.claim.holder.country, two.claim.holder.country} - {None}
    return len(countries) < 2


@lru_cache(maxsize=8192)
def _name(name: str) -> _Name:
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    words = words[1:] if words[:1] == ["the"] else words
    ends = next((n for n, word in enumerate(words) if n and word in _AFTER_HEAD), len(words))
    return _Name(words[ends - 1] if words else "", frozenset(words) - _SMALL)
