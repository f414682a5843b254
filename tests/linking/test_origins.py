"""Origins: chains of outlet, agency, copy and speaker, and what counts as one origin."""

from __future__ import annotations

import pytest

from onrecord.linking import family_of, independent, origin_of, outlet_key
from onrecord.model import Holder, Origin, SourceKind

from .builders import claim, own, report

COURIER, LEDGER_DAILY = "The Vale Courier", "Harbour Ledger"
SPEAKER = Holder("Mayor Kelda Varn", SourceKind.NAMED)
OFFICIAL = Holder("a senior Orvanian official", SourceKind.UNNAMED, country="ORV")
OFFICE = Holder("the Harbour Ministry", SourceKind.OFFICE, country="ORV")
WIRE = Holder("Walden News Agency", SourceKind.OUTLET)


def test_own_voice_is_the_outlet() -> None:
    voice = own(COURIER)
    found = origin_of(claim(voice, voice), report("x", outlet=COURIER))
    assert found == Origin("outlet:valecourier", COURIER, SourceKind.OUTLET, True, (COURIER,), "own voice")


def test_own_voice_of_a_report_that_credits_an_agency_is_the_agency() -> None:
    voice = own(COURIER)
    found = origin_of(claim(voice, voice), report("x", outlet=COURIER, credits=("Reuters",)))
    assert found == Origin(
        "outlet:reuters", "Reuters", SourceKind.OUTLET, True, (COURIER, "Reuters"), "credits Reuters"
    )


def test_a_named_speaker_is_one_origin_whoever_quotes_them_and_by_whatever_title() -> None:
    first = origin_of(claim(SPEAKER, own(COURIER)), report("x", outlet=COURIER))
    again = Holder("Kelda Varn", SourceKind.NAMED)
    second = origin_of(claim(again, own(LEDGER_DAILY), WIRE), report("y", outlet=LEDGER_DAILY))
    assert first.key == second.key == "named:kelda varn"
    assert not independent(first, second)
    assert first.chain == (COURIER, "Mayor Kelda Varn")
    assert second.chain == (LEDGER_DAILY, "Walden News Agency", "Kelda Varn")
    assert second.how == "cites Walden News Agency; quotes Kelda Varn"


def test_unnamed_sources_of_two_outlets_are_two_origins() -> None:
    first = origin_of(claim(OFFICIAL, own(COURIER)), report("x", outlet=COURIER))
    second = origin_of(claim(OFFICIAL, own(LEDGER_DAILY)), report("y", outlet=LEDGER_DAILY))
    assert first.key == "unnamed:valecourier:senior orvanian official"
    assert independent(first, second)
    assert not first.named


def test_an_unnamed_source_heard_by_another_outlet_collapses_into_its_hearing() -> None:
    direct = origin_of(claim(OFFICIAL, own("Walden News Agency")), report("x", outlet="Walden News Agency"))
    cited = origin_of(claim(OFFICIAL, own(COURIER), WIRE), report("y", outlet=COURIER))
    assert direct.key == cited.key
    assert cited.chain == (COURIER, "Walden News Agency", "a senior Orvanian official")


def test_a_copy_says_what_the_original_says() -> None:
    original = report("x", outlet=LEDGER_DAILY)
    copy = report("x", outlet=COURIER)
    own_voice = origin_of(claim(own(COURIER), own(COURIER)), copy, original)
    assert own_voice.key == "outlet:harbourledger"
    assert own_voice.how == "copy of Harbour Ledger"
    unnamed = origin_of(claim(OFFICIAL, own(COURIER)), copy, original)
    assert unnamed.key == origin_of(claim(OFFICIAL, own(LEDGER_DAILY)), original).key


def test_a_cited_outlet_is_the_origin_of_its_report() -> None:
    found = origin_of(claim(WIRE, own(COURIER)), report("x", outlet=COURIER))
    assert (found.key, found.name) == ("outlet:walden", "Walden News Agency")
    assert found.chain == (COURIER, "Walden News Agency")


def test_an_office_is_one_origin_within_its_country() -> None:
    first = origin_of(claim(OFFICE, own(COURIER)), report("x", outlet=COURIER))
    second = origin_of(claim(OFFICE, own(LEDGER_DAILY)), report("y", outlet=LEDGER_DAILY))
    assert first.key == second.key == "office:orv:harbour ministry"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Vale Courier", "www.valecourier.com"),
        ("BBC News", "https://www.bbc.co.uk/news/articles/x"),
        ("edition.cnn.com", "CNN"),
        ("AP", "Associated Press"),
        ("Walden News Agency", "Walden"),
    ],
)
def test_an_outlet_has_one_key_under_its_names(left: str, right: str) -> None:
    assert outlet_key(left) == outlet_key(right)


def test_outlets_of_no_known_family_stay_themselves() -> None:
    assert family_of("Harbour Ledger") == "Harbour Ledger"
    assert outlet_key("Harbour Ledger") != outlet_key("The Vale Courier")
    assert family_of("foxbusiness.com") == "Fox News"


def test_initials_are_one_office_with_and_without_a_country() -> None:
    known = origin_of(
        claim(Holder("OHRA", SourceKind.OFFICE, country="ORV"), own(COURIER)), report("x", outlet=COURIER)
    )
    unknown = origin_of(claim(Holder("the OHRA", SourceKind.OFFICE), own(COURIER)), report("x", outlet=COURIER))
    assert known.key == unknown.key
    police = [Holder("police", SourceKind.OFFICE, country=country) for country in ("ORV", "TES")]
    assert len({origin_of(claim(p, own(COURIER)), report("x", outlet=COURIER)).key for p in police}) == 2


@pytest.mark.parametrize(
    "again",
    ["a harbour pilot", "A harbour pilot, who feared for her post", "a harbour pilot on condition of anonymity"],
)
def test_an_unnamed_source_is_one_whether_or_not_it_is_said_why(again: str) -> None:
    first = Holder("a harbour pilot who wished to stay unnamed", SourceKind.UNNAMED)
    keys = {
        origin_of(claim(h, own(COURIER)), report("x", outlet=COURIER)).key
        for h in (first, Holder(again, SourceKind.UNNAMED))
    }
    assert len(keys) == 1
