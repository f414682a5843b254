"""One expected report per format, and the field names of the wild."""

from __future__ import annotations

import csv
import gzip
import io
import json
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.inputs import InputOptions, count_inputs, find_reports
from onrecord.inputs.decode import one_to_one
from onrecord.model import Failure, Report, report_id

TEXT = (
    "Ferry to Norrhaven sails again\nService had been halted since the January storm\n\n"
    "HARVEN, 3 March 2025 (Ostpress) – The ferry to Norrhaven will sail again on Friday, the port said.\n"
    "“The pier is safe,” said Tilda Brann, who runs it.\n"
)
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Ferry sails again | Norrhaven News</title>
<meta property="og:site_name" content="Norrhaven News"><link rel="canonical" href="https://norrhaven.example/2025/ferry">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Ferry sails again",
"datePublished": "2025-03-03T14:05:00+01:00", "dateModified": "2025-03-03T16:00:00+01:00",
"author": [{{"@type": "Person", "name": "Ada Lorne"}}, {{"name": "Tom Vale"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry sails again</h1>
<p>The ferry to Norrhaven will sail again on Friday after nine months of repairs to the old pier, the
port&rsquo;s office said.</p>
<p>&ldquo;The pier is safe,&rdquo; said <b>Tilda Brann</b>, who runs the port &amp; sailed across with
about 300 people on Monday.</p>
<p>The repairs cost 12 million crowns, twice the first estimate, according to the café owners’ union of the town.</p>
</article><footer>&copy; 2025 Norrhaven News. All rights reserved.</footer></body></html>"""
MAIL = (
    b"From: Ada Lorne at Norrhaven News <ada@norrhaven.example>\r\nTo: list@norrhaven.example\r\n"
    b"Subject: =?utf-8?q?Ferry_sails_again_=E2=80=93_at_last?=\r\nDate: Mon, 03 Mar 2025 14:05:00 +0100\r\n"
    b"Message-ID: <f1@norrhaven.example>\r\nMIME-Version: 1.0\r\n"
)


def read(*paths: Path | str, options: InputOptions | None = None, stdin: bytes | None = None) -> list[Report | Failure]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(find_reports([str(p) for p in paths], options, stream))


def only(*paths: Path | str, options: InputOptions | None = None, stdin: bytes | None = None) -> Report:
    [found] = read(*paths, options=options, stdin=stdin)
    assert isinstance(found, Report), found
    return found


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_text_is_the_decoded_file(text_file: Path) -> None:
    report = only(text_file)
    assert report.text == TEXT
    assert report.address == text_file.as_posix()
    assert report.file == str(text_file)
    assert report.title == "Ferry to Norrhaven sails again"
    assert report.dateline == "HARVEN, 3 March 2025 (Ostpress)"
    assert report.credits == ("Ostpress",)
    assert report.outlet == "Ostpress"
    assert report.language == "en"
    assert report.published is not None
    assert (report.published.value, report.published.origin) == ("2025-03-03", "text")
    assert report.id == report_id(report.address, TEXT, report.title, "Ostpress", "2025-03-03", None)


def test_options_stand_above_the_text(text_file: Path) -> None:
    report = only(text_file, options=InputOptions(outlet="The Post", published="2025-12-01", language="en-GB"))
    assert (report.outlet, report.language) == ("The Post", "en")
    assert report.published is not None
    assert (report.published.value, report.published.origin) == ("2025-12-01", "option")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_newlines_and_encodings_leave_the_text_alone(tmp_path: Path, newline: str, encoding: str) -> None:
    path = tmp_path / "ferry.txt"
    words = TEXT.replace("\n", newline)
    path.write_bytes(words.encode(encoding))
    report = only(path)
    assert report.text == words
    assert report.title == "Ferry to Norrhaven sails again"


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "ferry.md"
    words = (
        '---\ntitle: "Ferry sails again"\ndate: 2025-03-03\nauthor: Ada Lorne\n---\n\n'
        "# Ferry sails again\n\nIt sails on Friday, the port said.\n"
    )
    path.write_text(words, encoding="utf-8")
    report = only(path)
    assert report.text == words
    assert (report.title, report.byline) == ("Ferry sails again", "Ada Lorne")
    assert report.published is not None
    assert report.published.value == "2025-03-03"
    assert [(p.kind.value, words[p.start : p.end]) for p in report.parts][-1] == ("headline", "# Ferry sails again")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_page(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "ferry.html"
    source = PAGE.format(charset=charset)
    path.write_bytes(source.encode(charset))
    report = only(path)
    assert report.address == "https://norrhaven.example/2025/ferry"
    assert (report.title, report.outlet, report.byline) == (
        "Ferry sails again",
        "Norrhaven News",
        "Ada Lorne, Tom Vale",
    )
    assert report.published is not None
    assert report.updated is not None
    assert (report.published.value, report.updated.value) == ("2025-03-03T14:05:00+01:00", "2025-03-03T16:00:00+01:00")
    assert "“The pier is safe,” said Tilda Brann, who runs the port & sailed" in report.text
    assert "café owners’ union" in report.text
    assert "Home" not in report.text
    covered = sum(length for _, _, length in report.offsets)
    assert covered > 0.95 * len(report.text) - 6
    for start, at, length in report.offsets:
        assert report.text[start : start + length] == source[at : at + length]
    place = report.text.index("12 million crowns")
    run = next(r for r in report.offsets if r[0] <= place < r[0] + r[2])
    assert source[run[1] + place - run[0] :].startswith("12 million crowns, twice the first estimate")


def test_a_front_page_as_canonical_is_no_address(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(PAGE.format(charset="utf-8").replace("/2025/ferry", "/"), encoding="utf-8")
    assert only(path).address == path.as_posix()


def test_mail_with_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "ferry.eml"
    body = "Die Fähre: the ferry will sail again on Friday, the port said.\r\nTickets cost four crowns.\r\n"
    quoted = body.encode("cp1252").replace(b"\xe4", b"=E4")
    path.write_bytes(
        MAIL
        + b'Content-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + quoted
    )
    report = only(path)
    assert report.text == body
    assert report.address == "mid:f1@norrhaven.example"
    assert (report.title, report.outlet, report.byline) == (
        "Ferry sails again – at last",
        "Norrhaven News",
        "Ada Lorne",
    )
    assert report.published is not None
    assert report.published.value == "2025-03-03T14:05:00+01:00"


def test_mail_with_a_page_and_a_stub(tmp_path: Path) -> None:
    import base64

    page = PAGE.format(charset="utf-8").replace(
        '<link rel="canonical" href="https://norrhaven.example/2025/ferry">', ""
    )
    path = tmp_path / "letter.eml"
    path.write_bytes(
        MAIL.replace(b"To: ", b"List-Id: The Norrhaven Letter <letter.norrhaven.example>\r\nTo: ")
        + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        + b"See the web version.\r\n"
        + b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page.encode())
        + b"--b--\r\n"
    )
    report = only(path)
    assert (report.outlet, report.address) == ("The Norrhaven Letter", "mid:f1@norrhaven.example")
    assert "The ferry to Norrhaven will sail again on Friday" in report.text
    assert all(report.text[a : a + n] == page.replace("\r\n", "\n")[b : b + n] for a, b, n in report.offsets)


ROW_FORMS = [
    (
        {"title": "T", "text": "X", "url": "https://a.example/1", "published": "2025-03-03"},
        ("https://a.example/1", "T", None, None),
    ),
    (
        {"headline": "T", "body": "X", "link": "https://a.example/1", "pubDate": "Mon, 03 Mar 2025 14:05:00 GMT"},
        ("https://a.example/1", "T", None, None),
    ),
    (
        {
            "title": "T",
            "content": "X",
            "url": "https://a.example/1",
            "publishedAt": "2025-03-03T14:05:00Z",
            "author": "Ada Lorne",
            "source": {"id": None, "name": "Norrhaven News"},
        },
        ("https://a.example/1", "T", "Norrhaven News", "Ada Lorne"),
    ),
    (
        {
            "title": "T",
            "maintext": "X",
            "url": "https://a.example/1",
            "date_publish": "2025-03-03 14:05:00",
            "source_domain": "a.example",
            "authors": ["Ada Lorne", "Tom Vale"],
        },
        ("https://a.example/1", "T", "a.example", "Ada Lorne, Tom Vale"),
    ),
    ({"id": "r7", "full_text": "X", "dct": "20250303"}, ("r7", None, None, None)),
    (
        {"address": "own:1", "url": "https://a.example/1", "Article Text": "X", "Date": "March 3, 2025"},
        ("own:1", None, None, None),
    ),
]


@pytest.mark.parametrize(("row", "expected"), ROW_FORMS)
def test_rows_by_the_field_names_of_the_wild(tmp_path: Path, row: dict[str, object], expected: tuple[str, ...]) -> None:
    body = "The ferry will sail again, the port said."
    row = {k: body if v == "X" else v for k, v in row.items()}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    report = only(path)
    assert (report.address, report.title, report.outlet, report.byline) == expected
    assert report.text == body
    assert report.file == f"{path}#1"
    assert report.published is not None
    assert report.published.value[:10] == "2025-03-03"
    assert report.published.origin == "field"


def test_a_row_without_address_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "One ferry sails."}\n\n{"text": "Two ferries sail."}\n', encoding="utf-8")
    assert [r.address for r in read(path) if isinstance(r, Report)] == [f"{path.as_posix()}#1", f"{path.as_posix()}#3"]


def test_json_documents(tmp_path: Path) -> None:
    rows = [{"text": "One ferry sails.", "url": "https://a.example/1"}, {"text": "Two ferries sail."}]
    for name, value in (("list", rows), ("answer", {"status": "ok", "articles": rows}), ("one", rows[0])):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(value, indent=2), encoding="utf-8")
    [first, second] = read(tmp_path / "list.json")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.address, second.address) == ("https://a.example/1", f"{(tmp_path / 'list.json').as_posix()}#2")
    assert [r.text for r in read(tmp_path / "answer.json") if isinstance(r, Report)] == [r["text"] for r in rows]
    assert only(tmp_path / "one.json").text == "One ferry sails."


def test_a_row_with_a_page_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"html": PAGE.format(charset="utf-8"), "id": "p1"}), encoding="utf-8")
    report = only(path)
    assert (report.address, report.outlet) == ("p1", "Norrhaven News")
    assert report.text.startswith("Ferry sails again")
    assert report.offsets


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter_and_lines_in_fields(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "rows.csv"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Headline", "Full Text", "Source", "Date"])
    body = 'The ferry; "the old one", sails | again.\nTickets cost\tfour crowns.'
    writer.writerow(["Ferry sails", body, "Norrhaven News", "2025-03-03"])
    writer.writerow(["Pier opens", "The pier opened.", "Norrhaven News", "2025-03-04"])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    first, second = read(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.text, first.title, first.outlet) == (body, "Ferry sails", "Norrhaven News")
    assert (first.file, second.file) == (f"{path}#2", f"{path}#4")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("id,text\r\n1,The café “Zoë” opened.\r\n2,It closed.\r\n".encode(encoding))
    assert [r.text for r in read(path) if isinstance(r, Report)] == ["The café “Zoë” opened.", "It closed."]


def test_gzip_and_zip_of_anything(tmp_path: Path, text_file: Path) -> None:
    packed = tmp_path / "packed" / "all.zip"
    packed.parent.mkdir()
    row = b'{"text": "One ferry sails."}\n'
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/ferry.txt", TEXT)
        archive.writestr("a/rows.jsonl.gz", gzip.compress(row))
        archive.writestr("__MACOSX/b/._ferry.txt", b"\0\1")
        archive.writestr(".hidden.txt", "secret")
    (tmp_path / "packed" / "rows.jsonl.gz").write_bytes(gzip.compress(row))
    found = read(packed.parent)
    assert [r.address if isinstance(r, Report) else r for r in found] == [
        f"{packed.as_posix()}!a/rows.jsonl.gz#1",
        f"{packed.as_posix()}!b/ferry.txt",
        f"{(packed.parent / 'rows.jsonl.gz').as_posix()}#1",
    ]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (TEXT.encode(), "Ferry to Norrhaven sails again"),
        (PAGE.format(charset="utf-8").encode(), "Ferry sails again"),
        (MAIL + b"\r\nThe ferry will sail again on Friday, the port said.\r\n", "Ferry sails again – at last"),
        (b'{"title": "Ferry", "text": "The ferry sails again."}\n', "Ferry"),
        (b"title,text\nFerry,The ferry sails again.\n", "Ferry"),
        (gzip.compress(TEXT.encode()), "Ferry to Norrhaven sails again"),
    ],
)
def test_standard_input_is_recognised_by_its_content(data: bytes, title: str) -> None:
    report = only("-", stdin=data)
    assert report.title == title
    assert report.file.startswith("-")


def test_standard_input_has_an_address_by_content() -> None:
    one, again, other = (only("-", stdin=t.encode()) for t in (TEXT, TEXT, TEXT + "More.\n"))
    assert one.address == again.address != other.address
    assert one.address.startswith("stdin:")


def test_the_content_decides_against_the_name(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    assert only(path).outlet == "Norrhaven News"
    path.with_suffix(".html").write_text(TEXT, encoding="utf-8")
    assert only(path.with_suffix(".html")).text == TEXT


def test_folders_and_globs_are_read_in_order_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "old.ledger", "old.ledger-wal"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The ferry {name} sails again.", encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "style.css").write_text("p { color: red }", encoding="utf-8")
    names = [Path(r.file).name for r in read(tmp_path, tmp_path / "a.txt")]
    assert names == ["a.txt", "b.txt", "page.html", "c.txt"]
    assert [Path(r.file).name for r in read(str(tmp_path / "**" / "*.txt"))] == ["a.txt", "b.txt", "c.txt"]
    assert count_inputs([str(tmp_path)]) == 4


def test_reports_come_lazily(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "One ferry sails."}\n' * 5000 + b"\xff\xff broken")
    stream = find_reports([str(path)])
    assert isinstance(next(stream), Report)


def test_other_languages_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "faehre.txt"
    path.write_text(
        "Die Fähre nach Norrhaven fährt ab Freitag wieder, teilte der Hafen am Montag mit. " * 3, encoding="utf-8"
    )
    assert only(path).language == "de"


def test_lone_surrogates_and_nuls_in_json_survive(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "The \\ud800 ferry\\u0000 sails.", "title": "A\\udfff ferry"}\n', encoding="utf-8")
    report = only(path)
    assert report.text == "The � ferry� sails."
    assert report.title == "A� ferry"
    report.text.encode("utf-8")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60).filter(lambda t: any(c.isalpha() for c in t)), min_size=1, max_size=6))
def test_rows_round_trip_through_json_lines_and_csv(tmp_path: Path, texts: list[str]) -> None:
    texts = ["The ferry sails. " + t for t in texts]
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts)), encoding="utf-8"
    )
    assert [r.text for r in read(path) if isinstance(r, Report)] == [one_to_one(t) for t in texts]
    plain = [one_to_one(t) for t in texts]
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["id", "text"], *([str(i), t] for i, t in enumerate(plain))])
    found = read(tmp_path / "rows.csv")
    if sum(unicodedata.category(c) == "Cc" for t in plain for c in t) > 8 and isinstance(found[0], Failure):
        assert "binary" in found[0].reason
        return
    assert [r.text for r in found if isinstance(r, Report)] == plain


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_any_text_file_is_kept_unchanged(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.txt"
    words = "The ferry sails again. " + one_to_one(text)
    path.write_bytes(words.encode())
    [found] = read(path)
    assert isinstance(found, Failure) or found.text == words
    assert isinstance(found, Report) or "binary" in found.reason
