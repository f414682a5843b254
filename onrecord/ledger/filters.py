"""What a list or search is asked for, and the SQL conditions it means. Pure.

Conditions name these: ``r`` reports, ``e`` event mentions, ``c`` claims. A filter on what a report says holds for a
report if one event mention meets all of type, status, place and standing, and one claim all of holder, kind and stance.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from onrecord.ledger.codec import fold, micros
from onrecord.ledger.search_text import match_expression, terms
from onrecord.ledger.weighed import CONTRADICTED, kept_of


@dataclass(frozen=True, slots=True)
class Filter:
    """All that is given must hold. Names match whole words, whatever their case and accents.

    ``from_`` and ``to`` (inclusive) bound the publication of reports, the time of events, and when claims became known.
    """

    words: str | None = None  # words, "phrases", beginnings*, -without
    from_: datetime | None = None
    to: datetime | None = None
    outlet: str | None = None
    language: str | None = None
    entity: str | None = None
    type: str | None = None  # of the event: AGREE …; of the entity in lists of entities: person …
    mode: str | None = None
    status: str | None = None  # of the event according to its holder
    place: str | None = None  # name, or ISO 3166-1 alpha-3 country
    standing: str | None = None
    holder: str | None = None
    kind: str | None = None  # source kind
    stance: str | None = None
    quote: str | None = None  # direct, indirect, mixed
    story: str | None = None  # story id
    event: str | None = None  # event id
    report: str | None = None  # report id
    contested: bool | None = None  # events of more than one claim: only they can be contradicted
    contradicted: bool | None = None  # events that may have contradictions
    stood: str | None = None  # standing at ``as_of``; events of which it is not kept how they stood come too
    as_of: datetime | None = None

    def is_empty(self) -> bool:
        return all(getattr(self, f.name) is None for f in fields(self))


@dataclass
class Condition:
    """Parts of a WHERE and their values, in step."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values.extend(values)

    def nest(self, opening: str, inner: Condition, closing: str = ")") -> None:
        if inner.parts:
            self.add(f"{opening} {inner.text()}{closing}", *inner.values)

    def text(self) -> str:
        return " AND ".join(self.parts) if self.parts else "1"


def like(name: str) -> str:
    """A pattern for whole folded words in a padded column; folding leaves no wildcard."""
    return f"% {fold(name[:300])} %"


def name_query(name: str) -> str:
    """An FTS5 phrase for the index of names; empty if it holds no word."""
    return match_expression(terms('"' + name.replace('"', " ") + '"'))


def of_reports(asked: Filter, words: bool = True) -> Condition:
    """Conditions on ``r`` alone."""
    found = Condition()
    if words and asked.words is not None:
        expression = match_expression(terms(asked.words))
        if expression:
            found.add("r.sequence IN (SELECT rowid FROM search WHERE search MATCH ?)", expression)
        else:
            found.add("0")
    if asked.outlet is not None:
        found.add("r.outlet LIKE ? ESCAPE '\\'", "%" + _literal(asked.outlet) + "%")
    if asked.language is not None:
        found.add("r.language = ?", asked.language.lower())
    if asked.report is not None:
        found.add("r.id = ?", asked.report)
    if asked.story is not None:
        found.add(
            "r.id IN (SELECT member FROM cluster_members WHERE cluster ="
            " (SELECT number FROM clusters WHERE id = ? AND kind = 'story'))",
            asked.story,
        )
    return found


def of_publication(asked: Filter, found: Condition) -> None:
    if asked.from_ is not None:
        found.add("r.published_latest >= ?", micros(asked.from_))
    if asked.to is not None:
        found.add("r.published_earliest <= ?", micros(asked.to))
    if asked.as_of is not None:
        found.add("coalesce(r.published_earliest, r.appended) <= ?", micros(asked.as_of))


def of_entity(asked: Filter, found: Condition, column: str = "r.sequence") -> None:
    if asked.entity is None:
        return
    query = name_query(asked.entity)
    if query:
        found.add(
            f"{column} IN (SELECT n.report FROM entities n WHERE n.number IN"
            " (SELECT rowid FROM names WHERE names MATCH ?))",
            query,
        )
    else:
        found.add("0")


def of_events(asked: Filter, status: bool = True) -> Condition:
    """Conditions on ``e``."""
    found = Condition()
    if asked.type is not None:
        found.add("e.type = ? COLLATE NOCASE", asked.type)
    if asked.mode is not None:
        found.add("e.mode = ? COLLATE NOCASE", asked.mode)
    if status and asked.status is not None:
        found.add("e.status = ?", asked.status.lower())
    if asked.place is not None:
        found.add("(e.place LIKE ? OR e.country = ?)", like(asked.place), asked.place.upper())
    if asked.standing is not None:
        found.add("e.cluster IN (SELECT cluster FROM standings WHERE standing = ?)", asked.standing.lower())
    if asked.contested:
        found.add(
            "e.cluster IN (SELECT cluster FROM standings WHERE claims > 1 UNION ALL SELECT cluster FROM unweighed)"
        )
    if asked.contradicted:
        found.add(f"e.cluster IN ({CONTRADICTED})")
    if asked.stood is not None:
        query, values = kept_of(asked.stood, asked.as_of)
        found.add(f"e.cluster IN ({query})", *values)
    if asked.event is not None:
        found.add("e.cluster = (SELECT number FROM clusters WHERE id = ? AND kind = 'event')", asked.event)
    return found


def of_claims(asked: Filter) -> Condition:
    """Conditions on ``c`` that tell one claim from another of the same event."""
    found = Condition()
    if asked.holder is not None:
        found.add("c.holder LIKE ?", like(asked.holder))
    if asked.kind is not None:
        found.add("c.kind = ?", asked.kind.lower())
    if asked.stance is not None:
        found.add("c.stance = ?", asked.stance.lower())
    return found


def of_sayings(asked: Filter) -> Condition:
    """Conditions on attributions ``a``."""
    found = Condition()
    if asked.holder is not None:
        found.add("a.source LIKE ?", like(asked.holder))
    if asked.kind is not None:
        found.add("a.kind = ?", asked.kind.lower())
    if asked.stance is not None:
        found.add("a.stance = ?", asked.stance.lower())
    if asked.quote is not None:
        found.add("a.quote = ?", asked.quote.lower())
    return found


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
