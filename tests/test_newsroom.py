"""The invented newsroom: the same for a seed, true to its plots, and scored as documented."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.newsroom.causes import causes
from benchmarks.newsroom.command import REPORTS, TRUTH, write
from benchmarks.newsroom.plots import PLOTS
from benchmarks.newsroom.score import (
    FIGURES,
    Answer,
    FoundChange,
    FoundClaim,
    FoundContradiction,
    FoundEvent,
    FoundOrigin,
    agree,
    score,
)
from benchmarks.newsroom.truth import register, rows, standings, truth
from benchmarks.newsroom.wording import Sentence
from benchmarks.newsroom.write import Newsroom, make_newsroom
from onrecord.model import Standing, Status

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def newsroom(request: pytest.FixtureRequest) -> Newsroom:
    return make_newsroom(200, request.param)


def perfect(true: dict[str, Any]) -> Answer:
    """What a program would answer that read everything aright."""
    events = []
    for event in true["events"]:
        claims = []
        for claim in event["claims"]:
            given = claim["origin"]
            chain = (given["outlet"],) if given["outlet"] else ()
            origin = FoundOrigin(given["key"], given["kind"], given["names"][0], chain)
            read = (claim["own_voice"], claim["status"], claim["authority"], claim["hedged"])
            claims += [FoundClaim((claim["report"], a, b), origin, *read) for a, b in claim["anchors"]]
        events.append(FoundEvent(event["event"], event["standing"], tuple(event["history"]), event["status"], claims))
    return Answer(
        events,
        [
            FoundContradiction(c["attribute"], c["kind"], tuple(c["sides"][0][0]), tuple(c["sides"][1][0]))
            for c in true["contradictions"]
        ],
        [FoundChange(r["later"], c["kind"], c["start"], c["end"]) for r in true["revisions"] for c in r["changes"]],
        {tuple(pair) for pair in true["copies"]},
    )


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, 60, 7)
    write(tmp_path / "other", 60, 8)
    for file in (REPORTS, TRUTH):
        one, two, other = ((tmp_path / name / file).read_bytes() for name in ("one", "two", "other"))
        assert one == two
        assert one != other


def test_there_are_as_many_reports_as_asked_and_each_has_its_own_key(newsroom: Newsroom) -> None:
    keys = [draft.key for draft in newsroom.drafts]
    assert 200 <= len(keys) < 210
    assert len(set(keys)) == len(keys)
    assert {draft.key for event in newsroom.events for draft in event.drafts} == set(keys)


def test_every_plot_stands_as_the_rules_have_it(newsroom: Newsroom) -> None:
    """Written down by hand in the plots, computed by the record's pure functions from the claims."""
    assert {event.plot.name for event in newsroom.events} == {plot.name for plot in PLOTS}
    for event in newsroom.events:
        assert " ".join(standings(event)) == event.plot.standings, event.plot.name
        found = tuple(f"{c.attribute} {c.kind.value}" for c in register(event))
        assert found == event.plot.contradictions, event.plot.name


def test_plots_reach_every_standing() -> None:
    assert {word for plot in PLOTS for word in plot.standings.split()} == set(Standing)


def test_offsets_of_the_truth_are_those_of_the_reports(newsroom: Newsroom) -> None:
    bodies = {row["key"]: row["body"] for row in rows(newsroom)}
    for event in truth(newsroom)["events"]:
        assert event["status"] in set(Status)
        for claim in event["claims"]:
            body, sentence = bodies[claim["report"]], (claim["start"], claim["end"])
            assert body[sentence[1] - 1] == "."
            assert "[" not in body
            assert "{" not in body
            assert claim["anchors"]
            for start, end in claim["anchors"]:
                assert sentence[0] <= start < end <= sentence[1]
                assert body[start:end].replace(" ", "").isalpha()


def test_reports_arrive_out_of_order_but_no_revision_before_what_it_revises(newsroom: Newsroom) -> None:
    drafts = newsroom.drafts
    assert [d.known for d in drafts] != sorted(d.known for d in drafts)
    seen: dict[str, Any] = {}
    for draft in drafts:
        assert draft.address not in seen or seen[draft.address] < draft.known
        seen[draft.address] = draft.known


def test_copies_share_sentences_and_other_reports_of_an_event_share_none(newsroom: Newsroom) -> None:
    for event in newsroom.events:
        copied = {frozenset(pair) for pair in event.copies()}
        for one in event.drafts:
            for two in event.drafts:
                if one.address < two.address:
                    shared = {s.text for s in one.sentences} & {s.text for s in two.sentences}
                    assert bool(shared) == (frozenset((one.key, two.key)) in copied)


def test_a_revision_drops_what_it_replaces_and_keeps_the_rest(newsroom: Newsroom) -> None:
    for event in newsroom.events:
        for change in event.changes:
            earlier, later = (next(d for d in event.drafts if d.key == k) for k in (change.earlier, change.later))
            old, new = ({t.claim for t in d.tellings} for d in (earlier, later))
            step = event.plot.steps[later.step]
            assert len(old - new) == len(step.replaced)
            assert len(new - old) == len(step.told)
            if step.change == "figure":
                assert {event.claims[c].told.toll for c in old - new} == {0}


def test_a_perfect_answer_scores_one(newsroom: Newsroom) -> None:
    true = truth(newsroom)
    result = score(true, perfect(true))
    assert set(result.figures) == set(FIGURES)
    assert result.figures == dict.fromkeys(FIGURES, 1.0)
    assert result.errors == []
    assert set(result.cases.values()) == {(1.0, 1.0)}


