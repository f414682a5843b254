"""Types of invented sentences' events: PLOVER's sixteen, and the scheme for general news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from event_pages import event, page_of, pipeline

from onrecord.model import PLOVER_QUADS, Report, Stamp
from onrecord.reading.entities import ENTITIES
from onrecord.reading.event_lexicon import NEWS_TYPES, NO_TYPE, PLOVER_TYPES, codes, patterns
from onrecord.reading.event_types import weighed
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.places import PLACES
from onrecord.reading.sentences import SENTENCES
from onrecord.reading.times import TIMES

# What looks like an event of a type and is none: sentence | anchor | type, "-" for none.
OTHER_SENSES = """
The temperature fell in Tarn. | fell | -
A boy fell into the moat. | fell | -
The dancer shot to fame with her first song. | shot | -
Our thoughts go out to the miners. | go | -
Nobody knows what is going on in Tarn. | going | -
The comet passed over the island. | passed | -
The parliament passed the bill. | passed | LAW
The tug transferred oil to a trawler. | transferred | -
The keeper transferred to Tarn United. | transferred | SPORT
The prime minister will receive the Kenyan president on Monday. | receive | CONSULT
The hospital received nine patients. | received | -
The band will be playing a song. | playing | -
The team will play the match in Tarn. | play | SPORT
The lock protects data. | protects | -
The parties target young voters. | target | -
A pickup struck a man on Monday. | struck | ACCIDENT
A woman was hit by a car. | hit | ACCIDENT
A car killed two boys in Tarn. | killed | DEATH
A missile struck a car. | struck | ASSAULT
Seven counties declined in this group. | declined | -
The minister declined the offer. | declined | REJECT
The minister declined to comment. | declined | REJECT
The town offers recreation at the lake. | offers | -
The minister offered to resign. | offered | AGREE
For tickets, call 555-0133. | call | -
The crisis struck in May. | struck | -
The workers struck in May. | struck | PROTEST
The court gave an order to free him. | order | REQUEST
The students returned to school. | returned | MOVE
The museum returned nine skulls to Peru. | returned | RETREAT
The men fled down the street. | fled | MOVE
Soldiers fled the front. | fled | RETREAT
Israel floods Lebanese farmlands, destroys crops. | destroys | ASSAULT
The singer released an ad on Monday. | released | LAUNCH
The search for the boat went on. | search | -
The plane took off from Tarn airport. | took | MOVE
The pilot was in cardiac arrest. | arrest | -
Passengers boarded the plane. | boarded | MOVE
Police boarded the tanker. | boarded | COERCE
The firm captured about 20 percent of the market. | captured | -
The app violated the firm's guidelines. | violated | -
Rebels violated the ceasefire. | violated | ASSAULT
Scientists warned that the glacier was melting. | warned | -
The boy was taken to hospital. | taken | -
Troops surrounded the town. | surrounded | COERCE
Dancers surrounded the singer. | surrounded | -
The asteroid poses no threat to the town. | threat | -
The tourists arrived in Tarn. | arrived | MOVE
The president arrived in Tarn on Monday. | arrived | CONSULT
He has been released from hospital. | released | HEALTH
The singer slammed into a barrier. | slammed | ACCIDENT
Shares of Grell fell on Monday. | fell | MARKET
The price of oil rose 3 percent. | rose | MARKET
A rise in fuel prices angered drivers. | rise | MARKET
A rise in tensions worried Tarn. | rise | -
The studio released a trailer for the film. | released | LAUNCH
The rebels released the hostages. | released | RETREAT
Photos of the phone have leaked online. | leaked | -
Gas leaked from the plant. | leaked | ACCIDENT
The satellite captured an image of the island. | captured | -
Police captured the gunman. | captured | COERCE
An ape named Tobo escaped. | named | -
Two mayors were named in the leaked papers. | named | -
The board named Ilan Reuss director. | named | APPOINTMENT
The driver lost control of his car. | lost | -
Lindau lost 2-0 to Ostrava. | lost | SPORT
The plan was met with criticism. | met | -
The minister met with the rebels. | met | CONSULT
The Israeli settlements drew criticism. | settlements | -
The iceberg broke into pieces. | broke | -
Thieves broke into the museum. | broke | CRIME
Nine people were killed when a bus crashed. | killed | DEATH
Nine people were killed in a ferry accident. | killed | DEATH
Nine people were killed in a raid. | killed | ASSAULT
Nine people were killed. A quake had shaken Tarn. | killed | DEATH
Nine people were killed. A gunman fired at a bus in Tarn. | killed | ASSAULT
The flood destroyed 20 homes. | destroyed | DISASTER
Shells destroyed 20 homes. | destroyed | ASSAULT
The toll stood at nine on Sunday. A quake had shaken Tarn. | toll | DEATH
The toll stood at nine on Sunday. A bomb exploded in Tarn. | toll | ASSAULT
The dockers' union will strike at the port. | strike | PROTEST
The dockers' union said it would not strike at the port. | strike | PROTEST
Grell Motors took over its rival Lind Motors. | took | DEAL
The Lunder Guild had taken over its competitor Olm Mills. | taken | DEAL
Rebels took over Grell Motors. | took | COERCE
The senate will hold a vote on the budget law. | vote | LAW
Bell left the government of Tarn. | left | CONCEDE
Bell left Tarn on Monday. | left | MOVE
The king received President Ana Bell. | received | CONSULT
The king received a letter. | received | -
The country will hold a vote in May. | vote | ELECTION
"""

GRID = """
The rebels agreed to free the crew. | agreed | AGREE
The ministers pledged to help the town. | pledged | AGREE
The king invited the envoy to his palace. | invited | AGREE
The company said it would cooperate with investigators. | said | AGREE
The presidents met in Tarn. | met | CONSULT
The ministers held talks with the rebels. | talks | CONSULT
The queen visited Tarn. | visited | CONSULT
The two leaders spoke in a phone call. | call | CONSULT
Diplomats negotiated with the rebels. | negotiated | CONSULT
The mayor praised the union. | praised | SUPPORT
The two states signed a peace treaty. | signed | SUPPORT
The bishop apologised to the victims. | apologised | SUPPORT
Tarn restored diplomatic ties with Velmar. | restored | SUPPORT
The king welcomed the decision. | welcomed | SUPPORT
The minister resigned on Monday. | resigned | CONCEDE
The government lifted the curfew. | lifted | CONCEDE
Police cooperated with the coast guard. | cooperated | COOPERATE
The agency shared intelligence with its neighbours. | shared | COOPERATE
The charity delivered food to the village. | delivered | AID
The bank lent the town two million dollars. | lent | AID
The army withdrew its troops from the valley. | withdrew | RETREAT
The rebels released the hostages. | released | RETREAT
The rebels declared a ceasefire. | declared | RETREAT
The council eased sanctions on the island. | eased | RETREAT
The mayor urged the rebels to leave. | urged | REQUEST
The union demanded higher pay. | demanded | REQUEST
The envoy called for a ceasefire. | called | REQUEST
The minister accused the rebels of murder. | accused | ACCUSE
The mayor condemned the attack. | condemned | ACCUSE
Prosecutors investigated the bank. | investigated | ACCUSE
The family sued the company. | sued | ACCUSE
The rebels rejected the offer. | rejected | REJECT
The minister refused to meet the union. | refused | REJECT
The king vetoed the bill. | vetoed | REJECT
The rebels threatened to attack the port. | threatened | THREATEN
The general warned the island of war. | warned | THREATEN
Council issued an ultimatum to the rebels. | ultimatum | THREATEN
Thousands protested against the law. | protested | PROTEST
The students marched through the capital. | marched | PROTEST
The miners began a strike over pay. | strike | PROTEST
The prisoners began a hunger strike. | strike | PROTEST
A mob looted the shops. | looted | PROTEST
Tarn severed diplomatic ties with Velmar. | severed | SANCTION
Velmar expelled the ambassador. | expelled | SANCTION
The army deployed soldiers to the border. | deployed | MOBILIZE
The state mobilised its reservists. | mobilised | MOBILIZE
Police arrested five men. | arrested | COERCE
Customs officers seized the ship. | seized | COERCE
The council imposed a curfew. | imposed | COERCE
The court sentenced the banker to two years in prison. | sentenced | COERCE
The state banned the party. | banned | COERCE
Soldiers shot two farmers. | shot | ASSAULT
Gunmen kidnapped a priest. | kidnapped | ASSAULT
Warplanes bombed the town. | bombed | ASSAULT
The airstrike hit a school. | airstrike | ASSAULT
A suicide bombing shook the market. | bombing | ASSAULT
Three people died in the river. | died | DEATH
A bus crashed near Tarn. | crashed | ACCIDENT
The earthquake destroyed the village. | earthquake | DISASTER
Two men robbed a bank. | robbed | CRIME
The judges overturned the verdict. | overturned | RULING
Voters elected a new mayor. | elected | ELECTION
The board appointed a new director. | appointed | APPOINTMENT
Grell Motors acquired a rival firm. | acquired | DEAL
The firm unveiled a new phone. | unveiled | LAUNCH
The club won the championship. | won | SPORT
Parliament passed the bill. | passed | LAW
The shares plunged on Monday. | plunged | MARKET
A blaze killed two people. | killed | DEATH
A small plane crashed on Sunday, killing two pilots. | killing | DEATH
A ferry sank off Tarn, killing nine passengers and injuring twelve. | injuring | INJURY
The floods, which killed nine people, emptied the town. | killed | DEATH
The town was hit by a storm on Monday, killing nine people. | killing | DEATH
The storm killed nine people and wounded dozens. | wounded | INJURY
Nine people were killed when a bus overturned near Tarn. | killed | DEATH
The virus has killed nine people in Tarn. | killed | DEATH
A fire destroyed the town hall. | destroyed | DISASTER
An earthquake struck Tarn on Monday. | struck | DISASTER
A boiler exploded at a mill. | exploded | ACCIDENT
Nine workers were injured in a gas explosion. | explosion | ACCIDENT
Rebels attacked the town, killing nine people. | killing | ASSAULT
Nine people were killed when gunmen attacked a bus. | killed | ASSAULT
A bomb exploded at a market, killing nine people. | killing | ASSAULT
Troops destroyed the bridge during the flood. | destroyed | ASSAULT
Two men were shot dead during the blackout. | shot | ASSAULT
Six people were injured by the flood. | injured | INJURY
A bomb killed two people. | killed | ASSAULT
Velmar beat Grell 2-0. | beat | SPORT
The chain dismissed workers. | dismissed | DEAL
The baker filed for bankruptcy. | filed | DEAL
Keller was elected president in May. | elected | ELECTION
A cyclist was hit by a truck. | hit | ACCIDENT
The miners will strike on Monday. | strike | PROTEST
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in GRID.strip().splitlines()]


