"""Who does it and to whom, in invented sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from event_pages import attribution, event, page_of, pipeline

from onrecord.model import Report, Stamp, Stance
from onrecord.reading.entities import ENTITIES
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.sentences import SENTENCES
from onrecord.reading.times import TIMES

GRID = """
The mayor arrested the banker. | arrested | The mayor | the banker
The banker was arrested by the police. | arrested | the police | The banker
The banker was arrested on Monday. | arrested | - | The banker
Rossi met Keller. | met | Rossi | Keller
Rossi met with Keller in Tarn. | met | Rossi | Keller
Rossi and Moreau met Keller. | met | Rossi + Moreau | Keller
Rossi met Keller and Moreau. | met | Rossi | Keller + Moreau
Rossi plans to meet Keller. | meet | Rossi | Keller
Rossi wants to meet Keller. | meet | Rossi | Keller
Rossi refused to meet Keller. | meet | Rossi | Keller
Rossi urged Keller to meet the rebels. | meet | Keller | the rebels
Rossi urged Keller to meet the rebels. | urged | Rossi | Keller
Rossi invited Keller to dinner. | invited | Rossi | Keller
The soldiers who attacked the village fled. | attacked | The soldiers | the village
Talks between Rossi and Keller ended. | Talks | Rossi + Keller | -
Rossi held talks with Keller. | talks | Rossi | Keller
Rossi's meeting with Keller ended. | meeting | Rossi | Keller
The invitation to Keller was a surprise. | invitation | - | Keller
Italian strikes on Libya killed nine people. | strikes | Italian | Libya
The attack by rebels on the port failed. | attack | rebels | the port
Rebels attacked the port and burned a church. | burned | Rebels | a church
The army attacked the rebels, killing nine soldiers. | killing | The army | nine soldiers
Keller accused Rossi of fraud. | accused | Keller | Rossi
France sent aid to Chad. | sent | France | Chad
France gave Chad a loan. | gave | France | Chad
Rossi spoke to Keller. | spoke | Rossi | Keller
Nine people died in the fire. | died | - | Nine people
Rebels agreed to release the hostages. | release | Rebels | the hostages
After leaving Tarn, Rossi met Keller. | leaving | Rossi | Tarn
The murder of a priest shocked the town. | murder | - | a priest
Keller received an invitation from Rossi. | invitation | Rossi | Keller
The army demanded that rebels leave. | leave | rebels | -
Guards stopped the crowd from attacking Rossi. | attacking | the crowd | Rossi
The senate accused Keller of bribing Rossi. | bribing | Keller | Rossi
Police arrested Keller for robbing Rossi. | robbing | Keller | Rossi
The court convicted Keller of bribing Rossi. | bribing | Keller | Rossi
Rossi thanked the divers for saving Keller. | saving | the divers | Keller
Rossi was praised for freeing Keller. | freeing | Rossi | Keller
Rossi apologised to Keller for arresting Moreau. | arresting | Rossi | Moreau
The plan to arrest Rossi failed. | arrest | - | Rossi
Rossi's arrest shocked the town. | arrest | - | Rossi
The treaty was ratified by Italy. | ratified | Italy | -
Keller ran for president. | ran | Keller | -
The editor called for a meeting. | meeting | - | -
Neither Rossi nor Keller met the rebels. | met | Rossi + Keller | the rebels
The storm left five dead. | dead | - | five
Climber dead after fall on Mount Orlan. | dead | - | Climber
The navy sank the ship. | sank | The navy | the ship
Soldiers carried out a raid on the camp. | raid | Soldiers | the camp
Italy imposed sanctions on Chad. | sanctions | Italy | Chad
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in GRID.strip().splitlines()]


def names(expected: str) -> list[str]:
    return [] if expected == "-" else expected.split(" + ")


@pytest.mark.parametrize(("text", "anchor", "actors", "recipients"), CASES, ids=[f"{c[1]}: {c[0][:40]}" for c in CASES])
def test_participants(text: str, anchor: str, actors: str, recipients: str) -> None:
    found = event(page_of(text), anchor)
    assert [p.text for p in found.actors] == names(actors)
    assert [p.text for p in found.recipients] == names(recipients)


def test_the_grid_is_large_enough() -> None:
    assert len(CASES) >= 30


def test_participants_point_into_the_text_and_resolve() -> None:
    text = "Prime Minister Anna Rossi met the French ambassador."
    found = event(page_of(text), "met")
    for participant in (*found.actors, *found.recipients):
        assert text[participant.start : participant.end] == participant.text
    assert found.actors[0].entity is not None
    assert found.recipients[0].country == "FRA"


def test_a_definite_noun_takes_up_an_earlier_event() -> None:
    page = page_of("Rossi invited Keller to Tarn. The invitation surprised diplomats.")
    assert event(page, "invitation").antecedent == event(page, "invited").id


@pytest.mark.parametrize(
    "later",
    [
        "The port was last hit in the Solway attack.",  # of a name that the report has not told
        "It was worse than the attack in May 2011.",
    ],
)
def test_a_definite_noun_of_another_name_or_long_before_takes_up_nothing(later: str) -> None:
    moment = datetime(2031, 5, 1, 10, tzinfo=UTC)
    stamp = Stamp(moment.isoformat(), "2031-05-01", "field", moment, moment)
    text = f"An attack damaged the port. {later}"
    page = Page(Report("r", "a", text, published=stamp), pipeline()(text))
    for step in (SENTENCES, TIMES, ENTITIES, EVENTS):
        step.run(page)
    assert [e.antecedent for e in page.events if e.anchor.text == "attack"] == [None, None]


