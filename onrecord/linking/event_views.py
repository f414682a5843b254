"""Event mentions of one report in the shapes that comparing needs: who, when, which words, how it is introduced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord.linking.lemmas import Lemma, lemma_of, with_particle
from onrecord.linking.words import fold, weight, words_of
from onrecord.model import Digest, EventDigest

NOT_HAPPENING = frozenset({"did_not_happen", "cancelled"})
AHEAD = frozenset({"planned", "expected", "possible"})
REALISED = frozenset({"happened", "ongoing"})
NEWS_SPAN = timedelta(days=10)  # how far back an undated event that is a report's news may lie
PLAN_SPAN = timedelta(days=150)  # how far ahead an undated plan may lie
LIGHT = 2.6  # weight below which an untyped anchor is an everyday verb
_Window = tuple[tuple[datetime | None, datetime | None], bool]
_AGAIN = re.compile(
    r"\b(?:renewed|second|third|fourth|fifth|another|again|anew|latest|fresh|repeat|repeated|re-|previous|earlier|prior|"
    r"last (?:year|month|week)'s|(?:a|one) (?:year|month|week) (?:ago|earlier|before)|"
    r"former|once more)\b"
)
_DEFINITE = re.compile(r"(?:\b(?:the|this|that|these|those|his|her|its|their|our)|'s|s') $")
_INDEFINITE = re.compile(r"\b(?:an?|another|any|no|some|each|every|several|many|few|more|two|three|four|five|\d+) $")
_NO_ADJECTIVES = (
    "of|in|on|at|to|and|or|for|by|with|from|who|that|which|is|was|were|are|be|been|has|have|had|do|does|did|not"
    "|will|would|can|could|may|might|must|should|shall"
)
_BETWEEN = rf"(?: (?!(?:{_NO_ADJECTIVES}) )[a-z][a-z’'-]*){{0,3}} $"
_DEFINITE_NOUN = re.compile(r"(?:\b(?:the|this|that|these|those|his|her|its|their|our)|['’]s|s['’])" + _BETWEEN)
_INDEFINITE_NOUN = re.compile(r"\b(?:an?|another|any|no|each|every)" + _BETWEEN)
_HABIT = re.compile(r"\b(?:many|several|other|few) such $")
_FROM = re.compile(
    r"(?:(?: of| in| from)(?: the)?(?: [\w'-]+){1,2})?"
)  # what may follow a participant: where it is from
_BEFORE = re.compile(r"(?:[\w'-]+ ){0,2}$")
_AT = re.compile(r"\b(?:of|in|at|near|from)(?: the)? $")
_JAILING = frozenset({"jail", "imprison", "gaol"})
_TERM = re.compile(r"\bfor (?:life\b|(?:[\w-]+ ){1,4}(?:years?|months?|weeks?|days?)\b)")  # that a court sets
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
    count: int  # mentions with this word in the report
    order: int  # among the events of the report
    form: str  # the anchor, folded
    word: str  # the lemma, of a verb with its particle
    lemma: Lemma
    family: frozenset[str]  # the verbs it is a form of; of a word no table knows, what is left without its ending
    actors: frozenset[str]  # words of names
    recipients: frozenset[str]
    names: frozenset[str]  # words of the report's names that are capitalised in the sentence
    known: frozenset[str]  # words of all the report's names
    heard: frozenset[str]  # all of those, and the words of the sentences that tell its events
    called: frozenset[frozenset[str]]  # the words of each of the report's names
    where: frozenset[str]  # words of the places by which general participants are known: "lawmakers in X"
    marks: frozenset[str]  # of each name that tells which it is, the rarest word; who tells of it is left out
    again: bool  # told as one of several occasions
    habit: bool  # told as what there are many of: "many such gatherings"
    definite: bool  # introduced by *the*, *this*, *his* …
    indefinite: bool  # by *a*, *another*, *two* …
    light: bool  # the anchor says next to nothing by itself: an untyped everyday verb

    @property
    def people(self) -> frozenset[str]:
        return self.actors | self.recipients


@dataclass(frozen=True, slots=True)
class _Report:
    """What the views of one report have in common: the words of its names, in several shapes."""

    digest: Digest
    published: tuple[datetime | None, datetime | None]
    named: frozenset[str]
    heard: frozenset[str]
    called: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that tells events, folded, and the names in it; those that say where or of what somebody is."""

    folded: str
    names: frozenset[str]  # words of the report's names that are capitalised in it
    told: tuple[str, ...]  # the report's names of which it has all words
    placed: frozenset[str]  # of both, those that say where or of what somebody is


