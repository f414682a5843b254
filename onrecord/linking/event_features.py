"""Features of pairs of event mentions: do they speak of the same happening? Named, bounded, symmetric; many at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.bags import Floats, Ints, Shared, sharing
from onrecord.linking.event_sheets import VECTOR, Sheet
from onrecord.linking.lemmas import cosines, vectors_of

FEATURES = (
    "same_lemma",
    "same_form",
    "related_lemma",  # forms of one word: invite, invitation
    "synonyms",  # a sense in common
    "wider_lemma",  # one is a kind of the other
    "lemma_cosine",  # of the words' vectors
    "sense_cosine",  # of the mentions' vectors in their sentences
    "least_lemma",  # weight of the commoner of both words
    "rare_lemma",  # weight of the shared lemma
    "same_type",
    "types_differ",
    "same_mode",
    "actors",
    "recipients",
    "participants",
    "participants_differ",
    "with_actors",  # how many name any
    "with_recipients",
    "roles_swapped",
    "sentence_names",
    "sentence_names_differ",
    "sentence",  # weighted overlap of the sentences' words
    "sentence_least",
    "shared_words",
    "shared_weight",
    "rarest_shared",
    "longer_sentence",
    "same_place",
    "places_differ",
    "times_meet",
    "times_apart",
    "quantities_agree",
    "quantities_differ",
    "status_differs",
    "ahead_differs",
    "attributed",  # how many are told by a source
    "attributed_differs",
    "headlines",
    "background_differs",
    "repeated_in_one",
    "definite",  # how many are introduced by *the*, *this*, *his* …
    "indefinite",  # by *a*, *another*, *two* …
    "same_report",
    "same_sentence",
    "story",  # score of the reports as one story; 1 within a report
    "lemma_count",  # how often the lemmas occur in their reports
    "later",  # how far down the events of its report the later of both comes
    "earlier",
    "distance",  # between both, in one report
    "rivals",  # likelier pairs with either, of the same two reports
    "rivals_least",
    "promise",  # how likely the pair looks at first sight
    "promise_behind",  # by how much a rival looks likelier
    "sense_ahead",  # by how much its sense_cosine is above the next with either mention, of the same two reports
    "sense_ahead_most",
    "company",  # how near the other mentions of both sentences are; -1 where there are none
    "level",  # how near both are to the mentions of the other report on the whole
)
MONTH = 32.0  # days
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ByWord:
    """What a word on the left has to do with one on the right, told by row: many rows have one word."""

    table: NDArray[Any]
    left: Ints  # of each row, the place of its word in the table
    right: Ints

    def __getitem__(self, pairs: tuple[Ints, Ints]) -> NDArray[Any]:
        """Of these left rows with these right ones, pair by pair."""
        found: NDArray[Any] = self.table[self.left[pairs[0]], self.right[pairs[1]]]
        return found

    def everywhere(self) -> NDArray[Any]:
        """Of each left row with each right row."""
        found: NDArray[Any] = self.table[:, self.right][self.left]
        return found

    def of(self, table: NDArray[Any]) -> ByWord:
        """Another table of the same words."""
        return replace(self, table=table)


@dataclass(frozen=True, eq=False)
class Pairing:
    """Two sheets whose rows are compared, each left one with each right one."""

    left: Sheet
    right: Sheet

    @cached_property
    def _words(self) -> tuple[Ints, Ints, Ints, Ints]:
        """A row for each different word on the left, where each row's is; the same on the right."""
        out: list[Ints] = []
        for side in (self.left, self.right):
            _, first, inverse = np.unique(side.ids["lemma"], return_index=True, return_inverse=True)
            out.extend((first, inverse))
        return out[0], out[1], out[2], out[3]

    @cached_property
    def cosine(self) -> ByWord:
        first, left, second, right = self._words
        table = cosines(vectors_of(self.left.ids[VECTOR][first]), vectors_of(self.right.ids[VECTOR][second]))
        return ByWord(table, left, right)

    @cached_property
    def sense(self) -> Floats:
        """Cosines of the mentions' vectors in their sentences; 0 where either is unknown."""
        found: Floats = self.left.senses @ self.right.senses.T
        return found

    def _kin(self, mine: str, theirs: str) -> Flags:
        first, _, second, _ = self._words
        return sharing(self.left.bags[mine].at(first), self.right.bags[theirs].at(second))

    @cached_property
    def family(self) -> ByWord:
        return self.cosine.of(self._kin("families", "families"))

    @cached_property
    def synonyms(self) -> ByWord:
        return self.cosine.of(self._kin("senses", "senses"))

    @cached_property
    def wider(self) -> ByWord:
        return self.cosine.of(self._kin("senses", "wider") | self._kin("wider", "senses"))

    def kin(self, near: float) -> Flags:
        """Of each left row with each right row, whether their words are kin, or so near in use."""
        table = self.family.table | self.synonyms.table | self.wider.table | (self.cosine.table >= near)
        found: Flags = self.cosine.of(table).everywhere()
        return found

    def near(self, least: float) -> Flags:
        """Of each left row with each right row, whether their words are so near in use."""
        found: Flags = self.cosine.of(self.cosine.table >= least).everywhere()
        return found

    @cached_property
    def people(self) -> Floats:
        return self.shared("people").everywhere().astype(np.float64)

    def shared(self, name: str) -> Shared:
        return Shared(self.left.bags[name], self.right.bags[name])

    @cached_property
    def terms(self) -> Shared:
        return Shared(self.left.terms, self.right.terms)

    def same(self, name: str) -> Flags:
        left, right = self.left.ids[name][:, None], self.right.ids[name][None, :]
        found: Flags = (left == right) & (left != 0)
        return found


