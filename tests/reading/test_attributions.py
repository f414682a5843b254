"""Attributions: invented sentences with what they must give, and what no text may do to the reader."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Attribution, Reading, Report, report_id
from onrecord.reading import attributions, encoder
from onrecord.reading.page import Page
from onrecord.reading.reader import Reader

CASES = json.loads((Path(__file__).parent / "attribution_cases.json").read_text("utf-8"))
RIGHT_WITH_WEIGHTS = 0.90
RIGHT_BY_RULES = 0.92


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def no_weights(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(encoder, "load_encoder", lambda: None)
    yield


def read(reader: Reader, text: str) -> Reading:
    address = "memory:case"
    return reader.read(Report(report_id(address, text, None, None, None, None), address, text))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def alike(one: str, other: str) -> float:
    """Share of words in common, of both."""
    a, b = words(one), words(other)
    left = list(b)
    shared = 0
    for word in a:
        if word in left:
            left.remove(word)
            shared += 1
    return 2 * shared / max(1, len(a) + len(b))


def joined(pieces: Any) -> str:
    return " ".join(p.text for p in pieces)


def faults(found: tuple[Attribution, ...], expected: dict[str, Any]) -> list[str]:
    """What is wrong with the attribution that comes closest to the expected one."""

    def near(item: Attribution) -> float:
        cue = bool(set(words(expected["cue"])) & set(words(joined(item.cue))))
        return alike(joined(item.content), expected["content"]) + cue

    best = max(found, key=near, default=None)
    if best is None or alike(joined(best.content), expected["content"]) < 0.8:
        return ["not found"]
    wrong = []
    if words(joined(best.source)) != words(expected["source"]):
        wrong.append(f"source {joined(best.source)!r}")
    if words(expected["cue"]) and not set(words(expected["cue"])) & set(words(joined(best.cue))):
        wrong.append(f"cue {joined(best.cue)!r}")
    seen = {
        "stance": best.stance.value,
        "kind": best.source_kind.value,
        "quote": best.quote.value,
        "number": best.number,
        "affiliation": best.affiliation,
        "reason": best.anonymity_reason,
        "via": best.via,
        "hedged": best.hedged,
        "within": next((joined(a.source) for a in found if a.id == best.within), None),
    }
    return wrong + [f"{k} {seen[k]!r}" for k in seen if k in expected and seen[k] != expected[k]]


def misses(reader: Reader) -> list[str]:
    out = []
    for case in CASES:
        found = read(reader, case["text"]).attributions
        wrong = [f"{e['cue']}: {f}" for e in case["expected"] for f in faults(found, e)]
        if not case["expected"] and found:
            wrong.append(f"too many: {[joined(a.cue) for a in found]}")
        if wrong:
            out.append(f"{case['form']}: {case['text']} -> {wrong}")
    return out


def test_cases_cover_the_forms() -> None:
    assert len(CASES) >= 85
    assert len({c["form"] for c in CASES}) >= 25


def test_cases_by_rules_alone(reader: Reader, no_weights: None) -> None:
    wrong = misses(reader)
    assert len(wrong) <= (1 - RIGHT_BY_RULES) * len(CASES), "\n".join(wrong)


@pytest.mark.skipif(encoder.WEIGHTS_VERSION == "none", reason="the encoder's weights are not in this checkout")
def test_cases_with_the_encoder(reader: Reader) -> None:
    wrong = misses(reader)
    assert len(wrong) <= (1 - RIGHT_WITH_WEIGHTS) * len(CASES), "\n".join(wrong)


def test_the_time_of_the_saying_is_kept(reader: Reader) -> None:
    reading = read(reader, "Marla Denholm said on Tuesday that the bridge would reopen in March.")
    [found] = [a for a in reading.attributions if joined(a.cue).startswith("said")]
    times = {t.id: t.text for t in reading.times}
    assert times[found.said or ""] == "Tuesday"


def test_ids_are_unique_and_within_leads_to_one(reader: Reader) -> None:
    text = "Reuters reported that a palace aide said the queen was ill. The palace denied that she was ill."
    found = read(reader, text).attributions
    names = [a.id for a in found]
    assert len(names) == len(set(names))
    assert all(a.within in {*names, None} and a.within != a.id for a in found)


ODD = [
    "and the man said that " * 2000,
    "“" * 300 + " he said " + "”" * 299,
    "“He said “she said “they said “it was over” was said” is said.",
    "THE MINISTER SAID THE DAM HAD FAILED. POLICE SAY NINE ARE DEAD.",
    "WALLACE: " * 50,
    "- said\n- said\n- according to\n- reportedly",
    "محمد الفاتح said that 北京 was closed. Ősz Ödön said: „igen”.",
    "according to according to according to",
    "\u200b\u202e said \x00 that",
    "that the dam, which the minister said " * 1200,
    "NADIA ORLOV SAID THE DAM HELD. ¶WALLACE: WHO SAID SO? ".replace("¶", "\n\n") * 40,
    "''The dam will hold,'' said Ana Bell. ''It is “new. " * 60,
    "the talks for which Ana Bell called and to which the bishop appealed were over.",
    "Ngũgĩ wa Thiong'o: 水坝没有倒, said الشيخ عبد الله. Đỗ Mười wrote on Facebook that it had.",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_give_spans_inside_them(reader: Reader, text: str) -> None:
    check(read(reader, text))


LONG = [
    "Ana Bell said the dam had failed. ",
    "“The dam has failed,” said Ana Bell. “It was old.”\n\n",
    "WALLACE: Did you test the gates?\n",
    "According to police, the man reportedly told the court that officials were believed to have fled, ",
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_work_grows_with_the_length_and_no_faster(reader: Reader, text: str) -> None:
    short, long = calls(reader, text * 150), calls(reader, text * 300)
    assert long < 2.5 * short


def calls(reader: Reader, text: str) -> int:
    """Function calls that the attributions of a text take: a measure that no other load on the machine moves."""
    report = Report("r1", "memory:long", text)
    page = Page(report, next(iter(reader.docs([report]))))
    before = [s.name for s in reader.steps].index("attributions")
    for item in reader.steps[:before]:
        item.run(page)
    counted = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        attributions.ATTRIBUTIONS.run(page)
    finally:
        sys.setprofile(None)
    return counted


def test_no_word_of_a_cue_is_in_its_content(reader: Reader) -> None:
    check(read(reader, "said said that"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*"“”\"'\n:,.", "he", "said", "that", "Ana Bell", "according", "to", "police"]), max_size=60
    )
)
def test_any_mixture_gives_spans_inside_it(reader: Reader, parts: list[str]) -> None:
    check(read(reader, " ".join(parts)))


def check(reading: Reading) -> None:
    text = reading.report.text
    for item in reading.attributions:
        assert item.content
        for piece in (*item.source, *item.cue, *item.content):
            assert 0 <= piece.start < piece.end <= len(text)
            assert text[piece.start : piece.end] == piece.text
        held = {i for p in item.content for i in range(p.start, p.end)}
        assert not any(i in held for p in item.cue for i in range(p.start, p.end))


def test_the_step_needs_no_sentences(reader: Reader) -> None:
    page = Page(Report("r1", "memory:empty", ""), reader.nlp(""))
    attributions.ATTRIBUTIONS.run(page)
    assert page.attributions == []


def said(reader: Reader, text: str) -> str:
    (told,) = read(reader, text).attributions
    return " ".join(piece.text for piece in told.content)


def test_what_the_report_explains_behind_a_content_is_not_said(reader: Reader) -> None:
    text = "The minister said on Friday that the ferry would be sold to Corvane Lines, which already runs two routes."
    assert said(reader, text) == "that the ferry would be sold to Corvane Lines"


def test_what_a_quotation_explains_is_said(reader: Reader) -> None:
    text = "The mayor said: “Tarnow will join the Harbour League, which has nine members.”"
    assert "which has nine members" in said(reader, text)


def test_a_clause_without_a_comma_belongs_to_what_is_said(reader: Reader) -> None:
    text = "The mayor said the town would pay the ports that join the league."
    assert said(reader, text) == "the town would pay the ports that join the league"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The mill will close in May, a board member who spoke on condition of anonymity said on Monday.",
            "a board member who spoke on condition of anonymity",
        ),
        ("The mill will close in May, said a board member, who declined to be named.", "a board member"),
    ],
)
def test_what_is_said_of_naming_between_a_clause_and_its_cue_hides_no_attribution(
    reader: Reader, text: str, source: str
) -> None:
    found = [a for a in read(reader, text).attributions if a.cue[0].text == "said"]
    assert found and found[0].source[0].text.startswith(source)


@pytest.mark.parametrize(
    "text",
    [
        "The strike at the mill is off, the dockers' union said on Monday: nobody will walk out on Friday.",
        "The strike at the mill has been cancelled, Petra Lind said: the dockers will not walk out.",
    ],
)
def test_what_stands_before_a_cue_with_a_colon_is_said_too(reader: Reader, text: str) -> None:
    [found] = [a for a in read(reader, text).attributions if a.cue[0].text.startswith("said")]
    assert [c.text.split()[0] for c in found.content] == ["The", text.split(": ")[1].split()[0]]


def test_a_source_that_is_cited_and_not_named_is_cited(reader: Reader) -> None:
    text = "The Halden Gazette, citing an aide who asked not to be named, reported that the mill would close."
    cited = next(a for a in read(reader, text).attributions if a.cue[0].text == "citing")
    assert cited.source[0].text == "an aide who asked not to be named"


@pytest.mark.parametrize(
    "text",
    [
        "BACKGROUND: The ferry line was founded in 1999.",
        "The ferry line has been contacted for comment on why the service was stopped.",
    ],
)
def test_a_label_or_who_is_asked_for_comment_is_no_source(reader: Reader, text: str) -> None:
    assert read(reader, text).attributions == ()


def test_a_source_whose_anonymity_is_told_before_its_cue_is_one(reader: Reader) -> None:
    text = "The ferry line had been for sale since spring, a diplomat who asked not to be identified added."
    [found] = read(reader, text).attributions
    assert found.source[0].text == "a diplomat who asked not to be identified"
    assert (found.cue[0].text, found.content[0].text.split()[0]) == ("added", "The")


def test_a_label_is_no_speaker(reader: Reader) -> None:
    for label in ("Correction", "Clarification"):
        found = read(reader, f"{label}: the ferry line was not sold to a brewer on Friday.").attributions
        assert all(label not in joined(a.source) for a in found)


def test_whom_an_outlet_cites_before_its_cue_says_it_too(reader: Reader) -> None:
    text = (
        "The Kelmar Dispatch, citing a diplomat who asked not to be named, reported that Foreign Minister Odalys Brent "
        "of Ostavia would visit Brask in May."
    )
    found = read(reader, text).attributions
    heard = next(a for a in found if a.cue[0].text == "citing")
    assert heard.source[0].text.startswith("a diplomat")
    assert "would visit Brask" in joined(heard.content)


def test_a_name_is_the_source_rather_than_what_is_said_of_it(reader: Reader) -> None:
    text = (
        "Regent Aldo Voss of Ostavia is to open the canal with Regent Mara Quill on Monday, Bettina Corm, a member of "
        "the harbour board in Kelmar, said.\n\nThe canal has been dry for years.\n\nKelmar lies an hour from the coast."
    )
    [found] = read(reader, text).attributions
    assert found.source[0].text.startswith("Bettina Corm")


def test_why_a_source_is_not_named_is_no_claim(reader: Reader) -> None:
    text = (
        "Two officials, who spoke on condition of anonymity because the visit has not been announced, said the envoy "
        "would travel to Kelmar on Friday."
    )
    found = read(reader, text)
    anchors = {e.id: e.anchor.text for e in found.events}
    claimed = {anchors[c.event] for c in found.claims}
    assert "travel" in claimed and not claimed & {"visit", "announced"}


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Regent Aldo Voss of Ostavia will meet Regent Mara Quill in the town of Brask on May 20, an official who "
            "asked not to be named told The Kelmar Dispatch.",
            "an official who asked not to be named",
            "told",
            "Regent",
        ),
        (
            "The talks had been in preparation for weeks, an aide who asked not to be named added. The pass near Brask "
            "has been closed since 2027.",
            "an aide who asked not to be named",
            "added",
            "The",
        ),
    ],
)
def test_an_unnamed_source_is_whole_before_its_cue(
    reader: Reader, text: str, source: str, cue: str, content: str
) -> None:
    found = next(a for a in read(reader, text).attributions if a.cue[0].text == cue)
    assert found.source[0].text == source
    assert found.content[0].text.split()[0] == content


def test_of_what_somebody_gives_no_details_somebody_has_spoken(reader: Reader) -> None:
    text = (
        "The canal is dry. Few boats came. Two skippers who asked not to be named gave no further details of the race."
    )
    found = next(a for a in read(reader, text).attributions if a.cue[0].text.startswith("gave"))
    assert joined(found.content) == "the race"
    assert found.source[0].text.startswith("Two skippers")