def _sentence(text: str, report: _Report) -> _Sentence:
    capitalised = (fold(w).removesuffix("'s").removesuffix("'") for w in _CAPITALISED.findall(text))
    folded, names = fold(text), report.named.intersection(capitalised)
    told = tuple(n for n in report.digest.names if (words := _long_words(n)) and words <= names)
    placed = frozenset(name for name in names.union(told) if of_a_place(name, folded))
    return _Sentence(folded, names, told, placed)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """How an event's word stands in its sentence: ``before`` and ``after`` are what is around it, folded."""

    at: int  # -1: it is not found there
    form: str
    before: str
    after: str
    definite: bool
    indefinite: bool
    word: str


def _anchored(event: EventDigest, sentence: _Sentence) -> _Anchor:
    form = fold(event.anchor.text) if event.anchor else event.lemma
    at = sentence.folded.find(form)
    before = sentence.folded[max(0, at - 40) : at] if at >= 0 else sentence.folded
    after = sentence.folded[at : at + len(form) + 60] if at >= 0 else ""
    definite = at >= 0 and _DEFINITE.search(before[-12:]) is not None
    indefinite = at >= 0 and _INDEFINITE.search(before[-12:]) is not None
    noun = definite or indefinite
    if at >= 0 and not noun and form in (event.lemma, event.lemma + "s"):  # no verb stands so behind an article
        definite = _DEFINITE_NOUN.search(before) is not None  # "the inaugural flight"
        indefinite = not definite and _INDEFINITE_NOUN.search(before) is not None
    word = event.lemma if noun else with_particle(event.lemma, after[len(form) :])
    return _Anchor(at, form, before, after, definite, indefinite, word)


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
    """When a report was published, if that is known: what it tells as past and as to come is too weak a guess.

    Of pairs of ECB+ train that such a guess held apart though they looked much alike, nineteen in twenty were one.
    """
    return digest.earliest, digest.latest or digest.earliest


def views(digest: Digest) -> list[EventView]:
    """The events of a digest, with their windows."""
    named = frozenset(w for name in digest.names for w in name.split() if len(w) > 2)
    heard = named.union(*(event.terms for event in digest.events))
    called = frozenset(filter(None, map(_long_words, digest.names)))
    report = _Report(digest, report_window(digest), named, heard, called)
    sentences = {text: _sentence(text, report) for text in {event.sentence for event in digest.events}}
    anchors = [_anchored(event, sentences[event.sentence]) for event in digest.events]
    counts = Counter(anchor.word for anchor in anchors)
    found = [
        _view(event, (order, counts[anchor.word]), anchor, sentences[event.sentence], report)
        for order, (event, anchor) in enumerate(zip(digest.events, anchors, strict=True))
    ]
    return [_marked(_taking_up(view, found), found) for view in found]


def _marked(view: EventView, found: Sequence[EventView]) -> EventView:
    """ "The walkout", beside which nothing says which it is, is marked as what the report tells of its kind."""
    if view.marks or view.people or not view.definite or view.event.type is None:
        return view
    alike = (v.marks for v in found if v.event.type == view.event.type and not v.event.background)
    return replace(view, marks=frozenset().union(*alike))


def _taking_up(view: EventView, found: Sequence[EventView]) -> EventView:
    """ "The visit", without a time of its own, is when the visit was that the report spoke of and dated before.

    Of a plan without a date it is what is open like the plan, though a noun by itself looks like what has been. And
    where it names nobody itself, it is who and where that visit was.
    """
    if view.event.background or view.again:
        return view
    if view.event.antecedent is not None:
        before = [v for v in found if v.event.id == view.event.antecedent]
    elif view.definite and not view.dated:
        before = [v for v in found[: view.order] if v.dated and not v.family.isdisjoint(view.family)]
    else:
        return view
    news = [v for v in before if not v.event.background]
    windows = {v.window for v in news}
    if not view.dated and len(windows) == 1:
        view = replace(view, window=windows.pop())
    return _named_as(view, news[0]) if len(news) == 1 and view.event.antecedent and not view.people else view


def _named_as(view: EventView, earlier: EventView) -> EventView:
    """The mention with the participants and the place of the one it takes up."""
    a, b = view.event, earlier.event
    if a.actors or a.recipients or (a.place and b.place and a.place != b.place):
        return view
    event = replace(a, actors=b.actors, recipients=b.recipients, place=a.place or b.place)
    return replace(
        view,
        event=event,
        actors=earlier.actors,
        recipients=earlier.recipients,
        names=view.names | earlier.names,
        where=view.where | earlier.where | name_words((b.place,) if b.place else ()),
        marks=view.marks or earlier.marks,
    )


