"""Who rests on whom, drawn and as a tree."""

from __future__ import annotations

import itertools
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from test_ask import fill
from test_page import HOSTILE, check_harmless

from onrecord.ask import Asker, Carrier, OriginTree
from onrecord.cli.page import origins_drawing
from onrecord.cli.page.origins import MOST_SPEAKERS, drawing
from onrecord.errors import NotFoundError
from onrecord.ledger import Ledger
from onrecord.model import SourceKind

SVG = "{http://www.w3.org/2000/svg}"


def carrier(name: str, claims: int = 1, below: tuple[Carrier, ...] = ()) -> Carrier:
    own = tuple(f"r{name}.c{n}" for n in range(claims))
    return Carrier(name.casefold(), name, (name,), ("cites",), own, (f"r{name}",), below)


def origin(name: str, *carriers: Carrier, kind: SourceKind = SourceKind.NAMED, claims: int = 0) -> OriginTree:
    own = tuple(f"r{name}.c{n}" for n in range(claims))
    outlets = tuple(c.name for c in carriers)
    return OriginTree(
        f"{kind}:{name}",
        name.casefold(),
        name,
        (name,),
        kind,
        kind is not SourceKind.UNNAMED,
        own,
        carriers,
        (),
        outlets,
    )


def test_boxes_of_a_column_do_not_touch_and_first_hand_passes_between() -> None:
    trees = [origin(f"Speaker {n}", carrier(f"Outlet {n % 6}")) for n in range(14)]
    trees += [
        origin(f"Wire {n}", carrier("Outlet 1"), carrier(f"Outlet {n}"), kind=SourceKind.OUTLET) for n in range(4)
    ]
    made = drawing(trees)
    assert made is not None and len(made.heads) == 3
    for x, _ in made.heads:
        tops = sorted(b.y for b in made.boxes if b.x == x)
        assert all(b - a > 32 for a, b in itertools.pairwise(tops))
        assert tops[0] > 15 and tops[-1] + 32 <= made.height
    outlets = [b.y + b.height / 2 for b in made.boxes if b.x == made.heads[0][0]]
    between = [b for b in made.boxes if b.x == made.heads[1][0]]
    assert between and not [b for b in between for y in outlets if b.y - 1 < y < b.y + b.height + 1]


def test_an_outlet_is_one_box_whatever_rests_on_it() -> None:
    wire = origin("Wire", carrier("Post"), kind=SourceKind.OUTLET, claims=3)
    quill = origin("Ada Quill", carrier("Wire", 1, (carrier("Post", 2),)))
    made = drawing([wire, quill])
    assert made is not None
    found = sorted((b.label, b.x, b.note) for b in made.boxes)
    left, middle, right = (x for x, _ in made.heads)
    assert found == [
        ("Ada Quill", right, ""),
        ("Post", left, ""),
        ("Wire", left, "3 in its own voice"),
        ("Wire", middle, ""),
    ]
    assert sorted(line.words for line in made.lines) == [
        "Post → Wire: 3 claims",
        "Wire → Ada Quill: 1 claim",
        "Wire → Ada Quill: 2 claims",
    ]


def test_many_speakers_are_drawn_as_the_first_and_the_others() -> None:
    made = drawing([origin(f"Speaker {n:03}", carrier("Post", 1 + (n < 5))) for n in range(90)])
    assert made is not None
    speakers = [b for b in made.boxes if b.x == made.heads[-1][0]]
    assert len(speakers) == MOST_SPEAKERS
    assert [b.label for b in speakers if b.kind == "others"] == [f"{90 - MOST_SPEAKERS + 1} others"]


def test_nothing_to_draw() -> None:
    assert drawing([]) is None
    with pytest.raises(NotFoundError):
        origins_drawing([], "Nothing")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_harm_nobody(words: str) -> None:
    svg = origins_drawing([origin(words, carrier(f"Post {words}"), kind=SourceKind.UNNAMED)], f"Title {words}")
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg" and not root.findall(f".//{SVG}script")
    check_harmless(svg)


@pytest.fixture
def run(examples_ledger: Path, monkeypatch: pytest.MonkeyPatch, program: Callable) -> Callable:
    monkeypatch.setenv("ONRECORD_LEDGER", str(examples_ledger))
    return program


def _claims(row: dict) -> int:
    return len(row["claims"]) + sum(_claims(c) for c in row.get("carriers", row.get("below", ())))


def test_the_command(run: Callable, examples_ledger: Path, tmp_path: Path) -> None:
    with Ledger.open(examples_ledger, mode="read") as opened:
        story = max(Asker(opened).stories(), key=lambda s: s.reports).id
    status, out, _ = run("origins", story)
    assert status == 0 and "Northline News Agency" in out and "in its own voice" in out and "copies it" in out
    rows = [json.loads(line) for line in run("origins", story, "--format", "jsonl")[1].splitlines()]
    claims = sum(len(r["claims"]) + sum(len(c["claims"]) for c in r["carriers"]) for r in rows)
    assert (claims and f"{claims:,} claim" in out) or any(c["below"] for r in rows for c in r["carriers"])
    target = tmp_path / "o.svg"
    assert run("origins", story, "--to", str(target))[0] == 0
    assert ET.fromstring(target.read_text("utf-8")).tag == f"{SVG}svg"
    assert run("origins", story, "--to", str(tmp_path / "o.png"))[0] == 2
    assert len(run("origins", story, "--all")[1]) >= len(out)


def test_a_house_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines in a file of one's own join outlets; taken away, they are two again."""
    from onrecord.api import open as open_record
    from onrecord.errors import OptionError

    path, table = tmp_path / "a.ledger", tmp_path / "outlets.tsv"
    with Ledger.open(path) as ledger:
        fill(ledger)
    table.write_text("Quay Group\tHarbour Post\tTidings\n", "utf-8")
    for named, houses in ((str(table), 2), ("", 3)):
        monkeypatch.setenv("ONRECORD_OUTLETS", named)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        with open_record(path) as record:
            found = record.origins("sbridge")
        assert len({c.house for t in found for c in t.carriers} | {t.house for t in found if not t.carriers}) == houses
    monkeypatch.setenv("ONRECORD_OUTLETS", str(tmp_path / "missing.tsv"))
    with pytest.raises(OptionError, match=r"missing\.tsv"):
        open_record(path)
