# ruff: noqa: E501 – one case a line
"""Who holds what: claims of invented sentences, their attributions made by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from event_pages import attribution, event, page_of

from onrecord.model import (
    Authority,
    Claim,
    EventMention,
    Holder,
    Part,
    Participant,
    PartKind,
    Report,
    SourceKind,
    Stamp,
    Stance,
    Status,
    TextSpan,
)
from onrecord.reading.holders import authority_of
from onrecord.reading.page import Page

OUTLET = "The Tarn Courier"

# text | source | cue | content | stance | anchor | chain's end | stance of the claim | status certainty
GRID = """
Rossi said rebels attacked the port. | Rossi | said | rebels attacked the port | asserts | attacked | Rossi | asserts | happened CT+
Rossi confirmed that rebels attacked the port. | Rossi | confirmed | rebels attacked the port | confirms | attacked | Rossi | confirms | happened CT+
Rossi denied that rebels attacked the port. | Rossi | denied | rebels attacked the port | denies | attacked | Rossi | denies | did_not_happen CT-
Rossi denied attacking the port. | Rossi | denied | attacking the port | denies | attacking | Rossi | denies | did_not_happen CT-
The court denied the motions on Friday. | The court | denied | the motions | denies | motions | The Tarn Courier | asserts | happened CT+
The court rejected a request to free the rebels. | The court | rejected | a request to free the rebels | denies | request | The Tarn Courier | asserts | happened CT+
The court rejected a request to free the rebels. | The court | rejected | a request to free the rebels | denies | free | The Tarn Courier | asserts | possible PS-
The council denied access to ships that attacked the port. | The council | denied | access to ships that attacked the port | denies | attacked | The Tarn Courier | asserts | happened CT+
The court denied bail to a man who attacked the port. | The court | denied | bail to a man who attacked the port | denies | attacked | The Tarn Courier | asserts | happened CT+
Rossi dismissed the report as a plot of rebels who attacked the port. | Rossi | dismissed | the report as a plot of rebels who attacked the port | denies | attacked | Rossi | asserts | happened CT+
Rossi dismissed the criticism. | Rossi | dismissed | the criticism | denies | criticism | The Tarn Courier | asserts | happened CT+
Rossi denied plans to close the port. | Rossi | denied | plans to close the port | denies | close | Rossi | denies | did_not_happen PR-
Rossi did not deny that rebels attacked the port. | Rossi | did not deny | rebels attacked the port | declines_to_comment | attacked | Rossi | declines_to_comment | unknown Uu
Rossi said it was false that rebels attacked the port. | Rossi | said it was false | rebels attacked the port | denies | attacked | Rossi | denies | did_not_happen CT-
Rossi questioned whether rebels attacked the port. | Rossi | questioned | rebels attacked the port | questions | attacked | Rossi | questions | unknown Uu
Rossi would not comment on whether rebels attacked the port. | Rossi | would not comment | rebels attacked the port | declines_to_comment | attacked | Rossi | declines_to_comment | unknown Uu
Rossi expects rebels will attack the port. | Rossi | expects | rebels will attack the port | expects | attack | Rossi | expects | expected PR+
Rossi promised to rebuild the port. | Rossi | promised | to rebuild the port | promises | rebuild | Rossi | promises | planned CT+
Rossi threatened to bomb the port. | Rossi | threatened | to bomb the port | threatens | bomb | Rossi | threatens | planned CT+
Rossi urged rebels to leave the port. | Rossi | urged | rebels to leave the port | asks | leave | Rossi | asks | possible Uu
Rossi plans to visit the port. | Rossi | plans | to visit the port | wants | visit | The Tarn Courier | asserts | planned CT+
Rossi hopes to visit the port. | Rossi | hopes | to visit the port | wants | visit | The Tarn Courier | asserts | possible Uu
Rossi declined to visit the port. | Rossi | declined | to visit the port | denies | visit | The Tarn Courier | asserts | did_not_happen CT-
Rossi said the talks may resume. | Rossi | said | the talks may resume | asserts | resume | Rossi | asserts | possible PS+
Rossi said the talks will resume. | Rossi | said | the talks will resume | asserts | resume | Rossi | asserts | planned CT+
Rossi said no soldiers were killed. | Rossi | said | no soldiers were killed | asserts | killed | Rossi | asserts | did_not_happen CT-
Rossi wrongly claimed that rebels attacked the port. | Rossi | wrongly claimed | rebels attacked the port | asserts | attacked | The Tarn Courier | asserts | did_not_happen CT-
Rebels did not attack the port, as Radio Velmar mistakenly said. | Radio Velmar | mistakenly said | Rebels did not attack the port | asserts | attack | The Tarn Courier | asserts | did_not_happen CT-
The ministry withdrew its statement that rebels attacked the port. | The ministry | withdrew its statement | that rebels attacked the port | asserts | attacked | The ministry | denies | did_not_happen CT-
Rossi would not say more about the raid on the port. | Rossi | would not say more about | the raid on the port | declines_to_comment | raid | Rossi | asserts | happened CT+
Rossi declined to give further details of the raid. | Rossi | declined to give further details of | the raid | declines_to_comment | raid | Rossi | asserts | happened CT+
Rossi would not comment on the raid. | Rossi | would not comment on | the raid | declines_to_comment | raid | Rossi | declines_to_comment | unknown Uu
Rossi reportedly attacked the port. | Rossi | reportedly attacked | the port | asserts | attacked | nobody named | asserts | happened PR+
The Courier said rebels attacked the port. | The Courier | said | rebels attacked the port | asserts | attacked | The Tarn Courier | asserts | happened CT+
Rossi said rebels attacked the port. | Rossi | said | rebels attacked the port | asserts | said | - | - | -
Rossi discussed the attack on the port. | Rossi | discussed | the attack on the port | asserts | attack | The Tarn Courier | asserts | possible PS+
Rossi described the attack on the port. | Rossi | described | the attack on the port | asserts | attack | Rossi | asserts | happened CT+
This shows that rebels attacked the port. | This | shows | rebels attacked the port | asserts | attacked | The Tarn Courier | asserts | happened CT+
I believe rebels attacked the port. | I | believe | rebels attacked the port | asserts | attacked | The Tarn Courier | asserts | happened PR+
“I believe rebels attacked the port.” | I | believe | rebels attacked the port | asserts | attacked | I | asserts | happened PR+
Rebels attacked the port. | Rebels | attacked | the mill | asserts | attacked | The Tarn Courier | asserts | happened CT+
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in GRID.strip().splitlines()]


