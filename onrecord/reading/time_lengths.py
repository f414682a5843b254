"""Durations, sets, and dates counted from another: "three weeks", "every Monday", "two weeks ago"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.model import TimeType
from onrecord.reading import time_dates as dates
from onrecord.reading.time_dates import Scene, Value, dated, modifier, unit_of
from onrecord.reading.time_expressions import Expression
from onrecord.reading.time_periods import told_unit
from onrecord.reading.time_quarters import year_ago
from onrecord.reading.time_values import UNIT_GRAINS, Grain, Point, duration, move, shift_days
from onrecord.reading.time_words import Word, tables

_FAR = {
    "TS": 1,
    "TM": 1,
    "TH": 2,
    "D": 14,
    "W": 8,
    "M": 12,
    "Q": 6,
    "Y": 10,
    "E": 5,
    "C": 5,
}  # bounds of "coming weeks"


def count_of(expression: Expression) -> tuple[float | None, Word | None]:
    """The number (none if it is vague) and its unit."""
    unit = expression.get("uvQqj")
    if unit is None:
        return None, None
    head = expression.words[: expression.words.index(unit)]
    numbers = [w for w in head if w.letter in "nNY"]
    if numbers and unit.low == "half":  # two and a half years
        unit = next((w for w in expression.words[len(head) + 1 :] if w.letter in "uvq"), unit)
        return numbers[0].number + 0.5, unit
    if numbers:
        number = numbers[0].number
        tail = expression.words[expression.words.index(unit) + 1 :]
        if len(tail) == 3 and tail[0].letter == "r" and tail[2].low == "half":
            number += 0.5
        return number, unit
    vague = next((w for w in head if w.letter == "s"), None)
    if vague:
        return (2 if "couple" in vague.low else None), unit
    if unit.letter == "v" and expression.get("Z"):  # a years-old war
        return None, unit
    if any(w.letter == "A" for w in head) or unit.letter in "uQ":
        tail = expression.words[expression.words.index(unit) + 1 :]
        half = len(tail) >= 3 and tail[0].letter == "r" and tail[-1].low == "half"
        return (1.5 if half else 1), unit
    return None, unit


def _length(value: str, mod: str | None) -> Value:
    return Value(TimeType.DURATION, value, mod=mod)


def length(expression: Expression, scene: Scene) -> Value | None:
    """A plain duration; an age is none."""
    age = expression.get("Z")
    if age and age.low != "long" and not scene.around.ages_thing(age.start):
        return None
    count, unit = count_of(expression)
    if unit is None or unit.low == "half" or _fraction(expression, unit):
        return None
    if expression.before and expression.before.letter == "2" and expression.words[0].letter == "A":
        return Value(TimeType.SET, duration(1, unit_of(unit)))
    code = unit_of(unit)
    if _some_day(expression, scene):
        return Value(TimeType.DATE, "FUTURE_REF")
    if _ahead(expression, scene) and count is not None and code in "DWMY":
        return _counted(count, code, expression, scene)
    value = _length(duration(count, code), modifier(expression))
    if code == "M" and expression.words[0].letter in "TO":  # the (first) nine months: what follows compares with these
        scene.told.leave_quarters(expression.start)
    article = expression.words[0].letter in "TA" and expression.get("-") is not None
    return replace(value, trim_start=1) if article else value


def _some_day(expression: Expression, scene: Scene) -> bool:
    """ "will one day lead", "hopes to one day lead"."""
    first, last = expression.words[0], expression.words[-1]
    alone = expression.after is None or expression.after.letter not in "@o"  # not one day in three
    one_day = first.low == "one" and last.low == "day" and len(expression.words) == 2 and alone
    if not one_day:
        return False
    ahead = scene.around.is_adverb(last.start) and scene.tense(first.start) == 1
    return ahead or scene.around.precedes_verb(last.start)


def _ahead(expression: Expression, scene: Scene) -> bool:
    """ "will be back in three weeks"."""
    before = expression.before
    return before is not None and before.low == "in" and scene.tense(expression.start) == 1


def _fraction(expression: Expression, unit: Word) -> bool:
    """ "a quarter of the vote", "three-quarters full"."""
    after = expression.after.low if expression.after else ""
    if expression.get("s"):
        return False
    return unit.letter in "Qq" and (after == "of" or ("quarters" in unit.low and expression.get("-") is not None))


_BEFORE_BARE = "@xe|lr"


def bare(expression: Expression, _scene: Scene) -> Value | None:
    """ "for weeks", "years of war": a duration of unknown length."""
    unit = expression.get("vj")
    if unit is None or unit.low == "century":
        return None
    before, after = expression.before, expression.after
    told = before is not None and before.letter == "T" and after is not None and after.low == "that"
    if before and before.letter not in _BEFORE_BARE and not told:  # the years that followed
        return None
    return _length(duration(None, unit_of(unit)), None)


def the_unit(expression: Expression, scene: Scene) -> Value | None:
    """ "the year", "the week": as a rule a length."""
    unit = expression.get("uQ")
    if unit is None or unit_of(unit) not in ("Y", "W"):
        return None
    if unit_of(unit) == "W":  # the one told of
        return told_unit(UNIT_GRAINS[unit_of(unit)], 0, None, scene)
    return _length(duration(1, unit_of(unit)), None)


def span(expression: Expression, scene: Scene) -> Value | None:
    """ "the past three years", "the next few days", "coming weeks", "recent years"."""
    which = expression.get("LBXCGIKWUR")
    count, unit = count_of(expression)
    if unit is None or which is None:
        return None
    code = unit_of(unit)
    mod = modifier(expression)
    if which.letter in "KWIU" and count is None:
        return None
    if which.low == "that" and unit.letter in "vq":  # "said that two years": a conjunction
        return replace(_length(duration(count, code), None), trim_start=1)
    value = _length(duration(count, code), mod)
    if expression.words[0].low in ("over", "within", "under", "about"):
        value = replace(value, mod=None, trim_start=1)
    far = count or _FAR.get(code, 5)
    ends: tuple[date, date] | None = None
    if which.letter in "LBR":
        ends = move(scene.day, -far, code), scene.day
    elif which.letter in "XC" or expression.get("h"):
        ends = scene.day, move(scene.day, far, code)
    if ends is None:
        return value
    vague = count is None
    return replace(value, first=ends[0], last=ends[1], relative=True, masked=value.value, open_bounds=vague)


def anchored(expression: Expression, scene: Scene) -> Value | None:
    """ "two weeks ago" from the report's day; "two weeks later", "a year earlier" from the narrative."""
    last = expression.words[-1]
    count, unit = count_of(expression)
    if unit is None:
        return None
    code, mod = unit_of(unit), modifier(replace(expression, words=expression.words[:-1]))
    if last.low in ("before", "after") and expression.after is not None and expression.after.letter not in ";c|><":
        value = length(replace(expression, words=expression.words[:-1]), scene)
        return replace(value, trim=1) if value else None
    back = last.letter in "ge"
    if last.letter == "e" and code == "Y" and count == 1:
        found = year_ago(scene)
        if found is not None:
            return replace(dated(found, mod, relative=True), told=False)
    if last.letter == "g" and code == "Y" and count == 1:
        start = expression.start
        compares = (
            scene.around.names_amount(start)
            or scene.told.latest(Grain.QUARTER, within=scene.sentence(start)) is not None
        )
        found = year_ago(scene) if compares else None
        if found is not None:
            return replace(dated(found, mod, relative=True), told=False)
    if count is None:
        if last.letter in "gh":
            return Value(TimeType.DATE, "PAST_REF" if back else "FUTURE_REF", mod=mod)
        return _length(duration(None, code), mod)
    return _counted(count if not back else -count, code, expression, scene)


