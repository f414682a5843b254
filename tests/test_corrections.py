"""An analyst's word: stands above the machine's, binds later reports, survives newer readings, comes out as labels."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from benchmarks.corrections import figures, load
from onrecord.api import Record
from onrecord.api import open as open_record
from onrecord.ask import correction_to_contract, schema
from onrecord.errors import LedgerReadOnlyError, OptionError
from onrecord.linking import digest
from onrecord.model import EventRecord, JudgementKind, Reading, Report, report_id
from onrecord.pipeline import correct, link_pending, rebuild

WHO = {"author": "A. Desk", "reason": "she has read both reports"}


@pytest.fixture
def record(examples_copy: Path) -> Iterator[Record]:
    with open_record(examples_copy) as opened:
        yield opened


def largest(record: Record, number: int = 2) -> list[EventRecord]:
    """The events with most mentions, of one story."""
    story = max(record.stories(), key=lambda s: s.reports)
    events = record.story(story.id).events
    return sorted(events, key=lambda e: (-len(record.ledger.members(e.id)), e.id))[:number]


def clusters(record: Record) -> dict[JudgementKind, set[frozenset[str]]]:
    return {k: {frozenset(c.members) for c in record.ledger.clusters(k)} for k in JudgementKind}


def holding(record: Record, member: str) -> str:
    return record.ledger.cluster_of(JudgementKind.EVENT, [member])[member].id


def renumbered(reading: Reading, seed: int = 3) -> Reading:
    """What a newer program makes of a report: the same events, counted otherwise."""
    names = [e.id for e in reading.events]
    shuffled = random.Random(seed).sample(names, len(names))
    as_new = dict(zip(names, shuffled, strict=True))
    return replace(
        reading,
        made_by="onrecord 99",
        events=tuple(replace(e, id=as_new[e.id], antecedent=None) for e in reading.events),
        claims=tuple(replace(c, event=as_new[c.event]) for c in reading.claims),
    )


def reread(record: Record, report: str) -> None:
    newer = renumbered(record.ledger.reading(report))
    record.ledger.append([(newer, digest(newer))])
    link_pending(record.ledger)


def test_merging_and_undoing_leave_no_trace_but_the_list(record: Record) -> None:
    before = clusters(record)
    one, two = largest(record)
    made = record.correct("merge", one.id, two.id, **WHO)
    merged = record.event(one.id)
    assert made.now == (merged.id,) == (record.event(two.id).id,)
    assert {t.id for t in merged.testimonies} == {t.id for e in (one, two) for t in e.testimonies}
    undone = record.correct("undo", made.correction.id, **WHO)
    assert clusters(record) == before and set(undone.now) == {one.id, two.id}
    assert [(c.correction.action, c.in_force) for c in record.corrections()] == [("merge", False), ("undo", True)]


def test_splitting_takes_out_and_keeps_the_rest_together(record: Record) -> None:
    (event,) = largest(record, 1)
    members = record.ledger.members(event.id)
    made = record.correct("split", event.id, members[0], **WHO)
    assert holding(record, members[0]) != holding(record, members[1])
    assert len({holding(record, m) for m in members[1:]}) == 1
    assert set(made.now) >= {holding(record, members[0]), holding(record, members[1])}
    assert record.ledger.check() == []


@pytest.mark.parametrize("again", ["reread", "rebuild"])
def test_corrections_survive(record: Record, again: str) -> None:
    """A newer reading that counts events anew, or a rebuild: what is one stays one, what is not stays apart."""
    one, two, three = largest(record, 3)
    mine = [record.ledger.members(e.id)[0] for e in (one, two, three)]
    anchors = [_anchor(record, m) for m in mine]
    record.correct("merge", one.id, two.id, **WHO)
    record.correct("different", one.id, three.id, **WHO)
    record.correct("relabel", three.id, value="aid", **WHO)
    if again == "reread":
        for report in sorted({m.partition(".")[0] for e in (one, two, three) for m in record.ledger.members(e.id)}):
            reread(record, report)
    else:
        rebuild(record.ledger)
    now = [_at(record, *a) for a in anchors]
    if again == "reread":
        assert now != mine  # the ids did change
    found = [holding(record, m) for m in now]
    assert found[0] == found[1] != found[2]
    assert record.event(found[2]).type == "AID"
    assert record.ledger.check() == []


def _anchor(record: Record, member: str) -> tuple[str, int]:
    report, _, local = member.partition(".")
    return report, next(e.anchor.start for e in record.ledger.reading(report).events if e.id == local)


def _at(record: Record, report: str, start: int) -> str:
    return f"{report}.{next(e.id for e in record.ledger.reading(report).events if e.anchor.start == start)}"


def retold(record: Record, report: str, outlet: str) -> Reading:
    """The same words in a later report of another outlet."""
    reading = record.ledger.reading(report)
    old = reading.report
    address = f"https://{outlet.lower().replace(' ', '-')}.example/retold"
    again: Report = replace(
        old, address=address, outlet=outlet, id=report_id(address, old.text, old.title, outlet, None, None)
    )
    return replace(reading, report=again)


def test_a_persons_word_binds_later_reports(record: Record) -> None:
    """Apart though a new report tells both in the words of the old ones; one though the machine would part them."""
    (event,) = largest(record, 1)
    members = record.ledger.members(event.id)
    record.correct("split", event.id, members[0], **WHO)
    for number, report in enumerate(sorted({m.partition(".")[0] for m in members})):
        newer = retold(record, report, f"Later Post {number}")
        record.ledger.append([(newer, digest(newer))])
    link_pending(record.ledger)
    assert len(record.ledger.members(holding(record, members[1]))) > len(members) - 1  # the new reports did join
    assert holding(record, members[0]) != holding(record, members[1])


def test_what_a_person_tells_apart_is_not_possibly_the_same(record: Record) -> None:
    """Neither the events as they are, nor with what joins them later."""
    one = next(e for s in record.stories() for e in record.story(s.id).events if e.unsure)
    other = one.unsure[0][0]
    member = record.ledger.members(one.id)[0]
    record.correct("different", one.id, other, **WHO)
    newer = retold(record, member.partition(".")[0], "Later Post")
    record.ledger.append([(newer, digest(newer))])
    link_pending(record.ledger)
    for event, against in ((one.id, other), (other, one.id)):
        assert against not in [o for o, _ in record.event(event).unsure]


def test_copies_are_an_analysts_to_tell(record: Record) -> None:
    """A report said to be a copy rests on the other's origin; undone, it speaks for itself again."""
    heads = [h for h in record.reports() if h.analysed and h.copy_of is None and h.published is not None]
    first, second = heads[0], next(h for h in heads[1:] if h.outlet != heads[0].outlet)
    made = correct(record.ledger, "same", (first.id, second.id), kind="copy", **WHO)
    assert record.report(second.id).head.copy_of == first.id
    own = [o for o in origins(record, second.id) if o.how.startswith("copy of")]
    assert own and all(first.outlet in o.chain for o in own if first.outlet)
    correct(record.ledger, "undo", (made.correction.id,), **WHO)
    assert record.report(second.id).head.copy_of is None
    assert not [o for o in origins(record, second.id) if o.how.startswith("copy of")]


