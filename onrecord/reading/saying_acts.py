"""Acts that say: to call off, scrap or cancel is to say that it will not be, to put a toll at nine that nine died."""

from __future__ import annotations

from onrecord.model import EntityType, EventMention, Holder, Participant, SourceKind, Status
from onrecord.reading.event_anchors import Anchor
from onrecord.reading.event_tree import Tree
from onrecord.reading.page import Page
from onrecord.reading.participants import passive, resolve, subject
from onrecord.reading.sources import is_outlet
from onrecord.reading.status_signatures import signatures

_PLANS = frozenset({"plan", "preparation", "arrangement", "talk", "project"})  # "scrapped its plans for the march"


def caller_off(page: Page, tree: Tree, event: EventMention) -> Participant | None:
    """Who is said to call an event off: the subject above it, or of the clause that a colon lets it explain."""
    i = tree.at.get(event.anchor.start)
    if i is None or event.status is not Status.CANCELLED:
        return None
    verb = _verb_above(tree, i)
    if verb is None:
        verb = _before_colon(tree, i)
    if verb is None:
        return None
    if passive(tree, verb):
        who = next((k for name, _, k in tree.preps(verb) if name == "by"), None)
    else:
        who = subject(tree, verb)
    return resolve(page, tree, who) if who is not None else None


def toll_teller(page: Page, tree: Tree, event: EventMention) -> Participant | None:
    """Who puts a toll at a number, or revises it: "the ministry put the number of dead at nine"."""
    word = tree.at.get(event.anchor.start)
    anchors: list[Anchor] = page.doc.user_data.get("onrecord_anchors", [])
    verb = next((a.light for a in anchors if a.token == word and a.kind == "toll"), None)
    if verb is None or passive(tree, verb) or tree.child(verb, "dobj") is None:
        return None
    who = tree.child(verb, "nsubj")
    return resolve(page, tree, who) if who is not None and word not in (who, *tree.kids[who]) else None


def holder_by_act(page: Page, caller: Participant | None) -> Holder | None:
    """The holder that a caller is: somebody named, or an office; nobody who is only described."""
    entity = page.entity(caller.entity) if caller is not None else None
    if entity is None or caller is None:
        return None
    if entity.type is EntityType.PERSON and any(part[:1].isupper() for part in entity.name.split()):
        return Holder(entity.name, SourceKind.NAMED, entity.id, entity.country, entity.sector)
    if entity.type in (EntityType.ORGANISATION, EntityType.OFFICE) and not is_outlet(entity.name):
        return Holder(caller.text, SourceKind.OFFICE, entity.id, entity.country, entity.sector)
    return None


def _verb_above(tree: Tree, i: int) -> int | None:
    """The verb of calling off that an event, or the plan for it, is the object of."""
    for _ in range(4):
        above = tree.head[i]
        if above == i:
            return None
        if tree.pos[above] in ("VERB", "AUX"):
            return above if tree.dep[i] in ("dobj", "nsubjpass") and _calls_off(tree, above) else None
        if tree.pos[above] == "NOUN" and tree.lemma[above] not in _PLANS:
            return None
        i = above
    return None


def _before_colon(tree: Tree, i: int) -> int | None:
    """ "The union called the march off: it would not go ahead": the verb before the colon, its own sentence's."""
    first = _first_of_sentence(tree, i)
    colon = next((k for k in range(i - 1, first - 2, -1) if k >= 0 and tree.word[k] == ":"), None)
    if colon is None:
        return None
    first = _first_of_sentence(tree, colon)
    return next((k for k in range(first, colon) if tree.pos[k] == "VERB" and _calls_off(tree, k)), None)


def _first_of_sentence(tree: Tree, i: int) -> int:
    while i and tree.sentence[i - 1] == tree.sentence[i]:
        i -= 1
    return i


def _calls_off(tree: Tree, verb: int) -> bool:
    table = signatures("v")
    particles = [table.get(f"{tree.lemma[verb]} {tree.lower[k]}") for k in tree.children(verb, "prt", "advmod")]
    found = next((p for p in particles if p is not None), table.get(tree.lemma[verb]))
    negated = tree.child(verb, "neg") is not None or tree.child(verb, "aux") is not None
    return found is not None and found.affirmed == "off" and not negated


__all__ = ["caller_off", "holder_by_act"]
