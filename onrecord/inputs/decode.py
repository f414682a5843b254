"""From bytes to text: byte-order marks, declared charsets, UTF-8, UTF-16, Windows-1252, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the first bytes betray: kind, and what to do with it.
_MAGIC = (
    (b"%PDF-", "a PDF", "save it as text or HTML first"),
    (b"{\\rtf", "a rich text document", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "save it as plain text or HTML first"),
    (b"SQLite format 3\0", "an SQLite database", "name a ledger with --ledger instead of reading it"),
    (b"\x89PNG\r\n", "a picture (PNG)", "leave it out"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "leave it out"),
    (b"GIF8", "a picture (GIF)", "leave it out"),
    (b"RIFF", "a picture, sound or film (RIFF)", "leave it out"),
    (b"OggS", "a sound or film (Ogg)", "leave it out"),
    (b"ID3", "a sound (MP3)", "leave it out"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and read the folder"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and read the folder"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first"),
    (b"PAR1", "a Parquet table", "save it as JSON Lines or CSV first"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"WARC/1.", "a web archive (WARC)", "save its pages as HTML first"),
)
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 65_536
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_BINARY_CONTROL = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f]")


def binary_reason(head: bytes) -> str | None:
    """Why these first bytes are no text, and what to do; ``None`` if they may be text."""
    for magic, kind, advice in _MAGIC:
        if head.startswith(magic) and not (len(magic) <= 4 and _reads_as_text(head)):
            return f"this is {kind}, not a report: {advice}"
    if head[4:8] == b"ftyp":
        return "this is a film or picture, not a report: leave it out"
    if bom_encoding(head) or _utf16_without_bom(head):
        return None
    control = len(_BINARY_CONTROL.findall(head[:_SAMPLE]))
    if b"\0" in head or control > max(8, len(head[:_SAMPLE]) // 20):
        return "this is binary data, not text: save the report as plain text, HTML or mail first"
    return None


def _reads_as_text(head: bytes) -> bool:
    return head.isascii() and b"\0" not in head


def bom_encoding(head: bytes) -> str | None:
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def _utf16_without_bom(head: bytes) -> str | None:
    sample = head[: _SAMPLE & ~1]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def wide_encoding(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 encoding these first bytes are in, if they are."""
    name = bom_encoding(head) or _utf16_without_bom(head)
    return None if name == "utf-8" else name


def decode(data: bytes, file: str, declared: str | None = None) -> str:
    """The text these bytes stand for, without a byte-order mark, nothing else altered.

    Args:
        declared: the charset a page or mail names for itself; used if the bytes agree with it.

    Raises:
        InputError: if this is no text.
    """
    reason = binary_reason(data[:_SAMPLE])
    if reason:
        raise InputError(file, reason)
    name = bom_encoding(data)
    if name:
        mark = next(m for m, n in _BOMS if n == name)
        return one_to_one(data[len(mark) :].decode(name, "replace"))
    wide = _utf16_without_bom(data)
    if wide:
        return one_to_one(data.decode(wide, "replace"))
    if b"\0" in data:
        raise InputError(file, "it holds binary data (NUL bytes): save the report as plain text, HTML or mail first")
    return one_to_one(_declared(data, declared) or decode_narrow(data))


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        return data.decode(_ALIASES.get(name, name))
    except (LookupError, ValueError, TypeError, AttributeError):
        return None  # a wrong or unknown declaration: the bytes decide


def decode_narrow(data: bytes) -> str:
    """UTF-8 if it is, or nearly is; else Windows-1252 where that gives Western text; else what the bytes look like."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    valid = len(_MULTIBYTE.findall(data))
    high = sum(data.translate(_HIGH))
    if valid and high - sum(len(m) for m in _MULTIBYTE.findall(data)) <= valid:
        return data.decode("utf-8", "replace")
    if high <= 0.2 * len(data):
        return _western(data)
    return _looked_at(data)


_HIGH = bytes(1 if byte >= 0x80 else 0 for byte in range(256))


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _looked_at(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return _western(data)


def one_to_one(text: str) -> str:
    """Lone surrogates and NULs become U+FFFD, one for one: offsets hold, and UTF-8 and SQLite can keep the text."""
    return _UNSAFE.sub("�", text)
