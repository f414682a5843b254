"""Pages to mail or keep: whole, quiet, and harmless whatever the reports say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from test_ask import CLERK, fill, on, reading, said

from onrecord.ask import Asker
from onrecord.cli import main
from onrecord.cli.page import report_page, story_page
from onrecord.cli.page.marked import paragraphs
from onrecord.cli.page.timeline import timeline, wrapped
from onrecord.ledger import Ledger
from onrecord.model import Cluster, Digest, Holder, JudgementKind, SourceKind

NOW = datetime(2030, 4, 1, 12, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(2)'>",
    "</style><style>*{display:none}",
    "]]></title></svg><svg onload=alert(3)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(4)",
    "&lt;b&gt; & &#106;",
    "\x00\x07\x1b[31mred\x1b]8;;http://evil.example\x07\x9b2J",
    "\u202egnp.exe\u2066\u200f",
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
# Elements that can run or load something, and attributes that can.
ACTIVE = frozenset(
    {"script", "iframe", "object", "embed", "img", "image", "link", "base", "form", "video", "audio", "use"}
)
LOADING = frozenset({"src", "srcset", "background", "action", "formaction", "poster", "data", "xlink:href", "style"})
VOID = frozenset({"meta", "br"})


class Page(HTMLParser):
    """What a browser would find: elements, attributes, text; and whether everything opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, text: str) -> None:
        self.text += text

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def check_harmless(html: str) -> Page:
    page = Page(html)
    assert not page.open
    assert not ACTIVE & set(page.tags)
    assert not [a for a in page.attributes if a[1].startswith("on") or a[1] in LOADING]
    for href in page.values("href"):
        assert href.startswith(("#", "https://", "http://"))
    assert not FORBIDDEN.search(html)
    assert "url(" not in html and "@import" not in html
    inside = [v.removeprefix("#") for v in page.values("href") if v.startswith("#")]
    identities = page.values("id")
    assert set(inside) <= set(identities) and len(set(identities)) == len(identities)
    return page


@pytest.fixture
def asker(tmp_path: Path) -> Iterator[Asker]:
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        fill(ledger)
        yield Asker(ledger)


def test_a_story_tells_what_the_record_says(asker: Asker) -> None:
    story = asker.story("sbridge")
    page = check_harmless(story_page(story, asker.compare("sbridge"), asker.origins("sbridge"), NOW))
    words = " ".join(page.text.split())
    assert f"{story.title}" in words and "1–3 Mar 2030 · 3 reports · 3 outlets" in words
    assert "reported 1 Mar 2030 → disputed 2 Mar 2030 → confirmed 3 Mar 2030" in words
    for event in story.events:
        if not event.background:
            assert event.title in words
            assert all(t.claim.words.text in words for t in event.testimonies)
    assert "a port official (unnamed) denied it · The Lantern" in words
    assert "Made by onrecord on 1 Apr 2030 12:00 UTC." in words
    assert page.tags.count("svg") - 5 == 3  # the timeline twice, the origins, and the key's five


def test_as_of_then(asker: Asker) -> None:
    early = asker.at(on(1.5))
    html = story_page(early.story("sbridge"), early.compare("sbridge"), early.origins("sbridge"), NOW, as_of=on(1.5))
    assert "as the record stood on 1 Mar 2030 12:00 UTC" in Page(html).text and "Lantern" not in html


def test_a_page_asks_nothing_of_any_server(asker: Asker) -> None:
    html = story_page(asker.story("sbridge"), asker.compare("sbridge"), asker.origins("sbridge"), NOW)
    policy = next(v for t, n, v in Page(html).attributes if (t, n) == ("meta", "content") and "default-src" in v)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "prefers-color-scheme: dark" in html and "@media print" in html


def test_hostile_reports_harm_nobody(tmp_path: Path) -> None:
    """Markup, attributes, styles, templates, addresses and control codes in every field: shown as they are, or not."""
    told = []
    for number, words in enumerate(HOSTILE, 1):
        holder = Holder(f"Speaker {words}", SourceKind.OFFICE)
        made = reading(
            f"Outlet {words}", number, f"Title {words}", said(f"Quill opens {words} here.", holder, anchor="opens")
        )
        report = replace(
            made.report, address=words if number % 2 else f"https://x.example/{words}", byline=f"By {words}"
        )
        told.append(replace(made, report=report, note=f"Note {words}"))
    with Ledger.open(tmp_path / "h.ledger") as ledger:
        done = ledger.append(
            [
                (r, Digest(r.report.id, r.report.address, r.report.outlet, r.report.title or "", None, None, ()))
                for r in told
            ]
        )
        assert not done.failures
        ledger.put_clusters(
            JudgementKind.EVENT, [Cluster("eall", JudgementKind.EVENT, tuple(f"{r.report.id}.v1" for r in told))]
        )
        ledger.put_clusters(
            JudgementKind.STORY, [Cluster("sall", JudgementKind.STORY, tuple(r.report.id for r in told))]
        )
        asker = Asker(ledger)
        page = check_harmless(
            story_page(asker.story("sall"), asker.compare("sall"), asker.origins("sall"), NOW, texts=told)
        )
        for words in HOSTILE[:7]:
            assert f"Quill opens {words} here." in page.text and f"Speaker {words}" in page.text
        for made in told:
            page = check_harmless(report_page(asker.report(made.report.id), NOW))
        assert "49" not in page.text.replace("Note", "")


