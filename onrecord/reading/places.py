"""Places: every toponym of a report, what it stands for there, and where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import EntityType, Mention, PartKind, PlaceMention
from onrecord.reading.countries import countries
from onrecord.reading.gazetteer import Spot, fold_place, gazetteer, regions, states
from onrecord.reading.longer_names import DISTRICTS, LongerNames, generic
from onrecord.reading.page import Page, step
from onrecord.reading.roles import name_words, organisations
from onrecord.reading.toponyms import Asked, Resolver, candidates
from onrecord.reading.words import Words, words_of

_NAMED_BODIES = (EntityType.OFFICE, EntityType.ORGANISATION)
_LONGEST = 5  # words
_LOCATIVE = name_words("locative")
_STREETS = name_words("street")
_ROUTES = frozenset({"highway", "route", "interstate", "u.s.", "us"})
_NOT_PLACES = name_words("not_place")
_TOWNSPEOPLE = name_words("townspeople")
_BODIES = name_words("body")
_NUMBER = re.compile(r"[A-Z]?\d{1,4}")


@dataclass(frozen=True, slots=True)
class _Toponym:
    first: int
    last: int
    name: str
    use: str
    kind: str | None = None  # where the gazetteer is not asked
    within: str | None = None
    mention: Mention | None = None


def _run(page: Page) -> None:
    words = words_of(page)
    finder = _Finder(page, words)
    found = [t for t in finder.find() if t.kind is None and t.use == "location"]
    finder.known = {t.name for t in found}
    finder.alone = {t.name for t in found if finder.names.alone(t.first, t.last)}
    toponyms = finder.find()
    spots = _resolved(page, toponyms)
    for item in toponyms:
        spot = _capital(item.name) if item.use == "actor" else spots.get(item.name)
        page.places.append(_place(page, words, item, spot, len(page.places) + 1))


class _Finder:
    """One pass over the tokens; at each the longest toponym wins."""

    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.page = page
        self.mention: list[Mention | None] = [None] * len(words)
        self.label: list[str] = [""] * len(words)
        self.sure: set[str] = set()
        self.known: set[str] = set()  # found elsewhere in the report, on better evidence
        self.alone: set[str] = set()  # of these, what is somewhere no part of a longer name
        self.core = {e.id: {w.casefold() for w in e.name.split()} for e in page.entities if e.type is EntityType.PERSON}
        self._cover()
        self.names = LongerNames(words, self.mention, self.label)

    def _cover(self) -> None:
        names = iter(sorted((m for m in self.page.mentions if m.form == "name"), key=lambda m: (m.start, -m.end)))
        current = next(names, None)
        for i, start in enumerate(self.words.start):
            while current and current.end <= start:
                current = next(names, None)
            if current and current.start <= start:
                self.mention[i] = current
        for span in self.page.doc.ents:
            for i in range(span.start, span.end):
                self.label[i] = span.label_
            if span.label_ in ("GPE", "LOC"):
                self.sure.add(span.text.removeprefix("the ").removesuffix("'s").removesuffix("’s"))

    def find(self) -> list[_Toponym]:
        found: list[_Toponym] = []
        i = 0
        while i < len(self.words):
            item = self._at(i) if self.words.capital(i) or self.words.text[i][:1].isdigit() else None
            if item is not None and item.use == "location" and item.kind is None:
                item = self._in_longer(item, found[-1].last if found else 0)
            if item is None:
                i += 1
            else:
                found.append(item)
                i = max(item.last, i + 1)
        return found

    def _in_longer(self, item: _Toponym, after: int) -> _Toponym | None:
        """The toponym, the longer name it is a part of, or nothing."""
        longer = self.names.longer(item.first, item.last)
        if longer is not None:
            within = self._container(longer)
            return _Toponym(item.first, longer, self.words.joined(item.first, longer), "location", within=within)
        alone = item.last - item.first > 1 or item.within or not generic(item.name)
        if alone and (item.within or self.names.stands(item.first, item.last, item.name in self.alone)):
            return item
        first, stop = self.names.whole(item.first, item.last)
        return None if first < after or (first, stop) == (item.first, item.last) else self._whole_name(first, stop)

    def _whole_name(self, first: int, stop: int) -> _Toponym | None:
        """A longer name that may be a place, which the gazetteer need not know."""
        name = self.words.joined(first, stop)
        if stop - first > _LONGEST or self._person(first, stop):
            return None
        if name not in organisations() and candidates(name):
            return _Toponym(first, stop, name, "location", within=self._container(stop))
        tagged = self.label[first] in ("GPE", "LOC") and self.label[stop - 1] in ("GPE", "LOC")
        placed = self.names.ground(first, stop) or (tagged and self._located(first))
        return _Toponym(first, stop, name, "location", "place") if placed else None

    def _located(self, i: int) -> bool:
        return i > 0 and self.words.lower[i - 1] in _LOCATIVE

    def _at(self, i: int) -> _Toponym | None:
        if self.page.part_at(self.words.start[i]) is PartKind.BYLINE:
            return None
        whole = self._whole_mention(i)
        if whole is not None:
            return whole
        stop = min(len(self.words), i + _LONGEST, self.words.bounds[self.words.sentence[i]][1])
        for last in range(stop, i, -1):
            item = self._span(i, last)
            if item is not None:
                return item
        return None

    def _whole_mention(self, i: int) -> _Toponym | None:
        """A place the entities step found, as it stands."""
        mention = self.mention[i]
        if (
            mention is None
            or mention.type not in (EntityType.PLACE, EntityType.OFFICE)
            or mention.start != self.words.start[i]
        ):
            return None
        last = i + 1
        while last < len(self.words) and self.words.start[last] < mention.end:
            last += 1
        if mention.type is EntityType.OFFICE and mention.text not in countries().capitals:
            return None
        use = "actor" if mention.type is EntityType.OFFICE else "location"
        name = mention.text.removeprefix("the ").removeprefix("The ")
        if last - i > 1 and not candidates(name):
            inner = next((t for k in range(i, last) if (t := self._inner(k, last))), None)
            if inner is not None or self.words.lower[last - 1] in _BODIES:
                return inner
        return _Toponym(i, last, name, use, within=self._container(last), mention=mention)

    def _inner(self, i: int, stop: int) -> _Toponym | None:
        return next((t for last in range(stop, i, -1) if self.words.capital(i) and (t := self._span(i, last))), None)

    def _span(self, i: int, last: int) -> _Toponym | None:
        lower = self.words.lower
        if not (self.words.capital(last - 1) or lower[last - 1] in _STREETS or lower[i] in _ROUTES):
            return None
        text = self.words.joined(i, last)
        if self._person(i, last) or "\n" in text:
            return None
        street = self._street(i, last)
        if street is not None:
            return street
        if not self.words.capital(last - 1):
            return None
        lands = countries()
        plain = text.replace("’", "'")
        within = self._container(last)
        if plain in lands.names and (len(plain) > 2 or self.words.pos[i] == "PROPN"):
            use = (
                "demonym"
                if plain in lands.adjectives and self.words.dep[last - 1] in ("amod", "compound", "nmod")
                else "location"
            )
            return _Toponym(i, last, text, use, within=within, mention=self.mention[i])
        if plain in lands.adjectives or plain in lands.people:
            return _Toponym(i, last, text, "demonym", mention=self.mention[i])
        if self._state(i, text) or (fold_place(text) in regions() and last - i > 1):
            return _Toponym(i, last, text, "location", within=within, mention=self.mention[i])
        if self.words.lower[last - 1] in DISTRICTS and last - i > 1 and self._all_capital(i, last):
            return _Toponym(i, last, text, "location", within=within, mention=self.mention[i])
        if self._town(i, last, text, within):
            return _Toponym(i, last, text, "location", within=within, mention=self.mention[i])
        return None

    def _all_capital(self, i: int, last: int) -> bool:
        """ "Athens County", not "People in Athens County"."""
        return all(self.words.capital(k) and self.words.pos[k] in ("PROPN", "ADJ", "NOUN") for k in range(i, last))

    def _person(self, i: int, last: int) -> bool:
        """Is any of it a person's name, and not only part of a title?"""
        for k in range(i, last):
            mention = self.mention[k]
            if mention is not None and mention.type is EntityType.PERSON:
                core = self.core.get(mention.entity, set())
                if self.words.lower[k] in core or not core & {w.casefold() for w in mention.text.split()}:
                    return True
        return False

    def _street(self, i: int, last: int) -> _Toponym | None:
        if last - i < 2:
            return None
        lower = self.words.lower
        named = lower[last - 1] in _STREETS and all(
            self.words.capital(k) or lower[k][0].isdigit() for k in range(i, last)
        )
        route = lower[i] in _ROUTES and _NUMBER.fullmatch(self.words.text[last - 1]) and last - i <= 3
        if named and last - i <= 4 and lower[i] not in ("the", "on", "at"):
            if self.words.text[i][0].isdigit() and not lower[i].endswith(("st", "nd", "rd", "th")):
                return None
            return _Toponym(i, last, self.words.joined(i, last), "location", "facility")
        if route and (last - i == 2 or lower[i + 1] in ("highway", "route", "interstate")):
            return _Toponym(i, last, self.words.joined(i, last), "location", "facility")
        return None

    def _state(self, i: int, text: str) -> bool:
        """A state in full; its abbreviation where it has its dot, its postal code after a town's comma."""
        if text not in states():
            return False
        if len(text) > 3 or "." in text:
            return not (text in ("Miss.", "Ore.", "Wash.", "Mass.", "Ill.", "Ind.") and not self._after_comma(i))
        return len(text) == 2 and text.isupper() and self._after_comma(i)

    def _after_comma(self, i: int) -> bool:
        return i >= 2 and self.words.text[i - 1] == "," and self.words.capital(i - 2)

    def _container(self, last: int) -> str | None:
        """What is written after the name and a comma, if it is a state or country."""
        words = self.words
        begin = last + 1
        if last < len(words) and words.text[last] != ",":
            return None
        for stop in range(min(len(words), begin + 3), begin, -1):
            text = words.joined(begin, stop)
            if text in states() or text in countries().names or (text[:1].isupper() and fold_place(text) in regions()):
                return text
        return None

    def _whole(self, mention: Mention, i: int, last: int) -> bool:
        """Is this the whole name of a known body, or short for a longer one ("Delmar" for "Delmar Corp.")?"""
        if mention.end != self.words.end(last - 1) or self.words.start[i] - mention.start not in (0, 4):
            return False
        entity = self.page.entity(mention.entity)
        text = self.words.joined(i, last)
        return text in organisations() or (entity is not None and len(entity.name) > len(text))

    def _of_a_town(self, i: int, last: int) -> bool:
        """ "the Kisumu mayor", "Kisumu residents": a town before the word for those who belong to it."""
        after = last < len(self.words) and self.words.lower[last] in _TOWNSPEOPLE
        return bool(after) and self.words.pos[i] == "PROPN" and self.label[i] not in ("PERSON", "DATE")

    def _town(self, i: int, last: int, text: str, within: str | None) -> bool:
        lower = text.casefold()
        mention = self.mention[i]
        if mention is not None and mention.type in _NAMED_BODIES and self._whole(mention, i, last):
            return False
        if (
            len(text) < 3
            or text in organisations()
            or (self.words.lower[i] == "the" and text not in self.sure)
            or (last - i == 1 and lower in _NOT_PLACES)
            or not all(self.words.capital(k) for k in (i, last - 1))
        ):
            return False
        if self.words.pos[last - 1] not in ("PROPN", "NOUN", "ADJ"):
            return False
        sure = text in self.sure or text in self.known or self.label[i] in ("GPE", "LOC") or self._of_a_town(i, last)
        located = self._located(i) and self.words.pos[i] == "PROPN"
        dateline = self.page.part_at(self.words.start[i]) is PartKind.DATELINE
        if not (sure or within or located or dateline or self.label[i] in ("ORG", "FAC")):
            return False
        spots = gazetteer().find(text)
        if not spots:
            return False
        if sure or within or dateline:
            return True
        ends = last == len(self.words) or not (
            self.words.capital(last) and self.label[i] == self.label[last - 1] and self.label[i]
        )
        return (located and ends) or (spots[0].population > 20_000 and self.label[i] == "ORG" and last - i > 1)


