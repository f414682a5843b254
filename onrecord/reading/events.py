"""Event mentions: what happens in a report, anchored at a word, with type, participants, quantities, time and place.

Status, certainty and factuality are set by the next step (``statuses``). Speech and states are event mentions too
(types STATEMENT and none), so that their status can be asked; no claim is made of them (``claims``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import (
    EntityType,
    EventMention,
    Participant,
    PartKind,
    TimeMark,
    TimeMention,
    TimeType,
)
from onrecord.reading.causes import causes_in
from onrecord.reading.event_anchors import Anchor, find_anchors
from onrecord.reading.event_contexts import ContextFinder
from onrecord.reading.event_lexicon import Typing, words
from onrecord.reading.event_places import Sites, Tie
from onrecord.reading.event_references import LONG_BEFORE, link_back
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.event_types import STRIKE, deaths, killings, labour_strike, reception, type_of, weighed
from onrecord.reading.page import Page, step
from onrecord.reading.participants import resolve, roles_of
from onrecord.reading.quantities import quantities_of
from onrecord.reading.status_signatures import signatures
from onrecord.reading.times import own_time

MOST_EVENTS = 6_000
_NO_NEWS = frozenset({PartKind.BYLINE, PartKind.DATELINE, PartKind.CREDIT, PartKind.BOILERPLATE, PartKind.UPDATE})
_WORDS_ONLY = frozenset({"off", "delayed", "denial", "ask"})
_EARLIER = words()["events.earlier"]


def _run(page: Page) -> None:
    tree = tree_of(page)
    chances = [] if page.scores is None else page.scores.token_anchors(tree.start, tree.end, "ecb").tolist()
    news = [a for a in find_anchors(tree, chances) if page.part_at(tree.start[a.token]) not in _NO_NEWS]
    anchors = news[:MOST_EVENTS]
    owners = _owners(anchors)
    # "40 days" is no when; "the coming weeks" is one, though it may not be resolvable
    dated = [t for t in page.times if t.type is not TimeType.DURATION or t.earliest is not None or not t.resolved]
    times = _placed(page, tree, owners, dated)
    sites = Sites(page, tree, owners)
    ties = sites.ties(page.places)
    innermost = _innermost(page)
    for number, anchor in enumerate(anchors, 1):
        page.events.append(_event(page, tree, anchor, number, times, innermost))
    _give_places(page, tree, sites, ties)
    light = {a.token: a.light for a in anchors if a.light is not None}
    _fill_in(page, tree, owners, light)
    _share_places(page, sites, ties)
    _receive_visitors(page, tree)
    _agree_on_strikes(page, tree)
    _agree_on_deaths(page, {a.token for a in anchors if a.kind == "toll"}, tree)
    _add_causes(page, tree)
    _add_contexts(page, tree)
    page.events[:] = link_back(page, _with_past(page, tree, page.events))
    page.doc.user_data["onrecord_anchors"] = anchors


def _receive_visitors(page: Page, tree: Tree) -> None:
    """ "The chancellor will receive Lind": somebody of state or by name, received by one, is on a visit.

    A bare name of which nothing is known is somebody, where a day or a place is told: "Tarr will receive Lind in Oslo".
    """
    matches = any(e.type == "SPORT" for e in page.events)
    for number, event in enumerate(page.events):
        if event.lemma != "receive" or event.type is not None:
            continue
        told = (event.time is not None) + (event.place is not None)
        guests = [p for p in event.recipients if _is_object(tree, event, p)]
        known = [any(_somebody(page, p) for p in side) for side in (event.actors, guests)]
        bare = [any(_bare_name(p) for p in side) for side in (event.actors, guests)]
        unknown = known.count(False)
        if all(k or b for k, b in zip(known, bare, strict=True)) and (told >= unknown and not (unknown and matches)):
            page.events[number] = _typed(event, reception())


def _is_object(tree: Tree, event: EventMention, guest: Participant) -> bool:
    """Not the giver: "received a letter from Lind"."""
    held = tree.children(tree.at[event.anchor.start], "dobj", "nsubjpass")
    return any(guest.start <= tree.start[k] < guest.end for i in held for k in tree.conjuncts(i)) or (
        tree.dep[tree.at[event.anchor.start]] == "relcl"
    )


def _bare_name(participant: Participant) -> bool:
    return participant.text[:1].isupper() and participant.text.isalpha() and participant.sector is None


def _somebody(page: Page, participant: Participant) -> bool:
    entity = page.entity(participant.entity)
    return participant.sector == "GOV" or (entity is not None and entity.type is EntityType.PERSON)


def _agree_on_strikes(page: Page, tree: Tree) -> None:
    """In a report of a strike of workers a bare "strike" is that one (one sense per discourse, Gale and others).

    So it is in a report of a walkout; so is what "it" does that stands for a union: "it would not strike at the mill".
    """
    told = [(n, tree.at[e.anchor.start]) for n, e in enumerate(page.events) if e.lemma == STRIKE]
    walkouts = any(e.type == "PROTEST" and e.mode == STRIKE for e in page.events)
    labour = walkouts or any(page.events[n].type == "PROTEST" for n, _ in told)
    for number, i in told:
        event = page.events[number]
        means = [k for k in tree.children(i, "compound", "amod") if tree.word[k].islower()]  # "drone strike"
        bare = labour and tree.pos[i] == "NOUN" and not means
        idle = tree.pos[i] == "VERB" and tree.child(i, "dobj", "nsubjpass") is None
        if event.type == "ASSAULT" and (bare or (idle and any(a.sector == "LAB" for a in event.actors))):
            page.events[number] = _typed(event, labour_strike())


def _agree_on_deaths(page: Page, tolls: set[int], tree: Tree) -> None:
    """Who was killed, by nobody named, died of what the report tells: a fire or a flood, if it tells of no attack."""
    told = [e for e in page.events if not e.background]
    attacked = any(e.type == "ASSAULT" and deaths(e.lemma) is None for e in told)
    befallen = any(e.type in ("DISASTER", "ACCIDENT") for e in told)
    if attacked == befallen:
        return
    for number, event in enumerate(page.events):
        if befallen and event.type == "ASSAULT" and not event.actors and (harm := deaths(event.lemma)) is not None:
            page.events[number] = _typed(event, harm)
        elif attacked and event.type == "DEATH" and tree.at[event.anchor.start] in tolls:
            page.events[number] = _typed(event, killings())


def _typed(event: EventMention, typing: Typing) -> EventMention:
    return replace(
        event,
        type=typing.type,
        scheme=typing.scheme,
        mode=typing.mode,
        contexts=typing.contexts,
        cameo=typing.cameo,
        quad=typing.quad,
        goldstein=typing.goldstein,
    )


def _add_causes(page: Page, tree: Tree) -> None:
    causes = causes_in(tree, page.text)
    for number, event in enumerate(page.events):
        if cause := causes.get(tree.at[event.anchor.start]):
            page.events[number] = replace(event, cause=cause)


def _add_contexts(page: Page, tree: Tree) -> None:
    finder = ContextFinder(tree)
    for number, event in enumerate(page.events):
        if event.scheme == "plover":
            people = (*event.actors, *event.recipients)
            found = finder.contexts(event.sentence, event.contexts, people)
            page.events[number] = replace(event, contexts=found)


def _event(page: Page, tree: Tree, anchor: Anchor, number: int, times, innermost) -> EventMention:  # type: ignore[no-untyped-def]
    i = anchor.token
    start, end = tree.start[i], tree.end[i]
    typing = type_of(tree, anchor) if anchor.kind != "hint" else None  # what no list knows has no kind to be known by
    if typing is not None and page.scores is not None:
        typing = weighed(typing, page.scores.event_type(start, end))
    roles = roles_of(tree, anchor)
    lemma = tree.lemma[i]
    time: TimeMention | None = times.get(i)
    told = innermost(start)
    sentence = page.sentences[tree.sentence[i]]
    event = EventMention(
        id=f"v{number}",
        anchor=page.piece(start, end),
        sentence=tree.sentence[i],
        lemma=lemma,
        actors=_without_tellers(page, told, [resolve(page, tree, t) for t in roles.actors]),
        recipients=_without_tellers(page, told, [resolve(page, tree, t) for t in roles.recipients]),
        time=time.id if time else None,
        time_mark=TimeMark.SYNTAX if time else None,
        quantities=quantities_of(tree, page.text, i, roles.actors + roles.recipients),
        attribution=told,
        background=_background(tree, i) and not (told and tree.dep[i] in ("ccomp", "acl", "conj")),
        headline=page.part_at(start) in (PartKind.HEADLINE, PartKind.STANDFIRST),
        sense="" if page.scores is None else page.scores.sense((start, end), (sentence.start, sentence.end)),
    )
    return _typed(event, typing) if typing is not None else event


def _without_tellers(page: Page, told: str | None, people: Sequence[Participant]) -> tuple[Participant, ...]:
    """Those who take part, without who stands beside the clause only to tell it: "according to Ana Lind, a professor".

    Who speaks before the cue may take part: "Lind promised to come".
    """
    teller = next((a for a in page.attributions if a.id == told), None) if told else None
    if teller is None or not teller.cue or not teller.source or _open(teller.content[0].text):
        return tuple(people)
    beside = [s for s in teller.source if teller.cue[0].start < s.start or teller.content[0].start < s.start]
    return tuple(p for p in people if not any(s.start <= p.start and p.end <= s.end for s in beside))


def _open(content: str) -> bool:
    """Does a clause lack a subject of its own: "to come", "attacking the port"?"""
    first = content.split(maxsplit=1)[0].casefold()
    return first == "to" or first.endswith("ing")


def _with_past(page: Page, tree: Tree, events: list[EventMention]) -> list[EventMention]:
    """Events of sentences whose only dates lie well before the report are its background."""
    own = own_time(page) if any(t.latest for t in page.times) else None
    if own is None:
        return events
    limit = own.earliest - LONG_BEFORE
    past: set[int] = set()
    recent: set[int] = set()
    for time in page.times:
        number = page.sentence_at(time.start)
        if time.latest is not None and time.type is not TimeType.SET:
            (past if time.latest < limit else recent).add(number)
    old = past - recent
    made = []
    for event in events:
        i = tree.at.get(event.anchor.start)
        if event.sentence in old and i is not None and not _present(tree, i):
            event = replace(event, background=True)
        made.append(event)
    return made


def _present(tree: Tree, i: int) -> bool:
    """Does a token's clause stand in the present or future?"""
    for j in (i, *tree.ancestors(i)):
        if tree.tag[j] in ("VBZ", "VBP") or any(tree.tag[k] in ("VBZ", "VBP", "MD") for k in tree.children(j, "aux")):
            return True
        if tree.tag[j] == "VBD":
            return False
    return False


