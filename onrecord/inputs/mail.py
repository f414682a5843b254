"""A mail as a draft: its text or page part, sender, subject, date, list and id."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from email.message import EmailMessage
from email.utils import parseaddr

from onrecord.errors import InputError
from onrecord.inputs.build import Draft
from onrecord.inputs.decode import bom_encoding, decode

_FAULTS = (
    OverflowError,
    ValueError,
    IndexError,
    AttributeError,
    KeyError,
    TypeError,
    LookupError,
    RecursionError,
    AssertionError,
    email.errors.MessageError,
)
_MOST_PARTS = 200
_MOST_BOUNDARIES = 100  # the library's time grows with lines times boundaries
_LONGEST_HEADER = 4000
_ENOUGH_WORDS = 40
_BOUNDARY = re.compile(rb"boundary\s?=", re.I)
_VIA = re.compile(r"\s+(?:from|at|of|via|\|)\s+|\s*[,|]\s+", re.I)


def read_mail(data: bytes, file: str, address: str) -> Draft:
    """The report a mail carries.

    Raises:
        InputError: if it has no readable text part.
    """
    if bom_encoding(data) == "utf-8":
        data = data[3:]
    if len(_BOUNDARY.findall(data)) > _MOST_BOUNDARIES:
        raise InputError(file, f"this mail has more than {_MOST_BOUNDARIES} nested parts: save its text instead")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except _FAULTS as error:
        raise InputError(
            file, f"this mail cannot be taken apart ({type(error).__name__}): save its text instead"
        ) from error
    plain, page = _parts(message, file)
    draft = Draft(
        file=file,
        address=_id(message) or address,
        text=plain or "",
        title=_subject(message),
        outlet=_outlet(message),
        byline=_writer(message),
        published=_header(message, "Date"),
        language=_header(message, "Content-Language"),
    )
    if plain is not None and (page is None or len(plain.split()) >= _ENOUGH_WORDS):
        return draft
    if page is not None:
        from onrecord.inputs.pages import fill

        return fill(draft, page)
    raise InputError(file, "this mail has no text part: save what it holds as a file of its own")


def _header(message: EmailMessage, name: str) -> str | None:
    """A header decoded; raw if the library stumbles over it."""
    raw = next((v for k, v in message.raw_items() if k.lower() == name.lower()), None)
    if raw is None or len(str(raw)) > _LONGEST_HEADER:
        return " ".join(str(raw)[:_LONGEST_HEADER].split()) if raw is not None else None
    try:
        value = message[name]
        return " ".join(str(value).split()) if value is not None else None
    except _FAULTS:
        return " ".join(str(raw).split())


def _id(message: EmailMessage) -> str | None:
    for name in ("Snapshot-Content-Location", "Content-Location"):
        place = _header(message, name)
        if place and place.startswith(("http://", "https://")):
            return place
    stated = (_header(message, "Message-ID") or "").strip().strip("<>").strip()
    return f"mid:{stated}" if stated and " " not in stated else None


def _subject(message: EmailMessage) -> str | None:
    subject = _header(message, "Subject")
    return re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*){1,5}", "", subject, flags=re.I) if subject else None


def _sender(message: EmailMessage) -> tuple[str, str]:
    try:
        return parseaddr(_header(message, "From") or "")
    except _FAULTS:
        return "", ""


def _outlet(message: EmailMessage) -> str | None:
    """The list's name, else the sender's: ``Jo Reed at The Post`` gives ``The Post``; else the sender's domain."""
    listed = re.match(r'"?([^"<]{2,100}?)"?\s*<', _header(message, "List-Id") or "")
    if listed:
        return listed[1].strip()
    name, sender = _sender(message)
    if name:
        return _VIA.split(name)[-1].strip(' "') or None
    return sender.rpartition("@")[2] or None


def _writer(message: EmailMessage) -> str | None:
    pieces = _VIA.split(_sender(message)[0], maxsplit=1)
    return pieces[0].strip(' "') if len(pieces) == 2 else None


def _parts(message: EmailMessage, file: str) -> tuple[str | None, str | None]:
    """The first plain and the first HTML part that are no attachments."""
    plain: str | None = None
    page: str | None = None
    try:
        for number, part in enumerate(message.walk()):
            kind = part.get_content_type()
            if number > _MOST_PARTS or (plain is not None and page is not None):
                break
            if part.is_multipart() or str(part.get("Content-Disposition", "")).lower().startswith("attachment"):
                continue
            if kind == "text/plain" and plain is None:
                plain = _content(part, file)
            elif kind in {"text/html", "application/xhtml+xml"} and page is None:
                page = _content(part, file)
    except _FAULTS as error:
        if plain is None and page is None:
            raise InputError(
                file, f"this mail cannot be taken apart ({type(error).__name__}): save its text instead"
            ) from error
    return plain, page


def _content(part: EmailMessage, file: str) -> str | None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    charset = part.get_param("charset")
    return decode(payload, file, str(charset) if charset else None)
