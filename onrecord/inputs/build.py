"""From a draft – a text and what its fields say – to a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.errors import InputError, OptionError
from onrecord.inputs import dates, language
from onrecord.inputs.decode import one_to_one
from onrecord.inputs.layout import Hints, Layout, recognise
from onrecord.inputs.options import InputOptions
from onrecord.model import Report, Stamp, report_id

_LONGEST_FIELD = 1000


@dataclass(frozen=True)
class Draft:
    """A report on its way, values as its fields gave them: ``published`` and ``updated`` may be text or a number."""

    file: str
    address: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: object = None
    updated: object = None
    language: str | None = None
    offsets: tuple[tuple[int, int, int], ...] = ()
    markdown: bool = False


def build(draft: Draft, options: InputOptions) -> Report:
    """The report: options stand above fields, fields above what the text says.

    Raises:
        InputError: if the text is empty or nothing but boilerplate.
        OptionError: if an option cannot be understood.
    """
    text = one_to_one(draft.text)
    if not text.strip("\ufeff\u200b \t\r\n\v\f\u00a0"):
        raise InputError(draft.file, "it is empty: there is no text to read")
    title, outlet, byline = _field(draft.title), _field(options.outlet or draft.outlet), _field(draft.byline)
    published = option_stamp(options.published) or dates.stamp(draft.published, "field")
    layout = recognise(text, Hints(title, outlet, published, draft.markdown))
    if not layout.body:
        raise InputError(
            draft.file, "it is nothing but boilerplate (sign-ups, links, notices): save the report's own text"
        )
    updated = dates.stamp(draft.updated, "field") or layout.updated
    published = published or layout.published
    title, outlet = title or _field(layout.title), outlet or _field(layout.outlet)
    address = one_to_one(draft.address)
    return Report(
        id=report_id(address, text, title, outlet, _value(published), _value(updated)),
        address=address,
        text=text,
        file=one_to_one(draft.file),
        outlet=outlet,
        title=title,
        byline=byline or _field(layout.byline),
        dateline=layout.dateline,
        published=published,
        updated=updated,
        language=_language(draft, text, options),
        credits=_credits(layout, outlet),
        parts=layout.parts,
        offsets=draft.offsets,
    )


def _credits(layout: Layout, outlet: str | None) -> tuple[str, ...]:
    return tuple(one_to_one(c) for c in layout.credits if c or outlet)


def _field(value: str | None) -> str | None:
    if not value:
        return None
    return one_to_one(" ".join(value.split()))[:_LONGEST_FIELD] or None


def _value(known: Stamp | None) -> str | None:
    return known.value if known else None


def _language(draft: Draft, text: str, options: InputOptions) -> str:
    return option_language(options.language) or language.stated(draft.language) or language.detect(_body(text))


def _body(text: str) -> str:
    """The start of the text, from where letters begin."""
    return text.lstrip()[:6000]


@lru_cache(maxsize=8)
def option_stamp(value: str | None) -> Stamp | None:
    """
    Raises:
        OptionError: if this is no date, or one of two.
    """
    if value is None:
        return None
    found = dates.stamp(value, "option")
    if found is None or dates.day_of(found) is None:
        raise OptionError("published", f"{value!r} is no date: write it as 2025-12-01 or 2025-12-01T14:05+02:00")
    return found


@lru_cache(maxsize=8)
def option_language(value: str | None) -> str | None:
    """
    Raises:
        OptionError: if this is no language.
    """
    if value is None:
        return None
    found = language.stated(value)
    if found is None:
        raise OptionError("language", f"{value!r} is no language: write its code, such as en")
    return found


def front_matter(text: str) -> Mapping[str, str]:
    """The simple ``key: value`` lines between ``---`` at the head of a Markdown file."""
    lines = text[:8000].splitlines()
    if not lines or lines[0].strip() != "---":
        return {}
    fields: dict[str, str] = {}
    for line in lines[1:60]:
        if line.strip() == "---":
            return fields
        key, colon, value = line.partition(":")
        if colon and not line[:1].isspace():
            fields[key.strip()] = value.strip().strip("\"'")
    return {}
