"""The twenty checks of ../shared/samples/expected.md, on the two real reports, read in place.

The names below are those of the checks; no rule of the program knows them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.ask import Asker
from onrecord.ledger import Ledger
from onrecord.model import (
    Authority,
    Claim,
    EntityType,
    EventMention,
    EventRecord,
    Reading,
    SourceKind,
    Stance,
    Standing,
    Status,
    Verdict,
)
from onrecord.pipeline import PipelineOptions, input_options, open_ledger, read

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is missing")

AHEAD = {Status.PLANNED, Status.EXPECTED}
NOT = {Status.DID_NOT_HAPPEN, Status.CANCELLED}


def ledger_of(path: Path, *given: tuple[str, str | None]) -> Ledger:
    """A ledger of sample files, each with the publication date given for it, if any."""
    ledger = open_ledger(path, writing=True)
    for name, published in given:
        run = read([str(SAMPLES / name)], ledger, PipelineOptions(inputs=input_options(published=published)))
        assert not run.failures
    return ledger


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return ledger_of(tmp_path_factory.mktemp("both") / "l", ("report-a.txt", None), ("report-b.txt", None))


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    given = (("report-a.txt", "2025-01-28"), ("report-b.txt", "2025-12-01"))
    return ledger_of(tmp_path_factory.mktemp("dated") / "l", *given)


def reading_of(ledger: Ledger, name: str) -> Reading:
    asker = Asker(ledger)
    head = next(h for h in asker.reports() if h.address.endswith(name))
    return asker.report(head.id).reading


@pytest.fixture(scope="module")
def a(dated: Ledger) -> Reading:
    return reading_of(dated, "report-a.txt")


@pytest.fixture(scope="module")
def b(both: Ledger) -> Reading:
    return reading_of(both, "report-b.txt")


def sentence(reading: Reading, words: str) -> int:
    """Index of the one sentence that holds these words."""
    text = reading.report.text
    return next(i for i, s in enumerate(reading.sentences) if words in text[s.start : s.end])


def events_in(reading: Reading, words: str) -> list[EventMention]:
    index = sentence(reading, words)
    return [e for e in reading.events if e.sentence == index]


def event_at(reading: Reading, words: str, anchor: str, *, whole: bool = False) -> EventMention:
    """The event mention in that sentence whose anchor starts with these letters."""
    found = events_in(reading, words)
    return next(e for e in found if e.anchor.text.lower()[: None if whole else len(anchor)] == anchor)


def claims_of(reading: Reading, event: EventMention) -> list[Claim]:
    return [c for c in reading.claims if c.event == event.id]


def time_of(reading: Reading, event: EventMention) -> str | None:
    return next((t.value for t in reading.times if t.id == event.time), None)


def holders(claims: list[Claim]) -> str:
    return " | ".join(c.holder.name for c in claims)


def records(ledger: Ledger, as_of: datetime | None = None) -> list[EventRecord]:
    asker = Asker(ledger, as_of=as_of)
    return [event for story in asker.stories() for event in asker.story(story.id).events]


def record_of(ledger: Ledger, reading: Reading, event: EventMention, as_of: datetime | None = None) -> EventRecord:
    """The record of the event that this mention belongs to."""
    wanted = f"{reading.report.id}.{event.id}"
    for found in records(ledger, as_of):
        if any(f"{t.report.id}.{t.mention.id}" == wanted for t in found.testimonies):
            return found
    raise LookupError(wanted)


def test_01_meeting_planned_for_one_date_and_confirmed_by_the_office(dated: Ledger, a: Reading) -> None:
    update = "issued a statement"
    dates = [t for t in a.times if "February 4, 2025" in t.text]
    assert [t.value for t in dates] == ["2025-02-04"]
    assert dates[0].text.startswith("next week")
    meeting = event_at(a, update, "meeting")
    assert meeting.status in AHEAD and time_of(a, meeting) == "2025-02-04"
    (claim,) = claims_of(a, meeting)
    assert claim.holder.kind is SourceKind.OFFICE and "Office" in claim.holder.name
    assert claim.authority in (Authority.PARTY, Authority.RESPONSIBLE)
    invitation = event_at(a, update, "invited")
    assert invitation.type in ("AGREE", "CONSULT")
    assert "Trump" in invitation.actors[0].text and "Netanyahu" in invitation.recipients[0].text
    assert record_of(dated, a, meeting).standing is Standing.CONFIRMED


def test_02_first_reported_by_another_outlet_hedged(a: Reading) -> None:
    meeting = event_at(a, "plans to meet", "meet")
    assert meeting.status in AHEAD | {Status.POSSIBLE}
    (claim,) = claims_of(a, meeting)
    assert claim.holder.kind is SourceKind.OUTLET and "Walla" in claim.holder.name and not claim.holder.own_voice
    assert len(claim.chain) >= 2
    assert any("next week" in t.text for t in a.times if t.start >= a.sentences[meeting.sentence].start)


def test_03_one_source_two_stances(a: Reading) -> None:
    index = sentence(a, "an Israeli official denied")
    said = [x for x in a.attributions if x.sentence == index and "official" in " ".join(s.text for s in x.source)]
    assert {x.stance for x in said} >= {Stance.DENIES, Stance.CONFIRMS}
    assert {x.source_kind for x in said} == {SourceKind.UNNAMED}
    denied = next(x for x in said if x.stance is Stance.DENIES)
    confirmed = next(x for x in said if x.stance is Stance.CONFIRMS)
    assert "invitation" in " ".join(s.text for s in denied.content)
    assert "being discussed" in " ".join(s.text for s in confirmed.content)


def test_04_the_invitation_has_a_history(dated: Ledger, a: Reading) -> None:
    invitation = record_of(dated, a, event_at(a, "issued a statement", "invited"))
    steps = [step.standing for step in invitation.history]
    assert steps[-1] is Standing.CONFIRMED
    disputed = next(i for i, s in enumerate(steps) if s in (Standing.DISPUTED, Standing.DENIED))
    assert disputed < len(steps) - 1
    assert disputed == 0 or steps[0] in (Standing.RUMOURED, Standing.REPORTED)


def test_05_the_same_outlet_is_no_second_origin(dated: Ledger, a: Reading) -> None:
    first, again = event_at(a, "plans to meet", "meet"), event_at(a, "According to the Walla report", "offer")
    origins = [
        t.origin.key for e in (first, again) for t in record_of(dated, a, e).testimonies if "Walla" in t.origin.name
    ]
    assert origins and len(set(origins)) == 1


def test_06_wishes_are_not_events_that_happened(a: Reading) -> None:
    for words in ("Netanyahu hopes to meet", "is hoping to be the first"):
        assert all(
            e.status not in (Status.HAPPENED, Status.ONGOING) or e.anchor.text.startswith("hop")
            for e in events_in(a, words)[:2]
        )
    assert event_at(a, "Netanyahu hopes to meet", "meet").status in AHEAD | {Status.POSSIBLE, Status.UNKNOWN}


def test_07_background_happened(a: Reading) -> None:
    met = event_at(a, "did meet briefly", "meet")
    assert met.status is Status.HAPPENED and (time_of(a, met) or "").startswith("2023-09")
    assert event_at(a, "That visit was overshadowed", "announcement").status is Status.HAPPENED
    for anchor in ("move", "give", "sign"):
        assert event_at(a, "sign the Abraham Accords", anchor).status is Status.HAPPENED


def test_08_declined_and_delayed_did_not_happen(a: Reading) -> None:
    assert event_at(a, "declined to invite", "invite", whole=True).status in NOT
    delayed = event_at(a, "Biden delayed inviting", "inviting")
    assert delayed.status in NOT
    visits = [e for e in events_in(a, "until July 2024") if e.anchor.text == "visit"]
    assert any(time_of(a, e) == "2024-07" for e in events_in(a, "until July 2024"))
    assert visits


def test_09_expected_and_possible(a: Reading) -> None:
    expected = [e for e in events_in(a, "is expected in Israel") if e.status is Status.EXPECTED]
    assert expected
    assert any("coming days" in t.text for t in a.times)


def test_10_repeated_suggestion_happened_on_monday(a: Reading, both: Ledger) -> None:
    assert event_at(a, "recently suggested", "suggested").status is Status.HAPPENED
    repeated = event_at(a, "On Monday", "repeated")
    assert repeated.status is Status.HAPPENED and time_of(a, repeated) == "2025-01-27"
    undated = reading_of(both, "report-a.txt")
    monday = next(t for t in undated.times if t.text == "Monday")
    assert not monday.resolved or monday.value == "2025-01-27"
    assert event_at(a, "On Monday", "pushback").status is Status.HAPPENED


def test_11_a_claim_without_a_named_holder(a: Reading) -> None:
    index = sentence(a, "Reportedly")
    hedged = [c for c in a.claims if c.hedged and next(e for e in a.events if e.id == c.event).sentence == index]
    reported = [x for x in a.attributions if x.sentence == index and x.hedged]
    assert reported and all(x.source_kind is SourceKind.UNNAMED and not x.source for x in reported)
    assert all(c.holder.kind is SourceKind.UNNAMED for c in hedged)


def test_12_one_person_two_leaders_and_offices(a: Reading) -> None:
    by_id = {e.id: e for e in a.entities}
    trump = {
        m.entity
        for m in a.mentions
        if m.text in ("Trump", "President Trump", "U.S. President Donald Trump", "the U.S. President")
    }
    assert len(trump) == 1 and by_id[trump.pop()].type is EntityType.PERSON
    assert not [e for e in a.entities if "Trump" in e.name and e.type is EntityType.ORGANISATION]
    leaders = [by_id[m.entity] for m in a.mentions if "two leaders" in m.text]
    assert leaders and all({by_id[x].name.split()[-1] for x in e.members} == {"Trump", "Netanyahu"} for e in leaders)
    for words in ("Prime Minister's Office", "an Israeli official"):
        found = [by_id[m.entity] for m in a.mentions if words in m.text.replace("\u2019", "'")]
        assert found and all((e.country, e.sector) == ("ISR", "GOV") for e in found)


def test_13_a_call_happened_and_the_meeting_has_no_date(both: Ledger, b: Reading) -> None:
    call = event_at(b, "following a high-level call", "call")
    assert (call.status, call.type, call.mode) == (Status.HAPPENED, "CONSULT", "phone")
    invited = event_at(b, "following a high-level call", "invited")
    assert record_of(both, b, invited).standing is Standing.CONFIRMED
    weeks = next(t for t in b.times if "coming weeks" in t.text)
    assert not weeks.resolved and weeks.note
    meeting = event_at(b, "in the coming weeks", "meeting")
    assert meeting.status in AHEAD
    assert "not resolvable" in record_of(both, b, meeting).when


def test_14_unnamed_plural_and_offices(b: Reading) -> None:
    by_sentence = {x.sentence: x for x in b.attributions}
    officials = by_sentence[sentence(b, "According to officials")]
    assert (officials.source_kind, officials.number) == (SourceKind.UNNAMED, "several")
    governments = by_sentence[sentence(b, "both governments")]
    assert governments.source_kind is SourceKind.OFFICE


def test_15_an_attribution_without_an_event(b: Reading) -> None:
    index = sentence(b, "Trump emphasized")
    (view,) = [x for x in b.attributions if x.sentence == index]
    assert view.source_kind is SourceKind.NAMED
    assert not [e for e in b.events if e.attribution == view.id and e.type]


SHARPLY = 0.1  # of all claims; at less, a change of the weights turns the order


@pytest.mark.xfail(
    strict=True, reason="the shares are shown, but report-b's framing is taken for sayings of its leaders"
)
def test_16_own_voice_differs_sharply(both: Ledger, b: Reading) -> None:
    a = reading_of(both, "report-a.txt")

    def own(reading: Reading) -> float:
        typed = {e.id for e in reading.events}
        claims = [c for c in reading.claims if c.event in typed]
        return sum(c.holder.own_voice for c in claims) / len(claims)

    assert own(b) > own(a) + SHARPLY
    shares = {row.name: row for row in Asker(both).sources()}
    assert len(shares) >= 2


def judged(ledger: Ledger, left: tuple[Reading, EventMention], right: tuple[Reading, EventMention]) -> Verdict | None:
    one, other = sorted(f"{r.report.id}.{e.id}" for r, e in (left, right))
    found = [j for j in Asker(ledger).judgements(one) if {j.left, j.right} == {one, other}]
    return found[-1].verdict if found else None


def invitations(ledger: Ledger) -> tuple[EventRecord, EventRecord]:
    a, b = reading_of(ledger, "report-a.txt"), reading_of(ledger, "report-b.txt")
    return (
        record_of(ledger, a, event_at(a, "issued a statement", "invited")),
        record_of(ledger, b, event_at(b, "following a high-level call", "invited")),
    )


def test_17_not_one_event(both: Ledger, dated: Ledger) -> None:
    left, right = invitations(both)
    assert left.id != right.id
    assert right.id in dict(left.unsure) or left.id in dict(right.unsure)
    reasons = dict(left.unsure).get(right.id) or dict(right.unsure)[left.id]
    assert len(reasons) > 20
    left, right = invitations(dated)
    assert left.id != right.id
    assert right.id not in dict(left.unsure) and left.id not in dict(right.unsure)


def test_18_one_story_two_events(both: Ledger) -> None:
    (story,) = Asker(both).stories()
    assert story.reports == 2
    left, right = invitations(both)
    whole = Asker(both).story(story.id)
    assert {left.id, right.id} <= {e.id for e in whole.events}


def test_19_comparison(both: Ledger) -> None:
    asker = Asker(both)
    (story,) = asker.stories()
    comparison = asker.compare(story.id)
    assert len(comparison.outlets) == 2
    assert all(comparison.only_in(outlet) for outlet in comparison.outlets)


def test_20_as_of_a_moment_before_the_update(dated: Ledger, a: Reading) -> None:
    invited = event_at(a, "issued a statement", "invited")
    assert record_of(dated, a, invited).standing is Standing.CONFIRMED
    before = datetime(2025, 1, 28, 18, 0, tzinfo=UTC)
    earlier = [
        e for e in records(dated, before) if any("issued a statement" in t.claim.words.text for t in e.testimonies)
    ]
    assert not earlier
    held: Callable[[EventRecord], bool] = lambda e: any(  # noqa: E731
        "official denied" in t.claim.words.text for t in e.testimonies
    )
    assert all(e.standing is not Standing.CONFIRMED for e in records(dated, before) if held(e))
