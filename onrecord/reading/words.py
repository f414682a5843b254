"""A report's tokens as plain lists, read out of spaCy once, and the working records of entities and mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.model import EntityType, PartKind
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.strings import StringStore

_KEY = "onrecord_words"
QUIET_PARTS = frozenset({PartKind.BYLINE, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.UPDATE, PartKind.DATELINE})


class Words:
    """Parallel lists, one item a token. ``sentence`` is the index into ``page.sentences``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        doc = page.doc
        columns = doc.to_array(["ORTH", "IDX", "POS", "TAG", "DEP", "HEAD"]).reshape(-1, 6).T
        known = doc.vocab.strings
        orth, start, pos, tag, dep = (column.tolist() for column in columns[:5])
        self.text = strings_of(known, orth)
        self.lower = [t.lower() for t in self.text]
        self.start: list[int] = start
        self.pos: list[str]
        self.tag: list[str]
        self.dep: list[str]
        self.pos, self.tag, self.dep = (strings_of(known, column) for column in (pos, tag, dep))
        self.head: list[int] = [i + h for i, h in enumerate(columns[5].astype("int64").tolist())]
        self.sentence = self._sentences()

    def _sentences(self) -> list[int]:
        found, index, spans = [], 0, self.page.sentences
        for start in self.start:
            while index + 1 < len(spans) and spans[index + 1].start <= start:
                index += 1
            found.append(index)
        return found

    def __len__(self) -> int:
        return len(self.text)

    def end(self, i: int) -> int:
        return self.start[i] + len(self.text[i])

    def joined(self, first: int, last: int) -> str:
        """The report's text from token ``first`` up to, not including, ``last``."""
        return self.page.text[self.start[first] : self.end(last - 1)] if last > first else ""

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.text) and self.text[i][:1].isupper()

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last-plus-one token of each sentence."""
        found = [(0, 0)] * max(1, len(self.page.sentences))
        for i, s in enumerate(self.sentence):
            first, last = found[s]
            found[s] = (i if last == 0 else first, i + 1)
        return found

    @cached_property
    def headlines(self) -> frozenset[int]:
        """Sentences in Title Case or CAPITALS, whose capitals and parse say little."""
        return frozenset(s for s, (first, last) in enumerate(self.bounds) if _headline(self.text[first:last]))

    @cached_property
    def quoted(self) -> list[bool]:
        """Is the token inside quotation marks? A paragraph's end closes a quote left open."""
        found, inside = [], False
        for text in self.text:
            if "\n" in text:
                inside = False
            elif text in ("“", "``"):
                inside = True
            elif text in ("”", "''"):
                inside = False
            elif text == '"':
                inside = not inside
            found.append(inside)
        return found


def strings_of(strings: StringStore, numbers: Sequence[int]) -> list[str]:
    """What spaCy's numbers stand for, each looked up once; 0 for nothing."""
    known = {n: strings[n] if n else "" for n in set(numbers)}
    return [known[n] for n in numbers]


def words_of(page: Page) -> Words:
    """The page's words, made once the sentences are known."""
    words = page.doc.user_data.get(_KEY)
    if words is None:
        words = page.doc.user_data[_KEY] = Words(page)
    assert isinstance(words, Words)
    return words


def _headline(words: list[str]) -> bool:
    if words[-1:] and words[-1] in (".", "!", "”", '"'):
        return False
    long = [w for w in words if len(w) > 3 and w.isalpha()]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)


@dataclass(eq=False, slots=True)
class Node:
    """An entity in the making."""

    name: str
    type: EntityType
    country: str | None = None
    sector: str | None = None
    gender: str | None = None  # m, f
    plural: bool = False
    roles: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)  # singular role words it was called by
    members: list[Node] = field(default_factory=list)
    named: bool = True
    leader: bool = False
    count: int = 0

    def add_role(self, role: str) -> None:
        if role and role.casefold() not in {r.casefold() for r in self.roles}:
            self.roles.append(role)


@dataclass(eq=False, slots=True)
class Found:
    """A mention in the making: tokens ``first`` up to ``last``; ``head`` is the token that names the thing."""

    first: int
    last: int
    head: int
    type: EntityType
    form: str = "name"
    core: str = ""  # the name without titles, or the description without its determiner
    title: str = ""
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    role: str | None = None  # singular role word
    leader: bool = False
    definite: bool = False
    owner: tuple[int, int] | None = None  # tokens of the possessor
    actor: bool = False  # a place that acts
    node: Node | None = None

    @property
    def key(self) -> str:
        return fold(self.core)


def fold(name: str) -> str:
    return name.casefold().replace("’", "'").replace(".", "").removeprefix("the ").strip()


__all__ = ["QUIET_PARTS", "Found", "Node", "Words", "fold", "strings_of", "words_of"]
