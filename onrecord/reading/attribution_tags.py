"""Attributions from the encoder: its tags make stretches of source, cue and content, its links join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from onrecord.model import EntityType, PartKind, Span
from onrecord.reading.attribution_draft import Draft, length, merged, overlap, trimmed
from onrecord.reading.attribution_rules import Rules, is_passive, noun_phrase, subject_of
from onrecord.reading.encoder import Scores
from onrecord.reading.page import Page

ROLES = ("source", "cue", "content")
WEIGHTS = (1.0, 1.9, 1.6, 1.15)  # of no role and each role: tags alone are too careful (set on PolNeAR's dev part)
BEGINS = 0.5  # share of the begin tag from which a stretch is cut in two
OPEN = 0.15  # mean chance of content from which a short gap in one is filled
BESIDE = 0.4  # what standing right after a cue adds to the chance of being its content
SPEAKERS = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.OFFICE, EntityType.GROUP)
GAP = 80  # characters
SCRAP = 3  # tokens
QUOTES = frozenset("\"“‘'«„")
_NEAR = 400  # characters: how far apart a content and its cue may stand when no link joins them


@dataclass
class Stretch:
    """A run of tokens of one role."""

    role: str
    span: Span
    score: float


@dataclass
class Group:
    """A cue with what leads to it."""

    cue: Stretch
    sources: list[Stretch] = field(default_factory=list)
    contents: list[Stretch] = field(default_factory=list)


def stretches(page: Page, scores: Scores) -> list[Stretch]:
    """Runs of tokens with the same most probable role, cut where a begin tag says so."""
    tokens = [t for t in page.doc if not t.is_space]
    if not tokens:
        return []
    starts = [t.idx for t in tokens]
    ends = [t.idx + len(t) for t in tokens]
    tags = scores.token_tags(starts, ends)
    names = scores.described["tags"]
    begin = [names.index(f"B-{role}") for role in ROLES]
    inside = [names.index(f"I-{role}") for role in ROLES]
    chances = np.stack([tags[:, 0], *(tags[:, b] + tags[:, i] for b, i in zip(begin, inside, strict=True))], axis=1)
    best = (chances * np.array(WEIGHTS)).argmax(axis=1)
    _fill(best, chances)
    found: list[Stretch] = []
    at = 0
    while at < len(tokens):
        role = int(best[at])
        to = at + 1
        while (
            to < len(tokens)
            and best[to] == role
            and not (role and _begins(tags[to], begin[role - 1], inside[role - 1]))
        ):
            to += 1
        if role:
            score = float(chances[at:to, role].mean())
            found.append(Stretch(ROLES[role - 1], Span(starts[at], ends[to - 1]), score))
        at = to
    return found


def _fill(best: np.ndarray, chances: np.ndarray) -> None:
    """Gives short gaps inside a content to it, where the tags leave that open."""
    content = ROLES.index("content") + 1
    held = np.flatnonzero(best == content)
    for left, right in pairwise(held.tolist()):
        gap = slice(left + 1, right)
        if 1 < right - left <= 5 and not best[gap].any() and chances[gap, content].mean() >= OPEN:
            best[gap] = content


def _begins(tags: np.ndarray, begin: int, inside: int) -> bool:
    return bool(tags[begin] > BEGINS * (tags[begin] + tags[inside]))


def tagged_drafts(page: Page, scores: Scores, rules: Rules, quotes: Sequence[tuple[int, int]]) -> list[Draft]:
    """Drafts from tags and links, and from rules those that the training data's flat scheme leaves out."""
    found = stretches(page, scores)
    groups = [Group(s) for s in found if s.role == "cue"]
    _join_contents(groups, [s for s in found if s.role == "content"], scores, quotes)
    _join_sources(groups, [s for s in found if s.role == "source"], scores)
    marks = [s.span for s in found if s.role != "content"]
    drafts = []
    for group in groups:
        if not group.contents:
            continue
        cue = trimmed(page.text, group.cue.span.start, group.cue.span.end, " \n\t") or group.cue.span
        source = [
            trimmed(page.text, _after_dateline(page, s.span), _named_end(page, s.span, cue)) for s in group.sources
        ]
        content = _without_scraps(page, cue, merged([s.span for s in group.contents], page.text))
        content = _closed(page, content, marks)
        if not source:
            subject = _subject(page, cue)
            if subject is not None and not overlap([subject], content):
                source = [subject]
        if not source and _by_no_speaker(page, cue):
            continue
        score = min([group.cue.score, *(s.score for s in group.contents)])
        drafts.append(Draft(tuple(s for s in source if s), (cue,), content, score))
    return _completed(drafts, rules)


