"""The world in which a predicate is told: its mode, polarity, certainty, and whether someone else is made to say it.

A world is passed down the dependency tree: an embedding predicate's signature turns its own world into its
complement's (`under`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.model import Certainty, Status

REAL, ONGOING, PLANNED, EXPECTED, POSSIBLE, WISHED, UNKNOWN, CANCELLED = (
    "real",
    "ongoing",
    "planned",
    "expected",
    "possible",
    "wished",
    "unknown",
    "cancelled",
)
SURE, PROBABLE, MAYBE, OPEN = 3, 2, 1, 0
_FUTURE = frozenset({PLANNED, EXPECTED})


@dataclass(frozen=True, slots=True)
class World:
    """``sure`` is 3 certain, 2 probable, 1 possible, 0 underspecified; ``said``: someone else's words or thoughts."""

    mode: str = REAL
    positive: bool = True
    sure: int = SURE
    said: bool = False
    how: str = "plain"  # the last thing that made it so, for the factuality number
    ahead: bool = False  # told as lying ahead

    def turned(self) -> World:
        return replace(self, positive=not self.positive)

    @property
    def settled(self) -> bool:
        return self.mode in (REAL, ONGOING)


_EFFECTS: dict[str, tuple[str, bool, int]] = {
    "fact": (REAL, True, SURE),
    "no": (REAL, False, SURE),
    "ongoing": (ONGOING, True, SURE),
    "stopped": (REAL, True, SURE),
    "plan": (PLANNED, True, SURE),
    "intent": (PLANNED, True, OPEN),
    "purpose": (PLANNED, True, MAYBE),
    "noplan": (PLANNED, False, PROBABLE),
    "expect": (EXPECTED, True, PROBABLE),
    "maybe": (POSSIBLE, True, MAYBE),
    "fear": (POSSIBLE, True, MAYBE),
    "wish": (WISHED, True, OPEN),
    "nowish": (WISHED, False, MAYBE),
    "norm": (WISHED, False, MAYBE),
    "refused": (WISHED, False, MAYBE),
    "try": (POSSIBLE, True, MAYBE),
    "ask": (WISHED, True, OPEN),
    "must": (WISHED, True, OPEN),
    "spared": (REAL, False, PROBABLE),
    "allow": (REAL, True, SURE),
    "can": (ONGOING, True, SURE),
    "none": (UNKNOWN, True, OPEN),
    "unknown": (UNKNOWN, True, OPEN),
    "unlikely": (POSSIBLE, False, PROBABLE),
    "doubt": (POSSIBLE, False, MAYBE),
    "off": (CANCELLED, False, SURE),
    "delayed": (PLANNED, True, MAYBE),
    "late": (REAL, False, PROBABLE),
    "seem": (REAL, True, PROBABLE),
    "said": (REAL, True, SURE),
    "belief": (REAL, True, PROBABLE),
    "disbelief": (REAL, False, PROBABLE),
    "denial": (REAL, False, SURE),
    "same": (REAL, True, SURE),
}
_SAID = frozenset({"said", "belief", "disbelief", "denial", "doubt"})
_FOLLOWS = frozenset({"fact", "ongoing", "same", "said", "seem", "stopped", "allow", "can"})
_AHEAD = frozenset(
    {"plan", "intent", "purpose", "noplan", "expect", "wish", "nowish", "try", "ask", "unlikely", "delayed", "off"}
)


def _is_aim(world: World) -> bool:
    """Wishes, attempts and purposes: who takes steps to prevent a strike leaves open whether there will be one."""
    return world.positive and (world.mode == WISHED or world.how in ("try", "purpose", "intent"))


def under(world: World, effect: str) -> World:
    """The complement's world, given its predicate's world and the signature's effect (chosen by polarity already)."""
    if effect in ("said", "belief") and not world.positive and world.how == "denial":
        return world  # "denied the report that": what was reported is denied
    if world.mode == CANCELLED and effect == "said":
        return World(REAL, False, SURE, True, "denial")  # "withdrew its report that": what was reported is taken back
    if world.mode == CANCELLED and effect in ("plan", "noplan", "intent", "expect", "unlikely"):
        return world  # "plans for a merger were abandoned"
    mode, positive, sure = _EFFECTS[effect]
    said = world.said or effect in _SAID
    ahead = effect in _AHEAD or (world.ahead and effect not in _SAID)
    if world.settled or effect in _SAID:
        made = World(mode, positive, sure, said, effect, ahead)
        if world.sure < SURE and not world.settled:
            return replace(made, mode=made.mode if made.mode != REAL else world.mode, sure=min(world.sure, sure))
        return replace(made, sure=min(sure, max(world.sure, MAYBE))) if world.sure < SURE else made
    if effect == "stopped":
        return World(ONGOING, True, SURE, said, effect)  # "may stop selling it": it sells it
    if effect in _FOLLOWS:
        return World(world.mode, True, min(world.sure, sure), said, world.how, ahead)
    if effect in ("no", "off"):
        how = "averted" if effect == "no" and _is_aim(world) else world.how
        return World(world.mode, False, min(world.sure, sure), said, how, ahead)
    return World(mode, positive, min(world.sure, sure), said, effect, ahead)


def status_of(world: World) -> Status:
    """The status an event has in its world."""
    if world.mode == CANCELLED:
        return Status.CANCELLED
    if world.mode == UNKNOWN:
        return Status.UNKNOWN
    if not world.positive:
        return Status.DID_NOT_HAPPEN if world.sure >= PROBABLE else Status.POSSIBLE
    if world.mode == ONGOING:
        return Status.ONGOING
    if world.mode == PLANNED:
        return Status.PLANNED
    if world.mode == EXPECTED:
        return Status.EXPECTED
    if world.mode in (POSSIBLE, WISHED):
        return Status.POSSIBLE
    if world.sure == OPEN:
        return Status.UNKNOWN
    return Status.HAPPENED if world.sure >= PROBABLE else Status.POSSIBLE


_CERTAINTY = {
    (OPEN, True): Certainty.UU,
    (OPEN, False): Certainty.PS_MINUS,
    (SURE, True): Certainty.CT_PLUS,
    (SURE, False): Certainty.CT_MINUS,
    (PROBABLE, True): Certainty.PR_PLUS,
    (PROBABLE, False): Certainty.PR_MINUS,
    (MAYBE, True): Certainty.PS_PLUS,
    (MAYBE, False): Certainty.PS_MINUS,
}


# "if no price is agreed", "measures to prevent a strike", "barred from using it" leave open whether it is so.
_OPEN = frozenset({"if", "averted", "norm"})


def certainty_of(world: World) -> Certainty:
    if world.how in _OPEN and not world.positive:
        return Certainty.UU
    if world.mode in (UNKNOWN, WISHED) or (world.sure == OPEN and world.mode != PLANNED):
        return Certainty.UU if world.positive or world.mode == UNKNOWN else Certainty.PS_MINUS
    return _CERTAINTY[(world.sure, world.positive)]
