"""Sources: kind, number, affiliation, reasons for anonymity, and the outlet that heard it."""

from __future__ import annotations

import pytest

from onrecord.model import Reading, Report, SourceKind
from onrecord.reading.reader import Reader
from onrecord.reading.sources import is_outlet


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def first(reader: Reader, text: str) -> Reading:
    return reader.read(Report("r1", "memory:source", text))


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Petra Lindqvist said the ferry sank.", SourceKind.NAMED, "one"),
        ("Defence Minister Petra Lindqvist said the ferry sank.", SourceKind.NAMED, "one"),
        ("The defence ministry said the ferry sank.", SourceKind.OFFICE, "one"),
        ("The Prime Minister's Office said the ferry sank.", SourceKind.OFFICE, "one"),
        ("Police said the ferry sank.", SourceKind.OFFICE, "several"),
        ("An official said the ferry sank.", SourceKind.UNNAMED, "one"),
        ("Three officials said the ferry sank.", SourceKind.UNNAMED, "several"),
        ("Witnesses said the ferry sank.", SourceKind.UNNAMED, "several"),
        ("Someone said the ferry sank.", SourceKind.UNNAMED, "one"),
        ("Reuters said the ferry sank.", SourceKind.OUTLET, "one"),
        ("The newspaper said the ferry sank.", SourceKind.OUTLET, "one"),
        ("Local media said the ferry sank.", SourceKind.UNNAMED, "several"),
        ("Television stations said the ferry sank.", SourceKind.UNNAMED, "several"),
        ("The Halden Gazette said the ferry sank.", SourceKind.OUTLET, "one"),
        ("The inquiry's report said the ferry sank.", SourceKind.DOCUMENT, "one"),
        ("A study said the ferry sank.", SourceKind.DOCUMENT, "one"),
    ],
)
def test_kind_and_number(reader: Reader, text: str, kind: SourceKind, number: str) -> None:
    [found] = [a for a in first(reader, text).attributions if a.cue[0].text == "said"]
    assert (found.source_kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank, the Halden Gazette reported. Nine people died, the newspaper said.", "Halden Gazette"),
        ("Radio Tarnow and the Halden Gazette sent boats. Nine people died, the paper said.", "Halden Gazette"),
        ("The ferry sank. Nine people died, a newspaper said. The Halden Gazette did not print.", None),
    ],
)
def test_the_paper_is_the_outlet_named_before(reader: Reader, text: str, expected: str | None) -> None:
    reading = first(reader, text)
    [found] = [a for a in reading.attributions if a.cue[0].text == "said"]
    names = {e.id: e.name.removeprefix("the ").removeprefix("The ") for e in reading.entities}
    assert found.source_kind is SourceKind.OUTLET
    assert (
        (names.get(found.source_entity or "") == expected)
        if expected
        else "Gazette" not in str(names.get(found.source_entity or ""))
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CNN", True),
        ("the Halden Gazette", True),
        ("Velorian Broadcasting", True),
        ("Reuters'", True),
        ("Petra Lindqvist", False),
        ("Post", False),
        ("", False),
    ],
)
def test_is_outlet(name: str, expected: bool) -> None:
    assert is_outlet(name) is expected


def test_anonymity_and_affiliation(reader: Reader) -> None:
    text = (
        "A senior navy engineer said the ferry sank, speaking on condition of anonymity because he feared for his job."
    )
    found = next(a for a in first(reader, text).attributions if a.source and "engineer" in a.source[0].text)
    assert found.source_kind is SourceKind.UNNAMED
    assert found.affiliation == "A senior navy engineer"
    assert found.anonymity_reason == "because he feared for his job"


def test_a_pronoun_resolves_to_its_person(reader: Reader) -> None:
    reading = first(reader, "Petra Lindqvist inspected the wreck. She said the ferry sank.")
    found = next(a for a in reading.attributions if a.cue[0].text == "said")
    names = {e.id: e.name for e in reading.entities}
    assert names[found.source_entity or ""] == "Petra Lindqvist"
    assert found.source_kind is SourceKind.NAMED


def test_via(reader: Reader) -> None:
    reading = first(reader, "Petra Lindqvist told Reuters that the ferry sank.")
    found = next(a for a in reading.attributions if a.source and a.source[0].text == "Petra Lindqvist")
    assert found.via == "Reuters"


def test_a_person_below_a_preposition_is_not_the_one_who_speaks(reader: Reader) -> None:
    reading = first(reader, "Otto Brandvik fell on Monday. People near Otto Brandvik said the pier broke.")
    (said,) = reading.attributions
    assert said.source_kind is SourceKind.UNNAMED
    assert said.source_entity is None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A mill burned down in Halden on Monday, Farline reported on Tuesday.", "Farline", SourceKind.OUTLET),
        ("Nine people died when a ferry sank, Farline reported on Tuesday.", "Farline", SourceKind.OUTLET),
        ("A mill burned down in Halden on Monday, according to Kestrel Wire.", "Kestrel Wire", SourceKind.OUTLET),
        ("The mill's owner had fled, the Halden Argus reported.", "the Halden Argus", SourceKind.OUTLET),
        ("Velor Steel reported that its sales had fallen.", "Velor Steel", SourceKind.OFFICE),
        ("The harbour office reported that a ferry had sunk.", "The harbour office", SourceKind.OFFICE),
        ("Emily Post said that a ferry had sunk.", "Emily Post", SourceKind.NAMED),
    ],
)
def test_who_reports_what_is_not_its_own_is_an_outlet(reader: Reader, text: str, name: str, kind: SourceKind) -> None:
    [found] = first(reader, text).attributions
    assert (found.source[0].text, found.source_kind) == (name, kind)


def test_an_outlet_is_called_by_the_whole_name_that_is_written(reader: Reader) -> None:
    reading = first(reader, "A mill burned down in Halden on Monday, according to Kestrel Wire.")
    assert {c.holder.name for c in reading.claims} == {"Kestrel Wire"}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the port, the Halden Gazette reported, citing two diplomats.",
        "The Halden Gazette, citing two diplomats, reported that rebels had shelled the port.",
    ],
)
def test_who_is_cited_speaks_in_the_outlet_that_cites(reader: Reader, text: str) -> None:
    reading = first(reader, text)
    shelled = next(e for e in reading.events if e.anchor.text == "shelled")
    claim = next(c for c in reading.claims if c.event == shelled.id)
    assert [h.kind for h in claim.chain[1:]] == [SourceKind.OUTLET, SourceKind.UNNAMED]
    assert claim.holder.name == "two diplomats"
