"""What a file is: its name proposes, its first bytes decide."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

from onrecord.inputs.decode import decode_narrow, wide_encoding


class Format(StrEnum):
    GZIP = "gzip"
    ZIP = "zip"
    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    MAIL = "mail"
    JSON_LINES = "json_lines"
    JSON = "json"
    TABLE = "table"  # CSV, TSV
    FEED = "feed"


_BY_NAME = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".eml": Format.MAIL,
    ".mht": Format.MAIL,
    ".mhtml": Format.MAIL,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".tab": Format.TABLE,
}
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,4000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_FEED_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,4000}-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I
)
_TAG = re.compile(r"<(?:p|div|article|section|h[1-6]|body|span|table|ul|title|meta)\b", re.I)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]|([A-Za-z][A-Za-z0-9-]{1,40}):\r?$")
_MAIL_ONLY = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"})
_MAIL_USUAL = frozenset({"from", "to", "subject", "date", "sender", "reply-to", "list-id", "content-type"})
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{\s*["}])')


def stem_format(name: str) -> Format | None:
    """What a name without its ``.gz`` proposes."""
    path = PurePosixPath(name.lower().split("!")[-1])
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return _BY_NAME.get(path.suffix)


def recognise(name: str, head: bytes) -> Format:
    """The format of a file with this name and these first bytes (up to 64 kB)."""
    if head.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Format.ZIP
    wide = wide_encoding(head)
    text = head.decode(wide, "replace") if wide else decode_narrow(head)
    text = text.removeprefix("\ufeff")
    proposed = stem_format(name)
    if _FEED_START.match(text):
        return Format.FEED
    if _PAGE_START.match(text) or (proposed is Format.PAGE and _TAG.search(text)):
        return Format.PAGE
    if _is_mail(text, proposed):
        return Format.MAIL
    if _is_json(text, proposed):
        return _which_json(text, proposed)
    if proposed in {Format.MARKDOWN, Format.TABLE}:
        return proposed
    if proposed in {Format.JSON, Format.JSON_LINES}:
        return Format.JSON_LINES  # its lines are broken: each is named
    return Format.TABLE if name == "-" and _is_table(text) else Format.TEXT


def _is_json(text: str, proposed: Format | None) -> bool:
    if proposed in {Format.JSON, Format.JSON_LINES}:
        return text.lstrip()[:1] in {"{", "["}
    return proposed is not Format.MARKDOWN and bool(_JSON_START.match(text))


def _which_json(text: str, proposed: Format | None) -> Format:
    """JSON Lines if the first line is a whole object; one document if it goes on over several lines."""
    first, newline, rest = text.lstrip().partition("\n")
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = False
    if whole:
        return Format.JSON_LINES
    if first.startswith("["):
        return Format.JSON
    # A first line cut by the look-ahead, or broken: lines that begin with a brace are JSON Lines.
    if not newline:
        return Format.JSON_LINES if proposed is Format.JSON_LINES else Format.JSON
    several = sum(line.startswith("{") for line in rest.split("\n")[:20])
    return Format.JSON_LINES if several or (proposed is Format.JSON_LINES and len(first) > 2) else Format.JSON


def _is_mail(text: str, proposed: Format | None) -> bool:
    names: list[str] = []
    lines = text[:8000].split("\n")
    if lines and lines[0].startswith("From ") and proposed is Format.MAIL:
        lines = lines[1:]
    for line in lines[:60]:
        if line[:1] in {" ", "\t"} and names:
            continue
        match = _HEADER.match(line)
        if not match:
            break
        names.append((match[1] or match[2]).lower())
    known = {n for n in names if n in _MAIL_ONLY or n in _MAIL_USUAL}
    if proposed is Format.MAIL:
        return bool(known)
    return proposed is None and len(known) >= 3 and bool(known & _MAIL_ONLY)


def _is_table(text: str) -> bool:
    from onrecord.inputs.fields import known_columns
    from onrecord.inputs.tables import delimiter_of

    first = text.split("\n", 1)[0].strip()
    if "\n" not in text or len(first) > 2000:
        return False
    return len(known_columns(first.replace('"', "").split(delimiter_of(first)))) >= 2
