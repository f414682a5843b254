"""Clusters from judged pairs: average-link agglomeration that honours what must not and what must be together.

The outcome depends on the members and judgements alone, not on their order: pairs merge by falling average score, ties
by the members' ids. Only the id of a cluster, made from its first member, follows the order in which they are passed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from onrecord.model import Cluster, Judgement, JudgementKind, Verdict, make_id

MACHINE = "onrecord"  # author prefix of the machine's own judgements
CERTAIN = 0.985  # a pair of which this much is known speaks for all that a person bound to its members
PREFIX = {JudgementKind.COPY: "k", JudgementKind.EVENT: "e", JudgementKind.STORY: "s"}


@dataclass(frozen=True, slots=True)
class Linkage:
    """How pairs become clusters. ``unjudged`` is the score assumed for a pair nobody judged: it was no candidate."""

    threshold: float
    unjudged: float
    best: float = 0.0  # share of the best pair's score, against the average's


LINKAGES = {
    JudgementKind.COPY: Linkage(0.55, 0.3, 0.2),
    JudgementKind.EVENT: Linkage(0.45, 0.3, 0.3),
    JudgementKind.STORY: Linkage(0.5, 0.1, 0.2),
}


@dataclass
class _Group:
    members: list[str]
    links: dict[int, tuple[float, int, float]] = field(
        default_factory=dict
    )  # other → (sum of scores, pairs judged, best)
    apart: set[int] = field(default_factory=set)


def is_machine(author: str) -> bool:
    return author.split(" ", 1)[0] == MACHINE


def standing_judgements(kind: JudgementKind, judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement in force for each pair: a person's above the machine's, then the latest made."""
    chosen: dict[tuple[str, str], Judgement] = {}
    for judgement in judgements:
        if judgement.kind is not kind or judgement.left == judgement.right:
            continue
        pair = (min(judgement.left, judgement.right), max(judgement.left, judgement.right))
        other = chosen.get(pair)
        if other is None or _rank(judgement) > _rank(other):
            chosen[pair] = judgement
    return chosen


def _rank(judgement: Judgement) -> tuple[bool, float, str]:
    return not is_machine(judgement.author), judgement.made.timestamp(), judgement.id


def cluster(
    kind: JudgementKind,
    members: Sequence[str],
    judgements: Iterable[Judgement],
    linkage: Linkage | None = None,
) -> tuple[Cluster, ...]:
    """Clusters of the members, in the order of their first members; each member is in exactly one.

    ``members`` in ledger order: a cluster's id is made from its first, so that it outlives later merges; ids that its
    other members would have had alone are its aliases. A person's *same* binds, a person's *different* keeps apart
    whole clusters; the machine's *different* with a score of nearly nought keeps apart the pair's clusters too.
    """
    linkage = linkage or LINKAGES[kind]
    order = {member: index for index, member in enumerate(dict.fromkeys(members))}
    pairs = {p: j for p, j in standing_judgements(kind, judgements).items() if p[0] in order and p[1] in order}
    groups, where = _bound(order, pairs)
    _connect(groups, where, pairs)
    _agglomerate(groups, linkage)
    found = [sorted(group.members, key=order.__getitem__) for group in groups.values()]
    found.sort(key=lambda names: order[names[0]])
    place = {name: index for index, names in enumerate(found) for name in names}
    unsure: dict[int, list[tuple[str, str]]] = {}
    for (left, right), judgement in sorted(pairs.items()):
        if judgement.verdict is not Verdict.DIFFERENT and place[left] != place[right]:
            unsure.setdefault(place[left], []).append((left, right))
            unsure.setdefault(place[right], []).append((right, left))
    return tuple(
        Cluster(
            id=cluster_id(kind, names[0]),
            kind=kind,
            members=tuple(names),
            unsure=tuple(unsure.get(index, ())),
            aliases=tuple(cluster_id(kind, name) for name in names[1:]),
        )
        for index, names in enumerate(found)
    )


@lru_cache(maxsize=65_536)
def cluster_id(kind: JudgementKind, first: str) -> str:
    """The id of the cluster that begins with this member."""
    return make_id(PREFIX[kind], first)


def _bound(order: dict[str, int], pairs: dict[tuple[str, str], Judgement]) -> tuple[dict[int, _Group], dict[str, int]]:
    """Groups after a person's *same*, by union-find; a person's *different* between two of one group loses."""
    parent = {member: member for member in order}

    def root(member: str) -> str:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for (left, right), judgement in sorted(pairs.items()):
        if judgement.verdict is Verdict.SAME and not is_machine(judgement.author):
            a, b = sorted((root(left), root(right)))
            parent[b] = a
    numbers: dict[str, int] = {}
    groups: dict[int, _Group] = {}
    where: dict[str, int] = {}
    for member in sorted(order):
        number = numbers.setdefault(root(member), len(numbers))
        groups.setdefault(number, _Group([])).members.append(member)
        where[member] = number
    return groups, where