def _give_places(page: Page, tree: Tree, sites: Sites, ties: list[Tie]) -> None:
    """Each event the place that hangs by its words."""
    tokens = [tree.at[e.anchor.start] for e in page.events]
    owned = sites.owned(ties, {i: e.type for i, e in zip(tokens, page.events, strict=True)})
    page.events[:] = [replace(e, place=owned[i]) if i in owned else e for i, e in zip(tokens, page.events, strict=True)]


def _share_places(page: Page, sites: Sites, ties: list[Tie]) -> None:
    """What happens on a spot is where its sentence is, if nothing stands between."""
    for number, place in list(sites.shared(ties, page.events)):
        page.events[number] = replace(page.events[number], place=place)


def _fill_in(page: Page, tree: Tree, owners: dict[int, int], light: dict[int, int]) -> None:
    """Times and places that an event shares with the one it is coordinate with or an argument of.

    A time taken over so is marked as narrative; what is only said at a time did not happen then.
    """
    found = {tree.at[e.anchor.start]: e for e in page.events}
    for number, event in enumerate(page.events):
        i = tree.at[event.anchor.start]
        near = _raised_to(tree, found, i) or _shares_with(tree, owners, found, i)
        if near is None and i in light:
            near = found.get(light[i])  # "entered into talks in May"
        if near is None and event.type == "CONSULT":
            near = _goes_for(tree, found, i)
        if event.time is None and near is not None and near.time is not None:
            event = replace(event, time=near.time, time_mark=TimeMark.NARRATIVE)
        if event.place is None and event.type is not None and near is not None:
            event = replace(event, place=near.place)
        page.events[number] = found[i] = event
    for number, event in enumerate(page.events):
        if event.place is None and event.type == "CONSULT":  # last: what they talk about is not there
            i = tree.at[event.anchor.start]
            page.events[number] = replace(event, place=_journey_s_end(tree, owners, found, light.get(i, i)))