def _resolved(page: Page, toponyms: list[_Toponym]) -> dict[str, Spot]:
    asked: dict[str, Asked] = {}
    for item in toponyms:
        if item.kind is None and item.use != "actor":
            one = asked.setdefault(item.name, Asked(item.name, 0))
            one.count += 1
            if item.within:
                one.within.add(item.within)
    for name in _outlet_names(page):
        asked.setdefault(name, Asked(name, 0)).count += 2
    return Resolver(list(asked.values()), _home(page)).resolve()


def _outlet_names(page: Page) -> list[str]:
    """The town in an outlet's name or address: "The Kisumu Star", "kisumustar.example"."""
    where = (page.report.outlet or "").split("//")[-1].removeprefix("www.").split("/")[0]
    words = where.replace("The ", "").split() if " " in where else []
    runs = [" ".join(words[a:b]) for a in range(len(words)) for b in range(len(words), a, -1)][:20]
    label = "" if words or "." not in where else where.split(".")[-3 if where.endswith((".co.uk", ".com.au")) else -2]
    label = label.removeprefix("the")
    runs += [label[:length] for length in range(min(len(label), 24), 5, -1)]
    for run in runs:
        spots = gazetteer().find(run) if len(run) > 4 and run.casefold() not in _NOT_PLACES else ()
        if spots and spots[0].population > 10_000:
            return [run]
    return []


