"""Lines are counted by the headlines they stand under; a revision is no other report; a rebuild counts anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented_readings import make_digest, make_report, read_again

from onrecord.errors import NotFoundError
from onrecord.ledger import LEAST_HEADLINES, Ledger
from onrecord.model import Digest, Part, PartKind, Reading

FOOT, BODY = 11, 1_000
TEXT = "Ferries late.\nPrinted in Kelmouth since 1904."


def entry(number: int, headline: int, address: str = "") -> tuple[Reading, Digest]:
    report = make_report(
        f"{TEXT[:12]} {number}.\n{TEXT[14:]}",
        address=address or f"https://quay.example/{number}",
        title=f"Day {headline}",
    )
    reading = Reading(report, "onrecord 0.1.0 test")
    start = report.text.index("\n") + 1
    lines = ((BODY + number, 0, start - 1), (FOOT, start, len(report.text)))
    return reading, replace(make_digest(reading), lines=lines, headline=headline)


def append(ledger: Ledger, *entries: tuple[Reading, Digest]) -> None:
    ledger.append(list(entries))


def test_lines_are_counted_by_headline(ledger: Ledger) -> None:
    append(ledger, entry(1, 1), entry(2, 2), entry(3, 2))
    assert ledger.headlines_of_lines([FOOT, BODY + 3, 7]) == {FOOT: {1, 2}, BODY + 3: {2}}


def test_a_revision_and_the_same_read_again_count_once(ledger: Ledger) -> None:
    first = entry(1, 1, "https://quay.example/a")
    append(ledger, first, entry(2, 2, "https://quay.example/a"))
    assert ledger.headlines_of_lines([FOOT]) == {FOOT: {1}}
    append(ledger, (read_again(first[0], "onrecord 9 test"), first[1]))
    assert ledger.headlines_of_lines([FOOT]) == {FOOT: {1}}


def test_a_line_of_many_reports_takes_little_room(ledger: Ledger) -> None:
    append(ledger, *(entry(n, n) for n in range(40)))
    assert len(ledger.headlines_of_lines([FOOT])[FOOT]) == 16


def test_reports_read_before_a_line_was_known_are_shown_with_it(ledger: Ledger) -> None:
    entries = [entry(n, n) for n in range(LEAST_HEADLINES)]
    append(ledger, *entries[:-1])
    first = entries[0][0]
    assert ledger.shown_reading(first.report.id) == first
    append(ledger, entries[-1])
    shown = ledger.shown_reading(first.report.id)
    (_, start, end) = entries[0][1].lines[1]
    assert shown.report.parts == (Part(PartKind.BOILERPLATE, start, end),)
    assert ledger.reading(first.report.id) == first  # what was read stays as it was read
    with pytest.raises(NotFoundError):
        ledger.shown_reading("rnone")


@pytest.mark.parametrize("anew", [True, False])
def test_a_rebuild_counts_the_same(path: Path, anew: bool) -> None:
    entries = [entry(n, n) for n in range(8)]
    made = {reading.report.id: digest for reading, digest in entries}
    with Ledger.open(path) as ledger:
        append(ledger, *entries, entry(9, 9, "https://quay.example/0"))
        before = ledger.headlines_of_lines([FOOT, BODY, BODY + 9])
        made[entry(9, 9, "https://quay.example/0")[0].report.id] = entry(9, 9)[1]
        ledger.rebuild((lambda reading: made[reading.report.id]) if anew else None)
        assert ledger.headlines_of_lines([FOOT, BODY, BODY + 9]) == before == {FOOT: set(range(8)), BODY: {0}}
