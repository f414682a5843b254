"""Dates and clock times: from an expression's words to a point of the calendar, and its TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from onrecord.model import TimeType
from onrecord.reading.time_anchors import Around, Told
from onrecord.reading.time_expressions import Expression, Form
from onrecord.reading.time_values import SMALL_HOURS, Grain, Point, holiday, part_of, shift_days, shift_months
from onrecord.reading.time_words import Word, tables

_APPROXIMATE = {
    "about": "APPROX", "around": "APPROX", "approximately": "APPROX", "roughly": "APPROX", "close to": "APPROX",
    "nearly": "EQUAL_OR_LESS", "almost": "EQUAL_OR_LESS", "just under": "LESS_THAN", "under": "LESS_THAN",
    "less than": "LESS_THAN", "fewer than": "LESS_THAN", "more than": "MORE_THAN", "over": "MORE_THAN",
    "well over": "MORE_THAN", "just over": "MORE_THAN", "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE",
    "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS",
    "not more than": "EQUAL_OR_LESS", "as many as": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS",
    "within": "EQUAL_OR_LESS",
}  # fmt: skip
_STAGES = {
    "early": "START", "beginning": "START", "start": "START", "earlier": "START", "very early": "START",
    "early in": "START", "earlier in": "START", "late": "END", "later": "END", "end": "END", "close": "END",
    "very late": "END", "late in": "END", "later in": "END", "mid": "MID", "middle": "MID", "turn": "START",
}  # fmt: skip
PAST, OPEN, FUTURE = -1, 0, 1
_NARRATED = 7  # days: a day told longer ago is no longer where the narrative is
_WEEK = 7
_MONTHS_AHEAD = 5  # a month without a year that is fewer than these ahead is not the last year's
_NEAR = 60  # days: a date without a year this near is not moved to another year by its verb's tense


@dataclass(frozen=True)
class Value:
    """What an expression stands for. ``relative``: it leans on the report's own day; ``masked`` is then its value
    without that day. ``first`` and ``last`` are local days."""

    type: TimeType
    value: str
    first: date | None = None
    last: date | None = None
    mod: str | None = None
    relative: bool = False
    masked: str = ""
    point: Point | None = None
    part: str | None = None
    clock: tuple[int, int] | None = None
    zone: str | None = None
    open_bounds: bool = False  # the bounds are a convention, not what the words say
    trim: int = 0  # words at the end that do not belong to it
    trim_start: int = 0  # words at the start that do not
    told: bool = True  # later expressions may lean on it


@dataclass
class Scene:
    """All that a value may lean on."""

    day: date
    known: bool
    told: Told = field(default_factory=Told)
    tense: Callable[[int], int] = lambda _: 0
    sentence: Callable[[int], int] = lambda _: 0  # start of the sentence that holds an offset
    around: Around = field(default_factory=Around)
    following: Expression | None = None
    updated: date | None = None  # the last day of a report that was brought up to date since ``day``
    late: frozenset[int] = frozenset()  # starts of the sentences that were written then


def modifier(expression: Expression) -> str | None:
    """TIMEX3 ``mod`` from the words before the core."""
    for word in expression.words:
        if word.letter in "m#elx":
            low = word.low.strip("-")
            found = _STAGES.get(low) or _APPROXIMATE.get(low)
            if found:
                return found
    return "APPROX" if _or_so(expression) else None


def _or_so(expression: Expression) -> bool:
    return len(expression.words) > 2 and expression.words[-2].letter == "r" and expression.words[-1].low in ("so",)


def dated(point: Point, mod: str | None = None, *, relative: bool = False, masked: str = "") -> Value:
    first, last = part_of(point.first, point.last, mod)
    masked = masked or point.masked
    return Value(TimeType.DATE, point.value, first, last, mod, relative, masked if relative else point.value, point)


def direction(word: Word | None) -> int:
    """-1, 0 or +1 for last, this, next."""
    if word is None:
        return 0
    return {"L": -1, "B": -1, "X": 1, "C": 1, "G": 1}.get(word.letter, 0)


def which_of(expression: Expression) -> Word | None:
    found = expression.all("LBXCGIKWU")
    return next((w for w in found if w.letter not in "I"), found[0] if found else None)


def leaning(expression: Expression, scene: Scene) -> int:
    """Whether the expression looks back or ahead: its own preposition, else the tense of its verb."""
    before = expression.before.low if expression.before else ""
    if before == "since":
        return PAST
    if before == "effective":
        return FUTURE
    lean = scene.tense(expression.start)
    if (
        before in ("until", "till")
        and expression.before
        and scene.sentence(expression.before.start) != expression.before.start
    ):
        return FUTURE
    if (before in ("until", "till", "by") and lean == OPEN) or before == "as":  # as early as, as soon as
        return FUTURE
    return lean


def _nearest(candidates: list[date], day: date) -> date:
    return min(candidates, key=lambda c: (abs((c - day).days), c > day))


def valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_word(expression: Expression) -> int | None:
    word = expression.get("Y")
    return int(word.number) if word else None


def _day_of_month(expression: Expression) -> int:
    word = expression.get("nO")
    return int(word.number) if word else 0


def month_day(expression: Expression, scene: Scene) -> Value | None:
    """ "Oct. 7, 2023", "Saturday, April 25", "next week on February 4"."""
    month_word = expression.get("M")
    if month_word is None:
        return None
    month, number = int(month_word.number), _day_of_month(expression)
    year = year_word(expression)
    if year is None and scene.following is not None and scene.following.form is Form.SPAN_END:
        year = year_word(scene.following)
    if year is not None:
        day = valid(year, month, number)
        return dated(Point(Grain.DAY, day)) if day else None
    if _names_told_year(expression):
        told = scene.told.latest()
        day = valid((told.first if told else scene.day).year + direction(expression.words[-2]), month, number)
        masked = f"XXXX-{month:02}-{number:02}"
        return dated(Point(Grain.DAY, day), relative=told is None, masked=masked) if day else None
    candidates = [d for y in range(-1, 2) if (d := valid(max(scene.day.year + y, 1), month, number))]
    candidates = candidates or [d for y in range(-4, 5) if (d := valid(max(scene.day.year + y, 1), month, number))]
    weekday = expression.get("D")
    if weekday:
        candidates = [c for c in candidates if c.isoweekday() == int(weekday.number) % 10] or candidates
    if not candidates:
        return None
    unit = expression.get("u")
    which = direction(which_of(expression))
    lean = which if unit or which else leaning(expression, scene)
    day = _nearest(candidates, scene.day)
    if unit and tables().units.get(unit.low) == "Y":
        day = valid(scene.day.year + which, month, number) or day
    elif (which == PAST and day >= scene.day) or (lean == PAST and (day - scene.day).days > _NEAR):
        day = max((c for c in candidates if c <= scene.day), default=day)
    elif lean == FUTURE and (scene.day - day).days > _NEAR:
        day = min((c for c in candidates if c >= scene.day), default=day)
    return dated(Point(Grain.DAY, day), relative=True, masked=f"XXXX-{month:02}-{number:02}")


def _names_told_year(expression: Expression) -> bool:
    """Whether the year is the narrative's: "3 May of that year", "May 3 of the following year"."""
    *_, which, unit = expression.words
    return unit.letter == "u" and which.letter in "KWG" and unit_of(unit) == "Y"


