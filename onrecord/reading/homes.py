"""Where an office or a person of state belongs, by the report's own words: a land or town that no table need know.

"Velmark's foreign ministry", "the army of Velmark" and "Velmarkian Foreign Minister Ana Behl" have one home. Homes are
told as stems, so that a land and the adjective made of it are one.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from functools import lru_cache

from onrecord.model import Entity, EntityType, Mention
from onrecord.reading.page import Page
from onrecord.reading.roles import roles, sector_modifiers

_NAME = re.compile(r"[^\W\d_][\w-]{3,}")
_BEHIND = re.compile(r"\s+(of|for|in)\s+(?:the\s+)?((?:[A-Z][\w-]+\s?){1,3})")
_WIDTH = 60  # characters behind a mention
# What makes people and adjectives of the names of lands, and what those names end in; longest first.
_ENDINGS = (
    "ians", "eans", "ian", "ean", "ese", "ans", "ers", "ish", "ia", "an", "er", "ic", "is", "ns", "a", "e", "i", "n",
    "o", "s", "y",
)  # fmt: skip
_SHORTEST_STEM = 4
_CALENDAR = frozenset(name.lower() for name in (*day_name, *month_name))


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Words of roles and offices, however written: the "Foreign" of "Foreign Minister" is no land."""
    told = {word for role in (*roles(), *sector_modifiers()) for word in role.replace("'s", "").split()}
    return frozenset(told) | _CALENDAR | {"the", "this", "that", "these", "those", "former", "acting", "deputy"}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What the name of a land shares with the names of its people."""
    plain = word.casefold()
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain


def homes_in(text: str) -> frozenset[str]:
    """The stems of all names in a few words, those of roles left out."""
    found = (w for w in _NAME.findall(text.replace("’s", " ").replace("'s", " ")) if w[:1].isupper())
    return frozenset(stem(w) for w in found if w.casefold() not in _no_names())


def homes_of(page: Page, entity: Entity) -> frozenset[str]:
    """The homes that a report gives an entity, by its titles and by the words of its mentions and behind them."""
    known: dict[str, frozenset[str]] = page.doc.user_data.setdefault("onrecord_homes", {})
    if entity.id not in known:
        person = entity.type is EntityType.PERSON
        told = [*entity.roles, *(_behind(page, m, person) for m in _mentions(page).get(entity.id, ()))]
        if not person:
            told += [m.text for m in _mentions(page).get(entity.id, ())]
        known[entity.id] = homes_in(" ".join(told))
    return known[entity.id]


def _mentions(page: Page) -> dict[str | None, list[Mention]]:
    table: dict[str | None, list[Mention]] | None = page.doc.user_data.get("onrecord_entity_mentions")
    if table is None:
        table = page.doc.user_data["onrecord_entity_mentions"] = {}
        for mention in page.mentions:
            table.setdefault(mention.entity, []).append(mention)
    return table


def _behind(page: Page, mention: Mention, person: bool) -> str:
    """ "the army | of Velmark"; a person's home only by "of": "President Nord of Velmark", not "Nord in Tarn"."""
    found = _BEHIND.match(page.text, mention.end, mention.end + _WIDTH)
    return found[2] if found and not (person and found[1] == "in") else ""


__all__ = ["homes_in", "homes_of", "stem"]
