"""GeoJSON (RFC 7946): events as points, each with its standing, status, time, sentence and report. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.model import EventRecord, PlaceMention
from onrecord.record.coding import LeftOut, mentions_of, place_of, teller
from onrecord.record.contract import iso
from onrecord.record.export import json_line

NO_POINT = "without coordinates"


def features(events: Iterable[EventRecord], left: LeftOut) -> Iterator[dict[str, Any]]:
    """A feature for each event whose place has coordinates."""
    for event in events:
        place = place_of(event)
        if place is None or place.lat is None or place.lon is None:
            left.lacking[NO_POINT] += 1
        else:
            yield feature(event, place)


def feature(event: EventRecord, place: PlaceMention) -> dict[str, Any]:
    told = teller(event)
    claim, report = told.claim, told.report
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "event": event.id,
            "title": event.title,
            "type": event.type,
            "mode": event.mode,
            "cameo": event.cameo,
            "status": event.status.value,
            "standing": event.standing.value,
            "earliest": iso(event.earliest),
            "latest": iso(event.latest),
            "when": event.when,
            "place": place.name,
            "place_kind": place.kind,
            "country": place.country,
            "geonames": place.geonames,
            "actors": list(event.actors),
            "recipients": list(event.recipients),
            "holder": claim.holder.name,
            "holder_kind": claim.holder.kind.value,
            "sentence": claim.words.text,
            "report": report.address,
            "outlet": report.outlet,
            "published": report.published.value if report.published else None,
            "mentions": len(mentions_of(event)),
            "story": event.story,
        },
    }


def collection(found: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The file, a feature a line."""
    yield b'{"type":"FeatureCollection","features":['
    comma = b"\n"
    for item in found:
        yield comma + json_line(item).rstrip(b"\n")
        comma = b",\n"
    yield b"\n]}\n"
