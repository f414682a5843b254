"""Countries: their names, their people, their codes (ISO 3166-1) and where they lie (GeoNames, rounded)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """``lat`` and ``lon`` are the middle of its settled land, in degrees, good to about a hundred kilometres."""

    iso3: str
    iso2: str
    geonames: int
    lat: float | None
    lon: float | None
    population: int
    continent: str
    capital: str
    name: str


@dataclass(frozen=True, slots=True)
class Countries:
    """``names``, ``adjectives`` and ``people`` map the words as written ("Kenya", "KENYA") to ISO 3166-1 alpha-3."""

    by_code: dict[str, Country]
    names: dict[str, str]
    adjectives: dict[str, str]
    people: dict[str, str]  # singular and plural: "Kenyan", "Kenyans"
    capitals: dict[str, str]
    longest: int  # words in the longest name

    def of(self, words: str) -> str | None:
        """The country these words name or are the adjective of, with or without "the"."""
        words = words.removeprefix("the ").removeprefix("The ").replace("’", "'").strip()
        return self.names.get(words) or self.adjectives.get(words) or self.people.get(words)

    def name_of(self, iso3: str) -> str:
        return self.by_code[iso3].name if iso3 in self.by_code else iso3


def _plural(noun: str) -> str:
    if noun.endswith(("ese", "ss", "é", "men")):
        return noun
    return noun[:-3] + "men" if noun.endswith("man") else noun + "s"


def _put(table: dict[str, str], word: str, code: str) -> None:
    if len(word) > 2 and "." not in word:
        table.setdefault(word.upper(), code)
    table.setdefault(word, code)


def _rows() -> list[list[str]]:
    data = files("onrecord").joinpath("data/countries.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in data.splitlines()[1:]]


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The table shipped with the program; read once. The most populous country wins a shared word ("Congolese")."""
    by_code: dict[str, Country] = {}
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in sorted(_rows(), key=lambda r: -int(r[5])):
        code, iso2, geonames, lat, lon, population, continent, capital, called, adjective, person = row
        known = called.split("|")
        place = (float(lat) if lat else None, float(lon) if lon else None)
        by_code[code] = Country(code, iso2, int(geonames), *place, int(population), continent, capital, known[0])
        for word in known:
            _put(names, word, code)
        for word in filter(None, adjective.split("|")):
            _put(adjectives, word, code)
        for word in filter(None, person.split("|")):
            _put(people, word, code)
            _put(people, _plural(word), code)
        if capital:
            _put(capitals, capital, code)
    longest = max(len(name.split()) for name in names)
    return Countries(by_code, names, adjectives, people, capitals, longest)


__all__ = ["Countries", "Country", "countries"]
