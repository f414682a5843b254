"""Features of a pair of event mentions: do they speak of the same happening? Named, bounded, symmetric."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from onrecord.linking.lemmas import Lemma, Vector, kinship, lemma_of, mean_vector
from onrecord.linking.surface import names as surface_names
from onrecord.linking.words import fold, weight, words_of
from onrecord.model import Digest, EventDigest, Quantity

FEATURES = (
    "same_lemma",
    "related_lemma",  # forms of one word: invite, invitation
    "synonyms",  # a sense in common
    "wider_lemma",  # one is a kind of the other
    "lemma_cosine",  # of the words' vectors
    "lemma_in_sentence",  # either anchor's word is among the other sentence's words
    "least_lemma",  # weight of the commoner of both words
    "rare_lemma",  # weight of the shared lemma
    "same_type",
    "types_differ",
    "same_mode",
    "actors",
    "recipients",
    "participants",
    "participants_differ",
    "roles_swapped",
    "sentence_names",
    "sentence_names_differ",
    "sentence",  # weighted overlap of the sentences' words
    "sentence_least",
    "sentence_meaning",  # cosine of the sentences' mean vectors
    "same_place",
    "places_differ",
    "times_meet",
    "times_apart",
    "quantities_agree",
    "quantities_differ",
    "status_differs",
    "headlines",
    "background_differs",
    "repeated_in_one",
    "same_report",
    "same_sentence",
    "story",  # score of the reports as one story; 1 within a report
    "lemma_count",  # how often the lemmas occur in their reports
    "later",  # how far down the events of its report the later of both comes
    "earlier",
    "rivals",  # likelier pairs with either, of the same two reports
    "rivals_least",
)
NOT_HAPPENING = frozenset({"did_not_happen", "cancelled"})
AHEAD = frozenset({"planned", "expected", "possible"})
_AGAIN = re.compile(
    r"\b(?:renewed|second|third|fourth|fifth|another|again|anew|latest|fresh|repeat|repeated|re-|previous|earlier|prior|"
    r"last (?:year|month|week)'s|(?:a|one) (?:year|month|week) (?:ago|earlier|before)|former|once more)\b"
)
_ENDINGS = (
    "ations",
    "ation",
    "ition",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ance",
    "ence",
    "ers",
    "er",
    "or",
    "al",
    "ed",
    "e",
)
NEWS_SPAN = timedelta(days=10)  # how far back an undated event that is a report's news may lie
PLAN_SPAN = timedelta(days=150)  # how far ahead an undated plan may lie
SLACK = timedelta(days=1)  # time zones and the habit of dating by the report's day


@dataclass(frozen=True)
class EventView:
    """An event digest in the shapes that comparing needs; ``window`` is when it can have happened."""

    event: EventDigest
    window: tuple[datetime | None, datetime | None]
    dated: bool  # the window comes from the event's own time, not from publication
    count: int  # mentions with this lemma in the report
    order: int = 0  # among the events of the report

    @cached_property
    def lemma(self) -> Lemma:
        return lemma_of(self.event.lemma)

    @cached_property
    def meaning(self) -> Vector:
        return mean_vector(self.event.terms)

    @cached_property
    def told(self) -> frozenset[str]:
        return frozenset(self.event.terms)

    @cached_property
    def total(self) -> float:
        return sum(self.terms.values())

    @cached_property
    def lemma_words(self) -> frozenset[str]:
        return frozenset(self.event.lemma.split())

    @cached_property
    def root(self) -> str:
        return root_of(self.event.lemma)

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
    def names(self) -> frozenset[str]:
        return _names_in(self.event.sentence)

    @cached_property
    def terms(self) -> dict[str, float]:
        return {term: weight(term) for term in self.event.terms}

    @cached_property
    def again(self) -> bool:
        return _again(self.event.anchor.text if self.event.anchor else "", self.event.sentence)


@lru_cache(maxsize=8192)
def _names_in(sentence: str) -> frozenset[str]:
    return frozenset(w for name in surface_names(sentence) for w in name.split() if len(w) > 2)


@lru_cache(maxsize=8192)
def _again(anchor: str, sentence: str) -> bool:
    folded = fold(sentence)
    at = folded.find(fold(anchor)) if anchor else -1
    near = folded[max(0, at - 40) : at + 60] if at >= 0 else folded
    return _AGAIN.search(near) is not None


@lru_cache(maxsize=8192)
def root_of(lemma: str) -> str:
    """What the forms of a word have in common: ``invit`` of ``invite`` and ``invitation``, ``meet`` of ``meeting``."""
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
    return [
        EventView(e, *_window(e, published), counts[e.lemma], order) for order, e in enumerate(digest.events)
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


def apart(left: EventView, right: EventView) -> bool:
    """Whether no moment can belong to both, allowing a day for time zones."""
    (a, b), (c, d) = left.window, right.window
    return bool((b and c and b + SLACK < c) or (d and a and d + SLACK < a))


def meet(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time, to within a month, and overlap."""
    if not (left.dated and right.dated) or apart(left, right):
        return False
    (a, b), (c, d) = left.window, right.window
    return bool(a and b and c and d and b - a < timedelta(days=32) and d - c < timedelta(days=32))


