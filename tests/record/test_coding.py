"""How events are coded: days no finer than known, parties put together, what is left out, cells that hold anything."""

from __future__ import annotations

import csv
import dataclasses
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Part, PartKind, Reading, Report, Span, Standing, Status, TimeMark, TimeMention, TimeType
from onrecord.record.coding import (
    LeftOut,
    code,
    date_of,
    first_day,
    last_day,
    place_of,
    realised,
    report_facts,
    sentence_of,
    tsv_row,
    tsv_text,
)
from onrecord.record.country_codes import country, country_table, fips
from onrecord.record.events import event_record

from .builders import person, town
from .builders import testimony as say
from .coded import NASTY, TEXTS, coded, entity, facts_of, meeting


def span(value: str, first: datetime, last: datetime) -> TimeMention:
    return TimeMention("t1", 0, 3, value, TimeType.DATE, value, first, last)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "first", "last", "year", "month", "day"),
    [
        ("2030-04-04", at(2030, 4, 3, 22), at(2030, 4, 4, 21, 59, 59), 2030, 4, date(2030, 4, 4)),
        ("2030-04-04T03:00", at(2030, 4, 4, 3), at(2030, 4, 4, 3, 0, 59), 2030, 4, date(2030, 4, 4)),
        ("2030-04", at(2030, 4, 1), at(2030, 4, 30, 23, 59, 59), 2030, 4, None),
        ("2030", at(2030, 1, 1), at(2030, 12, 31, 23, 59, 59), 2030, None, None),
        ("2030-W14", at(2030, 4, 1), at(2030, 4, 7, 23, 59, 59), 2030, 4, None),
        ("2030-W18", at(2030, 4, 29), at(2030, 5, 5, 23, 59, 59), 2030, None, None),
        ("203", at(2030, 1, 1), at(2039, 12, 31, 23, 59, 59), None, None, None),
    ],
)
def test_a_date_is_as_fine_as_it_is_known(value, first, last, year, month, day):
    found = date_of(meeting(when=span(value, first, last), time_mark=TimeMark.SYNTAX))
    assert (found.year, found.month, found.day, found.basis) == (year, month, day, "syntax")


def test_the_reports_day_is_marked_and_never_silent():
    undated = meeting(when=None)
    assert (coded(undated).dated.day, coded(undated).dated.basis) == (None, "none")
    given_day = coded(undated, report_dates=True).dated
    assert (given_day.day, given_day.basis) == (date(2030, 3, 1), "report_fallback")
    own = meeting(when=None, time_mark=TimeMark.PUBLISHED)
    assert (coded(own).dated.day, coded(own).dated.basis) == (date(2030, 3, 1), "report")
    assert coded(meeting(), report_dates=True).dated.basis == "narrative"
    assert coded(meeting(when=None, day=None), report_dates=True).dated.day is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-11, 11), st.integers(1, 40))
def test_whole_days_keep_their_days_in_every_zone(start, offset, number):
    first = datetime.combine(start, datetime.min.time(), UTC) + timedelta(hours=offset)
    last = first + timedelta(days=number) - timedelta(seconds=1)
    assert (first_day(first, last), last_day(first, last)) == (start, start + timedelta(days=number - 1))


def test_parties_are_put_together_over_mentions():
    told = [
        say("own:", text="A Minister spoke.", type="ACCUSE", actors=(person("Minister", 2, sector="GOV"),)),
        say(
            "own:", outlet="B", text="Ona Lisk spoke.", type="ACCUSE",
            actors=(person("Ona Lisk", 0, entity="n1"), person("the union", 4)),
        ),
    ]  # fmt: skip
    event = event_record("e1", told)
    lisk = entity("Ona Lisk", country="SWE", sector="GOV", roles=("mayor",))
    found = {p.name: p for p in code(event, facts_of(event, entities=(lisk,))).actors}
    assert (found["Ona Lisk"].country, found["Ona Lisk"].title, found["Ona Lisk"].raw) == ("SWE", "mayor", "Ona Lisk")
    assert (found["union"].raw, found["union"].country) == ("the union", None)


def test_of_what_two_do_together_the_second_actor_is_the_other_side():
    two = (person("Ona Lisk", 6), person("Quill", 28))
    assert [p and p.name for p in coded(meeting(actors=two, recipients=())).parties] == ["Ona Lisk", "Quill"]
    accused = meeting(actors=two, recipients=(), type="ACCUSE", cameo="112")
    assert [p and p.name for p in coded(accused).parties] == ["Ona Lisk", None]


