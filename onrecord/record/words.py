"""Sentences of the record: reasons for a standing, holders, dates. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime

from onrecord.model import (
    Authority,
    Holder,
    ReportHead,
    SourceKind,
    Stamp,
    Stance,
    Standing,
    Status,
    Testimony,
    TimeMention,
    TimeType,
)

# Fixed English names: the record must not depend on the machine's locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Long words that stand in any sentence.
ANYWHERE = frozenset(
    """about according after again against also because been before being between both could does doing down during each
    even first from have including into just last made make makes making many more most much next only other others over
    people said same says should since some still such than that their them then there these they this those through
    time times under until upon very week weeks were what when where which while will with would year years your month
    months""".split()  # noqa: SIM905
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_STANCE_WORDS = {
    Stance.ASSERTS: "stated",
    Stance.CONFIRMS: "confirmed",
    Stance.DENIES: "denied",
    Stance.QUESTIONS: "questioned",
    Stance.DECLINES_TO_COMMENT: "not commented on",
    Stance.EXPECTS: "expected",
    Stance.WANTS: "wanted",
    Stance.PROMISES: "promised",
    Stance.THREATENS: "threatened",
    Stance.ASKS: "asked for",
}
_AUTHORITY_WORDS = {
    Authority.PARTY: "a party to it",
    Authority.RESPONSIBLE: "the office responsible",
}


def listed(words: Iterable[str]) -> str:
    """``a, b and c``."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def clip(text: str, longest: int) -> str:
    """The text on one line, cut at a word with an ellipsis if it is longer."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > longest // 2 else cut).rstrip(" ,;:–—-") + "…"


def plain_key(name: str) -> str:
    """An outlet's name without case and article: what can be told without knowing which houses there are."""
    return name.casefold().removeprefix("the ").strip()


def outlet_name(report: ReportHead) -> str:
    """The outlet's name, else the address the report was read from."""
    return report.outlet or report.address or report.id


def outlet_of(testimony: Testimony) -> str:
    return outlet_name(testimony.report)


def holder_words(holder: Holder) -> str:
    """The holder as shown: own voice by the outlet's name, unnamed sources marked as such."""
    if holder.own_voice:
        return f"{holder.name} in its own voice"
    if holder.kind is SourceKind.UNNAMED:
        return f"{holder.name} (unnamed)"
    return holder.name


def _by(testimony: Testimony) -> str:
    """``the Press Office, the office responsible, in The Coastal Post``."""
    claim = testimony.claim
    parts = [holder_words(claim.holder)]
    place = _AUTHORITY_WORDS.get(claim.authority)
    if place and not claim.holder.own_voice and claim.holder.kind is not SourceKind.UNNAMED:
        parts.append(place)
    outlet = outlet_of(testimony)
    if not claim.holder.own_voice and outlet.casefold() != claim.holder.name.casefold():
        parts.append(f"in {outlet}")
    if testimony.report.outlet is None and claim.holder.own_voice:
        return f"the report {testimony.report.address} in its own voice"
    return ", ".join(parts)


def _ahead(testimony: Testimony) -> str:
    status = testimony.claim.status
    if status is Status.PLANNED:
        return " as planned"
    if status is Status.EXPECTED:
        return " as expected"
    return " as possible" if status is Status.POSSIBLE else ""


def because(
    form: str, standing: Standing, cause: Testimony, loudest: Testimony, other: Testimony | None, count: int
) -> str:
    """One sentence: why an event stands as it does from this claim on."""
    by = _by(cause)
    held = cause.claim.status not in (Status.DID_NOT_HAPPEN, Status.CANCELLED)
    if form == "retracted":
        return f"withdrawn by its only origin, {_by(loudest)}"
    if form == "called off" and standing is Standing.SUPERSEDED:
        return f"called off by {_by(loudest)}"
    if form == "disputed":
        return _dispute(cause, loudest, other)
    if form == "denied":
        verb = "denied" if loudest.claim.stance is Stance.DENIES else "contradicted"
        return f"{verb} by {_by(loudest)}"
    if form == "not held":
        return f"{_STANCE_WORDS[loudest.claim.stance]} by {_by(loudest)}; nobody says that it is so"
    if form in ("did not happen", "called off"):
        what = "not to have happened" if form == "did not happen" else "to be called off"
        verb = "confirmed" if standing is Standing.CONFIRMED else "said"
        return f"{verb} {what} by {by}"
    if standing is Standing.CONFIRMED:
        return f"confirmed{_ahead(loudest)} by {_by(loudest)}"
    if standing is Standing.CORROBORATED:
        return f"held{_ahead(cause)} by {by}; {count} independent origins"
    if standing is Standing.REPORTED:
        return f"reported{_ahead(cause)} by {by}" if held else f"reported by {_by(loudest)}"
    reason = "with a hedge" if form == "hedged" else "nobody is named for it"
    return f"told{_ahead(cause)} by {by}; {reason}"


