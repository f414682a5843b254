"""Features of one report with several others: do they tell the same story? Named, bounded, symmetric."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.bags import Floats, Ints
from onrecord.linking.copies import PERMUTATIONS
from onrecord.linking.words import stop_words, tenths, weight, words_of
from onrecord.model import Digest

TOP = 25
KINDS = ("age", "block", "clock", "dead", "hurt", "lead")
NAMED = {"clock": "clocks", "dead": "dead", "hurt": "hurt", "lead": "lead_days", "block": "blocks"}
MOST_KEPT = 1500  # prepared digests kept in memory, about 60 kB each
FEATURES = (
    "terms",  # cosine of all weighted words
    "top_terms",  # cosine of the heaviest words
    "rarest_term",  # weight of the rarest shared word among the heavy ones
    "rare_terms",  # number of shared heavy words that are rare
    "titles",  # cosine of the titles
    "title_in_text",  # share of a title's weight found in the other text, mean of both ways
    "title_in_text_least",  # the lesser of both ways
    "names",  # weight of shared names over the lesser total
    "names_either",  # weight of shared names over all
    "rarest_name",
    "full_names",  # number of shared full names, weighted by rarity
    "main_names",  # share of the five most frequent names of either that the other has
    "first_name_shared",
    "name_words",
    "lead_places",
    "places_apart",
    "ages",
    "ages_apart",
    "shared_ages",
    "days",
    "days_apart",
    "nearest_days",
    "numbers",
    "shared_numbers",
    "published_apart",
    "published_unknown",
    "clocks",  # hours of the day that both leads give
    "clocks_apart",
    "dead",  # tolls that both leads give
    "dead_apart",
    "hurt",
    "hurt_apart",
    "lead_days",  # days that both leads name
    "lead_days_apart",
    "blocks",
    "blocks_apart",
    "text",  # MinHash similarity
    "shorter",  # log of the lesser number of words
    "longer",
)


FINE = 100_000.0  # weights of unit vectors as whole numbers


def _fine(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    """A vector brought to unit length, in whole numbers."""
    items = list(weights)
    norm = math.sqrt(sum(value * value for _, value in items)) or 1.0
    return {word: float(round(FINE * value / norm)) for word, value in items}


def _tenths(words: Iterable[str]) -> dict[str, float]:
    return {word: tenths(word) for word in words}


@dataclass(frozen=True, eq=False)
class Prepared:
    """A digest in the shapes that comparing needs."""

    digest: Digest

    @cached_property
    def title(self) -> dict[str, float]:
        common = stop_words()
        words = dict.fromkeys(w for w in words_of(self.digest.title) if len(w) > 1 and w not in common)
        return _fine((w, weight(w)) for w in words)

    @cached_property
    def ages(self) -> frozenset[str]:
        return frozenset(self._of_kind("age"))

    def _of_kind(self, *kinds: str) -> list[str]:
        """The figures of these kinds; see ``surface.numbers`` and ``surface.circumstances``."""
        return [figure for figure in self.digest.numbers if figure.partition(":")[0] in kinds]

    @cached_property
    def passages(self) -> frozenset[int]:
        return frozenset(value for value, _, _ in self.digest.paragraphs)

    @cached_property
    def days(self) -> Floats:
        return np.array([date.fromisoformat(day).toordinal() for day in self.digest.dates], dtype=np.float64)

    @cached_property
    def published(self) -> int | None:
        return self.digest.earliest.date().toordinal() if self.digest.earliest else None

    @cached_property
    def marks(self) -> Ints:
        """The MinHash signature; of a report without words one that is like no other's."""
        none = [-1 - hash(self.digest.report) % 2**40] * PERMUTATIONS
        return np.array(self.digest.shingles or none, dtype=np.int64)

    @cached_property
    def words(self) -> Words:
        """Words, names and figures of every kind, each with what it weighs."""
        digest = self.digest
        names = _tenths(digest.names)
        top = digest.terms[:TOP]
        tables: dict[str, dict[str, float] | list[str]] = {
            "terms": {word: float(round(FINE * value)) for word, value in digest.terms},
            "top": _fine(top),
            "rarity": _tenths(word for word, _ in top),
            "title": self.title,
            "names": names,
            "full": {name: value for name, value in names.items() if " " in name},
            "main": list(digest.names[:5]),
            "first": list(digest.names[:1]),
            "words": _tenths({w: None for name in digest.names for w in name.split() if len(w) > 2}),
            "places": list({w: None for place in digest.places for w in place.split() if len(w) > 2}),
            "days": list(dict.fromkeys(digest.dates)),
            "amounts": self._of_kind("number", "block"),
            **{kind: self._of_kind(kind) for kind in KINDS},
        }
        return _words([tables[name] for name in SORTS])


