"""What corrections make of the rest: pairs, undoing, types, statuses and names, and what newer readings do to them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_readings import START, invent
from test_linking_side import cluster, readable

from onrecord.errors import AmbiguousIdError, NotFoundError, OptionError
from onrecord.ledger import Filter, Ledger
from onrecord.ledger.corrected import pairs_of, sides_of, value_of
from onrecord.ledger.correcting import Wish, correction_of
from onrecord.ledger.remapping import match_entities
from onrecord.model import Correction, EntityType, JudgementKind, Mention, Verdict

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("action", "targets", "value", "expected"),
    [
        ("same", ("r1.v1", "r2.v1"), None, {("r1.v1", "r2.v1", SAME)}),
        ("same", ("r2", "r1"), "copy 1+1", {("r1", "r2", SAME)}),
        ("merge", ("r1.v1", "r3.v1", "r2.v1"), "event 2+1", {("r1.v1", "r3.v1", SAME), ("r2.v1", "r3.v1", SAME)}),
        ("different", ("r1", "r2", "r3"), "story 1+2", {("r1", "r2", DIFFERENT), ("r1", "r3", DIFFERENT)}),
        (
            "split",
            ("r1.v1", "r2.v1", "r3.v1"),
            "event 1+2",
            {("r1.v1", "r2.v1", DIFFERENT), ("r1.v1", "r3.v1", DIFFERENT), ("r2.v1", "r3.v1", SAME)},
        ),
        ("merge", ("r1.v1", "r2.~v9", "r3.v1"), "event 1+1+1", {("r1.v1", "r3.v1", SAME)}),
        ("different", ("r1.~v1", "r2.v1"), "event 1+1", set()),
    ],
)
def test_pairs(action: str, targets: tuple[str, ...], value: str | None, expected: set[object]) -> None:
    kind, pairs = pairs_of(action, targets, value)
    assert set(pairs) == expected
    assert kind is JudgementKind((value or "event").split()[0])


def test_sides_are_written_as_they_are_read() -> None:
    sides = (("r1.v1", "r1.v2"), ("r2.v1",))
    assert sides_of(sum(sides, ()), value_of(JudgementKind.EVENT, sides)) == (JudgementKind.EVENT, sides)


def test_large_events_are_told_apart_member_by_member() -> None:
    """Not every pair, but each member of either side from some of the other."""
    left, right = [f"r{n:03}.v1" for n in range(60)], [f"s{n:03}.v1" for n in range(45)]
    _, pairs = pairs_of("different", (*left, *right), "event 60+45")
    assert {p[0] for p in pairs} == set(left) and {p[1] for p in pairs} == set(right)
    assert len(pairs) < 400


# --- in a ledger -----------------------------------------------------------------------------------------------


@pytest.fixture
def linked(filled: Ledger) -> Ledger:
    """Two events of two mentions each, one of one."""
    at = [f"{invent(n).report.id}.e1" for n in range(5)]
    filled.put_clusters(
        JudgementKind.EVENT, [cluster("eaaa", at[0], at[1]), cluster("ebbb", at[2], at[3]), cluster("eccc", at[4])]
    )
    return filled


def correct(ledger: Ledger, action: str, *names: str, value: str | None = None, second: int = 0) -> Correction:
    made = correction_of(
        ledger, Wish(action, names, "A. Desk", "she has both reports", value), START.replace(second=second)
    )
    ledger.add_correction(made)
    return made


def test_an_event_is_corrected_by_its_mentions(linked: Ledger) -> None:
    made = correct(linked, "merge", "eaaa", "ebbb")
    assert set(made.targets) == {*linked.members("eaaa"), *linked.members("ebbb")}
    assert made.value == "event 2+2"
    found = linked.judgements(JudgementKind.EVENT, [linked.members("eaaa")[0]])
    assert {(j.verdict, j.author, j.reasons[0].words) for j in found} == {(SAME, "A. Desk", "she has both reports")}
    joined = {m for j in linked.neighbourhood(JudgementKind.EVENT, [made.targets[0]]) for m in (j.left, j.right)}
    assert joined == set(made.targets)


def test_undoing_and_undoing_that(linked: Ledger) -> None:
    made = correct(linked, "different", "eaaa", "ebbb")
    members = list(made.targets)

    def judged() -> int:
        return len(linked.judgements(JudgementKind.EVENT, members))

    assert judged() == 4
    undo = correct(linked, "undo", made.id, second=1)
    assert judged() == 0 and linked.undone() == {made.id: undo.id} and linked.corrections_in_force() == []
    with pytest.raises(OptionError, match="undone already"):
        correct(linked, "undo", made.id, second=2)
    correct(linked, "undo", undo.id, second=3)
    assert judged() == 4 and [c.id for c in linked.corrections_in_force()] == [made.id]
    assert len(linked.corrections()) == 3 and linked.check() == []


def test_lists_filter_by_what_analysts_say(linked: Ledger) -> None:
    made = correct(linked, "relabel", "eccc", value="AID")
    correct(linked, "status", "eccc", value="cancelled")
    assert [r.id for r in linked.events(Filter(type="AID"))] == ["eccc"]
    assert [r.id for r in linked.events(Filter(status="cancelled"))] == ["eccc"]
    correct(linked, "undo", made.id, second=1)
    assert linked.events(Filter(type="AID")) == []
    linked.rebuild(None)
    linked.put_clusters(JudgementKind.EVENT, [cluster("eccc", *made.targets)])
    assert [r.id for r in linked.events(Filter(status="cancelled"))] == ["eccc"]


def test_a_name_is_corrected_wherever_it_is_asked_for(linked: Ledger) -> None:
    report = invent(4).report.id
    made = correct(linked, "entity", f"{report}.n1", value="Oda Brandvold")
    assert linked.entity_names([report])[f"{report}.n1"] == "Oda Brandvold"
    assert [e.name for e in linked.entities(Filter(entity="brandvold"))] == ["Oda Brandvold"]
    assert linked.reading(report) == invent(4)
    assert linked.check() == []
    correct(linked, "undo", made.id, second=1)
    assert linked.entity_names([report])[f"{report}.n1"] == invent(4).entities[0].name
    assert linked.entities(Filter(entity="brandvold")) == [] and linked.check() == []


def test_the_holder_of_a_claim_takes_the_corrected_name(linked: Ledger) -> None:
    reading = invent(4)
    holder = next(c.holder.entity for c in reading.claims if c.holder.entity)
    correct(linked, "entity", f"{reading.report.id}.{holder}", value="Oda Brandvold")
    told = linked.testimonies(report_ids=[reading.report.id])
    names = {t.claim.holder.name for found in told.values() for t in found if t.claim.holder.entity == holder}
    assert names == {"Oda Brandvold"}
    assert {c.holder.name for c in linked.told(reading.report.id) if c.holder.entity == holder} == names


def test_a_newer_reading_counts_names_anew(linked: Ledger) -> None:
    """The name given to n1 follows its mentions to n2."""
    reading = invent(4)
    report = reading.report.id
    correct(linked, "entity", f"{report}.n1", value="Oda Brandvold")
    swap = {"n1": "n2", "n2": "n1"}
    newer = replace(
        reading,
        made_by="onrecord 2",
        entities=tuple(replace(e, id=swap.get(e.id, e.id)) for e in reading.entities),
        mentions=tuple(replace(m, entity=swap.get(m.entity, m.entity)) for m in reading.mentions),
    )
    linked.append([readable(newer)])
    names = linked.entity_names([report])
    assert names[f"{report}.n2"] == "Oda Brandvold" and names[f"{report}.n1"] == reading.entities[1].name
    assert linked.check() == []


def test_entities_are_matched_by_their_mentions() -> None:
    def mentions(*found: tuple[int, str]) -> list[Mention]:
        return [Mention(at, at + 2, "xx", EntityType.PERSON, entity) for at, entity in found]

    old = mentions((0, "n1"), (5, "n1"), (9, "n2"), (20, "n3"))
    new = mentions((0, "n7"), (5, "n7"), (9, "n7"), (30, "n3"))
    assert match_entities(old, new) == {"n1": "n7"}


@pytest.mark.parametrize(
    ("action", "names", "value", "error"),
    [
        ("merge", ("eaaa",), None, OptionError),
        ("merge", ("eaaa", "eaaa"), None, OptionError),
        ("different", ("eaaa", "eaaa"), None, OptionError),
        ("different", ("eaaa", "ebbb", "eccc"), None, OptionError),
        ("merge", ("eaaa", "ezzz"), None, NotFoundError),
        ("merge", ("eaaa", "REPORT"), None, OptionError),
        ("split", ("eaaa", "REPORT.e1"), None, OptionError),
        ("split", ("eccc", "REPORT.e1"), None, OptionError),
        ("split", ("REPORT.e1", "eccc"), None, OptionError),
        ("status", ("eccc",), "finished", OptionError),
        ("status", ("REPORT",), "planned", OptionError),
        ("title", ("eccc",), "  ", OptionError),
        ("entity", ("REPORT.e1",), "Oda", NotFoundError),
        ("same", ("REPORT.n1", "eccc"), None, NotFoundError),
        ("undo", ("eccc",), None, NotFoundError),
        ("praise", ("eccc",), None, OptionError),
        ("merge", ("r", "eccc"), None, NotFoundError),
    ],
)
def test_what_cannot_be_is_refused(
    linked: Ledger, action: str, names: tuple[str, ...], value: str | None, error: type[Exception]
) -> None:
    report = invent(4).report.id
    with pytest.raises(error):
        correct(linked, action, *(n.replace("REPORT", report) for n in names), value=value)
    assert linked.corrections() == []


@pytest.mark.parametrize(("author", "reason"), [("", "why"), ("A. Desk", " \n"), ("A. Desk", "x" * 3000)])
def test_it_is_signed_and_has_a_reason(linked: Ledger, author: str, reason: str) -> None:
    with pytest.raises(OptionError):
        correction_of(linked, Wish("title", ("eccc",), author, reason, "The pier"), START)


def test_an_abbreviation_that_could_be_several(linked: Ledger) -> None:
    linked.put_clusters(JudgementKind.EVENT, [cluster("eccd", f"{invent(6).report.id}.e1")])
    with pytest.raises(AmbiguousIdError):
        correct(linked, "title", "ecc", value="The pier")
