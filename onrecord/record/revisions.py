"""What a revision of a report claims otherwise than the one before it, whatever was rewritten around it. Pure.

Event mentions of both are put together first: unchanged sentences, then words that are akin, then what is known to be
one event. What each side says of an event is compared as a whole, so that a sentence that moved changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from onrecord.model import (
    Claim,
    EventMention,
    Quantity,
    Reading,
    ReportHead,
    SourceKind,
    Stance,
    Status,
    TextSpan,
    TimeMark,
    global_id,
)
from onrecord.record.figures import counted
from onrecord.record.moments import ON_RECORD, claim_cancels, claim_denies, claim_holds
from onrecord.record.words import clip, holder_words, listed, time_words

# In the order in which they are told.
KINDS = (
    "denial_added",
    "denial_removed",
    "called_off",
    "status",
    "confirmation_added",
    "confirmation_removed",
    "figure",
    "date",
    "place",
    "source_named",
    "source_unnamed",
    "source_added",
    "source_removed",
    "hedge_dropped",
    "hedge_added",
    "added",
    "removed",
)
_LESSER = frozenset({"source_added", "source_removed", "hedge_added", "hedge_dropped", "added", "removed"})
_ALIKE = 0.55  # from here on two mentions in rewritten sentences are taken for one
_TOLLS = {"dead": "toll", "injured": "injured", "missing": "missing", "arrested": "arrested", "displaced": "displaced"}
_FIRMER = (Status.UNKNOWN, Status.POSSIBLE, Status.EXPECTED, Status.PLANNED, Status.ONGOING, Status.HAPPENED)
_ANYWHERE = "place"  # the kind of a place of which nothing is known
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class RevisionChange:
    """One difference in what is claimed: of one of ``KINDS``, in words, with the words of either side that has some."""

    kind: str
    words: str
    earlier: TextSpan | None = None
    later: TextSpan | None = None
    mention: str | None = None  # global id of the event mention it is about, the later report's if it has one


@dataclass(frozen=True, slots=True)
class RevisionStep:
    """From one revision of an address to the next."""

    earlier: ReportHead
    later: ReportHead
    changes: tuple[RevisionChange, ...]


@dataclass(slots=True)
class _Side:
    """A reading with its claims by event mention, and its sentences as words."""

    reading: Reading
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    sentences: list[tuple[str, ...]] = field(default_factory=list)
    words: str = ""  # the text in plain words, to look others' words up in

    def has(self, span: TextSpan) -> bool:
        """Whether these words stand in the text too, wherever that is."""
        return f" {' '.join(_plain(span.text))} " in self.words

    def sentence(self, event: EventMention) -> tuple[str, ...]:
        return self.sentences[event.sentence] if event.sentence < len(self.sentences) else ()


@dataclass(slots=True)
class _Group:
    """Mentions of one event in both reports."""

    old: list[EventMention] = field(default_factory=list)
    new: list[EventMention] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Told:
    """What both sides say of one event. What is said in words that both texts have is neither new nor gone."""

    before: Sequence[Claim]
    after: Sequence[Claim]
    old: _Side
    new: _Side

    def come(self, claim: Claim) -> bool:
        return not self.old.has(claim.words)

    def gone(self, claim: Claim) -> bool:
        return not self.new.has(claim.words)

    def newly(self, test: Callable[[Claim], bool]) -> Claim | None:
        """What now is so and was not: a claim in new words that passes, where none passed before."""
        passed = any(test(c) for c in self.before)
        return None if passed else next((c for c in self.after if test(c) and self.come(c)), None)

    def no_longer(self, test: Callable[[Claim], bool]) -> Claim | None:
        passes = any(test(c) for c in self.after)
        return None if passes else next((c for c in self.before if test(c) and self.gone(c)), None)


def revision_changes(
    earlier: Reading, later: Reading, events: Mapping[str, str] | None = None
) -> tuple[RevisionChange, ...]:
    """What the later revision claims otherwise, the weightiest kinds first.

    ``events``: global mention id → event, of what linking knows to be one.
    """
    old, new = _side(earlier), _side(later)
    pairs = _aligned(old, new)
    found: list[RevisionChange] = []
    groups = _groups(old, new, pairs, events or {})
    known = _of_known_events(groups)
    for group in groups:
        found += [c for c in _of_group(group, old, new) if c.kind != "denial_added" or not _beside(group, known)]
    for one, two in pairs:
        found += _of_pair(one, two, old, new)
    found += _tolls(old, new)
    if any(c.kind == "source_named" for c in found):
        found = [c for c in found if c.kind != "removed" or not _of_replaced(c, old, new)]
    return tuple(_once(sorted(found, key=lambda c: KINDS.index(c.kind))))


def _once(found: Iterable[RevisionChange]) -> Iterator[RevisionChange]:
    """Each change once: a sentence whose denial, figure or source was told is not told again as added or removed."""
    said: set[tuple[str, str]] = set()
    spans: dict[str, set[TextSpan | None]] = {"earlier": {None}, "later": {None}}
    for change in found:
        # One figure told by two words of a sentence ("seven people were killed") is one.
        key = (change.kind, change.words.partition(" ")[2] if change.kind == "figure" else change.words)
        again = change.kind in _LESSER and (
            change.later in spans["later"] if change.later is not None else change.earlier in spans["earlier"]
        )
        if key not in said and not again:
            said.add(key)
            spans["earlier"].add(change.earlier)
            spans["later"].add(change.later)
            yield change


def _side(reading: Reading) -> _Side:
    side = _Side(reading, words=f" {' '.join(_plain(reading.report.text))} ")
    for claim in reading.claims:
        side.claims.setdefault(claim.event, []).append(claim)
    for sentence in reading.sentences:
        side.sentences.append(tuple(_plain(sentence.of(reading.report.text))))
    return side


def _plain(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


# --- putting mentions together ---------------------------------------------------------------------------------


def _aligned(old: _Side, new: _Side) -> list[tuple[EventMention, EventMention]]:
    """Mentions that tell the same, one to one: in the same sentence wherever it stands, else in words akin."""
    pairs, rest = _unchanged(old, new)
    taken = {e.id for _, e in pairs}
    free = [e for e in new.reading.events if e.id not in taken]
    scored = [(_akin(a, b, old, new), a, b) for a in rest for b in free]
    likely = sorted((s for s in scored if s[0] >= _ALIKE), key=lambda s: (-s[0], s[1].id, s[2].id))
    used: set[str] = set()
    for _, a, b in likely:
        if f"o{a.id}" not in used and f"n{b.id}" not in used:
            used |= {f"o{a.id}", f"n{b.id}"}
            pairs.append((a, b))
    return pairs


def _unchanged(old: _Side, new: _Side) -> tuple[list[tuple[EventMention, EventMention]], list[EventMention]]:
    places: dict[tuple[tuple[str, ...], str, int], EventMention] = {}
    for key, event in _keyed(new):
        places.setdefault(key, event)
    pairs: list[tuple[EventMention, EventMention]] = []
    rest: list[EventMention] = []
    for key, event in _keyed(old):
        match = places.pop(key, None)
        if match is None:
            rest.append(event)
        else:
            pairs.append((event, match))
    return pairs, rest


def _keyed(side: _Side) -> Iterator[tuple[tuple[tuple[str, ...], str, int], EventMention]]:
    counted: Counter[tuple[int, str]] = Counter()
    for event in sorted(side.reading.events, key=lambda e: e.anchor.start):
        word = event.anchor.text.casefold()
        counted[event.sentence, word] += 1
        yield (side.sentence(event), word, counted[event.sentence, word]), event


def _akin(a: EventMention, b: EventMention, old: _Side, new: _Side) -> float:
    """How sure two mentions tell the same: verb, type, people, and words of their sentences."""
    lemma, kind = a.lemma == b.lemma, a.type is not None and a.type == b.type
    if not lemma and not kind:
        return 0.0
    one, two = _content(old.sentence(a)), _content(new.sentence(b))
    shared = 2 * len(one & two) / max(1, len(one) + len(two))
    people = bool(_people(a) & _people(b))
    return 0.35 * lemma + 0.15 * kind + 0.15 * people + 0.45 * shared


def _content(words: Iterable[str]) -> set[str]:
    """The words that tell sentences apart: figures, and those of more than three letters."""
    return {w for w in words if len(w) > 3 or w.isdigit()}


def _people(event: EventMention) -> set[str]:
    return {" ".join(_plain(p.text)) for p in (*event.actors, *event.recipients)}


def _groups(
    old: _Side, new: _Side, pairs: Iterable[tuple[EventMention, EventMention]], events: Mapping[str, str]
) -> list[_Group]:
    """All mentions of both reports by event."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    def join(one: str, two: str) -> None:
        parent[root(two)] = root(one)

    for mark, side in (("o", old), ("n", new)):
        for event in side.reading.events:
            linked = events.get(global_id(side.reading.report.id, event.id))
            if linked:
                join(f"e{linked}", f"{mark}{event.id}")
            if event.antecedent:
                join(f"{mark}{event.antecedent}", f"{mark}{event.id}")
    for one, two in pairs:
        join(f"o{one.id}", f"n{two.id}")
    found: dict[str, _Group] = defaultdict(_Group)
    for event in old.reading.events:
        found[root(f"o{event.id}")].old.append(event)
    for event in new.reading.events:
        found[root(f"n{event.id}")].new.append(event)
    return list(found.values())


