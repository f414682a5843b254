"""The times step: every time expression of a report, its TIMEX3 value, and the instants it can mean.

Values follow TimeML 1.2.1 (Saurí et al. 2006) as TimeBank applies it. A relative expression is counted from the
report's own day (``own_time``), one of the narrative from what was last dated. A report without a day of its own keeps
its relative expressions marked: ``resolved`` is false and the value has X where the day would be needed; where the text
bounds the report's day ("next week on February 4, 2025"), ``earliest`` and ``latest`` follow from these bounds.

Local days are those of the dateline's zone, else of the one zone named beside a clock ("Israel time"), else UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from onrecord.model import Report, Stamp, TimeMention, TimeType
from onrecord.reading import time_dates as dates
from onrecord.reading import time_lengths as lengths
from onrecord.reading import time_periods as periods
from onrecord.reading import time_quarters as quarters
from onrecord.reading.page import Page, step
from onrecord.reading.sentences import hard_wrapped
from onrecord.reading.time_anchors import Parsed, Tenses, Told
from onrecord.reading.time_dates import Scene, Value
from onrecord.reading.time_expressions import Expression, Form, expressions
from onrecord.reading.time_values import Grain, Point, clock_instants, instants, part_instants
from onrecord.reading.time_zones import zone_of_place, zone_of_words

_NO_DAY = "the report has no date of its own"
_NO_DATE_IN_WORDS = "names no date of its own"
_A_DAY = timedelta(hours=36)  # a day, in whatever zone
_ASSUMED = date(2000, 6, 14)  # a day to count from where none is known; never shown

_RESOLVERS: dict[Form, Callable[[Expression, Scene], Value | None]] = {
    Form.CLOCK: dates.clock,
    Form.PART: dates.part,
    Form.DAY: dates.day,
    Form.MONTH: dates.month,
    Form.SEASON: periods.season,
    Form.WEEKEND: periods.weekend,
    Form.YEAR: periods.year,
    Form.DECADE: periods.decade,
    Form.CENTURY: periods.century,
    Form.UNIT: periods.unit,
    Form.QUARTER: quarters.quarter,
    Form.QUARTER_BACK: quarters.quarter_back,
    Form.THE_UNIT: lengths.the_unit,
    Form.ANCHORED: lengths.anchored,
    Form.SPAN: lengths.span,
    Form.DURATION: lengths.length,
    Form.BARE: lengths.bare,
    Form.SET: lengths.set_of,
    Form.FIXED: lengths.fixed,
}


def _zone_of(report: Report, found: Iterable[Expression]) -> tzinfo:
    """The dateline's zone, else the one zone named beside a clock, else UTC."""
    place = zone_of_place(report.dateline)
    if place is not None:
        return place
    for expression in found:
        word = expression.get("z")
        zone = zone_of_words(word.low) if word else None
        if zone is not None:
            return zone
    return UTC


def _day_of(stamp: Stamp, zone: tzinfo) -> date:
    """The local day of a stamp: as written if it begins with one."""
    try:
        return date.fromisoformat(stamp.value[:10])
    except ValueError:
        return stamp.earliest.astimezone(zone).date()


def inferred_published(report: Report, found: Iterable[Expression], zone: tzinfo = UTC) -> Stamp | None:
    """The report's own day as far as its text gives it away, or none.

    An absolute date beside a relative one does: "next week on February 4, 2025" was written in the week before. Weeks
    run from Monday (ISO 8601). Pairs that contradict each other give none.
    """
    first, last, original = date.min, date.max, ""
    for expression in found:
        pair = _pair(expression)
        if pair is None:
            continue
        first, last = max(first, pair.first), min(last, pair.last)
        original = original or report.text[expression.start : expression.end]
    if not original or first > last:
        return None
    whole = next(
        (p for g in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR) if (p := Point.around(g, first)).last >= last),
        None,
    )
    earliest, latest = instants(first, last, zone)
    value = whole.value if whole and (whole.first, whole.last) == (first, last) else first.isoformat()
    return Stamp(value, original, "inferred", earliest, latest)


def _pair(expression: Expression) -> Point | None:
    """When a report that holds this expression was written, if it names its day both ways."""
    if expression.form not in (Form.DAY, Form.CLOCK, Form.PART) or not expression.get("Yi"):
        return None
    near, unit, which = expression.get("y"), expression.get("u"), expression.get("LXCI")
    if not near and not (unit and which):
        return None
    words = tuple(w for w in expression.words if w.letter not in "uyLXCI")
    value = dates.day(replace(expression, form=Form.DAY, words=words or expression.words), Scene(_ASSUMED, False))
    if value is None or value.point is None or value.relative:
        return None
    if near:
        shift = {"yesterday": 1, "tomorrow": -1}.get(near.low, 0)
        return value.point.shift(shift)
    grain = {"W": Grain.WEEK, "M": Grain.MONTH, "Y": Grain.YEAR}.get(dates.unit_of(unit)) if unit else None
    return Point.around(grain, value.point.first).shift(-dates.direction(which)) if grain else None


