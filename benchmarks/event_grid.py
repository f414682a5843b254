"""``python -m benchmarks grid`` – the invented sentences of ``event_grid.txt``, construction by construction.

A case is right if each event it states is found at its anchor with the stated type, roles, status, certainty, time and,
where stated, quantity. Beside the program stands a simple rule baseline, measured in the same way.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model import Certainty, EventMention, Participant, Quantity, Reading, Report, Status

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader

GRID = Path(__file__).resolve().parent / "event_grid.txt"
PUBLISHED = "2026-03-05T12:00:00Z"
FIELDS = ("event", "type", "roles", "status", "time")
_OR = " // "
_ARTICLES = frozenset({"the", "a", "an"})
_DESCRIBED = re.compile(r"(?P<words>.*?)(?: \[(?P<country>\S+) (?P<sectors>\S+)\])?$")
_STATUSES = frozenset(f"{s.value} {c.value}" for s in Status for c in Certainty)


@dataclass(frozen=True)
class Expected:
    """One event as it should be; every field lists the answers that count as right."""

    anchor: str
    types: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    statuses: tuple[str, ...]
    times: tuple[str, ...]
    quantities: tuple[str, ...] = ()


@dataclass
class Case:
    """One invented text with the events that are asked for."""

    part: str
    construction: str
    text: str
    expected: list[Expected] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """What a program says of one anchor, in the words of the file; times are the value and the earliest day."""

    type: str
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    status: str
    times: tuple[str, ...]
    quantities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """For each expected event of a case, what is wrong by field; nothing, if it is right."""

    case: Case
    faults: tuple[dict[str, str], ...]

    @property
    def right(self) -> bool:
        return not any(self.faults)


Finder = Callable[[Case, int, int], "Found | None"]


def cases(path: Path = GRID) -> list[Case]:
    """The cases of a grid, in order.

    Raises:
        ValueError: for a line that states no event, quoting it.
    """
    found: list[Case] = []
    part = construction = ""
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("=== "):
            part = line[4:]
        elif line.startswith("== "):
            construction = line[3:]
        elif line.startswith("> "):
            found[-1].expected.append(_expected(line[2:]))
        else:
            found.append(Case(part, construction, line.replace("¶", "\n\n")))
    return found


def _expected(line: str) -> Expected:
    fields = [part.strip() for part in line.split(" | ")]
    if len(fields) not in (6, 7):
        raise ValueError(f"no event is stated by: {line}")
    anchor, *rest = fields
    item = Expected(anchor, *(tuple(part.split(_OR)) for part in rest))
    unknown = set(item.statuses) - _STATUSES
    if unknown:
        raise ValueError(f"no such status: {', '.join(sorted(unknown))}")
    return item


def anchor_at(case: Case, anchor: str) -> tuple[int, int]:
    """Where the anchor's first occurrence as a whole word stands.

    Raises:
        ValueError: if the text has no such word.
    """
    found = re.search(rf"\b{re.escape(anchor)}\b", case.text)
    if found is None:
        raise ValueError(f"{anchor!r} is not in {case.text!r}")
    return found.span()


def judge(case: Case, find: Finder) -> Outcome:
    """Each expected event beside what the program says of its anchor."""
    faults = []
    for item in case.expected:
        found = find(case, *anchor_at(case, item.anchor))
        faults.append(dict.fromkeys(FIELDS, "not found") if found is None else dict(_wrong(item, found)))
    return Outcome(case, tuple(faults))


def _wrong(item: Expected, found: Found) -> Iterator[tuple[str, str]]:
    if found.type not in item.types:
        yield "type", found.type
    roles = [
        f"{name} {_shown(given)}"
        for name, wanted, given in (
            ("actors", item.actors, found.actors),
            ("recipients", item.recipients, found.recipients),
        )
        if not any(_same_participants(answer, given) for answer in wanted)
    ]
    if roles:
        yield "roles", "; ".join(roles)
    if found.status not in item.statuses:
        yield "status", found.status
    if not any(_same_time(answer, found.times) for answer in item.times):
        yield "time", " ".join(found.times) or "-"
    if item.quantities and not any(
        q in found.quantities or (q == "-" and not found.quantities) for q in item.quantities
    ):
        yield "quantity", ", ".join(found.quantities) or "-"


def words(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers without articles."""
    return tuple(w for w in re.findall(r"\w+", text.lower()) if w not in _ARTICLES)


