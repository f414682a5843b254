"""``python -m benchmarks forms`` – the hand-made attributions of ``attribution_forms.txt``, form by form.

A case is right if every attribution it states is found as stated, and none besides. Source: the same words, articles
aside. Cue: a word in common. Content: four fifths of the words in common (Dice's coefficient). Stated facts: the same.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.model import Attribution, Failure, QuoteForm, Reading, SourceKind, Stance

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader

FORMS = Path(__file__).resolve().parent / "attribution_forms.txt"
ALIKE = 0.8
_FLAGS = {
    **{k.value: "kind" for k in SourceKind},
    **{s.value: "stance" for s in Stance},
    **{q.value: "quote" for q in QuoteForm},
    "several": "number",
    "hedged": "hedged",
}
_ARTICLES = frozenset({"the", "a", "an"})
_OR = " // "


@dataclass(frozen=True)
class Expected:
    """One attribution as it should be; every field lists the answers that count as right."""

    source: tuple[str, ...]
    cue: str
    content: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]


@dataclass
class Case:
    """One invented text with all its attributions."""

    form: str
    text: str
    expected: list[Expected] = field(default_factory=list)
    credits: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What is wrong with a case, in words; nothing, if it is right."""

    case: Case
    faults: tuple[str, ...]


def cases(path: Path = FORMS) -> list[Case]:
    """The cases of a file of forms, in order.

    Raises:
        ValueError: for a fact that is none, naming it.
    """
    found: list[Case] = []
    form = ""
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            form = line[3:]
        elif line.startswith("> "):
            found[-1].expected.append(_expected(line[2:]))
        elif line.startswith("! credits: "):
            found[-1].credits = line.removeprefix("! credits: ")
        else:
            found.append(Case(form, line.replace("¶", "\n\n")))
    return found


def _expected(line: str) -> Expected:
    source, cue, content, facts = (part.strip() for part in f"{line} ".split(" | "))
    return Expected(tuple(source.split(_OR)), cue, tuple(content.split(_OR)), dict(map(_fact, _parts(facts))))


def _parts(facts: str) -> list[str]:
    return [part.strip() for part in facts.split(";") if part.strip()]


def _fact(part: str) -> tuple[str, tuple[str, ...]]:
    name, colon, value = part.partition(": ")
    if colon and name in ("entity", "in", "via", "why", "as"):
        return name, tuple(value.split(_OR))
    values = tuple(part.split(_OR))
    if any(v not in _FLAGS for v in values):
        raise ValueError(f"no such fact: {part}")
    return _FLAGS[values[0]], values


def words(text: str, articles: bool = True) -> list[str]:
    """Lower-case words and numbers, a possessive's ending aside; of a text without any, the text (a colon as cue)."""
    plain = re.sub(r"['’]s\b", "", text.lower())
    found = [w for w in re.findall(r"\w+", plain) if articles or w not in _ARTICLES]
    return found or [text]


def alike(one: str, other: str) -> float:
    """Dice's coefficient of two texts' words, 0 … 1."""
    a, b = Counter(words(one)), Counter(words(other))
    return 2 * (a & b).total() / (a.total() + b.total())


def judge(case: Case, reading: Reading) -> Outcome:
    """Each expected attribution is given the found one nearest in cue and content; what is left over is too many."""
    left = list(reading.attributions)
    faults: list[str] = []
    for item in case.expected:
        best = max(left, key=lambda a, item=item: _nearness(item, a), default=None)  # type: ignore[misc]
        if best is None or _nearness(item, best) < ALIKE:
            faults.append(f"{item.cue!r}: not found")
            continue
        left.remove(best)
        faults += [f"{item.cue!r}: {fault}" for fault in _wrong(item, best, reading)]
    faults += [f"too many: {_joined(a.source)!r} {_joined(a.cue)!r} {_joined(a.content)!r}" for a in left]
    if case.credits and case.credits not in reading.report.credits:
        faults.append(f"credits {reading.report.credits}")
    return Outcome(case, tuple(faults))


def _nearness(item: Expected, found: Attribution) -> float:
    """Likeness of contents; one more for a word of the cue in common, without which it is not the same attribution."""
    content = max(alike(_joined(found.content), c.replace(" + ", " ")) for c in item.content)
    shared = set(words(item.cue)) & set(words(_joined(found.cue)))
    return content if shared else content - 1


def _wrong(item: Expected, found: Attribution, reading: Reading) -> Iterator[str]:
    given = words(_joined(found.source) or "-", articles=False)
    if not any(given == words(s, articles=False) for s in item.source):
        yield f"source {_joined(found.source)!r}"
    seen = _seen(found, reading)
    for name, values in item.facts.items():
        if not any(words(seen[name] or "-", articles=False) == words(v, articles=False) for v in values):
            yield f"{name} {seen[name]!r}"


def _seen(found: Attribution, reading: Reading) -> dict[str, str | None]:
    names = {e.id: e.name for e in reading.entities}
    outer = {a.id: _joined(a.source) for a in reading.attributions}
    return {
        "kind": found.source_kind.value,
        "stance": found.stance.value,
        "quote": found.quote.value,
        "number": found.number,
        "hedged": "hedged" if found.hedged else None,
        "entity": names.get(found.source_entity or ""),
        "in": outer.get(found.within or ""),
        "via": found.via,
        "why": found.anonymity_reason,
        "as": found.affiliation,
    }


def _joined(pieces: Iterable[object]) -> str:
    return " ".join(str(getattr(piece, "text", "")) for piece in pieces)


def outcomes(given: Sequence[Case], reader: Reader | None = None) -> list[Outcome]:
    """Every case read as a plain text file, the way a user's files are read; one sentence is too short to tell its
    language by, so that is given."""
    from onrecord.inputs import InputOptions, find_reports
    from onrecord.reading.reader import Reader

    reader = reader or Reader()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i:03}.txt" for i in range(len(given))]
        for path, case in zip(paths, given, strict=True):
            path.write_text(case.text, "utf-8")
        reports = {
            Path(r.file).name: r for r in find_reports(map(str, paths), InputOptions(language="en")) if _is_report(r)
        }
    ordered = [reports[p.name] for p in paths]
    return [judge(c, r) for c, r in zip(given, reader.read_many(ordered), strict=True)]  # type: ignore[arg-type]


def _is_report(item: object) -> bool:
    return not isinstance(item, Failure)


def table(found: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Right cases and all cases by form, in the file's order."""
    forms = dict.fromkeys(o.case.form for o in found)
    return {
        form: (sum(not o.faults for o in found if o.case.form == form), sum(o.case.form == form for o in found))
        for form in forms
    }


def main(*, verbose: bool = False) -> float:
    """Prints the table, and the cases that are wrong; gives the share that is right."""
    found = outcomes(cases())
    for form, (right, of) in table(found).items():
        print(f"{form:32} {right:3} of {of:3}")
    right = sum(not o.faults for o in found)
    print(f"{'all':32} {right:3} of {len(found):3}   {right / len(found):.1%}")
    for outcome in found:
        if outcome.faults and verbose:
            print(f"\n{outcome.case.form}: {outcome.case.text!r}", *outcome.faults, sep="\n    ")
    return right / len(found)
