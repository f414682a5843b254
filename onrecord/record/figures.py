"""What a figure counts: figures of one kind and one thing counted can be compared. Pure."""

from __future__ import annotations

from onrecord.model import Quantity

# Counts of people that grow or are corrected while an event is still being counted.
TOLLS = frozenset({"dead", "injured", "arrested", "displaced", "missing", "participants", "votes", "percent"})
_PEOPLE = frozenset({"", "people", "person", "victim", "dead", "death", "life", "fatality"})


def counted(quantity: Quantity) -> tuple[str, str]:
    """Kind and thing counted, that empty if unknown: "nine people killed" and "a toll of nine" count the same."""
    unit = (quantity.unit or "").casefold()
    return quantity.kind, "" if quantity.kind in TOLLS and unit in _PEOPLE else unit


__all__ = ["TOLLS", "counted"]
