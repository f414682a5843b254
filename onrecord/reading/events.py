"""Event mentions: what happens in a report, anchored at a word, with type, participants, quantities, time and place.

Status, certainty and factuality are set by the next step (``statuses``). Speech and states are event mentions too
(types STATEMENT and none), so that their status can be asked; no claim is made of them (``claims``).
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Attribution, EventMention, PartKind, TimeMark, TimeMention
from onrecord.reading.event_anchors import Anchor, find_anchors
from onrecord.reading.event_lexicon import Typing, words
from onrecord.reading.event_references import link_back
from onrecord.reading.event_tree import Tree, tree_of
from onrecord.reading.event_types import type_of
from onrecord.reading.page import Page, step
from onrecord.reading.participants import resolve, roles_of
from onrecord.reading.quantities import quantities_of

MOST_EVENTS = 6_000
_PLACE_PREPS = frozenset(
    "in at near on outside inside across around off along from to through throughout into".split(" ")
)
_EARLIER = frozenset("previous|previously|former|formerly|ago|then|historic|decade|decades|historically".split("|"))


def _run(page: Page) -> None:
    tree = tree_of(page)
    anchors = [a for a in find_anchors(tree)][:MOST_EVENTS]
    owners = _owners(tree, anchors)
    times, places = _placed(page, tree, owners, page.times), _placed(page, tree, owners, page.places)
    innermost = _innermost(page)
    for number, anchor in enumerate(anchors, 1):
        page.events.append(_event(page, tree, anchor, number, times, places, innermost))
    page.events[:] = link_back(page, page.events)
    page.doc.user_data["onrecord_anchors"] = anchors


def _event(page: Page, tree: Tree, anchor: Anchor, number: int, times, places, innermost) -> EventMention:  # type: ignore[no-untyped-def]
    i = anchor.token
    typing = type_of(tree, anchor)
    roles = roles_of(tree, anchor)
    lemma = tree.lemma[i]
    start, end = tree.start[i], tree.end[i]
    time: TimeMention | None = times.get(i)
    place = places.get(i)
    shown = typing or Typing("", "")
    return EventMention(
        id=f"v{number}",
        anchor=page.piece(start, end),
        sentence=tree.sentence[i],
        lemma=lemma,
        type=shown.type or None,
        scheme=shown.scheme or None,
        mode=shown.mode,
        contexts=shown.contexts,
        cameo=shown.cameo,
        quad=shown.quad,
        goldstein=shown.goldstein,
        actors=tuple(resolve(page, tree, t) for t in roles.actors),
        recipients=tuple(resolve(page, tree, t) for t in roles.recipients),
        time=time.id if time else None,
        time_mark=TimeMark.SYNTAX if time else None,
        place=place.id if place else None,
        quantities=quantities_of(tree, page.text, i, roles.actors + roles.recipients),
        attribution=innermost(start),
        background=_background(tree, i, time),
        headline=page.part_at(start) in (PartKind.HEADLINE, PartKind.STANDFIRST),
    )


def _owners(tree: Tree, anchors: list[Anchor]) -> dict[int, int]:
    """Which anchor a token's modifiers speak of: the anchor itself, or the noun that a light verb carries."""
    owners = {a.token: a.token for a in anchors}
    for anchor in anchors:
        if anchor.light is not None:
            owners.setdefault(anchor.light, anchor.token)
    return owners


def _placed(page: Page, tree: Tree, owners: dict[int, int], found) -> dict[int, object]:  # type: ignore[no-untyped-def]
    """The first time or place that hangs below each anchor, nearest anchor above it in the tree."""
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
        ((c.end - c.start, c.start, c.end, a) for a in page.attributions for c in a.content), key=lambda s: (s[0], s[1])
    )

    def at(offset: int) -> str | None:
        for _, start, end, attribution in spans:
            if start <= offset < end:
                return str(attribution.id)
        return None

    return at


def _background(tree: Tree, i: int, time: TimeMention | None) -> bool:
    """Told as the past of the story: the past perfect, or words such as "previous" and "ago"."""
    had = any(tree.lower[k] in ("had", "'d") for k in tree.children(i, "aux")) and tree.tag[i] == "VBN"
    if had and tree.dep[i] not in ("ccomp",):
        return True
    near = [tree.lower[k] for k in tree.children(i, "advmod", "amod")]
    return any(w in _EARLIER for w in near)


EVENTS = step("events", needs=["sentences", "mentions", "times", "places", "attributions"], adds=["events"], run=_run)

__all__ = ["EVENTS", "Attribution", "replace", "words"]
