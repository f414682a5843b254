"""The standing of an event: a pure function of the claims known at the asked moment. See ``docs/standing.md``.

The claims are taken in the order they became known. What each origin holds, denies or calls off is kept; after
every moment the whole is weighed by the order of precedence. A change is laid to the claim that brought it about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from onrecord.model import SourceKind, Stance, Standing, StandingChange, Status, Testimony
from onrecord.record.comparable import bears_out, in_one_sentence, stands_against, tells_of_itself
from onrecord.record.moments import (
    AHEAD,
    NEUTRAL,
    REALISED,
    Placed,
    cancels,
    denies,
    has_authority,
    hedged,
    holds,
    in_order,
    known_at,
    rank,
    same_side,
)
from onrecord.record.texts import Texts
from onrecord.record.titles import is_anaphor, is_pronoun
from onrecord.record.words import because, plain_key

_MOST_WORDS = 8  # of an origin's claims, compared with those of another
# To deny that it did not happen is to say that it did.
_FIRM = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.PROMISES, Stance.DENIES})


@dataclass(slots=True)
class Held:
    """What one origin holds: its first and best words, and when it last said so."""

    best: Testimony
    first: int
    last: int
    told: Testimony  # its latest words
    words: list[Testimony] = field(default_factory=list)  # the first of its words, not all of an origin's hundreds


@dataclass(slots=True)
class State:
    """What each origin holds, denies or calls off, by origin key; the numbers are moments in order."""

    held: dict[str, Held] = field(default_factory=dict)
    denied: dict[str, Held] = field(default_factory=dict)
    cancelled: dict[str, Held] = field(default_factory=dict)
    withdrawn: dict[str, Testimony] = field(default_factory=dict)  # origins that took back what they held
    neutral: dict[str, Held] = field(default_factory=dict)
    reports: dict[str, set[str]] = field(default_factory=dict)  # report → origins it attributes the event to
    tellers: dict[str, set[str]] = field(default_factory=dict)  # the same by outlet
    of_one: bool = False  # the claims are known to tell of one thing: their words need not show it
    realised: int | None = None  # the moment from which it is told as having happened, after a plan

    @property
    def has_spoken(self) -> bool:
        """Whether anybody has held, denied or called it off."""
        return bool(self.held or self.denied or self.cancelled or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome of a weighing: the standing, the claim that speaks loudest for it, and the form of its reason."""

    standing: Standing
    cause: Testimony
    form: str
    other: Testimony | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """All that follows from an event's claims in order: the history, the status, and the claim it is taken from."""

    claims: tuple[Testimony, ...]
    history: tuple[StandingChange, ...]
    status: Status
    speaker: Testimony


def tell(testimonies: Iterable[Testimony], as_of: datetime | None = None) -> Told:
    """Standing and status from one pass over the claims known at a moment.

    Raises:
        ValueError: if no claim was known at that moment.
    """
    placed = in_order(known_at(testimonies, as_of))
    if not placed:
        raise ValueError("no claim was known at that moment")
    state = State()
    steps = tuple(_steps(state, placed))
    status, speaker = _status(state, placed)
    return Told(tuple(p.testimony for p in placed), steps, status, speaker)


def history(
    testimonies: Iterable[Testimony], as_of: datetime | None = None, *, of_one: bool = False
) -> tuple[StandingChange, ...]:
    """How the standing came to be, oldest change first; empty if no claim was known at the moment.

    ``as_of`` is a moment in UTC; ``of_one``: it is known, and not only judged, that all tell of one thing. The result
    does not depend on the order of ``testimonies``.
    """
    return tuple(_steps(State(of_one=of_one), in_order(known_at(testimonies, as_of))))


def standing(testimonies: Iterable[Testimony], as_of: datetime | None = None) -> Standing:
    """The standing at a moment.

    Raises:
        ValueError: if no claim was known at that moment.
    """
    steps = history(testimonies, as_of)
    if not steps:
        raise ValueError("no claim was known at that moment")
    return steps[-1].standing


def status_of(testimonies: Iterable[Testimony], as_of: datetime | None = None) -> Status:
    """The event's status as its best-placed holder has it; what is told later to have happened beats a plan.

    Raises:
        ValueError: if no claim was known at that moment.
    """
    return tell(testimonies, as_of).status


