"""A saved web page as a draft: its running text by trafilatura, its facts from what the page states of itself.

The text is extracted, so ``offsets`` map it back to the decoded source. Stated metadata (JSON-LD, Open Graph, ``meta``,
``time``) comes first; a date is never read from the running text here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import InputError
from onrecord.inputs import dates, fields
from onrecord.inputs.alignment import align
from onrecord.inputs.build import Draft

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_SAVED_FROM = re.compile(r"(?:saved from url=\(\d{1,6}\)|\burl:\s{1,4})(https?://[^\s<>\"]{4,2000})")
_LOCAL = re.compile(r"/|stdin:|[A-Za-z]:/")  # an address that only says where the bytes lay
_MOST_SCRIPTS = 30
_LONGEST_SCRIPT = 1_000_000
_DEEPEST = 6
_LARGEST_PAGE = 5_000_000  # characters; news pages are a tenth of it
_MOST_TAGS = 60_000  # the extraction's time grows with them, not with the size
_MANY_TAGS = 20_000  # above this, without its second opinions
_ARTICLE = re.compile(r"Article|Report|Posting")
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "date", "cxenseparse:recs:publishtime", "ptime",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "utime",
)
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "article:publisher", "cre", "publisher")
_BYLINE = ("author", "byl", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")


@dataclass(frozen=True)
class _Facts:
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    address: str | None = None


def declared_charset(head: bytes) -> str | None:
    """The charset a page names for itself near its start."""
    match = _CHARSET.search(head[:4096]) or _XML_CHARSET.match(head)
    return match[1].decode("ascii") if match else None


def fill(draft: Draft, source: str) -> Draft:
    """The draft with the page's text and, where the draft has none, what the page states of itself.

    Raises:
        InputError: if the page has no running text, or is too large or too deeply nested to be taken apart.
    """
    if len(source) > _LARGEST_PAGE:
        raise InputError(
            draft.file, f"this page is larger than {_LARGEST_PAGE // 1_000_000} million characters: save its text"
        )
    tags = source.count("<")
    if tags > _MOST_TAGS:
        raise InputError(draft.file, f"this page has {tags:,} tags, more than any report needs: save its text")
    tree = _tree(source, draft.file)
    facts = _facts(tree, source)
    text = _extract(source, draft.file)
    local = bool(_LOCAL.match(draft.address))
    return replace(
        draft,
        text=text,
        offsets=align(text, source),
        address=facts.address or draft.address if local else draft.address,
        title=draft.title or facts.title,
        outlet=draft.outlet or facts.outlet,
        byline=draft.byline or facts.byline,
        published=draft.published or facts.published,
        updated=draft.updated or facts.updated,
    )


def _tree(source: str, file: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # Bytes, because lxml refuses text that declares an encoding of its own.
        parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        return document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise InputError(file, "this page cannot be taken apart: open it in a browser and save its text") from error


def _extract(source: str, file: str) -> str:
    from lxml import etree
    from trafilatura import bare_extraction

    try:
        fast = source.count("<") > _MANY_TAGS
        found = bare_extraction(source, include_comments=False, include_tables=True, with_metadata=False, fast=fast)
    except (
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        AssertionError,
        RecursionError,
    ) as error:
        reason = (
            f"the text of this page cannot be found ({type(error).__name__}): open it in a browser and save its text"
        )
        raise InputError(file, reason) from error
    text = (found.get("text") if isinstance(found, dict) else getattr(found, "text", None)) or ""
    if not text.strip():
        raise InputError(file, "no running text is found in this page: open it in a browser and save its text")
    return str(text)


# --- what the page states of itself ---


def _facts(tree: Any, source: str) -> _Facts:
    linked = next(_articles(tree), {})
    stated = _metas(tree)
    title = _plain(linked.get("headline")) or _first(stated, _TITLE) or _heading(tree)
    outlet = _plain(linked.get("publisher")) or _first(stated, _OUTLET)
    published = (
        _date(linked.get("datePublished")) or _stated_date(stated, _PUBLISHED) or _time(tree) or _page_date(tree)
    )
    updated = _date(linked.get("dateModified")) or _stated_date(stated, _UPDATED)
    return _Facts(
        title=_without_site(title, outlet),
        outlet=None if outlet and outlet.startswith("http") else outlet,
        byline=_people(linked.get("author")) or _people(_first(stated, _BYLINE)),
        published=published,
        updated=updated if updated != published else None,
        address=_address(tree, stated, linked, source),
    )


def _plain(value: Any) -> str | None:
    found = fields.words(value)
    return found[:1000] if found else None


def _people(value: Any) -> str | None:
    found = _plain(value)
    if not found or "://" in found:
        return None
    return re.sub(r"^by\s+", "", found, flags=re.I) or None


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    scripts = tree.xpath('//script[contains(@type, "ld+json")]')
    for script in scripts[:_MOST_SCRIPTS]:
        body = script.text or ""
        if len(body) > _LONGEST_SCRIPT:
            continue
        try:
            value = json.loads(body.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(value, 0)


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value[:200]:
            yield from _nodes(inner, depth + 1)
    elif isinstance(value, dict):
        kind = fields.words(value.get("@type")) or ""
        if _ARTICLE.search(kind):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if isinstance(value.get(name), (list, dict)):
                yield from _nodes(value[name], depth + 1)


def _metas(tree: Any) -> dict[str, str]:
    stated: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]")[:500]:
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if name and content:
            stated.setdefault(name.strip().lower(), content[:2000])
    return stated


def _first(stated: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((" ".join(stated[n].split()) for n in names if n in stated), None)


def _date(value: Any) -> str | None:
    return value if isinstance(value, str) and dates.stamp(value, "field") else None


def _stated_date(stated: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((stated[n] for n in names if n in stated and dates.stamp(stated[n], "field")), None)


def _time(tree: Any) -> str | None:
    for node in tree.xpath(
        '//*[@itemprop="datePublished"]|//time[@pubdate]|//article//time[@datetime]|//header//time[@datetime]'
    )[:5]:
        for value in (node.get("datetime"), node.get("content"), " ".join(node.itertext())[:100]):
            if value and dates.stamp(value, "field"):
                return str(value)
    return None


def _page_date(tree: Any) -> str | None:
    """htmldate on the page's head alone: its patterns for addresses and metadata, none of its guesses from the text."""
    from copy import deepcopy

    from htmldate import find_date
    from lxml import etree
    from lxml.html import document_fromstring

    heads = tree.xpath("//head")
    if not heads:
        return None
    try:
        alone = document_fromstring("<html><body></body></html>")
        alone.insert(0, deepcopy(heads[0]))
        found = find_date(alone, extensive_search=False, original_date=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, IndexError, OverflowError):
        return None
    return found if isinstance(found, str) and dates.stamp(found, "field") else None


