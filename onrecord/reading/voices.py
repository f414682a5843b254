"""What is made to say something and cannot: things, happenings, and whom a reproach is aimed at.

What such a source is made to say stands in the report's own words: it concludes it from the thing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from onrecord.model import Attribution, EntityType, SourceKind
from onrecord.reading.attribution_draft import source_words
from onrecord.reading.attribution_syntax import tops
from onrecord.reading.event_lexicon import words
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_TELLING = frozenset({"say", "state", "read", "tell", "add", "announce", "report", "claim", "accord"})
_THINGS = frozenset({"it", "this", "that", "which", "these", "those"})
_SPEAKERS = frozenset(
    {EntityType.PERSON, EntityType.ORGANISATION, EntityType.OFFICE, EntityType.GROUP, EntityType.PLACE}
)
_VOICES = frozenset().union(*(source_words()[k] for k in ("offices", "unnamed", "documents", "news_documents")))
_LIFELESS = words()["claims.lifeless"] | (words()["event_nouns"] - words()["participants.people"] - _VOICES)
_OF_NOBODY = frozenset({"emerge", "transpire", "turn", "seem", "appear", "happen", "follow"})  # "it emerged that"
_REPROACHES = frozenset({"criticism", "fire", "attack", "scrutiny", "suspicion", "condemnation", "censure"})
_SUFFERING = frozenset({"face", "draw", "attract", "meet", "earn", "provoke", "suffer", "incur"})


def has_no_voice(page: Page, attribution: Attribution) -> bool:
    """Whether an attribution's source is nobody who could say something."""
    if _an_event(page, attribution) or _lifeless(page, attribution) or _reproached(page, attribution):
        return True
    if len(attribution.source) != 1 or attribution.source[0].text.lower() not in _THINGS:
        return False
    if attribution.source[0].text.lower() == "it" and _cue_lemmas(page, attribution) & _OF_NOBODY:
        return True
    entity = page.entity(attribution.source_entity) if attribution.source_entity else None
    return entity is None or entity.type not in _SPEAKERS


def _an_event(page: Page, attribution: Attribution) -> bool:
    """ "The removal suggests that …": what happened says nothing by itself, the report concludes from it."""
    if attribution.source_kind is not SourceKind.UNNAMED or attribution.source_entity is not None:
        return False
    if _tells(page, attribution):
        return False  # "the announcement said" is of who announced
    span = attribution.source[0]
    heads = {t.idx for t in _heads(page, attribution)}
    return any(e.anchor.start in heads and span.start <= e.anchor.start < span.end for e in page.events)


def _lifeless(page: Page, attribution: Attribution) -> bool:
    """ "Parameters like the sun's height revealed that …", "a lesson from Tolm: …"."""
    if attribution.source_kind not in (SourceKind.UNNAMED, SourceKind.OFFICE) or _tells(page, attribution):
        return False
    heads = _heads(page, attribution)
    return bool(heads) and all(t.pos_ == "NOUN" and t.lemma_.lower() in _LIFELESS for t in heads)


def _reproached(page: Page, attribution: Attribution) -> bool:
    """ "The council came under criticism for its silence", "faced criticism": it is of the council, not by it."""
    aimed_at = {t.head.i for t in _heads(page, attribution) if t.dep_ in ("nsubj", "nsubjpass")}
    cues = page.tokens_of(attribution.cue)
    reproaches = [t for t in cues if t.pos_ == "NOUN" and t.lemma_.lower() in _REPROACHES]
    for above in (up for t in reproaches for up in islice(t.ancestors, 4)):
        if above.i in aimed_at and (above.lemma_.lower() in _SUFFERING or _brought_under(above)):
            return True
    return False


def _brought_under(verb: Token) -> bool:
    return any(t.lower_ == "under" for t in verb.rights)


def _tells(page: Page, attribution: Attribution) -> bool:
    return bool(_cue_lemmas(page, attribution) & _TELLING)


def _cue_lemmas(page: Page, attribution: Attribution) -> set[str]:
    return {t.lemma_.lower() for t in page.tokens_of(attribution.cue)}


def _heads(page: Page, attribution: Attribution) -> list[Token]:
    """The tokens of a source's first stretch that hang on none other of it."""
    return tops(page.tokens(attribution.source[0].start, attribution.source[0].end))


__all__ = ["has_no_voice"]
