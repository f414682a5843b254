"""What embedding predicates make of their complements, and the words that bear on status (``data/status_*.tsv``).

The signatures follow the ideas of Karttunen (1971, implicatives), Nairn, Condoravdi and Karttunen (2006) and FactBank
(Saurí and Pustejovsky 2009); the tables are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from onrecord.reading.event_lexicon import rows


@dataclass(frozen=True, slots=True)
class Signature:
    """Effect on the complement when the predicate is affirmed, and when it is negated."""

    affirmed: str
    negated: str


@lru_cache(maxsize=4)
def signatures(part: str) -> dict[str, Signature]:
    """Signatures of verbs (``v``), adjectives (``a``) or nouns (``n``) by lemma; the first row naming one counts."""
    table: dict[str, Signature] = {}
    for listed, kind, affirmed, negated in rows("status_signatures.tsv"):
        if kind == part:
            for lemma in listed.split("|"):
                table.setdefault(lemma, Signature(affirmed, negated))
    return table


@lru_cache(maxsize=1)
def status_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(listed.split("|")) for name, listed in rows("status_words.tsv")}
