"""Calendar arithmetic for TIMEX3 values (TimeML 1.2.1): points of a grain, their values, bounds, and durations."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

_DAY = timedelta(days=1)
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


class Grain(StrEnum):
    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


UNIT_GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "Y": Grain.YEAR,
    "E": Grain.DECADE,
    "C": Grain.CENTURY,
    "F": Grain.WEEK,
}
SEASONS = ("SP", "SU", "FA", "WI")  # meteorological, northern: from March, June, September, December
_MONTHS_OF = {
    Grain.MONTH: 1,
    Grain.QUARTER: 3,
    Grain.HALF: 6,
    Grain.SEASON: 12,
    Grain.YEAR: 12,
    Grain.DECADE: 120,
    Grain.CENTURY: 1200,
}
UNKNOWN = {
    Grain.DAY: "XXXX-XX-XX",
    Grain.WEEK: "XXXX-WXX",
    Grain.WEEKEND: "XXXX-WXX-WE",
    Grain.MONTH: "XXXX-XX",
    Grain.QUARTER: "XXXX-QX",
    Grain.HALF: "XXXX-HX",
    Grain.SEASON: "XXXX",
    Grain.YEAR: "XXXX",
    Grain.DECADE: "XXX",
    Grain.CENTURY: "XX",
}


def shift_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last; held within the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < 1:
        return FIRST
    if year > 9999:
        return LAST
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift_days(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), LAST.toordinal()))


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar: its grain and its first day. ``season`` is one of ``SEASONS``."""

    grain: Grain
    first: date
    season: str = ""

    @classmethod
    def around(cls, grain: Grain, day: date) -> Point:
        """The point of this grain that holds the day."""
        match grain:
            case Grain.WEEK:
                first = shift_days(day, -day.weekday())
            case Grain.WEEKEND:
                first = shift_days(day, 5 - day.weekday())
            case Grain.MONTH:
                first = day.replace(day=1)
            case Grain.QUARTER:
                first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            case Grain.HALF:
                first = date(day.year, 1 if day.month < 7 else 7, 1)
            case Grain.SEASON:
                return cls.of_season(SEASONS[(day.month - 3) % 12 // 3], day.year - (day.month < 3))
            case Grain.YEAR:
                first = date(day.year, 1, 1)
            case Grain.DECADE:
                first = date(max(day.year // 10 * 10, 1), 1, 1)
            case Grain.CENTURY:
                first = date(max(day.year // 100 * 100, 1), 1, 1)
            case _:
                first = day
        return cls(grain, first)

    @classmethod
    def of_season(cls, season: str, year: int) -> Point:
        return cls(Grain.SEASON, date(year, 3 + 3 * SEASONS.index(season), 1), season)

    def shift(self, count: int) -> Point:
        if self.grain is Grain.DAY:
            return Point(self.grain, shift_days(self.first, count))
        if self.grain in (Grain.WEEK, Grain.WEEKEND):
            return Point(self.grain, shift_days(self.first, 7 * count))
        return Point(self.grain, shift_months(self.first, _MONTHS_OF[self.grain] * count), self.season)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.grain is Grain.DAY:
            return self.first
        if self.grain is Grain.WEEKEND:
            return shift_days(self.first, 1)
        if self.grain is Grain.WEEK:
            return shift_days(self.first, 6)
        months = 3 if self.grain is Grain.SEASON else _MONTHS_OF[self.grain]
        after = shift_months(self.first, months)
        return after if after == LAST else shift_days(after, -1)

    @property
    def value(self) -> str:
        first = self.first
        match self.grain:
            case Grain.DAY:
                return first.isoformat()
            case Grain.WEEK | Grain.WEEKEND:
                year, week, _ = first.isocalendar()
                return f"{year:04}-W{week:02}" + ("-WE" if self.grain is Grain.WEEKEND else "")
            case Grain.MONTH:
                return f"{first.year:04}-{first.month:02}"
            case Grain.QUARTER:
                return f"{first.year:04}-Q{(first.month + 2) // 3}"
            case Grain.HALF:
                return f"{first.year:04}-H{1 if first.month < 7 else 2}"
            case Grain.SEASON:
                return f"{first.year:04}-{self.season}"
            case Grain.DECADE:
                return f"{first.year // 10:03}"
            case Grain.CENTURY:
                return f"{first.year // 100:02}"
            case _:
                return f"{first.year:04}"

    @property
    def masked(self) -> str:
        """Its value without what only the report's own day could tell: the year, or more."""
        if self.grain is Grain.SEASON:
            return f"XXXX-{self.season}"
        return UNKNOWN[self.grain]


def part_of(first: date, last: date, mod: str | None) -> tuple[date, date]:
    """The third of a stretch that START, MID or END names."""
    days = (last - first).days
    if days < 3 or mod not in ("START", "MID", "END"):
        return first, last
    third = days // 3
    if mod == "START":
        return first, shift_days(first, third)
    if mod == "END":
        return shift_days(last, -third), last
    return shift_days(first, third), shift_days(last, -third)


SMALL_HOURS = "small hours"  # TMO in TIMEX3, but before the morning
DAYPART_HOURS = {
    "MO": (time(5), time(11, 59, 59)),
    "MI": (time(11), time(13, 59, 59)),
    "AF": (time(12), time(17, 59, 59)),
    "EV": (time(17), time(22, 59, 59)),
    "NI": (time(18), time(5, 59, 59)),  # into the next morning
    "DT": (time(6), time(18, 59, 59)),
    SMALL_HOURS: (time(0), time(6, 59, 59)),
}


def instants(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """First and last instant (to the second) of a stretch of local days, in UTC."""
    return _utc(datetime.combine(first, time(0)), zone), _utc(datetime.combine(last, time(23, 59, 59)), zone)


def part_instants(day: date, part: str, zone: tzinfo) -> tuple[datetime, datetime]:
    begin, finish = DAYPART_HOURS[part]
    final = shift_days(day, 1) if finish < begin else day
    return _utc(datetime.combine(day, begin), zone), _utc(datetime.combine(final, finish), zone)


def clock_instants(day: date, hour: int, minute: int, zone: tzinfo) -> tuple[datetime, datetime]:
    moment = _utc(datetime.combine(day, time(hour % 24, minute)), zone)
    if hour == 24:
        moment = moment + _DAY
    return moment, moment + timedelta(seconds=59)


def _utc(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def duration(count: float | None, unit: str) -> str:
    """TIMEX3 duration: 3 weeks → P3W, 2.5 years → P2Y6M, an unknown number of hours → PTXH."""
    if unit in ("E", "C", "L") and count is not None:
        count, unit = count * {"E": 10, "C": 100, "L": 1000}[unit], "Y"
    if unit == "F":
        count, unit = None if count is None else count * 2, "W"
    mark, letter = ("PT", unit[1]) if unit.startswith("T") else ("P", unit)
    if count is None:
        return f"{mark}X{letter}"
    if count != int(count):
        smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if unit == "TM" else ("", 0), "D": ("", 0)}
        name, size = smaller.get(letter, ("", 0))
        if unit == "D":
            return f"P{int(count)}DT{round(count % 1 * 24)}H"
        if name:
            return f"{mark}{int(count)}{letter}{round(count % 1 * size)}{name}"
        return f"{mark}{count:g}{letter}"
    return f"{mark}{int(count)}{letter}"


def move(day: date, count: float, unit: str) -> date:
    """A day moved by a duration, whole days at least."""
    match unit:
        case "Y" | "E" | "C" | "L":
            return shift_months(day, round(_bounded(count) * 12 * {"Y": 1, "E": 10, "C": 100, "L": 1000}[unit]))
        case "Q":
            return shift_months(day, round(_bounded(count) * 3))
        case "M":
            return shift_months(day, round(_bounded(count)))
        case "W" | "F":
            return shift_days(day, round(_bounded(count) * (7 if unit == "W" else 14)))
        case "D":
            return shift_days(day, round(_bounded(count)))
        case _:
            hours = _bounded(count) / {"TH": 1, "TM": 60, "TS": 3600}.get(unit, 1)
            return shift_days(day, int(hours // 24))


def _bounded(count: float) -> float:
    return min(max(count, -1_000_000.0), 1_000_000.0)


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date:
    """The day of a rule: ``12-25``; ``11-4-4`` fourth Thursday of November (5 is the last); ``easter-2``."""
    if rule.startswith("easter"):
        return shift_days(easter(year), int(rule[6:] or 0))
    if rule == "US-election":
        first = date(year, 11, 1)
        monday = shift_days(first, -first.weekday() % 7)
        return shift_days(monday, 1)
    month, number, *weekday = (int(p) for p in rule.split("-"))
    if not weekday:
        return date(year, month, number)
    first = date(year, month, 1)
    day = shift_days(first, (weekday[0] - 1 - first.weekday()) % 7 + 7 * (number - 1))
    return day if day.month == month else shift_days(day, -7)
