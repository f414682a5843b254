"""Status, certainty and factuality of each event mention, relative to its innermost holder.

``status`` and ``certainty`` are the innermost holder's: what "Spain denied that it had attacked" says of the attack is
settled by ``claims``. ``factuality`` is the report's own commitment, -3 … +3: the encoder's number drawn
towards what the rules found, or the rules' number alone. A typed event that happened, is no background and has no time
in the text is marked as of the publication: its ``time`` stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from onrecord.model import EventMention, Status, TimeMark
from onrecord.reading.event_anchors import Anchor
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.page import Page, step
from onrecord.reading.status_contexts import Contexts
from onrecord.reading.status_numbers import blended, number_of
from onrecord.reading.status_reported import carries, past_of_its_own
from onrecord.reading.status_worlds import CANCELLED, EXPECTED, PLANNED, WISHED, World, certainty_of, status_of

_COLON_REACH = 40  # tokens
_PLANS = frozenset({PLANNED, EXPECTED})
_WHERE = frozenset({"to ", "in ", "at "})
_AHEAD = frozenset({"may", "could", "would", "will", "should", "try", "if"})


def _run(page: Page) -> None:
    tree = tree_of(page)
    anchors: list[Anchor] = page.doc.user_data.get("onrecord_anchors", [])
    light = {a.token: a.light for a in anchors if a.light is not None}
    contexts = Contexts(tree, _questions(page), _ahead(page), light)
    contexts.today = _today(page)
    worlds: dict[str, World] = {}
    for number, event in enumerate(page.events):
        i = tree.at.get(event.anchor.start)
        if i is None:
            continue
        world = contexts.world(i)
        if event.cause is not None and not world.positive:
            # "the fire was not caused by": what is denied is the cause, the fire is taken for granted
            world, event = World(said=world.said), replace(event, cause=replace(event.cause, excluded=True))
        if world.how == "denial" and carries(tree, i):
            world = World()  # "denied the reports": there are reports, what they tell is denied
        world = _taken_up(page, tree, number, _explained(tree, page.events, number, world, worlds), worlds)
        worlds[event.id] = world
        page.events[number] = _stamped(page, event, world)
    page.doc.user_data["onrecord_worlds"] = worlds


def _explained(tree: Tree, events: list[EventMention], number: int, world: World, worlds: dict[str, World]) -> World:
    """ "The march has been cancelled: farmers will not march": what explains a calling off is called off."""
    i = tree.at[events[number].anchor.start]
    if world.positive or world.mode not in (PLANNED, EXPECTED) or number == 0:
        return world
    for k in range(i - 1, max(-1, i - _COLON_REACH), -1):
        if tree.word[k] == ":":
            before = (e for e in events[:number] if e.sentence in (tree.sentence[i], tree.sentence[k]))
            off = any(worlds[e.id].mode == CANCELLED and e.anchor.start < tree.start[k] for e in before)
            return replace(world, mode=CANCELLED) if off else world
    return world


def _taken_up(page: Page, tree: Tree, number: int, world: World, worlds: dict[str, World]) -> World:
    """The world of a noun that takes up a plan told before ("no details of the visit"): the plan's, not a past.

    The last of the mentions it takes up decides: once one of them is told as done, so is the noun.
    """
    events, event = page.events, page.events[number]
    i = tree.at[event.anchor.start]
    if world != World(said=world.said) or tree.pos[i] not in ("NOUN", "PROPN") or past_of_its_own(tree, i):
        return world
    before = (events[n] for n in range(number - 1, -1, -1))
    told = [e for e in before if worlds[e.id].positive]  # who denies a plan does not make it a past
    last = None
    if event.antecedent is not None:
        last = next((e for e in told if event.antecedent in (e.id, e.antecedent)), None)
    if last is None:
        last = _of_its_kind(page, tree, told, event, worlds)
    above = worlds.get(last.id) if last is not None else None
    if last is None and event.antecedent is not None:
        off = (worlds[e.id] for e in reversed(events[:number]) if event.antecedent in (e.id, e.antecedent))
        above = next(off, None)
        return replace(above, said=world.said) if above is not None and above.mode == CANCELLED else world
    if above is None or above.mode not in _PLANS or not above.positive:
        return world
    return replace(above, said=world.said)


def _of_its_kind(
    page: Page, tree: Tree, told: Iterable[EventMention], event: EventMention, worlds: dict[str, World]
) -> EventMention | None:
    """What a definite noun of another word takes up: "workers will walk out … the strike".

    Nothing else of its type is told nearby, or nothing that is not ahead as well.
    """
    if event.type is None or event.time is not None or event.background:
        return None
    close = takewhile(lambda e: event.sentence - e.sentence <= 6, told)
    near = [e for e in close if e.type == event.type and not e.background]
    if not near or not _is_definite(tree, event):
        return None
    alike = len({e.antecedent or e.id for e in near}) == 1 or all(worlds[e.id].mode in _PLANS for e in near)
    where = [p for p in event.recipients if page.text[max(0, p.start - 3) : p.start] in _WHERE]  # a detail, as a rule
    names = {p.entity for p in (*event.actors, *event.recipients) if p not in where} - {None}
    known = {p.entity for e in near for p in (*e.actors, *e.recipients)} - {None}
    return near[0] if alike and (not names or names & known) else None


def _is_definite(tree: Tree, event: EventMention) -> bool:
    """ "the strike", "his visit"; a headline drops the article of one: "office confirms visit"."""
    i = tree.at[event.anchor.start]
    if any(tree.lower[k] in ("the", "this", "that", "its", "their", "his", "her") for k in tree.kids[i]):
        return True
    bare = tree.tag[i] in ("NN", "NNP") and tree.child(i, "det", "poss", "nummod", "amod", "compound") is None
    return bare and event.headline


def _stamped(page: Page, event: EventMention, world: World) -> EventMention:
    number = number_of(world)
    seen = page.scores.factuality(event.anchor.start, event.anchor.end) if page.scores is not None else None
    status = status_of(world)
    dated = event.time is not None or event.background or event.type is None
    published = not dated and status in (Status.HAPPENED, Status.ONGOING)
    return replace(
        event,
        time_mark=TimeMark.PUBLISHED if published else event.time_mark,
        status=status,
        certainty=certainty_of(world),
        future=world.ahead or world.mode in (PLANNED, EXPECTED, WISHED) or world.how in _AHEAD,
        factuality=round(number if seen is None else blended(number, seen), 2),
    )


def _questions(page: Page) -> frozenset[int]:
    """Sentences that ask: their text ends with a question mark."""
    return frozenset(
        n for n, s in enumerate(page.sentences) if page.text[s.start : s.end].rstrip("\"'”’) ").endswith("?")
    )


def _ahead(page: Page) -> frozenset[int]:
    """First tokens of times that lie wholly after the report's publication."""
    published = page.report.published
    found: set[int] = set()
    for time in page.times:
        text = time.text.lower()
        words = set(text.split())
        later = published is not None and time.earliest is not None and time.earliest > published.latest
        if later or words & {"next", "tomorrow", "coming", "tonight", "upcoming"}:
            found |= {t.i for t in page.tokens(time.start, time.end)}
    return frozenset(found)


def _today(page: Page) -> frozenset[int]:
    """First tokens of times that are the report's own day, as far as they are told in its words."""
    published, found = page.report.published, set[int]()
    for time in page.times if published is not None else ():
        if time.earliest is None or time.latest is None or time.latest - time.earliest > timedelta(days=1):
            continue
        if published is not None and time.earliest <= published.latest <= time.latest:
            found |= {t.i for t in page.tokens(time.start, time.end)}
    return frozenset(found)


STATUSES = step("statuses", needs=["events", "scores"], adds=["status"], run=_run)
