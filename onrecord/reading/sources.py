"""Who a source is: its kind, number, affiliation, the reason for its not being named, and through whom it was heard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.model import Entity, EntityType, Mention, SourceKind, Span
from onrecord.reading.attribution_draft import source_words, trimmed
from onrecord.reading.attribution_naming import REASON
from onrecord.reading.attribution_syntax import head_of
from onrecord.reading.page import Page
from onrecord.reading.roles import given_names
from onrecord.reading.words import QUIET_PARTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_FROM = frozenset({"from", "by", "for", "on"})
_TOLD = frozenset({"tell", "inform", "brief"})
_HEARD_BY = frozenset({"to", "with", "by", "on", "for", "from", "in"})


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an attribution's source; ``mention`` is what it resolves through."""

    kind: SourceKind
    entity: str | None = None
    number: str = "one"
    affiliation: str | None = None
    anonymity_reason: str | None = None


@lru_cache(maxsize=1)
def _outlet_names() -> re.Pattern[str]:
    names = sorted(source_words()["outlet_names"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in names) + r")\b")


def is_outlet(name: str) -> bool:
    """Does a name look like a news outlet's: known, or ending in a word that papers and agencies end in?"""
    words = source_words()
    stripped = re.sub(r"['’]s$", "", name.strip())
    if not stripped:
        return False
    if _outlet_names().search(stripped):
        return True
    parts = [part for part in stripped.split() if part.lower() != "the"]
    if len(parts) < 2 and parts == stripped.split():
        return False
    if parts[-1] in {"Agency", "Service"}:
        return len(parts) > 1 and parts[-2] in {"News", "Press", "Information", "Wire"}
    return parts[-1] in words["outlet_endings"] or (len(parts) > 1 and parts[0].lower() in words["outlet_openings"])


def source_of(page: Page, spans: tuple[Span, ...], cue: tuple[Span, ...]) -> Source:
    """Kind, entity, number, affiliation and reason for anonymity of the source at these spans."""
    if not spans:
        return Source(SourceKind.UNNAMED)
    tokens = [t for s in spans for t in page.tokens(s.start, s.end)]
    if not tokens:
        return Source(SourceKind.UNNAMED)
    head = head_of(tokens)
    mention = mention_for(page, spans[0], head)
    entity = page.entity(mention.entity) if mention else None
    kind = kind_of(page, spans[0], head, mention, entity)
    if (kind is SourceKind.OUTLET or head.lower_ == "paper") and head.tag_ == "NN" and _definite(head):
        outlet = _outlet_before(page, head)
        if outlet is not None:
            kind, entity = SourceKind.OUTLET, outlet
    number = _number(head, tokens, entity)
    if kind is not SourceKind.UNNAMED:
        return Source(kind, entity.id if entity else None, number)
    return Source(
        kind,
        entity.id if entity else None,
        number,
        _affiliation(page, spans[0], head),
        anonymity_reason(page, spans, cue),
    )


def mention_for(page: Page, span: Span, head: Token) -> Mention | None:
    """The mention that a source stands for: the one at its head, else the page's choice for the span."""
    at_head = [
        m
        for m in page.mentions_near(head.idx, head.idx)
        if m.start <= head.idx < m.end and m.end <= span.end + 3 and m.start >= span.start - 4
    ]
    if at_head:
        return max(at_head, key=lambda m: (min(m.end, span.end) - max(m.start, span.start), m.end - m.start))
    found = page.mention_of(span.start, span.end)
    return None if found is not None and _beside_another(page, found, head) else found


def _beside_another(page: Page, mention: Mention, head: Token) -> bool:
    """ "people near Piet Maas": the person named below a preposition is not the one who speaks."""
    entity = page.entity(mention.entity)
    if entity is None or entity.type is not EntityType.PERSON or mention.start < head.idx:
        return False
    tokens = page.tokens(mention.start, mention.end)
    up = head_of(tokens) if tokens else head
    while up.i != head.i and up.head.i != up.i:
        up = up.head
        if up.dep_ == "prep":
            return True
    return False


