"""Plots become reports: text is put together, and what is true of it is written down with its offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.newsroom.casting import ACTS, Cast, Source, look_alike, make_cast, names_of
from benchmarks.newsroom.plots import PLOTS, Plot, Step, Told
from benchmarks.newsroom.wording import FOLLOW_UPS, Sentence, Writer, capital
from benchmarks.newsroom.world import Outlet, World, make_world

BEGIN = datetime(2031, 1, 6, 6, tzinfo=UTC)
LOOK_ALIKES = 0.25  # share of events that repeat an earlier one's people at another time or place
LATE = 0.2  # share of reports that arrive days after they were published
PLOTS_A_COUNTRY = 3
FILLERS = 4
SECOND = 0.35  # share of claims that get a second sentence


@dataclass(frozen=True)
class TrueOrigin:
    """Where a claim comes from. ``outlet`` heard an unnamed source, or is the origin itself."""

    key: str
    kind: str
    names: tuple[str, ...]
    outlet: str | None = None


@dataclass(frozen=True)
class TrueClaim:
    told: Told
    source: Source | None
    origin: TrueOrigin


@dataclass(frozen=True)
class Telling:
    """A claim in a report: its sentence and anchors as offsets into the body."""

    claim: int
    start: int
    end: int
    anchors: tuple[tuple[int, int], ...]


@dataclass
class Draft:
    """A report before and after it is put together."""

    key: str
    address: str
    outlet: Outlet
    published: datetime
    title: str
    sentences: list[Sentence]
    step: int
    updated: datetime | None = None
    byline: str | None = None
    dateline: str = ""
    tail: str = ""
    breaks: Random = field(default_factory=Random)
    family: int = -1  # the step whose text this one's goes back to
    body: str = ""
    tellings: list[Telling] = field(default_factory=list)

    @property
    def known(self) -> datetime:
        return self.updated or self.published

    def put_together(self) -> None:
        """Body and offsets from the sentences."""
        body = self.dateline
        for number, sentence in enumerate(self.sentences):
            if number:
                body += " " if self.breaks.random() < 0.35 else "\n\n"
            start = len(body)
            body += sentence.text
            if sentence.told is not None:
                anchors = tuple((start + a, start + b) for a, b in sentence.anchors())
                self.tellings.append(Telling(sentence.told, start, len(body), anchors))
        self.body = body + (f"\n\n{self.tail}" if self.tail else "")


@dataclass(frozen=True)
class TrueChange:
    """What a revision claims otherwise: the new claim's sentence in the later text."""

    earlier: str
    later: str
    kind: str
    start: int
    end: int


@dataclass
class TrueEvent:
    id: str
    plot: Plot
    cast: Cast
    claims: list[TrueClaim] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    changes: list[TrueChange] = field(default_factory=list)
    like: str | None = None  # the event it looks like

    def copies(self) -> Iterator[tuple[str, str]]:
        """Pairs of reports at different addresses that go back to one text."""
        for number, one in enumerate(self.drafts):
            for two in self.drafts[number + 1 :]:
                if one.family == two.family and one.address != two.address:
                    yield one.key, two.key


@dataclass
class Newsroom:
    seed: int
    events: list[TrueEvent]

    @property
    def drafts(self) -> list[Draft]:
        """Reports in the order in which they arrive: some late, revisions after what they revise."""
        random = Random(f"{self.seed} arrival")
        arrives: dict[str, datetime] = {}
        latest: dict[str, datetime] = {}  # of the revisions of an address so far
        every = [d for e in self.events for d in e.drafts]
        for draft in every:
            late = timedelta(hours=random.randint(12, 96)) if random.random() < LATE else timedelta()
            arrives[draft.key] = max(draft.known + late, latest.get(draft.address, draft.known))
            latest[draft.address] = arrives[draft.key]
        return sorted(every, key=lambda d: (arrives[d.key], d.known, d.key))


