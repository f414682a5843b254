"""An invented world: countries with offices, towns and firms, the people in them, and the outlets that write of them.

Names are made of syllables, so that a world has as many as its events need; every choice comes from one seed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_DATA: dict[str, str] = json.loads(Path(__file__).with_name("names.json").read_text("utf-8"))
_NAMES = {kind: words.split() for kind, words in _DATA.items()}
_COUNTRY_TAILS = (("ia", "ian"), ("land", "lander"), ("onia", "onian"), ("avia", "avian"), ("istria", "istrian"))
_AGENCIES = ("Northline", "Transmar", "Pallas Wire", "Kestrel News Agency")


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    woman: bool
    title: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def titled(self) -> str:
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True)
class Country:
    name: str
    people: str  # "Karvelian"
    capital: str
    towns: tuple[str, ...]
    leader: Person
    minister: Person
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Outlet:
    name: str
    host: str
    agency: bool = False
    month_first: bool = False  # "March 12", not "12 March"


@dataclass
class World:
    """What the events of a seed are made of. ``taken`` keeps names from being given twice."""

    random: Random
    taken: set[str] = field(default_factory=set)
    staged: set[tuple[str, str]] = field(default_factory=set)  # acts and the countries they were given
    printed: set[str] = field(default_factory=set)  # sentences that no second event may have
    countries: list[Country] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    agencies: list[Outlet] = field(default_factory=list)

    def word(self, tails: list[str] | tuple[str, ...]) -> str:
        """A capitalised name that this world does not have yet."""
        for _ in range(10_000):
            pick = self.random.choice
            stem = pick(_NAMES["onsets"]) + pick(_NAMES["nuclei"]) + pick(_NAMES["codas"])
            middle = pick(_NAMES["nuclei"])[0] + pick(_NAMES["codas"])[0] if self.random.random() < 0.35 else ""
            name = stem + middle + pick(tails)
            if name not in self.taken:
                self.taken.add(name)
                return name
        raise RuntimeError("this world has run out of names")

    def person(self, title: str = "") -> Person:
        woman = self.random.random() < 0.5
        first = self.random.choice(_NAMES["first_f"] if woman else _NAMES["first_m"])
        return Person(first, self.word(_NAMES["surname_tails"]), woman, title)

    def country(self) -> Country:
        tail, people = self.random.choice(_COUNTRY_TAILS)
        name = self.word([tail])
        towns = tuple(self.word(_NAMES["town_tails"]) for _ in range(5))
        firms = tuple(
            f"{self.word(_NAMES['surname_tails'])} {self.random.choice(_NAMES['firm_tails'])}" for _ in range(4)
        )
        leader = self.person(self.random.choice(("Prime Minister", "President", "Chancellor")))
        return Country(
            name, name.removesuffix(tail) + people, towns[0], towns[1:], leader, self.person("Foreign Minister"), firms
        )


def make_world(random: Random, countries: int) -> World:
    """Countries, a dozen outlets and a few agencies."""
    world = World(random)
    world.countries = [world.country() for _ in range(max(3, countries))]
    names = [f"The {place} {kind}" for place in _NAMES["outlet_places"] for kind in _NAMES["outlets"]]
    for name in random.sample(names, 16):
        host = name.removeprefix("The ").replace(" ", "-").lower() + ".example"
        world.outlets.append(Outlet(name, host, month_first=random.random() < 0.5))
    for name in _AGENCIES:
        world.agencies.append(Outlet(name, name.replace(" ", "-").lower() + ".example", True, random.random() < 0.5))
    return world