def because_of(testimony: Testimony) -> str:
    """``said to be planned by the Press Office, the office responsible, in The Coastal Post``."""
    claim = testimony.claim
    what = {
        Status.HAPPENED: "said to have happened",
        Status.ONGOING: "said to go on",
        Status.DID_NOT_HAPPEN: "said not to have happened",
        Status.CANCELLED: "called off",
        Status.UNKNOWN: _STANCE_WORDS[claim.stance],
    }.get(claim.status, f"said to be {claim.status.value}")
    return f"{what} by {_by(testimony)}"


def _dispute(cause: Testimony, loudest: Testimony, other: Testimony | None) -> str:
    verb = "denied" if loudest.claim.stance is Stance.DENIES else "contradicted"
    if loudest.claim.status is Status.CANCELLED:
        verb = "said to be called off"
    if other is None:
        return f"{verb} by {_by(loudest)}"
    if cause.id == other.id:
        return f"held by {_by(other)}, against {_by(loudest)}"
    return f"{verb} by {_by(loudest)}, held by {_by(other)}"


# --- dates -----------------------------------------------------------------------------------------------------


def day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime | None) -> str:
    """``28 January 2025, 18:38 UTC``; a plain midnight is given as its day."""
    if moment is None:
        return "undated"
    words = day_words(moment.date())
    return words if (moment.hour, moment.minute) == (0, 0) else f"{words}, {moment:%H:%M} UTC"


def stamp_words(stamp: Stamp | None) -> str:
    return "undated" if stamp is None else value_words(stamp.value) or stamp.original


def value_words(value: str) -> str:
    """A TIMEX3 or ISO 8601 value in words; empty if it names no calendar date."""
    if match := _DAY.match(value):
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= monthrange(max(year, 1), month)[1]:
            return f"{day} {MONTHS[month - 1]} {year}"
    if match := _WEEK.match(value):
        return _week_words(int(match[1]), int(match[2]))
    if (match := _MONTH.match(value)) and 1 <= int(match[2]) <= 12:
        return f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := _YEAR.fullmatch(value):
        return match[1]
    return ""


def _week_words(year: int, week: int) -> str:
    try:
        monday = date.fromisocalendar(year, week, 1)
        sunday = date.fromisocalendar(year, week, 7)
    except ValueError:
        return ""
    return f"the week of {range_words(monday, sunday)}"


def range_words(first: date, last: date) -> str:
    """``3–9 February 2025``, with as little repeated as possible."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def time_words(time: TimeMention) -> str:
    """When, in words: the normalised date; else the report's words, and why they name no date."""
    if time.resolved:
        words = value_words(time.value)
        if words:
            return words
        if time.earliest is not None and time.latest is not None:
            return range_words(time.earliest.date(), time.latest.date())
    if time.type in (TimeType.DURATION, TimeType.SET) and (time.resolved or not time.note):
        return f"no date given (“{' '.join(time.text.split())}”)"
    note = time.note or "the text gives no date to count from"
    return f"“{' '.join(time.text.split())}” (date not resolvable: {note})"


__all__ = [
    "because",
    "because_of",
    "clip",
    "day_words",
    "holder_words",
    "listed",
    "moment_words",
    "outlet_name",
    "outlet_of",
    "range_words",
    "stamp_words",
    "time_words",
    "value_words",
]
