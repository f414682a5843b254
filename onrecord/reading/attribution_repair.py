"""Tagged drafts mended by the parse: what was cut short is completed, what is no attribution is dropped.

The tagger sees windows of words, the parser sees phrases and clauses. A draft whose cue is a verb of a known frame is
held against the rule's draft of the same cue; the rule's stretch is taken where the tags leave it open enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span
from onrecord.reading.attribution_draft import Draft, cue_words, length, merged, overlap, trimmed, without
from onrecord.reading.attribution_naming import WHO_ASKED, is_about_naming, within_naming
from onrecord.reading.attribution_quotes import Quotations
from onrecord.reading.attribution_rules import can_tell
from onrecord.reading.attribution_syntax import (
    SPEAKERS,
    SUBJECTS,
    head_of,
    is_being_asked,
    is_passive,
    noun_phrase,
    subject_of,
)
from onrecord.reading.attribution_trims import trimmed_draft
from onrecord.reading.page import Page
from onrecord.reading.placed import Placed

if TYPE_CHECKING:
    from spacy.tokens import Token

OPEN_PHRASE = 0.2  # the same for the phrase that names a source
MOSTLY = 0.8  # share of a tagged content that must lie inside the rule's
_ACTS_OF_SPEECH = frozenset({"statement", "speech", "letter", "interview", "address", "question", "remark"})
_GIVES = frozenset({"read", "give", "make", "issue", "deliver", "hold", "publish", "release", "post", "send", "write"})
_QUOTES = frozenset("\"“'‘«")  # a quotation behind a colon stands for itself
_TO_COLON = 30  # characters between a cue and the colon that ends its clause
_CITES = frozenset({"cite", "quote"})
_LONGEST_NAMING = 100  # characters
_NAMING = re.compile(rf" {WHO_ASKED}[^,.;:]+")


class Evidence:
    """The chance that words belong to any attribution at all, word by word; from ``opening`` on they may be taken."""

    def __init__(self, starts: Sequence[int], none: NDArray[np.float64], opening: float) -> None:
        self.opening = opening
        self._starts = np.asarray(starts)
        self._sums = np.concatenate(([0.0], np.cumsum(1.0 - none)))

    def mean(self, spans: Sequence[Span]) -> float:
        """Mean over the words of these spans; 1 where there are none."""
        total, count = 0.0, 0
        for span in spans:
            a, b = np.searchsorted(self._starts, (span.start, span.end))
            total, count = total + float(self._sums[b] - self._sums[a]), count + int(b - a)
        return total / count if count else 1.0


def cue_verb(page: Page, cue: Span) -> Token | None:
    """The verb that attributes: one of the known ones, else the first."""
    verbs = [t for t in page.tokens(cue.start, cue.end) if t.pos_ in ("VERB", "AUX")]
    return next((t for t in verbs if t.lemma_ in cue_words()["verbs"] and t.dep_ not in ("aux", "auxpass")), None) or (
        next((t for t in verbs if t.pos_ == "VERB"), None)
    )


def mended(page: Page, draft: Draft, rules: Placed[Draft], evidence: Evidence, quotes: Quotations) -> Draft | None:
    """A tagged draft with content and source completed; None if it attributes nothing."""
    if is_about_naming(page.text, draft) or within_naming(page, draft) or _is_only_an_act(page, draft):
        return None
    verb = cue_verb(page, draft.cue[0])
    if verb is not None and is_being_asked(verb):
        return None
    rule = next((r for r in rules.over(draft.cue) if overlap(r.cue, draft.cue)), None)
    if rule is not None:
        draft = replace(draft, source=_source(page, draft, rule, evidence))
        left = tuple(p for s in draft.content for p in without(s, draft.source, page.text))
        draft = replace(draft, content=_content(page, replace(draft, content=left), rule, evidence))
    if not draft.source and verb is not None and not is_passive(verb):
        draft = replace(draft, source=_subject(page, verb, draft.content))
    draft = replace(draft, source=_with_naming(page, draft))
    draft = trimmed_draft(page, draft, verb, quotes)
    return _with_both_clauses(page, draft, verb) if draft.content else None


def _with_naming(page: Page, draft: Draft) -> tuple[Span, ...]:
    """A source with what is said between it and its cue about its not being named: "an aide | who asked not to be"."""
    last = draft.source[-1] if draft.source else None
    if last is None or not 0 < draft.cue[0].start - last.end < _LONGEST_NAMING:
        return draft.source
    between = page.text[last.end : draft.cue[0].start].rstrip()
    if not _NAMING.fullmatch(between):
        return draft.source
    return (*draft.source[:-1], Span(last.start, last.end + len(between)))


def _with_both_clauses(page: Page, draft: Draft, verb: Token | None) -> Draft:
    """ "The march is off, the union said on Monday: it will not take place": what stands on either side is said."""
    if verb is None or len(draft.source) != 1 or verb.lemma_ not in cue_words()["saying"]:
        return draft
    source, cue = draft.source[0], draft.cue[0]
    if not source.end <= cue.start <= source.end + 1:
        return draft
    colon = page.text.find(":", cue.start, cue.end + _TO_COLON)
    between = page.tokens(cue.end, colon) if cue.end < colon else []
    if colon < 0 or any(t.pos_ in ("VERB", "AUX") and t.idx >= cue.end for t in between):
        return draft
    sentence = page.sentences[page.sentence_at(source.start)]
    before = page.text[sentence.start : source.start].rstrip()
    after = page.sentences[page.sentence_at(min(colon + 2, len(page.text) - 1))]
    found = [_clause(page, sentence.start, sentence.start + len(before) - 1), _clause(page, colon + 1, after.end)]
    clauses = [c for c in found if c is not None]
    if not before.endswith(",") or len(clauses) < len(found):
        return draft
    rest = [p for p in draft.content if not overlap([p], clauses)]
    return replace(draft, content=tuple(sorted((*clauses, *rest), key=lambda s: s.start)))


def _clause(page: Page, start: int, end: int) -> Span | None:
    """A stretch without its ends, if it is a clause of its own and no quotation."""
    clause = trimmed(page.text, start, end, " \n.")
    words = page.tokens(clause.start, clause.end) if clause is not None else []
    whole = any(t.dep_ in SUBJECTS for t in words) and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words)
    if clause is None or not whole or words[0].dep_ in ("mark", "prep", "advmod") or page.text[clause.start] in _QUOTES:
        return None
    return clause


def _content(page: Page, draft: Draft, rule: Draft, evidence: Evidence) -> tuple[Span, ...]:
    """The rule's clause, where the tagged content is a part of it and the rest is no plain narration."""
    if not draft.content:
        return rule.content if evidence.mean(rule.content) >= evidence.opening else ()
    if overlap(draft.content, rule.content) < MOSTLY * length(draft.content):
        return draft.content
    if rule.rule == "adverb":
        return rule.content
    rest = [left for span in rule.content for left in without(span, draft.content, page.text)]
    rest = [r for r in rest if not overlap([r], draft.source)]
    if not rest or evidence.mean(rest) < evidence.opening:
        return draft.content
    return merged([*draft.content, *rest, *_bridges(draft, rule)], page.text)


