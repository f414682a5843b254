"""Whether two claims are one text: an agency's copy, a press release, one quotation, edited here and there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import ceil

from onrecord.model import Testimony

SHORTEST = 8  # different words a sentence must have to be anybody's in particular
NEARLY = 0.7  # share of both sentences' words that both have
_WORD = re.compile(r"\w+", re.UNICODE)


def one_text(left: Testimony, right: Testimony) -> bool:
    """Whether two reports tell it in nearly the same sentence."""
    if left.report.id == right.report.id:
        return False
    a, b = _words(left.claim.words.text), _words(right.claim.words.text)
    return min(len(a), len(b)) >= SHORTEST and len(a & b) >= NEARLY * len(a | b)


class Texts:
    """Claims that can be asked whether one of them is another's text, without comparing with each.

    Two sentences that share so much share one of the rarest words of each, whatever counts as rare: only those that
    do are compared (prefix filtering: Bayardo, Ma and Srikant 2007).
    """

    def __init__(self, expected: Iterable[Testimony]) -> None:
        """``expected`` tell how rare words are; they are not yet among the claims."""
        self._uses = Counter(word for item in expected for word in _words(item.claim.words.text))
        self._telling: dict[str, list[Testimony]] = defaultdict(list)

    def add(self, testimony: Testimony) -> None:
        for word in self._rarest(testimony):
            self._telling[word].append(testimony)

    def has(self, testimony: Testimony) -> bool:
        """Whether one of the claims tells it in nearly the same sentence."""
        return any(
            one_text(testimony, other) for word in self._rarest(testimony) for other in self._telling.get(word, ())
        )

    def _rarest(self, testimony: Testimony) -> list[str]:
        """So many of its words that at least one of them is among what any near copy shares with it."""
        words = _words(testimony.claim.words.text)
        if len(words) < SHORTEST:
            return []
        ranked = sorted(words, key=lambda word: (self._uses[word], word))
        return ranked[: len(words) - ceil(NEARLY * len(words) - 1e-9) + 1]


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
