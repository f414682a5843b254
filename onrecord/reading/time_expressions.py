"""Finds time expressions: a grammar over the letters of ``time_words``, one regular expression for a whole text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.reading.time_words import Word, words


class Form(StrEnum):
    """What an expression is, which decides how its value is worked out."""

    CLOCK = "clock"  # 10 p.m. Wednesday
    PART = "part"  # Tuesday night, last night
    DAY = "day"  # Oct. 7, 2023; next week on February 4; on Monday; today
    MONTH = "month"  # October 2023, last April, mid-March
    SEASON = "season"
    WEEKEND = "weekend"
    QUARTER = "quarter"  # the third quarter of 1990
    QUARTER_BACK = "quarter_back"  # the year-ago quarter, the latest period
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    UNIT = "unit"  # last week, this year, the following month
    THE_UNIT = "the_unit"  # the week, the year
    ANCHORED = "anchored"  # two weeks ago, a year earlier, three days later
    SPAN = "span"  # the past three years, the next few days, coming weeks
    DURATION = "duration"
    BARE = "bare"  # weeks, years
    SET = "set"
    FIXED = "fixed"
    SPAN_END = "span_end"  # the second of "April 24 and 25"


@dataclass(frozen=True, slots=True)
class Expression:
    """One time expression as words; ``text[start:end]`` is what is reported."""

    form: Form
    words: tuple[Word, ...]
    before: Word | None  # the word before it, and after it, in the same paragraph
    after: Word | None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    def get(self, letters: str) -> Word | None:
        """The first word with one of these letters."""
        for word in self.words:
            if word.letter in letters:
                return word
        return None

    def all(self, letters: str) -> list[Word]:
        return [w for w in self.words if w.letter in letters]


_UNIT = "[uvQqj]"
_WHICH = "(?:KW|I[LCXU]|W|K(?![LBXCI])|G(?![LBXCI])|[LBXCIU])"
_RELATIVE = rf"T?{_WHICH}[+F]?[uQ]"
_YEAR_OF = rf"(?:F?Y|{_RELATIVE})"
_OF_YEAR = "(?:c?F?Y|(?:co?|oT?)?[ILXKWG]u)"
_DATE = rf"(?:T|[LXIC])?M-?(?:n|T?O)(?![-']*[uvp%]){_OF_YEAR}?|(?:T?O|n)o?M{_OF_YEAR}?(?![np])"
_HOLIDAY = "T?[ILX]?J[uV](?:o?Y)?|J(?:c?Y)?|[IL]J"
_DAY = rf"(?:(?:T?{_WHICH}?D|y|{_RELATIVE}|T?{_WHICH}V)(?:c?@?|<))?(?:{_DATE}|i)|T?{_WHICH}?D|y|{_HOLIDAY}"
_COUNT = r"(?:[nN]rAQ|[nNY](?:[-r][nNY])?|A?s|A?N|A)"
_APPROX = r"(?:x{1,2})?"
_CLOCK = rf"{_APPROX}m?(?:tp?|[nN]w|[nN]p|0)(?:c?z)?"
_VAGUE_DATE = r"(?:x?(?:m-?|el?|l|T?#[o@]))"
_RATE = r"(?<=2)A[uQ]"

_FORMS: tuple[tuple[Form, str], ...] = (
    (
        Form.CLOCK,
        rf"{_CLOCK}(?:<?{_CLOCK}>?)?(?:@?T?P)?(?:o|c?@?c?)(?:{_DAY})|[nN]@TP|{_CLOCK}(?:@TP)?|(?:{_DAY})c?@?(?:{_CLOCK})",
    ),
    (
        Form.PART,
        rf"{_VAGUE_DATE}?(?:{_DAY})'?P|{_VAGUE_DATE}?T?{_WHICH}P|(?:x?(?:m-?|T?#[o@]))?T?PoT?(?:{_DAY})P?"
        rf"|m-?P(?:{_DAY})?|TP",
    ),
    (Form.SET, rf"k[nNO+]?(?:[uQvqPSV]|M|D)|{_RATE}|T?L?{_COUNT}?DP"),
    (Form.DAY, rf"T?u[el](?:{_DAY})|(?:x?(?:m-?|el?|l))?(?:{_DAY})"),
    (Form.DECADE, rf"(?:{_VAGUE_DATE}|T?[OL]Qo)?T?m?-?E"),
    (Form.CENTURY, rf"(?:{_VAGUE_DATE}|T?[OL]Qo)?T?m?-?O-?j|{_VAGUE_DATE}?T?{_WHICH}j"),
    (
        Form.QUARTER,
        rf"{_VAGUE_DATE}?(?:T|A\.|{_WHICH}|')*~?F?-?(?:F?Y'?|(?:{_RELATIVE})')?F?-?O-?(?:F-?)?Q(?:[o@c]?T?(?:{_YEAR_OF}|A?ug|F?Y))?"
        rf"|TLQo(?:{_YEAR_OF})|1(?:[o@c]?(?:{_YEAR_OF}))?",
    ),
    (
        Form.QUARTER_BACK,
        rf"T?(?:{_WHICH}|~|F?Y)(?:{_WHICH}|~|F)*[Q%](?:{_RELATIVE}|A?ug)?|(?:{_RELATIVE})'[Q%]|TQ(?:(?:{_RELATIVE}|Aug|Aue))?|~",
    ),
    (Form.MONTH, rf"{_VAGUE_DATE}?(?:T?{_WHICH}?M(?!-?n)(?:[co]?(?:F?Y|[ILX]u))?)"),
    (Form.SEASON, rf"{_VAGUE_DATE}?(?:T?{_WHICH}S|TS(?:o?(?:Y|{_RELATIVE}))?|S(?:o?(?:Y|{_RELATIVE}))?)"),
    (Form.WEEKEND, rf"{_VAGUE_DATE}?(?:T{_WHICH}?|{_WHICH})V"),
    (
        Form.ANCHORED,
        rf"{_APPROX}T?(?:{_COUNT}[-+]?(?:[uvqj](?:rsv|r[uv]|rN)?)|v|Av|Q)(?:r\.)?(?:g|e|l|h)|Tu[el](?=[;c|]|$)",
    ),
    (
        Form.SPAN,
        rf"{_APPROX}(?:T|k?oT)?{_WHICH}(?:{_COUNT})?[+F]?[vqS](?:rv)?|{_APPROX}T?{_WHICH}(?:{_COUNT})[+-]?(?:[uvqS])(?!-?Z)|[RC](?:[uv](?:rv)?|q)|T?[uv]h",
    ),
    (Form.YEAR, rf"{_VAGUE_DATE}?F?Y"),
    (Form.UNIT, rf"{_VAGUE_DATE}?{_RELATIVE}|TuoT?(?:{_DAY})|(?:m|T?#[o@])T[+F]?[uQ]|[el]@T[uQ]|Tu(?:eL|lX)|T[+]u"),
    (
        Form.DURATION,
        rf"{_APPROX}T?O?(?:(?:{_COUNT}[-+]{{0,2}}|x(?=u)|[nN]\.){_UNIT}(?:-?(?:[Z]))?(?:r\.(?!\.)|rAQ|r[uv]|rN)?|[uv]-Z|[nN][-]?Q)(?:r[nN]v)?",
    ),
    (Form.THE_UNIT, r"TF?[uQ]"),
    (Form.BARE, r"v(?:rv)?|j"),
    (Form.FIXED, r"d|TL(?![nNYsuvQqSDMEVPOA%+j~L])|U"),
)


@cache
def _grammar() -> re.Pattern[str]:
    return re.compile(
        r"(?![.;c|@'<>ro\-zpwhgZ+])(?:" + "|".join(f"(?P<{form.value}>{rule})" for form, rule in _FORMS) + ")"
    )


_SECOND = re.compile(r"[-r]n(?![\d:%NnuvqQpMt])")  # the "and 25" of "April 24 and 25"
_YEAR_AFTER = re.compile(r"c?Y")


def _later_year(line: list[Word], letters: str, end: int) -> Expression | None:
    """The "23" of "2022-23"."""
    if letters[end : end + 1] != "-" or letters[end + 1 : end + 2] not in ("n", "N"):
        return None
    year, last = line[end - 1], line[end + 1]
    if len(last.low) != 2 or not last.low.isdigit() or last.number <= year.number % 100 or last.start > year.end + 1:
        return None
    whole = Word("Y", last.start, last.end, last.low, year.number - year.number % 100 + last.number)
    after = line[end + 2] if end + 2 < len(line) and line[end + 2].letter != "|" else None
    return Expression(Form.YEAR, (whole,), line[end], after)


def expressions(text: str, wrapped: bool = False) -> list[Expression]:
    """Every candidate time expression of a text in order, none overlapping another."""
    line = words(text, wrapped)
    letters = "".join(w.letter for w in line)
    found: list[Expression] = []
    position = 0
    for match in _grammar().finditer(letters):
        form = Form(match.lastgroup or Form.BARE)
        start, end = match.span()
        if start < position:
            continue
        if line[start].low in ("after", "before") and end > start + 1:
            start += 1
        before = line[start - 1] if start and line[start - 1].letter != "|" else None
        after = line[end] if end < len(line) and line[end].letter != "|" else None
        found.append(Expression(form, tuple(line[start:end]), before, after))
        position = end
        if found[-1].form is Form.YEAR and (later := _later_year(line, letters, end)):
            found.append(later)
            position = end + 2
            continue
        second = _SECOND.match(letters, end)
        if second and found[-1].form is Form.DAY and found[-1].get("M") and not found[-1].get("Y"):
            last = line[end : second.end()]
            tail = _YEAR_AFTER.match(letters, second.end())
            stop = tail.end() if tail else second.end()
            position = stop
            after = line[stop] if stop < len(line) else None
            found.append(Expression(Form.SPAN_END, (*line[end + 1 : stop],), last[0], after))
    return found