def _connect(groups: dict[int, _Group], where: dict[str, int], pairs: dict[tuple[str, str], Judgement]) -> None:
    for (left, right), judgement in pairs.items():
        a, b = where[left], where[right]
        if a == b:
            continue
        if keeps_apart(judgement):
            groups[a].apart.add(b)
            groups[b].apart.add(a)
        total, count, best = groups[a].links.get(b, (0.0, 0, 0.0))
        groups[a].links[b] = groups[b].links[a] = (total + judgement.score, count + 1, max(best, judgement.score))
    for group in groups.values():
        for other, (_, _, best) in group.links.items():
            if best >= CERTAIN:
                count = len(group.members) * len(groups[other].members)
                group.links[other] = (best * count, count, best)


def keeps_apart(judgement: Judgement) -> bool:
    """Whether this judgement forbids a merge, whatever others say: a person's, or the machine's firm one."""
    if judgement.verdict is not Verdict.DIFFERENT:
        return False
    return not is_machine(judgement.author) or any(reason.name == "apart" for reason in judgement.reasons)


def _average(groups: dict[int, _Group], a: int, b: int, linkage: Linkage) -> float:
    total, count, best = groups[a].links[b]
    pairs = len(groups[a].members) * len(groups[b].members)
    average = (total + linkage.unjudged * (pairs - count)) / pairs
    return linkage.best * best + (1.0 - linkage.best) * average


def _agglomerate(groups: dict[int, _Group], linkage: Linkage) -> None:
    heap: list[tuple[float, str, str, int, int]] = []
    version: dict[int, int] = dict.fromkeys(groups, 0)

    def push(a: int, b: int) -> None:
        if b in groups[a].apart:
            return
        score = _average(groups, a, b, linkage)
        if score >= linkage.threshold:
            (one, first), (two, second) = sorted(((groups[a].members[0], a), (groups[b].members[0], b)))
            heapq.heappush(heap, (-round(score, 9), one, two, first, second))
            stamps[(first, second)] = (version[first], version[second])

    stamps: dict[tuple[int, int], tuple[int, int]] = {}
    for a in sorted(groups):
        for b in groups[a].links:
            if a < b:
                push(a, b)
    while heap:
        _, _, _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or stamps.get((a, b)) != (version[a], version[b]):
            continue
        del stamps[(a, b)]
        _merge(groups, a, b)
        version[a] += 1
        for other in groups[a].links:
            push(a, other)


def _merge(groups: dict[int, _Group], a: int, b: int) -> None:
    gone = groups.pop(b)
    kept = groups[a]
    kept.members = sorted(kept.members + gone.members)
    kept.links.pop(b, None)
    for other, (total, count, best) in gone.links.items():
        if other == a:
            continue
        groups[other].links.pop(b, None)
        have_total, have_count, have_best = kept.links.get(other, (0.0, 0, 0.0))
        joined = (have_total + total, have_count + count, max(have_best, best))
        kept.links[other] = groups[other].links[a] = joined
    for other in gone.apart:
        groups[other].apart.discard(b)
        groups[other].apart.add(a)
        kept.apart.add(other)


def doubts_beyond(
    found: Sequence[Cluster], held: Sequence[Cluster], judgements: Sequence[Judgement]
) -> set[tuple[str, str]]:
    """Pairs of a member of these clusters and one of none of them that may be the same.

    What members were unsure of while clusters were ``held`` they still are; ``judgements``: all of the new members.
    """
    within = {member for c in found for member in c.members}
    beyond = {pair for c in held for pair in c.unsure if pair[0] in within and pair[1] not in within}
    for kind in {j.kind for j in judgements}:
        for (left, right), judgement in standing_judgements(kind, judgements).items():
            if judgement.verdict is not Verdict.DIFFERENT and (left in within) != (right in within):
                beyond.add((left, right) if left in within else (right, left))
    return beyond


def with_doubts(
    found: Sequence[Cluster], others: Mapping[str, Cluster], beyond: Iterable[tuple[str, str]]
) -> list[Cluster]:
    """The clusters, and those of the ``others`` (by member) that they may be the same as, each told of the other."""
    place = {member: c.id for c in found for member in c.members}
    out = {c.id: c for c in (*found, *others.values())}
    added: dict[str, set[tuple[str, str]]] = {}
    for left, right in beyond:
        if right in others:
            added.setdefault(place[left], set()).add((left, right))
            added.setdefault(others[right].id, set()).add((right, left))
    for name, pairs in added.items():
        out[name] = replace(out[name], unsure=tuple(sorted({*out[name].unsure, *pairs}, key=sorted)))
    return list(out.values())


def settled(found: Sequence[Cluster], judged: Iterable[Judgement]) -> list[Cluster]:
    """Clusters without a doubt that a person has settled: two told apart are not *possibly the same*."""
    apart = [j for j in judged if j.verdict is Verdict.DIFFERENT and not is_machine(j.author)]
    if not apart:
        return list(found)
    place = {member: c.id for c in found for member in c.members}
    told = {frozenset((place.get(j.left), place.get(j.right))) for j in apart}
    return [replace(c, unsure=tuple(p for p in c.unsure if frozenset(map(place.get, p)) not in told)) for c in found]
