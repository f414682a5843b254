"""The sample of missed attributions, on invented reports: what counts as missed, the seeded choice, what is shown."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.attribution_misses import brief, counted, misses, sample, shown
from benchmarks.sets import BENCH

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not BENCH.is_dir(), reason="needs the scorer of ../shared/bench")]

TEXT = (
    'Ona Lisk said the bridge was safe. "It will hold," the harbour office wrote on Friday.\n\n'
    "Divers fear a second crack. Mayor Bel Torrin denies it."
)


def told(source: str, cue: str, *content: str) -> dict[str, list[list[int]]]:
    def spans(*pieces: str) -> list[list[int]]:
        return [[TEXT.index(p), TEXT.index(p) + len(p)] for p in pieces if p]

    return {"source": spans(source), "cue": spans(cue), "content": spans(*content)}


LISK = told("Ona Lisk", "said", "the bridge was safe")
OFFICE = told("the harbour office", "wrote", '"It will hold,"')
DIVERS = told("Divers", "fear", "a second crack")
MAYOR = told("Mayor Bel Torrin", "denies", "it.")
GOLD = [{"id": "r1", "text": TEXT, "attributions": [LISK, OFFICE, DIVERS, MAYOR]}]


def answer(*items: dict[str, list[list[int]]]) -> dict[str, object]:
    held = [{r: [{"start": a, "end": b} for a, b in spans] for r, spans in item.items()} for item in items]
    return {"r1": {"attributions": held}}


@pytest.fixture(scope="module")
def score():
    from benchmarks.runner import scorer

    return scorer()


@pytest.fixture(scope="module")
def held(score):
    wide = told("Ona Lisk", "said", 'the bridge was safe. "It will hold," the harbour office wrote on Friday')
    other = told("Mayor", "denies", "it.")
    extra = told("", "second", "crack")
    return list(misses(GOLD, answer(wide, DIVERS, other, extra), score))


def test_a_miss_tells_what_it_lacks(held) -> None:
    lacks = [(brief(TEXT, m.roles).split(" | ")[0], m.lacks) for m in held if m.of_gold]
    assert lacks == [
        ("S Ona Lisk", "content"),
        ("S the harbour office", "nothing found"),
        ("S Mayor Bel Torrin", "source"),
    ]


def test_a_found_one_that_no_gold_is_left_for_counts_too(held) -> None:
    (extra,) = [m for m in held if not m.of_gold]
    assert (extra.lacks, brief(TEXT, extra.roles)) == ("no gold", "S – | C second | K crack")


def test_nothing_is_missed_by_a_system_that_is_right(score) -> None:
    assert not list(misses(GOLD, answer(LISK, OFFICE, DIVERS, MAYOR), score))
    recall = score.attribution(GOLD, answer(LISK, DIVERS))["attribution"]["r"]
    assert 1 - len(list(misses(GOLD, answer(LISK, DIVERS), score))) / 4 == recall


def test_the_choice_is_the_same_for_the_same_seed(held) -> None:
    many = held * 20
    first = [id(m) for m in sample(many, 10, 5, seed=1)]
    assert first == [id(m) for m in sample(many, 10, 5, seed=1)]
    chosen = sample(many, 10, 5, seed=2)
    assert [m.of_gold for m in chosen] == [True] * 10 + [False] * 5
    assert len(sample(held, 100, 50, seed=1)) == len(held)


def test_it_shows_the_text_around_with_its_roles_and_what_stands_there_instead(held) -> None:
    page = shown(7, held[0])
    assert page.startswith("#7 GOLD, content; indirect; r1\n")
    assert '⟦S Ona Lisk⟧ ⟦C said⟧ ⟦K the bridge was safe⟧. "It will hold' in page
    assert "paired: S Ona Lisk | C said | K the bridge was safe" in page
    assert "Divers fear a second crack" in page and "gold : S the harbour office" not in page
    assert "found: S Ona Lisk" in shown(1, held[1])


def test_the_counts_are_by_shortfall_and_form(held) -> None:
    lines = Counter(line.split(maxsplit=1)[1] for line in counted(held).splitlines())
    assert set(lines) == {"content, indirect", "no gold, indirect", "nothing found, direct", "source, indirect"}
