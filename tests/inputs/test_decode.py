"""Bytes to text: the encodings of the wild, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.inputs.decode import binary_reason, decode, one_to_one

WORDS = "The café’s owner, Zoë Brännlund, said the levy of £12 was “naïve”.\r\nNobody else spoke.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "x.txt") == WORDS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf16_with_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + WORDS.encode(encoding), "x.txt") == WORDS


def test_latin_1() -> None:
    words = "Der Bürgermeister von Häven wies die Vorwürfe zurück."
    assert decode(words.encode("latin-1"), "x.txt") == words


def test_a_declared_charset_is_used_where_the_bytes_agree() -> None:
    words = "Мост в Харвене открыт после ремонта."
    assert decode(words.encode("koi8-r"), "x.html", "koi8-r") == words
    assert decode(words.encode("utf-8"), "x.html", "ascii") == words
    assert decode(words.encode("utf-8"), "x.html", "no-such-charset") == words


def test_cyrillic_without_a_declaration() -> None:
    words = "Городской совет сообщил, что мост через реку откроют в понедельник после долгого ремонта. " * 5
    assert decode(words.encode("cp1251"), "x.txt") == words


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    data = WORDS.encode() + b"\xe2\x80"
    assert decode(data, "x.txt") == WORDS + "�"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n\x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"SQLite format 3\0\x10", "SQLite"),
        (b"{\\rtf1\\ansi", "rich text"),
        (b"abc\0\1\2\3\xfe" * 50, "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"7z\xbc\xaf\x27\x1c\0", "7z"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, words: str) -> None:
    reason = binary_reason(data)
    assert reason is not None
    assert words in reason
    with pytest.raises(InputError) as caught:
        decode(data, "name.bin")
    assert caught.value.what == "name.bin"


def test_a_report_that_begins_like_magic_is_text() -> None:
    assert decode(b"ID3 is the name of the new ferry.", "x.txt").startswith("ID3")


def test_lone_surrogates_and_nuls_are_replaced_one_for_one() -> None:
    assert one_to_one("a\ud800b\0c") == "a�b�c"


@given(st.text())
def test_utf8_round_trip(text: str) -> None:
    plain = one_to_one(text)
    assert decode(b"\xef\xbb\xbf" + plain.encode(), "x") == plain or binary_reason(b"\xef\xbb\xbf" + plain.encode())


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_an_error_that_names_the_file(data: bytes) -> None:
    try:
        text = decode(data, "any")
    except InputError as error:
        assert error.what == "any"
        return
    text.encode("utf-8")
    assert "\0" not in text
