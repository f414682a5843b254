"""Outlets by the record: who is quoted by the name under which a report of the event appeared is that outlet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Authority, Origin, SourceKind, Testimony
from onrecord.record.words import plain_key

_TAKEN_FOR = frozenset({SourceKind.OFFICE, SourceKind.NAMED})


def known_outlets(testimonies: Sequence[Testimony]) -> list[Testimony]:
    """The testimonies; those of an outlet whose name told the reading nothing ("Farline reported") traced to it."""
    known: dict[str, Origin] = {}
    for item in testimonies:
        if item.origin.kind is SourceKind.OUTLET and item.claim.holder.own_voice:
            known.setdefault(plain_key(item.origin.name), item.origin)
    return [_traced(item, known.get(plain_key(item.origin.name))) for item in testimonies]


def _traced(item: Testimony, outlet: Origin | None) -> Testimony:
    if outlet is None or item.origin.kind not in _TAKEN_FOR:
        return item
    holder = replace(item.claim.holder, kind=SourceKind.OUTLET)
    chain = (*item.claim.chain[:-1], holder)
    claim = replace(item.claim, holder=holder, chain=chain, authority=Authority.OTHER)
    origin = replace(item.origin, key=outlet.key, name=outlet.name, kind=SourceKind.OUTLET)
    return replace(item, claim=claim, origin=origin)


__all__ = ["known_outlets"]