@pytest.mark.parametrize(("text", "anchor", "expected"), CASES, ids=[c[0][:40] for c in CASES])
def test_type(text: str, anchor: str, expected: str) -> None:
    found = event(page_of(text), anchor)
    assert found.type == expected
    assert found.scheme == ("plover" if expected in PLOVER_TYPES else "news")


def test_the_grid_covers_every_plover_type() -> None:
    assert len(CASES) >= 60
    assert {c[2] for c in CASES} >= set(PLOVER_TYPES)


@pytest.mark.parametrize(
    ("text", "anchor", "cameo", "mode", "quad", "goldstein"),
    [
        ("The two leaders spoke in a phone call.", "call", "041", "phone", 1, 1.0),
        ("The queen visited Tarn.", "visited", "042", "visit", 1, 1.9),
        ("Police arrested five men.", "arrested", "173", "arrest", 4, -5.0),
        ("The rebels declared a ceasefire.", "declared", "0871", "ceasefire", 2, 9.0),
        ("The rebels threatened to attack the port.", "threatened", "138", "violence", 3, -7.0),
        ("The prisoners began a hunger strike.", "strike", "142", "hunger", 4, -6.5),
    ],
)
def test_codes_follow_cameo(text: str, anchor: str, cameo: str, mode: str, quad: int, goldstein: float) -> None:
    found = event(page_of(text), anchor)
    assert (found.cameo, found.mode, found.quad, found.goldstein) == (cameo, mode, quad, goldstein)