def _stated(report: Report, zone: tzinfo) -> Stamp | None:
    """As published, else as updated, else by a dateline with day and year. A year no report has counts as none."""
    for stamp in (report.published, report.updated):
        if stamp is not None and 1000 <= _day_of(stamp, zone).year <= 3000:
            return stamp
    for expression in expressions((report.dateline or "")[:300]):
        value = dates.day(expression, Scene(_ASSUMED, False)) if expression.form is Form.DAY else None
        if value is not None and value.first is not None and not value.relative:
            earliest, latest = instants(value.first, value.first, zone)
            return Stamp(value.value, report.dateline or "", "text", earliest, latest)
    return None


def own_time(page: Page) -> Stamp | None:
    """The report's own time: as published, updated or datelined, else inferred from its text; none if nothing tells.

    A stamp whose bounds are more than a day apart only bounds what is counted from it.
    """
    return _ground(page).own


@dataclass(frozen=True)
class Ground:
    """What a report's times stand on: its expressions, its zone, its own time."""

    found: list[Expression]
    zone: tzinfo
    own: Stamp | None


def _ground(page: Page) -> Ground:
    """Found once a page: events ask for the report's own time too."""
    known = page.doc.user_data.get("onrecord_ground")
    if isinstance(known, Ground):
        return known
    text = page.text[: len(page.doc.text)]
    found = expressions(text, hard_wrapped(text))
    zone = _zone_of(page.report, found)
    made = Ground(found, zone, _stated(page.report, zone) or inferred_published(page.report, found, zone))
    page.doc.user_data["onrecord_ground"] = made
    return made


