"""What two event mentions of different reports must have in common, beside a likely score, before they are one.

One story uses the same word of many things, and a wrong merge does more harm than a missed one: it makes two accounts
of two things corroborate or contradict each other. So the word alone is never enough; and where a report tells several
happenings of a kind, something must say which of them is meant. Nor does the word alone hold two accounts apart: what
the same parties did on one stated day is one deed, whatever it is called.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from onrecord.linking.event_views import AHEAD, LIGHT, NOT_HAPPENING, REALISED, EventView, name_words, of_a_place
from onrecord.linking.lemmas import Lemma
from onrecord.linking.surface import CALENDAR
from onrecord.linking.words import fold, weight, words_of
from onrecord.model import EventDigest, Quantity

ALIKE = 0.15  # share of both sentences' words, by weight, from which they speak of one thing
CLOSE = 0.3  # the same where several happenings of a kind are told
OPENING = 6  # events with which a report opens: its news
SPECIFIC = 3.0  # weight of a word that is not used of everything
RARE = 5.0
FEW = 8  # words that are sooner looked through than indexed
SHORT = timedelta(days=2)
WEEK = timedelta(days=8)
YEAR = timedelta(days=367)
RECURRING = frozenset(
    ("CONSULT", "AGREE", "REQUEST", "STATEMENT", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "COOPERATE", "AID")
)  # PLOVER's verbal kinds and those that standing partners repeat
_CASUALTIES = frozenset(("INJURY", "DEATH"))
_NO_ONE = frozenset(("no one", "nobody", "no-one", "none", "no people", "no person"))
_NOBODY = frozenset(("no ", "non"))  # "no staff was hurt" does not name the staff
VIOLENT = frozenset(("ASSAULT", "DISASTER", "ACCIDENT"))
VERBAL = RECURRING - {"CONSULT"}  # said several times a day; those who meet on one day meet once


def in_common(left: EventView, right: EventView) -> bool:
    """Whether something besides the word and the story speaks for one happening."""
    a, b = left.event, right.event
    if sentences_share(left, right) >= ALIKE or _one_date(left, right) or _one_figure(left, right):
        return True
    if (left.definite and right.definite and _not_others(left, right)) or spares_all(left, right):
        return True
    if a.type is None or a.type != b.type:
        return False
    rarity = min(weight(left.word), weight(right.word))
    shared = _named_alike(left, right) or (a.place is not None and a.place == b.place)
    return rarity >= (SPECIFIC if shared else RARE) or min(left.order, right.order) < OPENING


def spares_all(left: EventView, right: EventView) -> bool:
    """Whether one says that nobody at all was hurt or died, where the other has somebody who was."""
    a, b = left.event, right.event
    if a.type not in _CASUALTIES or a.type != b.type or a.background or b.background:
        return False
    return any(
        one.status in NOT_HAPPENING and people and _NO_ONE.issuperset(people)
        for one, people in ((e, (*e.actors, *e.recipients)) for e in (a, b))
    )


def of_others(left: EventView, right: EventView) -> str | None:
    """Why two alike words may tell of two things done by or to others; None if they may tell of one.

    A word of no kind, "fell" or "called", needs somebody in common wherever both say who; a kind, where both name them.
    """
    if sentences_share(left, right) >= CLOSE or on_one_day(left, right) or _one_figure(left, right):
        return None
    a, b = left.event, right.event
    if spares_all(left, right) or not (left.people and right.people) or not left.people.isdisjoint(right.people):
        return None
    if a.type is None or b.type is None:
        return "by or to others"
    named = (
        (_named(x, left), _named(y, right))
        for x, y in ((left.actors, right.actors), (left.recipients, right.recipients))
    )
    return "each names others" if any(x and y for x, y in named) else None


def tells_which(left: EventView, right: EventView) -> bool:
    """Whether something tells which of several happenings of a kind is meant: who, when, how many, the same words."""
    return (
        (bool(left.actors & right.actors) and _not_others(left, right))
        or bool(left.recipients & right.recipients)
        or _one_date(left, right)
        or _one_figure(left, right)
        or sentences_share(left, right) >= CLOSE
    )


def at_odds(left: EventView, right: EventView) -> str | None:
    """Why what two accounts say cannot both hold of one happening, with nothing that ties them; None if it can.

    Of two things in one story one took place and the other did not sooner than that one thing is told both ways.
    """
    a, b = left.event, right.event
    both = any(one.status in NOT_HAPPENING and other.status in REALISED for one, other in ((a, b), (b, a)))
    if not both or _tied(left, right):
        return None
    return "one took place and the other did not, and nothing tells that they are one"


def _tied(left: EventView, right: EventView) -> bool:
    """Whether somebody with a name has one role in both, or they have one day, one place, one figure or their words."""
    a, b, share = left.event, right.event, sentences_share(left, right)
    if VERBAL & {a.type, b.type} and share < ALIKE:
        return False  # who agreed on one thing did not agree on another
    known = left.known | right.known
    for mine, theirs in _by_role(a, b):
        if any(_one_name(x, y, known) for x in mine for y in theirs if not (_NOBODY & {x[:3], y[:3]})):
            return True
    if share >= CLOSE or spares_all(left, right):
        return True
    if a.type is None or b.type is None:  # a word used of many things in one place on one day
        return False
    return (a.place is not None and a.place == b.place) or on_one_day(left, right) or _one_figure(left, right)


@lru_cache(maxsize=1024)  # of a pair several grounds ask for it
def sentences_share(left: EventView, right: EventView) -> float:
    """Of the words of both sentences but the two themselves the share, by weight, that both have."""
    own = {left.event.lemma, right.event.lemma}
    a, b = set(left.event.terms) - own, set(right.event.terms) - own
    if a.isdisjoint(b):
        return 0.0
    total = sum(map(weight, a | b))
    return sum(map(weight, a & b)) / total if total else 0.0


def in_one_wording(left: EventView, right: EventView) -> bool:
    """Whether two accounts, one at least of no known day, are told in much the same words and name no two days."""
    if not any(None in view.window for view in (left, right)) or sentences_share(left, right) < CLOSE:
        return False
    days, others = (CALENDAR.intersection(words_of(view.event.sentence)) for view in (left, right))
    return not (days and others and days.isdisjoint(others))


def _not_others(left: EventView, right: EventView) -> bool:
    """Whether they do not name other participants, nor other places."""
    others = left.people and right.people and left.people.isdisjoint(right.people)
    return not others and not (left.event.place and right.event.place and left.event.place != right.event.place)


def _named_alike(left: EventView, right: EventView) -> bool:
    """Whether a participant has one name in both, in one role; a pronoun names nobody."""
    a, b = left.event, right.event
    shared = {*a.actors} & {*b.actors} | {*a.recipients} & {*b.recipients}
    return any(len(name) > 4 for name in shared)


def quantities(left: tuple[Quantity, ...], right: tuple[Quantity, ...]) -> tuple[int, int]:
    """How many quantities of the same kind agree, and how many do not."""
    if not (left and right):
        return 0, 0
    pairs = [(a, b) for a in left for b in right if a.kind == b.kind]
    agree = sum((a.low, a.high) == (b.low, b.high) for a, b in pairs)
    return agree, len(pairs) - agree


def _one_figure(left: EventView, right: EventView) -> bool:
    return quantities(left.event.quantities, right.event.quantities)[0] > 0


def on_one_day(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time, to a day or so, and overlap."""
    (a, b), (c, d) = left.window, right.window
    if not (left.dated and right.dated and a and b and c and d):
        return False
    return b - a <= SHORT and d - c <= SHORT and a <= d and c <= b


