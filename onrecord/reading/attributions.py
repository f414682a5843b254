"""Attributions: who is made to say what, by which words, with the source resolved and its stance.

Drafts (source, cue, content) come from the encoder's tags and links, with rules for what these leave out; without
weights from rules alone. The scheme is PARC's and PolNeAR's (Pareti 2012; Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.model import Attribution, QuoteForm, SourceKind, Span, TextSpan, TimeMention
from onrecord.reading.attribution_decoding import Decoding
from onrecord.reading.attribution_draft import Draft, apart, length, overlap
from onrecord.reading.attribution_quotes import quotations
from onrecord.reading.attribution_repair import cited, citing, without_bare_nouns
from onrecord.reading.attribution_rules import Rules
from onrecord.reading.attribution_tags import tagged_drafts
from onrecord.reading.page import Page, step
from onrecord.reading.placed import Placed
from onrecord.reading.reporting import reports
from onrecord.reading.sources import source_of, via_of
from onrecord.reading.speaker_before import with_speakers
from onrecord.reading.stances import hedged, stance_of

DIRECT = 0.9  # share of a content in quotation marks from which it is direct


def quote_form(content: Sequence[Span], quotes: Sequence[tuple[int, int]]) -> QuoteForm:
    """Direct, if (nearly) all of the content stands in quotation marks; mixed, if some; else indirect."""
    inside = overlap(content, [Span(a, b) for a, b in quotes])
    if inside >= DIRECT * max(1, length(content)):
        return QuoteForm.DIRECT
    return QuoteForm.MIXED if inside else QuoteForm.INDIRECT


def _pieces(page: Page, spans: Sequence[Span]) -> tuple[TextSpan, ...]:
    return tuple(page.piece(s.start, s.end) for s in spans)


def times_within(page: Page, start: int, end: int) -> list[TimeMention]:
    """The time expressions that begin in a stretch of text; they are kept in its order."""
    first = bisect_left(page.times, start, key=lambda t: t.start)
    return page.times[first : bisect_left(page.times, end, lo=first, key=lambda t: t.start)]


def _said(page: Page, draft: Draft) -> str | None:
    """The time expression that dates the saying: one that hangs on the cue, outside the content and the source."""
    if not draft.cue:
        return None
    cue = {t.i for s in draft.cue for t in page.tokens(s.start, s.end)}
    sentence = page.sentences[page.sentence_at(draft.cue[0].start)]
    for time in times_within(page, sentence.start, sentence.end):
        if any(s.start <= time.start < s.end for s in (*draft.content, *draft.source)):
            continue
        for token in page.tokens(time.start, time.end):
            at = token
            for _ in range(5):
                if at.i in cue:
                    return time.id
                at = at.head
    return None


def _number_from(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the smallest other one whose content holds its cue (or, without a cue, its content)."""
    found: list[int | None] = []
    numbers = {id(draft): i for i, draft in enumerate(drafts)}
    placed = Placed(drafts, lambda d: d.content)
    for draft in drafts:
        own = draft.cue or draft.content
        holders = [
            other
            for other in placed.over(own[:1])
            if other is not draft
            and overlap(own, other.content) >= length(own) > 0
            and length(other.content) > length(draft.content)
        ]
        holder = min(holders, key=lambda d: length(d.content), default=None)
        found.append(numbers[id(holder)] if holder is not None else None)
    return found


def _fact(page: Page, draft: Draft, name: str, within: str | None, quotes: Placed[Span]) -> Attribution:
    source = source_of(page, draft.source, draft.cue)
    source = replace(source, kind=SourceKind.OUTLET) if reports(page, draft, source) else source
    via = via_of(page, draft.cue, draft.source, draft.content)
    heard = page.mention_of(via.start, via.end) if via else None
    return Attribution(
        id=name,
        source=_pieces(page, draft.source),
        cue=_pieces(page, draft.cue),
        content=_pieces(page, draft.content),
        quote=quote_form(draft.content, [(q.start, q.end) for q in quotes.over(draft.content)]),
        stance=stance_of(page, draft.cue, draft.content),
        source_kind=source.kind,
        source_entity=source.entity,
        within=within,
        sentence=page.sentence_at(draft.place),
        number=source.number,
        affiliation=source.affiliation,
        anonymity_reason=source.anonymity_reason,
        via=page.text[via.start : via.end] if via else None,
        via_entity=heard.entity if heard else None,
        said=_said(page, draft),
        hedged=hedged(page, draft.cue, draft.content),
        score=round(draft.score, 3),
    )


def drafts_of(page: Page, by: Decoding | None = None) -> list[Draft]:
    """A page's attributions as spans, in order; tags are decoded as shipped unless another way is given."""
    rules = Rules(page, _quotes(page))
    if page.scores is not None:
        drafts = tagged_drafts(page, page.scores, rules, by)
    else:
        drafts = cited(page, without_bare_nouns(rules.drafts()))
    return sorted(apart(drafts, page.text), key=lambda d: (d.place, [s.start for s in d.content]))


def _quotes(page: Page) -> list[tuple[int, int]]:
    return quotations(page.text[: page.sentences[-1].end])


def _run(page: Page) -> None:
    if not page.sentences:
        return
    quotes = Placed((Span(a, b) for a, b in _quotes(page)), lambda q: [q])
    drafts = drafts_of(page)
    names = [f"a{i + 1}" for i in range(len(drafts))]
    within_others = [
        found if found is not None else citing(page, drafts, i) for i, found in enumerate(_number_from(drafts))
    ]
    facts = []
    for i, holder in enumerate(within_others):
        within = names[holder] if holder is not None else None
        facts.append(_fact(page, drafts[i], names[i], within, quotes))
    page.attributions.extend(with_speakers(page, facts))


ATTRIBUTIONS = step("attributions", needs=["sentences", "scores", "mentions", "times"], adds=["attributions"], run=_run)
