"""Lines that outlets print again and again, learned by counting the headlines that each stands under."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.ledger.codec import unpack
from onrecord.ledger.connection import Connection
from onrecord.ledger.reports import reading
from onrecord.model import Digest, Reading, Span, mark_boilerplate

LEAST_HEADLINES = 6  # from so many headlines of one outlet on, a line is its boilerplate
_MOST = 16  # headlines kept of one line: more would say nothing new


def write_lines(connection: Connection, sequence: int, lines: Sequence[int], headline: int) -> None:
    """Counts the lines of a report under its headline. A revision is no other report, whatever it is called."""
    if not lines or connection.one("SELECT 1 FROM revisions WHERE report = ?", sequence):
        return
    connection.many(
        "INSERT OR IGNORE INTO outlet_lines SELECT ?1, ?2"
        " WHERE (SELECT count(*) FROM outlet_lines WHERE line = ?1) < ?3",
        ((line, headline, _MOST) for line in dict.fromkeys(lines)),
    )


def headlines_of(connection: Connection, lines: Iterable[int]) -> dict[int, set[int]]:
    """Line → the headlines it was seen under; lines never seen are left out."""
    found: dict[int, set[int]] = {}
    for line, headline in connection.all(
        "SELECT line, headline FROM outlet_lines WHERE line IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(set(lines))),
    ):
        found.setdefault(line, set()).add(headline)
    return found


def shown_reading(connection: Connection, report: str) -> Reading:
    """The newest reading of a report; marked in it also the lines that became known as boilerplate since.

    Raises:
        NotFoundError
    """
    found = reading(connection, report)
    row = connection.one("SELECT body FROM digests WHERE report = (SELECT sequence FROM reports WHERE id = ?)", report)
    lines = unpack(row[0], Digest).lines if row else ()
    seen = headlines_of(connection, (key for key, _, _ in lines))
    spans = [Span(start, end) for key, start, end in lines if len(seen.get(key, ())) >= LEAST_HEADLINES]
    return replace(found, report=mark_boilerplate(found.report, spans)) if spans else found
