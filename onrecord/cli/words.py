"""The words and colours in which facts are shown: the same on every screen, legible on white and on black."""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.cli.output import harmless, one_line
from onrecord.model import (
    Certainty,
    Claim,
    EventMention,
    Holder,
    ReportHead,
    SourceKind,
    Stamp,
    Stance,
    Standing,
    Status,
)

# Colours of the 256 that read well on white and on black alike: a test measures the contrast of each.
DIM = "color(243)"
WARNING, NOTICE = "color(160)", "bold color(130)"
SOURCE, CUE, CONTENT = "bold color(63)", "color(133)", "color(30)"
EVENT, TIME, PLACE = "underline", "color(130)", "italic color(130)"

STANDING_STYLE = {
    Standing.CONFIRMED: "bold color(28)",
    Standing.CORROBORATED: "color(28)",
    Standing.REPORTED: "color(31)",
    Standing.RUMOURED: "color(130)",
    Standing.DISPUTED: "bold color(133)",
    Standing.DENIED: "bold color(160)",
    Standing.SUPERSEDED: DIM,
    Standing.RETRACTED: DIM,
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
    Status.ONGOING: "going on",
    Status.PLANNED: "planned",
    Status.EXPECTED: "expected",
    Status.POSSIBLE: "possible",
    Status.DID_NOT_HAPPEN: "did not happen",
    Status.CANCELLED: "cancelled",
    Status.UNKNOWN: "left open",
}
CERTAINTY_WORDS = {"PR": "probably", "PS": "possibly"}  # of FactBank's; what is certain needs no word
# In the past tense, which one source and several share.
_SAID_OF = {
    Status.HAPPENED: "it happened",
    Status.ONGOING: "it was going on",
    Status.PLANNED: "it was planned",
    Status.EXPECTED: "it was expected",
    Status.POSSIBLE: "it was possible",
    Status.DID_NOT_HAPPEN: "it did not happen",
    Status.CANCELLED: "it was called off",
}
STANCE_WORDS = {
    Stance.ASSERTS: "said it",
    Stance.CONFIRMS: "confirmed it",
    Stance.DENIES: "denied it",
    Stance.QUESTIONS: "questioned it",
    Stance.DECLINES_TO_COMMENT: "declined to comment",
    Stance.EXPECTS: "expected it",
    Stance.WANTS: "wanted it",
    Stance.PROMISES: "promised it",
    Stance.THREATENS: "threatened it",
    Stance.ASKS: "asked for it",
}
_OPENING, _CLOSING = ('"', "“"), ('"', "”")
RESTS_WORDS = {
    "named": "named person",
    "office": "office",
    "document": "document",
    "unnamed": "unnamed source",
    "other_outlet": "other outlet",
    "none": "own voice",
}
ATTRIBUTE_WORDS = {
    "occurrence": "whether it happened",
    "date": "the date",
    "place": "the place",
    "number": "the number",
    "participant": "who took part",
    "cause": "its cause",
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


def report_note(head: ReportHead) -> str:
    """What is special about a report: a copy, a revision, not analysed."""
    notes = [f"copy of {head.copy_of[:9]}"] if head.copy_of else []
    notes += [f"revision of {head.revision_of[:9]}"] if head.revision_of else []
    notes += [one_line(head.note)] if head.note else []
    return "; ".join(notes)


def holder(who: Holder, head: ReportHead) -> str:
    """The holder's name with its kind, where the name does not tell."""
    if who.own_voice:
        return f"{outlet(head)}, in its own voice"
    name = one_line(who.name) or "nobody named"
    named = who.kind in (SourceKind.NAMED, SourceKind.OUTLET)
    return name if named else f"{name} ({who.kind})"


def doing(claim: Claim) -> str:
    """What the holder does with the event: "confirmed it", "said it was planned"."""
    if (
        claim.stance is Stance.CONFIRMS
        and claim.status not in (Status.HAPPENED, Status.ONGOING)
        and claim.status in _SAID_OF
    ):
        return f"confirmed {_SAID_OF[claim.status]}"
    if claim.stance is not Stance.ASSERTS:
        return STANCE_WORDS[claim.stance]
    verb = "reported" if claim.holder.own_voice else "said"
    if claim.status is Status.DID_NOT_HAPPEN and claim.certainty in (Certainty.PR_MINUS, Certainty.PS_MINUS):
        return f"{verb} it was unlikely"
    words = f"{verb} {_SAID_OF[claim.status]}" if claim.status in _SAID_OF else "left open whether it happened"
    return f"{words}, hedged" if claim.hedged else words


def held(event: EventMention) -> str:
    """How a report holds an event: "happened", "probably did not happen"."""
    status = STATUS_WORDS[event.status]
    certainty = CERTAINTY_WORDS.get(event.certainty[:2], "")
    return status if event.status is Status.POSSIBLE or not certainty else f"{certainty} {status}"


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _paired(text: str) -> str:
    opened, closed = text.count("“"), text.count("”")
    odd = text.count('"') % 2 == 1
    if (text[:1] == "“" and opened > closed) or (text[:1] == '"' and odd):
        return text[1:]
    return text[:-1] if (text[-1:] == "”" and closed > opened) or (text[-1:] == '"' and odd) else text


def quoted(text: str) -> str:
    """Words in quotation marks, unless they bring their own; a mark whose other half was cut off is left out."""
    clean = _paired(harmless(text))
    return clean if clean[:1] in _OPENING and clean.rstrip(".,;…")[-1:] in _CLOSING else f"“{clean}”"
