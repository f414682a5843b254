"""How facts become bytes and rows, and back. Each stored body begins with a byte that tells its format."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar, cast

import msgspec

from onrecord.model import (
    Attribution,
    Claim,
    Entity,
    EventMention,
    Mention,
    Origin,
    Part,
    PlaceMention,
    Reading,
    Report,
    Span,
    Stamp,
    TimeMention,
)

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FORMAT = b"\x01"  # zlib over msgpack
_LEVEL = 3  # measured: level 6 costs twice the time for a twelfth less room


class UndecodableError(ValueError):
    """A stored body that is no body of ours: damage."""


# --- the shapes stored -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """The part of a reading that testimonies need."""

    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A reading without its report, its maker and whether it was analysed, which are columns."""

    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventMention, ...] = ()
    claims: tuple[Claim, ...] = ()


_BODY_FIELDS = tuple(f.name for f in fields(Body))


@dataclass(frozen=True, slots=True)
class Sayings:
    """The part of a reading that lists of attributions need."""

    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The part of a reading that origins need."""

    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What belongs to a report's text."""

    credits: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    offsets: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportOrigins:
    """The origins of one report's claims: each origin once, and which claim has which."""

    origins: tuple[Origin, ...] = ()
    claims: dict[str, int] = field(default_factory=dict)


# --- bytes -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _decoder(shape: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(shape)


_ENCODER = msgspec.msgpack.Encoder()


def pack(value: Any) -> bytes:
    """Bytes of any fact.

    Raises:
        UnicodeEncodeError: for text with lone surrogates, which no file can hold.
    """
    return _FORMAT + zlib.compress(_ENCODER.encode(value), _LEVEL)


def unpack(body: bytes, shape: type[T]) -> T:
    """The fact of these bytes.

    Raises:
        UndecodableError: if they are damaged.
    """
    value: T = decode(inflate(body), shape)
    return value


def inflate(body: bytes) -> bytes:
    if body[:1] != _FORMAT:
        raise UndecodableError(f"unknown format {body[:1]!r}")
    try:
        return zlib.decompress(body[1:])
    except zlib.error as error:
        raise UndecodableError(str(error)) from error


def decode(raw: bytes, shape: type[T]) -> T:
    try:
        value: T = _decoder(cast(Hashable, shape)).decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, OverflowError) as error:
        raise UndecodableError(str(error)) from error
    return value


def pack_text(text: str) -> bytes:
    return _FORMAT + zlib.compress(text.encode(), _LEVEL)


def unpack_text(body: bytes) -> str:
    try:
        return inflate(body).decode()
    except UnicodeDecodeError as error:
        raise UndecodableError(str(error)) from error


def pack_reading(reading: Reading) -> bytes:
    return pack({name: value for name in _BODY_FIELDS if (value := getattr(reading, name))})


def join_reading(report: Report, made_by: str, analysed: bool, note: str | None, body: bytes) -> Reading:
    stored = unpack(body, Body)
    found = {name: getattr(stored, name) for name in _BODY_FIELDS}
    return Reading(report=report, made_by=made_by, analysed=analysed, note=note, **found)


# --- columns ---------------------------------------------------------------------------------------------------


def micros(moment: datetime | None) -> int | None:
    """Microseconds since 1970 (UTC); a moment without a zone is taken as UTC."""
    if moment is None:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND


def moment(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(microseconds=value)


@lru_cache(maxsize=1024)  # what a run makes bears one moment
def certain_moment(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)


def stamp_columns(stamp: Stamp | None) -> tuple[Any, ...]:
    if stamp is None:
        return (None,) * 5
    return stamp.value, stamp.original, stamp.origin, micros(stamp.earliest), micros(stamp.latest)


def stamp_of(columns: Sequence[Any]) -> Stamp | None:
    value, original, origin, earliest, latest = columns
    if value is None:
        return None
    return Stamp(value, original, origin, certain_moment(earliest), certain_moment(latest))


def hashed(key: str) -> int:
    """63 bits that stand for a candidate key: of ten million keys two are the same in one ledger among 200,000."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


# Latin, Hebrew and Arabic marks; those of other scripts carry the vowels and stay.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670]+")
# Letters whose stroke or join is no mark that Unicode takes apart.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def plain(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    # Taking letters apart can bring capitals to light ("𝘈"), and folding case can leave letters to take apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return _MARKS.sub("", apart).translate(_LETTERS)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents and punctuation, words apart by one space: "Łódź's Mayor" → "lodz s mayor"."""
    return " ".join("".join(c if c.isalnum() else " " for c in plain(text)).split())


def padded(*texts: str | None) -> str:
    """Folded texts between bars and blanks, so that ``LIKE '% word %'`` finds whole words."""
    kept = dict.fromkeys(folded for text in texts if text and (folded := fold(text[:300])))
    return " " + " | ".join(kept) + " " if kept else ""


def source_name(attribution: Attribution, names: Mapping[str, str]) -> str:
    """A source's fullest name in its report, else its words; ``names`` by entity id."""
    return names.get(attribution.source_entity or "") or " ".join(s.text for s in attribution.source)
