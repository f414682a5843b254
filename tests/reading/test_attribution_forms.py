"""The hand-made attributions of ``benchmarks/attribution_forms.txt``, with weights and by rules alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.attribution_forms import Outcome, cases, judge, outcomes, table
from onrecord.model import Reading, Report
from onrecord.reading import encoder
from onrecord.reading.reader import Reader

RIGHT = 0.95
RIGHT_BY_RULES = 0.95


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(found: Sequence[Outcome]) -> str:
    """The wrong cases, in words."""
    return "\n".join(f"{o.case.form}: {o.case.text!r}\n    " + "\n    ".join(o.faults) for o in found if o.faults)


def share(found: Sequence[Outcome]) -> float:
    return sum(not o.faults for o in found) / len(found)


@pytest.mark.skipif(encoder.WEIGHTS_VERSION == "none", reason="the encoder's weights are not in this checkout")
def test_forms_with_the_encoder(reader: Reader) -> None:
    found = outcomes(cases(), reader)
    print(told(found))
    assert share(found) >= RIGHT, told(found)


def test_forms_by_rules_alone(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "load_encoder", lambda: None)
    found = outcomes(cases(), reader)
    print(told(found))
    assert share(found) >= RIGHT_BY_RULES, told(found)


def test_the_cases_are_many_and_of_every_form() -> None:
    given = cases()
    forms = {case.form for case in given}
    assert len(given) >= 150
    assert len(forms) >= 50
    assert any(not case.expected for case in given)


def test_a_reading_without_what_is_expected_is_wrong() -> None:
    case = cases()[0]
    cue = case.expected[0].cue
    empty = Reading(Report("r1", "memory:form", case.text), "nobody")
    assert judge(case, empty).faults == (f"{cue!r}: not found",)


def test_the_table_counts_right_cases_by_form() -> None:
    one, other = cases()[:2]
    found = [Outcome(one, ()), Outcome(other, ("wrong",))]
    assert table(found) == {one.form: (1, 2)}
