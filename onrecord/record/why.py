"""Why an event stands as it does, in sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Contradiction, EventRecord, Origin, SourceKind, Standing, StandingChange
from onrecord.record.contradictions import contradictions
from onrecord.record.words import listed, moment_words

_MEANS = {
    Standing.RETRACTED: "every origin that held it has taken it back",
    Standing.SUPERSEDED: "the same or a better-placed origin has called it off",
    Standing.DISPUTED: "it is held and denied by different origins, and neither has been answered",
    Standing.DENIED: "it is denied, and nobody has held it since",
    Standing.CONFIRMED: "a party to it, or the office responsible, says so on the record",
    Standing.CORROBORATED: "two or more independent origins hold it, none of them with authority over it",
    Standing.REPORTED: "one named origin holds it, and nobody with authority over it has spoken",
    Standing.RUMOURED: "only unnamed or hedging holders speak of it",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """An event's standing explained: a sentence for each step, then on whom it rests, then what speaks against it."""

    event: EventRecord
    sentences: tuple[str, ...]
    steps: tuple[StandingChange, ...]
    contradictions: tuple[Contradiction, ...]


def explain(event: EventRecord) -> Explanation:
    found = contradictions(event)
    said = [f"“{event.title}” is {event.standing.value}: {_MEANS[event.standing]}."]
    said += [_step(number, step) for number, step in enumerate(event.history)]
    said.append(_origins(event))
    said += [f"{c.attribute.capitalize()}, {c.kind.value}: {c.words}." for c in found]
    said += [f"Possibly the same as {other}, not merged: {why}." for other, why in event.unsure]
    return Explanation(event, tuple(said), event.history, found)


def _step(number: int, step: StandingChange) -> str:
    when = moment_words(step.since) if step.since is not None else "at a time that is not known"
    begin = "First" if number == 0 else "Then"
    return f"{begin}, {when}, {step.standing.value}: {step.why}."


def _origins(event: EventRecord) -> str:
    reports = len({t.report.id for t in event.testimonies})
    told = f"{_count(reports, 'report')} {'tells' if reports == 1 else 'tell'} it, resting on"
    return f"{told} {_count(len(event.origins), 'origin')}: {listed(_origin(o) for o in event.origins[:8])}."


def _origin(origin: Origin) -> str:
    if origin.kind is SourceKind.UNNAMED:
        return f"{origin.name} (unnamed; {' → '.join(origin.chain)})"
    return f"{origin.name} ({origin.how})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
