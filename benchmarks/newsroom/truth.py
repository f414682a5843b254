"""What is true of a newsroom: standing, history and contradictions from its claims, by the record's own pure functions.

A plot says by hand what they must be; ``tests/test_newsroom.py`` holds both against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.newsroom.write import Draft, Newsroom, Telling, TrueClaim, TrueEvent
from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    Contradiction,
    EventMention,
    Holder,
    Origin,
    Quantity,
    ReportHead,
    SourceKind,
    Stamp,
    Stance,
    Status,
    Testimony,
    TextSpan,
)
from onrecord.record.contradictions import contradictions
from onrecord.record.events import event_record
from onrecord.record.moments import claim_cancels, claim_denies, claim_holds
from onrecord.record.standing import history, status_of

VERSION = 1


def testimonies(event: TrueEvent) -> list[Testimony]:
    """The event's claims as the ledger would give them if everything were read aright."""
    return [
        _testimony(event, draft, number, telling)
        for draft in event.drafts
        for number, telling in enumerate(draft.tellings)
    ]


def _testimony(event: TrueEvent, draft: Draft, number: int, telling: Telling) -> Testimony:
    claim = event.claims[telling.claim]
    start, end = telling.anchors[0]
    words = TextSpan(telling.start, telling.end, draft.body[telling.start : telling.end])
    status = Status(claim.told.says)
    certainty = Certainty.PS_PLUS if claim.told.hedged else Certainty.CT_PLUS
    mention = EventMention(
        id=f"v{number}",
        anchor=TextSpan(start, end, draft.body[start:end]),
        sentence=number,
        lemma=draft.body[start:end].lower(),
        quantities=_quantities(event, claim),
        status=status,
        certainty=certainty,
    )
    holder = _holder(draft, claim)
    made = Claim(
        id=f"c{number}",
        event=mention.id,
        holder=holder,
        chain=(holder,),
        stance=Stance(claim.told.stance),
        status=status,
        certainty=certainty,
        factuality=0.0,
        authority=Authority(claim.source.authority) if claim.source else Authority.OTHER,
        words=words,
        hedged=claim.told.hedged,
        sequence=1,
    )
    origin = claim.origin
    traced = Origin(origin.key, origin.names[0], SourceKind(origin.kind), origin.kind != "unnamed", (), "")
    # What a revision keeps was known from when the address first told it.
    known = min(d.known for d in event.drafts if d.address == draft.address and _tells(d, telling.claim))
    return Testimony(f"{draft.key}.c{number}", made, mention, _head(draft), traced, known=known)


def _tells(draft: Draft, claim: int) -> bool:
    return any(t.claim == claim for t in draft.tellings)


def _holder(draft: Draft, claim: TrueClaim) -> Holder:
    if claim.told.who == "own":
        return Holder(draft.outlet.name, SourceKind.OUTLET, own_voice=True)
    return Holder(claim.origin.names[0], SourceKind(claim.origin.kind))


def _quantities(event: TrueEvent, claim: TrueClaim) -> tuple[Quantity, ...]:
    if claim.told.toll is None:
        return ()
    number = event.cast.tolls[claim.told.toll]
    return (Quantity(0, 1, str(number), "dead", number, number),)


def _head(draft: Draft) -> ReportHead:
    stamp = Stamp(draft.published.isoformat(), draft.published.isoformat(), "field", draft.published, draft.published)
    return ReportHead(
        id=draft.key,
        address=draft.address,
        file="",
        outlet=draft.outlet.name,
        title=draft.title,
        byline=draft.byline,
        published=stamp,
        updated=None,
        language="en",
        analysed=True,
        note=None,
        appended=draft.known,
        sequence=draft.step,
        words=len(draft.body.split()),
    )


def standings(event: TrueEvent) -> list[str]:
    return [step.standing.value for step in history(testimonies(event), of_one=True)]


def register(event: TrueEvent) -> tuple[Contradiction, ...]:
    return contradictions(event_record(event.id, testimonies(event)))


def truth(newsroom: Newsroom) -> dict[str, Any]:
    """All of it as one object: what ``truth.json`` holds."""
    return {
        "version": VERSION,
        "seed": newsroom.seed,
        "reports": sum(len(e.drafts) for e in newsroom.events),
        "events": [_event(e) for e in newsroom.events],
        "contradictions": [c for e in newsroom.events for c in _contradictions(e)],
        "revisions": [_revision(e, d) for e in newsroom.events for d in e.drafts if d.updated],
        "copies": [list(pair) for e in newsroom.events for pair in e.copies()],
    }


def _event(event: TrueEvent) -> dict[str, Any]:
    told = testimonies(event)
    steps = [s.standing.value for s in history(told, of_one=True)]
    return {
        "event": event.id,
        "act": event.cast.act,
        "plot": event.plot.name,
        "looks_like": event.like,
        "standing": steps[-1],
        "history": steps,
        "status": status_of(told).value,
        "claims": [c for d in event.drafts for c in _claims(event, d)],
    }


def _claims(event: TrueEvent, draft: Draft) -> Iterator[dict[str, Any]]:
    for telling in draft.tellings:
        claim = event.claims[telling.claim]
        yield {
            "report": draft.key,
            "start": telling.start,
            "end": telling.end,
            "anchors": [list(a) for a in telling.anchors],
            "toll": None if claim.told.toll is None else event.cast.tolls[claim.told.toll],
            "stance": claim.told.stance,
            "status": claim.told.says,
            "hedged": claim.told.hedged,
            "own_voice": claim.told.who == "own",
            "authority": claim.source.authority if claim.source else "other",
            "origin": {
                "key": claim.origin.key,
                "kind": claim.origin.kind,
                "names": list(claim.origin.names),
                "outlet": claim.origin.outlet,
            },
        }


def _contradictions(event: TrueEvent) -> Iterator[dict[str, Any]]:
    """Each with all sentences on either side of it: any two of them show it."""
    told = testimonies(event)
    for found in register(event):
        sides: list[list[Testimony]]
        if found.attribute == "number":
            sides = [
                [t for t in told if t.mention.quantities == side.mention.quantities]
                for side in (found.earlier, found.later)
            ]
        else:
            sides = [
                [t for t in told if claim_holds(t.claim)],
                [t for t in told if claim_denies(t.claim) or claim_cancels(t.claim)],
            ]
        yield {
            "event": event.id,
            "attribute": found.attribute,
            "kind": found.kind.value,
            "sides": [[[t.report.id, t.claim.words.start, t.claim.words.end] for t in side] for side in sides],
        }


def _revision(event: TrueEvent, draft: Draft) -> dict[str, Any]:
    changes = [c for c in event.changes if c.later == draft.key]
    return {
        "address": draft.address,
        "earlier": changes[0].earlier,
        "later": draft.key,
        "changes": [{"kind": c.kind, "start": c.start, "end": c.end} for c in changes],
    }


def rows(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    """The reports as ``onrecord read`` takes them, in order of arrival; ``key`` names them for the truth."""
    for draft in newsroom.drafts:
        row: dict[str, Any] = {
            "url": draft.address,
            "key": draft.key,
            "headline": draft.title,
            "published": draft.published.isoformat(),
            "source": {"name": draft.outlet.name},
            "body": draft.body,
        }
        if draft.updated:
            row["updated"] = draft.updated.isoformat()
        if draft.byline:
            row["byline"] = draft.byline
        yield row
