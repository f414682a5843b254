"""What is said of a source's not being named: no news, but why the news has no name to it."""

from __future__ import annotations

import re

from onrecord.model import Span
from onrecord.reading.attribution_draft import Draft
from onrecord.reading.page import Page

_LONGEST = 2000  # characters of a sentence that are looked at
_PLAIN = 200  # characters in which it is said; what is longer says more
_CITING = frozenset({"citing", "quoting"})
_GAP = 3  # characters between a cue and its content
WHO_ASKED = r"who (?:asked|declined|refused|requested|wished|wanted|spoke|insisted)\b"  # not to be named
_UNNAMED = re.compile(
    r"\b(?:anonymity|anonymously|(?:not|n[o']t|without|declined|refused) (?:to )?(?:be|being) "
    r"(?:named|identified|quoted|cited)|withheld)\b"
)
REASON = re.compile(
    r"(?:on (?:the )?condition of anonymity|(?:not|without) (?:to be|being) (?:named|identified|quoted by name)"
    r"|(?:declined|refused) to be (?:named|identified)|anonymously)[^.\n]{0,40}?"
    r"\b((?:because|since|as|citing|due to|for fear|in order to"
    r"|to (?:discuss|describe|speak|talk|avoid|protect|preserve))\b[^.\n]{3,240}?)"
    r"(?=,\s+(?:said|says|told|added|adding|confirmed|wrote|reported|described|denied|warned)\b|[.\n”\"]|\Z)"
)


def is_about_naming(text: str, draft: Draft) -> bool:
    """ "who asked not to be named": said of the source, not by it of the news.

    Not where it stands between what is said and its cue: "the mill will close, an aide who asked not to be named said".
    """
    if draft.cue and text[draft.cue[0].start : draft.cue[0].end].lower() in _CITING:
        return False  # "citing an aide who asked not to be named": of the source, and the aide is one
    spans = sorted((*draft.cue, *draft.content), key=lambda s: s.start)
    stretches = [spans[0]]
    for span in spans[1:]:
        if span.start - stretches[-1].end <= _GAP:
            stretches[-1] = Span(stretches[-1].start, max(span.end, stretches[-1].end))
        else:
            stretches.append(span)
    return any(s.end - s.start < _PLAIN and _UNNAMED.search(text, s.start, s.end) for s in stretches)


def naming_passages(text: str) -> list[Span]:
    """Where it is said that a source is not named, and why."""
    return [Span(*m.span()) for m in REASON.finditer(text)]


def within_naming(page: Page, draft: Draft) -> bool:
    """Does a draft lie in the reason for which a source is not named?"""
    sentence = page.sentences[page.sentence_at(draft.place)]
    match = REASON.search(page.text, sentence.start, min(sentence.end, sentence.start + _LONGEST))
    return match is not None and all(
        match.start() <= s.start and s.end <= match.end() for s in (*draft.cue, *draft.content)
    )
