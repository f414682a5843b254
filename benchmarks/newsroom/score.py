"""What the record made of a newsroom, against what is true of it. Pure: ``answers.py`` asks the ledger.

- **events** are put together one to one: the found event that holds most of a true one's anchors.
- **standing**: share of true events whose found event has the true standing at the end. Beside it ``history`` (every
  step right), ``status``, ``whole`` (share of an event's anchors that are in its found event) and ``apart`` (share of
  events whose found event holds no anchor of another).
- **origins**: (event, report, origin) as items, those of its tolls apart, being about the dead. A found origin counts
  as a true one if name and kind agree, each for one only. An outlet's own voice rests on those it quotes in the same
  report: there it is no item (``docs/standing.md``).
- **revisions**: kinds of change, each where the true one's sentence is. All else that is told as changed is wrong.
- **contradictions**: attribute, kind, and a sentence of either side. Found pairs beyond the first of a true one are
  neither right nor wrong; a pair that shows no true one is wrong.
- **copies**: pairs of reports at different addresses of which one repeats the other, whole or in part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Span = tuple[str, int, int]  # report key, start, end
NOBODY = "nobody named"
FIGURES = (
    "standing", "origins.f1", "revisions.f1", "contradictions.f1", "copies.f1",
    "history", "status", "whole", "apart",
)  # fmt: skip
CASE = ("standing", "origins.f1")


@dataclass(frozen=True)
class FoundOrigin:
    key: str
    kind: str
    name: str
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundClaim:
    anchor: Span
    origin: FoundOrigin
    own_voice: bool = False
    status: str = ""
    authority: str = ""
    hedged: bool = False


@dataclass
class FoundEvent:
    id: str
    standing: str
    history: tuple[str, ...]
    status: str
    claims: list[FoundClaim]


@dataclass(frozen=True)
class FoundContradiction:
    attribute: str
    kind: str
    earlier: Span
    later: Span


@dataclass(frozen=True)
class FoundChange:
    report: str  # key of the later revision
    kind: str
    start: int  # of the later words; -1 if there are none
    end: int
    words: str = ""


@dataclass
class Answer:
    """All that the record says of a newsroom."""

    events: list[FoundEvent] = field(default_factory=list)
    contradictions: list[FoundContradiction] = field(default_factory=list)
    changes: list[FoundChange] = field(default_factory=list)
    copies: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Tally:
    """Right, found and true things of one kind; ``missed`` and ``wrong`` say which were not right."""

    right: int = 0
    found: int = 0
    true: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


@dataclass
class Score:
    figures: dict[str, float]
    cases: dict[str, tuple[float, ...]]
    errors: list[str]


def score(truth: dict[str, Any], answer: Answer) -> Score:
    """Figures, the figures of each event, and what was wrong, in words."""
    matched = match_events(truth["events"], answer.events)
    origins, errors = Tally(), list[str]()
    cases: dict[str, tuple[float, ...]] = {}
    counts: Counter[str] = Counter()
    for event in truth["events"]:
        found, name = matched.get(event["event"]), _name(event)
        tally = _origins(event, found, name)
        right = found is not None and found.standing == event["standing"]
        counts["standing"] += right
        counts["history"] += found is not None and list(found.history) == event["history"]
        counts["status"] += found is not None and found.status == event["status"]
        if not right:
            told = "not found" if found is None else " → ".join(found.history)
            errors.append(f"standing: {name}: {' → '.join(event['history'])}; found: {told}")
        cases[name] = (float(right), round(tally.f1, 4))
        _add(origins, tally)
    whole, apart = _wholeness(truth["events"], matched)
    changes, register = _changes(truth["revisions"], answer.changes), _register(truth, answer.contradictions)
    copies = _pairs({_pair(*p) for p in truth["copies"]}, {_pair(*p) for p in answer.copies})
    for kind, tally in (("origin", origins), ("change", changes), ("contradiction", register), ("copy", copies)):
        errors += [f"{kind} missed: {m}" for m in tally.missed] + [f"{kind} wrong: {w}" for w in tally.wrong]
    number = max(1, len(truth["events"]))
    figures = {
        "standing": counts["standing"] / number,
        "origins.f1": origins.f1,
        "revisions.f1": changes.f1,
        "contradictions.f1": register.f1,
        "copies.f1": copies.f1,
        "history": counts["history"] / number,
        "status": counts["status"] / number,
        "whole": whole,
        "apart": apart,
    }
    return Score(figures, cases, errors)


def _name(event: dict[str, Any]) -> str:
    return f"{event['event']}.{event['plot']}.{event['act']}"


def _add(total: Tally, part: Tally) -> None:
    total.right, total.found, total.true = total.right + part.right, total.found + part.found, total.true + part.true
    total.missed += part.missed
    total.wrong += part.wrong


# --- events ----------------------------------------------------------------------------------------------------


def anchors_of(event: dict[str, Any]) -> set[Span]:
    """The words that tell the event; those of its tolls apart, which are about the dead."""
    return {(c["report"], a, b) for c in event["claims"] if c["toll"] is None for a, b in c["anchors"]}


def overlaps(one: Span, two: Span) -> bool:
    return one[0] == two[0] and one[1] < two[2] and two[1] < one[2]


def match_events(true: list[dict[str, Any]], found: list[FoundEvent]) -> dict[str, FoundEvent]:
    """True event id → the found one that holds most of its anchors, each for one only."""
    by_id = {f.id: f for f in found}
    scored = [(-n, e, f) for e, shared in _shared(true, found).items() for f, n in shared.items()]
    matched: dict[str, FoundEvent] = {}
    taken: set[str] = set()
    for _, event, other in sorted(scored):
        if event not in matched and other not in taken:
            matched[event] = by_id[other]
            taken.add(other)
    return matched


def _shared(true: list[dict[str, Any]], found: list[FoundEvent]) -> dict[str, Counter[str]]:
    """True event → found event → how many of its anchors that one holds."""
    where: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for other in found:
        for anchor in {c.anchor for c in other.claims}:
            where[anchor[0]].append((anchor, other.id))
    shared: dict[str, Counter[str]] = {}
    for event in true:
        counted: Counter[str] = Counter()
        for anchor in anchors_of(event):
            counted.update({f for span, f in where[anchor[0]] if overlaps(anchor, span)})
        shared[event["event"]] = counted
    return shared


def _wholeness(true: list[dict[str, Any]], matched: dict[str, FoundEvent]) -> tuple[float, float]:
    """Share of all anchors that are in their event, and of events that hold none of another."""
    shared = _shared(true, list(matched.values()))
    held = sum(shared[e["event"]][matched[e["event"]].id] for e in true if e["event"] in matched)
    every = sum(len(anchors_of(e)) for e in true)
    pure = sum(
        all(n == 0 or e == name for e, counted in shared.items() for n in [counted[found.id]])
        for name, found in matched.items()
    )
    return held / max(1, every), pure / max(1, len(matched))


# --- origins ---------------------------------------------------------------------------------------------------


def _origins(event: dict[str, Any], found: FoundEvent | None, name: str) -> Tally:
    true: dict[str, set[str]] = defaultdict(set)
    origin: dict[str, dict[str, Any]] = {}
    told = [c for c in event["claims"] if c["toll"] is None]
    quoted = {c["report"] for c in told if not c["own_voice"]}
    for claim in told:
        if not (claim["own_voice"] and claim["report"] in quoted):
            true[claim["origin"]["key"]].add(claim["report"])
            origin[claim["origin"]["key"]] = claim["origin"] | {"hedged": claim["hedged"]}
    tolls = {(c["report"], a, b) for c in event["claims"] if c["toll"] is not None for a, b in c["anchors"]}
    have: dict[FoundOrigin, set[str]] = defaultdict(set)
    for item, reports in _found_origins(found, tolls).items():
        same = next((f for f in have if f.key == item.key), item)
        have[same] |= reports
    pairs = [
        (-len(true[t] & have[f]), t, f.key, f) for t in true for f in have if true[t] & have[f] and agree(origin[t], f)
    ]
    tally = Tally(found=sum(map(len, have.values())), true=sum(map(len, true.values())))
    right: dict[str, set[str]] = {}
    used: dict[str, set[str]] = {}
    for _, key, _, other in sorted(pairs, key=lambda p: p[:3]):
        if key not in right and other.key not in used:
            right[key] = used[other.key] = true[key] & have[other]
            tally.right += len(right[key])
    tally.missed = [f"{name}: {k} in {r}" for k in true for r in sorted(true[k] - right.get(k, set()))]
    tally.wrong = [f"{name}: {o.key} ({o.name}) in {r}" for o in have for r in sorted(have[o] - used.get(o.key, set()))]
    return tally


def _found_origins(found: FoundEvent | None, tolls: set[Span]) -> dict[FoundOrigin, set[str]]:
    have: dict[FoundOrigin, set[str]] = defaultdict(set)
    told = found.claims if found is not None else []
    claims = [c for c in told if not any(overlaps(c.anchor, toll) for toll in tolls)]
    quoted = {c.anchor[0] for c in claims if not c.own_voice}
    for claim in claims:
        if not (claim.own_voice and claim.anchor[0] in quoted):
            have[claim.origin].add(claim.anchor[0])
    return have


def agree(true: dict[str, Any], found: FoundOrigin) -> bool:
    """Whether a found origin is called what the true one is called, and is of its kind.

    Behind "reportedly" stands nobody named, in the outlet that writes it (docs/standing.md): that, too, is the outlet.
    """
    if true.get("hedged") and found.kind == "unnamed" and found.name == NOBODY:
        return true["kind"] == "outlet" and any(_same(true["outlet"], link) for link in found.chain)
    if true["kind"] == "unnamed":
        return found.kind == "unnamed" and any(_same(true["outlet"], link) for link in found.chain)
    if true["kind"] == "outlet":
        return found.kind == "outlet" and _same(true["outlet"], found.name)
    return found.kind not in ("unnamed", "outlet") and any(_same(n, found.name) for n in true["names"])


def _same(one: str, two: str) -> bool:
    """One name, or a longer and a shorter form of it."""
    left, right = _plain(one), _plain(two)
    return bool(left and right) and (left <= right or right <= left)


def _plain(name: str) -> set[str]:
    words = "".join(c if c.isalnum() else " " for c in name.casefold().replace("'s", "").replace("’s", "")).split()
    return set(words) - {"the", "a", "an", "of"}


# --- changes, contradictions, copies ---------------------------------------------------------------------------


def _changes(true: list[dict[str, Any]], found: list[FoundChange]) -> Tally:
    tally = Tally(found=len(found), true=sum(len(r["changes"]) for r in true))
    left = list(found)
    for revision in true:
        for change in revision["changes"]:
            span = (revision["later"], change["start"], change["end"])
            hit = next(
                (f for f in left if f.kind == change["kind"] and overlaps(span, (f.report, f.start, f.end))), None
            )
            if hit is None:
                tally.missed.append(f"{change['kind']} in {revision['later']}")
            else:
                left.remove(hit)
                tally.right += 1
    tally.wrong = [f"{f.kind} in {f.report}: {f.words}" for f in left]
    return tally


def _register(truth: dict[str, Any], found: list[FoundContradiction]) -> Tally:
    """Recall over true contradictions, precision over found pairs: each true one's further pairs are left out."""
    tally = Tally(true=len(truth["contradictions"]))
    shown: set[int] = set()
    for item in found:
        hits = [i for i, c in enumerate(truth["contradictions"]) if _shows(c, item)]
        new = [i for i in hits if i not in shown]
        if hits and not new:
            continue
        tally.found += 1
        if new:
            shown.add(new[0])
            tally.right += 1
        else:
            tally.wrong.append(f"{item.attribute} {item.kind}: {item.earlier} against {item.later}")
    tally.missed = [
        f"{c['event']}: {c['attribute']} {c['kind']}" for i, c in enumerate(truth["contradictions"]) if i not in shown
    ]
    return tally


def _shows(true: dict[str, Any], found: FoundContradiction) -> bool:
    if (true["attribute"], true["kind"]) != (found.attribute, found.kind):
        return False
    one, two = ([tuple(s) for s in side] for side in true["sides"])

    def within(span: Span, side: Iterable[Any]) -> bool:
        return any(overlaps(span, s) for s in side)

    return (within(found.earlier, one) and within(found.later, two)) or (
        within(found.earlier, two) and within(found.later, one)
    )


def _pairs(true: set[tuple[str, str]], found: set[tuple[str, str]]) -> Tally:
    words: Iterator[str] = (" = ".join(p) for p in sorted(found - true))
    return Tally(len(true & found), len(found), len(true), [" = ".join(p) for p in sorted(true - found)], list(words))


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)