def _steps(state: State, placed: Sequence[Placed]) -> Iterator[StandingChange]:
    """Takes claims into the state, moment by moment, and gives each change of standing."""
    last: Standing | None = None
    for number, (_, group) in enumerate(groupby(placed, key=lambda p: p.moment.key())):
        members = list(group)
        repeated = last is not None and all(_repeats(state, p.testimony) for p in members)
        silent = state.has_spoken and all(_silent(p.testimony) for p in members)
        for item in _strongest_last(members):
            _take(state, item.testimony, number)
        moved_on = state.realised == number
        if last is not None and not moved_on and (repeated or silent or _adds_nothing(state, last, members)):
            continue
        weighed = weigh(state)
        if last is weighed.standing and not moved_on:
            continue
        cause = _cause(weighed, members)
        yield _step(weighed, cause, next((p for p in members if p.testimony.id == cause.id), members[0]))
        last = weighed.standing


def _status(state: State, placed: Sequence[Placed]) -> tuple[Status, Testimony]:
    weighed = weigh(state)
    if weighed.standing is Standing.SUPERSEDED or weighed.form == "called off":
        return Status.CANCELLED, weighed.cause
    if weighed.standing in (Standing.RETRACTED, Standing.DENIED) or weighed.form == "did not happen":
        return Status.DID_NOT_HAPPEN, weighed.cause
    candidates = [p for p in placed if holds(p.testimony) and p.testimony.origin.key in state.held]
    if not candidates:
        last = max(placed, key=lambda p: (rank(p.testimony), *p.key()))
        return last.testimony.claim.status, last.testimony
    best = max(candidates, key=lambda p: (rank(p.testimony), not hedged(p.testimony), *p.key()))
    if state.realised is not None:
        told = [p for p in candidates if p.testimony.claim.status in REALISED and not hedged(p.testimony)]
        best = max(told, key=lambda p: (rank(p.testimony), *p.key()), default=best)
    return best.testimony.claim.status, best.testimony


# --- taking in -------------------------------------------------------------------------------------------------


def _strongest_last(members: Sequence[Placed]) -> list[Placed]:
    return sorted(members, key=lambda p: (rank(p.testimony), p.testimony.id))


def _take(state: State, testimony: Testimony, number: int) -> None:
    key = testimony.origin.key
    if not testimony.claim.holder.own_voice and not _silent(testimony):
        state.reports.setdefault(testimony.report.id, set()).add(key)
        state.tellers.setdefault(teller(testimony), set()).add(key)
    if cancels(testimony):
        _note(state.cancelled, key, testimony, number)
    elif denies(testimony):
        mine = state.held.get(key)
        if mine is not None and mine.last < number and _takes_back(mine, testimony):
            if mine.told.claim.status is not Status.POSSIBLE:  # that it may be was not wrong
                state.withdrawn[key] = testimony
            del state.held[key]
        _note(state.denied, key, testimony, number)
    elif holds(testimony):
        _take_hold(state, testimony, number)
    else:
        _note(state.neutral, key, testimony, number)


def _take_hold(state: State, testimony: Testimony, number: int) -> None:
    key = testimony.origin.key
    claim = testimony.claim
    if state.realised is not None and claim.status in AHEAD:
        if state.held:
            return  # a plan repeated after it took place says nothing new
        state.realised = None
    mine = state.denied.get(key)
    if mine is not None and mine.last < number:
        del state.denied[key]
        state.withdrawn.pop(key, None)
    if claim.status in REALISED and not hedged(testimony) and _after_the_plan(state, testimony, number):
        state.realised = number
        # What was held and denied before was about the plan; the question is now whether it took place.
        state.held.clear()
        state.denied.clear()
        state.cancelled.clear()
    _note(state.held, key, testimony, number)


def _after_the_plan(state: State, testimony: Testimony, number: int) -> bool:
    """Whether it is now, for the first time, told as having happened: by another report than told the plan."""
    if state.realised is not None or not state.held:
        return False
    plans = [h for h in state.held.values() if h.told.claim.status in AHEAD]
    return (
        len(plans) == len(state.held)
        and all(h.last < number for h in plans)
        and all(h.told.report.id != testimony.report.id for h in plans)
    )