def _without_scraps(page: Page, cue: Span, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces without those of a word or three that stand in another sentence than the cue, out of quotation marks."""
    own = page.sentence_at(cue.start)
    kept = [
        piece
        for piece in content
        if page.sentence_at(piece.start) == own
        or len(page.tokens(piece.start, piece.end)) > SCRAP
        or page.text[max(0, piece.start - 1) : piece.start + 1].strip()[:1] in QUOTES
    ]
    return tuple(kept) or content


def _closed(page: Page, content: tuple[Span, ...], others: Sequence[Span]) -> tuple[Span, ...]:
    """Pieces of one sentence joined over what lies between, unless a cue or source does."""
    out: list[Span] = []
    for piece in content:
        if out and page.sentence_at(out[-1].start) == page.sentence_at(piece.start):
            gap = Span(out[-1].end, piece.start)
            if gap.end - gap.start <= GAP and not overlap([gap], others):
                out[-1] = Span(out[-1].start, piece.end)
                continue
        out.append(piece)
    return tuple(out)


def _subject(page: Page, cue: Span) -> Span | None:
    """The person or body that is the subject of an active cue, where no source was tagged."""
    verb = next((t for t in page.tokens(cue.start, cue.end) if t.pos_ == "VERB"), None)
    if verb is None or is_passive(verb):
        return None
    subject = subject_of(verb)
    phrase = noun_phrase(subject, page.text) if subject is not None else None
    if phrase is None:
        return None
    named = page.mention_of(phrase.start, phrase.end)
    return phrase if named is not None and named.type in SPEAKERS else None


def _by_no_speaker(page: Page, cue: Span) -> bool:
    """An active verb that nobody is said to do: "the visit, marking a new start" attributes nothing."""
    words = page.tokens(cue.start, cue.end)
    verb = next((t for t in words if t.pos_ == "VERB"), None)
    return verb is not None and not is_passive(verb) and verb.tag_ in ("VBG", "VBZ", "VBP", "VB")


def _after_dateline(page: Page, source: Span) -> int:
    """A source's start, the dateline before it left out: "TARNFORD - | The mayor"."""
    ends = [p.end for p in page.report.parts if p.kind is PartKind.DATELINE and p.start <= source.start < p.end]
    return max([source.start, *(end for end in ends if end < source.end)])


def _named_end(page: Page, source: Span, cue: Span) -> int:
    """A source's end, with the name that stands between it and its cue: "the news site Example | reported"."""
    between = page.tokens(source.end, cue.start) if 0 < cue.start - source.end < 60 else []
    between = [t for t in between if source.end <= t.idx < cue.start]
    return between[-1].idx + len(between[-1]) if between and all(t.pos_ == "PROPN" for t in between) else source.end


def _completed(drafts: list[Draft], rules: Rules) -> list[Draft]:
    """Adds by rule what is plainly said but not tagged: chains within a content, a cue passed over, "reportedly"."""
    cues = [s for d in drafts for s in d.cue]
    sources = [s for d in drafts for s in d.source]
    plain = [d for d in rules.told() if not overlap(d.cue, [*cues, *sources])]
    kept = [_yielding(draft, plain) for draft in drafts]
    found = [*plain, *(d for d in (*rules.adverbs(), *rules.headlines()) if not overlap(d.cue, cues))]
    return [*kept, *(d for d in found if d.content and not _doubled(d, kept))]


def _yielding(draft: Draft, plain: list[Draft]) -> Draft:
    """A draft without the piece of its content that stands right after another's cue: "denied A but confirmed B"."""
    taken = [
        piece
        for piece in draft.content
        for other in plain
        if other.cue[0].end <= piece.start <= other.cue[0].end + 2 and other.cue[0].start < draft.place
    ]
    rest = tuple(p for p in draft.content if p not in taken)
    return replace(draft, content=rest) if taken and rest else draft


def _doubled(draft: Draft, drafts: list[Draft]) -> bool:
    """Is (nearly) the same content held already?"""
    own = length(draft.content)
    for other in drafts:
        shared = overlap(draft.content, other.content)
        if shared and shared > 0.8 * max(own, length(other.content)):
            return True
    return False


def _join_contents(
    groups: list[Group], contents: list[Stretch], scores: Scores, quotes: Sequence[tuple[int, int]]
) -> None:
    last: Group | None = None
    for content in contents:
        near = [g for g in groups if _gap(g.cue.span, content.span) <= 3000]
        if not near:
            continue
        chances, outside = scores.link(
            (content.span.start, content.span.end), [(g.cue.span.start, g.cue.span.end) for g in near], "cue"
        )
        beside = [0 <= content.span.start - g.cue.span.end <= 2 and not g.contents for g in near]
        chances = [c + BESIDE * b for c, b in zip(chances, beside, strict=True)]
        best = max(range(len(near)), key=chances.__getitem__)
        if chances[best] >= max(0.1, 0.3 * outside):
            last = near[best]
            last.contents.append(content)
            continue
        quoted = any(a <= content.span.start + 1 and content.span.start < b for a, b in quotes)
        closest = min(near, key=lambda g: _gap(g.cue.span, content.span))
        if quoted and last is not None and _gap(last.contents[-1].span, content.span) <= 60:
            last.contents.append(content)
        elif _gap(closest.cue.span, content.span) <= _NEAR:
            last = closest
            closest.contents.append(content)


def _join_sources(groups: list[Group], sources: list[Stretch], scores: Scores) -> None:
    for group in groups:
        near = [s for s in sources if _gap(group.cue.span, s.span) <= 1500]
        if not near:
            continue
        cue = group.cue.span
        chances, outside = scores.link((cue.start, cue.end), [(s.span.start, s.span.end) for s in near], "source")
        best = max(range(len(near)), key=chances.__getitem__)
        if chances[best] > outside or chances[best] >= 0.4:
            group.sources.append(near[best])


def _gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)
