"""Analysts' corrections as an audit list and as labelled data: each with the words it is about. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from onrecord.model import CONTRACT_VERSION, Correction
from onrecord.record.contract import iso


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stands: a report, and in it the words; a report as a whole has neither words nor span."""

    target: str
    report: str
    address: str
    outlet: str | None
    start: int | None = None
    end: int | None = None
    text: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one pair, or of one thing, beside what the machine said of it.

    ``kind`` is event, story or copy for a pair, whose ``said`` is same or different; else type, status, title or name
    of one mention, and event_type, event_status, event_title where they were said of an event of several.
    """

    kind: str
    said: str
    left: Place
    right: Place | None = None
    machine: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """A correction in the audit list. ``undone_by``: the correction that took it back, if one in force did."""

    correction: Correction  # with the ids its targets have now
    undone_by: str | None
    labels: tuple[Label, ...]

    @property
    def in_force(self) -> bool:
        return self.undone_by is None


def correction_to_contract(record: CorrectionRecord) -> dict[str, Any]:
    """One correction as a line of JSON: who, when, why, and its labels with spans in both reports."""
    item = record.correction
    return {
        "version": CONTRACT_VERSION,
        "correction": item.id,
        "action": item.action,
        "targets": list(item.targets),
        "value": item.value,
        "author": item.author,
        "reason": item.reason,
        "made": iso(item.made),
        "in_force": record.in_force,
        "undone_by": record.undone_by,
        "labels": [asdict(label) for label in record.labels],
    }