def _takes_back(mine: Held, testimony: Testimony) -> bool:
    """A plan that is later said not to have taken place was not thereby withdrawn as a plan."""
    return mine.told.report.id != testimony.report.id or mine.told.claim.sequence != testimony.claim.sequence


def _note(table: dict[str, Held], key: str, testimony: Testimony, number: int) -> None:
    mine = table.get(key)
    if mine is None:
        table[key] = Held(testimony, number, number, testimony, [testimony])
        return
    mine.last, mine.told = number, testimony
    if len(mine.words) < _MOST_WORDS:
        mine.words.append(testimony)
    if _force(testimony) >= _force(mine.best):
        mine.best = testimony


def _force(testimony: Testimony) -> tuple[int, bool, bool]:
    return (rank(testimony), not hedged(testimony), testimony.claim.stance is Stance.CONFIRMS)


# --- weighing --------------------------------------------------------------------------------------------------


def weigh(state: State) -> Weighed:
    """The standing of the state, by the order of precedence. The state knows at least one claim."""
    if not state.held:
        return _without_holder(state)
    off = _called_off(state)
    if off is not None:
        return Weighed(Standing.SUPERSEDED, off, "called off", _best(state.held.values()))
    denials = {k: d for k, d in _of_it(state).items() if not _answered(d, state.held.values())}
    held = {k: h for k, h in state.held.items() if not _answered(h, denials.values())}
    if denials and held:
        against = _best(denials.values())
        opposite = [h for k, h in held.items() if k not in denials] or list(held.values())
        return Weighed(Standing.DISPUTED, against, "disputed", _best(opposite))
    if denials:
        return Weighed(Standing.DENIED, _best(denials.values()), "denied", _best(state.held.values()))
    return _weigh_held(state, held or state.held, confirms_event)


def _of_it(state: State) -> dict[str, Held]:
    """Denials of what somebody holds: who says both in one breath speaks of two things, as do those of two parties."""
    held = list(state.held.values())
    against = {k: d for k, d in _against(state).items() if not _of_two_things(d, state.held.get(k))}
    return {k: d for k, d in against.items() if any(stands_against(d.best, h.best) for h in held)}


def _of_two_things(denied: Held, held: Held | None) -> bool:
    """Whether one sentence tells both, denying nobody's word: what did not happen is another thing than what did."""
    if held is None or denied.best.claim.stance is Stance.DENIES:
        return False
    return any(in_one_sentence(denied.best, told) for told in held.words)


def _against(state: State) -> dict[str, Held]:
    """Denials, and the word of the worse-placed that it is called off."""
    return {**state.cancelled, **state.denied}


def _without_holder(state: State) -> Weighed:
    """Nobody holds it: taken back, denied, called off, said not to have happened, or only wished for."""
    if state.withdrawn:
        last = max(state.withdrawn.values(), key=lambda t: t.id)
        return Weighed(Standing.RETRACTED, last, "retracted")
    refused = {k: d for k, d in state.denied.items() if d.best.claim.stance in (Stance.DENIES, Stance.QUESTIONS)}
    if refused:
        return Weighed(Standing.DENIED, _best(refused.values()), "denied")
    if state.denied:
        return replace(_weigh_held(state, state.denied, confirms_words), form="did not happen")
    if state.cancelled:
        return replace(_weigh_held(state, state.cancelled, confirms_words), form="called off")
    best = _best(state.neutral.values())
    named = best.origin.named and best.claim.holder.kind is not SourceKind.UNNAMED and not best.claim.hedged
    return Weighed(Standing.REPORTED if named else Standing.RUMOURED, best, "not held")


