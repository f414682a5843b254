"""Every bad input is a failure that names the file and says what to do next; the rest of the run goes on."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest

from onrecord.errors import OptionError
from onrecord.inputs import InputOptions, Limits, find_reports
from onrecord.model import Failure, Report

GOOD = "The ferry to Norrhaven will sail again on Friday, the port said.\n"


def read(*paths: Path | str, limits: Limits | None = None) -> list[Report | Failure]:
    return list(find_reports([str(p) for p in paths], InputOptions(limits=limits or Limits())))


def refused(path: Path, *, limits: Limits | None = None) -> Failure:
    """The one failure of a bad file that lies among good ones, which are all read."""
    good = path.parent / "zzz-good.txt"
    good.write_text(GOOD, encoding="utf-8")
    *failures, last = read(path, good, limits=limits)
    assert isinstance(last, Report)
    [failure] = failures
    assert isinstance(failure, Failure), failure
    assert str(path) in failure.file
    assert failure.error in {"InputError", "TooLargeError"}
    return failure


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\r\n\xc2\xa0 \n", "empty"),
        ("mark.txt", b"\xef\xbb\xbf", "empty"),
        ("binary.txt", bytes(range(256)) * 9, "binary"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        ("only.txt", b"Sign up for our newsletter\nShare this\nAll rights reserved\n", "boilerplate"),
        ("feed.xml", b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "feed"),
        ("page.html", b"<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", "no running text"),
        ("nothing.eml", b"From: a@b.example\r\nSubject: x\r\nContent-Type: image/png\r\n\r\nx", "no text part"),
        ("rows.csv", b"name,price\nferry,4\n", "columns found: name, price"),
        ("mac.csv", b"id,text\r1,The ferry sails.\r", "names the columns"),
        ("rows.jsonl", b'{"text": "unfinished\n', "not JSON"),
        ("rows.json", b'[{"text": "x"}, ', "not JSON"),
        ("number.json", b"[1]", "a number"),
        ("deep.json", b'{"a":' * 200_000, "nested too deeply"),
        ("no-text.jsonl", b'{"price": 4}\n', "fields found: price"),
        ("void.jsonl", b'{"text": ""}\n', "text field is empty"),
        ("null.jsonl", b"{}\n", "fields found: none"),
        ("broken.zip", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("old.xz", b"\xfd7zXZ\0\0\0\0", "xz"),
    ],
)
def test_refused_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason in refused(path).reason


def test_an_office_document(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert "office document" in refused(path).reason


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as out:
        out.truncate(50_000_000)
        out.seek(0)
        out.write(GOOD.encode() * 2000)
    failure = refused(path)
    assert failure.error == "TooLargeError"
    assert "20 MB" in failure.reason


def test_a_large_table_streams(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    path.write_text('{"text": "The ferry sails again, the port said."}\n' * 50, encoding="utf-8")
    assert len(read(path, limits=Limits(file=1000))) == 50


def test_a_long_row_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "One."}\n{"text": "' + "x" * 5000 + '"}\n{"text": "Two."}\n', encoding="utf-8")
    first, second, third = read(path, limits=Limits(row=1000))
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert isinstance(second, Failure)
    assert (second.file, second.error) == (f"{path}#2", "TooLargeError")


def test_a_hundred_thousand_words_are_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    words = GOOD * 8400
    path.write_text(words, encoding="utf-8")
    [report] = read(path)
    assert isinstance(report, Report)
    assert report.text == words


def test_broken_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "One."}\n{"text": \n[1, 2]\n"x"\n{"text": "Two."}\n', encoding="utf-8")
    found = read(path)
    assert [r.text for r in found if isinstance(r, Report)] == ["One.", "Two."]
    assert [r.file for r in found if isinstance(r, Failure)] == [f"{path}#{n}" for n in (2, 3, 4)]


def test_a_csv_row_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('id,text\n1,One.\n2,"' + "x\n" * 400_000 + "\n3,Three.\n", encoding="utf-8")
    import csv

    before = csv.field_size_limit()
    first, *rest = read(path)
    csv.field_size_limit(before)
    assert isinstance(first, Report)
    assert len(rest) == 1


def test_truncated_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    rows = b"".join(
        b'{"id": "r%d", "text": "Ferry %d sails again, the port said."}\n' % (i, i * 7919) for i in range(3000)
    )
    path.write_bytes(gzip.compress(rows)[:-4000])
    *reports, last = read(path)
    assert len(reports) > 100
    assert all(isinstance(r, Report) for r in reports)
    assert isinstance(last, Failure)
    assert "breaks off" in last.reason


def test_damaged_gzip_member(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt.gz"
    data = bytearray(gzip.compress(os.urandom(5000).hex().encode()))
    data[3000:3010] = b"\0" * 10
    path.write_bytes(bytes(data))
    assert any(isinstance(r, Failure) and "archive" in r.reason for r in read(path))


def test_truncated_zip(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", GOOD)
    path.write_bytes(path.read_bytes()[:-30])
    assert "damaged or cut off" in refused(path).reason


def test_gzip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = b"a" * 1_000_000
    path.write_bytes(b"".join(packer.compress(chunk) for _ in range(19)) + packer.flush())
    assert "bomb" in refused(path).reason


def test_bomb_of_one_line_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    path.write_bytes(b"".join(packer.compress(b"[" * 1_000_000) for _ in range(30)) + packer.flush())
    assert "bomb" in refused(path).reason


def test_zip_bomb_of_many_members(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(8):
            archive.writestr(f"{number}.txt", b"a" * 3_000_000)
    found = read(path)
    assert any(isinstance(r, Failure) and "bomb" in r.reason for r in found)


def test_zip_in_zip_in_zip(tmp_path: Path) -> None:
    data = GOOD.encode()
    name = "a.txt"
    for _ in range(4):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), "inner.zip"
    path = tmp_path / "nested.zip"
    path.write_bytes(data)
    assert "deep" in refused(path).reason


def test_a_zip_in_a_zip_is_read(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", GOOD)
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    [report] = read(path)
    assert report.file == f"{path}!inner.zip!a.txt"


def test_encrypted_member(tmp_path: Path) -> None:
    path = tmp_path / "secret.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", GOOD)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(bytes(data))
    assert "encrypted" in refused(path).reason


def test_missing_path_and_pattern(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "missing.txt").reason
    assert "no file matches" in refused(tmp_path / "*.nothing").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    assert "permission" in refused(path).reason


def test_a_file_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(GOOD, encoding="utf-8")
    opened = Path.open

    def deny(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "closed.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(Path, "open", deny)
    failure, report = read(path, good)
    assert isinstance(failure, Failure)
    assert "permission" in failure.reason
    assert isinstance(report, Report)


def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "named pipe" in refused(tmp_path / "pipe.txt").reason


def test_a_device() -> None:
    [failure] = read("/dev/null")
    assert isinstance(failure, Failure)
    assert "device" in failure.reason


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ferry.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "gone").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path)
    assert [r.text for r in found if isinstance(r, Report)] == [GOOD]
    reasons = {Path(r.file).name: r.reason for r in found if isinstance(r, Failure)}
    assert reasons.keys() == {"loop", "gone"}
    assert "leads back" in reasons["loop"]


def test_a_database_in_a_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_bytes(b"SQLite format 3\0" + b"\0" * 100)
    assert read(tmp_path) == []
    assert "SQLite" in refused(tmp_path / "news.db").reason


@pytest.mark.parametrize(
    "options", [InputOptions(published="someday"), InputOptions(published="03/04/2025"), InputOptions(language="??")]
)
def test_options_that_cannot_be_understood(options: InputOptions) -> None:
    with pytest.raises(OptionError):
        find_reports(["-"], options, io.BytesIO(GOOD.encode()))


MUTANTS = {
    "ferry.html": b"<!DOCTYPE html><html><body>" + b"<div>" * 5000 + GOOD.encode(),
    "entity.html": b"<!DOCTYPE html><html><body><p>" + b"&amp" * 20000,
    "comment.html": b"<!DOCTYPE html><html><body><p>" + b"<!--" * 20000,
    "tags.html": b"<!DOCTYPE html><html><body>" + b"<p" * 20000,
    "doctype.html": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>&b;' + GOOD.encode() * 9,
    "headers.eml": b"From: x\r\n" * 5000 + b"\r\n" + GOOD.encode(),
    "parts.eml": b"From: a@b.example\r\nSubject: s\r\n"
    + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(600)),
    "charset.eml": b"From: a\r\nSubject: s\r\nContent-Type: text/plain; charset=nope\r\n\r\n" + GOOD.encode(),
    "zone.eml": b"From: a\r\nSubject: s\r\nDate: Mon, 03 Mar 2025 14:05:00 +99999999999999999999\r\n\r\n"
    + GOOD.encode(),
    "subject.eml": b"From: =?utf-8?b?//8=?= <a\r\nSubject: =?x?q?=?=\r\nDate: Mon, 99 Foo\r\n\r\n" + GOOD.encode(),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_hostile_documents_end_in_a_report_or_a_failure(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MUTANTS[name])
    [found] = read(path)
    assert str(path) in found.file
