"""How the claims of a newsroom were read amiss, counted by kind: what to mend first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.newsroom.score import Answer, FoundClaim, FoundEvent, agree, match_events, overlaps

Told = dict[str, Any]
AUTHORITIES = ("party", "responsible")


def causes(truth: dict[str, Any], answer: Answer) -> Counter[str]:
    """Kind of error → how many tellings show it; one telling can show several. Those of tolls are left out."""
    matched = match_events(truth["events"], answer.events)
    counted: Counter[str] = Counter()
    for event in truth["events"]:
        for claim in event["claims"]:
            if claim["toll"] is None:
                counted["tellings in all"] += 1
                counted.update(set(_of(claim, matched.get(event["event"]), answer)))
    return counted


def _of(true: Told, event: FoundEvent | None, answer: Answer) -> Iterator[str]:
    mine = _at(true, [event] if event is not None else [])
    found = mine or _at(true, answer.events)
    if not found:
        yield "event: no claim read at its anchor"
        return
    if not mine:
        yield "event: left apart, or with another one"
    best = max(found, key=lambda c: (not c.own_voice, c.status == true["status"], c.anchor))
    yield from _holder(true, best)
    if best.status != true["status"]:
        yield f"status: {true['status']} read as {best.status}"
    if true["hedged"] != best.hedged:
        yield "hedge: missed" if true["hedged"] else "hedge: seen where there is none"
    if true["authority"] in AUTHORITIES and best.authority not in AUTHORITIES:
        yield "authority: not seen"
    on_record = best.origin.kind != "unnamed"  # docs/standing.md: an unnamed member of an office speaks for nobody
    if true["authority"] not in AUTHORITIES and best.authority in AUTHORITIES and on_record:
        yield "authority: given to an outsider"


def _at(true: Told, events: list[FoundEvent]) -> list[FoundClaim]:
    places = [(true["report"], a, b) for a, b in true["anchors"]]
    return [c for e in events for c in e.claims if any(overlaps(c.anchor, p) for p in places)]


def _holder(true: Told, found: FoundClaim) -> Iterator[str]:
    given = true["origin"]
    if found.own_voice and not true["own_voice"]:
        yield f"holder: {given['kind']} read as the report's own voice"
    elif not found.own_voice and true["own_voice"]:
        yield f"holder: the report's own voice read as {found.origin.kind}"
    elif found.origin.kind == "unnamed" != given["kind"] or given["kind"] == "unnamed" != found.origin.kind:
        yield f"holder: {given['kind']} read as {found.origin.kind}"
    elif not agree(given, found.origin):
        yield f"origin: {given['kind']} traced to another"
