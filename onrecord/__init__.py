"""onrecord reads news reports and keeps the record: what happened, who says so, and what is still not confirmed.

>>> import onrecord
>>> record = onrecord.open("examples.ledger")            # an Asker; makes the ledger if there is none
>>> run = record.read("examples")                        # folders, files, globs: text, pages, mail, tables
>>> print(len(run.new), "reports,", len(run.failures), "failures")
27 reports, 0 failures
>>> stories = record.stories()
>>> fire = next(s for s in stories if "fire" in s.title.lower())
>>> story = record.story(fire.id)
>>> event = story.events[0]                              # the weightiest first
>>> event.standing in onrecord.Standing, len(event.testimonies) > 0
(True, True)
>>> claim = event.testimonies[0]                         # who says so, in which words, from where to where
>>> claim.report.address != "" and claim.claim.words.end > claim.claim.words.start
True
>>> table = record.frame("claims")                       # pandas or polars, whichever is installed
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Record, open
    from onrecord.ask import Asker, Filter
    from onrecord.errors import OnRecordError
    from onrecord.model import (
        Attribution,
        Claim,
        Contradiction,
        Entity,
        EventMention,
        EventRecord,
        Failure,
        Reading,
        Report,
        SourceKind,
        Stance,
        Standing,
        Status,
        Story,
        Testimony,
    )
    from onrecord.pipeline import PipelineOptions, Run, readings

__all__ = [
    "Asker",
    "Attribution",
    "Claim",
    "Contradiction",
    "Entity",
    "EventMention",
    "EventRecord",
    "Failure",
    "Filter",
    "OnRecordError",
    "PipelineOptions",
    "Reading",
    "Record",
    "Report",
    "Run",
    "SourceKind",
    "Stance",
    "Standing",
    "Status",
    "Story",
    "Testimony",
    "open",
    "readings",
]

_HOME = {
    "Record": "onrecord.api",
    "open": "onrecord.api",
    "Asker": "onrecord.ask",
    "Filter": "onrecord.ask",
    "OnRecordError": "onrecord.errors",
    "Attribution": "onrecord.model",
    "Claim": "onrecord.model",
    "Contradiction": "onrecord.model",
    "Entity": "onrecord.model",
    "EventMention": "onrecord.model",
    "EventRecord": "onrecord.model",
    "Failure": "onrecord.model",
    "Reading": "onrecord.model",
    "Report": "onrecord.model",
    "SourceKind": "onrecord.model",
    "Stance": "onrecord.model",
    "Standing": "onrecord.model",
    "Status": "onrecord.model",
    "Story": "onrecord.model",
    "Testimony": "onrecord.model",
    "PipelineOptions": "onrecord.pipeline",
    "Run": "onrecord.pipeline",
    "readings": "onrecord.pipeline",
}


def __getattr__(name: str) -> Any:
    """Public names load their module when they are first used: ``import onrecord`` stays instant."""
    if name not in _HOME:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
