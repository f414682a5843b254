"""What people and bodies are called by: roles, titles, offices, with PLOVER's sector (manual, table "Sector primary
codes") and gender; well-known organisations; given names by gender."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from onrecord.model import EntityType

LONGEST_ROLE = 3  # words
PEOPLE_WORDS = frozenset({"people", "police", "troops", "forces", "authorities", "peacekeepers", "security forces"})


@dataclass(frozen=True, slots=True)
class Role:
    """``kind`` is person or office; ``title`` may stand before a name; ``weak`` needs something that narrows it."""

    word: str
    kind: str
    sector: str | None
    gender: str | None  # m, f
    title: bool = False
    leader: bool = False
    weak: bool = False
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    type: EntityType
    country: str | None
    sector: str | None


def _table(name: str) -> list[list[str]]:
    data = files("onrecord").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in data.splitlines()[1:]]


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Lower-case words to roles."""
    found = {}
    for word, kind, sector, gender, flags in _table("roles.tsv"):
        if kind != "modifier":
            given = (None if sector == "-" else sector, None if gender == "-" else gender)
            found[word] = Role(word, kind, *given, "t" in flags, "l" in flags, "w" in flags, "m" in flags)
    return found


@lru_cache(maxsize=1)
def sector_modifiers() -> dict[str, str]:
    """Lower-case words that move a role to another sector: a *police* spokesman, a *rebel* commander."""
    return {row[0]: row[2] for row in _table("roles.tsv") if row[1] == "modifier"}


@lru_cache(maxsize=1)
def organisations() -> dict[str, Organisation]:
    """Names and other names of well-known bodies, as written."""
    found = {}
    for name, also, kind, country, sector in _table("organisations.tsv"):
        known = Organisation(name, EntityType(kind), country or None, sector or None)
        for word in (name, *filter(None, also.split(","))):
            found[word.removeprefix("the ").removeprefix("The ").replace("’", "'")] = known
    return found


@lru_cache(maxsize=8)
def name_words(kind: str) -> frozenset[str]:
    """Lower-case words that end the name of an organisation, facility, place or happening; verbs of saying."""
    data = files("onrecord").joinpath("data/name_words.json").read_text(encoding="utf-8")
    return frozenset(json.loads(data)[kind])


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Lower-case given names to m, f or u (used for both). Source: nomquamgender (MIT), names known to many lists."""
    data = files("onrecord").joinpath("data/given_names.tsv").read_text(encoding="utf-8")
    found = {}
    for line in data.splitlines():
        gender, names = line.split("\t")
        found.update(dict.fromkeys(names.split(), gender))
    return found


def singular(word: str) -> str:
    """The singular of a lower-case role word, if the table knows it; else the word."""
    known = roles()
    if word in known:
        return word
    irregular = {"men": "man", "women": "woman", "people": "person", "children": "child", "wives": "wife"}
    for plural, single in irregular.items():
        if word.endswith(plural) and word[: -len(plural)] + single in known:
            return word[: -len(plural)] + single
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + instead in known:
            return word[: -len(ending)] + instead
    if " of " in word:  # ministers of state
        first, rest = word.split(" ", 1)
        return f"{singular(first)} {rest}"
    return word


def role_of(words: list[str]) -> tuple[Role, int] | None:
    """The longest role that ends these lower-case words, and how many of them it takes."""
    known = roles()
    for length in range(min(LONGEST_ROLE, len(words)), 0, -1):
        phrase = " ".join(words[-length:]).replace("’", "'").replace(" 's", "'s")
        role = known.get(phrase) or known.get(singular(phrase))
        if role:
            return role, length
    return None


__all__ = [
    "Organisation",
    "Role",
    "given_names",
    "name_words",
    "organisations",
    "role_of",
    "roles",
    "sector_modifiers",
    "singular",
]
