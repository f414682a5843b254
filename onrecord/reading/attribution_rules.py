"""Attributions by rules over the parse: the whole reading where there are no weights, and what weights leave out.

Frames of a cue verb (``data/cues.json``): ``c`` a clause or quotation, ``n`` a clause only with "that" or a question
word, ``x`` an infinitive, ``o`` an object, ``q`` a quotation only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from onrecord.model import Span
from onrecord.reading.attribution_draft import Draft, cue_words, merged, overlap, trimmed, without
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "prt"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl", "relcl", "parataxis"})
_OPEN_CLAUSES = frozenset({"acl", "advcl", "xcomp", "conj"})
_HELD = frozenset({"ccomp", "dobj", "xcomp"})
_MANNERS = frozenset({"statement", "interview", "email", "speech", "letter", "tweet", "post", "briefing", "address"})
_HEADLINE = re.compile(r"^([A-Z\u00c0-\u024f][^:\n]{1,60}):[ \t]+(\S[^\n]{8,})$", re.MULTILINE)
_TAIL = re.compile(r"^(?P<said>[^\n]{8,200}), (?P<name>[^,\n]{2,60}) (?P<verb>[a-z]+)$", re.MULTILINE)
_HEADLINES = 2000  # characters from a report's start, where headlines stand
_LONGEST_SUBTREE = 400  # tokens


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
        if at.dep_ == "relcl" or (at.dep_ == "acl" and at.tag_ == "VBG"):
            return at.head
        if at.dep_ == "pcomp" and at.head.lower_ == "as":  # "quoted her as saying": she says it
            return next((c for c in at.head.head.children if c.dep_ == "dobj"), None)
        if at.dep_ not in _OPEN_CLAUSES or at.head == at:
            return None
        at, seen = at.head, seen + 1
    return None


def is_as_told(verb: Token) -> bool:
    """Does a verb of saying stand in a clause with "as" that says where the news comes from?"""
    if verb.dep_ != "advcl" or (agent_of(verb) is None and not any(c.dep_ == "nsubj" for c in verb.children)):
        return False
    first = verb.left_edge
    return first.lower_ == "as" and first.i >= verb.i - 12 and not any(c.dep_ in _HELD for c in verb.children)


def second_saying(clause: Token) -> Token | None:
    """In "denied that A but confirmed that B": the second cue, where the parser hung it on the first one's content."""
    for other in clause.conjuncts:
        own = any(c.dep_ in SUBJECTS for c in other.children)
        if (
            other.i > clause.i
            and not own
            and other.lemma_ in _saying()
            and any(c.dep_ == "ccomp" for c in other.children)
        ):
            return other
    return None


def _saying() -> frozenset[str]:
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
        elif child.dep_ == "prep" and child.i == last + 1 and any(g.lemma_ in _MANNERS for g in child.children):
            last = max(g.i for g in child.children if g.lemma_ in _MANNERS)
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


