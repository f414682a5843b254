"""What linking asks of the ledger and gives it: candidates, judgements, clusters, origins, standings, corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from invented_readings import START, invent, make_digest, make_report, readable, series, stamp

from onrecord.ledger import Ledger
from onrecord.ledger.candidates import COMMON
from onrecord.model import (
    Cluster,
    Correction,
    Digest,
    EventMention,
    Judgement,
    JudgementKind,
    Origin,
    Reading,
    Reason,
    SourceKind,
    Standing,
    TextSpan,
    Verdict,
    make_id,
)


def judge(
    left: str,
    right: str,
    verdict: Verdict = Verdict.SAME,
    kind: JudgementKind = JudgementKind.EVENT,
    author: str = "onrecord 1",
) -> Judgement:
    reasons = (Reason("names", 0.75, "two of three names are the same"),)
    made_id = make_id("j", kind, left, right, verdict, author)
    return Judgement(made_id, kind, left, right, verdict, 0.9, reasons, author, START)


def cluster(name: str, *members: str, kind: JudgementKind = JudgementKind.EVENT, **more: object) -> Cluster:
    return Cluster(name, kind, members, **more)  # type: ignore[arg-type]


def bare(name: str, keys: tuple[str, ...]) -> tuple[Reading, Digest]:
    report = make_report(f"Report {name}.", address=f"https://quay.example/{name}")
    return Reading(report, "onrecord 1"), Digest(report.id, report.address, None, "", None, None, keys)


# --- candidates ------------------------------------------------------------------------------------------------


def test_candidates_share_rare_keys_first(ledger: Ledger) -> None:
    items = {
        name: bare(name, keys)
        for name, keys in {
            "both": ("rare", "often"),
            "rare": ("rare",),
            "often 1": ("often",),
            "often 2": ("often",),
            "none": ("other",),
        }.items()
    }
    ledger.append(list(items.values()))
    found = [d.report for d in ledger.candidates(["rare", "often", "unheard of"])]
    assert found[:2] == [items["both"][0].report.id, items["rare"][0].report.id]
    assert sorted(found[2:]) == sorted(items[n][0].report.id for n in ("often 1", "often 2"))
    asked = items["both"][0].report.id
    assert [d.report for d in ledger.candidates(["rare", "often"], limit=1, exclude=[asked])] == [
        items["rare"][0].report.id
    ]
    weighed = ledger.candidates(["rare", "often"], exclude=[asked], weight=lambda key: float(key == "often"))
    assert weighed[-1].report == items["rare"][0].report.id


def test_candidates_are_whole_digests(filled: Ledger) -> None:
    expected = {r.report.id: d for r, d in series(0, 12)}
    digest = make_digest(invent(5))
    for _ in range(2):  # the second time from memory
        found = filled.candidates(digest.keys, limit=100)
        assert found
        assert all(d == expected[d.report] for d in found)


def test_keys_that_too_many_share_are_passed_over(ledger: Ledger) -> None:
    ledger.append([bare(f"n{n}", ("everyone", f"pair {n // 2}")) for n in range(COMMON + 1)])
    assert len(ledger.candidates(["everyone", "pair 7"])) == 2
    assert ledger.candidates(["everyone"]) == []


@pytest.mark.parametrize("weight", [None, len])
def test_candidates_of_several_reports_are_those_of_each(filled: Ledger, weight: Callable[[str], float] | None) -> None:
    made = [make_digest(invent(number)) for number in range(12)]
    together = filled.candidates_of([(d.report, d.keys) for d in made], 4, weight)
    assert together == [filled.candidates(d.keys, 4, [d.report], weight, before=d.report) for d in made]
    assert together[0] == [] and any(together)
    filled.set_linked([made[-1].report])
    assert made[-1] in filled.candidates_of([(made[0].report, made[-1].keys)], 50)[0]


def test_what_waits_to_be_linked_is_known_after_other_hands_changed_it(ledger: Ledger) -> None:
    made = [bare(f"n{n}", ("key",)) for n in range(6)]
    ledger.append(made)
    ledger.set_linked([d.report for _, d in made[:4]])
    assert [d.report for d in ledger.pending(9)] == [d.report for _, d in made[4:]]
    ledger.set_linked([d.report for _, d in made[4:]])
    assert ledger.pending(9) == []
    reading, digest = made[1]
    with Ledger.open(ledger.path, "write") as other:
        other.append([(replace(reading, made_by="onrecord 2"), digest)])
    assert ledger.pending(9) == [digest]
    ledger.append([(replace(made[0][0], made_by="onrecord 2"), made[0][1])])
    assert ledger.pending(9) == [made[0][1], digest]


def test_days_of_publication_on_record_are_told(ledger: Ledger) -> None:
    assert ledger.published() == (None, None, False)
    first, last = (invent(n) for n in (0, 5))
    ledger.append([(r, make_digest(r)) for r in (last, first)])
    days = sorted(r.report.published.earliest for r in (first, last) if r.report.published)
    assert ledger.published() == (days[0], days[-1], False)
    ledger.append([bare("undated", ("key",))])
    assert ledger.published() == (days[0], days[-1], True)


def test_candidates_follow_a_newer_reading(ledger: Ledger) -> None:
    reading, digest = bare("one", ("old", "kept"))
    ledger.append([(reading, digest)])
    assert ledger.candidates(["old"]) == [digest]
    newer = replace(digest, keys=("kept", "new"))
    ledger.append([(replace(reading, made_by="onrecord 2"), newer)])
    assert ledger.candidates(["old"]) == []
    assert ledger.candidates(["new"]) == ledger.candidates(["kept"]) == [newer]
    assert ledger.check() == []


# --- judgements ------------------------------------------------------------------------------------------------


def test_judgements_are_appended_once_and_found_from_both_sides(filled: Ledger) -> None:
    first, second, third = (f"{r}.e1" for r in sorted(filled.report_ids())[:3])
    pair, other = judge(first, second), judge(second, third, Verdict.UNSURE)
    assert filled.add_judgements([pair, other, pair]) == 2
    assert filled.add_judgements([other]) == 0
    assert filled.judgements(JudgementKind.EVENT, [first]) == [pair]
    assert filled.judgements(JudgementKind.EVENT, [second]) == [pair, other]
    assert filled.judgements(JudgementKind.EVENT, [second], beyond=[first, second]) == [other]
    assert filled.judgements(JudgementKind.STORY, [first, second]) == []
    assert filled.judgement(other.id) == other


def test_a_neighbourhood_is_what_same_joins_and_all_said_about_it(filled: Ledger) -> None:
    a, b, c, d, e = (f"{r}.e1" for r in sorted(filled.report_ids())[:5])
    chain = [judge(a, b), judge(b, c)]
    edge = judge(c, d, Verdict.DIFFERENT)
    beyond = judge(d, e)
    filled.add_judgements([*chain, edge, beyond])
    assert filled.neighbourhood(JudgementKind.EVENT, [a]) == [*chain, edge]
    assert filled.neighbourhood(JudgementKind.EVENT, [e]) == [edge, beyond]
    assert filled.neighbourhood(JudgementKind.EVENT, [a], most=1) == [chain[0]]


# --- clusters --------------------------------------------------------------------------------------------------


def test_clusters_come_back_and_move(filled: Ledger) -> None:
    a, b, c, d = (f"{r}.e1" for r in sorted(filled.report_ids())[:4])
    one, two = cluster("eone", a, b), cluster("etwo", c, unsure=((c, a),))
    filled.put_clusters(JudgementKind.EVENT, [one, two])
    assert filled.clusters(JudgementKind.EVENT) == [one, two]
    assert filled.cluster_of(JudgementKind.EVENT, [a, c, d]) == {a: one, c: two}
    assert filled.members("eone") == (a, b)
    # A member that another cluster takes leaves; a cluster left empty goes.
    grown = cluster("etwo", a, b, c, aliases=("eone",))
    filled.put_clusters(JudgementKind.EVENT, [grown])
    assert filled.clusters(JudgementKind.EVENT) == [grown]
    assert filled.resolve("eone") == filled.resolve("etw") == "etwo"
    assert filled.check() == []
    filled.put_clusters(JudgementKind.EVENT, [cluster("ethree", a, b, c, aliases=("etwo",))], dropped=["etwo"])
    assert filled.resolve("eone", ["event"]) == "ethree"
    filled.put_clusters(JudgementKind.EVENT, [], dropped=["ethree"])
    assert filled.clusters(JudgementKind.EVENT) == []
    assert filled.check() == []


def test_of_copies_the_first_published_is_the_head(ledger: Ledger) -> None:
    late, early, revision = (
        readable(
            Reading(
                make_report("Two ferries met.", address=f"https://{host}.example/1", title=title, published=stamp(at)),
                "onrecord 1",
            )
        )
        for host, title, at in (
            ("quay", "Ferries", START + timedelta(hours=5)),
            ("vale", "Boats", START),
            ("vale", "Two boats", START),
        )
    )
    ledger.append([late, early, revision])
    ids = [r.report.id for r, _ in (late, early, revision)]
    ledger.put_clusters(JudgementKind.COPY, [cluster("kone", *ids, kind=JudgementKind.COPY)])
    assert [ledger.report_head(i).copy_of for i in ids] == [ids[1], None, None]  # a revision copies nobody
    ledger.put_clusters(JudgementKind.COPY, [cluster("kone", ids[0], kind=JudgementKind.COPY)])
    assert ledger.report_head(ids[0]).copy_of is None


# --- origins and standings -------------------------------------------------------------------------------------


def test_origins_and_standings(filled: Ledger) -> None:
    report = next(iter(filled.report_ids()))
    mentions = [f"{report}.e{n}" for n in (1, 2)]
    filled.put_clusters(JudgementKind.EVENT, [cluster("eone", mentions[0]), cluster("etwo", mentions[1])])
    assert filled.without_standing() == ["eone", "etwo"]
    filled.put_standings({"eone": Standing.DENIED, "etwo": Standing.REPORTED, "enone": Standing.DENIED}, START)
    assert filled.standings(["eone", "etwo", "enone"]) == {"eone": Standing.DENIED, "etwo": Standing.REPORTED}
    # What is as it was keeps its standing, even if it is named among the dropped.
    filled.put_clusters(JudgementKind.EVENT, [cluster("eone", mentions[0])], dropped=["eone"])
    assert filled.without_standing() == []
    filled.put_clusters(JudgementKind.EVENT, [cluster("eone", mentions[0], f"{report}.e3")])
    assert filled.without_standing() == ["eone"]
    filled.put_clusters(JudgementKind.EVENT, [cluster("eone", mentions[0])])
    leak = Origin("named:walden", "Walden", SourceKind.NAMED, True, ("Vale Gazette", "Walden"), "quotes Walden")
    wire = Origin("outlet:inland wire", "Inland Wire", SourceKind.OUTLET, True, ("Inland Wire",), "credits Inland Wire")
    filled.put_origins({f"{report}.c1": leak, f"{report}.c2": wire})
    filled.put_origins({f"{report}.c2": leak, "rnone.c1": leak})
    found = filled.testimonies(report_ids=[report])
    assert [t.origin for e in ("eone", "etwo") for t in found[e]] == [leak, leak]
    assert found[f"{report}.e3"][0].origin.how == "not traced yet"
    assert filled.standings(["eone", "etwo"]) == {}


# --- what a newer reading does to all that ---------------------------------------------------------------------


def renumbered(reading: Reading, drop: int) -> Reading:
    """The reading of a newer program that does not see event ``drop`` and counts the others anew."""
    kept = [e for e in reading.events if e.id != f"e{drop}"]
    names = {e.id: f"e{n}" for n, e in enumerate(kept, 1)}
    return replace(
        reading,
        made_by="onrecord 2",
        events=tuple(replace(e, id=names[e.id]) for e in kept),
        claims=tuple(replace(c, event=names[c.event]) for c in reading.claims if c.event in names),
    )


@pytest.fixture
def judged(filled: Ledger) -> tuple[Ledger, Reading, str]:
    """e2 of a report is judged with, corrected with and in one cluster with an event of another report."""
    reading = invent(4)
    other = f"{invent(7).report.id}.e1"
    mine = f"{reading.report.id}.e2"
    filled.add_judgements([judge(*sorted((mine, other)))])
    made = make_id("x", mine)
    filled.add_correction(Correction(made, "same", (mine, other), None, "A. Desk", "both name the pier", START))
    filled.put_clusters(
        JudgementKind.EVENT, [cluster("eone", *sorted((mine, other))), cluster("etwo", f"{reading.report.id}.e1")]
    )
    return filled, reading, other


def test_judgements_follow_the_words(judged: tuple[Ledger, Reading, str]) -> None:
    ledger, reading, other = judged
    ledger.append([readable(renumbered(reading, drop=1))])
    now_mine = f"{reading.report.id}.e1"
    found = ledger.judgements(JudgementKind.EVENT, [now_mine])
    # The machine's word, and the analyst's correction of the same pair.
    assert [(j.left, j.right) for j in found] == [tuple(sorted((now_mine, other)))] * 2
    assert ledger.judgements(JudgementKind.EVENT, [f"{reading.report.id}.e2"]) == []
    assert ledger.corrections([now_mine])[0].targets == (now_mine, other)
    assert ledger.corrections(as_made=True)[0].targets == (f"{reading.report.id}.e2", other)
    assert ledger.members("eone") == tuple(sorted((now_mine, other)))
    assert ledger.members("etwo") == ()
    assert ledger.check() == []


def test_judgements_wait_for_words_that_are_lost(judged: tuple[Ledger, Reading, str]) -> None:
    ledger, reading, other = judged
    ledger.append([readable(renumbered(reading, drop=2))])
    assert ledger.judgements(JudgementKind.EVENT, [other]) == []
    assert ledger.members("eone") == (other,)
    ledger.append([readable(replace(reading, made_by="onrecord 3"))])
    mine = f"{reading.report.id}.e2"
    assert [{j.left, j.right} for j in ledger.judgements(JudgementKind.EVENT, [mine])] == [{mine, other}] * 2
    assert ledger.corrections([mine])[0].targets == (mine, other)
    assert ledger.check() == []


def test_a_rebuild_finds_the_same(judged: tuple[Ledger, Reading, str]) -> None:
    ledger, reading, _ = judged
    ledger.append([readable(renumbered(reading, drop=1))])
    before = derived(ledger)
    for digest in (None, make_digest):
        ledger.rebuild(digest)
        assert derived(ledger) == before
        assert len(ledger.pending(100)) == 12
        assert ledger.check() == []


def derived(ledger: Ledger) -> dict[str, list[object]]:
    """All rows of all tables that the ledger derives by itself, row numbers apart."""
    db = ledger._connection
    return {
        table: sorted(db.all(f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in {
            "revisions": "*",
            "entities": "report, local, name, folded, type, country, sector, mentions",
            "event_mentions": "report, local, type, status, earliest, latest, place, names, anchor_start",
            "claims": "*",
            "attributions": "*",
            "candidate_keys": "*",
            "candidate_reports": "*",
            "judgement_pairs": "*",
            "correction_targets": "*",
            "corrected_pairs": "*",
            "digests": "*",
        }.items()
    }


def test_anchors_are_matched_one_to_one() -> None:
    from onrecord.ledger.remapping import match_events

    def event(name: str, start: int, end: int) -> EventMention:
        return EventMention(name, TextSpan(start, end, "x" * (end - start)), 0, "x")

    old = [event("e1", 0, 4), event("e2", 10, 14), event("e3", 20, 30), event("e4", 40, 44)]
    new = [event("f1", 10, 14), event("f2", 18, 22), event("f3", 24, 32), event("f4", 50, 54)]
    assert match_events(old, new) == {"e2": "f1", "e3": "f3"}
    assert match_events(old, old) == {e.id: e.id for e in old}


# --- corrections -----------------------------------------------------------------------------------------------


def test_corrections_are_appended_in_order(filled: Ledger) -> None:
    first = Correction("x1", "relabel", ("eone",), "AGREE", "A. Desk", "a treaty, no talk", START)
    undo = Correction("x2", "undo", ("x1",), None, "B. Desk", "was right", START)
    assert [filled.add_correction(c) for c in (first, undo, first)] == [True, True, False]
    assert filled.corrections() == [first, undo]
    assert filled.corrections(["x1"]) == [undo]
    assert filled.resolve("x2", ["correction"]) == "x2"
