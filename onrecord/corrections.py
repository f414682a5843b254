"""Analysts' corrections on the way out: ledger → record. ``ask`` is the way to it."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.ledger import Ledger
from onrecord.ledger.corrected import PAIRING, pairs_of
from onrecord.model import Correction, Judgement, JudgementKind, Reading
from onrecord.record.corrections import CorrectionRecord, Label, Place

_KINDS = {"relabel": "type", "status": "status", "title": "title", "entity": "name"}
_MACHINE = "onrecord"  # first word of the machine's signature


def audit(ledger: Ledger) -> Iterator[CorrectionRecord]:
    """Every correction, oldest first, with the words it is about."""
    undone, places = ledger.undone(), _Places(ledger)
    for item in ledger.corrections():
        yield CorrectionRecord(item, undone.get(item.id), tuple(_labels(ledger, item, places)))


class _Places:
    """Where targets stand, each report read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._readings: dict[str, Reading] = {}

    def reading(self, report: str) -> Reading:
        if report not in self._readings:
            self._readings[report] = self._ledger.reading(report)
        return self._readings[report]

    def find(self, target: str) -> Place | None:
        """None for words that the newest reading does not find."""
        report, dot, local = target.partition(".")
        reading = self.reading(report)
        head = (target, report, reading.report.address, reading.report.outlet)
        if not dot:
            return Place(*head)
        span = next((e.anchor for e in reading.events if e.id == local), None)
        named = next((m for m in reading.mentions if m.entity == local), None)
        found = span or named
        if found is None:
            return None
        sentence = next((s for s in reading.sentences if s.start <= found.start < s.end), None)
        words = sentence.of(reading.report.text).strip() if sentence else ""
        return Place(*head, found.start, found.end, found.text, words)


def _labels(ledger: Ledger, item: Correction, places: _Places) -> Iterator[Label]:
    if item.action in PAIRING:
        judged, pairs = pairs_of(item.action, item.targets, item.value)
        for left, right, verdict in pairs:
            here, there = places.find(left), places.find(right)
            if here is not None and there is not None:
                machine = _machine(ledger, judged, left, right)
                said, score = (machine.verdict.value, machine.score) if machine else (None, None)
                yield Label(judged.value, verdict.value, here, there, said, score)
    elif item.action in _KINDS:
        # What is said of an event of several mentions need not hold of each of them alone.
        kind = _KINDS[item.action] if len(item.targets) == 1 else f"event_{_KINDS[item.action]}"
        for target in item.targets:
            place = places.find(target)
            if place is not None:
                yield Label(kind, item.value or "", place, machine=_value(places, item.action, target))


def _machine(ledger: Ledger, kind: JudgementKind, left: str, right: str) -> Judgement | None:
    """The machine's last word about a pair."""
    found = [j for j in ledger.judgements(kind, [left]) if (j.left, j.right) == (left, right)]
    return next((j for j in reversed(found) if j.author.split(" ", 1)[0] == _MACHINE), None)


def _value(places: _Places, action: str, target: str) -> str | None:
    """What the reading says, where the correction says otherwise."""
    reading = places.reading(target.partition(".")[0])
    local = target.partition(".")[2]
    if action == "entity":
        return next((e.name for e in reading.entities if e.id == local), None)
    event = next((e for e in reading.events if e.id == local), None)
    if event is None or action == "title":
        return None
    return event.type if action == "relabel" else event.status.value
