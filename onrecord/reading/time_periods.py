"""Seasons, weekends, years, decades, centuries, and plain units: "last week", "the following day", "the full year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.model import TimeType
from onrecord.reading.time_dates import (
    FUTURE,
    PAST,
    Scene,
    Value,
    dated,
    day,
    direction,
    leaning,
    modifier,
    unit_of,
    which_of,
    year_word,
)
from onrecord.reading.time_expressions import Expression
from onrecord.reading.time_values import UNIT_GRAINS, UNKNOWN, Grain, Point, shift_days, shift_months
from onrecord.reading.time_words import tables


def season(expression: Expression, scene: Scene) -> Value | None:
    """ "last fall", "the winter of 1994", "this summer"."""
    word = expression.get("S")
    if word is None:
        return None
    code, mod, year = tables().seasons[word.low], modifier(expression), year_word(expression)
    if year is not None:
        return dated(Point.of_season(code, year), mod)
    unit, which = expression.get("u"), which_of(expression)
    if unit and tables().units[unit.low] == "Y":
        point = Point.of_season(code, max(1, scene.day.year + direction(which)))
        return dated(point, mod, relative=True)
    this = Point.of_season(code, scene.day.year - (code == "WI" and scene.day.month < 3))
    if which and which.letter == "L" and not expression.get("I"):
        point = this if this.last < scene.day else this.shift(-1)
    elif which and which.letter in "XC":
        point = this if this.first > scene.day else this.shift(1)
    elif which:
        point = this
    else:
        lean = leaning(expression, scene)
        point = this
        if lean == FUTURE and this.last < scene.day:
            point = this.shift(1)
        elif lean != FUTURE and this.first > scene.day:
            point = this.shift(-1)
    return dated(point, mod, relative=True)


def weekend(expression: Expression, scene: Scene) -> Value | None:
    which = which_of(expression)
    this = Point.around(Grain.WEEKEND, scene.day)
    move = direction(which)
    if which is None:
        move = 0 if leaning(expression, scene) == FUTURE or scene.day >= this.first else -1
    elif which.letter == "I" and leaning(expression, scene) == PAST and scene.day < this.first:
        move = -1
    return dated(this.shift(move), modifier(expression), relative=True)


def year(expression: Expression, _scene: Scene) -> Value | None:
    number = year_word(expression)
    if number is None:
        return None
    return dated(Point(Grain.YEAR, date(number, 1, 1)), modifier(expression))


def decade(expression: Expression, scene: Scene) -> Value | None:
    word = expression.get("E")
    if word is None:
        return None
    number = int(word.number)
    if expression.before and expression.before.low in ("his", "her", "their", "my", "your", "our"):
        return None  # an age: "in his 30s"
    if number < 100:
        number += 1900 if number >= 20 or scene.day.year < 2030 else 2000
    if number < 1200 or number > 2200:
        return None
    return _share(Point(Grain.DECADE, date(number, 1, 1)), expression)


def _share(whole: Point, expression: Expression) -> Value:
    """ "the last half of the 1980s", "the first quarter of the 20th century"; else the whole of it."""
    part = expression.get("Q")
    if part is None:
        return dated(whole, modifier(expression))
    parts = 2 if part.low == "half" else 4
    ordinal = expression.words[expression.words.index(part) - 1]
    number = int(ordinal.number) if ordinal.letter == "O" else parts
    if not 1 <= number <= parts:
        return dated(whole)
    months = (whole.last.year - whole.first.year + 1) * 12 // parts
    begin = shift_months(whole.first, months * (number - 1))
    end = shift_days(shift_months(begin, months), -1)
    mod = {1: "START", parts: "END"}.get(number, "MID")
    return replace(dated(whole), first=begin, last=end, mod=mod)


def century(expression: Expression, scene: Scene) -> Value | None:
    ordinals, which = expression.all("O"), which_of(expression)
    if ordinals:
        number = int(ordinals[-1].number)
        if not 1 <= number <= 30:
            return None
        return _share(Point(Grain.CENTURY, date(max(1, (number - 1) * 100), 1, 1)), expression)
    if which is None:
        return None
    point = Point.around(Grain.CENTURY, scene.day).shift(direction(which))
    return dated(point, modifier(expression), relative=True)


def unit(expression: Expression, scene: Scene) -> Value | None:
    """ "last week", "this year", "the following month", "the same day"."""
    if expression.get("o") and expression.get("MDyiJ"):
        return _unit_of_day(expression, scene)
    word, which = expression.get("uQ"), which_of(expression)
    if word is None:
        return None
    code, mod = unit_of(word), modifier(expression)
    grain = UNIT_GRAINS.get(code)
    if grain is None:
        return None
    letter = which.letter if which else ""
    if not letter and grain is Grain.DAY:  # later in the day
        return told_unit(grain, 0, mod, scene) if expression.words[0].letter in "mel" else None
    if expression.words[-1].letter in "LX" and expression.words[-2].letter in "el":
        return _two_on(grain, expression, scene)
    if not letter and not _is_whole(expression, grain):
        return None
    the_next = letter == "X" and grain is Grain.DAY and expression.get("T") is not None
    if the_next or (letter and letter in "BGKW"):
        return told_unit(grain, direction(which), mod, scene)
    if grain is Grain.DECADE and letter == "L":  # the past decade: ten years, not the calendar's
        begin = shift_months(scene.day, -120)
        return Value(TimeType.DURATION, "P10Y", begin, scene.day, mod, relative=True, masked="P10Y")
    point = Point.around(grain, scene.day).shift(direction(which))
    return dated(point, mod, relative=True)


def _unit_of_day(expression: Expression, scene: Scene) -> Value | None:
    """ "the week of March 6"."""
    at = next(i for i, w in enumerate(expression.words) if w.letter == "o")
    base = day(replace(expression, words=expression.words[at + 1 :]), scene)
    grain = UNIT_GRAINS.get(unit_of(expression.words[at - 1]))
    if base is None or base.point is None or grain is None:
        return None
    return dated(Point.around(grain, base.point.first), relative=base.relative)


def _is_whole(expression: Expression, grain: Grain) -> bool:
    """Of a plain unit with an adjective, only "the full year" is a date."""
    added = expression.words[1]
    return added.letter != "+" or (grain is Grain.YEAR and added.low in ("full", "whole", "entire"))


def _two_on(grain: Grain, expression: Expression, scene: Scene) -> Value | None:
    """ "the week after next", "the year before last"."""
    return dated(Point.around(grain, scene.day).shift(2 * direction(expression.words[-1])), relative=True)


def told_unit(grain: Grain, move: int, mod: str | None, scene: Scene) -> Value:
    """ "that year", "the following day": the narrative's, else the report's own.

    "That day", where a month was told last, is some day of the month.
    """
    month = scene.told.latest() if grain is Grain.DAY and move == 0 else None
    if month is not None and month.grain is Grain.MONTH:
        leans, masked = scene.told.leant, UNKNOWN[Grain.DAY]
        return Value(TimeType.DATE, f"{month.value}-XX", month.first, month.last, mod, relative=leans, masked=masked)
    finer = {
        Grain.DAY: (Grain.DAY,),
        Grain.WEEK: (Grain.DAY, Grain.WEEK),
        Grain.MONTH: (Grain.DAY, Grain.WEEK, Grain.MONTH),
    }.get(grain, ())
    told = scene.told.latest(*finer)
    point = Point.around(grain, told.first if told else scene.day).shift(move)
    return dated(point, mod, relative=told is None)
