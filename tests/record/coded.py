"""Coded events of invented reports, for the tests of the fixed formats, and hostile texts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from onrecord.model import Entity, EntityType, EventRecord, Span, TextSpan
from onrecord.record.coding import Coded, ReportFacts, code
from onrecord.record.events import event_record

from .builders import day, person, testimony, town

NASTY = 'tab\tnew\nline\r\nnul\0"quote",\\0 \u202e\u2066\u2028\x85; =1+1 é'
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\t\n\r\0"\\;,\u202e\u2028\x85\x0b'), max_size=12
)
NAMES = TEXTS.filter(lambda t: t.strip())


def facts_of(*events: EventRecord, entities: tuple[Entity, ...] = (), **more: Any) -> dict[str, ReportFacts]:
    """Facts of reports that hold one sentence each: the words of their first claim."""
    found: dict[str, ReportFacts] = {}
    for item in (t for e in events for t in e.testimonies):
        text = item.claim.words.text
        values: dict[str, Any] = {
            "id": item.report.id,
            "text": text,
            "made_by": "onrecord test",
            "lead": len(text),
            "sentences": (Span(0, len(text)),),
            "entities": {e.id: e for e in entities},
            "places": (item.place,) if item.place else (),
            "people": ("Ona Lisk",),
            "organisations": (),
            "locations": ("Tarnford",),
        }
        found.setdefault(item.report.id, ReportFacts(**{**values, **more}))
    return found


def meeting(**more: Any) -> EventRecord:
    """Lisk met Quill in Tarnford, of a country that is there, on 4 April 2030."""
    values: dict[str, Any] = {
        "text": "Mayor Ona Lisk met Minister Quill in Tarnford on 4 April.",
        "anchor": "met",
        "type": "CONSULT",
        "cameo": "040",
        "goldstein": 1.0,
        "quad": 1,
        "when": day("2030-04-04"),
        "where": town("Tarnford", 77, country="SWE"),
        "actors": (person("Ona Lisk", 6, country="SWE", sector="GOV"),),
        "recipients": (person("Quill", 28, country="ROU", sector="JRN"),),
    }
    values.update(more)
    return event_record(values.pop("id_", "e1"), [testimony("own:", **values)])


def coded(event: EventRecord, **more: Any) -> Coded:
    dates = more.pop("report_dates", False)
    return code(event, facts_of(event, **more), report_dates=dates)


def entity(name: str, **more: Any) -> Entity:
    return Entity("n1", name, more.pop("type", EntityType.PERSON), **more)


def words(text: str) -> TextSpan:
    return TextSpan(0, len(text), text)
