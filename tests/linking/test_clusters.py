"""Clusters: average link, cannot-link, people above machines, and no dependence on order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking import Linkage, cluster, cluster_id
from onrecord.linking.clusters import doubts_beyond, with_doubts
from onrecord.model import Cluster, JudgementKind, Reason, Verdict

from .builders import judged

STORY = JudgementKind.STORY
PLAIN = Linkage(threshold=0.5, unjudged=0.1)


def groups(found: tuple[Cluster, ...]) -> set[frozenset[str]]:
    return {frozenset(c.members) for c in found}


def test_pairs_above_the_threshold_merge_and_the_rest_stand_alone() -> None:
    found = cluster(STORY, ["r1", "r2", "r3"], [judged("r1", "r2", 0.9), judged("r2", "r3", 0.2)], PLAIN)
    assert groups(found) == {frozenset({"r1", "r2"}), frozenset({"r3"})}


def test_one_strong_pair_does_not_chain_two_clusters() -> None:
    pairs = [judged("r1", "r2", 0.95), judged("r3", "r4", 0.95), judged("r2", "r3", 0.9)]
    found = cluster(STORY, ["r1", "r2", "r3", "r4"], pairs, PLAIN)
    assert groups(found) == {frozenset({"r1", "r2"}), frozenset({"r3", "r4"})}
    assert ("r2", "r3") in found[0].unsure


def test_the_id_is_of_the_first_member_and_others_are_aliases() -> None:
    (found,) = cluster(STORY, ["r9", "r1"], [judged("r1", "r9", 0.9)], PLAIN)
    assert found.id == cluster_id(STORY, "r9")
    assert found.aliases == (cluster_id(STORY, "r1"),)
    assert found.members == ("r9", "r1")


def test_a_later_member_keeps_the_id() -> None:
    (before,) = cluster(STORY, ["r5"], [], PLAIN)
    (after,) = cluster(STORY, ["r5", "r2"], [judged("r2", "r5", 0.8)], PLAIN)
    assert before.id == after.id


def test_a_person_binds_what_the_machine_holds_apart() -> None:
    pairs = [judged("r1", "r2", 0.1), judged("r1", "r2", 1.0, author="Ada Moor")]
    assert groups(cluster(STORY, ["r1", "r2"], pairs, PLAIN)) == {frozenset({"r1", "r2"})}


def test_a_person_keeps_whole_clusters_apart() -> None:
    pairs = [
        judged("r1", "r2", 0.95),
        judged("r1", "r3", 0.9),
        judged("r2", "r3", 0.9),
        judged("r2", "r3", 0.0, author="Ada Moor", verdict=Verdict.DIFFERENT),
    ]
    assert groups(cluster(STORY, ["r1", "r2", "r3"], pairs, PLAIN)) == {frozenset({"r1", "r2"}), frozenset({"r3"})}


def test_the_machine_keeps_apart_what_cannot_be_one() -> None:
    firm = judged("v1", "v3", 0.0, kind=JudgementKind.EVENT)
    firm = type(firm)(
        firm.id,
        firm.kind,
        firm.left,
        firm.right,
        firm.verdict,
        firm.score,
        (Reason("apart", 1.0, "times cannot meet"),),
        firm.author,
        firm.made,
    )
    pairs = [
        firm,
        judged("v1", "v2", 0.99, kind=JudgementKind.EVENT),
        judged("v2", "v3", 0.98, kind=JudgementKind.EVENT),
    ]
    found = cluster(JudgementKind.EVENT, ["v1", "v2", "v3"], pairs, Linkage(0.3, 0.3))
    assert groups(found) == {frozenset({"v1", "v2"}), frozenset({"v3"})}


def test_judgements_of_other_kinds_and_strangers_are_left_out() -> None:
    pairs = [judged("r1", "r2", 0.9, kind=JudgementKind.COPY), judged("r1", "r7", 0.9)]
    assert groups(cluster(STORY, ["r1", "r2"], pairs, PLAIN)) == {frozenset({"r1"}), frozenset({"r2"})}


MEMBERS = [f"r{i}" for i in range(9)]
PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS)).filter(lambda p: p[0] < p[1]),
    st.integers(0, 100),
    max_size=25,
)


@settings(max_examples=80, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_members_and_judgements_in_any_order_give_the_same_clusters(pairs: dict, random) -> None:
    judgements = [judged(a, b, score / 100) for (a, b), score in pairs.items()]
    before = groups(cluster(STORY, MEMBERS, judgements))
    members = list(MEMBERS)
    random.shuffle(members)
    random.shuffle(judgements)
    after = cluster(STORY, members, judgements)
    assert groups(after) == before
    assert sorted(m for c in after for m in c.members) == MEMBERS


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.tuples(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS)).filter(lambda p: p[0] < p[1]))
def test_nothing_brings_together_what_a_person_holds_different(pairs: dict, apart: tuple[str, str]) -> None:
    judgements = [judged(a, b, score / 100) for (a, b), score in pairs.items()]
    judgements.append(judged(*apart, 0.0, author="Ada Moor", verdict=Verdict.DIFFERENT))
    assert not any(set(apart) <= set(c.members) for c in cluster(STORY, MEMBERS, judgements))


def test_what_is_certain_of_one_is_certain_of_all_a_person_bound_to_it() -> None:
    """Else what is bound, of which no pair is known but one, would lose its own copy to whatever is alone."""
    pairs = [
        judged("r2", "r3", 1.0, author="Ada Moor"),
        judged("r1", "r2", 0.0, author="Ada Moor", verdict=Verdict.DIFFERENT),
        judged("r2", "r4", 0.99),
        judged("r1", "r4", 0.9),
    ]
    expected = {frozenset({"r1"}), frozenset({"r2", "r3", "r4"})}
    assert groups(cluster(STORY, ["r1", "r2", "r3", "r4"], pairs, PLAIN)) == expected


# --- what clusters may be the same as beyond those clustered anew ------------------------------------------------


def test_a_new_doubt_is_told_to_both_sides() -> None:
    (found,) = cluster(STORY, ["a"], [])
    (other,) = cluster(STORY, ["b"], [])
    beyond = doubts_beyond([found], [], [judged("a", "b", 0.4)])
    one, two = with_doubts([found], {"b": other}, beyond)
    assert (one.unsure, two.unsure) == ((("a", "b"),), (("b", "a"),))
    assert two.members == ("b",)


def test_an_old_doubt_is_kept_until_both_are_clustered_together() -> None:
    (held,) = cluster(STORY, ["a"], [])
    held = replace(held, unsure=(("a", "b"), ("a", "c")))
    (found,) = cluster(STORY, ["a", "c"], [judged("a", "c", 0.9)])
    assert doubts_beyond([found], [held], []) == {("a", "b")}


def test_what_is_told_apart_is_no_doubt() -> None:
    found = cluster(STORY, ["a"], [])
    apart = [judged("a", "b", 0.1)]
    assert doubts_beyond(found, [], apart) == set()
    assert with_doubts(found, {}, {("a", "b")}) == list(found)
