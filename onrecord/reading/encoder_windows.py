"""Windows of word pieces: how a report's text is cut for the encoder, in training and in use alike.

A window holds neighbouring sentences, whole where they fit, of at most ``LONGEST`` pieces with ``[CLS]`` before them,
``[SEP]`` at every paragraph's end and at its own. Each piece carries a kind that tells what the lower-cased vocabulary
loses: 1 is added inside quotation marks (also those opened before the window), 2 for a word with a capital.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 192  # pieces of a window, special ones included
KINDS = 4
CLS, SEP = 101, 102

Ints = NDArray[np.int64]

_MARK = re.compile(r"[\n“”\"«»„]+")
_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's word pieces in order; ``starts`` and ``ends`` are code points, ``breaks``: a line ended before it."""

    ids: Ints
    kinds: Ints
    starts: Ints
    ends: Ints
    breaks: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """``ids`` and ``kinds`` with special pieces; ``pieces`` is each position's index into the text's pieces, or -1."""

    ids: Ints
    kinds: Ints
    pieces: Ints


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Stretches between double quotation marks, marks included; linear in the text's length.

    A quotation left open at a paragraph's end goes on if the next paragraph opens with a mark; else it ended there.
    """
    found: list[tuple[int, int]] = []
    opened = -1
    for match in _MARK.finditer(text):
        for at in range(match.start(), match.end()):
            mark = text[at]
            if mark == "\n":
                if opened >= 0:
                    found.append((opened, at))
                    opened = -2 if _goes_on(text, match.end(), at) else -1
            elif opened == -2:
                opened = at
            elif mark in _OPENING or (mark == '"' and opened == -1):
                opened = at if opened == -1 else opened
            elif opened >= 0 and (mark in _CLOSING or mark == '"'):
                found.append((opened, at + 1))
                opened = -1
    if opened >= 0:
        found.append((opened, len(text)))
    return found


def _goes_on(text: str, end: int, at: int) -> bool:
    """Does the next paragraph open with a mark of quotation?"""
    rest = text[at:end].lstrip("\n")
    return bool(rest) and (rest[0] in _OPENING or rest[0] == '"')


def cut_pieces(text: str, ids: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Pieces:
    """The text's pieces with their kinds, from a tokenizer's ids and code-point offsets."""
    spans = np.asarray(offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = spans[:, 0], spans[:, 1]
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for a, b in quoted_stretches(text):
        inside[a:b] = 1
    lines = np.zeros(len(text) + 1, dtype=np.int64)
    lines[[m.start() + 1 for m in re.finditer("\n", text)]] = 1
    line = np.cumsum(lines)
    kinds = inside[starts]
    capital = np.fromiter((text[a : a + 1].isupper() for a in starts.tolist()), dtype=np.int64, count=len(starts))
    kinds = kinds + 2 * capital
    at = line[starts]
    breaks = np.zeros(len(starts), dtype=np.bool_)
    breaks[1:] = at[1:] != at[:-1]
    return Pieces(np.asarray(ids, dtype=np.int64), kinds, starts, ends, breaks)


def cut_windows(pieces: Pieces, sentences: Sequence[int], longest: int = LONGEST, first: int = 0) -> list[Window]:
    """Windows of about even size over all pieces, cut at sentence starts (code points) where sentences fit.

    ``first`` shortens the first window: training varies it, so that no sentence always stands at a window's edge.
    """
    total = len(pieces.ids)
    if not total:
        return []
    room = longest - 2
    starts = pieces.starts.tolist()
    bounds = sorted({bisect_left(starts, s) for s in sentences} | {0, total})
    lengths = np.cumsum(1 + pieces.breaks.astype(np.int64))  # pieces with the marks of paragraph ends
    size = int(lengths[-1])
    target = -(-size // max(1, -(-size // room)))
    windows: list[Window] = []
    begin, limit = 0, first or target
    last = 0
    for bound in bounds[1:]:
        while (
            int(lengths[bound - 1] - lengths[begin]) + 1 > room
        ):  # does not fit: cut before this sentence, or within it
            end = last if last > begin else begin + room // 2
            windows.append(_window(pieces, begin, end))
            begin, limit = end, target
        last = bound
        if int(lengths[bound - 1] - lengths[begin]) + 1 >= limit:
            windows.append(_window(pieces, begin, bound))
            begin, limit = bound, target
    if begin < total:
        windows.append(_window(pieces, begin, total))
    return windows


def _window(pieces: Pieces, begin: int, end: int) -> Window:
    index = np.arange(begin, end)
    ids, kinds = pieces.ids[begin:end], pieces.kinds[begin:end]
    at = np.flatnonzero(pieces.breaks[begin + 1 : end]) + 1
    ids, kinds, index = np.insert(ids, at, SEP), np.insert(kinds, at, 0), np.insert(index, at, -1)
    ends = np.array([-1])
    return Window(
        np.concatenate(([CLS], ids, [SEP])),
        np.concatenate(([0], kinds, [0])),
        np.concatenate((ends, index, ends)),
    )
