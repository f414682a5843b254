"""Pairs of event mentions: the same happening, different ones, or unsure; with reasons in words.

A learned score over named features, then rules that make it more careful: stated times that cannot meet set two events
apart for good, guesses at them only what recurs, or years apart. A pair from two reports is at most *unsure* where it
has nothing but the word in common, where nothing tells which of several happenings of a kind is meant, or where the
reports are not clearly one story and own dates and participants do not agree; and without a shared time where something
speaks against it, or where it is of a kind that recurs between the same parties: meetings, calls, invitations, demands.
One rule makes it less careful: what the same parties do on one stated day, alike in kind or word, is one deed, whatever
it is called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from onrecord.linking.event_candidates import Asked, compared
from onrecord.linking.event_features import FEATURES, features
from onrecord.linking.event_grounds import (
    RECURRING,
    at_odds,
    in_common,
    in_one_wording,
    of_others,
    one_deed,
    other_kinds,
    quantities,
    spares_all,
    strangers,
    tells_which,
)
from onrecord.linking.event_sheets import MOST_KEPT, Told
from onrecord.linking.event_tolls import pairs_of_tolls, told_of_two
from onrecord.linking.event_views import AHEAD, NOT_HAPPENING, EventView
from onrecord.linking.stories import SAME_STORY, Finding, listed, shown_name
from onrecord.linking.trees import load_forest
from onrecord.model import EventDigest, Reason, Verdict

MODEL = "linking-events.json"
SAME_EVENT = 0.45
UNSURE_EVENT = 0.3
SAME_MENTION = 0.95  # of a mention that takes up an earlier one
LEAD_SENTENCES = 4
CAUTIOUS = 0.44  # the most a pair scores with something against it and no shared time
DOUBTED = 0.29  # the most a pair scores that only a guess at its times tells apart, and nothing makes clear
FOREIGN = 0.3  # the most a pair of different parties scores
ONE_DEED = 0.8  # the least that one deed of the same parties on one day scores, in whatever words
VERBATIM = 0.99  # the least that a mention scores with itself in a sentence copied word for word
VERBATIM_WORDS = 8  # shorter sentences are not copied, they recur
LIKELY, CLEAR = 0.65, 0.9  # what a pair within a report must score; where something makes it doubtful
MOST_CELLS = 400_000  # pairs of mentions looked at together: a few megabytes a table
MOST_JUDGED = 80  # judgements kept for a pair of reports
LONG_WINDOW = timedelta(days=32)
FOLLOWED_UP = timedelta(days=500)  # within which trials and anniversaries come up; later a report says when it was
WEEKS = timedelta(days=21)  # within which undated plans of a kind that recurs may be one
SLACK = timedelta(days=1)  # time zones and the habit of dating by the report's day
Pair = tuple[EventView, EventView]
Judged = tuple[str, str, Finding]


def judge_events(asked: Sequence[Asked]) -> Iterator[list[Judged]]:
    """Of each report its mentions among themselves, and with those of others, each with its score as one story with it.

    Reports are compared several at once, which comes to the same as one by one.
    """
    for group in _groups(asked):
        whole = [(mine, [(mine, 1.0), *others]) for mine, others in group]
        found = compared(whole)
        table = features(found.pairing, found.chosen)
        scores, dated = load_forest(MODEL).probabilities(table), table[:, FEATURES.index("times_meet")] > 0
        # Of what only its day and parties make comparable, the model has seen next to nothing: rules alone may join it.
        # One report tells of a trip and of the meeting it is for in sentences that are near, and of two things.
        doubtful = ~found.chosen.alike | (found.chosen.by_sense & found.chosen.within)
        scores = np.where(doubtful, np.minimum(scores, CAUTIOUS), scores)
        # A pair that did not look alike to begin with needs no row, unless its own dates speak for it.
        # Other words of another kind are worth a doubt only where the sentences nearly say that they are one.
        least = np.where(found.chosen.by_sense, SAME_EVENT, UNSURE_EVENT)
        likely = np.flatnonzero((scores >= least) | (dated & ~found.chosen.within))
        starts = np.searchsorted(found.block[likely], np.arange(sum(len(others) for _, others in whole) + 1)).tolist()
        places = list(zip(*(x[likely].tolist() for x in (found.line, found.row, scores)), strict=True))
        number = 0
        for mine, reports in whole:
            out = list(_antecedents(mine))
            taken = {(left, right) for left, right, _ in out}
            for report, story in reports:
                here = places[starts[number] : starts[number + 1]]
                pairs = [((mine.views[line], report.views[row]), score) for line, row, score in here]
                if report is mine:
                    out += _judged_within(pairs, taken)
                elif pairs:
                    out += _judged_between(pairs, mine, report, story)
                number += 1
            yield out


def _groups(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Reports, so many at once that the table of all their mentions with all of the others is of a bounded size."""
    group: list[Asked] = []
    height, others = 0, dict[int, int]()
    for one in asked:
        wider = {**others, **{id(other): other.sheet.height for other, _ in ((one[0], 1.0), *one[1])}}
        if group and (height + one[0].sheet.height) * sum(wider.values()) > MOST_CELLS:
            yield group
            group, height, wider = [], 0, {id(other): other.sheet.height for other, _ in ((one[0], 1.0), *one[1])}
        group.append(one)
        height, others = height + one[0].sheet.height, wider
    if group:
        yield group


