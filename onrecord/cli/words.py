"""The words and colours in which facts are shown: the same on every screen, legible on white and on black."""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.cli.output import harmless, one_line
from onrecord.model import Holder, ReportHead, SourceKind, Stamp, Stance, Standing, Status, Testimony

STANDING_STYLE = {
    Standing.CONFIRMED: "bold color(28)",
    Standing.CORROBORATED: "color(28)",
    Standing.REPORTED: "color(31)",
    Standing.RUMOURED: "color(136)",
    Standing.DISPUTED: "bold color(133)",
    Standing.DENIED: "bold color(160)",
    Standing.SUPERSEDED: "color(245)",
    Standing.RETRACTED: "color(245)",
}
STANDING_MARK = {
    Standing.CONFIRMED: "●",
    Standing.CORROBORATED: "◉",
    Standing.REPORTED: "○",
    Standing.RUMOURED: "◌",
    Standing.DISPUTED: "◐",
    Standing.DENIED: "✕",
    Standing.SUPERSEDED: "↻",
    Standing.RETRACTED: "↺",
}
STATUS_WORDS = {
    Status.HAPPENED: "happened",
    Status.ONGOING: "is going on",
    Status.PLANNED: "is planned",
    Status.EXPECTED: "is expected",
    Status.POSSIBLE: "is possible",
    Status.DID_NOT_HAPPEN: "did not happen",
    Status.CANCELLED: "was cancelled",
    Status.UNKNOWN: "is left open",
}
STANCE_WORDS = {
    Stance.ASSERTS: "says it",
    Stance.CONFIRMS: "confirms it",
    Stance.DENIES: "denies it",
    Stance.QUESTIONS: "questions it",
    Stance.DECLINES_TO_COMMENT: "declines to comment",
    Stance.EXPECTS: "expects it",
    Stance.WANTS: "wants it",
    Stance.PROMISES: "promises it",
    Stance.THREATENS: "threatens it",
    Stance.ASKS: "asks for it",
}


def day(moment: datetime | None) -> str:
    """A day as people write it, unmistakable in any country: 5 Mar 2026."""
    return f"{moment.day} {moment:%b %Y}" if moment else "undated"


def minute(moment: datetime | None) -> str:
    return f"{day(moment)} {moment:%H:%M}" if moment else "undated"


def stamp(value: Stamp | None) -> str:
    """A report's own time, to the precision it states."""
    if value is None:
        return "undated"
    if value.latest - value.earliest <= timedelta(minutes=1):
        return minute(value.earliest)
    if value.latest - value.earliest <= timedelta(days=1, hours=2):
        return day(value.earliest)
    return f"between {days(value.earliest, value.latest)}"


def days(earliest: datetime | None, latest: datetime | None) -> str:
    """A range of days, without saying anything twice: 2–16 Mar 2026."""
    if earliest is None or latest is None or earliest.date() == latest.date():
        return day(earliest or latest)
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest.day}–{day(latest)}"
    if earliest.year == latest.year:
        return f"{earliest.day} {earliest:%b} – {day(latest)}"
    return f"{day(earliest)} – {day(latest)}"


def outlet(head: ReportHead) -> str:
    """Who published it, else where it was read from."""
    return one_line(head.outlet or head.address.rsplit("/", 1)[-1] or head.id)


def holder(who: Holder, head: ReportHead) -> str:
    """The holder's name with its kind, where the name does not tell."""
    if who.own_voice:
        return f"{outlet(head)}, in its own voice"
    name = one_line(who.name) or "nobody named"
    named = who.kind in (SourceKind.NAMED, SourceKind.OUTLET)
    return name if named else f"{name} ({who.kind})"


def doing(testimony: Testimony) -> str:
    """What the holder does with the event: "confirms it", "says it is planned"."""
    claim = testimony.claim
    words = STANCE_WORDS[claim.stance]
    if claim.stance is Stance.ASSERTS:
        words = f"{'reports' if claim.holder.own_voice else 'says'} it {STATUS_WORDS[claim.status]}"
    return f"{words}, hedged" if claim.hedged and claim.stance is Stance.ASSERTS else words


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quoted(text: str) -> str:
    return f"“{harmless(text)}”"
