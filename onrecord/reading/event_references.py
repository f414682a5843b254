"""Events that refer back within a report: "the invitation", "that visit", "the meeting"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from onrecord.model import EntityType, EventMention, TimeMention
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.page import Page
from onrecord.reading.times import own_time

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "their", "her"})
_MORE = frozenset({"another", "new", "second", "third", "previous", "other", "again", "also"})
_REACH = 40  # mentions
LONG_BEFORE = timedelta(days=45)  # what is dated earlier than this before the report is its background
_COLON = 25  # tokens
_FAMILIES = {
    "invite": "invite",
    "invitation": "invite",
    "visit": "visit",
    "trip": "visit",
    "meet": "meet",
    "meeting": "meet",
    "talk": "meet",
    "summit": "meet",
    "call": "call",
    "conversation": "call",
    "attack": "attack",
    "strike": "attack",
    "raid": "attack",
    "bombing": "attack",
    "blast": "attack",
    "explosion": "attack",
    "explode": "attack",
    "bomb": "attack",
    "assault": "attack",
    "shooting": "shoot",
    "shoot": "shoot",
    "crash": "crash",
    "accident": "crash",
    "collide": "crash",
    "collision": "crash",
    "arrest": "arrest",
    "detain": "arrest",
    "detention": "arrest",
    "agreement": "agree",
    "deal": "agree",
    "accord": "agree",
    "pact": "agree",
    "agree": "agree",
    "sign": "agree",
    "ceasefire": "ceasefire",
    "truce": "ceasefire",
    "withdrawal": "withdraw",
    "withdraw": "withdraw",
    "pullout": "withdraw",
    "resignation": "resign",
    "resign": "resign",
    "protest": "protest",
    "demonstration": "protest",
    "march": "protest",
    "rally": "protest",
    "demonstrate": "protest",
    "ruling": "rule",
    "rule": "rule",
    "verdict": "rule",
    "decision": "rule",
    "election": "elect",
    "vote": "elect",
    "poll": "elect",
    "quake": "quake",
    "earthquake": "quake",
    "tremor": "quake",
    "fire": "fire",
    "blaze": "fire",
    "merger": "merge",
    "merge": "merge",
    "acquisition": "acquire",
    "acquire": "acquire",
    "takeover": "acquire",
    "purchase": "acquire",
    "buy": "acquire",
    "launch": "launch",
    "release": "release",
    "announce": "announce",
    "announcement": "announce",
    "die": "die",
    "death": "die",
    "suggest": "suggest",
    "suggestion": "suggest",
    "propose": "suggest",
    "proposal": "suggest",
    "kill": "kill",
    "killing": "kill",
    "murder": "kill",
    "deny": "deny",
    "denial": "deny",
}


# What a noun takes up by what it is, not by its word: "will travel to Oslo … the visit", "walk out … the strike".
_OF_MODES: dict[tuple[str | None, str | None], str] = {
    ("CONSULT", "visit"): "visit",
    ("CONCEDE", "resign"): "resign",
    ("PROTEST", "strike"): "strike of workers",
}


def family(lemma: str) -> str:
    """What a predicate and its noun share: "invite" and "invitation"."""
    known = _FAMILIES.get(lemma)
    if known:
        return known
    for ending in ("ation", "ition", "ment", "sion", "tion", "ing", "ion", "al", "ed", "e"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)]
    return lemma


def link_back(page: Page, events: list[EventMention]) -> list[EventMention]:
    """Events with ``antecedent`` set where a definite noun, or the body's repetition of the headline, refers back.

    Two mentions are taken for one if their words are of one family, no participant, time or place stands against it,
    and the later one is definite, or both name the same actor and recipient; or in whatever words, if the same people
    do a thing of one kind on one stated day.
    """
    tree = tree_of(page)
    linked: list[EventMention] = []
    latest: dict[str, list[EventMention]] = {}
    days = {t.id: t for t in page.times}
    for event in events:
        key = _OF_MODES.get((event.type, event.mode)) or family(event.lemma)
        earlier = _antecedent(page, tree, event, latest.get(key, []))
        if earlier is None and event.type is not None and event.time is not None and not _another(tree, event):
            told = (e for e in reversed(linked[-_REACH:]) if _one_deed(page, event, e, days))
            earlier = next(told, None)
        if earlier is not None:
            event = replace(event, antecedent=earlier.antecedent or earlier.id)
        if event.antecedent is None and linked and _after_colon(tree, event):
            told = (e for e in reversed(linked[-6:]) if _explained(page, tree, event, e))
            earlier = next(told, None)
            event = replace(event, antecedent=earlier.antecedent or earlier.id) if earlier is not None else event
        linked.append(event)
        if event.type is not None and event.type != "STATEMENT":
            latest.setdefault(key, []).append(event)
    return linked


def _antecedent(page: Page, tree: Tree, event: EventMention, earlier: list[EventMention]) -> EventMention | None:
    if event.type is None or event.type == "STATEMENT":
        return None
    i = tree.at.get(event.anchor.start)
    if i is None:
        return None
    definite = any(tree.lower[k] in _DEFINITE for k in tree.kids[i]) and tree.pos[i] in ("NOUN", "PROPN")
    if _another(tree, event):
        return None
    definite = definite and not _newly_named(page, tree, i)
    for other in reversed(earlier[-8:]):
        if other.background != event.background and not definite:
            continue
        whereto = definite and event.mode == other.mode == "visit" and _spoken_of(page, event, other)
        if (_against(page, event, other) and not whereto) or _long_before(page, event, other):
            continue
        if definite and event.sentence - other.sentence <= 12:
            return other
        if _same_people(event, other) or (event.attribution and _same_recipients(event, other)):
            return other
    return None


def _spoken_of(page: Page, event: EventMention, other: EventMention) -> bool:
    """ "Lind will travel to Oslo to see the king of Norway … the visit to Norway": the sentence names where it goes."""
    if event.time is not None or event.actors or not event.recipients:
        return False
    sentence = page.sentences[other.sentence].of(page.text)
    return all(p.text[:1].isupper() and p.text in sentence for p in event.recipients)


def _another(tree: Tree, event: EventMention) -> bool:
    """Is an event told as one more of its kind: "another raid", "struck again"?"""
    i = tree.at.get(event.anchor.start)
    return i is not None and any(tree.lower[k] in _MORE for k in tree.kids[i])


def _newly_named(page: Page, tree: Tree, i: int) -> bool:
    """ "the Solway landing": a name before the noun, nowhere before in the report, tells of another one."""
    for k in tree.children(i, "compound", "nmod", "poss"):
        if tree.pos[k] == "PROPN" and page.text.find(tree.word[k], 0, tree.start[k]) < 0:
            return True
    return False


def _long_before(page: Page, event: EventMention, other: EventMention) -> bool:
    """ "the last flight in 2011" is not the undated flight that the report tells of."""
    if event.time is None or other.time is not None or other.background:
        return False
    own = own_time(page)
    time = next((t for t in page.times if t.id == event.time), None)
    if own is None or time is None or time.latest is None:
        return False
    return time.latest < own.earliest - LONG_BEFORE


def _one_deed(page: Page, event: EventMention, other: EventMention, days: dict[str, TimeMention]) -> bool:
    """Do the same people do a thing of one kind on one stated day: "will step down … would not resign on 8 May"?

    The people of the one are among those of the other: who meets two on a day meets twice. Towns are no people.
    """
    modes = {event.mode, other.mode} - {None}
    if event.type != other.type or len(modes) > 1 or other.time is None or other.background:
        return False
    mine, theirs = days.get(event.time or ""), days.get(other.time)
    if mine is None or theirs is None or not (_is_day(mine) and _is_day(theirs)) or _apart(mine, theirs):
        return False
    one, two = _people(page, event), _people(page, other)
    return bool(one and two) and (one <= two or two <= one) and not _elsewhere(page, event, other)


def _after_colon(tree: Tree, event: EventMention) -> bool:
    i = tree.at.get(event.anchor.start, 0)
    return any(tree.word[k] == ":" for k in range(max(0, i - _COLON), i))


def _explained(page: Page, tree: Tree, event: EventMention, other: EventMention) -> bool:
    """ "The strike has been cancelled: workers will not walk out": a noun before the colon, a verb behind it."""
    i, k = tree.at.get(event.anchor.start), tree.at.get(other.anchor.start)
    if i is None or k is None or event.type is None or event.type != other.type or tree.pos[k] != "NOUN":
        return False
    close = event.sentence - other.sentence <= 1 and any(tree.word[j] == ":" for j in range(k, i))
    return close and any(tree.lower[j] in _DEFINITE for j in tree.kids[k]) and not _against(page, event, other)


def _is_day(time: TimeMention) -> bool:
    known = time.earliest is not None and time.latest is not None
    return known and time.latest - time.earliest <= timedelta(days=1)  # type: ignore[operator]


def _people(page: Page, event: EventMention) -> set[str]:
    found = set()
    for item in (*event.actors, *event.recipients):
        entity = page.entity(item.entity)
        if entity is None or entity.type is not EntityType.PLACE:
            found.add(item.entity or item.text.lower())
    return found


def _names(event: EventMention) -> set[str]:
    return {p.entity or p.text.lower() for p in (*event.actors, *event.recipients)}


def _same_people(event: EventMention, other: EventMention) -> bool:
    mine, theirs = {p.entity for p in event.actors if p.entity}, {p.entity for p in other.actors if p.entity}
    to_me, to_them = {p.entity for p in event.recipients if p.entity}, {p.entity for p in other.recipients if p.entity}
    return bool(mine & theirs) and bool(to_me & to_them)


def _same_recipients(event: EventMention, other: EventMention) -> bool:
    """ "denied that he had received an invitation": the giver is left out, the one who received it is the same."""
    if event.actors or other.background != event.background:
        return False
    mine = {p.entity for p in event.recipients if p.entity}
    return bool(mine) and mine <= {p.entity for p in other.recipients if p.entity}


def _apart(mine: TimeMention, theirs: TimeMention) -> bool:
    if not (mine.earliest and mine.latest and theirs.earliest and theirs.latest):
        return False
    return mine.earliest > theirs.latest or theirs.earliest > mine.latest


def _elsewhere(page: Page, event: EventMention, other: EventMention) -> bool:
    if not event.place or not other.place or event.place == other.place:
        return False
    places = {p.id: p for p in page.places}
    here, there = places.get(event.place), places.get(other.place)
    return here is not None and there is not None and here.name != there.name


def _against(page: Page, event: EventMention, other: EventMention) -> bool:
    """Does anything stand against the two being one: another time or place, or people none of whom are shared?"""
    if event.time and other.time and event.time != other.time:
        times = {t.id: t for t in page.times}
        mine, theirs = times.get(event.time), times.get(other.time)
        if mine and theirs and _apart(mine, theirs):
            return True
    if _elsewhere(page, event, other):
        return True
    mine_, theirs_ = _names(event), _names(other)
    return bool(mine_) and bool(theirs_) and not mine_ & theirs_
