"""Features of a pair of reports: do they tell the same story? Each is named, bounded, and symmetric."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onrecord.linking.copies import similarity
from onrecord.linking.words import stop_words, weight, words_of
from onrecord.model import Digest

TOP = 25
KINDS = ("age", "number", "block", "clock", "dead", "hurt", "lead")
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


@dataclass(frozen=True)
class Prepared:
    """A digest in the shapes that comparing needs."""

    digest: Digest

    @cached_property
    def terms(self) -> dict[str, float]:
        return dict(self.digest.terms)

    @cached_property
    def top(self) -> dict[str, float]:
        heavy = self.digest.terms[:TOP]
        norm = math.sqrt(sum(v * v for _, v in heavy)) or 1.0
        return {word: value / norm for word, value in heavy}

    @cached_property
    def title(self) -> dict[str, float]:
        common = stop_words()
        weights = {w: weight(w) for w in words_of(self.digest.title) if len(w) > 1 and w not in common}
        norm = math.sqrt(sum(v * v for v in weights.values())) or 1.0
        return {word: value / norm for word, value in weights.items()}

    @cached_property
    def names(self) -> dict[str, float]:
        return {name: weight(name) for name in self.digest.names}

    @cached_property
    def name_words(self) -> dict[str, float]:
        return {w: weight(w) for name in self.digest.names for w in name.split() if len(w) > 2}

    @cached_property
    def ages(self) -> frozenset[str]:
        return self.of_kind["age"]

    @cached_property
    def amounts(self) -> frozenset[str]:
        return self.of_kind["number"] | self.of_kind["block"]

    @cached_property
    def of_kind(self) -> dict[str, frozenset[str]]:
        """The figures by their kind; see ``surface.numbers`` and ``surface.circumstances``."""
        kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for figure in self.digest.numbers:
            kinds.setdefault(figure.partition(":")[0], set()).add(figure)
        return {kind: frozenset(figures) for kind, figures in kinds.items()}

    @cached_property
    def days(self) -> tuple[int, ...]:
        return tuple(date.fromisoformat(day).toordinal() for day in self.digest.dates)

    @cached_property
    def place_words(self) -> frozenset[str]:
        return frozenset(w for place in self.digest.places for w in place.split() if len(w) > 2)

    @cached_property
    def published(self) -> int | None:
        return self.digest.earliest.date().toordinal() if self.digest.earliest else None


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


def cosine(left: dict[str, float], right: dict[str, float]) -> float:
    """Sum of products over shared words; the cosine if both are of unit length."""
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[word] for word, value in left.items() if word in right)


def _shared_weight(left: dict[str, float], right: dict[str, float]) -> tuple[float, float, float]:
    """Weight shared over the lesser total, over the union, and the rarest shared weight."""
    shared = left.keys() & right.keys()
    if not shared:
        return 0.0, 0.0, 0.0
    both = sum(left[name] for name in shared)
    total_left, total_right = sum(left.values()), sum(right.values())
    return both / min(total_left, total_right), both / (total_left + total_right - both), max(left[n] for n in shared)


def _within(title: dict[str, float], terms: dict[str, float]) -> float:
    total = sum(title.values())
    return sum(v for word, v in title.items() if word in terms) / total if total else 0.0


def _main(left: Prepared, right: Prepared) -> float:
    def part(one: Prepared, other: Prepared) -> float:
        main = one.digest.names[:5]
        return sum(n in other.names for n in main) / len(main) if main else 0.0

    return (part(left, right) + part(right, left)) / 2


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def features(left: Prepared, right: Prepared) -> list[float]:
    """Values of ``FEATURES`` for a pair, in order."""
    shared_top = left.top.keys() & right.top.keys()
    rare = [weight(word) for word in shared_top]
    into_right, into_left = _within(left.title, right.terms), _within(right.title, left.terms)
    names, names_either, rarest_name = _shared_weight(left.names, right.names)
    shared_names = left.names.keys() & right.names.keys()
    words, _, _ = _shared_weight(left.name_words, right.name_words)
    first = left.digest.names[:1] + right.digest.names[:1]
    apart = None
    if left.published is not None and right.published is not None:
        apart = abs(left.published - right.published)
    return [
        cosine(left.terms, right.terms),
        cosine(left.top, right.top),
        max(rare, default=0.0),
        float(sum(value >= 6.0 for value in rare)),
        cosine(left.title, right.title),
        (into_left + into_right) / 2,
        min(into_left, into_right),
        names,
        names_either,
        rarest_name,
        sum(left.names[n] for n in shared_names if " " in n) / 8.0,
        _main(left, right),
        float(sum(n in left.names and n in right.names for n in first)),
        words,
        _jaccard(left.place_words, right.place_words),
        float(bool(left.place_words and right.place_words and not left.place_words & right.place_words)),
        _jaccard(left.ages, right.ages),
        float(bool(left.ages and right.ages and not left.ages & right.ages)),
        float(len(left.ages & right.ages)),
        float(len(set(left.days) & set(right.days))),
        float(bool(left.days and right.days and not set(left.days) & set(right.days))),
        _nearest(left.days, right.days),
        _jaccard(left.amounts, right.amounts),
        float(len(left.amounts & right.amounts)),
        math.log1p(apart) if apart is not None else 3.0,
        float(apart is None),
        *_both_give(left, right, "clock"),
        *_both_give(left, right, "dead"),
        *_both_give(left, right, "hurt"),
        *_both_give(left, right, "lead"),
        *_both_give(left, right, "block"),
        similarity(left.digest.shingles, right.digest.shingles),
        math.log1p(min(len(left.terms), len(right.terms))),
        math.log1p(max(len(left.terms), len(right.terms))),
    ]


def _both_give(left: Prepared, right: Prepared, kind: str) -> tuple[float, float]:
    """How many figures of a kind two reports share, up to 3, and whether both give some and share none."""
    a, b = left.of_kind[kind], right.of_kind[kind]
    return float(min(3, len(a & b))), float(bool(a and b and not a & b))


def _nearest(left: tuple[int, ...], right: tuple[int, ...]) -> float:
    """Log of the days between the nearest days of either; 4 (about two months) where one names none."""
    if not left or not right:
        return 4.0
    return min(8.0, math.log1p(min(abs(a - b) for a in left for b in right)))
