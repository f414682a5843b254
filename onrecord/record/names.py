"""One person, one outlet under a long and a short name: "Ana Tolm" and "Tolm" who tell one event. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.model import Origin, SourceKind, Testimony
from onrecord.record.offices import under_name

_WORD = re.compile(r"\w[\w'’-]*")
_SPOKEN = r"spokes(?:man|woman|person|people|men)"
# "A spokesman for the navy", "the navy's spokeswoman", "a navy spokesperson": they say what the body says.
_SPEAKS_FOR = re.compile(rf"^(?:an? |the )?{_SPOKEN} (?:for|of) |(?:['’]s)? {_SPOKEN}$", re.IGNORECASE)
_BODIES = frozenset({SourceKind.OFFICE, SourceKind.NAMED})
_ARTICLES = frozenset({"a", "an", "local"})
Words = tuple[str, ...]


def one_name(testimonies: Sequence[Testimony]) -> list[Testimony]:
    """The testimonies, with those of a person or an outlet by a shorter name traced to the longer one.

    A person may be known more fully from another report of the event; "the Post" is whichever Post its own report
    names. Where two are as likely, nobody is meant.
    """
    people = {t.origin.key: t.origin for t in testimonies if t.origin.kind is SourceKind.NAMED}
    cited: dict[str, dict[str, Origin]] = {}
    for item in testimonies:
        if item.origin.kind is SourceKind.OUTLET:
            cited.setdefault(item.report.id, {})[item.origin.key] = item.origin
    return _one_body([_traced(t, people, cited) for t in testimonies])


def _one_body(testimonies: list[Testimony]) -> list[Testimony]:
    """Those of a body and of who speaks for it, not by name, as of one origin; an outlet's name is that outlet.

    Not where bodies of two lands are called so: "the foreign ministry".
    """
    known: dict[Words, Origin] = {}
    lands: dict[Words, set[str]] = {}
    for item in sorted(testimonies, key=lambda t: (t.origin.kind is not SourceKind.OUTLET, len(t.origin.name), t.id)):
        if item.origin.kind in _BODIES or item.origin.kind is SourceKind.OUTLET:
            name = _body(item.origin)
            known.setdefault(name, item.origin)
            lands.setdefault(name, set()).update(filter(None, [item.claim.holder.country]))
    one = {name: origin for name, origin in known.items() if len(lands[name]) < 2}
    return [under_name(t, one.get(_body(t.origin), t.origin)) if t.origin.kind in _BODIES else t for t in testimonies]


def _body(origin: Origin) -> Words:
    """The words of a body, without who speaks for it; the key of a person."""
    bare = _SPEAKS_FOR.sub("", origin.name)
    if origin.kind is SourceKind.NAMED and bare == origin.name:
        return ("named", origin.key)
    return tuple(w for w in _split(bare) if w not in _ARTICLES) or (origin.key,)


def _traced(item: Testimony, people: dict[str, Origin], cited: dict[str, dict[str, Origin]]) -> Testimony:
    origin = item.origin
    if origin.kind is SourceKind.OUTLET and not item.claim.holder.own_voice:
        full = _only(origin, cited[item.report.id], _ends)
    elif origin.kind is SourceKind.NAMED or (origin.kind is SourceKind.OFFICE and _is_surname(origin.name)):
        full = _only(origin, people, _is_short_for)
    else:
        return item
    if full is None:
        return item
    return replace(item, origin=replace(origin, key=full.key, name=full.name, kind=full.kind))


def _only(origin: Origin, known: dict[str, Origin], short_for: Callable[[Words, Words], bool]) -> Origin | None:
    """The longest of the names that it is short for, if these are all one; nothing if two could be meant."""
    mine = _words(origin)
    longer = [o for o in known.values() if o.key != origin.key and short_for(mine, _words(o))]
    if not longer:
        return None
    full = max(longer, key=lambda o: (len(_words(o)), o.key))
    alike = all(o is full or short_for(_words(o), _words(full)) for o in longer)
    return full if alike else None


def _is_short_for(short: Words, long: Words) -> bool:
    """A surname of a full name, or a full name without a middle name, an initial or a second surname."""
    if _ends(short, long):
        return True
    return 1 < len(short) < len(long) and short[0] == long[0] and all(word in long for word in short)


def _ends(short: Words, long: Words) -> bool:
    return 0 < len(short) < len(long) and long[-len(short) :] == short


def _is_surname(name: str) -> bool:
    """One word with a capital, and no initials: it may be a person whom the reading took for a body."""
    return len(name.split()) == 1 and name[:1].isupper() and not name.isupper()


def _words(origin: Origin) -> Words:
    return _split(origin.key.removeprefix("named:") if origin.kind is SourceKind.NAMED else origin.name)


@lru_cache(maxsize=8192)
def _split(name: str) -> Words:
    return tuple(w for w in _WORD.findall(name.casefold()) if w != "the")


__all__ = ["one_name"]
