"""Which pairs of event mentions are worth scoring: words of one meaning, or one kind with a participant in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from onrecord.linking.event_features import EventView, views
from onrecord.linking.lemmas import Vector, kinship, vector_of
from onrecord.linking.words import weight
from onrecord.model import Digest

LIGHT = 2.6  # weight below which an untyped anchor is an everyday verb
NEAR = 0.45  # cosine from which two words are worth comparing
NEAR_KIND = 0.3  # the same for two words of one type
SHARED = 0.2  # share of the sentences' words in common from which everyday verbs are compared
MOST_COMPARED = 60  # pairs of mentions scored for a pair of reports
MOST_WITHIN = 100  # the same within a report
MOST_KEPT = 1_000  # reports whose events are kept in memory ready for comparing, some 40 kB each


class Candidate(NamedTuple):
    """A pair to score, and how many likelier pairs of the same two reports either mention is in."""

    left: EventView
    right: EventView
    rivals: tuple[int, int]


@dataclass(frozen=True)
class Told:
    """The event mentions of one report, ready to be compared with another's."""

    digest: Digest

    @cached_property
    def views(self) -> list[EventView]:
        return views(self.digest)

    @cached_property
    def matrix(self) -> Vector:
        """One row a mention: the unit vector of its word."""
        rows = [vector_of(view.event.lemma) for view in self.views]
        return np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)

    @cached_property
    def index(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, view in enumerate(self.views):
            for key in _offered(view):
                found[key].append(number)
        return dict(found)


_recent: dict[str, Told] = {}


def told(digest: Digest) -> Told:
    """The digest's events ready for comparing; those of late are kept."""
    found = _recent.get(digest.report)
    if found is not None and (found.digest is digest or found.digest == digest):
        return found
    made = Told(digest)
    _recent.pop(digest.report, None)
    if len(_recent) >= MOST_KEPT:
        del _recent[next(iter(_recent))]
    _recent[digest.report] = made
    return made


def _offered(view: EventView) -> set[str]:
    """Under what a mention can be found: its word, root, family, senses, and kind with each participant."""
    lemma = view.lemma
    kind = view.event.type
    return {
        f"={view.event.lemma}",
        f"={view.root}",
        *(f"b{base}" for base in lemma.bases),
        *(f"s{sense}" for sense in lemma.senses),
        *(f"w{sense}" for sense in lemma.wider),
        *(f"t{kind}:{person}" for person in (view.people if kind else ())),
    }


def _asked(view: EventView) -> set[str]:
    """Under what its counterparts are found: as offered, and a sense above or below one of its own."""
    lemma = view.lemma
    return {
        *(key for key in _offered(view) if key[0] != "w"),
        *(f"s{sense}" for sense in lemma.wider),
        *(f"w{sense}" for sense in lemma.senses),
    }


def compared(first: Told, second: Told) -> list[Candidate]:
    """The pairs worth scoring, the likeliest first; of a report with itself each pair once."""
    within = first is second
    found = {(i, j) for i, view in enumerate(first.views) for key in _asked(view) for j in second.index.get(key, ())}
    if first.views and second.views:
        near = np.argwhere(first.matrix @ second.matrix.T >= NEAR_KIND)
        found.update((int(i), int(j)) for i, j in near)
    ranked = []
    for i, j in found:
        if within and i >= j:
            continue
        left, right = first.views[i], second.views[j]
        promise = _promise(left, right)
        if promise > 0.0:
            ranked.append((-promise, left.event.id, right.event.id, left, right))
    ranked.sort(key=lambda item: item[:3])
    return _with_rivals(ranked[: MOST_WITHIN if within else MOST_COMPARED])


def _with_rivals(ranked: list[tuple[float, str, str, EventView, EventView]]) -> list[Candidate]:
    used: Counter[str] = Counter()
    out = []
    for _, first, second, left, right in ranked:
        out.append(Candidate(left, right, (used[first], used[second])))
        used[first] += 1
        used[second] += 1
    return out


def light(view: EventView) -> bool:
    """Whether an anchor says next to nothing by itself: an untyped everyday verb."""
    return view.event.type is None and weight(view.event.lemma) < LIGHT


def _promise(left: EventView, right: EventView) -> float:
    """How likely a pair looks at first sight; 0: not worth scoring."""
    a, b = left.event, right.event
    kin = kinship(a.lemma, b.lemma)
    people = len(left.people & right.people)
    least = min(len(left.told), len(right.told))
    sentence = len(left.told & right.told) / least if least else 0.0
    kind = a.type is not None and a.type == b.type
    if light(left) or light(right):
        if a.lemma != b.lemma or not (people or sentence >= SHARED):
            return 0.0
    if a.lemma == b.lemma:
        word = 2.0
    elif kin.family or left.root == right.root:
        word = 1.5
    elif kin.synonyms or kin.wider:
        word = 0.6 + kin.cosine
    elif kin.cosine >= NEAR or (kind and (people or kin.cosine >= NEAR_KIND)):
        word = kin.cosine
    else:
        return 0.0
    return word + 0.8 * kind + 0.3 * min(people, 3) + 0.5 * (a.headline + b.headline) + 1.5 * sentence
