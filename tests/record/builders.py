"""Terse testimonies of invented outlets, for the tests of the record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    EventMention,
    Holder,
    Origin,
    Participant,
    PlaceMention,
    Quantity,
    ReportHead,
    SourceKind,
    Stamp,
    Stance,
    Status,
    Testimony,
    TextSpan,
    TimeMention,
    TimeType,
)

APPENDED = datetime(2031, 1, 1, tzinfo=UTC)
KINDS = {
    "office": SourceKind.OFFICE,
    "named": SourceKind.NAMED,
    "unnamed": SourceKind.UNNAMED,
    "outlet": SourceKind.OUTLET,
    "document": SourceKind.DOCUMENT,
}


def at(day: float, year: int = 2030, month: int = 3) -> datetime:
    """A moment on day ``day`` of March 2030; fractions are parts of the day."""
    return datetime(year, month, 1, tzinfo=UTC) + timedelta(days=day - 1)


def stamp(moment: datetime) -> Stamp:
    return Stamp(moment.isoformat(), moment.isoformat(), "field", moment, moment)


def head(outlet: str | None = "Harbour Post", published: datetime | None = None, **more: Any) -> ReportHead:
    number = more.pop("number", 1)
    slug = (outlet or "none").lower().replace(" ", "-")
    values: dict[str, Any] = {
        "id": f"r{slug}{number}",
        "address": f"https://{slug}.example/{number}",
        "file": "",
        "outlet": outlet,
        "title": None,
        "byline": None,
        "published": stamp(published) if published else None,
        "updated": None,
        "language": "en",
        "analysed": True,
        "note": None,
        "appended": APPENDED,
        "sequence": number,
        "words": 100,
    }
    values.update(more)
    return ReportHead(**values)


def testimony(
    who: str = "office:the Ministry of Ports",
    says: str = "happened",
    day: float | None = 1,
    sequence: int = 0,
    **more: Any,
) -> Testimony:
    """``who`` is ``kind:name`` (``own`` for the outlet's own voice); ``says`` a status, with ``stance`` beside it.

    Marks at the end of ``who``: ``!`` responsible, ``*`` party; of ``says``: ``?`` hedged.
    """
    outlet = more.pop("outlet", "Harbour Post")
    kind, _, name = who.partition(":")
    authority = Authority.OTHER
    if name.endswith("!"):
        authority, name = Authority.RESPONSIBLE, name[:-1]
    elif name.endswith("*"):
        authority, name = Authority.PARTY, name[:-1]
    own = kind == "own"
    hedged = says.endswith("?")
    status = Status(says.rstrip("?"))
    stance = Stance(more.pop("stance", "asserts"))
    holder = Holder(
        name=(outlet or "the report") if own else name,
        kind=SourceKind.OUTLET if own else KINDS[kind],
        country=more.pop("country", None),
        sector=more.pop("sector", None),
        own_voice=own,
        entity=more.pop("entity", None),
    )
    known = at(day) if day is not None else None
    report = more.pop("report", None) or head(outlet, known, number=more.pop("number", 1))
    text = more.pop("text", f"{holder.name} spoke of the opening of the bridge.")
    anchor_at = text.find(more.get("anchor", "opening"))
    word = more.pop("anchor", "opening")
    anchor_at = max(anchor_at, 0)
    said = more.pop("said", None)
    origin_key = more.pop("origin", None) or f"{holder.kind.value}:{holder.name.casefold()}"
    named = holder.kind is not SourceKind.UNNAMED
    mention = EventMention(
        id=more.pop("event", "v1"),
        anchor=TextSpan(anchor_at, anchor_at + len(word), word),
        sentence=0,
        lemma=more.pop("lemma", "open"),
        status=status,
        certainty=more.pop("certainty", Certainty.CT_PLUS),
        **{k: more.pop(k) for k in list(more) if k in _MENTION},
    )
    local = f"c{sequence}-{kind}-{name}-{says}-{stance.value}"
    claim = Claim(
        id=local,
        event=mention.id,
        holder=holder,
        chain=(holder,),
        stance=stance,
        status=status,
        certainty=mention.certainty,
        factuality=3.0,
        authority=authority,
        words=TextSpan(0, len(text), text),
        hedged=hedged,
        sequence=sequence,
        said_earliest=said,
        said_latest=said,
    )
    origin = Origin(origin_key, holder.name, holder.kind, named, (outlet or "the report", holder.name), "own voice")
    identity = more.pop("id", f"{report.id}.{local}")
    time, place = more.pop("when", None), more.pop("where", None)
    if more:
        raise TypeError(f"unknown: {sorted(more)}")
    return Testimony(identity, claim, mention, report, origin, time, place, known)


_MENTION = {
    "type",
    "mode",
    "cameo",
    "contexts",
    "quad",
    "goldstein",
    "actors",
    "recipients",
    "quantities",
    "background",
    "headline",
    "time",
    "time_mark",
    "place",
    "cause",
}


def person(text: str, start: int = 0, **more: Any) -> Participant:
    return Participant(start, start + len(text), text, **more)


def number(low: float, high: float | None = None, kind: str = "dead", unit: str | None = None) -> Quantity:
    return Quantity(0, 1, str(low), kind, low, low if high is None else high, unit)


def day(value: str, text: str | None = None) -> TimeMention:
    """A resolved day ``YYYY-MM-DD``."""
    first = datetime.fromisoformat(value).replace(tzinfo=UTC)
    last = first + timedelta(days=1) - timedelta(seconds=1)
    return TimeMention("t1", 0, 3, text or value, TimeType.DATE, value, first, last)


def unresolved(text: str, note: str | None = "the report has no date of its own") -> TimeMention:
    return TimeMention("t1", 0, 3, text, TimeType.DATE, "FUTURE_REF", None, None, None, False, note)


def town(name: str, geonames: int, country: str = "ATL", kind: str = "city") -> PlaceMention:
    return PlaceMention("p1", 0, 3, name, name, geonames, country, 1.0, 2.0, kind)