def kind_of(page: Page, span: Span, head: Token, mention: Mention | None, entity: Entity | None) -> SourceKind:
    """named, office, unnamed, outlet or document, by the source's head noun, name and entity."""
    words = source_words()
    text = page.text[span.start : span.end]
    lemma = head.lemma_.lower()
    named = entity is not None and _named_person(entity)
    if head.pos_ == "PRON" and head.lower_ in {"i", "we", "you", "who", "that", "which"} and entity is None:
        return _of_antecedent(page, head)
    if head.pos_ == "PRON":
        return _of_entity(entity)
    if lemma in words["news_documents"] and (_has_outlet(page, span) or _proper_modifier(head)):
        return SourceKind.OUTLET
    if head.pos_ == "PROPN" and is_outlet(text) and (_takes_article(text) or not _given(text)):
        return SourceKind.OUTLET
    if head.pos_ != "PROPN" and _is_document(head):
        return SourceKind.DOCUMENT
    if named and mention is not None and (mention.form == "name" or lemma not in words["unnamed"] or _definite(head)):
        return SourceKind.NAMED
    if named and entity is not None and any(_names(m, span, entity) for m in page.mentions_near(span.start, span.end)):
        return SourceKind.NAMED
    if _own_name(head):
        return SourceKind.NAMED
    if head.pos_ == "PROPN" and is_outlet(text):
        return SourceKind.OUTLET
    if _is_press(head, text):
        return SourceKind.UNNAMED if _vague_press(page, span, head) else SourceKind.OUTLET
    if lemma in words["offices"] or head.lower_ in words["offices"]:
        return SourceKind.OFFICE
    if head.pos_ != "PROPN" and (lemma in words["unnamed"] or head.pos_ in {"ADJ", "NUM"}):
        return SourceKind.UNNAMED
    if entity is not None and entity.type in {EntityType.ORGANISATION, EntityType.OFFICE, EntityType.PLACE}:
        return SourceKind.OFFICE
    if head.pos_ == "PROPN":
        return SourceKind.OFFICE if head.ent_type_ in {"ORG", "GPE", "NORP"} else SourceKind.NAMED
    return SourceKind.UNNAMED


def _definite(head: Token) -> bool:
    """ "the minister", "their lawyer": one already known."""
    return any((c.dep_ == "det" and c.lower_ in _DEFINITE) or c.dep_ == "poss" for c in head.lefts)


def _outlet_before(page: Page, head: Token) -> Entity | None:
    """The outlet that "the paper" or "the agency" stands for: the one named last before it."""
    named = [
        m
        for m in page.mentions
        if m.form == "name" and m.end <= head.idx and is_outlet(m.text) and page.part_at(m.start) not in QUIET_PARTS
    ]
    return page.entity(max(named, key=lambda m: m.end).entity) if named else None


def _names(mention: Mention, span: Span, entity: Entity) -> bool:
    """Does a mention inside the span give the entity's name: "a lawyer, Piet Maas"?"""
    return mention.form == "name" and mention.entity == entity.id and span.start <= mention.start < span.end


def _takes_article(text: str) -> bool:
    """ "the Courier", "Radio Tarnow", "CNN": no person's name is made like this."""
    first = text.split()[0].lower() if text.split() else ""
    return first == "the" or first in source_words()["outlet_openings"] or _outlet_names().search(text) is not None


def _given(text: str) -> bool:
    """Does a name begin as a person's does: "Emily Post", not "Kestrel Wire"?"""
    first = text.split()[0].casefold().rstrip(".") if text.split() else ""
    return first in given_names() or len(first) == 1


def _is_document(head: Token) -> bool:
    """A paper or a record; "figures" only where they come from somewhere, other figures being people."""
    words = source_words()
    forms = {head.lemma_.lower(), head.lower_}
    if not forms & (words["documents"] | words["news_documents"]):
        return False
    if not forms & words["unnamed"]:
        return True
    return any(c.lower_ in _FROM or (c.dep_ == "acl" and c.tag_ == "VBN") for c in head.rights) or not any(
        c.dep_ in {"amod", "prep"} for c in head.children
    )


def _is_press(head: Token, text: str) -> bool:
    """A word for an outlet; an agency or a service only one of news."""
    words = source_words()
    forms = {head.lemma_.lower(), head.lower_}
    if head.lemma_.lower() in {"agency", "service"}:
        return any(c.lower_ in {"news", "press", "wire"} for c in head.lefts)
    return bool(forms & words["outlet_words"]) and (head.pos_ != "PROPN" or "news" in text.lower())


def _vague_press(page: Page, span: Span, head: Token) -> bool:
    """ "local media", "television stations": some outlets, none of them named or spoken of before."""
    several = head.tag_ in {"NNS", "NNPS"} or head.lower_ == "media"
    named = any(t.pos_ == "PROPN" for t in page.tokens(span.start, span.end))
    return several and not named and not _definite(head)


def _named_person(entity: Entity) -> bool:
    return entity.type is EntityType.PERSON and any(part[:1].isupper() for part in entity.name.split())


def _own_name(head: Token) -> bool:
    """Is the head part of a person's name, or does an apposition name it: "spokeswoman Ana Bell"?"""
    names = [head, *(c for c in head.children if c.dep_ in {"appos", "compound", "nmod"} and c.pos_ == "PROPN")]
    return any(t.ent_type_ == "PERSON" for t in names if t == head or t.dep_ == "appos")