SORTS = (
    "terms", "top", "rarity", "title", "names", "full", "main", "first", "words", "places", "days", "amounts", *KINDS
)  # fmt: skip
_NUMBER = {name: number for number, name in enumerate(SORTS)}
# Words of mine of the first sort that are looked for among theirs of the second, which is another in each.
CROSSED = (("title", "terms"), ("terms", "title"), ("main", "names"), ("names", "main"), ("names", "first"))
# Added to a word's hash, so that words of several sorts stand in one array without being taken for each other.
_SALTS = np.arange(len(SORTS), dtype=np.int64) * np.int64(0x1E3779B97F4A7C15 % 2**62)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one report, of every sort, in arrays: that many reports are compared at once by few steps."""

    sorts: Ints
    keys: Ints  # hashes of the words, with the salt of their sort
    weights: Floats
    totals: Floats  # of each sort, the sum of the weights
    counts: Floats  # and the number of words
    order: Ints  # that sorts the keys

    @cached_property
    def known(self) -> Ints:
        found: Ints = self.keys[self.order]
        return found

    @cached_property
    def crossed(self) -> tuple[Ints, Floats]:
        """The words of some sorts as keys of those that they are looked up in, in order, and their weights."""
        keys, weights = [], []
        for mine, theirs in CROSSED:
            chosen = self.sorts == _NUMBER[mine]
            keys.append(self.keys[chosen] - _SALTS[_NUMBER[mine]] + _SALTS[_NUMBER[theirs]])
            weights.append(self.weights[chosen])
        found = np.concatenate(keys)
        order = np.argsort(found, kind="stable")
        return found[order], np.concatenate(weights)[order]

    @cached_property
    def first(self) -> Ints:
        """The most frequent name, if there is any, as a key of names."""
        found: Ints = self.keys[self.sorts == _NUMBER["first"]] - _SALTS[_NUMBER["first"]] + _SALTS[_NUMBER["names"]]
        return found


def _words(tables: Sequence[dict[str, float] | list[str]]) -> Words:
    sizes = [len(table) for table in tables]
    sorts = np.repeat(np.arange(len(tables), dtype=np.int64), sizes)
    hashes = np.fromiter(map(hash, chain.from_iterable(tables)), dtype=np.int64, count=sum(sizes))
    weights = np.fromiter(
        chain.from_iterable(t.values() if isinstance(t, dict) else repeat(1.0, len(t)) for t in tables),
        dtype=np.float64,
        count=sum(sizes),
    )
    keys = hashes + _SALTS[sorts]
    totals = np.bincount(sorts, weights=weights, minlength=len(tables)).astype(np.float64)
    return Words(sorts, keys, weights, totals, np.array(sizes, dtype=np.float64), np.argsort(keys, kind="stable"))


_recent: dict[str, Prepared] = {}


def prepared(digest: Digest) -> Prepared:
    """The digest prepared; those of late are kept, since a story's reports are compared again and again."""
    found = _recent.get(digest.report)
    if found is not None and (found.digest is digest or found.digest == digest):
        return found
    made = Prepared(digest)
    if len(_recent) >= MOST_KEPT:
        del _recent[next(iter(_recent))]
    _recent[digest.report] = made
    return made


