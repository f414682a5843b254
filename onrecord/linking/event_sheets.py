"""The event mentions of one report, or of several one below the other, as columns: all pairs are compared at once."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf

import numpy as np

from onrecord.linking import bags
from onrecord.linking.bags import Bag, Floats, Ints, bag, weighted_bag
from onrecord.linking.event_views import AHEAD, NOT_HAPPENING, EventView, views
from onrecord.linking.words import tenths, weight
from onrecord.model import Digest, Quantity

MOST_KEPT = 500  # reports whose events are kept in memory ready for comparing, the last used ones
DAY = 86_400.0
SENSE = 64  # numbers of a mention's vector
VECTOR = "vector"  # number of the word's vector
IDS: dict[str, Callable[[EventView], object]] = {
    "lemma": lambda v: v.word,
    "form": lambda v: v.form,
    "type": lambda v: v.event.type,
    "mode": lambda v: v.event.mode,
    "place": lambda v: v.event.place,
    "sentence": lambda v: v.event.sentence,
}
PLAIN: dict[str, Callable[[EventView], float]] = {
    "rarity": lambda v: weight(v.word),
    "light": lambda v: v.light,
    "count": lambda v: v.count,
    "order": lambda v: v.order,
    "negated": lambda v: v.event.status in NOT_HAPPENING,
    "ahead": lambda v: v.event.status in AHEAD,
    "background": lambda v: v.event.background,
    "headline": lambda v: v.event.headline,
    "again": lambda v: v.again,
    "attributed": lambda v: v.event.attributed,
    "acting": lambda v: bool(v.event.actors),
    "acted_on": lambda v: bool(v.event.recipients),
    "definite": lambda v: v.definite,
    "indefinite": lambda v: v.indefinite,
    "dated": lambda v: v.dated,
    "start": lambda v: _day(v.window[0], -inf),
    "end": lambda v: _day(v.window[1], inf),
}
BAGS: dict[str, Callable[[EventView], frozenset[str]]] = {
    "people": lambda v: v.people,
    "actors": lambda v: v.actors,
    "recipients": lambda v: v.recipients,
    "names": lambda v: v.names,
    "families": lambda v: v.family,
    "senses": lambda v: v.lemma.senses,
    "wider": lambda v: v.lemma.wider,
    "figures": lambda v: frozenset(_figure(q) for q in v.event.quantities),
    "kinds": lambda v: frozenset(q.kind for q in v.event.quantities),
}


@dataclass(frozen=True, eq=False)
class Sheet:
    """One row an event mention; ``terms`` weigh tenths of the words' weights.

    ``ids`` hold 0 for nothing, the number of the vector -1.
    """

    ids: dict[str, Ints]
    plain: dict[str, Floats]
    bags: dict[str, Bag]
    terms: Bag
    senses: Floats  # (rows, SENSE) vectors of the mentions in their sentences, of length one; noughts where unknown

    @property
    def height(self) -> int:
        return self.terms.height


def _day(moment: datetime | None, otherwise: float) -> float:
    return moment.timestamp() / DAY if moment else otherwise


def _figure(quantity: Quantity) -> str:
    return f"{quantity.kind}:{quantity.low}:{quantity.high}"


def sheet_of(found: Sequence[EventView]) -> Sheet:
    return Sheet(
        ids={
            **{name: _hashes([value(v) for v in found]) for name, value in IDS.items()},
            VECTOR: np.array([v.lemma.row for v in found], dtype=np.int64),
        },
        plain={name: np.array([value(v) for v in found], dtype=np.float64) for name, value in PLAIN.items()},
        bags={name: bag([value(v) for v in found]) for name, value in BAGS.items()},
        terms=weighted_bag([{term: tenths(term) for term in v.event.terms} for v in found]),
        senses=_senses([v.event.sense for v in found]),
    )


def _senses(packed: Sequence[str]) -> Floats:
    out = np.zeros((len(packed), SENSE))
    for row, text in enumerate(packed):
        numbers = np.frombuffer(b64decode(text), dtype=np.int8).astype(np.float64)
        if len(numbers) == SENSE:  # not of a reading made by other weights
            out[row] = numbers / max(1.0, float(np.linalg.norm(numbers)))
    return out


def _hashes(values: Sequence[object]) -> Ints:
    return np.array([0 if value is None else hash(value) for value in values], dtype=np.int64)


def stacked(sheets: Sequence[Sheet]) -> Sheet:
    """The rows of several sheets, one below the other."""
    return Sheet(
        ids={name: np.concatenate([s.ids[name] for s in sheets]) for name in (*IDS, VECTOR)},
        plain={name: np.concatenate([s.plain[name] for s in sheets]) for name in PLAIN},
        bags={name: bags.stacked([s.bags[name] for s in sheets]) for name in BAGS},
        terms=bags.stacked([s.terms for s in sheets]),
        senses=np.concatenate([s.senses for s in sheets]),
    )


@dataclass(frozen=True, eq=False)
class Told:
    """The event mentions of one report, ready to be compared with another's."""

    digest: Digest

    @cached_property
    def views(self) -> list[EventView]:
        return views(self.digest)

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.views)

    @cached_property
    def middle(self) -> Floats:
        """(SENSE,) mean of the mentions' vectors."""
        found: Floats = self.sheet.senses.sum(axis=0) / max(1, self.sheet.height)
        return found


_recent: dict[str, Told] = {}


def told(digest: Digest) -> Told:
    """The digest's events ready for comparing; those of late are kept."""
    found = _recent.pop(digest.report, None)
    if found is None or not (found.digest is digest or found.digest == digest):
        found = Told(digest)
    _recent[digest.report] = found
    if len(_recent) > MOST_KEPT:
        del _recent[next(iter(_recent))]
    return found
