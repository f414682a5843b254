"""POLECAT: 40 columns, tab-separated, with a header. Pure.

Several values in a cell are joined by ``; `` and stand in the same order in all cells of an actor or recipient, with
``None`` for one that is not known among several, as in POLECAT's own files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.model import PlaceMention
from onrecord.record.coding import Coded, Party, tsv_cell, tsv_row
from onrecord.record.country_codes import american_states, country

_WHO = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *(name.format(who) for who in ("Actor", "Recipient") for name in _WHO),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
UNKNOWN = "None"  # one of several values
# GeoNames' feature codes, where a kind of place has one.
_FEATURES = {"country": "PCL", "admin1": "ADM1", "admin2": "ADM2", "city": "PPL"}


def header() -> bytes:
    return tsv_row(COLUMNS)


def event_line(coded: Coded) -> bytes:
    """One row. The event must have a PLOVER type."""
    event, report = coded.event, coded.told.report
    facts = coded.facts[report.id]
    cells = (
        event.id,
        coded.dated.day.isoformat() if coded.dated.day else None,
        event.type,
        coded.mode,
        None,
        QUADS.get(coded.quad or 0),
        joined(coded.contexts),
        *_who(coded.actors),
        *_who(coded.recipients),
        *_where(coded.place),
        report.outlet,
        report.published.value[:10] if report.published else None,
        joined(facts.people),
        joined(facts.organisations),
        joined(facts.locations),
        report.language,
        facts.made_by,
    )
    return b"\t".join(cell if isinstance(cell, bytes) else tsv_row((cell,))[:-1] for cell in cells) + b"\n"


def joined(values: Sequence[str | None]) -> bytes:
    """Values in one cell; a semicolon within a value is escaped, so that the cell can be taken apart again."""
    known = any(values)
    cells = [tsv_cell(v or UNKNOWN).replace(";", "\\u003b") for v in values] if known else []
    return "; ".join(cells).encode("utf-8", "backslashreplace")


def _who(parties: Sequence[Party]) -> tuple[object, ...]:
    found = [country(p.country) for p in parties]

    def each(take: Callable[[Party], str | None]) -> bytes:
        return joined([take(p) for p in parties])

    return (
        each(lambda p: p.name),
        joined([c.name if c else p.country for c, p in zip(found, parties, strict=True)]),
        joined([c.cow if c else None for c in found]),
        parties[0].sector if parties else None,
        each(lambda p: p.sector),
        each(lambda p: p.title),
        each(lambda p: p.raw),
        None,
    )


def _where(place: PlaceMention | None) -> tuple[object, ...]:
    if place is None:
        return (None,) * 10
    if place.lat is None:
        return (*((None,) * 8), place.text, None)
    land = country(place.country)
    province = american_states().get(place.admin1 or "", place.admin1) if place.country == "USA" else place.admin1
    return (
        place.name,
        place.name if place.kind == "city" else None,
        place.name if place.kind == "admin2" else None,
        place.name if place.kind == "admin1" else province,
        land.name if land else place.country,
        place.lat,
        place.lon,
        place.geonames,
        place.text,
        _FEATURES.get(place.kind),
    )
