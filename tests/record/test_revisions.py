"""What a revision claims otherwise: invented revisions, each with the change it was made to have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.model import (
    Authority,
    Certainty,
    Claim,
    EventMention,
    Holder,
    PlaceMention,
    Quantity,
    Reading,
    Report,
    SourceKind,
    Span,
    Stance,
    Status,
    TextSpan,
    TimeMention,
    TimeType,
    global_id,
)
from onrecord.record.revisions import KINDS, RevisionChange, revision_changes

POLICE = Holder("police", SourceKind.OFFICE)
AIDE = Holder("an aide", SourceKind.UNNAMED)
FARROW = Holder("Ilse Farrow", SourceKind.NAMED)
COMPANY = Holder("the harbour company", SourceKind.OFFICE)


@dataclass(frozen=True)
class Sentence:
    """One sentence with one event: its anchor is the word between bars, its figure the one between braces."""

    text: str
    holder: Holder | None = None
    status: str = "happened"
    stance: str = "asserts"
    hedged: bool = False
    kind: str | None = None
    quantity: str = "dead"
    day: str | None = None
    place: str | None = None
    background: bool = False


def told(*sentences: Sentence, name: str = "r1") -> Reading:
    """A reading of these sentences, one after the other."""
    text, parts = "", []
    for s in sentences:
        parts.append((len(text), s))
        text += s.text.replace("|", "").replace("{", "").replace("}", "") + "\n"
    own = Holder("The Quay Post", SourceKind.OUTLET, own_voice=True)
    events, claims, times, places, spans = [], [], [], [], []
    for n, (begin, s) in enumerate(parts):
        plain = s.text.replace("|", "").replace("{", "").replace("}", "")
        whole = TextSpan(begin, begin + len(plain), plain)
        spans.append(Span(whole.start, whole.end))
        word = s.text.split("|")[1]
        at = begin + s.text.replace("{", "").replace("}", "").index("|")
        quantities = ()
        if "{" in s.text:
            figure = s.text.partition("{")[2].partition("}")[0]
            where = begin + plain.index(figure)
            value = float("".join(c for c in figure if c.isdigit()))
            quantities = (Quantity(where, where + len(figure), figure, s.quantity, value, value),)
        if s.day:
            first = datetime.fromisoformat(s.day).replace(tzinfo=UTC)
            last = first + timedelta(hours=23)
            times.append(TimeMention(f"t{n}", begin, begin + 1, s.day, TimeType.DATE, s.day, first, last))
        if s.place:
            places.append(PlaceMention(f"p{n}", begin, begin + 1, s.place, s.place, kind="city"))
        status = Status(s.status)
        events.append(
            EventMention(
                f"v{n}", TextSpan(at, at + len(word), word), n, word.removesuffix("ed").lower(), s.kind,
                quantities=quantities, status=status, background=s.background,
                time=f"t{n}" if s.day else None, place=f"p{n}" if s.place else None,
            )
        )  # fmt: skip
        holder = s.holder or own
        claims.append(
            Claim(
                f"c{n}", f"v{n}", holder, (own, holder), Stance(s.stance), status, Certainty.CT_PLUS, 3.0,
                Authority.OTHER, whole, hedged=s.hedged,
            )
        )  # fmt: skip
    report = Report(name, "https://quay.example/a", text, outlet="The Quay Post")
    return Reading(
        report, "test", sentences=tuple(spans), times=tuple(times), places=tuple(places), events=tuple(events),
        claims=tuple(claims),
    )  # fmt: skip


def changes(before: list[Sentence], after: list[Sentence], **events: str) -> list[RevisionChange]:
    return list(revision_changes(told(*before), told(*after, name="r2"), events))


TOLL = "{5} people were |killed| at the harbour of Kelmouth, police said."
VISIT = "Maren Holt |visits| Drevna on Thursday, an aide said."
S = Sentence

CASES: dict[str, tuple[list[Sentence], list[Sentence], list[tuple[str, str]]]] = {
    "nothing": ([S(TOLL, POLICE)], [S(TOLL, POLICE)], []),
    "a sentence moves": (
        [S(TOLL, POLICE), S("The harbour |closed| early.")],
        [S("The harbour |closed| early."), S(TOLL, POLICE)],
        [],
    ),
    "words change, no claim does": (
        [S("The harbour of Kelmouth |closed| early on Monday.")],
        [S("The harbour of Kelmouth was |closed| early on Monday.")],
        [],
    ),
    "the toll rises": (
        [S(TOLL, POLICE)],
        [S(TOLL.replace("5", "7"), POLICE)],
        [("figure", "toll 5 → 7")],
    ),
    "the toll rises, told by another verb": (
        [S(TOLL, POLICE)],
        [S("The toll |rose| to {7}, the hospital of the town said.", COMPANY)],
        [("figure", "toll 5 → 7")],
    ),
    "a figure of money": (
        [S("The company |paid| {40} crowns for the harbour.", quantity="money")],
        [S("The company |paid| {45} crowns for the harbour.", quantity="money")],
        [("figure", "money 40 → 45")],
    ),
    "a denial of its own": (
        [S(TOLL, POLICE)],
        [S(TOLL, POLICE), S("The company denies that a tank |leaked|.", COMPANY, "did_not_happen", "denies")],
        [("denial_added", "the harbour company: “The company denies that a tank leaked.”")],
    ),
    "what was held is denied now": (
        [S("A tank at the harbour |leaked|, an aide said.", AIDE)],
        [
            S("A tank at the harbour |leaked|, an aide said.", AIDE),
            S("No tank at the harbour |leaked|, the company said.", COMPANY, "did_not_happen", "denies"),
        ],
        [("denial_added", "the harbour company denies it now: “No tank at the harbour leaked, the company said.”")],
    ),
    "a denial is taken out": (
        [
            S("A tank at the harbour |leaked|, an aide said.", AIDE),
            S("No barge near the quay |burned|, the company said.", COMPANY, "did_not_happen", "denies"),
        ],
        [S("A tank at the harbour |leaked|, an aide said.", AIDE)],
        [("denial_removed", "the harbour company: “No barge near the quay burned, the company said.”")],
    ),
    "planned, then happened": (
        [S("Maren Holt will |visit| Drevna on Thursday.", None, "planned")],
        [S("Maren Holt did |visit| Drevna on Thursday.")],
        [("status", "planned → happened: “Maren Holt did visit Drevna on Thursday.”")],
    ),
    "called off": (
        [S("Maren Holt will |visit| Drevna on Thursday.", None, "planned")],
        [S("Holt will not |visit| Drevna, Farrow said.", FARROW, "cancelled")],
        [
            (
                "called_off",
                "called off, according to Ilse Farrow: “Holt will not visit Drevna, Farrow said.”",
            )
        ],
    ),
    "the source is no longer unnamed": (
        [S(VISIT, AIDE)],
        [S(VISIT.replace("an aide", "Ilse Farrow"), FARROW)],
        [("source_named", "source no longer unnamed: an aide before, Ilse Farrow now")],
    ),
    "what else the unnamed source said goes with it": (
        [S(VISIT, AIDE), S("The cook |rejoiced|, the aide added.", AIDE)],
        [S(VISIT.replace("an aide", "Ilse Farrow"), FARROW)],
        [("source_named", "source no longer unnamed: an aide before, Ilse Farrow now")],
    ),
    "the source is unnamed now": (
        [S(VISIT.replace("an aide", "Ilse Farrow"), FARROW)],
        [S(VISIT, AIDE)],
        [("source_unnamed", "source unnamed now: Ilse Farrow before, an aide now")],
    ),
    "another confirms it": (
        [S(VISIT, AIDE)],
        [S(VISIT, AIDE), S("Ilse Farrow confirmed that Holt |visits| Drevna.", FARROW, stance="confirms")],
        [
            (
                "confirmation_added",
                "Ilse Farrow confirms it now: “Ilse Farrow confirmed that Holt visits Drevna.”",
            ),
            ("source_named", "an aide before, Ilse Farrow now"),
        ],
    ),
    "another outsider says so": (
        [S("Ada Quill said Holt |visits| Drevna.", Holder("Ada Quill", SourceKind.NAMED))],
        [
            S("Ada Quill said Holt |visits| Drevna.", Holder("Ada Quill", SourceKind.NAMED)),
            S("Ilse Farrow said Holt |visits| Drevna.", FARROW),
        ],
        [("source_added", "Ilse Farrow says so now: “Ilse Farrow said Holt visits Drevna.”")],
    ),
    "the same person by a longer name is nobody new": (
        [S("Farrow said Holt |visits| Drevna.", Holder("Farrow", SourceKind.NAMED))],
        [S("Ilse Farrow said Holt |visits| Drevna.", FARROW)],
        [],
    ),
    "a hedge is dropped": (
        [S("Holt reportedly |visited| the port of Drevna.", hedged=True)],
        [S("Holt |visited| the port of Drevna.")],
        [("hedge_dropped", "no longer hedged: “Holt visited the port of Drevna.”")],
    ),
    "the day changes": (
        [S("The harbour will be |closed| until Friday.", None, "planned", day="2031-03-07")],
        [S("The harbour will be |closed| until Monday.", None, "planned", day="2031-03-10")],
        [("date", "date 7 March 2031 → 10 March 2031")],
    ),
    "the place changes": (
        [S("The leaders |met| in Drevna on Monday.", place="Drevna")],
        [S("The leaders |met| in Pellwick on Monday.", place="Pellwick")],
        [("place", "place Drevna → Pellwick")],
    ),
    "news is added, and background passed over": (
        [S(TOLL, POLICE)],
        [S(TOLL, POLICE), S("Ferries |stopped|."), S("The pier |opened| in 1980.", background=True)],
        [("added", "The Quay Post in its own voice: “Ferries stopped.”")],
    ),
    "news is taken out": (
        [S(TOLL, POLICE), S("Ferries |stopped|.")],
        [S(TOLL, POLICE)],
        [("removed", "The Quay Post in its own voice: “Ferries stopped.”")],
    ),
}


# Where linking found the sentences of both to tell one event.
LINKED = ("what was held is denied now", "another confirms it", "another outsider says so")


@pytest.mark.parametrize("name", CASES)
def test_a_revision_and_its_change(name: str) -> None:
    before, after, expected = CASES[name]
    events = {"r1.v0": "e1", "r2.v0": "e1", "r2.v1": "e1"} if name in LINKED else {}
    found = [(c.kind, c.words) for c in revision_changes(told(*before), told(*after, name="r2"), events)]
    assert found == expected


@pytest.mark.parametrize("name", CASES)
def test_nothing_changes_from_a_revision_to_itself(name: str) -> None:
    for sentences in CASES[name][:2]:
        assert changes(sentences, sentences) == []


def test_the_words_of_both_sides_are_at_hand() -> None:
    (found,) = changes([S(TOLL, POLICE)], [S("Rain |fell|."), S(TOLL.replace("5", "7"), POLICE)])[:1]
    assert found.earlier is not None and found.earlier.text.startswith("5 people")
    assert found.later is not None and (found.later.start, found.later.text[:8]) == (11, "7 people")
    assert found.mention == global_id("r2", "v1")


def test_what_the_reader_makes_of_unchanged_words_is_no_change() -> None:
    """The same sentence, read otherwise because of what stands around it: the report did not change."""
    before = told(S(TOLL, POLICE))
    after = told(S(TOLL, AIDE, "possible", hedged=True), name="r2")
    assert revision_changes(before, after) == ()


def test_every_kind_has_its_place() -> None:
    told_kinds = {kind for _, _, expected in CASES.values() for kind, _ in expected}
    assert told_kinds <= set(KINDS) and len(set(KINDS)) == len(KINDS)


def test_mentions_that_the_text_takes_up_again_are_one_event() -> None:
    """A figure told again of the same event, further on, is no other change."""
    before = told(S(TOLL, POLICE))
    after = told(S(TOLL, POLICE), S("The |blast| shook the town.", POLICE), name="r2")
    linked = replace(after, events=(after.events[0], replace(after.events[1], antecedent="v0")))
    assert [c.kind for c in revision_changes(before, after)] == ["added"]
    assert revision_changes(before, linked) == ()


def test_two_places_of_which_nothing_is_known_are_no_change() -> None:
    def visit(place: str, kind: str) -> Reading:
        made = told(S(VISIT, AIDE, place=place))
        return replace(made, places=tuple(replace(p, kind=kind) for p in made.places))

    assert [c.kind for c in revision_changes(visit("Drevna", "city"), visit("Kelmouth", "city"))] == ["place"]
    assert not revision_changes(visit("Drevna", "place"), visit("Kelmouth", "place"))


def test_a_rejected_report_is_one_denial() -> None:
    """ "rejected reports that": neither the reports nor the plan they tell of are two things denied."""
    first = S("Maren Holt will |visit| Drevna on Thursday, an aide said.", AIDE, "planned", kind="CONSULT")
    second = S("The company rejected reports that Holt would |visit| Drevna.", COMPANY, "did_not_happen", "denies")
    later = told(first, replace(second, kind="CONSULT"), name="r2")
    visit = later.events[1]
    at = later.report.text.index("reports")
    word = replace(visit, id="v9", anchor=TextSpan(at, at + 7, "reports"), lemma="report", type=None)
    claim = replace(later.claims[1], id="c9", event="v9")
    later = replace(later, events=(*later.events, word), claims=(*later.claims, claim))
    found = revision_changes(told(first), later)
    assert [c.kind for c in found] == ["denial_added"]


def test_a_saying_said_anew_on_another_day_changes_no_date() -> None:
    one, two = (
        replace(reading, claims=())
        for reading in (
            told(S("Holt |said| on Tuesday that the port was shut.", day="2031-03-04")),
            told(S("Holt |said| on Wednesday that the port was shut.", day="2031-03-05"), name="r2"),
        )
    )
    assert not [c for c in revision_changes(one, two) if c.kind == "date"]