def _antecedents(report: Told) -> Iterator[Judged]:
    """Mentions that take up an earlier one of the same report."""
    known = {view.event.id for view in report.views}
    for view in report.views:
        earlier = view.event.antecedent
        if earlier is not None and earlier in known:
            words = f"“{_anchor(view.event)}” takes up an earlier mention in the same report"
            yield earlier, view.event.id, (Verdict.SAME, SAME_MENTION, (Reason("antecedent", 1.0, words),))


def _judged_within(pairs: list[tuple[Pair, float]], taken: set[tuple[str, str]]) -> list[Judged]:
    out = []
    for (left, right), score in pairs:
        if (left.event.id, right.event.id) not in taken:
            out.append(_decide((left, right), score, True))
    return _strongest([ruling for ruling in out if ruling.verdict is not Verdict.DIFFERENT or ruling.firm])


def _judged_between(pairs: list[tuple[Pair, float]], mine: Told, other: Told, story: float) -> list[Judged]:
    """Of mentions of two reports, so likely one story; the report with the lesser id comes first."""
    turned = other.digest.report < mine.digest.report
    pairs = _with_deeds(pairs, mine, other)
    companions = Companions(*((other.views, mine.views) if turned else (mine.views, other.views))) if pairs else None
    looks_same = any(score >= SAME_EVENT for _, score in pairs)
    several = _several(mine) | _several(other) if looks_same else frozenset[str]()
    out = []
    for pair, score in pairs:
        left, right = reversed(pair) if turned else pair
        doubt = _doubt_between((left, right), story, several) if score >= SAME_EVENT else None
        if _verbatim(left, right):
            score, doubt = max(score, VERBATIM), None
        out.append(_decide((left, right), score, False, doubt))
    return _strongest(_with_tolls(out, *((other, mine) if turned else (mine, other))), companions)


def _with_tolls(found: list[Ruling], left: Told, right: Told) -> list[Ruling]:
    """The rulings, with the tolls of what is one happening by them as one, and those of two happenings as two."""
    same = {ruling.ids for ruling in found if ruling.verdict is Verdict.SAME}
    judged = {ruling.ids: ruling for ruling in found}
    for one, two, of_one in pairs_of_tolls(left.views, right.views, same):
        pair = one.event.id, two.event.id
        before = judged.get(pair)
        if of_one and not apart(one, two) and (before is None or before.score < ONE_DEED):
            reason = Reason("one_toll", 1.0, "the dead of one happening")
            judged[pair] = Ruling((one, two), Verdict.SAME, ONE_DEED, (reason,), alone=True)
        elif not of_one and before is not None and before.score > FOREIGN and not _verbatim(one, two):
            first = (Reason("strangers", 0.0, "the dead of two happenings"), *before.first)
            judged[pair] = replace(before, verdict=_verdict(FOREIGN), score=FOREIGN, first=first)
    return list(judged.values())


