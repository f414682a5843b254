"""Judgements and corrections: appended, found by what they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from onrecord.errors import NotFoundError
from onrecord.ledger.codec import certain_moment, micros, pack, unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.corrected import corrected_judgements, paired_by_people
from onrecord.ledger.remapping import is_lost, write_targets
from onrecord.model import Correction, Judgement, JudgementKind, Reason, Verdict

MOST_NEIGHBOURS = 5_000
# To look a value up costs a fifth of what calling the enumeration does, and clustering reads all judgements again.
_KINDS = {str(kind): kind for kind in JudgementKind}
_VERDICTS = {str(verdict): verdict for verdict in Verdict}

_JUDGEMENT = (
    "SELECT j.id, p.kind, p.left_member, p.right_member, j.verdict, j.score, j.reasons, j.author, j.made"
    " FROM judgement_pairs p JOIN judgements j ON j.number = p.judgement"
)


def add_judgements(connection: Connection, judgements: Iterable[Judgement]) -> int:
    """Appends those whose id is not there yet; how many that were."""
    offered = {j.id: j for j in judgements}
    with connection.transaction():
        for known in connection.all(_KNOWN, json.dumps(list(offered))):
            del offered[known[0]]
        fresh = list(offered.values())
        last = _last_reading(connection)
        first = _last_judgement(connection) + 1
        connection.many(
            "INSERT INTO judgements (number, id, kind, left_member, right_member, verdict, score, reasons, author,"
            " made, last_reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((number, *_columns(j), last) for number, j in enumerate(fresh, first)),
        )
        # No reading is newer than the last: the members' ids are the present ones.
        connection.many(
            "INSERT INTO judgement_pairs VALUES (?, ?, ?, ?, ?)",
            ((number, j.kind, *sorted((j.left, j.right)), j.verdict) for number, j in enumerate(fresh, first)),
        )
    return len(fresh)


_KNOWN = "SELECT id FROM judgements WHERE id IN (SELECT value FROM json_each(?))"


def _columns(judgement: Judgement) -> tuple[Any, ...]:
    j = judgement
    return j.id, j.kind, j.left, j.right, j.verdict, j.score, pack(j.reasons), j.author, micros(j.made)


def _last_reading(connection: Connection) -> int:
    last: int = connection.one("SELECT coalesce(max(number), 0) FROM readings")[0]
    return last


def _last_judgement(connection: Connection) -> int:
    last: int = connection.one("SELECT coalesce(max(number), 0) FROM judgements")[0]
    return last


def judgements(
    connection: Connection, kind: JudgementKind, members: Sequence[str], brief: bool = False, beyond: Sequence[str] = ()
) -> list[Judgement]:
    """All about any of the members, with the ids the events have now: the machine's oldest first, then persons'.

    ``brief``: the machine's without their reasons but the first of those that tell apart. ``beyond``: without the
    machine's between two of these.
    """
    asked = json.dumps(list(members))
    rows = connection.all(
        f"{_JUDGEMENT} WHERE p.judgement IN ("
        "SELECT judgement FROM judgement_pairs WHERE kind = ?1 AND left_member IN (SELECT value FROM json_each(?2))"
        " UNION SELECT judgement FROM judgement_pairs WHERE kind = ?1 AND right_member IN"
        " (SELECT value FROM json_each(?2)))"
        " AND NOT (p.left_member IN (SELECT value FROM json_each(?3)) AND p.right_member IN"
        " (SELECT value FROM json_each(?3))) ORDER BY j.number",
        kind,
        asked,
        json.dumps(list(beyond)),
    )
    made = _brief if brief else _judgement
    found = [made(row) for row in rows if not is_lost(row[2]) and not is_lost(row[3])]
    return found + corrected_judgements(connection, kind, asked)


def judgement(connection: Connection, judgement_id: str) -> Judgement:
    """Raises NotFoundError."""
    row = connection.one(f"{_JUDGEMENT} WHERE j.id = ?", judgement_id)
    if not row:
        raise NotFoundError(judgement_id, "no judgement in this ledger has this id")
    return _judgement(row)


@lru_cache(maxsize=32_768)
def _first_reason(body: bytes) -> tuple[Reason, ...]:
    return unpack(body, tuple[Reason, ...])[:1]


def _brief(row: Sequence[Any]) -> Judgement:
    """Without its reasons; of one that tells two members apart the first, which says whether firmly."""
    return _with_reasons(row, _first_reason(row[6]) if row[4] == Verdict.DIFFERENT else ())


def _judgement(row: Sequence[Any]) -> Judgement:
    return _with_reasons(row, unpack(row[6], tuple[Reason, ...]))


def _with_reasons(row: Sequence[Any], reasons: tuple[Reason, ...]) -> Judgement:
    return Judgement(
        id=row[0],
        kind=_KINDS[row[1]],
        left=row[2],
        right=row[3],
        verdict=_VERDICTS[row[4]],
        score=row[5],
        reasons=reasons,
        author=row[7],
        made=certain_moment(row[8]),
    )


def judgements_between(connection: Connection, kind: JudgementKind, members: Sequence[str]) -> list[Judgement]:
    """Those about two of the members: the machine's oldest first, then persons'.

    The machine's come without their reasons but the first of those that tell apart: clustering asks for no more.
    """
    rows = connection.all(
        f"{_JUDGEMENT} WHERE p.kind = ?1 AND p.left_member IN (SELECT value FROM json_each(?2))"
        " AND p.right_member IN (SELECT value FROM json_each(?2)) ORDER BY j.number",
        kind,
        json.dumps(list(members)),
    )
    people = corrected_judgements(connection, kind, json.dumps(list(members)))
    inside = set(members)
    return [_brief(row) for row in rows] + [j for j in people if j.left in inside and j.right in inside]


def neighbourhood(
    connection: Connection, kind: JudgementKind, members: Sequence[str], most: int = MOST_NEIGHBOURS
) -> list[Judgement]:
    """Every judgement about the members and about all that are joined to them by *same*, however many steps away."""
    return judgements(connection, kind, joined(connection, kind, members, most))


def joined(
    connection: Connection, kind: JudgementKind, members: Sequence[str], most: int = MOST_NEIGHBOURS
) -> list[str]:
    """The members and all that *same* joins to them, nearest first; no wider once there are ``most``."""
    seen = dict.fromkeys(members)
    edge = list(seen)
    while edge and len(seen) < most:
        edge = [m for m in paired(connection, kind, edge, Verdict.SAME) if m not in seen][: most - len(seen)]
        seen.update(dict.fromkeys(edge))
    return list(seen)


def nearly(connection: Connection, kind: JudgementKind, members: Sequence[str], least: float) -> list[str]:
    """Whatever is paired with one of the members by a judgement that is unsure but scores ``least`` or more."""
    rows = connection.all(
        "SELECT p.left_member, p.right_member FROM judgement_pairs p JOIN judgements j ON j.number = p.judgement"
        " WHERE j.score >= ?3 AND p.judgement IN ("
        "SELECT judgement FROM judgement_pairs WHERE kind = ?1 AND verdict = ?4 AND left_member IN"
        " (SELECT value FROM json_each(?2)) UNION SELECT judgement FROM judgement_pairs WHERE kind = ?1 AND"
        " verdict = ?4 AND right_member IN (SELECT value FROM json_each(?2)))",
        kind,
        json.dumps(list(members)),
        least,
        Verdict.UNSURE,
    )
    return sorted({member for row in rows for member in row if not is_lost(member)})


def parted(connection: Connection, kind: JudgementKind, members: Sequence[str]) -> list[str]:
    """Whatever a person has told apart from one of the members."""
    return paired_by_people(connection, kind, json.dumps(list(members)), Verdict.DIFFERENT)


def paired(connection: Connection, kind: JudgementKind, members: Sequence[str], verdict: Verdict) -> list[str]:
    """Whatever some judgement of this verdict pairs with one of the members."""
    rows = connection.all(
        "SELECT right_member FROM judgement_pairs WHERE kind = ?1 AND verdict = ?3 AND left_member IN"
        " (SELECT value FROM json_each(?2)) UNION SELECT left_member FROM judgement_pairs WHERE kind = ?1 AND"
        " verdict = ?3 AND right_member IN (SELECT value FROM json_each(?2))",
        kind,
        json.dumps(list(members)),
        verdict,
    )
    found = [member for (member,) in rows if not is_lost(member)]
    return list(dict.fromkeys([*found, *paired_by_people(connection, kind, json.dumps(list(members)), verdict)]))


# --- corrections -----------------------------------------------------------------------------------------------


def add_correction(connection: Connection, correction: Correction) -> bool:
    """Appends it; False if its id is already there."""
    with connection.transaction():
        cursor = connection.run(
            "INSERT INTO corrections (id, action, targets, value, author, reason, made, last_reading)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            correction.id,
            correction.action,
            json.dumps(correction.targets),
            correction.value,
            correction.author,
            correction.reason,
            micros(correction.made),
            _last_reading(connection),
        )
        if cursor.rowcount:
            write_targets(connection, cursor.lastrowid or 0)
    return bool(cursor.rowcount)


def corrections(
    connection: Connection, targets: Sequence[str] | None = None, as_made: bool = False
) -> list[Correction]:
    """Oldest first, with the ids their targets have now, or ``as_made``; ``targets``: only those about one of them."""
    chosen = ""
    values: tuple[str, ...] = ()
    if targets is not None:
        chosen = (
            "WHERE number IN (SELECT correction FROM correction_targets WHERE target IN"
            " (SELECT value FROM json_each(?)))"
        )
        values = (json.dumps(list(targets)),)
    rows = connection.all(
        "SELECT id, action, targets, value, author, reason, made, (SELECT json_group_array(target) FROM (SELECT target"
        " FROM correction_targets WHERE correction = number ORDER BY position))"
        f" FROM corrections {chosen} ORDER BY number",
        *values,
    )
    return [
        Correction(
            id=row[0],
            action=row[1],
            targets=tuple(msgspec.json.decode(row[2] if as_made else row[7])),
            value=row[3],
            author=row[4],
            reason=row[5],
            made=certain_moment(row[6]),
        )
        for row in rows
    ]
