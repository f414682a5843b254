"""The ledger: stores and finds. The only room with SQL."""

from onrecord.ledger.appending import AppendResult, Entry, prepare
from onrecord.ledger.checking import Problem
from onrecord.ledger.filters import Filter
from onrecord.ledger.listing import AttributionRow, ClaimRow, EntityRow, EventRow, SearchHit, StoryRow
from onrecord.ledger.outlet_lines import LEAST_HEADLINES
from onrecord.ledger.store import Ledger
from onrecord.ledger.weighed import Changed, Weighed

__all__ = [
    "LEAST_HEADLINES",
    "AppendResult",
    "AttributionRow",
    "Changed",
    "ClaimRow",
    "EntityRow",
    "Entry",
    "EventRow",
    "Filter",
    "Ledger",
    "Problem",
    "SearchHit",
    "StoryRow",
    "Weighed",
    "prepare",
]
