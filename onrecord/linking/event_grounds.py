"""What two event mentions of different reports must have in common, beside a likely score, before they are one.

One story uses the same word of many things, and a wrong merge does more harm than a missed one: it makes two accounts
of two things corroborate or contradict each other. So the word alone is never enough; and where a report tells several
happenings of a kind, something must say which of them is meant.
"""

from __future__ import annotations

from datetime import timedelta

from onrecord.linking.event_views import EventView
from onrecord.linking.words import weight
from onrecord.model import Quantity

ALIKE = 0.15  # share of both sentences' words, by weight, from which they speak of one thing
CLOSE = 0.3  # the same where several happenings of a kind are told
OPENING = 6  # events with which a report opens: its news
SPECIFIC = 3.0  # weight of a word that is not used of everything
RARE = 5.0
SHORT = timedelta(days=2)
YEAR = timedelta(days=367)


def in_common(left: EventView, right: EventView) -> bool:
    """Whether something besides the word and the story speaks for one happening."""
    a, b = left.event, right.event
    if sentences_share(left, right) >= ALIKE or _one_date(left, right) or _one_figure(left, right):
        return True
    if left.definite and right.definite and _not_others(left, right):
        return True
    if a.type is None or a.type != b.type:
        return False
    rarity = min(weight(a.lemma), weight(b.lemma))
    shared = _named_alike(left, right) or (a.place is not None and a.place == b.place)
    return rarity >= (SPECIFIC if shared else RARE) or min(left.order, right.order) < OPENING


def tells_which(left: EventView, right: EventView) -> bool:
    """Whether something tells which of several happenings of a kind is meant: who, when, how many, the same words."""
    return (
        (bool(left.actors & right.actors) and _not_others(left, right))
        or bool(left.recipients & right.recipients)
        or _one_date(left, right)
        or _one_figure(left, right)
        or sentences_share(left, right) >= CLOSE
    )


def sentences_share(left: EventView, right: EventView) -> float:
    """Of the words of both sentences but the two themselves the share, by weight, that both have."""
    own = {left.event.lemma, right.event.lemma}
    a, b = set(left.event.terms) - own, set(right.event.terms) - own
    total = sum(map(weight, a | b))
    return sum(map(weight, a & b)) / total if total else 0.0


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


def _one_date(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time: to one year in so many words, or to a day with a participant shared."""
    a, b = left.window
    if left.dated and right.dated and a and b and left.window == right.window and SHORT < b - a <= YEAR:
        return left.event.background or right.event.background
    return on_one_day(left, right) and not left.people.isdisjoint(right.people)
