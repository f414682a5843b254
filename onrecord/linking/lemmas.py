"""What two words of events have to do with each other: one family, one sense, one the kind of the other, near in use.

From WordNet 3.0 and static word vectors, cut down to the words of events in news; made by ``models/linking/lemmas.py``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.bags import Floats, Ints

Vectors = NDArray[np.float64]


class Lemma(NamedTuple):
    """A folded, stemmed word: the verbs it is or comes from, its senses, the wider ones, both of rarer uses."""

    bases: frozenset[str]
    senses: frozenset[str]
    wider: frozenset[str]
    rarer: frozenset[str]  # senses, and wider ones, of its rarer uses
    row: int  # of its vector; -1: none


UNKNOWN = Lemma(frozenset(), frozenset(), frozenset(), frozenset(), -1)
# Of those that open no phrase of their own as a rule: "go on strike", "take in three", tell little of a particle.
PARTICLES = frozenset(("apart", "aside", "away", "back", "down", "forth", "off", "out", "over", "together", "up"))


@lru_cache(maxsize=1)
def _table() -> dict[str, Lemma]:
    lines = files("onrecord").joinpath("data/linking-lemmas.tsv").read_text("utf8").splitlines()[1:]
    out = {}
    for row, line in enumerate(lines):
        word, *columns = line.split("\t")
        bases, senses, wider, rarer = (frozenset(c.split(",") if c else ()) for c in columns)
        out[word] = Lemma(bases, senses, wider, rarer, row)
    return out


@lru_cache(maxsize=1)
def _vectors() -> Vectors:
    """One row a word, of whole numbers, so that sums are exact in any order; the last row is nought."""
    with as_file(files("onrecord").joinpath("data/linking-vectors.npy")) as path:
        table = np.load(path, allow_pickle=False).astype(np.float64)
    return np.vstack([table, np.zeros((1, table.shape[1]))])


def lemma_of(word: str) -> Lemma:
    return _table().get(word, UNKNOWN)


def with_particle(verb: str, after: str) -> str:
    """The verb with the particle right after it, where both together are a word of their own; else the verb."""
    particle = after.split(maxsplit=1)[0].rstrip(".,;:!?") if after else ""
    whole = f"{verb} {particle}"
    return whole if particle in PARTICLES and whole in _table() else verb


def vectors_of(rows: Ints) -> Vectors:
    """The vectors of these numbers; of -1, one of noughts."""
    made: Vectors = _vectors()[rows]
    return made


def cosines(left: Vectors, right: Vectors) -> Floats:
    """Of each left row with each right row, 0 … 1; 0 where either is nought."""
    norms = np.sqrt((left**2).sum(axis=1))[:, None] * np.sqrt((right**2).sum(axis=1))[None, :]
    # Whole numbers of seven bits: sums of their products are exact in single precision too, which is twice as fast.
    products = (left.astype(np.float32) @ right.astype(np.float32).T).astype(np.float64)
    found: Floats = np.maximum(0.0, products) / np.maximum(norms, 1.0)
    return found