@dataclass(frozen=True, eq=False)
class Context:
    """What the vectors of the other mentions of both reports say for a pair, by pair."""

    ahead_least: Floats  # by how much the pair is nearer than the next with either mention
    ahead_most: Floats
    company: Floats  # how near the other mentions of both sentences are to each other; -1 where there are none
    level: Floats  # how near both are to all mentions of the other report, on the whole


@dataclass(frozen=True, eq=False)
class Chosen:
    """Pairs of rows to score, with what their reports and rivals make of them."""

    i: Ints
    j: Ints
    story: Floats
    within: Flags  # both are in one report
    alike: Flags  # in word, in kind with a participant in common, or in what their sentences make of them
    by_sense: Flags  # in the last alone
    promise: Floats
    behind: Floats
    rivals: Floats
    rivals_least: Floats
    context: Context


def features(pairing: Pairing, chosen: Chosen) -> Floats:
    """Values of ``FEATURES``, in order, a row for each pair."""
    left, right, i, j = pairing.left, pairing.right, chosen.i, chosen.j
    columns = {
        **_words(pairing, i, j),
        **_participants(pairing, i, j),
        **_sentences(pairing, i, j),
        **_circumstances(pairing, i, j),
        "same_report": chosen.within,
        "same_sentence": chosen.within & both(pairing, "sentence", i, j)[0],
        "story": np.where(chosen.within, 1.0, chosen.story),
        "lemma_count": np.minimum(4, np.maximum(left.plain["count"][i], right.plain["count"][j])),
        "later": np.minimum(30, np.maximum(left.plain["order"][i], right.plain["order"][j])),
        "earlier": np.minimum(30, np.minimum(left.plain["order"][i], right.plain["order"][j])),
        "distance": np.where(chosen.within, np.minimum(30, abs(left.plain["order"][i] - right.plain["order"][j])), 0.0),
        "rivals": chosen.rivals,
        "rivals_least": chosen.rivals_least,
        "promise": chosen.promise,
        "promise_behind": chosen.behind,
        "sense_ahead": chosen.context.ahead_least,
        "sense_ahead_most": chosen.context.ahead_most,
        "company": chosen.context.company,
        "level": chosen.context.level,
    }
    return np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in FEATURES])


def both(pairing: Pairing, name: str, i: Ints, j: Ints) -> tuple[Flags, Flags]:
    """Whether both have the same value, and whether they have different ones."""
    a, b = pairing.left.ids[name][i], pairing.right.ids[name][j]
    known = (a != 0) & (b != 0)
    return known & (a == b), known & (a != b)


def _words(pairing: Pairing, i: Ints, j: Ints) -> dict[str, NDArray[np.generic]]:
    left, right = pairing.left, pairing.right
    same, _ = both(pairing, "lemma", i, j)
    mode, _ = both(pairing, "mode", i, j)
    kind, kinds_differ = both(pairing, "type", i, j)
    rarity = np.minimum(left.plain["rarity"][i], right.plain["rarity"][j])
    return {
        "same_lemma": same,
        "same_form": both(pairing, "form", i, j)[0],
        "related_lemma": same | pairing.family[i, j],
        "synonyms": same | pairing.synonyms[i, j],
        "wider_lemma": same | pairing.wider[i, j],
        "lemma_cosine": np.where(same, 1.0, np.round(pairing.cosine[i, j], 4)),
        "sense_cosine": np.round(pairing.sense[i, j], 3),
        "least_lemma": rarity,
        "rare_lemma": np.where(same, rarity, 0.0),
        "same_type": kind,
        "types_differ": kinds_differ,
        "same_mode": mode,
    }


def _lengths(pairing: Pairing, name: str, i: Ints, j: Ints) -> tuple[Floats, Floats]:
    return pairing.left.bags[name].totals[i], pairing.right.bags[name].totals[j]


