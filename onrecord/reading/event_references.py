"""Events that refer back within a report: "the invitation", "that visit", "the meeting"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import EventMention, TimeMention
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.page import Page

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "their", "her"})
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
    and the later one is definite, or both name the same actor and recipient.
    """
    tree = tree_of(page)
    linked: list[EventMention] = []
    latest: dict[str, list[EventMention]] = {}
    for event in events:
        key = family(event.lemma)
        earlier = _antecedent(page, tree, event, latest.get(key, []))
        if earlier is not None:
            event = replace(event, antecedent=earlier.antecedent or earlier.id)
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
    marked = any(tree.lower[k] in ("another", "new", "second", "third", "previous", "other") for k in tree.kids[i])
    if marked:
        return None
    for other in reversed(earlier[-8:]):
        if other.background != event.background and not definite:
            continue
        if _against(page, event, other):
            continue
        if definite and event.sentence - other.sentence <= 12:
            return other
        if _same_people(event, other) or (event.attribution and _same_recipients(event, other)):
            return other
    return None


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


def _against(page: Page, event: EventMention, other: EventMention) -> bool:
    """Does anything stand against the two being one: another time or place, or people none of whom are shared?"""
    if event.time and other.time and event.time != other.time:
        times = {t.id: t for t in page.times}
        mine, theirs = times.get(event.time), times.get(other.time)
        if mine and theirs and _apart(mine, theirs):
            return True
    if event.place and other.place and event.place != other.place:
        places = {p.id: p for p in page.places}
        here, there = places.get(event.place), places.get(other.place)
        if here and there and here.name != there.name:
            return True
    mine_, theirs_ = _names(event), _names(other)
    return bool(mine_) and bool(theirs_) and not mine_ & theirs_
