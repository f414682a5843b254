"""What tags take in that is not theirs: another cue's clause or the report's own explanation in a content, an adverbial
in a source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.model import Span
from onrecord.reading.attribution_draft import Draft, cue_words, merged, overlap, source_words, trimmed, without
from onrecord.reading.attribution_quotes import Quotations
from onrecord.reading.attribution_syntax import (
    SUBJECTS,
    before_conjunction,
    noun_phrase,
    second_saying,
    subtree,
    trailing_sayings,
)
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADVERBIALS = frozenset({"npadvmod", "advmod"})
_LEANING = frozenset({"det", "amod", "compound", "poss", "nummod", "prep"})
_SETS_OFF = frozenset({",", "-", "--", "–", "—"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})


def trimmed_draft(page: Page, draft: Draft, verb: Token | None, quotes: Quotations) -> Draft:
    """A draft without what the parse gives to something else."""
    draft = replace(draft, source=_nominal(page, draft), content=_whole(page, draft))
    if verb is None:
        return draft
    draft = replace(draft, content=_without_others(page, draft, verb, quotes))
    return _seeming(page, draft, verb)


def _whole(page: Page, draft: Draft) -> tuple[Span, ...]:
    """A content that breaks off inside a phrase, with its rest: "to talk with the | council"."""
    if not draft.content:
        return ()
    last = draft.content[-1]
    words = page.tokens(last.start, last.end)
    word = words[-1] if words else None
    if word is None or word.dep_ not in _LEANING:
        return draft.content
    rest = subtree(word) if word.dep_ == "prep" else Span(last.start, word.head.idx + len(word.head))
    longer = Span(last.start, max(last.end, rest.end))
    if overlap([Span(last.end, longer.end)], [*draft.cue, *draft.source]):
        return draft.content
    return (*draft.content[:-1], longer)


def _nominal(page: Page, draft: Draft) -> tuple[Span, ...]:
    """A source without the adverbial that follows it and belongs to the cue: "lawmakers | this week"."""
    if len(draft.source) != 1 or not draft.cue:
        return draft.source
    source, cue = draft.source[0], draft.cue[0]
    words = page.tokens(source.start, source.end)
    if len(words) > 1 and words[-1].dep_ in SUBJECTS and words[-1].tag_ in ("WP", "WDT"):  # "a diplomat, who"
        kept = trimmed(page.text, source.start, words[-1].idx)
        return (kept,) if kept else draft.source
    verbs = {t.i for t in page.tokens(cue.start, cue.end)}
    for word in words[1:]:
        if word.head.i not in verbs or word.left_edge.i <= words[0].i:
            continue
        kept = trimmed(page.text, source.start, word.left_edge.idx)
        head = next((t for t in page.tokens(kept.start, kept.end) if t.head.i in verbs), None) if kept else None
        if kept and head is not None and _may_not_take(head, word):
            return (kept,)
    return draft.source


def _may_not_take(head: Token, word: Token) -> bool:
    """Can an adverbial not belong to a noun? A paper has its date ("a poll last week"), a pronoun no phrase at all."""
    if word.dep_ == "prep":
        return head.pos_ == "PRON"
    return word.dep_ in _ADVERBIALS and head.pos_ in _NOMINAL and head.lemma_ not in source_words()["documents"]


def _without_others(page: Page, draft: Draft, verb: Token, quotes: Quotations) -> tuple[Span, ...]:
    """A content without a second cue's part ("and denied that …") and without what the speaker does besides
    (", adding that …")."""
    gaps = []
    for clause in (c for c in verb.children if c.dep_ == "ccomp"):
        other = second_saying(clause)
        if other is not None and quotes.at(other.idx) is None:
            gaps.append(Span(before_conjunction(clause, other).idx, subtree(other).end))
        gaps += [subtree(c) for c in trailing_sayings(clause) if quotes.at(c.idx) is None]
    gaps = [g for g in gaps if overlap([g], draft.content)]
    if not gaps:
        return draft.content
    left = [p for span in draft.content for p in without(span, gaps, page.text)]
    return merged(left, page.text) or draft.content


def _seeming(page: Page, draft: Draft, verb: Token) -> Draft:
    """ "The dam seems to hold": the subject of seeming holds nothing, it is what seems so."""
    if verb.lemma_ not in cue_words()["appearances"] or not any(c.dep_ in ("xcomp", "oprd") for c in verb.children):
        return draft
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    phrase = noun_phrase(subject, page.text) if subject is not None else None
    if phrase is None or not draft.source or not overlap([phrase], draft.source):
        return draft
    return replace(draft, source=(), content=merged([phrase, *draft.content], page.text))


def without_aside(page: Page, draft: Draft, quotes: Quotations) -> Draft:
    """A draft without the relative clause behind a comma that ends its content: there the report explains.

    "Said it would join the league, | which has nine members"; what stands in quotation marks is kept.
    """
    if not draft.content or not draft.cue or draft.cue[0].start > draft.content[-1].start:
        return draft
    last = draft.content[-1]
    words = page.tokens(last.start, last.end)
    for word in words[1:] if quotes.at(last.end - 1) is None else []:
        first = word.left_edge
        if word.dep_ != "relcl" or not words[0].i <= word.head.i < first.i or subtree(word).end < last.end - 1:
            continue
        comma = first.nbor(-1)
        kept = trimmed(page.text, last.start, comma.idx) if comma.text in _SETS_OFF else None
        if kept and quotes.at(comma.idx) is None:
            return replace(draft, content=(*draft.content[:-1], kept))
    return draft
