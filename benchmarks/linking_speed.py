"""What linking costs a report, and what memory, at sizes: ``python -m benchmarks.linking_speed --reports 10000 …``.

The invented newsroom is written and read once; its readings are then multiplied with other names and in later years,
so that each copy is a world of its own, as dense as the first: days that are told in words stay those of its year.
They go into one ledger in order; at each size the last thousand reports are the measure: processor time of linking
alone (``ledger_speed`` measures appending), and the greatest memory of the process so far.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import pickle
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.newsroom import command as newsroom
from onrecord.ledger import Ledger
from onrecord.linking import digest
from onrecord.linking.words import fold
from onrecord.model import Reading, make_id
from onrecord.pipeline import PipelineOptions, link_pending, readings
from onrecord.pipeline_linking import LINKED_AT_ONCE

WORLD, SEED = 120, 1  # reports of the world that is multiplied
MEASURED = 1_000  # the last reports before a size is reached
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"


def world(keep: Path | None) -> list[Reading]:
    """The readings of the invented newsroom; kept in a file between runs, if one is given."""
    if keep and keep.exists():
        return list(pickle.loads(keep.read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        newsroom.write(Path(folder), WORLD, SEED)
        made = list(readings([str(Path(folder) / newsroom.REPORTS)], PipelineOptions()))
    if keep:
        keep.write_bytes(pickle.dumps(made))
    return made


def names_of(made: list[Reading]) -> list[str]:
    """Words of the world's names, which a copy of the world has otherwise; of the same length, so that spans hold."""
    words = {w for r in made for m in r.mentions if m.form == "name" for w in _NAME.findall(m.text)}
    # Names that reading overlooked: linking takes whatever is capitalised like one.
    linked = {w for r in made for name in digest(r).names for w in name.split()}
    words |= {w for r in made for w in _NAME.findall(r.report.text) if fold(w) in linked}
    return sorted(words)


def years_later(moment: datetime, number: int) -> datetime:
    """The same day in a later year; the last of February where the day is a leap one."""
    leap = (moment.month, moment.day) == (2, 29)
    return moment.replace(year=moment.year + number, day=28 if leap else moment.day)


@lru_cache(maxsize=65_536)
def otherwise(word: str, number: int) -> str:
    """Another word of the same length for each world, in capitals or not: each letter is one more of its kind.

    Which one, a hash of word and world says: worlds share no more names than chance has it.
    """
    steps = itertools.cycle(hashlib.blake2b(f"{word.casefold()} {number}".encode()).digest())
    out = []
    for letter, step in zip(word, steps, strict=False):
        group = _VOWELS if letter.lower() in _VOWELS else _CONSONANTS
        at = group.find(letter.lower())
        moved = group[(at + 1 + step % (len(group) - 1)) % len(group)] if at >= 0 else letter
        out.append(moved.upper() if letter.isupper() else moved)
    return "".join(out)


def moved(value: Any, names: re.Pattern[str], number: int) -> Any:
    """A fact with other names and later moments, spans as they are."""
    if isinstance(value, datetime):
        return years_later(value, number)
    if type(value) is str:
        return names.sub(lambda m: otherwise(m.group(), number), value)
    if isinstance(value, tuple):
        return tuple(moved(v, names, number) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: moved(getattr(value, f.name), names, number) for f in fields(value) if f.name != "made_by"}
        return replace(value, **changed)
    return value


def multiplied(made: list[Reading]) -> Iterator[Reading]:
    """The world, then its copies without end; each report by its own id and address."""
    words = names_of(made)  # datelines have them in capitals
    names = re.compile(r"\b(?:" + "|".join(map(re.escape, [*words, *map(str.upper, words)])) + r")\b")
    for number in itertools.count():
        for reading in made:
            other = moved(reading, names, number) if number else reading
            address = f"{reading.report.address}?world={number}"
            outlet = f"{reading.report.outlet} {number}"  # each world has a press of its own
            identity = make_id("r", address, other.report.id)
            report = replace(other.report, id=identity, address=address, outlet=outlet)
            yield replace(other, report=report)


def measure(ledger: Ledger, source: Iterator[Reading], sizes: list[int]) -> Iterator[tuple[int, float, float]]:
    """Of each size: milliseconds a report, of the last ones before it; the process's greatest memory in MB."""
    done, spent = 0, []
    for size in sorted(sizes):
        while done < size:
            batch = list(itertools.islice(source, min(LINKED_AT_ONCE, size - done)))
            ledger.append([(reading, digest(reading)) for reading in batch])
            begin = time.process_time()
            link_pending(ledger)
            spent.append((len(batch), time.process_time() - begin))
            done += len(batch)
        last = spent[-(MEASURED // LINKED_AT_ONCE) :]
        cost = 1000 * sum(seconds for _, seconds in last) / sum(count for count, _ in last)
        yield size, cost, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, action="append", help="a size to measure at; may be given again")
    parser.add_argument("--keep", type=Path, help="keep the world's readings in this file between runs")
    options = parser.parse_args()
    made = world(options.keep)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "speed.ledger") as ledger:
        for size, cost, memory in measure(ledger, multiplied(made), options.reports or [10_000]):
            print(f"{size:8,} reports   {cost:7.1f} ms a report   {memory:7.0f} MB at most", flush=True)


if __name__ == "__main__":
    main()
