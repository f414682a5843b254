"""Time zones as news names them: abbreviations, "Israel time", "Lagos time", "+0200"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([-+−])(\d{1,2})(?::?([0-5]\d))?$")
# Abbreviations with one usual meaning in news; IST, AST and the like have several and are left out.
_FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "WAT": 1, "CET": 1, "CEST": 2, "CAT": 2, "SAST": 2,
    "EET": 2,
    "EEST": 3, "MSK": 3, "EAT": 3, "TRT": 3, "PKT": 5, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "BRT": -3, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
_REGIONS = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles", "WASHINGTON": "America/New_York", "BEIJING": "Asia/Shanghai",
    "MUMBAI": "Asia/Kolkata", "DELHI": "Asia/Kolkata", "NEW DELHI": "Asia/Kolkata", "UK": "Europe/London",
    "ANKARA": "Europe/Istanbul", "ABUJA": "Africa/Lagos", "GENEVA": "Europe/Zurich", "BRITISH": "Europe/London",
    "ISRAELI": "Asia/Jerusalem", "TEL AVIV": "Asia/Jerusalem", "KIEV": "Europe/Kyiv",
    "CENTRAL EUROPEAN": "Europe/Paris",
    "KOREAN": "Asia/Seoul", "JAPANESE": "Asia/Tokyo", "INDIAN": "Asia/Kolkata", "CALCUTTA": "Asia/Kolkata",
}  # fmt: skip
ABBREVIATIONS = tuple(sorted((*_FIXED, "ET", "CT", "MT", "PT"), key=len, reverse=True))


def zone(name: str) -> tzinfo | None:
    """The zone these words name (``GMT``, ``ET``, ``+02:00``, ``Israel time``); ``None`` if they name none for sure."""
    words = " ".join(name.replace(".", "").split())
    offset = _OFFSET.match(words)
    if offset:
        return _offset_zone(offset)
    upper = words.upper()
    for ending in (" STANDARD TIME", " DAYLIGHT TIME", " SUMMER TIME", " TIME"):
        upper = upper.removesuffix(ending)
    if upper in _FIXED:
        return UTC if _FIXED[upper] == 0 else timezone(timedelta(hours=_FIXED[upper]))
    return _load(_REGIONS.get(upper) or _cities().get(upper) or _country_zone(upper))


def _offset_zone(match: re.Match[str]) -> tzinfo | None:
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))


def _load(key: str | None) -> tzinfo | None:
    if key is None:
        return None
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # this machine has no time zone data


@cache
def _cities() -> dict[str, str]:
    keys = sorted(k for k in available_timezones() if "/" in k and not k.startswith(("Etc/", "SystemV/", "US/")))
    return {key.rsplit("/", 1)[1].replace("_", " ").upper(): key for key in keys}


@cache
def _country_zone(name: str) -> str | None:
    """The zone of a country that has one time, by its English name."""
    from babel import Locale
    from babel.core import get_global

    code = next(
        (c for c, n in Locale("en").territories.items() if n.upper() == name and len(c) == 2 and c.isalpha()), None
    )
    zones = [z for z in get_global("territory_zones").get(code or "", []) if z in available_timezones()]
    if not zones:
        return None
    moments = (datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 7, 15, tzinfo=UTC))
    offsets = {tuple(m.astimezone(ZoneInfo(z)).utcoffset() for m in moments) for z in zones}
    return zones[0] if len(offsets) == 1 else None
