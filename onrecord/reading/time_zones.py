"""Time zones from words: "Israel time", "GMT", a dateline's country."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.reading.time_words import tables


@cache
def zone(name: str) -> tzinfo | None:
    """The zone of an IANA name, or none if this machine has no data for it."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def zone_of_words(words: str) -> tzinfo | None:
    """The zone words name: "israel time", "GMT", "ET". "local time" names none."""
    table = tables().zones
    name = table.get(" ".join(words.lower().split())) or table.get(words.upper())
    return zone(name) if name and name != "local" else None


def zone_of_place(dateline: str | None) -> tzinfo | None:
    """The zone of a dateline such as "JERUSALEM, Jan. 28" or "PARIS (Reuters)"."""
    if not dateline:
        return None
    names = re.findall(r"[^\W\d_]+(?:[ .'-][^\W\d_]+){0,3}", dateline[:200].lower())
    for name in names:
        parts = name.split()
        for size in range(len(parts), 0, -1):
            found = tables().places.get(" ".join(parts[:size]))
            if found:
                return zone(found)
    return None
