"""Lines of an outlet's pages: keyed by outlet and words, marked, and copied from nobody."""

from __future__ import annotations

from dataclasses import replace

from onrecord.linking import digest, report_lines, with_boilerplate
from onrecord.linking.stories import judge_copy
from onrecord.model import Digest, Part, PartKind, Reading, Report, Verdict

from .builders import report

FOOT = (
    "The Vale Courier has told the news of the valley since 1904 and belongs to those who read it, who choose its "
    "editor every third year in the great hall of Pellwick."
)
ONE = "The council of Drevna voted for a new bridge on Monday, its mayor said.\n\n"
TWO = "Heavy snow closed the pass above Ostbridge for the third day in a row.\n\n"


def words_of_lines(found: Report) -> list[str]:
    return [found.text[start:end] for _, start, end in report_lines(found)]


def digest_of(text: str, known: set[int]) -> Digest:
    return digest(Reading(with_boilerplate(report(text, title=text[:20], outlet="Vale Courier"), known), "test"))


def test_lines_are_keyed_by_outlet_and_words() -> None:
    mine = report("  Read  our “letters”. \n\nX\n" + FOOT, outlet="The Vale Courier")
    theirs = replace(mine, outlet="Quay Post")
    same = report("read our letters\n", outlet="www.valecourier.com")
    assert words_of_lines(mine) == ["Read  our “letters”.", FOOT]  # a single word is no line
    assert report_lines(same)[0][0] == report_lines(mine)[0][0]
    assert report_lines(theirs)[0][0] != report_lines(mine)[0][0]
    assert report_lines(replace(mine, outlet=None)) == ()


def test_a_headline_is_no_line_and_the_middle_of_a_long_report_is_not_looked_at() -> None:
    text = "\n".join(f"line number {n}" for n in range(200))
    found = words_of_lines(replace(report(text, outlet="Quay Post"), parts=(Part(PartKind.HEADLINE, 0, 13),)))
    assert len(found) == 60
    assert (found[0], found[19], found[20], found[-1]) == (
        "line number 1",
        "line number 20",
        "line number 160",
        "line number 199",
    )


def test_known_lines_are_marked_and_what_is_marked_stays() -> None:
    source = report(ONE + FOOT, outlet="Vale Courier")
    (_, (key, start, end)) = report_lines(source)
    assert with_boilerplate(source, {key}).parts == (Part(PartKind.BOILERPLATE, start, end),)
    credit = replace(source, parts=(Part(PartKind.CREDIT, start, start + 9),))
    assert with_boilerplate(credit, {key}) is credit
    assert with_boilerplate(source, set()) is source


def test_boilerplate_makes_no_copies() -> None:
    """A foot of many words makes two short reports look like copies, until it is known as boilerplate."""
    key = report_lines(report(FOOT, outlet="Vale Courier"))[0][0]
    before = judge_copy(digest_of(ONE + FOOT, set()), digest_of(TWO + FOOT, set()))
    assert before is not None and before[0] is not Verdict.DIFFERENT
    left, right = digest_of(ONE + FOOT, {key}), digest_of(TWO + FOOT, {key})
    assert judge_copy(left, right) is None
    assert not {k for k in left.keys if k[:2] in ("p:", "c:")} & set(right.keys)
    whole = judge_copy(digest_of(ONE + TWO + FOOT, {key}), digest_of(ONE + TWO, set()))
    assert whole is not None and whole[0] is Verdict.SAME
