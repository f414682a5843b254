"""What people see: legible on white and on black, whole at any width, every number leading to its list."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.color import Color
from rich.console import Console

from onrecord.ask import RESTS, Asker, Filter
from onrecord.cli import main, words
from onrecord.cli.report_view import marked, print_report
from onrecord.cli.sourcing import COLUMNS
from onrecord.cli.story_view import Shown, claim_lines, contradictions_view, unsure_lines
from onrecord.cli.words import quoted
from onrecord.model import Stance, Standing
from onrecord.pipeline import open_ledger
from tests.cli.test_commands import Run, run

__all__ = ["run"]

CLI = Path(words.__file__).parent
LEGIBLE = 3.8  # WCAG asks for 3 of large or bold text and 4.5 of small text; at best both white and black give 4.58


@pytest.fixture(scope="module")
def asker(examples_ledger: Path) -> Asker:
    return Asker(open_ledger(examples_ledger))


def luminance(name: str) -> float:
    def linear(part: int) -> float:
        return part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, Color.parse(name).get_truecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_is_legible_on_white_and_on_black() -> None:
    colours = set(re.findall(r"color\(\d+\)", (CLI / "words.py").read_text("utf-8")))
    assert len(colours) > 5
    for name in colours:
        light = luminance(name)
        assert min(1.05 / (light + 0.05), (light + 0.05) / 0.05) >= LEGIBLE, name


def test_colours_are_named_in_one_place() -> None:
    other = [p.name for p in CLI.glob("*.py") if p.name != "words.py" and "color(" in p.read_text("utf-8")]
    assert other == []


VIEWS = (
    "stories", "events", "claims", "quotes", "entities", "reports", "agenda", "contradictions", "sources",
    "sources --by story", "search fire", "changes --since 2026-03-04 --until 2026-03-06",
)  # fmt: skip


@pytest.mark.parametrize("width", ["40", "60", "80"])
def test_views_hold_any_width_and_end_without_blanks(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    story = json.loads(run("stories", "-f", "jsonl")[1].splitlines()[0])["story"]
    report = json.loads(run("reports", "-f", "jsonl")[1].splitlines()[0])["report"]
    for view in (*VIEWS, f"story {story}", f"compare {story}", f"report {report}", f"report {report} --marks"):
        status, out, _ = run(*view.split())
        lines = out.splitlines()
        assert status == 0 and lines, view
        assert max(map(len, lines)) <= int(width), view
        assert not [line for line in lines if line != line.rstrip()], view


def test_no_color_leaves_no_colour(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[38;5;" in run("quotes")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[38;5;" not in run("quotes")[1]


def test_source_cue_and_content_stand_in_their_colours(asker: Asker) -> None:
    head = asker.reports(Filter(outlet="Hallam Post"))[0]
    reading = asker.report(head.id).reading
    text = marked(reading)
    assert text.plain == reading.report.text and reading.attributions
    for item in reading.attributions:
        for spans, style in ((item.source, words.SOURCE), (item.cue, words.CUE), (item.content, words.CONTENT)):
            for span in spans:
                assert (span.start, span.end, style) in text.spans


def test_marks_alone_are_the_text(asker: Asker) -> None:
    head = asker.reports(Filter(outlet="Hallam Post"))[0]
    reading = asker.report(head.id).reading
    sink = io.StringIO()
    print_report(reading, head, Console(file=sink, width=10_000, highlight=False), facts=False)
    assert reading.report.text.strip() in sink.getvalue()


def test_a_contradiction_shows_every_sentence_once(asker: Asker) -> None:
    found = asker.contradictions()
    titles = {c.event: asker.event(c.event).title for c in found}
    subjects = {(c.event, c.attribute, c.kind) for c in found}
    views = contradictions_view(found, titles)
    assert 0 < len(views) == len(subjects)
    sides = {t.id: t.claim.stance for c in found for t in (c.earlier, c.later)}
    sink = io.StringIO()
    Console(file=sink, width=200, highlight=False).print(*views)
    assert sink.getvalue().count("denied it") == list(sides.values()).count(Stance.DENIES) > 0


def test_a_disputed_event_is_shown_with_both_sides(run: Run, asker: Asker) -> None:
    event = asker.events(Filter(standing=Standing.DISPUTED.value))[0]
    out = run("event", event.id)[1]
    assert "DISPUTED" in out and "HOW IT CAME TO STAND SO" in out
    told, shown = " ".join(out.split()), [line.first for line in claim_lines(event.testimonies)]
    assert len({t.claim.holder.name for t in shown}) > 1
    assert all(" ".join(words.quoted(t.claim.words.text).split()) in told for t in shown)


def test_every_number_of_the_sources_leads_to_its_list(run: Run) -> None:
    rows = [json.loads(line) for line in run("sources", "-f", "jsonl")[1].splitlines()]
    assert {key for row in rows for key in row} >= set(RESTS)
    for row in rows:
        for column, rest in COLUMNS.items():
            out = run("sources", "--outlet", row["name"], "--list", column, "-f", "jsonl")[1]
            held = [json.loads(line) for line in out.splitlines()]
            assert len(held) == row[rest]
            assert {h["outlet"] for h in held} <= {row["name"]}
            assert all(h["own_voice"] is (column == "none") for h in held)


def test_sources_are_sorted_by_any_column_for_outlets_and_stories(run: Run) -> None:
    for by in ("outlet", "story"):
        rows = [json.loads(s) for s in run("sources", "--by", by, "--sort", "unnamed", "-f", "jsonl")[1].splitlines()]
        shares = [row["unnamed_share"] for row in rows]
        assert len(shares) > 2 and shares == sorted(shares, reverse=True) and shares[0] > 0
    stories = {json.loads(s)["story"]: json.loads(s)["title"] for s in run("stories", "-f", "jsonl")[1].splitlines()}
    assert {row["story"]: row["name"] for row in rows} == stories
    total = json.loads(run("sources", "--by", "story", "--sort", "name", "-f", "json")[1])
    assert sum(r["claims"] for r in total) == len(run("claims", "-f", "jsonl")[1].splitlines())


def test_the_command_below_the_table_runs_and_lists(run: Run) -> None:
    hint = run("sources", "--sort", "unnamed")[1].splitlines()[-1]
    outlet, column = re.search(r'--outlet "(.+)" --list (\w+)', hint).groups()  # type: ignore[union-attr]
    status, out, err = run("sources", "--outlet", outlet, "--list", column)
    assert status == 0 and outlet in out and re.search(rf"{column}: \d+ of \d+ claims", err)


def test_quotes_by_whom_of_which_kind_and_stance(run: Run) -> None:
    def held(*options: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in run("quotes", *options, "-f", "jsonl")[1].splitlines()]

    assert {q["stance"] for q in held("--stance", "denies")} == {"denies"}
    assert {q["kind"] for q in held("--kind", "unnamed")} == {"unnamed"}
    assert {q["source"] for q in held("--by", "Edvin Rask")} == {"Edvin Rask"}
    assert held("--kind", "unnamed", "--stance", "threatens") == []
    names = [q["source"].casefold() for q in held("--sort", "source")]
    assert names == sorted(names) and len(names) == len(held())


@pytest.mark.parametrize("table", ["quotes", "sources"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_quotes_and_sources_are_exported(run: Run, tmp_path: Path, table: str, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{form}"
    status, _, err = run("export", "--table", table, "--to", str(target))
    listed = len(run(table, "-f", "jsonl")[1].splitlines())
    assert status == 0 and f": {listed} {table}" in err and target.stat().st_size > 300


def test_words_that_bring_their_quotation_marks_get_no_others() -> None:
    assert quoted("a visit") == "“a visit”"
    assert quoted('"We agreed," he said.') == '“"We agreed," he said.”'
    assert quoted('"We agreed,"') == '"We agreed,"'
    assert quoted("“We agreed, and") == "“We agreed, and”"
    assert quoted('and left," he said.”') == '“and left," he said.”'
    assert quoted('We left."') == "“We left.”"


def test_main_is_the_way_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "--sort", "colour"]) == 2
    assert "colour" in capsys.readouterr().err


def test_the_words_searched_for_stand_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    out = run("search", "fire -lund", "-n", "1")[1].lower()
    assert "\x1b[1mfire\x1b[0m" in out and "\x1b[1mlund" not in out


def test_look_alikes_take_one_line_in_a_story_and_their_reasons_on_the_events_own_page(asker: Asker) -> None:
    story = max((asker.story(row.id) for row in asker.stories()), key=lambda s: len(s.events))
    titles = {e.id: e.title for e in story.events}
    event = max(story.events, key=lambda e: len(e.unsure))
    assert len(event.unsure) > 1
    (line,) = unsure_lines(event, Shown(), titles)
    assert line.endswith(f"onrecord event {event.id[:9]}")
    assert f"{len(event.unsure) - 1} other" in line
    listed = unsure_lines(event, Shown(reasons=True), titles)
    assert len(listed) == min(len(event.unsure), Shown().rows)
    assert all(any(why.split(";")[0][:30] in told for _, why in event.unsure) for told in listed)
    assert unsure_lines(event, Shown(), {})[0].startswith(f"may be the same as {event.unsure[0][0][:9]}")
