"""Copies: near-duplicates, partial copies at passage level, and our estimates against datasketch's."""

from __future__ import annotations

import itertools
from dataclasses import replace

from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking import shared_passages, shared_share
from onrecord.linking.copies import bands, passages, shingles, signature, similarity
from onrecord.linking.stories import judge_copy
from onrecord.model import Verdict

from .builders import digested

AGENCY = (
    "The ferry Marigold ran aground off the island of Tessaly on Sunday with 212 people on board. "
    "Coastguards in Port Amelin said all passengers were brought ashore before midnight. "
    "The vessel had left Old Quay an hour late because of a fault in its steering gear. "
    "Its operator, Northern Line, said divers would inspect the hull on Monday morning."
)
LONGER = (
    "Passengers spoke of a loud scraping noise and of children crying in the dark on the upper deck. "
    "One of them, a teacher called Osk Brandel, said the crew had stayed calm throughout the evening. "
    f"{AGENCY} "
    "It is the third accident in these waters within two years, and the harbour master has asked for new buoys."
)
OTHER = (
    "The parliament of Orvania voted late on Thursday to raise the duty on imported grain by four per cent. "
    "Farmers had blocked the bridges of the capital for a week before the finance minister gave way."
)


def test_a_text_is_a_copy_of_itself_under_another_headline() -> None:
    left, right = digested(AGENCY, title="Ferry runs aground"), digested(AGENCY, title="All safe after ferry accident")
    verdict, score, reasons = judge_copy(left, right)
    assert verdict is Verdict.SAME
    assert score == 1.0
    assert any("same word for word" in r.words for r in reasons)
    assert {k for k in left.keys if k.startswith("c:")} == {k for k in right.keys if k.startswith("c:")}


def test_agency_text_inside_a_longer_report_is_found_with_its_sentences() -> None:
    left, right = digested(AGENCY), digested(LONGER)
    spans = shared_passages(left, right)
    assert [a.of(AGENCY) for a, _ in spans] == [b.of(LONGER) for _, b in spans]
    assert [a.of(AGENCY) for a, _ in spans] == [s if s.endswith(".") else f"{s}." for s in AGENCY.split(". ")]
    whole, part = shared_share(left, right)
    assert whole == 1.0
    assert 0.4 < part < 0.7
    assert {k for k in left.keys if k.startswith("p:")} <= set(right.keys)


def test_reports_that_share_no_text_are_no_copies() -> None:
    assert judge_copy(digested(AGENCY), digested(OTHER)) is None


def test_a_dateline_is_no_part_of_the_sentence_after_it() -> None:
    dateline = "PORT AMELIN, March 5 (Northline) - "
    first = AGENCY.split(". ")[0] + "."
    bare, dated = passages(AGENCY), passages(dateline + AGENCY, [len(dateline)])
    assert [value for value, _, _ in bare] == [value for value, _, _ in dated]
    assert (dateline + AGENCY)[dated[0][1] : dated[0][2]] == first
    assert passages(dateline + AGENCY)[0][0] != bare[0][0]


def test_likeness_by_chance_without_one_sentence_in_common_is_no_copy() -> None:
    left = digested("Police in Amelin said on Monday that two men had been arrested. The ferry was late again.")
    right = digested("Police in Amelin said on Monday that a thief had confessed. The bridge will open in May.")
    assert judge_copy(left, right) is None
    assert judge_copy(replace(left, shingles=right.shingles), right) is not None


def test_a_lightly_edited_copy_is_still_found() -> None:
    edited = AGENCY.replace("ran aground", "got stuck").replace("an hour late", "one hour late")
    verdict, score, _ = judge_copy(digested(AGENCY), digested(edited))
    assert verdict in {Verdict.SAME, Verdict.UNSURE}
    assert score > 0.4
    assert set(bands(signature(AGENCY))) & set(bands(signature(edited)))


def test_short_formulas_are_no_shared_passages() -> None:
    formula = "Sign up here. Read more. Follow us."
    assert passages(formula) == ()


WORDS = st.lists(st.sampled_from([f"word{i}" for i in range(40)]), min_size=12, max_size=80)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.integers(0, 80), st.integers(0, 11))
def test_the_estimate_is_near_datasketch_and_the_truth(words: list[str], cut: int, changed: int) -> None:
    other = [*words[:cut], *(f"{w}x" if i < changed else w for i, w in enumerate(words[cut:]))]
    left, right = shingles(" ".join(words)), shingles(" ".join(other))
    truth = len(left & right) / len(left | right)
    oracle = [MinHash(num_perm=256, seed=7) for _ in range(2)]
    for made, parts in zip(oracle, (left, right), strict=True):
        made.update_batch([p.encode() for p in parts])
    ours = similarity(signature(" ".join(words)), signature(" ".join(other)))
    assert abs(ours - truth) < 0.32  # five standard errors of 64 permutations
    assert abs(ours - oracle[0].jaccard(oracle[1])) < 0.45


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_passages_lie_in_order_inside_any_text(text: str) -> None:
    spans = [(start, end) for _, start, end in passages(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
