"""Invented readings by invented outlets, of any number and seeded: for the ledger's tests and its benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from onrecord.model import (
    Attribution,
    Authority,
    Certainty,
    Claim,
    Cluster,
    Digest,
    Entity,
    EntityType,
    EventDigest,
    EventMention,
    Holder,
    JudgementKind,
    Mention,
    Participant,
    PlaceMention,
    Quantity,
    QuoteForm,
    Reading,
    Report,
    SourceKind,
    Span,
    Stamp,
    Stance,
    Status,
    TextSpan,
    TimeMention,
    TimeType,
    global_id,
    make_id,
    report_id,
)

OUTLETS = ("Harbour Courier", "Vale Gazette", "Northern Ledger", "The Quay Post", "Radio Ostmark", "Inland Wire")
PEOPLE = ("Maren Holt", "Tobias Renn", "Ilse Farrow", "Anton Vey", "Dalia Morrow", "Sven Akers", "Rosa Lindqvist")
TOWNS = ("Kelmouth", "Varnholm", "Ostbridge", "Pellwick", "Saint Arnau", "Drevna")
VERBS = (("met", "CONSULT"), ("signed", "AGREE"), ("refused", "REJECT"), ("struck", "ASSAULT"), ("visited", "CONSULT"))
FILLER = (
    "The council will look at the figures again before the summer.",
    "Ferries ran late all morning and the market stayed half empty.",
    "Nobody at the harbour office could say how long the work would take.",
    "A second set of pumps is kept in a shed behind the old mill.",
    "Farmers in the valley have asked for the road to be opened by spring.",
    "Two earlier plans were dropped when the money ran out.",
)
START = datetime(2031, 3, 1, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Shape:
    """How much a reading holds."""

    events: int = 6
    filler: int = 10


def stamp(moment: datetime) -> Stamp:
    return Stamp(moment.isoformat(), moment.isoformat(), "field", moment, moment)


def make_report(text: str, address: str = "", outlet: str | None = "Vale Gazette", **more: object) -> Report:
    address = address or f"https://vale-gazette.example/{abs(hash(text))}"
    published = more.get("published")
    updated = more.get("updated")
    title = more.get("title")
    assert published is None or isinstance(published, Stamp)
    assert updated is None or isinstance(updated, Stamp)
    assert title is None or isinstance(title, str)
    own_id = report_id(
        address, text, title, outlet, published.value if published else None, updated.value if updated else None
    )
    return Report(id=own_id, address=address, text=text, outlet=outlet, **more)  # type: ignore[arg-type]


class _Writer:
    """A text under construction, with the spans of what is put into it."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, words: str) -> TextSpan:
        start = len(self.text)
        self.text += words
        return TextSpan(start, len(self.text), words)


