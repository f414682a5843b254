"""The words of the event reader: CAMEO codes, PLOVER types, patterns of verbs and nouns, object classes, word lists.

The tables lie in ``onrecord/data/events_*.tsv``. Codes and Goldstein values follow the CAMEO manual (Schrodt 2012),
types, modes and contexts the PLOVER manual (Open Event Data Alliance 2021).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from onrecord.model import PLOVER_QUADS

PLOVER_TYPES = tuple(PLOVER_QUADS)
NEWS_TYPES = (
    "ACCIDENT",
    "APPOINTMENT",
    "AWARD",
    "BIRTH",
    "CRIME",
    "DEAL",
    "DEATH",
    "DISASTER",
    "ELECTION",
    "HEALTH",
    "INJURY",
    "LAUNCH",
    "LAW",
    "MARKET",
    "MOVE",
    "RULING",
    "SPORT",
    "STATEMENT",
)


@dataclass(frozen=True, slots=True)
class Typing:
    """What an event is: a PLOVER type with CAMEO code, quad class and Goldstein value, or a type of the news scheme."""

    type: str
    scheme: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None


NO_TYPE = "-"  # the code of a pattern by which a word has none


@dataclass(frozen=True, slots=True)
class Pattern:
    """One reading of a predicate, or that it has none (code ``NO_TYPE``).

    ``wants`` is the class of its object, ``about`` the class of its object or its subject, ``topic`` the class of
    words that its sentence or report must speak of, if it asks for one.
    """

    code: str
    wants: str | None = None
    about: str | None = None
    topic: str | None = None


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a data table, comments left out."""
    text = files("onrecord").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def codes() -> dict[str, Typing]:
    """Every CAMEO code and news type with what it stands for."""
    table = {name: Typing(name, "news") for name in NEWS_TYPES}
    for code, kind, mode, contexts, goldstein in rows("events_codes.tsv"):
        parts = tuple(c for c in contexts.split(";") if c)
        table[code] = Typing(kind, "plover", mode or None, parts, code, PLOVER_QUADS[kind], float(goldstein))
    return table


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split("|")) for name, words in rows("events_classes.tsv")}


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """The word lists by name."""
    return {name: frozenset(listed.split("|")) for name, listed in rows("events_words.tsv")}


@lru_cache(maxsize=2)
def patterns(part: str) -> dict[str, tuple[Pattern, ...]]:
    """Patterns of verbs (``v``) or nouns (``n``) by their words: lemma, or lemma and what follows it."""
    table: dict[str, list[Pattern]] = {}
    for code, kind, listed in rows("events_lexicon.tsv"):
        if kind != part:
            continue
        for item in listed.split("|"):
            untold, _, topic = item.partition(" @")
            plain, _, about = untold.partition(" <")
            key, _, wanted = plain.partition(" >")
            found = Pattern(code, wanted.split(" ")[0] or None, about or None, topic or None)
            table.setdefault(key.strip(), []).append(found)
    return {key: tuple(found) for key, found in table.items()}


def wanted(name: str, lemma: str) -> bool:
    """Does this object belong to the class a pattern asks for? A name without a class stands for itself."""
    members = classes().get(name)
    return lemma in members if members is not None else lemma == name


def title_stem(lower: str, shortest: int = 5) -> str | None:
    """The verb of a form in -s of so many letters or more, if the verb lexicon knows it."""
    if not lower.endswith("s") or len(lower) < shortest:
        return None
    known = patterns("v")
    for stem in (lower[:-1], lower[:-2], lower[:-3] + "y"):
        if len(stem) > 2 and stem in known:
            return stem
    return None