def _verbatim(left: EventView, right: EventView) -> bool:
    """Whether both are one word of one sentence, copied."""
    a, b = left.event, right.event
    if a.sentence != b.sentence or _anchor(a) != _anchor(b):
        return False
    words = a.sentence.split()
    return len(words) >= VERBATIM_WORDS and _once(words, a)


def _once(words: Sequence[str], event: EventDigest) -> bool:
    return sum(_anchor(event) in word for word in words) == 1


def _with_deeds(pairs: list[tuple[Pair, float]], mine: Told, other: Told) -> list[tuple[Pair, float]]:
    """The pairs worth judging, with one deed in other words scored as such if no report tells several of the kind."""
    deeds = {number for number, (pair, score) in enumerate(pairs) if score < ONE_DEED and one_deed(*pair)}
    several = _several(mine) | _several(other) if deeds else frozenset[str]()
    out = []
    for number, (pair, score) in enumerate(pairs):
        if number in deeds and several.isdisjoint(view.event.id for view in pair):
            out.append((pair, ONE_DEED))
        elif score >= UNSURE_EVENT:
            out.append((pair, score))
    return out


def _strongest(found: list[Ruling], companions: Companions | None = None) -> list[Judged]:
    """Those worth keeping, in words."""
    found.sort(key=lambda ruling: (ruling.verdict is Verdict.DIFFERENT, -ruling.score, ruling.ids))
    return [_worded(ruling, companions) for ruling in found[:MOST_JUDGED]]


class Companions:
    """What each of two reports tells beside an event or at its head, and the other does not tell at all."""

    def __init__(self, left: list[EventView], right: list[EventView]) -> None:
        self._told = [({v.event.mode for v in side}, {f for v in side for f in v.family}) for side in (left, right)]
        self._beside: list[dict[str, list[EventView]]] = [defaultdict(list), defaultdict(list)]
        for index, side in enumerate((left, right)):
            for view in side:
                self._beside[index][view.event.sentence].append(view)
        self._heads = [
            self._lacking(i, [v for s in list(self._beside[i])[:LEAD_SENTENCES] for v in self._beside[i][s]])
            for i in (0, 1)
        ]

    def _lacking(self, index: int, found: list[EventView]) -> list[EventView]:
        """Of these events of one report, those with a mode that no mention of the other has or is a form of."""
        modes, families = self._told[1 - index]
        return [
            view
            for view in found
            if view.event.mode
            and view.event.status == "happened"
            and not view.event.background
            and view.event.mode not in modes
            and view.family.isdisjoint(families)
        ]

    def lacking(self, pair: Pair) -> list[str]:
        """In words, what only one of the two reports tells beside the event, else at its head."""
        near = [v for i, e in enumerate(pair) for v in self._lacking(i, self._beside[i][e.event.sentence])]
        told = [*near, *self._heads[0], *self._heads[1]]
        own = {view.event.id for view in pair}
        return list(dict.fromkeys(_called(v.event) for v in told if v.event.id not in own))


def _called(event: EventDigest) -> str:
    word = _anchor(event).casefold()
    if word != event.lemma:
        return f"“{word}”"
    return f"an {word}" if word[:1] in "aeiou" else f"a {word}"


@lru_cache(maxsize=MOST_KEPT)
def _several(report: Told) -> frozenset[str]:
    """The events of a report that tells another happening by the same word."""
    alike: dict[str, list[EventView]] = defaultdict(list)
    for view in report.views:
        alike[view.word].append(view)
    return frozenset(
        one.event.id
        for views in alike.values()
        for one in views
        if any(one is not other and (apart(one, other) or _told_apart(one, other)) for other in views)
    )


