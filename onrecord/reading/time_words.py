"""The words of time expressions: each word of a text becomes one letter, so that a grammar over words is one regex.

The letters are those of ``LETTERS``. A word that has no part in time expressions becomes ``.``. Everything here is a
table or a single pass; nothing looks at the calendar.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LETTERS = {
    "n": "number that can be a day of the month",
    "N": "other number",
    "Y": "year",
    "O": "ordinal",
    "M": "month",
    "D": "weekday",
    "S": "season",
    "P": "part of the day",
    "0": "noon, midnight",
    "V": "weekend",
    "u": "unit, singular",
    "v": "unit, plural",
    "Q": "quarter, half",
    "q": "quarters",
    "%": "period",
    "A": "a, an",
    "T": "the",
    "L": "last, past",
    "B": "previous, preceding",
    "X": "next",
    "C": "coming, upcoming",
    "G": "following",
    "I": "this, these",
    "K": "that, those",
    "W": "same",
    "R": "recent",
    "U": "current, latest",
    "~": "year-ago, year-earlier",
    "g": "ago",
    "e": "earlier, before",
    "l": "later, after",
    "h": "from now, hence, ahead",
    "m": "early, late, mid",
    "#": "beginning, end, middle",
    "x": "about, nearly, more than",
    "s": "several, few, many",
    "o": "of",
    "@": "in, on, at, during, for",
    "c": "comma",
    "-": "hyphen, dash",
    "r": "and, or, to",
    "'": "possessive",
    "k": "every, each",
    "F": "fiscal",
    "i": "date in figures",
    "J": "holiday",
    "Z": "old",
    "+": "more, additional, full",
    "E": "decade",
    "y": "today, yesterday, tomorrow",
    "d": "fixed expression",
    "z": "time zone",
    "t": "clock",
    "p": "a.m., p.m.",
    "w": "o'clock",
    "1": "Q3, 3Q, H1",
    "2": "once, twice, times, per",
    "j": "century",
    "<": "opening parenthesis",
    ">": "closing parenthesis",
    ";": "other punctuation",
    "|": "end of a paragraph",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text (or several that act as one): its letter, its span, and what it stands for."""

    letter: str
    start: int
    end: int
    low: str
    number: float = 0.0


