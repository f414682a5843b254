"""Pronouns as sources that coreference left open: "he said" goes to the speaker before, "who" to its noun, "I" out.

A report that quotes somebody goes on with "he said" until it names another (O'Keefe and others 2012 use the same turn
for quotations). Where the speaker before is a description without a name, or of the other gender, nothing is resolved.
"""

from __future__ import annotations

from bisect import insort_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Attribution, EntityType, Span
from onrecord.reading.page import Page
from onrecord.reading.sources import kind_of, mention_for

_OTHER = {"he": frozenset({"she", "her", "hers"}), "she": frozenset({"he", "him", "his"})}
_OWN = frozenset({"i", "we"})
_RELATIVES = frozenset({"who", "that", "which"})
_PEOPLE = frozenset({EntityType.PERSON, EntityType.GROUP})
_BODIES = frozenset({EntityType.ORGANISATION, EntityType.OFFICE})
_FARTHEST = 8  # sentences between a speaker and the pronoun that goes on


def with_speakers(page: Page, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions in order, pronouns among their sources resolved where these rules can."""
    done: list[Attribution] = []  # by where their sources stand
    by_id = {item.id: item for item in found}
    for item in found:
        word = item.source[0].text.casefold() if len(item.source) == 1 else ""
        if item.source_entity is None:
            if word in _OTHER:
                item = _as_before(page, item, word, done)
            elif word in _RELATIVES:
                item = _as_noun(page, item)
            elif word in _OWN:
                item = _as_outer(item, by_id)
        insort_left(done, item, key=_place)
        yield item


def _as_before(page: Page, item: Attribution, word: str, done: Sequence[Attribution]) -> Attribution:
    for before in reversed(done):
        if not before.source or _place(before) >= _place(item) or before.within is not None:
            continue
        entity = page.entity(before.source_entity) if before.source_entity else None
        if entity is None and before.source[0].text.casefold() == word:
            continue
        far = page.sentence_at(_place(item)) - page.sentence_at(_place(before)) > _FARTHEST
        if far or entity is None or entity.type is not EntityType.PERSON or entity.plural:
            return item
        if any(m.entity == entity.id and m.text.casefold() in _OTHER[word] for m in page.mentions):
            return item
        return replace(item, source_entity=entity.id, source_kind=before.source_kind, number="one", affiliation=None)
    return item


def _as_outer(item: Attribution, by_id: Mapping[str, Attribution]) -> Attribution:
    """ "I hope", in what somebody is quoted as saying: the one who is quoted."""
    outer = by_id.get(item.within or "")
    if outer is None or outer.source_entity is None or outer.number != "one":
        return item
    return replace(item, source_entity=outer.source_entity, source_kind=outer.source_kind, number="one")


def _as_noun(page: Page, item: Attribution) -> Attribution:
    """ "Kent Marlow, who said": the one whom the clause is about."""
    head = next(iter(page.tokens(item.source[0].start, item.source[0].end)), None)
    if head is None or head.head.dep_ != "relcl" or head.head.head.i >= head.i:
        return item
    noun = head.head.head
    at = Span(noun.left_edge.idx, noun.idx + len(noun))
    mention = mention_for(page, at, noun)
    entity = page.entity(mention.entity) if mention else None
    if entity is None or entity.type not in (_PEOPLE if head.lower_ == "who" else _BODIES):
        return item
    return replace(item, source_entity=entity.id, source_kind=kind_of(page, at, noun, mention, entity))


def _place(item: Attribution) -> int:
    return item.source[0].start if item.source else -1


__all__ = ["with_speakers"]
