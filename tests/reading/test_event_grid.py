"""The invented events of ``benchmarks/event_grid.txt``: the floor of what is right, the baseline, and the judging."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import event_grid_baseline
from benchmarks.event_grid import Case, Expected, Found, Outcome, anchor_at, cases, judge, outcomes, rows, shares
from onrecord.model import PLOVER_QUADS, Participant, Status
from onrecord.reading import encoder
from onrecord.reading.event_lexicon import NEWS_TYPES

FLOORS = {"event": 0.99, "type": 0.97, "roles": 0.97, "status": 0.98, "time": 0.985, "whole": 0.945}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "events.md"
FIRED = Found("COERCE", (), (Participant(0, 10, "The banker"),), "happened CT+", ("2026-03-05",))


def told(found: list[Outcome]) -> str:
    return "\n".join(f"{o.case.text!r} {o.faults}" for o in found if not o.right)


@pytest.fixture(scope="module")
def given() -> list[Case]:
    return cases()


@pytest.mark.skipif(encoder.WEIGHTS_VERSION == "none", reason="the encoder's weights are not in this checkout")
def test_the_grid_holds_its_floors_and_beats_simple_rules(given: list[Case]) -> None:
    found = outcomes(given)
    table, simple = shares(found), shares(event_grid_baseline.outcomes(given))
    assert all(table[name] >= floor for name, floor in FLOORS.items()), f"{table}\n{told(found)}"
    assert simple["whole"] < table["whole"] / 2


def test_the_grid_is_many_constructions_by_every_status_and_type(given: list[Case]) -> None:
    expected = [e for c in given for e in c.expected]
    assert len({c.text for c in given}) >= 420
    assert len({c.construction for c in given}) >= 30
    assert {s.split(" ")[0] for e in expected for s in e.statuses} == {s.value for s in Status}
    assert {t for e in expected for t in e.types} - {"-"} <= set(PLOVER_QUADS) | set(NEWS_TYPES)
    assert all(anchor_at(c, e.anchor) for c in given for e in c.expected)


def arrest(**more: tuple[str, ...]) -> Case:
    item = Expected("fired", ("COERCE",), ("-",), ("the banker",), ("happened CT+",), ("2026-03",))
    return Case("new", "passive", "The banker was fired on Thursday.", [replace(item, **more)])  # type: ignore[arg-type]


def test_answers_are_compared_without_articles_and_from_the_beginning_of_a_time() -> None:
    assert judge(arrest(), lambda *_: FIRED).right


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("type", {"types": ("DEAL", "-")}),
        ("roles", {"actors": ("The banker",)}),
        ("roles", {"recipients": ("The banker + Orlov",)}),
        ("roles", {"recipients": ("the banker [NOR BUS]",)}),
        ("status", {"statuses": ("happened PR+",)}),
        ("time", {"times": ("-",)}),
        ("quantity", {"quantities": ("arrested 1..1",)}),
    ],
)
def test_each_field_is_judged(name: str, more: dict[str, tuple[str, ...]]) -> None:
    assert set(judge(arrest(**more), lambda *_: FIRED).faults[0]) == {name}


def test_what_is_not_found_is_wrong_in_every_field() -> None:
    outcome = judge(arrest(), lambda *_: None)
    assert set(shares([outcome]).values()) == {0.0}
    assert rows([outcome], lambda case, _: case.construction) == {"passive": (0, 1)}


def test_a_line_that_states_no_event_or_no_status_is_refused(tmp_path: Path) -> None:
    for line in ("> fired | COERCE", "> fired | COERCE | - | - | sacked CT+ | -"):
        path = tmp_path / "grid.txt"
        path.write_text(f"=== new\n== passive\nThe banker was fired.\n{line}\n", "utf-8")
        with pytest.raises(ValueError, match=r"no event|no such status"):
            cases(path)


def test_the_baseline_reads_tense_modals_and_the_first_date() -> None:
    text = "The mayor may visit Oskan on Sunday."
    item = Expected("visit", ("CONSULT",), ("The mayor",), ("Oskan",), ("possible PS+",), ("2026-03-08",))
    assert event_grid_baseline.outcomes([Case("new", "modal", text, [item])])[0].right


def test_the_page_on_events_explains_every_type_status_and_mode() -> None:
    from onrecord.reading.event_lexicon import codes

    page = PAGE.read_text("utf-8")
    modes = {t.mode for t in codes().values() if t.mode}
    missing = [n for n in (*PLOVER_QUADS, *NEWS_TYPES, *(s.value for s in Status)) if f"| `{n}` |" not in page]
    table = page[page.index("### PLOVER") : page.index("### General news")].replace(",", " ").split()
    assert missing == []
    assert modes <= set(table)
