"""What one text does with the claim of another: features that always hold, and the shipped judge on invented pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.pair_features import FEATURES, Side, features, similarity
from onrecord.linking.pair_judge import judge_pair, judges
from onrecord.model import Reading

from .builders import report


def bare(text: str) -> Reading:
    return Reading(report(text), "test")


def named(left: str, right: str) -> dict[str, float]:
    return dict(zip(FEATURES, features(Side(bare(left)), Side(bare(right))).tolist(), strict=True))


def test_every_shipped_judge_is_made_for_these_features() -> None:
    assert set(judges()) == {"weakens", "strengthens", "stance"}
    assert set(judges()["stance"].answers) == {"for", "against", "observing"}
    assert all(len(m.slopes) == len(FEATURES) for judge in judges().values() for m in judge.models)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_two_texts_have_finite_features_and_chances_that_sum_to_one(left: str, right: str) -> None:
    assert np.isfinite(features(Side(bare(left)), Side(bare(right)))).all()
    answered = judge_pair("stance", bare(left), bare(right))
    assert sum(chance for _, chance in answered.chances) == pytest.approx(1.0, abs=1e-3)
    assert dict(answered.chances)[answered.answer] == max(chance for _, chance in answered.chances)


def test_a_refutation_counts_for_what_it_adds_to_the_claim() -> None:
    claim = "Mayor Ona Lisk of Tarnford denied the bridge money"
    assert named(claim, claim)["refutations_of_it"] == 0.0
    assert named(claim, f"{claim}, a false story")["refutations_of_it"] == 1.0
    assert named("Mayor Ona Lisk resigned", "A false alarm in Quellport")["refutations_of_it"] == 0.0


def test_the_pair_has_a_direction() -> None:
    claim, answer = "Ona Lisk resigned on Monday", "Lisk did not resign, the mayor's office says"
    assert named(claim, answer)["more_negations"] == 1.0
    assert named(answer, claim)["more_negations"] == -1.0


@pytest.mark.parametrize("text", ["Ferry sinks off Tessaly: coastguard", "Source: ferry sinks off Tessaly"])
def test_a_headline_names_its_source_beside_a_colon(text: str) -> None:
    assert named("A ferry sank", text)["right_sourced"] == 1.0
    assert named("A ferry sank", "Ferry sinks off Tessaly, and the island mourns its dead")["right_sourced"] == 0.0


def test_similarity_is_one_with_itself_and_none_without_a_word_in_common() -> None:
    one, two = Side(bare("The ferry Marigold ran aground")), Side(bare("Parliament raised grain duty"))
    assert similarity(one, one) == pytest.approx(1.0)
    assert similarity(one, two) == 0.0


@pytest.mark.parametrize(
    ("headline", "stance"),
    [
        ("Ferry Marigold runs aground off Tessaly", "for"),
        ("No, the ferry Marigold did not run aground off Tessaly: the story is a hoax", "against"),
        ("Did the ferry Marigold run aground? Unconfirmed reports say it may have", "observing"),
    ],
)
def test_plain_headlines_are_told_apart(headline: str, stance: str) -> None:
    assert judge_pair("stance", bare("The ferry Marigold ran aground off Tessaly"), bare(headline)).answer == stance
