"""What analysts' corrections make of the rest: pairs that are one or are not, types, statuses, names.

All of it is derived from the corrections in force, and follows their targets to newer readings. A correction of a pair
says in its value which of its targets stand on which side: ``event 2+1``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from onrecord.ledger.codec import Facts, Sayings, certain_moment, padded, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.search_text import indexable
from onrecord.model import Claim, Correction, Judgement, JudgementKind, Reason, Testimony, Verdict, make_id

JOINING = ("merge", "same")
PARTING = ("split", "different")
PAIRING = (*JOINING, *PARTING)
_MOST_PAIRS = 400  # up to here every pair across two sides is told apart; of larger sides each member from a few
_FEW = 3
_LOST = "~"

Sides = tuple[tuple[str, ...], ...]
Pair = tuple[str, str, Verdict]


def sides_of(targets: Sequence[str], value: str | None) -> tuple[JudgementKind, Sides]:
    """What kind of pairs a correction is about, and its targets by side; without a value each is a side of its own."""
    if not value:
        event = any("." in target for target in targets)
        return (JudgementKind.EVENT if event else JudgementKind.STORY), tuple((t,) for t in targets)
    kind, _, sizes = value.partition(" ")
    sides, begin = [], 0
    for size in (int(n) for n in sizes.split("+")):
        sides.append(tuple(targets[begin : begin + size]))
        begin += size
    return JudgementKind(kind), tuple(sides)


def value_of(kind: JudgementKind, sides: Iterable[Sequence[str]]) -> str:
    """The value that ``sides_of`` understands."""
    return f"{kind} {'+'.join(str(len(side)) for side in sides)}"


def pairs_of(action: str, targets: Sequence[str], value: str | None) -> tuple[JudgementKind, list[Pair]]:
    """The pairs that a correction judges. Targets whose words a newer reading does not find are passed over."""
    kind, sides = sides_of(targets, value)
    found = [[t for t in side if f".{_LOST}" not in t] for side in sides]
    if action in JOINING:
        return kind, [_pair(a, b, Verdict.SAME) for a, b in pairwise([t for side in found for t in side])]
    pairs = [_pair(a, b, Verdict.DIFFERENT) for a, b in _across(found[0], found[1])] if len(found) == 2 else []
    if action == "split":
        # What is taken out is one, and what stays is one: else the machine might tear the rest apart too.
        pairs += [_pair(a, b, Verdict.SAME) for side in found for a, b in pairwise(side)]
    return kind, pairs


def _pair(left: str, right: str, verdict: Verdict) -> Pair:
    return min(left, right), max(left, right), verdict


def _across(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(left) * len(right) <= _MOST_PAIRS:
        yield from ((a, b) for a in left for b in right)
        return
    seen = {(a, right[(i + k) % len(right)]) for i, a in enumerate(left) for k in range(min(_FEW, len(right)))}
    seen |= {(left[(i + k) % len(left)], b) for i, b in enumerate(right) for k in range(min(_FEW, len(left)))}
    yield from sorted(seen)


# --- which corrections are in force ----------------------------------------------------------------------------


def undone(connection: Connection) -> dict[str, str]:
    """Correction → the undoing that took it back; an undoing may itself be undone, and then the first stands again."""
    rows = connection.all("SELECT id, targets FROM corrections WHERE action = 'undo' ORDER BY number DESC")
    dead: dict[str, str] = {}
    for identity, targets in rows:
        if identity not in dead:
            dead.update(dict.fromkeys(json.loads(targets), identity))
    return dead


def root_of(connection: Connection, number: int) -> list[int]:
    """The corrections that an undoing is about in the end; itself, if it is none."""
    rows = connection.all("SELECT action, targets FROM corrections WHERE number = ?", number)
    if not rows or rows[0][0] != "undo":
        return [number]
    named = connection.all("SELECT number FROM corrections WHERE id IN (SELECT value FROM json_each(?))", rows[0][1])
    return [root for (one,) in named if one != number for root in root_of(connection, one)]


# --- derived rows ----------------------------------------------------------------------------------------------


def write_corrected(connection: Connection, number: int) -> None:
    """All that follows from a correction, or from what it undoes, its present targets being written."""
    dead = undone(connection)
    for root in root_of(connection, number):
        identity, action, value = connection.one("SELECT id, action, value FROM corrections WHERE number = ?", root)
        targets = [
            row[0]
            for row in connection.all(
                "SELECT target FROM correction_targets WHERE correction = ? ORDER BY position", root
            )
        ]
        connection.run("DELETE FROM corrected_pairs WHERE correction = ?", root)
        if action in PAIRING and identity not in dead:
            kind, pairs = pairs_of(action, targets, value)
            connection.many(
                "INSERT OR REPLACE INTO corrected_pairs VALUES (?, ?, ?, ?, ?)",
                ((root, kind, left, right, verdict) for left, right, verdict in pairs if left != right),
            )
        elif action in ("relabel", "status", "entity"):
            _write_values(connection, action, targets, dead)


def _write_values(connection: Connection, action: str, targets: Sequence[str], dead: Mapping[str, str]) -> None:
    for target in targets:
        report, dot, local = target.partition(".")
        row = connection.one("SELECT sequence FROM reports WHERE id = ?", report)
        if not dot or not row or local.startswith(_LOST):
            continue
        said = _last_word(connection, action, target, dead)
        if action == "entity":
            _write_name(connection, row[0], local, said)
        else:
            _write_event(connection, row[0], local, action, said)


def _last_word(connection: Connection, action: str, target: str, dead: Mapping[str, str]) -> str | None:
    rows = connection.all(
        "SELECT id, value FROM corrections WHERE action = ? AND number IN (SELECT correction FROM correction_targets"
        " WHERE target = ?) ORDER BY number DESC",
        action,
        target,
    )
    return next((value for identity, value in rows if identity not in dead), None)


def _newest(connection: Connection, sequence: int) -> bytes:
    body: bytes = connection.one("SELECT body FROM readings WHERE report = ? ORDER BY number DESC LIMIT 1", sequence)[0]
    return body


def _write_event(connection: Connection, sequence: int, local: str, action: str, said: str | None) -> None:
    """The type or status of an event mention, by which lists filter: a person's, else the reading's."""
    column = "type" if action == "relabel" else "corrected_status"
    if said is None and action == "relabel":
        events = unpack(_newest(connection, sequence), Facts).events
        said = next((e.type for e in events if e.id == local), None)
    connection.run(f"UPDATE event_mentions SET {column} = ? WHERE report = ? AND local = ?", said, sequence, local)


def _write_name(connection: Connection, sequence: int, local: str, said: str | None) -> None:
    row = connection.one("SELECT number, name FROM entities WHERE report = ? AND local = ?", sequence, local)
    if said is None:
        entities = unpack(_newest(connection, sequence), Sayings).entities
        said = next((e.name for e in entities if e.id == local), None)
    if not row or said is None or said == row[1]:
        return
    connection.run("INSERT INTO names (names, rowid, name) VALUES ('delete', ?, ?)", row[0], indexable(row[1]))
    connection.run("INSERT INTO names (rowid, name) VALUES (?, ?)", row[0], indexable(said))
    connection.run("UPDATE entities SET name = ?, folded = ? WHERE number = ?", said, padded(said).strip(), row[0])


# --- what is asked ---------------------------------------------------------------------------------------------


def corrected_judgements(connection: Connection, kind: JudgementKind, members: str) -> list[Judgement]:
    """Persons' judgements about any of the members (a JSON list), as corrections in force say them, oldest first."""
    rows = connection.all(
        "SELECT c.id, p.left_member, p.right_member, p.verdict, c.author, c.reason, c.made FROM ("
        "SELECT * FROM corrected_pairs WHERE kind = ?1 AND left_member IN (SELECT value FROM json_each(?2)) UNION"
        " SELECT * FROM corrected_pairs WHERE kind = ?1 AND right_member IN (SELECT value FROM json_each(?2))) p"
        " JOIN corrections c ON c.number = p.correction ORDER BY c.number",
        kind,
        members,
    )
    return [_judgement(kind, row) for row in rows]