def _bridges(draft: Draft, rule: Draft) -> list[Span]:
    """What lies between the parts of one clause: commas and the like, that neither side holds."""
    return [s for s in rule.content if not overlap([s], draft.cue) and not overlap([s], draft.source)]


def _source(page: Page, draft: Draft, rule: Draft, evidence: Evidence) -> tuple[Span, ...]:
    """The whole phrase of a source that was tagged in part, or not at all."""
    if not rule.source:
        return draft.source
    whole = rule.source[0]
    if not draft.source:
        return rule.source if _speaks(page, whole) and _is_free(page, draft, whole) else ()
    hull = Span(draft.source[0].start, draft.source[-1].end)
    if not (whole.start <= hull.start and hull.end <= whole.end) or overlap([whole], draft.cue):
        return draft.source
    if _is_description(page, hull):
        return rule.source
    if overlap([whole], draft.content):
        return draft.source
    rest = without(whole, [hull], page.text)
    return rule.source if _breaks_off(page, hull) or evidence.mean(rest) >= OPEN_PHRASE else draft.source


def _is_description(page: Page, span: Span) -> bool:
    """Is a stretch what is said of a name before it, "Ana Behl, | a miller from Tarn"?"""
    words = page.tokens(span.start, span.end)
    head = head_of(words) if words else None
    return head is not None and head.dep_ == "appos" and head.head.pos_ == "PROPN" and head.head.idx < span.start


def _is_free(page: Page, draft: Draft, phrase: Span) -> bool:
    """Is a phrase outside the content, or at its end, right before the cue: "The dam will hold, Orlov | said"?"""
    between = page.text[phrase.end : draft.cue[0].start] if phrase.end <= draft.cue[0].start else "|"
    at_edge = between.isspace() and any(s.end <= draft.cue[0].start and phrase.end >= s.end for s in draft.content)
    return at_edge or not overlap([phrase], draft.content)


