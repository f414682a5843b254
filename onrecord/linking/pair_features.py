"""Features of two short texts, a claim and what answers it: does the second hold it, doubt it, or speak against it?

From what onrecord reads of both: what happened according to whom, how firmly, with which names and figures; and from
the words by which English refutes, doubts, confirms and contrasts (cf. Ferreira and Vlachos 2016). Not symmetric.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import product

import numpy as np

from onrecord.linking.bags import Floats, Ints
from onrecord.linking.lemmas import cosines, lemma_of, vectors_of
from onrecord.linking.words import fold, stem, stop_words, weight
from onrecord.model import EventMention, Reading, SourceKind, Stance, Status

MARKS = ("negations", "refutations", "doubts", "confirmations", "contrasts")
NEAR = 0.6  # cosine from which two words of events speak of one thing
SCOPE = 6  # words after a mark that it is taken to bear on
UNKNOWN = 9.0  # factuality apart where nothing is aligned: told from every real value, which are 6 at most
OF_EACH = (
    *MARKS,
    "asks",  # the text is a question
    "quotes",  # quotation marks
    "words",
    "least_factuality",
    "mean_factuality",
    "unreal",  # share of events that did not happen, or may not have
    "ahead",  # share of events that lie ahead
    "denies",
    "questions",
    "confirms",
    "attributed",
    "unnamed",
    "outlets",
    "sourced",  # a headline's way to name a source: "…: police", "Source: …"
    "leads_with_mark",  # a mark of refutation or doubt among the first words
)
FEATURES = (
    "terms",  # cosine of the weighted words
    "left_in_right",  # share of the left one's weight that the right one has
    "right_in_left",
    "near_left",  # mean nearness of the left one's words to the nearest of the right one's
    "near_right",
    "names",
    "names_new",  # names that the right one adds
    "numbers",
    "numbers_apart",
    "first_shared",  # where the first shared word stands in the right text
    "events_aligned",
    "nearest_event",
    "factuality_apart",  # of the events that are aligned: the greatest fall from left to right
    "polarity_apart",  # one happened, the other did not
    "denied_in_right",  # an aligned event that the right one's holder denies
    "shared_after_negation",  # share of the shared words that stand after such a mark, right less left
    "shared_after_refutation",
    "shared_after_doubt",
    *(f"{kind}_of_it" for kind in MARKS),  # marks that the right one adds, by how much of the left one it tells
    *(f"left_{name}" for name in OF_EACH),
    *(f"right_{name}" for name in OF_EACH),
    *(f"more_{name}" for name in OF_EACH),  # right less left
)
_TOKEN = re.compile(r"n['’]t\b|[^\W\d_]+(?=n['’]t\b)|[^\W_]+(?:[.,]\d+)*", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SOURCED = re.compile(r"^(?:[\w'’-]+ ){0,2}[\w'’-]+: |(?:[:–—]| -) (?:[\w'’.-]+ ){0,3}[\w'’.-]+$")
_LYING_AHEAD = frozenset({Status.PLANNED, Status.EXPECTED})
_UNREAL = frozenset({Status.DID_NOT_HAPPEN, Status.CANCELLED, Status.POSSIBLE, Status.UNKNOWN})
_OPENING = 3  # words at the start of a headline: "Hoax:", "No,", "Police deny"


@lru_cache(maxsize=1)
def marks() -> dict[str, frozenset[str]]:
    """The words of each kind of mark."""
    data = json.loads(files("onrecord").joinpath("data/linking-pairs.json").read_text("utf8"))
    return {kind: frozenset(data[kind]) for kind in MARKS}


@dataclass(frozen=True, eq=False)
class Side:
    """One text of a pair, in the shapes that comparing needs."""

    reading: Reading

    @cached_property
    def tokens(self) -> list[str]:
        return _TOKEN.findall(fold(self.reading.report.text))

    @cached_property
    def stems(self) -> list[str]:
        return [stem(token) for token in self.tokens]

    @cached_property
    def terms(self) -> dict[str, float]:
        common = stop_words()
        marked = frozenset().union(*(marks()[kind] for kind in MARKS))
        words = zip(self.tokens, self.stems, strict=True)
        kept = (s for t, s in words if len(s) > 1 and s not in common and t not in marked)
        return {s: weight(s) for s in dict.fromkeys(kept)}

    @cached_property
    def rows(self) -> Ints:
        found = [lemma_of(s).row for s in self.terms]
        return np.array([r for r in found if r >= 0], dtype=np.int64)

    @cached_property
    def names(self) -> frozenset[str]:
        words = (w for m in self.reading.mentions if m.form == "name" for w in fold(m.text).split())
        return frozenset(stem(w) for w in words if len(w) > 2)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(n.replace(",", "") for n in _NUMBER.findall(self.reading.report.text))

    def marked(self, kind: str) -> set[str]:
        """Stems that stand within reach of a mark of this kind; after it, as English has it."""
        return {s for i, t in enumerate(self.tokens) if t in marks()[kind] for s in self.stems[i + 1 : i + 1 + SCOPE]}

    @cached_property
    def own(self) -> dict[str, float]:
        """The features of this text by itself, by the names of ``OF_EACH``."""
        text, events, said = self.reading.report.text, self.reading.events, self.reading.attributions
        opening = marks()["refutations"] | marks()["doubts"] | marks()["negations"]
        facts = [e.factuality for e in events] or [3.0]
        many = max(1, len(events))
        found = {kind: float(sum(t in marks()[kind] for t in self.tokens)) for kind in MARKS}
        return found | {
            "asks": float("?" in text),
            "quotes": float(any(q in text for q in "\"“”‘'")),
            "words": float(len(self.tokens)),
            "least_factuality": min(facts),
            "mean_factuality": sum(facts) / len(facts),
            "unreal": sum(e.status in _UNREAL for e in events) / many,
            "ahead": sum(e.future or e.status in _LYING_AHEAD for e in events) / many,
            "denies": float(sum(a.stance is Stance.DENIES for a in said)),
            "questions": float(sum(a.stance in (Stance.QUESTIONS, Stance.ASKS) for a in said)),
            "confirms": float(sum(a.stance is Stance.CONFIRMS for a in said)),
            "attributed": float(len(said)),
            "unnamed": float(sum(a.source_kind is SourceKind.UNNAMED for a in said)),
            "outlets": float(sum(a.source_kind is SourceKind.OUTLET for a in said)),
            "sourced": float(bool(_SOURCED.search(text.strip()))),
            "leads_with_mark": float(any(t in opening for t in self.tokens[:_OPENING])),
        }


def features(left: Side, right: Side) -> Floats:
    """One row, in the order of ``FEATURES``."""
    found = _likeness(left, right) | _events(left, right) | _reach(left, right)
    for kind in MARKS:
        found[f"{kind}_of_it"] = max(0.0, right.own[kind] - left.own[kind]) * found["left_in_right"]
    for name in OF_EACH:
        found[f"left_{name}"], found[f"right_{name}"] = left.own[name], right.own[name]
        found[f"more_{name}"] = right.own[name] - left.own[name]
    return np.array([found[name] for name in FEATURES], dtype=np.float64)


def similarity(left: Side, right: Side) -> float:
    """Cosine of the weighted words, 0 … 1."""
    shared = sum(w * w for s, w in left.terms.items() if s in right.terms)
    norm = (sum(w * w for w in left.terms.values()) * sum(w * w for w in right.terms.values())) ** 0.5
    return shared / norm if norm else 0.0


def _likeness(left: Side, right: Side) -> dict[str, float]:
    both = sum(w for s, w in left.terms.items() if s in right.terms)
    near = cosines(vectors_of(left.rows), vectors_of(right.rows))
    seen = bool(near.size)
    first = next((i for i, s in enumerate(right.stems) if s in left.terms), len(right.stems))
    return {
        "terms": similarity(left, right),
        "left_in_right": both / (sum(left.terms.values()) or 1.0),
        "right_in_left": both / (sum(right.terms.values()) or 1.0),
        "near_left": float(near.max(axis=1).mean()) if seen else 0.0,
        "near_right": float(near.max(axis=0).mean()) if seen else 0.0,
        "names": float(len(left.names & right.names)) / max(1, min(len(left.names), len(right.names))),
        "names_new": float(len(right.names - left.names)),
        "numbers": float(len(left.numbers & right.numbers)),
        "numbers_apart": float(bool(left.numbers and right.numbers) and not left.numbers & right.numbers),
        "first_shared": first / max(1, len(right.stems)),
    }


def _events(left: Side, right: Side) -> dict[str, float]:
    """How far the events that both texts seem to tell differ in what became of them."""
    pairs = [(a, b, _nearness(a, b)) for a, b in product(left.reading.events, right.reading.events)]
    aligned = [(a, b) for a, b, near in pairs if near >= NEAR]
    falls = [a.factuality - b.factuality for a, b in aligned]
    denied = {a.id for a in right.reading.attributions if a.stance is Stance.DENIES}
    return {
        "events_aligned": float(len({a.id for a, _ in aligned})),
        "nearest_event": max((near for _, _, near in pairs), default=0.0),
        "factuality_apart": max(falls, default=UNKNOWN),
        "polarity_apart": float(any(a.factuality * b.factuality < 0 for a, b in aligned)),
        "denied_in_right": float(any(b.attribution in denied for _, b in aligned)),
    }


def _nearness(one: EventMention, two: EventMention) -> float:
    a, b = stem(fold(one.lemma)), stem(fold(two.lemma))
    if a == b:
        return 1.0
    left, right = lemma_of(a), lemma_of(b)
    if left.bases & right.bases or left.senses & right.senses:
        return 0.9
    if left.row < 0 or right.row < 0:
        return 0.0
    return float(cosines(vectors_of(np.array([left.row])), vectors_of(np.array([right.row])))[0, 0])


def _reach(left: Side, right: Side) -> dict[str, float]:
    shared = left.terms.keys() & right.terms.keys()
    kinds = {"negations": "negation", "refutations": "refutation", "doubts": "doubt"}
    return {
        f"shared_after_{name}": (len(shared & right.marked(kind)) - len(shared & left.marked(kind)))
        / max(1, len(shared))
        for kind, name in kinds.items()
    }


__all__ = ["FEATURES", "Side", "features", "similarity"]
