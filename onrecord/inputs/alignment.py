"""Where the words of an extracted text stand in the source of its page."""

from __future__ import annotations

import html
import re
from array import array

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_SPACE = re.compile(r"\s")
_SPACES = re.compile(r"\s{2,}")
_WORD = re.compile(r"\S+")
_SILENT = ("script", "style", "noscript", "template", "title")
_FAR = 50_000  # characters ahead a whole line is looked for
_NEAR = 4000  # characters ahead a single word is looked for
_MOST_SEARCHES = 400  # whole lines looked for in vain through the whole page


class _Visible:
    """What a reader sees of a page: its characters and where each stands in the source."""

    def __init__(self, source: str) -> None:
        self.pieces: list[str] = []
        self.places = array("L")
        self._scan(source)
        self.text = "".join(self.pieces)

    def _add(self, source: str, start: int, end: int) -> None:
        at = start
        for match in _ENTITY.finditer(source, start, end):
            self._plain(source, at, match.start())
            for character in html.unescape(match[0]):
                self.pieces.append(" " if character.isspace() else character)
                self.places.append(match.start())
            at = match.end()
        self._plain(source, at, end)

    def _plain(self, source: str, start: int, end: int) -> None:
        at = start
        for gap in _SPACES.finditer(source, start, end):
            self._stretch(source, at, gap.start() + 1)
            at = gap.end()
        self._stretch(source, at, end)

    def _stretch(self, source: str, start: int, end: int) -> None:
        if start < end:
            self.pieces.append(_SPACE.sub(" ", source[start:end]))
            self.places.extend(range(start, end))

    def _scan(self, source: str) -> None:
        at, size, lower = 0, len(source), None
        while at < size:
            opening = _TAG.search(source, at)
            if opening is None:
                self._add(source, at, size)
                return
            tag = opening.start()
            self._add(source, at, tag)
            if source.startswith("<!--", tag):
                end = source.find("-->", tag + 4)
                at = end + 3 if end >= 0 else size
                continue
            end = source.find(">", tag)
            if end < 0:
                return
            at = end + 1
            name = source[tag + 1 : tag + 10].lower()
            silent = next((s for s in _SILENT if name.startswith(s)), None)
            if silent:
                lower = source.lower() if lower is None and len(source.lower()) == size else lower
                close = (lower or source).find(f"</{silent}", at)
                at = close if close >= 0 else size


def align(text: str, source: str) -> tuple[tuple[int, int, int], ...]:
    """Runs of ``text`` that stand, character for character, in ``source``: (start in text, start in source, length).

    Lines are found one after the other; a line that stands earlier (a title set apart) is found too. A word that the
    extraction changed has no run.
    """
    visible = _Visible(source)
    runs: list[tuple[int, int, int]] = []
    cursor, searches = 0, 0
    for line in re.finditer(r"[^\n]+", text):
        whole = visible.text.find(line[0], cursor, cursor + len(line[0]) + _FAR)
        if whole >= 0:
            _extend(runs, text, source, line.start(), line.end(), visible.places, whole)
            cursor = whole + len(line[0])
            continue
        words = list(_WORD.finditer(text, line.start(), line.end()))
        found, searches = _line(visible, [w[0] for w in words], cursor, searches)
        for word, place in zip(words, found, strict=True):
            if place >= 0:
                _extend(runs, text, source, word.start(), word.end(), visible.places, place)
        placed = [(p, w) for p, w in zip(found, words, strict=True) if p >= 0]
        if placed and placed[-1][0] >= cursor:
            cursor = placed[-1][0] + len(placed[-1][1][0])
    return tuple(_joined(runs, text, source))


def _line(visible: _Visible, words: list[str], cursor: int, searches: int) -> tuple[list[int], int]:
    """Where each word of a line stands in the visible text; -1 where it does not."""
    probe = " ".join(words[:3])
    start = visible.text.find(probe, cursor, cursor + _FAR)
    if start < 0 and searches < _MOST_SEARCHES:
        searches += 1
        start = visible.text.find(probe, cursor)
        start = start if start >= 0 else visible.text.find(probe)
    at = start if start >= 0 else cursor
    places: list[int] = []
    for word in words:
        place = visible.text.find(word, at, at + _NEAR)
        places.append(place)
        if place >= 0:
            at = place + len(word)
    return places, searches


def _extend(
    runs: list[tuple[int, int, int]], text: str, source: str, start: int, end: int, places: array[int], place: int
) -> None:
    index = start
    while index < end:
        visible = place + index - start
        at = places[visible]
        length = _steady(places, visible, end - index)
        if text[index : index + length] == source[at : at + length]:
            runs.append((index, at, length))
        else:
            runs.extend(
                (i, at + i - index, 1) for i in range(index, index + length) if text[i] == source[at + i - index]
            )
        index += length


def _steady(places: array[int], visible: int, most: int) -> int:
    """How many characters from here on stand side by side in the source. Places only grow, so halving finds it."""
    at = places[visible]
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        if places[visible + middle - 1] == at + middle - 1:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(runs: list[tuple[int, int, int]], text: str, source: str) -> list[tuple[int, int, int]]:
    """Runs with only an equal space between them are one."""
    result: list[tuple[int, int, int]] = []
    for start, at, length in runs:
        if result:
            a, b, n = result[-1]
            gap = start - a - n
            if gap == at - b - n and gap >= 0 and text[a + n : start] == source[b + n : at]:
                result[-1] = (a, b, n + gap + length)
                continue
        result.append((start, at, length))
    return result