def _counted(count: float, code: str, expression: Expression, scene: Scene) -> Value:
    last = expression.words[-1]
    mod = modifier(replace(expression, words=expression.words[:-1]))
    told = scene.told.latest() if last.letter in "el" else None
    start = told.first if told else scene.day
    grain = Grain.DAY if code.startswith("T") else UNIT_GRAINS.get(code, Grain.YEAR)
    if grain in (Grain.DECADE, Grain.CENTURY):
        grain = Grain.YEAR
    if told and told.grain is Grain.DAY and code in ("W", "M") and count == int(count):
        grain = Grain.DAY if code == "W" else grain
    if code in ("TH", "TM", "TS"):
        value = _length(duration(abs(count), code), mod)
        return replace(value, first=move(start, min(count, 0), code), last=start, relative=True, masked=value.value)
    point = Point.around(grain, move(start, count, code))
    return dated(point, mod, relative=told is None)


def set_of(expression: Expression, scene: Scene) -> Value | None:
    """ "every Monday", "each July", "every two years", "twice a week", "Tuesday nights"."""
    weekday, month, season = expression.get("D"), expression.get("M"), expression.get("S")
    part = expression.get("P")
    value: str | None = None
    if weekday:
        value = f"XXXX-WXX-{int(weekday.number) % 10}" + (f"T{tables().dayparts[part.low]}" if part else "")
        if not expression.get("k") and (part is None or not part.low.endswith("s")):
            return dates.part(expression, scene) if part else None
    elif month:
        value = f"XXXX-{int(month.number):02}"
    elif season:
        value = f"XXXX-{tables().seasons[season.low]}"
    elif part:
        value = f"XXXX-XX-XXT{tables().dayparts[part.low]}"
    elif expression.get("V"):
        value = "XXXX-WXX-WE"
    else:
        unit = expression.get("uvQq")
        if unit is None:
            return None
        number = expression.get("nNO")
        other = any(w.low == "other" for w in expression.words)
        value = duration(number.number if number else 1 + other, unit_of(unit))
    return Value(TimeType.SET, value)


def fixed(expression: Expression, scene: Scene) -> Value | None:
    """ "now", "recently", "daily", "year-end": from the table."""
    first = expression.words[0]
    if first.letter == "T":
        alone = (
            expression.after is None
            or not expression.after.low.isalpha()
            or scene.around.is_noun(expression.words[1].start)
        )
        return Value(TimeType.DATE, "PAST_REF") if alone and expression.words[1].low == "past" else None
    if first.letter == "U":
        if expression.before and expression.before.low == "then":
            return Value(TimeType.DATE, "PAST_REF")
        now = Value(TimeType.DATE, "PRESENT_REF", scene.day, scene.day, relative=True, masked="PRESENT_REF")
        return now if first.low == "current" else None
    kind, value = tables().fixed[first.low]
    if value == "TNI":
        told = scene.told.latest(Grain.DAY, within=scene.sentence(expression.start))
        point = told or Point(Grain.DAY, shift_days(scene.day, 0 if scene.tense(expression.start) == 1 else -1))
        return dates.at_part(dated(point, relative=told is None, masked="XXXX-XX-XX"), "NI")
    if value == "YEAR_END":
        return dated(Point.around(Grain.YEAR, scene.day), "END", relative=True)
    if value == "MONTH_END":
        return dated(Point.around(Grain.MONTH, scene.day), "END", relative=True)
    if value == "PRESENT_REF":
        return Value(TimeType.DATE, value, scene.day, scene.day, relative=True, masked=value)
    return Value(TimeType(kind), value)
