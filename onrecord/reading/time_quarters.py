"""Quarters and reporting periods: "the third quarter of 1990", "the year-ago quarter", "a year earlier"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.reading.time_dates import Scene, Value, dated, day, direction, modifier
from onrecord.reading.time_expressions import Expression, Form
from onrecord.reading.time_values import Grain, Point, shift_days
from onrecord.reading.time_words import Word

_STILL_REPORTED = 130  # days after its end in which a quarter spoken of in the future is one to be reported on


def _grain(expression: Expression) -> Grain:
    word = expression.get("1Q%")
    if word is None:
        return Grain.QUARTER
    half = "h" in word.low if word.letter == "1" else word.low.startswith("half")
    return Grain.HALF if half else Grain.QUARTER


def _number(expression: Expression) -> int | None:
    word = expression.get("1")
    if word:
        return int("".join(c for c in word.low if c.isdigit()))
    ordinal = expression.get("O")
    if ordinal:
        return int(ordinal.number)
    period = expression.get("Q")
    if period and expression.get("L") and expression.get("Y"):
        return 2 if period.low == "half" else 4
    return None


def _unit_year(words: tuple[Word, ...], scene: Scene) -> int | None:
    """The year of "of last year", "this year's", "a year ago"."""
    for i, word in enumerate(words):
        if word.letter == "u" and word.low == "year" and i:
            return scene.day.year + direction(words[i - 1])
    return None


def _back(expression: Expression) -> bool:
    return expression.get("~") is not None or expression.words[-1].letter in "ge"


def told_period(scene: Scene) -> Point | None:
    return scene.told.latest_period()


def _ended(expression: Expression, scene: Scene) -> Point | None:
    """The quarter of "the quarter ended July 31": the one with most of its days."""
    after, following = expression.after, scene.following
    if after is None or after.low not in ("ended", "ending", "ends", "to") or following is None:
        return None
    if following.before != after or following.form is not Form.DAY:
        return None
    value = day(following, scene)
    return Point.around(Grain.QUARTER, shift_days(value.first, -45)) if value is not None and value.first else None


def last_ended(scene: Scene) -> Point:
    return Point.around(Grain.QUARTER, scene.day).shift(-1)


def quarter(expression: Expression, scene: Scene) -> Value | None:
    """A numbered quarter or half."""
    number, grain = _number(expression), _grain(expression)
    if number is None:
        return quarter_back(expression, scene)
    if not 1 <= number <= (2 if grain is Grain.HALF else 4):
        return None
    mod = modifier(expression)
    year_word = expression.get("Y")
    letter = "H" if grain is Grain.HALF else "Q"
    if grain is Grain.HALF and not expression.get("1Yu"):
        return None  # half of a game, of a list
    if year_word:
        point = _of(int(year_word.number), number, grain)
        return dated(point, mod)
    year = None if _back(expression) else _unit_year(expression.words, scene)
    if year is None:
        year = scene.day.year
        point = _of(year, number, grain)
        lean = scene.tense(expression.start)
        if point.first > scene.day and lean != 1:
            point = point.shift(-4 if grain is Grain.QUARTER else -2)
        elif (scene.day - point.last).days > _STILL_REPORTED and lean == 1:
            point = point.shift(4 if grain is Grain.QUARTER else 2)
    else:
        point = _of(max(1, year), number, grain)
    if _back(expression):
        point = point.shift(-4 if grain is Grain.QUARTER else -2)
    value = dated(point, mod, relative=True, masked=f"XXXX-{letter}{number}")
    return replace(value, told=not _back(expression))


def _aside(point: Point, mod: str | None) -> Value:
    """A period named only to compare with: what follows does not lean on it."""
    return replace(dated(point, mod, relative=True), told=False)


def _of(year: int, number: int, grain: Grain) -> Point:
    months = 6 if grain is Grain.HALF else 3
    return Point(grain, date(year, 1 + months * (number - 1), 1))


def quarter_back(expression: Expression, scene: Scene) -> Value | None:
    """A period named by what is told: "the quarter", "the latest period", "the year-earlier quarter"."""
    mod = modifier(expression)
    told = (_ended(expression, scene) if expression.get("Q") else None) or told_period(scene)
    period = expression.get("%")
    year_word = expression.get("Y")
    if year_word:
        year = Point.around(Grain.YEAR, scene.day.replace(year=int(year_word.number), day=1))
        if told is None:
            return dated(year, mod) if period else None
        return replace(dated(Point.around(told.grain, told.first.replace(year=int(year_word.number))), mod), told=False)
    if _back(expression):
        if told is not None:
            recent = Point.around(told.grain, told.first)
            here = Point.around(told.grain, scene.day)
            same_year = recent if (here.first - recent.first).days < 300 else recent.shift(4)
            return _aside(same_year.shift(-4 if told.grain is Grain.QUARTER else -2), mod)
        if expression.get("Q"):
            return _aside(last_ended(scene).shift(-4), mod)
        return _aside(Point.around(Grain.YEAR, scene.day).shift(-1), mod)
    unit_year = _unit_year(expression.words, scene)
    if unit_year is not None:
        point = told or last_ended(scene)
        return _aside(Point.around(point.grain, point.first.replace(year=max(1, unit_year))), mod)
    which = expression.get("LBXCGIKWU")
    if period and told is None and (which is None or which.letter not in "U"):
        return None
    if which and (which.letter in "LBXCGI" or which.low == "current"):
        point = Point.around(Grain.QUARTER, scene.day).shift(direction(which))
        return dated(point, mod, relative=True)
    if which and which.low == "latest" and told is not None and told.last > scene.day:
        told = None  # a quarter still running is not the latest reported
    point = told or last_ended(scene)
    return dated(point, mod, relative=True)


def year_ago(scene: Scene) -> Point | None:
    """What "a year earlier" means where a quarter is told: the same quarter of the year before."""
    told = told_period(scene)
    if told is None:
        return None
    here = Point.around(told.grain, scene.day)
    per_year = 4 if told.grain is Grain.QUARTER else 2
    gap = (here.first - told.first).days
    return told if gap >= 300 else told.shift(-per_year)
