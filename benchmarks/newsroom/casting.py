"""Who and what an event of an act is made of: its people, places and sources, and how a report names them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.newsroom.world import Country, Person, World

_DATA: dict[str, Any] = json.loads(Path(__file__).with_name("acts.json").read_text("utf-8"))
ACTS: dict[str, dict[str, Any]] = _DATA["acts"]
COMMON_FILLERS: list[str] = _DATA["fillers"]
TOPICS = ("pension", "land", "water", "tax", "housing", "harbour", "grain", "forest", "energy", "press")
_TRADES = ("customs chief", "deputy mayor", "bank director", "army supplier", "port manager", "member of parliament")
# Subjects that are told by what they are: the words, and whether they are plural. Some are the event's own anchor.
PLAIN = {
    "police": ("police", True),
    "workers": ("workers", True),
    "lawmakers": ("lawmakers in {X}", True),
    "court": ("a court in {C}", False),
    "fire": ("a [fire]", False),
    "bomb": ("a bomb", False),
    "explosion": ("an [explosion]", False),
    "army": ("the army of {Y}", False),
    "farmers": ("thousands of farmers", True),
}
_KEY = re.compile(r"\{([A-Za-z.]+)\}")


@dataclass(frozen=True)
class Source:
    """Someone who can be made to say something: ``first`` and ``later`` are how reports name them."""

    role: str
    kind: str  # named, office, unnamed
    first: str
    later: str
    authority: str
    person: Person | None = None


@dataclass
class Cast:
    """The roles of one event, filled; ``facts`` are its figures and words that stay the same in every report."""

    act: str
    countries: dict[str, Country]
    roles: dict[str, Person | str]
    facts: dict[str, str]
    sources: dict[str, Source]
    happens: datetime
    tolls: tuple[int, int] = (0, 0)

    @property
    def words(self) -> dict[str, Any]:
        return ACTS[self.act]


def make_cast(world: World, act: str, happens: datetime) -> Cast:
    """A cast of the world's people and places, new ones where the act asks for them.

    No two events of an act have one country, but for look-alikes: what cannot be told apart has no truth.
    """
    random = world.random
    free = [c for c in world.countries if (act, c.name) not in world.staged]
    x = random.choice(free) if free else world.country()
    world.staged.add((act, x.name))
    y, z = random.sample([c for c in world.countries if c is not x], 2)
    countries = {"X": x, "Y": y, "Z": z}
    roles: dict[str, Person | str] = {}
    for role, asked in ACTS[act]["cast"].items():
        what, where = asked.split()
        roles[role] = _filled(world, what, countries[where])
    town = random.choice([t for t in x.towns if t not in roles.values()])
    facts = {"X": x.name, "Y": y.name, "Z": z.name, "XC": x.capital, "T": town, "topic": random.choice(TOPICS)}
    facts |= {"k": str(random.randint(3, 14)), "n": str(random.randint(2, 40))}
    sources = {role: _source(world, role, given) for role, given in ACTS[act]["sources"].items()}
    low = random.randint(2, 9)
    return Cast(act, countries, roles, facts, sources, happens, (low, low + random.randint(2, 6)))


def look_alike(world: World, cast: Cast) -> Cast:
    """The same people and sources at another time, and in another town where the act has one."""
    random = world.random
    happens = cast.happens + timedelta(days=random.randint(25, 60))
    made = Cast(cast.act, cast.countries, dict(cast.roles), dict(cast.facts), cast.sources, happens, cast.tolls)
    for role, asked in cast.words["cast"].items():
        what, where = asked.split()
        if what == "town":
            others = [t for t in cast.countries[where].towns if t not in (cast.roles[role], cast.facts["T"])]
            made.roles[role] = random.choice(others)
    made.facts |= {"n": str(random.randint(2, 40)), "k": str(random.randint(3, 14)), "topic": random.choice(TOPICS)}
    low = random.randint(11, 19)
    made.tolls = (low, low + random.randint(2, 6))
    return made


def _filled(world: World, what: str, country: Country) -> Person | str:
    random = world.random
    if what == "leader":
        return country.leader
    if what == "minister":
        return country.minister
    if what == "suspect":
        return world.person(random.choice(_TRADES))
    if what == "town":
        return random.choice(country.towns[:-1])
    if what == "capital":
        return country.capital
    if what == "parliament":
        return f"the parliament of {country.name}"
    if what == "firm":
        return random.choice(country.firms)
    if what == "union":
        return f"the {world.word(['ist', 'al'])} union"
    raise ValueError(what)


def _source(world: World, role: str, given: list[list[str]]) -> Source:
    kind, first, *rest = world.random.choice(given)
    authority = {"office": "responsible", "rival": "party"}.get(role, "other")
    return Source(role, kind, first, rest[0] if rest else first, authority, world.person() if kind == "named" else None)


@dataclass
class Namer:
    """Names things as one report does: in full the first time, shorter afterwards."""

    cast: Cast
    random: Random
    seen: set[str] = field(default_factory=set)

    def fill(self, text: str) -> str:
        """The text with every ``{key}`` replaced, inner ones too."""
        for _ in range(4):
            text, changed = _KEY.subn(lambda m: self._word(m[1]), text)
            if not changed:
                break
        return text

    def _word(self, key: str) -> str:
        role, _, part = key.partition(".")
        if role == "year":
            return str(self.cast.happens.year - self.random.randint(2, 15))
        value = self.cast.roles.get(role)
        if value is None:
            return self.cast.facts[key]
        if isinstance(value, str):
            return value
        if part:
            return {"last": value.last, "title": value.title, "title.low": value.title.lower()}[part]
        if role in self.seen:
            return value.last
        self.seen.add(role)
        return self._introduced(role, value)

    def _introduced(self, role: str, person: Person) -> str:
        what, where = self.cast.words["cast"][role].split()
        country = self.cast.countries[where]
        if what == "suspect":
            return f"former {person.title} {person.name}"
        return self.random.choice(
            (
                f"{country.name}'s {person.titled}",
                f"{person.titled} of {country.name}",
                f"{country.people} {person.titled}",
            )
        )

    def source(self, source: Source) -> str:
        """A source as named at this point of the report."""
        form = source.later if source.role in self.seen else source.first
        self.seen.add(source.role)
        if source.person is not None:
            form = form.replace("{name}", source.person.name).replace("{last}", source.person.last)
        return self.fill(form)

    def subject(self, role: str) -> tuple[str, bool]:
        """A subject's words, and whether they are plural."""
        if role in PLAIN:
            words, plural = PLAIN[role]
            return self.fill(words), plural
        return self.fill(f"{{{role}}}"), False


def names_of(cast: Cast, source: Source) -> list[str]:
    """All that reports call a source."""
    namer = Namer(cast, Random(0), set(cast.roles))
    if source.person is not None:
        return [source.person.name, source.person.last]
    return list(dict.fromkeys(namer.fill(form) for form in (source.first, source.later)))
