"""PLOVER JSON and the JSON Lines of NGEC, the coder of POLECAT: one event a line. Pure.

Fields of PLOVER are those of the manual of 2021, of NGEC those its formatter writes. What cannot be filled is left out
of PLOVER, where it is optional, and is null or empty in NGEC, whose readers ask for every key.
"""

from __future__ import annotations

from typing import Any

from onrecord.model import PlaceMention, Testimony
from onrecord.record.coding import Coded, Party, first_day, last_day, sentence_of
from onrecord.record.country_codes import country
from onrecord.record.export import json_line

CODER = "onrecord"
_SIZES = ("dead", "injured", "arrested")


def plover_line(coded: Coded) -> bytes:
    """One event in PLOVER JSON. It must have a type of PLOVER, a day, and an actor."""
    event, told = coded.event, coded.told
    report, facts = told.report, coded.facts[told.report.id]
    span = sentence_of(told, facts)
    record = {
        "id": event.id,
        "has_event": True,
        "date": coded.dated.day.isoformat() if coded.dated.day else None,
        "enddate": _end(coded),
        "actor": [_actor(p) for p in coded.actors],
        "recipient": [_actor(p) for p in coded.recipients],
        "event": [event.type],
        "event_loc": _location(coded.place),
        "quad_code": coded.quad,
        "event_scale": coded.goldstein,
        "mode": [coded.mode] if coded.mode else None,
        "context": list(coded.contexts),
        "size_info": _size(told),
        "link": event.story,
        "text": span.of(facts.text),
        "text_info": {"sequence": told.mention.sentence + 1, "start": span.start, "end": span.end},
        "language": report.language,
        "publication": report.outlet,
        "cite_info": _cite(coded),
        "coder": facts.made_by,
    }
    return json_line({key: value for key, value in record.items() if value not in (None, [], {})})


def _end(coded: Coded) -> str | None:
    """The last day of what lasts several, where its first is the date."""
    event = coded.event
    if event.earliest is None or event.latest is None or coded.dated.day is None:
        return None
    last = last_day(event.earliest, event.latest)
    same = first_day(event.earliest, event.latest) == coded.dated.day
    return last.isoformat() if same and last > coded.dated.day else None


def _actor(party: Party) -> dict[str, Any]:
    held = {
        "code": party.country,
        "sector": party.sector,
        "actor_text": party.raw,
        "identifier_text": party.name,
        "office": party.title,
    }
    return {key: value for key, value in held.items() if value is not None}


def _location(place: PlaceMention | None) -> dict[str, Any] | None:
    if place is None or place.lat is None:
        return None
    return {
        "geonameid": place.geonames,
        "name": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "cc3": place.country,
        "admin1": place.admin1,
    }


def _size(told: Testimony) -> dict[str, float]:
    """Numbers of people, where both bounds are the same."""
    found = [q for q in told.mention.quantities if q.kind in _SIZES and q.low is not None and q.low == q.high]
    return {q.kind: q.low for q in reversed(found) if q.low is not None}


def _cite(coded: Coded) -> dict[str, Any]:
    report = coded.told.report
    held = {
        "citation": report.id,
        "url": report.address,
        "title": report.title,
        "language": report.language,
        "publication": report.outlet,
        "codebook": "PLOVER 2021",
    }
    return {key: value for key, value in held.items() if value is not None}


# --- NGEC ------------------------------------------------------------------------------------------------------


def ngec_line(coded: Coded) -> bytes:
    """One event as NGEC writes it; offsets count from the start of ``event_text``."""
    event, told = coded.event, coded.told
    report, facts = told.report, coded.facts[told.report.id]
    span, day = sentence_of(told, facts), report.published.value[:10] if report.published else None
    places = [_place(p, span.start) for p in facts.places if span.start <= p.start < span.end and p.lat is not None]
    where = _place(coded.place, span.start) if told.place is coded.place and coded.place is not None else None
    return json_line(
        {
            "id": event.id,
            "story_id": report.id,
            "date": day,
            "pub_date": day,
            "publisher": report.outlet or "",
            "headline": report.title or "",
            "event_text": span.of(facts.text),
            "event_type": event.type,
            "event_mode": [coded.mode] if coded.mode else [],
            "contexts": list(coded.contexts),
            "attributes": _attributes(coded, span.start),
            "geolocated_ents": places,
            "event_geolocation": {
                "reason": "the place of the event" if where else "no place with coordinates in this sentence",
                "geo": where,
            },
            "date_resolved": coded.dated.day.isoformat() if coded.dated.day else None,
            "date_raw": told.time.text if told.time else "",
            "story_people": list(facts.people),
            "story_orgs": list(facts.organisations),
            "story_locs": list(facts.locations),
            "version": facts.made_by,
        }
    )


def _attributes(coded: Coded, start: int) -> dict[str, list[dict[str, Any]]]:
    """Who, whom, where and when, as spans of the sentence."""
    told = coded.told
    entities = coded.facts[told.report.id].entities

    def who(part: Any) -> dict[str, Any]:
        entity = entities.get(part.entity or "")
        return {
            **_span(part, start),
            "wiki": "",
            "country": part.country or (entity.country if entity else None) or "",
            "code_1": part.sector or (entity.sector if entity else None) or "",
            "code_2": "",
        }

    return {
        "ACTOR": [who(p) for p in told.mention.actors],
        "RECIP": [who(p) for p in told.mention.recipients],
        "LOC": [_span(told.place, start)] if told.place else [],
        "DATE": [_span(told.time, start)] if told.time else [],
    }


def _span(part: Any, start: int) -> dict[str, Any]:
    return {
        "text": part.text,
        "qa_score": None,
        "qa_start_char": part.start - start,
        "qa_end_char": part.end - start,
    }


def _place(place: PlaceMention, start: int) -> dict[str, Any]:
    land = country(place.country)
    return {
        "search_placename": place.text,
        "resolved_placename": place.name,
        "geonameid": str(place.geonames) if place.geonames is not None else "",
        "country_code3": place.country or "",
        "country_name": land.name if land else "",
        "admin1_name": place.admin1 or "",
        "lat": place.lat,
        "lon": place.lon,
        "start_char": place.start - start,
        "end_char": place.end - start,
    }
