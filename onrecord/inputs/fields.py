"""Field names found in the wild, and what they mean for a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

TEXT = ("text", "body", "content", "maintext", "articletext", "article", "fulltext", "articlebody", "bodytext", "story",
        "cleanedtext", "plaintext", "fullcontent", "textcontent", "articlecontent")  # fmt: skip
HTML = ("html", "contenthtml", "bodyhtml", "rawhtml", "contentencoded")
SUMMARY = ("description", "summary", "abstract", "lead", "snippet")
TITLE = ("title", "headline", "titel", "articletitle", "subject")
ADDRESS = ("address", "url", "link", "sourceurl", "articleurl", "canonicalurl", "weburl", "permalink", "guid", "uri")
IDENTITY = ("id", "docid", "articleid", "documentid", "uuid")
PUBLISHED = ("published", "publishedat", "datepublish", "datepublished", "pubdate", "publishdate", "publicationdate",
             "publishedon", "publisheddate", "dateofpublication", "pubtime", "publishtime", "date", "datetime", "dct",
             "timestamp", "created", "createdat", "firstpublished")  # fmt: skip
UPDATED = (
    "updated",
    "updatedat",
    "modified",
    "modifiedat",
    "datemodify",
    "datemodified",
    "lastmodified",
    "lastupdated",
)
OUTLET = ("outlet", "source", "sourcename", "sourcedomain", "publisher", "site", "sitename", "publication", "newspaper",
          "domain", "medium", "feed")  # fmt: skip
BYLINE = ("byline", "author", "authors", "creator", "writer", "reporter")
LANGUAGE = ("language", "lang", "locale")
_KNOWN = frozenset(
    (*TEXT, *HTML, *SUMMARY, *TITLE, *ADDRESS, *IDENTITY, *PUBLISHED, *UPDATED, *OUTLET, *BYLINE, *LANGUAGE)
)
_FOLD = re.compile(r"[^a-z0-9]+")
_MOST_NAMES = 30


def fold(name: object) -> str:
    """A field's name without case, spaces and underscores: ``date_publish`` and ``datePublish`` are one."""
    return _FOLD.sub("", str(name)[:200].lower())


def known_columns(names: Iterable[str]) -> set[str]:
    return {f for f in map(fold, names) if f in _KNOWN}


def names_in_words(names: Iterable[object]) -> str:
    """Field names for a message, bounded."""
    listed = [str(n)[:40] for n in names if n is not None]
    more = f" and {len(listed) - _MOST_NAMES} more" if len(listed) > _MOST_NAMES else ""
    return (", ".join(listed[:_MOST_NAMES]) or "none") + more


def folded(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row under folded names; the first of two that fold alike counts."""
    result: dict[str, Any] = {}
    for name, value in row.items():
        if name is not None:
            result.setdefault(fold(name), value)
    return result


def first(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The first field with something in it."""
    for name in names:
        value = row.get(name)
        if value is not None and value != "" and value != [] and value != {} and not _blank(value):
            return value
    return None


def _blank(value: Any) -> bool:
    return isinstance(value, str) and (not value.strip() or value.strip().lower() in {"none", "null", "nan", "n/a"})


def words(value: Any, joint: str = ", ") -> str | None:
    """A value as one string: of an object its name, of a list its members."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        inner = folded(value)
        return words(first(inner, ("name", "title", "displayname", "domain", "id", "url"))) if inner else None
    if isinstance(value, list):
        parts = [p for p in (words(v) for v in value[:50] if not isinstance(v, list)) if p]
        return joint.join(dict.fromkeys(parts)) or None
    return None


def running_text(value: Any) -> str | None:
    """A text field unchanged; paragraphs given as a list are joined by a blank line."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return "\n\n".join(value)
    if isinstance(value, Mapping):
        inner = folded(value)
        return running_text(first(inner, (*TEXT, "value", "rendered")))
    return None