def claim_at(page: Page, anchor: str) -> Claim:
    wanted = event(page, anchor).id
    return next(c for c in page.claims if c.event == wanted)


@pytest.mark.parametrize("case", CASES, ids=[f"{c[4]}: {c[0][:50]}" for c in CASES])
def test_claim(case: tuple[str, ...]) -> None:
    text, source, cue, content, stance, anchor, holder, held, expected = case
    kind = SourceKind.OUTLET if source == "The Courier" else SourceKind.NAMED
    made = () if content not in text else (attribution(text, source, cue, content, Stance(stance), source_kind=kind),)
    page = page_of(text, made)
    if holder == "-":
        assert event(page, anchor).id not in {c.event for c in page.claims}
        return
    claim = claim_at(page, anchor)
    assert claim.holder.name == holder
    assert claim.chain[0].own_voice and claim.chain[0].name == OUTLET
    assert claim.chain[-1] == claim.holder
    assert claim.stance.value == held
    assert f"{claim.status.value} {claim.certainty.value}" == expected


def test_a_chain_runs_from_the_outlet_to_the_speaker() -> None:
    text = "Radio Velmar reported that an official said rebels attacked the port."
    outer = attribution(
        text,
        "Radio Velmar",
        "reported",
        "an official said rebels attacked the port",
        Stance.ASSERTS,
        source_kind=SourceKind.OUTLET,
    )
    inner = attribution(
        text,
        "an official",
        "said",
        "rebels attacked the port",
        Stance.ASSERTS,
        id="a2",
        within="a1",
        source_kind=SourceKind.UNNAMED,
    )
    claim = claim_at(page_of(text, (outer, inner)), "attacked")
    assert [h.name for h in claim.chain] == [OUTLET, "Radio Velmar", "an official"]
    assert [h.kind for h in claim.chain] == [SourceKind.OUTLET, SourceKind.OUTLET, SourceKind.UNNAMED]
    assert claim.attribution == "a2"


def test_told_to_an_outlet_stands_behind_it() -> None:
    text = "Rossi told Radio Velmar that rebels attacked the port."
    made = attribution(text, "Rossi", "told", "rebels attacked the port", Stance.ASSERTS, via="Radio Velmar")
    assert [h.name for h in claim_at(page_of(text, (made,)), "attacked").chain] == [OUTLET, "Radio Velmar", "Rossi"]


