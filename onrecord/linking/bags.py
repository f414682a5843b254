"""Bags of weighted words as arrays, so that one report is compared with many at once.

Weights are whole numbers: sums are then exact, and no outcome depends on the order in which anything is added up.
Words are known by Python's own hash, which differs from run to run; only whether two are the same is ever used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Bag:
    """Rows of words, as parallel arrays: which row, which word, what it weighs."""

    rows: Ints
    words: Ints
    weights: Floats
    height: int

    @cached_property
    def vocabulary(self) -> Ints:
        found: Ints = np.unique(self.words)
        return found

    def at(self, rows: Ints) -> Bag:
        """A bag of these rows, in this order, none twice."""
        place = np.full(self.height, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.rows] >= 0
        return Bag(place[self.rows[kept]], self.words[kept], self.weights[kept], len(rows))

    @cached_property
    def totals(self) -> Floats:
        """The weight of each row."""
        return np.bincount(self.rows, weights=self.weights, minlength=self.height).astype(np.float64)

    @cached_property
    def counts(self) -> Ints:
        """The number of words of each row."""
        found: Ints = np.bincount(self.rows, minlength=self.height)
        return found


def bag(rows: Sequence[Collection[str]]) -> Bag:
    """Of one set of words a row, each weighing one."""
    words = np.fromiter(map(hash, chain.from_iterable(rows)), dtype=np.int64)
    return Bag(_places(rows), words, np.ones(len(words)), len(rows))


def weighted_bag(rows: Sequence[Mapping[str, float]]) -> Bag:
    """Of one table of words and whole weights a row."""
    weights = np.fromiter(chain.from_iterable(row.values() for row in rows), dtype=np.float64)
    words = np.fromiter(map(hash, chain.from_iterable(rows)), dtype=np.int64, count=len(weights))
    return Bag(_places(rows), words, weights, len(rows))


def _places(rows: Sequence[Collection[str]]) -> Ints:
    """The row of each word."""
    return np.repeat(np.arange(len(rows), dtype=np.int64), np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)))


def stacked(bags: Sequence[Bag]) -> Bag:
    """One bag of all their rows, in order."""
    starts = np.cumsum([0, *(b.height for b in bags)])
    if not bags:
        return bag([])
    return Bag(
        np.concatenate([b.rows for b in bags]) + np.repeat(starts[:-1], [len(b.rows) for b in bags]),
        np.concatenate([b.words for b in bags]),
        np.concatenate([b.weights for b in bags]),
        int(starts[-1]),
    )


def sharing(left: Bag, right: Bag) -> NDArray[np.bool_]:
    """Of each left row with each right row, whether they have a word in common; for words that few rows have."""
    order = np.argsort(right.words, kind="stable")
    known = right.words[order]
    first = np.searchsorted(known, left.words)
    sizes = np.searchsorted(known, left.words, side="right") - first
    before = np.cumsum(sizes) - sizes
    met = order[np.arange(int(sizes.sum())) + np.repeat(first - before, sizes)]
    found = np.zeros((left.height, right.height), dtype=np.bool_)
    found[np.repeat(left.rows, sizes), right.rows[met]] = True
    return found


class Shared:
    """What the rows of two bags have in common, over the words that are in both."""

    def __init__(self, left: Bag, right: Bag) -> None:
        known = left.vocabulary
        at = np.searchsorted(known, right.words)
        hit = at < len(known)
        hit[hit] = known[at[hit]] == right.words[hit]
        columns, place = np.unique(at[hit], return_inverse=True)
        self._right: Singles = np.zeros((right.height, len(columns)), dtype=np.float32)
        self._right[right.rows[hit], place] = right.weights[hit]
        names = known[columns] if len(columns) else known[:0]
        back = np.searchsorted(names, left.words)
        hit = back < len(names)
        hit[hit] = names[back[hit]] == left.words[hit]
        self._height = left.height
        self._rows, self._columns, self._weights = left.rows[hit], back[hit], left.weights[hit]

    def everywhere(self) -> Singles:
        """Of each left row with each right row, the number of words in both."""
        left: Singles = np.zeros((self._height, self._right.shape[1]), dtype=np.float32)
        left[self._rows, self._columns] = 1.0
        found: Singles = left @ (self._right > 0).astype(np.float32).T
        return found

    @cached_property
    def _places(self) -> tuple[Ints, Ints, Ints]:
        """The places of the left words in order of their rows, where those of each row begin, and how many they are."""
        sizes = np.bincount(self._rows, minlength=self._height)
        return np.argsort(self._rows, kind="stable"), np.cumsum(sizes) - sizes, sizes

    def _met(self, i: Ints, j: Ints) -> tuple[Ints, Floats]:
        """Of each word that a pair shares, the number of the pair and what it weighs on the left, in order of pairs."""
        order, starts, sizes = self._places
        lengths = sizes[i]
        pair = np.repeat(np.arange(len(i)), lengths)
        at = order[np.arange(len(pair)) + np.repeat(starts[i] - (np.cumsum(lengths) - lengths), lengths)]
        hit = self._right[j[pair], self._columns[at]] > 0
        return pair[hit], self._weights[at[hit]]

    def counts(self, i: Ints, j: Ints) -> Floats:
        """Of left rows ``i`` with right rows ``j``, pair by pair, the number of words in both."""
        found: Floats = np.bincount(self._met(i, j)[0], minlength=len(i)).astype(np.float64)
        return found

    def sums(self, i: Ints, j: Ints) -> tuple[Floats, Floats, Floats]:
        """The same; what the shared words weigh on the left; and what the weightiest does, 0 where none is shared."""
        pair, weights = self._met(i, j)
        rarest = np.zeros(len(i))
        np.maximum.at(rarest, pair, weights)
        counts = np.bincount(pair, minlength=len(i)).astype(np.float64)
        return counts, np.bincount(pair, weights=weights, minlength=len(i)).astype(np.float64), rarest
