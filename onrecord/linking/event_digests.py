"""Event mentions of a reading as linking compares them, and the keys that find them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from onrecord.linking.words import fold, stem, stop_words, words_of
from onrecord.model import (
    EventDigest,
    EventMention,
    Participant,
    PlaceMention,
    Reading,
    TimeMention,
    global_id,
)

MOST_EVENTS = 160
MOST_TERMS = 40
MOST_KEYS = 24


def event_digests(reading: Reading) -> tuple[EventDigest, ...]:
    """One digest for each event mention, in the order of the text."""
    names = {entity.id: fold(entity.name) for entity in reading.entities}
    times = {time.id: time for time in reading.times}
    places = {place.id: place for place in reading.places}
    words = lru_cache(maxsize=None)(_words)  # a sentence tells several events
    return tuple(_one(reading, event, names, times, places, words) for event in reading.events[:MOST_EVENTS])


def _one(
    reading: Reading,
    event: EventMention,
    names: dict[str, str],
    times: dict[str, TimeMention],
    places: dict[str, PlaceMention],
    words: Callable[[str], tuple[str, ...]],
) -> EventDigest:
    time = times.get(event.time or "")
    place = places.get(event.place or "")
    sentence = _sentence(reading, event)
    people = (*event.actors, *event.recipients)
    anchor = set(words_of(event.anchor.text))
    terms = (w for w in words(sentence) if w not in anchor)
    return EventDigest(
        id=global_id(reading.report.id, event.id),
        type=event.type,
        lemma=stem(fold(event.lemma)),
        actors=_folded(event.actors, names),
        recipients=_folded(event.recipients, names),
        countries=tuple(dict.fromkeys(p.country for p in people if p.country)),
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        time_mark=str(event.time_mark) if event.time_mark else None,
        place=fold(place.name) if place else None,
        status=str(event.status),
        quantities=event.quantities,
        mode=event.mode,
        background=event.background,
        headline=event.headline,
        sentence=sentence,
        terms=tuple(islice(terms, MOST_TERMS)),
        anchor=event.anchor,
        attributed=event.attribution is not None,
        sense=event.sense,
        antecedent=_antecedent(reading, event),
    )


def _words(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that tell something, each once."""
    common = stop_words()
    return tuple(dict.fromkeys(w for w in words_of(sentence) if len(w) > 1 and w not in common))


def _antecedent(reading: Reading, event: EventMention) -> str | None:
    earlier: str | None = getattr(event, "antecedent", None)
    return global_id(reading.report.id, earlier) if earlier else None


def _sentence(reading: Reading, event: EventMention) -> str:
    if 0 <= event.sentence < len(reading.sentences):
        return reading.sentences[event.sentence].of(reading.report.text)[:600].strip()
    start = max(0, event.anchor.start - 150)
    return reading.report.text[start : event.anchor.end + 150]


def _folded(people: Sequence[Participant], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get(p.entity or "", fold(p.text)) for p in people))


def event_keys(events: Sequence[EventDigest]) -> Iterator[str]:
    """``e:`` kind and participant, of events that are the report's news."""
    keys: dict[str, None] = {}
    for event in sorted(events, key=lambda e: (e.background, not e.headline)):
        kind = event.type or event.lemma
        for name in (*event.actors, *event.recipients):
            keys[f"e:{kind}:{name}"] = None
    yield from list(keys)[:MOST_KEYS]
