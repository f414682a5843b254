# ruff: noqa: E501 – sentences as they are shown
"""The way out: questions to a small ledger of invented reports, and to its past."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.ask import RESTS, TABLES, Asker, Filter, event_to_contract, story_to_contract, write_atomically
from onrecord.errors import AmbiguousIdError, LedgerReadOnlyError, NotFoundError, OptionError, OutputError
from onrecord.ledger import Ledger
from onrecord.model import (
    Attribution,
    Authority,
    Certainty,
    Claim,
    Cluster,
    Correction,
    Digest,
    Entity,
    EntityType,
    EventMention,
    Holder,
    Judgement,
    JudgementKind,
    Participant,
    QuoteForm,
    Reading,
    Reason,
    Report,
    SourceKind,
    Span,
    Stamp,
    Stance,
    Standing,
    Status,
    TextSpan,
    TimeMention,
    TimeType,
    Verdict,
    make_id,
    now,
    report_id,
)

OFFICE = Holder("the Ministry of Ports", SourceKind.OFFICE, country="ATL", sector="GOV")
CLERK = Holder("a port official", SourceKind.UNNAMED)
MARCH = datetime(2030, 3, 1, tzinfo=UTC)


def on(day: float) -> datetime:
    return MARCH + timedelta(days=day - 1)


def stamp(moment: datetime) -> Stamp:
    value = moment.date().isoformat()
    return Stamp(value, value, "field", moment, moment + timedelta(hours=23))


def said(text, holder=None, status="happened", stance="asserts", **more):
    """A sentence, who holds its event, and how; ``anchor`` is its second word unless named."""
    return {"text": text, "holder": holder, "status": Status(status), "stance": Stance(stance), **more}


def reading(outlet: str, day: float, title: str, *sentences: dict) -> Reading:
    """A reading of a report of these sentences: an event, a claim and, if somebody holds it, an attribution each."""
    text = title + "\n" + " ".join(s["text"] for s in sentences)
    address = f"https://{outlet.lower().replace(' ', '-')}.example/{day}"
    published = stamp(on(day))
    report = Report(
        report_id(address, text, title, outlet, published.value, None), address, text,
        outlet=outlet, title=title, published=published,
    )  # fmt: skip
    own = Holder(outlet, SourceKind.OUTLET, own_voice=True)
    events, claims, times, attributions = [], [], [], []
    for number, s in enumerate(sentences, 1):
        start = text.index(s["text"])
        whole = TextSpan(start, start + len(s["text"]), s["text"])
        word = s.get("anchor") or s["text"].split()[1]
        at = text.index(word, start)
        holder = s["holder"] or own
        if s.get("on"):
            first = datetime.fromisoformat(s["on"]).replace(tzinfo=UTC)
            last = first + timedelta(hours=23)
            times.append(TimeMention(f"t{number}", start, start + 1, s["on"], TimeType.DATE, s["on"], first, last))
        actor = s["text"].split()[0]
        events.append(
            EventMention(
                f"v{number}", TextSpan(at, at + len(word), word), number, word.lower(), s.get("type"),
                actors=(Participant(start, start + len(actor), actor, "n1"),),
                time=f"t{number}" if s.get("on") else None, status=s["status"], background=s.get("background", False),
            )
        )  # fmt: skip
        authority = Authority.RESPONSIBLE if holder is OFFICE else Authority.OTHER
        claims.append(
            Claim(
                f"c{number}", f"v{number}", holder, (own, holder) if s["holder"] else (own,), s["stance"], s["status"],
                Certainty.CT_PLUS, 3.0, authority, whole, attribution=f"a{number}" if s["holder"] else None, sequence=number,
            )
        )  # fmt: skip
        if s["holder"]:
            attributions.append(
                Attribution(f"a{number}", (whole,), (whole,), (whole,), QuoteForm.INDIRECT, s["stance"], holder.kind)
            )
    return Reading(
        report, "onrecord test",
        sentences=(Span(0, len(title)), Span(len(title) + 1, len(text))),
        entities=(Entity("n1", "Ada Quill", EntityType.PERSON),),
        times=tuple(times), events=tuple(events), claims=tuple(claims), attributions=tuple(attributions),
    )  # fmt: skip


POST = reading(
    "Harbour Post", 1, "Quill to open bridge",
    said("Quill opens the bridge on 4 April.", None, "planned", on="2030-04-04", type="CONSULT"),
    said("Quill visited the yard in 2025.", None, "happened", on="2025-06-01", background=True),
)  # fmt: skip
LANTERN = reading(
    "The Lantern", 2, "No date for bridge, official says",
    said("Quill opens nothing, a port official said.", CLERK, "did_not_happen", "denies"),
)  # fmt: skip
TIDINGS = reading(
    "Tidings", 3, "Ministry confirms bridge opening",
    said("Quill opens it on 4 April, the ministry said.", OFFICE, "planned", "confirms", on="2030-04-04"),
    said("Quill toured the harbour.", None, on="2030-03-02"),
)  # fmt: skip
OTHER = reading("Tidings", 9, "Ferry sold", said("Quill sold the ferry.", None))

OPENING = Cluster(
    "eopening", JudgementKind.EVENT, (f"{POST.report.id}.v1", f"{LANTERN.report.id}.v1", f"{TIDINGS.report.id}.v1")
)
VISIT = Cluster("evisit", JudgementKind.EVENT, (f"{POST.report.id}.v2",))
TOUR = Cluster(
    "etour", JudgementKind.EVENT, (f"{TIDINGS.report.id}.v2",), ((f"{TIDINGS.report.id}.v2", f"{POST.report.id}.v2"),)
)
SALE = Cluster("esale", JudgementKind.EVENT, (f"{OTHER.report.id}.v1",))
BRIDGE = Cluster("sbridge", JudgementKind.STORY, tuple(sorted(r.report.id for r in (POST, LANTERN, TIDINGS))))
FERRY = Cluster("sferry", JudgementKind.STORY, (OTHER.report.id,))
AS_IT_STANDS = ("reported", "disputed", "confirmed")


def fill(ledger: Ledger) -> None:
    readings = (POST, LANTERN, TIDINGS, OTHER)
    ledger.append(
        [
            (r, Digest(r.report.id, r.report.address, r.report.outlet, r.report.title or "", None, None, ()))
            for r in readings
        ]
    )
    left, right = sorted((f"{POST.report.id}.v2", f"{TIDINGS.report.id}.v2"))
    why = (Reason("years", -0.5, "five years apart"), Reason("words", 0.2, "both at the harbour"))
    ledger.add_judgements(
        [
            Judgement(
                make_id("j", left, right), JudgementKind.EVENT, left, right, Verdict.UNSURE, 0.5, why, "test", now()
            )
        ]
    )
    ledger.put_clusters(JudgementKind.EVENT, [OPENING, VISIT, TOUR, SALE])
    ledger.put_clusters(JudgementKind.STORY, [BRIDGE, FERRY])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        fill(ledger)
    return tmp_path / "a.ledger"


@pytest.fixture
def asker(path: Path):
    with Ledger.open(path) as ledger:
        yield Asker(ledger)


def test_a_story_with_its_events_reports_and_contradictions(asker):
    story = asker.story("sbr")
    assert (story.id, [r.outlet for r in story.reports]) == ("sbridge", ["Harbour Post", "The Lantern", "Tidings"])
    assert [e.id for e in story.events] == ["eopening", "etour", "evisit"]
    opening = story.events[0]
    assert tuple(s.standing.value for s in opening.history) == AS_IT_STANDS
    assert (opening.status, opening.when, opening.actors) == (Status.PLANNED, "4 April 2030", ("Ada Quill",))
    assert opening.title == "Quill opens the bridge on 4 April"
    assert [(c.event, c.kind.value, c.resolved_by) for c in story.contradictions] == [
        ("eopening", "resolved", f"{TIDINGS.report.id}.c1")
    ]
    assert story.events[2].background


def test_events_that_may_be_the_same_are_named_with_reasons(asker):
    assert asker.event("etour").unsure == (("evisit", "five years apart; both at the harbour"),)


def test_as_of_a_moment_the_record_is_what_it_was(asker):
    assert [asker.at(on(day)).event("eopening").standing.value for day in (1.5, 2.5, 3.5)] == list(AS_IT_STANDS)
    early = asker.at(on(1.5)).story("sbridge")
    assert ([r.outlet for r in early.reports], [e.id for e in early.events]) == (
        ["Harbour Post"],
        ["eopening", "evisit"],
    )
    assert early.contradictions == ()
    with pytest.raises(NotFoundError, match="at that moment"):
        asker.at(on(0.5)).story("sbridge")
    with pytest.raises(NotFoundError, match="at that moment"):
        asker.at(on(2)).event("etour")


def test_an_event_is_found_by_its_mention_too(asker):
    assert asker.event(f"{LANTERN.report.id}.v1").id == "eopening"


def test_ids_that_are_not_there_or_could_be_several(asker):
    with pytest.raises(NotFoundError):
        asker.event("ezzz")
    with pytest.raises(AmbiguousIdError):
        asker.ledger.put_clusters(JudgementKind.STORY, [replace(FERRY, id="sbrook")])
        asker.story("sbr")


def test_the_list_of_stories(asker):
    asker.refresh()
    rows = asker.stories()
    assert [(r.id, r.title, r.reports, r.outlets, r.events) for r in rows] == [
        ("sferry", "Ferry sold", 1, ("Tidings",), 1),
        ("sbridge", asker.story("sbridge").title, 3, ("Harbour Post", "The Lantern", "Tidings"), 3),
    ]
    assert rows[1].standings == {"confirmed": 1, "reported": 2}
    assert [r.id for r in asker.stories(Filter(words="bridge"))] == ["sbridge"]
    assert [(r.id, r.reports, r.standings) for r in asker.at(on(2.5)).stories()] == [("sbridge", 2, {})]


def test_standings_are_kept_for_filters_and_are_those_computed(asker):
    assert asker.refresh() == 4
    assert asker.refresh() == 0
    assert [e.id for e in asker.events(Filter(standing="confirmed"))] == ["eopening"]
    assert asker.ledger.standings(["eopening", "evisit"]) == {
        "eopening": Standing.CONFIRMED,
        "evisit": Standing.REPORTED,
    }


def test_a_filter_by_standing_asks_for_the_standing_of_that_moment(asker):
    asker.refresh()
    then = asker.at(on(2.5))
    assert [e.id for e in then.events(Filter(standing="disputed"))] == ["eopening"]
    assert then.events(Filter(standing="confirmed")) == ()
    assert then.events(Filter(standing="disputed"), offset=1) == ()


def test_a_ledger_open_for_reading_is_not_written_to(path):
    with Ledger.open(path, "read") as ledger:
        assert Asker(ledger).story("sbridge").events[0].standing is Standing.CONFIRMED
        with pytest.raises(LedgerReadOnlyError):
            Asker(ledger).refresh()


def test_a_report_with_its_events(asker):
    found = asker.report(LANTERN.report.address)
    assert (found.head.id, found.story, found.reading.report.text) == (
        LANTERN.report.id,
        "sbridge",
        LANTERN.report.text,
    )
    assert [(e.id, len(e.testimonies)) for e in found.events] == [("eopening", 3)]
    assert [r.id for r in found.revisions] == [LANTERN.report.id]
    assert [r.id for r in asker.reports()] == [r.report.id for r in (POST, LANTERN, TIDINGS, OTHER)]


def test_search_claims_quotes_entities(asker):
    assert {h.report.id for h in asker.search(Filter(words="ferry"))} == {OTHER.report.id}
    claims = asker.claims(Filter(kind="unnamed"))
    assert [(c.row.claim.holder.name, c.event.standing if c.event else None) for c in claims] == [
        ("a port official", Standing.CONFIRMED)
    ]
    assert [q.attribution.stance for q in asker.quotes(Filter(story="sbridge"))] == [Stance.CONFIRMS, Stance.DENIES]
    assert [(e.name, e.reports) for e in asker.entities()] == [("Ada Quill", 4)]
    assert asker.at(on(1.5)).entities()[0].reports == 1


def test_changes_since(asker):
    found = [(c.event, c.kind) for c in asker.changes(on(1.5), on(3.5))]
    assert sorted(found) == [("eopening", "confirmed"), ("etour", "new")]
    assert [(c.event, c.kind) for c in asker.changes(on(1.5), on(2.5))] == [("eopening", "disputed")]
    assert [(c.event, c.kind) for c in asker.changes(on(0.5), on(1.5))] == [("eopening", "planned")]
    assert [c.event for c in asker.changes(on(1.5), story="sferry")] == ["esale"]
    assert asker.changes(on(20)) == ()


def test_comparison_sources_unnamed(asker):
    found = asker.compare("sbridge")
    assert found.only_in("Harbour Post") == ("evisit",)
    assert {s.name: (s.total, len(s.unnamed), len(s.none)) for s in asker.sources(story="sbridge")} == {
        "Harbour Post": (2, 0, 2),
        "Tidings": (2, 0, 1),
        "The Lantern": (1, 1, 0),
    }
    assert {s.name: s.total for s in asker.sources()}["Tidings"] == 3
    assert {s.story: (s.name, s.total) for s in asker.sources(by="story")}["sbridge"][1] == 5
    (leak,) = asker.unnamed("sbridge")
    assert (leak.claim, leak.standing) == (f"{LANTERN.report.id}.c1", Standing.CONFIRMED)


def test_every_number_of_the_sources_leads_to_its_claims(asker):
    for row in asker.sources(story="sbridge"):
        for rest in RESTS:
            behind = asker.resting(rest, Filter(story="sbridge", outlet=row.name))
            assert {c.row.id for c in behind} == set(getattr(row, rest))
    assert len(asker.resting("none", limit=1)) == 1
    (leak,) = asker.resting("unnamed", Filter(story="sbridge"))
    assert leak.event.standing is Standing.CONFIRMED


def test_quotes_and_sources_as_tables(asker):
    quotes = list(asker.rows("quotes", story="sbridge"))
    assert [q["stance"] for q in quotes] == ["confirms", "denies"]
    assert all(tuple(q) == TABLES["quotes"].names for q in quotes)
    assert {r["name"]: r["unnamed"] for r in asker.rows("sources", story="sbridge")}["The Lantern"] == 1


def test_the_agenda_and_what_is_overdue(asker):
    assert [(i.event, i.when) for i in asker.agenda()] == [("eopening", "4 April 2030")]
    assert [i.event for i in asker.agenda(story="sbridge")] == ["eopening"]
    assert asker.agenda(after=on(60)) == ()
    assert [i.event for i in asker.overdue("sbridge", on(60))] == ["eopening"]
    assert asker.overdue("sbridge", on(20)) == ()


def test_contradictions_of_a_story_and_of_all(asker):
    assert [c.event for c in asker.contradictions("sbridge")] == ["eopening"]
    assert [c.event for c in asker.contradictions()] == ["eopening"]
    assert asker.contradictions(asked=Filter(outlet="nobody")) == ()


def test_why_in_sentences(asker):
    said = asker.why("eopening").sentences
    assert said[0] == (
        "“Quill opens the bridge on 4 April” is confirmed: a party to it, or the office responsible, says so on the record."
    )
    assert said[1] == "First, 1 March 2030, reported: reported as planned by Harbour Post in its own voice."
    assert said[3].endswith("confirmed as planned by the Ministry of Ports, the office responsible, in Tidings.")
    assert said[4].startswith("3 reports tell it, resting on 3 origins: Harbour Post")
    assert said[5].startswith("Occurrence, resolved: Harbour Post in its own voice says it is planned;")


def correct(asker, action, targets, value=None):
    item = Correction(make_id("k", action, targets, value), action, targets, value, "ada", "she knows", now())
    asker.ledger.add_correction(item)
    return item


def test_an_analysts_word_is_shown_until_it_is_undone(asker):
    correct(asker, "relabel", ("eopening",), "COOPERATE")
    last = correct(asker, "status", ("eopening",), "cancelled")
    event = asker.event("eopening")
    assert (event.type, event.status) == ("COOPERATE", Status.CANCELLED)
    correct(asker, "undo", (last.id,))
    event = asker.event("eopening")
    assert (event.type, event.status) == ("COOPERATE", Status.PLANNED)


def test_exports(asker, tmp_path):
    target = tmp_path / "claims.csv"
    assert asker.export(target) == 6
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(r["event"], r["story"], r["standing"]) for r in rows if r["holder_kind"] == "unnamed"} == {
        ("eopening", "sbridge", "confirmed")
    }
    assert asker.export(tmp_path / "e.jsonl", "events", story="sbridge") == 3
    lines = (tmp_path / "e.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["eopening", "etour", "evisit"]
    assert asker.at(on(1.5)).export(tmp_path / "then.csv") == 2
    for row in rows:
        text = asker.ledger.report(row["report"]).text
        assert text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]


def test_parquet(asker, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert asker.export(tmp_path / "c.parquet") == 6
    assert parquet.read_table(tmp_path / "c.parquet").num_rows == 6


def test_an_export_that_fails_leaves_what_was_there(asker, tmp_path):
    target = tmp_path / "claims.csv"
    target.write_text("before")
    with pytest.raises(OptionError):
        asker.export(target, form="xlsx")
    with pytest.raises(OptionError):
        asker.export(target, "worlds")
    with pytest.raises(OutputError, match="nowhere"):
        asker.export(tmp_path / "nowhere" / "claims.csv")

    def broken():
        yield b"half"
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        write_atomically(target, broken())
    assert target.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".claims")) == []


def test_the_contract_of_what_is_asked(asker):
    story = story_to_contract(asker.story("sbridge"))
    assert story["reports"] == [r.report.address for r in (POST, LANTERN, TIDINGS)]
    event = event_to_contract(asker.event("eopening"))
    assert [m["report"] for m in event["mentions"]] == sorted(
        (r.report.address for r in (POST, LANTERN, TIDINGS)),
        key=lambda a: next(r.report.id for r in (POST, LANTERN, TIDINGS) if r.report.address == a),
    )


def test_what_is_kept_for_speed_can_be_dropped_and_is_the_same_again(asker):
    asker.refresh()
    ids = [c.id for c in (OPENING, VISIT, TOUR, SALE)]
    before, story = asker.ledger.standings(ids), asker.story("sbridge")
    asker.ledger.rebuild(
        lambda r: Digest(r.report.id, r.report.address, r.report.outlet, r.report.title or "", None, None, ())
    )
    asker.ledger.put_clusters(JudgementKind.EVENT, [OPENING, VISIT, TOUR, SALE])
    asker.ledger.put_clusters(JudgementKind.STORY, [BRIDGE, FERRY])
    asker.refresh()
    assert asker.ledger.standings(ids) == before
    assert asker.story("sbridge") == story


def test_a_mention_that_linking_has_not_come_to_is_an_event_of_its_own(asker):
    late = reading("Tidings", 12, "Crane sold", said("Quill sold the crane.", None))
    asker.ledger.append([(late, Digest(late.report.id, late.report.address, "Tidings", "Crane sold", None, None, ()))])
    event = asker.event(f"{late.report.id}.v1")
    assert (event.id, event.title) == (f"{late.report.id}.v1", "Quill sold the crane")
    assert asker.report(late.report.id).events == (event,)


def test_corrections_do_not_reach_other_events(asker):
    correct(asker, "relabel", ("evisit",), "COOPERATE")
    assert replace(asker.event("eopening"), weight=0.0).type == "CONSULT"


def test_long_lists_are_the_contracts_objects(asker):
    from jsonschema import Draft202012Validator

    from onrecord.ask import schema

    stories, events = list(asker.story_rows()), list(asker.event_rows())
    for row in stories:
        Draft202012Validator(schema("story")).validate(row)
    for row in events:
        Draft202012Validator(schema("event")).validate(row)
    assert [(r["story"], r["title"], len(r["reports"])) for r in stories] == [
        (s.id, s.title, s.reports) for s in asker.stories()
    ]
    assert [r["event"] for r in events] == [e.id for e in asker.events()]


def test_judgements_about_a_mention(asker):
    (found,) = asker.judgements(f"{POST.report.id}.v2")
    assert found.verdict is Verdict.UNSURE
    assert asker.judgements(POST.report.id) == ()
