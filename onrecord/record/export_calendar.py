"""iCalendar (RFC 5545): what is planned, expected or called off, with who says so, how it stands, and the words. Pure.

A day or a longer stretch is an all-day entry, the same day wherever it is opened; a moment is one in UTC. Entries do
not block time: they are what others plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from onrecord.model import Standing, Status
from onrecord.record.agenda import AgendaItem
from onrecord.record.coding import first_day, last_day
from onrecord.record.words import holder_words, outlet_name

NO_DATE = "without a date"
_WHOLE = timedelta(hours=23)
_MOMENT = timedelta(minutes=1)
_SAID = 8  # claims that a description quotes
# What RFC 5545 has no place for in text: controls, but for the line's end and the tab; and half characters.
_CONTROLS = {c: "\ufffd" for c in (*range(0x20), 0x7F, *range(0xD800, 0xE000)) if c not in (0x09, 0x0A)}


def calendar(items: Iterable[AgendaItem], stamp: datetime) -> tuple[bytes, int, int]:
    """The file, how many entries it has, and how many items have no date to enter them at.

    An entry is as of its latest claim, so that the same record makes the same file; ``stamp`` if it has none.
    """
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//onrecord//agenda//EN")
    found.add("version", "2.0")
    entries = undated = 0
    for item in items:
        if item.earliest is None or item.latest is None:
            undated += 1
            continue
        found.add_component(_entry(item, item.earliest, item.latest, stamp))
        entries += 1
    return found.to_ical(), entries, undated


def _entry(item: AgendaItem, earliest: datetime, latest: datetime, stamp: datetime) -> Any:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{item.event}@onrecord")
    entry.add("dtstamp", max((t.known or t.report.appended for t in item.said), default=stamp).replace(microsecond=0))
    if latest - earliest >= _WHOLE:
        entry.add("dtstart", first_day(earliest, latest))
        entry.add("dtend", last_day(earliest, latest) + timedelta(days=1))
    else:
        entry.add("dtstart", earliest.replace(microsecond=0))
        if latest - earliest > _MOMENT:
            entry.add("dtend", latest.replace(microsecond=0) + timedelta(seconds=1))
    entry.add("summary", clean(_summary(item)))
    entry.add("description", clean(description(item)))
    if item.place:
        entry.add("location", clean(item.place))
    entry.add("status", _status(item))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [item.status.value, item.standing.value])
    return entry


def _summary(item: AgendaItem) -> str:
    return item.title if item.status is Status.PLANNED else f"{_word(item.status)}: {item.title}"


def _word(status: Status) -> str:
    return "Called off" if status is Status.CANCELLED else status.value.capitalize()


def _status(item: AgendaItem) -> str:
    """A plan is tentative until a party to it or the office responsible has confirmed it."""
    if item.status is Status.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if item.standing is Standing.CONFIRMED else "TENTATIVE"


def description(item: AgendaItem) -> str:
    """Status and standing, the date in words, and each claim with its holder, outlet and address."""
    lines = [f"{_word(item.status)} · {item.standing.value} · {item.when}", f"According to: {', '.join(item.holders)}"]
    for told in item.said[:_SAID]:
        holder = holder_words(told.claim.holder)
        lines += ["", f"{holder}: “{told.claim.words.text}”", f"{outlet_name(told.report)}, {told.report.address}"]
    if len(item.said) > _SAID:
        lines += ["", f"and {len(item.said) - _SAID} more claims: onrecord event {item.event}"]
    return "\n".join(lines)


def clean(text: str) -> str:
    """Without controls; a backslash as its wide twin, since readers take an escaped one before N for a line's end."""
    return text.replace("\r\n", "\n").replace("\\", "\N{FULLWIDTH REVERSE SOLIDUS}").translate(_CONTROLS)