def test_what_is_told_to_the_report_s_own_outlet_has_no_other_behind_it() -> None:
    text = "Rossi told the Courier that rebels attacked the port."
    made = attribution(text, "Rossi", "told", "rebels attacked the port", Stance.ASSERTS, via="the Courier")
    assert [h.name for h in claim_at(page_of(text, (made,)), "attacked").chain] == [OUTLET, "Rossi"]


def test_hearsay_without_a_source_is_hedged_and_unnamed() -> None:
    claim = claim_at(page_of("Rebels reportedly attacked the port."), "attacked")
    assert claim.hedged and claim.holder.kind is SourceKind.UNNAMED
    assert claim.chain[0].own_voice and len(claim.chain) == 2


@pytest.mark.parametrize(
    ("source", "cue", "own"), [("The removal", "suggests", True), ("The announcement", "said", False)]
)
def test_what_happened_says_nothing_by_itself(source: str, cue: str, own: bool) -> None:
    text = f"{source} {cue} that rebels attacked the port."
    made = attribution(
        text, source, cue, "that rebels attacked the port", Stance.ASSERTS, source_kind=SourceKind.UNNAMED
    )
    assert claim_at(page_of(text, (made,)), "attacked").holder.own_voice is own


def test_a_participant_speaks_as_a_party() -> None:
    text = "Anna Rossi met Bruno Keller. Anna Rossi said Bruno Keller visited Tarn."
    page = page_of(text)
    speaker = next(m.entity for m in page.mentions if m.text == "Anna Rossi")
    made = attribution(text, "Anna Rossi", "said", "Bruno Keller visited Tarn", Stance.ASSERTS, source_entity=speaker)
    assert claim_at(page_of(text, (made,)), "visited").authority is Authority.OTHER
    own = "Anna Rossi said she met Bruno Keller."
    said = attribution(own, "Anna Rossi", "said", "she met Bruno Keller", Stance.ASSERTS, source_entity="n1")
    assert claim_at(page_of(own, (said,)), "met").authority is Authority.PARTY


def test_an_office_of_a_participant_is_a_party() -> None:
    text = "Rossi's office said Rossi met the rebels."
    made = attribution(text, "Rossi's office", "said", "Rossi met the rebels", Stance.ASSERTS)
    assert claim_at(page_of(text, (made,)), "met").authority is Authority.PARTY


def test_police_are_responsible_for_a_robbery() -> None:
    text = "Police said two men robbed a bank."
    made = attribution(text, "Police", "said", "two men robbed a bank", Stance.ASSERTS, source_kind=SourceKind.OFFICE)
    assert claim_at(page_of(text, (made,)), "robbed").authority is Authority.RESPONSIBLE


def authority(holder: Holder, country: str | None) -> Authority:
    text = "The robbery shook two men."
    men = Participant(19, 25, "two men", country=country)
    robbery = EventMention("v1", TextSpan(4, 11, "robbery"), 0, "robbery", type="CRIME", recipients=(men,))
    return authority_of(page_of(text), holder, holder.name, robbery)


def test_the_office_responsible_is_of_the_country_of_the_event() -> None:
    police = Holder("police", SourceKind.OFFICE, country="ORV")
    assert authority(police, "ORV") is Authority.RESPONSIBLE
    assert authority(police, None) is Authority.RESPONSIBLE
    assert authority(police, "TES") is Authority.OTHER


@pytest.mark.parametrize(
    ("name", "place"), [("Velia space agency", Authority.RESPONSIBLE), ("Velia news agency", Authority.OTHER)]
)
def test_a_news_agency_is_no_office_responsible(name: str, place: Authority) -> None:
    launch = EventMention("v1", TextSpan(4, 10, "launch"), 0, "launch", type="LAUNCH")
    assert authority_of(page_of("The launch failed."), Holder(name, SourceKind.OFFICE), name, launch) is place


def test_a_last_word_shared_makes_no_party_of_a_state() -> None:
    text = "South Velia's ministry said North Velia's army attacked the port."
    page = page_of(text)
    attacked = EventMention(
        "v1", TextSpan(49, 57, "attacked"), 0, "attack", type="ASSAULT", actors=(Participant(28, 39, "North Velia"),)
    )
    ministry = Holder("South Velia's archive", SourceKind.OFFICE)
    assert authority_of(page, ministry, ministry.name, attacked) is Authority.OTHER


