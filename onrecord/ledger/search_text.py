"""Text as the full-text index sees it, and a user's words as a query that is never a syntax error. Pure.

The index cuts words at blanks and punctuation. Scripts written without blanks (Chinese, Japanese, Thai …) are
indexed character by character, so that any run of characters is found as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.ledger.codec import plain
from onrecord.model import Span, TextSpan

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}][\u0300-\u036f]*)+")
_TERM = re.compile(r'(-?)"([^"]*)"?(\*?)|(\S+)')

MOST_TERMS = 32
_LONGEST_QUERY = 4_000
_LONGEST_TERM = 200
_LONGEST_SNIPPED = 200_000
_MOST_HITS = 50
_BEFORE, _AFTER = 60, 120


def indexable(text: str) -> str:
    """The text in lower case without accents, with blanks around characters of scripts that have none."""
    if text.isascii():
        return text
    return _UNSPACED_CHARACTER.sub(r" \g<0> ", plain(text))


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, folded into words; ``prefix`` lets its last word go on; ``without`` excludes it."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        yield plain(match[0]), match.start(), match.end()


def terms(query: str) -> tuple[Term, ...]:
    """What a user asks for: words, "phrases", beginnings*, -without. Anything else is taken as words."""
    found: list[Term] = []
    for match in _TERM.finditer(plain(query[:_LONGEST_QUERY])):
        if len(found) >= MOST_TERMS:
            break
        without, phrase, star, bare = match.groups()
        if bare is not None:
            without = "-" if bare.startswith("-") else ""
            star = "*" if bare.endswith("*") else ""
            phrase = bare
        words = tuple(_WORD.findall(phrase[:_LONGEST_TERM]))
        if words:
            found.append(Term(words, prefix=bool(star), without=bool(without)))
    return tuple(found)


def match_expression(asked: Sequence[Term]) -> str:
    """An FTS5 expression, every word quoted; empty if nothing can be searched for."""
    wanted = [_phrase(t) for t in asked if not t.without]
    if not wanted:
        return ""
    unwanted = [_phrase(t) for t in asked if t.without]
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _phrase(term: Term) -> str:
    quoted = '"' + " ".join(word.replace('"', "") for word in term.words) + '"'
    return quoted + " *" if term.prefix else quoted


def hits(text: str, asked: Sequence[Term]) -> tuple[Span, ...]:
    """Where the wanted terms stand in a text, in order; at most fifty."""
    wanted = [(t.words, t.prefix) for t in asked if not t.without]
    firsts = {words[0] for words, prefix in wanted if not (prefix and len(words) == 1)}
    beginnings = tuple(words[0] for words, prefix in wanted if prefix and len(words) == 1)
    tokens = list(words_of(text[:_LONGEST_SNIPPED]))
    found: list[Span] = []
    for index, (token, start, end) in enumerate(tokens):
        if token in firsts or (beginnings and token.startswith(beginnings)):
            last = max((_ends_at(tokens, index, words, prefix) for words, prefix in wanted), default=-1)
            if last >= index and (not found or start >= found[-1].end):
                found.append(Span(start, max(end, tokens[last][2])))
                if len(found) >= _MOST_HITS:
                    break
    return tuple(found)


def _ends_at(tokens: Sequence[tuple[str, int, int]], index: int, words: tuple[str, ...], prefix: bool) -> int:
    """The index of the phrase's last token if it begins here, else -1."""
    last = index + len(words) - 1
    if last >= len(tokens):
        return -1
    for offset, word in enumerate(words):
        token = tokens[index + offset][0]
        goes_on = prefix and offset == len(words) - 1
        if not (token.startswith(word) if goes_on else token == word):
            return -1
    return last


def snippet(text: str, found: Sequence[Span]) -> TextSpan:
    """A stretch of the text around its first hit, cut at blanks."""
    first = found[0].start if found else 0
    start, end = max(0, first - _BEFORE), min(len(text), first + _AFTER)
    if start > 0:
        start = next((i + 1 for i in range(start, first) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, first, -1) if text[i].isspace()), end)
    return TextSpan(start, end, text[start:end])
