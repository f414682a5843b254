"""People's names and offices: which names one person can have, and which country an office of state belongs to."""

from __future__ import annotations

from collections import Counter

from onrecord.model import EntityType
from onrecord.reading.countries import countries
from onrecord.reading.words import Found, Node, Words, fold

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SHORT = {
    "joe": "joseph", "bill": "william", "mike": "michael", "tom": "thomas", "bob": "robert", "jim": "james",
    "dave": "david", "steve": "steven", "dan": "daniel", "tony": "anthony", "ben": "benjamin", "chris": "christopher",
    "matt": "matthew", "nick": "nicholas", "sam": "samuel", "ed": "edward", "ted": "edward", "jeff": "jeffrey",
    "greg": "gregory", "ron": "ronald", "don": "donald", "ken": "kenneth", "tim": "timothy", "pete": "peter",
    "liz": "elizabeth", "kate": "katherine", "sue": "susan", "andy": "andrew", "rick": "richard", "larry": "lawrence",
}  # fmt: skip
_OF_STATE = frozenset({"president", "prime minister", "premier", "foreign minister", "minister", "chancellor"})
_HEADS = frozenset({"president", "prime minister", "premier", "chancellor"})
_RULERS = _HEADS | {"leader", "supreme leader", "dictator", "king", "queen", "emir", "sultan"}
_CLEARLY = 1.5  # so many times as often as the next a land is named that a head of state without one may be its own
_NO_PREMIER = frozenset(["USA", "BRA", "MEX", "ARG", "CHL", "COL", "IDN", "PHL", "KEN", "NGA", "CHE", "VEN"])
_BARRED = {
    "president": frozenset(
        ["GBR", "CAN", "AUS", "NZL", "JPN", "ESP", "NLD", "BEL", "SWE", "NOR", "DNK", "SAU", "JOR", "MAR", "THA"]
    ),
    "prime minister": _NO_PREMIER,
    "premier": _NO_PREMIER,
    "chancellor": frozenset({"USA"}),
}


def parts_of(item: Found) -> list[str]:
    return split_name(item.core)


def split_name(name: str) -> list[str]:
    parts = [p for p in fold(name).replace("-", " -").split() if p not in _SUFFIXES and p[0] not in "\"“'"]
    joined: list[str] = []
    for part in parts:
        if part.startswith("-") and joined:
            joined[-1] += part
        else:
            joined.append(part)
    return joined or [fold(name) or name]


def compatible(left: list[str], right: list[str]) -> bool:
    """Same surname given: do the given names allow one person?"""
    if len(left) < 2 or len(right) < 2:
        return True
    a, b = left[0], right[0]
    if a == b or _SHORT.get(a, a) == _SHORT.get(b, b):
        return True
    return (len(a) == 1 or len(b) == 1) and a[0] == b[0]


def clash(node: Node, item: Found) -> bool:
    return bool(node.gender and item.gender and node.gender != item.gender)


def role_words(title: str) -> str:
    """A title without its country and its first word's article: "Israeli Prime Minister" → "Prime Minister"."""
    parts = title.removeprefix("the ").removeprefix("The ").split()
    lands = countries()
    for length in (2, 1):
        if len(parts) > length and lands.of(" ".join(parts[:length]).removesuffix("'s").removesuffix("’s")):
            parts = parts[length:]
            break
    return " ".join(parts)


def lands_named(words: Words, names: list[Found]) -> Counter[str]:
    """How often each country is spoken of, by name, adjective or capital."""
    lands = countries()
    tally: Counter[str] = Counter()
    for i, text in enumerate(words.text):
        if text[:1].isupper() and words.lower[min(i + 1, len(words) - 1)] != "counterpart":
            code = lands.of(text) or (lands.capitals.get(text) if words.lower[i - 1] != "in" else None)
            if code:
                tally[code] += 1
    for name in names:
        if name.country and " " in name.core and name.type is EntityType.PLACE:
            tally[name.country] += 1
    return tally


def infer_countries(nodes: list[Node], lands: Counter[str]) -> None:
    """An office of state without a country belongs to the land the report names most that could have it.

    A former holder belongs to the land of the present one, if the report has one.
    """
    people = [n for n in nodes if n.type is EntityType.PERSON and n.named]
    taken = {(head, n.country) for n in people for head in n.heads if n.country and not _former(n)}
    for node in people:
        head = min(node.heads & _OF_STATE, default="")
        if node.country or not head:
            continue
        held = [land for h, land in taken if h == head and land]
        if _former(node) and len(held) == 1:
            node.country = held[0]
            continue
        barred = _BARRED.get(head, frozenset())
        fits = [n for n, count in lands.most_common(2) if n not in barred and count > 1 and (head, n) not in taken]
        free = [land for land in fits if not any(land == other and h in _RULERS for h, other in taken)]
        if len(free) > 1 and lands[free[0]] < _CLEARLY * lands[free[1]]:
            free = []  # "President Behl" of a report that tells of two lands
        chosen = free if head in _HEADS else fits
        if chosen:
            node.country = chosen[0]
            taken.add((head, chosen[0]))


def _former(node: Node) -> bool:
    return any(role.casefold().startswith(("former", "ex-", "late ")) for role in node.roles)


__all__ = ["clash", "compatible", "infer_countries", "lands_named", "parts_of", "role_words", "split_name"]
