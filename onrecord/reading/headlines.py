"""Headlines whose verb the tagger took for a noun: "Army shells Tarn", "Rebels attack convoy".

A headline leaves out articles and auxiliaries, so that its verb looks like one more noun of a name. Where a headline
has no finite verb, the likeliest of its nouns is taken for one, and the headline is parsed again as if a plain past
stood there ("Army attacked Tarn"), which no tagger mistakes. The parse is kept if that word comes out as a verb with a
subject of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.event_lexicon import patterns, title_stem, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

HEADLINES = "onrecord_headlines"  # key of a doc's user data: spans of headlines, in characters
_COMPONENTS = ("tok2vec", "tagger", "parser")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_VERB_LIKE = _NOUNS | {"JJ", "RP", "RB", "VB"}
_OBJECTS = _NOUNS | {"JJ", "DT", "CD", "PRP", "PRP$", "VBN"}
_PLURAL = frozenset({"NNS", "NNPS"})
_PLURAL_WORDS = frozenset({"police", "people", "crew", "troops"})
_CLAUSES = frozenset({"ROOT", "ccomp", "parataxis"})
_SHORTEST = 4  # letters of a verb in -s: "hits"
_LONGEST = 40  # tokens
_STAND_INS = ("attacked", "went")  # for a verb with an object, and for one with a preposition
_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "TAG", "SENT_START"]
_UNSURE = words()["headlines.unsure"]


def with_verbs(doc: Doc, nlp: Language) -> Doc:
    """The same doc, its headlines without a verb parsed anew; changed in place, before lemmas are given."""
    for start, end in doc.user_data.get(HEADLINES, ()):
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is None or not 3 <= len(span) <= _LONGEST:
            continue
        tags = [t.tag_ for t in span]
        if _FINITE.isdisjoint(tags):
            for i, stand_in, tag in _candidates([t.lower_ for t in span], tags):
                if _parsed_anew(doc, nlp, (span.start, span.end), i, (stand_in, tag)):
                    break
    return doc


def _candidates(lower: list[str], tags: list[str]) -> Iterator[tuple[int, str, str]]:
    """Places of words that may be the verb, with the word to stand in and the tag they get, the likeliest first."""
    for i in range(1, len(lower) - 1):
        if tags[i] not in _VERB_LIKE or (tags[i - 1] not in _NOUNS and i > 1):
            continue
        followed = tags[i + 1] in _OBJECTS
        led = tags[i + 1] in ("IN", "RP", "TO")
        plural = tags[i - 1] in _PLURAL or lower[i - 1] in _PLURAL_WORDS
        stem = title_stem(lower[i], _SHORTEST) if tags[i] in _NOUNS and lower[i] not in _UNSURE else None
        if stem and (followed or (led and stem not in words()["event_nouns"])):
            yield i, _STAND_INS[led], "VBZ"
        elif plural and followed and lower[i] in patterns("v") and lower[i] not in _UNSURE:
            yield i, _STAND_INS[0], "VBP"


def _parsed_anew(doc: Doc, nlp: Language, span: tuple[int, int], verb: int, given: tuple[str, str]) -> bool:
    from spacy.tokens import Doc as NewDoc

    first, last = span
    stand_in, tag = given
    spelt = [t.text for t in doc[first:last]]
    spelt[verb] = stand_in
    other = NewDoc(doc.vocab, words=spelt, spaces=[bool(t.whitespace_) for t in doc[first:last]])
    for token in other[1:]:
        token.is_sent_start = False
    for name, component in nlp.pipeline:
        if name in _COMPONENTS:
            other = component(other)
    found = other[verb]
    if found.dep_ not in _CLAUSES or not any(k.dep_ in ("nsubj", "nsubjpass") for k in found.lefts):
        return False
    rows, new = doc.to_array(_ATTRIBUTES), other.to_array(_ATTRIBUTES)
    new[:, 3] = np.where(np.arange(len(new)) == 0, 1, np.uint64(2**64 - 1))
    rows[first:last] = new
    rows[first + verb, 2] = doc.vocab.strings.add(tag)
    doc.from_array(_ATTRIBUTES, rows)  # type: ignore[arg-type]
    return True