def test_what_stands_behind_a_colon_takes_up_what_stands_before_it() -> None:
    page = page_of("The strike has been cancelled, the union said: workers will not walk out in Tarn.")
    assert event(page, "walk").antecedent == event(page, "strike").id


def test_another_event_of_the_kind_takes_up_nothing() -> None:
    page = page_of("Rebels attacked the port. Another attack hit the mill.")
    assert event(page, "attack").antecedent is None


@pytest.mark.parametrize(
    ("title", "anchor", "actors", "recipients"),
    [
        ("Ministry to expel banker", "expel", "Ministry", "banker"),
        ("Editor arrested in fraud inquiry", "arrested", "-", "Editor"),
        ("Court rejects appeal by banker", "rejects", "Court", "banker"),
    ],
)
def test_participants_of_headlines(title: str, anchor: str, actors: str, recipients: str) -> None:
    found = event(page_of(f"{title}\n\nThe news came on Thursday."), anchor)
    assert [p.text for p in found.actors] == names(actors)
    assert [p.text for p in found.recipients] == names(recipients)


def test_a_close_apposition_is_part_of_its_participant() -> None:
    found = event(page_of("The painter Anna Rossi died."), "died")
    assert [p.text for p in found.recipients] == ["The painter Anna Rossi"]


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Anna Rossi will resign on 8 May. Anna Rossi will no longer step down on 8 May.", True),
        ("Anna Rossi will resign on 8 May. Anna Rossi will step down on 9 May.", False),
        ("Anna Rossi will resign on 8 May. Bruno Keller will step down on 8 May.", False),
        ("Anna Rossi met Bruno Keller on 8 May. Anna Rossi held talks with Lukas Lind on 8 May.", False),
        ("Anna Rossi received Bruno Keller on 8 May. Bruno Keller visited Anna Rossi on 8 May.", True),
        ("Police arrested two men on 8 May. Police detained nine women on 8 May.", False),
        ("Dockers will march on 8 May. Dockers will march again on 8 May.", False),
    ],
)
def test_the_same_people_do_a_thing_of_one_kind_on_one_stated_day_once(text: str, one: bool) -> None:
    moment = datetime(2031, 5, 1, 10, tzinfo=UTC)
    stamp = Stamp(moment.isoformat(), "2031-05-01", "field", moment, moment)
    page = Page(Report("r", "a", text, published=stamp), pipeline()(text))
    for step in (SENTENCES, TIMES, ENTITIES, EVENTS):
        step.run(page)
    first, second = [e for e in page.events if e.type in ("CONCEDE", "CONSULT", "COERCE", "PROTEST")]
    assert (second.antecedent == first.id) is one


def test_the_day_of_a_calling_off_is_not_that_of_the_deed() -> None:
    moment = datetime(2031, 5, 14, 10, tzinfo=UTC)
    stamp = Stamp(moment.isoformat(), "2031-05-14", "field", moment, moment)
    text = "The dockers called off the march on Monday. The dockers held a march on Tuesday."
    page = Page(Report("r", "a", text, published=stamp), pipeline()(text))
    for step in (SENTENCES, TIMES, ENTITIES, EVENTS):
        step.run(page)
    days = {t.id: t.text for t in page.times}
    assert [days.get(e.time or "") for e in page.events if e.anchor.text == "march"] == [None, "Tuesday"]


@pytest.mark.parametrize(
    ("text", "anchor", "actor"),
    [
        ("The mayor said on Monday Halvorsen would resign over the bridge next week.", "resign", "Halvorsen"),
        ("The mayor said on Friday police had detained two skippers.", "detained", "police"),
        ("An aide told reporters on Monday Halvorsen would leave the cabinet.", "leave", "Halvorsen"),
        ("Hundreds of bakers are to march through Ormsund in May, the guild said.", "march", "Hundreds of bakers"),
    ],
)
def test_who_does_it_stands_behind_the_day_of_the_saying(text: str, anchor: str, actor: str) -> None:
    assert [p.text for p in event(page_of(text), anchor).actors] == [actor]


def test_who_tells_it_beside_the_clause_takes_no_part_in_it() -> None:
    text = "According to Petra Lind, a professor of law in Ormsund, the senate of Ostavia will vote on the dyke bill."
    made = attribution(
        text, "Petra Lind, a professor of law in Ormsund", "According to",
        "the senate of Ostavia will vote on the dyke bill", Stance.ASSERTS,
    )  # fmt: skip
    found = event(page_of(text, (made,)), "vote")
    assert not any("professor" in p.text for p in (*found.actors, *found.recipients))


def test_who_promises_to_do_it_takes_part_in_it() -> None:
    text = "Lind promised to open the dyke."
    made = attribution(text, "Lind", "promised", "to open the dyke", Stance.PROMISES)
    assert [p.text for p in event(page_of(text, (made,)), "open").actors] == ["Lind"]


@pytest.mark.parametrize(
    ("text", "noun", "verb"),
    [
        ("Regent Aldo Voss will travel to Brask on Monday. The visit had been in preparation.", "visit", "travel"),
        ("The dockers will walk out on Monday. The strike had been in preparation.", "strike", "walk"),
        (
            "Regent Aldo Voss will travel to Brask to see Mara Quill of Ostavia. The visit to Ostavia is new.",
            "visit",
            "travel",
        ),
    ],
)
def test_a_noun_takes_up_what_it_is_in_other_words(text: str, noun: str, verb: str) -> None:
    page = page_of(text)
    assert event(page, noun).antecedent == event(page, verb).id