def _view(
    event: EventDigest, place: tuple[int, int], anchor: _Anchor, sentence: _Sentence, report: _Report
) -> EventView:
    """``place``: its number among the events of the report, and how many of them have its word."""
    order, count = place
    window, dated = _window(event, report.published)
    lemma = lemma_of(anchor.word)
    if anchor.word in _JAILING and anchor.at >= 0 and _TERM.search(sentence.folded, anchor.at) is not None:
        lemma = _both(lemma, lemma_of("sentence"))
    where = _whereabouts(event, sentence, report.named)
    return EventView(
        event=event,
        window=window,
        dated=dated,
        count=count,
        order=order,
        form=anchor.form,
        word=anchor.word,
        lemma=lemma,
        family=(lemma.bases | lemma_of(event.lemma).bases) or frozenset((root_of(event.lemma),)),
        actors=name_words(event.actors),
        recipients=name_words(event.recipients),
        names=sentence.names,
        known=report.named,
        heard=report.heard,
        called=report.called,
        where=where,
        marks=_marks(event, sentence, where, report.digest),
        again=_AGAIN.search(anchor.before + anchor.after) is not None,
        habit=anchor.at >= 0 and _HABIT.search(anchor.before[-20:]) is not None,
        definite=anchor.definite,
        indefinite=anchor.indefinite,
        light=event.type is None and weight(anchor.word) < LIGHT,
    )


def _both(one: Lemma, other: Lemma) -> Lemma:
    """A word that stands for either of two: "jailed for four years" tells the sentence and the prison."""
    return Lemma(one.bases, one.senses | other.senses, one.wider | other.wider, one.rarer | other.rarer, one.row)


def _marks(event: EventDigest, sentence: _Sentence, where: frozenset[str], digest: Digest) -> frozenset[str]:
    """The rarest words of the names beside it; of what somebody says, of those who take part and of places alone."""
    told = sentence.told
    if event.attributed and told:
        own = {*event.actors, *event.recipients, *digest.places, event.place}
        told = tuple(n for n in told if n in own or not where.isdisjoint(_long_words(n)) or n in sentence.placed)
    return frozenset(w for name in told for w in _rarest(name))


def of_a_place(name: str, sentence: str) -> bool:
    """Whether it says where or of what somebody is: "police in X", "X's parliament"."""
    return any(
        (sentence.startswith("'s", end) and not sentence[end + 2 : end + 3].isalnum())
        or (not sentence[end : end + 1].isalnum() and _AT.search(sentence, max(0, start - 12), start) is not None)
        for start, end in _occurrences(name, sentence)
    )


def _occurrences(words: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Where words begin in a sentence, no word before them being cut, and where they end."""
    start = sentence.find(words)
    while start >= 0:
        if not sentence[start - 1 : start].isalnum() or start == 0:
            yield start, start + len(words)
        start = sentence.find(words, start + 1)


@lru_cache(maxsize=8192)
def _long_words(name: str) -> frozenset[str]:
    return frozenset(w for w in name.split() if len(w) > 2)


@lru_cache(maxsize=8192)
def _rarest(name: str) -> frozenset[str]:
    words = _long_words(name)
    most = max(map(weight, words), default=0.0)
    return frozenset(w for w in words if weight(w) == most)


def _whereabouts(event: EventDigest, sentence: _Sentence, known: frozenset[str]) -> frozenset[str]:
    """Names beside a participant who has none: "the parliament of X", "X's police", "lawmakers in X", "X farmers".

    Where nobody is told to take part, that of who speaks of it or calls it off.
    """
    found: set[str] = set()
    if not (event.actors or event.recipients):
        found.update(sentence.names & sentence.placed)
    for person in dict.fromkeys((*event.actors, *event.recipients)):
        if person not in sentence.folded or not name_words((person,)).isdisjoint(known):
            continue
        for start, end in _occurrences(person, sentence.folded):
            if sentence.folded[end : end + 1].isalnum():
                continue
            before, after = (
                _BEFORE.search(sentence.folded, max(0, start - 60), start),
                _FROM.match(sentence.folded, end),
            )
            told = (before[0] if before else "") + person + (after[0] if after else "")
            found.update(w.removesuffix("'s").removesuffix("'") for w in told.split())
    return sentence.names.intersection(found)


def _window(event: EventDigest, published: tuple[datetime | None, datetime | None]) -> _Window:
    if event.earliest is not None and event.latest is not None and event.time_mark != "published":
        return (event.earliest, event.latest), True
    earliest, latest = published
    if event.background:
        return (None, latest), False
    if event.status in AHEAD or event.status == "cancelled":  # what is called off lay ahead
        return (earliest, latest + PLAN_SPAN if latest else None), False
    return (earliest - NEWS_SPAN if earliest else None, latest), False
