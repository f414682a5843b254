"""Pairs of reports: copies of one text, and reports of one story, with reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from onrecord.linking.copies import shared_passages, shared_share, similarity
from onrecord.linking.event_views import name_words
from onrecord.linking.story_features import TOP, Asked, Prepared, Table, table_features
from onrecord.linking.trees import Forest, load_forest
from onrecord.linking.words import weight
from onrecord.model import Digest, Reason, Verdict

MODEL = "linking-stories.json"
SAME_STORY = 0.5
UNSURE_STORY = 0.25
KEPT_STORY = 0.05  # below it a pair is not worth a row
SAME_TEXT = 0.6  # MinHash similarity, or share of passages of the shorter text
PARTLY = 0.2
MOSTLY = 0.5  # names that a text keeps from which it is no form filled in anew
BY_CHANCE = 0.3  # MinHash similarity that short texts can seem to have without one whole passage in common
LEAST_ALIKE = 0.04  # cosine of words below which no two reports of the training data were one story but 0.3 %
LONG_HEADLINE = 5  # telling words
MONTH = 31  # days
REPRINTED = timedelta(days=14)  # within which a text is taken over by others; later the same words are a form filled in
SAME_HEADLINE = 0.6  # the least score of two reports under one long headline
Finding = tuple[Verdict, float, tuple[Reason, ...]]


class Scored(NamedTuple):
    """What numbers say of a pair: as one story, 0 … 1; the cosine of their words; how alike their texts are."""

    other: Prepared
    score: float
    cosine: float
    alike: float


def story_scores(mine: Prepared, others: Sequence[Prepared], forest: Forest | None = None) -> list[float]:
    """Probability that each other report tells the same story, 0 … 1; by the shipped forest unless told."""
    return [found.score for found in scored([(mine, others)], forest)[0]]


def scored(asked: Sequence[Asked], forest: Forest | None = None) -> list[list[Scored]]:
    """Of each report with each of those it is to be compared with."""
    if not any(others for _, others in asked):
        return [[] for _ in asked]
    table = Table(asked)
    cosines = table.cosines()
    alike = np.flatnonzero(cosines >= LEAST_ALIKE)
    scores = np.zeros(table.height)
    scores[alike] = (forest or load_forest(MODEL)).probabilities(table_features(table)[alike])
    values = zip(scores.tolist(), cosines.tolist(), table.likenesses.tolist(), strict=True)
    return [[Scored(other, *next(values)) for other in others] for _, others in asked]


def may_be_copies(mine: Prepared, found: Scored) -> bool:
    """Whether two texts have enough words in a row, or a passage, in common to be looked at as copies."""
    return found.alike >= PARTLY or not mine.passages.isdisjoint(found.other.passages)


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
    if filled_in_anew(left, right):
        return None
    left_share, right_share = shared_share(left, right)
    score = max(alike, left_share, right_share)
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


def filled_in_anew(left: Digest, right: Digest) -> bool:
    """Whether two like texts are one form with other names or figures in it: a police report, the weather, a market.

    A copy keeps names, or whole passages at about the time. Long after, that towns or offices recur makes none yet. Of
    other figures alone only time tells: a toll that rises is one story's, a rate told anew each month is not.
    """
    if left.address == right.address:
        return False
    late = _far_apart(left, right)
    verbatim = bool(shared_passages(left, right))
    if verbatim and not late:
        return False
    names = name_words(left.names), name_words(right.names)
    if _kept(*names) == 0.0:
        return True
    return late and not verbatim and (_kept(*names) < MOSTLY or _kept(_figures(left), _figures(right)) == 0.0)


def _kept(left: frozenset[str], right: frozenset[str]) -> float:
    """How many of the fewer are among the others; all, where there are none."""
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer else 1.0


def _far_apart(left: Digest, right: Digest) -> bool:
    a, b = left.earliest, right.earliest
    return a is not None and b is not None and abs(a - b) > REPRINTED


def _figures(digest: Digest) -> frozenset[str]:
    """Numbers, ages and tolls; not days, which are reckoned from publication."""
    return frozenset(figure for figure in digest.numbers if not figure.startswith("lead:"))


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
