"""Ids and text: how ids are made, spans, stamps, and the report itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from onrecord.model.words import PartKind

CONTRACT_VERSION = 1
ID_VERSION = 1
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_BASE32 = [one + two for one in _DIGITS for two in _DIGITS]  # of RFC 4648, two characters at once


def now() -> datetime:
    return datetime.now(UTC)


def make_id(prefix: str, *parts: Any) -> str:
    """An id from canonical content: ``prefix`` and 16 characters of base32 (80 bits of SHA-256)."""
    canonical = _CANONICAL.encode([ID_VERSION, prefix, *parts])
    number = int.from_bytes(hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()[:10])
    return prefix + "".join([_BASE32[number >> shift & 1023] for shift in range(70, -1, -10)])


def global_id(report: str, local: str) -> str:
    """The ledger-wide id of something found in one report: ``r….v3``."""
    return f"{report}.{local}"


@dataclass(frozen=True, slots=True)
class Span:
    """Code-point offsets, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A span that carries its text, so that it can be shown without the report."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment or day as stated, and the interval it can mean (UTC)."""

    value: str  # ISO 8601, to the precision known: 2025-01-28 or 2025-01-28T20:38:00+02:00
    original: str  # as written
    origin: str  # field, text, option, file, inferred
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A recognised stretch of the text that is not body."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as published once. ``text`` is never altered; for plain text it is the decoded file."""

    id: str
    address: str  # where it was published or, failing that, read from
    text: str
    file: str = ""  # where the bytes came from: path, path!member, path#line
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None  # the dateline as written
    published: Stamp | None = None
    updated: Stamp | None = None
    language: str = "en"  # ISO 639-1, "und" if undetermined
    credits: tuple[str, ...] = ()  # agencies and outlets the report itself credits
    parts: tuple[Part, ...] = ()
    offsets: tuple[tuple[int, int, int], ...] = ()  # (start in text, start in the decoded source, length), if cleaned


def report_id(
    address: str, text: str, title: str | None, outlet: str | None, published: str | None, updated: str | None
) -> str:
    """Same address and content: same id. Another content or metadata at the address is a revision, with its own id."""
    return make_id("r", address, text, title, outlet, published, updated)


def mark_boilerplate(report: Report, spans: Iterable[Span]) -> Report:
    """The report with these stretches marked as its outlet's boilerplate, where nothing is marked yet."""
    free = [
        Part(PartKind.BOILERPLATE, span.start, span.end)
        for span in spans
        if not any(p.start < span.end and span.start < p.end for p in report.parts)
    ]
    if not free:
        return report
    return replace(report, parts=tuple(sorted((*report.parts, *free), key=lambda p: (p.start, p.end))))