def _same_participants(answer: str, given: Sequence[Participant]) -> bool:
    wanted = [] if answer == "-" else answer.split(" + ")
    left = list(given)
    for item in wanted:
        hit = next((p for p in left if _same_participant(item, p)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _same_participant(answer: str, given: Participant) -> bool:
    parts = _DESCRIBED.fullmatch(answer)
    if parts is None or words(parts["words"]) != words(given.text):
        return False
    if parts["country"] is None:
        return True
    return (given.country or "-") == parts["country"] and (given.sector or "-") in parts["sectors"].split("/")


def _shown(given: Sequence[Participant]) -> str:
    return " + ".join(f"{p.text} [{p.country or '-'} {p.sector or '-'}]" for p in given) or "-"


def _same_time(answer: str, given: Sequence[str]) -> bool:
    return not given if answer == "-" else any(t.startswith(answer) for t in given)


def finder(readings: dict[str, Reading]) -> Finder:
    """What onrecord says of an anchor; readings by the text they were made from."""

    def find(case: Case, start: int, end: int) -> Found | None:
        reading = readings[case.text]
        for event in reading.events:
            if event.anchor.start < end and start < event.anchor.end:
                return _as_found(reading, event)
        return None

    return find


def _as_found(reading: Reading, event: EventMention) -> Found:
    time = next((t for t in reading.times if t.id == event.time), None)
    stated = () if time is None else (time.value, time.earliest.date().isoformat() if time.earliest else "")
    return Found(
        event.type or "-",
        event.actors,
        event.recipients,
        f"{event.status.value} {event.certainty.value}",
        tuple(t for t in stated if t),
        tuple(map(_bounds, event.quantities)),
    )


def _bounds(quantity: Quantity) -> str:
    low, high = (f"{n:.0f}" if n is not None else "" for n in (quantity.low, quantity.high))
    return f"{quantity.kind} {low}..{high}"


def read(given: Sequence[Case], reader: Reader | None = None) -> dict[str, Reading]:
    """Every case read from JSON Lines, as a user's files are; one sentence is too short to tell its language by."""
    from onrecord.inputs import InputOptions, find_reports
    from onrecord.reading.reader import Reader

    reader = reader or Reader()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grid.jsonl"
        rows = [{"url": f"memory:grid/{i}", "published": PUBLISHED, "text": c.text} for i, c in enumerate(given)]
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
        reports = [r for r in find_reports([str(path)], InputOptions(language="en")) if isinstance(r, Report)]
    return {r.report.text: r for r in reader.read_many(reports) if isinstance(r, Reading)}


def outcomes(given: Sequence[Case], reader: Reader | None = None) -> list[Outcome]:
    find = finder(read(given, reader))
    return [judge(case, find) for case in given]


def shares(found: Sequence[Outcome]) -> dict[str, float]:
    """The share of expected events right in each field and wholly."""
    faults = [f for o in found for f in o.faults]
    table = {name: sum(name not in f for f in faults) / len(faults) for name in FIELDS}
    return {**table, "whole": sum(not f for f in faults) / len(faults)}


def rows(found: Sequence[Outcome], key: Callable[[Case, Expected], str]) -> dict[str, tuple[int, int]]:
    """Right events and all events by a key, in the file's order."""
    table: dict[str, tuple[int, int]] = {}
    for outcome in found:
        for item, fault in zip(outcome.case.expected, outcome.faults, strict=True):
            right, of = table.get(key(outcome.case, item), (0, 0))
            table[key(outcome.case, item)] = (right + (not fault), of + 1)
    return table


def main(*, verbose: bool = False) -> float:
    """Prints the grid's rows, its columns, each field and the baseline beside it; gives the share that is right."""
    from benchmarks import event_grid_baseline

    given = cases()
    found, simple = outcomes(given), event_grid_baseline.outcomes(given)
    for title, key in (("construction", _construction), ("status", _status)):
        print(f"\n{title:32}      onrecord  baseline")
        beside = rows(simple, key)
        for name, (right, of) in rows(found, key).items():
            print(f"{name:32} {right:3} of {of:3}  {beside[name][0]:3} of {of:3}")
    parts = {"all": found} | {p: [o for o in found if o.case.part == p] for p in dict.fromkeys(c.part for c in given)}
    for name, some in parts.items():
        peers = [o for o in simple if o.case in [s.case for s in some]]
        print(f"\n{name} ({sum(len(o.faults) for o in some)} events)    " + _line(shares(some)))
        print("    simple rules     " + _line(shares(peers)))
    if verbose:
        _print_wrong(found)
    return shares(found)["whole"]


def _construction(case: Case, _: Expected) -> str:
    return case.construction


def _status(_: Case, item: Expected) -> str:
    return item.statuses[0].split(" ")[0]


def _line(table: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.1%}" for name, value in table.items())


def _print_wrong(found: Sequence[Outcome]) -> None:
    for outcome in found:
        for item, fault in zip(outcome.case.expected, outcome.faults, strict=True):
            if fault:
                print(f"\n{outcome.case.construction}: {outcome.case.text!r} ({item.anchor})")
                for name, words_ in fault.items():
                    print(f"    {name}: {words_}")