def _of_replaced(change: RevisionChange, old: _Side, new: _Side) -> bool:
    """Is what is gone the word of an unnamed source who speaks no more, now that the news has a name to it?"""
    begin = change.earlier.start if change.earlier is not None else -1
    gone = [c for claims in old.claims.values() for c in claims if c.words.start == begin]
    speaking = _holders([c for claims in new.claims.values() for c in claims])
    unnamed = {name for name, c in _holders(gone).items() if c.holder.kind is SourceKind.UNNAMED}
    return bool(unnamed) and not unnamed & speaking.keys()


def _of_known_events(groups: Iterable[_Group]) -> tuple[frozenset[int], frozenset[int]]:
    """The sentences of either report that tell of an event, of a type, which the other report has too."""
    both = [g for g in groups if g.old and g.new]
    old = frozenset(e.sentence for g in both for e in g.old if e.type is not None)
    return old, frozenset(e.sentence for g in both for e in g.new if e.type is not None)


def _beside(group: _Group, known: tuple[frozenset[int], frozenset[int]]) -> bool:
    """Is it a word of no type in a sentence about a known event: "rejected | reports that the visit would take place"?

    What is denied is told as that event's.
    """
    if (group.old and group.new) or any(e.type is not None for e in (*group.old, *group.new)):
        return False
    return all(e.sentence in known[0] for e in group.old) and all(e.sentence in known[1] for e in group.new)


