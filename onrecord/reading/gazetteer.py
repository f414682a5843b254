"""The gazetteer: names of places to where they lie. Data from GeoNames (CC BY 4.0).

The file, built by ``models/gazetteer/build.py``, is zlib-compressed: a magic word, the lengths of thirteen blocks
(little-endian int32), the blocks. Nine arrays: GeoNames id, latitude, longitude (float32, degrees), population,
country, first administrative level, kind, then the row numbers of each name, most populous first, and each name's
offset into them. Four texts of lines: countries (ISO 3166-1 alpha-3), administrative levels, folded names in order,
names of the rows.
"""

from __future__ import annotations

import unicodedata
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any

from onrecord.reading.countries import countries

MAGIC = b"onrecord gazetteer 1\n\n\n\n"
KINDS = ("city", "admin1", "admin2", "country", "region")
_MOST = 250  # candidates of one name


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer. ``admin1`` is a US state's postal code, elsewhere the level's name."""

    name: str
    geonames: int | None
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    kind: str
    population: int


def fold_place(name: str) -> str:
    """A name without case, accents, dots and the word "the"; "St" and "Mt" written out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    words = plain.casefold().replace("-", " ").replace("'", "").replace(".", " ").replace(",", " ").split()
    if words and words[0] == "the" and len(words) > 1:
        words = words[1:]
    longer = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "co": "county"}
    return " ".join(longer.get(w, w) for w in words)


class Gazetteer:
    """Looks names up. About 90 MB in memory; loads in a third of a second, once."""

    def __init__(self, packed: bytes) -> None:
        import numpy as np

        raw = zlib.decompress(packed)
        if not raw.startswith(MAGIC):
            raise ValueError("not a gazetteer of this version")
        at = len(MAGIC)
        lengths = np.frombuffer(raw, "<i4", 13, at).tolist()
        at += 13 * 4
        blocks: list[Any] = []
        for length, kind in zip(lengths, ("<i4", "<f4", "<f4", "<u4", "<u2", "<u2", "<u2", "<i4", "<i4"), strict=False):
            blocks.append(np.frombuffer(raw, kind, length // np.dtype(kind).itemsize, at))
            at += length
        texts: list[list[str]] = []
        for length in lengths[9:]:
            texts.append(raw[at : at + length].decode().split("\n"))
            at += length
        self._columns = blocks[:7]
        self._rows, self._offsets = blocks[7], blocks[8]
        self._lands, self._levels, self._keys, self._names = texts

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one gazetteer
    def find(self, name: str) -> tuple[Spot, ...]:
        """Every place of this name, most populous first; none if there is none."""
        key = fold_place(name)
        at = bisect_left(self._keys, key)
        if not key or at == len(self._keys) or self._keys[at] != key:
            return ()
        first, last = int(self._offsets[at]), int(self._offsets[at + 1])
        return tuple(self._spot(int(row)) for row in self._rows[first : min(last, first + _MOST)])

    def _spot(self, row: int) -> Spot:
        number, lat, lon, people, land, level, kind = (column[row].item() for column in self._columns)
        admin1 = self._levels[level] or None
        where = (self._lands[land], admin1, round(lat, 4), round(lon, 4))
        return Spot(self._names[row], number or None, *where, KINDS[kind], people)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer shipped with the program.

    Raises:
        ValueError: if its file is of another version.
    """
    return Gazetteer(files("onrecord").joinpath("data/gazetteer.bin").read_bytes())


@lru_cache(maxsize=1)
def regions() -> dict[str, Spot]:
    """Continents, seas, rivers, parts of countries: by folded name, with a point somewhere in their middle."""
    data = files("onrecord").joinpath("data/regions.tsv").read_text(encoding="utf-8")
    found = {}
    for line in data.splitlines()[1:]:
        name, lat, lon, country, number = line.split("\t")
        spot = Spot(name, int(number) if number else None, country or None, None, float(lat), float(lon), "region", 0)
        found[fold_place(name)] = spot
    return found


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """US states as written, in full, in postal code and in the press's abbreviations, to their postal code."""
    data = files("onrecord").joinpath("data/states.tsv").read_text(encoding="utf-8")
    found = {}
    for line in data.splitlines()[1:]:
        code, name, _, _, short = line.split("\t")
        for word in (code, name, name.upper(), *filter(None, short.split("|"))):
            found[word] = code
            if word.count(".") > 1:
                found[word.removesuffix(".")] = code
    return found


def country_spot(iso3: str) -> Spot | None:
    country = countries().by_code.get(iso3)
    if country is None or country.lat is None or country.lon is None:
        return None
    return Spot(country.name, country.geonames, iso3, None, country.lat, country.lon, "country", country.population)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


__all__ = ["Gazetteer", "Spot", "country_spot", "fold_place", "gazetteer", "kilometres", "regions", "states"]
