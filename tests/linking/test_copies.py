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
from onrecord.model import Digest, Verdict

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


def dated(text: str, day: str | None = None) -> Digest:
    return digested(text, title="A report", day=day)


ARREST = (
    "Police in {town} arrested {who} on Tuesday on suspicion of breaking into {shop} during the night. "
    "{who}, who lives in {town}, was taken to the station and is to appear in court within a week. "
    "Nobody was hurt, and what had been taken from {shop} was found in the car, police in {town} said."
)
FIRST = ARREST.format(town="Kelmar", who="Osk Brandel", shop="Varn and Sons")
ANEW = ARREST.format(town="Tarnsund", who="Pavo Lint", shop="Ulmer House")
RATES = (
    "Prices in Orvania rose by {rate} percent over the year, the statistics office in Amelin said on Monday. "
    "Food cost {food} percent more and rents {rent} percent more than twelve months before, the office said. "
    "The central bank of Orvania, which aims at a lower figure, meets again in {days} days to set its rate."
)
MAY = RATES.format(rate="4.25", food="11.5", rent="14.75", days=19)
JUNE = RATES.format(rate="3.75", food="10.5", rent="12.25", days=12)


def test_a_form_filled_in_with_other_names_is_no_copy_on_any_day() -> None:
    assert similarity(signature(FIRST), signature(ANEW)) > 0.2
    for day in ("2031-03-05", "2034-03-05"):
        assert judge_copy(dated(FIRST, day="2031-03-05"), dated(ANEW, day=day)) is None
    assert judge_copy(dated(FIRST), dated(ANEW)) is None


def test_a_form_with_the_same_town_and_other_people_is_no_copy_years_later() -> None:
    other = ARREST.format(town="Kelmar", who="Pavo Lint", shop="Ulmer House")
    assert judge_copy(dated(FIRST, day="2031-03-05"), dated(other, day="2034-03-05")) is None
    assert judge_copy(dated(FIRST, day="2031-03-05"), dated(other, day="2031-03-06")) is not None


def test_figures_told_anew_each_month_make_no_copy_and_a_corrected_text_is_one() -> None:
    assert judge_copy(dated(MAY, day="2031-06-10"), dated(JUNE, day="2031-07-10")) is None
    found = judge_copy(dated(MAY, day="2031-06-10"), dated(JUNE, day="2031-06-11"))
    assert found is not None and found[0] is Verdict.SAME
    again = judge_copy(dated(MAY, day="2031-06-10"), dated(MAY.replace("11.5", "11.4"), day="2031-07-10"))
    assert again is not None and again[0] is Verdict.SAME


def test_sentences_copied_whole_at_the_time_are_copied_whoever_is_named_beside_them() -> None:
    quoted = "The vessel had left an hour late because of a fault in its steering gear, the report found. "
    left = dated(quoted + "Osk Brandel of Kelmar said so on Sunday.", day="2031-03-05")
    right = dated(quoted + "Divers of Tarnsund, led by Pavo Lint, went down.", day="2031-03-06")
    assert judge_copy(left, right) is not None
    assert (
        judge_copy(left, dated(quoted + "Divers of Tarnsund, led by Pavo Lint, went down.", day="2033-03-06")) is None
    )


def test_a_page_written_anew_at_its_address_remains_a_revision() -> None:
    left, right = dated(FIRST, day="2031-03-05"), dated(ANEW, day="2031-05-05")
    found = judge_copy(left, replace(right, address=left.address))
    assert found is not None and "revision" in found[2][-1].words


def test_agency_text_is_still_found_under_other_datelines_and_after_years() -> None:
    for day in ("2031-03-06", "2034-03-06"):
        found = judge_copy(digested(AGENCY, day="2031-03-05"), digested(f"TARNSUND, March 6 - {AGENCY}", day=day))
        assert found is not None and found[0] is Verdict.SAME
        assert judge_copy(digested(AGENCY, day="2031-03-05"), digested(LONGER, day=day)) is not None


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