# --- what is said of an event ----------------------------------------------------------------------------------


def _of_group(group: _Group, old: _Side, new: _Side) -> Iterator[RevisionChange]:
    before = [c for e in group.old for c in old.claims.get(e.id, ())]
    after = [c for e in group.new for c in new.claims.get(e.id, ())]
    mention = global_id(new.reading.report.id, group.new[0].id) if group.new else None
    mention = mention or global_id(old.reading.report.id, group.old[0].id)
    make = partial(RevisionChange, mention=mention)
    told = _Told(before, after, old, new)
    if not before or not after:
        yield from _alone(told, group, make)
        return
    yield from _denials(told, make)
    yield from _status(told, make)
    yield from _confirmations(told, make)
    yield from _sources(told, make)
    yield from _hedges(told, make)


Maker = Callable[..., RevisionChange]


def _alone(told: _Told, group: _Group, make: Maker) -> Iterator[RevisionChange]:
    """An event that only one revision tells of: by its denial, if it is denied there; background is passed over."""
    claims = [c for c in told.after if told.come(c)] or [c for c in told.before if told.gone(c)]
    if not claims or all(e.background for e in (*group.old, *group.new)):
        return
    denied = next((c for c in claims if claim_denies(c) and not c.holder.own_voice), None)
    claim = denied or claims[0]
    words = f"{holder_words(claim.holder)}: “{clip(claim.words.text, 160)}”"
    if claim in told.after:
        yield make("denial_added" if denied else "added", words, later=claim.words)
    else:
        yield make("denial_removed" if denied else "removed", words, earlier=claim.words)


def _denials(told: _Told, make: Maker) -> Iterator[RevisionChange]:
    if come := told.newly(claim_denies):
        words = f"{holder_words(come.holder)} denies it now: “{clip(come.words.text, 160)}”"
        yield make("denial_added", words, told.before[0].words, come.words)
    elif gone := told.no_longer(claim_denies):
        words = f"the denial by {holder_words(gone.holder)} is gone: “{clip(gone.words.text, 160)}”"
        yield make("denial_removed", words, gone.words, told.after[0].words)


def _status(told: _Told, make: Maker) -> Iterator[RevisionChange]:
    """The firmest that is held: planned → happened; and what is called off."""
    if off := told.newly(claim_cancels):
        words = f"called off, according to {holder_words(off.holder)}: “{clip(off.words.text, 160)}”"
        yield make("called_off", words, told.before[0].words, off.words)
        return
    one, two = _firmest(told.before), _firmest(told.after)
    if one is None or two is None or one.status is two.status:
        return
    firmer = _FIRMER.index(two.status) > _FIRMER.index(one.status)
    if told.come(two) if firmer else told.gone(one):
        words = f"{_status_words(one)} → {_status_words(two)}: “{clip(two.words.text, 160)}”"
        yield make("status", words, one.words, two.words)