class _Timeline:
    """Resolves the expressions of one report in order."""

    def __init__(
        self,
        page: Page,
        found: list[Expression],
        day: date,
        known: bool,
        zone: tzinfo,
        late: frozenset[int] = frozenset(),
    ) -> None:
        tenses = Tenses(page.doc)
        self.page, self.found, self.zone = page, found, zone
        cache: dict[int, int] = {}

        def tense(offset: int) -> int:
            if offset not in cache:
                cache[offset] = tenses.at(offset)
            return cache[offset]

        self.scene = Scene(day, known, Told(), tense, self._sentence, Parsed(tenses, page.text))
        updated = page.report.updated
        self.scene.late = late
        self.scene.updated = _day_of(updated, zone) if updated is not None and known else None
        self.tenses = tenses

    def _sentence(self, offset: int) -> int:
        sentences = self.page.sentences
        return sentences[self.page.sentence_at(offset)].start if sentences else 0

    def _in_name(self, expression: Expression) -> bool:
        """A capital where a plain word would have none: "60 Minutes", "the film High Noon"."""
        text = self.page.text
        plain = [w for w in expression.words if w.letter in _NAMEABLE]
        if not plain or any(w.letter in "MDzp" for w in expression.words):
            return False
        if not all(text[w.start].isupper() for w in plain):
            return False
        start = self._sentence(expression.start)
        if not any(c.isalnum() for c in text[start : plain[0].start]):
            return False
        sentence = self.page.sentences[self.page.sentence_at(expression.start)]
        names = text[sentence.start : min(sentence.end, sentence.start + 600)].split()
        return sum(n[0].isupper() for n in names) < 0.6 * len(names)

    def _is_surname(self, expression: Expression) -> bool:
        """ "Augusta May": a month's name right after a capitalised word that is no part of the date."""
        words, before = expression.words, expression.before
        if len(words) != 1 or words[0].low not in ("may", "april", "june", "august", "march") or before is None:
            return False
        return before.letter == "." and self.page.text[before.start].isupper()

    def _is_march(self, expression: Expression) -> bool:
        """ "the March of the Miners", "the annual March for Peace"."""
        last, before, after = expression.words[-1], expression.before, expression.after
        if last.low != "march" or after is None or after.low not in ("of", "for"):
            return False
        return before is None or before.letter not in "@r" or expression.words[0].letter == "T"

    def _is_rate(self, expression: Expression) -> bool:
        words = expression.words
        if expression.form is not Form.DURATION or len(words) != 2 or words[0].letter != "A":
            return False
        token = self.tenses.token(words[1].start)
        return token is not None and token.dep_ == "npadvmod" and token.head.pos_ in ("NOUN", "NUM", "SYM", "PROPN")

    def values(self) -> list[Value | None]:
        out: list[Value | None] = []
        before: Value | None = None
        for i, expression in enumerate(self.found):
            self.scene.following = self.found[i + 1] if i + 1 < len(self.found) else None
            self.scene.told.leant = False
            if expression.form is Form.SPAN_END:
                value = _span_end(expression, before)
            elif self._is_other_word(expression):
                value = None
            else:
                value = _RESOLVERS[expression.form](expression, self._scene_of(expression))
            if value is not None and value.point is not None:
                value = self._leaning(value, value.point)
                if value.told and value.point is not None:
                    self.scene.told.add(expression.start, value.point, value.relative)
            out.append(value)
            before = value
        return out

    def _scene_of(self, expression: Expression) -> Scene:
        """ "Next week" in a sentence that was written with the update is counted from there."""
        scene = self.scene
        if expression.form is not Form.UNIT or scene.updated is None:
            return scene
        return replace(scene, day=scene.updated) if self._sentence(expression.start) in scene.late else scene

    def _leaning(self, value: Value, point: Point) -> Value:
        """A value of the narrative leans on the report's own day if what it was counted from does."""
        if value.relative or not self.scene.told.leant:
            return value
        return replace(value, relative=True, masked=value.value.replace(point.value, point.masked, 1))

    def _is_other_word(self, expression: Expression) -> bool:
        """Is "May" a verb here, "fall" a verb, "1600" no year, "This Week" a name, "$5 a year" a rate?"""
        words = expression.words
        if self._in_name(expression) or self._is_rate(expression) or self._is_surname(expression):
            return True
        if self._is_march(expression) or self._is_tumble(expression):
            return True
        only = [w for w in words if w.letter in "MSY"]
        if len(words) == 1 and only:
            token = self.tenses.token(words[0].start)
            if token is None:
                return False
            if words[0].letter in "MS":
                named = token.dep_ == "compound" and token.head.pos_ == "PROPN"  # the May Company
                return token.pos_ in ("VERB", "AUX") or (named and words[0].low in ("may", "august", "april", "june"))
            return not _is_year(expression)
        return False

    def _is_tumble(self, expression: Expression) -> bool:
        """ "a fall of 30 feet", "his fall", "fall kills climber": nothing but its shape makes it a season."""
        if len(expression.words) != 1 or expression.words[0].low != "fall":
            return False
        token = self.tenses.token(expression.words[0].start)
        if token is None:
            return False
        made = {(c.dep_, c.lower_) for c in token.children if c.dep_ in ("det", "poss", "nummod")}
        if made:
            return any(dep == "poss" or low in ("a", "one", "another") for dep, low in made)
        bare = expression.before is None or expression.before.low not in _OF_SEASONS
        return bare and token.dep_ in ("nsubj", "pobj", "dobj", "ROOT")


_OF_SEASONS = frozenset(
    [
        *("in", "by", "since", "until", "till", "this", "last", "next"),
        *("every", "each", "early", "late", "during", "for", "from"),
    ]
)
_NOT_YEAR_AFTER = frozenset(
    [
        *("people", "percent", "per", "miles", "dead", "kilometers", "kilometres", "feet", "troops", "soldiers"),
        *("workers", "jobs", "employees", "members", "points", "votes"),
        *("hundred", "thousand", "million", "billion", "trillion", "m", "bn", "tonnes", "tons", "metres", "meters"),
        *("dollars", "euros", "pounds", "francs", "crowns", "yen", "roubles", "rubles", "rupees", "pesos", "yuan"),
    ]
)
_MAKES = frozenset(
    [
        *("audi", "bmw", "buick", "cadillac", "chevrolet", "chevy", "chrysler", "citroen", "dodge", "fiat", "ford"),
        *("honda", "hyundai", "jeep", "kia", "lada", "lexus", "mazda", "mercedes", "mitsubishi", "nissan", "opel"),
        *("peugeot", "plymouth", "pontiac", "porsche", "renault", "skoda", "subaru", "suzuki", "tesla", "toyota"),
        *("volkswagen", "volvo"),
    ]
)
_NAMEABLE = "uvSyP0Qq"


def _is_year(expression: Expression) -> bool:
    number = expression.words[0].number
    before, after = expression.before, expression.after
    if after and after.low in _MAKES:
        return False  # "a 2003 Honda": when it was built
    if before and before.low in ("$", "£", "€", "#", "no", "room", "flight", "nearly", "some", "%"):
        return False
    if after and (after.low in _NOT_YEAR_AFTER or after.low in ("%", "$")):
        return False
    return 1500 <= number <= 2100


