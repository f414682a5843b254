"""The JSON contract, version 1: readings, events and stories as other programs read them, and readings back from it.

The schemas are shipped: ``onrecord/data/contract-reading-1.schema.json``, ``…-event-1…``, ``…-story-1…``.
Keys are only added within a version. Enumerations are lower snake case, PLOVER types upper case, moments in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from onrecord.errors import OptionError, ReadingError
from onrecord.model import CONTRACT_VERSION, EventRecord, Reading, StandingChange, Story, Testimony

SCHEMAS = ("reading", "event", "story", "correction")
# Kept beside the plain strings, so that a reading comes back whole.
_STAMPS = "stamps"


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of ``reading``, ``event``, ``story`` or ``correction``.

    Raises:
        OptionError: for another name.
    """
    if name not in SCHEMAS:
        raise OptionError(name, f"there are schemas for {', '.join(SCHEMAS)}")
    path = files("onrecord") / "data" / f"contract-{name}-{CONTRACT_VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def reading_to_contract(reading: Reading) -> dict[str, Any]:
    """One reading as the contract's object; beyond the contract: claims, parts, credits, made_by, analysed, note."""
    import msgspec

    built: dict[str, Any] = _lists(msgspec.to_builtins(reading))
    report = built.pop("report")
    stamps = {name: report[name] for name in ("published", "updated") if report[name] is not None}
    for name in ("published", "updated"):
        report[name] = report[name]["value"] if report[name] else None
    report[_STAMPS] = stamps
    return {"version": CONTRACT_VERSION, "report": report, **built}


def _lists(value: Any) -> Any:
    """Tuples as lists, all the way down: what a schema calls an array."""
    if isinstance(value, dict):
        return {key: _lists(held) for key, held in value.items()}
    return [_lists(held) for held in value] if isinstance(value, list | tuple) else value


def reading_from_contract(value: Mapping[str, Any]) -> Reading:
    """The reading of a contract's object, which other programs may have written: extra keys are passed over.

    Raises:
        ReadingError: if it is of another version, or does not have the contract's shape; names the report.
    """
    import msgspec

    held = value.get("report")
    name = str(held.get("address") or held.get("id")) if isinstance(held, Mapping) else "reading"
    if value.get("version") != CONTRACT_VERSION or not isinstance(held, Mapping):
        raise ReadingError(name, f"not a reading of contract version {CONTRACT_VERSION}")
    report = dict(held)
    stamps = report.pop(_STAMPS, None) or {}
    for field in ("published", "updated"):
        report[field] = stamps.get(field) or _stamp(name, report.get(field))
    rest = {k: v for k, v in value.items() if k not in ("version", "report")}
    try:
        return msgspec.convert({"made_by": "unknown", **rest, "report": _complete(report)}, Reading)
    except msgspec.ValidationError as error:
        raise ReadingError(name, f"not a reading: {error}") from error


def _complete(report: dict[str, Any]) -> dict[str, Any]:
    return {"id": report.get("address", ""), "address": report.get("id", ""), **report}


def _stamp(name: str, value: Any) -> dict[str, Any] | None:
    """A stamp from a bare string of a program that gives no interval: a day means all of it."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ReadingError(name, f"{value!r} is no ISO 8601 date") from error
    whole = len(value) <= len("2025-01-28")
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    last = moment.replace(hour=23, minute=59, second=59) if whole else moment
    return {"value": value, "original": value, "origin": "field", "earliest": moment, "latest": last}


def iso(moment: datetime | None) -> str | None:
    """``2025-01-28T18:38:00Z``."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# --- events and stories ----------------------------------------------------------------------------------------


def event_to_contract(event: EventRecord) -> dict[str, Any]:
    """One event: its mentions, each in a report named by its address, its standing, and the claims it rests on."""
    mentions = {
        (t.report.id, t.mention.anchor.start, t.mention.anchor.end): {
            "report": t.report.address,
            "report_id": t.report.id,
            "start": t.mention.anchor.start,
            "end": t.mention.anchor.end,
        }
        for t in event.testimonies
    }
    return {
        "version": CONTRACT_VERSION,
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
        "place": event.place,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "mentions": [mentions[key] for key in sorted(mentions)],
        "history": [_step(s) for s in event.history],
        "claims": [claim_to_contract(t) for t in event.testimonies],
        "origins": [
            {"key": o.key, "name": o.name, "kind": o.kind.value, "named": o.named, "how": o.how} for o in event.origins
        ],
        "unsure": [{"event": other, "reasons": why} for other, why in event.unsure],
        "story": event.story,
        "weight": event.weight,
        "background": event.background,
    }


def _step(step: StandingChange) -> dict[str, Any]:
    return {
        "standing": step.standing.value,
        "since": iso(step.since),
        "sequence": step.sequence,
        "claim": step.claim,
        "why": step.why,
    }


def claim_to_contract(item: Testimony) -> dict[str, Any]:
    """One claim with its holder, stance and words, as events and lists show it."""
    claim, holder = item.claim, item.claim.holder
    return {
        "claim": item.id,
        "report": item.report.address,
        "report_id": item.report.id,
        "outlet": item.report.outlet,
        "holder": holder.name,
        "kind": holder.kind.value,
        "own_voice": holder.own_voice,
        "authority": claim.authority.value,
        "stance": claim.stance.value,
        "status": claim.status.value,
        "certainty": claim.certainty.value,
        "factuality": claim.factuality,
        "hedged": claim.hedged,
        "origin": item.origin.name,
        "origin_how": item.origin.how,
        "chain": list(item.origin.chain),
        "known": iso(item.known),
        "start": claim.words.start,
        "end": claim.words.end,
        "words": claim.words.text,
    }


def story_to_contract(story: Story) -> dict[str, Any]:
    """One story: its reports by address, its events by id, and what contradicts."""
    return {
        "version": CONTRACT_VERSION,
        "story": story.id,
        "title": story.title,
        "reports": [r.address for r in story.reports],
        "report_ids": [r.id for r in story.reports],
        "events": [e.id for e in story.events],
        "earliest": iso(story.earliest),
        "latest": iso(story.latest),
        "contradictions": [
            {
                "id": c.id,
                "event": c.event,
                "attribute": c.attribute,
                "kind": c.kind.value,
                "earlier": c.earlier.id,
                "later": c.later.id,
                "words": c.words,
                "resolved_by": c.resolved_by,
            }
            for c in story.contradictions
        ],
        "copies": [{"report": copy, "of": of} for copy, of in story.copies],
    }


__all__ = [
    "SCHEMAS",
    "claim_to_contract",
    "event_to_contract",
    "iso",
    "reading_from_contract",
    "reading_to_contract",
    "schema",
    "story_to_contract",
]