_SLASH = re.compile(r"(\d{1,2})([/.])(\d{1,2})[/.](\d{2,4})")


def in_figures(word: Word, scene: Scene) -> Value | None:
    """ISO dates; 2/4/2025 (month first, unless that cannot be) and 4.2.2025 (day first)."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d))?", word.low)
    if found:
        day = valid(int(found[1]), int(found[2]), int(found[3]))
        if day is None:
            return None
        value = dated(Point(Grain.DAY, day))
        if found[4] and int(found[4]) < 25 and int(found[5]) < 60:
            return at_clock(value, int(found[4]), int(found[5]), "utc" if word.low.endswith("z") else None)
        return value
    slash = _SLASH.match(word.low)
    if slash is None:
        return None
    first, second, year = int(slash[1]), int(slash[3]), int(slash[4])
    if year < 100:
        near = [year + c for c in (1900, 2000)]
        year = min(near, key=lambda y: abs(y - scene.day.year))
    order = [(second, first), (first, second)] if slash[2] == "." else [(first, second), (second, first)]
    day = next((d for m, n in order if (d := valid(year, m, n))), None)
    return dated(Point(Grain.DAY, day)) if day else None


def weekday(expression: Expression, scene: Scene) -> Value | None:
    """ "Friday", "last Friday", "the previous Friday", "next Monday"."""
    word = expression.get("D")
    if word is None:
        return None
    number, which = int(word.number) % 10, which_of(expression)
    after = which is not None and _is_preposition(expression)
    if after:
        which = None
    masked = f"XXXX-WXX-{number}"
    if word.number > 10:
        return Value(TimeType.SET, masked)  # Tuesdays
    shared = _shared_part(expression, scene)
    if shared:
        return Value(TimeType.SET, f"{masked}T{shared}")
    anchor = scene.day
    told = which is not None and which.letter in "BKWG"
    if told:
        point = scene.told.latest(Grain.DAY)
        anchor = point.first if point else anchor
    elif scene.updated is not None and scene.sentence(expression.start) in scene.late:
        anchor = scene.updated
    back, ahead = (anchor.isoweekday() - number) % 7, (number - anchor.isoweekday()) % 7
    owns = expression.after is not None and expression.after.letter == "'"  # "Tuesday's vote": the nearest
    bare_ahead = not after and which is None and _is_ahead(expression, scene, owns, ahead < back)
    letter = which.letter if which else ""
    if letter in ("L", "B"):
        day = shift_days(anchor, -(back or 7))
    elif letter in ("X", "G"):
        day = shift_days(anchor, ahead or 7)
    elif letter == "C" or (letter == "I" and leaning(expression, scene) != PAST) or (not letter and bare_ahead):
        day = shift_days(anchor, ahead)
        # What is still to come, in a report brought up to date since, lies after its own day.
        if day == scene.day and scene.updated is not None and 0 < (scene.updated - day).days < _WEEK:
            day = shift_days(day, _WEEK)
    else:
        day = shift_days(anchor, -back)
        day = day if told else _since_published(day, number, scene)
    value = dated(Point(Grain.DAY, day), modifier(expression), relative=True, masked=masked)
    return replace(value, trim_start=1) if after else value


def _since_published(day: date, number: int, scene: Scene) -> date:
    """ "said on Tuesday", in a report of Monday brought up to date on Tuesday: that one, not the week before's."""
    if scene.updated is None or not 0 < (scene.updated - scene.day).days < _WEEK:
        return day
    nearest = shift_days(scene.updated, -((scene.updated.isoweekday() - number) % _WEEK))
    return max(day, nearest)


