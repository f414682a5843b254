"""Descriptions in a report: people, bodies and groups called by what they are ("an Israeli official", "the army",
"the president's office", "both governments"), and pronouns."""

from __future__ import annotations

from onrecord.model import EntityType
from onrecord.reading.countries import countries
from onrecord.reading.names import country_within, sector_of
from onrecord.reading.roles import Role, organisations, role_of, singular
from onrecord.reading.words import Found, Words

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
_INDEFINITE = frozenset(
    {"a", "an", "some", "several", "many", "another", "no", "any", "two", "three", "four", "dozens"}
)
_INSIDE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "ADV", "PUNCT", "VERB"})
_ALWAYS_PLURAL = frozenset({"police", "troops", "forces", "authorities", "rebels", "security forces", "armed forces"})
_PAIR_HEADS = frozenset(
    [
        "leaders",
        "sides",
        "countries",
        "nations",
        "governments",
        "men",
        "women",
        "presidents",
        "ministers",
        "parties",
        "allies",
        "rivals",
        "neighbours",
        "neighbors",
        "capitals",
        "premiers",
        "states",
        "teams",
        "companies",
    ]
)
_GENERAL = frozenset(
    [
        "person",
        "people",
        "family",
        "man",
        "woman",
        "child",
        "community",
        "couple",
        "adult",
        "source",
        "player",
        "friend",
        "crowd",
    ]
)


def describe(words: Words, names: list[Found]) -> list[Found]:
    """Descriptions in text order; collectives have role ``pair``."""
    cover = _cover(words, names)
    found: list[Found] = []
    for i, pos in enumerate(words.pos):
        if pos not in ("NOUN", "PROPN") and words.lower[i] not in ("pair", "two"):
            continue
        item = _collective(words, i) or _description(words, i, cover)
        if item is not None and item.core:
            found.append(item)
    return found


def _cover(words: Words, names: list[Found]) -> list[Found | None]:
    cover: list[Found | None] = [None] * len(words)
    for item in names:
        for i in range(item.first, item.last):
            cover[i] = item
    return cover


def _collective(words: Words, i: int) -> Found | None:
    """ "the two leaders", "both governments", "the pair", "the two have"."""
    lower = words.lower[i]
    before = words.lower[i - 1] if i else ""
    if lower == "pair" and before == "the" and words.dep[i].startswith("nsubj"):
        return Found(i - 1, i + 1, i, EntityType.GROUP, "nominal", "pair", plural=True, role="pair", definite=True)
    if (
        lower == "two"
        and before == "the"
        and words.dep[i].startswith("nsubj")
        and words.pos[words.head[i]] in ("VERB", "AUX")
    ):
        return Found(i - 1, i + 1, i, EntityType.GROUP, "nominal", "two", plural=True, role="pair", definite=True)
    if lower not in _PAIR_HEADS:
        return None
    first, counted = i, False
    while (
        first and i - first < 3 and words.lower[first - 1] in ("the", "two", "both", "these", "neighbouring", "warring")
    ):
        first -= 1
        counted = counted or words.lower[first] in ("two", "both")
    bare = lower == "leaders" and words.lower[first] == "the" and i - first == 1
    if first == i or not (counted or bare) or _narrowed(words, i):
        return None
    return Found(first, i + 1, i, EntityType.GROUP, "nominal", lower, plural=True, role="pair", definite=True)


def _narrowed(words: Words, i: int) -> bool:
    """ "the leaders of the march", "the two leaders from Kenya": a description, not the two last named."""
    after = words.lower[i + 1] if i + 1 < len(words) else ""
    if after == "from" and i + 2 < len(words):
        return countries().of(words.text[i + 2]) is not None or words.lower[i + 2] == "the"
    return after == "of"


def _description(words: Words, i: int, cover: list[Found | None]) -> Found | None:
    name = cover[i]
    if name is not None and not (name.type is EntityType.ORGANISATION and i == name.last - 1 and _common(words, name)):
        return None
    if _modifies_next(words, i, cover):
        return None
    floor = words.bounds[words.sentence[i]][0]
    found = role_of(words.lower[max(floor, i - 2) : i + 1])
    if found is None:
        return None
    role, length = found
    if role.title and role.word.rstrip(".") in _SHORT_TITLES:
        return None
    first = _left(words, i, i - length + 1, floor)
    item = Found(first, i + 1, i, _type(role), "nominal", role=role.word, leader=role.leader)
    _fill(item, role, words)
    if role.word == "campaign" and item.owner is None:
        return None
    bare = words.lower[first] not in _DEFINITE | _INDEFINITE and not (item.country or item.owner)
    if bare and (role.weak or (role.word in _GENERAL and not item.plural)):
        return None
    return item