def _breaks_off(page: Page, span: Span) -> bool:
    """Does a stretch end in a word that leans on one to its right: "two people with direct |"?"""
    words = page.tokens(span.start, span.end)
    return bool(words) and (
        words[-1].dep_ in ("det", "amod", "compound", "poss", "prep") and words[-1].right_edge.idx >= span.end
        if words[-1].dep_ == "prep"
        else bool(words) and words[-1].dep_ in ("det", "amod", "compound", "poss") and words[-1].head.idx >= span.end
    )


def _speaks(page: Page, phrase: Span) -> bool:
    named = page.mention_of(phrase.start, phrase.end)
    return (named is not None and named.type in SPEAKERS) or can_tell(head_of(page.tokens(phrase.start, phrase.end)))


def _subject(page: Page, verb: Token, content: Sequence[Span]) -> tuple[Span, ...]:
    """The person or body that is the subject of an active cue, where no source was tagged."""
    subject = subject_of(verb)
    phrase = noun_phrase(subject, page.text) if subject is not None else None
    return (phrase,) if phrase is not None and _speaks(page, phrase) and not overlap([phrase], content) else ()


def _is_only_an_act(page: Page, draft: Draft) -> bool:
    """ "read a statement": that somebody spoke, and nothing of what was said."""
    verb = cue_verb(page, draft.cue[0])
    if verb is None or verb.lemma_ not in _GIVES:
        return False
    held = next((c for c in verb.children if c.dep_ == "dobj"), None)
    within = held is not None and any(s.start <= held.idx < s.end for s in draft.content)
    plain = held is not None and not any(c.dep_ in ("acl", "relcl", "ccomp") for c in held.children)
    return within and plain and held is not None and held.lemma_ in _ACTS_OF_SPEECH


def cited(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """ "the Gazette said …, citing two officials": the officials are made to say it, too."""
    placed = Placed(drafts, lambda d: (*d.cue, *d.source))  # hung on the verb, or on the outlet before it
    return [_cited(page, draft, placed) for draft in drafts]


def _cited(page: Page, draft: Draft, drafts: Placed[Draft]) -> Draft:
    verb = _citation(page, draft)
    if verb is None or verb.head == verb:
        return draft
    held = next((c for c in verb.children if c.dep_ == "dobj"), None)
    governor = verb.head.idx
    near = (d for d in drafts.near(governor, governor) if d is not draft)
    outer = next((d for d in near if any(c.start <= governor < c.end for c in (*d.cue, *d.source))), None)
    if held is None or outer is None or not _can_tell(page, held):
        return draft
    source = noun_phrase(held, page.text)
    content = tuple(p for s in outer.content for p in without(s, draft.cue, page.text))
    return replace(draft, source=(source,), content=content) if source and not overlap([source], content) else draft


def _citation(page: Page, draft: Draft) -> Token | None:
    """The verb of "…, citing two officials"."""
    verb = cue_verb(page, draft.cue[0]) if draft.cue else None
    return verb if verb is not None and verb.lemma_ in _CITES and verb.tag_ == "VBG" else None


def citing(page: Page, drafts: Sequence[Draft], number: int) -> int | None:
    """The draft by whose source this one's is cited: what it says, it has from them.

    So in "the Gazette, citing two officials, reported that": the same stretch is said by the officials, in the Gazette.
    """
    verb = _citation(page, drafts[number])
    if verb is None:
        return None
    above = {verb.head.idx, verb.head.head.idx}  # hung on the verb, or on the outlet before it
    mine = drafts[number]
    for other, draft in enumerate(drafts):
        apart = other != number and draft.source != mine.source and overlap(draft.content, mine.content)
        if apart and any(s.start <= at < s.end for s in (*draft.cue, *draft.source) for at in above):
            return other
    return None


def _can_tell(page: Page, noun: Token) -> bool:
    """Somebody or something that words can come from: people, bodies, outlets, papers."""
    if can_tell(noun):
        return True
    named = page.mention_of(noun.idx, noun.idx + len(noun))
    return named is not None and named.type in SPEAKERS


def without_bare_nouns(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without nouns of saying that have no holder and stand in what another holds: "rejected the claim that"."""
    held = Placed(drafts, lambda d: d.content)
    return [
        d
        for d in drafts
        if d.rule != "noun" or d.source or not any(o is not d and overlap(d.cue, o.content) for o in held.over(d.cue))
    ]


def without_repeats(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts whose content another one of the same cue or the same source holds as well, once."""
    kept: list[Draft] = []
    seen: set[object] = set()
    for draft in drafts:
        keys = (draft.cue, (draft.source, draft.content))
        if not seen.intersection(keys):
            kept.append(draft)
            seen.update(keys)
    return kept


__all__ = ["Evidence", "cited", "citing", "cue_verb", "mended", "without_bare_nouns", "without_repeats"]
