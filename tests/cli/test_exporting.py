"""Fixed formats and maps, written as a user writes them and read back; filters of events, checked one by one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from onrecord.ask import CODED, Asker, Filter
from onrecord.cli.exporting import FIXED
from onrecord.pipeline import open_ledger

Run = Callable[..., tuple[int, str, str]]
GONE_BY = ("happened", "ongoing")


@pytest.fixture
def run(examples_ledger: Path, monkeypatch: pytest.MonkeyPatch, program: Callable) -> Run:
    monkeypatch.setenv("ONRECORD_LEDGER", str(examples_ledger))
    monkeypatch.setenv("COLUMNS", "1000")
    return program


@pytest.fixture(scope="module")
def records(examples_ledger: Path):
    with open_ledger(examples_ledger) as ledger:
        yield Asker(ledger).events(limit=10_000)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def tabs(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def test_the_formats_of_the_help_are_those_there_are() -> None:
    assert FIXED == CODED


def test_gdelt_files_share_their_ids(run: Run, tmp_path: Path, records) -> None:
    status, out, err = run("export", "--to", str(tmp_path / "a.export.CSV"), "--as", "gdelt")
    assert (status, out) == (0, "")
    events, mentions = tabs(tmp_path / "a.export.CSV"), tabs(tmp_path / "a.export.mentions.CSV")
    beside = lines(tmp_path / "a.export.record.jsonl")
    assert {len(r) for r in events} == {61} and {len(r) for r in mentions} == {16}
    ids = [r[0] for r in events]
    assert ids == [str(line["id"]) for line in beside] and len(set(ids)) == len(ids) > 10
    assert set(ids) == {r[0] for r in mentions}
    counted = {r[0]: int(r[31]) for r in events}
    assert counted == {i: sum(m[0] == i for m in mentions) for i in ids}
    assert {line["status"] for line in beside} <= set(GONE_BY)
    # Every row is an event of the record, and what is missing was counted.
    known = {r.id: r for r in records}
    assert all(known[line["event"]].cameo == event[26] for line, event in zip(beside, events, strict=True))
    coded = [r for r in records if r.cameo and r.status in GONE_BY and r.standing not in ("denied", "retracted")]
    assert len(coded) == len(events)
    assert f"{sum(r.status == 'planned' for r in records)} planned" in err and "--all-statuses keeps them" in err


def test_every_status_is_there_if_asked_for(run: Run, tmp_path: Path) -> None:
    some, everything = tmp_path / "some.jsonl", tmp_path / "all.jsonl"
    assert run("export", "--to", str(some), "--as", "ngec")[0] == 0
    status, _, err = run("export", "--to", str(everything), "--as", "ngec", "--all-statuses")
    assert status == 0 and "planned" not in err
    assert {line["id"] for line in lines(some)} < {line["id"] for line in lines(everything)}
    planned = {e["id"] for e in lines(tmp_path / "all.record.jsonl") if e["status"] == "planned"}
    assert planned and not planned & {line["id"] for line in lines(some)}


@pytest.mark.parametrize("form", ["polecat", "plover", "ngec"])
def test_formats_of_plover_hold_the_same_ids_beside(run: Run, tmp_path: Path, form: str) -> None:
    target = tmp_path / "a.txt"
    assert run("export", "--to", str(target), "--as", form)[0] == 0
    beside = lines(tmp_path / "a.record.jsonl")
    if form == "polecat":
        with target.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file, delimiter="\t", strict=True))
        assert {len(row) for row in table} == {40}
        ids = [row["Event ID"] for row in table]
    else:
        ids = [line["id"] for line in lines(target)]
    assert ids == [line["id"] for line in beside] and len(ids) > 5
    assert all(line["claims"] and line["standing"] and line["claims"][0]["words"] for line in beside)
    if form == "plover":
        assert all({"id", "date", "actor", "event"} <= line.keys() for line in lines(target))


def test_dates_of_reports_are_only_taken_if_asked_for(run: Run, tmp_path: Path) -> None:
    for name, options in (("a", ()), ("b", ("--report-dates",))):
        assert run("export", "--to", str(tmp_path / f"{name}.txt"), "--as", "polecat", *options)[0] == 0
    a, b = ({r[0]: r[1] for r in tabs(tmp_path / f"{name}.txt")} for name in "ab")
    assert a.keys() == b.keys() and "" in a.values() and "" not in b.values()
    marked = {e["id"] for e in lines(tmp_path / "b.record.jsonl") if e["date_basis"] == "report_fallback"}
    assert marked == {i for i in a if not a[i]}


def test_filters_and_the_past_hold_for_exports(run: Run, tmp_path: Path, records) -> None:
    target = tmp_path / "a.txt"
    wanted = ("--type", "consult", "--from", "2026-03-01", "--until", "2026-03-31")
    assert run("export", "--to", str(target), "--as", "polecat", *wanted)[0] == 0
    found = tabs(target)[1:]
    assert found and {r[2] for r in found} == {"CONSULT"}
    early = tmp_path / "b.txt"
    assert run("export", "--to", str(early), "--as", "polecat", "--as-of", "2026-03-05")[0] == 0
    assert 0 < len(tabs(early)) < 1 + sum(r.type is not None for r in records)
    story = max((r.story for r in records if r.story), key=[r.story for r in records].count)
    assert run("export", "--to", str(target), "--as", "polecat", "--story", story, "--all-statuses")[0] == 0
    told = {
        t.report.id for r in records if r.story == story for t in r.testimonies
    }  # an event may be told in two stories
    assert {r[0] for r in tabs(target)[1:]} <= {r.id for r in records if told & {t.report.id for t in r.testimonies}}


def test_a_map_shows_events_with_coordinates(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "a.geojson"
    status, _, err = run("map", "--to", str(target))
    found = json.loads(target.read_text("utf-8"))["features"]
    assert status == 0 and f"{len(found)} event" in err and "without coordinates" in err
    assert {f["properties"]["status"] for f in found} <= set(GONE_BY)
    assert all(len(f["geometry"]["coordinates"]) == 2 and f["properties"]["sentence"] for f in found)
    again = tmp_path / "b.geojson"
    assert run("export", "--to", str(again))[0] == 0
    assert again.read_bytes() == target.read_bytes() and not list(tmp_path.glob("*.record.jsonl"))


def test_the_agenda_is_written_for_calendars(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "a.ics"
    status, out, err = run("agenda", "--ics", str(target))
    assert (status, out) == (0, "")
    entries = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    listed = [json.loads(line) for line in run("agenda", "--format", "jsonl")[1].splitlines()]
    assert {str(e["uid"]) for e in entries} == {f"{item['event']}@onrecord" for item in listed}
    assert f"{len(entries)} items" in err
    assert all("According to: " in str(e["description"]) for e in entries)


def test_options_that_do_not_go_together_are_refused(run: Run, tmp_path: Path) -> None:
    table = str(tmp_path / "a.csv")
    for options, word in (
        (("--as", "gdelt", "--safe"), "--safe"),
        (("--all-statuses",), "--all-statuses"),
        (("--report-dates",), "--report-dates"),
    ):
        status, _, err = run("export", "--to", table, *options)
        assert status == 2 and word in err
    assert "give one of jsonl" in run("export", "--to", str(tmp_path / "a.txt"))[2]
    assert "agenda --ics" in run("export", "--to", str(tmp_path / "a.ics"))[2]
    assert run("events", "--actor", "Lisk", "--entity", "Marden")[0] == 2
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.record.jsonl").mkdir()
    status, _, err = run("export", "--to", str(tmp_path / "a.txt"), "--as", "polecat")
    assert status == 1 and "a.record.jsonl" in err
    status, _, err = run("map", "--to", str(tmp_path / "none" / "a.geojson"))
    assert status == 1 and "none" in err
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


# --- the filters of events -------------------------------------------------------------------------------------


def listed(run: Run, *options: str) -> set[str]:
    return {json.loads(line)["event"] for line in run("events", "--format", "jsonl", *options)[1].splitlines()}


@pytest.mark.parametrize("status", ["happened", "planned", "possible", "did_not_happen", "expected", "unknown"])
def test_events_by_status_are_those_a_holder_holds_so(run: Run, records, status: str) -> None:
    held = {e.id for e in records if any(t.claim.status == status for t in e.testimonies)}
    assert listed(run, "--status", status) == held
    assert {e.id for e in records if e.status == status} <= held


def test_events_by_type_and_day(run: Run, records) -> None:
    of_type = {e.id for e in records if any(t.mention.type == "CONSULT" for t in e.testimonies)}
    assert listed(run, "--type", "consult") == of_type != set()
    day = [e for e in records if e.earliest and e.latest and str(e.earliest)[:10] == str(e.latest)[:10] == "2026-03-10"]
    assert day and {e.id for e in day} <= listed(run, "--from", "2026-03-10", "--to", "2026-03-10")
    over = {e.id for e in records if all(t.time and str(t.time.latest) < "2026-03-01" for t in e.testimonies)}
    assert over and not over & listed(run, "--from", "2026-03-10")


def test_events_by_who_and_where(run: Run, records) -> None:
    marden = listed(run, "--actor", "Ilse Marden")
    assert {e.id for e in records if "Ilse Marden" in (*e.actors, *e.recipients)} <= marden
    named = {p.text for e in records if e.id in marden for t in e.testimonies for p in t.mention.actors}
    assert any("Marden" in text for text in named)
    place = next(t.place for e in records for t in e.testimonies if t.place)
    there = {e.id for e in records if any(t.place and t.place.name == place.name for t in e.testimonies)}
    assert there <= listed(run, "--place", place.name)
    both = listed(run, "--actor", "Ilse Marden", "--type", "CONSULT", "--status", "planned")
    assert both <= marden & listed(run, "--type", "CONSULT") & listed(run, "--status", "planned")


def test_events_by_country(program: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "own.ledger"))
    report = tmp_path / "report.txt"
    report.write_text("A bomb exploded in Nairobi on Monday. Dockers marched in Lima on Tuesday.\n", "utf-8")
    assert program("read", str(report), "--quiet")[0] == 0
    found = [json.loads(line) for line in program("events", "--format", "jsonl", "--place", "ken")[1].splitlines()]
    assert {e["type"] for e in found} == {"ASSAULT"}
    assert not program("events", "--format", "jsonl", "--place", "nor")[1]


def test_a_holder_and_a_status_are_of_one_claim(examples_ledger: Path) -> None:
    with open_ledger(examples_ledger) as ledger:
        asker = Asker(ledger)
        found = asker.events(Filter(status="did_not_happen", kind="office"), limit=1000)
        assert found
        for event in found:
            assert any(
                t.claim.status == "did_not_happen" and t.claim.holder.kind == "office" for t in event.testimonies
            )


def test_a_story_and_other_filters_hold_together_for_tables(run: Run, tmp_path: Path, records) -> None:
    story = next(r.story for r in records if r.story and r.type == "CONSULT")
    whole, some = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path, more in ((whole, ()), (some, ("--type", "CONSULT"))):
        assert run("export", "--to", str(path), "--table", "events", "--story", story, *more)[0] == 0
    # An event told in reports of two stories is listed with both, and belongs to one.
    of_story = {r.id for r in records if r.story == story}
    reports = {t.report.id for r in records if r.story == story for t in r.testimonies}
    told = {r.id for r in records if any(t.report.id in reports for t in r.testimonies)}
    assert of_story <= {row["event"] for row in lines(whole)} <= told
    assert {row["event"] for row in lines(some)} < {row["event"] for row in lines(whole)}


@pytest.mark.parametrize("form", [*FIXED, "ics"])
def test_the_same_record_makes_the_same_files(run: Run, tmp_path: Path, form: str) -> None:
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        target = str(folder / "x.out")
        wanted = ("agenda", "--ics", target) if form == "ics" else ("export", "--to", target, "--as", form)
        assert run(*wanted)[0] == 0
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1] and all(made[0].values())
