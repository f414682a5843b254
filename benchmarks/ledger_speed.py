"""How fast the ledger appends and answers, and how much room a report takes, on invented readings.

``python -m benchmarks.ledger_speed --reports 10000 [--dense] [--ledger FILE]``; a ledger that is there already is
asked only. ``--dense``: 90 event mentions and 65 claims a report, several claims an event, many of them contested.
Times are processor times, since machines are shared; appending waits for the disk once a batch besides.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from onrecord.ask import Asker
from onrecord.ledger import Filter, Ledger
from onrecord.model import Cluster, Digest, Judgement, JudgementKind, Reading, Reason, Verdict, global_id, make_id, now

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "ledger"))
from invented_readings import START, TOGETHER, Shape, dense_clusters, invent, invent_dense, make_digest, readable

SHAPE = Shape(events=18, filler=36)  # about 500 words
BATCH = 30  # whole groups of dense readings that share events
SHOWN = 20  # rows that people are shown
ROUNDS = 7


def invented(number: int, dense: bool) -> Reading:
    return invent_dense(number) if dense else invent(number, shape=SHAPE)


def batches(count: int, dense: bool) -> Iterator[list[tuple[Reading, Digest]]]:
    for first in range(0, count, BATCH):
        yield [readable(invented(n, dense)) for n in range(first, min(count, first + BATCH))]


def event_clusters(batch: list[tuple[Reading, Digest]], dense: bool) -> Iterator[list[Cluster]]:
    """Each event by itself; of dense readings, those that readings in a row share."""
    if dense:
        for first in range(0, len(batch), TOGETHER):
            yield dense_clusters([reading for reading, _ in batch[first : first + TOGETHER]])
        return
    for reading, _ in batch:
        members = [global_id(reading.report.id, e.id) for e in reading.events]
        yield [Cluster(make_id("e", m), JudgementKind.EVENT, (m,)) for m in members]


def fill(ledger: Ledger, count: int, dense: bool) -> dict[str, float]:
    """Appends, then links the events, and each batch to a story; processor seconds of each."""
    spent = {"append": 0.0, "link": 0.0}
    for number, batch in enumerate(batches(count, dense)):
        begin = time.process_time()
        ledger.append(batch)
        middle = time.process_time()
        with ledger.transaction():
            for found in event_clusters(batch, dense):
                ledger.put_clusters(JudgementKind.EVENT, found)
            reports = tuple(reading.report.id for reading, _ in batch)
            story = Cluster(make_id("s", reports), JudgementKind.STORY, reports)
            ledger.put_clusters(JudgementKind.STORY, [story])
            pairs = [tuple(sorted(pair)) for pair in itertools.pairwise(reports)]
            ledger.add_judgements(_judgement(left, right) for left, right in pairs)
            ledger.set_linked(reports)
        spent["append"] += middle - begin
        spent["link"] += time.process_time() - middle
        if number % 50 == 0:
            print(f"\r{number * BATCH} reports", end="", file=sys.stderr)
    print(file=sys.stderr)
    return spent


def _judgement(left: str, right: str) -> Judgement:
    reasons = (Reason("names", 0.8, "the same three people"), Reason("time", 1.0, "within a day"))
    made_id = make_id("j", left, right)
    return Judgement(made_id, JudgementKind.STORY, left, right, Verdict.SAME, 0.9, reasons, "onrecord", now())


def questions(ledger: Ledger, count: int, dense: bool) -> dict[str, Callable[[], object]]:
    middle = invented(count // 2, dense)
    digest, report = make_digest(middle), middle.report
    story = ledger.stories(limit=1)[0]
    week = START + timedelta(minutes=17 * (count // 2))
    name = middle.entities[0].name.split()[1]
    events = [row.id for row in ledger.events(Filter(story=story.id), limit=100)]
    return {
        "candidates of a report": lambda: ledger.candidates(digest.keys, 50, [report.id]),
        "a report's reading": lambda: ledger.reading(report.id),
        "an abbreviated id": lambda: ledger.resolve(report.id[:9]),
        "known, 1,000 ids": lambda: ledger.known([report.id] * 1000, middle.made_by),
        "search, a rare word": lambda: ledger.search(Filter(words=middle.entities[0].name.split()[-1])),
        "search, a common phrase": lambda: ledger.search(Filter(words='"market stayed half empty"')),
        "search, words and filters": lambda: ledger.search(Filter(words="ferries", type="AGREE", entity=name)),
        "the newest reports": lambda: ledger.search(Filter()),
        "claims of a holder": lambda: ledger.claims(Filter(holder=name, stance="asserts")),
        "claims of a week": lambda: ledger.claims(Filter(from_=week, to=week + timedelta(days=7))),
        "attributions of a name": lambda: ledger.attributions(Filter(entity=name)),
        "entities": lambda: ledger.entities(),
        "entities by name": lambda: ledger.entities(Filter(entity=name)),
        "events of a type": lambda: ledger.events(Filter(type="AGREE", status="happened")),
        "events of a name in a week": lambda: ledger.events(
            Filter(entity=name, from_=week, to=week + timedelta(days=7))
        ),
        "events as of": lambda: ledger.events(Filter(as_of=week)),
        "stories": lambda: ledger.stories(),
        "testimonies of a story": lambda: ledger.testimonies(story=story.id),
        "testimonies of 100 events": lambda: ledger.testimonies(events),
        "neighbourhood": lambda: ledger.neighbourhood(JudgementKind.STORY, [report.id]),
        "counts": lambda: ledger.counts(),
    }


def answers(ledger: Ledger, count: int) -> dict[str, Callable[[], object]]:
    """What the commands ask, each as its command does."""
    asker = Asker(ledger)
    story = asker.stories(limit=1)[0].id
    event = ledger.events_of_story(story)[0]
    report = ledger.members(story)[0]
    middle = START + timedelta(minutes=17 * (count // 2))
    day = middle + timedelta(days=1)
    return {
        "onrecord stories": asker.stories,
        "onrecord stories --as-of": asker.at(middle).stories,
        "onrecord story": lambda: asker.story(story),
        "onrecord why": lambda: asker.why(event),
        "onrecord event": lambda: asker.event(event),
        "onrecord report": lambda: asker.report(report),
        "onrecord reports": lambda: asker.reports(limit=50),
        "onrecord events": asker.events,
        "onrecord events --as-of": asker.at(middle).events,
        "onrecord events --standing": lambda: asker.events(Filter(standing="reported")),
        **{
            f"onrecord events --standing {wanted} --as-of": partial(
                asker.at(middle).events, Filter(standing=wanted), SHOWN
            )
            for wanted in ("reported", "disputed", "denied", "retracted")
        },
        "onrecord claims": asker.claims,
        "onrecord claims --as-of": asker.at(middle).claims,
        "onrecord quotes": asker.quotes,
        "onrecord quotes --sort source": lambda: asker.quotes(limit=SHOWN, by="source"),
        "onrecord quotes --sort outlet": lambda: asker.quotes(limit=SHOWN, by="outlet"),
        "onrecord entities": asker.entities,
        "onrecord entities --as-of": lambda: asker.at(middle).entities(limit=SHOWN),
        "onrecord search": lambda: asker.search(Filter(words="ferries market")),
        "onrecord changes, a day": lambda: asker.changes(middle, day, limit=SHOWN),
        "onrecord changes, a day, all": lambda: asker.changes(middle, day),
        "onrecord compare": lambda: asker.compare(story),
        "onrecord origins": lambda: asker.origins(story),
        "onrecord contradictions": lambda: asker.contradictions(limit=SHOWN),
        "onrecord contradictions --as-of": lambda: asker.at(middle).contradictions(limit=SHOWN),
        "onrecord agenda, a week": lambda: asker.agenda(middle, middle + timedelta(days=7)),
        "onrecord sources": asker.sources,
        "onrecord sources --as-of": asker.at(middle).sources,
        "onrecord sources --by story": lambda: asker.sources(by="story"),
        "onrecord sources --list unnamed": lambda: asker.resting("unnamed", limit=SHOWN),
        "at the start of each": lambda: ledger.without_standing(1),
    }


def milliseconds(ask: Callable[[], object]) -> tuple[float, float]:
    """Processor time of the first time, and the median of the others."""
    spent = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        ask()
        spent.append(1000 * (time.process_time() - begin))
    return spent[0], statistics.median(spent[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--dense", action="store_true", help="as many events and claims a report as real ones hold")
    parser.add_argument("--ledger", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or Path(folder) / "speed.ledger"
        fresh = not path.exists()
        with Ledger.open(path) as ledger:
            if fresh:
                spent = fill(ledger, options.reports, options.dense)
                begin = time.process_time()
                Asker(ledger).refresh()
                spent["weigh"] = time.process_time() - begin
                for what, seconds in spent.items():
                    print(f"{what:42} {options.reports / seconds:8.0f} reports/s")
            asked = {**questions(ledger, options.reports, options.dense), **answers(ledger, options.reports)}
            for what, ask in asked.items():
                first, median = milliseconds(ask)
                print(f"{what:42} {median:8.1f} ms   (first {first:.1f} ms)")
        print(f"{'room':42} {path.stat().st_size / options.reports / 1000:8.1f} kB/report")


if __name__ == "__main__":
    main()
