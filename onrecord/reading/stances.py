"""Stance: what a holder does with the content, from the cue's words and their negation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.model import Span, Stance
from onrecord.reading.attribution_draft import cue_words
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
_TO_COMMENT = re.compile(
    r"\b(?:comment|respond|reply|discuss|answer|elaborate|speculate|be (?:drawn|interviewed)|speak|talk|say"
    r"|confirm|return|identify)\b"
)
_MODALS = frozenset({"would", "wo", "could", "can", "ca", "will"})
_OPINIONS = frozenset({"believe", "think", "expect"})


def stance_of(page: Page, cue: tuple[Span, ...], content: tuple[Span, ...]) -> Stance:
    """The stance that a cue's words and their negation give; ``asserts`` where nothing tells otherwise.

    "denied" denies; "would not confirm" declines to comment; "does not believe" questions; "is expected" expects.
    """
    tokens = [t for span in cue for t in page.tokens(span.start, span.end)]
    opening = page.text[content[0].start : content[0].start + 60].lower() if content else ""
    if not tokens:
        return Stance.ASSERTS
    said = " ".join(t.lower_ for t in tokens)
    negated = any(t.lower_ in _NEGATIONS for t in tokens)
    for phrase, name in cue_words()["phrases"].items():
        if phrase in said or phrase in " ".join(t.lemma_.lower() for t in tokens):
            return _negated_phrase(phrase, Stance(name), negated)
    found = [(t, s) for t in tokens if (s := _word(t))]
    if not found:
        return Stance.ASSERTS
    token, stance = found[-1] if len(found) > 1 and found[0][1] is Stance.ASSERTS else found[0]
    if token.lemma_.lower() in {"decline", "refuse"} or "no comment" in said:
        return _declined(token, tokens, opening)
    if negated or (stance is Stance.DENIES and any(t.dep_ == "neg" for t in token.children)):
        return _negated(token, stance, tokens)
    return stance


def _word(token: Token) -> Stance | None:
    words = cue_words()
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX", "ADJ", "PROPN"} and lemma in words["verbs"]:
        return Stance(words["verbs"][lemma][0])
    if token.pos_ in {"NOUN", "PROPN"} and lemma in words["nouns"]:
        return Stance(words["nouns"][lemma])
    if lemma in words["verbs"]:
        return Stance(words["verbs"][lemma][0])
    return Stance(words["nouns"][lemma]) if lemma in words["nouns"] else None


def _declined(token: Token, tokens: list[Token], opening: str) -> Stance:
    """Declining to comment is its own stance; declining to do something else is a denial of it."""
    later = " ".join(t.lower_ for t in tokens if t.i > token.i)
    return Stance.DECLINES_TO_COMMENT if _TO_COMMENT.search(f"{later} {opening[:30]}") else Stance.DENIES


def _negated_phrase(phrase: str, stance: Stance, negated: bool) -> Stance:
    if negated and phrase == "rule out":
        return Stance.QUESTIONS
    return Stance.ASSERTS if negated and stance is Stance.DENIES else stance


def _negated(token: Token, stance: Stance, tokens: list[Token]) -> Stance:
    _, speech = cue_words()["verbs"].get(token.lemma_.lower(), ("", "c"))
    if token.lemma_.lower() in _OPINIONS or (stance is Stance.ASSERTS and speech == "n"):
        return Stance.QUESTIONS  # who does not know refuses nobody an answer
    if stance is Stance.DENIES:
        return Stance.DECLINES_TO_COMMENT  # "did not deny": holds neither
    if stance is Stance.CONFIRMS or token.lemma_.lower() in {"comment", "respond", "reply", "elaborate", "answer"}:
        return Stance.DECLINES_TO_COMMENT
    if stance is Stance.ASSERTS and any(t.lower_ in _MODALS or t.lemma_.lower() == "do" for t in tokens):
        return Stance.DECLINES_TO_COMMENT
    return stance


def hedged(page: Page, cue: tuple[Span, ...], content: tuple[Span, ...]) -> bool:
    """Is the attribution held at a distance: by its cue, or by the content's first words?"""
    hedges = cue_words()["hedges"]
    for span in (*cue, *(Span(c.start, min(c.end, c.start + 40)) for c in content[:1])):
        if any(t.lower_ in hedges for t in page.tokens(span.start, span.end)):
            return True
    return False
