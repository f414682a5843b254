"""A country in the codes of the field's data sets: FIPS 10-4, CAMEO, Correlates of War. Pure; the table is shipped.

``onrecord/data/country_codes.tsv`` is made by ``models/gazetteer/country_codes.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

GAZA_EAST = 34.6  # FIPS 10-4 has two codes for the Palestinian territories; Gaza lies west of this longitude


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """Empty strings where a scheme has no code."""

    iso3: str
    fips: str
    cameo: str
    cow: str
    name: str


@lru_cache(maxsize=1)
def country_table() -> dict[str, CountryCodes]:
    """ISO 3166-1 alpha-3 → codes."""
    text = files("onrecord").joinpath("data", "country_codes.tsv").read_text(encoding="utf-8")
    rows = (CountryCodes(*line.split("\t")) for line in text.splitlines()[1:])
    return {row.iso3: row for row in rows}


def country(iso3: str | None) -> CountryCodes | None:
    """The codes of a country; None for none, and for what is none."""
    return country_table().get(iso3) if iso3 else None


def fips(iso3: str | None, longitude: float | None = None) -> str:
    found = country(iso3)
    if found is None:
        return ""
    return "GZ" if found.iso3 == "PSE" and longitude is not None and longitude < GAZA_EAST else found.fips


@lru_cache(maxsize=1)
def american_states() -> dict[str, str]:
    """Postal code → name of a state of the United States."""
    text = files("onrecord").joinpath("data", "states.tsv").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in (line.split("\t") for line in text.splitlines()[1:])}
