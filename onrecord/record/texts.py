"""Whether two claims are one text: an agency's copy, a press release, one quotation, edited here and there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil

from onrecord.model import Testimony
from onrecord.record.words import ANYWHERE

SHORTEST = 8  # different words a sentence must have to be anybody's in particular
NEARLY = 0.7  # share of both sentences' words that both have
LONG, NEARLY_LONG = 16, 0.6  # different words of which no two writers choose so many alike, and the share of these
SAME = 5  # different words of which a sentence told word for word is nobody else's: "The snow falls off the roof."
RUN = 8  # words in a row around what is told, most of them of no name: no two writers hit upon the same
SPOKEN = 6  # the same where somebody speaks of himself: one quotation
# Words of such a row that are no names and do not stand in any sentence: the fewer, the longer the row.
_PLAIN = {RUN: 4, RUN + 2: 3, RUN + 4: 2}
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "myself", "ourselves"})
_WORD = re.compile(r"\w+", re.UNICODE)
_Place = tuple[str, int]  # a report, and where the sentence begins


def one_text(left: Testimony, right: Testimony) -> bool:
    """Whether two sentences tell it in nearly the same words, or in the same ones within longer sentences.

    Be it in one report, that quotes a post and shows it; who are named together in one sentence are still two.
    """
    if _place(left) == _place(right):
        return False
    if _runs(left) & _runs(right):
        return True
    a, b = _words(left.claim.words.text), _words(right.claim.words.text)
    if a == b:
        return len(a) >= SAME
    shorter = min(len(a), len(b))
    return shorter >= SHORTEST and len(a & b) >= _nearly(shorter) * len(a | b)


def _nearly(words: int) -> float:
    """The share of words that a sentence of so many has in common with a copy of it."""
    return NEARLY_LONG if words >= LONG else NEARLY


class Texts:
    """Claims that can be asked whether one of them is another's text, without comparing with each.

    Two sentences that share so much share one of the rarest words of each, whatever counts as rare: only those that
    do are compared (prefix filtering: Bayardo, Ma and Srikant 2007).
    """

    def __init__(self, expected: Iterable[Testimony]) -> None:
        """``expected`` tell how rare words are; they are not yet among the claims."""
        self._uses = Counter(word for item in expected for word in _words(item.claim.words.text))
        self._telling: dict[str, list[Testimony]] = defaultdict(list)
        self._running: dict[tuple[str, ...], set[_Place]] = defaultdict(set)  # sentences by their words in a row

    def add(self, testimony: Testimony) -> None:
        for word in self._rarest(testimony):
            self._telling[word].append(testimony)
        for run in _runs(testimony):
            self._running[run].add(_place(testimony))

    def has(self, testimony: Testimony) -> bool:
        """Whether one of the claims tells it in nearly the same sentence, or in the same words."""
        here = {_place(testimony)}
        return any(self._running.get(run, here) - here for run in _runs(testimony)) or any(
            one_text(testimony, other) for word in self._rarest(testimony) for other in self._telling.get(word, ())
        )

    def _rarest(self, testimony: Testimony) -> list[str]:
        """So many of its words that at least one of them is among what any near copy shares with it."""
        words = _words(testimony.claim.words.text)
        if len(words) < SAME:
            return []
        ranked = sorted(words, key=lambda word: (self._uses[word], word))
        return ranked[: len(words) - ceil(_nearly(len(words)) * len(words) - 1e-9) + 1]


def _place(testimony: Testimony) -> _Place:
    return testimony.report.id, testimony.claim.words.start


def _runs(testimony: Testimony) -> frozenset[tuple[str, ...]]:
    """The rows of words in a claim's sentence that hold the event's anchor and are nobody else's."""
    words = testimony.claim.words
    return _rows(words.text, testimony.mention.anchor.start - words.start)


@lru_cache(maxsize=8192)
def _rows(text: str, anchor: int) -> frozenset[tuple[str, ...]]:
    found = [(m.end(), m.group()) for m in _WORD.finditer(text)]
    at = next((i for i, (end, _) in enumerate(found) if end > anchor), len(found))
    listed = [word for _, word in found]
    found_rows = (row for size in _PLAIN for row in _around(listed, at, size) if _is_plain(row))
    rows = [tuple(w.casefold() for w in row) for row in found_rows]
    spoken = [tuple(w.casefold() for w in row) for row in _around(listed, at, SPOKEN)]
    return frozenset(rows) | frozenset(row for row in spoken if not _FIRST_PERSON.isdisjoint(row))


def _around(listed: Sequence[str], at: int, size: int) -> Iterator[Sequence[str]]:
    """The rows of so many words that hold the word at a place."""
    for start in range(max(0, at - size + 1), min(at, len(listed) - size) + 1):
        yield listed[start : start + size]


def _is_plain(row: Sequence[str]) -> bool:
    """Whether a row is more than a long name, a date or a phrase: "would vote on the press bill on 3 May" is not."""
    return sum(len(word) > 3 and word[:1].islower() and word not in ANYWHERE for word in row) >= _PLAIN[len(row)]


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """The words as one spells them on either side of an ocean: "analyzed", "kilometers"."""
    return frozenset(word.replace("z", "s").replace("metre", "meter") for word in _WORD.findall(text.casefold()))
