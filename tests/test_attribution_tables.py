"""The tables of attribution, on invented reports: what counts for which row, and that rows agree with the scorer."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import attribution_parts
from benchmarks.attribution_tables import HEADINGS, form_of, matched, position_of, printed, tables, write
from benchmarks.sets import BENCH
from onrecord.reading import attribution_tags

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not BENCH.is_dir(), reason="needs the scorer of ../shared/bench")]

DIRECT = '"The bridge is safe," said Ona Lisk.'
MIXED = 'Lisk said the bridge was "as safe as ever" on Friday.'
INSIDE = "The ferry, the harbour office said, will sail."
BARE = "The ferry will reportedly sail."


def spans(text: str, *pieces: str) -> list[list[int]]:
    return [[text.index(p), text.index(p) + len(p)] for p in pieces]


def gold(name: str, outlet: str, text: str, source: list[str], cue: str, content: list[str]) -> dict[str, object]:
    told = {"source": spans(text, *source), "cue": spans(text, cue), "content": spans(text, *content)}
    return {"id": name, "outlet": outlet, "text": text, "attributions": [told]}


GOLD = [
    gold("r1", "The Hallam Post", DIRECT, ["Ona Lisk"], "said", ['"The bridge is safe,"']),
    gold("r2", "The Hallam Post", MIXED, ["Lisk"], "said", ['the bridge was "as safe as ever" on Friday']),
    gold("r3", "Radio Ostara", INSIDE, ["the harbour office"], "said", ["The ferry", "will sail"]),
    gold("r4", "Radio Ostara", BARE, [], "reportedly", ["The ferry will", "sail"]),
]


def answer(report: dict[str, object], **changed: list[list[int]]) -> dict[str, object]:
    """What a system that is right prints for a report, but for what is changed."""
    (told,) = report["attributions"]  # type: ignore[misc]
    roles = {**told, **changed}  # type: ignore[dict-item]
    return {"attributions": [{r: [{"start": a, "end": b} for a, b in held] for r, held in roles.items()}]}


@pytest.fixture(scope="module")
def score():
    from benchmarks.runner import scorer

    return scorer()


def test_the_form_is_read_off_the_content() -> None:
    def form(text: str, *content: str) -> str:
        return form_of(text, [(a, b) for a, b in spans(text, *content)])

    assert form(DIRECT, '"The bridge is safe,"') == "direct"
    assert form(MIXED, 'the bridge was "as safe as ever" on Friday') == "mixed"
    assert form(INSIDE, "The ferry", "will sail") == "indirect"
    assert form(INSIDE) == "indirect"


@pytest.mark.parametrize(
    ("source", "content", "where"),
    [
        ([(0, 4)], [(10, 20)], "before"),
        ([(30, 34)], [(10, 20)], "after"),
        ([(12, 14)], [(0, 10), (20, 30)], "inside"),
        ([], [(0, 10)], "none"),
    ],
)
def test_where_the_source_stands(source: list[tuple[int, int]], content: list[tuple[int, int]], where: str) -> None:
    assert position_of(source, content) == where


def test_rows_of_a_system_that_is_right_are_full(score) -> None:
    rows = tables(GOLD, {str(g["id"]): answer(g) for g in GOLD}, score)
    assert [(r.cut, r.value, r.gold) for r in rows] == [
        ("all", "all", 4), ("outlet", "Radio Ostara", 2), ("outlet", "The Hallam Post", 2),
        ("form", "direct", 1), ("form", "mixed", 1), ("form", "indirect", 2),
        ("source", "before", 1), ("source", "inside", 1), ("source", "after", 1), ("source", "none", 1),
    ]  # fmt: skip
    assert all(r.recall == 1.0 and r.f1[1:] == (1.0, 1.0) for r in rows)
    assert [r.f1[0] for r in rows if r.value in ("none", "after")] == [1.0, None]


def test_misses_count_where_they_belong_and_agree_with_the_scorer(score) -> None:
    system = {str(g["id"]): answer(g) for g in GOLD[1:]}
    system["r2"] = answer(GOLD[1], source=[[25, 30]])
    rows = {(r.cut, r.value): r for r in tables(GOLD, system, score)}
    assert (rows["form", "direct"].recall, rows["form", "direct"].f1) == (0.0, (0.0, 0.0, 0.0))
    assert rows["form", "mixed"].recall == 0.0 and rows["form", "mixed"].f1 == (0.0, 1.0, 1.0)
    assert (rows["source", "inside"].recall, rows["source", "none"].recall) == (1.0, 1.0)
    assert rows["all", "all"].recall == score.attribution(GOLD, system)["attribution"]["r"] == 0.5
    for cut in ("outlet", "form", "source"):
        held = [r for (c, _), r in rows.items() if c == cut]
        assert sum(r.recall * r.gold for r in held) == pytest.approx(2) and sum(r.gold for r in held) == 4


def test_matching_is_one_to_one(score) -> None:
    twice = {"attributions": [*answer(GOLD[0])["attributions"]] * 2}  # type: ignore[misc]
    (pair,) = matched(GOLD[0], twice["attributions"], score)
    assert pair[1] is not None
    (alone,) = matched(GOLD[0], [], score)
    assert alone[1] is None


def test_only_figures_are_written(score, tmp_path: Path) -> None:
    rows = tables(GOLD, {}, score)
    write(rows, tmp_path / "t.tsv")
    lines = [line.split("\t") for line in (tmp_path / "t.tsv").read_text("utf-8").splitlines()]
    assert tuple(lines[0]) == HEADINGS and len(lines) == len(rows) + 1
    assert all(cell == "–" or float(cell) >= 0 for line in lines[1:] for cell in line[2:])
    shown = printed([HEADINGS, *(r.cells() for r in rows)]).splitlines()
    assert len({len(line) for line in shown}) == 1


def test_parts_are_switched_off_only_while_measuring() -> None:
    names = ("decode", "mended", "_completed", "_by_no_speaker", "OWN")
    before = [getattr(attribution_tags, name) for name in names]
    for number, variant in enumerate(attribution_parts.VARIANTS):
        with attribution_parts.switched_off(variant):
            inside = [getattr(attribution_tags, name) for name in names]
        changed = {n for n, a, b in zip(names, before, inside, strict=True) if a is not b and a != b}
        missing = len(attribution_parts.VARIANTS) - 1 - number
        assert bool(changed) is (missing > 0)
        assert ("_completed" in changed) is (missing > 0) and ("decode" in changed) is (missing > 2)
    assert [getattr(attribution_tags, name) for name in names] == before
