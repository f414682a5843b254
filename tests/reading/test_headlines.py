"""Headlines whose verb looks like a noun, in invented words: the event, its type, who and whom."""

from __future__ import annotations

import pytest

from onrecord.model import Part, PartKind, Report
from onrecord.reading.headlines import with_verbs
from onrecord.reading.reader import Reader

# headline | anchor | type | actor | recipient
VERBS = """
Varland bombs port of Oskan | bombs | ASSAULT | Varland | port of Oskan
Varland Bombs Port of Oskan | Bombs | ASSAULT | Varland | Port of Oskan
Army shells Tarn | shells | ASSAULT | Army | Tarn
Rebels attack convoy near Tarn | attack | ASSAULT | Rebels | convoy
Rebels free hostages | free | RETREAT | Rebels | hostages
Police search harbour for missing crew | search | - | Police | harbour
Court fines bank over leak | fines | - | Court | bank
Tarn mill fires 200 workers | fires | - | Tarn mill | 200 workers
Grell Motors files for bankruptcy, Oskar Group to run company | files | - | Grell Motors | -
"""
NOUNS = """
Peace talks in Tarn
Teachers strike ballot opens
Oil prices rise after attack
Port workers strike over pay
Varland arms sales to Kuresk
Flood damage in Tarn
Nine killed in Oskan storm
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def report(headline: str) -> Report:
    text = f"{headline}\n\nIt was the second such case in a year, residents of the town said on Monday."
    return Report(id="r1", address="a", text=text, title=headline, parts=(Part(PartKind.HEADLINE, 0, len(headline)),))


@pytest.mark.parametrize("row", VERBS.strip().splitlines())
def test_the_verb_is_found(row, reader):
    headline, anchor, kind, actor, recipient = (cell.strip() for cell in row.split("|"))
    reading = reader.read(report(headline))
    (event,) = [e for e in reading.events if e.anchor.text == anchor and e.headline]
    assert event.status.value == "happened"
    assert kind in (event.type, "-")
    assert [a.text for a in event.actors] == [actor]
    assert recipient == "-" or [r.text for r in event.recipients] == [recipient]


@pytest.mark.parametrize("headline", NOUNS.strip().splitlines())
def test_what_has_no_such_verb_stays_as_parsed(headline, reader):
    doc = reader.nlp(reader._doc(report(headline)))
    before = [(t.tag_, t.dep_, t.head.i) for t in doc]
    assert [(t.tag_, t.dep_, t.head.i) for t in with_verbs(doc, reader.nlp)] == before


def test_sentences_and_the_rest_of_the_text_are_untouched(reader):
    (doc,) = reader.docs([report("Army shells Tarn")])
    assert [s.text.strip() for s in doc.sents] == [
        "Army shells Tarn",
        "It was the second such case in a year, residents of the town said on Monday.",
    ]
    assert doc[1].tag_ == "VBZ" and doc[1].lemma_ == "shell" and doc[1].pos_ == "VERB"