def _shared_part(expression: Expression, scene: Scene) -> str | None:
    """The part of the day that "Monday and Tuesday nights" gives to Monday too."""
    after, other = expression.after, scene.following
    if after is None or after.letter != "r" or other is None or other.before != after:
        return None
    word = other.get("P")
    plural = word is not None and word.low.endswith("s") and other.get("D") is not None
    return tables().dayparts[word.low] if word is not None and plural else None


def _is_preposition(expression: Expression) -> bool:
    """ "Following Friday's vote" is after it; "the following Friday", "on following Friday" are not."""
    first, before = expression.words[0], expression.before
    return first.letter == "G" and first.low == "following" and (before is None or before.letter not in "@T")


def _is_ahead(expression: Expression, scene: Scene, owns: bool, nearer: bool) -> bool:
    """Whether a bare weekday lies ahead: "Tuesday's vote" is the nearest, unless what it follows says so."""
    if not owns:
        return leaning(expression, scene) == FUTURE
    before = expression.before.low if expression.before else ""
    return nearer and before not in ("after", "since", "from", "than", "over")


def _around_holiday(day: date, word: Word, *, relative: bool) -> Value | None:
    """ "Easter week", "Labor Day weekend": the weekend nearest to the day."""
    if word.letter == "V":
        return dated(Point.around(Grain.WEEKEND, shift_days(day, -3 if day.weekday() < 2 else 0)), relative=relative)
    return dated(Point.around(Grain.WEEK, day), relative=relative) if unit_of(word) == "W" else None


_NEAR_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def holiday_of(expression: Expression, scene: Scene) -> Value | None:
    word = expression.get("J")
    if word is None:
        return None
    rule, year = tables().holidays[word.low], year_word(expression)
    if year is not None:
        whole = expression.get("uV")
        day = holiday(rule, year)
        return _around_holiday(day, whole, relative=False) if whole else dated(Point(Grain.DAY, day))
    days = [holiday(rule, y) for y in range(max(scene.day.year - 1, 1), scene.day.year + 2)]
    which = direction(which_of(expression)) or leaning(expression, scene)
    day = _nearest(days, scene.day)
    if which == PAST:
        day = max(d for d in days if d <= scene.day)
    elif which == FUTURE:
        day = min(d for d in days if d >= scene.day)
    around = expression.words[-1] if expression.words[-1].letter in "uV" else expression.get("V")
    if around is not None:
        return _around_holiday(day, around, relative=True)
    masked = f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else ""
    return dated(Point(Grain.DAY, day), relative=True, masked=masked)