class Rules:
    """The rules, over one page."""

    def __init__(self, page: Page, quotes: list[tuple[int, int]]) -> None:
        self.page = page
        self.text = page.text
        self.quotes = [Span(a, b) for a, b in quotes]
        self.words = cue_words()
        columns = page.doc.to_array(["LEMMA", "LOWER"]).reshape(-1, 2)
        self._lemmas, self._forms = columns[:, 0], columns[:, 1]

    def _tokens(self, words: Iterable[str], forms: bool = False) -> list[Token]:
        """Tokens whose lemma (or lower-cased form) is one of the words; found by number, so that most cost nothing."""
        numbers = [self.page.doc.vocab.strings[w] for w in words]
        found = np.flatnonzero(np.isin(self._forms if forms else self._lemmas, np.array(numbers, dtype=np.uint64)))
        return [self.page.doc[int(i)] for i in found]

    def drafts(self) -> list[Draft]:
        """All drafts, in order of their place."""
        found = [*self._verbs(), *self._as_told(), *self._according(), *self._nouns(), *self.adverbs()]
        found += self.headlines()
        return sorted((d for d in found if d.content), key=lambda d: d.place)

    def _verbs(self) -> Iterator[Draft]:
        for token in self._tokens(self.words["verbs"]):
            if token.pos_ in {"VERB", "AUX"} and not is_as_told(token):
                draft = self.verb(token, self.words["verbs"][token.lemma_][1])
                if draft:
                    yield draft

    def told(self) -> list[Draft]:
        """What somebody is plainly made to say, by a verb with a clause, outside quotation marks."""
        found = []
        for token in self._tokens(self.words["verbs"]):
            stance, frames = self.words["verbs"][token.lemma_]
            if token.pos_ != "VERB" or any(q.start <= token.idx < q.end for q in self.quotes) or is_as_told(token):
                continue
            if token.lemma_ in self.words["saying"]:
                frames = "co" if stance in {"denies", "confirms"} else "c"
            elif stance in {"promises", "threatens"}:
                frames = "x" if "x" in frames else "n"
            elif "c" in frames:
                frames = "n"
            else:
                continue
            draft = self.verb(token, frames)
            if draft and draft.source:
                found.append(draft)
        return found

    def unlinked(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Of all drafts those that need no verb: adverbs, nouns, headlines, "as reported by"."""
        return [d for d in drafts if d.rule in {"adverb", "noun", "headline", "as told"}]

    def _as_told(self) -> Iterator[Draft]:
        """ "as X reported", "as first reported by X": the clause that it stands in is the content."""
        for token in self._tokens(self.words["saying"]):
            if token.pos_ != "VERB" or not is_as_told(token):
                continue
            sentence = self.page.sentences[self.page.sentence_at(token.idx)]
            phrase = subtree(token)
            clause = self._clause_of(token.head, sentence, phrase)
            holder = agent_of(token) or subject_of(token)
            span = noun_phrase(holder, self.text) if holder is not None else None
            content = tuple(without(clause, [phrase], self.text))
            if span and not overlap([span], content):
                yield Draft((span,), (cue_span(token),), content, 0.8, "as told")

    def verb(self, verb: Token, frames: str) -> Draft | None:
        """What one verb of a known frame attributes, if anything."""
        cue = cue_span(verb)
        content = self._clause(verb, cue, frames) or self._quotation(verb, cue, frames)
        if content:
            source = self.source(verb, content)
            return Draft(source, (cue,), self._extended(content, cue, source))
        quoted_as = self._quoted_as(verb)
        asked = self._asked(verb)
        if quoted_as:
            content = quoted_as
        elif asked:
            cue, content = asked
        else:
            content = self._object(verb, frames)
        return Draft(self.source(verb, content), (cue,), content) if content else None

    def _quoted_as(self, verb: Token) -> tuple[Span, ...]:
        """ "quoted a minister as saying …": from the one quoted to the end."""
        if verb.lemma_ not in {"quote", "cite", "report"}:
            return ()
        held = next((c for c in verb.rights if c.dep_ == "dobj"), None)
        as_ = next((c for c in verb.rights if c.lower_ == "as" and any(g.dep_ == "pcomp" for g in c.children)), None)
        if held is None or as_ is None:
            return ()
        span = trimmed(self.text, held.left_edge.idx, subtree(as_).end)
        return (span,) if span else ()

    def _asked(self, verb: Token) -> tuple[Span, tuple[Span, ...]] | None:
        """A verb that attributes with a preposition ("called for new elections"), the preposition being of the cue."""
        wanted = self.words["prepositions"].get(verb.lemma_)
        for child in verb.children if wanted else ():
            if child.lower_ in wanted and child.dep_ == "prep" and child.i <= verb.i + 2:
                noun = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
                said = trimmed(self.text, subtree(noun).start, subtree(noun).end) if noun is not None else None
                if said:
                    return Span(cue_span(verb).start, child.idx + len(child)), (said,)
        return None

    def _extended(self, content: tuple[Span, ...], cue: Span, source: tuple[Span, ...]) -> tuple[Span, ...]:
        """A quoted content with the whole of its quotation, and what goes on in quotation marks right after it."""
        touched = [q for q in self.quotes if overlap([q], content) and not q.start <= cue.start < q.end]
        if not touched:
            return content
        edge = max([cue.end, *(s.end for s in (*content, *source, *touched))])
        whole = list(content)
        for quote in self.quotes:
            gap = self.text[edge : quote.start] if quote.start >= edge else "\n"
            if (
                len(gap) <= 8
                and "\n" not in gap
                and not any(c.isalpha() for c in gap.replace("and", "").replace("but", ""))
            ):
                whole.append(quote)
                edge = quote.end
        return merged([*whole, *touched], self.text)

    def source(self, verb: Token, content: tuple[Span, ...]) -> tuple[Span, ...]:
        holder = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if holder is None or holder.dep_ in {"expl", "csubj"}:
            return ()
        span = noun_phrase(holder, self.text)
        if span is None or any(c.start <= span.start < c.end for c in content):
            return ()
        return (span,)

    def _clause(self, verb: Token, cue: Span, frames: str) -> tuple[Span, ...]:
        for child in verb.children:
            if child.dep_ == "ccomp" and ("c" in frames or ("n" in frames and marked(child))):
                return self._pieces(child, verb, cue)
            if child.dep_ == "xcomp" and "o" in frames and child.tag_ == "VBG":
                return self._pieces(child, verb, cue)
            if child.dep_ == "xcomp" and "x" in frames and any(c.lower_ == "to" for c in child.lefts):
                return self._pieces(child, verb, cue)
            if child.dep_ == "ccomp" and "x" in frames and any(c.lower_ == "to" for c in child.lefts):
                return self._pieces(child, verb, cue)
        set_off = verb.dep_ in {"parataxis", "ccomp"} and not marked(verb) and self._set_off(verb)
        if set_off and "c" in frames:
            return self._around(verb, cue)
        return ()

    def _pieces(self, child: Token, verb: Token, cue: Span) -> tuple[Span, ...]:
        """A complement's stretch, without the cue's own clause where that stands inside it."""
        if child.right_edge.i - child.left_edge.i > _LONGEST_SUBTREE:
            return ()
        gaps = [cue]
        other = second_saying(child)
        if other is not None:
            start = next(
                (c for c in child.doc[child.i : other.i] if c.dep_ == "cc" and c.i == other.left_edge.i - 1), other
            ).idx
            gaps.append(Span(min(start, other.left_edge.idx), subtree(other).end))
        gaps += [subtree(c) for c in verb.children if c.dep_ in SUBJECTS]
        return tuple(without(subtree(child), gaps, self.text))

    def _set_off(self, verb: Token) -> bool:
        """Does a clause follow its head after a comma, or stand inside it between commas?"""
        left, right = verb.left_edge.i, verb.right_edge.i
        doc = verb.doc
        if verb.head.i < verb.i:
            return verb.dep_ == "parataxis" or (left > 0 and doc[left - 1].text in {",", "”", '"', "-", "–", "—"})
        return (
            left > 0
            and doc[left - 1].text == ","
            and any(doc[i].text == "," for i in (right, min(right + 1, len(doc) - 1)))
        )

    def _around(self, verb: Token, cue: Span) -> tuple[Span, ...]:
        """The clause that a parenthetical "…, she said, …" stands in."""
        head = verb.head
        if head.right_edge.i - head.left_edge.i > _LONGEST_SUBTREE:
            return ()
        return tuple(without(subtree(head), [subtree(verb), cue], self.text))

    def _quotation(self, verb: Token, cue: Span, frames: str) -> tuple[Span, ...]:
        """Quotations beside the cue in its sentence, and what goes on in quotation marks after it."""
        if "c" not in frames and "q" not in frames:
            return ()
        sentence = self.page.sentences[self.page.sentence_at(verb.idx)]
        beside = [q for q in self.quotes if q.end > sentence.start and q.start < sentence.end]
        beside = [q for q in beside if not q.start <= cue.start < q.end and self._near(q, sentence, cue)]
        if not beside:
            return ()
        return merged(beside, self.text)

    def _near(self, quote: Span, sentence: Span, cue: Span) -> bool:
        """A quotation of several words that opens or closes the cue's sentence."""
        if self.text.count(" ", quote.start, quote.end) < 2:
            return False
        gap = self.text[cue.end : quote.start] if quote.start > cue.end else self.text[quote.end : cue.start]
        return len(gap) < 150 and (quote.start <= sentence.start + 2 or quote.end >= sentence.end - 2 or ":" in gap)

    def _object(self, verb: Token, frames: str) -> tuple[Span, ...]:
        if "o" not in frames:
            return ()
        kept = [
            c
            for c in verb.children
            if c.dep_ in {"dobj", "oprd"} or (c.dep_ == "prep" and c.lower_ in {"as", "for", "of"})
        ]
        kept = [c for c in kept if c.i > verb.i]
        if not any(c.dep_ == "dobj" for c in kept):
            return ()
        spans = [trimmed(self.text, subtree(c).start, subtree(c).end) for c in kept]
        return merged([s for s in spans if s], self.text)

    def _according(self) -> Iterator[Draft]:
        for token in self._tokens(["according"], forms=True):
            if token.i + 2 >= len(self.page.doc) or token.nbor().lower_ != "to":
                continue
            inner = token.nbor()
            noun = next((c for t in (inner, token) for c in t.children if c.dep_ == "pobj"), None)
            span = noun_phrase(noun, self.text) if noun is not None else None
            if noun is None or span is None:
                continue
            sentence = self.page.sentences[self.page.sentence_at(token.idx)]
            phrase = Span(token.idx, max(span.end, inner.idx + 2))
            clause = self._clause_of(token, sentence, phrase)
            yield Draft((span,), (Span(token.idx, inner.idx + 2),), tuple(without(clause, [phrase], self.text)))

    def _clause_of(self, token: Token, sentence: Span, phrase: Span) -> Span:
        """The clause that an adverbial stands in: its head's stretch, within the sentence."""
        head = token.head
        while head.pos_ not in {"VERB", "AUX"} and head.head != head:
            head = head.head
        span = subtree(head)
        if head.pos_ not in {"VERB", "AUX"} or span.end - span.start < 2 * (phrase.end - phrase.start) // 2:
            return sentence
        return Span(max(span.start, sentence.start), min(span.end, sentence.end))

    def _nouns(self) -> Iterator[Draft]:
        for token in self._tokens(self.words["nouns"]):
            if token.pos_ != "NOUN":
                continue
            clause = next((c for c in token.rights if c.dep_ in {"acl", "ccomp"} and marked(c) and finite(c)), None)
            if clause is None or clause.left_edge.lower_ not in {"that", "whether"} or clause.left_edge.i > token.i + 8:
                continue
            holder = next((c for c in token.lefts if c.dep_ == "poss"), None)
            if holder is None:
                by = next((c for c in token.rights if c.lower_ in {"by", "from", "of"} and c.i < clause.i), None)
                holder = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
            span = noun_phrase(holder, self.text) if holder is not None else None
            if span and self.text[span.start : span.end].endswith(("'s", "’s")):
                span = Span(span.start, span.end - 2)
            content = trimmed(self.text, subtree(clause).start, subtree(clause).end, " \n")
            if content:
                cue = Span(token.idx, token.idx + len(token))
                yield Draft((span,) if span else (), (cue,), (content,), 0.7, "noun")

    def adverbs(self) -> Iterator[Draft]:
        """ "reportedly" and its like: no source, the clause as content."""
        for token in self._tokens(self.words["adverbs"], forms=True):
            if token.dep_ == "advmod":
                sentence = self.page.sentences[self.page.sentence_at(token.idx)]
                cue = Span(token.idx, token.idx + len(token))
                clause = self._clause_of(token, sentence, cue)
                yield Draft((), (cue,), tuple(without(clause, [cue], self.text)), 0.7, "adverb")

    def headlines(self) -> Iterator[Draft]:
        """Lines "Speaker: what is said" and "what is said, speaker says"."""
        end = self.page.sentences[-1].end if self.page.sentences else 0
        lines = list(_HEADLINE.finditer(self.text[:end]))
        turns = sum(m.group(1).isupper() for m in lines)
        for match in lines:
            name, said = match.span(1), match.span(2)
            turn = turns > 1 and match.group(1).isupper()
            if not turn and not self._speaker(*name) and not self._new_name(match):
                continue
            yield Draft((Span(*name),), (Span(name[1], name[1] + 1),), (Span(*said),), 0.8, "headline")
        for match in _TAIL.finditer(self.text[: min(end, _HEADLINES)]):
            verb = self.page.tokens(*match.span("verb"))[-1]
            if verb.lemma_.lower() in _saying() and self._speaker(*match.span("name")):
                spans = [Span(*match.span(name)) for name in ("name", "verb", "said")]
                yield Draft((spans[0],), (spans[1],), (spans[2],), 0.8, "headline")

    def _new_name(self, match: re.Match[str]) -> bool:
        """A headline's first line "Orlov: dam will hold": one name, then a clause with a finite verb."""
        if match.start() or len(match.group(1).split()) > 2:
            return False
        before = self.page.tokens(*match.span(1))
        after = self.page.tokens(*match.span(2))
        named = all(t.pos_ == "PROPN" and t.ent_type_ not in {"GPE", "LOC", "DATE", "EVENT", "FAC"} for t in before)
        return named and any(t.tag_ in {"MD", "VBZ", "VBD", "VBP"} for t in after)

    def _speaker(self, start: int, end: int) -> bool:
        """Is what stands before a colon somebody: a person, an organisation, officials, a poll?"""
        tokens = self.page.tokens(start, end)
        if not tokens or len(tokens) > 6 or any(t.pos_ in {"VERB", "AUX"} or t.text in ",;" for t in tokens):
            return False
        return tokens[-1].ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or tokens[-1].lemma_.lower() in _speakers()


def _speakers() -> frozenset[str]:
    from onrecord.reading.attribution_draft import source_words

    words = source_words()
    return words["unnamed"] | words["offices"] | words["documents"]
