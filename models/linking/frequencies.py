"""Builds ``onrecord/data/linking-frequencies.tsv``: how rare words and names are in news, from training texts only.

    python models/linking/frequencies.py ../shared/bench/data onrecord/data/linking-frequencies.tsv

Counts only; no text is kept. A word's weight is -ln of its share of reports, taken from the collection in which it is
most common: what is ordinary within one kind of news ("shooting" among reports of shootings) tells no two stories
apart.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.linking.words import UNSEEN, words_of

TRAINING = (
    "same-event.gva-news",
    "attribution.polnear-train",
    "event-types.ngec-synthetic",
    "same-event.ecbplus-train",
    "times.timebank",
    "times.aquaint",
    "places.lgl",
)
LEAST = 4  # reports a word must be in


def texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row.get('title') or ''}\n{row['text']}"


def count(path: Path) -> tuple[Counter[str], int]:
    seen: Counter[str] = Counter()
    reports = 0
    for text in texts(path):
        reports += 1
        seen.update(set(words_of(text)))
    return seen, reports


def main(data: str, target: str) -> None:
    share: dict[str, float] = {}
    total: Counter[str] = Counter()
    everything = 0
    for name in TRAINING:
        seen, reports = count(Path(data) / f"{name}.jsonl.gz")
        total.update(seen)
        everything += reports
        for word, times in seen.items():
            # the two pseudo-reports keep small collections from making a word look common
            share[word] = max(share.get(word, 0.0), (times - 1) / (reports + 50))
    rows = []
    for word, times in sorted(total.items()):
        if times < LEAST or len(word) > 40:
            continue
        value = -math.log(max(share[word], times / everything))
        rows.append(f"{word}\t{min(value, UNSEEN):.1f}")
    head = "# weight of a word: -ln of its share of news reports, see models/linking/frequencies.py\n"
    Path(target).write_text(head + "\n".join(rows) + "\n", encoding="utf8")
    print(f"{len(rows)} words of {everything} reports")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