def _heading(tree: Any) -> str | None:
    headings = tree.xpath("//h1")
    if len(headings) == 1:
        words = " ".join(" ".join(headings[0].itertext()).split())
        if words:
            return words[:1000]
    title = tree.find(".//title")
    return " ".join((title.text or "").split())[:1000] or None if title is not None else None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """``Bridge opens | The Harven Post`` without the site's own name."""
    if not title:
        return None
    for mark in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, found, tail = title.rpartition(mark)
        if found and head and outlet and fields.fold(tail) == fields.fold(outlet):
            return head.strip()
    return title


def _address(tree: Any, stated: dict[str, str], linked: dict[str, Any], source: str) -> str | None:
    canonical = tree.xpath('//link[translate(@rel, "CANOIL", "canoil")="canonical"]/@href')
    page = linked.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    saved = _SAVED_FROM.search(source[:4000])
    for candidate in (*canonical[:2], stated.get("og:url"), page, linked.get("url"), saved[1] if saved else None):
        if isinstance(candidate, str) and _is_page_address(candidate.strip()):
            return candidate.strip()
    return None


def _is_page_address(address: str) -> bool:
    """An address of one page: a site's front page, which some pages name as their canonical, is none."""
    match = re.match(r"https?://[^/\s?#]{3,200}(/[^\s]{0,2000})?$", address)
    return bool(match and match[1] and match[1].strip("/"))