def day(expression: Expression, scene: Scene) -> Value | None:
    """A day of any kind."""
    head = next((i for i, w in enumerate(expression.words[:-1][:2]) if w.letter == "u"), None)
    if head is not None and expression.words[head + 1].letter in "el":
        return _day_beside(expression, head, scene)
    figures = expression.get("i")
    if figures:
        return in_figures(figures, scene)
    value: Value | None = None
    if expression.get("M"):
        value = month_day(expression, scene)
    elif expression.get("D"):
        value = weekday(expression, scene)
    elif expression.get("J"):
        value = holiday_of(expression, scene)
    else:
        near = expression.get("y")
        if near is None:
            return None
        point = Point(Grain.DAY, shift_days(scene.day, _NEAR_DAYS[near.low]))
        value = dated(point, relative=True)
        if near.low == "tonight":
            value = at_part(value, "NI")
    mod = modifier(expression)
    return replace(value, mod=mod) if value and mod else value


def _day_beside(expression: Expression, head: int, scene: Scene) -> Value | None:
    """ "the day before yesterday"; of "the week before July 4" only the date."""
    base = day(replace(expression, words=expression.words[head + 2 :]), scene)
    if base is None or base.point is None or unit_of(expression.words[head]) != "D":
        return replace(base, trim_start=head + 2) if base else None
    point = base.point.shift(-1 if expression.words[head + 1].letter == "e" else 1)
    return dated(point, relative=base.relative)


def at_part(value: Value, part: str, mod: str | None = None) -> Value:
    return replace(
        value, type=TimeType.TIME, value=f"{value.value}T{part}", masked=f"{value.masked}T{part}", part=part, mod=mod
    )


def at_clock(value: Value, hour: int, minute: int, zone: str | None) -> Value:
    clock = f"T{hour:02}:{minute:02}"
    return replace(
        value,
        type=TimeType.TIME,
        value=value.value + clock,
        masked=value.masked + clock,
        clock=(hour, minute),
        zone=zone,
    )


def part(expression: Expression, scene: Scene) -> Value | None:
    """ "Tuesday night", "last night", "the morning of Jan. 3", "the small hours of Sunday"."""
    word = expression.get("P")
    value = _part(expression, word, scene) if word else None
    small = value is not None and word is not None and word.low.endswith("hours")
    return replace(value, part=SMALL_HOURS) if small and value else value


def _part(expression: Expression, word: Word, scene: Scene) -> Value | None:
    code = tables().dayparts[word.low]
    mod = modifier(expression)
    if word.low.endswith("s") and "hours" not in word.low and (weekday_word := expression.get("D")):
        return Value(TimeType.SET, f"XXXX-WXX-{int(weekday_word.number) % 10}T{code}")
    if expression.get("MDyiJ"):
        base = day(expression, scene)
        return at_part(base, code, mod) if base else None
    which = expression.get("LBXCGIKW")
    letter = which.letter if which else ""
    the_next = letter == "X" and expression.get("T") is not None
    if letter in ("L", "I", "C", "X") and not the_next:
        shift = {"L": -1, "X": 1}.get(letter, 0)
        if letter == "L" and code != "NI":
            shift = 0 if code == "MO" else -1
        return at_part(dated(Point(Grain.DAY, shift_days(scene.day, shift)), relative=True), code, mod)
    told = scene.told.latest(Grain.DAY)
    point = told or Point(Grain.DAY, scene.day)
    if letter in ("B", "G") or the_next:
        point = point.shift(direction(which))
    return at_part(dated(point, relative=told is None, masked="XXXX-XX-XX"), code, mod)


def _hour(expression: Expression) -> tuple[int, int] | None:
    noon = expression.get("0")
    if noon:
        return (24 if noon.low == "midnight" else 12), 0
    word = expression.get("t") or expression.get("nN")
    if word is None:
        return None
    parts = re.split(r"[:.]", word.low) if word.letter == "t" else [str(int(word.number))]
    if word.letter == "t" and len(parts) == 1:
        parts = [word.low[:2], word.low[2:]]
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    half, daypart = expression.get("p"), expression.get("P")
    afternoon = half.low.startswith("p") if half else daypart is not None and daypart.low[0] in "ane"
    if (half and hour > 12) or hour > 24 or minute > 59:
        return None
    if (half or daypart) and hour <= 12:
        hour = hour % 12 + (12 if afternoon else 0)
    return hour, minute


