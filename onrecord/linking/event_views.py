"""Event mentions of one report in the shapes that comparing needs: who, when, which words, how it is introduced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord.linking.lemmas import Lemma, lemma_of
from onrecord.linking.words import fold, weight, words_of
from onrecord.model import Digest, EventDigest

NOT_HAPPENING = frozenset({"did_not_happen", "cancelled"})
AHEAD = frozenset({"planned", "expected", "possible"})
NEWS_SPAN = timedelta(days=10)  # how far back an undated event that is a report's news may lie
PLAN_SPAN = timedelta(days=150)  # how far ahead an undated plan may lie
LIGHT = 2.6  # weight below which an untyped anchor is an everyday verb
_Window = tuple[tuple[datetime | None, datetime | None], bool]
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


@dataclass(frozen=True, eq=False, slots=True)
class EventView:
    """An event digest in the shapes that comparing needs; ``window`` is when it can have happened."""

    event: EventDigest
    window: tuple[datetime | None, datetime | None]
    dated: bool  # the window comes from the event's own time, not from publication
    count: int  # mentions with this lemma in the report
    order: int  # among the events of the report
    form: str  # the anchor, folded
    lemma: Lemma
    family: frozenset[str]  # the verbs it is a form of; of a word no table knows, what is left without its ending
    actors: frozenset[str]  # words of names
    recipients: frozenset[str]
    names: frozenset[str]  # words of the report's names that are capitalised in the sentence
    again: bool  # told as one of several occasions
    definite: bool  # introduced by *the*, *this*, *his* …
    indefinite: bool  # by *a*, *another*, *two* …
    light: bool  # the anchor says next to nothing by itself: an untyped everyday verb

    @property
    def people(self) -> frozenset[str]:
        return self.actors | self.recipients


@dataclass(frozen=True, slots=True)
class _Sentence:
    folded: str
    names: frozenset[str]


def _sentence(text: str, named: frozenset[str]) -> _Sentence:
    capitalised = (fold(w).removesuffix("'s").removesuffix("'") for w in _CAPITALISED.findall(text))
    return _Sentence(fold(text), named.intersection(capitalised))


@lru_cache(maxsize=8192)
def root_of(lemma: str) -> str:
    """A word without its ending: ``invit`` of ``invite`` and ``invitation``, ``meet`` of ``meeting``."""
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)]
    return lemma


@lru_cache(maxsize=8192)
def name_words(names: tuple[str, ...]) -> frozenset[str]:
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
    counts = Counter(event.lemma for event in digest.events)
    named = frozenset(w for name in digest.names for w in name.split() if len(w) > 2)
    sentences = {text: _sentence(text, named) for text in {event.sentence for event in digest.events}}
    found = [
        _view(event, order, counts[event.lemma], _window(event, published), sentences[event.sentence])
        for order, event in enumerate(digest.events)
    ]
    return [_taking_up(view, found) for view in found]


def _taking_up(view: EventView, found: Sequence[EventView]) -> EventView:
    """ "The visit", without a time of its own, is when the visit was that the report spoke of and dated before.

    Of a plan without a date it is what is open like the plan, though a noun by itself looks like what has been.
    """
    if view.dated or view.event.background or view.again:
        return view
    if view.event.antecedent is not None:
        before = [v for v in found if v.event.id == view.event.antecedent]
    elif view.definite:
        before = [v for v in found[: view.order] if v.dated and not v.family.isdisjoint(view.family)]
    else:
        return view
    windows = {v.window for v in before if not v.event.background}
    return replace(view, window=windows.pop()) if len(windows) == 1 else view


def _view(event: EventDigest, order: int, count: int, window: _Window, sentence: _Sentence) -> EventView:
    form = fold(event.anchor.text) if event.anchor else event.lemma
    at = sentence.folded.find(form)
    before = sentence.folded[max(0, at - 40) : at] if at >= 0 else sentence.folded
    after = sentence.folded[at : at + len(form) + 60] if at >= 0 else ""
    lemma = lemma_of(event.lemma)
    return EventView(
        event=event,
        window=window[0],
        dated=window[1],
        count=count,
        order=order,
        form=form,
        lemma=lemma,
        family=lemma.bases or frozenset((root_of(event.lemma),)),
        actors=name_words(event.actors),
        recipients=name_words(event.recipients),
        names=sentence.names,
        again=_AGAIN.search(before + after) is not None,
        definite=at >= 0 and _DEFINITE.search(before[-12:]) is not None,
        indefinite=at >= 0 and _INDEFINITE.search(before[-12:]) is not None,
        light=event.type is None and weight(event.lemma) < LIGHT,
    )


def _window(event: EventDigest, published: tuple[datetime | None, datetime | None]) -> _Window:
    if event.earliest is not None and event.latest is not None and event.time_mark != "published":
        return (event.earliest, event.latest), True
    earliest, latest = published
    if event.background:
        return (None, latest), False
    if event.status in AHEAD:
        return (earliest, latest + PLAN_SPAN if latest else None), False
    return (earliest - NEWS_SPAN if earliest else None, latest), False