EVERYDAY_SENSES = """
Four residents are competing to be mayor of Tarn. | competing | -
Four clubs are competing in the league. | competing | SPORT
The runner finished third, and the coach praised her. | finished | SPORT
The carpenter finished on Monday. | finished | -
A tanker transferred oil to another ship. | transferred | -
The striker transferred to a rival club in May. | transferred | SPORT
The meeting is set for March 31 at seven. | set | -
The plane flew over the bay and passed the lighthouse. | passed | -
The bill passed on Tuesday. | passed | LAW
Parliament passed the bill on Tuesday. | passed | LAW
The board adopted a new policy. | adopted | LAW
The hill goes by another name. | goes | -
The blast left the town silent. | left | -
The envoy left the country on Monday. | left | MOVE
The envoy left on Monday. | left | MOVE
The satellite entered its final phase. | entered | -
Rescuers entered the building. | entered | MOVE
Divers recovered the bodies from the lake. | recovered | -
The singer recovered from pneumonia. | recovered | HEALTH
The council created a list of wishes. | created | -
The brothers created a company in Oskan. | created | LAUNCH
Readers opened the letter. | opened | -
A bakery opened in Oskan on Friday. | opened | LAUNCH
The firm will update its terms. | update | -
The deal is dead. | is | -
The restaurant charges 18 dollars for the fish. | charges | -
Prosecutors charged the driver with theft. | charged | COERCE
The flat is fully occupied. | occupied | -
The forecast calls for rain. | calls | -
The union called for talks. | called | REQUEST
The alarm went off at noon. | went | -
Shares crashed on Monday. | crashed | -
Water leaked from a pipe. | leaked | ACCIDENT
The names leaked on Monday. | leaked | -
The roof collapsed on Monday. | collapsed | ACCIDENT
The striker collapsed at training. | collapsed | -
A fire broke out in a barn. | broke | DISASTER
Laughter broke out in the hall. | broke | -
She directed a film about bees. | directed | -
The goalkeeper returned the kick. | returned | -
The museum returned nine coins to Peru. | returned | RETREAT
The judge ordered an operation on Tuesday. | operation | -
The moon imposed a shape on the ring. | imposed | -
The minister imposed a curfew. | imposed | COERCE
Zookeepers dispatched the parcel. | dispatched | -
The army dispatched troops to the border. | dispatched | MOBILIZE
The charity runs a campaign against litter. | campaign | -
Her campaign for governor began before the election. | campaign | ELECTION
The ruling ended a season of eight defeats for the club in the league. | defeats | SPORT
"""


