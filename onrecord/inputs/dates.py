"""Dates of fields and lines as stamps: strict, never guessed; a date that cannot be understood is none.

Forms: ISO 8601 (also basic and cut short), RFC 2822, seconds or milliseconds since 1970, and dates with a month name.
A purely numeric ``03/04/2025`` may be of March or April: its value is the year, its bounds are the two days.
A time without a zone is taken as UTC. Midnight without a zone or in UTC is a day: so tables fill an unknown time.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from onrecord.inputs.zones import ABBREVIATIONS, zone
from onrecord.model import Stamp

LONGEST = 120  # characters of anything called a date
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?"
)
CLOCK = r"\d{1,2}(?:(?::\s?|[.h])\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?\s?(?:[ap]\.?m\.?|hours|hrs)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ZONE_NAME = "|".join(ABBREVIATIONS)
ZONE = (
    rf"(?:(?:UTC|GMT)\s?[-+−]\s?\d{{1,2}}(?::?\d{{2}})?|[-+−]\d{{2}}:?\d{{2}}|\b(?:{_ZONE_NAME})\b"
    r"|(?:[A-Za-z]+\s){1,3}time\b)"
)
DAY_NAMED = rf"(?:{WEEKDAY},?\s+)?(?:{MONTH}\s+{_DAY},?\s+\d{{4}}|{_DAY}\s+(?:of\s+)?{MONTH},?\s+\d{{4}})"
_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|/(\d{1,2})/(\d{1,2})|(\d{2})(\d{2}))?"
    r"(?:(?:[T ]|\s)\s?(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s?([A-Za-z]{1,4}|[-+−]\d{2}:?\d{2}|[-+]\d{2})?$"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$")
_EPOCH = re.compile(r"-?\d{9,13}(?:\.\d{1,9})?$")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")
_MONTH_FIRST = re.compile(
    rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:(?P<middle>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)\s+(?:[A-Z]{{2,4}}\s+)?)?(\d{{4}})\b",
    re.I,
)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({MONTH})[,\s-]+(\d{{4}})\b", re.I)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?:(?::\s?|[.h])(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?)?\s?(a\.?m\.?|p\.?m\.?|hours|hrs)?(?![\d:])",
    re.I,
)
_ZONE_TAIL = re.compile(rf"^\s*\(?({ZONE})", re.I)
_FILLER = re.compile(
    rf"\b(?:{WEEKDAY}|at|on|the|of|published|posted|updated|last|first|created|modified|date|time|edt?)\b|[,:;|()\[\]–—·•-]",
    re.I,
)
_FIRST, _LAST = 1800, 2100


@dataclass(frozen=True)
class Clock:
    """A time of day, with its zone where that is known."""

    hour: int
    minute: int | None
    second: int | None
    zone: tzinfo | None
    zone_named: bool = False


def stamp(value: object, origin: str) -> Stamp | None:
    """The moment or day a value states, or ``None`` if it states none that is certain."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return _epoch(float(value), str(value), origin)
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if not text or len(text) > LONGEST:
        return None
    if _EPOCH.match(text):
        return _epoch(float(text), text, origin)
    try:
        return _iso(text, origin) or _named(text, origin) or _numeric(text, origin)
    except (ValueError, OverflowError):
        return None  # 2008-13-45: the form of a date, but no date


def _epoch(seconds: float, original: str, origin: str) -> Stamp | None:
    if not math.isfinite(seconds):
        return None
    if abs(seconds) >= 1e11:
        seconds /= 1000
    if not 0 < seconds < 4_102_444_800:  # up to 2100; smaller numbers are no dates
        return None
    if seconds < 100_000_000:  # before 1973: far likelier a count than a moment
        return None
    moment = datetime.fromtimestamp(int(seconds), UTC)
    return Stamp(moment.isoformat().replace("+00:00", "Z"), original, origin, moment, moment)


def _iso(text: str, origin: str) -> Stamp | None:
    compact = _COMPACT.match(text)
    if compact:
        numbers = [int(g) for g in compact.groups()]
        return moment_stamp(date(*numbers[:3]), Clock(numbers[3], numbers[4], numbers[5], None), text, origin)
    match = _ISO.match(text)
    if not match:
        return None
    year = int(match[1])
    month, day = match[2] or match[4] or match[6], match[3] or match[5] or match[7]
    if not _FIRST <= year <= _LAST:
        return None
    if day is None:
        return _span_stamp(year, int(month) if month else None, text, origin) if match[8] is None else None
    stated = date(year, int(month or 0), int(day))
    if match[8] is None:
        return day_stamp(stated, text, origin) if match[12] in {None, "Z"} else None
    where = zone(match[12]) if match[12] else None
    if match[12] and where is None:
        where = None  # a zone of several meanings: as if none were given
    clock = Clock(int(match[8]), int(match[9]) if match[9] else None, int(match[10]) if match[10] else None, where)
    return moment_stamp(stated, clock, text, origin)


