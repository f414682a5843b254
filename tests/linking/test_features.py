"""Features: the same for a pair whichever report comes first and whatever else is compared at the same time."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import numpy as np

from onrecord.linking.event_candidates import compared
from onrecord.linking.event_features import FEATURES, features
from onrecord.linking.event_sheets import Told
from onrecord.linking.story_features import FEATURES as STORY_FEATURES
from onrecord.linking.story_features import Prepared
from onrecord.linking.story_features import features as story_features
from onrecord.model import Digest

from .builders import digested
from .test_linker import FIRE, FIRE_A_YEAR_EARLIER, FIRE_AGAIN, GRAIN, told_at_length

REPORTS = [
    digested(FIRE, title="Two die in tannery fire", day="2031-03-05"),
    digested(FIRE_AGAIN, title="Tannery blaze suspicious"),
    digested(FIRE_A_YEAR_EARLIER, title="Three hurt in mill fire", day="2030-03-02"),
    digested(GRAIN, title="Orvania raises grain duty", day="2031-03-05"),
]


def sensed(found: Digest, seed: int) -> Digest:
    """The digest with a made-up vector for each mention."""
    numbers = np.random.default_rng(seed).integers(0, 256, (len(found.events), 64), dtype=np.uint8)
    events = (replace(e, sense=b64encode(row.tobytes()).decode()) for e, row in zip(found.events, numbers, strict=True))
    return replace(found, events=tuple(events))


def scored(mine: Digest, *others: Digest) -> dict[tuple[str, str], dict[str, float]]:
    reports = [(Told(other), 0.7) for other in others]
    found = compared([(Told(mine), reports)])
    table = features(found.pairing, found.chosen)
    out = {}
    for at, (i, block, row) in enumerate(zip(found.chosen.i, found.block, found.row, strict=True)):
        pair = sorted((mine.events[i].id, others[block].events[row].id))
        out[pair[0], pair[1]] = dict(zip(FEATURES, table[at].tolist(), strict=True))
    return out


def test_story_features_are_symmetric_and_depend_on_the_pair_alone() -> None:
    for one in REPORTS:
        rows = story_features(Prepared(one), [Prepared(other) for other in REPORTS])
        for other, row in zip(REPORTS, rows, strict=True):
            (back,) = story_features(Prepared(other), [Prepared(one)])
            assert dict(zip(STORY_FEATURES, row, strict=True)) == dict(zip(STORY_FEATURES, back, strict=True))


def test_a_report_is_most_like_itself() -> None:
    table = story_features(Prepared(REPORTS[0]), [Prepared(other) for other in REPORTS])
    for name in ("terms", "names", "titles", "text"):
        column = table[:, STORY_FEATURES.index(name)]
        assert int(np.argmax(column)) == 0 and 0.99 <= column[0] <= 1.0


def test_event_features_are_symmetric_and_depend_on_the_two_reports_alone() -> None:
    first, second, third = (told_at_length(day) for day in ("2031-03-05", "2031-03-06", None))
    pairs = scored(first, second)
    assert len(pairs) >= 3
    assert pairs == scored(second, first)
    together = scored(first, third, second)
    assert {pair: together[pair] for pair in pairs} == pairs


def test_what_other_mentions_say_is_symmetric_too() -> None:
    first, second, third = (sensed(told_at_length(f"2031-03-0{n}"), n) for n in range(5, 8))
    pairs = scored(first, second)
    assert pairs == scored(second, first)
    together = scored(first, third, second)
    assert {pair: together[pair] for pair in pairs} == pairs
    assert len({values["level"] for values in pairs.values()}) > 1


def test_a_mention_is_ahead_of_the_others_that_come_near() -> None:
    first, second = told_at_length("2031-03-05"), told_at_length("2031-03-06")
    words = {event.id: event.anchor.text for d in (first, second) for event in d.events if event.anchor}
    same, near = (b64encode(bytes([a] * 32 + [b] * 32)).decode() for a, b in ((100, 100), (100, 60)))
    senses = {"invited": same, "invitation": near}
    one, two = (
        replace(d, events=tuple(replace(e, sense=senses.get(words[e.id], "")) for e in d.events))
        for d in (first, second)
    )
    found = {frozenset(words[k] for k in pair): values for pair, values in scored(one, two).items()}
    cosine = found[frozenset({"invited", "invitation"})]["sense_cosine"]
    assert 0.9 < cosine < 1.0
    assert found[frozenset({"invited"})]["sense_ahead"] == round(1.0 - cosine, 3)
    assert found[frozenset({"invited", "invitation"})]["sense_ahead_most"] < 0.0


def test_event_features_tell_forms_of_a_word_and_participants() -> None:
    first, second = told_at_length("2031-03-05"), told_at_length("2031-03-06")
    words = {event.id: event.anchor.text for d in (first, second) for event in d.events if event.anchor}
    found = {frozenset(words[k] for k in pair): values for pair, values in scored(first, second).items()}
    forms = found[frozenset({"invited", "invitation"})]
    assert (forms["same_lemma"], forms["related_lemma"], forms["participants"]) == (0.0, 1.0, 0.0)
    same = found[frozenset({"invited"})]
    assert (same["same_lemma"], same["actors"], same["recipients"], same["participants"]) == (1.0, 1.0, 1.0, 1.0)
    assert found[frozenset({"invitation"})]["definite"] == 2.0


def test_mentions_near_in_their_sentences_are_compared_whatever_their_words() -> None:
    first, second = told_at_length("2031-03-05"), told_at_length("2031-03-06")
    words = {event.id: event.anchor.text for d in (first, second) for event in d.events if event.anchor}
    apart = {frozenset(words[k] for k in pair) for pair in scored(first, second)}
    near, far = (b64encode(bytes([n] * 32 + [127] * 32)).decode() for n in (120, 136))
    senses = {"invited": near, "refused": near, "invitation": far}
    both = [
        replace(d, events=tuple(replace(e, sense=senses.get(words[e.id], "")) for e in d.events))
        for d in (first, second)
    ]
    found = {frozenset(words[k] for k in pair): values for pair, values in scored(*both).items()}
    assert frozenset({"invited", "refused"}) in found.keys() - apart
    assert found[frozenset({"invited", "refused"})]["sense_cosine"] == 1.0
    assert abs(found[frozenset({"invited", "invitation"})]["sense_cosine"]) < 0.1
