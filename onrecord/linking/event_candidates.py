"""Which pairs of event mentions are worth scoring: of one meaning, by word or sentence, or one kind and participant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.linking.bags import Floats, Ints
from onrecord.linking.event_features import Chosen, Context, Flags, Pairing, both
from onrecord.linking.event_grounds import SHORT, WEEK
from onrecord.linking.event_sheets import Told, stacked

NEAR = 0.35  # cosine from which two words are worth comparing
NEAR_SENSE = 0.3  # cosine from which two mentions are near in what their sentences make of them
NEAR_KIND = 0.3  # the same for two words of one type
SHARED = 0.2  # share of the sentences' words in common from which everyday verbs are compared
MOST_COMPARED = 200  # pairs of mentions scored for a pair of reports
MOST_WITHIN = 100  # the same within a report
MOST_RIVALS = 4.0


Asked = tuple[Told, Sequence[tuple[Told, float]]]  # a report, and those to compare it with, each with their score


@dataclass(frozen=True, eq=False)
class Compared:
    """The mentions of reports against those of others, themselves perhaps among them; ``block`` says which two."""

    pairing: Pairing
    chosen: Chosen
    block: Ints  # of each pair: number of the two reports, in the order asked
    line: Ints  # of each pair: number of the mention in the report
    row: Ints  # and of that in the report compared with


class _Blocks:
    """Which rows of two stacks of sheets are to be compared, and what is known of the two reports they are of."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.reports = list({id(other): other for _, others in asked for other, _ in others}.values())
        number = {id(report): at for at, report in enumerate(self.reports)}
        self._table = np.full((len(asked), len(self.reports)), -1, dtype=np.int64)
        pairs = [(mine, other, score) for mine, others in asked for other, score in others]
        at = np.repeat(np.arange(len(asked)), [len(others) for _, others in asked])
        self._table[at, [number[id(other)] for _, other, _ in pairs]] = np.arange(len(pairs))
        self.within = np.array([other is mine for mine, other, _ in pairs], dtype=bool)
        self.turned = np.array([other.digest.report < mine.digest.report for mine, other, _ in pairs], dtype=bool)
        self.story = np.array([score for _, _, score in pairs], dtype=np.float64)
        self._left, self._line = _numbered([mine.sheet.height for mine, _ in asked])
        self._right, self._row = _numbered([report.sheet.height for report in self.reports])
        self._of_asked = np.array([mine.middle for mine, _ in asked])
        self._of_reports = np.array([report.middle for report in self.reports])

    def asked(self) -> Flags:
        """Of each row with each, whether they are to be compared."""
        found: Flags = (self._table >= 0)[self._left[:, None], self._right[None, :]]
        return found

    def of(self, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints]:
        """The block of each pair, and the number of either mention in its report."""
        return self._table[self._left[i], self._right[j]], self._line[i], self._row[j]

    def level(self, pairing: Pairing, i: Ints, j: Ints) -> Floats:
        """How near either mention of a pair is to those of the other report on the whole, mean of both ways."""
        mine = (pairing.left.senses[i] * self._of_reports[self._right[j]]).sum(axis=1)
        theirs = (pairing.right.senses[j] * self._of_asked[self._left[i]]).sum(axis=1)
        found: Floats = (mine + theirs) / 2
        return found


def _numbered(heights: Sequence[int]) -> tuple[Ints, Ints]:
    """Of each row of a stack, the number of its sheet, and its own in that sheet."""
    sheet = np.repeat(np.arange(len(heights)), heights)
    starts = np.cumsum([0, *heights])[:-1]
    return sheet, np.arange(len(sheet)) - starts[sheet]