@dataclass(frozen=True)
class Tables:
    """The word lists, from ``data/times.json``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]  # "weeks" → W: TIMEX3 letter of the unit; "M" is month, "TM" minute
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    decades: dict[str, int]
    letters: dict[str, str]
    fixed: dict[str, tuple[str, str]]
    holidays: dict[str, str]
    zones: dict[str, str]
    places: dict[str, str]  # place in lower case → IANA zone


@cache
def tables() -> Tables:
    raw: dict[str, Any] = json.loads((files("onrecord") / "data" / "times.json").read_text("utf-8"))
    letters = {word: letter for letter, words in raw["letters"].items() for word in words.split("|")}
    fixed = {word: (entry["type"], entry["value"]) for entry in raw["fixed"] for word in entry["words"].split("|")}
    zones = {word: zone for zone, words in raw["zones"].items() for word in words.split("|")}
    return Tables(
        raw["months"], raw["weekdays"], raw["units"], raw["numbers"], raw["ordinals"], raw["seasons"],
        raw["dayparts"], raw["decades"], letters, fixed, raw["holidays"], zones, raw["places"],
    )  # fmt: skip


def _any(words: Any) -> str:
    """An alternation, longest first, whose spaces match a hyphen-free run of at most three white-space characters."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s{1,3}") for w in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    t = tables()
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    small = _any(w for w in t.numbers if w not in ("hundred", "thousand", "million", "billion", "dozen"))
    teens = "sixteen|seventeen|eighteen|nineteen|twenty"
    large = "hundred|thousand|million|billion|dozen"
    number = rf"(?:(?:a[ ])?(?:hundred|thousand)|(?:{small}))(?:[ -](?:and[ ])?(?:{small}|{large})\b)*"
    figure = (
        r"(?<![\w$£€.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)"
        r"|(?<![\w$£€.,])\d{1,9}(?:\.\d{1,3})?(?=[^\d,]|,(?!\d)|$)(?:(?=[ap]\.?m\b)|(?!\w))"
    )
    late = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    year = (
        rf"\b(?:{teens})[ -](?:(?:{tens})(?:[ -](?:{small}))?|hundred\b(?=[ -](?:and[ ])?(?:{small}))"
        rf"|oh[ -](?:{small})|(?:{late}))\b"
        rf"|\b(?:the[ ]year[ ])?two[ ]thousand(?:[ ](?:and[ ])?(?:{small}))?\b(?![ -](?:{_any(t.units)}))"
    )
    phrases = [
        w for group in (t.letters, t.fixed, t.holidays, t.dayparts) for w in group if " " in w or "-" in w or "'" in w
    ]
    zone_words = [w for w in t.zones if w.islower()]
    zone_codes = [w for w in t.zones if not w.islower()]
    return re.compile(
        rf"""
        (?P<iso>(?<![\d-])\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
        |(?P<slash>(?<![\d/.])(?:\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)|\d{{1,2}}\.\d{{1,2}}\.\d{{4}})(?![\d/]))
        |(?P<decade>(?:\b\d{{3}}|(?<!\w)['’`]\d|(?<![\w$£€.,-])[2-9])0['’]?s\b|\b(?:{_any(t.decades)})\b)
        |(?P<clock>\b(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|\.[0-5]\d(?=\s?[ap]\.?m\b))(?![\d:]))
        |(?P<military>\b[0-2]\d[0-5]\d(?=\s?(?:hours\b|hrs\b|local\stime\b|(?:GMT|UTC|BST|CET|CEST)\b)))
        |(?P<half>\b(?:[1-4]Q|Q[1-4]|H[12]|[12]H)\b)
        |(?P<shortyear>(?<=\b(?:of|in)[ ])['’]\d\d\b)
        |(?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th)\b|\b(?:(?:{tens})-)?(?:{_any(t.ordinals)})\b)
        |(?P<fraction>\b\d{{1,3}}(?:[ -]1/2|\s?½))
        |(?P<ampm>(?<=[\d\s])[ap]\.?\s?m\b\.?(?!\w))
        |(?P<number>{figure})
        |(?P<yearwords>{year})
        |(?P<phrase>\b(?:{_any(phrases)})\b)
        |(?P<zonewords>\b(?:{_any(zone_words)})\b)
        |(?P<zonecode>\b(?-i:{_any(zone_codes)})\b)
        |(?P<words>\b{number}\b)
        |(?P<word>[^\W\d_]+)
        |(?P<possessive>['’]s\b|(?<=s)['’](?!\w))
        |(?P<comma>,)
        |(?P<dash>[-–—])
        |(?P<open>\()|(?P<close>\))
        |(?P<line>\n)
        |(?P<other>[^\s\w]|\d+)
        """,
        re.VERBOSE | re.IGNORECASE,
    )  # fmt: skip


_ABBREVIATED = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thu|fri|sat|sun|yrs?|hrs?|mins?)$"
)


def _figure(text: str) -> Word | None:
    value = float(text.replace(",", ""))
    if len(text) == 4 and text.isdigit() and 1200 <= value <= 2199:
        return Word("Y", 0, 0, text, value)
    if text.isdigit() and 1 <= value <= 31 and len(text) <= 2:
        return Word("n", 0, 0, text, value)
    return Word("N", 0, 0, text, value)


def spelled(text: str) -> float:
    """The value of a number in words: "a hundred and twenty-five" → 125."""
    numbers = tables().numbers
    total = current = 0
    for part in re.split(r"[\s-]+", text.lower()):
        value = numbers.get(part, 1 if part in ("a", "an") else 0)
        if value in (12, 20) and part in ("dozen", "score"):
            current = max(current, 1) * value
        elif value == 100:
            current = max(current, 1) * 100
        elif value >= 1000:
            total += max(current, 1) * value
            current = 0
        else:
            current += value
    return float(total + current)