_SHORT_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "sir",
        "lady",
        "lord",
        "dr",
        "gen",
        "col",
        "maj",
        "capt",
        "lt",
        "sgt",
        "adm",
        "cpl",
        "brig",
        "sen",
        "rep",
        "sens",
        "reps",
        "prof",
        "rev",
        "don",
        "dean",
        "private",
    ]
)


def _common(words: Words, name: Found) -> bool:
    """An organisation's name that is only what it is: "Foreign Ministry", "Prime Minister's Office"."""
    found = role_of(words.lower[name.first : name.last])
    if name.core.replace("’", "'") in organisations() or name.last - name.first > 4:
        return False
    return found is not None and found[0].kind == "office" and (found[1] > 1 or name.last - name.first <= found[1] + 1)


def _modifies_next(words: Words, i: int, cover: list[Found | None]) -> bool:
    """Is this word only part of a longer phrase ("police station", "President Kone")?"""
    after = i + 1
    if after >= len(words):
        return False
    if cover[after] is not None and words.pos[i] != "ADJ" and words.head[i] == after:
        return True
    if words.dep[i] in ("compound", "amod", "nmod", "poss") and words.head[i] == after and words.tag[after] != "POS":
        return words.pos[after] in ("NOUN", "PROPN")
    return words.text[after] == "-" and words.start[after] == words.end(i)


def _type(role: Role) -> EntityType:
    if role.kind == "office":
        return EntityType.GROUP if role.machine or role.word in _ALWAYS_PLURAL - {"police"} else EntityType.OFFICE
    return EntityType.PERSON


def _left(words: Words, i: int, begin: int, floor: int) -> int:
    """The first token of the noun phrase that ends here."""
    first = begin
    while first > max(floor, i - 9):
        before = first - 1
        if words.pos[before] not in _INSIDE or words.text[before] in (",", "(", ")", '"', "“", "”", ";", ":", "—", "–"):
            break
        if words.pos[before] == "VERB" and words.tag[before] not in ("VBN", "VBG"):
            break
        if words.pos[before] in ("VERB", "ADV") and words.head[before] not in range(first, i + 1):
            break
        if words.pos[before] == "PRON" and words.tag[before] != "PRP$":
            break
        if words.pos[before] == "PART" and words.tag[before] != "POS":
            break
        if words.pos[before] in ("NOUN", "PROPN") and _apart(words, before, first, i):
            break
        if words.pos[first] == "DET" and words.lower[first] not in ("two", "both"):
            break
        first = before
    while first < begin and (words.pos[first] in ("PUNCT", "PART") or words.lower[first] in ("not", "only", "also")):
        first += 1
    return first


def _apart(words: Words, before: int, first: int, head: int) -> bool:
    """Is the noun before outside this phrase: neither a possessor nor part of a compound with it?"""
    if words.tag[first] == "POS" or words.head[before] in range(first, head + 1):
        return False
    return words.pos[first] == "DET" or words.dep[before] not in ("compound", "nmod", "amod", "poss")


def _fill(item: Found, role: Role, words: Words) -> None:
    first, i = item.first, item.head
    lower = words.lower[first : i + 1]
    item.owner = _owner(words, first, i)
    opening = lower[0]
    start = first
    while start < i and words.lower[start] in _DEFINITE | _INDEFINITE | {"both", "'s", "’s"}:
        start += 1
    item.core = words.joined(start, i + 1)
    item.definite = opening in _DEFINITE or item.owner is not None or (words.capital(i) and opening not in _INDEFINITE)
    word = lower[-1]
    item.plural = (
        word in _ALWAYS_PLURAL
        or role.word in _ALWAYS_PLURAL
        or (words.tag[i] in ("NNS", "NNPS") and singular(word) != word)
    )
    if role.kind == "office" and not item.plural and role.word not in ("police",):
        item.definite = item.definite or opening not in _INDEFINITE
    if item.plural and item.type is EntityType.PERSON:
        item.type = EntityType.GROUP
    item.gender = role.gender if not item.plural else None
    item.country = country_within(words, first, i + 1) or _country_after(words, i)
    item.sector = sector_of([words.lower[k] for k in range(first, i + 1)], role)


def _owner(words: Words, first: int, i: int) -> tuple[int, int] | None:
    if words.tag[first] == "PRP$":
        return (first, first + 1)
    for k in range(i - 1, first, -1):
        if words.tag[k] == "POS":
            return (first, k)
    return None


def _country_after(words: Words, i: int) -> str | None:
    """ "the president of Kenya", "officials in Nairobi" (a country only)."""
    if i + 1 >= len(words) or words.lower[i + 1] not in ("of", "in", "from"):
        return None
    stop = min(len(words), i + 6, words.bounds[words.sentence[i]][1])
    for k in range(i + 2, stop):
        if words.pos[k] not in ("PROPN", "DET", "ADJ"):
            return None
        for last in range(stop, k, -1):
            code = countries().names.get(words.joined(k, last).removeprefix("the "))
            if code:
                return code
    return None


__all__ = ["describe"]
