"""Decoding: the most probable roles of a report's tokens, by the encoder's tags and by how annotated stretches run.

Tags say what a token is by itself. How stretches begin, go on and end – a content rarely ends inside a noun phrase, and
often at a quotation's end – is counted in PolNeAR's training part, by what stands between two tokens
(``data/attribution-decoding.json``, made by ``models/attribution_tune.py``). Viterbi's algorithm joins the two.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.reading.encoder import Scores

DATA = Path(__file__).parent.parent / "data"
ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
SEAMS = (
    "paragraph", "sentence", "quote opens", "quote closes", "after mark", "before mark", "clause ends", "clause begins",
    "inside phrase", "other",
)  # fmt: skip
_MARKS = frozenset({",", ";", ":", "-", "–", "—", "--"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "ROOT", "conj"})
_TO_RIGHT = frozenset({"compound", "amod", "poss", "nummod", "case"})  # what stands before its head in a phrase
_LEANS = frozenset({"det", "compound", "amod", "poss", "nummod", "aux", "auxpass", "prep"})
_NEVER = -1e3  # the logarithm of an impossible step

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of tokens of one role; ``score`` is its mean chance of that role."""

    role: str
    span: Span
    score: float


@dataclass(frozen=True)
class Decoding:
    """``counts`` of steps between tags by seam; ``scale`` is their weight against the tags'; ``prior`` how much of
    a tag's own frequency is taken out of them; ``bias`` is added to each role's logarithm.

    ``opening`` is the mean chance of any role from which a clause is completed by rule, ``beside`` what standing right
    beside a cue adds to the chance of being its content.
    """

    counts: Floats  # (seams, tags, tags)
    scale: float
    prior: float
    bias: tuple[float, float, float]
    opening: float = 0.35
    beside: float = 0.4

    def steps(self) -> Floats:
        """Scores of steps: (seams, tags, tags); a stretch can only be gone on with, not begun, by an inside tag."""
        whole = self.counts.sum(axis=0)
        # A seam's own counts, with ten of the general ones for what it was rarely seen with.
        general = (whole + 0.1) / (whole + 0.1).sum(axis=1, keepdims=True)
        mixed = self.counts + 10 * general[None]
        chances = mixed / mixed.sum(axis=2, keepdims=True)
        usual = np.maximum(whole.sum(axis=0), 1) / whole.sum()
        scores: Floats = self.scale * (np.log(chances) - self.prior * np.log(usual)[None, None])
        for number in range(len(ROLES)):
            inside = 2 * number + 2
            for before in range(len(TAGS)):
                if before not in (inside - 1, inside):
                    scores[:, before, inside] = _NEVER
        return scores

    def biases(self) -> Floats:
        return np.array([0.0, *(b for b in self.bias for _ in range(2))])


@lru_cache(maxsize=1)
def decoding(path: Path = DATA / "attribution-decoding.json") -> Decoding:
    """The shipped decoding."""
    held = json.loads(path.read_text("utf-8"))
    order = [held["seams"].index(s) for s in SEAMS]
    source, cue, content = (float(held["bias"][role]) for role in ROLES)
    counts = np.array(held["counts"], dtype=np.float64)[order]
    bias = (source, cue, content)
    return Decoding(counts, held["scale"], held["prior"], bias, held["opening"], held["beside"])


def seams(tokens: Sequence[Token], quotes: Sequence[tuple[int, int]]) -> list[int]:
    """What stands between each token and the next, as an index into ``SEAMS``."""
    opens = [a for a, _ in quotes]
    ends, begins = set(), set()
    for token in tokens:
        if token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSES:
            begins.add(token.left_edge.i)
            ends.add(token.right_edge.i)

    def quoted(at: int) -> bool:
        number = bisect_right(opens, at) - 1
        return number >= 0 and at < quotes[number][1]

    inside = [quoted(t.idx) for t in tokens]
    return [
        SEAMS.index(_seam(left, right, (inside[i], inside[i + 1]), (left.i in ends, right.i in begins)))
        for i, (left, right) in enumerate(pairwise(tokens))
    ]


def _seam(left: Token, right: Token, quoted: tuple[bool, bool], clause: tuple[bool, bool]) -> str:
    if right.i > left.i + 1 and any("\n" in left.doc[i].text for i in range(left.i + 1, right.i)):
        return "paragraph"
    if right.is_sent_start and not quoted[0]:
        return "sentence"
    if quoted[0] != quoted[1]:
        return "quote opens" if quoted[1] else "quote closes"
    if right.is_sent_start:
        return "sentence"
    if left.text in _MARKS:
        return "after mark"
    if right.text in _MARKS:
        return "before mark"
    if clause[0]:
        return "clause ends"
    if clause[1]:
        return "clause begins"
    return "inside phrase" if right.dep_ in _TO_RIGHT or left.dep_ in _LEANS else "other"


def viterbi(chances: Floats, between: Sequence[int], steps: Floats, bias: Floats) -> list[int]:
    """The best sequence of tags; ``chances`` is (tokens, tags). Time is linear in the tokens."""
    if not len(chances):
        return []
    emitted = np.log(np.maximum(chances, 1e-6)) + bias
    held = emitted[0].copy()
    held[2::2] = _NEVER
    back = np.zeros(chances.shape, dtype=np.int64)
    columns = np.arange(chances.shape[1])
    for i in range(1, len(chances)):
        reached = held[:, None] + steps[between[i - 1]]
        back[i] = reached.argmax(axis=0)
        held = reached[back[i], columns] + emitted[i]
    found = [int(held.argmax())]
    for i in range(len(chances) - 1, 0, -1):
        found.append(int(back[i, found[-1]]))
    return found[::-1]


@dataclass(frozen=True)
class Decoded:
    """Runs of tokens of one role, in order, and per token the chance of having none."""

    stretches: list[Stretch]
    none: Floats


def decode(
    tokens: Sequence[Token], scores: Scores, quotes: Sequence[tuple[int, int]], by: Decoding | None = None
) -> Decoded:
    """The roles of a report's tokens, white space left out, by the shipped decoding unless another is given."""
    by = by or decoding()
    starts = [t.idx for t in tokens]
    ends = [t.idx + len(t) for t in tokens]
    names = list(scores.described["tags"])
    chances = np.asarray(scores.token_tags(starts, ends), dtype=np.float64)[:, [names.index(t) for t in TAGS]]
    best = viterbi(chances, seams(tokens, quotes), by.steps(), by.biases())
    found: list[Stretch] = []
    at = 0
    while at < len(best):
        to = at + 1
        if best[at]:
            role = (best[at] - 1) // 2
            while to < len(best) and best[to] == 2 * role + 2:
                to += 1
            score = float(chances[at:to, 2 * role + 1 : 2 * role + 3].sum(axis=1).mean())
            found.append(Stretch(ROLES[role], Span(starts[at], ends[to - 1]), score))
        at = to
    return Decoded(found, chances[:, 0])
