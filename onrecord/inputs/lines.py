"""Lines of a text with their offsets, and what their form alone tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_END = re.compile(r"(?:[.!?…。]|\.{3})[\"'”’»)\]*_]*$")
_FULL_STOP = re.compile(r"[.…。;][\"'”’»)\]*_]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|No|vs|etc)\.$|\.\.\.$")
_FUNCTION_END = re.compile(
    r"(?:,|\b(?:the|a|an|of|to|and|or|in|on|at|for|with|that|by|from|as|his|her|its|their|is|was|were|are|has|have|had|said|but|not))$",
    re.I,
)
_PUNCTUATION = re.compile(r"[^\w]+")
_SPACES = " \t\u00a0\u3000\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: offsets without the white space around it; ``row`` counts blank lines too."""

    start: int
    end: int
    text: str
    gap: bool  # whether a blank line stands before it


def split_lines(text: str, *, markdown: bool = False) -> list[Line]:
    """The lines with something in them. In Markdown, emphasis marks around a whole line count as white space."""
    lines: list[Line] = []
    spaces = _SPACES + ("*_> " if markdown else "")
    last = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip(_SPACES)
        if not stripped:
            continue
        bare = stripped.strip(spaces) or stripped
        start = match.start() + match[0].index(bare)
        gap = text.count("\n", last, match.start()) > 1 or text.count("\r", last, match.start()) > 1
        lines.append(Line(start, start + len(bare), bare, gap))
        last = match.end()
    return lines


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_END.search(line[-12:]))


def headline_form(line: str) -> bool:
    """Whether a line can be a headline: short, not begun in lower case, without a full stop."""
    words = line.split()
    if not (2 <= len(words) <= 30) or len(line) > 220 or line[0].islower() or line[0] in "([{<|":
        return False
    if line.endswith((":", ",")) or not any(c.isalpha() for c in line):
        return False
    return not _FULL_STOP.search(line[-12:]) or bool(_ABBREVIATION.search(line[-12:]) and len(words) <= 14)


def first_block(lines: list[Line], index: int) -> int:
    """How many lines the paragraph at ``index`` is wrapped over: 1 if each line is its own paragraph."""
    size = 1
    while index + size < len(lines) and not lines[index + size].gap and size < 40:
        size += 1
    block = [line.text for line in lines[index : index + size]]
    if size == 1:
        return 1
    if size >= 4:
        longest = max(map(len, block))
        if (
            40 <= longest <= 100
            and all(len(b) >= longest - 18 for b in block[:-1])
            and sum(map(ends_sentence, block)) < size - 1
        ):
            return size
    if max(map(len, block[:2])) > 110:
        return 1
    if block[1][0].islower() or (_FUNCTION_END.search(block[0]) and len(block[0]) > 30):
        return size
    return 1


def fold(line: str) -> str:
    """A line's words only, without case: two forms of one title are equal."""
    return " ".join(_PUNCTUATION.sub(" ", line.casefold()).split())