def _of_entity(entity: Entity | None) -> SourceKind:
    if entity is None:
        return SourceKind.UNNAMED
    if _named_person(entity):
        return SourceKind.NAMED
    if entity.type is EntityType.ORGANISATION and is_outlet(entity.name):
        return SourceKind.OUTLET
    if entity.type in {EntityType.ORGANISATION, EntityType.OFFICE}:
        return SourceKind.OFFICE
    return SourceKind.UNNAMED


def _of_antecedent(page: Page, head: Token) -> SourceKind:
    """A relative pronoun's kind is that of the noun its clause belongs to; a bare "I" or "you" is nobody named."""
    clause = head.head
    if head.lower_ in {"who", "that", "which"} and clause.dep_ == "relcl" and clause.head.i < head.i:
        noun = clause.head
        at = Span(noun.left_edge.idx, noun.idx + len(noun))
        mention = mention_for(page, at, noun)
        entity = page.entity(mention.entity) if mention else None
        if noun.pos_ in {"NOUN", "PROPN"}:
            return kind_of(page, at, noun, mention, entity)
    return SourceKind.UNNAMED


def _has_outlet(page: Page, span: Span) -> bool:
    return _outlet_names().search(page.text, span.start, span.end) is not None


def _proper_modifier(head: Token) -> bool:
    return any(c.pos_ == "PROPN" and c.dep_ in {"compound", "poss", "nmod"} for c in head.lefts)


def _number(head: Token, tokens: list[Token], entity: Entity | None) -> str:
    plural = head.tag_ in {"NNS", "NNPS"} or head.lower_ in source_words()["plural_words"]
    joined = any(c.dep_ == "conj" and c in tokens for c in head.children)
    return "several" if plural or joined or (entity is not None and entity.plural and head.pos_ == "PRON") else "one"


def _affiliation(page: Page, span: Span, head: Token) -> str | None:
    """What is said of an unnamed source besides that it is one: "a senior Western European security source"."""
    if head.pos_ == "PRON" and not list(head.children):
        return None
    end = span.end
    for child in head.rights:
        asked = child.lemma_.lower() in {"speak", "ask", "decline", "request", "refuse", "insist"}
        if asked and child.dep_ in {"relcl", "acl"} and child.left_edge.idx < span.end:
            end = min(end, child.left_edge.idx)
    said = trimmed(page.text, span.start, end)
    tokens = page.tokens(said.start, said.end) if said else []
    content = [t for t in tokens if t.pos_ in {"NOUN", "PROPN", "ADJ"} and t.i != head.i]
    return page.text[said.start : said.end] if said and content else None


def anonymity_reason(page: Page, spans: tuple[Span, ...], cue: tuple[Span, ...]) -> str | None:
    """The stated reason for not being named, in the source's sentence: "because they were not allowed to speak"."""
    places = [*spans, *cue]
    first = page.sentences[page.sentence_at(min(s.start for s in places))]
    last = page.sentences[page.sentence_at(max(s.start for s in places))]
    match = REASON.search(page.text, first.start, min(last.end, first.start + 2000))
    return match.group(1).strip(" ,") if match else None


def via_of(page: Page, cue: tuple[Span, ...], source: tuple[Span, ...], content: tuple[Span, ...]) -> Span | None:
    """The outlet that a source spoke to or through: "told CNN", "in an interview with the Daily Post"."""
    held = [*source, *content]
    for span in cue:
        for token in page.tokens(span.start, span.end):
            for child in token.children:
                noun = _hearer(token, child)
                if noun is None:
                    continue
                at = Span(noun.left_edge.idx, noun.idx + len(noun))
                if any(h.start <= at.start < h.end for h in held):
                    continue
                if is_outlet(page.text[at.start : at.end]) or _outlet_names().search(page.text, at.start, at.end):
                    return trimmed(page.text, at.start, at.end)
    return None


def _hearer(cue: Token, child: Token) -> Token | None:
    """The noun that names who heard it: the one told, or that of a phrase, one level in ("in an interview with X")."""
    if child.dep_ in {"dobj", "dative", "pobj"} and cue.lemma_.lower() in _TOLD | {
        "interview",
        "statement",
        "to",
        "with",
    }:
        return child
    if child.dep_ not in {"prep", "dative"} or child.lower_ not in _HEARD_BY:
        return None
    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun is None:
        return None
    inner = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"with", "to", "on"}), None)
    deeper = next((c for c in inner.children if c.dep_ == "pobj"), None) if inner is not None else None
    return deeper if deeper is not None else noun