def spelled_year(text: str) -> float:
    """The year in words: "nineteen ninety-six" → 1996, "two thousand" → 2000."""
    low = re.sub(r"^the year ", "", text.lower())
    if low.startswith("two thousand"):
        return spelled(low)
    first, *rest = re.split(r"[\s-]+", low)
    return spelled(first) * 100 + spelled(" ".join(r for r in rest if r not in ("hundred", "oh")))


def _ordinal(text: str) -> float:
    low = text.lower()
    if low[0].isdigit():
        return float(low.rstrip("stndrh"))
    t = tables()
    tens, _, rest = low.rpartition("-")
    return float(t.ordinals[rest] + (t.numbers[tens] if tens else 0))


_PLAIN_MONTHS = frozenset(
    {"january", "february", "april", "june", "july", "september", "october", "november", "december"}
)
_SHORT_MONTH_FOLLOWS = re.compile(r"\.|[ -]?\d")


def _word(following: str, preceding: str, raw: str, low: str) -> tuple[str, float]:
    """Letter and number of a plain word."""
    t = tables()
    if low in t.months:
        if not raw[0].isupper() and low not in _PLAIN_MONTHS:
            return ".", 0
        short = len(low) <= 4 and low not in ("june", "july", "may")
        if short and not (_SHORT_MONTH_FOLLOWS.match(following) or preceding.rstrip()[-1:].isdigit()):
            return ".", 0
        return "M", t.months[low]
    if low in t.weekdays:
        if len(low) <= 5 and not (raw[0].isupper() and following[:1] == "."):
            return ".", 0
        return ("D", t.weekdays[low]) if raw[0].isupper() else (".", 0)
    if low in t.letters:
        return t.letters[low], 0
    if low in t.fixed:
        return "d", 0
    if low in t.seasons:
        return "S", 0
    if low in t.dayparts:
        return "P", 0
    if low in t.units:
        return ("v" if low.endswith("s") else "u"), 0
    return ("J" if low in t.holidays else "."), 0


_LAST_SHORT_YEAR = 39  # '39 is 2039, '40 is 1940


def _classify(kind: str, raw: str, text: str, start: int, end: int) -> tuple[str, float]:
    low = " ".join(raw.lower().split())
    t = tables()
    if kind in ("word", "phrase"):
        return _word(text[end : end + 2], text[max(start - 3, 0) : start], raw, low)
    if kind == "number":
        figure = _figure(raw)
        return (figure.letter, figure.number) if figure else (".", 0)
    if kind == "words":
        return "N", spelled(low)
    if kind == "yearwords":
        return "Y", spelled_year(low)
    if kind == "shortyear":
        return "Y", float(low[1:]) + (2000 if int(low[1:]) <= _LAST_SHORT_YEAR else 1900)
    if kind == "fraction":
        return "N", float(re.match(r"\d+", low)[0]) + 0.5  # type: ignore[index]
    if kind == "ordinal":
        return "O", _ordinal(low)
    if kind == "decade":
        digits = re.search(r"\d+", low)
        return "E", float(digits[0] if digits else t.decades[low])
    return _KINDS.get(kind, "."), 0


