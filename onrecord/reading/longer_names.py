"""A toponym that is a part of a longer name: "Delta" of "Delta Air Lines", "Punta" of "Punta Islita".

Such a part is a place where the rest only says what is there ("Kisumu Airport", "Kisumu County") or where in it ("North
Kisumu"), or where the report or the world knows the part by itself. Otherwise only the whole name can be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import EntityType, Mention
from onrecord.reading.countries import countries
from onrecord.reading.gazetteer import fold_place, gazetteer, regions, states
from onrecord.reading.roles import name_words
from onrecord.reading.words import Words

_KINDS = ("organisation", "facility", "place", "happening", "townspeople", "body", "street")
_GENERIC = frozenset[str]().union(*map(name_words, _KINDS))
_LANDFORMS = name_words("landform")
_GROUND = name_words("place") | _LANDFORMS
_NO_NAMESAKE = _GROUND.union(*map(name_words, ("facility", "street", "not_place", "no_namesake")))
_NO_GROUND = name_words("organisation") | name_words("body") | name_words("happening")
_PARTS_OF = name_words("part_of_place")  # "North", "Downtown", "Greater"
_TOWNS = _LANDFORMS | {"park", "city", "beach", "heights", "village"}
DISTRICTS = frozenset({"county", "parish", "township", "borough"})
_LONGEST = 6  # words of a name
_WELL_KNOWN = 200_000  # people


def generic(text: str) -> bool:
    """A word that says what a thing is, or that means something greater than the towns called so: "County", "Mars"."""
    plain = text.casefold().removeprefix("the ")
    return plain in _NO_NAMESAKE and text not in states() and text not in countries().names


def is_listed(text: str) -> bool:
    """A country, state or region: known whatever stands beside it."""
    return text in countries().names or (text in states() and len(text) > 3) or fold_place(text) in regions()


@dataclass(frozen=True, slots=True)
class LongerNames:
    """The names that a report's toponyms are parts of. ``known`` are toponyms that it tells by themselves."""

    words: Words
    mention: Sequence[Mention | None]
    label: Sequence[str]

    def longer(self, i: int, last: int) -> int | None:
        """Where a known name ends that begins with these tokens and goes on: "West | Bank", "Mazar | -e-Sharif"."""
        words = self.words
        stop = min(len(words), i + _LONGEST, words.bounds[words.sentence[i]][1])
        for end in range(stop, last, -1):
            text = words.joined(i, end)
            if not words.capital(end - 1) or "\n" in text:
                continue
            if fold_place(text) in regions() or text in countries().names:
                return end
            if self._hyphened(i, end, text) or self._town(i, end, text):
                return end
        return None

    def _hyphened(self, i: int, end: int, text: str) -> bool:
        """A town whose name has hyphens, and small words between them."""
        words = self.words.text
        linked = all("-" in words[k] or words[k - 1][-1:] == "-" for k in range(i + 1, end))
        return linked and "-" in text and bool(gazetteer().find(text))

    def _town(self, i: int, end: int, text: str) -> bool:
        """A town whose name says what it once lay at: "Takoma | Park"."""
        words = self.words
        plain = all(words.capital(k) and words.pos[k] == "PROPN" for k in range(i, end))
        return plain and words.lower[end - 1] in _TOWNS and bool(gazetteer().find(text))

    def whole(self, i: int, last: int) -> tuple[int, int]:
        """First and last-plus-one token of the name that the tokens are in."""
        low, high = self.words.bounds[self.words.sentence[i]]
        first, stop = i, last
        while first > max(low, i - _LONGEST) and self._goes_on(first - 1, first):
            first -= 1
        while stop < min(high, last + _LONGEST) and self._goes_on(stop - 1, stop):
            stop += 1
        return first, self._with_of(first, stop)

    def _with_of(self, first: int, stop: int) -> int:
        """ "the Gulf | of Tarn": the end of a name that begins with what lies there."""
        words = self.words
        at = stop + 1 + (words.lower[stop + 1 : stop + 2] == ["the"])
        if words.lower[first] not in _LANDFORMS or stop - first > 1 or words.lower[stop : stop + 1] != ["of"]:
            return stop
        if not words.capital(at):
            return stop
        while self._goes_on(at, at + 1):
            at += 1
        return at + 1

    def ground(self, first: int, stop: int) -> bool:
        """Does a name say that it is one of a river, a valley, an island? No body has such a word at its end."""
        lower = self.words.lower
        named = any(w not in _NO_NAMESAKE and len(w) > 1 for w in lower[first:stop])  # not "City Hall", "District A"
        return named and (lower[first] in _GROUND or lower[stop - 1] in _GROUND) and lower[stop - 1] not in _NO_GROUND

    def _goes_on(self, left: int, right: int) -> bool:
        """Are two neighbours words of one name?"""
        words = self.words
        if right >= len(words):
            return False
        joined = (
            words.capital(left) and words.capital(right) and {words.pos[left], words.pos[right]} <= {"PROPN", "ADJ"}
        )
        if (
            not joined
            or not words.text[right].isalpha()
            or "\n" in words.page.text[words.end(left) : words.start[right]]
        ):
            return False
        if self.label[left] != self.label[right] and "DATE" in (self.label[left], self.label[right]):
            return False
        if words.lower[left] in _LANDFORMS or words.lower[right] in _LANDFORMS:
            return True
        same = self.mention[left] is not None and self.mention[left] is self.mention[right]
        tagged = bool(self.label[left]) and self.label[left] == self.label[right]
        head = words.head[left]
        hung = words.dep[left] in ("compound", "amod") and right <= head <= right + 2 and words.capital(head)
        persons = any(m is not None and m.type is EntityType.PERSON for m in (self.mention[left], self.mention[right]))
        return same or (hung and (tagged or not persons))

    def stands(self, i: int, last: int, known: bool) -> bool:
        """May a part of a name be the place that it is by itself?"""
        first, stop = self.whole(i, last)
        text = self.words.joined(i, last)
        lower = self.words.lower
        if known or is_listed(text) or (last - i > 1 and lower[last - 1] in DISTRICTS):
            return True
        if (first, stop) == (i, last):
            return not (self._modifies(i, last) and self._foreign_level(text))
        if first < i and not all(lower[k] in _PARTS_OF or lower[k].endswith(".") for k in range(first, i)):
            return False
        if stop == last or lower[last] in _GENERIC or (last - i > 1 and lower[stop - 1] in _GENERIC):
            return True
        return self._well_known(text)

    def alone(self, i: int, last: int) -> bool:
        """Is a toponym here told by itself, neither in a longer name nor before a noun that it may only name?"""
        return self.whole(i, last) == (i, last) and not self._modifies(i, last)

    def _modifies(self, i: int, last: int) -> bool:
        """ "a Delta flight": before a common noun, which is none of those that belong to a town."""
        words = self.words
        noun = last - i == 1 and words.dep[i] == "compound" and words.head[i] >= last
        return noun and words.pos[words.head[i]] == "NOUN" and words.lower[last] not in _GENERIC

    @staticmethod
    def _foreign_level(text: str) -> bool:
        """Is a province that no table of ours lists the first that comes to mind? It is not told by its bare name."""
        spots = gazetteer().find(text)
        return bool(spots) and spots[0].kind == "admin1"

    @staticmethod
    def _well_known(text: str) -> bool:
        spots = gazetteer().find(text)
        return bool(spots) and spots[0].kind == "city" and spots[0].population > _WELL_KNOWN


__all__ = ["DISTRICTS", "LongerNames", "generic", "is_listed"]
