"""Event mentions of one report in the shapes that comparing needs: who, when, which words, how it is introduced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from onrecord.linking.lemmas import Lemma, lemma_of
from onrecord.linking.words import fold, stop_words, weight, words_of
from onrecord.model import Digest, EventDigest

NOT_HAPPENING = frozenset({"did_not_happen", "cancelled"})
AHEAD = frozenset({"planned", "expected", "possible"})
NEWS_SPAN = timedelta(days=10)  # how far back an undated event that is a report's news may lie
PLAN_SPAN = timedelta(days=150)  # how far ahead an undated plan may lie
BESIDE = 45  # characters before and after an anchor whose words are beside it
_AGAIN = re.compile(
    r"\b(?:renewed|second|third|fourth|fifth|another|again|anew|latest|fresh|repeat|repeated|re-|previous|earlier|prior|"
    r"last (?:year|month|week)'s|(?:a|one) (?:year|month|week) (?:ago|earlier|before)|former|once more)\b"
)
_DEFINITE = re.compile(r"(?:\b(?:the|this|that|these|those|his|her|its|their|our)|'s|s') $")
_INDEFINITE = re.compile(r"\b(?:an?|another|any|no|some|each|every|several|many|few|more|two|three|four|five|\d+) $")
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00de][\w’'-]{2,40}")
_ENDINGS = (
    "ations", "ation", "ition", "ments", "ment", "ings", "ing", "ions", "ion", "ance", "ence", "ers", "er", "or", "al",
    "ed", "e",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class EventView:
    """An event digest in the shapes that comparing needs; ``window`` is when it can have happened."""

    event: EventDigest
    window: tuple[datetime | None, datetime | None]
    dated: bool  # the window comes from the event's own time, not from publication
    count: int  # mentions with this lemma in the report
    order: int  # among the events of the report
    named: frozenset[str] = frozenset()  # words of the names of its report

    @cached_property
    def lemma(self) -> Lemma:
        return lemma_of(self.event.lemma)

    @cached_property
    def form(self) -> str:
        return fold(self.event.anchor.text) if self.event.anchor else self.event.lemma

    @cached_property
    def family(self) -> frozenset[str]:
        """The verbs it is a form of; of a word that no table knows, what is left without its ending."""
        return self.lemma.bases or frozenset((root_of(self.event.lemma),))

    @cached_property
    def people(self) -> frozenset[str]:
        return self.actors | self.recipients

    @cached_property
    def actors(self) -> frozenset[str]:
        return _name_words(self.event.actors)

    @cached_property
    def recipients(self) -> frozenset[str]:
        return _name_words(self.event.recipients)

    @cached_property
    def around(self) -> tuple[str, str]:
        """The folded sentence before and after the anchor; before: all of it where the anchor is not found."""
        folded = fold(self.event.sentence)
        at = folded.find(self.form)
        return (folded[:at], folded[at + len(self.form) :]) if at >= 0 else (folded, "")

    @cached_property
    def beside(self) -> frozenset[str]:
        """The telling words right before and after the anchor."""
        before, after = self.around
        found = words_of(before[-BESIDE:].partition(" ")[2]) + words_of(after[:BESIDE].rpartition(" ")[0])
        return frozenset(w for w in found if len(w) > 1) - stop_words()

    @cached_property
    def again(self) -> bool:
        """Whether it is told as one of several occasions."""
        before, after = self.around
        return _AGAIN.search(f"{before[-40:]}{self.form}{after[:60]}") is not None

    @cached_property
    def definite(self) -> bool:
        return _DEFINITE.search(self.around[0][-12:]) is not None

    @cached_property
    def indefinite(self) -> bool:
        return _INDEFINITE.search(self.around[0][-12:]) is not None

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the report's names that are capitalised in the sentence."""
        return frozenset(w for w in _capitalised(self.event.sentence) if w in self.named)

    @cached_property
    def light(self) -> bool:
        """Whether the anchor says next to nothing by itself: an untyped everyday verb."""
        return self.event.type is None and weight(self.event.lemma) < LIGHT


LIGHT = 2.6  # weight below which an untyped anchor is an everyday verb


@lru_cache(maxsize=2048)
def _capitalised(sentence: str) -> frozenset[str]:
    return frozenset(fold(w).removesuffix("'s").removesuffix("'") for w in _CAPITALISED.findall(sentence))


@lru_cache(maxsize=8192)
def root_of(lemma: str) -> str:
    """A word without its ending: ``invit`` of ``invite`` and ``invitation``, ``meet`` of ``meeting``."""
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)]
    return lemma


@lru_cache(maxsize=8192)
def _name_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w for name in names for w in words_of(name) if len(w) > 2 and weight(w) > 2.5)


def report_window(digest: Digest) -> tuple[datetime | None, datetime | None]:
    """When a report can have been published: its date, else bounds from what it tells as past and as to come."""
    if digest.earliest is not None:
        return digest.earliest, digest.latest or digest.earliest
    told = [e for e in digest.events if e.earliest and e.latest and e.time_mark != "published" and not e.background]
    ahead = [e.latest for e in told if e.status in AHEAD and e.latest]
    latest = min(ahead, default=None)
    past = [e.earliest for e in told if e.status == "happened" and e.earliest and not (latest and e.earliest > latest)]
    return max(past, default=None), latest


def views(digest: Digest) -> list[EventView]:
    """The events of a digest, with their windows."""
    published = report_window(digest)
    counts: dict[str, int] = {}
    for event in digest.events:
        counts[event.lemma] = counts.get(event.lemma, 0) + 1
    named = frozenset(w for name in digest.names for w in name.split() if len(w) > 2)
    return [
        EventView(e, *_window(e, published), counts[e.lemma], order, named) for order, e in enumerate(digest.events)
    ]


def _window(
    event: EventDigest, published: tuple[datetime | None, datetime | None]
) -> tuple[tuple[datetime | None, datetime | None], bool]:
    if event.earliest is not None and event.latest is not None and event.time_mark != "published":
        return (event.earliest, event.latest), True
    earliest, latest = published
    if event.background:
        return (None, latest), False
    if event.status in AHEAD:
        return (earliest, latest + PLAN_SPAN if latest else None), False
    return (earliest - NEWS_SPAN if earliest else None, latest), False
