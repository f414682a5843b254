"""Bags of words: what arrays say two rows share is what sets say, and stacking or picking rows changes nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.bags import Bag, Shared, bag, sharing, stacked, weighted_bag

ROWS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 90).map(float), max_size=5), max_size=5)


def pairs(left: int, right: int) -> tuple[np.ndarray, np.ndarray]:
    i, j = np.meshgrid(np.arange(left), np.arange(right), indexing="ij")
    return i.ravel(), j.ravel()


def as_sets(found: Bag) -> list[dict[int, float]]:
    out: list[dict[int, float]] = [{} for _ in range(found.height)]
    for row, word, weight in zip(found.rows.tolist(), found.words.tolist(), found.weights.tolist(), strict=True):
        out[row][word] = weight
    return out


@given(ROWS, ROWS)
def test_what_two_rows_share_is_what_sets_share(left: list[dict[str, float]], right: list[dict[str, float]]) -> None:
    shared = Shared(weighted_bag(left), weighted_bag(right))
    i, j = pairs(len(left), len(right))
    both = [left[a].keys() & right[b].keys() for a, b in zip(i, j, strict=True)]
    assert shared.counts(i, j).tolist() == [len(words) for words in both]
    assert shared.everywhere().ravel().tolist() == [len(words) for words in both]
    assert sharing(weighted_bag(left), weighted_bag(right)).ravel().tolist() == [bool(words) for words in both]
    counts, weights, rarest = (found.tolist() for found in shared.sums(i, j))
    assert counts == shared.counts(i, j).tolist()
    assert weights == [sum(left[a][word] for word in words) for a, words in zip(i, both, strict=True)]
    assert rarest == [max((left[a][word] for word in words), default=0.0) for a, words in zip(i, both, strict=True)]


@given(ROWS, ROWS)
def test_stacked_rows_keep_their_words(first: list[dict[str, float]], second: list[dict[str, float]]) -> None:
    assert as_sets(stacked([weighted_bag(first), weighted_bag(second)])) == as_sets(weighted_bag([*first, *second]))


@given(ROWS, st.randoms())
def test_picked_rows_keep_their_words(rows: list[dict[str, float]], random: st.DataObject) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    picked = order[: len(order) // 2]
    assert as_sets(weighted_bag(rows).at(np.array(picked, dtype=np.int64))) == as_sets(
        weighted_bag([rows[k] for k in picked])
    )


def test_words_without_weights_weigh_one() -> None:
    found = bag([["a", "b"], [], ["c"]])
    assert found.totals.tolist() == [2.0, 0.0, 1.0]
    assert found.counts.tolist() == [2, 0, 1]
