"""Which pairs of event mentions are worth scoring: words of one meaning, or one kind with a participant in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.linking.bags import Floats, Ints
from onrecord.linking.event_features import Chosen, Flags, Pairing
from onrecord.linking.event_grounds import SHORT, WEEK
from onrecord.linking.event_sheets import Told, stacked

NEAR = 0.35  # cosine from which two words are worth comparing
NEAR_KIND = 0.3  # the same for two words of one type
SHARED = 0.2  # share of the sentences' words in common from which everyday verbs are compared
MOST_COMPARED = 60  # pairs of mentions scored for a pair of reports
MOST_WITHIN = 100  # the same within a report
MOST_RIVALS = 4.0


@dataclass(frozen=True, eq=False)
class Compared:
    """One report's mentions against those of several reports, itself perhaps among them; ``block`` says which."""

    pairing: Pairing
    chosen: Chosen
    block: Ints  # of each pair: number of the report compared with
    row: Ints  # of each pair: number of the mention in that report


def compared(mine: Told, others: Sequence[tuple[Told, float]]) -> Compared:
    """The pairs worth scoring, of each report the likeliest first; of a report with itself each pair once.

    With each other report comes its score as one story with this one. What is chosen of two reports depends on these
    two alone.
    """
    right = stacked([other.sheet for other, _ in others])
    heights = [other.sheet.height for other, _ in others]
    starts = np.cumsum([0, *heights])[:-1]
    block_of = np.repeat(np.arange(len(others)), heights)
    within = np.array([other is mine for other, _ in others], dtype=bool)
    pairing = Pairing(mine.sheet, right)
    i, j = _alike(pairing)
    block = block_of[j]
    row = j - starts[block]
    kept = ~within[block] | (i < row)
    i, j, block, row = i[kept], j[kept], block[kept], row[kept]
    promise = _promise(pairing, i, j)
    turned = np.array([other.digest.report < mine.digest.report for other, _ in others], dtype=bool)[block]
    order = np.lexsort((np.where(turned, i, row), np.where(turned, row, i), -promise, block))
    order = order[promise[order] > 0.0]
    most = np.where(within, MOST_WITHIN, MOST_COMPARED)
    order = order[_before(block[order]) < most[block[order]]]
    i, j, block, row, promise = i[order], j[order], block[order], row[order], promise[order]
    story = np.array([score for _, score in others], dtype=np.float64)[block]
    rivals = _before(_number(block, i)), _before(_number(block, j))
    if len(others) and within.any():
        rivals = _with_turns(rivals, within[block], i, row)
    chosen = Chosen(
        i=i,
        j=j,
        story=story,
        within=within[block],
        promise=np.round(promise, 4),
        behind=np.round(np.maximum(_best(block, i, promise), _best(block, j, promise)) - promise, 4),
        rivals=np.minimum(MOST_RIVALS, np.maximum(*rivals)),
        rivals_least=np.minimum(MOST_RIVALS, np.minimum(*rivals)),
    )
    return Compared(pairing, chosen, block, row)


def _with_turns(rivals: tuple[Ints, Ints], within: Flags, i: Ints, row: Ints) -> tuple[Ints, Ints]:
    """Within one report a mention has rivals in either place of a pair."""
    at = np.flatnonzero(within)
    seen: dict[int, int] = {}
    left, right = rivals[0].copy(), rivals[1].copy()
    for k, a, b in zip(at.tolist(), i[at].tolist(), row[at].tolist(), strict=True):
        left[k], right[k] = seen.get(a, 0), seen.get(b, 0)
        seen[a], seen[b] = left[k] + 1, right[k] + 1
    return left, right


def _number(block: Ints, row: Ints) -> Ints:
    """One number for a row in a block."""
    found: Ints = block * (row.max(initial=0) + 1) + row
    return found


def _before(keys: Ints) -> Ints:
    """For each place how often its key came before."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    first = np.searchsorted(ranked, ranked)
    out: Ints = np.empty(len(keys), dtype=np.int64)
    out[order] = np.arange(len(keys)) - first
    return out


def _best(block: Ints, row: Ints, promise: Floats) -> Floats:
    """For each pair the greatest promise of a pair of its report with that row."""
    keys, place = np.unique(_number(block, row), return_inverse=True)
    best = np.zeros(len(keys))
    np.maximum.at(best, place, promise)
    found: Floats = best[place]
    return found


def _alike(pairing: Pairing) -> tuple[Ints, Ints]:
    """Rows with one word, forms of one word, words of one sense or near ones, or of one kind and participant.

    What is dated to one day, or a plan to its week, is compared in whatever words: with two participants in common,
    or one and the names of both sentences, or of one kind with a participant or place in common.
    """
    if not (pairing.left.height and pairing.right.height):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    kind = pairing.same("type") & ((pairing.people > 0) | (pairing.cosine >= NEAR_KIND))
    word = pairing.same("lemma") | pairing.family | pairing.synonyms | pairing.wider | (pairing.cosine >= NEAR)
    found = kind | word
    i, j = np.nonzero(_one_day(pairing) & ~found)
    left, right = pairing.left.ids, pairing.right.ids
    same = {n: (left[n][i] == right[n][j]) & (left[n][i] != 0) for n in ("type", "place")}
    people = pairing.people[i, j]
    told = pairing.shared("names").counts(i, j)
    alike = (people > 1) | ((people > 0) & (told > 1)) | (same["type"] & ((people > 0) | same["place"]))
    found[i[alike], j[alike]] = True
    i, j = np.nonzero(found)
    return i, j


def _one_day(pairing: Pairing) -> Flags:
    """Which rows are dated by their own time, to a day or so, plans to a week, and overlap."""
    (s, e, a), (t, f, b) = (_days(sheet.plain) for sheet in (pairing.left, pairing.right))
    met: Flags = a[:, None] & b[None, :] & (s[:, None] <= f[None, :]) & (t[None, :] <= e[:, None])
    return met


def _days(plain: Mapping[str, Floats]) -> tuple[Floats, Floats, Flags]:
    start, end = plain["start"], plain["end"]
    plan = (plain["ahead"] > 0) | (plain["negated"] > 0)
    return start, end, (plain["dated"] > 0) & (end - start <= np.where(plan, WEEK.days, SHORT.days))


def _promise(pairing: Pairing, i: Ints, j: Ints) -> Floats:
    """How likely a pair looks at first sight; 0: not worth scoring."""
    left, right = pairing.left.plain, pairing.right.plain
    same = pairing.same("lemma")[i, j]
    people = pairing.people[i, j]
    sizes = pairing.left.terms.counts[i], pairing.right.terms.counts[j]
    sentence = pairing.terms.counts(i, j) / np.maximum(1.0, np.minimum(*sizes))
    kin = pairing.synonyms[i, j] | pairing.wider[i, j]
    cosine = pairing.cosine[i, j]
    word = np.select([same, pairing.family[i, j], kin], [2.0, 1.5, 0.6 + cosine], cosine)
    headlines = left["headline"][i] + right["headline"][j]
    found: Floats = (
        word + 0.8 * pairing.same("type")[i, j] + 0.3 * np.minimum(people, 3) + 0.5 * headlines + 1.5 * sentence
    )
    light = (left["light"][i] + right["light"][j]) > 0
    found[light & ~(same & ((people > 0) | (sentence >= SHARED)))] = 0.0
    return found