def make_newsroom(reports: int, seed: int) -> Newsroom:
    """Events until there are as many reports as asked, the last event whole."""
    random = Random(f"newsroom {seed}")
    plots = _plots(random)
    world = make_world(random, countries=3 + reports // (5 * PLOTS_A_COUNTRY))
    days = max(20, reports // 6)
    made: list[TrueEvent] = []
    count = 0
    while count < reports:
        plot = next(plots)
        happens = BEGIN + timedelta(days=random.randint(0, days), hours=random.randint(0, 12))
        event = _event(world, plot, f"e{len(made) + 1}", happens, made)
        _write(world, event)
        made.append(event)
        count += len(event.drafts)
    return Newsroom(seed, made)


def _plots(random: Random) -> Iterator[Plot]:
    """Every plot once, then again, each time in another order."""
    while True:
        yield from random.sample(PLOTS, len(PLOTS))


def _event(world: World, plot: Plot, name: str, happens: datetime, made: list[TrueEvent]) -> TrueEvent:
    random = world.random
    liked = {e.like for e in made}
    known = [e for e in made if plot.needs in ACTS[e.cast.act]["has"] and e.like is None and e.id not in liked]
    if known and random.random() < LOOK_ALIKES:
        like = random.choice(known)
        return TrueEvent(name, plot, look_alike(world, like.cast), like=like.id)
    act = random.choice([a for a, words in ACTS.items() if plot.needs in words["has"]])
    return TrueEvent(name, plot, make_cast(world, act, happens))


def _write(world: World, event: TrueEvent) -> None:
    """The event's reports, step by step."""
    random, plot = world.random, event.plot
    outlets = random.sample(world.outlets, 6)
    agency = random.choice(world.agencies)
    by = [agency if s.by == "agency" else outlets[int(s.by)] for s in plot.steps]
    ahead = plot.steps[0].told[0].says == "planned"
    now = event.cast.happens + timedelta(hours=random.randint(2, 8))
    if ahead:
        now -= timedelta(days=random.randint(5, 13))
    used: set[str] = set()
    for number, step in enumerate(plot.steps):
        if number:
            now += timedelta(hours=step.hours, minutes=random.randint(0, 50))
        if step.after:
            now = max(now, event.cast.happens + timedelta(hours=random.randint(3, 20)))
        event.drafts.append(_draft(world, event, number, by, now, used))
    for draft in event.drafts:
        draft.put_together()
    for number, step in enumerate(plot.steps):
        if step.change:
            event.changes.append(_change(event, number, step))


def _draft(world: World, event: TrueEvent, number: int, by: list[Outlet], now: datetime, used: set[str]) -> Draft:
    step = event.plot.steps[number]
    writer = Writer(event.cast, by[number], now, world.random, used, world.printed)
    if step.copies is not None:
        return _copy(world, event, number, event.drafts[step.copies], writer)
    if step.revises is not None:
        return _revision(event, number, event.drafts[step.revises], writer, by)
    sentences = [s for t in step.told for s in _sentences(event, t, number, by, writer)]
    for _ in range(FILLERS):
        filler = writer.filler()
        if filler:
            place = world.random.randint(1, len(sentences))
            sentences.insert(place, Sentence(filler))
    title = writer.headline(step.told[0], event.cast.sources.get(step.told[0].who))
    draft = _new(event, number, by[number], now, title, sentences, world.random)
    if by[number].agency:
        town = event.cast.roles.get("C")
        where = town if isinstance(town, str) else event.cast.facts["XC"]
        draft.dateline = f"{where.upper()}, {writer.date(now)} ({by[number].name}) - "
    return draft


def _sentences(event: TrueEvent, told: Told, number: int, by: list[Outlet], writer: Writer) -> Iterator[Sentence]:
    """A claim's sentence, and now and then a second one that says more of the same."""
    text, claim = _told(event, told, number, by, writer)
    yield Sentence(text, claim)
    source = event.cast.sources.get(told.who)
    plain = told.stance in ("asserts", "confirms") and told.says in FOLLOW_UPS and told.heard is None
    if source is not None and plain and told.toll is None and writer.random.random() < SECOND:
        more = writer.follow_up(told, source)
        if more:
            yield Sentence(more, claim)


def _told(event: TrueEvent, told: Told, number: int, by: list[Outlet], writer: Writer) -> tuple[str, int]:
    """A claim's sentence, and the claim's number among the event's."""
    cited = by[int(told.who[1:])] if told.who.startswith("@") else None
    if told.heard is not None:
        cited = by[told.heard]
    source = event.cast.sources.get(told.who)
    outlet = by[number]
    if told.who == "own" or told.who.startswith("@"):
        name = (cited or outlet).name
        origin = TrueOrigin(f"outlet:{name}", "outlet", (name,), name)
    else:
        if source is None:
            raise KeyError(told.who)
        names = tuple(names_of(event.cast, source))
        heard = (cited or outlet).name if source.kind == "unnamed" else None
        origin = TrueOrigin(f"{source.kind}:{heard or ''}:{names[0]}", source.kind, names, heard)
    event.claims.append(TrueClaim(told, source, origin))
    return writer.told(told, source, cited), len(event.claims) - 1


def _new(
    event: TrueEvent, number: int, outlet: Outlet, now: datetime, title: str, sentences: list[Sentence], random: Random
) -> Draft:
    address = f"https://{outlet.host}/{now:%Y/%m/%d}/{event.id}-{number}"
    breaks = Random(random.random())
    return Draft(address, address, outlet, now, title, sentences, number, breaks=breaks, family=number)


def _copy(world: World, event: TrueEvent, number: int, source: Draft, writer: Writer) -> Draft:
    """Another outlet's report that takes a text over: whole, with changes, or within its own."""
    random, mode = world.random, event.plot.steps[number].mode
    taken = list(source.sentences)
    if mode == "edited" and taken[-1].told is None:
        taken = taken[:-1]
    own = [Sentence(f) for f in (writer.filler() for _ in range({"inside": 3, "edited": 1}.get(mode, 0))) if f]
    if mode == "inside":
        told = max(i for i, s in enumerate(taken) if s.told is not None)
        sentences = [*own[:1], *taken[: max(3, told + 1)], *own[1:]]
    else:
        sentences = [*taken, *own]
    title = source.title if random.random() < 0.5 else capital(f"{event.cast.facts['X']}: {source.title}")
    draft = _new(event, number, writer.outlet, writer.now, title, sentences, random)
    draft.family = source.family
    name = source.outlet.name
    credit = random.choice(("dateline", "byline", "line", "none") if mode != "inside" else ("line", "none"))
    if credit == "dateline":
        draft.dateline = source.dateline
    elif credit == "byline":
        draft.byline = name
    elif credit == "line":
        draft.tail = random.choice((f"Source: {name}", f"With material from {name}"))
    return draft


def _revision(event: TrueEvent, number: int, before: Draft, writer: Writer, by: list[Outlet]) -> Draft:
    """The report brought up to date: claims added after the lead, or put in the place of others."""
    step = event.plot.steps[number]
    gone = {_claim_of(before, told) for told in step.replaced}
    writer.namer.seen |= set(event.cast.roles)
    fresh = [Sentence(*_told(event, t, number, by, writer)) for t in step.told]
    sentences: list[Sentence] = []
    for sentence in before.sentences:
        if sentence.told is not None and sentence.told in gone:
            sentences += fresh
            fresh = []
        else:
            sentences.append(sentence)
    sentences[1:1] = fresh
    return replace(
        before,
        key=f"{before.key}#{number}",
        sentences=sentences,
        step=number,
        updated=writer.now,
        breaks=Random(event.id),
        tellings=[],
    )


def _claim_of(draft: Draft, told: int) -> int:
    return sorted({s.told for s in draft.sentences if s.told is not None})[told]


def _change(event: TrueEvent, number: int, step: Step) -> TrueChange:
    later = event.drafts[number]
    fresh = max(t.claim for t in later.tellings)
    telling = next(t for t in later.tellings if t.claim == fresh)
    earlier = [d for d in event.drafts[:number] if d.address == later.address][-1]
    return TrueChange(earlier.key, later.key, step.change, telling.start, telling.end)
