"""Entities: who and what a report speaks of, with every mention of each, country, roles and PLOVER sector."""

from __future__ import annotations

from onrecord.model import Entity, EntityType, Mention
from onrecord.reading.coreference import Linker
from onrecord.reading.countries import countries
from onrecord.reading.descriptions import describe
from onrecord.reading.names import gather
from onrecord.reading.page import Page, step
from onrecord.reading.words import Found, Node, Words, words_of


def _run(page: Page) -> None:
    words = words_of(page)
    names = gather(words)
    descriptions = describe(words, names)
    covered = {d.head for d in descriptions}
    names = [n for n in names if n.head not in covered]
    found = Linker(words, names, descriptions).link()
    _inherit(found)
    _publish(page, words, found)


def _inherit(found: list[Found]) -> None:
    """An office called by its holder's role has the holder's country: "the Prime Minister's Office"."""
    nodes = dict.fromkeys(f.node for f in found if f.node)
    holders: dict[str, set[str]] = {}
    for node in nodes:
        if node.type is EntityType.PERSON and node.country:
            for head in node.heads:
                holders.setdefault(head, set()).add(node.country)
    for node in nodes:
        if node.country or node.type is not EntityType.OFFICE:
            continue
        name = node.name.casefold().replace("’", "'")
        fits = {land for head, known in holders.items() if name.startswith(head + "'s ") for land in known}
        if len(fits) == 1:
            node.country = fits.pop()


def _publish(page: Page, words: Words, found: list[Found]) -> None:
    ids: dict[Node, str] = {}
    for item in found:
        assert item.node is not None
        for node in (*item.node.members, item.node):
            ids.setdefault(node, f"n{len(ids) + 1}")
        start, end = words.start[item.first], words.end(item.last - 1)
        kind = EntityType.FACILITY if _where(words, item) else item.type
        if kind is EntityType.PLACE and item.node.type in (EntityType.ORGANISATION, EntityType.PERSON):
            kind = item.node.type
        mention = Mention(start, end, page.text[start:end], kind, ids[item.node], item.form)
        page.mentions.append(mention)
    for node, local in ids.items():
        page.entities.append(_entity(node, local, ids))


def _where(words: Words, item: Found) -> bool:
    """Is a named seat of office meant as the place it is ("to the White House")?"""
    if item.type is not EntityType.OFFICE or item.form != "name" or words.dep[item.head] != "pobj":
        return False
    return words.lower[words.head[item.head]] in (
        "in",
        "at",
        "to",
        "outside",
        "into",
        "near",
        "inside",
        "around",
        "toward",
    )


def _entity(node: Node, local: str, ids: dict[Node, str]) -> Entity:
    members = tuple(ids[m] for m in node.members)
    country = node.country
    if node.members:
        shared = {m.country for m in node.members}
        country = shared.pop() if len(shared) == 1 else None
    known = country if country in countries().by_code else None
    return Entity(local, node.name, node.type, known, tuple(node.roles), node.sector, node.plural, members)


ENTITIES = step("entities", needs=["sentences", "names"], adds=["entities", "mentions"], run=_run)

__all__ = ["ENTITIES"]
