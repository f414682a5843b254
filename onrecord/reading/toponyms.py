"""Which place of that name: every name of a report is weighed against the others.

Each name spreads one vote over its candidates, by population. A candidate gains from the votes of other names near it,
in its first administrative level and in its country (the idea of minimal spread: Leidner 2007; one sense per report).
Words after the name ("Paris, Texas") decide before all else. Linear in the number of candidates.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import exp, log, log10, sqrt

from onrecord.reading.countries import countries
from onrecord.reading.gazetteer import Spot, country_spot, fold_place, gazetteer, regions, states

_CANDIDATES = 30
_NEAR, _LEVEL, _LAND, _PRIOR = 1.6, 1.3, 1.0, 1.0


@dataclass(eq=False, slots=True)
class Asked:
    """One name of the report: as written, how often, and the country or state written after it somewhere."""

    name: str
    count: int = 1
    within: set[str] = field(default_factory=set)  # names of containing places: "Texas", "France"
    spots: list[Spot] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)


def candidates(name: str) -> list[Spot]:
    """All places a name can mean: countries, states, regions, towns; the likeliest first."""
    found: list[Spot] = []
    land = countries().of(name)
    if land:
        spot = country_spot(land)
        if spot:
            found.append(spot)
    region = regions().get(_fold(name))
    if region:
        found.append(region)
    state = states().get(name)
    if state and len(name) < 8 and ("." in name or len(name) == 2):
        found += [s for s in gazetteer().find(_state_name(state)) if s.kind == "admin1" and s.admin1 == state]
    else:
        found += gazetteer().find(name)
    return found[:_CANDIDATES]


def _fold(name: str) -> str:
    return fold_place(name)


def _state_name(code: str) -> str:
    return next(name for name, known in states().items() if known == code and len(name) > 3 and "." not in name)


def prior(spot: Spot) -> float:
    """How likely a name means this place with nothing else known: grows with the root of its population."""
    weight = sqrt(spot.population + 100)
    return {"country": 3000 + weight, "region": 1500.0, "admin1": 0.5 * weight, "admin2": 40.0 + weight}.get(
        spot.kind, weight
    )


class Resolver:
    """Resolves all the names of one report together. ``home`` is a country its outlet's address speaks for."""

    def __init__(self, asked: list[Asked], home: str | None = None) -> None:
        self.asked = asked
        self.near: dict[tuple[int, int], float] = defaultdict(float)
        self.level: dict[tuple[str, str], float] = defaultdict(float)
        self.land: dict[str, float] = defaultdict(float)
        if home:
            self.land[home] += 2.0
        for one in asked:
            one.spots = candidates(one.name)
            self._weigh(one)
            self._settle_within(one)
            self._vote(one, 1.0)

    def _weigh(self, one: Asked) -> None:
        total = sum(map(prior, one.spots))
        one.shares = [prior(s) / total for s in one.spots]

    def _settle_within(self, one: Asked) -> None:
        """A containing place written after the name leaves only the candidates inside it."""
        for container in one.within:
            inside = [s for s in one.spots if _inside(s, container)]
            if inside:
                one.spots = inside
                self._weigh(one)
                return

    def _vote(self, one: Asked, sign: float) -> None:
        weight = sign * (1 + log10(one.count))
        for spot, share in zip(one.spots, one.shares, strict=True):
            vote = weight * share
            if spot.kind in ("city", "admin2"):
                self.near[round(spot.lat), round(spot.lon)] += vote
            if spot.country:
                self.land[spot.country] += vote
                if spot.admin1:
                    self.level[spot.country, spot.admin1] += vote

    def resolve(self) -> dict[str, Spot]:
        """Each name that the gazetteer knows, with its place. Two rounds: the second votes with the first's answers."""
        for _ in range(2):
            for one in self.asked:
                if len(one.spots) > 1:
                    self._vote(one, -1.0)
                    scores = [self._score(s) for s in one.spots]
                    best = max(scores)
                    weights = [exp(2.0 * (s - best)) for s in scores]
                    one.shares = [w / sum(weights) for w in weights]
                    self._vote(one, 1.0)
        return {one.name: one.spots[one.shares.index(max(one.shares))] for one in self.asked if one.spots}

    def _score(self, spot: Spot) -> float:
        score = _PRIOR * log(prior(spot))
        if spot.kind in ("city", "admin2"):
            lat, lon = round(spot.lat), round(spot.lon)
            around = sum(self.near.get((lat + a, lon + b), 0.0) for a in (-1, 0, 1) for b in (-1, 0, 1))
            score += _NEAR * log(1 + 3 * max(0.0, around))
        if spot.country:
            score += _LAND * log(1 + 2 * max(0.0, self.land.get(spot.country, 0.0)))
            if spot.admin1:
                score += _LEVEL * log(1 + 3 * max(0.0, self.level.get((spot.country, spot.admin1), 0.0)))
        return score


def _inside(spot: Spot, container: str) -> bool:
    state = states().get(container)
    if state and spot.country == "USA" and spot.admin1 == state:
        return spot.kind != "admin1"
    land = countries().of(container)
    if land and spot.country == land and spot.kind != "country":
        return True
    region = regions().get(_fold(container))
    if region and region.country and region.country == spot.country:
        return True
    return spot.admin1 is not None and _fold(spot.admin1) == _fold(container)


__all__ = ["Asked", "Resolver", "candidates"]
