"""GDELT 2.0: the Events (61 columns) and Mentions (16) tables, tab-separated, without a header. Pure.

What the columns mean stands in GDELT's Event Codebook 2.0; which of them stay empty here, and why, in
``docs/exports.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from onrecord.model import Participant, PlaceMention, Testimony
from onrecord.record.coding import MUTUAL, Coded, Party, ReportFacts, tsv_row
from onrecord.record.country_codes import american_states, country, fips

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTIONS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
# PLOVER's sectors that are role codes of CAMEO too, and how CAMEO spells the others it knows.
_ROLES = frozenset(
    {"COP", "GOV", "INS", "JUD", "MIL", "OPP", "REB", "SEP", "SPY", "UAF", "AGR", "BUS"}
    | {"CRM", "CVL", "EDU", "ELI", "HLH", "LAB", "LEG", "MED", "REF", "IGO", "NGO", "MNC"}
)
_SPELT = {"JRN": "MED"}
_ID_BITS = 53  # a whole number that spreadsheets, R and JavaScript hold exactly
_WEB, _CITATION = 1, 2


def event_number(event: str) -> int:
    """GLOBALEVENTID of an event id: the same in every export, and in step with the id."""
    return int.from_bytes(hashlib.sha256(event.encode()).digest()[:8]) >> (64 - _ID_BITS)


def quad_class(cameo: str) -> int:
    """GDELT's quad class, by CAMEO's root: it differs from PLOVER's for what is yielded (08)."""
    root = int(cameo[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def event_line(coded: Coded) -> bytes:
    """One row of the Events table. The event must have a CAMEO code."""
    event, cameo = coded.event, coded.cameo or ""
    one, two = coded.parties
    first = min(coded.mentions, key=lambda t: (t.known or t.report.appended, t.report.sequence))
    row = (
        event_number(event.id),
        *_dates(coded),
        *_actor(one),
        *_actor(two),
        int(any(is_lead(t, coded) for t in coded.mentions)),
        cameo,
        cameo[:3],
        cameo[:2],
        quad_class(cameo),
        coded.goldstein,
        len(coded.mentions),
        len({t.report.outlet or t.report.address for t in coded.mentions}),
        len({t.report.id for t in coded.mentions}),
        None,
        *_NOWHERE,
        *_NOWHERE,
        *_geo(coded.place),
        _moment(added(coded)),
        first.report.address,
    )
    return tsv_row(row)


def added(coded: Coded) -> datetime:
    """When the first report of the event came into the ledger."""
    return min(t.report.appended for t in coded.mentions)


def is_lead(item: Testimony, coded: Coded) -> bool:
    """In a headline, or in the first paragraph of the report."""
    return item.mention.headline or item.mention.anchor.start < coded.facts[item.report.id].lead


def _dates(coded: Coded) -> tuple[object, ...]:
    found = coded.dated
    day = found.day.strftime("%Y%m%d") if found.day else None
    month = f"{found.year:04d}{found.month:02d}" if found.year and found.month else None
    return day, month, found.year, _fraction(found.day) if found.day else None


def _fraction(day: date) -> str:
    """GDELT's own reckoning, in months of thirty days."""
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"


def _actor(party: Party | None) -> tuple[object, ...]:
    if party is None:
        return (None,) * len(_ACTOR)
    found = country(party.country)
    land = found.cameo if found else ""
    role = _SPELT.get(party.sector or "", party.sector or "")
    role = role if role in _ROLES else ""
    return land + role, party.name.upper(), land, None, None, None, None, role, None, None


_NOWHERE = (None,) * len(_GEO)


def _geo(place: PlaceMention | None) -> tuple[object, ...]:
    """A place that is resolved; GeoNames ids are no GNS ids, so cities have no FeatureID."""
    if place is None or place.lat is None or place.country is None:
        return _NOWHERE
    land, found = fips(place.country, place.lon), country(place.country)
    whole = found.name if found else place.country
    state = place.admin1 if place.country == "USA" and place.admin1 in american_states() else None
    code = f"{land}{state}" if state else None
    if place.kind == "country":
        return 1, place.name, land, land, None, place.lat, place.lon, land
    if place.kind == "admin1":
        name = f"{place.name}, {whole}"
        return 2 if state else 5, name, land, code, None, place.lat, place.lon, code
    above = american_states()[state] if state else place.admin1
    name = ", ".join(part for part in (place.name, above, whole) if part)
    return 3 if place.country == "USA" else 4, name, land, code, None, place.lat, place.lon, None


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def mention_lines(coded: Coded) -> list[bytes]:
    """Rows of the Mentions table: one for each mention of the event in a report."""
    number, when = event_number(coded.event.id), _moment(added(coded))
    return [tsv_row(_mention(t, number, when, coded.facts[t.report.id])) for t in coded.mentions]


def _mention(item: Testimony, number: int, when: str, facts: ReportFacts) -> tuple[object, ...]:
    address = item.report.address
    host = web_host(address)
    one, two = _offsets(item)
    return (
        number,
        when,
        _moment(item.report.appended),
        _WEB if host else _CITATION,
        host or item.report.outlet or address,
        address,
        item.mention.sentence + 1,
        one,
        two,
        item.mention.anchor.start,
        1,
        None,
        len(facts.text),
        None,
        None,
        None,
    )


def _offsets(item: Testimony) -> tuple[int | None, int | None]:
    actors: Sequence[Participant] = item.mention.actors
    others: Sequence[Participant] = item.mention.recipients
    if not others and item.mention.type in MUTUAL:
        others = actors[1:]
    return (actors[0].start if actors else None), (others[0].start if others else None)


def web_host(address: str) -> str:
    """The host of a web address; empty for a path or a title."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