def _shares_with(tree: Tree, owners: dict[int, int], found: dict[int, EventMention], i: int) -> EventMention | None:
    """The event whose time and place hold for this one too: a coordinate, or the verb it is an argument of."""
    head = tree.head[i]
    if tree.dep[i] not in ("conj", "dobj", "nsubj", "nsubjpass", "xcomp") or head == i:
        return None
    if tree.dep[i] == "xcomp" and tree.tag[i] == "VB":
        return None
    other = found.get(owners.get(head, head))
    if other is None or tree.lemma[head] in words()["speech_verbs"] or _only_spoken_of(tree, head):
        return None
    return other


def _only_spoken_of(tree: Tree, verb: int) -> bool:
    """ "called off the march on Monday", "announced a visit in May": the day is that of the word, not of the deed."""
    table = signatures("v")
    particles = (table.get(f"{tree.lemma[verb]} {tree.lower[k]}") for k in tree.children(verb, "prt", "advmod"))
    found = next((p for p in particles if p is not None), table.get(tree.lemma[verb]))
    return found is not None and found.affirmed in _WORDS_ONLY


def _raised_to(tree: Tree, found: dict[int, EventMention], i: int) -> EventMention | None:
    """ "The meeting is expected to take place in May": the infinitive below the verb whose subject the event is."""
    if tree.dep[i] not in ("nsubj", "nsubjpass"):
        return None
    above = tree.head[i]
    bearers = [above, *tree.children(above, "acomp", "oprd")]  # "is due to begin on Sunday"
    below = [found[j] for k in bearers for j in tree.children(k, "xcomp") if j in found and tree.tag[j] == "VB"]
    return next((event for event in below if event.time or event.place), None)


