"""What two words of events have to do with each other: one family, one sense, one the kind of the other, near in use.

From WordNet 3.0 and static word vectors, cut down to the words of events in news; made by ``models/linking/lemmas.py``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class Lemma(NamedTuple):
    """A folded, stemmed word: the verbs it is or comes from, its senses, the wider senses above them."""

    bases: frozenset[str]
    senses: frozenset[str]
    wider: frozenset[str]
    row: int  # of its vector; -1: none


class Kinship(NamedTuple):
    """How two different words are related; ``cosine`` of their vectors, 0 where either is unknown."""

    family: bool  # invite, invitation
    synonyms: bool  # thwart, foil
    wider: bool  # murder, kill
    cosine: float


UNKNOWN = Lemma(frozenset(), frozenset(), frozenset(), -1)


@lru_cache(maxsize=1)
def _table() -> dict[str, Lemma]:
    lines = files("onrecord").joinpath("data/linking-lemmas.tsv").read_text("utf8").splitlines()[1:]
    out = {}
    for row, line in enumerate(lines):
        word, *columns = line.split("\t")
        out[word] = Lemma(*(frozenset(c.split(",") if c else ()) for c in columns), row)
    return out


@lru_cache(maxsize=1)
def _vectors() -> Vector:
    """One unit vector a row; nought where a word has none."""
    with as_file(files("onrecord").joinpath("data/linking-vectors.npy")) as path:
        table = np.load(path, allow_pickle=False).astype(np.float32)
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    made: Vector = table / np.maximum(norms, 1e-6)
    return made


def lemma_of(word: str) -> Lemma:
    return _table().get(word, UNKNOWN)


def vector_of(word: str) -> Vector:
    """The word's unit vector, nought if it has none."""
    row = lemma_of(word).row
    vectors = _vectors()
    return vectors[row] if row >= 0 else np.zeros(vectors.shape[1], dtype=np.float32)


def mean_vector(words: tuple[str, ...]) -> Vector:
    """The unit vector of the sum of the words' vectors; nought if none is known."""
    rows = [row for word in words if (row := lemma_of(word).row) >= 0]
    if not rows:
        return np.zeros(_vectors().shape[1], dtype=np.float32)
    total = _vectors()[rows].sum(axis=0)
    made: Vector = total / max(float(np.linalg.norm(total)), 1e-6)
    return made


@lru_cache(maxsize=65_536)
def kinship(left: str, right: str) -> Kinship:
    """Symmetric; of a word with itself everything holds."""
    if left == right:
        return Kinship(True, True, True, 1.0)
    a, b = lemma_of(left), lemma_of(right)
    cosine = max(0.0, float(vector_of(left) @ vector_of(right))) if a.row >= 0 and b.row >= 0 else 0.0
    return Kinship(
        family=not a.bases.isdisjoint(b.bases),
        synonyms=not a.senses.isdisjoint(b.senses),
        wider=not (a.senses.isdisjoint(b.wider) and a.wider.isdisjoint(b.senses)),
        cosine=cosine,
    )