_KINDS = {
    "iso": "i", "slash": "i", "clock": "t", "military": "t", "half": "1", "ampm": "p", "zonewords": "z",
    "zonecode": "z", "possessive": "'", "comma": "c", "dash": "-", "open": "<", "close": ">", "line": "|", "other": ";",
}  # fmt: skip
_LINE_BREAK = re.compile(r"\n[ \t]*(?=\n|[^a-z\s])")


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """Every word a time expression can hold, and those of them without which there is none."""
    t = tables()
    known = set(t.numbers) | set(t.ordinals) | {"so", "past", "o"}
    core = {"past", "current", "clock", "thousand", "nineteen"}
    core |= {"eighteen", "seventeen", "am", "pm", "m", "hours", "hrs", "q1", "q2", "q3", "q4", "h1", "h2"}
    for table in (t.months, t.weekdays, t.units, t.seasons, t.dayparts, t.decades):
        core |= set(table)
    single = {w: letter for w, letter in t.letters.items() if " " not in w}
    core |= {w for w, letter in single.items() if letter in "0VwyjQq%~g"}
    for phrase in (*t.letters, *t.zones):
        known |= set(_PARTS.findall(phrase.lower()))
    for phrase in (*t.fixed, *t.holidays):
        parts = _PARTS.findall(phrase.lower())
        core |= {p for p in parts if p not in single or len(parts) == 1}
        known |= set(parts)
    core |= {z.lower() for z in t.zones if not z.islower()} - {"ct", "et", "pt", "mt"}
    return frozenset(known | core), frozenset(core)


_PARTS = re.compile(r"[^\W\d_]+\d?|\d[\w.,:/-]*")
_TOKENS = re.compile(r"[^\W\d_]+\d?|\d[\w.,:/-]*|[^\w\s]")
_PLAIN_NUMBER = re.compile(r"\d{1,3}[.,:]?$|\d{1,3}(?:,\d{3})*[.,]?\d*[.,]?$|\d+$")
_BRIDGES = frozenset(",-–—'’`.(\")")


def windows(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that can hold a time expression, with a word on either side: the cheap first look."""
    known, core = _vocabulary()
    found: list[tuple[int, int]] = []
    start = before = -1
    end = 0
    hot = False
    strangers = 2
    for match in _TOKENS.finditer(text):
        word = match.group().lower()
        if word in known or word in _BRIDGES or word[0].isdigit():
            if strangers > 1 and found and before < found[-1][1]:
                start, hot = found.pop()[0], True  # it goes on from the word at which the last stretch ended
            elif strangers > 1:
                start, hot = (before if before >= 0 else match.start()), False
            strangers = 0
            hot = hot or word in core or (word[0].isdigit() and _is_hot(word))
        else:
            strangers += 1
            if strangers == 2 and hot:
                found.append((start, match.end()))
                hot = False
        before, end = match.start(), match.end()
    if hot:
        found.append((start, end))
    return found


def _is_hot(word: str) -> bool:
    if len(word) == 4 and word.isdigit():
        return "1200" <= word <= "2199"
    return not _PLAIN_NUMBER.match(word) or ("1200" <= word.rstrip(".,:") <= "2199" and len(word) == 5)


def words(text: str, wrapped: bool = False) -> list[Word]:
    """The text's words with their letters, where time expressions can be. A line's end is a boundary, unless the text
    is hard ``wrapped``; so is whatever is left out."""
    found: list[Word] = []
    for start, end in windows(text):
        if found:
            found.append(Word("|", start, start, ""))
        _add_words(found, text, (start, end), wrapped)
    return found


def _add_words(found: list[Word], text: str, window: tuple[int, int], wrapped: bool) -> None:
    for match in _pattern().finditer(text, *window):
        kind = match.lastgroup or "other"
        start, end = match.span()
        raw = match.group()
        if kind == "line":
            blank = text[end : end + 80].lstrip(" \t\r")[:1] == "\n"
            if not blank and (wrapped or not _LINE_BREAK.match(text, start)):
                continue
            found.append(Word("|", start, end, ""))
            continue
        letter, number = _classify(kind, raw, text, start, end)
        if letter in "MDu" and text[end : end + 1] == "." and _ABBREVIATED.search(raw.lower()):
            end += 1
        if found and found[-1].end > start:
            continue
        counted = bool(found) and found[-1].letter in "uvqQjs"
        if letter == "h" and not counted and raw.lower().endswith(("today", "tomorrow")):
            letter, start, raw = "y", end - len(raw.split()[-1]), raw.split()[-1]  # from today through Friday
        found.append(Word(letter, start, end, " ".join(raw.lower().split()), number))