def _found(known: Ints, asked: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Which of these are known, and where those that are stand among the known, which are in order."""
    if not len(known):
        return np.zeros(len(asked), dtype=bool), np.zeros(0, dtype=np.int64)
    at = np.searchsorted(known, asked)
    at[at == len(known)] = 0
    hit = known[at] == asked
    return hit, at[hit]


Hits = tuple[Ints, Floats, Floats]  # of words in common: the number of the pair, what they weigh here and there
Asked = tuple[Prepared, Sequence[Prepared]]


class _Met:
    """Words in common, by sort."""

    def __init__(self, found: Sequence[tuple[Ints, Ints, Floats, Floats]]) -> None:
        sorts, *columns = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(sorts, kind="stable")
        self._columns = [column[order] for column in columns]
        self._starts = np.searchsorted(sorts[order], np.arange(len(SORTS) + 1)).tolist()

    def of(self, sort: str) -> Hits:
        number = _NUMBER[sort]
        chosen = slice(self._starts[number], self._starts[number + 1])
        rows, here, there = self._columns
        return rows[chosen], here[chosen], there[chosen]


class Table:
    """Reports, each against several others: what each pair has in common, by sort of word. One row a pair, in order."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = [one for one in asked if one[1]]
        sizes = [len(others) for _, others in self.asked]
        self.height = sum(sizes)
        self._which = np.repeat(np.arange(len(sizes)), sizes)
        self._others = [other for _, others in self.asked for other in others]
        words = [mine.words for mine, _ in self.asked]
        theirs = [other.words for other in self._others]
        self._mine = [np.stack([getattr(w, name) for w in words])[self._which] for name in ("totals", "counts")]
        self._theirs = [np.stack([getattr(w, name) for w in theirs]) for name in ("totals", "counts")]
        same, crossed, first = [], [], []
        start = 0
        for mine, size in zip(words, sizes, strict=True):
            part = theirs[start : start + size]
            keys, sorts, weights = (np.concatenate([getattr(w, n) for w in part]) for n in ("keys", "sorts", "weights"))
            rows = np.repeat(np.arange(start, start + size), [len(w.keys) for w in part])
            hit, at = _found(mine.known, keys)
            same.append((sorts[hit], rows[hit], mine.weights[mine.order[at]], weights[hit]))
            known, here = mine.crossed
            hit, at = _found(known, keys)
            crossed.append((sorts[hit], rows[hit], here[at], weights[hit]))
            if len(mine.first):
                first.append(rows[keys == mine.first])
            start += size
        self._same, self._crossed = _Met(same), _Met(crossed)
        self._first: Ints = np.concatenate(first) if first else np.zeros(0, dtype=np.int64)

    def _summed(self, rows: Ints, values: Floats | None = None) -> Floats:
        return np.bincount(rows, weights=values, minlength=self.height).astype(np.float64)

    @cached_property
    def likenesses(self) -> Floats:
        """Estimated Jaccard similarity of the texts, 0 … 1."""
        mine = np.stack([one.marks for one, _ in self.asked])[self._which]
        found: Floats = (np.stack([other.marks for other in self._others]) == mine).mean(axis=1)
        return found

    def cosines(self) -> Floats:
        """Of the weighted words of the report with those of each other, 0 … 1."""
        rows, here, there = self._same.of("terms")
        found: Floats = self._summed(rows, here * there) / FINE**2
        return found

    def product(self, name: str) -> Floats:
        """Cosine of unit vectors."""
        rows, here, there = self._same.of(name)
        return np.minimum(1.0, self._summed(rows, here * there) / FINE**2)

    def count(self, name: str) -> Floats:
        return self._summed(self._same.of(name)[0])

    def weight(self, name: str) -> Floats:
        rows, here, _ = self._same.of(name)
        return self._summed(rows, here)

    def rarest(self, name: str) -> Floats:
        rows, here, _ = self._same.of(name)
        found = np.zeros(self.height)
        np.maximum.at(found, rows, here)
        return found / 10

    def many(self, name: str, least: float) -> Floats:
        """How many shared words weigh at least so much."""
        rows, here, _ = self._same.of(name)
        return self._summed(rows[here >= 10 * least])

    def totals(self, name: str) -> tuple[Floats, Floats]:
        number = _NUMBER[name]
        return self._mine[0][:, number], self._theirs[0][:, number]

    def sizes(self, name: str) -> tuple[Floats, Floats]:
        number = _NUMBER[name]
        return self._mine[1][:, number], self._theirs[1][:, number]

    def jaccard(self, name: str) -> Floats:
        shared, (a, b) = self.count(name), self.sizes(name)
        return _share(shared, a + b - shared)

    def parted(self, name: str) -> Floats:
        """Whether both have some of it, and nothing in common."""
        a, b = self.sizes(name)
        found: Floats = 1.0 * ((self.count(name) == 0) & (b > 0) & (a > 0))
        return found

    def within(self) -> tuple[Floats, Floats]:
        """How much of this title's weight is in each other text, and of each other's title in this text."""
        rows, here, _ = self._crossed.of("terms")
        into = self._summed(rows, here)
        rows, _, there = self._crossed.of("title")
        a, b = self.totals("title")
        return _share(into, a), _share(self._summed(rows, there), b)

    def main(self) -> Floats:
        """Share of the most frequent names of either that the other has, mean of both ways."""
        a, b = self.sizes("main")
        mine = _share(self._summed(self._crossed.of("names")[0]), a)
        return (mine + _share(self._summed(self._crossed.of("main")[0]), b)) / 2

    def first(self) -> Floats:
        """How many of both have their most frequent name in common with the other."""
        return self._summed(self._first) + self._summed(self._crossed.of("first")[0])

    def published_apart(self) -> Floats:
        """In days; none where one does not tell."""
        mine = np.array([one.published for one, _ in self.asked], dtype=np.float64)[self._which]
        return np.abs(np.array([other.published for other in self._others], dtype=np.float64) - mine)

    def nearest_days(self) -> Floats:
        """Log of the days between the nearest days of either; 4 (about two months) where one names none."""
        found = np.full(self.height, np.inf)
        start = 0
        for mine, others in self.asked:
            rows = np.repeat(np.arange(start, start + len(others)), [len(o.days) for o in others])
            if len(mine.days) and len(rows):
                days = np.concatenate([o.days for o in others])
                np.minimum.at(found, rows, np.abs(days[:, None] - mine.days[None, :]).min(axis=1))
            start += len(others)
        return np.where(np.isinf(found), 4.0, np.minimum(8.0, np.log1p(found)))


def _share(part: Floats, whole: Floats) -> Floats:
    """0 where there is nothing."""
    found: Floats = part / np.maximum(whole, 1.0)
    return found


def features(mine: Prepared, others: Sequence[Prepared]) -> Floats:
    """Values of ``FEATURES``, in order, a row for each other report."""
    return table_features(Table([(mine, others)])) if others else np.zeros((0, len(FEATURES)))


def table_features(table: Table) -> Floats:
    """The same, of a table that is there already."""
    into, back = table.within()
    columns = {
        "terms": table.product("terms"),
        "top_terms": table.product("top"),
        "rarest_term": table.rarest("rarity"),
        "rare_terms": table.many("rarity", 6.0),
        "titles": table.product("title"),
        "title_in_text": (into + back) / 2,
        "title_in_text_least": np.minimum(into, back),
        **_names(table),
        "ages": table.jaccard("age"),
        "ages_apart": table.parted("age"),
        "shared_ages": table.count("age"),
        "numbers": table.jaccard("amounts"),
        "shared_numbers": table.count("amounts"),
        **_days(table),
        **_circumstances(table),
        "text": table.likenesses,
        **_lengths(table),
    }
    return np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in FEATURES])