def _span_stamp(year: int, month: int | None, original: str, origin: str) -> Stamp:
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in {None, 12} else date(year, (month or 0) + 1, 1)
    value = f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"
    return Stamp(value, original, origin, _start(first), _start(after) - timedelta(seconds=1))


def _named(text: str, origin: str) -> Stamp | None:
    match = _MONTH_FIRST.search(text)
    if match:
        month, day, year = match[1], match[2], match[4]
    else:
        match = _DAY_FIRST.search(text)
        if not match:
            return None
        day, month, year = match[1], match[2], match[3]
    if not _FIRST <= int(year) <= _LAST:
        return None
    stated = date(int(year), _MONTHS[month.lower().rstrip(".")], int(day))
    before, after = text[: match.start()], text[match.end() :]
    middle = match.groupdict().get("middle")
    rest = f"{middle} {after}" if middle else after
    clock = find_clock(rest) or find_clock(before)
    if clock is None:
        return day_stamp(stated, text, origin)
    return moment_stamp(stated, clock, text, origin)


def _numeric(text: str, origin: str) -> Stamp | None:
    match = _NUMERIC.match(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if not _FIRST <= year <= _LAST:
        return None
    if match[2] == "." or first > 12 or first == second:  # dots stand between day and month only in day-first countries
        stated = date(year, second, first)
    elif second > 12:
        stated = date(year, first, second)
    else:
        days = sorted((date(year, first, second), date(year, second, first)))
        return Stamp(f"{year:04d}", text, origin, _start(days[0]), _end(days[1]))
    clock = find_clock(text[match.end() :])
    return moment_stamp(stated, clock, text, origin) if clock else day_stamp(stated, text, origin)


def find_clock(text: str) -> Clock | None:
    """The first time of day in a short text, with the zone behind it. A bare number is no time."""
    for match in _CLOCK.finditer(text[:LONGEST]):
        hour, minute, half = int(match[1]), match[2], (match[4] or "").lower().replace(".", "")
        if minute is None and half not in {"am", "pm"}:
            continue
        if half in {"am", "pm"} and not 1 <= hour <= 12:
            continue
        hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
        if hour > 23 or int(minute or 0) > 59 or int(match[3] or 0) > 59:
            continue
        tail = _ZONE_TAIL.match(text[match.end() :])
        return Clock(
            hour,
            int(minute) if minute else None,
            int(match[3]) if match[3] else None,
            zone(tail[1]) if tail else None,
            bool(tail),
        )
    return None


def day_stamp(stated: date, original: str, origin: str) -> Stamp | None:
    """A whole day, taken as a day in UTC."""
    if not _FIRST <= stated.year <= _LAST:
        return None
    return Stamp(stated.isoformat(), original, origin, _start(stated), _end(stated))


def moment_stamp(stated: date, clock: Clock, original: str, origin: str) -> Stamp | None:
    """A time on a day: as wide as it is precise (an hour, a minute, a second)."""
    midnight = clock.hour == 0 and not clock.minute and not clock.second
    if midnight and clock.zone in {None, UTC}:
        return day_stamp(stated, original, origin)
    if not _FIRST <= stated.year <= _LAST:
        return None
    local = datetime(stated.year, stated.month, stated.day, clock.hour, clock.minute or 0, clock.second or 0)
    width = timedelta(seconds=0 if clock.second is not None else 59 if clock.minute is not None else 3599)
    moment = local.replace(tzinfo=clock.zone or UTC)
    value = local.isoformat() if clock.zone is None else moment.isoformat().replace("+00:00", "Z")
    earliest = moment.astimezone(UTC)
    return Stamp(value, original, origin, earliest, earliest + width)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _end(day: date) -> datetime:
    return _start(day) + timedelta(days=1, seconds=-1)


def day_of(known: Stamp) -> date | None:
    """The day a stamp names, if it names one."""
    try:
        return date.fromisoformat(known.value[:10])
    except ValueError:
        return None


def is_date_line(line: str) -> bool:
    """Whether a whole line is a date, with its weekday, time and the words around them, and nothing else."""
    if len(line) > 90:
        return False
    rest = _DAY_LINE.sub(" ", line, count=1)
    if rest == line:
        return False
    rest = _CLOCK_LINE.sub(" ", rest, count=1)
    return not _FILLER.sub(" ", rest).strip()


_DAY_LINE = re.compile(rf"{DAY_NAMED}|\b\d{{4}}-\d{{2}}-\d{{2}}(?:T(?=\d))?", re.I)
_CLOCK_LINE = re.compile(rf"\b{CLOCK}(?:\s*\(?{ZONE}\)?)?", re.I)