def related(left: EventView, right: EventView) -> bool:
    """Whether two lemmas are forms of one word: ``invite`` and ``invitation``."""
    return left.root == right.root or not left.lemma.bases.isdisjoint(right.lemma.bases)


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def quantities(left: tuple[Quantity, ...], right: tuple[Quantity, ...]) -> tuple[int, int]:
    """How many quantities of the same kind agree, and how many do not."""
    agree = differ = 0
    for a in left:
        for b in right:
            if a.kind == b.kind:
                if (a.low, a.high) == (b.low, b.high):
                    agree += 1
                else:
                    differ += 1
    return agree, differ


def _sentences(left: EventView, right: EventView) -> tuple[float, float]:
    shared = sum(left.terms[t] for t in left.told & right.told)
    a, b = left.total, right.total
    if not a or not b:
        return 0.0, 0.0
    return shared / (a + b - shared), shared / min(a, b)


def features(
    left: EventView, right: EventView, story: float, same_report: bool, rivals: tuple[int, int] = (0, 0)
) -> list[float]:
    """Values of ``FEATURES`` for a pair, in order; ``story`` is the score of the two reports as one story."""
    a, b = left.event, right.event
    same_lemma = a.lemma == b.lemma
    kin = kinship(a.lemma, b.lemma)
    people_left, people_right = left.people, right.people
    agree, differ = quantities(a.quantities, b.quantities)
    sentence, least = _sentences(left, right)
    crossed = overlap(left.actors, right.recipients) + overlap(left.recipients, right.actors)
    straight = overlap(left.actors, right.actors) + overlap(left.recipients, right.recipients)
    return [
        float(same_lemma),
        float(kin.family or left.root == right.root),
        float(kin.synonyms),
        float(kin.wider),
        kin.cosine,
        float(not (left.lemma_words.isdisjoint(right.told) and right.lemma_words.isdisjoint(left.told))),
        min(weight(a.lemma), weight(b.lemma)),
        weight(a.lemma) if same_lemma else 0.0,
        float(a.type is not None and a.type == b.type),
        float(a.type is not None and b.type is not None and a.type != b.type),
        float(a.mode is not None and a.mode == b.mode),
        overlap(left.actors, right.actors),
        overlap(left.recipients, right.recipients),
        _jaccard(people_left, people_right),
        float(bool(people_left and people_right and not people_left & people_right)),
        float(crossed > straight),
        _jaccard(left.names, right.names),
        float(bool(left.names and right.names and not left.names & right.names)),
        sentence,
        least,
        float(left.meaning @ right.meaning),
        float(a.place is not None and a.place == b.place),
        float(a.place is not None and b.place is not None and a.place != b.place),
        float(meet(left, right)),
        float(apart(left, right)),
        float(min(agree, 3)),
        float(min(differ, 3)),
        float((a.status in NOT_HAPPENING) != (b.status in NOT_HAPPENING)),
        float(a.headline) + float(b.headline),
        float(a.background != b.background),
        float(left.again != right.again),
        float(same_report),
        float(same_report and a.sentence == b.sentence),
        1.0 if same_report else story,
        float(min(4, max(left.count, right.count))),
        float(min(30, max(left.order, right.order))),
        float(min(30, min(left.order, right.order))),
        float(min(4, max(rivals))),
        float(min(4, min(rivals))),
    ]