def _doubt_between(pair: Pair, story: float, several: frozenset[str]) -> str | None:
    """Why two mentions of two reports that look like one happening may be two; None if enough speaks for it."""
    left, right = pair
    if not in_common(left, right):
        return "little but the word in common"
    if told_of_two(left, right):
        return "one says how many died, the other of what"
    if other_kinds(left, right):
        return "of two kinds, and by others"
    if left.habit != right.habit:
        return "one of them is told as one of many such"
    parted = at_odds(left, right) or of_others(left, right)
    if parted:
        return parted
    if tells_which(left, right):
        return None
    if left.event.id in several or right.event.id in several:
        return "several of the kind are told, and nothing tells which is meant"
    return "the reports may not be one story" if story < SAME_STORY else None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is made of a pair, the rest of the reasons to be put into words only where it is kept.

    ``first`` stand before what speaks for it, ``doubts`` before what speaks against it. ``alone``: whatever else the
    two reports tell; ``firm``: times forbid that both are one, whatever else joins them.
    """

    pair: Pair
    verdict: Verdict
    score: float
    first: tuple[Reason, ...] = ()
    doubts: tuple[Reason, ...] = ()
    alone: bool = False
    firm: bool = False

    @property
    def ids(self) -> tuple[str, str]:
        return self.pair[0].event.id, self.pair[1].event.id


def _worded(ruling: Ruling, companions: Companions | None) -> Judged:
    left, right = ruling.pair
    lacking = companions.lacking(ruling.pair) if companions and not ruling.alone else []
    reasons = [*ruling.first, *_for(left, right), *ruling.doubts, *_against(left, right, lacking)]
    if ruling.firm:
        reasons.insert(0, Reason("apart", 1.0, f"times cannot meet: {_when(left)} and {_when(right)}"))
    return left.event.id, right.event.id, (ruling.verdict, ruling.score, tuple(reasons))


def _decide(pair: Pair, score: float, same_report: bool, doubt: str | None = None) -> Ruling:
    left, right = pair
    first: tuple[Reason, ...] = ()
    if not same_report and _verbatim(left, right):
        first = (Reason("verbatim", 1.0, "told in the same words"),)
    against: list[Reason] = []
    if apart(left, right):
        if (left.dated and right.dated) or _recurs(left, right) or apart(left, right, FOLLOWED_UP):
            return Ruling(pair, Verdict.DIFFERENT, 0.0, first, firm=True)
        score = min(score, CAUTIOUS if score >= CLEAR and not _recalled(left, right) else DOUBTED)
        against = [Reason("times_guessed", 0.0, _guessed_apart(left, right))]
    if same_report:
        return _decide_within(pair, score)
    if doubt:
        score = min(score, CAUTIOUS)
        against = [Reason("doubt", 0.0, doubt), *against]
    foreign = strangers(left, right)
    if foreign:
        score = min(score, FOREIGN)
        against = [Reason("strangers", 0.0, foreign), *against]
    if _strangers(left, right):
        words = f"each names others: {listed(sorted(left.names))}; {listed(sorted(right.names))}"
        against = [Reason("names_differ", 0.0, words), *against]
        score = min(score, CAUTIOUS)
    recurs = _recurs(left, right)
    if not (meet(left, right) or _near(left, right, WEEKS if recurs else LONG_WINDOW)):
        if (recurs and not in_one_wording(left, right)) or left.again != right.again:
            score = min(score, CAUTIOUS)
        against = [Reason("no_shared_date", 0.0, "no shared date"), *against]
    return Ruling(pair, _verdict(score), score, first, tuple(against))


def _strangers(left: EventView, right: EventView) -> bool:
    """Whether two sentences tell of different places, and neither names anybody of the other's: two fires a day."""
    introduced = not (left.definite or right.definite)
    a, b = left.event.place, right.event.place
    elsewhere = a is not None and b is not None and a != b
    return introduced and elsewhere and bool(left.names and right.names) and left.names.isdisjoint(right.names)


def _verdict(score: float) -> Verdict:
    return Verdict.SAME if score >= SAME_EVENT else Verdict.UNSURE if score >= UNSURE_EVENT else Verdict.DIFFERENT


