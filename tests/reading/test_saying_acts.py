"""Acts that say: who calls an event off says so, and is a party to it; who puts a toll at a number holds it."""

from __future__ import annotations

import pytest
from event_pages import event, page_of

from onrecord.model import Authority, SourceKind, Status

# text | anchor | holder | kind
CASES = """
The dockers' union called off the march through Ostrel. | march | The dockers' union | office
Brandel Mills scrapped its plans for the takeover. | takeover | Brandel Mills | office
Anna Rossi cancelled her visit to Ostrel. | visit | Anna Rossi | named
The visit was cancelled by the foreign ministry on Monday. | visit | the foreign ministry | office
The dockers' union called the march off: it would not strike in Ostrel after all. | strike | The dockers' union | office
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[r[0][:60] for r in ROWS])
def test_who_calls_it_off_holds_it(row: tuple[str, ...]) -> None:
    text, anchor, holder, kind = row
    page = page_of(text)
    claim = next(c for c in page.claims if c.event == event(page, anchor).id)
    assert claim.status is Status.CANCELLED
    assert (claim.holder.name, claim.holder.kind) == (holder, SourceKind(kind))
    assert claim.authority is Authority.PARTY


def test_nobody_named_calls_off_in_the_report_s_own_voice() -> None:
    for text in ("The visit was cancelled on Monday.", "Protesters called off the march."):
        page = page_of(text)
        assert all(c.holder.own_voice for c in page.claims), text


def test_what_is_not_called_off_has_no_caller() -> None:
    page = page_of("The dockers' union did not call off the march.")
    assert all(c.holder.own_voice for c in page.claims)


def test_who_puts_a_toll_at_a_number_holds_it() -> None:
    for text in ("The harbour office put the number of dead at nine.", "The harbour office revised the toll to nine."):
        page = page_of(text)
        toll = next(e for e in page.events if e.type == "DEATH")
        claim = next(c for c in page.claims if c.event == toll.id)
        assert (claim.holder.name, claim.holder.kind) == ("The harbour office", SourceKind.OFFICE)
    page = page_of("The toll reached nine on Sunday.")
    assert all(c.holder.own_voice for c in page.claims)
