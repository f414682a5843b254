"""Attributions from the encoder: its tags make stretches of source, cue and content, its links join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.model import PartKind, Span
from onrecord.reading.attribution_decoding import Decoding, Stretch, decode, decoding
from onrecord.reading.attribution_draft import Draft, length, merged, overlap, trimmed
from onrecord.reading.attribution_naming import naming_passages
from onrecord.reading.attribution_quotes import Quotations
from onrecord.reading.attribution_repair import Evidence, cited, cue_verb, mended, without_bare_nouns, without_repeats
from onrecord.reading.attribution_rules import Rules
from onrecord.reading.attribution_syntax import SUBJECTS, is_passive
from onrecord.reading.attribution_trims import without_aside
from onrecord.reading.encoder import Scores
from onrecord.reading.page import Page
from onrecord.reading.placed import Placed

OWN = 1.0  # what being the subject of the cue's verb adds to the chance of being its source
GAP = 80  # characters
SCRAP = 3  # tokens
_REACH = 1500  # characters: beyond a window of the encoder, outside of which no link leads
_NEAR = 400  # characters: how far apart a content and its cue may stand when no link joins them


@dataclass
class Group:
    """A cue with what leads to it."""

    cue: Stretch
    sources: list[Stretch] = field(default_factory=list)
    contents: list[Stretch] = field(default_factory=list)


def tagged_drafts(page: Page, scores: Scores, rules: Rules, by: Decoding | None = None) -> list[Draft]:
    """Drafts from tags and links, and from rules those that the training data's flat scheme leaves out; by the shipped
    decoding unless another is given."""
    by = by or decoding()
    tokens = [t for t in page.doc if not t.is_space]
    if not tokens:
        return []
    quotes = rules.quotes
    decoded = decode(tokens, scores, [(q.start, q.end) for q in quotes.spans], by)
    by_rule = Placed(rules.drafts(), lambda d: d.cue)
    groups = [Group(s) for s in decoded.stretches if s.role == "cue"]
    _join_sources(groups, [s for s in decoded.stretches if s.role == "source"], scores, by_rule)
    unnamed = Placed(naming_passages(page.text), lambda s: [s])
    contents = [s for s in decoded.stretches if s.role == "content" and not unnamed.over([s.span])]
    _join_contents(groups, contents, scores, quotes, by.beside)
    marks = Placed((s.span for s in decoded.stretches if s.role != "content"), lambda s: [s])
    evidence = Evidence([t.idx for t in tokens], decoded.none, by.opening)
    drafts = [_draft(page, group, marks, quotes) for group in groups]
    found = [m for d in drafts if (m := mended(page, d, by_rule, evidence, quotes)) is not None]
    found = [d for d in found if d.source or not _by_no_speaker(page, d.cue[0])]
    taken = {id(s) for g in groups for s in g.contents}
    orphans = Placed((s.span for s in contents if id(s) not in taken), lambda s: [s])
    return _completed(page, found, by_rule.items, rules, orphans)


def _draft(page: Page, group: Group, marks: Placed[Span], quotes: Quotations) -> Draft:
    """A group as a draft; its content may be empty."""
    cue = trimmed(page.text, group.cue.span.start, group.cue.span.end, " \n\t") or group.cue.span
    source = [trimmed(page.text, _after_dateline(page, s.span), _named_end(page, s.span, cue)) for s in group.sources]
    content = _without_scraps(page, cue, merged([s.span for s in group.contents], page.text), quotes)
    score = min([group.cue.score, *(s.score for s in group.contents)])
    return Draft(tuple(s for s in source if s), (cue,), _closed(page, content, marks), score)


def _without_scraps(page: Page, cue: Span, content: tuple[Span, ...], quotes: Quotations) -> tuple[Span, ...]:
    """Pieces without those out of quotation marks that stand in a later sentence than the cue; or in an earlier one,
    with a word or three, or beside a quotation in the cue's."""
    own = page.sentence_at(cue.start)
    places = [(piece, page.sentence_at(piece.start), _quoted(piece, quotes)) for piece in content]
    direct = any(quoted and sentence == own for _, sentence, quoted in places)
    kept = [
        piece
        for piece, sentence, quoted in places
        if sentence == own
        or quoted
        or (sentence < own and not direct and len(page.tokens(piece.start, piece.end)) > SCRAP)
    ]
    return tuple(kept) or content


def _quoted(piece: Span, quotes: Quotations) -> bool:
    """Does a piece begin in quotation marks?"""
    return quotes.at(piece.start) is not None or quotes.at(piece.start + 1) is not None


def _closed(page: Page, content: tuple[Span, ...], others: Placed[Span]) -> tuple[Span, ...]:
    """Pieces of one sentence joined over what lies between, unless a cue or source does."""
    out: list[Span] = []
    for piece in content:
        if out and page.sentence_at(out[-1].start) == page.sentence_at(piece.start):
            gap = Span(out[-1].end, piece.start)
            if gap.end - gap.start <= GAP and not overlap([gap], others.over([gap])):
                out[-1] = Span(out[-1].start, piece.end)
                continue
        out.append(piece)
    return tuple(out)


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