def _decide_within(pair: Pair, score: float) -> Ruling:
    """Of two mentions in one report: the same word is used of each of several incidents, so more must speak for it."""
    told_apart = _told_apart(*pair)
    if told_apart:
        return Ruling(pair, Verdict.DIFFERENT, 0.0, (Reason("told_apart", 1.0, told_apart),))
    doubt = _doubt(*pair)
    if score < (CLEAR if doubt else LIKELY):
        score = min(score, CAUTIOUS)
    return Ruling(pair, _verdict(score), score, (Reason("doubt", 0.0, doubt),) if doubt else ())


def _doubt(left: EventView, right: EventView) -> str | None:
    """What makes it doubtful that the later of two mentions in one report means what the earlier does."""
    later = max((left, right), key=lambda view: view.order)
    if later.indefinite:
        return f"“{_anchor(later.event)}” is introduced as one not spoken of before"
    if left.light or right.light:
        return "a word used of many things"
    if (left.event.status in AHEAD) != (right.event.status in AHEAD):
        return "one is still ahead, the other not"
    if left.people.isdisjoint(right.people) and not spares_all(left, right):
        if left.people and right.people:
            return "no participant in common"
        if not later.definite and set(left.event.terms).isdisjoint(right.event.terms):
            return "nothing but the word in common"
    return None


def _told_apart(left: EventView, right: EventView) -> str | None:
    """Why one report cannot mean one happening by two mentions, neither of which takes up the other; None if it can."""
    a, b = left.event, right.event
    if left.actors and right.actors and not left.actors & right.actors:
        return f"one report gives them different actors: {_people(a.actors)}; {_people(b.actors)}"
    if other_kinds(left, right):
        return "one report tells of two kinds, and by others"
    agree, differ = quantities(a.quantities, b.quantities)
    if differ and not agree:
        return f"one report gives them different figures: {_figures(a)}; {_figures(b)}"
    if a.background != b.background:
        return "one report tells one of them as its news, the other as what was before"
    if left.again != right.again and (left.indefinite or right.indefinite):
        return "one of them is told as a further occasion"
    opposed = (a.status in NOT_HAPPENING) != (b.status in NOT_HAPPENING)
    if opposed and not a.attributed and not b.attributed:
        return "one report says, in its own voice, that one happened and the other did not"
    if opposed and a.sentence == b.sentence:
        return "one sentence says that one happened and the other did not"
    later = max((left, right), key=lambda view: view.order)
    return None if later.definite else at_odds(left, right)


def apart(left: EventView, right: EventView, by: timedelta = SLACK) -> bool:
    """Whether no moment can belong to both, and more than so long lies between; by default a day, for time zones."""
    (a, b), (c, d) = left.window, right.window
    return bool((b and c and c - b > by) or (d and a and a - d > by))


def _recalled(left: EventView, right: EventView) -> bool:
    """Whether one is told as the past, and as one of its kind: "in March 2030 a fire", not "the fire"."""
    past = left if left.event.background else right
    return left.event.background != right.event.background and past.indefinite


def meet(left: EventView, right: EventView) -> bool:
    """Whether both are dated by their own time, to within a month, and overlap."""
    if not (left.dated and right.dated) or apart(left, right):
        return False
    (a, b), (c, d) = left.window, right.window
    return bool(a and b and c and d and b - a < LONG_WINDOW and d - c < LONG_WINDOW)


def related(left: EventView, right: EventView) -> bool:
    """Whether two words are forms of one: ``invite`` and ``invitation``."""
    return not left.family.isdisjoint(right.family)


def _people(names: tuple[str, ...]) -> str:
    return listed(shown_name(n) for n in names)


def _recurs(left: EventView, right: EventView) -> bool:
    return left.event.type in RECURRING or right.event.type in RECURRING


def _near(left: EventView, right: EventView, close: timedelta) -> bool:
    """Whether the windows, however known, are bounded and overlap: reports of the same days.

    An undated plan is open for months: what happens some day in them is not for that what was planned.
    """
    (a, b), (c, d) = left.window, right.window
    if a is None or b is None or c is None or d is None:
        return False
    wide = max(b - a, d - c) > LONG_WINDOW
    return not wide or abs(a - c) <= close


