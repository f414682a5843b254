"""Which claims of one event can contradict each other: of one party, stated of the event itself, and not by one voice.

Two accounts that were taken for one event may still be of two things. Where what they say differs, that is the likelier
explanation, unless nothing else does: a register of contradictions is read only as long as most of it are some. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord.model import Participant, Quantity, SourceKind, Stance, Status, Testimony
from onrecord.record.moments import cancels, has_authority
from onrecord.record.titles import is_pronoun
from onrecord.record.words import ANYWHERE

_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de]\w")
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w’'-]{3,}")  # "The", "Two" and "He" open a sentence
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|on|off|outside|inside|around|across|over|within|throughout|north of|south of|east of|west of)"
    r"(?: (?:the|a|an|its|their|his|her|central|northern|southern|eastern|western|nearby|downtown|neighbouring"
    r"|neighboring|city of|town of|village of|port of|province of|state of|region of|district of|capital,?)){0,3} $",
    re.IGNORECASE,
)
_NEARLY = re.compile(r"\b(?:nearly|almost|narrowly|came close to|come close to|all but)\s+(?:\w+\s+)?$", re.IGNORECASE)
_REST_BEFORE = re.compile(r"\b(?:another|other|further|remaining|additional) $", re.IGNORECASE)
_REST_AFTER = re.compile(
    r"\s(?:others?|more|additional|further|remaining|of (?:the|them|those|these|its|their))\b", re.IGNORECASE
)
# Of two accounts of one thing so many of the words of both are the same; fewer where they are of a kind or of somebody.
_IN_COMMON, _OF_A_KIND, _MUCH_IN_COMMON = 0.15, 0.1, 0.33
_OF_ONE_PARTY, _OF_A_KIND_AND_PARTY = 0.08, 0.05
_DAY = timedelta(days=2)
# Kinds of which there are many between the same parties, or whose words are used of many things.
_OF_MANY_THINGS = frozenset(
    (
        *("ACCUSE", "AGREE", "AID", "CONSULT", "COOPERATE", "DEAL", "LAUNCH", "MOVE"),
        *("REJECT", "REQUEST", "STATEMENT", "SUPPORT", "THREATEN"),
    )
)
_LONG = re.compile(r"\w{4,}")
_HARM = frozenset({"DEATH", "INJURY", "ASSAULT"})
_NOBODY = frozenset({"no one", "no-one", "nobody", "none", "no people", "no person"})
_NEXT = 16  # characters between who acts and the verb
_VAGUE = frozenset({"one", "some", "many", "several", "few", "a few", "a", "an", "another", "most", "more", "all"})
_SPANS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "season", "time", "lap", "mile", "km"}
)


def of_one_voice(one: Testimony, two: Testimony) -> bool:
    """Whether one holder says both in one report: of two things, then; what is taken back is told in another."""
    return one.report.id == two.report.id and one.origin.key == two.origin.key


def can_deny(denial: Testimony, held: Testimony) -> bool:
    """Whether one can be the denial of what the other holds: not what nearly happened, which denies nobody else."""
    return not of_one_voice(denial, held) and not of_other_parties(denial, held) and not _only_nearly(denial)


def stands_against(denial: Testimony, held: Testimony) -> bool:
    """Whether one stands against the other: what was only possible and did not come is no contradiction.

    A denial answers what others say, as does an authority; that something did not happen may else be told of another
    thing by the same word.
    """
    if not can_deny(denial, held):
        return False
    if denial.claim.stance is Stance.DENIES or cancels(denial):
        return True
    return held.claim.status is not Status.POSSIBLE and (has_authority(denial) or of_one_thing(denial, held))


def in_one_sentence(one: Testimony, two: Testimony) -> bool:
    """Whether two claims stand in the same words: "released the pictures and did not release the name"."""
    return one.report.id == two.report.id and one.claim.words == two.claim.words


def _only_nearly(testimony: Testimony) -> bool:
    """ "nearly crashed": who tells it says nothing of those who did."""
    words, anchor = testimony.claim.words, testimony.mention.anchor
    return _NEARLY.search(words.text[: max(0, anchor.start - words.start)]) is not None


def of_one_thing(one: Testimony, two: Testimony) -> bool:
    """Whether two accounts that say otherwise speak of one thing: they have as much in common as two that agree.

    A short one is of the other's thing by a third of its words; who says that nobody was hurt speaks of all.
    """
    a, b = _words_beside(one, two)
    if bears_out(one, two) or (a and b and 3 * len(a & b) >= min(len(a), len(b))):
        return True
    return one.mention.type in _HARM and any(_spares_all(t) for t in (one, two))


def _spares_all(testimony: Testimony) -> bool:
    mention = testimony.mention
    people = {p.text.casefold() for p in (*mention.actors, *mention.recipients)}
    return mention.status in (Status.DID_NOT_HAPPEN, Status.CANCELLED) and bool(people) and people <= _NOBODY


def bears_out(one: Testimony, two: Testimony) -> bool:
    """Whether two accounts have more in common than the word, so that one bears the other out.

    Words; fewer of them where somebody or something takes part in both. Of what recurs, or is of no kind ("called",
    "resolution", "plans" are said of anything), one must tell whose or of what it is and the other speak of that,
    or much be the same.
    """
    kind = one.mention.type is not None and one.mention.type == two.mention.type
    share = _words_shared(one, two)
    mine, theirs = _people(one), _people(two)
    many = not kind or one.mention.type in _OF_MANY_THINGS
    if many and (tells_several(one) or tells_several(two)):  # "the settlements", "its imports"
        return share >= _MUCH_IN_COMMON
    if mine & theirs and share >= (_OF_A_KIND_AND_PARTY if kind else _OF_ONE_PARTY):
        return True
    if many:
        told = bool(mine & _long_words(two.claim.words.text) or theirs & _long_words(one.claim.words.text))
        return share >= (_IN_COMMON if told else _MUCH_IN_COMMON)
    return share >= _OF_A_KIND or _on_one_day(one, two) or _in_one_place(one, two) or _of_one_figure(one, two)


def _words_shared(one: Testimony, two: Testimony) -> float:
    """Of the longer words of both sentences but the event's own the share that both have."""
    a, b = _words_beside(one, two)
    return len(a & b) / len(a | b) if a | b else 0.0


