"""Whether two claims are one text: an agency's copy, a press release, one quotation, edited here and there."""

from __future__ import annotations

import re
from functools import lru_cache

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


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