def clock(expression: Expression, scene: Scene) -> Value | None:
    """ "10 p.m. Wednesday", "8:38 PM Israel time", "noon Thursday"."""
    at = _hour(expression)
    if at is None or (len(expression.words) == 1 and expression.words[0].letter == "n"):
        return None
    if len(expression.words) == 1 and expression.words[0].letter == "t":
        before = expression.before.low if expression.before else ""
        if before not in ("at", "by", "until", "till", "since", "from", "before", "after"):
            return None  # a score, a ratio
    zone = expression.get("z")
    days = [i for i, w in enumerate(expression.words) if w.letter in "MDyiJ"]
    base: Value | None
    if days:
        skip = next((i for i, w in enumerate(expression.words) if w.letter in "pzw0t"), 0)
        rest = expression.words[skip + 1 :] if days[0] > skip else expression.words[:skip]
        while rest and rest[0].letter in "pzwtNPc@.To":
            rest = rest[1:]
        base = day(replace(expression, words=rest or expression.words), scene)
    else:
        told = scene.told.latest(Grain.DAY, within=scene.sentence(expression.start)) or _narrated(expression, scene)
        point = told or Point(Grain.DAY, scene.day)
        base = dated(point, relative=True)
        if told and not scene.known:
            base = replace(base, relative=False, masked=base.value)
    if base is None:
        return None
    value = at_clock(replace(base, mod=None), *at, zone.low if zone else None)
    mod = modifier(replace(expression, words=expression.words[:1]))
    return replace(value, mod=mod)


def _narrated(expression: Expression, scene: Scene) -> Point | None:
    """The day told last, if the clause's tense agrees: "It began on Sunday night. … At 9 p.m. the roof fell."

    A clock without a clause ("Updated at 9 p.m.") is of the report's own day.
    """
    lean = scene.tense(expression.start)
    told = scene.told.latest(Grain.DAY) if lean and scene.around.has_subject(expression.start) else None
    if told is None or abs((told.first - scene.day).days) > _NARRATED:
        return None
    return told if (told.first - scene.day).days * lean >= 0 else None


def month(expression: Expression, scene: Scene) -> Value | None:
    """ "October 2023", "last April", "mid-March", "January this year"."""
    word = expression.get("M")
    if word is None:
        return None
    number, mod, year = int(word.number), modifier(expression), year_word(expression)
    if year is not None:
        return dated(Point(Grain.MONTH, date(year, number, 1)), mod)
    unit, which = expression.get("u"), which_of(expression)
    here = scene.day.replace(day=1)
    masked = f"XXXX-{number:02}"
    if unit and which:
        first = date(max(1, here.year + direction(which)), number, 1)
    elif which and which.letter in "LB":
        gone = (here.month - number) % 12 or 12
        just = gone == 1 and which.low == "last" and not expression.get("I")  # that would be "last month"
        first = shift_months(here, -(gone + 12 * just))
    elif which and which.letter in "XCG":
        first = shift_months(here, (number - here.month) % 12 or 12)
    elif which and which.letter in "IU":
        first = date(here.year, number, 1)
    else:
        lean = leaning(expression, scene)
        back, ahead = (here.month - number) % 12, (number - here.month) % 12
        told = scene.told.latest(Grain.YEAR, Grain.MONTH, within=scene.sentence(expression.start))
        if told and lean != FUTURE and told.grain is Grain.YEAR:
            first = date(told.first.year, number, 1)
        else:
            through = expression.before is not None and expression.before.low == "through"
            near = 0 < ahead < _MONTHS_AHEAD and (lean == OPEN or through)  # has extended the loan through January
            near = near or (ahead == 1 and scene.around.belongs_to_noun(expression.start))  # told of the cuts in July
            first = shift_months(here, ahead if lean == FUTURE or near else -back)
    return dated(Point(Grain.MONTH, first), mod, relative=True, masked=masked)


def unit_of(word: Word) -> str:
    return tables().units.get(word.low, "C" if word.letter == "j" else "Q")