def _firmest(claims: Sequence[Claim]) -> Claim | None:
    held = [c for c in claims if claim_holds(c) and c.status in _FIRMER]
    return max(held, key=lambda c: _FIRMER.index(c.status)) if held else None


def _status_words(claim: Claim) -> str:
    return claim.status.value.replace("_", " ")


def _confirmations(told: _Told, make: Maker) -> Iterator[RevisionChange]:
    if come := told.newly(_confirms):
        words = f"{holder_words(come.holder)} confirms it now: “{clip(come.words.text, 160)}”"
        yield make("confirmation_added", words, told.before[0].words, come.words)
    elif gone := told.no_longer(_confirms):
        words = f"the confirmation by {holder_words(gone.holder)} is gone: “{clip(gone.words.text, 160)}”"
        yield make("confirmation_removed", words, gone.words, told.after[0].words)


def _confirms(claim: Claim) -> bool:
    return claim.stance is Stance.CONFIRMS and claim.holder.kind in ON_RECORD and claim_holds(claim)


def _sources(told: _Told, make: Maker) -> Iterator[RevisionChange]:
    """Who says it: unnamed before and on the record now, the other way round, or others than before."""
    old, new = (_holders([c for c in claims if claim_holds(c)]) for claims in (told.before, told.after))
    on_old = {n: c for n, c in old.items() if c.holder.kind in ON_RECORD}
    on_new = {n: c for n, c in new.items() if c.holder.kind in ON_RECORD}
    hidden_old, hidden_new = _unnamed(old), _unnamed(new)
    named = next((c for c in on_new.values() if told.come(c)), None)
    hidden = next((c for c in hidden_new if told.come(c)), None)
    if hidden_old and not on_old and named:
        still = "" if hidden_new else "source no longer unnamed: "
        words = f"{still}{_listed(hidden_old)} before, {_listed(on_new.values())} now"
        yield make("source_named", words, hidden_old[0].words, named.words)
    elif hidden and not on_new and on_old and not hidden_old:
        words = f"source unnamed now: {_listed(on_old.values())} before, {_listed(hidden_new)} now"
        yield make("source_unnamed", words, next(iter(on_old.values())).words, hidden.words)
    else:
        yield from _other_sources(told, old, new, make)


def _other_sources(
    told: _Told, old: Mapping[str, Claim], new: Mapping[str, Claim], make: Maker
) -> Iterator[RevisionChange]:
    for name, claim in new.items():
        if told.come(claim) and not _confirms(claim) and not _renamed(name, old):
            words = f"{holder_words(claim.holder)} says so now: “{clip(claim.words.text, 160)}”"
            yield make("source_added", words, told.before[0].words, claim.words)
    quoted = _holders(told.new.reading.claims)  # who still speaks in the report was not taken out of it
    for name, claim in old.items():
        if told.gone(claim) and not _confirms(claim) and not _renamed(name, quoted):
            words = f"no longer told by {holder_words(claim.holder)}: “{clip(claim.words.text, 160)}”"
            yield make("source_removed", words, claim.words, told.after[0].words)


def _holders(claims: Sequence[Claim]) -> dict[str, Claim]:
    """Those who are made to say it, by name; the report's own voice apart."""
    found: dict[str, Claim] = {}
    for claim in claims:
        if not claim.holder.own_voice:
            found.setdefault(" ".join(w for w in _plain(claim.holder.name) if w not in _ARTICLES), claim)
    return found


def _unnamed(holders: Mapping[str, Claim]) -> list[Claim]:
    return [c for c in holders.values() if c.holder.kind is SourceKind.UNNAMED]


def _listed(claims: Iterable[Claim]) -> str:
    return listed(c.holder.name for c in claims)


def _renamed(name: str, others: Iterable[str]) -> bool:
    """Whether a name is a longer or shorter form of another: "ministry spokesman Anton Feld", "Feld"."""
    words = set(name.split())
    return any(words <= set(o.split()) or set(o.split()) <= words for o in others)


