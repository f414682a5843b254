"""Copies: near-duplicate reports by MinHash (Broder 1997), and passages shared word for word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from onrecord.linking.words import LONGEST, fold
from onrecord.model import Digest, Span

PERMUTATIONS = 64
BANDS = 16  # of four rows: a pair with Jaccard .5 shares a band with probability .64, with .7 .99
SEED = 1
SHINGLE = 3  # words
SHORTEST = 8  # words a passage must have to count as shared: shorter ones are formulas
MOST_PASSAGES = 200
_TOKEN = re.compile(r"\w+", re.UNICODE)
_PASSAGE_END = re.compile(r"[.!?][\"'”’)]{0,2}(?=\s+[\"'“‘(]?[A-Z0-9])|\n+|\Z")


def shingles(text: str) -> set[str]:
    """Runs of three folded words; of a shorter text the text itself."""
    tokens = _TOKEN.findall(fold(text[:LONGEST]))
    if len(tokens) < SHINGLE:
        return {" ".join(tokens)} if tokens else set()
    return {" ".join(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}


def signature(text: str) -> tuple[int, ...]:
    """MinHash signature of ``PERMUTATIONS`` 32-bit values; empty for a text without words."""
    from rensa import RMinHash

    parts = shingles(text)
    if not parts:
        return ()
    made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    made.update(sorted(parts))
    return tuple(made.digest())


def bands(values: tuple[int, ...]) -> Iterator[str]:
    """Keys that near-duplicates share with high probability."""
    if not values:
        return
    rows = PERMUTATIONS // BANDS
    for band in range(BANDS):
        raw = ",".join(str(v) for v in values[band * rows : (band + 1) * rows])
        yield f"{band}.{hashlib.blake2b(raw.encode(), digest_size=6).hexdigest()}"


def similarity(left: tuple[int, ...], right: tuple[int, ...]) -> float:
    """Estimated Jaccard similarity of two signatures, 0 … 1."""
    if not left or not right:
        return 0.0
    return sum(a == b for a, b in zip(left, right, strict=True)) / len(left)


def passages(text: str, datelines: Sequence[int] = ()) -> tuple[tuple[int, int, int], ...]:
    """(hash, start, end) of each sentence-like passage of ``SHORTEST`` words or more.

    ``datelines`` are the ends of datelines: a sentence begins after one, or its copy without it would be another.
    """
    out: list[tuple[int, int, int]] = []
    start = 0
    body = text[:LONGEST]
    for end in _PASSAGE_END.finditer(body):
        stop = end.start() + (0 if end.group().startswith("\n") else len(end.group()))
        start = max((end for end in datelines if start < end < stop), default=start)
        tokens = _TOKEN.findall(fold(body[start:stop]))
        if len(tokens) >= SHORTEST:
            lead = len(body[start:stop]) - len(body[start:stop].lstrip())
            value = int.from_bytes(hashlib.blake2b(" ".join(tokens).encode(), digest_size=6).digest(), "big")
            out.append((value, start + lead, stop))
        start = end.end()
        if len(out) >= MOST_PASSAGES:
            break
    return tuple(out)


def shared_passages(left: Digest, right: Digest) -> tuple[tuple[Span, Span], ...]:
    """Passages that two reports have word for word, as spans into either text, in the order of the left one."""
    where: dict[int, Span] = {}
    for value, start, end in right.paragraphs:
        where.setdefault(value, Span(start, end))
    return tuple((Span(start, end), where[value]) for value, start, end in left.paragraphs if value in where)


def shared_share(left: Digest, right: Digest) -> tuple[float, float]:
    """How much of the passages' characters of the left, and of the right, are in the other too."""
    pairs = shared_passages(left, right)

    def part(digest: Digest, spans: set[Span]) -> float:
        total = sum(end - start for _, start, end in digest.paragraphs)
        return sum(s.end - s.start for s in spans) / total if total else 0.0

    return part(left, {a for a, _ in pairs}), part(right, {b for _, b in pairs})