def origins(record: Record, report: str) -> list:
    return [t.origin for told in record.ledger.testimonies(report_ids=[report]).values() for t in told]


def test_two_spellings_of_one_person_are_one_origin(record: Record) -> None:
    """The name an analyst gives is the holder's name in claims and in their origins."""
    told = next(
        t
        for e in largest(record, 8)
        for t in e.testimonies
        if t.claim.holder.entity and t.claim.holder.kind.value == "named"
    )
    entity = f"{told.report.id}.{told.claim.holder.entity}"
    record.correct("entity", entity, value="Oda Brandvold", **WHO)
    again = next(t for t in record.event(f"{told.report.id}.{told.mention.id}").testimonies if t.id == told.id)
    assert again.claim.holder.name == "Oda Brandvold"
    assert (again.origin.name, again.origin.key) == ("Oda Brandvold", "named:oda brandvold")


def test_labels_hold_the_words_of_both_reports(record: Record) -> None:
    one, two = largest(record)
    record.correct("different", one.id, two.id, **WHO)
    record.correct("relabel", record.ledger.members(one.id)[0], value="AID", **WHO)
    pair, single = (correction_to_contract(c) for c in record.corrections())
    for row in (pair, single):
        Draft202012Validator(schema("correction")).validate(json.loads(json.dumps(row)))
    assert (pair["version"], pair["action"], pair["author"], pair["in_force"]) == (1, "different", "A. Desk", True)
    assert len(pair["labels"]) == len(record.ledger.members(one.id)) * len(record.ledger.members(two.id))
    for label in pair["labels"]:
        assert (label["kind"], label["said"]) == ("event", "different")
        for side in (label["left"], label["right"]):
            text = record.ledger.report(side["report"]).text
            assert text[side["start"] : side["end"]] == side["text"] and side["text"] in side["sentence"]
    (label,) = single["labels"]
    assert (label["said"], label["right"], label["kind"]) == ("AID", None, "type")


def test_a_benchmark_reads_the_labels(record: Record, tmp_path: Path) -> None:
    """The machine is measured against what is in force: the last word about each pair."""
    (event,) = largest(record, 1)
    members = record.ledger.members(event.id)
    record.correct("same", members[0], members[1], **WHO)
    record.correct("different", members[0], members[1], **WHO)
    taken_back = record.correct("relabel", members[0], value="AID", **WHO)
    record.correct("undo", taken_back.correction.id, **WHO)
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(correction_to_contract(c)) + "\n" for c in record.corrections()), "utf-8")
    (label,) = load([path])
    assert (label.kind, label.said) == ("event", "different") and label.right is not None
    agreed = float(label.machine == "different")
    counted = {"event.unsure": label.machine == "unsure", "event.unjudged": label.machine is None}
    assert figures([label]) == {"event.labels": 1, "event.agreed": agreed, **counted}


def test_the_machine_cannot_sign(record: Record) -> None:
    one, two = largest(record)
    with pytest.raises(OptionError, match="machine"):
        record.correct("merge", one.id, two.id, author="onrecord linking 1", reason="x")
    with pytest.raises(OptionError, match="AGREE"):
        record.correct("relabel", one.id, value="TALK", **WHO)


def test_a_ledger_opened_for_reading_is_not_corrected(examples_ledger: Path) -> None:
    with open_record(examples_ledger, writing=False) as record:
        one, two = largest(record)
        with pytest.raises(LedgerReadOnlyError):
            record.correct("merge", one.id, two.id, **WHO)


def test_what_corrections_contradict_is_told(record: Record) -> None:
    """Two joined through a third by a person stay one until that is undone."""
    (event,) = largest(record, 1)
    members = record.ledger.members(event.id)
    record.correct("same", members[0], members[1], **WHO)
    record.correct("same", members[1], members[2], **WHO)
    made = record.correct("different", members[0], members[2], **WHO)
    assert holding(record, members[0]) == holding(record, members[2])
    assert "hold them together" in made.note