def test_the_marked_text_is_the_text(asker: Asker) -> None:
    """Piece by piece the report's own words, each with the facts whose spans hold it."""
    made = asker.reading(asker.story("sbridge").reports[0].id)
    found = paragraphs(made)
    assert "".join(p.text for x in found for p in x.pieces) == made.report.text.replace("\n", "")
    events = {(p.text, "event" in p.facts) for x in found for p in x.pieces}
    assert all((e.anchor.text, True) in events for e in made.events)


def test_overlapping_facts_are_cut_where_they_begin_and_end() -> None:
    made = reading("Post", 1, "Head", said("Quill opens the bridge, she said.", CLERK, anchor="opens"))
    start = made.report.text.index("opens")
    place = {p.text: p.facts for x in paragraphs(made) for p in x.pieces}
    assert place["opens"] == ("content", "cue", "event", "source")
    assert made.report.text[start - 6 : start] in place


# --- the drawing -----------------------------------------------------------------------------------------------


def test_claims_stand_in_order_of_time(asker: Asker) -> None:
    drawn = timeline(asker.story("sbridge").events, 1000)
    assert drawn is not None
    row = next(r for r in drawn.rows if r.event == "eopening")
    assert [b.standing for b in row.bands] == ["reported", "disputed", "confirmed"]
    assert [(m.shape, m.unnamed) for m in sorted(row.marks, key=lambda m: m.x)] == [
        ("holds", False),
        ("denies", True),
        ("holds", False),
    ]
    edges = [b.x for b in row.bands]
    assert edges == sorted(edges) and row.bands[-1].x + row.bands[-1].width == pytest.approx(1000 - 14, abs=0.2)


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("days", [0, 0.2, 3, 40, 400, 9000])
def test_everything_is_on_the_paper(asker: Asker, width: int, days: float) -> None:
    """Whatever the length of time: labels apart, marks and bands inside, rows one under the other."""
    story = asker.story("sbridge")
    events = []
    for event in story.events:
        moved = tuple(replace(t, known=on(1) + timedelta(days=days * i)) for i, t in enumerate(event.testimonies))
        events.append(replace(event, testimonies=moved))
    drawn = timeline(events, width)
    assert drawn is not None and drawn.rows and drawn.ticks
    assert all(drawn.label_width <= m.x <= width for r in drawn.rows for m in r.marks)
    assert all(b.x >= 0 and b.x + b.width <= width for r in drawn.rows for b in r.bands)
    tops = [r.y for r in drawn.rows]
    assert tops == sorted(tops) and tops[-1] < drawn.height
    ticks = [t.x for t in drawn.ticks]
    assert all(b - a > 45 for a, b in pairwise(ticks))


def test_undated_claims_have_a_place_of_their_own(asker: Asker) -> None:
    event = asker.event("eopening")
    first, *others = event.testimonies
    drawn = timeline([replace(event, testimonies=(replace(first, known=None), *others))], 1000)
    assert drawn is not None and drawn.undated is not None
    assert drawn.undated in [m.x for m in drawn.rows[0].marks]
    assert timeline([replace(event, testimonies=(replace(first, known=None),))], 1000) is None


def test_long_words_are_broken() -> None:
    lines = wrapped("x" * 400 + " and more", 20)
    assert len(lines) <= 4 and all(len(line) <= 20 for line in lines)


def test_drawings_are_well_formed(asker: Asker) -> None:
    html = story_page(asker.story("sbridge"), asker.compare("sbridge"), asker.origins("sbridge"), NOW)
    for svg in re.findall(r"<svg class=\"timeline.*?</svg>", html, re.DOTALL):
        assert ET.fromstring(svg).tag == "svg"


# --- the command -----------------------------------------------------------------------------------------------


def test_the_command_writes_whole_files(
    examples_ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = ("--ledger", str(examples_ledger))
    with Ledger.open(examples_ledger, mode="read") as opened:
        asker = Asker(opened)
        story = max(asker.stories(), key=lambda s: s.reports).id
        report = asker.story(story).reports[0]
    target = tmp_path / "page.html"
    assert main(["page", story, "--to", str(target), *ledger]) == 0
    plain = check_harmless(target.read_text("utf-8"))
    assert main(["page", story, "--to", str(target), "--texts", *ledger]) == 0
    assert len(check_harmless(target.read_text("utf-8")).text) > len(plain.text)
    assert main(["page", report.address, "--to", str(target), *ledger]) == 0
    assert report.title is not None and report.title in check_harmless(target.read_text("utf-8")).text
    assert main(["page", "szzzz", "--to", str(target), *ledger]) == 1
    assert main(["page", story, "--to", str(tmp_path / "none" / "page.html"), *ledger]) == 1
    assert main(["page", story, *ledger]) == 2
    capsys.readouterr()


# --- colours ---------------------------------------------------------------------------------------------------

LEGIBLE = 4.5  # contrast of small text, after WCAG 2


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_legible_on_every_ground(asker: Asker, scheme: str) -> None:
    html = story_page(asker.story("sbridge"), asker.compare("sbridge"), asker.origins("sbridge"), NOW)
    blocks = re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[scheme == "dark"]))
    grounds = [found.pop(name) for name in ("paper", "card", "content")]
    inks = {name: c for name, c in found.items() if name not in ("line", "shade")}
    assert len(inks) > 12
    for name, colour in inks.items():
        for ground in grounds:
            low, high = sorted((luminance(colour), luminance(ground)))
            assert (high + 0.05) / (low + 0.05) >= LEGIBLE, (name, ground)