def _span_end(expression: Expression, before: Value | None) -> Value | None:
    """The "25" of "April 24 and 25"."""
    if before is None or before.point is None or before.first is None:
        return None
    number = expression.get("n")
    day = dates.valid(before.point.first.year, before.point.first.month, int(number.number)) if number else None
    if day is None:
        return None
    masked = f"XXXX-{day.month:02}-{day.day:02}"
    return dates.dated(Point(Grain.DAY, day), relative=before.relative, masked=masked)


def _bounds(value: Value, zone: tzinfo) -> tuple[datetime, datetime] | None:
    if value.first is None or value.last is None:
        return None
    if value.clock is not None:
        named = zone_of_words(value.zone) if value.zone else None
        return clock_instants(value.first, *value.clock, named or zone)
    if value.part is not None:
        return part_instants(value.first, value.part, zone)
    return instants(value.first, value.last, zone)


_VAGUE = {"PAST_REF", "FUTURE_REF"}


def _mention(
    page: Page, expression: Expression, value: Value, others: tuple[Value, ...], known: bool, zone: tzinfo
) -> TimeMention:
    words = expression.words[value.trim_start : len(expression.words) - value.trim]
    if words[0].letter == "T" and len(words) > 1 and words[1].letter in "MD":
        words = words[1:]  # "the Feb. 4 talks": the article is the talks'
    start, end = words[0].start, words[-1].end
    bounds = [b for v in (value, *others) if (b := _bounds(v, zone)) is not None]
    resolved, note, shown = True, None, value.value
    if value.relative and not known:
        resolved, note, shown = False, _NO_DAY, value.masked or value.value
        if others:
            note = f"{_NO_DAY}; bounds follow from its text"
        else:
            bounds = []
    elif value.first is None and value.type in (TimeType.DATE, TimeType.TIME):
        resolved, note = False, _NO_DATE_IN_WORDS
    elif value.open_bounds:
        resolved, note = False, "an open number of units: the bounds are a convention"
    earliest = min((b[0] for b in bounds), default=None)
    latest = max((b[1] for b in bounds), default=None)
    return TimeMention(
        "", start, end, page.text[start:end], value.type, shown, earliest, latest, value.mod, resolved, note
    )


def _late(page: Page, found: list[Expression], values: list[Value | None], day: date) -> frozenset[int]:
    """Starts of sentences that tell of a day since the publication as past: they were written with the update.

    What they say of "Sunday" is counted from the update too: "the union said on Tuesday that it would not on Sunday".
    So is the day on which something will no longer be: who first told the plan could not know.
    """
    if (
        page.report.updated is None
        or page.report.updated.earliest <= (page.report.published or page.report.updated).latest
    ):
        return frozenset()
    tenses, starts = Tenses(page.doc), set[int]()
    for expression, value in zip(found, values, strict=True):
        point = value.point if value is not None and value.relative else None
        if point is None or point.last < day or not (expression.get("D") or expression.form is Form.UNIT):
            continue
        weekday = point.grain is Grain.DAY and point.first > day
        if tenses.no_longer(expression.start) or (weekday and tenses.at(expression.start) <= 0):
            starts.add(page.sentences[page.sentence_at(expression.start)].start)
    return frozenset(starts)


def read_times(page: Page) -> list[TimeMention]:
    """Every time expression of a page, in order, none overlapping another."""
    ground = _ground(page)
    found, zone, stamp = ground.found, ground.zone, ground.own
    known = stamp is not None and stamp.latest - stamp.earliest <= _A_DAY
    days = [_ASSUMED]
    if stamp and known:
        days = [_day_of(stamp, zone)]
    elif stamp:
        days = sorted({stamp.earliest.astimezone(zone).date(), stamp.latest.astimezone(zone).date()})
    columns = [_Timeline(page, found, day, known, zone).values() for day in days]
    late = _late(page, found, columns[0], days[0]) if known else frozenset()
    if late:
        columns = [_Timeline(page, found, days[0], known, zone, late).values()]
    bounded = known or stamp is not None
    mentions: list[TimeMention] = []
    for i, expression in enumerate(found):
        value = columns[0][i]
        if value is None:
            continue
        others = tuple(v for c in columns[(0 if not known and bounded else 1) :] if (v := c[i]) is not None)
        mentions.append(_mention(page, expression, value, others, known, zone))
    return [replace(m, id=f"t{n}") for n, m in enumerate(mentions, 1)]


def _run(page: Page) -> None:
    page.times.extend(read_times(page))


TIMES = step("times", needs=["sentences"], adds=["times"], run=_run)

__all__ = ["TIMES", "expressions", "inferred_published", "own_time", "read_times"]