def in_one_week(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time to a week or less and overlap, the week being that of a plan.

    "Will meet next week" is of one day of it; of what happened last week there may be several.
    """
    (a, b), (c, d) = left.window, right.window
    if not (left.dated and right.dated and a and b and c and d and a <= d and c <= b):
        return False
    return all(e - s <= SHORT or (e - s <= WEEK and is_plan(v)) for s, e, v in ((a, b, left), (c, d, right)))


def is_plan(view: EventView) -> bool:
    """Whether it is told as still to come, or as what is not to come."""
    return view.event.status in AHEAD or view.event.status in NOT_HAPPENING


def _one_date(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time: to one year in so many words, or to a day with a participant shared."""
    a, b = left.window
    if left.dated and right.dated and a and b and left.window == right.window and SHORT < b - a <= YEAR:
        return left.event.background or right.event.background
    return on_one_day(left, right) and not left.people.isdisjoint(right.people)


def strangers(left: EventView, right: EventView) -> str | None:
    """Why two accounts are of different parties, though something is alike; None if they may be of the same.

    A general participant ("lawmakers", "the army") is the same only where it is of one place.
    """
    for a, b in _by_role(left.event, right.event):
        if _unknown(a, left, right) and _unknown(b, right, left):
            return "each has a party of whom the other's report knows nothing"
    if _measured_apart(left, right):
        return "each is a figure of something else"
    if _one_party(left, right):
        return None
    shared = left.people & right.people
    if (shared or (left.where and right.where)) and not _named(shared, left) and _elsewhere(left, right):
        return "in common only who is everywhere, and they are of different places"
    if _beyond(left, right) and _beyond(right, left):
        return "each is of what the other's report does not know"
    return None


def other_kinds(left: EventView, right: EventView) -> bool:
    """Whether an everyday word tells two kinds, by others: one "left the government", one "left rates alone"."""
    a, b = left.event, right.event
    if min(weight(left.word), weight(right.word)) >= LIGHT:
        return False
    if a.type is None or b.type is None or a.type == b.type or not (a.actors and b.actors):
        return False
    both = left.known | right.known
    return not {*a.actors} & {*b.actors} and not any(_one_name(x, y, both) for x in a.actors for y in b.actors)


def _one_party(left: EventView, right: EventView) -> bool:
    """Whether somebody with a name takes part in both; two firms of one trade are not one."""
    people = [(*v.event.actors, *v.event.recipients) for v in (left, right)]
    known = left.known & right.known
    return any(_one_name(a, b, known) for a in people[0] for b in people[1])


def _beyond(one: EventView, other: EventView) -> bool:
    """Whether something marks one as this happening, and the other's report knows nothing of it."""
    return bool(one.marks) and not _heard_of(one.marks, other.heard)


def _measured_apart(left: EventView, right: EventView) -> bool:
    """Whether both are measures, in the reports' own voice, of two things: trade of a land with one, with another."""
    a, b = left.event, right.event
    if a.attributed or b.attributed or any(q.kind == "dead" for q in (*a.quantities, *b.quantities)):
        return False
    agree, differ = quantities(a.quantities, b.quantities)
    return bool(differ and not agree and left.marks - right.marks and right.marks - left.marks)


def _by_role(a: EventDigest, b: EventDigest) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The participants of both, role by role; those who meet have one role."""
    if a.type == "CONSULT" and b.type == "CONSULT":
        yield (*a.actors, *a.recipients), (*b.actors, *b.recipients)
    else:
        yield a.actors, b.actors
        yield a.recipients, b.recipients


def _unknown(names: Iterable[str], one: EventView, other: EventView) -> bool:
    """Whether one of these has a name, and nothing of it, or what many are called alone, is in the other's report."""
    for name in names:
        named = _named(name_words((name,)), one)
        if named and (named.isdisjoint(other.known) or (" " in name and not _called(name, other))):
            return True
    return False


def _called(name: str, other: EventView) -> bool:
    """Whether a report knows a name, in short or at length; "Marden Shipping" is not known by "Pellow Shipping"."""
    words = frozenset(w for w in name.split() if len(w) > 2)
    return any(words & known and (words <= known or known <= words) for known in other.called)


def _named(words: frozenset[str], view: EventView) -> frozenset[str]:
    """Of these words of participants those that are of a name."""
    return words & view.known


def _elsewhere(left: EventView, right: EventView) -> bool:
    """Whether they are of places that have nothing to do with each other, by their sentences or all of the reports."""
    if left.where and right.where:
        return not (_heard_of(left.where, right.names) or _heard_of(right.where, left.names))
    a, b = _places(left), _places(right)
    return bool(a and b) and not (_heard_of(a, right.known) or _heard_of(a, b) or _heard_of(b, left.known))


def _places(view: EventView) -> frozenset[str]:
    return view.where | name_words((view.event.place,) if view.event.place else ())


@lru_cache(maxsize=4096)  # a report's mentions have the same marks, and each is held against many of another's
def _heard_of(places: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one of these is known, be it as the adjective: "Peru", "Peruvian"."""
    if len(known) <= FEW:
        return any(w.startswith(p) or p.startswith(w) for p in places for w in known if len(w) > 3)
    words = _long_words(known)
    return any(_begins_one(p, words) or any(p[:end] in known for end in range(4, len(p) + 1)) for p in places)


@lru_cache(maxsize=128)
def _long_words(known: frozenset[str]) -> list[str]:
    """A report's words of more than three letters, in order."""
    return sorted(w for w in known if len(w) > 3)


def _begins_one(beginning: str, words: list[str]) -> bool:
    """Whether one of these words, which are in order, begins so."""
    at = bisect_left(words, beginning)
    return at < len(words) and words[at].startswith(beginning)


def one_deed(left: EventView, right: EventView) -> bool:
    """Whether the same parties do what may be one thing, by its kind or its word, on one stated day.

    Two parties that both accounts name are enough; one, where both are in one place and their sentences alike; and
    none, where the words are akin too, as of two accounts of one explosion. A plan may be dated to a week.
    """
    a, b = left.event, right.event
    one_kind = a.type is not None and a.type == b.type
    if not in_one_week(left, right) or left.again != right.again or {a.type, b.type} & VERBAL:
        return False
    if _one_journey(left, right):
        return True
    if not (one_kind or akin(left.lemma, right.lemma)) or _other_parties(left, right):
        return False
    parties = max(_parties_told(left, right), _parties_told(right, left))
    if parties > 1 or a.type == "CONSULT":
        return parties > 1
    if parties == 1 and akin(left.lemma, right.lemma) and _one_doer(left, right):
        return True
    if not (one_kind and _in_one_place(left, right)):
        return False
    known_alike = akin(left.lemma, right.lemma) and a.mode is not None and a.mode == b.mode
    if known_alike and a.type in VIOLENT:
        return True
    return (parties == 1 or known_alike) and sentences_share(left, right) >= ALIKE


def _one_doer(left: EventView, right: EventView) -> bool:
    """Whether somebody with a name does both, and neither names anybody, or any place, unheard of in the other."""
    if not any(_one_name(a, b, left.known) for a in left.event.actors for b in right.event.actors):
        return False
    return all(
        _named(one.people, one) <= other.known | other.people
        and (not _places(one) or _heard_of(_places(one), other.known))
        for one, other in ((left, right), (right, left))
    )


def _one_journey(left: EventView, right: EventView) -> bool:
    """Whether one traveller visits: to see somebody whom both name, or on one day, of nobody and nowhere unheard of."""
    a, b = left.event, right.event
    known = left.known | right.known
    traveller = {y for x in a.actors for y in b.actors if _one_name(x, y, known)}
    if not (a.mode == b.mode == "visit" and traveller and akin(left.lemma, right.lemma)):
        return False
    seen = (left.names & right.names) - name_words((*traveller, *a.actors))
    if any(
        not (of_a_place(w, fold(a.sentence)) or of_a_place(w, fold(b.sentence))) for w in seen - _whereto(left, right)
    ):
        return True
    return on_one_day(left, right) and _heard_wholly(left, right) and _heard_wholly(right, left)


def _whereto(left: EventView, right: EventView) -> frozenset[str]:
    return _places(left) | _places(right) | left.where | right.where


def _heard_wholly(one: EventView, other: EventView) -> bool:
    """Whether the other report knows everybody who takes part in one, and where it is."""
    theirs = (*other.event.actors, *other.event.recipients)
    names = [n for n in (*one.event.actors, *one.event.recipients, *filter(None, (one.event.place,))) if len(n) > 2]
    return all(
        any(_one_name(name, t, one.known | other.known) for t in theirs) or _heard_of(name_words((name,)), other.known)
        for name in names
    )


def _one_name(one: str, two: str, known: frozenset[str]) -> bool:
    """Whether two names are one, be it in short: "Una Heltard" and "Heltard"."""
    a, b = name_words((one,)), name_words((two,))
    return bool(a & b & known) and (a <= b or b <= a)


def akin(left: Lemma, right: Lemma) -> bool:
    """Whether two words are forms of one, have a sense in common, be it a rare one, or one is a kind of the other."""
    return not (
        left.bases.isdisjoint(right.bases)
        and left.senses.isdisjoint(right.senses)
        and left.senses.isdisjoint(right.wider)
        and left.wider.isdisjoint(right.senses)
        and left.rarer.isdisjoint(right.senses | right.wider)
        and right.rarer.isdisjoint(left.senses | left.wider)
    )


def _parties_told(one: EventView, other: EventView) -> int:
    """How many of its participants the other's account names, at least one of them as a participant; else none."""
    theirs = {*other.event.actors, *other.event.recipients}
    names = [name for name in dict.fromkeys((*one.event.actors, *one.event.recipients)) if len(name) > 4]
    shared = [name for name in names if name in theirs or name_words((name,)) & other.people]
    return sum(name in shared or bool(name_words((name,)) & other.names) for name in names) if shared else 0


def _other_parties(left: EventView, right: EventView) -> bool:
    """Whether each names somebody in one role of whom the other's account knows nothing."""
    return any(
        _unheard(mine, theirs, right) and _unheard(theirs, mine, left)
        for mine, theirs in ((left.actors, right.actors), (left.recipients, right.recipients))
    )


def _unheard(names: Iterable[str], same_role: frozenset[str], other: EventView) -> bool:
    known = other.names | other.people
    return bool(names) and bool(same_role) and known.isdisjoint(names)


def _in_one_place(left: EventView, right: EventView) -> bool:
    """Whether both have one place, or one names the other's in its sentence; where no place is known, one rare name."""
    a, b = left.event.place, right.event.place
    if a is None and b is None:
        return any(weight(word) >= RARE for word in left.names & right.names)
    return (a is not None and a == b) or any(
        p is not None and set(words_of(p)) <= o.names for p, o in ((a, right), (b, left))
    )