@pytest.mark.parametrize("row", [*OTHER_SENSES.strip().splitlines(), *EVERYDAY_SENSES.strip().splitlines()])
def test_other_senses_of_a_word_are_told_apart(row: str) -> None:
    sentence, anchor, kind = (cell.strip() for cell in row.split("|"))
    assert (event(page_of(sentence), anchor).type or "-") == kind


def test_every_pattern_has_a_code_that_is_known() -> None:
    known = codes()
    listed = [p.code for part in ("v", "n") for found in patterns(part).values() for p in found]
    assert set(listed) - {NO_TYPE} <= set(known)
    assert len(listed) > 1_000
    assert all(t.quad == PLOVER_QUADS[t.type] for t in known.values() if t.scheme == "plover")
    assert all(-10 <= t.goldstein <= 10 for t in known.values() if t.goldstein is not None)
    assert {t.type for t in known.values() if t.scheme == "news"} == set(NEWS_TYPES)


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("The ministers held talks.", {"held", "talks"}),
        ("Including the mayor, ten people came.", {"came"}),
        ("The envoy has to leave.", {"leave"}),
        ("The envoy is going to leave.", {"leave"}),
        ("Following the call, the envoy left.", {"call", "left"}),
    ],
)
def test_anchors(text: str, anchors: set[str]) -> None:
    assert {e.anchor.text for e in page_of(text).events} == anchors