def invent(number: int, seed: int = 7, shape: Shape | None = None, made_by: str = "onrecord 0.1.0 test") -> Reading:
    """Reading number ``number`` of an endless series; the same numbers give the same readings."""
    shape = shape or Shape()
    rng = random.Random(f"{seed}:{number}")
    published = START + timedelta(minutes=17 * number)
    outlet = rng.choice(OUTLETS)
    story = rng.randrange(max(1, number // 12 + 1))
    people = [PEOPLE[(story + i) % len(PEOPLE)] + f" {_syllables(story + i)}" for i in range(3)]
    town = TOWNS[story % len(TOWNS)]
    paper = _Writer()
    entities = [Entity(f"n{i}", name, EntityType.PERSON, "KEL") for i, name in enumerate(people, 1)]
    entities.append(Entity("n4", town, EntityType.PLACE, "KEL"))
    found = _Found(people, town, published, outlet)
    title = f"{people[0]} {rng.choice(VERBS)[0]} {people[1]} in {town}"
    for _ in range(shape.events):
        found.event(paper, rng)
        for _ in range(max(1, shape.filler // max(1, shape.events))):
            start = len(paper.text)
            paper.put(rng.choice(FILLER))
            found.sentences.append(Span(start, len(paper.text)))
            paper.put(" ")
    report = make_report(
        paper.text,
        address=f"https://{outlet.lower().replace(' ', '-')}.example/{number}",
        outlet=outlet,
        title=title,
        published=stamp(published),
        credits=("Inland Wire",) if rng.random() < 0.2 else (),
    )
    return Reading(
        report=report,
        made_by=made_by,
        sentences=tuple(found.sentences),
        entities=tuple(entities),
        mentions=tuple(found.mentions),
        times=tuple(found.times),
        places=tuple(found.places),
        attributions=tuple(found.attributions),
        events=tuple(found.events),
        claims=tuple(found.claims),
    )


def _syllables(number: int) -> str:
    """An invented second surname: another for every number."""
    parts = ("ba", "den", "kor", "lis", "mar", "nov", "pel", "run", "sta", "vik")
    return "".join(parts[int(digit)] for digit in str(number)).capitalize()


class _Found:
    def __init__(self, people: list[str], town: str, published: datetime, outlet: str) -> None:
        self.people, self.town, self.published, self.outlet = people, town, published, outlet
        self.sentences: list[Span] = []
        self.mentions: list[Mention] = []
        self.times: list[TimeMention] = []
        self.places: list[PlaceMention] = []
        self.attributions: list[Attribution] = []
        self.events: list[EventMention] = []
        self.claims: list[Claim] = []

    def event(self, paper: _Writer, rng: random.Random) -> None:
        """One sentence: “A said B met C in D on 4 March 2031.”"""
        n = len(self.events) + 1
        verb, kind = rng.choice(VERBS)
        day = (self.published - timedelta(days=rng.randrange(30))).replace(hour=0, minute=0)
        start = len(paper.text)
        source = paper.put(self.people[2])
        paper.put(" ")
        cue = paper.put("said")
        paper.put(" that ")
        content_start = len(paper.text)
        actor = paper.put(self.people[0])
        paper.put(" ")
        anchor = paper.put(verb)
        paper.put(" ")
        recipient = paper.put(self.people[1])
        paper.put(" in ")
        place = paper.put(self.town)
        paper.put(" on ")
        time = paper.put(f"{day.day} {day:%B %Y}")
        content = TextSpan(content_start, len(paper.text), paper.text[content_start:])
        paper.put(". ")
        self.sentences.append(Span(start, len(paper.text) - 1))
        for span, entity in ((source, "n3"), (actor, "n1"), (recipient, "n2"), (place, "n4")):
            shape = EntityType.PLACE if entity == "n4" else EntityType.PERSON
            self.mentions.append(Mention(span.start, span.end, span.text, shape, entity))
        self.times.append(
            TimeMention(
                f"t{n}", time.start, time.end, time.text, TimeType.DATE, f"{day:%Y-%m-%d}", day,
                day + timedelta(days=1, microseconds=-1),
            )
        )  # fmt: skip
        self.places.append(PlaceMention(f"p{n}", place.start, place.end, place.text, self.town, country="KEL"))
        self.attributions.append(
            Attribution(
                f"a{n}", (source,), (cue,), (content,), QuoteForm.INDIRECT, Stance.ASSERTS, SourceKind.NAMED, "n3",
                sentence=len(self.sentences) - 1,
            )
        )  # fmt: skip
        self.events.append(
            EventMention(
                f"e{n}", anchor, len(self.sentences) - 1, verb, kind, "plover",
                actors=(Participant(actor.start, actor.end, actor.text, "n1", "KEL"),),
                recipients=(Participant(recipient.start, recipient.end, recipient.text, "n2", "KEL"),),
                time=f"t{n}", place=f"p{n}", attribution=f"a{n}",
            )
        )  # fmt: skip
        own = Holder(self.outlet, SourceKind.OUTLET, own_voice=True)
        speaker = Holder(self.people[2], SourceKind.NAMED, "n3")
        self.claims.append(
            Claim(
                f"c{n}", f"e{n}", speaker, (own, speaker), Stance.ASSERTS, Status.HAPPENED, Certainty.CT_PLUS, 3.0,
                Authority.OTHER, content, attribution=f"a{n}", sequence=n,
            )
        )  # fmt: skip


def make_digest(reading: Reading) -> Digest:
    """A digest as linking would make it, in size and spread of keys."""
    report = reading.report
    names = tuple(sorted({e.name.casefold() for e in reading.entities}))
    rng = random.Random(report.id)
    times = {t.id: t for t in reading.times}
    keys = {f"n:{name}" for name in names} | {f"c:{rng.getrandbits(48):x}" for _ in range(32)}
    events = []
    for event in reading.events:
        time = times.get(event.time or "")
        day = time.value if time else ""
        keys |= {f"e:{event.type}:{p.text.casefold()}:{day}" for p in (*event.actors, *event.recipients)}
        keys.add(f"t:{event.type}+{day}")
        events.append(
            EventDigest(
                id=global_id(report.id, event.id),
                type=event.type,
                lemma=event.lemma,
                actors=tuple(p.text.casefold() for p in event.actors),
                recipients=tuple(p.text.casefold() for p in event.recipients),
                countries=("KEL",),
                earliest=time.earliest if time else None,
                latest=time.latest if time else None,
                time_mark=None,
                place=None,
                status=event.status,
                anchor=event.anchor,
                terms=tuple(report.text[event.anchor.start : event.anchor.end + 40].casefold().split()),
            )
        )
    return Digest(
        report=report.id,
        address=report.address,
        outlet=report.outlet,
        title=report.title or "",
        earliest=report.published.earliest if report.published else None,
        latest=report.published.latest if report.published else None,
        keys=tuple(sorted(keys)),
        shingles=tuple(rng.getrandbits(32) for _ in range(128)),
        terms=tuple((word, round(rng.random(), 3)) for word in sorted(set(report.text.split()))[:60]),
        names=names,
        events=tuple(events),
    )


def readable(reading: Reading) -> tuple[Reading, Digest]:
    return reading, make_digest(reading)


def series(first: int, last: int, **options: object) -> Iterator[tuple[Reading, Digest]]:
    for number in range(first, last):
        yield readable(invent(number, **options))  # type: ignore[arg-type]


def read_again(reading: Reading, made_by: str) -> Reading:
    return replace(reading, made_by=made_by)


# How claims of a dense reading are held: each row as often as its number says.
_STATUSES = (Status.HAPPENED,) * 14 + (Status.PLANNED,) * 3 + (Status.EXPECTED, Status.POSSIBLE, Status.DID_NOT_HAPPEN)
_STANCES = (Stance.ASSERTS,) * 16 + (Stance.DENIES, Stance.DENIES, Stance.CONFIRMS, Stance.QUESTIONS)
_TOLD, _TOLD_TWICE = 60, 5  # claims of ninety event mentions
SHARED, TOGETHER = 16, 3  # so many events of a reading are told by so many reports in a row
DENSE = Shape(events=90, filler=90)


def invent_dense(number: int) -> Reading:
    """As much as the reader finds in a long report: 90 mentions, 65 claims; some denied, dated, hedged or unnamed."""
    base = invent(number, shape=DENSE)
    rng = random.Random(f"dense {number}")
    outlet = base.report.outlet or ""
    own = Holder(outlet, SourceKind.OUTLET, own_voice=True)
    town = TOWNS[number // TOGETHER % len(TOWNS)]
    holders = (
        base.claims[0].holder,
        Holder(f"the harbour office of {town}", SourceKind.OFFICE, country="KEL", sector="GOV"),
        Holder("officials", SourceKind.UNNAMED),
        Holder(f"a letter of {rng.choice(PEOPLE)}", SourceKind.DOCUMENT),
        own,
    )
    claims = [
        _dense_claim(base, claim, rng.choice(holders), rng)
        for claim in rng.sample(base.claims[SHARED:], _TOLD - SHARED)
    ]
    claims += [_dense_claim(base, claim, rng.choice(holders), rng) for claim in base.claims[:SHARED]]
    claims += [
        replace(claim, id=f"c{100 + n}", holder=own, chain=(own,), stance=Stance.ASSERTS)
        for n, claim in enumerate(rng.sample(claims, _TOLD_TWICE))
    ]
    counted = [event if rng.random() < 0.5 else _counted(base, event) for event in base.events]
    events = tuple(replace(event, background=rng.random() < 0.1) for event in counted)
    return replace(base, events=events, claims=tuple(sorted(claims, key=lambda c: c.sequence)))


def _counted(base: Reading, event: EventMention) -> EventMention:
    """The same event with a figure, which is the number at the beginning of its date."""
    time = next(t for t in base.times if t.id == event.time)
    number = time.text.split()[0]
    figure = Quantity(time.start, time.start + len(number), number, "dead", float(number), float(number))
    return replace(event, quantities=(figure,))


def _dense_claim(base: Reading, claim: Claim, holder: Holder, rng: random.Random) -> Claim:
    outlet = Holder(base.report.outlet or "", SourceKind.OUTLET, own_voice=True)
    published = base.report.published
    assert published is not None
    assert published.earliest is not None
    said = published.earliest - timedelta(days=rng.randrange(1, 20)) if rng.random() < 0.1 else None
    return replace(
        claim,
        holder=holder,
        chain=(outlet,) if holder.own_voice else (outlet, holder),
        status=rng.choice(_STATUSES),
        stance=rng.choice(_STANCES),
        hedged=rng.random() < 0.1,
        authority=Authority.RESPONSIBLE if holder.kind is SourceKind.OFFICE and rng.random() < 0.3 else Authority.OTHER,
        said_earliest=said,
        said_latest=said,
    )


def dense_clusters(readings: Sequence[Reading]) -> list[Cluster]:
    """The events of readings in a row: the first ones of each are told by all, each of the others by itself."""
    shared = [tuple(sorted(global_id(r.report.id, f"e{n}") for r in readings)) for n in range(1, SHARED + 1)]
    alone = [(global_id(r.report.id, e.id),) for r in readings for e in r.events[SHARED:]]
    return [Cluster(make_id("e", members), JudgementKind.EVENT, members) for members in (*shared, *alone)]
