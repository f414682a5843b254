"""Contexts of PLOVER events: the themes that the words of an event's sentence, and the sectors of those in it, tell.

The names are the 37 of POLECAT (Halterman and others 2023); the words stand in ``onrecord/data/events_contexts.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.model import Participant
from onrecord.reading.event_lexicon import rows
from onrecord.reading.event_tree import Tree

_OF_SECTOR = {"MIL": "military", "LEG": "legislative", "JUD": "legal", "SPY": "intelligence"}
_LONGEST = 5  # words of a phrase
_NOT_READ = frozenset({"PERSON"})  # "Bill" and "Christian" are names here
_VERB = ":v"


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Contexts by their words, in the order of the data."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, listed in rows("events_contexts.tsv"):
        for phrase in listed.split("|"):
            words = tuple(phrase.replace("-", " ").split())
            found[words] = (*found.get(words, ()), name)
    return found


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """With what phrases of several words begin: few places of a text are worth a longer look."""
    return frozenset(words[0] for words in _table() if len(words) > 1)


@dataclass(slots=True)
class ContextFinder:
    """The contexts of a page's sentences, each sentence looked at once."""

    tree: Tree
    _by_sentence: dict[int, list[int]] = field(default_factory=dict)
    _known: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for i, number in enumerate(self.tree.sentence):
            self._by_sentence.setdefault(number, []).append(i)

    def contexts(self, sentence: int, implied: Iterable[str], people: Iterable[Participant]) -> tuple[str, ...]:
        """What the event's code implies first, then what its sentence and the sectors of its participants tell."""
        if sentence not in self._known:
            self._known[sentence] = self._told(self._by_sentence.get(sentence, []))
        sectors = (_OF_SECTOR[p.sector] for p in people if p.sector in _OF_SECTOR)
        return tuple(dict.fromkeys((*implied, *self._known[sentence], *sectors)))

    def _told(self, tokens: list[int]) -> tuple[str, ...]:
        tree, table, beginnings = self.tree, _table(), _beginnings()
        read = [i for i in tokens if tree.word[i] != "-"]
        found: list[str] = []
        for at, i in enumerate(read):
            if tree.entity[i] in _NOT_READ:
                continue
            begins = tree.lemma[i] in beginnings or tree.lower[i] in beginnings
            for size in range(min(_LONGEST, len(read) - at) if begins else 1, 0, -1):
                names = next((table[key] for key in self._keys(read[at : at + size]) if key in table), ())
                found += names
                if names:
                    break
        return tuple(dict.fromkeys(found))

    def _keys(self, tokens: list[int]) -> list[tuple[str, ...]]:
        """A phrase by its lemmas, and by the words as written before its last: "disputed border"."""
        tree, last = self.tree, tokens[-1]
        if len(tokens) == 1:
            return [(tree.lemma[last] + (_VERB if tree.pos[last] == "VERB" else ""),)]
        lemmas = [tree.lemma[i] for i in tokens]
        return [tuple(lemmas), (*(tree.lower[i] for i in tokens[:-1]), lemmas[-1])]