def _names(table: Table) -> dict[str, Floats]:
    shared, (a, b) = table.weight("names"), table.totals("names")
    words, (c, d) = table.weight("words"), table.totals("words")
    return {
        "names": _share(shared, np.minimum(a, b)),
        "names_either": _share(shared, a + b - shared),
        "rarest_name": table.rarest("names"),
        "full_names": table.weight("full") / 80.0,
        "main_names": table.main(),
        "first_name_shared": table.first(),
        "name_words": _share(words, np.minimum(c, d)),
        "lead_places": table.jaccard("places"),
        "places_apart": table.parted("places"),
    }


def _days(table: Table) -> dict[str, Floats]:
    apart = table.published_apart()
    return {
        "days": table.count("days"),
        "days_apart": table.parted("days"),
        "nearest_days": table.nearest_days(),
        "published_apart": np.where(np.isnan(apart), 3.0, np.log1p(apart)),
        "published_unknown": np.isnan(apart).astype(np.float64),
    }


def _circumstances(table: Table) -> dict[str, Floats]:
    """How many figures of a kind two reports share, up to 3, and whether both give some and share none."""
    out = {}
    for kind, name in NAMED.items():
        out[name] = np.minimum(3.0, table.count(kind))
        out[f"{name}_apart"] = table.parted(kind)
    return out


def _lengths(table: Table) -> dict[str, Floats]:
    a, b = table.sizes("terms")
    return {"shorter": np.log1p(np.minimum(a, b)), "longer": np.log1p(np.maximum(a, b))}