def _capital(name: str) -> Spot | None:
    land = countries().capitals.get(name)
    return next((s for s in gazetteer().find(name) if s.kind == "city" and s.country == land), None)


def _home(page: Page) -> str | None:
    """The country of the outlet's address, where its last label is a country's."""
    where = (page.report.outlet or page.report.address).split("//")[-1].split("/")[0].casefold()
    label = where.rsplit(".", 1)[-1] if "." in where else ""
    if label == "uk":
        return "GBR"
    codes = {c.iso2.casefold(): c.iso3 for c in countries().by_code.values()} if len(label) == 2 else {}
    return codes.get(label) if label not in ("co", "io", "ai", "me", "tv", "ly", "fm", "to") else None


def _place(page: Page, words: Words, item: _Toponym, spot: Spot | None, number: int) -> PlaceMention:
    start, end = words.start[item.first], words.end(item.last - 1)
    text = page.text[start:end]
    exact = item.mention if item.mention and (item.mention.start, item.mention.end) == (start, end) else None
    entity = exact.entity if exact else None
    if spot is None:
        kind = item.kind or "place"
        return PlaceMention(f"p{number}", start, end, text, item.name, kind=kind, entity=entity, use=item.use)
    where = (spot.name, spot.geonames, spot.country, spot.lat, spot.lon, spot.kind, entity, spot.admin1, item.use)
    return PlaceMention(f"p{number}", start, end, text, *where)


PLACES = step("places", needs=["sentences", "names", "mentions"], adds=["places"], run=_run)

__all__ = ["PLACES"]
