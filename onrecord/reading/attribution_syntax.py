"""What the parse tells of a verb of saying: its subject, its agent, its cue, the stretch of its phrases and clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.model import EntityType, Span
from onrecord.reading.attribution_draft import cue_words, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKERS = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.OFFICE, EntityType.GROUP)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "prt"})
_OPEN_CLAUSES = frozenset({"acl", "advcl", "xcomp", "conj"})
HELD = frozenset({"ccomp", "dobj", "xcomp"})
MANNERS = frozenset({"statement", "interview", "email", "speech", "letter", "tweet", "post", "briefing", "address"})


def subtree(token: Token) -> Span:
    """The stretch from a token's leftmost to its rightmost descendant."""
    right = token.right_edge
    return Span(token.left_edge.idx, right.idx + len(right))


def noun_phrase(token: Token, text: str) -> Span | None:
    """A nominal with its titles and appositions, without a relative clause set off by a comma, or what follows it."""
    end = token.right_edge.i
    for child in token.rights:
        before = child.left_edge.nbor(-1) if child.left_edge.i else child
        loose = child.dep_ in {"relcl", "advcl", "parataxis", "ccomp"} or (child.dep_ == "acl" and before.text == ",")
        if (loose and before.text == ",") or child.dep_ in {"parataxis", "ccomp"}:
            end = before.i - 1 if before.is_punct else before.i
            break
    last = token.doc[max(end, token.i)]
    return trimmed(text, token.left_edge.idx, last.idx + len(last))


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the clause it shares one with."""
    seen = 0
    at = verb
    while seen < 6:
        own = next((c for c in at.children if c.dep_ in SUBJECTS or (c.dep_ == "poss" and at.tag_ == "VBG")), None)
        if own is not None:
            return own
        if at.dep_ == "conj" and at.head.dep_ == "ccomp" and second_saying(at.head) == at:
            at, seen = at.head.head, seen + 1
            continue
        if at.dep_ == "relcl" or (at.dep_ == "acl" and at.tag_ in ("VBG", "VBD")):  # "VBD": a main verb misread
            return at.head
        if at.dep_ == "pcomp" and at.head.lower_ == "as":  # "quoted her as saying": she says it
            return next((c for c in at.head.head.children if c.dep_ == "dobj"), None)
        if at.dep_ not in _OPEN_CLAUSES or at.head == at:
            return None
        at, seen = at.head, seen + 1
    return None


def is_as_told(verb: Token) -> bool:
    """Does a verb of saying stand in a clause with "as" that says where the news comes from?"""
    if verb.dep_ not in ("advcl", "acl") or (
        agent_of(verb) is None and not any(c.dep_ == "nsubj" for c in verb.children)
    ):
        return False
    first = verb.left_edge
    return first.lower_ == "as" and first.i >= verb.i - 12 and not any(c.dep_ in HELD for c in verb.children)


def second_saying(clause: Token) -> Token | None:
    """In "denied that A but confirmed that B": the second cue, where the parser hung it on the first one's content."""
    for other in clause.conjuncts:
        own = any(c.dep_ in SUBJECTS for c in other.children)
        if (
            other.i > clause.i
            and not own
            and other.lemma_ in saying()
            and any(c.dep_ == "ccomp" for c in other.children)
        ):
            return other
    return None


def before_conjunction(clause: Token, other: Token) -> Token:
    """Where a second cue's part begins: at the "and" or "but" before it."""
    joining = (c for c in clause.doc[clause.i : other.i] if c.dep_ == "cc" and c.i == other.left_edge.i - 1)
    return next(joining, other.left_edge)


def saying() -> frozenset[str]:
    return frozenset(cue_words()["saying"])


def agent_of(verb: Token) -> Token | None:
    """The noun of a passive's "by" phrase."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass", "agent"} for c in verb.children)


def cue_span(verb: Token) -> Span:
    """The verb with its auxiliaries, negation and particle, and "in a statement" where that follows at once."""
    first, last = verb.i, verb.i
    for child in verb.children:
        if child.dep_ in _AUXILIARIES or (child.dep_ == "advmod" and child.i == verb.i - 1):
            if child.i < first and verb.i - child.i <= 5 and not _crosses(child, verb):
                first = child.i
            elif child.i == last + 1 and child.dep_ in {"prt", "neg"}:
                last = child.i
        elif child.dep_ == "prep" and child.i == last + 1 and any(g.lemma_ in MANNERS for g in child.children):
            last = max(g.i for g in child.children if g.lemma_ in MANNERS)
    doc = verb.doc
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _crosses(child: Token, verb: Token) -> bool:
    """Does the subject stand between an auxiliary and its verb, as in questions?"""
    return any(t.dep_ in SUBJECTS for t in verb.doc[child.i : verb.i])


def finite(clause: Token) -> bool:
    """Has a clause a subject or a conjunction of its own?"""
    return any(c.dep_ in SUBJECTS or c.dep_ in {"mark"} for c in clause.children)


def marked(clause: Token) -> bool:
    """Does a clause open with "that", "whether", or a question word?"""
    first = clause.left_edge
    return first.lower_ in {"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"}


def fronted(clause: Token) -> bool:
    """Does a complement stand before its verb, set off by a comma: "The mine was unsafe, inspectors found"?"""
    subject = next((c for c in clause.head.children if c.dep_ in SUBJECTS), None)
    first = min(clause.head.i, subject.left_edge.i) if subject is not None else clause.head.i
    named = subject is not None and subject.lower_ not in ("i", "you")
    return named and clause.i < first and clause.doc[first - 1].text in (",", "”", '"')


def is_raised(verb: Token, child: Token) -> bool:
    """ "is said | to own", "are feared | dead": the complement of a passive without an agent."""
    if not any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or agent_of(verb) is not None:
        return False
    infinitive = child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.lefts)
    return child.i > verb.i and (infinitive or (child.dep_ == "oprd" and child.pos_ in ("ADJ", "VERB")))


def is_being_asked(verb: Token) -> bool:
    """ "Asked whether …, she said" is said of the one who answers; "was contacted for comment" is no saying."""
    if verb.tag_ != "VBN":
        return False
    if verb.lemma_ in ("ask", "question", "press") and verb.dep_ == "advcl":
        return True
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    asked = (g for c in verb.children if c.lower_ == "for" for g in c.children)
    return passive and verb.lemma_ in ("ask", "contact", "approach") and any(g.lemma_ == "comment" for g in asked)


def next_subject(subject: Token) -> Token | None:
    """A second subject right after the first, a name in apposition to it."""
    after = subject.right_edge.i + 1
    for other in subject.head.children:
        if other.dep_ == "nsubj" and other.i > subject.i and other.left_edge.i == after and other.pos_ == "PROPN":
            return other
    return None


def trailing_sayings(clause: Token) -> list[Token]:
    """Participles of saying after a comma, as in ", adding that …": they go with the speaker, not the content."""
    return [
        c
        for c in clause.rights
        if c.dep_ == "advcl"
        and c.tag_ == "VBG"
        and (c.lemma_ in saying() or c.lemma_ in ("speak", "cite", "quote"))
        and c.left_edge.nbor(-1).text == ","
    ]


def tops(tokens: Sequence[Token]) -> list[Token]:
    """Those of the tokens that hang on none other of them."""
    inside = {t.i for t in tokens}
    return [t for t in tokens if t.head.i not in inside or t.head == t]


def head_of(tokens: Sequence[Token]) -> Token:
    """The token that the others of a source depend on, directly or not."""
    above = tops(tokens)
    nominal = [t for t in above if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}]
    return (nominal or above or tokens)[0]
