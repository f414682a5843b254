"""The factuality number of a world, and how the encoder's number and the rules' meet."""

from __future__ import annotations

from onrecord.reading.status_worlds import CANCELLED, MAYBE, PROBABLE, REAL, SURE, UNKNOWN, World

# After the means of the training part of UW (news, author's commitment), drawn towards 0 where a mode is open.
_BY_MODE = {
    "real": 2.8,
    "ongoing": 2.7,
    "planned": 1.9,
    "expected": 2.0,
    "possible": 0.8,
    "wished": 0.8,
    "unknown": 0.6,
    "cancelled": -1.8,
}
_BY_HOW = {
    "purpose": 1.3,
    "may": 0.8,
    "part": 0.8,
    "norm": 2.0,
    "refused": 2.0,
    "averted": 0.8,
    "could": 0.8,
    "if": 0.5,
    "would": 1.6,
    "counter": -0.9,
    "will": 2.3,
    "said": 2.7,
    "belief": 2.0,
    "can": 1.2,
    "denial": -1.0,
    "allow": 1.4,
    "should": 1.2,
    "must": 1.2,
    "seem": 2.1,
    "try": 0.8,
    "ask": 1.0,
    "plan": 1.9,
    "intent": 0.9,
    "fear": 0.9,
    "wish": 0.8,
    "nowish": 0.3,
    "late": -0.5,
    "unlikely": 0.8,
}
_OF_REAL = {SURE: 2.8, PROBABLE: 2.1, MAYBE: 0.8}
# Set on every fifth sentence of UDS-IH2's training part and every second of UW's, by r and macro-F1 of both; the
# encoder has read those, so that of settings nearly as good the one that gives the rules most is taken.
_RULES_SHARE = 0.2
_RULES_SHARE_DENIED = 0.4  # where the rules see a negation, a cancellation or a counterfactual
_DENIED = -0.5
_ENCODER_DRAWN = -0.6  # taught by a larger network, it keeps to the middle: few of its numbers are negative


def number_of(world: World) -> float:
    """The report's own commitment by the rules alone, -3 … +3."""
    value = _BY_HOW.get(world.how, _BY_MODE[world.mode])
    if world.mode == REAL and world.how not in _BY_HOW:
        value = _OF_REAL.get(world.sure, 0.5)
    if not world.positive and world.mode not in (CANCELLED, UNKNOWN) and value > 0:
        value = -min(value, 2.2) if world.mode == REAL else -0.75 * value
    return max(-3.0, min(3.0, value))


def blended(rules: float, encoder: float) -> float:
    """The mean of both, the encoder counting more, the rules more than elsewhere for what they find denied."""
    share = _RULES_SHARE_DENIED if rules <= _DENIED else _RULES_SHARE
    return max(-3.0, min(3.0, share * rules + (1 - share) * (encoder + _ENCODER_DRAWN)))
