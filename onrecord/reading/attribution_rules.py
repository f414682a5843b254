"""Attributions by rules over the parse: the whole reading where there are no weights, and what weights leave out.

Frames of a cue verb (``data/cues.json``): ``c`` a clause or quotation, ``n`` a clause only with "that" or a question
word, ``x`` an infinitive, ``o`` an object, ``q`` a quotation only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from onrecord.model import EntityType, Span, TimeMention
from onrecord.reading.attribution_draft import Draft, cue_words, merged, overlap, source_words, trimmed, without
from onrecord.reading.attribution_naming import WHO_ASKED, is_about_naming, within_naming
from onrecord.reading.attribution_quotes import Quotations
from onrecord.reading.attribution_syntax import (
    HELD,
    MANNERS,
    SPEAKERS,
    SUBJECTS,
    agent_of,
    before_conjunction,
    cue_span,
    finite,
    fronted,
    is_as_told,
    is_being_asked,
    is_passive,
    is_raised,
    marked,
    next_subject,
    noun_phrase,
    saying,
    second_saying,
    subject_of,
    subtree,
    trailing_sayings,
)
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEADLINE = re.compile(r"^([A-Z\u00c0-\u024f][^:\n]{1,60}):[ \t]+(\S[^\n]{8,})$", re.MULTILINE)
_TAIL = re.compile(r"^(?P<said>[^\n]{8,200}), (?P<name>[^,\n]{2,60}) (?P<verb>[a-z]+)$", re.MULTILINE)
# A relative clause of anonymity that a parser runs together with the cue after it.
_UNNAMED_TAIL = re.compile(
    r"^(?P<said>.{8,600}), (?P<who>(?:an?|one|two|three|several|some|the)\b[^,.;:]{2,80}? "
    rf"{WHO_ASKED}[^,.;:]{{2,80}}?) (?P<verb>[a-z]+)"
    r"(?P<told> [A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,4}| reporters| journalists)?\.?$"
)
_HEADLINES = 2000  # characters from a report's start, where headlines stand
_LONGEST_SUBTREE = 400  # tokens
_LONGEST_CLAUSE = 1000  # characters to each side of an adverbial
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_WOULD = frozenset({"would", "'d", "’d"})
_AS = frozenset({"as", "for", "of"})
_GIVING = frozenset({"give", "provide", "offer", "disclose", "release"})


class Rules:
    """The rules, over one page."""

    def __init__(self, page: Page, quotes: Sequence[tuple[int, int]]) -> None:
        self.page = page
        self.text = page.text
        self.quotes = Quotations(page, quotes)
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
        return sorted((d for d in found if d.content and not self._about_naming(d)), key=lambda d: d.place)

    def _about_naming(self, draft: Draft) -> bool:
        """Is it said why a source is not named, and nothing of the news?"""
        return is_about_naming(self.text, draft) or within_naming(self.page, draft)

    def _verbs(self) -> Iterator[Draft]:
        for token in self._tokens(self.words["verbs"]):
            if token.pos_ in {"VERB", "AUX"} and self._attributes(token):
                draft = self.verb(token, self.words["verbs"][token.lemma_][1])
                if draft:
                    yield draft

    def told(self) -> list[Draft]:
        """What somebody is plainly made to say, by a verb with a clause: no infinitive, nor in quotation marks."""
        found = []
        for token in self._tokens(self.words["verbs"]):
            stance, frames = self.words["verbs"][token.lemma_]
            if not self._plainly(token):
                continue
            if token.lemma_ in self.words["saying"]:
                frames = "co" if stance in {"denies", "confirms"} else "c"
            elif stance in {"promises", "threatens"}:
                frames = "nx" if "x" in frames else "n"
            elif "c" in frames:
                frames = "n"
            else:
                continue
            draft = self.verb(token, frames)
            if draft and draft.source and not self._about_naming(draft):
                found.append(draft)
        return [*found, *self._unnamed_tails(), *self._no_details()]

    def _unnamed_tails(self) -> Iterator[Draft]:
        """ "…, an aide who asked not to be named added", where the aide is by the parse the one added."""
        for token in self._tokens(self.words["saying"]):
            if token.tag_ not in {"VBN", "VBD"} or token.dep_ == "ROOT":
                continue
            sentence = self.page.sentences[self.page.sentence_at(token.idx)]
            match = _UNNAMED_TAIL.match(self.text[sentence.start : sentence.end].rstrip())
            if match is None or sentence.start + match.start("verb") != token.idx or self.quotes.at(token.idx):
                continue
            who, verb, said = (
                Span(sentence.start + a, sentence.start + b) for a, b in map(match.span, ("who", "verb", "said"))
            )
            if can_tell(self.page.tokens(who.start, self.text.index(" who ", who.start))[-1]):
                yield Draft((who,), (verb,), (said,))

    def _no_details(self) -> Iterator[Draft]:
        """ "The aide gave no further details of the visit": of what, the aide has spoken."""
        for token in self._tokens(("detail", "information")):
            verb, of = token.head, next((c for c in token.rights if c.lower_ in {"of", "about", "on"}), None)
            noun = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            denied = any(c.lower_ == "no" for c in token.lefts)
            if of is None or noun is None or not denied or token.dep_ != "dobj" or verb.lemma_ not in _GIVING:
                continue
            said = trimmed(self.text, subtree(noun).start, subtree(noun).end)
            source = self.source(verb, ())
            if said and self.speaks(source) and not self.quotes.at(verb.idx):
                yield Draft(source, (Span(cue_span(verb).start, of.idx + len(of)),), (said,))

    def wanted(self) -> list[Draft]:
        """What somebody plainly wants, expects or is expected to do: a verb with an infinitive."""
        found = []
        for token in self._tokens(self.words["verbs"]):
            stance, frames = self.words["verbs"][token.lemma_]
            if stance not in {"wants", "expects"} or "x" not in frames or not self._plainly(token):
                continue
            draft = self.verb(token, "x")
            if draft and (is_passive(token) or self.speaks(draft.source)):
                found.append(draft)
        return found

    def speaks(self, source: Sequence[Span]) -> bool:
        """Is a source somebody, or something that words can come from?"""
        if not source:
            return False
        mention = self.page.mention_of(source[0].start, source[0].end)
        return mention is not None and mention.type in SPEAKERS

    def _plainly(self, verb: Token) -> bool:
        """No infinitive, and not in quotation marks, where the one who speaks says it."""
        infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts)
        return verb.pos_ == "VERB" and not infinitive and not self.quotes.at(verb.idx) and self._attributes(verb)

    def _attributes(self, verb: Token) -> bool:
        """Not "as X said", whose content is its main clause; nor "Asked whether …, she", whose asker is nobody; nor
        "likes" without "would"."""
        if verb.lemma_ in self.words["conditional"] and not any(c.lower_ in _WOULD for c in verb.lefts):
            return False
        return not is_as_told(verb) and not is_being_asked(verb)

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
        content = self._clause(verb, cue, frames)
        if not content and ("c" in frames or "q" in frames):
            content = self.quotes.beside(cue) or (self._before(verb) if verb.lemma_ in saying() else ())
        if content:
            source = self.source(verb, content)
            return Draft(source, (cue,), self.quotes.extended(content, cue, source))
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
        if verb.lemma_ in self.words["answering"] and not any(c.dep_ == "neg" for c in verb.lefts):
            return None
        for child in verb.children if wanted else ():
            if child.lower_ in wanted and child.dep_ == "prep" and verb.i < child.i <= verb.i + 2:
                noun = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
                said = trimmed(self.text, subtree(noun).start, subtree(noun).end) if noun is not None else None
                if said:
                    return Span(cue_span(verb).start, child.idx + len(child)), (said,)
        return None

    def source(self, verb: Token, content: tuple[Span, ...]) -> tuple[Span, ...]:
        holder = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if holder is None or holder.dep_ in {"expl", "csubj"}:
            return ()
        first = cue_span(verb).start
        for subject in (holder, *(c for c in verb.children if c.dep_ == "nsubj" and c != holder)):
            span = noun_phrase(subject, self.text)
            named = next_subject(subject)  # "the news agency | Interpolis": two subjects to the parser
            if span is not None and named is not None:
                span = Span(span.start, named.idx + len(named))
            if span is not None and span.start < first < span.end:  # "a man | saying …"
                span = trimmed(self.text, span.start, first)
            if span is not None and not any(c.start <= span.start < c.end for c in content):
                return (span,)
        return ()

    def _clause(self, verb: Token, cue: Span, frames: str) -> tuple[Span, ...]:
        for child in verb.children:
            infinitive = any(c.lower_ == "to" for c in child.lefts)
            if child.dep_ == "ccomp" and ("c" in frames or ("n" in frames and (marked(child) or fronted(child)))):
                return self._pieces(child, verb, cue)
            if child.dep_ == "xcomp" and "o" in frames and child.tag_ == "VBG":
                return self._pieces(child, verb, cue)
            if child.dep_ in {"ccomp", "xcomp"} and "x" in frames and infinitive:
                return self._raised(verb) + self._pieces(child, verb, cue)
            if is_raised(verb, child) and ("c" in frames or "x" in frames):
                rest = trimmed(self.text, child.left_edge.idx, subtree(verb).end, " .,;")
                return (*self._raised(verb), *([rest] if rest else ()))
        set_off = verb.dep_ in {"parataxis", "ccomp"} and not marked(verb) and self._set_off(verb)
        if set_off and "c" in frames:
            return self._around(verb, cue)
        return ()

    def _raised(self, verb: Token) -> tuple[Span, ...]:
        """ "The men are believed to …": the passive's subject is the content's."""
        subject = next((c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}), None)
        if subject is None or not is_passive(verb) or agent_of(verb) is not None:
            return ()
        span = noun_phrase(subject, self.text)
        return (span,) if span else ()

    def _before(self, verb: Token) -> tuple[Span, ...]:
        """What stands before a comma in a sentence that the cue's clause closes: "…, the Courier reported"."""
        subject = next((c for c in reversed(list(verb.children)) if c.dep_ in SUBJECTS), None)
        if subject is None or verb.head != verb or any(c.dep_ in HELD for c in verb.rights if c.dep_ != "dobj"):
            return ()
        first = min(verb.i, subject.left_edge.i)
        sentence = self.page.sentences[self.page.sentence_at(verb.idx)]
        if first < 3 or verb.doc[first - 1].text != "," or verb.doc[first - 1].idx <= sentence.start:
            return ()
        span = trimmed(self.text, sentence.start, verb.doc[first - 1].idx)
        words = self.page.tokens(span.start, span.end) if span else []
        whole = words and words[0].dep_ not in {"mark", "prep", "advmod", "pcomp"}
        return (span,) if span and whole and any(t.tag_ in _FINITE for t in words) else ()

    def _pieces(self, child: Token, verb: Token, cue: Span) -> tuple[Span, ...]:
        """A complement's stretch, without the cue's own clause where that stands inside it."""
        if child.right_edge.i - child.left_edge.i > _LONGEST_SUBTREE:
            return ()
        gaps = [cue]
        other = second_saying(child)
        if other is not None:
            gaps.append(Span(before_conjunction(child, other).idx, subtree(other).end))
        gaps += [subtree(c) for c in verb.children if c.dep_ in SUBJECTS]
        gaps += [subtree(c) for c in trailing_sayings(child)]
        return tuple(without(subtree(child), gaps, self.text))

    def _set_off(self, verb: Token) -> bool:
        """Does a clause follow its head after a comma, or stand inside it between commas?"""
        doc, left, right = verb.doc, verb.left_edge.i, verb.right_edge.i
        quote = self.quotes.at(verb.idx)
        if quote is not None and quote != self.quotes.at(verb.head.idx):
            return False
        marks = {doc[left].text, doc[left - 1].text if left else ""}
        if verb.head.i < verb.i:
            return verb.dep_ == "parataxis" or bool(marks & {",", "”", '"', "-", "–", "—"})
        return "," in marks and any(doc[i].text == "," for i in (right, min(right + 1, len(doc) - 1)))

    def _around(self, verb: Token, cue: Span) -> tuple[Span, ...]:
        """The clause that a parenthetical "…, she said, …" stands in."""
        head = verb.head
        if head.right_edge.i - head.left_edge.i > _LONGEST_SUBTREE:
            return ()
        return tuple(without(subtree(head), [subtree(verb), cue], self.text))

    def _object(self, verb: Token, frames: str) -> tuple[Span, ...]:
        """What is blamed, praised, denied; of a passive with its agent, the subject."""
        if "o" not in frames:
            return ()
        subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if subject is not None:
            kept = [subject, *(c for c in verb.rights if c.lower_ in _AS or c.left_edge.lower_ == "as")]
            kept = kept if agent_of(verb) is not None else []
        else:
            held = next((c for c in verb.rights if c.dep_ == "dobj"), None)
            kept = [c for c in verb.rights if c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ in _AS)]
            kept = [held, *kept, *self._leaning(held)] if held is not None else self._shifted(verb)
        spans = [trimmed(self.text, subtree(c).start, subtree(c).end) for c in kept]
        return merged([s for s in spans if s], self.text)

    def _leaning(self, held: Token) -> Iterator[Token]:
        """The phrases that follow an object at once, those of time and manner aside: "the strike | at the port"."""
        edge = held.right_edge.i
        for child in held.head.rights:
            if child.i <= edge:
                continue
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if child.left_edge.i != edge + 1 or child.dep_ != "prep" or noun is None or self._dates(noun):
                return
            edge = child.right_edge.i
            yield child

    def _dates(self, noun: Token) -> bool:
        return noun.lemma_ in MANNERS or any(t.start <= noun.idx < t.end for t in self._times_near(noun.idx))

    def _times_near(self, offset: int) -> list[TimeMention]:
        times = self.page.times
        number = bisect_right(times, offset, key=lambda t: t.start)
        return list(times[max(0, number - 2) : number])

    def _shifted(self, verb: Token) -> list[Token]:
        """ "dismissed as nonsense | reports that …": an object too heavy for its place, read as the phrase's noun."""
        phrase = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as"), None)
        noun = next((c for c in phrase.children if c.dep_ == "pobj"), None) if phrase is not None else None
        heavy = noun is not None and any(c.dep_ in {"acl", "ccomp", "relcl"} and marked(c) for c in noun.rights)
        return [phrase] if phrase is not None and heavy else []

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
            span = sentence
        first, last = max(span.start, sentence.start), min(span.end, sentence.end)
        return Span(max(first, phrase.start - _LONGEST_CLAUSE), min(last, phrase.end + _LONGEST_CLAUSE))

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
            if match.group(1).strip().lower() in source_words()["labels"]:
                continue
            turn = turns > 1 and match.group(1).isupper()
            if not turn and not self._speaker(*name) and not self._new_name(match):
                continue
            yield Draft((Span(*name),), (Span(name[1], name[1] + 1),), (Span(*said),), 0.8, "headline")
        for match in _TAIL.finditer(self.text[: min(end, _HEADLINES)]):
            verb = self.page.tokens(*match.span("verb"))[-1]
            if verb.lemma_.lower() in saying() and self._speaker(*match.span("name")):
                spans = [Span(*match.span(name)) for name in ("name", "verb", "said")]
                yield Draft((spans[0],), (spans[1],), (spans[2],), 0.8, "headline")

    def _new_name(self, match: re.Match[str]) -> bool:
        """A headline's first line "Orlov: dam will hold": one name, then a clause with a finite verb."""
        if match.start() or len(match.group(1).split()) > 2:
            return False
        before = self.page.tokens(*match.span(1))
        after = self.page.tokens(*match.span(2))
        mention = self.page.mention_of(*match.span(1))
        named = all(t.pos_ == "PROPN" for t in before) and (mention is None or mention.type in SPEAKERS)
        return named and any(t.tag_ in {"MD", "VBZ", "VBD", "VBP"} for t in after)

    def _speaker(self, start: int, end: int) -> bool:
        """Is what stands before a colon somebody: a person, an organisation, officials, a poll?"""
        tokens = self.page.tokens(start, end)
        if not tokens or len(tokens) > 6 or any(t.pos_ in {"VERB", "AUX"} or t.text in ",;" for t in tokens):
            return False
        head = next((t for t in tokens if not start <= t.head.idx < end or t.head == t), tokens[-1])
        if can_tell(tokens[-1]):
            return True
        mention = self.page.mention_of(start, end)
        found = mention is not None and mention.end == end and mention.type in {*SPEAKERS, EntityType.PLACE}
        return found and mention is not None and (mention.start <= head.idx or head.pos_ in {"VERB", "X"})


def can_tell(noun: Token) -> bool:
    """Is a noun one of those that words can come from: people, bodies, outlets, papers?"""
    words = source_words()
    return any(
        form in words[kind]
        for form in (noun.lemma_.lower(), noun.lower_)
        for kind in ("unnamed", "offices", "documents", "outlet_words")
    )