def test_speech_and_states_hold_no_claims() -> None:
    page = page_of("The mayor said he owns a boat. The ministers held talks.")
    claimed = {c.event for c in page.claims}
    assert [e.anchor.text for e in page.events if e.id in claimed] == ["talks"]


@pytest.mark.parametrize(
    ("mine", "chances", "becomes"),
    [
        ("042", {"CONSULT": 0.001, "SUPPORT": 0.9}, "SUPPORT"),
        ("042", {"CONSULT": 0.1, "SUPPORT": 0.8}, "CONSULT"),  # not far enough
        ("042", {"CONSULT": 0.001, "SUPPORT": 0.4}, "CONSULT"),  # not likely enough
        ("042", {"CONSULT": 0.001, "AGREE": 0.9}, "CONSULT"),  # a planned visit is a visit; its status says the rest
        ("030", {"AGREE": 0.001, "THREATEN": 0.9}, "THREATEN"),  # "vowed to attack"
        ("DEATH", {"ASSAULT": 0.9}, "DEATH"),  # general news is not forced into politics
        ("042", {}, "CONSULT"),
        ("180", {"ASSAULT": 0.02, "ACCUSE": 0.6}, "ACCUSE"),  # "attacked her record"
        ("180", {"ASSAULT": 0.05, "AGREE": 0.2}, None),  # "will fight for better schools"
        ("180", {"ASSAULT": 0.02, "THREATEN": 0.8}, "ASSAULT"),  # "vowed to attack the town"
        ("180", {"ASSAULT": 0.3, "ACCUSE": 0.5}, "ASSAULT"),
    ],
)
def test_the_encoder_weighs_in_where_it_is_sure(mine, chances, becomes):
    found = weighed(codes()[mine], chances)
    if becomes is None:
        assert found is None
        return
    assert found is not None
    assert found.type == becomes
    assert found == (codes()[mine] if becomes == codes()[mine].type else codes()[found.cameo])


def test_a_strike_has_one_sense_in_a_report():
    page = page_of(
        "Ferry crews in Tarn began a strike over pay.\n\nThe strike lasted 40 days, and a drone strike ended it."
    )
    assert [(e.type, e.cameo) for e in page.events if e.lemma == "strike"] == [
        ("PROTEST", "143"),
        ("PROTEST", "143"),
        ("ASSAULT", "195"),
    ]


def test_without_workers_a_strike_is_an_attack():
    page = page_of("The strike hit a warehouse near Tarn.")
    assert [e.type for e in page.events if e.lemma == "strike"] == ["ASSAULT"]


def test_in_order_to_is_no_order() -> None:
    assert [e.anchor.text for e in page_of("She sang in order to win him.").events if e.anchor.text == "order"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bruno Keller said Brundage would receive Halvorsen in Tarn on Sunday.", "CONSULT"),
        ("Keller was received by Chancellor Anna Rossi in Tarn.", "CONSULT"),
        ("Chancellor Anna Rossi received a letter from Bruno Keller on Friday.", None),
        ("Brundage received a letter from Bruno Keller in Tarn.", None),
    ],
)
def test_who_is_received_by_a_bare_name_is_on_a_visit(text: str, kind: str | None) -> None:
    [found] = [e for e in page_with_times(text).events if e.lemma == "receive"]
    assert found.type == kind


def page_with_times(text: str) -> Page:
    moment = datetime(2031, 5, 1, 10, tzinfo=UTC)
    stamp = Stamp(moment.isoformat(), "2031-05-01", "field", moment, moment)
    page = Page(Report("r", "a", text, published=stamp), pipeline()(text))
    for step in (SENTENCES, TIMES, ENTITIES, PLACES, EVENTS):
        step.run(page)
    return page