def _when(view: EventView) -> str:
    earliest, latest = view.window

    def day(moment: datetime | None) -> str:
        return moment.date().isoformat() if moment else ""

    if earliest and latest:
        return day(earliest) if day(earliest) == day(latest) else f"{day(earliest)} to {day(latest)}"
    return f"after {day(earliest)}" if earliest else f"before {day(latest)}"


def _guessed_apart(left: EventView, right: EventView) -> str:
    """What stands against two mentions of which one at least has no time of its own: its report's day is a guess."""
    return f"by the days of publication they may be of different times: {_when(left)} and {_when(right)}"


def _anchor(event: EventDigest) -> str:
    return event.anchor.text if event.anchor else event.lemma


def _for(left: EventView, right: EventView) -> list[Reason]:
    a, b = left.event, right.event
    reasons = []
    reasons.append(_in_words(left, right))
    if a.type is not None and a.type == b.type and left.word != right.word:
        reasons.append(Reason("same_type", 1.0, f"the same kind of event: {a.type.lower()}"))
    shared = [n for n in (*a.actors, *a.recipients) if n in (*b.actors, *b.recipients)]
    if shared:
        reasons.append(Reason("participants", float(len(shared)), f"both with {listed(shown_name(n) for n in shared)}"))
    if a.place is not None and a.place == b.place:
        reasons.append(Reason("same_place", 1.0, f"both in {shown_name(a.place)}"))
    if meet(left, right):
        reasons.append(Reason("times_meet", 1.0, f"times agree: {_when(left)} and {_when(right)}"))
    agree, _ = quantities(a.quantities, b.quantities)
    if agree:
        reasons.append(Reason("quantities_agree", float(agree), f"the same figure: {_figures(a)}"))
    return reasons


def _in_words(left: EventView, right: EventView) -> Reason:
    """What the two words have to do with each other."""
    a, b = left.event, right.event
    both = f"{_anchor(a)}, {_anchor(b)}"
    if left.word == right.word:
        return Reason("same_lemma", 1.0, f"the same word: {left.word}")
    if related(left, right):
        return Reason("related_lemma", 1.0, f"forms of one word: {both}")
    if not left.lemma.senses.isdisjoint(right.lemma.senses):
        return Reason("synonyms", 1.0, f"words of one sense: {both}")
    if left.lemma.senses & right.lemma.wider or left.lemma.wider & right.lemma.senses:
        return Reason("wider_lemma", 1.0, f"one word is a kind of the other: {both}")
    return Reason("other_words", 0.0, f"other words: {both}")


def _figures(event: EventDigest) -> str:
    return listed(q.text for q in event.quantities) or "none"


def _against(left: EventView, right: EventView, lacking: list[str]) -> list[Reason]:
    a, b = left.event, right.event
    reasons = []
    people = left.people, right.people
    if all(people) and people[0].isdisjoint(people[1]):
        either = [listed(shown_name(n) for n in (*e.actors, *e.recipients)) for e in (a, b)]
        reasons.append(Reason("participants_differ", 0.0, f"no participant in common: {either[0]}; {either[1]}"))
    if a.place is not None and b.place is not None and a.place != b.place:
        words = f"places differ: {shown_name(a.place)} and {shown_name(b.place)}"
        reasons.append(Reason("places_differ", 0.0, words))
    if left.again != right.again:
        reasons.append(Reason("repeated_in_one", 0.0, "only one speaks of a renewed or further occasion"))
    reasons.extend(Reason("companion", 0.0, f"{word} in one and not in the other") for word in lacking[:2])
    _, differ = quantities(a.quantities, b.quantities)
    if differ:
        reasons.append(Reason("quantities_differ", float(differ), f"figures differ: {_figures(a)}; {_figures(b)}"))
    if (a.status in AHEAD) != (b.status in AHEAD):
        words = " in one, ".join(e.status.replace("_", " ") for e in (a, b))
        reasons.append(Reason("status_differs", 0.0, f"{words} in the other"))
    return reasons