def _weigh_held(state: State, held: dict[str, Held], confirming: Callable[[Testimony], bool]) -> Weighed:
    confirmed = [h for h in held.values() if confirming(h.best)]
    if confirmed:
        return Weighed(Standing.CONFIRMED, _best(confirmed), "confirmed")
    firm = [h for h in held.values() if not hedged(h.best)]
    named = [h for h in firm if _is_named(h.best)]
    independent = _independent(state, named)
    texts = _texts_of(independent)
    apart = [h for h in firm if not _is_named(h.best) and not _is_nobody_new(h, named) and not texts.has(h.best)]
    words = _words_for(state, independent, firm)
    every = (*independent, *apart)
    if state.of_one:
        borne_out = independent if len(every) > 1 else []
    else:
        borne_out = [h for h in independent if _supported(h, every, words)]
    if borne_out:
        unnamed = any(
            state.of_one or _supported(h, borne_out, words) for h in apart
        )  # they cannot be told apart: together one
        best = _best(borne_out)
        others = [h for h in firm if h.best.origin.key != best.origin.key]
        return Weighed(Standing.CORROBORATED, best, "corroborated", _best(others), len(borne_out) + unnamed)
    if named:
        return Weighed(Standing.REPORTED, _best(independent or named), "reported")
    best = _best(held.values())
    return Weighed(Standing.RUMOURED, best, "unnamed" if not _is_named(best) else "hedged")


def teller(testimony: Testimony) -> str:
    """Who publishes: the outlet, else the address of the report."""
    return testimony.report.outlet or testimony.report.address


def _independent(state: State, named: Sequence[Held]) -> list[Held]:
    """Origins, but no outlet, speaking or cited, that attributes the event to somebody: it rests on them."""
    tellers = {plain_key(name): keys for name, keys in state.tellers.items()}
    result = []
    for item in named:
        holder = item.best.claim.holder
        outlets = {plain_key(item.best.origin.name)} | ({plain_key(teller(item.best))} if holder.own_voice else set())
        told = set().union(*(tellers.get(o, set()) for o in outlets)) - {item.best.origin.key}
        if not (holder.kind is SourceKind.OUTLET and told) and not _sums_up(item, named):
            result.append(item)
    return _one_of_each_text(result)


def _sums_up(item: Held, others: Sequence[Held]) -> bool:
    """Whether an origin is only another's words once more: who speaks in a headline, "the letter" of who wrote it."""
    beside = [t for o in others if o is not item for t in o.words if t.report.id == item.best.report.id]
    if item.best.claim.holder.own_voice or not beside:
        return False
    if all(t.mention.headline for t in item.words):
        return any(not t.mention.headline for t in beside)
    by_somebody = any(not t.claim.holder.own_voice for t in beside)
    return (
        item.best.claim.holder.kind is SourceKind.DOCUMENT and by_somebody and is_anaphor(item.best.claim.holder.name)
    )


def _is_nobody_new(item: Held, named: Sequence[Held]) -> bool:
    """Whether an unnamed origin may be one of the named: "they", "who", or whoever a headline means."""
    return is_pronoun(item.best.claim.holder.name) or _sums_up(item, named)


def _one_of_each_text(items: Sequence[Held]) -> list[Held]:
    """Of those who tell it in nearly the same sentence the first: they have one text between them."""
    texts = Texts(h.best for h in items)
    kept: set[str] = set()
    for item in sorted(items, key=lambda h: (h.first, h.best.id)):
        if not texts.has(item.best):
            texts.add(item.best)
            kept.add(item.best.id)
    return [item for item in items if item.best.id in kept]


def _texts_of(items: Sequence[Held]) -> Texts:
    texts = Texts(h.best for h in items)
    for item in items:
        texts.add(item.best)
    return texts


def confirms_event(testimony: Testimony) -> bool:
    """On the record, by a party or the office responsible, as a fact or a firm plan; or what is expected, confirmed."""
    claim = testimony.claim
    firm = claim.status in REALISED | {Status.PLANNED}
    expected = claim.status is Status.EXPECTED and claim.stance is Stance.CONFIRMS
    return _speaks_for_it(testimony) and claim.stance in _FIRM and (firm or expected)


def confirms_words(testimony: Testimony) -> bool:
    """On the record, by a party or the office responsible: for what did not happen or was called off."""
    return _speaks_for_it(testimony) and testimony.claim.stance not in NEUTRAL


def _speaks_for_it(testimony: Testimony) -> bool:
    """An authority, unhedged, that does not only tell what it itself did or felt."""
    return has_authority(testimony) and not hedged(testimony) and not tells_of_itself(testimony)