def _judgement(kind: JudgementKind, row: Sequence[Any]) -> Judgement:
    correction, left, right, verdict, author, reason, made = row
    return Judgement(
        id=make_id("j", correction, left, right),
        kind=kind,
        left=left,
        right=right,
        verdict=Verdict(verdict),
        score=1.0 if verdict == Verdict.SAME else 0.0,
        reasons=(Reason("correction", 1.0, reason),),
        author=author,
        made=certain_moment(made),
    )


def paired_by_people(connection: Connection, kind: JudgementKind, members: str, verdict: Verdict) -> list[str]:
    """Whatever some correction of this verdict pairs with one of the members (a JSON list)."""
    rows = connection.all(
        "SELECT right_member FROM corrected_pairs WHERE kind = ?1 AND verdict = ?3 AND left_member IN"
        " (SELECT value FROM json_each(?2)) UNION SELECT left_member FROM corrected_pairs WHERE kind = ?1 AND"
        " verdict = ?3 AND right_member IN (SELECT value FROM json_each(?2))",
        kind,
        members,
        verdict,
    )
    return [row[0] for row in rows]


def corrected_names(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """Global entity id → the name that a person gave it, of these reports."""
    rows = connection.all(
        "SELECT t.target, c.id, c.value FROM corrections c JOIN correction_targets t ON t.correction = c.number"
        " WHERE c.action = 'entity' ORDER BY c.number"
    )
    if not rows:
        return {}
    dead, wanted = undone(connection), set(reports)
    return {
        target: value
        for target, identity, value in rows
        if identity not in dead and value and target.partition(".")[0] in wanted
    }


def renamed(claim: Claim, report: str, names: Mapping[str, str]) -> Claim:
    """A claim with its holders under the names that persons gave them."""

    def name(holder: Any) -> Any:
        said = names.get(f"{report}.{holder.entity}") if holder.entity else None
        return replace(holder, name=said) if said else holder

    holder, chain = name(claim.holder), tuple(name(h) for h in claim.chain)
    return claim if holder is claim.holder and chain == claim.chain else replace(claim, holder=holder, chain=chain)


def claims_with_names(connection: Connection, report: str, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims of a report with their holders under the names that persons gave them."""
    names = corrected_names(connection, [report])
    return tuple(renamed(c, report, names) for c in claims) if names else claims


def testimonies_with_names(
    connection: Connection, found: dict[str, tuple[Testimony, ...]]
) -> dict[str, tuple[Testimony, ...]]:
    """The same testimonies with their holders under the names that persons gave them."""
    names = corrected_names(connection, sorted({t.report.id for told in found.values() for t in told}))
    if not names:
        return found
    return {e: tuple(replace(t, claim=renamed(t.claim, t.report.id, names)) for t in told) for e, told in found.items()}


def in_force(connection: Connection, corrections: Iterable[Correction]) -> list[Correction]:
    """Those that nobody has undone, without the undoings."""
    dead = undone(connection)
    return [c for c in corrections if c.id not in dead and c.action != "undo"]