def test_a_passer_by_is_neither() -> None:
    text = "Moreau said two men robbed a bank."
    made = attribution(text, "Moreau", "said", "two men robbed a bank", Stance.ASSERTS)
    assert claim_at(page_of(text, (made,)), "robbed").authority is Authority.OTHER


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "anchor", "expected"),
    [
        ("Rossi accused rebels of attacking Rossi.", "Rossi", "accused", "rebels of attacking Rossi", "attacking", "other"),
        ("Rossi said rebels attacked Rossi.", "Rossi", "said", "rebels attacked Rossi", "attacked", "party"),
        ("Rossi warned that rebels will attack Rossi.", "Rossi", "warned", "rebels will attack Rossi", "attack", "other"),
        ("Rossi said Rossi will attack the rebels.", "Rossi", "said", "Rossi will attack the rebels", "attack", "party"),
        ("Rossi said Keller will meet Rossi.", "Rossi", "said", "Keller will meet Rossi", "meet", "party"),
        ("The army accused rebels of attacking a mill.", "The army", "accused", "rebels of attacking a mill", "attacking", "other"),
        ("Police accused rebels of attacking a mill.", "Police", "accused", "rebels of attacking a mill", "attacking", "responsible"),
    ],
)  # fmt: skip
def test_who_accuses_or_fears_others_does_not_confirm_it(text, source, cue, content, anchor, expected) -> None:
    kind = SourceKind.NAMED if source == "Rossi" else SourceKind.OFFICE
    bare = page_of(text)
    speaker = bare.mention_of(0, len(source))
    made = attribution(
        text, source, cue, content, Stance.ASSERTS, source_kind=kind, source_entity=speaker.entity if speaker else None
    )
    assert claim_at(page_of(text, (made,)), anchor).authority is Authority(expected)


def test_the_words_are_the_sentence() -> None:
    text = "It rained. Rebels attacked the port."
    claim = claim_at(page_of(text), "attacked")
    assert claim.words.text == "Rebels attacked the port."
    assert text[claim.words.start : claim.words.end] == claim.words.text


def test_a_reaction_comes_after_what_it_answers() -> None:
    text = "Rebels attacked the port. Hours later Rossi denied that rebels attacked the mill."
    made = attribution(text, "Rossi", "denied", "rebels attacked the mill", Stance.DENIES)
    page = page_of(text, (made,))
    by_event = {c.event: c for c in page.claims}
    events = [e for e in page.events if e.lemma == "attack"]
    assert by_event[events[0].id].sequence < by_event[events[1].id].sequence


def test_an_update_comes_last_and_has_its_own_time() -> None:
    text = "UPDATE 8:10 PM: Rebels attacked the port.\nThe army left the mill.\n"
    moment = datetime(2031, 5, 4, 18, 10, tzinfo=UTC)
    stamp = Stamp("2031-05-04T20:10:00+02:00", "8:10 PM", "text", moment, moment)
    report = Report("r", "a", text, outlet=OUTLET, updated=stamp, parts=(Part(PartKind.UPDATE, 0, 15),))
    page = page_of(text, report=report)
    update, body = claim_at(page, "attacked"), claim_at(page, "left")
    assert update.sequence > body.sequence
    assert (update.said_earliest, update.said_latest) == (moment, moment)
    assert body.said_earliest is None


def test_each_claim_is_of_one_event_and_numbers_run() -> None:
    page = page_of("Rebels attacked the port and burned the mill. The army arrested nine men.")
    assert [c.id for c in page.claims] == [f"c{i + 1}" for i in range(len(page.claims))]
    assert len({c.event for c in page.claims}) == len(page.claims)
    assert {c.status for c in page.claims} == {Status.HAPPENED}
    assert all(-3 <= c.factuality <= 3 for c in page.claims)


def test_rescue_services_are_responsible_for_telling_of_people_killed() -> None:
    text = "The rescue service of Tarn said that nine miners had been killed."
    made = attribution(
        text, "The rescue service of Tarn", "said", "that nine miners had been killed", Stance.ASSERTS,
        source_kind=SourceKind.OFFICE,
    )  # fmt: skip
    assert claim_at(page_of(text, (made,)), "killed").authority is Authority.RESPONSIBLE


@pytest.mark.parametrize(
    ("source", "authority"),
    [
        ("The town council", Authority.RESPONSIBLE),
        ("Petra Lind, a member of the town council,", Authority.OTHER),
        ("Petra Lind, a member of the government,", Authority.RESPONSIBLE),
    ],
)
def test_one_of_many_in_a_body_is_not_its_office(source: str, authority: Authority) -> None:
    text = f"{source} said that a skipper had been arrested."
    kind = SourceKind.NAMED if "Lind" in source else SourceKind.OFFICE
    made = attribution(
        text, source.rstrip(","), "said", "that a skipper had been arrested", Stance.ASSERTS, source_kind=kind
    )
    assert claim_at(page_of(text, (made,)), "arrested").authority is authority