def _hedges(told: _Told, make: Maker) -> Iterator[RevisionChange]:
    one, two = (_hedge(claims) for claims in (told.before, told.after))
    if one is None or two is None or one == two:
        return
    first = next((c for c in told.after if claim_holds(c) and told.come(c)), None)
    if first is not None:
        kind, words = ("hedge_dropped", "no longer hedged") if one else ("hedge_added", "hedged now")
        yield make(kind, f"{words}: “{clip(first.words.text, 160)}”", told.before[0].words, first.words)


def _hedge(claims: Sequence[Claim]) -> bool | None:
    held = [c.hedged for c in claims if claim_holds(c)]
    return all(held) if held else None


# --- values ----------------------------------------------------------------------------------------------------


def _of_pair(one: EventMention, two: EventMention, old: _Side, new: _Side) -> Iterator[RevisionChange]:
    """Figures, date and place of two mentions that tell the same."""
    make = partial(
        RevisionChange,
        earlier=_words(old, one),
        later=_words(new, two),
        mention=global_id(new.reading.report.id, two.id),
    )
    before, after = _figures([one]), _figures([two])
    for group in sorted(before.keys() & after.keys(), key=lambda g: (g[0] not in _TOLLS, g)):
        if len(before[group]) == len(after[group]) == 1 and _bounds(before[group][0]) != _bounds(after[group][0]):
            yield make("figure", _figure_words(group, before[group][0], after[group][0]))
    yield from _dates(one, two, old, new, make)
    yield from _places(one, two, old, new, make)


def _words(side: _Side, event: EventMention) -> TextSpan:
    claims = side.claims.get(event.id)
    return claims[0].words if claims else event.anchor


def _figures(events: Iterable[EventMention]) -> dict[tuple[str, str], list[Quantity]]:
    """Quantities by kind and unit, each value once. A plain count without a unit may count anything."""
    found: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in (q for e in events for q in e.quantities):
        group = counted(quantity)
        if group != ("count", "") and _bounds(quantity) not in [_bounds(q) for q in found[group]]:
            found[group].append(quantity)
    return {group: values for group, values in found.items() if values}


def _bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    return quantity.low, quantity.high


def _figure_words(group: tuple[str, str], one: Quantity, two: Quantity) -> str:
    name = _TOLLS.get(group[0], group[0] if group[0] != "count" else group[1])
    return f"{name} {clip(one.text, 40)} → {clip(two.text, 40)}"


def _dates(one: EventMention, two: EventMention, old: _Side, new: _Side, make: Maker) -> Iterator[RevisionChange]:
    times = [{t.id: t for t in side.reading.times} for side in (old, new)]
    first, second = times[0].get(one.time or ""), times[1].get(two.time or "")
    if first is None or second is None or TimeMark.PUBLISHED in (one.time_mark, two.time_mark):
        return
    if not (old.claims.get(one.id) and new.claims.get(two.id)):
        return  # a verb of saying: it was said anew on another day
    if first.text.casefold() == second.text.casefold():
        return  # the same words, counted from another day
    if None in (first.earliest, first.latest, second.earliest, second.latest):
        return
    assert first.earliest and first.latest and second.earliest and second.latest
    if first.latest < second.earliest or second.latest < first.earliest:
        yield make("date", f"date {time_words(first)} → {time_words(second)}")


def _places(one: EventMention, two: EventMention, old: _Side, new: _Side, make: Maker) -> Iterator[RevisionChange]:
    first = next((p for p in old.reading.places if p.id == one.place), None)
    second = next((p for p in new.reading.places if p.id == two.place), None)
    if first is None or second is None or first.kind != second.kind:
        return
    if first.kind == _ANYWHERE and (first.geonames is None or second.geonames is None):
        return  # of two places that nothing is known of one may lie in the other
    if (first.geonames or first.name.casefold()) != (second.geonames or second.name.casefold()):
        yield make("place", f"place {first.name} → {second.name}")


def _tolls(old: _Side, new: _Side) -> Iterator[RevisionChange]:
    """The one toll of a report, whatever verb it stands with: "five were killed", "the toll rose to seven"."""
    before, after = _figures(old.reading.events), _figures(new.reading.events)
    for group in sorted(before.keys() & after.keys()):
        one, two = before[group], after[group]
        if group[0] in _TOLLS and len(one) == len(two) == 1 and _bounds(one[0]) != _bounds(two[0]):
            event = next(e for e in new.reading.events if two[0] in e.quantities)
            earlier = next(e for e in old.reading.events if one[0] in e.quantities)
            mention = global_id(new.reading.report.id, event.id)
            words = _figure_words(group, one[0], two[0])
            yield RevisionChange("figure", words, _words(old, earlier), _words(new, event), mention)