def _of_least(shared: Floats, a: Floats, b: Floats) -> Floats:
    least: Floats = shared / np.maximum(1.0, np.minimum(a, b))
    return least


def _of_all(shared: Floats, a: Floats, b: Floats) -> Floats:
    union: Floats = shared / np.maximum(1.0, a + b - shared)
    return union


def _crosswise(pairing: Pairing, i: Ints, j: Ints) -> Floats:
    """How much actors of one are recipients of the other."""
    left, right = pairing.left.bags, pairing.right.bags
    out = np.zeros(len(i))
    for mine, theirs in (("actors", "recipients"), ("recipients", "actors")):
        shared = Shared(left[mine], right[theirs]).counts(i, j)
        out += _of_least(shared, left[mine].totals[i], right[theirs].totals[j])
    return out


def _participants(pairing: Pairing, i: Ints, j: Ints) -> dict[str, NDArray[np.generic]]:
    actors = _of_least(pairing.shared("actors").counts(i, j), *_lengths(pairing, "actors", i, j))
    recipients = _of_least(pairing.shared("recipients").counts(i, j), *_lengths(pairing, "recipients", i, j))
    left, right = pairing.left, pairing.right
    people, (a, b) = pairing.people[i, j], _lengths(pairing, "people", i, j)
    names, (c, d) = pairing.shared("names").counts(i, j), _lengths(pairing, "names", i, j)
    return {
        "actors": actors,
        "recipients": recipients,
        "participants": _of_all(people, a, b),
        "participants_differ": (people == 0) & (a > 0) & (b > 0),
        "with_actors": left.plain["acting"][i] + right.plain["acting"][j],
        "with_recipients": left.plain["acted_on"][i] + right.plain["acted_on"][j],
        "roles_swapped": _crosswise(pairing, i, j) > actors + recipients,
        "sentence_names": _of_all(names, c, d),
        "sentence_names_differ": (names == 0) & (c > 0) & (d > 0),
    }


def _sentences(pairing: Pairing, i: Ints, j: Ints) -> dict[str, NDArray[np.generic]]:
    a, b = pairing.left.terms.totals[i], pairing.right.terms.totals[j]
    words, shared, rarest = pairing.terms.sums(i, j)
    lengths = pairing.left.terms.counts[i], pairing.right.terms.counts[j]
    return {
        "shared_words": words,
        "shared_weight": shared / 10,
        "rarest_shared": rarest / 10,
        "longer_sentence": np.maximum(*lengths),
        "sentence": _of_all(shared, a, b),
        "sentence_least": _of_least(shared, a, b),
    }


def apart(pairing: Pairing, i: Ints, j: Ints) -> Flags:
    """Whether no moment can belong to both, allowing a day for time zones."""
    left, right = pairing.left.plain, pairing.right.plain
    found: Flags = (left["end"][i] + 1 < right["start"][j]) | (right["end"][j] + 1 < left["start"][i])
    return found


def _meet(pairing: Pairing, i: Ints, j: Ints) -> Flags:
    """Whether both are dated by their own time, to within a month, and overlap."""
    left, right = pairing.left.plain, pairing.right.plain
    close = (left["end"] - left["start"] < MONTH)[i] & (right["end"] - right["start"] < MONTH)[j]
    found: Flags = close & (left["dated"][i] * right["dated"][j] > 0) & ~apart(pairing, i, j)
    return found


def _circumstances(pairing: Pairing, i: Ints, j: Ints) -> dict[str, NDArray[np.generic]]:
    left, right = pairing.left.plain, pairing.right.plain
    place, places_differ = both(pairing, "place", i, j)
    agree, kinds = pairing.shared("figures").counts(i, j), pairing.shared("kinds").counts(i, j)
    unlike = {
        name: left[name][i] != right[name][j] for name in ("negated", "ahead", "background", "again", "attributed")
    }
    return {
        "same_place": place,
        "places_differ": places_differ,
        "times_meet": _meet(pairing, i, j),
        "times_apart": apart(pairing, i, j),
        "quantities_agree": np.minimum(agree, 3),
        "quantities_differ": np.clip(kinds - agree, 0, 3),
        "status_differs": unlike["negated"],
        "ahead_differs": unlike["ahead"],
        "attributed": left["attributed"][i] + right["attributed"][j],
        "attributed_differs": unlike["attributed"],
        "headlines": left["headline"][i] + right["headline"][j],
        "background_differs": unlike["background"],
        "repeated_in_one": unlike["again"],
        "definite": left["definite"][i] + right["definite"][j],
        "indefinite": left["indefinite"][i] + right["indefinite"][j],
    }
