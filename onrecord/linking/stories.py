"""Pairs of reports: copies of one text, and reports of one story, with reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.linking.copies import shared_passages, shared_share, similarity
from onrecord.linking.story_features import TOP, Prepared, Table, similarities, table_features
from onrecord.linking.trees import Forest, load_forest
from onrecord.linking.words import weight
from onrecord.model import Digest, Reason, Verdict

MODEL = "linking-stories.json"
SAME_STORY = 0.5
UNSURE_STORY = 0.25
KEPT_STORY = 0.05  # below it a pair is not worth a row
SAME_TEXT = 0.6  # MinHash similarity, or share of passages of the shorter text
PARTLY = 0.2
BY_CHANCE = 0.3  # MinHash similarity that short texts can seem to have without one whole passage in common
LEAST_ALIKE = 0.04  # cosine of words below which no two reports of the training data were one story but 0.3 %
LONG_HEADLINE = 5  # telling words
MONTH = 31  # days
SAME_HEADLINE = 0.6  # the least score of two reports under one long headline
Finding = tuple[Verdict, float, tuple[Reason, ...]]


def story_scores(mine: Prepared, others: Sequence[Prepared], forest: Forest | None = None) -> list[float]:
    """Probability that each other report tells the same story, 0 … 1; by the shipped forest unless told."""
    return [score for score, _ in scores_and_cosines(mine, others, forest)]


def scores_and_cosines(
    mine: Prepared, others: Sequence[Prepared], forest: Forest | None = None
) -> list[tuple[float, float]]:
    """The same, each with the cosine of the words of both reports."""
    if not others:
        return []
    table = Table(mine, others)
    cosines = table.cosines()
    alike = np.flatnonzero(cosines >= LEAST_ALIKE)
    scores = np.zeros(len(others))
    scores[alike] = (forest or load_forest(MODEL)).probabilities(table_features(table, mine, others)[alike])
    return list(zip(scores.tolist(), cosines.tolist(), strict=True))


def may_be_copies(mine: Prepared, others: Sequence[Prepared]) -> list[bool]:
    """Whether two texts have enough words in a row, or a passage, in common to be looked at as copies."""
    passages = {value for value, _, _ in mine.digest.paragraphs}
    return [
        alike >= PARTLY or any(value in passages for value, _, _ in other.digest.paragraphs)
        for alike, other in zip(similarities(mine, others) if others else (), others, strict=True)
    ]


def story_verdict(score: float) -> Verdict | None:
    """The verdict on a story pair; none where nothing speaks for it."""
    if score >= SAME_STORY:
        return Verdict.SAME
    if score >= UNSURE_STORY:
        return Verdict.UNSURE
    return Verdict.DIFFERENT if score >= KEPT_STORY else None


def same_headline(left: Prepared, right: Prepared) -> bool:
    """Whether both carry the same long headline, within a month: short ones are formulas, older ones series."""
    if len(left.title) < LONG_HEADLINE or left.title.keys() != right.title.keys():
        return False
    return left.published is None or right.published is None or abs(left.published - right.published) <= MONTH


def judge_copy(left: Digest, right: Digest) -> Finding | None:
    """Whether one text repeats the other; none where they share next to nothing.

    *Same*: most of the shorter text is in the other. *Unsure*: a part of it is, as agency text within a longer report.
    """
    alike = similarity(left.shingles, right.shingles)
    left_share, right_share = shared_share(left, right)
    share = max(left_share, right_share)
    score = max(alike, share)
    if score < PARTLY:
        return None
    passages = len(shared_passages(left, right))
    if not passages and score < BY_CHANCE:
        return None
    reasons = [Reason("text", round(alike, 3), f"about {alike:.0%} of their three-word runs are the same")]
    if passages:
        plural = "passages are" if passages > 1 else "passage is"
        words = f"{passages} {plural} the same word for word: {left_share:.0%} of one, {right_share:.0%} of the other"
        reasons.append(Reason("passages", float(passages), words))
    if left.address == right.address:
        reasons.append(Reason("address", 1.0, "both were published at the same address: a revision"))
    verdict = Verdict.SAME if score >= SAME_TEXT else Verdict.UNSURE
    return verdict, min(1.0, score), tuple(reasons)


def story_reasons(mine: Prepared, other: Prepared, score: float, cosine: float) -> tuple[Reason, ...]:
    """Why two reports are held to tell the same story or not: what they share, what they do not."""
    left, right = (mine, other) if mine.digest.report <= other.digest.report else (other, mine)
    headline = [Reason("headline", 1.0, "the same headline")] if same_headline(left, right) else []
    reasons = [*headline, *_names(left, right), *_facts(left, right), *_words(left, right, cosine)]
    reasons.append(Reason("score", round(score, 3), f"taken together: {score:.0%} likely one story"))
    return tuple(reasons)


def listed(words: Iterable[str], most: int = 3) -> str:
    """A short list in words: ``a, b and c``."""
    items = list(words)
    shown = items[:most]
    if len(items) > most:
        return ", ".join(shown) + f" and {len(items) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def shown_name(name: str) -> str:
    """A folded name as a person writes it."""
    return " ".join(
        w if w in {"of", "the", "de", "la", "al", "bin", "van", "von"} else w.capitalize() for w in name.split()
    )


def _names(left: Prepared, right: Prepared) -> list[Reason]:
    both = set(left.digest.names) & set(right.digest.names)
    shared = sorted(both, key=lambda n: (-weight(n), n))
    if shared:
        words = f"both name {listed(shown_name(n) for n in shared)}"
        return [Reason("names", round(sum(weight(n) for n in shared), 2), words)]
    if left.digest.names and right.digest.names:
        return [Reason("names", 0.0, "no name in common")]
    return []


def _facts(left: Prepared, right: Prepared) -> list[Reason]:
    reasons = []
    days = sorted(set(left.digest.dates) & set(right.digest.dates))
    if days:
        reasons.append(Reason("days", float(len(days)), f"both name {listed(days)}"))
    elif left.digest.dates and right.digest.dates:
        reasons.append(Reason("days", 0.0, "no shared date"))
    ages = sorted(a.removeprefix("age:") for a in left.ages & right.ages)
    if ages:
        reasons.append(Reason("ages", float(len(ages)), f"both give the age {listed(ages)}"))
    elif left.ages and right.ages:
        either = [listed(sorted((a.removeprefix("age:") for a in side.ages), key=int)) for side in (left, right)]
        reasons.append(Reason("ages", 0.0, f"ages differ: {either[0]} in one, {either[1]} in the other"))
    if left.published is not None and right.published is not None:
        apart = abs(left.published - right.published)
        words = "published on the same day" if apart == 0 else f"published {apart} day{'s' if apart > 1 else ''} apart"
        reasons.append(Reason("published_apart", float(apart), words))
    else:
        reasons.append(Reason("published_unknown", 1.0, "one or both carry no date of publication"))
    return reasons


def _words(left: Prepared, right: Prepared, alike: float) -> list[Reason]:
    mine = {word for word, _ in left.digest.terms[:TOP]}
    shared = sorted((w for w, _ in right.digest.terms[:TOP] if w in mine), key=lambda w: (-weight(w), w))
    if not shared:
        return [Reason("terms", round(alike, 3), "few telling words in common")]
    words = f"telling words in common: {listed(shared, 5)}"
    return [Reason("terms", round(alike, 3), words)]
