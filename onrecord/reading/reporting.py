"""A name that reports what it takes no part in is an outlet's: "a mill burned down, Farline reported"."""

from __future__ import annotations

from onrecord.model import EntityType, SourceKind, Span
from onrecord.reading.attribution_draft import Draft
from onrecord.reading.attribution_syntax import is_passive
from onrecord.reading.page import Page
from onrecord.reading.roles import name_words, organisations
from onrecord.reading.sources import Source

_MOST_WORDS = 4
_OWN = frozenset({"it", "its", "they", "their", "we", "our", "he", "she", "his", "her"})
_OPENING = 5  # words of a content in which its subject stands


def reports(page: Page, draft: Draft, source: Source) -> bool:
    """Is a source, by the name alone a body or nothing known, an outlet: it reports, and not of itself?"""
    if source.kind is not SourceKind.OFFICE or len(draft.source) != 1 or not _reported(page, draft.cue):
        return False
    words = page.tokens(draft.source[0].start, draft.source[0].end)
    name = [t for t in words if t.lower_ != "the"]
    if not 0 < len(name) <= _MOST_WORDS or not all(t.text[:1].isupper() and t.pos_ == "PROPN" for t in name):
        return False
    entity = page.entity(source.entity)
    if entity is not None and (entity.type is not EntityType.ORGANISATION or entity.country or entity.sector):
        return False
    text = " ".join(t.text for t in name)
    if text in organisations() or name[-1].lower_ in name_words("organisation") or len(text) <= 3:
        return False
    return not _of_itself(page, draft, name[-1].lower_)


def _reported(page: Page, cue: tuple[Span, ...]) -> bool:
    verbs = [t for c in cue for t in page.tokens(c.start, c.end) if t.pos_ in ("VERB", "AUX")]
    return any(t.lemma_ == "report" and not is_passive(t) for t in verbs)


def _of_itself(page: Page, draft: Draft, name: str) -> bool:
    """ "Grell Motors reported that its sales rose", "reported a loss": what a firm reports of itself; no clause."""
    words = [t for c in draft.content for t in page.tokens(c.start, c.end)]
    clause = any(t.dep_ in ("nsubj", "nsubjpass", "expl") for t in words)
    opening = {t.lower_ for t in words[:_OPENING]}
    return not clause or bool(opening & _OWN) or any(t.lower_ == name for t in words)


__all__ = ["reports"]