def compared(asked: Sequence[Asked]) -> Compared:
    """The pairs worth scoring, of each two reports the likeliest first; of a report with itself each pair once.

    What is chosen of two reports depends on these two alone.
    """
    blocks = _Blocks(asked)
    pairing = Pairing(stacked([mine.sheet for mine, _ in asked]), stacked([other.sheet for other in blocks.reports]))
    i, j, alike, by_sense = _alike(pairing, blocks.asked())
    block, line, row = blocks.of(i, j)
    kept = ~blocks.within[block] | (line < row)
    i, j, block, line, row = i[kept], j[kept], block[kept], line[kept], row[kept]
    promise = _promise(pairing, i, j)
    turned = blocks.turned[block]
    order = np.lexsort((np.where(turned, line, row), np.where(turned, row, line), -promise, block))
    order = order[promise[order] > 0.0]
    most = np.where(blocks.within, MOST_WITHIN, MOST_COMPARED)
    order = order[_before(block[order]) < most[block[order]]]
    i, j, block, line, row, promise = i[order], j[order], block[order], line[order], row[order], promise[order]
    alike, by_sense = alike[kept][order], by_sense[kept][order]
    within = blocks.within[block]
    rivals = _before(_number(block, line)), _before(_number(block, row))
    if within.any():
        rivals = _with_turns(rivals, within, (block, line, row))
    chosen = Chosen(
        i=i,
        j=j,
        story=blocks.story[block],
        within=within,
        alike=alike,
        by_sense=by_sense,
        promise=np.round(promise, 4),
        behind=np.round(np.maximum(_best(block, line, promise), _best(block, row, promise)) - promise, 4),
        rivals=np.minimum(MOST_RIVALS, np.maximum(*rivals)),
        rivals_least=np.minimum(MOST_RIVALS, np.minimum(*rivals)),
        context=_context(pairing, i, j, (block, line, row), blocks.level(pairing, i, j)),
    )
    return Compared(pairing, chosen, block, line, row)


def _context(pairing: Pairing, i: Ints, j: Ints, places: tuple[Ints, Ints, Ints], level: Floats) -> Context:
    """What the vectors of other mentions say for a pair; ``places``: block, line, row."""
    block, line, row = places
    sense = pairing.sense[i, j]
    of_mine, of_theirs = (sense - _best_other(_number(block, mention), sense) for mention in (line, row))
    mine, theirs = (_kept_apart(side.ids["sentence"]) for side in (pairing.left, pairing.right))
    sentences = _kept_apart(_number(_number(block, mine[i]), theirs[j]))
    company = (_company(sentences, line, sense) + _company(sentences, row, sense)) / 2
    least: Floats = np.minimum(of_mine, of_theirs)
    most: Floats = np.maximum(of_mine, of_theirs)
    return Context(np.round(least, 3), np.round(most, 3), np.round(company, 3), np.round(level, 3))


def _kept_apart(names: Ints) -> Ints:
    """A small number for each different name."""
    return np.unique(names, return_inverse=True)[1]


def _best_other(keys: Ints, values: Floats) -> Floats:
    """For each place the greatest value of another with its key; 0 where there is none greater."""
    order = np.lexsort((-values, keys))
    ranked = keys[order]
    first = np.searchsorted(ranked, ranked)
    second = np.minimum(first + 1, len(order) - 1)
    best, next_best = values[order][first], np.where(ranked[second] == ranked, values[order][second], 0.0)
    out = np.empty(len(values))
    out[order] = np.where(first == np.arange(len(order)), next_best, best)
    return np.maximum(0.0, out)


def _company(sentences: Ints, mention: Ints, sense: Floats) -> Floats:
    """How near the other mentions of one sentence come, at best, to those of the other; -1 where there are none.

    ``sentences`` numbers from nought the two sentences that each pair is of.
    """
    place, best = _greatest(_number(sentences, mention), sense)
    of_sentence = np.zeros(len(best), dtype=np.int64)
    of_sentence[place] = sentences
    total, count = np.bincount(of_sentence, best), np.bincount(of_sentence)
    others = count[of_sentence[place]] - 1
    mean: Floats = (total[of_sentence[place]] - best[place]) / np.maximum(1, others)
    return np.where(others > 0, mean, -1.0)


