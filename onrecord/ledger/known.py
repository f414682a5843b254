"""When a claim became known: the best estimate the ledger can make, pure.

1. The moment it was said, where the text gives one (``Claim.said_earliest``, ``said_latest``). A day that also holds
   the report's own moment, a revision's update, is no sharper than that, which then stands; else its publication.
2. Else the moment of its report: when it was published; a later revision of the same address counts from its own
   update, else from its own publication if that is later than the earlier revision's, else from when the ledger
   learnt it.
3. Else nothing: the claim is undated. Asked *as of* a moment, undated claims count from when the ledger appended
   their report.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ledger.codec import micros
from onrecord.model import Claim


@dataclass(frozen=True, slots=True)
class Times:
    """A report's moments, in microseconds: publication, update, and when the ledger appended it."""

    published_earliest: int | None
    published_latest: int | None
    updated_earliest: int | None
    appended: int


def report_moment(report: Times, earlier: Times | None = None) -> int | None:
    """When what a report says without a date of its own became known; ``earlier`` is the revision before it."""
    published = report.published_earliest
    if earlier is None:
        return published if published is not None else report.updated_earliest
    if report.updated_earliest is not None and report.updated_earliest != earlier.updated_earliest:
        return report.updated_earliest
    if published is not None and published > (earlier.published_earliest or published):
        return published
    return report.appended


def said(claim: Claim) -> tuple[int, int] | None:
    """The interval in which a claim was said, where the text gives one."""
    earliest, latest = micros(claim.said_earliest), micros(claim.said_latest)
    first = earliest if earliest is not None else latest
    last = latest if latest is not None else earliest
    return None if first is None or last is None else (first, last)


def known_moment(when: tuple[int, int] | None, report: Times, moment: int | None) -> int | None:
    """When a claim became known that was ``said`` then; ``moment`` is its report's."""
    if when is None:
        return moment
    first, last = when
    for own in (moment, report.published_earliest):
        if own is not None and first <= own <= last:
            return own
    return last