def _words_beside(one: Testimony, two: Testimony) -> tuple[frozenset[str], frozenset[str]]:
    own = {one.mention.lemma.casefold()[:4], two.mention.lemma.casefold()[:4]}
    a, b = (frozenset(w for w in _long_words(t.claim.words.text) if w[:4] not in own) for t in (one, two))
    return a, b


@lru_cache(maxsize=8192)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG.findall(text.casefold())) - ANYWHERE


def _people(testimony: Testimony) -> frozenset[str]:
    return _everybody(testimony) - ANYWHERE


def _on_one_day(one: Testimony, two: Testimony) -> bool:
    """Whether both give a time of their own, of a day or so, and these meet."""
    a, b = _day_of(one), _day_of(two)
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def _day_of(testimony: Testimony) -> tuple[datetime, datetime] | None:
    """From when to when it was, if its own time is of a day or so."""
    time = testimony.time
    if time is None or time.earliest is None or time.latest is None or time.latest - time.earliest > _DAY:
        return None
    return time.earliest, time.latest


def _in_one_place(one: Testimony, two: Testimony) -> bool:
    return one.place is not None and two.place is not None and one.place.name == two.place.name


def _of_one_figure(one: Testimony, two: Testimony) -> bool:
    a, b = ({(q.kind, q.low, q.high) for q in t.mention.quantities} for t in (one, two))
    return bool(a & b)


def tells_of_itself(testimony: Testimony) -> bool:
    """Whether a person says what he himself did or felt, by a word of no kind: "she saw", "he never hid".

    That is his account and no confirmation, but where he is made to confirm it, or where it is his plan.
    """
    claim, mention = testimony.claim, testimony.mention
    if mention.type is not None or claim.stance is Stance.CONFIRMS or claim.status is Status.PLANNED:
        return False
    own = claim.holder.entity
    return claim.holder.kind is SourceKind.NAMED and any(
        own is not None and p.entity == own for p in (*mention.actors, *mention.recipients)
    )


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
    "bears_out",
    "can_deny",
    "counts_something",
    "in_one_sentence",
    "names_somebody",
    "of_one_thing",
    "of_one_voice",
    "of_other_parties",
    "stands_against",
    "states_place",
    "tells_of_itself",
    "tells_several",
]