def test_what_was_read_amiss_is_counted_by_kind(small: dict[str, Any]) -> None:
    answer = perfect(small)
    right = causes(small, answer)
    assert set(right) == {"tellings in all"}
    office = next(c for e in answer.events for c in e.claims if c.authority == "responsible")
    event = next(e for e in answer.events if office in e.claims)
    event.claims = [replace(c, authority="other", own_voice=True) if c == office else c for c in event.claims]
    assert causes(small, answer) - right == {
        "authority: not seen": 1,
        "holder: office read as the report's own voice": 1,
    }
    assert causes(small, Answer())["event: no claim read at its anchor"] == right["tellings in all"]


def test_no_answer_scores_nothing(newsroom: Newsroom) -> None:
    figures = score(truth(newsroom), Answer()).figures
    assert {f: figures[f] for f in FIGURES if f != "apart"} == dict.fromkeys((f for f in FIGURES if f != "apart"), 0.0)


@pytest.fixture
def small() -> dict[str, Any]:
    return truth(make_newsroom(40, 5))


def test_two_events_taken_for_one_cost_one_of_them(small: dict[str, Any]) -> None:
    answer = perfect(small)
    first, second, *rest = answer.events
    merged = replace(first, claims=[*first.claims, *second.claims])
    figures = score(small, replace(answer, events=[merged, *rest])).figures
    number = len(small["events"])
    assert figures["standing"] <= 1 - 1 / number
    assert figures["apart"] == 1 - 1 / (number - 1)
    assert figures["origins.f1"] < 1


def test_an_origin_split_in_two_counts_once(small: dict[str, Any]) -> None:
    answer = perfect(small)
    event = next(e for e in answer.events if len({c.anchor[0] for c in e.claims if c.origin.kind == "office"}) > 1)
    last = next(c for c in reversed(event.claims) if c.origin.kind == "office")
    event.claims[event.claims.index(last)] = replace(last, origin=replace(last.origin, key="another"))
    assert score(small, answer).figures["origins.f1"] < 1


def test_an_outlets_own_voice_beside_whom_it_quotes_is_no_origin(small: dict[str, Any]) -> None:
    answer = perfect(small)
    for event in answer.events:
        quoting = [c for c in event.claims if c.origin.kind != "outlet"]
        event.claims += [replace(c, origin=FoundOrigin("outlet:x", "outlet", "X"), own_voice=True) for c in quoting]
    assert score(small, answer).figures["origins.f1"] == 1


def test_who_tells_the_dead_is_no_origin_of_what_killed_them(small: dict[str, Any]) -> None:
    event = next(e for e in small["events"] if any(c["toll"] is not None for c in e["claims"]))
    answer = perfect(small)
    found = next(e for e in answer.events if e.id == event["event"])
    tolls = [(c["report"], *a) for c in event["claims"] if c["toll"] is not None for a in c["anchors"]]
    beside = replace(answer, events=[replace(e, claims=list(e.claims)) for e in answer.events])
    kept = next(e for e in beside.events if e.id == event["event"])
    kept.claims = [c for c in found.claims if c.anchor not in tolls]
    assert len(kept.claims) < len(found.claims)
    assert score(small, beside).figures["origins.f1"] == score(small, answer).figures["origins.f1"] == 1


def test_behind_a_hedge_nobody_named_is_the_outlet() -> None:
    outlet = {"kind": "outlet", "outlet": "The Vale Chronicle", "names": ["The Vale Chronicle"]}
    nobody = FoundOrigin("unnamed:x", "unnamed", "nobody named", ("The Vale Chronicle",))
    assert agree(outlet | {"hedged": True}, nobody)
    assert not agree(outlet | {"hedged": False}, nobody)
    assert not agree(outlet | {"hedged": True}, replace(nobody, chain=("The Mere Post",)))
    assert not agree(outlet | {"hedged": True}, replace(nobody, name="an official"))


def test_what_is_found_beyond_the_truth_is_wrong(small: dict[str, Any]) -> None:
    answer = perfect(small)
    keys = sorted({c["report"] for e in small["events"] for c in e["claims"]})
    answer.copies.add((keys[0], keys[-1]))
    answer.changes.append(FoundChange(keys[0], "added", 0, 9))
    answer.contradictions.append(FoundContradiction("date", "disputed", (keys[0], 0, 9), (keys[-1], 0, 9)))
    figures = score(small, answer).figures
    assert max(figures["copies.f1"], figures["revisions.f1"], figures["contradictions.f1"]) < 1


def test_the_same_contradiction_shown_by_other_sentences_is_counted_once(small: dict[str, Any]) -> None:
    answer = perfect(small)
    answer.contradictions += [replace(c, earlier=c.later, later=c.earlier) for c in answer.contradictions]
    assert score(small, answer).figures["contradictions.f1"] == 1


def test_anchors_are_where_the_brackets_were() -> None:
    sentence = Sentence("The [visit] was put off, and the [talks] too.", 0)
    assert [sentence.text[a:b] for a, b in sentence.anchors()] == ["visit", "talks"]


def test_rows_are_what_the_program_reads(newsroom: Newsroom) -> None:
    for row in rows(newsroom):
        assert {"url", "headline", "published", "source", "body"} <= row.keys()
        assert json.loads(json.dumps(row)) == row
