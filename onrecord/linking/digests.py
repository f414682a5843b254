"""The digest of a report: all that linking and candidate finding need of it, independent of every other report."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations

from onrecord.linking.copies import bands, passages, signature
from onrecord.linking.event_digests import event_digests, event_keys
from onrecord.linking.outlet_lines import headline_key, report_lines
from onrecord.linking.surface import Surface, surface
from onrecord.linking.words import stop_words, weight, words_of
from onrecord.model import Digest, PartKind, Reading, Report

MOST_TERMS = 250
LEAD = 600  # characters of a text whose words count more
RARE_NAME = 4.5  # weight from which a name finds candidates
RARE_TERM = 4.0
PASSAGE_KEYS = 24
NAME_KEYS = 22
TERM_KEYS = 28
PAIRED_TERMS = 6
SHORT = 60  # terms below which a text has few keys, so that commoner words and names count
COMMONER = 2.0  # by how much
TITLE_WORDS = 3  # content words a title must have to be a key of its own
PASSING = "cpte"  # keys that find no report long after: a year on, the same words and sentences are a form's
PERIOD = 91  # days of publication that such keys are good for, and those of the periods next to them
MOST_PERIODS = 40  # ten years: in which a report without a date of publication is sought by such keys


def digest(reading: Reading) -> Digest:
    """What linking needs of one reading. The same report and reading give the same digest, whatever came before.

    Keys, for finding candidates: ``c:`` copies, ``p:`` passages, ``h:`` headlines, ``n:`` rare names, ``t:`` telling
    words, alone if rare and in pairs, ``e:`` events by kind and participant, ``d:`` day and place. Those ``PASSING``
    bear the period of publication.
    """
    report = reading.report
    earliest, latest = published(report)
    title = title_of(report)
    found = surface(title, report.text, earliest.date() if earliest else None)
    terms = weighted_terms(title, report.text)
    events = event_digests(reading)
    marks, paragraphs = _text_marks(report)
    keys: dict[str, None] = dict.fromkeys(f"c:{band}" for band in bands(marks))
    keys.update(dict.fromkeys(f"p:{value:012x}" for value, _, _ in _longest(paragraphs)))
    keys.update(dict.fromkeys(_title_key(title)))
    keys.update(dict.fromkeys(_story_keys(found, terms)))
    keys.update(dict.fromkeys(event_keys(events)))
    return Digest(
        report=report.id,
        address=report.address,
        outlet=report.outlet,
        title=title,
        earliest=earliest,
        latest=latest,
        keys=tuple(_dated(key, _period(earliest)) for key in keys),
        shingles=marks,
        terms=terms,
        names=found.names,
        places=found.places,
        dates=found.days,
        numbers=found.numbers,
        credits=report.credits,
        events=events,
        paragraphs=paragraphs,
        lines=report_lines(report),
        headline=headline_key(title),
    )


def _text_marks(report: Report) -> tuple[tuple[int, ...], tuple[tuple[int, int, int], ...]]:
    """What copies are found by. What belongs to an outlet's page is in all its reports, and copied from none."""
    quiet = [p for p in report.parts if p.kind is PartKind.BOILERPLATE]
    found = passages(report.text, [p.end for p in report.parts if p.kind is PartKind.DATELINE])
    if not quiet:
        return signature(report.text), found
    pieces, start = [], 0
    for part in sorted(quiet, key=lambda p: p.start):
        pieces.append(report.text[start : part.start])
        start = max(start, part.end)
    text = " ".join((*pieces, report.text[start:]))
    return signature(text), tuple(f for f in found if not any(p.start <= (f[1] + f[2]) // 2 < p.end for p in quiet))


def _period(moment: datetime | None) -> int | None:
    return moment.date().toordinal() // PERIOD if moment else None


def _dated(key: str, period: int | None) -> str:
    return f"{key}@{'' if period is None else period}" if key[0] in PASSING else key


def sought(digest: Digest, first: datetime | None, last: datetime | None, undated: bool) -> tuple[str, ...]:
    """The keys by which to look for what may be about the same as a report, of any date or of none.

    Its own, and the passing ones of the periods next to its own; of all periods, if it has no date itself. On record
    are reports from ``first`` to ``last`` and, perhaps, ``undated`` ones: what cannot be found is not looked for.
    """
    mine, begin, end = (_period(moment) for moment in (digest.earliest, first, last))
    periods: list[int | None] = [None] if undated else []
    if begin is not None and end is not None:
        near = (end - MOST_PERIODS, end) if mine is None else (mine - 1, mine + 1)
        periods += range(max(begin, near[0]), min(end, near[1]) + 1)
    found = [key for key in digest.keys if key[0] not in PASSING]
    passing = [
        key.rpartition("@")[0] or key for key in digest.keys if key[0] in PASSING
    ]  # older digests tell no period
    return (*found, *(_dated(key, period) for period in periods for key in passing))


def key_weight(key: str) -> float:
    """How much a shared key speaks for a pair, to rank candidates by the sum over their shared keys."""
    kind, _, rest = key.partition(":")
    if kind in "cph":
        return 4.0
    if kind == "n":
        return 0.6 * weight(rest)
    if kind == "t":
        return 0.25 * sum(weight(part) for part in rest.rpartition("@")[0].split("+"))
    return 1.0


def published(report: Report) -> tuple[datetime | None, datetime | None]:
    stamp = report.published or report.updated
    return (stamp.earliest, stamp.latest) if stamp else (None, None)


def title_of(report: Report) -> str:
    """The report's title, else its first line."""
    if report.title:
        return report.title.strip()
    return report.text.lstrip().partition("\n")[0].strip()[:200]


def weighted_terms(title: str, text: str) -> tuple[tuple[str, float], ...]:
    """Words with TF-IDF weights of unit length, heaviest first. Words of title and lead count double."""
    body = words_of(text)
    counts: Counter[str] = Counter(body)
    counts.update(words_of(title))
    counts.update(words_of(text[:LEAD]))
    common = stop_words()
    weights = {
        word: (1.0 + math.log(count)) * weight(word)
        for word, count in counts.items()
        if len(word) > 1 and word not in common
    }
    heaviest = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS]
    norm = math.sqrt(sum(value * value for _, value in heaviest)) or 1.0
    return tuple((word, round(value / norm, 5)) for word, value in heaviest)


def _longest(paragraphs: tuple[tuple[int, int, int], ...]) -> list[tuple[int, int, int]]:
    return sorted(paragraphs, key=lambda p: (p[1] - p[2], p[1]))[:PASSAGE_KEYS]


def _title_key(title: str) -> Iterator[str]:
    words = sorted({w for w in words_of(title) if w not in stop_words() and len(w) > 1})
    if len(words) >= TITLE_WORDS:
        yield f"h:{hashlib.blake2b(' '.join(words).encode(), digest_size=6).hexdigest()}"


def _story_keys(found: Surface, terms: tuple[tuple[str, float], ...]) -> Iterator[str]:
    less = COMMONER if len(terms) < SHORT else 0.0
    rare = [name for name in found.names if weight(name) >= RARE_NAME - less]
    yield from (f"n:{name}" for name in rare[:NAME_KEYS])
    yield from (f"t:{word}" for word, _ in terms[:TERM_KEYS] if weight(word) >= RARE_TERM - less)
    top = sorted(word for word, _ in terms[:PAIRED_TERMS])
    yield from (f"t:{a}+{b}" for a, b in combinations(top, 2))
    for day in found.days[-4:]:
        yield from (f"d:{day}:{place}" for place in found.places[:3])


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if moment else None
