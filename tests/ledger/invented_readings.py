"""Invented readings by invented outlets, of any number and seeded: for the ledger's tests and its benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from onrecord.model import (
    Attribution,
    Authority,
    Certainty,
    Claim,
    Digest,
    Entity,
    EntityType,
    EventDigest,
    EventMention,
    Holder,
    Mention,
    Participant,
    PlaceMention,
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