def _answered(item: Held, others: Iterable[Held]) -> bool:
    """Whether an authority on the record said the opposite since; between two sides with authority none answers."""
    for other in others:
        if other.last <= item.last or not _settles(other.told):
            continue
        if not has_authority(item.best) or same_side(item.best, other.told):
            return True
    return False


def _settles(testimony: Testimony) -> bool:
    return confirms_event(testimony) or (
        has_authority(testimony) and not hedged(testimony) and (denies(testimony) or cancels(testimony))
    )


def _called_off(state: State) -> Testimony | None:
    """The claim by which the same or a better-placed origin called it off, nobody as well placed holding it since."""
    top = max(rank(h.best) for h in state.held.values())
    for key, item in sorted(state.cancelled.items(), key=lambda pair: -pair[1].last):
        since = [h for h in state.held.values() if h.last > item.last and rank(h.told) >= rank(item.best)]
        if not since and (rank(item.best) >= max(top, 1) or key in state.held):
            return item.best
    return None


def _words_for(state: State, independent: Sequence[Held], firm: Sequence[Held]) -> dict[int, list[Testimony]]:
    """What is told on the word of each: its own words, and those of an outlet that rests on it."""
    words = {id(h): list(h.words) for h in firm}
    counted = {id(h) for h in independent}
    for item in firm:
        if item.best.claim.holder.own_voice and id(item) not in counted:
            told = state.tellers.get(teller(item.best), set())
            for other in independent:
                if other.best.origin.key in told:
                    words[id(other)] += item.words
    return {key: [t for t in told if not hedged(t)] for key, told in words.items()}


def _supported(item: Held, others: Iterable[Held], words: dict[int, list[Testimony]]) -> bool:
    """Whether words of another origin have so much in common with this one's that they tell of one thing."""
    mine = words[id(item)]
    return any(bears_out(a, b) for other in others if other is not item for b in words[id(other)] for a in mine)


def _is_named(testimony: Testimony) -> bool:
    return testimony.origin.named and testimony.claim.holder.kind is not SourceKind.UNNAMED


def _best(items: Iterable[Held]) -> Testimony:
    return max(items, key=lambda h: (_force(h.best), -h.first, h.best.id)).best


def _repeats(state: State, testimony: Testimony) -> bool:
    """Whether an origin only says again what it said last, nothing having been denied: no standing turns on that."""
    mine = state.held.get(testimony.origin.key)
    if mine is None or state.denied or state.cancelled or not holds(testimony):
        return False
    known = testimony.claim.holder.own_voice or testimony.report.id in state.reports
    return known and mine.told.claim.status is testimony.claim.status and _force(testimony) <= _force(mine.best)


def _silent(testimony: Testimony) -> bool:
    """Neither held, denied nor called off: a wish, a question, no comment."""
    return not (cancels(testimony) or denies(testimony) or holds(testimony))


def _adds_nothing(state: State, now: Standing, members: Sequence[Placed]) -> bool:
    """Whether these claims only repeat what stands undisputed: keeps a history of many claims linear."""
    if now not in (Standing.CONFIRMED, Standing.CORROBORATED) or state.denied or state.cancelled:
        return False
    return all(holds(p.testimony) and not confirms_event(p.testimony) for p in members)


# --- reasons ---------------------------------------------------------------------------------------------------


def _cause(weighed: Weighed, members: Sequence[Placed]) -> Testimony:
    """The claim of this moment that brought the standing about: the one weighed, else the best of its kind."""
    ids = {p.testimony.id for p in members}
    for testimony in (weighed.cause, weighed.other):
        if testimony is not None and testimony.id in ids:
            return testimony
    return max(members, key=lambda p: (rank(p.testimony), p.key())).testimony


def _step(weighed: Weighed, cause: Testimony, placed: Placed) -> StandingChange:
    since = placed.moment.time if placed.dated else None
    why = because(weighed.form, weighed.standing, cause, weighed.cause, weighed.other, weighed.count)
    return StandingChange(weighed.standing, since, placed.moment.sequence, cause.id, why)


__all__ = ["Told", "history", "standing", "status_of", "tell"]
