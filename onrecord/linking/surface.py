"""Names, ages, numbers, days and places read off the raw text of a report by shape alone.

Independent of the language pipeline on purpose: a digest then stays the same when the reading improves, and judgements
made earlier stay comparable with later ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from onrecord.linking.words import LONGEST, fold, stem, weight

MOST_NAMES = 60
MOST_NUMBERS = 60
MOST_DAYS = 30
MOST_CIRCUMSTANCES = 20
LEAD = 900  # characters of the body that count as its lead

_CAPITALISED = r"[A-Z\u00c0-\u00de][\w'’-]{0,40}"
_JOINT = r"(?:of|the|de|la|al|bin|van|von|der|del|di|du)"
_NAME = re.compile(rf"{_CAPITALISED}(?:[ \u00a0](?:{_JOINT}[ \u00a0])?(?:{_CAPITALISED}|[A-Z]\.)){{0,5}}")
_LISTS: dict[str, list[str]] = json.loads(files("onrecord").joinpath("data/linking-words.json").read_text("utf8"))
_OPENERS, _TITLES, CALENDAR = (frozenset(_LISTS[name]) for name in ("openers", "titles", "calendar"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTH_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (\d{{4}}))?")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
_WEEKDAY = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?! to | through )")
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_COUNT = rf"\d{{1,5}}|{'|'.join(_COUNTED)}"
_AGE = re.compile(
    r"\b(\d{1,3})[- ](?:year|yr)s?[- ]olds?\b|,[ \u00a0](\d{1,2}),|\baged? (\d{1,2})\b|\((\d{1,2})\)|"
    r"\bages (\d{1,2})(?:, (\d{1,2}))?(?:,? and (\d{1,2}))?",
    re.IGNORECASE,
)
_AGE_IN_WORDS = re.compile(rf"\b({'|'.join(_COUNTED)})[- ]years?[- ]old\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.?m\b", re.IGNORECASE)
_DEAD = r"killed|dead|dies|died|slain|deaths|fatalities"
_HURT = r"wounded|injured|hurt|injuries|hospitali[sz]ed"
_TOLL = re.compile(
    rf"\b({_COUNT})\b(?:[ \u00a0](?!{_COUNT}|and\b|but\b)[\w'’-]{{1,20}}){{0,4}}?,?[ \u00a0]({_DEAD}|{_HURT})\b"
    r"|\b(killing|kills|wounding|injuring|injures|wounds|killed|wounded|injured|hurt)[ \u00a0]"
    rf"(?:at least[ \u00a0])?({_COUNT})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/:-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w:/-]|\.\d)")
_LOWER = re.compile(r"\b[a-z]{3,30}\b")
_PLACED = re.compile(
    rf"\b(?:in|at|near|from|outside|off|across|of|on)[ \u00a0](?:the[ \u00a0])?"
    rf"({_CAPITALISED}(?:[ \u00a0]{_CAPITALISED}){{0,3}})"
)


@dataclass(frozen=True, slots=True)
class Surface:
    """What the shape of a text gives away. Names by falling count; days as ISO dates; numbers with their kind."""

    names: tuple[str, ...]
    places: tuple[str, ...]
    days: tuple[str, ...]
    numbers: tuple[str, ...]


def surface(title: str, text: str, published: date | None) -> Surface:
    """Names, places, days, ages and numbers of one report."""
    body = text[:LONGEST]
    if title and body.startswith(title):
        body = body[len(title) :]  # capitals of a headline are no names
    whole = f"{title}.\n{body}"
    return Surface(
        tuple(names(body)),
        tuple(places(body[:LEAD])),
        tuple(days(whole, published)),
        (*circumstances(f"{title}.\n{body[:LEAD]}", published), *numbers(whole)),
    )


def _clean(words: list[str]) -> list[str]:
    """A capitalised run without opening function words, titles and calendar words at its ends."""
    while words and (words[0] in _OPENERS or words[0] in _TITLES or words[0] in CALENDAR or words[0] == "the"):
        words = words[1:]
    while words and (words[-1] in CALENDAR or words[-1] in _OPENERS):
        words = words[:-1]
    return words


def _runs(text: str) -> Iterator[tuple[list[str], bool]]:
    """Capitalised runs as folded words, with whether they open a sentence."""
    for found in _NAME.finditer(text):
        before = text[max(0, found.start() - 2) : found.start()].rstrip(" \"'“‘(")
        opens = not before or before[-1] in ".!?:\n—-"
        yield [w.rstrip(".").removesuffix("'s").removesuffix("'") for w in fold(found.group()).split()], opens


def names(text: str) -> list[str]:
    """Folded names by falling count: full names, and single ones that are no ordinary word.

    A single name that ends a full name seen in the same text ("Varn" after "Kelda Varn") counts for the full one.
    """
    full: Counter[str] = Counter()
    single: Counter[str] = Counter()
    lower = set(_LOWER.findall(text))
    for raw, opens in _runs(text):
        kept = [w for w in _clean(raw) if w]
        if len(kept) > 1:
            full[" ".join(kept)] += 1
        elif kept and len(kept[0]) > 2 and kept[0] not in lower and not (opens and weight(stem(kept[0])) < 6.5):
            single[kept[0]] += 1
    by_last = {name.rsplit(" ", 1)[1]: name for name, _ in sorted(full.items(), key=lambda item: item[1])}
    for name, count in single.items():
        owner = by_last.get(name)
        if owner is not None:
            full[owner] += count
        else:
            full[name] += count
    return [name for name, _ in sorted(full.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMES]]


def places(lead: str) -> list[str]:
    """Capitalised runs after a preposition of place in the lead: candidates for where it happened."""
    found: dict[str, None] = {}
    for match in _PLACED.finditer(lead):
        kept = [w for w in _clean(fold(match.group(1)).replace(".", "").split()) if w not in _TITLES]
        if kept:
            found[" ".join(kept).removesuffix("'s")] = None
    return list(found)[:20]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, published: date | None) -> date | None:
    """A day without a year: the one nearest to publication."""
    if published is None:
        return None
    years = (_day(published.year + shift, month, day) for shift in (-1, 0, 1))
    return min((d for d in years if d), key=lambda d: abs((d - published).days), default=None)


def days(text: str, published: date | None) -> list[str]:
    """Days named in the text as ISO dates. A weekday is the last one up to publication."""
    found: dict[date, None] = {}

    def add(day: date | None) -> None:
        if day is not None and 1900 <= day.year <= 2100:
            found[day] = None

    for match in _MONTH_DAY.finditer(text):
        month = _MONTHS.index(match[1][:3].lower()) + 1
        add(_day(int(match[3]), month, int(match[2])) if match[3] else _nearest(month, int(match[2]), published))
    for match in _DAY_MONTH.finditer(text):
        month = _MONTHS.index(match[2][:3].lower()) + 1
        add(_day(int(match[3]), month, int(match[1])) if match[3] else _nearest(month, int(match[1]), published))
    for match in _ISO.finditer(text):
        add(_day(int(match[1]), int(match[2]), int(match[3])))
    for match in _SLASHED.finditer(text):
        add(_day(int(match[3]), int(match[1]), int(match[2])) or _day(int(match[3]), int(match[2]), int(match[1])))
    if published is not None:
        for match in _WEEKDAY.finditer(text):
            back = (published.weekday() - _WEEKDAYS.index(match[1].lower())) % 7
            add(published - timedelta(days=back))
    return sorted(day.isoformat() for day in list(found)[:MOST_DAYS])


def numbers(text: str) -> list[str]:
    """Figures with their kind: ``age:34``, ``block:900`` of a street, else ``number:284`` of two digits or more."""
    found: dict[str, None] = {}
    taken: set[int] = set()
    for match in _AGE.finditer(text):
        for group in range(1, 8):
            if match[group] and 0 < int(match[group]) < 111:
                found[f"age:{int(match[group])}"] = None
                taken.add(match.start(group))
    for match in _AGE_IN_WORDS.finditer(text):
        found[f"age:{_COUNTED.index(match[1].lower()) + 1}"] = None
    for match in _NUMBER.finditer(text):
        digits = match[1].replace(",", "")
        if match.start(1) in taken or len(digits) > 15:
            continue
        if text.startswith(" block", match.end()):
            found[f"block:{digits}"] = None
        elif len(digits) >= 2 and not (len(digits) == 4 and digits[:2] in {"19", "20"}):
            found[f"number:{digits}{match[2] or ''}"] = None
    return list(found)[:MOST_NUMBERS]


def circumstances(lead: str, published: date | None) -> list[str]:
    """What headline and lead tell of one happening: ``dead:2``, ``hurt:5``, ``clock:2145``, ``lead:2031-03-05``."""
    found: dict[str, None] = {}
    for match in _TOLL.finditer(lead):
        count, word = (match[1], match[2]) if match[1] else (match[4], match[3])
        kind = "dead" if re.fullmatch(rf"{_DEAD}|kill\w+", word, re.IGNORECASE) else "hurt"
        number = int(count) if count.isdigit() else _COUNTED.index(count.lower()) + 1
        found[f"{kind}:{number}"] = None
    for match in _CLOCK.finditer(lead):
        hour = int(match[1])
        if 1 <= hour <= 12:
            found[f"clock:{hour % 12 + 12 * (match[3].lower() == 'p'):02}{match[2] or '00'}"] = None
    found.update((f"lead:{day}", None) for day in days(lead, published))
    return list(found)[:MOST_CIRCUMSTANCES]