def _with_turns(rivals: tuple[Ints, Ints], within: Flags, places: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """Within one report a mention has rivals in either place of a pair; ``places``: block, line, row."""
    at = np.flatnonzero(within)
    seen: dict[tuple[int, int], int] = {}
    left, right = rivals[0].copy(), rivals[1].copy()
    for k, block, a, b in zip(at.tolist(), *(found[at].tolist() for found in places), strict=True):
        left[k], right[k] = seen.get((block, a), 0), seen.get((block, b), 0)
        seen[block, a], seen[block, b] = left[k] + 1, right[k] + 1
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
    place, best = _greatest(_number(block, row), promise)
    found: Floats = best[place]
    return found


def _greatest(keys: Ints, values: Floats) -> tuple[Ints, Floats]:
    """The number of each place's key among the different ones, and the greatest value of each, at least 0."""
    different, place = np.unique(keys, return_inverse=True)
    best = np.zeros(len(different))
    np.maximum.at(best, place, values)
    return place, best


def _alike(pairing: Pairing, asked: Flags) -> tuple[Ints, Ints, Flags, Flags]:
    """Of rows ``asked`` for: one word, forms of one word, words of one sense or near ones, or one kind and participant.

    Also mentions near in their sentences ("hit", "mowed down"), whatever the words.

    What is dated to one day, or a plan to its week, is compared in whatever words: with two participants in common,
    or one and the names of both sentences, or of one kind with a participant or place in common.
    """
    if not (pairing.left.height and pairing.right.height):
        nothing = np.zeros(0, dtype=np.bool_)
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), nothing, nothing
    kind = pairing.same("type") & ((pairing.people > 0) | pairing.near(NEAR_KIND))
    words = kind | pairing.same("lemma") | pairing.kin(NEAR)
    alike = (words | (pairing.sense >= NEAR_SENSE)) & asked
    found = alike.copy()
    i, j = _one_day(pairing)
    apart = asked[i, j] & ~found[i, j]
    i, j = i[apart], j[apart]
    same = {name: both(pairing, name, i, j)[0] for name in ("type", "place")}
    people = pairing.people[i, j]
    told = pairing.shared("names").counts(i, j)
    one_day = (people > 1) | ((people > 0) & (told > 1)) | (same["type"] & ((people > 0) | same["place"]))
    found[i[one_day], j[one_day]] = True
    i, j = np.nonzero(found)
    return i, j, alike[i, j], alike[i, j] & ~words[i, j]


def _one_day(pairing: Pairing) -> tuple[Ints, Ints]:
    """Pairs of rows that are dated by their own time, to a day or so, plans to a week, and overlap."""
    (s, e, a), (t, f, b) = (_days(sheet.plain) for sheet in (pairing.left, pairing.right))
    mine, theirs = np.flatnonzero(a), np.flatnonzero(b)
    met = (s[mine, None] <= f[None, theirs]) & (t[None, theirs] <= e[mine, None])
    i, j = np.nonzero(met)
    return mine[i], theirs[j]


def _days(plain: Mapping[str, Floats]) -> tuple[Floats, Floats, Flags]:
    start, end = plain["start"], plain["end"]
    plan = (plain["ahead"] > 0) | (plain["negated"] > 0)
    return start, end, (plain["dated"] > 0) & (end - start <= np.where(plan, WEEK.days, SHORT.days))


def _promise(pairing: Pairing, i: Ints, j: Ints) -> Floats:
    """How likely a pair looks at first sight; 0: not worth scoring."""
    left, right = pairing.left.plain, pairing.right.plain
    same, _ = both(pairing, "lemma", i, j)
    people = pairing.people[i, j]
    sizes = pairing.left.terms.counts[i], pairing.right.terms.counts[j]
    sentence = pairing.terms.counts(i, j) / np.maximum(1.0, np.minimum(*sizes))
    kin = pairing.synonyms[i, j] | pairing.wider[i, j]
    cosine = pairing.cosine[i, j]
    sense = pairing.sense[i, j]
    word = np.select([same, pairing.family[i, j], kin], [2.0, 1.5, 0.6 + cosine], np.maximum(cosine, sense))
    headlines = left["headline"][i] + right["headline"][j]
    found: Floats = (
        word + 0.8 * both(pairing, "type", i, j)[0] + 0.3 * np.minimum(people, 3) + 0.5 * headlines + 1.5 * sentence
    )
    light = (left["light"][i] + right["light"][j]) > 0
    alike = same | (sense >= NEAR_SENSE)
    found[light & ~(alike & ((people > 0) | (sentence >= SHARED)))] = 0.0
    return found