def _goes_for(tree: Tree, found: dict[int, EventMention], i: int) -> EventMention | None:
    """What a traveller goes for, whose day is that of the journey too: "travel to Oslo to see the king on Friday"."""
    if tree.pos[i] != "VERB":
        return None
    deeds = [k for k in tree.children(i, "advcl", "xcomp") if k > i and tree.tag[k] == "VB"]
    leads = (k for k in tree.children(i, "prep", "dative") if tree.lower[k] == "for")
    aims = [*deeds, *(j for k in leads for j in tree.children(k, "pobj"))]
    return next((found[j] for j in aims if j in found and found[j].time), None)


def _journey_s_end(tree: Tree, owners: dict[int, int], found: dict[int, EventMention], i: int) -> str | None:
    """ "will visit Oslo to meet the king": there they meet."""
    if tree.dep[i] not in ("advcl", "xcomp") or tree.tag[i] != "VB":
        return None
    journey = found.get(owners.get(tree.head[i], -1))
    return journey.place if journey is not None and journey.type in ("CONSULT", "MOVE") else None


def _owners(anchors: list[Anchor]) -> dict[int, int]:
    """Which anchor a token's modifiers speak of: the anchor itself, or the noun that a light verb carries."""
    owners = {a.token: a.token for a in anchors}
    for anchor in anchors:
        if anchor.light is not None:
            owners.setdefault(anchor.light, anchor.token)
    return owners


def _placed(page: Page, tree: Tree, owners: dict[int, int], found) -> dict[int, object]:  # type: ignore[no-untyped-def]
    """The first time that hangs below each anchor, nearest anchor above it in the tree."""
    owned: dict[int, object] = {}
    for item in found:
        tokens = page.tokens(item.start, item.end)
        if not tokens:
            continue
        inside = {t.i for t in tokens}
        top = next((t.i for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0].i)
        if top in owners:
            continue
        for j in tree.ancestors(top):
            if j in owners and j not in inside:
                owned.setdefault(owners[j], item)
                break
    return owned


def _innermost(page: Page):  # type: ignore[no-untyped-def]
    """A function from an offset to the id of the innermost attribution whose content holds it."""
    spans = sorted(
        ((c.end - c.start, c.start, c.end, a) for a in page.attributions for c in a.content),
        key=lambda s: (s[0], s[1], s[3].within is None),  # of one stretch, who is cited stands inside who cites
    )

    def at(offset: int) -> str | None:
        for _, start, end, attribution in spans:
            if start <= offset < end:
                return str(attribution.id)
        return None

    return at


def _background(tree: Tree, i: int) -> bool:
    """Told as the past of the story: the past perfect, or words such as "previous" and "ago"."""
    had = any(tree.lower[k] in ("had", "'d") for k in tree.children(i, "aux")) and tree.tag[i] == "VBN"
    if had and tree.dep[i] not in ("ccomp",):
        return True
    near = [tree.lower[k] for k in tree.children(i, "advmod", "amod")]
    return any(w in _EARLIER for w in near)


EVENTS = step(
    "events", needs=["sentences", "scores", "mentions", "times", "places", "attributions"], adds=["events"], run=_run
)