def test_mode_and_code_are_those_of_the_type():
    said = [
        say("own:", type="PROTEST", mode="strike", cameo="143", number=1),
        say("own:", type="PROTEST", number=2, outlet="B"),
        say("own:", type="ASSAULT", mode="beat", cameo="182", number=3, outlet="C"),
    ]
    event = event_record("e1", said)
    assert (event.type, event.mode, event.cameo) == ("PROTEST", "strike", "143")
    relabelled = dataclasses.replace(event, type="COERCE", mode=None, cameo=None)
    assert (coded(relabelled).mode, coded(relabelled).cameo, coded(relabelled).goldstein) == (None, None, None)


def test_what_did_not_happen_is_left_out_and_counted():
    happened = meeting()
    events = [happened]
    events += [dataclasses.replace(happened, status=s) for s in Status if s not in (Status.HAPPENED, Status.ONGOING)]
    events += [
        dataclasses.replace(happened, standing=s) for s in (Standing.DENIED, Standing.RETRACTED, Standing.DISPUTED)
    ]
    left = LeftOut()
    assert [e.standing for e in realised(events, left)] == [happened.standing, Standing.DISPUTED]
    assert left.unrealised == {
        "planned": 1, "expected": 1, "possible": 1, "did not happen": 1, "called off": 1, "of unknown status": 1,
        "denied": 1, "retracted": 1,
    }  # fmt: skip
    assert len(list(realised(events, LeftOut(), all_statuses=True))) == len(events)


def test_the_lead_ends_with_the_first_paragraph():
    text = "Title here\n\nBy Ona Lisk\n\nTARNFORD - The mayor spoke.\nShe left.\n\nMore came."
    parts = (Part(PartKind.HEADLINE, 0, 10), Part(PartKind.BYLINE, 12, 23), Part(PartKind.DATELINE, 25, 33))
    report = Report("r1", "a", text, parts=parts)
    assert text[: report_facts(Reading(report, "test")).lead].endswith("She left.")
    long = "w " * 80 + "end.\nSecond paragraph.\n\nThird."
    assert long[: report_facts(Reading(Report("r1", "a", long), "test")).lead].endswith("end.")
    assert report_facts(Reading(Report("r1", "a", ""), "test")).lead == 0


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_row_comes_back_by_any_reader(values):
    line = tsv_row(values).decode()
    assert line.endswith("\n") and len(line.splitlines()) == 1
    cells = line[:-1].split("\t")
    assert [tsv_text(c) for c in cells] == values
    assert cells == (next(csv.reader(io.StringIO(line, newline=""), delimiter="\t")) or [""])


def test_half_characters_come_back():
    assert tsv_text(tsv_row(["a\ud800b"]).decode()[:-1]) == "a\ud800b"
    assert tsv_text(tsv_row([NASTY]).decode()[:-1]) == NASTY


def test_country_codes_are_whole():
    table = country_table()
    assert len(table) > 245 and all(len(c.fips) in (0, 2) and len(c.cameo) == 3 for c in table.values())
    known = [c.cow for c in table.values() if c.cow]
    assert len(known) == len(set(known)) > 190
    places = [c.fips for c in table.values() if c.fips]
    assert len(places) == len(set(places))
    # Where the schemes differ most from ISO, and from each other.
    sample = {"GBR": ("UK", "GBR", "200"), "DEU": ("GM", "DEU", "255"), "CHE": ("SZ", "CHE", "225")}
    sample |= {"ROU": ("RO", "ROM", "360"), "RUS": ("RS", "RUS", "365"), "SRB": ("RI", "SRB", "345")}
    sample |= {"TLS": ("TT", "TMP", "860"), "SSD": ("OD", "SSD", "626"), "KOR": ("KS", "KOR", "732")}
    for iso3, codes in sample.items():
        found = country(iso3)
        assert found and (found.fips, found.cameo, found.cow) == codes
    assert (fips("PSE", 34.45), fips("PSE", 35.2), fips("XXX"), fips(None)) == ("GZ", "WE", "", "")


def test_a_sentence_is_found_without_the_space_around_it():
    event = meeting()
    item, words = event.testimonies[0], event.testimonies[0].claim.words.text
    facts = facts_of(event, text=f"  {words} \nMore.", sentences=(Span(0, len(words) + 4), Span(len(words) + 4, 99)))
    assert sentence_of(item, facts[item.report.id]) == Span(2, len(words) + 2)
    bare = facts_of(event, sentences=())
    assert sentence_of(item, bare[item.report.id]) == Span(0, len(words))


def test_who_is_not_where():
    place = town("Karvelia", 7, "SWE", "country")
    event = meeting(where=dataclasses.replace(place, text="Karvelian", use="demonym"))
    assert event.place == "Karvelia" and place_of(event) is None and coded(event).place is None
    assert place_of(meeting(where=place)) == place
