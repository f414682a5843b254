"""One office under a long and a short name: "police in Port Amelin" and "police" who tell one event. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from onrecord.model import Authority, Origin, SourceKind, Testimony

_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "at", "on", "and", "s"})
_FIRMS = frozenset(  # what a report calls a firm that it has named
    {"company", "firm", "group", "bank", "airline", "retailer", "operator", "publisher", "corporation", "manufacturer"}
    | {"maker", "carmaker", "brewer", "insurer", "producer", "chain", "club"}
)
_AFTER_HEAD = frozenset({"of", "for", "in", "at", "on"})  # what follows says which police, which ministry


class _Name(NamedTuple):
    head: str  # what kind of office it is: the ministry of "the foreign ministry of Grauland"
    words: frozenset[str]


def one_office(testimonies: Sequence[Testimony]) -> list[Testimony]:
    """The testimonies, with those of an office by a shorter name traced to the longer one it is known by here.

    A short name is the only office that its own report calls so more fully, of several the one that spoke last before
    it; else the only one of the whole event. "The company" is a firm among the event's parties.
    """
    offices = [t for t in testimonies if t.origin.kind is SourceKind.OFFICE]
    if len({t.origin.key for t in offices}) < 2:
        return list(testimonies)
    every = {t.origin.key: t for t in offices}
    here: dict[str, list[Testimony]] = {}
    for item in offices:
        here.setdefault(item.report.id, []).append(item)
    return [
        under_name(t, _full(t, here[t.report.id], list(every.values()))) if t.origin.kind is SourceKind.OFFICE else t
        for t in testimonies
    ]


def _full(item: Testimony, report: Sequence[Testimony], event: Sequence[Testimony]) -> Origin:
    """The origin under its fullest name, looked for in its own report first; its own if several could be meant."""
    for known in (report, event):
        longer = list({t.origin.key: t for t in known if _stands_for(item, t)}.values())
        if longer:
            fullest = max(longer, key=lambda t: (len(_name(t.origin.name).words), t.origin.key))
            if not all(t is fullest or _stands_for(t, fullest) for t in longer):
                before = _spoke_before(item, report)
                return before.origin if before is not None else item.origin
            item = fullest
    return item.origin


def _spoke_before(item: Testimony, report: Sequence[Testimony]) -> Testimony | None:
    """Of those of its report whom the short name may mean, who spoke last before it."""
    told = [t for t in report if t.claim.words.start < item.claim.words.start and _stands_for(item, t)]
    return max(told, key=lambda t: (t.claim.words.start, t.origin.key), default=None)


def under_name(item: Testimony, origin: Origin) -> Testimony:
    """The testimony with the key and name by which its origin is known here; its way there stays its own."""
    if item.origin.key == origin.key:
        return item
    return replace(item, origin=replace(item.origin, key=origin.key, name=origin.name))


def _stands_for(short: Testimony, long: Testimony) -> bool:
    """Whether one name is a shorter form of the other, or the same words in another order: of one kind of office."""
    one, two = _name(short.origin.name), _name(long.origin.name)
    if one.words <= _FIRMS and len(one.words) == 1 and long.claim.authority is Authority.PARTY:
        return _is_proper(long.origin.name)
    if short.origin.key == long.origin.key or one.head != two.head or not one.words <= two.words:
        return False
    return _agrees(short, long) and (one.words < two.words or short.origin.key > long.origin.key)


def _is_proper(name: str) -> bool:
    """Whether it is a name alone, "Pellow Shipping", and no office described, "the army of Velmark"."""
    words = [w for w in name.split() if w.casefold() not in _SMALL]
    return bool(words) and all(w[:1].isupper() or w[:1].isdigit() for w in words)


def _agrees(one: Testimony, two: Testimony) -> bool:
    countries = {one.claim.holder.country, two.claim.holder.country} - {None}
    return len(countries) < 2


@lru_cache(maxsize=8192)
def _name(name: str) -> _Name:
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    words = words[1:] if words[:1] == ["the"] else words
    ends = next((n for n, word in enumerate(words) if n and word in _AFTER_HEAD), len(words))
    return _Name(words[ends - 1] if words else "", frozenset(words) - _SMALL)
