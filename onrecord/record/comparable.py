"""Which claims of one event can contradict each other: of one party, stated of the event itself, and not by one voice.

Two accounts that were taken for one event may still be of two things. Where what they say differs, that is the likelier
explanation, unless nothing else does: a register of contradictions is read only as long as most of it are some. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.model import Participant, Quantity, Testimony
from onrecord.record.titles import is_pronoun

_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de]\w")
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w’'-]{3,}")  # "The", "Two" and "He" open a sentence
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|on|off|outside|inside|around|across|over|within|throughout|north of|south of|east of|west of)"
    r"(?: (?:the|a|an|its|their|his|her|central|northern|southern|eastern|western|nearby|downtown|neighbouring"
    r"|neighboring|city of|town of|village of|port of|province of|state of|region of|district of|capital,?)){0,3} $",
    re.IGNORECASE,
)
_REST_BEFORE = re.compile(r"\b(?:another|other|further|remaining|additional) $", re.IGNORECASE)
_REST_AFTER = re.compile(
    r"\s(?:others?|more|additional|further|remaining|of (?:the|them|those|these|its|their))\b", re.IGNORECASE
)
_NEXT = 16  # characters between who acts and the verb
_VAGUE = frozenset({"one", "some", "many", "several", "few", "a few", "a", "an", "another", "most", "more", "all"})
_SPANS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "season", "time", "lap", "mile", "km"}
)


def of_one_voice(one: Testimony, two: Testimony) -> bool:
    """Whether one holder says both in one report: of two things, then; what is taken back is told in another."""
    return one.report.id == two.report.id and one.origin.key == two.origin.key


def can_deny(denial: Testimony, held: Testimony) -> bool:
    """Whether one can be the denial of what the other holds."""
    return not of_one_voice(denial, held) and not of_other_parties(denial, held)


def of_other_parties(one: Testimony, two: Testimony, *, roles: tuple[str, ...] = ("actors", "recipients")) -> bool:
    """Whether each names somebody in one role of whom the other's words know nothing."""
    for role in roles:
        mine, theirs = (_names(getattr(t.mention, role)) for t in (one, two))
        if mine and theirs and mine.isdisjoint(theirs | _told(two)) and theirs.isdisjoint(_told(one)):
            return True
    if one.mention.type is not None or two.mention.type is not None or len(roles) < 2:
        return False
    mine, theirs = _everybody(one), _everybody(two)  # of a word of no kind, such as "land", common nouns count too
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _everybody(testimony: Testimony) -> frozenset[str]:
    mention = testimony.mention
    people = (p.text for p in (*mention.actors, *mention.recipients) if not is_pronoun(p.text))
    return frozenset(w for text in people for w in re.findall(r"\w{4,}", text.casefold()))


def _names(people: Iterable[Participant]) -> frozenset[str]:
    """Words of names, folded; with the country of whoever has a name: "Peru", "Peruvian troops"."""
    named = [p for p in people if names_somebody(p)]
    return frozenset({w for p in named for w in _words(p.text)} | {p.country for p in named if p.country})


def _told(testimony: Testimony) -> frozenset[str]:
    """A claim's words, however written: "Police" of one sentence are "police" of another; with who takes part."""
    mention = testimony.mention
    words = re.findall(r"[\w’'-]{4,}", testimony.claim.words.text)
    return _names((*mention.actors, *mention.recipients)) | frozenset(map(_plain, words))


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _NAME.findall(text)]


def _plain(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def states_place(testimony: Testimony) -> bool:
    """Whether the words say *in*, *at* or *near* the place, so that it is where, not whose or of what kind."""
    place, words = testimony.place, testimony.claim.words
    if place is None or not words.start <= place.start < words.end:
        return False
    before = words.text[: place.start - words.start].replace("\n", " ")
    return _LOCATIVE.search(before[-60:]) is not None


def names_somebody(person: Participant) -> bool:
    return not is_pronoun(person.text) and _CAPITAL.search(person.text) is not None


def tells_several(testimony: Testimony) -> bool:
    """Whether the anchor is a plural, "the attacks": several have several places, dates and figures."""
    mention = testimony.mention
    word, lemma = mention.anchor.text.casefold(), mention.lemma.casefold()
    if word == lemma or not word.endswith("s") or word in (lemma + "'s", lemma + "’s"):
        return False
    acting = any(0 < mention.anchor.start - p.end < _NEXT for p in mention.actors)  # "the army attacks": a verb
    return not acting


def counts_something(testimony: Testimony, quantity: Quantity) -> bool:
    """Whether a figure is a count that another can contradict: "one victim said" and "six seasons" are none.

    What is counted beside a word of which no kind is known may be anything that was found, taken or held.
    """
    unit = (quantity.unit or "").casefold()
    text = " ".join(quantity.text.split()).casefold()
    if quantity.kind == "count" and testimony.mention.type is None:
        return False
    if text in _VAGUE or unit in _SPANS or unit.removesuffix("s") in _SPANS:
        return False
    return unit.removesuffix("s") != testimony.mention.lemma.casefold() and not _of_the_rest(testimony, quantity)


def _of_the_rest(testimony: Testimony, quantity: Quantity) -> bool:
    """Whether a figure leaves some out: "three others", "six more victims", "two of the nine"."""
    words, start = testimony.claim.words.text, testimony.claim.words.start
    if not start <= quantity.start < quantity.end <= testimony.claim.words.end:
        return False
    before, after = words[: quantity.start - start], words[quantity.end - start :]
    return _REST_BEFORE.search(before[-24:]) is not None or _REST_AFTER.match(after) is not None


__all__ = [
    "can_deny",
    "counts_something",
    "names_somebody",
    "of_one_voice",
    "of_other_parties",
    "states_place",
    "tells_several",
]
