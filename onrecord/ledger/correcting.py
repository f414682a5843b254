"""An analyst's word put into a correction: names resolved to what lasts, the rest checked. Asks, never writes.

Events and stories come and go with what is linked, so a correction names their members: event mentions and reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.errors import NotFoundError, OptionError
from onrecord.ledger.corrected import JOINING, PAIRING, value_of
from onrecord.ledger.store import Ledger
from onrecord.model import Correction, JudgementKind, Status, make_id

ACTIONS = (*PAIRING, "relabel", "status", "title", "entity", "undo")
LONGEST = 2_000  # characters of a reason or value
_KINDS = (JudgementKind.EVENT, JudgementKind.STORY, JudgementKind.COPY)
_WORDS = {JudgementKind.EVENT: "events", JudgementKind.STORY: "stories", JudgementKind.COPY: "copies"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What an analyst wants: an action on things by id, a value where it takes one, who wants it and why.

    ``kind``: as what two reports are judged, a story unless told otherwise, or a copy.
    """

    action: str
    names: tuple[str, ...]
    author: str
    reason: str
    value: str | None = None
    kind: JudgementKind | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One thing named: its kind, its members, and whether it was named as a whole."""

    kind: JudgementKind
    members: tuple[str, ...]
    whole: bool


def correction_of(ledger: Ledger, wish: Wish, made: datetime) -> Correction:
    """The correction to append.

    Raises:
        OptionError: for what cannot be: an unknown action or status, two kinds of things, no reason.
        NotFoundError, AmbiguousIdError: for ids.
    """
    author, reason = _line(wish.author, "author"), _line(wish.reason, "reason")
    if wish.action not in ACTIONS:
        raise OptionError("action", f"“{wish.action}” is none of {', '.join(ACTIONS)}")
    if wish.action in PAIRING:
        targets, value = _pairing(ledger, wish)
    else:
        targets, value = _single(ledger, wish)
    identity = make_id("m", wish.action, targets, value, author, reason, made.isoformat())
    return Correction(identity, wish.action, targets, value, author, reason, made)


def _line(text: str, name: str) -> str:
    line = " ".join(text.split())
    if not line:
        raise OptionError(name, "it may not be empty: a correction says who made it and why")
    if len(line) > LONGEST:
        raise OptionError(name, f"it has {len(line):,} characters; {LONGEST:,} are enough")
    return line


def _pairing(ledger: Ledger, wish: Wish) -> tuple[tuple[str, ...], str | None]:
    sides = [_side(ledger, name, wish.kind) for name in wish.names]
    if len(sides) < 2 or (wish.action in ("same", "different") and len(sides) != 2):
        raise OptionError(wish.action, "name two" if wish.action != "merge" else "name two or more")
    kinds = {side.kind for side in sides}
    if len(kinds) > 1:
        raise OptionError(wish.action, f"these are {' and '.join(sorted(_WORDS[k] for k in kinds))}: name one kind")
    (kind,) = kinds
    if wish.action == "split":
        parts = _split(sides)
    else:
        parts = [side.members for side in sides]
        _check_apart(parts, wish.action)
    return tuple(m for part in parts for m in part), value_of(kind, parts)


def _check_apart(parts: Sequence[tuple[str, ...]], action: str) -> None:
    members = [m for part in parts for m in part]
    if len(set(members)) == len(members):
        return
    if action in JOINING:
        raise OptionError(action, "these are one already")
    raise OptionError(action, "these are one event or story now; take some members out of it with `split`")


def _split(sides: Sequence[_Side]) -> list[tuple[str, ...]]:
    """What is taken out, and what stays."""
    if not sides[0].whole:
        raise OptionError("split", "name the event or story first, then the members that do not belong to it")
    whole = sides[0].members
    out = tuple(dict.fromkeys(m for side in sides[1:] for m in side.members))
    foreign = [m for m in out if m not in whole]
    if foreign:
        raise OptionError("split", f"{foreign[0]} is no member of it")
    rest = tuple(m for m in whole if m not in out)
    if not rest:
        raise OptionError("split", "these are all its members: nothing would stay")
    return [out, rest]


def _side(ledger: Ledger, name: str, kind: JudgementKind | None) -> _Side:
    """A mention, a report, or the members of an event, a story or a group of copies."""
    if "." in name and "/" not in name:
        full = ledger.resolve(name)
        if "." in full:
            return _Side(JudgementKind.EVENT, (_mention(ledger, full),), False)
    full = ledger.resolve(name, ("event", "story", "copy", "report"))
    for found in _KINDS:
        if members := tuple(m for c in ledger.clusters(found, [full]) for m in c.members):
            return _Side(found, members, True)
    if kind is JudgementKind.EVENT:
        raise OptionError("kind", "reports are judged as stories or copies")
    return _Side(kind or JudgementKind.STORY, (full,), False)


def _mention(ledger: Ledger, full: str) -> str:
    if full not in ledger.cluster_of(JudgementKind.EVENT, [full]):
        raise NotFoundError(full, "this is no event mention that linking knows; `onrecord event ID` lists them")
    return full


def _single(ledger: Ledger, wish: Wish) -> tuple[tuple[str, ...], str | None]:
    if len(wish.names) != 1:
        raise OptionError(wish.action, "name one thing")
    (name,) = wish.names
    if wish.action == "undo":
        full = ledger.resolve(name, ("correction",))
        if by := ledger.undone().get(full):
            raise OptionError("undo", f"{full} was undone already, by {by}; to bring it back, undo that")
        return (full,), None
    value = _line(wish.value or "", "value")
    if wish.action == "entity":
        full = ledger.resolve(name)
        if full not in ledger.entity_names([full.partition(".")[0]]):
            raise NotFoundError(
                full, "this is no name in a report; `onrecord report ID --format json` lists them: r….n1"
            )
        return (full,), value
    if wish.action == "status" and value not in {s.value for s in Status}:
        raise OptionError("status", f"“{value}” is none of {', '.join(s.value for s in Status)}")
    side = _side(ledger, name, None)
    if side.kind is not JudgementKind.EVENT:
        raise OptionError(wish.action, f"this is said of events, and {name} is none")
    return side.members, value
