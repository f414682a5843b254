"""Words of a report as linking compares them: folded, lightly stemmed, weighted by how rare they are in news.

Weights come from a fixed table shipped with the package, so that a digest never depends on which reports came before.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

LONGEST = 60_000  # characters of a report that linking looks at
UNSEEN = 9.5  # weight of a word the table lacks: rarer than one report in thirteen thousand
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*", re.UNICODE)
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def fold(text: str) -> str:
    """Lower case, without accents, with straight quotes and single blanks."""
    if not text.isascii():
        text = text.translate(_STRAIGHT)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Harman's S-stemmer (1991) on a folded word, possessive endings removed."""
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


def words_of(text: str) -> list[str]:
    """Folded, stemmed words of a text in order; numbers left out."""
    return [stem(w) for w in _WORD.findall(fold(text[:LONGEST]))]


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    lines = files("onrecord").joinpath("data/linking-frequencies.tsv").read_text("utf8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: float(weight) for word, weight in pairs}


@lru_cache(maxsize=65_536)
def weight(term: str) -> float:
    """Natural log of the inverse document frequency in news, 0 … ``UNSEEN``; of a phrase, that of its rarest word."""
    table = _table()
    known = table.get(term)
    if known is not None:
        return known
    if " " not in term:
        return UNSEEN
    return min(UNSEEN + 1.0, max(table.get(part, UNSEEN) for part in term.split()) + 0.5)


@lru_cache(maxsize=65_536)
def tenths(term: str) -> int:
    """The weight in tenths: whole numbers, whose sums are the same in any order."""
    return round(10 * weight(term))


def is_known(term: str) -> bool:
    return term in _table()


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words in more than about one news report in seven: they carry no story."""
    return frozenset(word for word, value in _table().items() if value < 2.0 and " " not in word)
