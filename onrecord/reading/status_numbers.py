"""The factuality number of a world, and how the encoder's number and the rules' meet."""

from __future__ import annotations

from onrecord.reading.status_worlds import CANCELLED, MAYBE, PROBABLE, REAL, SURE, UNKNOWN, World

_BY_MODE = {
    "real": 2.7,
    "ongoing": 2.7,
    "planned": 1.0,
    "expected": 1.0,
    "possible": 0.4,
    "wished": 0.0,
    "unknown": 0.2,
    "cancelled": -2.0,
}
_BY_HOW = {
    "purpose": 0.6,
    "may": 0.5,
    "could": 0.4,
    "if": 0.1,
    "would": 0.6,
    "counter": -1.5,
    "will": 1.4,
    "said": 2.3,
    "belief": 1.6,
    "can": 1.6,
    "denial": -1.5,
    "allow": 1.0,
    "should": 0.4,
    "seem": 1.8,
    "try": 0.6,
    "ask": 0.3,
    "plan": 1.2,
}


def number_of(world: World) -> float:
    """The report's own commitment by the rules alone; the figures are means over the training parts of UDS-IH2 and UW."""
    value = _BY_HOW.get(world.how, _BY_MODE[world.mode])
    if world.mode == REAL and world.how not in _BY_HOW:
        value = {SURE: 2.7, PROBABLE: 1.7, MAYBE: 0.5}.get(world.sure, 0.3)
    if world.said and world.mode == REAL:
        value = min(value, 2.3)
    if not world.positive and world.mode not in (CANCELLED, UNKNOWN) and world.how not in ("counter", "denial"):
        value = -abs(value) if world.mode == REAL else -0.6 * abs(value)
    return max(-3.0, min(3.0, value))


def blended(rules: float, encoder: float) -> float:
    """The mean of both, the encoder counting more."""
    return max(-3.0, min(3.0, 0.35 * rules + 0.65 * encoder))
