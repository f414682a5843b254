# ruff: noqa: E501 – one case a line
"""Who is a party to an event: invented lands, offices and persons that no table knows."""

from __future__ import annotations

import pytest
from event_pages import attribution, event, page_of

from onrecord.model import Authority, EntityType, Holder, Participant, SourceKind, Stance
from onrecord.reading.homes import homes_in, homes_of, stem
from onrecord.reading.parties import is_party

# source | kind | what it says | anchor | authority
CASES = """
The foreign ministry of Belgravia | office | Belgravian Foreign Minister Ana Tolm met Piet Maas | met | party
Belgravia's foreign ministry | office | Foreign Minister Ana Tolm of Belgravia resigned on Monday | resigned | party
Belgravia's government | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | party
The defence ministry of Belgravia | office | the army of Belgravia shelled the harbour | shelled | party
The foreign ministry of Ruthenmark | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | other
The foreign ministry | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | party
The foreign ministry in Ostrel | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | party
The foreign ministry | office | Belgravian Finance Minister Ana Tolm resigned on Monday | resigned | other
Brandel Mills | office | Lind Mills had taken over its competitor Brandel Mills | taken | party
The office of the foreign minister | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | party
The minister's office | office | Belgravian Foreign Minister Ana Tolm resigned on Monday | resigned | party
The prime minister's office | office | Deputy Prime Minister Ana Tolm resigned on Monday | resigned | other
The office of the speaker of the parliament of Belgravia | office | the parliament of Belgravia voted on the budget | voted | party
A spokesman for the dockers' union | office | the dockers' union marched through Ostrel | marched | party
The council's critics | unnamed | the council met in Ostrel | met | other
Ana Tolm, who breeds horses near Ostrel, | named | rebels attacked Ostrel | attacked | other
Ana Tolm, a teacher in Ostrel, | named | rebels attacked Ostrel | attacked | other
Ana Tolm, a former ambassador to Ostrel, | named | Piet Maas visited Ostrel | visited | other
Ana Tolm, who leads Brandel Mills, | named | Brandel Mills bought a rival | bought | party
Ana Tolm, a spokeswoman for Brandel Mills, | named | Brandel Mills bought a rival | bought | party
Ana Tolm, a former manager of Brandel Mills, | named | Brandel Mills bought a rival | bought | other
Police in Ostrel | office | a flood destroyed nine houses | flood | responsible
Ana Tolm, a former police chief, | named | two men robbed a bank | robbed | other
Ana Tolm, who was police chief until 2028, | named | two men robbed a bank | robbed | other
Ana Tolm, the police chief, | named | two men robbed a bank | robbed | responsible
Ana Tolm, vice president for growth, | named | two men had been arrested | arrested | other
Ana Tolm, president of the brewery, | named | two men had been arrested | arrested | other
Ana Tolm, a spokeswoman for the police, | named | a mill was founded in Ostrel | founded | other
A spokeswoman for the company | office | a mill was founded in Ostrel | founded | responsible
Ana Tolm, a swimming coach, | named | the match had ended | match | other
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[0]}: {r[2]}"[:70] for r in ROWS])
def test_authority(row: tuple[str, ...]) -> None:
    source, kind, said, anchor, expected = row
    text = f"{source} said that {said}."
    bare = page_of(text)
    speaker = bare.mention_of(0, len(source.split(",")[0]))
    made = attribution(
        text, source.rstrip(","), "said", said, Stance.ASSERTS, source_kind=SourceKind(kind),
        source_entity=speaker.entity if speaker else None,
    )  # fmt: skip
    page = page_of(text, (made,))
    claim = next(c for c in page.claims if c.event == event(page, anchor).id)
    assert claim.authority is Authority(expected)


def test_a_land_and_its_people_have_one_stem() -> None:
    for land, people in (("Belgravia", "Belgravian"), ("Ruthenmark", "Ruthenmarkers"), ("Sarkenland", "Sarkenlander")):
        assert stem(land) == stem(people)
    assert stem("Belgravia") != stem("Belgrad")


def test_words_of_roles_and_days_are_no_homes() -> None:
    assert homes_in("The Foreign Ministry on Monday") == frozenset()
    assert homes_in("Belgravia’s Interior Ministry") == {stem("Belgravian")}


def test_a_person_is_at_home_where_the_title_says_not_where_the_sentence_is() -> None:
    page = page_of("Foreign Minister Ana Tolm of Belgravia met reporters. Tolm in Ostrel spoke of the harvest.")
    tolm = next(e for e in page.entities if e.type is EntityType.PERSON)
    assert homes_of(page, tolm) == {stem("Belgravia")}


@pytest.mark.parametrize(
    ("said", "anchor"), [("It will burn up over the sea", "burn"), ("They attacked the ferry", "attacked")]
)
def test_who_is_quoted_is_not_the_others_of_the_quotation(said: str, anchor: str) -> None:
    text, source = f"“{said},” said Ana Tolm.", "Ana Tolm"
    speaker = page_of(text).mention_of(text.index(source), text.index(source) + len(source))
    assert speaker is not None
    made = attribution(
        text, source, "said", said, Stance.ASSERTS, source_kind=SourceKind.NAMED, source_entity=speaker.entity
    )
    page = page_of(text, (made,))
    claim = next(c for c in page.claims if c.event == event(page, anchor).id)
    assert claim.authority is Authority.OTHER


@pytest.mark.parametrize(
    ("said", "source", "kind", "expected"),
    [
        ("The statement said that it was brought for a vote.", "The statement", SourceKind.DOCUMENT, Authority.OTHER),
        ("Brandel Mills said that it would close.", "Brandel Mills", SourceKind.OFFICE, Authority.PARTY),
        ("Ana Tolm said that it would close.", "Ana Tolm", SourceKind.NAMED, Authority.OTHER),
    ],
)
def test_a_body_calls_itself_it(said: str, source: str, kind: SourceKind, expected: Authority) -> None:
    content = said.split(" said that ")[1].rstrip(".")
    anchor = "brought" if "brought" in said else "close"
    page = page_of(said, (attribution(said, source, "said", content, Stance.ASSERTS, source_kind=kind),))
    claim = next(c for c in page.claims if c.event == event(page, anchor).id)
    assert claim.authority is expected


@pytest.mark.parametrize(
    ("source", "kind", "sector", "speaks"),
    [
        ("the foreign ministry", SourceKind.OFFICE, "GOV", True),
        ("a spokesman for the army", SourceKind.OFFICE, "MIL", True),
        ("Ana Tolm, the army's spokeswoman", SourceKind.NAMED, "MIL", True),
        ("Minister Ana Tolm", SourceKind.NAMED, "GOV", True),
        ("Ana Tolm, a pilot", SourceKind.NAMED, "MIL", False),
        ("Ana Tolm, a former minister", SourceKind.NAMED, "GOV", False),
        ("Senator Ana Tolm", SourceKind.NAMED, "LEG", False),
        ("the court", SourceKind.OFFICE, "JUD", False),
    ],
)
def test_who_of_a_state_speaks_for_its_government(source: str, kind: SourceKind, sector: str, speaks: bool) -> None:
    cabinet = Participant(0, 11, "the cabinet", country="ORV", sector="GOV")
    holder = Holder(source, kind, country="ORV", sector=sector)
    assert is_party(page_of("The cabinet met."), holder, source, cabinet) is speaks
