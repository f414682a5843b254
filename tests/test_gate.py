"""The benchmark gate itself: it must be able to fail."""

from __future__ import annotations

from benchmarks import gate
from benchmarks.runner import event_cases, story_cases

FLOORS = {"set": {"figures": {"a": 0.8, "b": 0.5}}}


def test_a_figure_below_its_floor_is_a_breach() -> None:
    found = gate.breaches("set", {"a": 0.7, "b": 0.5}, FLOORS)
    assert [str(b) for b in found] == ["set a: 0.7000 is below its floor 0.8000"]


def test_within_epsilon_passes() -> None:
    assert gate.breaches("set", {"a": 0.8 - gate.EPSILON / 2, "b": 0.9}, FLOORS) == []


def test_a_figure_not_measured_is_a_breach() -> None:
    assert [b.figure for b in gate.breaches("set", {"a": 0.9}, FLOORS)] == ["b"]


def test_floors_rise_and_fall_only_when_asked() -> None:
    assert gate.raised({"a": 0.8}, {"a": 0.7, "b": 0.1}, lower=False) == {"a": 0.8, "b": 0.1}
    assert gate.raised({"a": 0.8}, {"a": 0.7}, lower=True) == {"a": 0.7}


def test_differences_name_the_cases() -> None:
    old, new = {"x": (0.5,), "y": (0.5,), "z": (0.5,)}, {"x": (0.6,), "y": (0.4,), "z": (0.5,)}
    assert gate.differences(old, new) == (["x"], ["y"])


def test_every_committed_floor_belongs_to_a_set() -> None:
    from benchmarks.sets import SETS

    floors = gate.read_floors()
    assert floors, "no floors are committed"
    assert {k for f in floors for k in floors[f]["figures"]} <= {x for s in SETS.values() for x in s.figures}
    assert set(floors) <= set(SETS)
    for name in floors:
        assert gate.read_frozen(name), f"{name} has no frozen cases"


def test_story_cases_are_b_cubed() -> None:
    gold = [{"id": i, "event": e} for i, e in (("a", 1), ("b", 1), ("c", 2))]
    printed = [{"story": "s", "reports": ["a", "b", "c"]}]
    assert story_cases(gold, printed)["a"] == (2 / 3, 1.0)
    assert story_cases(gold, []) == {"a": (1.0, 0.5), "b": (1.0, 0.5), "c": (1.0, 1.0)}


def test_event_cases_match_by_overlap() -> None:
    gold = [{"id": "a", "mentions": [{"start": 0, "end": 4, "cluster": "x"}, {"start": 9, "end": 12, "cluster": "x"}]}]
    printed = [{"event": "e", "mentions": [{"report": "a", "start": 2, "end": 5}]}]
    assert event_cases(gold, printed) == {"a#0": (1.0, 0.5), "a#1": (1.0, 0.5)}
