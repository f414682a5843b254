"""One text told by several: found without comparing all with all, and none other than comparing all would find."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record import texts
from onrecord.record.standing import history
from onrecord.record.texts import Texts, one_text

from .builders import testimony as say

WORDS = [f"{a}{b}" for a in ("har", "mill", "stone", "lake") for b in ("bour", "gate", "field", "wick")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS[:13]), min_size=6, max_size=14), min_size=2, max_size=14))
def test_the_same_are_found_as_by_comparing_each_with_each(told):
    items = [say(text=" ".join(words), outlet=f"Outlet {n}", number=n) for n, words in enumerate(told)]
    found = Texts(items)
    for number, item in enumerate(items):
        assert found.has(item) == any(one_text(item, other) for other in items[:number])
        found.add(item)


def test_words_that_nobody_expected_count_as_rare():
    sentence = " ".join(WORDS[:10])
    found = Texts([])
    found.add(say(text=sentence, outlet="Mere Post"))
    assert found.has(say(text=f"{sentence} anew", outlet="Fell Times"))
    assert not found.has(say(text=" ".join(WORDS[6:]), outlet="Fell Times"))


def test_the_same_words_within_longer_sentences_are_one_text():
    row = " ".join(WORDS[:13])
    late = " ".join(f"late{word}" for word in WORDS)
    one = say(text=f"{' '.join(WORDS[13:])} {row}", outlet="Mere Post", anchor=WORDS[5], number=1)
    other = say(text=f"{row} {late}", outlet="Fell Times", anchor=WORDS[5], number=2)
    apart = say(text=f"{row} {late}", outlet="Fell Times", anchor=f"late{WORDS[-1]}", number=3)
    assert one_text(one, other)
    assert not one_text(one, apart)
    found = Texts([])
    found.add(one)
    assert found.has(other)
    assert not found.has(apart)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "He slipped on a frozen stair and struck his head on the eve of the feast.",
            "Ana Tolm, 65, had slipped on a frozen stair and struck his head.",
            True,
        ),
        (
            "'I never slipped in all my years of dancing here,' she said.",
            'Tolm told us: "I never slipped in all my life."',
            True,
        ),
        (
            "The parliament of Sarn slipped the vote on the press bill to 3 May.",
            "The vote on the press bill slipped to 3 May, said a lawmaker.",
            False,
        ),
        (
            "He slipped at the Royal Lodge of the Old Mariners of Sarn on Monday.",
            "She slipped at the Royal Lodge of the Old Mariners of Sarn, too.",
            False,
        ),
        (
            "The boats slipped in the Sea of Tessaly off the north of Velmark and in the Gulf.",
            "They slipped in the Sea of Tessaly off the north of Velmark and sank.",
            True,
        ),
    ],
    ids=[
        "eight words in a row",
        "six of a quotation",
        "a formula",
        "a long name",
        "twelve in a row",
    ],
)
def test_how_many_words_in_a_row_are_one_text(one, other, same):
    claims = [say(text=t, outlet=f"Outlet {n}", anchor="slipped", number=n) for n, t in enumerate((one, other))]
    assert one_text(*claims) is same


def test_a_post_that_a_report_quotes_and_shows_is_one_text():
    post = "Very glad that the bridge of Sarn has opened again after so many years!"
    quoted = say("named:Ana Tolm", text=post, anchor="opened")
    shown = say("named:the mayor", text=post, anchor="opened")
    below = replace(shown, claim=replace(shown.claim, words=replace(shown.claim.words, start=900, end=900 + len(post))))
    assert one_text(quoted, below)
    assert not one_text(quoted, shown)  # "Ana Tolm and the mayor said": two


def test_a_weighing_does_not_compare_all_holders_with_all(monkeypatch):
    """A hundred and fifty outlets with a sentence each: far fewer comparisons than pairs at each weighing."""
    compared = 0

    def counted(left, right):
        nonlocal compared
        compared += 1
        return one_text(left, right)

    monkeypatch.setattr(texts, "one_text", counted)
    told = [
        say(
            f"unnamed:a porter {n}" if n % 3 else "own:",
            text=" ".join(f"{word}{n * k % 97}" for k, word in enumerate(WORDS)),
            outlet=f"Outlet {n}",
            number=n,
            day=1 + n / 150,
        )
        for n in range(150)
    ]
    assert history(told)
    assert compared < 4 * len(told)