def _completed(
    page: Page, drafts: list[Draft], by_rule: Sequence[Draft], rules: Rules, orphans: Placed[Span]
) -> list[Draft]:
    """Adds by rule what is plainly said but not tagged: chains within a content, a cue passed over, "reportedly", and
    the cue of a content that was tagged without one."""
    cues = Placed((s for d in drafts for s in d.cue), lambda s: [s])
    marks = Placed((s for d in drafts for s in (*d.cue, *d.source)), lambda s: [s])
    held = Placed((s for d in drafts for s in (*d.cue, *d.content)), lambda s: [s])
    plain = [d for d in rules.told() if not overlap(d.cue, marks.over(d.cue))]
    others = Placed([*plain, *drafts], lambda d: d.cue)
    kept = [_yielding(page, draft, others) for draft in drafts]
    found = [*plain, *(d for d in rules.unlinked(by_rule) if not overlap(d.cue, cues.over(d.cue)))]
    found += [d for d in rules.wanted() if not overlap((*d.cue, *d.content), held.over((*d.cue, *d.content)))]
    found += [
        d for d in by_rule if overlap(d.content, orphans.over(d.content)) and not overlap(d.cue, marks.over(d.cue))
    ]
    contents = Placed(kept, lambda d: d.content)
    added = [d for d in found if d.content and not _doubled(d, contents.over(d.content))]
    told = without_repeats(cited(page, without_bare_nouns([*kept, *added])))
    return [without_aside(page, d, rules.quotes) for d in told]


def _yielding(page: Page, draft: Draft, others: Placed[Draft]) -> Draft:
    """A draft without the piece of its content that another's cue opens: "denied A but confirmed B"."""
    if len(draft.content) < 2:
        return draft
    taken = [
        piece
        for piece in draft.content
        for other in others.near(piece.start - 2, piece.start)
        if other is not draft
        and other.cue
        and other.cue[0].end <= piece.start <= other.cue[0].end + 2
        and overlap([piece], other.content)
        and (other.cue[0].start < draft.place or _beside(page, draft, other))
    ]
    rest = tuple(p for p in draft.content if p not in taken)
    return replace(draft, content=rest) if taken and rest else draft


def _beside(page: Page, draft: Draft, other: Draft) -> bool:
    """Is the other cue joined to this one by "and" or "but", or by the parser's mistake to its clause?"""
    verb, second = cue_verb(page, draft.cue[0]), cue_verb(page, other.cue[0])
    if verb is None or second is None or second.dep_ != "conj" or any(c.dep_ in SUBJECTS for c in second.children):
        return False
    return second.head == verb or second.head.head == verb


def _doubled(draft: Draft, drafts: list[Draft]) -> bool:
    """Is (nearly) the same content held already?"""
    own = length(draft.content)
    for other in drafts:
        shared = overlap(draft.content, other.content)
        if shared and shared > 0.8 * max(own, length(other.content)):
            return True
    return False


def _join_contents(
    groups: list[Group], contents: Sequence[Stretch], scores: Scores, quotes: Quotations, beside: float
) -> None:
    last: Group | None = None
    placed = Placed(groups, lambda g: [g.cue.span, *(s.span for s in g.sources)])
    for content in contents:
        around = placed.near(content.span.start - _REACH, content.span.end + _REACH)
        awaited = _awaited(around, content, quotes)
        if awaited is not None:
            last = awaited
            last.contents.append(content)
            continue
        near = [g for g in around if _gap(g.cue.span, content.span) <= _REACH]
        if not near:
            continue
        chances, outside = scores.link(
            (content.span.start, content.span.end), [(g.cue.span.start, g.cue.span.end) for g in near], "cue"
        )
        chances = [c + beside * _touches(g, content) for c, g in zip(chances, near, strict=True)]
        best = max(range(len(near)), key=chances.__getitem__)
        if chances[best] >= max(0.1, 0.3 * outside):
            last = near[best]
            last.contents.append(content)
            continue
        quoted = quotes.at(content.span.start + 1) is not None
        closest = min(near, key=lambda g: _gap(g.cue.span, content.span))
        if quoted and last is not None and _gap(last.contents[-1].span, content.span) <= 60:
            last.contents.append(content)
        elif _gap(closest.cue.span, content.span) <= _NEAR:
            last = closest
            closest.contents.append(content)


def _awaited(groups: Sequence[Group], content: Stretch, quotes: Quotations) -> Group | None:
    """The group whose cue or source stands right after a quotation that leans on one: "“Twice,” said Bell"."""
    quote = quotes.at(content.span.start + 1)
    if quote is None or abs(quote.end - content.span.end) > 2 or not quotes.awaits(quote):
        return None
    for group in groups:
        first = min([group.cue.span.start, *(s.span.start for s in group.sources if s.span.start >= quote.end)])
        if 0 <= first - quote.end <= 2:
            return group
    return None


def _touches(group: Group, content: Stretch) -> bool:
    """Does a content follow its cue at once, or its cue or source follow it at once: "“Twice,” said Bell"?"""
    if group.contents:
        return False
    after = [group.cue.span, *(s.span for s in group.sources)]
    return 0 <= content.span.start - group.cue.span.end <= 2 or any(
        0 <= span.start - content.span.end <= 3 for span in after
    )


def _join_sources(groups: list[Group], sources: Sequence[Stretch], scores: Scores, by_rule: Placed[Draft]) -> None:
    placed = Placed(sources, lambda s: [s.span])
    for group in groups:
        near = placed.near(group.cue.span.start - _REACH, group.cue.span.end + _REACH)
        if not near:
            continue
        cue = group.cue.span
        subject = [s for r in by_rule.over([cue]) if overlap(r.cue, [cue]) for s in r.source]
        chances, outside = scores.link((cue.start, cue.end), [(s.span.start, s.span.end) for s in near], "source")
        chances = [c + OWN * bool(overlap([s.span], subject)) for c, s in zip(chances, near, strict=True)]
        best = max(range(len(near)), key=chances.__getitem__)
        if chances[best] > outside or chances[best] >= 0.4:
            group.sources.append(near[best])


def _gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)
